"""Makes clothes.csv, the table of lesson 12 about models of silhouettes: Fashion-MNIST in black and white.

    python clothes.py [SEEDS]      (default 5; about 7 minutes on one CPU core)

The models: VAEs that differ only in beta; a VAE trained on 100 images until it knows them; copiers, which draw one of a
few training images at random; real images. Of each, bounds on log p(x) with K samples, in nats per image, the mean of
250 test images; the Fréchet distance to the test images against the number n of images of either kind (below 2000, the
mean of 10 choices of n), and extrapolated; precision and recall with 1000 images each and k = 3. Pixels are drawn; the
distance is there for rounded ones, too, and for codes from 20 normals fitted to the codes of training images. "by
pixels" and "by features": the share of 500 images closer to one of 100 training images (all those that the memoriser
knows) than to any of 100 held-out ones.
"""

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.diagnostics import in_batches
from autoencoders_edu.metrics.classifier import features, train_classifier
from autoencoders_edu.metrics.generation import frechet_distance, frechet_extrapolated, precision_recall
from contenders import drawn, nats, rounded
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors

SHAPE, LATENTS, EPOCHS, BATCH_SIZE = (28, 28, 1), 8, 10, 100
BETAS, COPIED, SIZES = (1.0, 4.0, 10.0), (25, 50, 100), (100, 200, 500, 1000, 2000)


def silhouettes():
    """Fashion-MNIST with two values per pixel: 1 where it is brighter than a fifth of white, else 0."""
    clothes = ae.data.load("fashion_mnist")
    splits = ("train", "val", "test")
    return replace(clothes, **{f"x_{s}": (getattr(clothes, f"x_{s}") > 0.2).astype("float32") for s in splits})


def train(x, seed, beta=1.0, latents=LATENTS, epochs=EPOCHS):
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder(SHAPE, 2 * latents)
    model = ae.BetaVAE(encoder, ae.networks.dense_decoder(latents, SHAPE), beta=beta)
    steps = epochs * -(-len(x) // BATCH_SIZE)
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, steps)))
    model.fit(x, epochs=epochs, batch_size=BATCH_SIZE, verbose=0)
    return model


def few(data, seed, n=100):
    """n training images."""
    return data.x_train[np.random.default_rng(seed).permutation(len(data.x_train))[:n]]


def copies(images, n, seed):
    """n times one of the images, at random."""
    return images[np.random.default_rng(seed).integers(len(images), size=n)]


def fitted(model, data, seed):
    """20 normals, fitted to codes of the training images, one drawn from q(z|x) for each."""
    codes = keras.ops.convert_to_numpy(model.posterior(data.x_train[::3]).sample(seed=ae.distributions.next_seed(seed)))
    return GaussianMixture(20, random_state=seed).fit(codes.astype(float))


def drawn_from_fitted(model, data, n, seed):
    """n images as by `drawn`, with codes from the fitted normals."""
    z = fitted(model, data, seed).sample(n)[0]
    p = in_batches(model.decode, z.astype("float32"))
    return (np.random.default_rng(seed).random(p.shape) < p).astype("float32")


def frechet_at(n, first, second, repeats=10):
    """The mean Fréchet distance of n rows of each set, over several choices of rows."""
    rng = np.random.default_rng(n)
    pairs = [(rng.permutation(first)[:n], rng.permutation(second)[:n]) for _ in range(repeats)]
    return np.mean([frechet_distance(*pair) for pair in pairs[: 1 if n == len(first) == len(second) else repeats]])


def compared(made, real):
    """Generated and real features: Fréchet distances against n, extrapolated; precision and recall."""
    sizes = [n for n in SIZES if n <= min(len(made), len(real))]
    distances = {f"n={n}": frechet_at(n, made, real) for n in sizes}
    both = precision_recall(real[:1000], made[:1000])._asdict()
    return distances | {"extrapolated": frechet_extrapolated(made, real).distance} | both


def shuffled(images, seed=0):
    return images[np.random.default_rng(seed).permutation(len(images))]


def distances(points, images):
    """From each point to the nearest of the images."""
    flat = (np.reshape(a, (len(a), -1)) for a in (images, points))
    return NearestNeighbors(n_neighbors=1).fit(next(flat)).kneighbors(next(flat))[0][:, 0]


def share_closer(points, trained_on, held_out):
    """The share of points closer to a training image than to any held-out one; a tie counts one half."""
    apart = distances(points, trained_on) - distances(points, held_out)
    return float(np.mean((apart < 0) + 0.5 * (apart == 0)))


def memoriser(images, seed):
    """A VAE trained on a few images until it knows them."""
    return train(images, seed, beta=0.1, latents=16, epochs=600)


def closeness(points, data, judge, seed):
    """`share_closer` for the images that the copier of 100 and the memoriser know, by pixels and by features."""
    sets = points[:500], few(data, seed), data.x_val[::10]
    return {
        "by pixels": share_closer(*sets),
        "by features": share_closer(*(features(judge, images) for images in sets)),
    }


def row(model, judge, data, seed):
    """One line of the table for a trained model."""
    sets = [way(model, 2000, 0) for way in (drawn, rounded)] + [drawn_from_fitted(model, data, 2000, 0)]
    real, *made = np.split(features(judge, np.concatenate([shuffled(data.x_test), *sets])), 4)
    bounds = {f"K={k}": nats(model, data.x_test[::8], k).mean() for k in (1, 50, 500)}
    other = {"rounded": frechet_distance(made[1], real), "20 normals": frechet_distance(made[2], real)}
    return bounds | compared(made[0], real) | other | closeness(sets[0], data, judge, seed)


def make_rows(data, judge, seeds):
    """Rows of clothes.csv, as they are done."""
    real = features(judge, shuffled(data.x_test))
    for name, images in {"validation images": data.x_val, "training images": few(data, 0, 2000)}.items():
        yield {"model": name, "seed": 0, **compared(features(judge, shuffled(images)), real)}
    for known, seed in product(COPIED, range(seeds)):
        images = copies(few(data, seed, known), 2000, seed)
        found = compared(features(judge, images), real) | closeness(images, data, judge, seed)
        yield {"model": f"copier of {known}", "seed": seed, **found}
    for beta, seed in product(BETAS, range(seeds)):
        yield {"model": f"beta {beta:g}", "seed": seed, **row(train(data.x_train, seed, beta), judge, data, seed)}
    for seed in range(seeds):
        yield {"model": "memoriser", "seed": seed, **row(memoriser(few(data, seed), seed), judge, data, seed)}


def main(seeds):
    data = silhouettes()
    judge, rows = train_classifier(data), []
    for line in make_rows(data, judge, seeds):
        rows.append(line)
        print(line, flush=True)
    pd.DataFrame(rows).round(4).to_csv(Path(__file__).parent / "clothes.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
