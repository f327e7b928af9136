"""Attacks by what code does to the machine: processes, time, memory, output, signals, the network."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import time

import psutil
import pytest

from autoencoders_edu.course.folders import PACKAGE
from autoencoders_edu.exercises.outcome import ERROR, NOT_ATTEMPTED, PASSED
from autoencoders_edu.grading.client import Lost, SandboxLost, Server
from autoencoders_edu.grading.forker import NoServer
from autoencoders_edu.grading.protocol import Ran, Ready, Running

ANSWER = "def reconstruction_loss(x, reconstruction): return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))"

ENDING = {
    "os._exit": "import os; os._exit(0)",
    "os._exit with a thread": "import os, threading; threading.Timer(0.2, os._exit, [0]).start()\nwhile True: pass",
    "an abort": "import os; os.abort()",
    "another program": "import os; os.execv('/bin/sh', ['sh', '-c', 'exit 0'])",
    "a crash in C": "import ctypes; ctypes.string_at(0)",
    "a closed connection": "import os; os.closerange(3, 256)",
    "an endless loop": "while True: pass",
    "a sleep": "import time; time.sleep(1000)",
    "an endless output": "import os\nwhile True: print('passed' * 1000); os.write(1, b'2 of 2 points'); os.write(2, b'x')",
    "a read of standard input": "import sys\nwhile True: sys.stdin.read()",
}

ENDING_ANYWHERE = {"os._exit", "a crash in C", "a closed connection", "an endless loop"}

LEAVING = {
    "a fork": "import os, time\nif os.fork() == 0: time.sleep(1000)",
    "a process in a session of its own": """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0: time.sleep(1000)
    os._exit(0)
""",
    "a program": "import subprocess; subprocess.Popen(['sleep', '1000'], start_new_session=True)",
    "one that ignores signals": """
import os, signal, time
if os.fork() == 0:
    for number in range(1, 32):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    while True: time.sleep(1)
""",
    "a thousand threads": "import threading, time\nfor _ in range(1000): threading.Thread(target=time.sleep, args=[1000]).start()",
}


RELAY = """
import subprocess
def reconstruction_loss(x, reconstruction):
    subprocess.Popen(["/bin/sh", "-c", "f() { f & }; f; f"], start_new_session=True)
    return 0.0
"""


def in_cell_and_call(attacker, code):
    """The outcomes of code that runs in a cell, and when the answer is asked for."""
    indented = "\n".join(f"    {line}" for line in code.strip().splitlines())
    yield attacker.submit(f"reconstruction_loss = None\n{code}\n{ANSWER}")
    yield attacker.submit(f"def reconstruction_loss(x, reconstruction):\n{indented}\n    return 0.0")


@pytest.mark.parametrize("way", ENDING)
def test_ending_early_or_never_scores_nothing(attacker, way):
    if attacker.server.level != "namespaces" and way not in ENDING_ANYWHERE:
        pytest.skip("what ends a worker is the same on every level")
    code = ENDING[way]
    attacker.timeout = 1
    for outcome in in_cell_and_call(attacker, code):
        assert (outcome.status, outcome.points) == (ERROR, 0)
        assert "stopped" in outcome.message


@pytest.mark.parametrize(
    "code", ["import sys; sys.exit(0)", "raise SystemExit(0)", "quit()", "raise KeyboardInterrupt"]
)
def test_exits_that_python_can_catch_cost_that_cell_only(attacker, code):
    assert attacker.submit(code, ANSWER).status == PASSED
    assert attacker.submit(f"def reconstruction_loss(x, r): {code}").points == 0


@pytest.mark.parametrize("code", LEAVING.values(), ids=LEAVING)
def test_no_process_is_left(attacker, code):
    attacker.timeout = 5
    for outcome in in_cell_and_call(attacker, code):  # `submit` looks for what is left
        assert outcome.status in (PASSED, ERROR, "failed")


def test_processes_that_start_one_another_come_to_an_end(attacker):
    """None of them lives long enough to be killed by its number."""
    if attacker.server.level == "limits" and os.getuid() == 0:
        pytest.skip("the kernel does not count the processes of root")
    begin = time.monotonic()
    assert attacker.submit(RELAY).points == 0  # `submit` looks for what is left
    assert time.monotonic() - begin < 60


BURYING = """
import os, subprocess, time
from autoencoders_edu.grading import keeper
sleeper = subprocess.Popen(["sleep", "1000"])
for _ in range(1000):
    if os.fork() == 0: os._exit(0)
