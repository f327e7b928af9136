"""Makes denoisers.csv, a table of lesson 4: filters and networks against noise, at several strengths and seeds.

    python denoisers.py [SEEDS]      (default 3; about five CPU minutes per seed)

Everything is fitted on the same 4,000 images of clothes and judged on the same 500 test images. The filters' strengths
are chosen on validation images, for each noise. The networks are trained without corruption ("clean"), at one noise, or
on a range of noises: the standard deviation of each image is then drawn uniformly from 0 to 1.
"""

import sys
from functools import partial
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, MARKERS, STYLES
from scipy.ndimage import gaussian_filter, median_filter
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from skimage.restoration import denoise_nl_means

SHAPE, CODE, EPOCHS = (28, 28, 1), 64, 8
NOISES = (0.1, 0.3, 0.6, 1.0)
layers = keras.layers


def load(images=4000, tests=500):
    """Training, validation and test images."""
    data = ae.data.load("fashion_mnist")
    return data.x_train[:images], data.x_val[:100], data.x_test[:tests]


def corrupt(x, noise_stddev, seed):
    return x + noise_stddev * np.random.default_rng(seed).standard_normal(x.shape).astype("float32")


@keras.saving.register_keras_serializable("lesson_04")
class NoiseRange(ae.corruption.Corruption):
    """Gaussian noise whose standard deviation is drawn for each image, uniformly from 0 to `most`."""

    def __init__(self, most=1.0, **kwargs):
        super().__init__(**kwargs)
        self.most = most

    def corrupt(self, x):
        size = keras.ops.shape(x)
        stddev = keras.random.uniform((size[0], 1, 1, 1), 0, self.most, seed=self.seed_generator)
        return x + stddev * keras.random.normal(size, seed=self.seed_generator)


# Filters: each takes a batch of noisy images and a strength.


def gaussian(noisy, strength, noise_stddev):
    return gaussian_filter(noisy, strength, axes=(1, 2))


def median(noisy, strength, noise_stddev):
    return median_filter(noisy, strength, axes=(1, 2))


def non_local_means(noisy, strength, noise_stddev):
    """Averages pixels whose neighbourhoods look alike; the strength is in units of the noise."""
    options = {"patch_size": 5, "patch_distance": 9, "h": strength * noise_stddev, "sigma": noise_stddev}
    return np.stack([denoise_nl_means(image[..., 0], **options)[..., None] for image in noisy])


FILTERS = {
    "Gaussian filter": (gaussian, (0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5)),
    "median filter": (median, (1, 2, 3, 4, 5, 7)),
    "non-local means": (non_local_means, (0.2, 0.4, 0.6, 0.8, 1.0, 1.3)),
}


def best_strength(name, x_val, noise_stddev):
    """The strength with the largest PSNR on validation images."""
    apply, strengths = FILTERS[name]
    noisy = corrupt(x_val, noise_stddev, seed=1000)
    return max(strengths, key=lambda strength: psnr(x_val, apply(noisy, strength, noise_stddev)).mean())


# Two restorers that are computed, not trained.


def wiener(x_train, noisy, noise_stddev):
    """The best linear denoiser: m + C (C + s^2 I)^-1 (noisy - m), with mean m and covariance C of training images."""
    flat = x_train.reshape(len(x_train), -1)
    mean, covariance = flat.mean(axis=0), np.cov(flat, rowvar=False)
    gain = np.linalg.solve(covariance + noise_stddev**2 * np.eye(len(covariance)), covariance)  # both are symmetric
    return (mean + (noisy.reshape(len(noisy), -1) - mean) @ gain).reshape(noisy.shape)


