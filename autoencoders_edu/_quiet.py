"""Keeps TensorFlow's start-up notes out of a learner's notebook; what matters still gets through.

TensorFlow's C++ code writes four lines to stderr while it is imported, whatever TF_CPP_MIN_LOG_LEVEL says
(measured with 2.21.0). They are held back here, and printed only if the import fails.
"""

import contextlib
import importlib.abc
import importlib.util
import logging
import os
import sys
import tempfile


@contextlib.contextmanager
def stderr_held_back():
    """Collects what is written to file descriptor 2 (C++ code included) and shows it only if the block raises."""
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(saved, held.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


class QuietTensorFlowImport(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """An import hook for one module, once: whoever imports TensorFlow first, here or in Keras, does it quietly."""

    def find_spec(self, name, path=None, target=None):
        if name != "tensorflow":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec("tensorflow")
        if spec is not None:
            self.loader, spec.loader = spec.loader, self
        return spec

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self.loader
        with stderr_held_back():
            self.loader.exec_module(module)


def is_worth_reading(record):
    """False for TensorFlow's retracing warning: a lesson builds many models, and each compiles functions of its own."""
    return "triggered tf.function retracing" not in record.getMessage()


def install():
    # Read when TensorFlow starts. At 2, a machine without a GPU still gets a line that calls this an error; what
    # really fails is raised as a Python exception at any level.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("tensorflow").addFilter(is_worth_reading)
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, QuietTensorFlowImport())
