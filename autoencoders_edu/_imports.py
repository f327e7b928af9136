"""What happens around the import of TensorFlow and of Keras, whoever asks for them and whenever.

TensorFlow is imported quietly. Its C++ code writes four lines to stderr while it is imported, whatever
TF_CPP_MIN_LOG_LEVEL says (measured with 2.21.0); they are held back, and printed only if the import fails.

Keras, once imported, is told this library's classes, so that `keras.models.load_model` knows them although importing
`autoencoders_edu` imports nothing heavy.
"""

import contextlib
import importlib
import importlib.abc
import importlib.util
import logging
import os
import sys
import tempfile

SUPPORTED = ("tensorflow", "jax")
SERIALIZABLE = (
    "corruption",
    "distributions",
    "sparsity",
    "models.autoencoder",
    "models.autoregressive",
    "models.beta_vae",
    "models.conditional_vae",
    "models.denoising",
    "models.free_bits",
    "models.sparse",
    "models.vae",
)


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
    """Imports the modules whose classes Keras must know, on a backend that they support."""
    if sys.modules["keras"].backend.backend() in SUPPORTED:
        for name in SERIALIZABLE:
            importlib.import_module(f"autoencoders_edu.{name}")


@contextlib.contextmanager
def classes_registered_afterwards():
    yield
    # If it is a module of ours that imports Keras, the classes are not there yet: the package's __getattr__ follows up.
    if "autoencoders_edu._backend" not in sys.modules:
        register_classes()


class Around(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """An import hook for one module, once: runs the module inside a context."""

    def __init__(self, name, context):
        self.name = name
        self.context = context
        self.looking = False

    def find_spec(self, name, path=None, target=None):
        if name != self.name or self.looking:
            return None
        self.looking = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self.looking = False
        if spec is not None:
            self.loader, spec.loader = spec.loader, self
        return spec

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        sys.meta_path.remove(self)  # here, not in find_spec: libraries also look for a module without importing it
        module.__spec__.loader = module.__loader__ = self.loader
        with self.context():
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
        sys.meta_path.insert(0, Around("tensorflow", stderr_held_back))
    if "keras" in sys.modules:
        register_classes()
    else:
        sys.meta_path.insert(0, Around("keras", classes_registered_afterwards))
