"""Makes limits.csv and targets.csv, two tables of lesson 4: how close to the best possible a denoiser of digits comes.

    python limits.py [SEEDS]      (default 3; about one CPU minute per seed)

limits.csv: mean squared errors of a network, a Wiener filter and the posterior mean over the training images, at
several noises, on test digits and on the training digits. targets.csv: errors of the same network at noise 0.6, trained
with other targets than the clean image.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from denoisers import NOISES, corrupt, posterior_mean, wiener

SHAPE, CODE, EPOCHS = (8, 8, 1), 64, 60


def networks():
    return ae.networks.dense_encoder(SHAPE, CODE, (256,)), ae.networks.dense_decoder(CODE, SHAPE, (256,))


def denoiser(noise_stddev, x, seed):
    keras.utils.set_random_seed(seed)
    model = ae.DenoisingAutoencoder(*networks(), ae.corruption.GaussianNoise(noise_stddev))
    model.compile(keras.optimizers.Adam(2e-3), "mse")
    model.fit(x, x, epochs=EPOCHS, batch_size=64, verbose=0)
    return model


def by_hand(x, noise_stddev, seed, target="clean image"):
    """The denoising autoencoder without the library's class; each epoch's copies get noise of their own."""
    keras.utils.set_random_seed(seed)
    copies = np.random.default_rng(seed).permutation(np.repeat(x, EPOCHS, axis=0))
    noisy = corrupt(copies, noise_stddev, seed=2 * seed + 1)
    other = corrupt(copies, noise_stddev, seed=2 * seed + 2)
    targets = {
        "clean image": copies,
        "same noisy copy": noisy,
        "another noisy copy": other,
        "another, clipped to [0, 1]": np.clip(other, 0, 1),
    }
    model = keras.Sequential(networks())
    model.compile(keras.optimizers.Adam(2e-3), "mse")
    model.fit(noisy, targets[target], batch_size=64, verbose=0)
    return model


TARGETS = ("clean image", "same noisy copy", "another noisy copy", "another, clipped to [0, 1]")


def error(x, restored):
    return float(np.mean((np.asarray(x, float) - np.asarray(restored)) ** 2))


def limits(data, noise, seed):
    """One row per set of images."""
    model = denoiser(noise, data.x_train, seed)
    for name, x in {"test": data.x_test, "training": data.x_train}.items():
        noisy = corrupt(x, noise, seed=seed + 1000)
        yield {
            "images": name,
            "noise": noise,
            "seed": seed,
            "Wiener": error(x, wiener(data.x_train, noisy, noise)),
            "posterior mean": error(x, posterior_mean(data.x_train, noisy, noise)),
            "network": error(x, model.reconstruct(noisy)),
        }


def target_row(data, target, seed, noise=0.6):
    model, noisy = by_hand(data.x_train, noise, seed, target), corrupt(data.x_test, noise, seed=seed + 1000)
    restored = model.predict(noisy, verbose=0)
    found = {"error": error(data.x_test, restored), "distance to the input": error(noisy, restored)}
    return {"target": target, "seed": seed, **found, "brightness": float(restored.mean())}


def main(seeds):
    data, here = ae.data.load("digits"), Path(__file__).parent
    rows = [row for noise in NOISES for seed in range(seeds) for row in limits(data, noise, seed)]
    pd.DataFrame(rows).round(5).to_csv(here / "limits.csv", index=False)
    rows = [target_row(data, target, seed) for target in TARGETS for seed in range(seeds)]
    pd.DataFrame(rows).round(5).to_csv(here / "targets.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
