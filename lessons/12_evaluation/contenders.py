"""Makes the tables of lesson 12 about models of scikit-learn's digits in black and white.

    python contenders.py [SEEDS [TABLE ...]]      (default 5 seeds, all tables; about 5 minutes on one CPU core)

contenders.csv: each model in MODELS, judged on validation images by the importance-weighted bound on log p(x) with K
from 1 (the ELBO) to 5000 samples, in nats per image, and by images drawn from it: their Fréchet distance, precision and
recall, means of three sets; "frechet, rounded" is for pixels that are rounded where the others are drawn.
binarised.csv: one kind of VAE, trained on digits made black and white in three ways, judged on test images made so, and
on grey ones (200 samples).
"""

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write
from autoencoders_edu.metrics.classifier import features, train_classifier
from autoencoders_edu.metrics.generation import frechet_distance, precision_recall
from scipy.stats import multivariate_normal

FOLDER = Path(__file__).parent
SHAPE, EPOCHS, SAMPLES = (8, 8, 1), 60, (1, 10, 100, 1000, 5000)
WAYS = ("threshold", "static", "dynamic")


def vae(latents=16, beta=1.0, hidden=(128,)):
    encoder = ae.networks.dense_encoder(SHAPE, 2 * latents, hidden=hidden)
    return ae.BetaVAE(encoder, ae.networks.dense_decoder(latents, SHAPE, hidden=hidden[::-1]), beta=beta)


# How to make each model.
MODELS = {"2 latents": lambda: vae(2), "16 latents": vae, "16 latents, beta 0.3": lambda: vae(beta=0.3)}


def black_and_white():
    """The digits, with each pixel 0 or 1."""
    digits = ae.data.load("digits")
    splits = ("train", "val", "test")
    return replace(digits, **{f"x_{s}": (getattr(digits, f"x_{s}") > 0.5).astype("float32") for s in splits})


def train(name, x, seed):
    keras.utils.set_random_seed(seed)
    model = MODELS[name]()
    model.compile(keras.optimizers.Adam(2e-3))
    model.fit(x, epochs=EPOCHS, batch_size=64, verbose=0)
    return model


def drawn(model, n, seed):
    """n images from the model: z from the prior, then each pixel from p(x|z)."""
    p = keras.ops.convert_to_numpy(model.sample(n, seed=seed))
    return (np.random.default_rng(seed).random(p.shape) < p).astype("float32")


def rounded(model, n, seed):
    """n images from the model, with each pixel 1 if its probability is above one half."""
    return np.round(keras.ops.convert_to_numpy(model.sample(n, seed=seed)))


def nats(model, x, samples, seed=0):
    """The importance-weighted bound of each image."""
    return keras.ops.convert_to_numpy(model.log_likelihood(x, samples=samples, seed=seed))


def row(model, judge, x, sets=3):
    """One line of a table: bounds on log p(x), and how images from the model compare with as many real ones."""
    bounds = {f"K={k}": nats(model, x, k).mean() for k in SAMPLES}
    images = [x, *(way(model, len(x), seed) for way in (drawn, rounded) for seed in range(sets))]
    real, *made = np.split(features(judge, np.concatenate(images)), len(images))
    distances = [frechet_distance(real, cloud) for cloud in made]
    both = np.mean([precision_recall(real, cloud) for cloud in made[:sets]], axis=0)
    return {
        **bounds,
        "frechet": np.mean(distances[:sets]),
        "frechet, rounded": np.mean(distances[sets:]),
        "precision": both[0],
        "recall": both[1],
    }


def make_contenders(data, judge, seeds):
    """Rows of contenders.csv, as they are done."""
    for name in MODELS:
        for seed in range(seeds):
            yield {"model": name, "seed": seed, **row(train(name, data.x_train, seed), judge, data.x_val)}


