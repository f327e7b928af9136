"""The models of bits-back coding in lesson 14, for a VAE of black-and-white images.

The coder is a stack of bits: `decode(model, ...)` pops symbols that would have been pushed under the model, and
`encode_reverse(symbols, model, ...)` pushes symbols so that they are popped in their order.
"""

import numpy as np
from constriction import stream

GRID = 1 / 16  # the step of z: a finer one would cost more bits under the prior, and give as many more back
# Normal distributions of whole numbers from -160 to 160, steps of the grid: z lies between -10 and 10.
PRIOR = stream.model.QuantizedGaussian(-160, 160, 0.0, 1 / GRID)
NORMAL = stream.model.QuantizedGaussian(-160, 160)  # mean and standard deviation are given with the symbols
PIXEL = stream.model.Bernoulli(perfect=False)  # perfect=False rounds probabilities fast, at a loss too small to see


def q(vae, image):
    """Mean and standard deviation of q(z|x), in steps of the grid, each (latent_dim,)."""
    mean, log_variance = np.split(np.asarray(vae.encoder(image[None]), float)[0], 2)
    return mean / GRID, np.exp(log_variance / 2) / GRID


def p_pixels(vae, k):
    """The probability of white of each pixel, given z in steps of the grid; never 0 or 1, which could not be coded."""
    logits = np.asarray(vae.decoder((k * GRID).astype("float32")[None]), float).ravel()
    return np.clip(1 / (1 + np.exp(-logits)), 1e-5, 1 - 1e-5)
