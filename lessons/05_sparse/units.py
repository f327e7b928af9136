"""Makes units.csv, the table of lesson 5 about the units of a classifier and of sparse autoencoders on them.

    python units.py [SEEDS]      (default 3; about a minute per seed on two CPU cores)

Sparse autoencoders are trained on the 64 activations of the course's small classifier of clothes. Every unit is judged
by the same rule (`judge`), and so are the classifier's own units, random directions, data points as directions, PCA,
autoencoders trained on normally distributed numbers in place of the activations, and all that on a classifier that was
never trained.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.metrics.classifier import features, make_classifier, train_classifier
from sklearn.decomposition import PCA
from toys import both_ways, train_dictionary

WIDTH, K, EPOCHS = 256, 8, 40
TOP, PURE, RARE = 50, 0.8, 10


def top_classes(z, labels, top=TOP):
    """For each unit the most common class of its `top` most active examples, and the share of these that have it.

    Args:
        z: activities (n, units); examples in which a unit is not active (0 or less) do not count.
        labels: (n,), integers.

    Returns:
        classes (units,), shares (units,), and counts (units,): how many examples were looked at. Share 0 for none.
    """
    found = []
    for unit in z.T:
        best = np.argsort(-unit, kind="stable")[:top]
        best = best[unit[best] > 0]
        votes = np.bincount(labels[best], minlength=labels.max() + 1)
        found.append((votes.argmax(), votes.max() / max(len(best), 1), len(best)))
    classes, shares, counts = map(np.array, zip(*found, strict=True))
    return classes, shares, counts


def seen(activity, data, top=TOP):
    """The classes of the validation images for which one unit's activity (n,) is largest, in words."""
    best = [image for image in np.argsort(-activity)[:top] if activity[image] > 0]
    found = pd.Series([data.class_names[data.y_val[image]] for image in best]).value_counts()
    return ", ".join(f"{count} {name}" for name, count in found.head(5).items())


def signed(directions):
    """Directions (n, 64) as pictures: grey for 0, white for ink that is added, black for ink that is taken away."""
    return 0.5 + 0.5 * directions.reshape(-1, 8, 8) / np.abs(directions).max(axis=1)[:, None, None]


def judge(z_val, z_test, data):
    """The verdict on each unit: "interpretable", "mixed" or "dead". The rule, written before any unit was looked at:

    dead: active for fewer than 10 of the 1,000 validation images. Interpretable: at least 80 % of the 50 validation
    images that activate it most (of all, where fewer do) have one class, and so have its top 50 test images, the same
    class. Mixed: all others.
    """
    (class_val, pure_val, _), (class_test, pure_test, _) = (
        top_classes(z, labels) for z, labels in ((z_val, data.y_val), (z_test, data.y_test))
    )
    selective = (pure_val >= PURE) & (pure_test >= PURE) & (class_val == class_test)
    gone = np.sum(z_val > 0, axis=0) < RARE
    return np.where(gone, "dead", np.where(selective, "interpretable", "mixed"))


def activations(classifier, data):
    """The 64 activations for training, validation and test images, with a mean square of 1 on training images."""
    parts = [features(classifier, x) for x in (data.x_train, data.x_val, data.x_test)]
    scale = np.sqrt(np.mean(parts[0] ** 2))
    return [part / scale for part in parts]


def in_place_of(model, classifier, data):
    """What is kept when 8 numbers stand in for the 64 activations: a table of variance and of test accuracy."""
    a_train, _, a = activations(classifier, data)
    mean, axes = a_train.mean(axis=0), PCA().fit(a_train).components_
    numbers = (a - mean) @ axes.T
    eighth = np.sort(np.abs(numbers), axis=1)[:, [-K]]
    drawn = {
        "all 64": a,
        "TopK": keras.ops.convert_to_numpy(model.reconstruct(a)),
        "PCA, first 8": mean + numbers[:, :K] @ axes[:K],
        "PCA, best 8 per image": mean + np.where(np.abs(numbers) >= eighth, numbers, 0) @ axes,
    }
    kernel, bias = classifier.get_layer("logits").get_weights()
    scale = np.sqrt(np.mean(features(classifier, data.x_train) ** 2))
    rows = {}
    for name, x in drawn.items():
        right = np.argmax(scale * x @ kernel + bias, axis=1) == data.y_test
        kept = 1 - np.mean((a - x) ** 2) / a.var(axis=0).mean()
        rows[name] = {"variance kept": kept, "classifier's test accuracy": right.mean()}
    return pd.DataFrame(rows).T


def projections(directions):
    """Units that look along given directions from the mean, with a ReLU: a function from activations to activities."""
    return lambda a, mean: np.maximum((a - mean) @ directions.T, 0)


def normal_like(a, rng):
    """Normally distributed numbers with the mean and covariance of activations a, cut off at 0 as these are."""
    return np.maximum(rng.multivariate_normal(a.mean(axis=0), np.cov(a.T), len(a)), 0).astype("float32")


def train_on(a, seed, sparsity=None, transposes=True):
    """A sparse autoencoder on activations a, with TopK unless told otherwise. Most units die unless `transposes`."""
    return train_dictionary(sparsity or ae.sparsity.TopK(K), a, seed, WIDTH, EPOCHS, transposes)[0]


def makers(a, seed):
    """What is judged: functions from activations and their training mean to activities (n, units)."""
    rng = np.random.default_rng(seed)
    encode = {
        "TopK": train_on(a, seed).encode,
        "L1": train_on(a, seed, ae.sparsity.L1(0.01)).encode,
        "TopK, usual start": train_on(a, seed, transposes=False).encode,
        "TopK on normal numbers": train_on(normal_like(a, rng), seed).encode,
    }
    found = {name: lambda x, _, f=f: keras.ops.convert_to_numpy(f(x)) for name, f in encode.items()}
    found["its own units"] = lambda x, _: x
    found["random directions"] = projections(rng.normal(size=(WIDTH, a.shape[1])))
    found["data points"] = projections(a[rng.choice(len(a), WIDTH, replace=False)] - a.mean(axis=0))
    found["PCA, both ways"] = projections(both_ways(PCA().fit(a).components_))
    return found


def rows_of(name, classifier, data, seed):
    """Rows of units.csv for one classifier."""
    a_train, a_val, a_test = activations(classifier, data)
    mean, rows = a_train.mean(axis=0), []
    for units, look in makers(a_train, seed).items():
        z_val, z_test = look(a_val, mean), look(a_test, mean)
        verdict = judge(z_val, z_test, data)
        counts = {v: int(np.sum(verdict == v)) for v in ("interpretable", "mixed", "dead")}
        selective = top_classes(z_val, data.y_val)[0][verdict == "interpretable"]
        more = {"active": float(np.sum(z_val > 0, axis=1).mean()), "classes": len(set(selective.tolist()))}
        rows.append({"classifier": name, "units": units, "seed": seed, **counts, **more})
        print(rows[-1], flush=True)
    return rows


def main(seeds):
    data = ae.data.load("fashion_mnist")
    trained, untrained = train_classifier(data), make_classifier((28, 28, 1), 10)
    rows = []
    for seed in range(seeds):
        rows += rows_of("trained", trained, data, seed) + rows_of("untrained", untrained, data, seed)
        pd.DataFrame(rows).round(2).to_csv(Path(__file__).parent / "units.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
