"""What importing `autoencoders_edu` changes in the process, and why.

It puts one finder on `sys.meta_path`, which acts when Keras is imported, by whatever code, and is then removed:

- This library's classes are registered with Keras, so that `keras.models.load_model` knows them although importing
  `autoencoders_edu` imports nothing heavy. (`ae.load_model` needs no finder.)
- TensorFlow is kept from writing to stderr, which notebooks display as an error and nbgrader punishes with zero points.
  This takes three measures: what its C++ code writes during the import at any log level (four lines with 2.21.0) is
  held back and printed only if the import fails; TF_CPP_MIN_LOG_LEVEL silences C++ afterwards; and a filter removes one
  warning from Python's log.
"""

import contextlib
import functools
import importlib
import logging
import os
import sys
import tempfile

SUPPORTED = ("tensorflow", "jax")


@contextlib.contextmanager
def stderr_held_back():
    """Collects what is written to file descriptor 2 (C++ code included) and shows it only if the block raises."""
    try:
        saved = os.dup(2)
    except OSError:  # there is no stderr, under pythonw for instance, and so nothing to hold back
        yield
        return
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


def register_classes():
    """Registers this library's classes with Keras, by importing their modules, if they support the backend."""
    from autoencoders_edu import SERIALIZABLE

    if sys.modules["keras"].backend.backend() in SUPPORTED:
        for name in SERIALIZABLE:
            importlib.import_module(name)


def silence_logs():
    # At level 2, a machine without a GPU still gets a line that calls this an error. Real failures raise Python
    # exceptions at any level.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.getLogger("tensorflow").addFilter(is_worth_reading)


def is_worth_reading(record):
    """False for TensorFlow's retracing warning: a lesson builds many models, and each compiles its own functions."""
    return "triggered tf.function retracing" not in record.getMessage()


class KerasFinder:
    """Finds Keras where Python would find it, and wraps its loading."""

    def find_spec(self, name, path=None, target=None):
        if name != "keras":
            return None
        found = (finder.find_spec(name, path, target) for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, found), None)
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = functools.partial(self.load, spec.loader.exec_module)
        return spec

    def load(self, exec_module, module):
        sys.meta_path.remove(self)  # here, not in find_spec: libraries also search for modules without importing them
        silence_logs()
        with stderr_held_back():
            exec_module(module)
        # A module of ours that imports Keras has no classes yet: the package's __getattr__ registers them later.
        if "autoencoders_edu._backend" not in sys.modules:
            register_classes()


def install():
    if "keras" in sys.modules:
        silence_logs()
        register_classes()
    else:
        sys.meta_path.insert(0, KerasFinder())