states, waitpid = [], os.waitpid
def watched(*arguments):
    if not states: states.append(open(f"/proc/{sleeper.pid}/stat").read().split()[2])
    return waitpid(*arguments)
os.waitpid = watched
begin = time.process_time()
keeper.end_below()
print(*states, len(list(keeper._below(()))), time.process_time() - begin < 10)
os._exit(0)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at /proc")
def test_the_dead_are_buried_when_nobody_is_alive():
    """They count towards the limit of processes, which is what stops those that start one another."""
    done = subprocess.run([sys.executable, "-c", BURYING], capture_output=True, text=True, timeout=120)
    assert done.stdout == "Z 0 True\n", done.stderr


def test_fork_bomb_is_stopped_and_scores_nothing(attacker):
    attacker.timeout = 2
    outcome = attacker.submit(f"import os\nwhile True:\n    try: os.fork()\n    except OSError: pass\n{ANSWER}")
    assert outcome.points == 0


@pytest.mark.backend  # the server holds Keras and its backend, which take memory and threads of their own
@pytest.mark.parametrize(
    "code",
    [
        "held = bytearray(64 * 2**30)",
        "held = []\nwhile True: held.append(np.ones(10**7))",
        "import os, time\nfor _ in range(8):\n    if os.fork() == 0: held = np.ones(5 * 10**7); time.sleep(1000)\ntime.sleep(1000)",
    ],
    ids=["one piece", "piece by piece", "by many processes"],
)
def test_memory_is_limited(attacker, code):
    attacker.timeout = 120  # on a busy machine it takes long to fill memory
    outcome = attacker.submit(f"{code}\n{ANSWER}")
    assert outcome.points == 0
    assert "emory" in outcome.message


def test_open_files_count_as_memory(attacker):
    """What waits in sockets and pipes is no process's, and may be a quarter of a MiB each."""
    code = "import os, time\npipes = [os.pipe() for _ in range(120)]\ntime.sleep(1)"
    attacker.memory = 0.05
    assert attacker.submit(ANSWER).status == PASSED
    outcome = attacker.submit(f"reconstruction_loss = None\n{code}\n{ANSWER}")
    assert outcome.points == 0
    assert "emory" in outcome.message


def test_submissions_share_no_count_of_processes(server):
    """Each may have 128 threads, whatever the others have."""
    code = "import threading, time\nfor _ in range(90): threading.Thread(target=time.sleep, args=[1000], daemon=True).start()"
    with contextlib.ExitStack() as stack:
        for _ in range(3):
            worker = server.worker(memory=1, seconds=1000)
            stack.callback(worker.close)
            worker.allow(60)
            worker.run([(1, code)])
            assert [worker.event() for _ in range(3)] == [Running(1), Ran(1, None), Ready()]


def test_file_that_fills_the_disk_is_stopped(attacker):
    code = "with open('big', 'wb') as file:\n    while True: file.write(bytes(2**20))"
    outcome = attacker.submit(f"reconstruction_loss = 0\n{code}\n{ANSWER}")
    assert outcome.points == 0


def test_other_exercises_are_graded_all_the_same(attacker):
    attacker.timeout = 3
    assert attacker.submit("while True: pass", "import os; os._exit(0)", "1 / 0", ANSWER).status == PASSED


def test_signals_reach_nobody_else(attacker):
    code = """
import os
for number in (os.getppid(), -1, 0):
    try: os.kill(number, 9)
    except (OSError, PermissionError): pass
"""
    if attacker.server.level == "limits":
        pytest.skip("the same user may signal its own processes, as docs/grading.md says")
    attacker.submit(code, "def reconstruction_loss(x, r): return 0.0")
    assert attacker.server.process.poll() is None
    assert attacker.submit(ANSWER).status == PASSED


def test_server_on_a_port_is_not_reached(attacker):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"""
import os, socket, time
try:
    listener = socket.socket(); listener.bind(("0.0.0.0", {port})); listener.listen()
except OSError: pass
if os.fork() == 0: time.sleep(1000)
"""
    assert attacker.submit(code, "def reconstruction_loss(x, r): return 0.0").points == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5).close()


def test_network_is_not_there(sealed, attacker):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        code = f"""
import socket
def reconstruction_loss(x, reconstruction):
    try: socket.create_connection(("127.0.0.1", {port}), timeout=2)
    except OSError: return 0.0
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
"""
        assert attacker.submit(code).status == "failed"


