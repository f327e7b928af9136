"""Makes phases.csv and directions.csv, the tables of lesson 5 about superposition.

    python toys.py [SEEDS]      (default 3; about two minutes per seed on two CPU cores, and one for the phases)

phases.csv: two features, one number to keep them in; what a small model does, with its ReLU and without, for features
that are active more or less often and for a second one that matters more or less than the first. directions.csv: data
that are sums of a few of 64 known directions in 32 dimensions; how well sparse autoencoders find these, beside a random
dictionary, data points, PCA and ICA.
"""

import sys
import warnings
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, MARKERS
from frontier import compiled, fit, make, start_as_transposes
from sklearn.decomposition import PCA, FastICA
from sklearn.exceptions import ConvergenceWarning

DENSITIES = np.geomspace(0.02, 1, 12).round(3)
IMPORTANCES = np.geomspace(0.1, 10, 11).round(3)
RESTARTS = 4
DIMS, TRUE, WIDTH, N = 32, 64, 128, 20_000
ACTIVE = (1, 2, 4, 8, 16)  # of the 64, on average


def draw_features(density, shape, rng):
    """Features x (models, batch, features): uniform between 0 and 1 where active, which is this share of the time."""
    return rng.uniform(size=shape) * (rng.uniform(size=shape) < density[:, None, None])


def output(w, b, x, relu=True):
    """What the toy makes of features x: W^T W x + b, then a ReLU. w (models, features, hidden); also h = W x."""
    h = x @ w
    y = h @ w.swapaxes(1, 2) + b[:, None]
    return (np.maximum(y, 0) if relu else y), h


def gradients(w, b, x, importance, relu):
    """Of the loss, mean over examples of sum_i importance_i (y_i - x_i)^2, with respect to w and b."""
    y, h = output(w, b, x, relu)
    g = 2 * importance[:, None] * (y - x) / x.shape[1]
    g = g * (y > 0) if relu else g
    return g.swapaxes(1, 2) @ h + x.swapaxes(1, 2) @ (g @ w), g.sum(axis=1)


def train_toys(density, importance, hidden, relu=True, steps=3000, batch=256, seed=0):
    """Many toys at once, by Adam with a rate that falls to 0.

    Args:
        density: (models,), the share of examples in which a feature is active.
        importance: (models, features), the weight of each feature's squared error.
        hidden: numbers that the features have to pass through.

    Returns:
        w (models, features, hidden): row i of a model is the direction of feature i. And b (models, features).
    """
    rng = np.random.default_rng(seed)
    models, features = importance.shape
    values = [rng.normal(0, 0.5, (models, features, hidden)), np.zeros((models, features))]
    slow, square = ([np.zeros_like(value) for value in values] for _ in range(2))
    for step in range(1, steps + 1):
        x = draw_features(density, (models, batch, features), rng)
        for value, g, m, v in zip(values, gradients(*values, x, importance, relu), slow, square, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            rate = 0.02 * (1 - step / steps)
            value -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-10)
    return values


def kind(w):
    """What one model with two features and one number does with its directions w (2,)."""
    kept = np.abs(w) > 0.5
    if kept.all():
        return "both, opposite" if w[0] * w[1] < 0 else "both, same way"
    return "neither" if not kept.any() else "the first alone" if kept[0] else "the second alone"


def phases(relu):
    """Rows of phases.csv: of several models for each pair of density and importance, the one with the least loss."""
    grid = [(p, i) for p in DENSITIES for i in IMPORTANCES]
    density, second = np.array([pair for pair in grid for _ in range(RESTARTS)]).T
    importance = np.stack([np.ones_like(second), second], axis=1)
    w, b = train_toys(density, importance, 1, relu)
    x = draw_features(density, (len(density), 20_000, 2), np.random.default_rng(1))
    loss = np.mean(np.sum(importance[:, None] * (output(w, b, x, relu)[0] - x) ** 2, axis=2), axis=1)
    rows = []
    for index, (p, i) in enumerate(grid):
        best = index * RESTARTS + loss[index * RESTARTS : (index + 1) * RESTARTS].argmin()
        rows.append({"relu": relu, "density": p, "importance": i, "kind": kind(w[best, :, 0]), "loss": loss[best]})
    return rows


def plot_pair(first, second, ax):
    """Two features that share a line, opposite ways, and what comes back of them."""
    h = first - second
    x, y = np.array([first, second]), np.maximum([h, -h], 0)
    ax.bar([0, 1], x, 0.35, color=COLOURS[0], label="feature")
    ax.bar([0.4, 1.4], y, 0.35, color=COLOURS[1], hatch="//", label="what comes back")
    ax.set_xticks([0.2, 1.2], ["first", "second"])
    ax.set(ylim=(0, 1.05), title=f"h = {h:.2f}, squared error {np.sum((x - y) ** 2):.2f}", ylabel="activity")
    return ax


LOOKS = {  # colour and mark of each kind
    "neither": ("#FFFFFF", ""),
    "the first alone": (COLOURS[5], "1"),
    "the second alone": (COLOURS[2], "2"),
    "both, same way": (COLOURS[3], "="),
    "both, opposite": (COLOURS[4], "±"),
}


