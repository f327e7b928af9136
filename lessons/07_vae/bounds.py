"""Makes bounds.csv, the second table of lesson 7: bounds on log p(x) of a hundred test images, in nats per image.

    python bounds.py [SEEDS]      (default 2; about a minute per seed)

Per seed five rows: the VAE as trained; the VAE with a q that is chosen anew for each image (250 steps of Adam, the
decoder fixed), for a hundred test images and for a hundred training images; and the plain autoencoder, made into a
latent-variable model after its training. Its prior is 20 normals, fitted to noisy codes; its q is the code plus noise
of one size, a share of each latent's spread, the best of four on 200 validation images; its likelihood is the coins of
its decoder. "D" estimates KL(true posterior || prior) from the same draws. One more row: 784 logistic regressions,
each pixel on the earlier ones near it, whose log p(x) is exact, on all test images.
"""

import sys
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import sampling
from autoencoders_edu.diagnostics import in_batches
from keras import ops
from scipy.special import logsumexp
from sklearn.mixture import GaussianMixture

SHARES, DRAWS = (0.03, 0.07, 0.12, 0.2), 500


def standard_normal(z):
    """log N(z; 0, I)."""
    return sampling.log_normal(z, 0, np.ones(1))


def log_weights(decoder, log_prior, x, mean, variance, draws, seed=0):
    """log p(x|z) and log of p(x, z) / q(z|x), both (draws, images), for draws z from q = N(mean, variance)."""
    rng, likelihoods, weights = np.random.default_rng(seed), [], []
    for _ in range(draws):
        z = mean + np.sqrt(variance) * rng.normal(size=mean.shape)
        logits = in_batches(decoder, z.astype("float32"))
        likelihoods.append(np.sum(x * logits - np.logaddexp(0, logits), axis=(1, 2, 3)))
        weights.append(likelihoods[-1] + log_prior(z) - sampling.log_normal(z, mean, variance))
    return np.array(likelihoods), np.array(weights)


def summary(*arguments, draws=DRAWS):
    """The ELBO, the bound with all draws, and an estimate of D: means over the images."""
    likelihood, weight = log_weights(*arguments, draws)
    bound = logsumexp(weight, axis=0) - np.log(draws)
    share = np.exp(weight - logsumexp(weight, axis=0))  # draws from q, reweighted to the true posterior
    D = np.sum(share * likelihood, axis=0) - bound  # log p(z|x) - log p(z) = log p(x|z) - log p(x)
    return {"ELBO": weight.mean(), f"{draws} samples": bound.mean(), "D": D.mean()}


class PerImage(keras.Model):
    """A mean and a log-variance of its own for each image, in place of the encoder's; the decoder stays as it is."""

    def __init__(self, decoder, mean, variance, draws=4):
        super().__init__()
        decoder.trainable = False
        self.decoder, self.draws, self.noise = decoder, draws, keras.random.SeedGenerator(0)
        self.mean = self.add_weight(shape=mean.shape, name="mean")
        self.log_variance = self.add_weight(shape=mean.shape, name="log_variance")
        self.mean.assign(mean)
        self.log_variance.assign(np.log(variance))

    def call(self, x):
        epsilon = keras.random.normal((self.draws, *self.mean.shape), seed=self.noise)
        z = self.mean + ops.exp(self.log_variance / 2) * epsilon
        logits = ops.reshape(self.decoder(ops.reshape(z, (-1, self.mean.shape[1]))), (self.draws, -1, 784))
        reconstruction = ops.sum(ops.softplus(logits) - ops.reshape(x, (-1, 784)) * logits, axis=-1)
        kl = 0.5 * ops.sum(self.mean**2 + ops.exp(self.log_variance) - self.log_variance - 1, axis=-1)
        return ops.mean(reconstruction, axis=0) + kl

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.mean(y_pred)


