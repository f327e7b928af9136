"""Makes clothes.csv, the table of lesson 12 about models of silhouettes: Fashion-MNIST in black and white.

    python clothes.py [SEEDS]      (default 5; about 6 minutes on one CPU core)

The models: VAEs that differ only in beta; a VAE trained on 100 images until it knows them; copiers, which draw one of a
few training images at random; real images. Of each, bounds on log p(x) with K samples, in nats per image, the mean of
250 test images; the Fréchet distance to the test images against the number n of images of either kind (below 2000, the
mean of 10,000 / n choices of n), and extrapolated; precision and recall with 1000 images each and k = 3. Pixels are
drawn; the distance is there for rounded ones, too, for codes from 20 normals fitted to the codes of training images,
and for codes of validation images. "gain": by how many nats the bound rises (K = 100) with the 20 normals as the prior.
"by pixels" and "by features": the share of 500 images closer to one of 100 training images (all those that the
memoriser knows) than to any of 100 held-out ones. At the end, trainings of 40 epochs in place of 10, and K = 5000.
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
from autoencoders_edu.diagnostics import in_batches
from autoencoders_edu.metrics.classifier import features, train_classifier
from autoencoders_edu.metrics.generation import frechet_distance, frechet_extrapolated, precision_recall
from contenders import drawn, nats, rounded
from scipy.special import logsumexp
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


def drawn_from(model, z, seed=0):
    """An image for each code, with pixels drawn."""
    p = in_batches(model.decode, np.asarray(z, "float32"))
    return (np.random.default_rng(seed).random(p.shape) < p).astype("float32")


def gain(model, x, normals, samples=100):
    """By how many nats the bound of each image rises if the fitted normals replace the prior."""
    bounds = []
    for batch in np.array_split(x, -(-len(x) // 50)):
        q = model.posterior(batch)
        z = q.sample(samples, seed=ae.distributions.next_seed(0))
        flat = keras.ops.reshape(z, (-1, z.shape[-1]))
        log_p = model.likelihood(flat).log_prob(np.concatenate([batch] * samples)) + model.prior.log_prob(flat)
        log_w = np.asarray(keras.ops.reshape(log_p, (samples, -1)) - q.log_prob(z), float)
        change = normals.score_samples(np.asarray(flat, float)) - np.asarray(model.prior.log_prob(flat), float)
        bounds.append(logsumexp(log_w + change.reshape(log_w.shape), axis=0) - logsumexp(log_w, axis=0))
    return np.concatenate(bounds)


def frechet_at(n, first, second):
    """The mean Fréchet distance of n rows of each set, over 10,000 / n choices of rows."""
    if n == len(first) == len(second):
        return frechet_distance(first, second)
    rng = np.random.default_rng(n)
    pairs = ((rng.permutation(first)[:n], rng.permutation(second)[:n]) for _ in range(10_000 // n))
    return np.mean([frechet_distance(*pair) for pair in pairs])


def compared(made, real):
    """Generated and real features: Fréchet distances against n, extrapolated; precision and recall."""
    sizes = [n for n in SIZES if n <= min(len(made), len(real))]
    distances = {f"n={n}": frechet_at(n, made, real) for n in sizes}
    both = precision_recall(real[:1000], made[:1000])._asdict()
    fits = [frechet_extrapolated(made, real, seed=seed).distance for seed in range(5)]
    return distances | {"extrapolated": np.mean(fits)} | both


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


def row(model, judge, data, seed, samples=(1, 50, 500)):
    """One line of the table for a trained model."""
    normals, x = fitted(model, data, seed), data.x_test[::8]
    of_new = model.posterior(data.x_val).sample(2, seed=ae.distributions.next_seed(seed))
    sets = [drawn(model, 2000, 0), rounded(model, 2000, 0), drawn_from(model, normals.sample(2000)[0])]
    sets.append(drawn_from(model, keras.ops.reshape(of_new, (2000, -1))))
    real, *made = np.split(features(judge, np.concatenate([shuffled(data.x_test), *sets])), 5)
    bounds = {f"K={k}": nats(model, x, k).mean() for k in samples}
    names = ("rounded", "20 normals", "new codes")
    other = {name: frechet_distance(cloud, real) for name, cloud in zip(names, made[1:], strict=True)}
    other |= {"KL": ae.diagnostics.collapse_report(model, x).kl, "gain": gain(model, x, normals).mean()}
    of_rounded = {f"{how}, rounded": share for how, share in closeness(sets[1], data, judge, seed).items()}
    return bounds | compared(made[0], real) | other | closeness(sets[0], data, judge, seed) | of_rounded


def make_rows(data, judge, seeds):
    """Rows of clothes.csv, as they are done."""
    real = features(judge, shuffled(data.x_test))
    for name, images in {"validation images": data.x_val, "training images": few(data, 0, 2000)}.items():
        yield {"model": name, "seed": 0, **compared(features(judge, shuffled(images)), real)}
    for seed in range(seeds):
        yield {"model": "test images", "seed": seed, **closeness(shuffled(data.x_test), data, judge, seed)}
    for known, seed in product(COPIED, range(seeds)):
        images = copies(few(data, seed, known), 2000, seed)
        found = compared(features(judge, images), real) | closeness(images, data, judge, seed)
        yield {"model": f"copier of {known}", "seed": seed, **found}
    for beta, seed in product(BETAS, range(seeds)):
        yield {"model": f"beta {beta:g}", "seed": seed, **row(train(data.x_train, seed, beta), judge, data, seed)}
    for seed in range(seeds):
        yield {"model": "memoriser", "seed": seed, **row(memoriser(few(data, seed), seed), judge, data, seed)}
    for beta in BETAS[:2]:
        model = train(data.x_train, 0, beta, epochs=40)
        yield {"model": f"beta {beta:g}, long", "seed": 0, **row(model, judge, data, 0, (1, 50, 500, 5000))}


def main(seeds):
    data = silhouettes()
    write(Path(__file__).parent / "clothes.csv", make_rows(data, train_classifier(data), seeds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
