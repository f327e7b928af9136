"""Makes categories.csv, a table of lesson 3: what squared error on one-hot categories costs, over several seeds.

    python categories.py [SEEDS]      (default 4; about two CPU minutes)

One autoencoder, from 73 numbers (36 categorical features of chess endgames, one-hot) to a code of 6 and back, is
trained with three losses: squared error on linear outputs, squared error on softmax outputs, and cross-entropy on
softmax outputs; each for 25 epochs with two learning rates, and for 100 epochs with the larger. For each: how often
the most probable category is right, and what its probabilities are worth, on test rows.
"""

import itertools
import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd

CODE, HIDDEN = 6, (128,)
RUNS = ((25, 3e-3), (25, 1e-2), (100, 1e-2))  # epochs and learning rate
LINEAR, BRIER, CROSS_ENTROPY = "linear, squared error", "softmax, squared error", "softmax, cross-entropy"
LOSSES = (LINEAR, BRIER, CROSS_ENTROPY)
RARE = 0.05  # a category that is true in fewer of the training rows


def load():
    """The 36 features of kr-vs-kp, each one-hot."""
    rows = ae.data.frame("kr_vs_kp").drop(columns="class")
    return ae.data.table(rows, categorical=[*rows.columns])


def loss_of(name, likelihood):
    """The loss that a model is compiled with."""
    if name == BRIER:
        return lambda x, outputs: keras.losses.mean_squared_error(x, likelihood.mean(outputs))
    return likelihood.loss() if name == CROSS_ENTROPY else "mse"


def train(name, table, seed, rate=1e-2, epochs=25):
    """A trained autoencoder, and its validation loss."""
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder(table.shape, CODE, HIDDEN)
    model = ae.Autoencoder(encoder, ae.networks.dense_decoder(CODE, table.shape, HIDDEN))
    steps = epochs * -(-len(table.x_train) // 64)
    model.compile(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, steps)), loss_of(name, table.likelihood)
    )
    model.fit(table.x_train, table.x_train, batch_size=64, epochs=epochs, verbose=0)
    return model, model.evaluate(table.x_val, table.x_val, verbose=0)


def raw_outputs(name, model, table, x):
    """Linear outputs as they are, logits as probabilities."""
    outputs = model.reconstruct(x)
    return keras.ops.convert_to_numpy(outputs if name == LINEAR else table.likelihood.mean(outputs)).astype(float)


def blocks(table):
    """The slice of each feature's columns."""
    starts = table.likelihood.layout.starts
    return [slice(*ends) for ends in itertools.pairwise(starts)]


def as_probabilities(outputs, table, floor):
    """Outputs clipped from below and divided by their sum, feature by feature."""
    clipped = np.maximum(outputs, floor)
    return np.concatenate([clipped[:, b] / clipped[:, b].sum(axis=1, keepdims=True) for b in blocks(table)], axis=1)


def log_loss(p, x):
    """Nats per row."""
    return -np.sum(np.log(p) * x) / len(x)


def best_floor(outputs, table, x):
    """The floor with the smallest log-loss, to be chosen on validation rows."""
    return min(
        10.0 ** np.arange(-6, -0.9, 0.25), key=lambda floor: log_loss(as_probabilities(outputs, table, floor), x)
    )


def tempered(p, table, temperature):
    """The softmax of log(p) / temperature, feature by feature: below 1 the probabilities are sharpened."""
    powers = p ** (1 / temperature)
    return np.concatenate([powers[:, b] / powers[:, b].sum(axis=1, keepdims=True) for b in blocks(table)], axis=1)


def best_temperature(p, table, x):
    """The temperature with the smallest log-loss, to be chosen on validation rows."""
    return min(np.geomspace(0.3, 3, 47), key=lambda temperature: log_loss(tempered(p, table, temperature), x))


def calibration(p, y, bins=10):
    """confidence, frequency and count in bins of equal width, for all probabilities together."""
    which = np.minimum((p * bins).astype(int), bins - 1).ravel()
    count = np.bincount(which, minlength=bins)
    sums = [np.bincount(which, values.ravel(), bins) for values in (p, y)]
    return *(total / np.where(count, count, np.nan) for total in sums), count


def row(name, model, table):
    """One line of the table."""
    outputs = raw_outputs(name, model, table, table.x_test)
    val_outputs = raw_outputs(name, model, table, table.x_val)
    floor = best_floor(val_outputs, table, table.x_val)
    p, x = as_probabilities(outputs, table, floor), table.x_test
    temperature = best_temperature(as_probabilities(val_outputs, table, floor), table, table.x_val)
    right = np.mean([p[:, b].argmax(axis=1) == x[:, b].argmax(axis=1) for b in blocks(table)])
    confidence, frequency, count = calibration(p, x)
    rare = (table.x_train.mean(axis=0) < RARE) & (x > 0)
    named = np.concatenate([p[:, b] >= p[:, b].max(axis=1, keepdims=True) for b in blocks(table)], axis=1)
    return {
        "accuracy": right,
        "negative": np.mean(outputs < 0),
        "sum off by": np.mean([np.abs(outputs[:, b].sum(axis=1) - 1).mean() for b in blocks(table)]),
        "squared error": np.mean((outputs - x) ** 2),
        "log-loss": log_loss(p, x),
        "calibration error": np.nansum(count * np.abs(confidence - frequency)) / count.sum(),
        "rare found": named[rare].mean(),
        "rare log-loss": -np.log(p[rare]).mean(),
        "floor": floor,
        "temperature": temperature,
        "tempered log-loss": log_loss(tempered(p, table, temperature), x),
    }


def main(seeds):
    table, rows = load(), []
    for name in LOSSES:
        for (epochs, rate), seed in itertools.product(RUNS, range(seeds)):
            model, val_loss = train(name, table, seed, rate, epochs)
            run = {"loss": name, "epochs": epochs, "rate": rate, "seed": seed, "val_loss": val_loss}
            rows.append(run | row(name, model, table))
            print(rows[-1], flush=True)
            keras.backend.clear_session(free_memory=True)
    pd.DataFrame(rows).round(6).to_csv(Path(__file__).parent / "categories.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
