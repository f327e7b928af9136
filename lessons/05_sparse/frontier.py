"""Makes frontier.csv and dead.csv, the tables of lesson 5 about digits.

    python frontier.py [SEEDS]      (default 3; about two minutes per seed on two CPU cores)

A linear map from 64 pixels to a code of 256 units, and a linear map back. frontier.csv: L1, KL and TopK from weak to
strong; for each the test error, how many units are active per image, the share of dead units, and what a larger code on
the same units would save. dead.csv: what brings dead units back, for L1 and TopK.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.diagnostics import mean_squared_error
from autoencoders_edu.plotting import COLOURS

SHAPE, CODE, EPOCHS, BATCH_SIZE, RATE = (8, 8, 1), 256, 60, 64, 2e-3
KL_WEIGHT = 1e-3  # with ten times as much, the rates come closer to the target, and the errors are larger
STRENGTHS = {
    "L1": (1e-4, 3e-4, 1e-3, 3e-3, 1e-2),
    "KL": (0.2, 0.1, 0.05, 0.02, 0.01),
    "TopK": (64, 32, 16, 8, 4),
}
THRESHOLD = {"L1": 0, "KL": 0.1, "TopK": 0}  # a unit is active above it: a sigmoid is never exactly 0


def make(sparsity, shape=SHAPE, code=CODE, unit_norm=True):
    """A sparse autoencoder that is linear but for the ReLU (for KL: the sigmoid) of its code, not yet trained."""
    activation = "sigmoid" if isinstance(sparsity, ae.sparsity.KLSparsity) else "relu"
    encoder = ae.networks.dense_encoder(shape, code, hidden=(), output_activation=activation)
    decoder = ae.networks.dense_decoder(code, shape, hidden=())
    if unit_norm:  # the kernel is (code, pixels): row j is what unit j adds to the image
        decoder.layers[1].kernel_constraint = keras.constraints.UnitNorm(axis=1)
        decoder.layers[1].kernel.constraint = decoder.layers[1].kernel_constraint
    return ae.SparseAutoencoder(encoder, decoder, sparsity)


def sparsity_of(method, strength):
    if method == "KL":
        return ae.sparsity.KLSparsity(strength, KL_WEIGHT)
    return ae.sparsity.L1(strength) if method == "L1" else ae.sparsity.TopK(int(strength))


def fit(model, x, epochs, seed, batch_size=BATCH_SIZE):
    """Trains. All epochs are handed over as one long one: on small images Keras's pauses in between cost the most."""
    rng = np.random.default_rng(seed)
    order = np.concatenate([rng.permutation(len(x)) for _ in range(epochs)])
    model.fit(x[order], x[order], batch_size, shuffle=False, verbose=0)


def compiled(model, rate=RATE):
    model.compile(keras.optimizers.Adam(rate), "mse", steps_per_execution=16)
    return model


def train(method, strength, data, seed, epochs=EPOCHS):
    """The trained autoencoder of one row of the table."""
    keras.utils.set_random_seed(seed)
    model = compiled(make(sparsity_of(method, strength), unit_norm=method != "KL"))
    fit(model, data.x_train, epochs, seed)
    return model


def code_of(model, x):
    return keras.ops.convert_to_numpy(model.encode(x))


def drawn(model, z):
    return keras.ops.convert_to_numpy(model.decode(z.astype("float32")))


def dead(z, threshold=0):
    """Which units are active for none of the examples: booleans (units,)."""
    return (z <= threshold).all(axis=0)


def rescaled(model, x, z):
    """The one factor by which all codes would have to be multiplied for the smallest error, and that error."""
    bias = drawn(model, np.zeros_like(z[:1]))
    part, target = drawn(model, z) - bias, x - bias
    factor = np.sum(part * target) / np.sum(part**2)
    return factor, np.mean((target - factor * part) ** 2)


def refitted(model, x, active):
    """The error with the best values that the active units of each image could have."""
    bias = drawn(model, np.zeros((1, active.shape[1])))
    directions = drawn(model, np.eye(active.shape[1])).reshape(active.shape[1], -1) - bias.reshape(1, -1)
    targets = (x - bias).reshape(len(x), -1)
    errors = []
    for target, on in zip(targets, active, strict=True):
        best = np.linalg.lstsq(directions[on].T, target, rcond=1e-6)[0]
        errors.append(np.mean((target - directions[on].T @ best) ** 2))
    return np.mean(errors)


def row(method, model, data):
    """One line of the table: errors on test images, active units per image, the share that is dead on validation."""
    x, threshold = data.x_test, THRESHOLD[method]
    z = code_of(model, x)
    active = z > threshold
    factor, after = rescaled(model, x, z)
    return {
        "active": active.sum(axis=1).mean(),
        "test MSE": mean_squared_error(x, drawn(model, z)),
        "active only": mean_squared_error(x, drawn(model, z * active)),
        "dead": dead(code_of(model, data.x_val), threshold).mean(),
        "factor": factor,
        "rescaled": after,
        "refitted": refitted(model, x, active),
    }


