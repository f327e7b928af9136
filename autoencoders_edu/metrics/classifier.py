"""A small image classifier, whose features are similar for images that look similar.

It is trained once, in seconds, and its weights are stored in the user's cache folder. Nothing is downloaded.
"""

import contextlib
import hashlib
import math
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autoencoders_edu._backend import keras
from autoencoders_edu._batches import in_batches
from autoencoders_edu.data import Dataset
from autoencoders_edu.models.blocks import TrainedInBlocks

FEATURES = 64  # units of the last hidden layer
STEPS, BATCH_SIZE = 426, 128  # rounded up to whole epochs: six of the embedded clothes
VERSION = 1  # to be raised when anything below changes the trained weights


def train_classifier(data: Dataset, cache: bool = True) -> keras.Model:
    """A convolutional classifier of the training images, trained now or loaded from the cache.

    Neither draws global random numbers: what a notebook does next is the same with and without a cache.

    Args:
        data: a `Dataset` of images (n, height, width, channels) with integer labels. The classifier is stored under a
            hash of the training images and labels.
        cache: False: train anew and store nothing.

    Returns:
        A Keras model from images to logits (batch, classes); `features` returns its last hidden layer.

    Raises:
        ValueError: for data without images, or without one label per image.
    """
    labels = np.asarray(data.y_train)
    if data.x_train.ndim != 4 or labels.shape != (len(data.x_train),):
        raise ValueError(
            "A classifier needs images (n, height, width, channels) and one integer label each. Received: x_train "
            f"{data.x_train.shape}, y_train {labels.shape}."
        )
    model: Any = make_classifier(data.x_train.shape[1:], int(labels.max()) + 1)
    path = cache_path(data)
    if cache and _load(model, path):
        return model
    rng, in_epoch = np.random.default_rng(0), math.ceil(len(data.x_train) / BATCH_SIZE)
    epochs = math.ceil(STEPS / in_epoch)
    rate: Any = keras.optimizers.schedules.CosineDecay(4e-3, epochs * in_epoch)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    training = InBlocks(model)
    training.compile(keras.optimizers.Adam(rate), loss)
    for _ in range(epochs):
        order = rng.permutation(len(data.x_train))  # Keras's own shuffling would draw from the global random numbers
        training.fit(data.x_train[order], labels[order], BATCH_SIZE, shuffle=False, verbose=0)
    if cache:
        _save(model, path)
    return model


class InBlocks(TrainedInBlocks):
    """A network, while it is trained."""

    def __init__(self, network: keras.Model):
        super().__init__()
        self.network = network

    def call(self, x, training=False):
        return self.network(x, training=training)


def make_classifier(shape: Sequence[int], classes: int) -> keras.Model:
    """Two convolutions of stride 2, a dense layer of features, and logits; always with the same initial weights."""
    layers = keras.layers
    first: Any = [keras.initializers.GlorotUniform(seed=seed) for seed in range(4)]
    x = keras.Input(shape, name="x")
    y = layers.Conv2D(16, 3, 2, "same", activation="relu", kernel_initializer=first[0], name="edges")(x)
    y = layers.Conv2D(32, 3, 2, "same", activation="relu", kernel_initializer=first[1], name="parts")(y)
    y = layers.Flatten(name="flat")(y)
    y = layers.Dense(FEATURES, "relu", kernel_initializer=first[2], name="features")(y)
    y = layers.Dense(classes, kernel_initializer=first[3], name="logits")(y)
    return keras.Model(x, y, name="classifier")


def features(model: keras.Model, images: ArrayLike) -> np.ndarray:
    """The last hidden layer's outputs for images: an array (n, 64).

    Args:
        model: what `train_classifier` returned.
        images: (n, height, width, channels), with pixels scaled as in the training data.
    """
    inner = keras.Model(model.inputs[0], model.get_layer("features").output, name="features_of_classifier")
    return in_batches(inner, np.asarray(images, "float32"))


def accuracy(model: keras.Model, x: ArrayLike, y: ArrayLike) -> float:
    """The share of images x whose label y has the largest logit."""
    return float(np.mean(in_batches(model, x).argmax(axis=1) == y))


def cache_path(data: Dataset) -> Path:
    """The file for the weights, for these training data and this backend."""
    import platformdirs

    digest = hashlib.sha256(np.ascontiguousarray(data.x_train).tobytes() + np.asarray(data.y_train).tobytes())
    name = f"classifier-{VERSION}-{keras.backend.backend()}-{data.name}-{digest.hexdigest()[:16]}.weights.h5"
    return Path(platformdirs.user_cache_dir("autoencoders_edu", appauthor=False)) / name


def _load(model, path):
    """Whether the weights could be read: a missing or damaged file only costs the seconds of training again."""
    first = model.get_weights()
    try:
        model.load_weights(path)
    except (OSError, ValueError, KeyError):
        model.set_weights(first)
        return False
    return True


def _save(model, path):
    with contextlib.suppress(OSError):  # if nothing can be written, it is trained each time
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            whole = Path(folder) / path.name
            model.save_weights(whole)
            os.replace(whole, path)  # atomic, so that no one reads half a file
