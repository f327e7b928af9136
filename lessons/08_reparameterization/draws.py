"""Makes draws.csv, a table of lesson 8: a VAE that draws its sample in the right way, in seven wrong ones, and two that
get their gradient by the score function instead.

    python draws.py [SEEDS]      (default 5; about three quarters of a minute per seed on two CPU cores)

Binarised 8 x 8 digits, four latents, all with the same networks, data and number of steps. For each: what the model
says of itself on validation digits, and what an honest `ae.VAE` with the same two networks says.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.distributions import diagonal_normal, next_seed
from autoencoders_edu.gradients import gradients
from autoencoders_edu.plotting import COLOURS, ink_on_paper, plot_curves, plot_image_rows
from sklearn.neighbors import KNeighborsClassifier

SHAPE, LATENT_DIM, EPOCHS, BATCH = (8, 8, 1), 4, 40, 32
ops = keras.ops


class HandVAE(ae.VAE):
    """A VAE whose sample is drawn by a function of ours, draw(mean, log_variance, epsilon) -> z."""

    def __init__(self, encoder, decoder, draw, **options):
        super().__init__(encoder, decoder, **options)
        self.draw = draw

    def call(self, x, training=False, seed=None):
        posterior = self.encoder(x, training=training)
        mean, log_variance = ops.split(posterior, 2, axis=-1)
        epsilon = keras.random.normal(ops.shape(mean), seed=self.seed_generator if seed is None else seed)
        z = self.draw(mean, log_variance, epsilon)
        return {"posterior": posterior, "likelihood": self.decoder(z, training=training), "z": z}


class ScoreVAE(HandVAE):
    """A VAE whose sample is detached, and whose encoder learns by the score function: cost * gradient of log q(z|x).

    Args:
        baseline: whether the usual cost, a running mean over batches, is taken off first.
    """

    def __init__(self, encoder, decoder, baseline, **options):
        super().__init__(encoder, decoder, detached, **options)
        self.baseline = baseline
        self.usual = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        cost, _ = self.terms(x, y_pred)
        log_q = diagonal_normal(y_pred["posterior"]).log_prob(y_pred["z"])
        push = ops.mean(ops.stop_gradient(cost - self.usual) * log_q)
        if training and self.baseline:
            self.usual.assign(ops.where(self.usual == 0, ops.mean(cost), 0.9 * self.usual + 0.1 * ops.mean(cost)))
        loss = super().compute_loss(x, y, y_pred, sample_weight, training)
        return loss + push - ops.stop_gradient(push)  # worth nothing, but its gradient counts


class WithoutKL(HandVAE):
    """A VAE whose loss is the reconstruction term alone."""

    def regularizer(self, kl_per_latent):
        return 0 * super().regularizer(kl_per_latent)


def healthy(mean, log_variance, epsilon):
    return mean + ops.exp(log_variance / 2) * epsilon


def detached(mean, log_variance, epsilon):
    return ops.stop_gradient(healthy(mean, log_variance, epsilon))


DRAWS = {
    "healthy": healthy,
    "sample detached": detached,
    "variance for stddev": lambda mean, log_variance, epsilon: mean + ops.exp(log_variance) * epsilon,
    "log-variance for stddev": lambda mean, log_variance, epsilon: mean + log_variance * epsilon,
    "root taken twice": lambda mean, log_variance, epsilon: mean + ops.exp(log_variance / 4) * epsilon,
    "one epsilon for the batch": lambda mean, log_variance, epsilon: healthy(mean, log_variance, epsilon[:1]),
    "one epsilon for all latents": lambda mean, log_variance, epsilon: healthy(mean, log_variance, epsilon[:, :1]),
    "no epsilon": lambda mean, log_variance, epsilon: mean,
}
SCORES = {"score function": False, "score function, baseline": True}


def binarised_digits():
    """Training and validation digits of zeros and ones: pixels for which the Bernoulli likelihood is exact."""
    data = ae.data.load("digits")
    return [(x > 0.5).astype("float32") for x in (data.x_train, data.x_val)]


def make(name, seed, latent_dim=LATENT_DIM):
    """The model of this name: the same networks for all, with the same first weights for the same seed."""
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder(SHAPE, 2 * latent_dim, hidden=(64,))
    decoder = ae.networks.dense_decoder(latent_dim, SHAPE, hidden=(64,))
    if name in SCORES:
        model = ScoreVAE(encoder, decoder, SCORES[name], seed=seed)
    elif name == "detached, no noise, no KL":
        model = WithoutKL(encoder, decoder, lambda mean, log_variance, epsilon: ops.stop_gradient(mean), seed=seed)
    else:
        model = HandVAE(encoder, decoder, DRAWS[name], seed=seed)
    model.compile(keras.optimizers.Adam(2e-3))
    return model


def train(model, x_train, epochs=EPOCHS):
    """The history of `fit`, a dict of lists in nats per digit."""
    return model.fit(x_train, epochs=epochs, batch_size=BATCH, verbose=0).history


def diagnosis(model, first_weights, x):
    """How far training has moved the encoder, how hard the reconstruction pulls at it, and the KL term on images x."""
    new = model.encoder.get_weights()
    moved = [np.linalg.norm(b - a) / np.linalg.norm(a) for a, b in zip(first_weights[::2], new[::2], strict=True)]

    def term():
        return ops.mean(model.terms(x, model(x, seed=0))[0])

    pull = [np.linalg.norm(g) for g in gradients(term, model.encoder.trainable_variables)]
    kl = float(ops.mean(model.terms(x, model(x, seed=0))[1]))
    return {"encoder's kernels moved by": np.mean(moved), "reconstruction's gradient": np.mean(pull), "KL (nats)": kl}


def average_image_loss(x_train, x_val):
    """Nats per validation digit of the best decoder without a code: each pixel as likely as its ink is frequent."""
    ink = np.clip(x_train.mean(axis=0), 0.001, 0.999)
    return -np.mean(np.sum(x_val * np.log(ink) + (1 - x_val) * np.log(1 - ink), axis=(1, 2, 3)))


def correlation(a, b):
    return np.corrcoef(a, b)[0, 1] if a.std() > 0 and b.std() > 0 else np.nan


def examine(draw, n=500):
    """What n draws tell: two images, one with log-variance -2 and one with 1, two latents each."""
    mean, log_variance = np.zeros((2, 2), "float32"), np.array([[-2, -2], [1, 1]], "float32")
    epsilon = np.random.default_rng(0).normal(size=(n, 2, 2)).astype("float32")
    z = np.array([ops.convert_to_numpy(draw(*map(ops.convert_to_tensor, (mean, log_variance, e)))) for e in epsilon])
    size = z.std(axis=0) / np.exp(log_variance / 2)
    images, latents = correlation(z[:, 0, 0], z[:, 1, 0]), correlation(z[:, 0, 0], z[:, 0, 1])
    return {"size at -2": size[0, 0], "size at 1": size[1, 0], "images": images, "latents": latents}


def class_reader(model, x_train, x_val, classes):
    """A function that says how many classes of x_val 5 nearest neighbours find, among means or, with a seed, draws."""
    q_train, q_val = model.posterior(x_train), model.posterior(x_val)

    def share_right(seed=None):
        seeds = keras.random.SeedGenerator(seed)
        seen, asked = (q.mean() if seed is None else q.sample(seed=next_seed(seeds)) for q in (q_train, q_val))
        classifier = KNeighborsClassifier(5).fit(ops.convert_to_numpy(seen), classes.y_train)
        return classifier.score(ops.convert_to_numpy(asked), classes.y_val)

    return share_right


def plot_paths(rng):
    """Twelve draws before and after the parameters move, with new epsilons and with the same ones."""
    epsilons = rng.normal(size=12)
    figure, axes = plt.subplots(1, 2, figsize=(6, 2.6), sharey=True)
    for ax, moved, title in zip(axes, (rng.normal(size=12), epsilons), ("new draws", "same epsilons"), strict=True):
        ax.plot([0, 1], [1.5 + 1.0 * epsilons, 2.5 + 0.6 * moved], "o-", color=COLOURS[0], linewidth=0.8, markersize=4)
        ax.set_xticks([0, 1], ["mean 1.5\nstddev 1.0", "mean 2.5\nstddev 0.6"])
        ax.set(title=title, xlim=(-0.2, 1.2), xlabel="parameters")
    axes[0].set_ylabel("draw z (no unit)")
    return figure


def plot_digits(model, x, classes):
    """The first digit of each class and its reconstruction, ink black on white."""
    x = x[[np.flatnonzero(classes == label)[0] for label in range(10)]]
    rows = {"digit": x, "reconstruction": ops.convert_to_numpy(model.reconstruct(x))}
    ax = plot_image_rows({name: ink_on_paper(images) for name, images in rows.items()}, titles=range(10))
    ax.set_title("A digit of each class, and what four numbers keep of it", fontsize=10)
    return ax


def plot_histories(history, without_code):
    """Training losses, and the line that needs no code."""
    ax = plot_curves(history, ylabel="training loss (nats per digit)", title="All losses fall")
    ax.axhline(without_code, color="black", linewidth=0.8)
    ax.annotate("average image, no code", (40, without_code - 0.2), ha="right", va="top")
    ax.set_ylim(15, 40)
    return ax


def plot_honesty(table):
    """What each model says of itself, and what an honest VAE says of its networks; from draws.csv."""
    names = [*DRAWS]
    middle, spreads = (table.loc[names].groupby("draw", sort=False).agg(how) for how in ("mean", "std"))
    ax = plt.subplots(figsize=(7, 3.8))[1]
    place = np.arange(len(names))
    for column, label, marker, shift in (("own loss", "own loss", "o", -0.12), ("loss", "honest loss", "s", 0.12)):
        style = {"fmt": marker, "color": COLOURS[int(shift > 0)], "capsize": 3, "label": label}
        ax.errorbar(middle[column], place + shift, xerr=spreads[column], **style)
    ax.set_yticks(place, names)
    ax.axvline(middle.loc["healthy", "loss"], color="grey", linewidth=0.8, linestyle=":")
    ax.annotate(" healthy, honest", (middle.loc["healthy", "loss"], 0.5), fontsize=9, va="center")
    ax.set(xlabel="negative ELBO on validation digits (nats per digit; mean ± std of 5 seeds)")
    ax.set_title("Four faults look better than the healthy model")
    ax.invert_yaxis()
    ax.legend(frameon=False, loc="upper right")
    return ax


def row(model, x_val):
    """What the model says of itself, and what an honest VAE says of its networks, in nats per validation digit."""
    says = model.evaluate(x_val, batch_size=BATCH, verbose=0, return_dict=True)
    honest = ae.VAE(model.encoder, model.decoder, seed=0)
    honest.compile()
    truth = honest.evaluate(x_val, batch_size=len(x_val), verbose=0, return_dict=True)
    bound = np.mean(ops.convert_to_numpy(honest.log_likelihood(x_val, samples=200, seed=0)))
    names = {"own loss": says["loss"], "loss": truth["loss"], "kl": truth["kl"], "log-likelihood": bound}
    return {name: float(value) for name, value in names.items()}


def main(seeds):
    x_train, x_val = binarised_digits()
    rows = []
    for name in (*DRAWS, *SCORES):
        for seed in range(seeds):
            model = make(name, seed)
            first = train(model, x_train)["loss"]
            rows.append({"draw": name, "seed": seed, "first epoch": first[0], "last epoch": first[-1]})
            rows[-1] |= row(model, x_val)
            print(rows[-1], flush=True)
    pd.DataFrame(rows).round(3).to_csv(Path(__file__).parent / "draws.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
