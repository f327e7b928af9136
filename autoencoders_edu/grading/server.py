"""A process that has Keras imported and nothing secret in it, and forks a worker for each notebook it is asked to run.

    python -I -m autoencoders_edu.grading.server CONTROL ROOM LEVEL

LEVEL is the strongest sandbox to try. CONTROL is the number of an inherited socket. With each request come two sockets
more: one for the worker, one for the worker's keeper. When CONTROL closes, everything ends.
"""

import gc
import os
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


def serve(control, level, room):
    """Forks a keeper, and that a worker, for every request, until the control socket closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers are not waited for
    gc.freeze()  # garbage collection in a worker leaves the shared pages shared
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 65536, 2)
        if not data:
            return
        if os.fork() == 0:
            control.close()
            keeper.keep(level, room, read(data, Limits), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


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
    serve(control, level, room)


if __name__ == "__main__":
    main()
