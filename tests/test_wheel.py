"""The package as people install it: built, put into a folder of its own, and run there."""

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import autoencoders_edu as ae
from autoencoders_edu.course import notebooks

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "autoencoders_edu"


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pip(*arguments):
    return run(sys.executable, "-m", "pip", *arguments, "--no-deps", "--no-index", "--quiet")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Made from the source archive, and that in a copy: a build leaves files behind that the next one would take in."""
    source = tmp_path_factory.mktemp("source")
    for path in (*ROOT.glob("LICENSE*"), ROOT / "README.md", ROOT / "pyproject.toml"):
        shutil.copy(path, source)
    shutil.copytree(PACKAGE, source / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    run(sys.executable, "-c", "from setuptools.build_meta import build_sdist as b; print(b('dist'))", cwd=source)
    (archive,) = (source / "dist").iterdir()
    pip("wheel", "--no-build-isolation", "--wheel-dir", source / "wheel", archive)
    (path,) = (source / "wheel").iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel's content, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", folder, wheel)
    return folder


@pytest.fixture
def environment(installed, tmp_path):
    """Where and how a process sees the installed wheel before the checkout: options of `subprocess.run`."""
    return {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(installed), "COLUMNS": "200"}}


def test_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert names == {path.relative_to(ROOT).as_posix() for path in files}


def test_wheel_carries_its_version_and_its_licences(wheel):
    assert wheel.name == f"autoencoders_edu-{ae.__version__}-py3-none-any.whl"
    licences = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert licences >= {"LICENSE", "LICENSE-fashion-mnist"}


def test_installed_package_is_imported_and_loads_its_data(installed, environment):
    code = "import autoencoders_edu as ae; print(ae.__file__); print(ae.data.load('fashion_mnist').x_train.shape)"
    place, shape = run(sys.executable, "-c", code, **environment).splitlines()
    assert Path(place).parent == installed / "autoencoders_edu"
    assert shape == "(9000, 28, 28, 1)"


@pytest.mark.parametrize("arguments", [["--help"], ["grade", "--help"]], ids=" ".join)
def test_installed_command_helps(installed, environment, arguments):
    assert "Usage: aedu" in run(sys.executable, installed / "bin" / "aedu", *arguments, **environment)


# A base install, without any extra


def closure(name, found=None):
    """The packages that pip installs for this one without extras, itself included."""
    found = set() if found is None else found
    if (name := canonicalize_name(name)) not in found:
        found.add(name)
        for text in importlib.metadata.requires(name) or ():
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                closure(need.name, found)
    return found


@pytest.fixture(scope="module")
def base_install(installed):
    """Code that hides from a process each package which a base install lacks, then runs `aedu`."""
    present = closure("autoencoders-edu")
    modules = importlib.metadata.packages_distributions()
    hidden = [name for name, owners in modules.items() if not present & set(map(canonicalize_name, owners))]
    assert {"IPython", "jupyterlab", "nbformat", "psutil", "pytest"} <= set(hidden)
    return f"""
import sys
from importlib.machinery import PathFinder
class BaseInstall(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in {set(hidden)} else super().find_spec(name, path, target)
sys.meta_path[sys.meta_path.index(PathFinder)] = BaseInstall
from autoencoders_edu.cli import main
main(prog_name="aedu")
"""


@pytest.fixture
def aedu(base_install, environment, tmp_path):
    """Runs `aedu` in a base install, in a learner's copy of the course: its exit status, and what it prints."""
    for kind, name in (("lessons", "exercises.ipynb"), ("lessons", "lesson.ipynb"), ("solutions", "exercises.ipynb")):
        target = tmp_path / kind / "01_reconstruction" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / kind / "01_reconstruction" / name, target)

    def call(*arguments):
        command = [sys.executable, "-c", base_install, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **environment)
        return done.returncode, done.stdout + done.stderr

    return call


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["lessons"], "Copying through a bottleneck"),
        (["progress"], "reconstruction_loss"),
        (["next"], "01.1 "),
        (["hint", "01.2"], "Hint 1 of "),
        (["solution", "01.2", "--yes"], "def reconstruction_loss"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_base_install_answers(aedu, arguments, said):
    status, output = aedu(*arguments)
    assert status == 0, output
    assert said in output


def test_base_install_resets_an_answer(aedu, tmp_path):
    path = tmp_path / "lessons" / "01_reconstruction" / "exercises.ipynb"
    notebook = json.loads(path.read_text())
    notebooks.cell_of(notebook, "predict_rescaling")["source"] = "an answer"
    path.write_text(json.dumps(notebook))
    status, output = aedu("reset", "01.1", "--yes")
    assert status == 0, output
    assert "an answer" not in path.read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "extra"),
    [
        (["study"], 1, "study"),
        (["run", "01"], 1, "study"),
        (["check", "01"], 1, "study"),
        (["grade", "lessons"], 2, "grade"),
        (["build", "--check"], 1, "staff"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_base_install_says_which_extra_a_command_needs(aedu, arguments, status, extra):
    returned, output = aedu(*arguments)
    assert returned == status, output
    assert f"pip install 'autoencoders-edu[{extra}]'" in output
    assert "Traceback" not in output
