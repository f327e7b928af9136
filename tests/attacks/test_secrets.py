"""Attacks on what must stay hidden or unchanged: solutions, checks, seeds, expected values, the grader's files, and
other submissions that are graded at the same time."""

import os
import sys
import tempfile
from pathlib import Path

import pytest

import autoencoders_edu
from autoencoders_edu.course import notebooks
from autoencoders_edu.exercises.outcome import PASSED
from autoencoders_edu.grading import users

PACKAGE = Path(autoencoders_edu.__file__).parent
ROOT = PACKAGE.parent
CHECKS = PACKAGE / "checks"


def test_solutions_tests_and_checks_cannot_be_read(sealed, attacker):
    """The attacker runs our own solution if it is found anywhere; then the points would be there."""
    solution = notebooks.source("01")
    assert "axis=(1, 2, 3)" in solution.read_text(), "what is looked for is there, outside the sandbox"
    code = f"""
import glob, json, os
places = [{str(solution)!r}, {str(ROOT / "tests" / "right_answers" / "01_reconstruction")!r}, {str(ROOT)!r}, "/proc/1/root"]
for place in places + glob.glob("/proc/*/cwd") + glob.glob("/proc/*/root"):
    for folder, _, files in [("", [], [place])] + list(os.walk(place)):
        for name in files:
            if name == "exercises.ipynb" or name.endswith("exercises.ipynb") or name.startswith("01.2"):
                try: text = open(os.path.join(folder, name)).read()
                except OSError: continue
                try: text = "\\n".join("".join(c["source"]) for c in json.loads(text)["cells"] if "axis=(1, 2, 3)" in "".join(c["source"]))
                except ValueError: pass
                exec(text)
"""
    assert attacker.submit(code).points == 0


def test_source_of_the_checks_is_not_there(sealed, attacker):
    checks = PACKAGE / "checks"
    code = f"import os\nassert not os.listdir({str(checks)!r})\nimport autoencoders_edu.checks.lesson_01"
    outcome = attacker.submit(f"{code}\nreconstruction_loss = None")
    assert "ModuleNotFoundError" in outcome.message or "ImportError" in outcome.message


def test_folders_beside_python_are_not_there(sealed, attacker, monkeypatch):
    """A class's folder may lie in the environment's, or in /usr/src."""
    with tempfile.TemporaryDirectory(dir=sys.prefix) as place:
        os.chmod(place, 0o755)
        Path(place, "secret").touch()
        code = f"""
import os
def reconstruction_loss(x, r):
    assert not os.path.exists({place!r}), "a folder"
    assert not os.path.exists("/usr/src"), "/usr/src"
    return np.mean((x - r) ** 2, axis=(1, 2, 3))
"""
        outcome = attacker.submit(code)
    assert outcome.status == PASSED, outcome.message


def test_frames_and_objects_hold_neither_seed_nor_expected_values(attacker):
    code = """
import gc, sys
def reconstruction_loss(x, reconstruction):
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            if isinstance(value, (np.random.Generator, np.random.SeedSequence)): raise LookupError("a generator")
            if isinstance(value, int) and value == 20261125: raise LookupError("the seed")
        frame = frame.f_back
    names = {type(item).__name__ for item in gc.get_objects()}
    if names & {"Exercise", "Probe", "Outcome", "Options"}: raise LookupError(str(names))
    wanted = [m for m in sys.modules if m.startswith(("autoencoders_edu.checks.", "autoencoders_edu.grading.runner"))]
    if wanted: raise LookupError(str(wanted))
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
"""
    outcome = attacker.submit(code)
    assert outcome.status == PASSED, outcome.message


