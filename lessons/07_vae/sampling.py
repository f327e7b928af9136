"""Makes sampling.csv, the table of lesson 7: what comes out when the code is drawn at random, over several seeds.

    python sampling.py [SEEDS]      (default 5; about half a minute a seed on two CPU cores)

A plain autoencoder and a VAE with the same networks, trained on the same silhouettes. Each is sampled in three ways:
codes from N(0, I); codes from one normal distribution, or from a mixture of 20, fitted afterwards to the codes of the
training images. Of each set of 2,000 samples: the Fréchet distance to the 2,000 test images. And once more for the
points halfway between the codes of two test images.
"""

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
from scipy.special import expit
from sklearn.mixture import GaussianMixture

SHAPE, LATENT_DIM, EPOCHS, BATCH_SIZE = (28, 28, 1), 8, 20, 100


def silhouettes():
    """Fashion-MNIST with two values a pixel: 1 where it is brighter than a fifth of white, else 0."""
    clothes = ae.data.load("fashion_mnist")
    binary = {f"x_{s}": (getattr(clothes, f"x_{s}") > 0.2).astype("float32") for s in ("train", "val", "test")}
    return replace(clothes, **binary)


def make(kind, latent_dim=LATENT_DIM):
    """A compiled "autoencoder" or "VAE": the same decoder, and an encoder that returns one or two numbers a latent."""
    encoder = ae.networks.dense_encoder(SHAPE, latent_dim * (2 if kind == "VAE" else 1), hidden=(256, 128))
    decoder = ae.networks.dense_decoder(latent_dim, SHAPE, hidden=(128, 256))
    model = ae.VAE(encoder, decoder) if kind == "VAE" else ae.Autoencoder(encoder, decoder)
    loss = None if kind == "VAE" else keras.losses.BinaryCrossentropy(from_logits=True)
    rate = keras.optimizers.schedules.CosineDecay(2e-3, EPOCHS * 90)  # 9,000 images in batches of 100
    model.compile(keras.optimizers.Adam(rate), loss, steps_per_execution=10)
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


def codes(model, data, n=2000, seed=0):
    """From the way in which codes are drawn to n of them."""
    rng = np.random.default_rng(seed)
    z = in_batches(model.encode, data.x_train)
    if isinstance(model, ae.VAE):  # what the decoder met in training: draws from q(z|x), not their means
        z = in_batches(lambda x: model.posterior(x).sample(seed=ae.distributions.next_seed(seed)), data.x_train)
    z = z.astype(float)  # in float32 a covariance may come out with a negative eigenvalue
    mixture = GaussianMixture(20, random_state=seed).fit(z)
    return {
        "N(0, I)": rng.normal(size=(n, z.shape[1])),
        "one normal fitted": rng.multivariate_normal(z.mean(axis=0), np.cov(z, rowvar=False), n),
        "20 normals fitted": mixture.sample(n)[0],
    }


def halfway(model, data, seed=0):
    """The points halfway between the codes of each test image and of another one."""
    z = in_batches(model.encode, data.x_test)
    return (z + z[np.random.default_rng(seed).permutation(len(z))]) / 2


class Judge:
    """Fréchet distance to the test images, on the features of a classifier of silhouettes."""

    def __init__(self, data):
        self.classifier = train_classifier(data)
        self.real = features(self.classifier, data.x_test)

    def __call__(self, images):
        """Pixels count as white where their probability is above one half: the classifier knows no grey."""
        return frechet_distance(features(self.classifier, images > 0.5), self.real)


def row(model, data, judge, seed):
    """One line of the table: the distance of each kind of sample."""
    z = codes(model, data, seed=seed) | {"halfway": halfway(model, data, seed)}
    return {name: judge(drawn(model, points)) for name, points in z.items()}


def main(seeds):
    data = silhouettes()
    judge, rows = Judge(data), []
    for seed in range(seeds):
        for kind in ("autoencoder", "VAE"):
            model, _ = train(kind, data, seed)
            rows.append({"model": kind, "seed": seed, **row(model, data, judge, seed)})
            print(rows[-1], flush=True)
    pd.DataFrame(rows).round(2).to_csv(Path(__file__).parent / "sampling.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
