"""Makes searches.csv, paths.csv, holes.csv and controls.csv, tables of lesson 6 about uses of codes, by several seeds.

    python uses.py [SEEDS]      (default 5; about a minute per seed on two CPU cores)
    python uses.py controls     (controls.csv alone; about a minute)

searches.csv: among the 9,000 training images, the ten closest to each test image, and the share of them that have its
label; and k-means on the test images, scored by the adjusted Rand index. Both in pixels, in PCA's code, in that of the
autoencoder, with each scaled in several ways. paths.csv: how far the images on the way from one test image to another
lie from the nearest training image. holes.csv: codes drawn in several ways, how far they lie from the code of any
training image, and what the decoder makes of them. controls.csv: what else could explain paths.csv and holes.csv
(seeds 0 to 2 of the plain model, seed 0 of the normalised one).
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.diagnostics import in_batches
from autoencoders_edu.metrics.classifier import features, train_classifier
from autoencoders_edu.metrics.generation import frechet_distance
from maps import LATENT_DIM, codes, make, train
from scipy.stats import spearmanr
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import NearestNeighbors

N = 1000  # samples, and test images that they are compared with
FEW = 300  # of them, of which the nearest training image is sought


def rows_of(images):
    return np.asarray(images, float).reshape(len(images), -1)


def drawn(model, z):
    """What the decoder draws for codes z, (n, height, width, 1)."""
    return in_batches(model.decoder, np.asarray(z, "float32"))


def nearest(points, others, k=1):
    """Distances from each point to the k nearest of the others, and their places, (n, k) each."""
    return NearestNeighbors(n_neighbors=k).fit(others).kneighbors(points)


def precision_at(k, queries, labels, gallery, gallery_labels):
    """The share of each query's k nearest in the gallery that have its label, averaged over the queries."""
    _, places = nearest(queries, gallery, k)
    return np.mean(gallery_labels[places] == labels[:, None])


def rand(points, labels, seed):
    """How well k-means with 10 clusters, which sees no labels, agrees with them: the adjusted Rand index."""
    return adjusted_rand_score(labels, KMeans(10, n_init=5, random_state=seed).fit_predict(points))


def whitened(train, test):
    """Both, turned and scaled so that the training codes are uncorrelated, with variance 1 in every direction."""
    pca = PCA(whiten=True).fit(train)
    return pca.transform(train), pca.transform(test)


def spaces(data, model, normalised, seed):
    """From a space's name to the training and the test images in it."""
    pixels = rows_of(data.x_train), rows_of(data.x_test)
    pca = PCA(LATENT_DIM, random_state=0).fit(pixels[0])
    in_pca = tuple(map(pca.transform, pixels))
    z = codes(model, data.x_train), codes(model, data.x_test)
    keras.utils.set_random_seed(seed)
    untrained = make()
    return {
        "pixels": pixels,
        "PCA, 8 numbers": in_pca,
        "PCA, whitened": whitened(*in_pca),
        "z": z,
        "z, whitened": whitened(*z),
        "z, normalised in training": (codes(normalised, data.x_train), codes(normalised, data.x_test)),
        "drawings": tuple(rows_of(drawn(model, each)) for each in z),
        "z, untrained": (codes(untrained, data.x_train), codes(untrained, data.x_test)),
    }


def searches(data, model, normalised, seed):
    """The lines of searches.csv for one seed."""
    return [
        {
            "space": name,
            "seed": seed,
            "precision": precision_at(10, test, data.y_test, train, data.y_train),
            "Rand": rand(test, data.y_test, seed),
        }
        for name, (train, test) in spaces(data, model, normalised, seed).items()
    ]


def pairs(data, seed):
    """Two arrays of N places of test images, in pairs of different classes."""
    rng = np.random.default_rng(seed)
    first = rng.permutation(len(data.x_test))[:N]
    second = np.array([rng.choice(np.flatnonzero(data.y_test != data.y_test[i])) for i in first])
    return first, second


def between(start, end, t):
    return (1 - t) * start + t * end