def test_environment_tells_nothing(attacker, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_TOKEN", "a secret of the course")
    code = """
import os
def reconstruction_loss(x, reconstruction):
    text = str(dict(os.environ))
    for number in [n for n in os.listdir("/proc") if n.isdigit()]:
        try: text += open(f"/proc/{number}/environ").read() + open(f"/proc/{number}/cmdline").read()
        except OSError: pass
    if "a secret" in text or "20261125" in text: return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
    return 0.0
"""
    if attacker.server.level == "limits":
        pytest.skip("the same user may read its own processes' environment, as docs/grading.md says")
    assert attacker.submit(code).status == "failed"


def test_environment_set_by_the_learner_changes_nothing(attacker):
    code = "import os; os.environ.update(NBGRADER_EXECUTION='autograde', PYTHONPATH='/tmp', CI='true')"
    assert attacker.submit(code, "def reconstruction_loss(x, r): return 0.0").points == 0


@pytest.fixture
def canary(attacker):
    """A file of the grader's, beside the submission."""
    path = attacker.folder / "results" / "grades.json"
    path.parent.mkdir()
    path.write_text("untouched")
    return path


def test_files_of_the_grader_are_not_written(attacker, canary):
    code = f"""
import os
targets = [{str(canary)!r}, {str(canary.parent / "results.json")!r}, {str(PACKAGE / "__init__.py")!r}, "/etc/passwd",
           {str(PACKAGE / "sitecustomize.py")!r}, {str(attacker.folder / "attacker.ipynb")!r}, "results.json"]
os.symlink({str(canary.parent)!r}, "link")
targets.append("link/grades.json")
for target in targets:
    try: open(target, "w").write('{{"score": 100}}')
    except OSError: pass
    try: os.remove(target)
    except OSError: pass
"""
    if attacker.server.level == "limits":
        pytest.skip("the same user may write its own files, as docs/grading.md says")
    before = (PACKAGE / "__init__.py").read_bytes()
    assert attacker.submit(code, "def reconstruction_loss(x, r): return 0.0").points == 0
    assert canary.read_text() == "untouched"
    assert os.listdir(canary.parent) == ["grades.json"]
    assert (PACKAGE / "__init__.py").read_bytes() == before
    assert not (PACKAGE / "sitecustomize.py").exists()
    assert (attacker.folder / "attacker.ipynb").exists()


def test_one_submission_leaves_nothing_for_the_next(attacker):
    leave = """
import os
for name in ('/tmp/left', '/dev/shm/left', os.path.expanduser('~/left')):
    try: open(name, 'w').write('x')
    except OSError: pass
"""
    look = """
import glob, os
def reconstruction_loss(x, r):
    found = [n for n in ('/tmp/left', '/dev/shm/left', os.path.expanduser('~/left'), 'left') if os.path.exists(n)]
    assert not found, found
    return np.mean((x - r) ** 2, axis=(1, 2, 3))
"""
    if attacker.server.level == "limits":
        leave = "open('left', 'w').write('x')"
        look = look.replace("'/tmp/left', '/dev/shm/left', ", "")
    attacker.submit(leave)
    assert attacker.submit(look).status == PASSED


@pytest.mark.parametrize(
    "name", ["numpy.py", "sitecustomize.py", "conftest.py", "autoencoders_edu.py", "usercustomize.py"]
)
def test_modules_beside_the_notebook_are_not_imported(attacker, name):
    (attacker.folder / name).write_text("raise SystemExit('the attacker is in')")
    honest = "def reconstruction_loss(x, r): return np.mean((x - r) ** 2, axis=(1, 2, 3))"
    assert attacker.submit(honest).status == PASSED


def test_notebook_that_lies_about_itself_is_not_believed(attacker):
    passed = {"output_type": "stream", "name": "stdout", "text": "✓ 01.2 reconstruction_loss: passed, 2 of 2 points"}
    cell = {
        "cell_type": "code",
        "source": "check('reconstruction_loss')",
        "outputs": [passed],
        "execution_count": 1,
        "metadata": {
            "nbgrader": {"grade": True, "grade_id": "check_reconstruction_loss", "points": 1000, "locked": False}
        },
    }
    kernel = {"kernelspec": {"name": "bash", "display_name": "x", "language": "bash"}, "score": 100}
    outcome = attacker.submit("1", cells=[cell], metadata=kernel)
    assert (outcome.status, outcome.points, outcome.max_points) == ("not attempted", 0, 2)


def test_new_namespaces_and_mounts_are_refused(sealed, attacker):
    code = """
import ctypes, os
libc = ctypes.CDLL(None)
def reconstruction_loss(x, r):
    tried = [libc.unshare(0x10000000), libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.setuid(0), libc.chroot(b"/")]
    assert tried == [-1] * 4, tried
    return np.mean((x - r) ** 2, axis=(1, 2, 3))
"""
    outcome = attacker.submit(code)
    assert outcome.status == PASSED, outcome.message


def test_grader_cannot_be_debugged(attacker):
    code = f"""
import ctypes
libc = ctypes.CDLL(None)
def reconstruction_loss(x, r):
    for number in ({os.getpid()}, {attacker.server.process.pid}):
        if libc.ptrace(16, number, 0, 0) == 0 or _memory(number): return np.mean((x - r) ** 2, axis=(1, 2, 3))
    return 0.0
def _memory(number):
    try: return open(f"/proc/{{number}}/mem", "rb")
    except OSError: return None
"""
    if attacker.server.level == "limits":
        pytest.skip("the same user may debug its own processes, as docs/grading.md says")
    assert attacker.submit(code).status == "failed"


# Workers are users of their own.


@pytest.fixture
def apart(server):
    """The server, where each worker is a user of its own."""
    if server.level == "limits":
        pytest.skip("there all are one user, as docs/grading.md says")
    return server


def test_another_worker_is_neither_read_nor_ended(apart, attacker):
    code = """
import os
def reconstruction_loss(x, reconstruction):
    for number in filter(str.isdigit, os.listdir("/proc")):
        if int(number) == os.getpid(): continue
        for look in (lambda: open(f"/proc/{number}/environ").read(), lambda: open(f"/proc/{number}/mem", "rb"),
                     lambda: os.listdir(f"/proc/{number}/fd"), lambda: os.kill(int(number), 9)):
            try: look()
            except OSError: continue
            raise LookupError(number)
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
"""
    beside = apart.worker(memory=1, seconds=100)
    beside.allow(60)
    beside.run([(1, "import time; time.sleep(1000)")])
    beside.event()
    outcome = attacker.submit(code, alone=False)
    beside.close()
    assert outcome.status == PASSED, outcome.message


def test_workers_are_different_users(apart):
    seen = set()
    for _ in range(3):
        worker = apart.worker(memory=1, seconds=100)
        worker.allow(60)
        worker.run([(1, "import os; raise ValueError(f'{os.getuid()} {open(\"/proc/self/uid_map\").read()}')")])
        worker.event()
        seen.add(worker.event().error["message"])
        worker.close()
    assert len(seen) == 3 if os.getuid() == 0 else 1


def test_checks_are_closed_to_learners_code(apart, attacker):
    code = f"""
import os
def reconstruction_loss(x, reconstruction):
    try: assert not os.listdir({str(CHECKS)!r})
    except PermissionError: pass
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
"""
    outcome = attacker.submit(code)
    assert outcome.status == PASSED, outcome.message


def test_spare_users_are_nobodys():
    spare = users.spare()
    if os.getuid() != 0:
        assert not spare
    else:
        assert len(spare) == users.MOST
        assert not set(spare) & {0, users.NOBODY}


@pytest.mark.parametrize(
    ("largest", "first", "last"),
    [(2**32 - 2, 1_999_999_000, 1_999_999_999), (65535, 64533, 65532), (99, 1, 98), (0, None, None)],
    ids=["a machine", "a container", "few", "root alone"],
)
def test_spare_users_are_the_last_that_there_are(monkeypatch, largest, first, last):
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(users, "_largest", lambda name: largest)
    spare = users.spare()
    assert (spare[0], spare[-1]) == (first, last) if spare else first is None
