"""Makes cures.csv, the table of lesson 2: what keeps a wide autoencoder from copying, over several seeds.

    python cures.py [SEEDS]      (default 3; about half a minute a seed on two CPU cores)

One wide network, 64 pixels to a code of 256 numbers and back, trained on scikit-learn's digits in nine ways. For each:
the share of variance that comes back, for test digits and for inputs that are no digits, and how well a linear
classifier reads the class from the code after seeing 100 labels.
"""

import sys
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


def narrow():
    return ae.Autoencoder(encoder(8), decoder(8))


def weight_decay():
    decay = {"kernel_regularizer": keras.regularizers.L2(1e-4)}
    there = [keras.Input(SHAPE), layers.Flatten(), layers.Dense(HIDDEN, "relu", **decay), layers.Dense(CODE, **decay)]
    back = [
        keras.Input((CODE,)),
        layers.Dense(HIDDEN, "relu", **decay),
        layers.Dense(64, **decay),
        layers.Reshape(SHAPE),
    ]
    return ae.Autoencoder(keras.Sequential(there), keras.Sequential(back))


def dropout():
    code = keras.Sequential([*encoder().layers, layers.Dropout(0.5)])
    return ae.Autoencoder(code, decoder())


def noise():
    return ae.DenoisingAutoencoder(encoder(), decoder(), ae.corruption.GaussianNoise(0.5))


def sparsity():
    return ae.SparseAutoencoder(encoder(output_activation="relu"), decoder(), ae.sparsity.TopK(8))


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


MODELS = {
    "wide, linear": wide_linear,
    "wide, linear, tied weights": wide_linear_tied,
    "wide": wide,
    "tied weights": tied,
    "weight decay 1e-4": weight_decay,
    "dropout 0.5 on the code": dropout,
    "noise 0.5": noise,
    "sparsity, 8 of 256": sparsity,
    "narrow, 8 numbers": narrow,
}


def train(make, data, seed):
    """The model after 40 epochs."""
    keras.utils.set_random_seed(seed)
    model = make()
    model.compile(keras.optimizers.Adam(2e-3), "mse", steps_per_execution=8)
    model.fit(data.x_train, data.x_train, epochs=40, batch_size=64, verbose=0)
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


def main(seeds):
    data = ae.data.load("digits")
    rows = []
    for name, make in MODELS.items():
        for seed in range(seeds):
            rows.append({"model": name, "seed": seed, **row(train(make, data, seed), data, seed)})
            print(rows[-1], flush=True)
    pd.DataFrame(rows).round(4).to_csv(Path(__file__).parent / "cures.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
