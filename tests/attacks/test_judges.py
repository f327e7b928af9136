"""What answers can do to the one who judges them: nothing that outlasts that one judgement."""

import contextlib
import os
import signal
import socket
import struct
import time
from collections import namedtuple

import numpy as np
import pytest

from autoencoders_edu.exercises.expect import Failed
from autoencoders_edu.exercises.judging import ROUNDS
from autoencoders_edu.exercises.messages import write
from autoencoders_edu.exercises.outcome import FAILED, PASSED
from autoencoders_edu.exercises.wire import pack
from autoencoders_edu.grading import judges, protocol
from autoencoders_edu.grading.client import JudgeLost, Lost, SandboxLost, Worker
from autoencoders_edu.grading.protocol import Ended

Exercise = namedtuple("Exercise", "id name points on_success judge")


def honest(probe):
    probe.call("f", abs)


def wrong(probe):
    raise Failed(f"Received: {probe.call('f')}.")


def endless(probe):
    while True:
        pass


def asleep(probe):
    time.sleep(1000)


def greedy(probe):
    np.empty(2**28)  # 2 GiB


def killed(probe):
    os.kill(os.getpid(), signal.SIGKILL)


CHECKS = {check.__name__: check for check in (honest, wrong, endless, asleep, greedy, killed)}


def find(name):
    return Exercise("01.1", name, 2, "Well done.", CHECKS[name])


class Judges:
    """Like the grader's forker of judges, with these checks, and with one CPU second and one second of grace."""

    def __init__(self):
        self.control, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self.control.close()
            judges.CPU_SECONDS = protocol.GRACE = 1
            try:
                judges.serve(theirs, find)
            finally:
                os._exit(0)
        theirs.close()

    def request(self, message, descriptors):
        socket.send_fds(self.control, [write(message)], descriptors)

    def is_alive(self):
        return os.waitpid(self.pid, os.WNOHANG) == (0, 0)

    def close(self):
        self.control.close()
        os.waitpid(self.pid, 0)


@pytest.fixture(scope="module")
def forker():
    with contextlib.closing(Judges()) as forker:
        yield forker


@pytest.fixture
def judged(forker):
    """Function: the outcome of this check, whose worker sends these bytes, and the worker; or the way it is lost."""
    with contextlib.ExitStack() as stack:

        def judged(name, sent=b"", closed=False, seconds=60):
            ours, theirs = socket.socketpair()
            lifeline, keepers = socket.socketpair()
            worker = Worker(ours, lifeline, forker)
            for each in (theirs, keepers, worker):
                stack.callback(each.close)
            theirs.sendall(sent)
            protocol.say(keepers, Ended("it ended itself"))
            if closed:
                theirs.close()
            worker.allow(seconds)
            try:
                return worker.judge(find(name), seed=2**127), worker
            except Lost as lost:
                return lost, worker

        yield judged


def framed(data):
    return struct.pack("<Q", len(data)) + data


VALUE = ROUNDS * framed(pack({"value": 1}))


def test_an_honest_answer_passes_and_its_worker_goes_on(judged):
    outcome, worker = judged("honest", VALUE)
    assert (outcome.id, outcome.name, outcome.status, outcome.points) == ("01.1", "honest", PASSED, 2)
    assert outcome.message == "Well done."
    assert worker.is_open


def test_a_wrong_answer_fails_with_its_message(judged):
    outcome, worker = judged("wrong", VALUE)
    assert (outcome.status, outcome.points, outcome.message) == (FAILED, 0, "Received: 1.")
    assert worker.is_open


@pytest.mark.parametrize("name", ["endless", "asleep", "killed"])
def test_a_judgement_without_an_end_is_ended(judged, name):
    lost, worker = judged(name, seconds=0.3)
    assert isinstance(lost, JudgeLost)
    assert not worker.is_open
    assert judged("honest", VALUE)[0].status == PASSED, "the next judgement is another process"


def test_a_judgement_that_takes_all_memory_is_a_wrong_answer(judged):
    outcome, _ = judged("greedy")
    assert (outcome.status, outcome.points) == (FAILED, 0)
    assert "MemoryError" in outcome.message


def test_a_worker_that_does_not_answer_is_late(judged):
    lost, worker = judged("honest", seconds=0.3)
    assert str(lost) == "it ran longer than 0.3 s"
    assert not worker.is_open


def test_why_a_worker_is_gone_the_keeper_tells(judged):
    lost, _ = judged("honest", closed=True)
    assert str(lost) == "it ended itself"


def test_a_message_that_claims_to_be_huge_is_named(judged):
    lost, _ = judged("honest", struct.pack("<Q", 2**60))
    assert str(lost) == f"it sent a message of {2**60} bytes"


@pytest.mark.parametrize(
    "sent", [framed(b"rubbish"), framed(pack({"callback": 7, "arguments": []}))], ids=["rubbish", "a call back"]
)
def test_a_worker_that_may_still_be_talking_is_not_asked_again(judged, sent):
    """Its next answer could be taken for one to another question."""
    outcome, worker = judged("honest", sent)
    assert outcome.status == FAILED
    assert not worker.is_open


def test_without_a_process_for_the_judge_it_is_tried_again(monkeypatch):
    """As when the machine has no more of them: no fault of the learner's."""

    def fail():
        raise OSError("no more processes")

    monkeypatch.setattr(os, "fork", fail)
    monkeypatch.setattr(judges.signal, "signal", lambda *_: None)
    monkeypatch.setattr(judges.gc, "freeze", lambda: None)
    with contextlib.ExitStack() as stack:
        pairs = [socket.socketpair() for _ in range(4)]
        (control, grader), (worker, _), (verdict, theirs), lifeline = pairs
        for end in (end for pair in pairs for end in pair):
            stack.enter_context(end)
        descriptors = [worker.fileno(), theirs.fileno()]
        socket.send_fds(grader, [write(protocol.Judge("honest", "0", 0.0))], descriptors)
        grader.shutdown(socket.SHUT_WR)
        judges.serve(control, find)
        said = protocol.hear(verdict, protocol.Judged, protocol.Unanswered, deadline=time.monotonic() + 5)
        assert said == protocol.Unanswered(protocol.NO_JUDGE)
        assert isinstance(Worker(worker, lifeline[0], judges=None)._unanswered(said.why), SandboxLost)
