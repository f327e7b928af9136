"""Makes cures.csv and dial.csv, the tables of lesson 11: what brings a collapsed posterior back, over several seeds.

    python cures.py [SEEDS]      (default 3)

One VAE with a strong decoder, trained on scikit-learn's digits in black and white, each time for 40 epochs: without a
cure, with each of seven, and with two things that pass for cures. dial.csv has one training
for each amount of free bits, judged on validation images, since an amount is chosen there. Nats per image everywhere.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd

SHAPE, LATENTS, EPOCHS, SAMPLES = (8, 8, 1), 16, 40, 100
FREE_BITS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
layers = keras.layers


class PixelVAE(ae.AutoregressiveVAE, ae.FreeBitsVAE):
    """The first parent says how an image is drawn, the second what the KL costs (free_bits=0 and beta=1: the ELBO)."""


class BypassVAE(ae.VAE):
    """A VAE whose decoder also gets features of x from the encoder. What it calls p(x|z) has seen x: it is none."""

    def pair(self, z, x):
        return [z, x]

    def decoder_shapes(self, latent_dim, input_shapes):
        return [(latent_dim,), *input_shapes]


def encoder():
    return ae.networks.dense_encoder(SHAPE, 2 * LATENTS, hidden=(128,))


def pixel_vae(free_bits=0.0, context=32, skips=False, hidden=(64, 64, 64, 64)):
    decoder = ae.networks.autoregressive_decoder(LATENTS, SHAPE, hidden, context=context, skips=skips)
    return PixelVAE(encoder(), decoder, free_bits=free_bits)


def bypass_vae():
    there = encoder()
    z, x = keras.Input((LATENTS,)), keras.Input(SHAPE)
    features = there.layers[2](layers.Flatten()(x))  # the encoder's hidden layer: 128 numbers that go around z
    y = layers.Dense(64, "relu")(layers.Concatenate()([z, features]))
    return BypassVAE(there, keras.Model([z, x], layers.Reshape(SHAPE)(layers.Dense(64)(y))))


# name: (how to make the model, callbacks for the training)
MODELS = {
    "no cure": (pixel_vae, lambda: []),
    "linear annealing": (pixel_vae, lambda: [ae.callbacks.LinearBeta(0, 1, EPOCHS // 2)]),
    "cyclical annealing": (pixel_vae, lambda: [ae.callbacks.CyclicalBeta(4, ramp=0.5)]),
    "free bits": (lambda: pixel_vae(free_bits=0.1), lambda: []),
    "skips from z": (lambda: pixel_vae(skips=True), lambda: []),
    "one hidden layer": (lambda: pixel_vae(hidden=(64,)), lambda: []),
    "weaker: 8 pixels back": (lambda: pixel_vae(context=8), lambda: []),
    "weakest: z alone": (lambda: pixel_vae(context=0), lambda: []),
    "annealing over 2 epochs": (pixel_vae, lambda: [ae.callbacks.LinearBeta(0, 1, 2)]),
    "encoder-decoder skips": (bypass_vae, lambda: []),
}


def black_and_white():
    """The digits with each pixel 0 or 1: (x_train, x_val, x_test)."""
    data = ae.data.load("digits")
    return tuple((x > 0.5).astype("float32") for x in (data.x_train, data.x_val, data.x_test))


def train(name, x, seed, epochs=EPOCHS):
    """The model of this name after training, and its history."""
    make, callbacks = MODELS[name]
    return fit(make, x, seed, callbacks(), epochs)


def fit(make, x, seed, callbacks=(), epochs=EPOCHS):
    keras.utils.set_random_seed(seed)
    model = make()
    model.compile(keras.optimizers.Adam(2e-3), steps_per_execution=17)
    history = model.fit(x, epochs=epochs, batch_size=64, callbacks=list(callbacks), verbose=0)
    return model, history.history


def bound(model, x, samples=SAMPLES):
    """The importance-weighted bound on log p(x), mean over x."""
    return float(np.mean(keras.ops.convert_to_numpy(model.log_likelihood(x, samples=samples, seed=0))))


def row(model, x):
    """One line of the table: what `collapse_report` says, the ELBO, and the importance-weighted bound."""
    report = ae.diagnostics.collapse_report(model, x)
    return {
        "kl": report.kl,
        "active_units": report.active_units,
        "reconstruction": report.reconstruction,
        "shuffling_costs": report.reconstruction_shuffled - report.reconstruction,
        "elbo": -report.kl - report.reconstruction,
        "iw_bound": np.nan if isinstance(model, BypassVAE) else bound(model, x),  # a bypass has no p(x) to bound
    }


def make_cures(x, x_test, seeds):
    """Rows of cures.csv, as they are done."""
    for name in MODELS:
        for seed in range(seeds):
            yield {"model": name, "seed": seed, **row(train(name, x, seed)[0], x_test)}


def make_dial(x, x_val):
    """Rows of dial.csv, as they are done."""
    for free_bits in FREE_BITS:
        model, _ = fit(lambda amount=free_bits: pixel_vae(free_bits=amount), x, seed=0)
        kl = np.sort(ae.diagnostics.collapse_report(model, x_val).kl_per_latent)[::-1]
        more = {"iw_bound_1000": bound(model, x_val, 1000)}
        yield {"free_bits": free_bits, **row(model, x_val), **more, **{f"kl_{j}": kl[j] for j in range(LATENTS)}}


def main(seeds):
    x_train, x_val, x_test = black_and_white()
    tables = {"cures.csv": make_cures(x_train, x_test, seeds), "dial.csv": make_dial(x_train, x_val)}
    for name, made in tables.items():
        rows = []
        for line in made:
            rows.append(line)
            print(line, flush=True)
            pd.DataFrame(rows).round(4).to_csv(Path(__file__).parent / name, index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
