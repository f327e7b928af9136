"""Makes codes.csv, a table of lesson 4: what a linear classifier reads from the code after 100 labels.

    python codes.py [SEEDS]      (default 3; about two CPU minutes per seed)

A dense autoencoder learns from all training images, without labels, and with several corruptions from weak to strong.
Then the probe sees 100 of them with labels, in ten draws that are the same for every model. Beside the codes: pixels,
PCA, and the same encoder with the random weights it started from.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, MARKERS, STYLES
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

LABELS, DRAWS = 100, 10
CORRUPTIONS = {
    "Gaussian": (ae.corruption.GaussianNoise, (0.1, 0.3, 0.6, 1.2)),
    "pixel dropout": (ae.corruption.PixelDropout, (0.2, 0.5, 0.8)),
    "block": (ae.corruption.BlockMasking, (0.25, 0.5, 0.75)),  # the block's side, as a share of the image's
}
SIZES = {("digits", 256): 40, ("fashion_mnist", 256): 8}  # (data, code): epochs


def load(name):
    """Training images and labels, then those to be judged on."""
    data = ae.data.load(name)
    if name == "digits":  # so few that the validation images are needed, too; nothing is chosen here
        return (
            data.x_train,
            data.y_train,
            np.concatenate([data.x_val, data.x_test]),
            np.concatenate([data.y_val, data.y_test]),
        )
    return data.x_train[:4000], data.y_train[:4000], data.x_test, data.y_test


def make(shape, code, corruption=None, strength=None, seed=0):
    """A compiled autoencoder whose hidden layers have 256 units."""
    keras.utils.set_random_seed(seed)
    pair = ae.networks.dense_encoder(shape, code, (256,)), ae.networks.dense_decoder(code, shape, (256,))
    if corruption is None:
        model = ae.Autoencoder(*pair)
    else:
        size = round(strength * shape[0]) if corruption == "block" else strength
        model = ae.DenoisingAutoencoder(*pair, CORRUPTIONS[corruption][0](size))
    model.compile(keras.optimizers.Adam(2e-3), "mse")
    return model


def probe(codes, y, test_codes, y_test, draws=DRAWS):
    """Accuracy after 100 labels, the mean over the draws: features standardised, and all divided by one number."""
    accuracies = []
    for draw in range(draws):
        chosen = np.random.default_rng(draw).choice(len(codes), LABELS, replace=False)
        seen = codes[chosen]
        own = ae.metrics.probes.linear_probe(seen, y[chosen], test_codes, y_test)
        shared = LogisticRegression(max_iter=2000).fit(seen / seen.std(), y[chosen])
        accuracies.append((own, shared.score(test_codes / seen.std(), y_test)))
    return dict(zip(("standardised", "one scale"), np.mean(accuracies, axis=0).round(4).tolist(), strict=True))


def codes_of(model, *images):
    return [keras.ops.convert_to_numpy(model.encode(x)) for x in images]


def baselines(name, code, seed):
    """The probe on pixels, on PCA, and on the untrained code."""
    x, y, x_test, y_test = load(name)
    flat, flat_test = x.reshape(len(x), -1), x_test.reshape(len(x_test), -1)
    pca = PCA(32, random_state=0).fit(flat)
    codes, test_codes = codes_of(make(x.shape[1:], code, seed=seed), x, x_test)
    return {
        "pixels": probe(flat, y, flat_test, y_test),
        "PCA, 32 numbers": probe(pca.transform(flat), y, pca.transform(flat_test), y_test),
        "random weights": probe(codes, y, test_codes, y_test),
    }


def row(name, code, corruption, strength, seed):
    """The probe on the code of one trained model."""
    x, y, x_test, y_test = load(name)
    model = make(x.shape[1:], code, corruption, strength, seed)
    model.fit(x, x, batch_size=64, epochs=SIZES[name, code], verbose=0)
    codes, test_codes = codes_of(model, x, x_test)
    return probe(codes, y, test_codes, y_test)


def plot_codes(table):
    """Accuracy by strength, means and spreads over seeds: a curve for each corruption, a line for each baseline."""
    figure, axes = plt.subplots(1, 2, figsize=(7.6, 3.1))
    groups = table.groupby(["data", "corruption", "strength"], sort=False)["one scale"]
    mean, spread = groups.mean(), groups.std()
    for ax, (data, title) in zip(axes, {"digits": "Digits", "fashion_mnist": "Clothes"}.items(), strict=True):
        for index, kind in enumerate(CORRUPTIONS):
            at = np.arange(len(mean[data, kind])) + 1 + 0.05 * index
            style = {"color": COLOURS[index], "linestyle": STYLES[index], "marker": MARKERS[index]}
            ax.errorbar(at, mean[data, kind], spread[data, kind], label=kind, capsize=3, **style)
        for index, kind in enumerate(("none", "pixels", "PCA, 32 numbers", "random weights")):
            style = {"color": "grey" if index else "black", "linestyle": STYLES[index], "linewidth": 1.2}
            ax.axhline(mean[data, kind].item(), label="no corruption" if kind == "none" else kind, **style)
        ax.set(xlabel="strength, from weak to strong", ylabel="accuracy (one scale)", title=title, xticks=[1, 2, 3, 4])
        ax.spines[["top", "right"]].set_visible(False)
    axes[1].legend(frameon=False, fontsize=8, bbox_to_anchor=(1, 1), loc="upper left")
    return figure


def main(seeds):
    todo = [(None, None)] + [(kind, s) for kind, (_, strengths) in CORRUPTIONS.items() for s in strengths]
    rows = []
    for seed in range(seeds):
        for name, code in SIZES:
            same = {"data": name, "code": code, "seed": seed}
            for what, found in baselines(name, code, seed).items():
                rows.append({**same, "corruption": what, "strength": 0, **found})
            for corruption, strength in todo:
                found = row(name, code, corruption, strength, seed)
                rows.append({**same, "corruption": corruption or "none", "strength": strength or 0, **found})
                print(rows[-1], flush=True)
                keras.backend.clear_session(free_memory=True)
        pd.DataFrame(rows).to_csv(Path(__file__).parent / "codes.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
