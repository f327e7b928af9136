"""Attacks of one submission on another that is graded beside it, and on what only root should read."""

import os
from pathlib import Path

import pytest

import autoencoders_edu
from autoencoders_edu.exercises.outcome import PASSED
from autoencoders_edu.grading import users

CHECKS = Path(autoencoders_edu.__file__).parent / "checks"


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
