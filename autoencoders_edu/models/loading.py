"""Loading saved models."""

from pathlib import Path
from typing import Any

from autoencoders_edu._backend import keras
from autoencoders_edu._imports import register_classes


def load_model(path: str | Path) -> Any:
    """Loads a model of this library that was saved with `model.save(path)`.

    The same as `keras.models.load_model`, once all classes of this library have been registered with Keras. Importing
    `autoencoders_edu` arranges for that, too; this function does not depend on the order of imports.

    Args:
        path: path of the `.keras` file.

    Returns:
        The model, compiled as it was saved.

    Raises:
        ValueError: when there is no such file, or it is not a `.keras` file.

    Example:

    >>> import os, tempfile
    >>> model = ae.Autoencoder(ae.networks.dense_encoder((4,), 2), ae.networks.dense_decoder(2, (4,)))
    >>> path = os.path.join(tempfile.mkdtemp(), "model.keras")
    >>> model.save(path)
    >>> type(ae.load_model(path)).__name__
    'Autoencoder'
    """
    register_classes()
    return keras.models.load_model(path)
