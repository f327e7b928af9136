"""The network that watches servers when nobody brings another one, and how it is trained."""

import math

import numpy as np

from autoencoders_edu._backend import keras
from autoencoders_edu.models.autoencoder import Autoencoder
from autoencoders_edu.models.latent_variable import LatentVariableModel

CODE, HIDDEN = 8, 64
BATCH_SIZE = 128
STEPS = 2400  # what 15 epochs of two weeks, at a row a minute, come to; a shorter record is seen more often


def default_model(x, seed=0):
    """An autoencoder that begins as PCA and learns what PCA cannot:

        z  = A^T x + f(x),   x' = A z + g(z)

    with A the first 8 principal components of x, and f and g a layer of 64 units each, which begin at 0. So the first
    step of training starts from the best linear model, a strong one on server metrics, and not below it.

    Args:
        x: scaled training rows (rows, metrics). With fewer than 16 metrics, the code is half as wide as they are many.
        seed: integer, for the weights.
    """
    from sklearn.decomposition import PCA

    code = max(1, min(CODE, x.shape[1] // 2, len(x)))
    components = PCA(code, random_state=0).fit(x).components_
    rng = np.random.default_rng(seed)
    encoder = around_a_line(x.shape[1], components.T, rng, "encoder")
    return Autoencoder(encoder, around_a_line(code, components, rng, "decoder"))


def around_a_line(inputs, kernel, rng, name):
    """A network y = x kernel + V relu(W x + b) + c, with W drawn from rng (Glorot uniform) and V, b, c zero."""
    x = keras.Input((inputs,))
    line = keras.layers.Dense(kernel.shape[1], use_bias=False)
    bend = keras.layers.Dense(HIDDEN, "relu")
    out = keras.layers.Dense(kernel.shape[1], kernel_initializer="zeros")
    network = keras.Model(x, keras.layers.Add()([line(x), out(bend(x))]), name=name)
    line.set_weights([kernel])
    limit = math.sqrt(6 / (inputs + HIDDEN))
    bend.set_weights([rng.uniform(-limit, limit, (inputs, HIDDEN)), np.zeros(HIDDEN)])
    return network


def train_default(model, x, epochs=None, seed=0):
    """Trains a `default_model` on scaled rows x: Adam, its rate falling to 0 along half a cosine.

    Args:
        epochs: positive integer; None: as many as come to 2400 steps of 128 rows, at least.
        seed: integer, for the order of the rows.
    """
    in_epoch = math.ceil(len(x) / BATCH_SIZE)
    epochs = math.ceil(STEPS / in_epoch) if epochs is None else epochs
    rate = keras.optimizers.schedules.CosineDecay(1e-3, epochs * in_epoch)
    model.compile(keras.optimizers.Adam(rate), "mse", steps_per_execution=min(8, in_epoch))
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        rows = x[rng.permutation(len(x))]  # Keras's own shuffling would draw from the global random numbers
        model.fit(rows, rows, BATCH_SIZE, shuffle=False, verbose=0)


def train(model, x, **fit_options):
    """Calls a model's own `fit` on scaled rows x, with the target that it expects."""
    target = () if isinstance(model, LatentVariableModel) else (x,)
    model.fit(x, *target, **{"batch_size": BATCH_SIZE, "verbose": 0, **fit_options})
