"""Makes sampling.csv and nats.csv, the tables of lesson 7, over several seeds.

    python sampling.py [SEEDS]      (default 5; about two minutes per seed on two CPU cores)

Three models with the same networks, trained on the same silhouettes: a plain autoencoder; the same one with its code
normalised; a VAE. The last two once more with 32 latents in place of 8. sampling.csv holds how well they draw. Each is
sampled in four ways: codes from N(0, I); from what was fitted afterwards to the codes of the training images, which is
a mean and a standard deviation for each latent, one normal distribution, or a mixture of 20. Of each set of 2,000
samples: the Fréchet distance to the 2,000 test images. And once more for the points halfway between the codes of two
test images. nats.csv holds, for the VAEs, what their KL consists of, and how far the ELBO of 500 test images lies below
a tighter bound.
"""

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.diagnostics import in_batches
from autoencoders_edu.metrics.classifier import features, train_classifier
from autoencoders_edu.metrics.generation import frechet_distance
from scipy.special import expit, logsumexp
from sklearn.mixture import GaussianMixture

SHAPE, LATENT_DIM, EPOCHS, BATCH_SIZE = (28, 28, 1), 8, 20, 100
KINDS = ("autoencoder", "normalised autoencoder", "VAE")


def silhouettes():
    """Fashion-MNIST with two values per pixel: 1 where it is brighter than a fifth of white, else 0."""
    clothes = ae.data.load("fashion_mnist")
    binary = {f"x_{s}": (getattr(clothes, f"x_{s}") > 0.2).astype("float32") for s in ("train", "val", "test")}
    return replace(clothes, **binary)


def make(kind, latent_dim=LATENT_DIM):
    """A compiled model of this kind. All have the same decoder; a VAE's encoder returns two numbers per latent."""
    encoder = ae.networks.dense_encoder(SHAPE, latent_dim * (2 if kind == "VAE" else 1), hidden=(256, 128))
    if kind == "normalised autoencoder":  # each number of the code: mean 0, variance 1 over the images
        normalise = keras.layers.BatchNormalization(center=False, scale=False)
        encoder = keras.Model(encoder.input, normalise(encoder.output))
    decoder = ae.networks.dense_decoder(latent_dim, SHAPE, hidden=(128, 256))
    model = ae.VAE(encoder, decoder) if kind == "VAE" else ae.Autoencoder(encoder, decoder)
    loss = None if kind == "VAE" else keras.losses.BinaryCrossentropy(from_logits=True)
    rate = keras.optimizers.schedules.CosineDecay(2e-3, EPOCHS * 90)  # 9,000 images in batches of 100
    model.compile(keras.optimizers.Adam(rate), loss)
    return model


def train(kind, data, seed, latent_dim=LATENT_DIM):
    """The trained model and its history."""
    keras.utils.set_random_seed(seed)
    model = make(kind, latent_dim)
    x, watched = data.x_train, data.x_val
    if kind == "VAE":
        fit = model.fit(x, None, BATCH_SIZE, EPOCHS, validation_data=watched, verbose=0)
    else:
        fit = model.fit(x, x, BATCH_SIZE, EPOCHS, validation_data=(watched, watched), verbose=0)
    return model, fit.history


def drawn(model, z):
    """What the decoder draws for codes z: probabilities between 0 and 1."""
    return expit(in_batches(model.decoder, np.asarray(z, "float32")))


def training_codes(model, data, seed=0):
    """What the decoder met in training: the codes of the training images, for a VAE one draw from each q(z|x)."""
    if isinstance(model, ae.VAE):
        return draws(model, data.x_train, seed)
    return in_batches(model.encode, data.x_train).astype(float)  # in float32, covariances can come out negative


def draws(vae, x, seed):
    """One draw from q(z|x) for each image."""
    mean, variance = posteriors(vae, x)
    return mean + np.sqrt(variance) * np.random.default_rng(seed).normal(size=mean.shape)


def codes(model, data, n=2000, seed=0):
    """From the way in which codes are drawn to n of them."""
    rng = np.random.default_rng(seed)
    z = training_codes(model, data, seed)
    mixture = GaussianMixture(20, random_state=seed).fit(z)
    return {
        "N(0, I)": rng.normal(size=(n, z.shape[1])),
        "means and stddevs fitted": rng.normal(z.mean(axis=0), z.std(axis=0), (n, z.shape[1])),
        "one normal fitted": rng.multivariate_normal(z.mean(axis=0), np.cov(z, rowvar=False), n),
        "20 normals fitted": mixture.sample(n)[0],
    }


