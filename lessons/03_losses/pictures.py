"""Makes pictures.csv, a table of lesson 3: losses for silhouettes and for grey images, over several seeds.

    python pictures.py [SEEDS]      (default 3; about four CPU minutes)

One autoencoder, from 784 pixels to a code of 16 numbers and back, is trained on silhouettes of clothes (pixels above
0.5) and on the grey images themselves, with several losses. Each is then read in several ways, on test images.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.distributions import Bernoulli, ContinuousBernoulli, Gaussian


class Stretched:
    """The continuous Bernoulli again, with logits of 2 sinh(output): usual outputs give logits of thousands."""

    @staticmethod
    def logits(outputs, sinh=keras.ops.sinh, clip=keras.ops.clip):
        return 2 * sinh(clip(outputs, -9.0, 9.0))

    def loss(self):
        loss = ContinuousBernoulli().loss()
        return lambda x, outputs: loss(x, self.logits(outputs))


SHAPE, CODE, HIDDEN, EPOCHS = (28, 28, 1), 16, (256,), 8
SILHOUETTES = {"cross-entropy": Bernoulli, "squared error": None}
GREY = {
    "Bernoulli": Bernoulli,
    "continuous Bernoulli": ContinuousBernoulli,
    "continuous Bernoulli, stretched": Stretched,
    "Gaussian, stddev 1": Gaussian,
    "Gaussian, learned stddev": lambda: Gaussian("learned"),
    "sigmoid, squared error": None,
}


def brier(x, logits):
    """The squared error of the sigmoid of the outputs."""
    return keras.losses.mean_squared_error(x, keras.ops.sigmoid(logits))


def train(likelihood, x, seed, epochs=EPOCHS):
    """An autoencoder trained on -log p of this likelihood; None: on the squared error of a sigmoid."""
    keras.utils.set_random_seed(seed)
    encoder = ae.networks.dense_encoder(SHAPE, CODE, HIDDEN, activation="silu")
    model = ae.Autoencoder(encoder, ae.networks.dense_decoder(CODE, SHAPE, HIDDEN, activation="silu"))
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * -(-len(x) // 128))
    model.compile(keras.optimizers.Adam(rate), likelihood().loss() if likelihood else brier)
    model.fit(x, x, batch_size=128, epochs=epochs, verbose=0)
    return model


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def outputs_of(model, x):
    return keras.ops.convert_to_numpy(model.reconstruct(x)).astype(float).reshape(len(x), -1)


def log_z(logits):
    """log of the integral of exp(l t) from 0 to 1, the normalising constant of the continuous Bernoulli."""
    size = np.abs(logits)
    safe = np.where(size < 1e-3, 1.0, size)
    return np.maximum(logits, 0) + np.where(size < 1e-3, size**2 / 24 - size / 2, np.log(-np.expm1(-safe) / safe))


def cross_entropy(x, logits):
    """Nats per image."""
    return np.mean(np.sum(np.logaddexp(0, logits) - logits * x, axis=1))


def continuous_bernoulli(x, logits):
    """-log of the density, nats per image."""
    return np.mean(np.sum(log_z(logits) - logits * x, axis=1))


def gaussian(x, mean, stddev):
    """-log of the density, nats per image."""
    pixels = 0.5 * ((x - mean) / stddev) ** 2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)
    return np.mean(np.sum(pixels, axis=1))


def mean_of(logits):
    """The mean of a continuous Bernoulli."""
    small = np.abs(logits) < 1e-3
    l = np.where(small, 1.0, logits)
    with np.errstate(over="ignore"):  # 1 / infinity is 0, as it should be
        return np.where(small, 0.5 + logits / 12, 1 / -np.expm1(-l) - 1 / l)


def logit_with_mean(mean, limit=2000):
    """The logit of the continuous Bernoulli with this mean, at most limit in size.

    Without a limit, a mean of 0 would need a logit of minus infinity, and a density that is infinite there.
    """
    sizes = np.geomspace(1e-3, limit, 4000)
    logits = np.concatenate([-sizes[::-1], [0], sizes])
    return np.interp(mean, mean_of(logits), logits)


def silhouettes_row(model, x):
    logits = outputs_of(model, x)
    x = x.reshape(len(x), -1)
    p = sigmoid(logits)
    sure = np.abs(p - x) > 0.99
    return {
        "squared error": np.mean((p - x) ** 2),
        "nats": cross_entropy(x, logits),
        "sure and wrong": sure.sum() / len(x),
        "nats of these": np.sum((np.logaddexp(0, logits) - logits * x)[sure]) / len(x),
    }


def grey_row(name, model, x_val, x):
    """Squared error of the means, and nats per image: by the Bernoulli formula, and by four densities.

    These are the continuous Bernoulli with the model's logits; those with the model's means, their logits limited to
    2000 and to 200; and a Gaussian around the means whose stddev was fitted on validation images. Linear outputs are
    no logits, and may leave [0, 1]: for them, the Gaussian alone.
    """
    outputs, val_outputs = outputs_of(model, x), outputs_of(model, x_val)
    if name == "continuous Bernoulli, stretched":
        outputs, val_outputs = (Stretched.logits(o, np.sinh, np.clip) for o in (outputs, val_outputs))
    flat = x.reshape(len(x), -1)
    means = mean_of if name.startswith("continuous") else sigmoid if not name.startswith("Gaussian") else np.asarray
    stddev = np.sqrt(np.mean((means(val_outputs) - x_val.reshape(len(x_val), -1)) ** 2))
    mean = means(outputs)
    found = {"squared error": np.mean((mean - flat) ** 2), "Gaussian": gaussian(flat, mean, stddev), "stddev": stddev}
    if not name.startswith("Gaussian"):
        found["Bernoulli formula"] = cross_entropy(flat, outputs)
        found["same logits"] = continuous_bernoulli(flat, outputs)
        found["same means"] = continuous_bernoulli(flat, logit_with_mean(mean))
        found["limit 200"] = continuous_bernoulli(flat, logit_with_mean(mean, limit=200))
    return found


def main(seeds):
    data, rows = ae.data.load("fashion_mnist"), []
    binary = [(x > 0.5).astype("float32") for x in (data.x_train, data.x_test)]
    for seed in range(seeds):
        for name, likelihood in SILHOUETTES.items():
            found = silhouettes_row(train(likelihood, binary[0], seed), binary[1])
            rows.append({"images": "silhouettes", "trained with": name, "epochs": EPOCHS, "seed": seed, **found})
        # A longer training, of the first seed alone, for the two that are compared with each other.
        longer = [(name, 3 * EPOCHS) for name in ("Bernoulli", "continuous Bernoulli") if seed == 0]
        for name, epochs in [*((name, EPOCHS) for name in GREY), *longer]:
            found = grey_row(name, train(GREY[name], data.x_train, seed, epochs), data.x_val, data.x_test)
            rows.append({"images": "grey", "trained with": name, "epochs": epochs, "seed": seed, **found})
            print(rows[-1], flush=True)
    pd.DataFrame(rows).round(4).to_csv(Path(__file__).parent / "pictures.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
