"""Makes cures.csv, the table of lesson 2: what keeps a wide autoencoder from copying, at several strengths and seeds.

    python cures.py [SEEDS]      (default 3; about two minutes per seed on two CPU cores)

One wide network, 64 pixels to a code of 256 numbers and back, is trained on scikit-learn's digits with nothing to stop
it, with tied weights, and with each of the other remedies from weak to strong. For each: the share of variance that
comes back, for test digits and for inputs that are no digits, and how well a linear classifier reads the class from the
code after seeing 100 labels.
"""

import sys
from functools import partial
from pathlib import Path

import autoencoders_edu as ae
import keras
import pandas as pd
from sklearn.linear_model import LogisticRegression

SHAPE, HIDDEN, CODE = (8, 8, 1), 256, 256
layers = keras.layers


class Transposed(keras.layers.Layer):
    """A dense layer with the transposed kernel of another one, and a bias of its own: tied weights."""

    def __init__(self, dense, activation=None):
        super().__init__()
        self.dense = dense
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.bias = self.add_weight(shape=(self.dense.kernel.shape[0],), initializer="zeros")

    def call(self, z):
        return self.activation(keras.ops.matmul(z, keras.ops.transpose(self.dense.kernel)) + self.bias)


def encoder(code=CODE, **options):
    return ae.networks.dense_encoder(SHAPE, code, hidden=(HIDDEN,), **options)


def decoder(code=CODE):
    return ae.networks.dense_decoder(code, SHAPE, hidden=(HIDDEN,))


def wide():
    return ae.Autoencoder(encoder(), decoder())


def tied():
    there = encoder()
    first, second = [layer for layer in there.layers if isinstance(layer, layers.Dense)]
    back = [keras.Input((CODE,)), Transposed(second, "relu"), Transposed(first), layers.Reshape(SHAPE)]
    return ae.Autoencoder(there, keras.Sequential(back))


def wide_linear():
    there = ae.networks.dense_encoder(SHAPE, CODE, hidden=())
    return ae.Autoencoder(there, ae.networks.dense_decoder(CODE, SHAPE, hidden=()))


def wide_linear_tied():
    there = ae.networks.dense_encoder(SHAPE, CODE, hidden=())
    back = [keras.Input((CODE,)), Transposed(there.layers[-1]), layers.Reshape(SHAPE)]
    return ae.Autoencoder(there, keras.Sequential(back))


def weight_decay(strength):
    """Adds strength times the sum of all squared weights to the loss."""
    decay = {"kernel_regularizer": keras.regularizers.L2(strength)}
    there = [keras.Input(SHAPE), layers.Flatten(), layers.Dense(HIDDEN, "relu", **decay), layers.Dense(CODE, **decay)]
    back = [
        keras.Input((CODE,)),
        layers.Dense(HIDDEN, "relu", **decay),
        layers.Dense(64, **decay),
        layers.Reshape(SHAPE),
    ]
    return ae.Autoencoder(keras.Sequential(there), keras.Sequential(back))


def dropout(share):
    """Sets this share of the code's numbers to zero in training, others in each step."""
    return ae.Autoencoder(keras.Sequential([*encoder().layers, layers.Dropout(share)]), decoder())


def input_noise(stddev):
    """Adds noise of this standard deviation to the input in training, not to the target."""
    return ae.DenoisingAutoencoder(encoder(), decoder(), ae.corruption.GaussianNoise(stddev))


def l1(weight):
    """Adds weight times the sum of the code's absolute values to the loss."""
    return ae.SparseAutoencoder(encoder(output_activation="relu"), decoder(), ae.sparsity.L1(weight))


def top_k(k):
    """Keeps the k largest of the code's 256 numbers and sets the others to zero."""
    return ae.SparseAutoencoder(encoder(output_activation="relu"), decoder(), ae.sparsity.TopK(k))


def narrow(numbers):
    """A code of this many numbers."""
    return ae.Autoencoder(encoder(numbers), decoder(numbers))


MODELS = {"linear": wide_linear, "linear, tied weights": wide_linear_tied, "no remedy": wide, "tied weights": tied}
REMEDIES = {  # None: `wide`, trained for so many epochs
    "stopping early": (None, (20, 8, 5, 3, 2)),
    "weight decay": (weight_decay, (1e-5, 3e-5, 1e-4, 3e-4, 1e-3)),
    "dropout on the code": (dropout, (0.1, 0.3, 0.5, 0.7, 0.9)),
    "noise on the input": (input_noise, (0.05, 0.1, 0.2, 0.3, 0.5)),
    "sparsity, L1": (l1, (1e-4, 3e-4, 1e-3, 3e-3, 1e-2)),
    "sparsity, TopK": (top_k, (64, 32, 16, 8, 4)),
    "narrower code": (narrow, (48, 32, 24, 16, 8)),
}


def train(make, data, seed, epochs=40):
    """The model that `make()` returns, trained."""
    keras.utils.set_random_seed(seed)
    model = make()
    model.compile(keras.optimizers.Adam(2e-3), "mse")
    model.fit(data.x_train, data.x_train, epochs=epochs, batch_size=64, verbose=0)
    return model


def probe(codes, data, labels=100):
    """Test accuracy of a linear classifier that saw the codes and classes of the first `labels` training digits.

    Args:
        codes: function from images to an array (n, anything).
        data: the digits.
        labels: how many.
    """
    seen, test = codes(data.x_train[:labels]), codes(data.x_test)
    scale = seen.std()  # one for all features: pixels that hardly vary must not be blown up
    classifier = LogisticRegression(max_iter=2000).fit(seen / scale, data.y_train[:labels])
    return classifier.score(test / scale, data.y_test)


def row(model, data, seed=0):
    """One line of the table: shares of variance that come back, and the probe's accuracy."""
    explained = ae.diagnostics.identity_mapping(model, data, seed).table["explained"]
    accuracy = probe(lambda x: keras.ops.convert_to_numpy(model.encode(x)), data)
    return {**explained.to_dict(), "probe": accuracy}


def trained(name, strength, data, seed):
    """The model of one row of the table."""
    if name in MODELS:
        return train(MODELS[name], data, seed)
    make, _ = REMEDIES[name]
    return train(partial(make, strength), data, seed) if make else train(wide, data, seed, epochs=strength)


def main(seeds):
    data = ae.data.load("digits")
    todo = [(name, None) for name in MODELS]
    todo += [(name, strength) for name, (_, strengths) in REMEDIES.items() for strength in strengths]
    rows = []
    for name, strength in todo:
        for seed in range(seeds):
            found = row(trained(name, strength, data, seed), data, seed)
            found = {what: round(float(share), 4) for what, share in found.items()}
            rows.append({"remedy": name, "strength": strength, "seed": seed, **found})
            print(rows[-1], flush=True)
            keras.backend.clear_session(free_memory=True)
    pd.DataFrame(rows).to_csv(Path(__file__).parent / "cures.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
