"""The autograder for Gradescope: unpacked and run, with everything below it replaced."""

import json
import os
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from autoencoders_edu.grading.export_gradescope import export

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "gradescope.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return export("01", tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def names(archive):
    return set(zipfile.ZipFile(archive).namelist())


@pytest.fixture
def root(archive, tmp_path):
    """A folder like /autograder, with the zip unpacked as Gradescope does it."""
    zipfile.ZipFile(archive).extractall(tmp_path / "source")
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission_metadata.json").write_text("{}")
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def program(path, lines):
    path.write_text(f"#!/usr/bin/env bash\n{lines}\n")
    path.chmod(0o755)


def run(root, script, **variables):
    environment = {"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(root), **variables}
    command = ["bash", str(root / "source" / script)]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", errors="replace", timeout=60)


def graded(root, aedu, **variables):
    """What Gradescope would read after a submission, with this in place of `aedu`."""
    program(root / "venv" / "bin" / "aedu", aedu)
    done = run(root, "run_autograder", **variables)
    assert done.returncode == 0
    content = json.loads((root / "results" / "results.json").read_text())
    jsonschema.validate(content, SCHEMA)
    return content


OUT = 'while [ "$1" != --out ]; do shift; done; cd "$2"\n'


def test_export_is_named_after_the_lesson(archive):
    assert archive.name == "gradescope_01_reconstruction.zip"


def test_export_refuses_an_unknown_lesson(tmp_path):
    with pytest.raises(ValueError, match="There is no lesson '99'"):
        export("99", tmp_path)
    assert not any(tmp_path.iterdir())


def test_export_has_both_scripts_at_its_root_and_the_package_beside_them(names):
    assert {"setup.sh", "run_autograder"} <= names
    assert {"course/pyproject.toml", "course/constraints.txt", "course/LICENSE"} <= names
    assert {f"course/autoencoders_edu/{name}" for name in ("cli/learner.py", "checks/lesson_01/__init__.py")} <= names
    assert "course/autoencoders_edu/data/fashion_mnist.npz" in names
    assert "course/autoencoders_edu/course/locked.json" in names  # without lessons, this is what locked cells are from


def test_export_has_no_solutions_tests_or_leftovers(names, archive):
    folders = {part for name in names for part in name.split("/")[:-1]}
    assert not folders & {"solutions", "tests", "lessons", ".git", ".venv", "__pycache__", "autoencoders_edu.egg-info"}
    assert not [name for name in names if name.endswith(".pyc") or "/." in name]
    begin = b"### BEGIN " + b"SOLUTION\n"
    content = zipfile.ZipFile(archive)
    assert not [name for name in names if begin in content.read(name)]


def test_export_stays_small_enough_for_a_classroom50_bundle(archive):
    assert archive.stat().st_size < 10 * 2**20


def test_export_is_the_same_each_time(archive, tmp_path):
    assert export("1", tmp_path).read_bytes() == archive.read_bytes()


def test_export_scripts_are_executable_and_nothing_else_is(archive):
    modes = {entry.filename: entry.external_attr >> 16 for entry in zipfile.ZipFile(archive).infolist()}
    assert {name for name, mode in modes.items() if mode & 0o111} == {"setup.sh", "run_autograder"}
    assert set(modes.values()) == {0o100755, 0o100644}


@pytest.mark.parametrize("script", ["setup.sh", "run_autograder"])
def test_export_scripts_are_bash(root, script):
    done = subprocess.run(["bash", "-n", str(root / "source" / script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_setup_installs_the_pinned_course_into_a_venv(root):
    program(root / "python", 'echo "python $*" >>"$AUTOGRADER_ROOT/calls"')
    for name in ("pip", "aedu"):
        program(root / "venv" / "bin" / name, f'echo "{name} $*" >>"$AUTOGRADER_ROOT/calls"')
    done = run(root, "setup.sh", PYTHON=str(root / "python"))
    assert done.returncode == 0, done.stderr
    course = root / "source" / "course"
    assert (root / "calls").read_text().splitlines() == [
        f"python -m venv {root}/venv",
        f"pip install --no-cache-dir --constraint {course}/constraints.txt -e {course}[tensorflow,grade]",
        "aedu --version",
    ]


def test_setup_fails_when_an_installation_fails(root):
    program(root / "python", "exit 0")
    program(root / "venv" / "bin" / "pip", "exit 1")
    assert run(root, "setup.sh", PYTHON=str(root / "python")).returncode != 0


def test_run_grades_the_submission_of_its_lesson(root):
    aedu = 'echo "$PWD: $*" >"$AUTOGRADER_ROOT/call"\n' + OUT + "echo '{\"score\": 3}' >results.json"
    assert graded(root, aedu) == {"score": 3}
    call = (root / "call").read_text()
    assert call.startswith(f"{root}: grade {root}/submission --lesson 01 --format gradescope --out ")


def test_run_takes_a_result_below_a_pass_mark_or_of_an_unreadable_notebook(root):
    for code in (1, 2):
        assert graded(root, f"{OUT}echo '{{\"score\": 1}}' >results.json; exit {code}") == {"score": 1}


def test_run_keeps_what_the_grader_writes_from_other_users(root):
    aedu = 'stat -c %a "${@: -1}" >"$AUTOGRADER_ROOT/mode"'
    graded(root, aedu)
    assert (root / "mode").read_text().strip() == "700"
    assert (root / "submission_metadata.json").stat().st_mode & 0o077 == 0
    assert (root / "results" / "results.json").stat().st_mode & 0o777 == 0o644


def test_run_tells_the_learner_why_it_could_not_grade(root):
    content = graded(root, "printf 'Error: no \"notebook\" \\\\ here \\xff\\n' >&2; exit 2")
    assert content["score"] == 0
    assert 'Error: no "notebook" \\ here' in content["output"]
    assert "ask the course staff" in content["output"]


def test_run_shows_the_learner_no_paths_of_the_machine(root):
    said = "Error: The grading server did not start. It said:\\nTraceback:\\n  File /autograder/venv/lib/x.py\\n1 of 1"
    content = graded(root, f"printf '{said}' >&2; exit 2")
    assert "The grading server did not start." in content["output"]
    assert "/autograder" not in content["output"]


def test_run_hides_a_crash_of_the_grader_from_the_learner(root):
    content = graded(root, "echo 'Traceback: details' >&2; exit 70")
    assert content["score"] == 0
    assert "The grader itself failed (exit code 70)." in content["output"]
    assert "Traceback" not in content["output"]


def test_run_shows_the_staff_what_the_grader_said(root):
    program(root / "venv" / "bin" / "aedu", "echo shown; echo 'Traceback: details' >&2; exit 70")
    done = run(root, "run_autograder")
    assert "shown" in done.stdout
    assert "Traceback: details" in done.stderr


def test_run_stops_before_gradescope_does(root):
    content = graded(root, "exec sleep 60", GRADING_SECONDS="0.2")
    assert "Grading took longer than 0.2 s and was stopped." in content["output"]


def test_run_does_not_take_an_old_result_for_a_new_one(root):
    (root / "results").mkdir()
    (root / "results" / "results.json").write_text('{"score": 99}')
    assert graded(root, "exit 0")["score"] == 0


def test_run_leaves_a_result_even_if_the_environment_is_broken(root):
    (root / "venv" / "bin" / "python").unlink()
    assert graded(root, "exit 3") == {"score": 0, "output": "The autograder is broken. Ask the course staff."}


# The example for Classroom 50, which installs the same folder `course`.

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "classroom50" / "autograder.py"


@pytest.fixture
def autograder(tmp_path, monkeypatch):
    """Its `main`, in a learner's checkout, with a program in place of `aedu`."""
    (tmp_path / "checkout").mkdir()
    monkeypatch.chdir(tmp_path / "checkout")
    main = runpy.run_path(str(EXAMPLE))["main"]
    monkeypatch.setitem(main.__globals__, "install", lambda venv: tmp_path / "aedu")
    monkeypatch.setitem(main.__globals__, "allow_namespaces", lambda: None)
    monkeypatch.setitem(main.__globals__, "COURSE", tmp_path)

    def graded(aedu):
        program(tmp_path / "aedu", aedu)
        return main()

    return graded


def test_classroom50_example_leaves_the_result_in_the_checkout(autograder, tmp_path):
    (tmp_path / "theirs").write_text("untouched")
    (tmp_path / "checkout" / "result.json").symlink_to(tmp_path / "theirs")
    aedu = (
        f'echo "$*" >{tmp_path}/call\n'
        + 'while [ "$1" != --out ]; do shift; done; mkdir "$2"; echo 1 >"$2/result.json"'
    )
    assert autograder(aedu) == 0
    assert (tmp_path / "checkout" / "result.json").read_text() == "1\n"
    assert (tmp_path / "theirs").read_text() == "untouched"
    call = (tmp_path / "call").read_text()
    assert call.startswith(f"grade {tmp_path}/checkout --lesson 01 --format classroom50 --out ")
    assert f"--out {tmp_path}/checkout" not in call


def test_classroom50_example_fails_without_a_result(autograder, tmp_path):
    assert autograder("exit 0") == 2
    assert autograder("exit 70") == 70
    assert not any((tmp_path / "checkout").iterdir())
