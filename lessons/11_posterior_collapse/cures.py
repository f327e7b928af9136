"""Makes the tables of lesson 11, each over several seeds; every stage of a training has 40 epochs.

    python cures.py [SEEDS [TABLE ...]]      (default 5 seeds, all tables; more than an hour on one CPU core)

cures.csv: a VAE with a strong decoder on scikit-learn's digits in black and white: without a cure, with cures of
several strengths, with weaker decoders at two depths, and with two things that only pass for cures.
switch.csv: such models trained on, 40 epochs each time, on the ELBO or on the importance-weighted bound with 5 or 20
samples; the same for a linear VAE of four numbers, where the best solution is known.
left_to_say.csv: what a code could still tell decoders that see no pixels before, 8 or 32 (three seeds).
frozen.csv: a silent model whose network of pixels stays as it is, with a new encoder and a new path from z, of no, one,
two or four hidden layers, trained on the ELBO for 120 epochs (three seeds).
dial.csv: free bits of several amounts, judged on validation images, since an amount is chosen
there (three seeds).
Nats per image everywhere (in switch.csv, for the linear VAE, nats per example).
"""

import sys
from itertools import chain, product
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write

SHAPE, LATENTS, EPOCHS, SAMPLES = (8, 8, 1), 16, 40, 100
FREE_BITS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
VARIANCES = np.array([9.0, 2.0, 0.6, 0.3])  # of the four numbers that the linear VAE learns
layers, ops = keras.layers, keras.ops


class PixelVAE(ae.AutoregressiveVAE, ae.FreeBitsVAE):
    """The first parent says how an image is drawn, the second what the KL costs (free_bits=0 and beta=1: the ELBO)."""


class OnTighterBound:
    """Trains a VAE on the importance-weighted bound with K samples (Eq. 8 of Burda et al. 2016) instead of the ELBO."""

    samples: int

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        super().compute_loss(x, y, y_pred, sample_weight, training)  # logs reconstruction and kl
        q = ae.distributions.diagonal_normal(y_pred["posterior"])
        z = q.sample(self.samples, seed=ae.distributions.next_seed(self.seed_generator))  # (K, batch, latents)
        repeated = ops.concatenate([x] * self.samples)
        log_p = self.likelihood(self.pair(ops.reshape(z, (-1, self.latent_dim)), repeated)).log_prob(repeated)
        log_weights = ops.reshape(log_p, (self.samples, -1)) + self.prior.log_prob(z) - q.log_prob(z)
        return np.log(self.samples) - ops.mean(ops.logsumexp(log_weights, axis=0))


class BypassVAE(ae.VAE):
    """A VAE whose decoder also gets features of x from the encoder. What it calls p(x|z) has seen x: it is none."""

    def pair(self, z, x):
        return [z, x]

    def decoder_shapes(self, latent_dim, input_shapes):
        return [(latent_dim,), *input_shapes]


def encoder():
    return ae.networks.dense_encoder(SHAPE, 2 * LATENTS, hidden=(128,))


def pixel_vae(free_bits=0.0, beta=1.0, context=32, skips=False, hidden=(64, 64, 64, 64), kind=PixelVAE):
    decoder = ae.networks.autoregressive_decoder(LATENTS, SHAPE, hidden, context=context, skips=skips)
    return kind(encoder(), decoder, free_bits=free_bits, beta=beta)


def bypass_vae():
    there = encoder()
    z, x = keras.Input((LATENTS,)), keras.Input(SHAPE)
    features = there.layers[2](layers.Flatten()(x))  # the encoder's hidden layer: 128 numbers that go around z
    y = layers.Dense(64, "relu")(layers.Concatenate()([z, features]))
    return BypassVAE(there, keras.Model([z, x], layers.Reshape(SHAPE)(layers.Dense(64)(y))))


def linear_vae(kind=ae.FreeBitsVAE):
    """Encoder and decoder are one matrix each; p(x|z) is normal with a fixed stddev of 1."""
    size = len(VARIANCES)
    encoder = ae.networks.dense_encoder((size,), 2 * size, hidden=())
    decoder = ae.networks.dense_decoder(size, (size,), hidden=())
    return kind(encoder, decoder, ae.distributions.Gaussian(stddev=1.0), free_bits=0.0)


def rising_beta(epochs):
    return lambda: [ae.callbacks.LinearBeta(0, 1, epochs)]


def cycles(number):
    return lambda: [ae.callbacks.CyclicalBeta(number, ramp=0.5)]


