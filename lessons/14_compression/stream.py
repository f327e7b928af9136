"""Makes stream.csv, the table of lesson 14 about a sensor stream: 50 metrics of a simulated server, every minute.

    python stream.py [SEEDS]      (default 3 seeds of server and networks; about 2 minutes of one CPU core)

Each metric is rounded to multiples of its own step, a fraction ("step") of its standard deviation in two weeks of
training rows. So no method is off by more than half a step, and all code the same integers, without loss. Columns:
bytes per row of a healthy week ("healthy"), of a week with incidents ("incidents"), each as one file, every symbol
counted; "code": the share of "healthy" that the code of PCA or of an autoencoder takes.
"""

import lzma
import sys
import zlib
from itertools import product
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.course.tables import write
from rates import SymbolCoder
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression

FOLDER = Path(__file__).parent
STEPS, LATENTS, CODE_STEP = (0.5, 0.1), 8, 1.0
LIMIT = 30  # in standard deviations: the range of all models, wide enough for incidents


def server(seed, step):
    """Training, healthy and incident rows as integers, multiples of each metric's step."""
    data = ae.data.load("server_metrics", seed=seed)
    mean, stddev = data.x_train.mean(axis=0), data.x_train.std(axis=0)
    return [np.round((x - mean) / (step * stddev)).astype(int) for x in (data.x_train, data.x_val, data.x_test)]


def previous(k):
    """The row before each row; zeros before the first."""
    return np.concatenate([np.zeros_like(k[:1]), k[:-1]])


def coded(tables, limit):
    """Bytes per row of the healthy and the incident table, under models of the first, of training rows."""
    coder = SymbolCoder(tables[0], limit)
    assert np.abs(np.concatenate(tables)).max() <= limit  # nothing is clipped
    return np.array([coder.bytes_per_row(k, len(k)) for k in tables[1:]])


def general(tables, compress):
    """Bytes per row of differences, metric after metric, through a general compressor."""
    tables = [np.diff(k, axis=0, prepend=0).astype("int16") for k in tables[1:]]
    return np.array([len(compress(k.T.tobytes())) / len(k) for k in tables])


def trained(model, x, y, seed):
    """Keras networks, trained for 8 epochs."""
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(2e-3, 8 * -(-len(x) // 100)))
    model.compile(optimizer, "mse")
    model.fit(x, y, epochs=8, batch_size=100, verbose=0)
    return model


def next_rows(tables, step, seed):
    """Each row as predicted from the row before, by linear regression and by a network with a hidden layer."""
    before = [step * previous(k).astype("float32") for k in tables]
    now = step * tables[0].astype("float32")
    linear = LinearRegression().fit(before[0], now)
    keras.utils.set_random_seed(seed)
    network = trained(ae.networks.dense_encoder((50,), 50, hidden=(128,)), before[0], now, seed)
    yield "linear, from the row before", [linear.predict(x) / step for x in before]
    yield "network, from the row before", [network.predict(x, batch_size=1000, verbose=0) / step for x in before]


def codes(tables, step, seed):
    """For PCA and an autoencoder: codes, rounded, and the rows as predicted from them."""
    x = [step * k.astype("float32") for k in tables]
    pca = PCA(LATENTS, random_state=0).fit(x[0])
    keras.utils.set_random_seed(seed)
    networks = ae.networks.dense_encoder((50,), LATENTS, (128,)), ae.networks.dense_decoder(LATENTS, (50,), (128,))
    model = trained(ae.Autoencoder(*networks), x[0], x[0], seed)
    encoders = {"PCA": pca.transform, "autoencoder": lambda x: model.encoder.predict(x, batch_size=1000, verbose=0)}
    decoders = {"PCA": pca.inverse_transform}
    decoders["autoencoder"] = lambda z: model.decoder.predict(z.astype("float32"), batch_size=1000, verbose=0)
    for name in encoders:
        z = [np.round(encoders[name](rows) / (CODE_STEP * step)).astype(int) for rows in x]
        yield name, z, [decoders[name](k * CODE_STEP * step) / step for k in z]


def differences(tables):
    return [k - previous(k) for k in tables]


def residuals(tables, predicted):
    return [k - np.round(p).astype(int) for k, p in zip(tables, predicted, strict=True)]


def methods(tables, step, seed):
    """Name, bytes per row, and bytes of the code among them, of each method."""
    yield "32-bit floats", np.array([200.0, 200.0]), 0
    yield "differences, zlib", general(tables, lambda data: zlib.compress(data, 9)), 0
    yield "differences, lzma", general(tables, lzma.compress), 0
    limit = round(LIMIT / step)
    yield "integers, counted", coded(tables, limit), 0
    yield "differences, counted", coded(differences(tables), limit), 0
    for name, predicted in next_rows(tables, step, seed):
        yield name, coded(residuals(tables, predicted), limit), 0
    for name, z, predicted in codes(tables, step, seed):
        rest, of_code = residuals(tables, predicted), coded(differences(z), limit)
        yield f"{name}, 8 numbers and residuals", of_code + coded(rest, limit), of_code[0]
        yield f"{name}, differences of both", of_code + coded(differences(rest), limit), of_code[0]


def rows(seeds):
    for seed, step in product(range(seeds), STEPS):
        for name, sizes, of_code in methods(server(seed, step), step, seed):
            row = {"step": step, "method": name, "seed": seed, "healthy": sizes[0], "incidents": sizes[1]}
            yield row | {"code": of_code / sizes[0]}


if __name__ == "__main__":
    write(FOLDER / "stream.csv", rows(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
