"""Makes the tables of lesson 9 about disentanglement: beta-VAEs on small sprites whose factors are known.

    python axes.py [TABLE ...]      (default all tables; about ten minutes on one idle CPU core)

search.csv: three little worlds and four betas, two seeds (100 and 101), from which the lesson's setting is chosen: the
world and beta with the highest mean MIG, if both seeds have as many active latents as there are factors.
scores.csv: that world at five betas, seeds 0 to 4; the baselines; and a world with all five factors at three betas.
rotations.csv: that world with two latents, seeds 0 to 4: at that beta with a diagonal q, with a full covariance, and
with a q that is diagonal in axes turned by 30 degrees, and with a full covariance that starts nearly diagonal in those;
at a beta of 1 with a diagonal q.
Each world is small enough to train and to score on all its images: no score is about new ones.
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
from autoencoders_edu.plotting import COLOURS
from sklearn.decomposition import PCA

SHAPE, LATENTS, STEPS, BATCH = (16, 16, 1), 6, 2500, 64
SEARCH, BETAS, HARD_BETAS, SEEDS = (2, 4, 8, 12), (1, 4, 8, 12, 16), (1, 4, 16), range(5)
CHOSEN = ("x and y", 12)  # what search.csv says
POSTERIORS = ("diagonal", "full covariance", "diagonal in turned axes")
CONTROL = "full, from turned axes"
ANGLE = np.radians(30)  # of the turned axes
ops = keras.ops


def world(name):
    """All images of a world, and the factors that vary in it, each counted from 0."""
    options = {"scales": 2, "orientations": 4, "positions": 6} if name == "five factors" else {"positions": 12}
    data = ae.data.load("sprites", size=16, **options)
    images = np.concatenate([data.x_train, data.x_val, data.x_test])
    factors = np.concatenate([data.y_train, data.y_val, data.y_test])
    shape, scale, orientation, _, y = factors.T
    upright = (shape == 0) & (orientation == 0)
    keep = {
        "x and y": upright & (scale == 2),
        "long x, short y": upright & (scale == 2) & (y >= 4) & (y < 8),
        "scale and x": upright & (y == 6),
        "five factors": shape >= 0,
    }[name]
    images, factors = images[keep], factors[keep]
    order = np.lexsort(factors.T[::-1])
    factors = factors[order]
    varying = [k for k in range(5) if len(np.unique(factors[:, k])) > 1]
    return images[order], np.stack([np.unique(factors[:, k], return_inverse=True)[1] for k in varying], axis=1)


def pixels_changed(images, factors):
    """For each factor: the mean number of (binary) pixels that change when it alone takes another value."""
    flat, result = images.reshape(len(images), -1), []
    for k, values in enumerate(factors.max(axis=0) + 1):
        order = np.lexsort([factors[:, k], *np.delete(factors, k, axis=1).T])  # this factor varies fastest
        groups = flat[order].reshape(-1, values, flat.shape[1])
        result.append(round(float(np.mean(2 * groups.var(axis=1, ddof=1).sum(axis=-1))), 1))
    return result


class FullCovarianceVAE(ae.BetaVAE):
    """A beta-VAE whose q(z|x) has a full covariance L L^T: the encoder also gives what is below L's diagonal. With an
    angle, the noise is turned by it. That forbids no covariance, but moves the axes in which a diagonal L is diagonal.
    """

    def __init__(self, encoder, decoder, beta, angle=0):
        super().__init__(encoder, decoder, beta=beta)
        self.latent_dim, self.angle = decoder.input_shape[-1], angle

    def check_networks(self):
        pass  # the encoder has latent_dim^2 outputs more than the library expects

    def parts(self, outputs):
        """The mean, the log of the squared diagonal of L, and L without its diagonal."""
        n = self.latent_dim
        mean, log_variance, rest = outputs[:, :n], outputs[:, n : 2 * n], ops.reshape(outputs[:, 2 * n :], (-1, n, n))
        return mean, log_variance, rest * np.tril(np.ones((n, n), "float32"), -1)

    def call(self, x, training=False, seed=None):
        outputs = self.encoder(x, training=training)
        mean, log_variance, rest = self.parts(outputs)
        epsilon = keras.random.normal(ops.shape(mean), seed=self.seed_generator if seed is None else seed)
        correlated = ops.squeeze(rest @ ops.expand_dims(epsilon, -1), -1)
        noise = ops.exp(log_variance / 2) * epsilon + correlated
        z = mean + (turned(noise, self.angle) if self.angle else noise)
        return {"posterior": outputs, "likelihood": self.decoder(z, training=training)}

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        mean, log_variance, rest = self.parts(y_pred["posterior"])
        diagonal = ops.sum(mean**2 + ops.exp(log_variance) - 1 - log_variance, axis=-1)
        kl = (diagonal + ops.sum(rest**2, axis=(1, 2))) / 2
        reconstruction = self.reconstruction(x, y_pred)
        self.reconstruction_tracker.update_state(reconstruction)
        self.kl_tracker.update_state(kl)
        return ops.mean(reconstruction + self.beta * kl)


class TurnedVAE(ae.BetaVAE):
    """A beta-VAE with two latents whose q(z|x) is diagonal in axes turned by ANGLE. The KL is the same as ever: the
    prior looks alike from all sides."""

    angle = ANGLE

    def call(self, x, training=False, seed=None):
        outputs = self.encoder(x, training=training)
        mean, log_variance = ops.split(outputs, 2, axis=-1)
        epsilon = keras.random.normal(ops.shape(mean), seed=self.seed_generator if seed is None else seed)
        z = mean + turned(ops.exp(log_variance / 2) * epsilon, self.angle)
        return {"posterior": outputs, "likelihood": self.decoder(z, training=training)}


def make(beta, seed, latents=LATENTS, q="diagonal"):
    keras.utils.set_random_seed(seed)
    outputs = 2 * latents + (latents**2 if q in (POSTERIORS[1], CONTROL) else 0)
    encoder = ae.networks.dense_encoder(SHAPE, outputs, hidden=(256,))
    decoder = ae.networks.dense_decoder(latents, SHAPE, hidden=(256,))
    kinds = dict(zip(POSTERIORS, (ae.BetaVAE, FullCovarianceVAE, TurnedVAE), strict=True))
    if q == CONTROL:
        return FullCovarianceVAE(encoder, decoder, beta=beta, angle=ANGLE)
    return kinds[q](encoder, decoder, beta=beta)


def train(x, beta, seed, latents=LATENTS, q="diagonal"):
    """A model after 2500 steps on random images of the world; all its draws come from the seed."""
    model = make(beta, seed, latents, q)
    model.compile(keras.optimizers.Adam(2e-3))
    rows = np.random.default_rng(seed).integers(len(x), size=STEPS * BATCH)
    model.fit(x[rows], batch_size=BATCH, shuffle=False, verbose=0)
    return model


def means(model, x):
    """The posterior means (n, latents)."""
    return ops.convert_to_numpy(model.encoder(x))[:, : model.decoder.input_shape[-1]]


def living(codes):
    """The codes with dead latents, whose variance over x is at most 0.01, set to 0: what is left there is no code."""
    return np.where(codes.var(axis=0) > 0.01, codes, 0)


def judge(codes, factors):
    """The scores of lesson 9: one line of a table."""
    codes = np.asarray(codes, "float64")
    scores = ae.metrics.disentanglement.scores(living(codes), factors)
    del scores["beta_vae"]
    untouched = ae.metrics.disentanglement.mig(codes, factors)
    return {"active": int((codes.var(axis=0) > 0.01).sum()), "mig, dead latents kept": untouched, **scores}


def terms(model, x):
    """Reconstruction (one draw of z) and KL in nats per image."""
    result = model.evaluate(x, batch_size=len(x), verbose=0, return_dict=True)
    return {"reconstruction": result["reconstruction"], "kl": result["kl"]}


def row(model, x, factors):
    return {**terms(model, x), **judge(means(model, x), factors)}


def turned(codes, angle):
    """Vectors (n, 2), turned by an angle in radians."""
    return codes @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], "float32")


def tilt(codes, factors):
    """The angle in degrees, 0 to 45, between the direction in which x moves the code and the nearest axis."""
    x = factors[:, 0] - factors[:, 0].mean()
    moved = np.abs(x @ (codes - codes.mean(axis=0)))
    return float(np.degrees(np.arctan2(moved.min(), moved.max())))


def mig_by_angle(codes, factors, steps=45):
    """The MIG of codes (n, 2) in axes turned by 0 to 90 degrees."""
    angles = np.arange(steps) * np.pi / 2 / steps
    return np.array([ae.metrics.disentanglement.mig(turned(codes, angle), factors) for angle in angles])


def kl_when_turned(model, x, degrees):
    """The mean KL in nats if the code (two latents) is turned and q stays diagonal: of all diagonal normals, the one
    with the smallest KL to the turned q. Its precisions are the diagonal of the turned precision matrix."""
    mean, log_variance = np.split(ops.convert_to_numpy(model.encoder(x)), 2, axis=1)
    rotation = turned(np.eye(2), np.radians(degrees))
    variance = 1 / (np.exp(-log_variance) @ rotation**2)
    return float(np.mean(np.sum(mean**2 + variance - 1 - np.log(variance), axis=1)) / 2)


def make_search():
    for name, beta, seed in product(("x and y", "long x, short y", "scale and x"), SEARCH, (100, 101)):
        x, factors = world(name)
        yield {"world": name, "images": len(x), "beta": beta, "seed": seed, **row(train(x, beta, seed), x, factors)}


def make_scores():
    for name, betas in ((CHOSEN[0], BETAS), ("five factors", HARD_BETAS)):
        x, factors = world(name)
        pca = PCA(LATENTS).fit_transform(x.reshape(len(x), -1))
        yield {"world": name, "code": "the factors", "seed": 0, **judge(factors, factors)}
        yield {"world": name, "code": "PCA", "seed": 0, **judge(pca, factors)}
        for seed in SEEDS:
            untrained = means(make(1, seed), x)
            yield {"world": name, "code": "random encoder", "seed": seed, **judge(untrained, factors)}
        for beta, seed in product(betas, SEEDS):
            line = {"world": name, "code": f"beta {beta}", "beta": beta, "seed": seed}
            yield {**line, **row(train(x, beta, seed), x, factors)}


def rotation_row(model, x, factors):
    """One line of rotations.csv."""
    codes = means(model, x)
    by_angle = mig_by_angle(codes, factors)
    own = turned(codes, -getattr(model, "angle", 0))  # in the axes in which q is, or starts nearly, diagonal
    more = {
        "tilt": tilt(codes, factors),
        "tilt, q's axes": tilt(own, factors),
        "mig, q's axes": ae.metrics.disentanglement.mig(own, factors),
        "mig, any angle": by_angle.mean(),
        "mig, best angle": by_angle.max(),
    }
    return {**row(model, x, factors), **more}


def make_rotations():
    x, factors = world(CHOSEN[0])
    settings = [*product(CHOSEN[1:], (*POSTERIORS, CONTROL)), (1, "diagonal")]
    for (beta, q), seed in product(settings, SEEDS):
        yield {"beta": beta, "q": q, "seed": seed, **rotation_row(train(x, beta, seed, 2, q), x, factors)}


SCORES = {"mig": "MIG", "sap": "SAP", "disentanglement": "DCI disentanglement", "factor_vae": "FactorVAE"}


def plot_scores(table, names=SCORES):
    """The scores of each code: a dot for each seed, and a short line at the mean."""
    figure, axes = plt.subplots(1, len(names), figsize=(10, 0.6 + 0.36 * table.code.nunique()), sharey=True)
    for ax, (column, label) in zip(axes, names.items(), strict=True):
        for code, values in table.groupby("code", sort=False)[column]:
            ax.plot(values, [code] * len(values), "o", color=COLOURS[0], alpha=0.6)
            ax.plot(values.mean(), code, "|", color=COLOURS[1], markersize=16, markeredgewidth=2)
        ax.set(title=label, xlim=(-0.05, 1.05), xlabel="score")
        ax.spines[["top", "right"]].set_visible(False)
    axes[0].invert_yaxis()
    return figure


def plot_codes(codes, factors, ax, title):
    """Codes (n, 2) of a world of x and y: lines join images that share x, or y."""
    for k, (colour, style, label) in enumerate(((COLOURS[0], "-", "same x"), (COLOURS[1], "--", "same y"))):
        for value in np.unique(factors[:, k]):
            line = codes[factors[:, k] == value]
            ax.plot(*line.T, style, color=colour, linewidth=1, label=label if value == 0 else None)
    ax.set(title=title, xlabel="mean of $z_1$", ylabel="mean of $z_2$", aspect="equal")
    return ax


def traverse(model, x, start, images=9, limit=2):
    """Rows of images, for the four latents with the largest KL over x: each goes from -limit to limit, while the others
    stay at the code of image number `start`."""
    code, kl = means(model, x)[start], kl_per_latent(model, x)
    rows = {}
    for j in np.argsort(-kl)[:4]:
        z = np.repeat(code[None], images, axis=0)
        z[:, j] = np.linspace(-limit, limit, images)
        rows[f"$z_{j + 1}$, KL {kl[j]:.2f}"] = ops.convert_to_numpy(model.decode(z))
    return rows


def kl_per_latent(model, x):
    return np.mean(ops.convert_to_numpy(model.kl_per_latent(model.posterior(x))), axis=0)


def main(only):
    tables = {"search.csv": make_search, "rotations.csv": make_rotations, "scores.csv": make_scores}
    for name in only or tables:
        write(Path(__file__).parent / name, tables[name]())


if __name__ == "__main__":
    main(sys.argv[1:])