def plot_phases(table, ax):
    """One square for each density and importance, in the colour of what the toy does there."""
    for name, (colour, mark) in LOOKS.items():
        at = table[table.kind == name]
        ax.scatter(at.density, at.importance, 150, colour, "s", edgecolors="grey", linewidths=0.5, label=name)
        for density, importance in zip(at.density, at.importance, strict=True):
            ax.text(density, importance, mark, ha="center", va="center", fontsize=7)
    ax.set(xscale="log", yscale="log", xlabel="density p (share of examples)")
    return ax


def known_directions(active, seed):
    """Data (N, 32), and the 64 true directions (64, 32) that they are sums of."""
    rng = np.random.default_rng(seed)
    true = rng.normal(size=(TRUE, DIMS))
    true /= np.linalg.norm(true, axis=1, keepdims=True)
    return (draw_features(np.array([active / TRUE]), (1, N, TRUE), rng)[0] @ true).astype("float32"), true


def mean_max_cosine(true, found):
    """For each true direction the largest cosine with any that was found; their mean.

    Args:
        true, found: (n, dims) and (m, dims), of any length.
    """
    unit = [d / np.maximum(np.linalg.norm(d, axis=1, keepdims=True), 1e-12) for d in (true, found)]
    return (unit[0] @ unit[1].T).max(axis=1).mean()


def train_dictionary(sparsity, x, seed, width=WIDTH, epochs=25, transposes=False):
    """A sparse autoencoder for vectors x (n, dims), and its directions (width, dims)."""
    keras.utils.set_random_seed(seed)
    model = compiled(make(sparsity, x.shape[1:], width))
    if transposes:
        start_as_transposes(model)
    fit(model, x, epochs, seed, batch_size=256)
    return model, keras.ops.convert_to_numpy(model.decoder.layers[1].kernel)


def plot_recovery(by_method):
    """Mean max cosine against active directions: autoencoders in colour, baselines in grey."""
    _, ax = plt.subplots(figsize=(7, 4.2))
    greys = dict(zip(("random", "data points", "PCA", "ICA"), (":", "--", "-.", "-"), strict=True))
    for name, style in greys.items():
        ax.plot(by_method.index, by_method[name], color="dimgrey", linestyle=style, label=name)
    for index, name in enumerate(name for name in by_method if name not in greys):
        style = {"color": COLOURS[index], "marker": MARKERS[index], "linewidth": 1}
        ax.plot(by_method.index, by_method[name], label=name, **style)
    ax.set(xscale="log", xlabel="directions active per example, of 64", ylabel="mean max cosine (1: all found)")
    ax.set_xticks(list(by_method.index), list(by_method.index))
    ax.minorticks_off()
    ax.set_title("Known directions, means of 3 seeds")
    ax.legend(frameon=False, fontsize=8, bbox_to_anchor=(1, 1))
    return ax


def both_ways(components):
    """PCA and ICA leave a direction's sign open, so both signs may count."""
    return np.concatenate([components, -components])


def ica(x, seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is a baseline, as far as it gets in so many steps
        found = FastICA(DIMS, whiten="unit-variance", max_iter=200, random_state=seed).fit(x)
    return both_ways(found.mixing_.T)


def autoencoders(active):
    """Each with whether its encoder starts as transposes. All TopK but one know how many are active on average."""
    return {
        "L1, 0.003": (ae.sparsity.L1(0.003), False),
        "L1, 0.01": (ae.sparsity.L1(0.01), False),
        "TopK": (ae.sparsity.TopK(active), False),
        "TopK, k = 8": (ae.sparsity.TopK(8), False),
        "TopK, transposed start": (ae.sparsity.TopK(active), True),
    }


def dictionaries(x, active, seed):
    """Directions found in data x by each method."""
    rng = np.random.default_rng([seed, 1])  # not `seed` alone: it would draw the true directions once more
    found = {
        "random": rng.normal(size=(WIDTH, DIMS)),
        "data points": x[np.linalg.norm(x, axis=1) > 0][:WIDTH],
        "PCA": both_ways(PCA(DIMS).fit(x).components_),
        "ICA": ica(x, seed),
    }
    for name, (sparsity, transposes) in autoencoders(active).items():
        found[name] = train_dictionary(sparsity, x, seed, transposes=transposes)[1]
    return found


def recovery(seeds):
    """Rows of directions.csv."""
    rows = []
    for seed in range(seeds):
        for active in ACTIVE:
            x, true = known_directions(active, seed)
            scores = {name: mean_max_cosine(true, d) for name, d in dictionaries(x, active, seed).items()}
            rows += [{"active": active, "seed": seed, "method": m, "cosine": round(c, 4)} for m, c in scores.items()]
            print(active, seed, scores, flush=True)
            keras.backend.clear_session(free_memory=True)
    return rows


def main(seeds):
    here = Path(__file__).parent
    pd.DataFrame(recovery(seeds)).to_csv(here / "directions.csv", index=False)
    pd.DataFrame(phases(True) + phases(False)).round(5).to_csv(here / "phases.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
