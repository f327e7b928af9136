"""Makes units.csv, splits.csv and selective.csv, the tables of lesson 5 about what units respond to.

    python units.py [SEEDS]      (default 3; about two minutes per seed on two CPU cores)

units.csv: sparse autoencoders are trained on the 64 activations of the course's small classifier of clothes. Every unit
is judged by the same rule (`judge`), and so are the classifier's own units, random directions, data points and centres
of k-means as directions, PCA, autoencoders trained on normally distributed numbers in place of the activations, and all
that on a classifier that was never trained. Other thresholds are there, too. splits.csv: whether a sparse autoencoder
splits the classifier's mixed units into interpretable ones. selective.csv: a simpler rule for digits.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.metrics.classifier import features, make_classifier, train_classifier
from frontier import code_of, make, search, start_as_transposes, train
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from toys import both_ways, train_dictionary

WIDTH, K, EPOCHS = 256, 8, 40
TOP, PURE, RARE = 50, 0.8, 10
OTHERS = [(top, pure) for top in (20, 50, 100) for pure in (0.6, 0.8, 0.9)]  # other thresholds, to see what they change


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


def signed(directions):
    """Directions (n, 64) as pictures: grey for 0, white for ink that is added, black for ink that is taken away."""
    return 0.5 + 0.5 * directions.reshape(-1, 8, 8) / np.abs(directions).max(axis=1)[:, None, None]


def judge(z_val, z_test, data, top=TOP, pure=PURE):
    """The verdict on each unit: "interpretable", "mixed" or "dead". The rule, written before any unit was looked at:

    dead: active for fewer than 10 of the 1,000 validation images. Interpretable: at least 80 % of the 50 validation
    images that activate it most (of all, where fewer do) have one class, and so have its top 50 test images, the same
    class. Mixed: all others.
    """
    (class_val, pure_val, _), (class_test, pure_test, _) = (
        top_classes(z, labels, top) for z, labels in ((z_val, data.y_val), (z_test, data.y_test))
    )
    selective = (pure_val >= pure) & (pure_test >= pure) & (class_val == class_test)
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
    points = a_train[np.random.default_rng(0).choice(len(a_train), WIDTH, replace=False)] - mean
    drawn = {
        "all 64": a,
        "TopK": keras.ops.convert_to_numpy(model.reconstruct(a)),
        "PCA, first 8": mean + numbers[:, :K] @ axes[:K],
        "PCA, best 8 per image": mean + np.where(largest(np.abs(numbers)) > 0, numbers, 0) @ axes,
        "data points, 8 by search": mean + search(points, a - mean, K),
    }
    kernel, bias = classifier.get_layer("logits").get_weights()
    scale = np.sqrt(np.mean(features(classifier, data.x_train) ** 2))
    rows = {}
    for name, x in drawn.items():
        right = np.argmax(scale * x @ kernel + bias, axis=1) == data.y_test
        kept = 1 - np.mean((a - x) ** 2) / a.var(axis=0).mean()
        rows[name] = {"variance kept": kept, "classifier's test accuracy": right.mean()}
    return pd.DataFrame(rows).T


def largest(z, k=K):
    """Keeps the k largest of each code, as TopK does."""
    return np.where(z >= np.sort(z, axis=1)[:, [-k]], z, 0)


def projections(directions, k=None):
    """Units that look along given directions from the mean, with a ReLU: a function from activations to activities.

    With k, directions are brought to length 1, and only the k largest activities of each code are kept.
    """
    if k is None:
        return lambda a, mean: np.maximum((a - mean) @ directions.T, 0)
    d = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return lambda a, mean: largest(np.maximum((a - mean) @ d.T, 0), k)


def normal_like(a, rng):
    """Normally distributed numbers with the mean and covariance of activations a. Some are negative, unlike these."""
    return rng.multivariate_normal(a.mean(axis=0), np.cov(a.T), len(a)).astype("float32")


def train_on(a, seed, sparsity=None, transposes=True):
    """A sparse autoencoder on activations a, with TopK unless told otherwise. Most units die unless it `transposes`."""
    start = start_as_transposes if transposes else None
    return train_dictionary(sparsity or ae.sparsity.TopK(K), a, seed, WIDTH, EPOCHS, start)[0]


def makers(a, seed):
    """What is judged: functions from activations and their training mean to activities (n, units)."""
    rng = np.random.default_rng(seed)
    encode = {
        "TopK": train_on(a, seed).encode,
        "L1": train_on(a, seed, ae.sparsity.L1(0.01)).encode,
        "TopK, usual start": train_on(a, seed, transposes=False).encode,
        "TopK on Gaussian noise": train_on(normal_like(a, rng), seed).encode,
    }
    found = {name: lambda x, _, f=f: keras.ops.convert_to_numpy(f(x)) for name, f in encode.items()}
    found["its own units"] = lambda x, _: x
    found["random directions"] = projections(rng.normal(size=(WIDTH, a.shape[1])))
    points = a[rng.choice(len(a), WIDTH, replace=False)] - a.mean(axis=0)
    centres = KMeans(WIDTH, n_init=1, random_state=seed).fit(a).cluster_centers_ - a.mean(axis=0)
    found["data points"], found["data points, k = 8"] = projections(points), projections(points, K)
    found["k-means, k = 8"] = projections(centres, K)
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
        other = {f"{t}, {p}": int(np.sum(judge(z_val, z_test, data, t, p) == "interpretable")) for t, p in OTHERS}
        rows.append({"classifier": name, "units": units, "seed": seed, **counts, **more, **other})
        print(rows[-1], flush=True)
    return rows


def splits(four, verdict, classes, votes):
    """Whether these four directions split a mixed unit. The rule, written before any unit was looked at:

    two or more of them are interpretable, with at least two classes that the mixed unit itself responds to: each has
    at least 5 of its top 50 validation images (`votes`, one count per class).
    """
    return len({c for c in classes[four][verdict[four] == "interpretable"] if votes[c] >= 5}) >= 2


def directions_of(a, seed):
    """What splits.csv compares: for each name directions (units, 64), and a function like those of `makers`."""
    mean, model = a.mean(axis=0), train_on(a, seed)
    points = a[np.random.default_rng(seed).choice(len(a), WIDTH, replace=False)] - mean
    centres = KMeans(WIDTH, n_init=1, random_state=seed).fit(a).cluster_centers_ - mean
    return {
        "TopK": (keras.ops.convert_to_numpy(model.decoder.layers[1].kernel), lambda x, _: code_of(model, x)),
        "data points, k = 8": (points, projections(points, K)),
        "k-means, k = 8": (centres, projections(centres, K)),
    }


def rows_of_splits(classifier, data, seed, draws=20):
    """Rows of splits.csv: for each mixed unit of the classifier the four directions with the largest part along it.

    They are taken from as many living directions as TopK has, since four near neighbours of many are more alike. The
    control is four of these at random.
    """
    a_train, a_val, a_test = activations(classifier, data)
    mixed = np.flatnonzero(judge(a_val, a_test, data) == "mixed")
    votes = [np.bincount(data.y_val[np.argsort(-a_val[:, m], kind="stable")[:TOP]], minlength=10) for m in mixed]
    mean, rng, size = a_train.mean(axis=0), np.random.default_rng([seed, 1]), None
    for units, (d, look) in directions_of(a_train, seed).items():
        z_val, d = look(a_val, mean), d / np.linalg.norm(d, axis=1, keepdims=True)
        verdict, classes = judge(z_val, look(a_test, mean), data), top_classes(z_val, data.y_val)[0]
        living = np.flatnonzero(verdict != "dead")
        size, found = size or len(living), {"largest part": [], "at random": []}  # TopK comes first
        for unit, vote in [pair for pair in zip(mixed, votes, strict=True) for _ in range(draws)]:
            pool = rng.choice(living, size, replace=False)
            for name, four in (("largest part", pool[np.argsort(-d[pool, unit])[:4]]), ("at random", pool[:4])):
                good = np.mean(verdict[four] == "interpretable")
                found[name].append((100 * good, 100 * splits(four, verdict, classes, vote)))
        for name, pairs in found.items():
            shares = dict(zip(("interpretable (%)", "split (%)"), np.mean(pairs, axis=0), strict=True))
            yield {"directions": units, "four": name, "seed": seed, "mixed": len(mixed), "living": size, **shares}


def activities_on_digits(digits, x, seed):
    """Activities (n, units) for images of digits: of sparse autoencoders, and of what they are compared with."""
    flat, flat_train = (images.reshape(len(images), -1) for images in (x, digits.x_train))
    mean, rng = flat_train.mean(axis=0), np.random.default_rng(seed)
    points = flat_train[rng.choice(len(flat_train), WIDTH, replace=False)] - mean
    found = {
        "random directions": projections(rng.normal(size=(WIDTH, 64))),
        "data points": projections(points),
        "data points, k = 16": projections(points, 16),
        "PCA, both ways": projections(both_ways(PCA().fit(flat_train).components_)),
    }
    trained = {name: train(name, strength, digits, seed) for name, strength in (("L1", 0.003), ("TopK", 16))}
    return (
        {name: code_of(model, x) for name, model in trained.items()}
        | {"L1, not trained": code_of(make(ae.sparsity.L1(0.003)), x)}
        | {name: look(flat, mean) for name, look in found.items()}
        | {"single pixels": flat}
    )


def rows_on_digits(seed):
    """Rows of selective.csv: the share of units whose top images mostly show one digit, of those active in as many."""
    digits = ae.data.load("digits")
    x, y = (np.concatenate(pair) for pair in ((digits.x_val, digits.x_test), (digits.y_val, digits.y_test)))
    activities = activities_on_digits(digits, x, seed)
    cases = [(name, z, y) for name, z in activities.items()]
    cases.append(("L1, labels shuffled", activities["L1"], np.random.default_rng(seed).permutation(y)))
    for name, z, labels in cases:
        for top in (10, 20, 40):
            _, share, count = top_classes(z, labels, top)
            share = share[count == top]
            for pure in (0.6, 0.8, 0.9):
                found = {"judged": len(share), "selective (%)": 100 * np.mean(share >= pure)}
                yield {"units": name, "top": top, "pure": pure, "seed": seed, **found}


def main(seeds):
    here = Path(__file__).parent
    rows = [row for seed in range(seeds) for row in rows_on_digits(seed)]
    pd.DataFrame(rows).round(1).to_csv(here / "selective.csv", index=False)
    data = ae.data.load("fashion_mnist")
    trained, untrained = train_classifier(data), make_classifier((28, 28, 1), 10)
    rows = [row for seed in range(seeds) for row in rows_of_splits(trained, data, seed)]
    pd.DataFrame(rows).round(1).to_csv(here / "splits.csv", index=False)
    rows = []
    for seed in range(seeds):
        rows += rows_of("trained", trained, data, seed) + rows_of("untrained", untrained, data, seed)
        pd.DataFrame(rows).round(2).to_csv(here / "units.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