def test_a_notebook_of_slow_cells_ends(sealed, attacker):
    """Each cell keeps to its time, but there is a limit for all of them together, whatever ids the notebook claims."""
    attacker.timeout = 0.2
    slow = {"cell_type": "code", "source": "import time; time.sleep(0.18)"}
    cells = [{**slow, "metadata": {"nbgrader": {"grade_id": f"a{number}"}}} for number in range(100)]
    outcome = attacker.submit("", cells=cells)
    assert outcome.message == "Not graded: the cells and exercises before used up all the time."


def test_a_killed_sandbox_costs_no_points(sealed, attacker):
    """It is killed from outside, as when memory runs out, while a cell runs."""
    killer = threading.Timer(0.5, lambda: psutil.Process(attacker.server.process.pid).children()[0].kill())
    killer.start()
    assert attacker.submit("import time; time.sleep(1)", ANSWER).status == PASSED
    killer.join()


def lost(server, code, seconds=1):
    """How a worker is lost that runs this code and may take so many seconds."""
    worker = server.worker(memory=1, seconds=1000)
    worker.allow(seconds)
    worker.run([(1, code)])
    with contextlib.closing(worker):
        try:
            while True:
                worker.event()
        except Lost as lost:
            return lost


def test_code_that_had_little_of_a_core_may_have_been_slow_by_load(server):
    assert lost(server, "import time; time.sleep(1000)").by_load


def test_a_signal_from_elsewhere_may_be_for_want_of_memory(server):
    by_signal = lost(server, "import os; os.kill(os.getpid(), 9)\nimport time; time.sleep(1000)")
    if server.level != "namespaces":  # there the first process of a namespace cannot end itself by a signal
        assert by_signal.out_of_memory
        assert by_signal.by_load
    by_crash = lost(server, "import os; os.abort()")
    assert by_crash.by_load
    assert not by_crash.out_of_memory


@pytest.mark.parametrize("code", ["import os; os._exit(3)", "held = bytearray(3 * 2**28); held[::4096] = held[::4096]\nwhile True: held += bytes(2**24)"], ids=["exit", "memory"])  # fmt: skip
def test_an_end_of_its_own_is_nobody_elses_doing(server, code):
    by_itself = lost(server, code, seconds=60)
    assert not by_itself.by_load
    assert not by_itself.out_of_memory


def test_a_killed_keeper_leaves_no_process(attacker):
    """On the weakest level code can kill its keeper, and what it started would go on."""
    code = """
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(1000)
os.kill(os.getppid(), 9)
time.sleep(1000)
"""
    if attacker.server.level == "limits":
        assert isinstance(lost(attacker.server, code), SandboxLost)
    else:
        assert not isinstance(lost(attacker.server, code), SandboxLost)
    assert not attacker.processes()


def test_an_interrupt_while_the_server_starts_leaves_nothing(monkeypatch):
    left = []

    def interrupted(server):
        left.extend([server, psutil.Process(server.process.pid)])
        raise KeyboardInterrupt

    monkeypatch.setattr(Server, "_wait_until_ready", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Server()
    server, process = left
    assert not os.path.exists(server.room)
    assert not process.is_running()


def test_an_end_of_the_server_ends_its_workers():
    with Server() as ending:
        worker = ending.worker(memory=1, seconds=1000)
        worker.allow(1000)
        worker.run([(1, "while True: pass")])
        assert worker.event() == Running(1)
    with pytest.raises(Lost):
        worker.event()
    with pytest.raises(NoServer):
        ending.worker(memory=1, seconds=1)


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can become another user")
def test_a_course_that_the_unprivileged_user_cannot_read_is_refused(tmp_path):
    closed = tmp_path / "closed"
    shutil.copytree(PACKAGE, closed / PACKAGE.name, ignore=shutil.ignore_patterns("data", "__pycache__"))
    os.chmod(closed, 0o700)
    code = "from autoencoders_edu.grading.sandbox import enclose_server; print(enclose_server('room', 'user'))"
    asked = subprocess.run([sys.executable, "-c", code], cwd=closed, capture_output=True, text=True)
    assert "an unprivileged user here, who cannot read" in asked.stderr
    assert not asked.stdout


def test_a_notebook_of_nothing_but_loops_ends(attacker):
    attacker.timeout = 1
    assert attacker.submit(*["while True: pass"] * 3).status in (ERROR, NOT_ATTEMPTED)