# name: (how to make the model, callbacks for the training)
MODELS = {
    "no cure": (pixel_vae, list),
    "annealing, 20 epochs": (pixel_vae, rising_beta(20)),
    "annealing, 10 epochs": (pixel_vae, rising_beta(10)),
    "annealing, 5 epochs": (pixel_vae, rising_beta(5)),
    "annealing, 2 epochs": (pixel_vae, rising_beta(2)),
    "2 cycles, ramps of 10": (pixel_vae, cycles(2)),
    "4 cycles, ramps of 5": (pixel_vae, cycles(4)),
    "free bits": (lambda: pixel_vae(free_bits=0.1), list),
    "skips from z": (lambda: pixel_vae(skips=True), list),
    "4 layers, 8 pixels back": (lambda: pixel_vae(context=8), list),
    "4 layers, z alone": (lambda: pixel_vae(context=0), list),
    "1 layer, 32 pixels back": (lambda: pixel_vae(hidden=(64,)), list),
    "1 layer, 8 pixels back": (lambda: pixel_vae(hidden=(64,), context=8), list),
    "1 layer, z alone": (lambda: pixel_vae(hidden=(64,), context=0), list),
    "encoder-decoder skips": (bypass_vae, list),
}


def black_and_white():
    """The digits with each pixel 0 or 1: (x_train, x_val, x_test)."""
    data = ae.data.load("digits")
    return tuple((x > 0.5).astype("float32") for x in (data.x_train, data.x_val, data.x_test))


def four_numbers(n=4000, seed=0):
    """Examples (n, 4): independent, normal, with mean 0 and the variances in VARIANCES."""
    return (np.random.default_rng(seed).normal(size=(n, len(VARIANCES))) * np.sqrt(VARIANCES)).astype("float32")


def train(name, x, seed, epochs=EPOCHS):
    """The model of this name after training, and its history."""
    make, callbacks = MODELS[name]
    return fit(make, x, seed, callbacks(), epochs)


def fit(make, x, seed, callbacks=(), epochs=EPOCHS, rate=2e-3):
    keras.utils.set_random_seed(seed)
    model = make()
    model.compile(keras.optimizers.Adam(rate))
    history = model.fit(x, epochs=epochs, batch_size=64, callbacks=list(callbacks), verbose=0)
    return model, history.history


def elbo(model, x, draws=10):
    """The ELBO, mean over x and over several draws of z for each."""
    return float(np.mean([keras.ops.convert_to_numpy(model.elbo(x, seed=seed)) for seed in range(draws)]))


def bound(model, x, samples=SAMPLES):
    """The importance-weighted bound on log p(x), mean over x."""
    return float(np.mean(keras.ops.convert_to_numpy(model.log_likelihood(x, samples=samples, seed=0))))


def row(model, x, x_train):
    """One line of a table: what `collapse_report` says of x, the ELBO of both sets, and the tighter bound."""
    report = ae.diagnostics.collapse_report(model, x)
    return {
        "kl": report.kl,
        "active_units": report.active_units,
        "shuffling_costs": report.reconstruction_shuffled - report.reconstruction,
        "elbo_train": elbo(model, x_train),
        "elbo": elbo(model, x),
        "iw_bound": np.nan if isinstance(model, BypassVAE) else bound(model, x),  # a bypass has no p(x) to bound
    }


def make_cures(x, x_test, seeds):
    """Rows of cures.csv, as they are done."""
    for name in MODELS:
        for seed in range(seeds):
            yield {"model": name, "seed": seed, **row(train(name, x, seed)[0], x_test, x)}


def make_dial(x, x_val, seeds):
    """Rows of dial.csv, as they are done."""
    for free_bits, seed in product(FREE_BITS, range(seeds)):
        model, _ = fit(lambda amount=free_bits: pixel_vae(free_bits=amount), x, seed)
        judged = {**row(model, x_val, x), "iw_bound_1000": bound(model, x_val, 1000)}
        yield {"free_bits": free_bits, "seed": seed, **judged}


def left_to_say(model, x, x_test):
    """What a code could still tell a decoder that ignores it: for x and for x_test, the largest ratio of how much the
    residuals x - p vary together in one direction to the pixels' own noise p (1 - p); the direction is chosen on x."""

    def residuals_and_noise(x):
        z = np.random.default_rng(0).normal(size=(len(x), LATENTS)).astype("float32")  # as a silent encoder draws it
        p = model.likelihood([z, x]).mean()
        p, x = (np.reshape(images, (len(x), -1)) for images in (keras.ops.convert_to_numpy(p), x))
        return x - p, np.mean(p * (1 - p), axis=0)

    residuals, noise = residuals_and_noise(x)
    uncertain = noise > 1e-3  # not the pixels at the edge that are always black
    scaled = residuals[:, uncertain] / np.sqrt(noise[uncertain])
    direction = np.linalg.eigh(scaled.T @ scaled)[1][:, -1] / np.sqrt(noise[uncertain])
    ratios = []
    for images in (x, x_test):
        residuals, noise = residuals_and_noise(images)
        together = np.mean((residuals[:, uncertain] @ direction) ** 2)
        ratios.append(float(together / np.sum(noise[uncertain] * direction**2)))
    return ratios


def make_left_to_say(x, x_test, seeds):
    """Rows of left_to_say.csv, as they are done: decoders that a beta of 100 has kept from listening."""
    for context, seed in product((0, 8, 32), range(seeds)):
        model, _ = fit(lambda context=context: pixel_vae(beta=100.0, context=context, hidden=(64,)), x, seed)
        train, test = left_to_say(model, x, x_test)
        active = ae.diagnostics.active_units(model, x)
        yield {"context": context, "seed": seed, "active_units": active, "train": train, "test": test}


