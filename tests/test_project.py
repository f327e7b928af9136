"""The project keeps its own promises: pins, quiet and lazy imports, executed notebooks, twins."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import lower_bounds
import pytest
from packaging.version import Version

import autoencoders_edu as ae

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted([*ROOT.glob("lessons/*/lesson.ipynb"), *ROOT.glob("solutions/*/exercises.ipynb")])
BACKEND = os.environ.get("KERAS_BACKEND", "tensorflow")


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def pins():
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines), "constraints.txt holds exact pins only"
    return {canonical(name): version for name, version in (line.split("==") for line in lines)}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_every_dependency_is_pinned_once(pins):
    assert {canonical(name) for name in lower_bounds.lower_bounds()} <= set(pins)


def test_every_dependency_has_a_lower_bound_that_its_pin_keeps(pins):
    bounds = lower_bounds.lower_bounds()
    assert all(Version(bound) <= Version(pins[canonical(name)]) for name, bound in bounds.items())


@pytest.mark.parametrize("need", ["numpy", "numpy==2.0", "numpy>=2.0,<3", "numpy<3"])
def test_a_dependency_without_a_lower_bound_is_named(monkeypatch, need):
    monkeypatch.setattr(lower_bounds, "requirements", lambda: [need])
    with pytest.raises(ValueError, match=re.escape(f"{need!r} in pyproject.toml should be of the form name>=version.")):
        lower_bounds.lower_bounds()


def test_environment_yml_takes_its_versions_from_the_pins(project):
    import yaml

    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    conda = [need for need in environment["dependencies"] if isinstance(need, str)]
    pip = next(need["pip"] for need in environment["dependencies"] if isinstance(need, dict))
    assert conda == ["python=3.11", "pip"]
    assert pip[0] == "--constraint constraints.txt"
    extras = re.fullmatch(r"-e \.\[(.+)\]", pip[1])[1].split(",")
    assert set(extras) <= set(project["optional-dependencies"])
    assert len(pip) == 2


def test_installed_versions_are_the_pinned_ones():
    """Or the lower bounds, when the tests are run with those."""
    lines = (ROOT / os.environ.get("CONSTRAINTS", "constraints.txt")).read_text().splitlines()
    wanted = dict(line.split("==") for line in lines if not line.startswith("#"))
    for name in ("keras", "numpy", "scikit-learn", "pandas", "matplotlib"):
        assert importlib.metadata.version(name) == wanted[name]


WORKFLOWS = sorted(ROOT.glob(".github/workflows/*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_name_each_action_by_its_commit(path):
    for action in re.findall(r"uses: (.+)", path.read_text()):
        assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+(\.\d+)*", action)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_call_targets_that_the_makefile_has(path):
    text = path.read_text()
    called = re.findall(r"make ([a-z-]+)", text)
    for names in re.findall(r"\btarget: (\[.+\]|[a-z-]+)", text):
        called += re.findall(r"[a-z-]+", names)
    assert called
    assert set(called) <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def test_files_that_use_keras_are_tested_on_each_backend(request):
    """The list in conftest.py names them, or their tests carry the marker."""
    imports = re.compile(r"^(import|from) (keras|contract|autoencoders_edu\._backend)\b", re.MULTILINE)
    marked = {item.path for item in request.session.items if item.get_closest_marker("backend")}
    others = {item.path for item in request.session.items} - marked
    assert not [path for path in others if path.suffix == ".py" and imports.search(path.read_text())]


def python(code, folder=None, **environment):
    """Runs code in a fresh interpreter: (stdout, stderr)."""
    variables = {**os.environ, **environment}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=variables, cwd=folder, check=False
    )
    return done.stdout, done.stderr


HEAVY = ("keras", "tensorflow", "jax", "numpy", "matplotlib", "sklearn", "pandas", "rich", "nbformat")


@pytest.mark.backend
@pytest.mark.parametrize(
    "code",
    [
        "import autoencoders_edu",
        "from click.testing import CliRunner; from autoencoders_edu.cli import main\n"
        "CliRunner().invoke(main, ['--help'])",
    ],
    ids=["import", "help"],
)
def test_nothing_heavy_is_imported_before_it_is_needed(code):
    out, err = python(f"import sys; {code}; print([name for name in {HEAVY} if name in sys.modules])")
    assert out.strip() == "[]", err


@pytest.mark.backend
def test_lessons_hear_nothing_from_the_libraries_below():
    """The imports that a lesson makes, a training, a second model: not a byte on stderr, below Python neither."""
    code = """
import autoencoders_edu as ae
import keras, numpy as np
x = np.zeros((8, 4), "float32")
for _ in range(8):
    model = ae.VAE(ae.networks.dense_encoder((4,), 4, hidden=()), ae.networks.dense_decoder(2, (4,), hidden=()))
    model.compile("adam", jit_compile=True)
    model.fit(x, verbose=0)
    model.predict(x, verbose=0)
model.log_likelihood(x); model.sample(2); model.summary(print_fn=lambda *_, **__: None)
ae.data.load("digits"); ae.plotting.plot_curves({"a": [1]})
"""
    out, err = python(code, PYTHONWARNINGS="default::UserWarning")
    assert (out, err) == ("", "")


def test_a_failing_import_still_shows_what_was_held_back():
    code = """