def posterior_weights(x_train, noisy, noise_stddev):
    """The probability of each training image, given each noisy one, if there are no other images: (noisy, training)."""
    images, y = (a.reshape(len(a), -1).astype(float) for a in (x_train, noisy))
    distance = (y**2).sum(axis=1)[:, None] - 2 * y @ images.T + (images**2).sum(axis=1)
    exponents = -distance / (2 * noise_stddev**2)
    weights = np.exp(exponents - exponents.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def posterior_mean(x_train, noisy, noise_stddev):
    """E[x | noisy] if x is one of the training images, each equally likely."""
    return (posterior_weights(x_train, noisy, noise_stddev) @ x_train.reshape(len(x_train), -1)).reshape(noisy.shape)


# Networks: each function returns an encoder and a decoder.


def dense():
    hidden = (256,)
    return ae.networks.dense_encoder(SHAPE, CODE, hidden), ae.networks.dense_decoder(CODE, SHAPE, hidden)


def narrow_conv():
    """Convolutions around a code of 64 numbers."""
    return (
        ae.networks.conv_encoder(SHAPE, CODE, filters=(16, 32)),
        ae.networks.conv_decoder(CODE, SHAPE, filters=(32, 16)),
    )


def wide_conv():
    """The network with skips below, without its skips: the code is 14 x 14 x 32, more numbers than the image has."""
    encoder, _ = ae.networks.skip_autoencoder(SHAPE, filters=(16, 32))
    code = keras.Input((14, 14, 32))
    y = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(code)
    y = layers.Conv2D(16, 3, padding="same", activation="relu")(y)
    return keras.Model(encoder.input, encoder.outputs[0]), keras.Model(code, layers.Conv2D(1, 3, padding="same")(y))


def skips():
    return ae.networks.skip_autoencoder(SHAPE, filters=(16, 32))


def deeper_skips():
    """Halves the image twice, so that each output pixel depends on more of the input."""
    return ae.networks.skip_autoencoder(SHAPE, filters=(16, 32, 64))


NETWORKS = {
    "dense, code of 64": dense,
    "conv, code of 64": narrow_conv,
    "conv, wide": wide_conv,
    "conv, skips": skips,
    "conv, skips, deeper": deeper_skips,
}


def train(make, corruption, x, seed, epochs=EPOCHS):
    """A denoising autoencoder; corruption is a function that makes the layer, or None for a plain autoencoder.

    It is called after the seed is set, so that the noise repeats, too.
    """
    keras.utils.set_random_seed(seed)
    pair = make()
    model = ae.DenoisingAutoencoder(*pair, corruption()) if corruption else ae.Autoencoder(*pair)
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * -(-len(x) // 64))
    model.compile(keras.optimizers.Adam(rate), "mse")
    model.fit(x, x, batch_size=64, epochs=epochs, verbose=0)
    return model


def restore(model, noisy):
    return keras.ops.convert_to_numpy(model.reconstruct(noisy))


def corruption_of(trained_on):
    """For `train`: None for "clean", a range of noises for "range", and otherwise one noise."""
    if trained_on == "clean":
        return None
    return NoiseRange if trained_on == "range" else partial(ae.corruption.GaussianNoise, trained_on)


# How good is it?


def psnr(clean, restored):
    """Peak signal-to-noise ratio of each image in decibels; the peak is 1."""
    return np.array([peak_signal_noise_ratio(c, r, data_range=1) for c, r in zip(clean, restored, strict=True)])


def ssim(clean, restored):
    """Structural similarity of each image, in windows of 7 x 7 pixels: 1 for a perfect copy."""
    pairs = zip(clean[..., 0].astype(float), restored[..., 0].astype(float), strict=True)
    return np.array([structural_similarity(c, r, data_range=1) for c, r in pairs])


def score(clean, restored):
    error = np.mean((np.asarray(clean, float) - restored) ** 2)
    return {"mse": error, "psnr": psnr(clean, restored).mean(), "ssim": ssim(clean, restored).mean()}


def computed(x_train, x_val, noise_stddev):
    """Everything that is not a network, as functions of noisy images."""
    methods = {"noisy": lambda noisy: noisy}
    for name, (apply, _) in FILTERS.items():
        strength = best_strength(name, x_val, noise_stddev)
        methods[name] = partial(apply, strength=strength, noise_stddev=noise_stddev)
    for name, function in {"Wiener": wiener, "posterior mean": posterior_mean}.items():
        methods[name] = partial(function, x_train, noise_stddev=noise_stddev)
    return methods


def gains(table):
    """What networks trained without noise, and on a range, gain over their noisy input: dB, means over seeds."""
    noisy = table[table.method == "noisy"].set_index(["seed", "noise"])["psnr"]
    rows = table[table["trained on"].isin(["clean", "range"])].set_index(["seed", "noise"])
    rows["gain"] = rows["psnr"] - noisy.reindex(rows.index)
    return rows.groupby(["trained on", "method", "noise"], sort=False)["gain"].mean().unstack("noise")


def plot_comparison(table):
    """PSNR and SSIM by noise, from a table whose columns are (measure, noise)."""
    shown = ["noisy", *FILTERS, "Wiener", "posterior mean", "conv, code of 64", "conv, skips"]
    figure, axes = plt.subplots(1, 2, figsize=(7.6, 3.1))
    for ax, measure, name in zip(axes, ("psnr", "ssim"), ("PSNR (dB)", "SSIM"), strict=True):
        for index, method in enumerate(shown):
            style = {"color": "grey" if method == "noisy" else COLOURS[index - 1], "linestyle": STYLES[index % 6]}
            ax.plot(NOISES, table.loc[method, measure], label=method, marker=MARKERS[index % 7], markersize=5, **style)
        ax.set(xlabel="noise_stddev of the test images", ylabel=name, title=f"{name}: more is better", xticks=NOISES)
        ax.spines[["top", "right"]].set_visible(False)
    axes[1].legend(frameon=False, fontsize=8, bbox_to_anchor=(1, 1), loc="upper left")
    return figure


def main(seeds):
    (x_train, x_val, x_test), rows = load(), []

    def add(method, trained_on, seed, noise, restored):
        scores = {name: round(float(value), 5) for name, value in score(x_test, restored).items()}
        rows.append({"method": method, "trained on": trained_on, "noise": noise, "seed": seed, **scores})

    for noise in NOISES:
        methods = computed(x_train, x_val, noise)
        for seed in range(seeds):
            for name, method in methods.items():
                add(name, "", seed, noise, method(corrupt(x_test, noise, seed)))
        print({n: m.keywords["strength"] for n, m in methods.items() if n in FILTERS}, flush=True)
    todo = [(name, "range") for name in NETWORKS]
    todo += [("conv, skips", trained_on) for trained_on in ("clean", *NOISES)]
    todo += [(name, "clean") for name in ("dense, code of 64", "conv, code of 64", "conv, wide")]
    for seed in range(seeds):
        for name, trained_on in todo:
            model = train(NETWORKS[name], corruption_of(trained_on), x_train, seed)
            for noise in NOISES:
                add(name, trained_on, seed, noise, restore(model, corrupt(x_test, noise, seed)))
            print(rows[-1], flush=True)
            keras.backend.clear_session(free_memory=True)
        pd.DataFrame(rows).to_csv(Path(__file__).parent / "denoisers.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