def halfway(model, data, seed=0):
    """The points halfway between the codes of each test image and of another one."""
    z = in_batches(model.encode, data.x_test)
    return (z + z[np.random.default_rng(seed).permutation(len(z))]) / 2


class Judge:
    """Fréchet distance to the test images, on the features of a classifier that was trained on the training images."""

    def __init__(self, data):
        self.classifier = train_classifier(data)
        self.real = features(self.classifier, data.x_test)

    def __call__(self, images):
        """Pixels count as white where their probability is above one half: the classifier knows no grey."""
        return frechet_distance(features(self.classifier, images > 0.5), self.real)


def row(model, data, judge, seed):
    """One line of sampling.csv: the distance of each kind of sample."""
    z = codes(model, data, seed=seed) | {"halfway": halfway(model, data, seed)}
    return {name: judge(drawn(model, points)) for name, points in z.items()}


def posteriors(vae, x):
    """Mean and variance of q(z|x) for each image, (n, latents) each."""
    mean, log_variance = np.split(in_batches(vae.encoder, x).astype(float), 2, axis=1)
    return mean, np.exp(log_variance)


def log_normal(z, mean, variance):
    """log N(z; mean, variance), summed over latents."""
    return -0.5 * np.sum((z - mean) ** 2 / variance + np.log(2 * np.pi * variance), axis=-1)


def log_mixture(z, mean, variance):
    """log of the mean of N(z; mean[n], variance[n]) over all n, for each z: the density of the mixture q(z)."""
    constant = log_normal(0, mean, variance)  # (z - m)^2 = z^2 - 2 z m + m^2, so that two matrix products do the work
    parts = np.array_split(z, max(1, len(z) // 500))
    log_densities = (-0.5 * part**2 @ (1 / variance).T + part @ (mean / variance).T + constant for part in parts)
    return np.concatenate([logsumexp(densities, axis=1) for densities in log_densities]) - np.log(len(mean))


def parts_of_kl(vae, x, n=4000, seed=0):
    """The mean KL over images x and its two parts, in nats: I_q(x; z) and KL(q(z) || p(z)), by n draws from q(z)."""
    rng = np.random.default_rng(seed)
    mean, variance = posteriors(vae, x)
    kl = 0.5 * np.mean(np.sum(mean**2 + variance - np.log(variance) - 1, axis=1))
    of = rng.integers(len(x), size=n)
    z = mean[of] + np.sqrt(variance[of]) * rng.normal(size=(n, mean.shape[1]))
    log_mixed = log_mixture(z, mean, variance)
    information = np.mean(log_normal(z, mean[of], variance[of]) - log_mixed)
    return {"KL": kl, "information": information, "mismatch": np.mean(log_mixed - log_normal(z, 0, np.ones(1)))}


def mismatch_of_new(vae, data, components=20, seed=0):
    """By how many nats a mixture of normals, fitted to codes of training images, beats N(0, I) on those of new ones."""
    mixture = GaussianMixture(components, random_state=seed).fit(draws(vae, data.x_train, seed))
    z = draws(vae, data.x_test, seed)
    return np.mean(mixture.score_samples(z) - log_normal(z, 0, np.ones(1)))


def bounds(vae, x, seed=0):
    """The mean ELBO of x, and the mean of the bound with 500 samples, in nats."""
    elbo = np.mean(vae.elbo(np.repeat(x, 20, axis=0), seed=seed))
    return {"ELBO": elbo, "500 samples": np.mean(vae.log_likelihood(x, samples=500, seed=seed))}


def nats(vae, data, seed):
    """One line of nats.csv."""
    new = {"mismatch of new images": mismatch_of_new(vae, data, seed=seed)}
    return parts_of_kl(vae, data.x_train, seed=seed) | new | bounds(vae, data.x_test[::4], seed)


def main(seeds):
    data = silhouettes()
    judge, rows, of_vaes = Judge(data), [], []
    for seed, (latents, kind) in itertools.product(
        range(seeds), [(8, k) for k in KINDS] + [(32, k) for k in KINDS[1:]]
    ):
        model, _ = train(kind, data, seed, latents)
        name = {"latents": latents, "seed": seed}
        rows.append({"model": kind, **name, **row(model, data, judge, seed)})
        if kind == "VAE":
            of_vaes.append({**name, **nats(model, data, seed)})
        print(rows[-1], of_vaes[-1:] if kind == "VAE" else "", flush=True)
    here = Path(__file__).parent
    pd.DataFrame(rows).sort_values(["latents", "seed"], kind="stable").round(2).to_csv(
        here / "sampling.csv", index=False
    )
    pd.DataFrame(of_vaes).sort_values(["latents", "seed"]).round(2).to_csv(here / "nats.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