def train_linear(x, seed):
    """A linear VAE of rows of 64 numbers, stopped early (lesson 7)."""
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder((64,), 2 * 4, hidden=())
    decoder = ae.networks.dense_decoder(4, (64,), hidden=())
    model = ae.VAE(encoder, decoder, ae.distributions.Gaussian("learned"))
    model.compile(keras.optimizers.Adam(3e-3))
    model.fit(x, epochs=20, batch_size=64, verbose=0)
    return model


def exact_log_p(model, x):
    """log p(x) of a linear VAE, for each row: a normal distribution with covariance W W' + s^2 I."""
    kernel, bias = model.decoder.get_weights()  # Keras multiplies from the right: kernel is W transposed
    variance = np.exp(2 * float(model.likelihood_family.log_stddev))
    covariance = kernel.T.astype(float) @ kernel + variance * np.eye(len(bias))
    return multivariate_normal(bias.astype(float), covariance).logpdf(x)


def log_second_moment(model, x):
    """log E[w^2] / E[w]^2 for the weights w of a linear VAE, for each row; infinite where q is too narrow.

    It is the logarithm of the integral of p(z|x)^2 / q(z|x), here of normals with precisions P and Q, means apart by d.
    """
    kernel, bias = model.decoder.get_weights()
    variance = np.exp(2 * float(model.likelihood_family.log_stddev))
    P = np.eye(len(kernel)) + kernel.astype(float) @ kernel.T / variance
    means = np.linalg.solve(P, kernel @ (x - bias).T / variance).T
    q = model.posterior(x)
    found = np.full(len(x), np.inf)
    for i, (q_mean, stddev) in enumerate(zip(np.asarray(q.mean()), np.asarray(q.stddev(), float), strict=True)):
        Q, d = np.diag(stddev**-2), q_mean - means[i]
        A = 2 * P - Q
        if np.linalg.eigvalsh(A).min() > 0:
            of_means = d @ Q @ d + d @ Q @ np.linalg.solve(A, Q @ d)
            found[i] = np.log(np.linalg.det(P)) + 0.5 * (of_means - np.log(np.linalg.det(Q) * np.linalg.det(A)))
    return found


def binarised(grey, way, seed):
    """Grey images made black and white. "static" draws once and for all, "dynamic" anew for each seed."""
    if way == "threshold":
        return (grey > 0.5).astype("float32")
    rng = np.random.default_rng([2016, len(grey)] if way == "static" else [seed, len(grey)])
    return (rng.random(grey.shape) < grey).astype("float32")


def train_on(way, grey, seed):
    """A VAE with 16 latents that sees grey images made black and white in one way: in epoch 1, 2, ... as for seeds."""
    keras.utils.set_random_seed(seed)
    model = vae()
    model.compile(keras.optimizers.Adam(2e-3))
    for epoch in range(EPOCHS):
        model.fit(binarised(grey, way, 1000 * (seed + 1) + epoch), batch_size=64, verbose=0)
    return model


def make_binarised(digits, seeds, samples=200):
    """Rows of binarised.csv, as they are done."""
    test = digits.x_test
    sets = {"threshold": binarised(test, "threshold", 0), "static": binarised(test, "static", 0)}
    sets |= {"dynamic": np.concatenate([binarised(test, "dynamic", seed) for seed in range(5)]), "grey": test}
    for trained_on, seed in product(WAYS, range(seeds)):
        model = train_on(trained_on, digits.x_train, seed)
        sets["its training images"] = binarised(digits.x_train, trained_on, 0)
        ends = np.cumsum([len(images) for images in sets.values()])
        bounds = np.split(nats(model, np.concatenate(list(sets.values())), samples), ends[:-1])
        means = dict(zip(sets, (bound.mean() for bound in bounds), strict=True))
        yield {"trained on": trained_on, "seed": seed, **means}


def main(seeds, only):
    data = black_and_white()
    judge = train_classifier(data)
    tables = {
        "contenders.csv": make_contenders(data, judge, seeds),
        "binarised.csv": make_binarised(ae.data.load("digits"), seeds),
    }
    for name in only or tables:
        write(FOLDER / name, tables[name])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:])
