"""Keras, on a backend that this library supports. Every module that needs Keras imports it from here."""

import os
from typing import Any

from autoencoders_edu._imports import SUPPORTED


def refuse(backend):
    raise ImportError(
        f"autoencoders_edu runs on the Keras backends {' and '.join(SUPPORTED)}, but Keras is set to {backend!r}: its "
        "distributions come from TensorFlow Probability, which has no such backend. Set the environment variable "
        "KERAS_BACKEND=tensorflow (or jax) before Python starts, or edit ~/.keras/keras.json."
    )


def missing(backend):
    raise ImportError(
        f"Keras is set to the backend {backend!r}, which is not installed here. Install it with "
        f"pip install 'autoencoders-edu[{backend}]', or set KERAS_BACKEND to one that is."
    )


# Checked before Keras is imported: that import fails with a less helpful message where the backend is not installed.
if (os.environ.get("KERAS_BACKEND") or SUPPORTED[0]) not in SUPPORTED:
    refuse(os.environ["KERAS_BACKEND"])

try:
    import keras
except ModuleNotFoundError as error:
    if error.name in SUPPORTED:
        missing(error.name)
    if error.name in ("torch", "openvino"):  # chosen in keras.json
        refuse(error.name)
    raise

if keras.backend.backend() not in SUPPORTED:
    refuse(keras.backend.backend())

# Keras has no annotations, and what type checkers infer for its operations is the union of what all backends return.
ops: Any = keras.ops

__all__ = ["keras", "ops"]
