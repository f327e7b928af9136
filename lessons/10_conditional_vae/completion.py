"""Makes completion.csv, the table of lesson 10 about images of which only some quadrants are visible.

    python completion.py [SEEDS]      (default 3; about two minutes per seed on one CPU core)

Silhouettes of Fashion-MNIST. A conditional VAE completes them, two networks predict the mean of each hidden pixel, the
nearest training image lends its pixels, and the mean training image serves as a floor. Squared errors (mean over hidden
pixels) and nats per image (hidden pixels only), on 500 test images.
"""

import sys
from functools import cache
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from conditions import log_mean_exp
from sklearn.neighbors import NearestNeighbors

SHAPE, LATENTS, EPOCHS, TEST = (28, 28, 1), 16, 5, 500
PIXELS = 28 * 28
CERTAIN = 20.0  # the logit of a pixel that is known: its log-probability is -2e-9
layers, numpy_of = keras.layers, keras.ops.convert_to_numpy


@cache
def silhouettes():
    """Fashion-MNIST, each pixel 1 where it is brighter than a fifth of white: x_train and 500 test images."""
    data = ae.data.load("fashion_mnist")
    chosen = np.random.default_rng(0).permutation(len(data.x_test))[:TEST]
    return tuple((x > 0.2).astype("float32") for x in (data.x_train, data.x_test[chosen]))


def masks(n, visible, seed):
    """n masks (n, 28, 28, 1), 1 where a pixel may be seen: in `visible` of the four quadrants, chosen at random."""
    order = np.random.default_rng(seed).random((n, 4)).argsort(axis=1)
    quadrants = (order < visible).reshape(n, 2, 2, 1).astype("float32")
    return quadrants.repeat(14, axis=1).repeat(14, axis=2)


def condition(x, mask):
    """Visible pixels and mask in one vector (n, 784): 1 for a white pixel, -1 for a black one, 0 for a hidden one."""
    return ((2 * x - 1) * mask).reshape(len(x), -1)


def keep_visible(logits, c):
    """Logits (n, 28, 28, 1) in which the pixels that c shows are as certain as can be."""
    seen = layers.Reshape(SHAPE)(c)
    return CERTAIN * seen + (1 - abs(seen)) * logits


def make_cvae():
    encoder = ae.networks.dense_encoder(SHAPE, 2 * LATENTS, (256,), condition_size=PIXELS)
    plain = ae.networks.dense_decoder(LATENTS, SHAPE, (256,), condition_size=PIXELS)
    z, c = keras.Input((LATENTS,)), keras.Input((PIXELS,))
    return ae.ConditionalVAE(encoder, keras.Model([z, c], keep_visible(plain([z, c]), c)))


def make_predictor(units=256):
    """A network from c to one logit per pixel: with independent pixels, its best answer is the mean of x given c."""
    c = keras.Input((PIXELS,))
    y = layers.Dense(units, "relu")(layers.Dense(units, "relu")(c))
    return keras.Model(c, keep_visible(layers.Reshape(SHAPE)(layers.Dense(PIXELS)(y)), c))


def with_masks(x, seed):
    """Each image three times, with one, two and three visible quadrants, and its conditions."""
    mask = np.concatenate([masks(len(x), visible, seed + 10 * visible) for visible in (1, 2, 3)])
    x = np.concatenate([x] * 3)
    return x, condition(x, mask)


def train(make, x, seed, epochs=EPOCHS):
    """A model that has seen each image `epochs` times with each number of visible quadrants."""
    keras.utils.set_random_seed(seed)
    model, (x, c) = make(), with_masks(x, seed)
    if isinstance(model, ae.ConditionalVAE):
        model.compile(keras.optimizers.Adam(1e-3))
        model.fit([x, c], epochs=epochs, batch_size=128, verbose=0)
    else:
        model.compile(keras.optimizers.Adam(1e-3), ae.distributions.Bernoulli().loss())
        model.fit(c, x, epochs=epochs, batch_size=128, verbose=0)
    return model


def hidden_error(x, drawn, mask):
    """The squared error, mean over hidden pixels."""
    return float(np.sum((1 - mask) * (x - drawn) ** 2) / np.sum(np.broadcast_to(1 - mask, x.shape)))


