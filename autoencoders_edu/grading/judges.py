"""A process that has the checks imported, and forks a judge for each exercise that it is asked to judge.

    python -I -m autoencoders_edu.grading.judges CONTROL

A judge questions the worker itself. Whatever the worker answers can cost no more than this one judge: its time and its
memory are limited, and it ends with its verdict. CONTROL is the number of an inherited socket; when that closes,
everything ends.
"""

import gc
import os
import resource
import signal
import socket
import sys
import time

from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import ProbeLost
from autoencoders_edu.exercises.judging import judge
from autoencoders_edu.exercises.messages import read, write
from autoencoders_edu.exercises.probe import Probe
from autoencoders_edu.exercises.wire import WireError
from autoencoders_edu.grading import linux, protocol
from autoencoders_edu.grading.protocol import GONE, LATE, NO_JUDGE, Judge, Judged, Started, Unanswered

CPU_SECONDS = 30  # of its own; a check takes a fifth of a second for one seed
MEMORY = 2**30  # bytes beyond what the checks need


def serve(control, find=registry.find):
    """Forks a judge for every request, until the control socket closes.

    Args:
        control: a socket; with each request come two sockets more, see `protocol.Judge`.
        find: function from an exercise's name to the exercise.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # judges are not waited for
    gc.freeze()
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 65536, 2)
        if not data:
            return
        worker, verdict = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        with worker, verdict:
            try:
                pid = os.fork()
            except OSError:
                protocol.say(verdict, Unanswered(NO_JUDGE))
                continue
            if pid == 0:
                control.close()
                _judge_once(read(data, Judge), worker, verdict, find)


def _judge_once(order, worker, verdict, find):
    """A judge's life."""
    try:
        _limit(order.deadline)
        protocol.say(verdict, _found(order, worker, find))
    finally:
        os._exit(0)


def _limit(deadline):
    """A judge that takes too long or too much memory is ended by the kernel, in the midst of whatever it does."""
    if sys.platform == "linux":
        linux.prctl(linux.PDEATHSIG, 9)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 0) + protocol.GRACE)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + MEMORY,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space():
    import psutil

    return psutil.Process().memory_info().vms


def _found(order, worker, find):
    """`Judged` or `Unanswered`."""
    probes = []

    def ask(request):
        try:
            protocol.send(worker, request, order.deadline)
            return protocol.receive(worker, order.deadline)
        except TimeoutError:
            raise ProbeLost(LATE) from None
        except WireError as error:
            raise ProbeLost(str(error)) from None
        except (protocol.Closed, OSError):
            raise ProbeLost(GONE) from None

    def make_probe(seed):
        probes.append(Probe(ask, seed))
        return probes[-1]

    try:
        outcome = judge(find(order.name), make_probe, int(order.seed))
    except ProbeLost as lost:
        return Unanswered(str(lost))
    return Judged(vars(outcome), at_rest=not any(probe.waiting for probe in probes))


def main():
    control = socket.socket(fileno=int(sys.argv[1]))
    registry.everything()
    control.send(write(Started("")))
    serve(control)


if __name__ == "__main__":
    main()
