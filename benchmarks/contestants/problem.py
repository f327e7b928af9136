"""What the contestants of all environments share: the problem, the data, and a stopwatch."""

import time

import numpy as np

BATCH, PIXELS, LATENTS, RATE = 128, 784, 16, 1e-3
HIDDEN = 400  # of the dense VAE 784-400-16
FILTERS, UNITS = (
    (32, 64),
    128,
)  # of the convolutional VAE: two convolutions of stride 2, a dense layer, and their mirror


def random_images(count, kind):
    """`count` random binary images, always the same: (count, 784) for "dense", (count, 28, 28, 1) for "conv"."""
    x = (np.random.default_rng(0).random((count, PIXELS), dtype="float32") < 0.3).astype("float32")
    return x if kind == "dense" else x.reshape(-1, 28, 28, 1)


class Stopwatch:
    """Times epochs: `seconds` holds one number per pair of `begin` and `end`.

    A second `begin` before the `end` does nothing. So the first epoch can begin before the call of `fit`, to include
    set-up and compilation, although a callback begins every epoch.
    """

    def __init__(self):
        self.seconds = []
        self.start = None

    def begin(self):
        if self.start is None:
            self.start = time.perf_counter()

    def end(self):
        self.seconds.append(time.perf_counter() - self.start)
        self.start = None
