"""The network that watches servers when nobody brings another one, and how it is trained."""

import numpy as np

from autoencoders_edu import networks
from autoencoders_edu._backend import keras
from autoencoders_edu.corruption import PixelDropout
from autoencoders_edu.models.denoising import DenoisingAutoencoder
from autoencoders_edu.models.latent_variable import LatentVariableModel

CODE, HIDDEN, DROPOUT = 8, 64, 0.1
BATCH_SIZE, EPOCHS, STEPS_PER_EXECUTION = 128, 15, 8


def default_model(metrics, seed=0):
    """A small denoising autoencoder, metrics-64-8-64-metrics, that loses a tenth of its inputs in training.

    Args:
        metrics: positive integer, how many there are. With fewer than 16 the code is half as wide as they are many.
        seed: integer, for the weights and for what is lost.
    """
    code = max(1, min(CODE, metrics // 2))
    encoder = networks.dense_encoder((metrics,), code, hidden=(HIDDEN,))
    decoder = networks.dense_decoder(code, (metrics,), hidden=(HIDDEN,))
    draw = keras.initializers.GlorotUniform(keras.random.SeedGenerator(seed))  # Keras's own draws have no seed here
    for kernel in [weight for weight in encoder.weights + decoder.weights if weight.name == "kernel"]:
        kernel.assign(draw(kernel.shape))
    return DenoisingAutoencoder(encoder, decoder, PixelDropout(DROPOUT, seed=seed))


def train_default(model, x, epochs=EPOCHS, seed=0):
    """Trains a `default_model` on scaled rows x with Adam and the mean squared error.

    Args:
        epochs: positive integer.
        seed: integer, for the order of the rows.
    """
    model.compile("adam", "mse", steps_per_execution=min(STEPS_PER_EXECUTION, -(-len(x) // BATCH_SIZE)))
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        rows = x[rng.permutation(len(x))]  # Keras's own shuffling would draw from the global random numbers
        model.fit(rows, rows, BATCH_SIZE, shuffle=False, verbose=0)


def train(model, x, **fit_options):
    """Calls a model's own `fit` on scaled rows x, with the target that it expects."""
    target = () if isinstance(model, LatentVariableModel) else (x,)
    model.fit(x, *target, **{"batch_size": BATCH_SIZE, "verbose": 0, **fit_options})