def path_images(data, model, first, second, t):
    """The images at the place t of each path, t from 0 to 1, for each way to go."""
    start, end = data.x_test[first], data.x_test[second]
    z = codes(model, start), codes(model, end)
    reconstructions = drawn(model, z[0]), drawn(model, z[1])
    return {
        "pixels": between(start, end, t),
        "pixels of drawings": between(*reconstructions, t),
        "z": drawn(model, between(*z, t)),
    }


class Judge:
    """How far images are from real ones, by three measures."""

    def __init__(self, data):
        self.classifier = train_classifier(data)
        self.gallery = rows_of(data.x_train)
        self.gallery_features = features(self.classifier, data.x_train)
        self.real = features(self.classifier, data.x_test[:N])

    def frechet(self, images):
        """Fréchet distance of N images to N test images, on the features of a classifier of the training images."""
        return frechet_distance(features(self.classifier, images), self.real)

    def to_nearest(self, images):
        """The distance of each of FEW images to the nearest training image, root mean square per pixel."""
        images = rows_of(images[:FEW])
        return nearest(images, self.gallery)[0][:, 0] / np.sqrt(images.shape[1])

    def to_nearest_features(self, images):
        """The distance of each of FEW images to the nearest training image, on the classifier's features."""
        return nearest(features(self.classifier, images[:FEW]), self.gallery_features)[0][:, 0]

    def __call__(self, images):
        return {
            "nearest": np.median(self.to_nearest(images)),
            "in features": np.median(self.to_nearest_features(images)),
            "frechet": self.frechet(images),
        }


def paths(data, model, normalised, judge, seed):
    """The lines of paths.csv for one seed."""
    first, second = pairs(data, seed)
    models, rows = {"z": model, "z, normalised in training": normalised}, []
    for t in (0, 0.25, 0.5):
        images = path_images(data, model, first, second, t)
        images["z, normalised in training"] = path_images(data, normalised, first, second, t)["z"]
        for way, x in images.items():
            far = path_holes(data, models[way], first, second, t) if way in models else {}
            rows.append({"path": way, "seed": seed, "t": t, **judge(x), **far})
    same = {"the mean image": data.x_train.mean(axis=0), "all black": np.zeros(data.x_train.shape[1:])}
    for name, image in same.items():
        alike = np.broadcast_to(image, (N, *image.shape)).astype("float32")
        rows.append({"path": name, "seed": seed, "t": np.nan, **judge(alike)})
    return rows


def far_out(points, z, held_out):
    """How far codes lie from the nearest training code z, against held-out codes; and the distances themselves."""
    usual, distance = (nearest(each, z)[0][:, 0] for each in (held_out, points))
    beyond = np.mean(distance > np.quantile(usual, 0.95))
    return {"distance": np.median(distance) / np.median(usual), "beyond": beyond}, distance


def path_holes(data, model, first, second, t):
    """How far the codes at the place t of each path lie from those of training images."""
    start, end, z, held_out = (
        codes(model, x) for x in (data.x_test[first], data.x_test[second], data.x_train, data.x_val)
    )
    return far_out(between(start, end, t), z, held_out)[0]


def draw_codes(z, rng):
    """From a way to draw codes to N of them; z: codes of the training images."""
    mixture = GaussianMixture(20, random_state=int(rng.integers(1000))).fit(z)
    return {
        "N(0, I)": rng.normal(size=(N, z.shape[1])),
        "box": rng.uniform(z.min(axis=0), z.max(axis=0), (N, z.shape[1])),
        "means and stddevs": rng.normal(z.mean(axis=0), z.std(axis=0), (N, z.shape[1])),
        "one normal": rng.multivariate_normal(z.mean(axis=0), np.cov(z, rowvar=False), N),
        "20 normals": rng.permutation(mixture.sample(N)[0]),  # they come sorted by component
    }


