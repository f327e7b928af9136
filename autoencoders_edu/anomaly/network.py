"""The network that watches servers when nobody brings another one, and how it is trained."""

import math

import numpy as np

from autoencoders_edu._backend import keras
from autoencoders_edu.corruption import PixelDropout
from autoencoders_edu.models.denoising import DenoisingAutoencoder
from autoencoders_edu.models.latent_variable import LatentVariableModel
from autoencoders_edu.networks import dense_decoder, dense_encoder

CODE, HIDDEN, LOST = 8, 64, 0.1
BATCH_SIZE = 128
STEPS = 2400  # what 15 epochs of two weeks, at a row a minute, come to; a shorter record is seen more often


def default_model(metrics, seed=0):
    """A denoising autoencoder of 64-8-64 units that loses 10 % of its inputs in training, so that it must infer each
    metric from the others instead of copying it.

    Args:
        metrics: how many. With fewer than 16, the code is half as wide as they are many.
        seed: integer, for the weights and the losses.
    """
    code = min(CODE, max(1, metrics // 2))
    encoder = dense_encoder((metrics,), code, hidden=(HIDDEN,))
    model = DenoisingAutoencoder(encoder, dense_decoder(code, (metrics,), hidden=(HIDDEN,)), PixelDropout(LOST, seed))
    # Drawn here, and not from Keras's global random numbers: the seed alone decides what the detector becomes.
    rng = np.random.default_rng(seed)
    for weight in model.trainable_weights:
        limit = math.sqrt(6 / sum(weight.shape)) if len(weight.shape) == 2 else 0.0  # Glorot uniform; biases are 0
        weight.assign(rng.uniform(-limit, limit, weight.shape))
    return model


def train_default(model, x, epochs=None, seed=0):
    """Trains a `default_model` on scaled rows x: Adam, its rate falling to 0 along half a cosine.

    Args:
        epochs: positive integer; None: as many as come to 2400 steps of 128 rows, at least.
        seed: integer, for the order of the rows.
    """
    in_epoch = math.ceil(len(x) / BATCH_SIZE)
    epochs = math.ceil(STEPS / in_epoch) if epochs is None else epochs
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * in_epoch)
    model.compile(keras.optimizers.Adam(rate), "mse", steps_per_execution=min(8, in_epoch))
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        rows = x[rng.permutation(len(x))]  # Keras's own shuffling would draw from the global random numbers
        model.fit(rows, rows, BATCH_SIZE, shuffle=False, verbose=0)


def train(model, x, **fit_options):
    """Calls a model's own `fit` on scaled rows x, with the target that it expects."""
    target = () if isinstance(model, LatentVariableModel) else (x,)
    model.fit(x, *target, **{"batch_size": BATCH_SIZE, "verbose": 0, **fit_options})