from autoencoders_edu import _imports
import os
try:
    with _imports.stderr_held_back():
        os.write(2, b"the reason")
        raise ImportError
except ImportError:
    pass
with _imports.stderr_held_back():
    os.write(2, b"a note")
"""
    assert python(code) == ("", "the reason")


def test_classes_are_registered_even_if_somebody_only_looked_for_keras():
    code = """
import autoencoders_edu, importlib.util
importlib.util.find_spec("keras")
import keras
print(sum(name.startswith("autoencoders_edu>") for name in keras.saving.get_custom_objects()))
"""
    out, err = python(code)
    assert int(out) >= 14
    assert err == ""


@pytest.mark.parametrize("first", ["import keras", "ae.networks", "ae.VAE", "ae.diagnostics"])
def test_keras_loads_our_models_whatever_imported_it(first, tmp_path):
    save_an_autoencoder(tmp_path / "model.keras")
    code = f"import autoencoders_edu as ae; {first}; import keras; print(keras.models.load_model('model.keras').name)"
    assert python(code, tmp_path) == ("saved\n", "")


@pytest.mark.backend
def test_load_model_needs_no_finder(tmp_path):
    save_an_autoencoder(tmp_path / "model.keras")
    code = """
import sys, autoencoders_edu as ae
sys.meta_path[:] = [finder for finder in sys.meta_path if "autoencoders_edu" not in type(finder).__module__]
print(ae.load_model("model.keras").name)
"""
    out, err = python(code, tmp_path)
    assert out == "saved\n", err


def save_an_autoencoder(path):
    encoder, decoder = ae.networks.dense_encoder((4,), 2, ()), ae.networks.dense_decoder(2, (4,), ())
    ae.Autoencoder(encoder, decoder, name="saved").save(path)


def test_importing_changes_nothing_but_one_finder_which_goes_with_keras():
    code = """
import logging, os, sys
before = dict(os.environ), list(sys.meta_path), list(logging.root.manager.loggerDict)
import autoencoders_edu
assert (dict(os.environ), sys.meta_path[1:], list(logging.root.manager.loggerDict)) == before
import keras  # which brings finders of its own
assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("autoencoders_edu")]
"""
    assert python(code) == ("", "")


@pytest.mark.backend
def test_an_unsupported_backend_is_refused_with_the_remedy():
    _, err = python("import autoencoders_edu as ae; ae.VAE", KERAS_BACKEND="torch")
    assert "runs on the Keras backends tensorflow and jax, but Keras is set to 'torch'" in err
    assert "KERAS_BACKEND=tensorflow (or jax)" in err


@pytest.mark.backend
@pytest.mark.skipif(BACKEND != "jax", reason="TensorFlow is installed here")
def test_a_missing_backend_is_named():
    _, err = python("import autoencoders_edu as ae; ae.VAE", KERAS_BACKEND="tensorflow")
    assert "pip install 'autoencoders-edu[tensorflow]'" in err


@pytest.mark.backend
def test_public_names_are_those_of_the_contract():
    models = {"Autoencoder", "DenoisingAutoencoder", "SparseAutoencoder", "VAE", "BetaVAE", "ConditionalVAE"}
    models |= {"FreeBitsVAE", "AutoregressiveVAE", "AnomalyDetector", "DriftMonitor", "load_model"}
    modules = {"data", "networks", "distributions", "corruption", "sparsity", "callbacks", "diagnostics", "plotting"}
    modules |= {"anomaly", "metrics"}
    assert models | modules == set(ae.__all__)
    assert all(getattr(ae, name) is not None for name in ae.__all__)
    assert set(ae.__all__) <= set(dir(ae))


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(AttributeError, match=r"no attribute 'VEA'; it offers .*Autoencoder"):
        ae.VEA  # noqa: B018


def test_public_names_have_docstrings():
    assert all(getattr(ae, name).__doc__ for name in ae.__all__)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def notebook(request):
    return json.loads(request.param.read_text())


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_stored_notebooks_were_run_from_top_to_bottom(notebook):
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_stored_notebooks_hold_no_error_and_no_stderr(notebook):
    outputs = [output for cell in code_cells(notebook) for output in cell["outputs"]]
    assert not [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]


def test_every_stored_figure_has_a_text_for_those_who_cannot_see_it(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            if "image/png" in output.get("data", {}):
                assert len(output["metadata"]["image/png"]["alt"]) > 30, cell["source"]


def test_some_outputs_are_compared_by_nbval(notebook):
    tagged = [cell for cell in code_cells(notebook) if "nbval-check-output" in cell["metadata"].get("tags", [])]
    assert len(tagged) >= 3
    assert all(cell["outputs"] for cell in tagged)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_stored_notebooks_are_small(path):
    assert path.stat().st_size < 1_500_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_text_twins_hold_the_same_cells(path):
    jupytext = pytest.importorskip("jupytext")
    twin = jupytext.read(path.with_suffix(".py"))
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(path.read_text())["cells"]]
    assert [(cell.cell_type, cell.source) for cell in twin.cells] == cells