def holes(data, name, model, judge, seed):
    """The lines of holes.csv for one model: codes that were drawn, and those of validation images as the floor."""
    z, rng = codes(model, data.x_train), np.random.default_rng(seed)
    held_out, rows = codes(model, data.x_val), []
    for way, points in ({"validation images": held_out} | draw_codes(z, rng)).items():
        (far, distance), images = far_out(points, z, held_out), drawn(model, points)
        far["correlation"] = spearmanr(distance[:FEW], judge.to_nearest(images)).statistic
        rows.append({"model": name, "codes": way, "seed": seed, **far, **judge(images)})
    return rows


def twins(data, first, seed):
    """For each of these places of test images the place of another one of its class."""
    rng, places = np.random.default_rng(seed), np.arange(len(data.y_test))
    return np.array([rng.choice(places[(data.y_test == data.y_test[i]) & (places != i)]) for i in first])


def control_codes(data, model, seed):
    """From a control's name to N codes: the halves of paths, copies, and three of the ways to draw codes."""
    z, z_test = codes(model, data.x_train), codes(model, data.x_test)
    first, second = pairs(data, seed)
    return {
        "halfway": between(z_test[first], z_test[second], 0.5),
        "cross-fade, through the autoencoder": codes(model, between(data.x_test[first], data.x_test[second], 0.5)),
        "halfway, same class": between(z_test[first], z_test[twins(data, first, seed)], 0.5),
        "one training code": np.tile(z[:1], (N, 1)),
        "training codes": z[np.random.default_rng(seed).permutation(len(z))[:N]],
    } | {
        way: x
        for way, x in draw_codes(z, np.random.default_rng(seed)).items()
        if way in ("N(0, I)", "box", "one normal")
    }


def controls(data, name, model, judge, seed):
    """The lines of controls.csv for one model: drawings in holes and elsewhere, and the Fréchet distance's parts."""
    z, held_out = codes(model, data.x_train), codes(model, data.x_val)
    line, rows = np.quantile(nearest(held_out, z)[0][:, 0], 0.95), []
    for control, points in control_codes(data, model, seed).items():
        images = drawn(model, points)
        far, found, hidden = far_out(points, z, held_out)[0], judge(images), features(judge.classifier, images)
        apart, hole = judge.to_nearest_features(images), nearest(points[:FEW], z)[0][:, 0] > line
        for where, here in (("features in holes", hole), ("features elsewhere", ~hole)):
            found[where] = np.median(apart[here]) if here.any() else np.nan
        found["means apart"] = np.sum((hidden.mean(axis=0) - judge.real.mean(axis=0)) ** 2)
        found["variance"] = hidden.var(axis=0).sum() / judge.real.var(axis=0).sum()
        rows.append({"model": name, "control": control, "seed": seed, **far, **found})
    return rows


def main_controls():
    data, here, rows = ae.data.load("fashion_mnist"), Path(__file__).parent, []
    judge = Judge(data)
    for name, seed in (("plain", 0), ("normalised", 0), ("plain", 1), ("plain", 2)):
        rows += controls(data, name, train(data, seed, name == "normalised"), judge, seed)
        pd.DataFrame(rows).round(4).to_csv(here / "controls.csv", index=False)


def main(seeds):
    data, here = ae.data.load("fashion_mnist"), Path(__file__).parent
    judge = Judge(data)
    found = {"searches": [], "paths": [], "holes": []}
    found["holes"].append({"model": "none", "codes": "real images", "seed": 0, **judge(data.x_val)})
    for seed in range(seeds):
        model, normalised = train(data, seed), train(data, seed, normalised=True)
        found["searches"] += searches(data, model, normalised, seed)
        found["paths"] += paths(data, model, normalised, judge, seed)
        found["holes"] += holes(data, "plain", model, judge, seed)
        found["holes"] += holes(data, "normalised", normalised, judge, seed)
        for name, rows in found.items():
            table = pd.DataFrame(rows).round(4)
            table.to_csv(here / f"{name}.csv", index=False)
            print(table[table.seed == seed].to_string(), flush=True)
    main_controls()


if __name__ == "__main__":
    main_controls() if sys.argv[1:] == ["controls"] else main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
