"""Makes the tables of lesson 9 about rate, distortion and blur.

    python dial.py [TABLE ...]      (default all tables; about eight minutes on one idle CPU core)

frontier.csv: rate and distortion of linear and deep VAEs on scikit-learn's digits for a ladder of beta, stddev 0.2.
Seed 0 (linear), 0 to 2 (deep; 0 to 4 at a beta of 1 and 4).
annealing.csv: the deep VAE with a beta that rises from 0 in the first 10 or 50 of 100 epochs; seeds 0 to 4. Its
controls at constant beta, equally long, are in frontier.csv.
blur.csv: VAEs on Fashion-MNIST, one thing changed at a time; seeds 0 and 1. PCA beside them. (The stored rows were made
on one thread, OMP_NUM_THREADS=1 TF_NUM_INTRAOP_THREADS=1; with another number of threads they differ by about 0.01.)
Rates in nats per image; distortion is the squared error summed over pixels, with z drawn from q(z|x).
"""

import sys
from itertools import product
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write
from autoencoders_edu.diagnostics import mean_squared_error
from autoencoders_edu.plotting import COLOURS, ink_on_paper, plot_image_rows
from sklearn.decomposition import PCA

BETAS, STDDEV = (1 / 16, 1 / 4, 1, 4, 16), 0.2
LATENTS = 48
EPOCHS = {"linear": 300, "deep": 100}
RATES = {"linear": 1e-2, "deep": 3e-3}  # of Adam; for linear models, falling to 0
BATCHES = {"linear": 64, "deep": 128}
ops = keras.ops


def exact(variances, level):
    """Rate in nats, distortion and active directions of the best linear VAE; level = beta * stddev^2."""
    active = variances > level
    rate = 0.5 * np.sum(np.log(variances[active] / level))
    return float(rate), float(np.sum(np.minimum(variances, level))), int(active.sum())


def exact_bounds(variances, beta, stddev=STDDEV):
    """Of the best linear VAE for a beta: minus its loss, its ELBO and log p(x), means over the images in nats."""
    level = beta * stddev**2
    rate, distortion, _ = exact(variances, level)
    reconstruction = distortion / (2 * stddev**2) + len(variances) * np.log(stddev * np.sqrt(2 * np.pi))
    marginal = np.maximum(variances - level, 0) + stddev**2  # p(x) is normal, with these variances
    log_p = -0.5 * np.sum(np.log(2 * np.pi * marginal) + variances / marginal)
    return {"-loss": -reconstruction - beta * rate, "ELBO": -reconstruction - rate, "log p(x)": float(log_p)}


class ExactLinearVAE:
    """The best linear VAE of images x for a level = beta * stddev^2, without training."""

    def __init__(self, x, level):
        flat = x.reshape(len(x), -1)
        self.mean, self.shape = flat.mean(axis=0), x.shape[1:]
        variances, self.directions = np.linalg.eigh(np.cov(flat, rowvar=False, bias=True))
        self.variances, self.level = np.maximum(variances, 1e-12), level

    def reconstruct(self, x):
        """The image at the mean of q(z|x): each coordinate times 1 - level/variance, or 0 in a silent direction."""
        kept = np.maximum(1 - self.level / self.variances, 0)
        along = (x.reshape(len(x), -1) - self.mean) @ self.directions
        return (self.mean + (along * kept) @ self.directions.T).reshape(len(x), *self.shape)

    def sample(self, n, seed=0):
        """n images at draws from the prior."""
        scale = np.sqrt(np.maximum(self.variances - self.level, 0))
        z = np.random.default_rng(seed).normal(size=(n, len(scale)))
        return (self.mean + (z * scale) @ self.directions.T).reshape(n, *self.shape)


def variances_of(x):
    """The variances along the principal directions, largest first."""
    flat = x.reshape(len(x), -1)
    return np.linalg.eigvalsh(np.cov(flat, rowvar=False, bias=True))[::-1]