def per_image(vae, x, steps=250):
    """Mean and variance of the best q for each image, found from the encoder's."""
    model = PerImage(vae.decoder, *sampling.posteriors(vae, x))
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-2, steps)))
    model.fit(np.tile(x, (steps, 1, 1, 1)), batch_size=len(x), shuffle=False, verbose=0)  # one step per copy
    vae.decoder.trainable = True
    return np.asarray(model.mean).astype(float), np.exp(np.asarray(model.log_variance).astype(float))


def of_plain(model, data, seed, shares=SHARES):
    """The row of an autoencoder without noise: 20 normals for its prior, its code and some noise for its q."""
    z, spread = sampling.training_codes(model, data), sampling.training_codes(model, data).std(axis=0)
    rng, best = np.random.default_rng(seed), None
    tried, hundred = data.x_val[:200], data.x_test[::20]
    for share in shares:
        noisy = z + share * spread * rng.normal(size=z.shape)
        prior = GaussianMixture(20, random_state=seed, max_iter=50).fit(noisy).score_samples
        codes = in_batches(model.encode, tried).astype(float)
        q = codes, np.broadcast_to((share * spread) ** 2, codes.shape)
        elbo = log_weights(model.decoder, prior, tried, *q, 20)[1].mean() if len(shares) > 1 else 0
        best = max(best or (-np.inf,), (elbo, share, prior), key=lambda found: found[0])
    _, share, prior = best
    codes = in_batches(model.encode, hundred).astype(float)
    q = codes, np.broadcast_to((share * spread) ** 2, codes.shape)
    return {"noise": share, **summary(model.decoder, prior, hundred, *q)}


def rows(data, seed):
    """The five rows of one seed."""
    vae, plain = (sampling.train(kind, data, seed)[0] for kind in ("VAE", "autoencoder"))
    for name, x in {"test": data.x_test[::20], "training": data.x_train[::90]}.items():
        for q in ("encoder", "per image"):
            found = sampling.posteriors(vae, x) if q == "encoder" else per_image(vae, x)
            yield {"model": "VAE", "q": q, "images": name, **summary(vae.decoder, standard_normal, x, *found)}
    yield {"model": "autoencoder + 20 normals", "q": "code + noise", "images": "test", **of_plain(plain, data, seed)}


def near_and_earlier(rows=3, columns=4):
    """A mask (784, 784): which pixels stand before a pixel, at most 3 rows above it and 4 columns beside it."""
    order = np.arange(784)
    row, column = order // 28, order % 28
    near = (np.abs(row[:, None] - row) <= rows) & (np.abs(column[:, None] - column) <= columns)
    return (near & (order[:, None] < order)).astype("float32")


class Masked(keras.constraints.Constraint):
    """Weights to pixels that may not be looked at stay zero."""

    def __call__(self, weights):
        return weights * near_and_earlier()


def logistic_regressions(data):
    """The mean log p(x) of the test images: each pixel a logistic regression on the earlier ones near it."""
    keras.utils.set_random_seed(0)
    dense = keras.layers.Dense(784, kernel_constraint=Masked(), kernel_initializer="zeros")
    net = keras.Sequential([keras.Input((784,)), dense])
    rate = keras.optimizers.schedules.CosineDecay(4e-3, 15 * 90)
    net.compile(keras.optimizers.Adam(rate), keras.losses.BinaryCrossentropy(from_logits=True))
    x, x_test = data.x_train.reshape(-1, 784), data.x_test.reshape(-1, 784)
    net.fit(x, x, batch_size=100, epochs=15, verbose=0)
    logits = net.predict(x_test, verbose=0).astype(float)
    return np.mean(np.sum(x_test * logits - np.logaddexp(0, logits), axis=1))


def main(seeds):
    data = sampling.silhouettes()
    table = [{"model": "logistic regressions", "images": "all test", "exact": logistic_regressions(data), "seed": 0}]
    for seed in range(seeds):
        for row in rows(data, seed):
            table.append({"seed": seed, **row})
            print(table[-1], flush=True)
        columns = ["model", "q", "images", "seed", "noise", "ELBO", f"{DRAWS} samples", "D", "exact"]
        frame = pd.DataFrame(table)[columns].round(2)
        frame.to_csv(Path(__file__).parent / "bounds.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
