"""Makes the tables of lesson 11, each over several seeds; every training takes 40 epochs.

    python cures.py [SEEDS]      (default 5; about an hour on one CPU core)

cures.csv: a VAE with a strong decoder on scikit-learn's digits in black and white: without a cure, with cures of
several strengths, with weaker decoders at two depths, and with two things that only pass for cures.
switch.csv: 40 epochs more, on the ELBO or on the importance-weighted bound, for models that were trained in one of
several ways before; the same for a linear VAE of four numbers, where the best solution is known.
left_to_say.csv: what a code could still tell decoders that see no pixels before, 8 or 32 (three seeds).
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

SHAPE, LATENTS, EPOCHS, SAMPLES = (8, 8, 1), 16, 40, 100
FREE_BITS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
VARIANCES = np.array([9.0, 2.0, 0.6, 0.3])  # of the four numbers that the linear VAE learns
layers, ops = keras.layers, keras.ops


class PixelVAE(ae.AutoregressiveVAE, ae.FreeBitsVAE):
    """The first parent says how an image is drawn, the second what the KL costs (free_bits=0 and beta=1: the ELBO)."""


class OnTighterBound:
    """Trains a VAE on the importance-weighted bound with K = 5 samples (Eq. 8 of Burda et al. 2016), not the ELBO."""

    samples = 5

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        super().compute_loss(x, y, y_pred, sample_weight, training)  # logs reconstruction and kl
        q, log_weights = ae.distributions.diagonal_normal(y_pred["posterior"]), []
        for _ in range(self.samples):
            z = q.sample(seed=ae.distributions.next_seed(self.seed_generator))
            log_p_x_given_z = self.likelihood(self.pair(z, x)).log_prob(x)
            log_weights.append(log_p_x_given_z + self.prior.log_prob(z) - q.log_prob(z))
        bound = ops.logsumexp(ops.stack(log_weights), axis=0) - np.log(self.samples)
        return -ops.mean(bound)


class TighterPixelVAE(OnTighterBound, PixelVAE):
    pass


class TighterLinearVAE(OnTighterBound, ae.FreeBitsVAE):
    pass


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


def framed(images):
    """Black ink on white paper with a grey frame, (n, height + 4, width + 4), since so small a digit is hard to see."""
    margin = ((0, 0), (1, 1), (1, 1))
    paper = np.pad(1 - np.asarray(images)[..., 0], margin, constant_values=1.0)
    return np.pad(paper, margin, constant_values=0.7)


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
        p = model.likelihood([np.zeros((len(x), LATENTS), "float32"), x]).mean()
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


# For switch.csv. family: (how to make a model that is trained on an objective, learning rate)
KINDS = {
    "pixels": {"ELBO": PixelVAE, "tighter bound": TighterPixelVAE},
    "linear": {"ELBO": ae.FreeBitsVAE, "tighter bound": TighterLinearVAE},
}
RATES = {"pixels": 2e-3, "linear": 1e-2}
# name: (objective of the first 40 epochs, callbacks)
FIRST = {
    "ELBO": ("ELBO", list),
    "annealing": ("ELBO", rising_beta(20)),
    "tighter bound": ("tighter bound", list),
    "free bits": ("ELBO", list),
}
THEN = {
    "ELBO": ("ELBO", "tighter bound"),
    "annealing": ("ELBO",),
    "tighter bound": ("ELBO", "tighter bound"),
    "free bits": ("ELBO",),
}


def first_stage(family, first, x, seed):
    """A model after 40 epochs, trained in the way that `first` names, and its history."""
    objective, callbacks = FIRST[first]
    make = {"pixels": pixel_vae, "linear": linear_vae}[family]
    options = {"free_bits": 0.1} if first == "free bits" else {}
    kind = KINDS[family][objective]
    return fit(lambda: make(kind=kind, **options), x, seed, callbacks(), rate=RATES[family])


def second_stage(family, model, objective, x, seed):
    """The same two networks, trained for 40 epochs more on an objective, with a new optimizer."""
    kind = KINDS[family][objective]
    make = lambda: kind(model.encoder, model.decoder, model.likelihood_family, free_bits=0.0, beta=1.0)  # noqa: E731
    return fit(make, x, seed, rate=RATES[family])


def make_switch(family, x, x_test, seeds):
    """Rows of switch.csv for one family, as they are done; `then` is empty after the first 40 epochs."""
    for first in FIRST:
        if (family, first) == ("linear", "free bits"):
            continue
        for seed in range(seeds):
            model, _ = first_stage(family, first, x, seed)
            weights = model.encoder.get_weights(), model.decoder.get_weights()
            yield {"family": family, "first": first, "then": "", "seed": seed, **row(model, x_test, x)}
            for then in THEN[first]:
                model.encoder.set_weights(weights[0])
                model.decoder.set_weights(weights[1])
                after, _ = second_stage(family, model, then, x, seed + 100)
                yield {"family": family, "first": first, "then": then, "seed": seed, **row(after, x_test, x)}


def main(seeds):
    x_train, x_val, x_test = black_and_white()
    tables = {
        "left_to_say.csv": make_left_to_say(x_train, x_test, 3),
        "cures.csv": make_cures(x_train, x_test, seeds),
        "switch.csv": chain(
            make_switch("linear", four_numbers(), four_numbers(seed=1), seeds),
            make_switch("pixels", x_train, x_test, seeds),
        ),
        "dial.csv": make_dial(x_train, x_val, 3),
    }
    for name, made in tables.items():
        rows = []
        for line in made:
            rows.append(line)
            print(line, flush=True)
            pd.DataFrame(rows).round(4).to_csv(Path(__file__).parent / name, index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