def train(kind, x, beta, seed, stddev=STDDEV, callbacks=(), epochs=None):
    """A linear or deep VAE of 8 x 8 images, with Gaussian pixels of a fixed stddev."""
    keras.utils.set_random_seed(seed)
    hidden = {"linear": (), "deep": (256, 128)}[kind]
    encoder = ae.networks.dense_encoder(x.shape[1:], 2 * LATENTS, hidden, activation="silu")
    decoder = ae.networks.dense_decoder(LATENTS, x.shape[1:], hidden[::-1], activation="silu")
    model = ae.BetaVAE(encoder, decoder, ae.distributions.Gaussian(stddev), beta=beta)
    epochs, batch = epochs or EPOCHS[kind], BATCHES[kind]
    falling = keras.optimizers.schedules.CosineDecay(RATES[kind], epochs * (len(x) // batch + 1))
    model.compile(keras.optimizers.Adam(falling if kind == "linear" else RATES[kind]))
    model.fit(x, epochs=epochs, batch_size=batch, callbacks=list(callbacks), verbose=0)
    return model


def rate_and_distortion(model, x, draws=10):
    """The mean KL in nats, and the squared error summed over pixels for z drawn from q(z|x)."""
    q = model.posterior(x)
    kl = np.mean(np.sum(ops.convert_to_numpy(model.kl_per_latent(q)), axis=1))
    images = (
        ops.convert_to_numpy(model.decode(q.sample(seed=ae.distributions.next_seed(seed)))) for seed in range(draws)
    )
    return float(kl), float(np.mean([np.sum((x - image) ** 2) / len(x) for image in images]))


def row(model, x, x_test):
    (rate, distortion), (rate_test, distortion_test) = rate_and_distortion(model, x), rate_and_distortion(model, x_test)
    test = {"rate, test": rate_test, "distortion, test": distortion_test}
    return {"rate": rate, "distortion": distortion, **test, "active": ae.diagnostics.active_units(model, x)}


def make_frontier():
    data = ae.data.load("digits")
    for kind, beta in product(EPOCHS, BETAS):
        seeds = 1 if kind == "linear" else 5 if beta in (1, 4) else 3
        for seed in range(seeds):
            model = train(kind, data.x_train, beta, seed)
            yield {"kind": kind, "beta": beta, "seed": seed, **row(model, data.x_train, data.x_test)}


def annealed(x, beta, seed, rise):
    """The deep VAE whose beta rises from 0 to its last value in the first `rise` epochs."""
    return train("deep", x, beta, seed, callbacks=[ae.callbacks.LinearBeta(0, beta, rise)])


def make_annealing():
    data = ae.data.load("digits")
    for rise, beta, seed in product((10, 50), (1, 4), range(5)):
        model = annealed(data.x_train, beta, seed, rise)
        yield {"rise": rise, "beta": beta, "seed": seed, **row(model, data.x_train, data.x_test)}


# What blur.csv changes, one at a time: beta, stddev (or where a learned one starts), the decoder.
BASE = {"beta": 1.0, "stddev": 0.2, "decoder": (128, 256)}
CHANGES = {
    "as it is": {},
    "beta 0.001": {"beta": 0.001},
    "beta 0.1": {"beta": 0.1},
    "beta 10": {"beta": 10.0},
    "stddev 0.1": {"stddev": 0.1},
    "stddev 0.5": {"stddev": 0.5},
    "stddev learned, from 0.2": {"stddev": "learned", "start": 0.2},
    "stddev learned, from 1": {"stddev": "learned", "start": 1.0},
    "stddev learned, from 1, 30 epochs": {"stddev": "learned", "start": 1.0, "epochs": 30},
    "no hidden layer": {"decoder": ()},
    "3 hidden layers": {"decoder": (128, 256, 256)},
    "convolutional": {"decoder": "convolutional"},
    "as it is, 30 epochs": {"epochs": 30},
    "convolutional, 30 epochs": {"decoder": "convolutional", "epochs": 30},
}
CODE, SHAPE = 16, (28, 28, 1)


def clothes():
    """3000 images to train on and 1000 test images."""
    data = ae.data.load("fashion_mnist")
    return data.x_train[:3000], data.x_test[:1000]


def train_garments(name, x, seed):
    """The VAE with the one change of this name."""
    return fit_garments(x, seed, **{**BASE, **CHANGES[name]})


def fit_garments(x, seed, beta, stddev, decoder, start=None, epochs=10):
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder(SHAPE, 2 * CODE)
    if decoder == "convolutional":
        network = ae.networks.conv_decoder(CODE, SHAPE, filters=(32, 16))
    else:
        network = ae.networks.dense_decoder(CODE, SHAPE, decoder)
    model = ae.BetaVAE(encoder, network, ae.distributions.Gaussian(stddev), beta=beta)
    if start is not None:
        model.likelihood_family.log_stddev.assign(np.log(start))
    model.compile(keras.optimizers.Adam(2e-3))
    model.fit(x, epochs=epochs, batch_size=64, verbose=0)
    return model


def sharpness(images):
    """The mean squared difference between neighbouring pixels."""
    images = np.asarray(images)
    return float(np.mean(np.diff(images, axis=1) ** 2) + np.mean(np.diff(images, axis=2) ** 2))


def pictures(model, x):
    """What can be shown: the mean of p(x|z) at the mean of q, a draw from p(x|z) there, and means at prior draws."""
    shown, seed = model.reconstruct(x), ae.distributions.next_seed(0)
    drawn = model.likelihood(model.encode(x)).sample(seed=seed)
    prior = model.sample(len(x), seed=1)
    return tuple(ops.convert_to_numpy(images) for images in (shown, drawn, prior))


def stddev_of(model):
    family = model.likelihood_family
    return float(np.exp(ops.convert_to_numpy(family.log_stddev))) if family.stddev == "learned" else family.stddev


def blur_row(model, x):
    """One line of blur.csv, about images x."""
    shown, drawn, prior = pictures(model, x)
    sharp = {"mean shown": shown, "draw shown": drawn, "from the prior": prior}
    relative = {name: sharpness(images) / sharpness(x) for name, images in sharp.items()}
    kl, _ = rate_and_distortion(model, x, draws=1)
    return {**relative, "mse": mean_squared_error(x, shown), "kl": kl, "stddev": stddev_of(model)}


def pca_row(x, x_test):
    """What PCA with as many components as the VAEs have latents returns for test images."""
    pca = PCA(CODE, random_state=0).fit(x.reshape(len(x), -1))
    shown = pca.inverse_transform(pca.transform(x_test.reshape(len(x_test), -1))).reshape(x_test.shape)
    return {"mean shown": sharpness(shown) / sharpness(x_test), "mse": mean_squared_error(x_test, shown)}


def make_blur():
    x, x_test = clothes()
    for name, seed in product(CHANGES, range(2)):
        yield {"change": name, "seed": seed, **blur_row(train_garments(name, x, seed), x_test)}
    yield {"change": "PCA, 16 components", "seed": 0, **pca_row(x, x_test)}


def plot_frontier(variances, table, ax=None):
    """Rate and distortion of every run in frontier.csv (training images), and the exact curve of the linear VAE."""
    ax = ax if ax is not None else plt.subplots(figsize=(6.5, 4))[1]
    levels = np.geomspace(1e-3, variances.max(), 200)
    curve = np.array([exact(variances, level)[:2] for level in levels])
    ax.plot(*curve.T, color="grey", linewidth=1, label="linear, exact")
    for (kind, runs), colour, marker in zip(table.groupby("kind", sort=False), COLOURS, "os", strict=False):
        ax.plot(runs.rate, runs.distortion, marker, color=colour, alpha=0.6, label=f"{kind}, trained")
        if kind == "deep":
            ax.plot(runs["rate, test"], runs["distortion, test"], "x", color=colour, label="deep, test images")
    ax.set(xlabel="rate: KL, nats per image", ylabel="distortion: squared error per image", yscale="log")
    ax.set_title("Rate and distortion for five betas")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False)
    return ax


def plot_dial(beta, x, x_test, stddev=STDDEV):
    """The exact linear VAE at one beta: its point on the curve, what it returns for test images, and samples."""
    variances, level = variances_of(x), beta * stddev**2
    rate, distortion, active = exact(variances, level)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 2.9), width_ratios=(1, 1.7))
    levels = np.geomspace(1e-3, variances.max(), 100)
    left.plot(*np.array([exact(variances, other)[:2] for other in levels]).T, color="grey")
    left.plot(rate, distortion, "o", color=COLOURS[1], markersize=9)
    left.set(xlabel="rate, nats per image", ylabel="distortion, squared error", title=f"beta = {beta:.3g}")
    model, n = ExactLinearVAE(x, level), 8
    rows = {"digit": x_test[:n], "returned": model.reconstruct(x_test[:n]), "sampled": model.sample(n)}
    plot_image_rows({name: ink_on_paper(np.clip(images, 0, 1)) for name, images in rows.items()}, ax=right)
    right.set_title(f"rate {rate:.1f}, distortion {distortion:.2f}, {active} directions in use", pad=8)
    return figure


def main(only):
    tables = {"frontier.csv": make_frontier, "annealing.csv": make_annealing, "blur.csv": make_blur}
    for name in only or tables:
        write(Path(__file__).parent / name, tables[name](), decimals=5)


if __name__ == "__main__":
    main(sys.argv[1:])
