"""Makes discrete.csv, a table of lesson 8: a code of one choice among ten, trained with five kinds of gradient.

    python discrete.py [SEEDS]      (default 5; about half a minute a seed on two CPU cores)

Binarised 8 x 8 digits. The code is one of CLASSES choices, so the exact ELBO, and its exact gradient, is a sum of
CLASSES terms. All models are judged by the exact ELBO, whatever they were trained with.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import pandas as pd
from autoencoders_edu.distributions import tfd
from draws import BATCH, EPOCHS, SHAPE, binarised_digits

CLASSES, TEMPERATURE = 10, 0.5
ops = keras.ops


def gumbel(shape, seed):
    """Noise such that argmax(logits + noise) is a draw from the softmax of the logits."""
    uniform = keras.random.uniform(shape, 1e-6, 1 - 1e-6, seed=seed)
    return -ops.log(-ops.log(uniform))


def one_hot(scores):
    return ops.one_hot(ops.argmax(scores, axis=-1), CLASSES)


def with_gradient_of(hard, soft):
    """The value of `hard` with the gradient of `soft`."""
    return soft + ops.stop_gradient(hard - soft)


def straight_through(logits, noise, temperature=None):
    """A one-hot draw that lends its gradient from the probabilities."""
    return with_gradient_of(one_hot(logits + noise), ops.softmax(logits))


def gumbel_softmax(logits, noise, temperature=TEMPERATURE):
    """No draw at all: a soft mixture of the choices, the nearer to one-hot the lower the temperature."""
    return ops.softmax((logits + noise) / temperature)


def straight_through_gumbel(logits, noise, temperature=TEMPERATURE):
    """A one-hot draw that lends its gradient from the Gumbel-softmax."""
    return with_gradient_of(one_hot(logits + noise), gumbel_softmax(logits, noise, temperature))


SAMPLERS = {
    "straight-through": straight_through,
    "Gumbel-softmax": gumbel_softmax,
    "straight-through Gumbel": straight_through_gumbel,
}
ESTIMATORS = ("exact", "score function", *SAMPLERS)


def costs(decoder, x, z):
    """-log p(x|z) in nats, (n, batch), for codes z (n, batch, CLASSES)."""
    outputs = decoder(ops.reshape(z, (-1, CLASSES)))
    outputs = ops.reshape(outputs, (z.shape[0], -1, *SHAPE))
    return -ops.sum(tfd.Bernoulli(logits=outputs).log_prob(x), axis=(2, 3, 4))


def every_cost(decoder, x):
    """-log p(x|z) for each of the choices, (batch, CLASSES)."""
    logits = ops.reshape(decoder(ops.eye(CLASSES)), (CLASSES, 1, *SHAPE))
    return -ops.transpose(ops.sum(tfd.Bernoulli(logits=logits).log_prob(x), axis=(2, 3, 4)))


def reconstruction(estimator, decoder, x, logits, seed, samples=1, temperature=TEMPERATURE, baseline=0.0):
    """E[-log p(x|z)], (batch,), or a number whose gradient stands for that of the expectation."""
    if estimator == "exact":
        return ops.sum(ops.softmax(logits) * every_cost(decoder, x), axis=-1)
    noise = gumbel((samples, *logits.shape[-2:]) if logits.shape[0] else ops.shape(logits[None]), seed)
    if estimator in SAMPLERS:
        return ops.mean(costs(decoder, x, SAMPLERS[estimator](logits, noise, temperature)), axis=0)
    z = one_hot(logits + noise)
    cost, log_q = costs(decoder, x, z), ops.sum(z * ops.log_softmax(logits), axis=-1)
    push = ops.stop_gradient(cost - baseline) * log_q
    return ops.mean(cost + push - ops.stop_gradient(push), axis=0)  # worth the cost, plus a gradient worth nothing


class DiscreteVAE(keras.Model):
    """An encoder to CLASSES logits, a decoder from one-hot codes, a uniform prior over the choices."""

    def __init__(self, estimator):
        super().__init__()
        self.encoder = ae.networks.dense_encoder(SHAPE, CLASSES, hidden=(64,))
        self.decoder = ae.networks.dense_decoder(CLASSES, SHAPE, hidden=(64,))
        self.estimator = estimator
        self.noise_seed = keras.random.SeedGenerator(0)
        self.usual = self.add_weight(shape=(), initializer="zeros", trainable=False)  # a running mean of the cost

    def call(self, x, training=False):
        logits = self.encoder(x)
        probabilities = ops.softmax(logits)
        kl = ops.sum(probabilities * ops.log_softmax(logits), axis=-1) + ops.log(float(CLASSES))
        estimator = self.estimator if training else "exact"
        return {"kl": kl, "cost": self.reconstruction(estimator, x, logits)}

    def reconstruction(self, estimator, x, logits):
        return reconstruction(estimator, self.decoder, x, logits, self.noise_seed, baseline=self.usual.value)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        if training:
            self.usual.assign(0.9 * self.usual + 0.1 * ops.mean(y_pred["cost"]))
        return ops.mean(y_pred["cost"] + y_pred["kl"])


def train(estimator, seed, x_train, epochs=EPOCHS):
    keras.utils.set_random_seed(seed)
    model = DiscreteVAE(estimator)
    model.noise_seed = keras.random.SeedGenerator(seed)
    model.compile(keras.optimizers.Adam(2e-3), steps_per_execution=8)
    model.fit(x_train, epochs=epochs, batch_size=BATCH, verbose=0)
    return model


def row(model, x_val):
    """The exact loss on validation digits, and how many choices are made for at least one digit in a hundred."""
    loss = model.evaluate(x_val, batch_size=len(x_val), verbose=0, return_dict=True)["loss"]
    used = ops.mean(ops.softmax(model.encoder(x_val)), axis=0)
    return {"loss": float(loss), "choices in use": int(ops.sum(used > 0.01))}


def main(seeds):
    x_train, x_val = binarised_digits()
    rows = []
    for estimator in ESTIMATORS:
        for seed in range(seeds):
            rows.append({"gradient": estimator, "seed": seed, **row(train(estimator, seed, x_train), x_val)})
            print(rows[-1], flush=True)
    pd.DataFrame(rows).round(3).to_csv(Path(__file__).parent / "discrete.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
