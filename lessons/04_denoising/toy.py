"""A world of images with two pixels, for the last section of lesson 4: points on two half-circles, and a denoiser."""

import keras
import numpy as np
from denoisers import corrupt

TURN = np.pi * np.arange(500) / 500
UPPER = np.stack([np.cos(TURN), np.sin(TURN)], axis=1)
LOWER = np.stack([1 - np.cos(TURN), 0.5 - np.sin(TURN)], axis=1)
POINTS = (np.concatenate([UPPER, LOWER]) - [0.5, 0.25]).astype("float32")


def train_denoiser(noise_stddev, copies=300, seed=0):
    """A network 2-64-64-2 that has learnt to return the points from noisy copies of them."""
    keras.utils.set_random_seed(seed)
    clean = np.random.default_rng(seed).permutation(np.repeat(POINTS, copies, axis=0))
    hidden = [keras.layers.Dense(64, "relu") for _ in range(2)]
    model = keras.Sequential([keras.Input((2,)), *hidden, keras.layers.Dense(2)])
    rate = keras.optimizers.schedules.CosineDecay(1e-2, len(clean) // 256)
    model.compile(keras.optimizers.Adam(rate), "mse")
    model.fit(corrupt(clean, noise_stddev, seed=1), clean, batch_size=256, verbose=0)
    return model
