"""Makes corruptions.csv, a table of lesson 4: networks trained on one corruption, tried on the others.

    python corruptions.py [SEEDS]      (default 3; about two CPU minutes per seed)

The images are those of `denoisers.py`, and so are the two networks. Beside them stands the best linear restorer of each
corruption, fitted by least squares to corrupted copies of the training images: a denoising autoencoder without hidden
layers.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from denoisers import NETWORKS, load, psnr, restore, ssim, train

CORRUPTIONS = {
    "Gaussian, 0.3": lambda seed=None: ae.corruption.GaussianNoise(0.3, seed=seed),
    "pixel dropout, 0.5": lambda seed=None: ae.corruption.PixelDropout(0.5, seed=seed),
    "block of 10 x 10": lambda seed=None: ae.corruption.BlockMasking(10, seed=seed),
}


def damaged(name, x, seed):
    """Corrupted copies of x."""
    return keras.ops.convert_to_numpy(CORRUPTIONS[name](seed)(x, training=True))


def linear_restorer(name, x, copies=5, decay=1.0):
    """The matrix and bias that restore corrupted copies with the smallest squared error, as a function of images."""
    broken = np.concatenate([damaged(name, x, seed).reshape(len(x), -1) for seed in range(100, 100 + copies)])
    clean = np.tile(x.reshape(len(x), -1), (copies, 1))
    centre, target = broken.mean(axis=0), clean.mean(axis=0)
    b, c = broken - centre, clean - target
    matrix = np.linalg.solve(b.T @ b + decay * np.eye(b.shape[1]), b.T @ c)  # a little decay, for pixels always black
    return lambda images: (target + (images.reshape(len(images), -1) - centre) @ matrix).reshape(images.shape)


def restorers(trained_on, x, seed):
    """The three restorers of one corruption, one after the other."""
    yield "linear", linear_restorer(trained_on, x)
    for name in ("dense, code of 64", "conv, skips"):
        model = train(NETWORKS[name], CORRUPTIONS[trained_on], x, seed)
        yield name, lambda images, model=model: restore(model, images)


def main(seeds):
    (x_train, _, x_test), rows = load(), []
    for seed in range(seeds):
        tests = {name: damaged(name, x_test, seed) for name in CORRUPTIONS}
        kinds = [("none", [("as it is", lambda images: images)])]
        kinds += [(name, restorers(name, x_train, seed)) for name in CORRUPTIONS]
        for trained_on, made in kinds:
            for name, function in made:
                for tested_on, images in tests.items():
                    restored = function(images)
                    scores = {
                        "psnr": psnr(x_test, restored).mean().round(3),
                        "ssim": ssim(x_test, restored).mean().round(4),
                    }
                    what = {"method": name, "trained on": trained_on, "tested on": tested_on}
                    rows.append({**what, "seed": seed, **scores})
                    print(rows[-1], flush=True)
        keras.backend.clear_session(free_memory=True)
        pd.DataFrame(rows).to_csv(Path(__file__).parent / "corruptions.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
