"""What the contestants in quality share: sizes, Adam's settings, initial weights, and how to return the final ones."""

import sys

import numpy as np

PIXELS, HIDDEN, LATENTS, BATCH = 784, 400, 16, 128
ADAM = {"rate": 1e-3, "epsilon": 1e-7}
BETAS = {"VAE": 1.0, "beta-VAE": 4.0}
# Layers in order: the encoder's two, the decoder's two.
SIZES = ((PIXELS, HIDDEN), (HIDDEN, 2 * LATENTS), (LATENTS, HIDDEN), (HIDDEN, PIXELS))


def initial_weights(seed):
    """[kernel (in, out), bias, ...] of the four layers: Glorot's uniform kernels, biases of zero."""
    rng = np.random.default_rng(seed)
    weights = []
    for size in SIZES:
        limit = np.sqrt(6 / sum(size))
        weights += [rng.uniform(-limit, limit, size).astype("float32"), np.zeros(size[1], "float32")]
    return weights


def train_all(train):
    """Reads the command line, trains every model with every seed, and saves the weights.

        python CONTESTANT.py ... DATA.npz OUT.npz EPOCHS SEEDS

    Args:
        train: function of (x, model, seed, epochs, weights) that returns the trained weights, in the same order.
    """
    data, out, epochs, seeds = sys.argv[-4:]
    x = np.load(data)["x_train"]
    kept = {}
    for seed in range(int(seeds)):
        for model in BETAS:
            weights = train(x, model, seed, int(epochs), initial_weights(seed))
            kept |= {f"{model}/{seed}/{index}": np.asarray(weight) for index, weight in enumerate(weights)}
    np.savez(out, **kept)
    print("{}")
