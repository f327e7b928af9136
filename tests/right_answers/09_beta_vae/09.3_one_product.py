"""All factors in one product, with whole numbers where there are some."""

import math


def hidden_beta(shape, latent_dim, stddev, reconstruction_weight=1.0, kl_weight=1.0, kl_reduction="mean"):
    latents = {"mean": latent_dim, "sum": 1}[kl_reduction]
    return kl_weight * math.prod(shape) / (2 * stddev**2 * latents * reconstruction_weight)
