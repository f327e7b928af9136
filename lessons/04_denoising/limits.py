"""Makes limits.csv and targets.csv, two tables of lesson 4: how close to the best possible a denoiser of digits comes.

    python limits.py [SEEDS]      (default 3; about a minute and a half of CPU per seed)

limits.csv: mean squared errors of a network, a Wiener filter and the posterior mean over the training images, at
several noises, on test digits and on the training digits; with strong noise also those of a network trained longer.
targets.csv: errors of the network at noise 0.6, trained with other targets than the clean image, or clipped input.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.diagnostics import mean_squared_error as error
from denoisers import NOISES, corrupt, posterior_mean, wiener

SHAPE, CODE, EPOCHS = (8, 8, 1), 64, 60
CLIPPED_INPUT = "clean image, input clipped"
TARGETS = ("clean image", "same noisy copy", "another noisy copy", "another, clipped to [0, 1]", CLIPPED_INPUT)


def networks():
    return ae.networks.dense_encoder(SHAPE, CODE, (256,)), ae.networks.dense_decoder(CODE, SHAPE, (256,))


def denoiser(noise_stddev, x, seed, longer=False):
    """Longer: four times the epochs, and a learning rate that decays to 0."""
    epochs = EPOCHS * (4 if longer else 1)
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * -(-len(x) // 64)) if longer else 2e-3
    keras.utils.set_random_seed(seed)
    model = ae.DenoisingAutoencoder(*networks(), ae.corruption.GaussianNoise(noise_stddev))
    model.compile(keras.optimizers.Adam(rate), "mse")
    model.fit(x, x, epochs=epochs, batch_size=64, verbose=0)
    return model


def by_hand(x, noise_stddev, seed, target="clean image"):
    """The denoising autoencoder without the library's class; each epoch's copies get noise of their own."""
    keras.utils.set_random_seed(seed)
    copies = np.random.default_rng(seed).permutation(np.repeat(x, EPOCHS, axis=0))
    noisy = corrupt(copies, noise_stddev, seed=2 * seed + 1)
    noisy = np.clip(noisy, 0, 1) if target == CLIPPED_INPUT else noisy
    other = corrupt(copies, noise_stddev, seed=2 * seed + 2)
    targets = {
        "clean image": copies,
        CLIPPED_INPUT: copies,
        "same noisy copy": noisy,
        "another noisy copy": other,
        "another, clipped to [0, 1]": np.clip(other, 0, 1),
    }
    model = keras.Sequential(networks())
    model.compile(keras.optimizers.Adam(2e-3), "mse")
    model.fit(noisy, targets[target], batch_size=64, verbose=0)
    return model


def limits(data, noise, seed):
    """One row per set of images."""
    models = {"network": False} | ({"network, trained longer": True} if noise > 0.5 else {})
    models = {name: denoiser(noise, data.x_train, seed, longer) for name, longer in models.items()}
    for name, x in {"test": data.x_test, "training": data.x_train}.items():
        noisy = corrupt(x, noise, seed=seed + 1000)
        yield {
            "images": name,
            "noise": noise,
            "seed": seed,
            "Wiener": error(x, wiener(data.x_train, noisy, noise)),
            "posterior mean": error(x, posterior_mean(data.x_train, noisy, noise)),
            **{network: error(x, model.reconstruct(noisy)) for network, model in models.items()},
        }


def target_row(data, target, seed, noise=0.6):
    model, noisy = by_hand(data.x_train, noise, seed, target), corrupt(data.x_test, noise, seed=seed + 1000)
    noisy = np.clip(noisy, 0, 1) if target == CLIPPED_INPUT else noisy
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
