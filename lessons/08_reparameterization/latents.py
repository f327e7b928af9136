"""Makes latents.csv, a table of lesson 8: how noisy gradient estimates are, by the number of latents.

    python latents.py [SEEDS]      (default 5; about a minute per seed on two CPU cores)

Every number is the variance of an estimate from one draw, divided by that of the pathwise estimate. Two toys first: all
latents come from N(1.5, 1), and the derivative is that of the expected cost for the mean of the first one. Then the
VAEs of `draws.py`, before and after training: the encoder's gradient of the reconstruction term for 32 digits, with
variances summed over the encoder's weights.
"""

import sys
from pathlib import Path

import draws
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.gradients import gradients

MEAN, SIZES, DIGITS = 1.5, (1, 4, 16, 64), 32
ops = keras.ops


def squares(z):
    return np.sum(z**2, axis=1)


def length(z):
    return np.sqrt(np.sum(z**2, axis=1))


# From a toy to its cost, the terms of it in which the first latent stands, and the slope along the first latent.
TOYS = {
    "separable": (squares, lambda z: z[:, 0] ** 2, lambda z: 2 * z[:, 0]),
    "coupled": (length, length, lambda z: z[:, 0] / length(z)),
}


def toy(name, latents, seed, numbers=2**21):
    """Ratios of variances, by estimator."""
    cost, own_terms, slope = TOYS[name]
    rng = np.random.default_rng(seed)
    z = rng.normal(MEAN, 1, (numbers // latents, latents))
    score = z[:, 0] - MEAN  # of the first latent, for its mean; the stddev is 1
    redrawn = np.concatenate([rng.normal(MEAN, 1, (len(z), 1)), z[:, 1:]], axis=1)
    estimates = {
        "score function": cost(z) * score,
        "baseline": (cost(z) - cost(z).mean()) * score,
        "own terms": own_terms(z) * score,
        "one latent redrawn": (cost(z) - cost(redrawn)) * score,
    }
    return {name: np.var(values) / np.var(slope(z)) for name, values in estimates.items()}


def draw(q, n, seed, shared=False):
    """z, (n, digits, latents), from q(z|x); with `shared` epsilons, all digits have the same ones."""
    mean = q.mean()
    epsilon = keras.random.normal((n, 1 if shared else mean.shape[0], mean.shape[1]), seed=seed)
    return mean + q.stddev() * epsilon


def costs(model, x, z):
    """-log p(x|z) in nats, (..., digits), of codes z (..., digits, latents)."""
    likelihood = model.likelihood(ops.reshape(z, (-1, model.latent_dim)))
    every_x = ops.concatenate([x] * (int(np.prod(z.shape[:-1])) // len(x)))
    return -ops.reshape(likelihood.log_prob(every_x), z.shape[:-1])


def pathwise(model, x, n, seed, shared=False):
    return ops.mean(costs(model, x, draw(model.posterior(x), n, seed, shared)))


def score_function(model, x, n, seed, baseline=0.0):
    """A number whose gradient is the estimate; its value means nothing."""
    q = model.posterior(x)
    z = ops.stop_gradient(draw(q, n, seed))
    return ops.mean(ops.stop_gradient(costs(model, x, z) - baseline) * q.log_prob(z))


def one_latent_redrawn(model, x, n, seed):
    """The score function, where the baseline of each latent is the cost with this latent drawn once more."""
    q = model.posterior(x)
    z, other = (ops.stop_gradient(draw(q, n, seed)) for _ in range(2))
    one = ops.eye(model.latent_dim)[:, None]
    redrawn = z[:, None] * (1 - one) + other[:, None] * one  # (n, latents, digits, latents)
    gain = costs(model, x, z)[:, None] - costs(model, x, redrawn)
    log_q = ops.swapaxes(q.distribution.log_prob(z), 1, 2)  # (n, latents, digits)
    return ops.mean(ops.sum(ops.stop_gradient(gain) * log_q, axis=1))


def usual_cost(model, x, seed, n=256):
    """The mean cost of each digit, over draws of its own: a baseline."""
    return ops.mean(costs(model, x, draw(model.posterior(x), n, seed)), axis=0)


def estimates(model, x, seed):
    """From names to functions of the number of draws: what the encoder's gradient is taken of."""
    usual = usual_cost(model, x, seed)
    return {
        "score function": lambda n: score_function(model, x, n, seed),
        "score function, baseline": lambda n: score_function(model, x, n, seed, usual),
        "pathwise": lambda n: pathwise(model, x, n, seed),
        "one latent redrawn": lambda n: one_latent_redrawn(model, x, n, seed),
        "pathwise, one epsilon for the batch": lambda n: pathwise(model, x, n, seed, shared=True),
    }


def variance(model, estimate, n, repeats=20):
    """The variance of some estimates of the encoder's gradient from n draws per digit, summed over all weights."""
    weights = model.encoder.trainable_variables
    found = [gradients(lambda: estimate(n), weights) for _ in range(repeats)]
    return np.array([np.concatenate([g.ravel() for g in parts]) for parts in found]).var(axis=0, ddof=1).sum()


def in_vae(model, x, seed, repeats=40):
    """Ratios of variances, by estimator."""
    kinds = estimates(model, x, keras.random.SeedGenerator(seed))
    variances = {name: variance(model, kind, 1, repeats) for name, kind in kinds.items()}
    path = variances.pop("pathwise")
    variances["baseline"] = variances.pop("score function, baseline")  # the same names as in the toys
    return {name: value / path for name, value in variances.items()}


def rows(seed, x_train):
    """All lines of the table for this seed."""
    for latents in SIZES:
        for name in TOYS:
            yield name, latents, toy(name, latents, seed)
        model = draws.make("healthy", seed, latents)
        yield "VAE, untrained", latents, in_vae(model, x_train[:DIGITS], seed)
        draws.train(model, x_train)
        yield "VAE, trained", latents, in_vae(model, x_train[:DIGITS], seed)


def main(seeds):
    x_train, _ = draws.binarised_digits()
    table = []
    for seed in range(seeds):
        for cost, latents, ratios in rows(seed, x_train):
            table.append({"cost": cost, "latents": latents, "seed": seed, **ratios})
            print(table[-1], flush=True)
    pd.DataFrame(table).round(2).to_csv(Path(__file__).parent / "latents.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