def plot_frontier(means, pca_curves, ks):
    """The figure of lesson 5: error against active units, one curve per method (two for KL) and per PCA baseline."""
    _, ax = plt.subplots(figsize=(6.5, 4.2))
    lines = [(method, "test MSE", method) for method in ("L1", "TopK", "KL")]
    lines += [("KL", "active only", "KL, active units only")]
    for index, (method, error, label) in enumerate(lines):
        curve = means.loc[method].sort_values("active")
        ax.plot(curve["active"], curve[error], "os^v"[index] + "-", color=COLOURS[index], label=label)
    for name, style in zip(pca_curves, ("k:", "k--"), strict=True):
        ax.plot(ks, pca_curves[name], style, label=name)
    title = "What sparsity costs, means of 3 seeds"
    ax.set(xscale="log", yscale="log", xlabel="active units per image", ylabel="test MSE per pixel", title=title)
    ax.set_xticks([4, 8, 16, 32, 64, 128, 256], [4, 8, 16, 32, 64, 128, 256])
    ax.minorticks_off()
    ax.legend(frameon=False, fontsize=8)
    return ax


def start_at_mean(model, x):
    """The decoder's bias is the mean image, which the encoder subtracts."""
    mean = x.mean(axis=0).reshape(-1)
    kernel = keras.ops.convert_to_numpy(model.encoder.layers[-1].kernel)
    model.encoder.layers[-1].bias.assign(-mean @ kernel)
    model.decoder.layers[1].bias.assign(mean)


def start_as_transposes(model):
    """The encoder looks for what the decoder draws: its kernel is the decoder's, transposed (Gao et al. 2024)."""
    d = keras.ops.convert_to_numpy(model.decoder.layers[1].kernel)
    d = d / np.linalg.norm(d, axis=1, keepdims=True)
    model.decoder.layers[1].kernel.assign(d)
    model.encoder.layers[-1].kernel.assign(d.T)


def resample(model, x, rng):
    """Points each dead unit at what is missing from an image that is drawn badly (after Bricken et al. 2023)."""
    gone = np.flatnonzero(dead(code_of(model, x)))
    there, back = model.encoder.layers[-1], model.decoder.layers[1]
    w, b, d = (keras.ops.convert_to_numpy(value).copy() for value in (there.kernel, there.bias, back.kernel))
    miss = (x - keras.ops.convert_to_numpy(model.reconstruct(x))).reshape(len(x), -1)
    chance = np.sum(miss**2, axis=1) ** 2
    images = rng.choice(len(x), len(gone), p=chance / chance.sum())
    direction = miss[images] / np.linalg.norm(miss[images], axis=1, keepdims=True)
    d[gone], b[gone] = direction, 0
    w[:, gone] = 0.2 * np.linalg.norm(np.delete(w, gone, axis=1), axis=0).mean() * direction.T
    for variable, value in ((there.kernel, w), (there.bias, b), (back.kernel, d)):
        variable.assign(value)


REMEDIES = (
    "none",
    "start at the mean",
    "start as transposes",
    "resampling",
    "smaller rate",
    "smaller rate, 4 x longer",
    "4 x longer",
)


def remedied(remedy, method, strength, data, seed):
    """The model of one row of dead.csv."""
    keras.utils.set_random_seed(seed)
    slow = remedy.startswith("smaller")
    model = compiled(make(sparsity_of(method, strength)), RATE / 4 if slow else RATE)
    if remedy == "start at the mean":
        start_at_mean(model, data.x_train)
    if remedy == "start as transposes":
        start_as_transposes(model)
    rng = np.random.default_rng(seed)
    for part in range(4):  # in four parts, so that there are three points at which to resample
        fit(model, data.x_train, EPOCHS if remedy.endswith("longer") else EPOCHS // 4, [seed, part])
        if remedy == "resampling" and part < 3:
            resample(model, data.x_train, rng)
    return model


def main(seeds):
    data, rows, gone = ae.data.load("digits"), [], []
    for seed in range(seeds):
        for method, strengths in STRENGTHS.items():
            for strength in strengths:
                found = row(method, train(method, strength, data, seed), data)
                rows.append({"method": method, "strength": strength, "seed": seed, **found})
                print(rows[-1], flush=True)
                keras.backend.clear_session(free_memory=True)
        pd.DataFrame(rows).round(5).to_csv(Path(__file__).parent / "frontier.csv", index=False)
        for method, strength in (("L1", 3e-3), ("TopK", 16)):
            for remedy in REMEDIES:
                found = row(method, remedied(remedy, method, strength, data, seed), data)
                kept = {name: found[name] for name in ("dead", "active", "test MSE")}
                gone.append({"method": method, "remedy": remedy, "seed": seed, **kept})
                print(gone[-1], flush=True)
                keras.backend.clear_session(free_memory=True)
        pd.DataFrame(gone).round(5).to_csv(Path(__file__).parent / "dead.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
