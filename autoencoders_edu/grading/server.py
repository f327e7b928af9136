"""A process that has Keras imported and nothing secret in it, and forks a worker for each notebook it is asked to run.

    python -I -m autoencoders_edu.grading.server CONTROL ROOM LEVEL

LEVEL is the strongest sandbox to try. CONTROL is the number of an inherited socket. With each request come two sockets
more: one for the worker, one for the worker's keeper. When CONTROL closes, everything ends.
"""

import contextlib
import gc
import os
import select
import signal
import socket
import sys

from autoencoders_edu.exercises.messages import read, write
from autoencoders_edu.grading import NAMESPACES, keeper, sandbox
from autoencoders_edu.grading.protocol import Limits, Started

HEAVY = (
    "IPython.core.interactiveshell",
    "matplotlib.pyplot",
    "pandas",
    "scipy.stats",
    "sklearn.decomposition",
    "sklearn.linear_model",
)


def import_what_lessons_need():
    """Everything that takes long, and nothing that starts a thread or runs an operation: forks must find it whole."""
    import importlib

    import autoencoders_edu as ae
    import autoencoders_edu.exercises as exercises
    from autoencoders_edu.grading import worker

    for name in HEAVY:
        importlib.import_module(name)
    for name in ae.__all__:
        getattr(ae, name)
    worker.warm_up()
    # In a worker these words do nothing: it is the grader who checks, from outside.
    exercises.check = exercises.hint = exercises.solution = lambda name: None


class Keepers:
    """Forks a keeper for every request, and that one a worker; ends what a keeper leaves that was killed."""

    def __init__(self, level, room):
        self.level = level
        self.room = room
        self.count = 0
        self.alive = set()
        self.deaths, self.waking = socket.socketpair()
        self.waking.setblocking(False)
        signal.set_wakeup_fd(self.waking.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # so that the death of a child is written there
        keeper.adopt_orphans()

    def serve(self, control):
        """Works until the control socket closes."""
        gc.freeze()  # garbage collection in a worker leaves the shared pages shared
        while True:
            ready, _, _ = select.select([control, self.deaths], [], [])
            if self.deaths in ready:
                self.bury()
            if control in ready:
                data, descriptors, _, _ = socket.recv_fds(control, 65536, 2)
                if not data:
                    return
                self.fork(control, read(data, Limits), descriptors)
                for descriptor in descriptors:
                    os.close(descriptor)

    def fork(self, control, limits, descriptors):
        self.count += 1
        try:
            pid = os.fork()
        except OSError:  # no process is to be had; the grader sees that its sockets are closed
            return
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for own in (control, self.deaths, self.waking):
                own.close()
            keeper.keep(self.level, self.room, limits, self.count, *descriptors)
        self.alive.add(pid)

    def bury(self):
        self.deaths.recv(4096)
        with contextlib.suppress(ChildProcessError):
            while pid := os.waitpid(-1, os.WNOHANG)[0]:
                self.alive.discard(pid)
        keeper.end_below(spared=self.alive)  # the worker of a killed keeper is this process's child now


def main():
    control = socket.socket(fileno=int(sys.argv[1]))
    room = sys.argv[2]
    try:
        level = sandbox.enclose_server(room, strongest=sys.argv[3])
    except PermissionError as error:
        sys.exit(str(error))
    sandbox.settle_in("/tmp" if level == NAMESPACES else room)
    import_what_lessons_need()
    control.send(write(Started(level)))
    Keepers(level, room).serve(control)


if __name__ == "__main__":
    main()