def on_frozen_pixels(silent, hidden_layers):
    """A VAE with a new encoder, and a new path from z to logits that are added to those of a silent model, for good."""
    z, x = keras.Input((LATENTS,)), keras.Input(SHAPE)
    silent.decoder.trainable = False
    y = z
    for _ in range(hidden_layers):
        y = layers.Dense(64, "relu")(y)
    path = layers.Reshape(SHAPE)(layers.Dense(64)(y))
    return PixelVAE(encoder(), keras.Model([z, x], path + silent.decoder([ops.zeros_like(z), x])), free_bits=0.0)


def frozen_row(silent, x, hidden_layers, seed):
    """One line of frozen.csv, for a model that was trained without a cure from the same seed."""
    before = elbo(silent, x)
    model, _ = fit(lambda: on_frozen_pixels(silent, hidden_layers), x, seed, epochs=3 * EPOCHS)
    after = {"elbo_train": elbo(model, x), "kl": ae.diagnostics.collapse_report(model, x).kl}
    return {"hidden_layers": hidden_layers, "seed": seed, "silent": before, **after}


def make_frozen(x, seeds):
    """Rows of frozen.csv, as they are done."""
    for seed in range(seeds):
        silent, _ = train("no cure", x, seed)
        yield from (frozen_row(silent, x, depth, seed) for depth in (0, 1, 2, 4))


# For switch.csv: the classes of each family by what they are trained on, and the learning rates.
OBJECTIVES = {"ELBO": {}, "5 samples": {"samples": 5}, "20 samples": {"samples": 20}}
PARENTS = {"pixels": PixelVAE, "linear": ae.FreeBitsVAE}
RATES = {"pixels": 2e-3, "linear": keras.optimizers.schedules.CosineDecay(2e-2, EPOCHS * 63)}  # 63 steps per epoch
# What a model is trained on, 40 epochs each: first as in `first_stage`, then an objective. A path follows its start.
PATHS = (
    ("ELBO",),
    ("ELBO", "ELBO"),
    ("ELBO", "5 samples"),
    ("ELBO", "20 samples"),
    ("ELBO", "20 samples", "ELBO"),
    ("annealing",),
    ("annealing", "ELBO"),
    ("5 samples",),
    ("5 samples", "ELBO"),
    ("free bits",),
    ("free bits", "ELBO"),
)


def kind_of(family, objective):
    parent, options = PARENTS[family], OBJECTIVES[objective]
    return type("Tighter" + parent.__name__, (OnTighterBound, parent), options) if options else parent


def first_stage(family, first, x, seed):
    """A new model after 40 epochs on an objective, or with "annealing" or "free bits" on the ELBO; and its history."""
    make = {"pixels": pixel_vae, "linear": linear_vae}[family]
    options = {"kind": kind_of(family, first if first in OBJECTIVES else "ELBO")}
    if first == "free bits":
        options["free_bits"] = 0.1
    callbacks = rising_beta(20)() if first == "annealing" else []
    return fit(lambda: make(**options), x, seed, callbacks, rate=RATES[family])


def next_stage(family, model, objective, x, seed):
    """The same two networks, trained for 40 epochs more on an objective, with a new optimizer."""
    kind, networks = kind_of(family, objective), (model.encoder, model.decoder, model.likelihood_family)
    return fit(lambda: kind(*networks, free_bits=0.0, beta=1.0), x, seed, rate=RATES[family])


def make_switch(family, x, x_test, seeds):
    """Rows of switch.csv for one family, as they are done."""
    for seed in range(seeds):
        weights = {}
        for path in PATHS:
            if (family, path[0]) == ("linear", "free bits"):
                continue
            if len(path) == 1:
                model, _ = first_stage(family, path[0], x, seed)
            else:
                for network, before in zip((model.encoder, model.decoder), weights[path[:-1]], strict=True):
                    network.set_weights(before)
                model, _ = next_stage(family, model, path[-1], x, seed + 100 * (len(path) - 1))
            weights[path] = model.encoder.get_weights(), model.decoder.get_weights()
            yield {"family": family, "trained on": ", then ".join(path), "seed": seed, **row(model, x_test, x)}


def main(seeds, only):
    x_train, x_val, x_test = black_and_white()
    tables = {
        "left_to_say.csv": make_left_to_say(x_train, x_test, 3),
        "frozen.csv": make_frozen(x_train, 3),
        "cures.csv": make_cures(x_train, x_test, seeds),
        "switch.csv": chain(
            make_switch("linear", four_numbers(), four_numbers(seed=1), seeds),
            make_switch("pixels", x_train, x_test, seeds),
        ),
        "dial.csv": make_dial(x_train, x_val, 3),
    }
    for name in only or tables:
        write(Path(__file__).parent / name, tables[name])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:])