def log_p(model, z, x, c):
    """log p(x|z, c) of the hidden pixels, (n,): the visible ones add 0."""
    return numpy_of(model.likelihood([z, c]).log_prob(x))


def from_prior(model, x, c, draws, seed=0):
    """For draws of z from the prior: log p(x|z, c) (draws, n), and the mean of the completions."""
    rng, total, scores = np.random.default_rng(seed), 0.0, []
    for _ in range(draws):
        z = rng.normal(size=(len(x), LATENTS)).astype("float32")
        p = model.likelihood([z, c])
        scores.append(numpy_of(p.log_prob(x)))
        total = total + numpy_of(p.mean())
    return np.array(scores), total / draws


def independent(x, p, mask):
    """log p of the hidden pixels, if each is a coin of its own with probability p, mean over x."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return float(np.mean(np.sum((1 - mask) * (x * np.log(p) + (1 - x) * np.log(1 - p)), axis=(1, 2, 3))))


def nearest(x_train, x, mask):
    """For each x the training image whose pixels agree with most of the visible ones."""
    found = np.empty_like(x)
    for pattern in np.unique(mask.reshape(len(mask), -1), axis=0):
        rows, seen = (mask.reshape(len(mask), -1) == pattern).all(axis=1), pattern > 0
        neighbours = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(x_train.reshape(-1, PIXELS)[:, seen])
        found[rows] = x_train[neighbours.kneighbors(x[rows].reshape(-1, PIXELS)[:, seen])[1][:, 0]]
    return found


def cvae_row(model, x, mask):
    """What the conditional VAE gets for x: squared errors, and nats per image from draws of q and of the prior."""
    c = condition(x, mask)
    q = model.posterior([x, c])
    z = numpy_of(q.sample(seed=ae.distributions.next_seed(0)))
    scores, average = from_prior(model, x, c, 100)
    one = numpy_of(model.decode([np.random.default_rng(1).normal(size=z.shape).astype("float32"), c]))
    return {
        "error, one draw": hidden_error(x, one, mask),
        "error, mean of 100": hidden_error(x, average, mask),
        "error, z from q": hidden_error(x, numpy_of(model.decode([z, c])), mask),
        "log p, bound": float(np.mean(numpy_of(model.log_likelihood([x, c], samples=100, seed=0)))),
        "log p, pixels apart": independent(x, average, mask),
        "log p, 100 from prior": float(log_mean_exp(scores).mean()),
        "log p(x|z), z from q": float(log_p(model, z, x, c).mean()),
        "log p(x|z), z from prior": float(scores.mean()),
        "kl": float(numpy_of(model.kl_per_latent(q)).sum(axis=-1).mean()),
    }


def predictor_row(model, x, mask):
    c = condition(x, mask)
    logits = model.predict(c, verbose=0)
    p = ae.distributions.Bernoulli().distribution(logits)
    error = hidden_error(x, numpy_of(p.mean()), mask)
    return {"error, one draw": error, "log p, pixels apart": float(numpy_of(p.log_prob(x)).mean())}


def main(seeds):
    x_train, x = silhouettes()
    rows = []
    for seed in range(seeds):
        models = {"CVAE": train(make_cvae, x_train, seed)}
        models["mean predictor"] = train(make_predictor, x_train, seed)
        if seed == 0:  # a control
            models["mean predictor, wider"] = train(lambda: make_predictor(512), x_train, seed)
        for visible in (1, 2, 3):
            mask = masks(len(x), visible, 1000 + visible)
            for name, model in models.items():
                judge = cvae_row if name == "CVAE" else predictor_row
                rows.append({"model": name, "visible": visible, "seed": seed, **judge(model, x, mask)})
            if seed == 0:  # these depend on no seed
                for name, drawn in {"nearest": nearest(x_train, x, mask), "mean image": x_train.mean(axis=0)}.items():
                    error = hidden_error(x, drawn, mask)
                    rows.append({"model": name, "visible": visible, "seed": seed, "error, one draw": error})
        print(pd.DataFrame(rows).round(4).to_string(), flush=True)
        pd.DataFrame(rows).round(4).to_csv(Path(__file__).parent / "completion.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
