"""Makes the tables of lesson 15: models of 14 x 14 clothes, judged by the same trial.

    python contest.py [SEEDS]      (default 3; about 15 minutes of CPU time with one thread)

contest.csv: one row per model, seed and stage of training. "CPU s" is the time of training so far. 2000 images of each
are compared with the 2000 test images: Fréchet distance, precision and recall (k = 3), sharpness relative to the test
images; "ms" is the CPU time per image drawn. In rows of finished models: nats per dimension of 200 dequantised test
images (lower bounds; of one normal distribution, exact), and what else the model can do: accuracy of a linear probe,
distance of images halfway between two test images, AUROC for rotated and for two-part images, MSE after compression to
16 bytes and after removing noise of stddev 0.3.
decisions.csv: mean and standard deviation over seeds of the finished models.

Seeds are the outer loop, so that an early end leaves whole seeds. GANs with other settings get the epochs in `FAILING`.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write
from autoencoders_edu.diagnostics import in_batches
from autoencoders_edu.metrics.classifier import features, train_classifier
from autoencoders_edu.metrics.generation import frechet_distance, precision_recall
from autoencoders_edu.metrics.probes import linear_probe
from autoencoders_edu.plotting import COLOURS, MARKERS
from diffusion import ALPHA_BAR, Diffusion, bound, times
from gan import GAN
from keras import ops
from scipy.ndimage import gaussian_filter, laplace
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score
from sklearn.mixture import GaussianMixture

FOLDER = Path(__file__).parent
SHAPE, LATENTS, BATCH, STDDEV = (14, 14, 1), 16, 128, 0.1
GAN_EPOCHS, DIFFUSION_EPOCHS = (10, 30, 80), (15, 60)
FAILING = {  # rate, beta_1, R1, epochs; a good GAN has 5e-4, 0.5, 0.1
    "rate 2e-3, beta_1 0.9": (2e-3, 0.9, 0.1, 10),
    "rate 2e-3": (2e-3, 0.5, 0.1, 10),
    "beta_1 0.9": (5e-4, 0.9, 0.1, 10),
    "without R1": (5e-4, 0.5, 0.0, 30),
}


def clothes():
    """Fashion-MNIST averaged over 2 x 2 pixels."""
    data = ae.data.load("fashion_mnist")
    splits = {f"x_{s}": getattr(data, f"x_{s}") for s in ("train", "val", "test")}
    return replace(data, **{name: x.reshape(-1, 14, 2, 14, 2, 1).mean(axis=(2, 4)) for name, x in splits.items()})


def fit(model, x, epochs, rate, y=None):
    """Trains with a rate that falls to 0 along a cosine; returns the model and the seconds of CPU time."""
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(rate, epochs * -(-len(x) // BATCH))), y)
    start = time.process_time()
    model.fit(x, x if y else None, batch_size=BATCH, epochs=epochs, verbose=0)
    return model, time.process_time() - start


def train_autoencoder(x, seed, epochs=40):
    """Its code has mean 0 and stddev 1 for every number: batch normalisation without scale and shift."""
    keras.utils.set_random_seed(seed)
    plain = ae.networks.dense_encoder(SHAPE, LATENTS)
    normalised = keras.layers.BatchNormalization(center=False, scale=False)(plain.output)
    decoder = ae.networks.dense_decoder(LATENTS, SHAPE, output_activation="sigmoid")
    return fit(ae.Autoencoder(keras.Model(plain.inputs[0], normalised), decoder), x, epochs, 2e-3, "mse")


def train_vae(x, seed, epochs=40):
    keras.utils.set_random_seed(seed)
    decoder = ae.networks.dense_decoder(LATENTS, SHAPE, output_activation="sigmoid")
    vae = ae.VAE(ae.networks.dense_encoder(SHAPE, 2 * LATENTS), decoder, ae.distributions.Gaussian(STDDEV))
    return fit(vae, x, epochs, 2e-3)


def train_diffusion(x, seed, epochs, **sizes):
    keras.utils.set_random_seed(seed)
    return fit(Diffusion(x.shape[1:], seed, **sizes), x, epochs, 2e-3)


def make_gan(seed, rate=5e-4, beta_1=0.5, r1=0.1):
    """A GAN whose weights are replaced by their moving average at the end of each `fit`."""
    keras.utils.set_random_seed(seed)
    gan = GAN(SHAPE, r1=r1, seed=seed)
    gan.compile(keras.optimizers.Adam(rate, beta_1=beta_1, use_ema=True, ema_momentum=0.998))
    return gan


def signed(x):
    """Pixels from [0, 1] to [-1, 1], as the diffusion model wants them."""
    return 2 * x - 1


def unsigned(x):
    return (np.clip(x, -1, 1) + 1) / 2


def fit_mixture(codes, seed, components=30):
    """Normal distributions, fitted to codes."""
    return GaussianMixture(components, random_state=seed).fit(np.asarray(codes, float))


def drawn_codes(mixture, n, seed):
    mixture.random_state = seed
    return np.random.default_rng(seed).permutation(mixture.sample(n)[0]).astype("float32")


class Trial:
    """The same trial for all: as many images as test images, against the test images."""

    def __init__(self, data):
        self.data, self.judge = data, train_classifier(data)
        self.real = features(self.judge, data.x_test)
        self.pairs = np.random.default_rng(0).permutation(len(data.x_test))

    def distance(self, images):
        return frechet_distance(self.real, features(self.judge, images))

    def compare(self, images):
        made = features(self.judge, images)
        both = precision_recall(self.real, made)._asdict()
        sharp = sharpness(images) / sharpness(self.data.x_test)
        return {"distance": frechet_distance(self.real, made), **both, "sharpness": sharp}

    def draw(self, sample):
        """`compare` for 2000 images of sample(n, seed), and milliseconds of CPU time per image."""
        sample(500, 1)  # compiles what there is to compile
        start = time.process_time()
        images = sample(len(self.data.x_test), 0)
        return {**self.compare(images), "ms": 1000 * (time.process_time() - start) / len(images)}

    def probe(self, encode):
        train = slice(None, None, 6)
        codes = (in_batches(encode, x).reshape(len(x), -1) for x in (self.data.x_train[train], self.data.x_test))
        return {"probe": linear_probe(next(codes), self.data.y_train[train], next(codes), self.data.y_test)}

    def halfway(self, middle):
        """The distance of images halfway between two test images, made by middle(first, second)."""
        return {"halfway": self.distance(middle(self.data.x_test, self.data.x_test[self.pairs]))}

    def anomalies(self, score):
        """AUROC of a score (n,) for test images rotated by 90 degrees, and for halves of two of them put together."""
        x, found = self.data.x_test, {}
        usual, labels = score(x), self.data.y_test
        other = self.data.y_test != self.data.y_test[self.pairs]
        halves = np.concatenate([x[:, :7], x[self.pairs][:, 7:]], axis=1)[other]
        for name, odd in {"rotated": np.rot90(x, axes=(1, 2)), "two halves": halves}.items():
            unusual = score(np.ascontiguousarray(odd))
            labels = np.repeat([0, 1], [len(usual), len(unusual)])
            found[name] = roc_auc_score(labels, np.concatenate([usual, unusual]))
        return found

    def compression(self, encode, decode):
        """MSE of test images from codes in which each number is one byte: 256 levels over the training codes' range."""
        codes = in_batches(encode, self.data.x_train)
        low, high = codes.min(axis=0), codes.max(axis=0)
        levels = np.clip(np.round((in_batches(encode, self.data.x_test) - low) / (high - low) * 255), 0, 255)
        return {"16 bytes": self.error(in_batches(decode, (low + levels / 255 * (high - low)).astype("float32")))}

    def denoising(self, restore, stddev=0.3):
        noise = np.random.default_rng(0).normal(0, stddev, self.data.x_test.shape)
        return {"denoised": self.error(restore((self.data.x_test + noise).astype("float32")))}

    def error(self, images):
        return np.mean((images - self.data.x_test) ** 2)


def sharpness(images):
    """The mean size of the Laplacian: how much a pixel differs from its four neighbours together."""
    return np.mean(np.abs(laplace(np.asarray(images)[..., 0], axes=(1, 2))))


def dequantised(x, seed=0):
    """Averages of four bytes have 1021 values; with uniform noise they have a density."""
    return ((x * 1020 + np.random.default_rng(seed).uniform(size=x.shape)) / 1021).astype("float32")


def squared_error(x, y):
    return np.sum((x - y) ** 2, axis=(1, 2, 3))


def uses_of_code(trial, encode, decode, score):
    """What can be done with any encoder and decoder."""

    def reconstruct(x):
        return in_batches(lambda part: decode(encode(part)), x)

    def middle(first, second):
        return in_batches(decode, (in_batches(encode, first) + in_batches(encode, second)) / 2)

    found = {**trial.probe(encode), **trial.halfway(middle), **trial.anomalies(score or reconstruction(reconstruct))}
    return {**found, **trial.compression(encode, decode), **trial.denoising(reconstruct)}


def reconstruction(reconstruct):
    return lambda x: squared_error(x, reconstruct(x))


def real_rows(trial):
    """Floors and controls, which need no model."""
    data, rng = trial.data, np.random.default_rng(0)
    train, x = data.x_train[rng.permutation(len(data.x_train))[:2000]], data.x_test
    sets = {"real images (floor)": train, "real, blurred": gaussian_filter(train, (0, 0.6, 0.6, 0))}
    sets["real, noisy"] = np.clip(train + rng.normal(0, 0.05, train.shape), 0, 1)
    pixels = {"probe": linear_probe(data.x_train[::6], data.y_train[::6], x, data.y_test)}
    pixels |= {**trial.halfway(lambda first, second: (first + second) / 2), **trial.denoising(lambda noisy: noisy)}
    for name, images in sets.items():
        yield {"model": name, "seed": 0, **trial.compare(images), **(pixels if images is train else {})}
    normal = GaussianMixture(1, reg_covar=1e-9).fit(dequantised(data.x_train).reshape(-1, 196).astype(float))
    log_p = normal.score(dequantised(x[::10]).reshape(-1, 196).astype(float))
    yield {"model": "one normal in pixels", "seed": 0, "nats": log_p / 196}


def pca_row(trial, seed):
    start, x = time.process_time(), trial.data.x_train
    pca = PCA(LATENTS, whiten=True, random_state=seed).fit(x.reshape(len(x), -1))

    def encode(images):
        return pca.transform(np.reshape(images, (len(images), -1))).astype("float32")

    def decode(z):
        return np.clip(pca.inverse_transform(z), 0, 1).reshape(-1, *SHAPE).astype("float32")

    mixture = fit_mixture(encode(x), seed)
    row = {"model": "PCA, 30 normals", "seed": seed, "CPU s": time.process_time() - start}
    row |= trial.draw(lambda n, seed: decode(drawn_codes(mixture, n, seed)))
    return {**row, **uses_of_code(trial, encode, decode, None)}


def autoencoder_rows(trial, seed):
    model, seconds = train_autoencoder(trial.data.x_train, seed)
    codes, start = in_batches(model.encode, trial.data.x_train), time.process_time()
    mixture = fit_mixture(codes, seed)
    row = {"model": "autoencoder, 30 normals", "seed": seed, "CPU s": seconds + time.process_time() - start}
    row |= trial.draw(lambda n, seed: in_batches(model.decode, drawn_codes(mixture, n, seed)))
    yield {**row, **uses_of_code(trial, model.encode, model.decode, None)}
    latent, longer = train_diffusion(codes, seed, 30, width=128)
    row = {"model": "autoencoder, diffusion of codes", "seed": seed, "CPU s": seconds + longer}
    yield {**row, **trial.draw(lambda n, seed: in_batches(model.decode, latent.sample(n, 50, seed)))}


def vae_rows(trial, seed):
    vae, seconds = train_vae(trial.data.x_train, seed)
    x, few = trial.data.x_train, dequantised(trial.data.x_test[::10])
    row = {"model": "VAE, from its prior", "seed": seed, "CPU s": seconds}
    row |= trial.draw(lambda n, seed: ops.convert_to_numpy(vae.sample(n, seed=seed)))
    row["nats"] = np.mean(vae.elbo(few, seed=0)) / 196
    row["nats, K=100"] = np.mean(vae.log_likelihood(few, samples=100, seed=0)) / 196
    score = lambda images: -np.asarray(vae.elbo(images, seed=0))  # noqa: E731
    yield {**row, **uses_of_code(trial, vae.encode, vae.decode, score)}
    start = time.process_time()
    q = vae.posterior(x).sample(seed=ae.distributions.next_seed(seed))
    mixture = fit_mixture(ops.convert_to_numpy(q), seed)
    row = {"model": "VAE, 30 normals", "seed": seed, "CPU s": seconds + time.process_time() - start}
    yield {**row, **trial.draw(lambda n, seed: in_batches(vae.decode, drawn_codes(mixture, n, seed)))}


def gan_rows(trial, seed):
    gan, seconds, before = make_gan(seed), 0.0, 0
    for epochs in GAN_EPOCHS:
        start = time.process_time()
        losses = gan.fit(trial.data.x_train, batch_size=BATCH, epochs=epochs - before, verbose=0).history
        seconds, before = seconds + time.process_time() - start, epochs
        row = {"model": f"GAN, {epochs} epochs", "seed": seed, "CPU s": seconds, **trial.draw(gan.sample)}
        row |= {f"{name} loss": losses[name][-1] for name in ("discriminator", "generator")}
        if epochs == GAN_EPOCHS[-1]:
            row |= discriminator_uses(trial, gan.discriminator)
        yield row


def discriminator_uses(trial, discriminator):
    seen = keras.Model(discriminator.inputs[0], discriminator.get_layer("features").output)
    return {**trial.probe(seen), **trial.anomalies(lambda x: -in_batches(discriminator, x)[:, 0])}


def failing_rows(trial, seed):
    for name, (rate, beta_1, r1, epochs) in FAILING.items():
        gan, start = make_gan(seed, rate, beta_1, r1), time.process_time()
        losses = gan.fit(trial.data.x_train, batch_size=BATCH, epochs=epochs, verbose=0).history
        row = {"model": f"GAN, {name}", "seed": seed, "CPU s": time.process_time() - start, **trial.draw(gan.sample)}
        yield {**row, **{f"{name} loss": losses[name][-1] for name in ("discriminator", "generator")}}


def diffusion_rows(trial, seed):
    for epochs in DIFFUSION_EPOCHS:
        model, seconds = train_diffusion(signed(trial.data.x_train), seed, epochs)
        for steps in (10, 20, 50) if epochs == DIFFUSION_EPOCHS[-1] else (50,):
            row = {"model": f"diffusion, {epochs} epochs, {steps} steps", "seed": seed, "CPU s": seconds}
            row |= trial.draw(lambda n, seed, m=model, steps=steps: unsigned(m.sample(n, steps, seed)))
            if epochs == DIFFUSION_EPOCHS[-1] and steps == 50:
                row["unclipped"] = trial.distance((model.sample(len(trial.data.x_test), steps) + 1) / 2)
                row |= diffusion_uses(trial, model)
            yield row


def diffusion_uses(trial, model):
    few, val = (signed(dequantised(x)) for x in (trial.data.x_test[::10], trial.data.x_val[::5]))
    to_pixels = np.log(2)  # a density of pixels in [0, 1] is twice that of pixels in [-1, 1]
    noisy, denoised = (np.mean(each) / 196 + to_pixels for each in bound(model, few, last_stddev(model, val)))
    found = {"nats": denoised, "nats, noisy last step": noisy}
    seen = keras.Model(model.network.inputs, model.network.get_layer("block_1").output)

    def hidden(x, t=20):
        inputs = (ops.convert_to_tensor(signed(x)), np.full(len(x), t))
        return seen(model.network_inputs(*inputs))

    rising = [1, *times(20)[-2::-1]]
    found |= trial.probe(hidden)
    found["probe of x_T"] = trial.probe(lambda x: model.walk(signed(x), rising))["probe"]

    def middle(first, second):
        ends = [model.walk(signed(x), rising) for x in (first, second)]
        return unsigned(model.walk(sum(ends) / np.sqrt(2), times(20)))

    def score(x, draws=4, t=40):
        rng, x = np.random.default_rng(0), signed(x)
        signal, noise = np.sqrt(ALPHA_BAR[t]), np.sqrt(1 - ALPHA_BAR[t])
        noisy = [(signal * x + noise * rng.standard_normal(x.shape)).astype("float32") for _ in range(draws)]
        return np.mean([squared_error(x, ops.convert_to_numpy(model.denoise(x_t, t)[0])) for x_t in noisy], axis=0)

    def restore(noisy, stddev=0.3):
        t = np.abs(np.sqrt(1 / ALPHA_BAR[1:-1] - 1) - 2 * stddev).argmin() + 1  # where x_t has as much noise
        return unsigned(
            ops.convert_to_numpy(model.denoise(np.sqrt(ALPHA_BAR[t], dtype="float32") * signed(noisy), t)[0])
        )

    return {**found, **trial.halfway(middle), **trial.anomalies(score), **trial.denoising(restore)}


def last_stddev(model, x, seed=0):
    """The stddev of x around x_hat(x_1), measured on validation images."""
    epsilon = np.random.default_rng(seed).standard_normal(x.shape)
    x_1 = (np.sqrt(ALPHA_BAR[1]) * x + np.sqrt(1 - ALPHA_BAR[1]) * epsilon).astype("float32")
    return float(np.sqrt(np.mean((x - ops.convert_to_numpy(model.denoise(x_1, 1)[0])) ** 2)))


def make_rows(data, seeds):
    """Rows of contest.csv, as they are done."""
    trial = Trial(data)
    yield from real_rows(trial)
    for seed in range(seeds):
        yield pca_row(trial, seed)
        for rows in (autoencoder_rows, vae_rows, gan_rows, diffusion_rows, failing_rows):
            yield from rows(trial, seed)


def decide(table):
    """Rows of decisions.csv: finished models, mean and standard deviation over seeds."""
    finished = ["PCA, 30 normals", "autoencoder, 30 normals", "VAE, from its prior", "VAE, 30 normals"]
    finished += [f"GAN, {GAN_EPOCHS[-1]} epochs", f"diffusion, {DIFFUSION_EPOCHS[-1]} epochs, 50 steps"]
    finished += ["autoencoder, diffusion of codes"]
    for name in finished:
        rows = table[table.model == name]
        row = {"model": name, "seeds": len(rows)}
        for column in table.columns[2:]:
            row |= {column: rows[column].mean(), f"{column}, sd": rows[column].std()}
        yield row


CRITERIA = {  # columns of decisions.csv, and what they are called
    **{"CPU s": "training, s", "ms": "one sample, ms", "distance": "distance", "unclipped": "distance, unclipped"},
    **{"precision": "precision", "recall": "recall", "sharpness": "sharpness", "nats": "nats per dimension"},
    **{"probe": "probe", "halfway": "distance halfway", "rotated": "AUROC, rotated", "two halves": "AUROC, two halves"},
    **{"16 bytes": "MSE, 16 bytes", "denoised": "MSE, denoised"},
}


def decision_table(decisions):
    """Criteria by models, in words: mean ± standard deviation."""

    def in_words(row, column):
        mean, spread, digits = row[column], row[f"{column}, sd"], 4 if CRITERIA[column].startswith("MSE") else 2
        return "" if np.isnan(mean) else f"{mean:.{digits}f}" + ("" if np.isnan(spread) else f" ± {spread:.{digits}f}")

    return pd.DataFrame({name: {CRITERIA[c]: in_words(row, c) for c in CRITERIA} for name, row in decisions.iterrows()})


def plot_trial(table, floor, ax=None):
    """Distance against the CPU time of training: means over seeds, bars from the smallest to the largest."""
    ax = ax if ax is not None else plt.subplots(figsize=(7, 4))[1]
    rows = table.dropna(subset=["CPU s", "distance"])
    groups = rows.groupby("model", sort=False)[["CPU s", "distance"]]
    mean, low, high = groups.mean(), groups.min().distance, groups.max().distance
    shown = {"GAN": r"GAN, \d+ epochs", "diffusion, 50 steps": r"diffusion, .* 50 steps"}
    shown |= {name: name for name in mean.index if name.startswith(("PCA", "autoencoder", "VAE"))}
    left = {"VAE, from its prior": 0, "autoencoder, 30 normals": 0}  # where a name on the right would be in the way
    left |= {"diffusion, 50 steps": -12, "autoencoder, diffusion of codes": 8}  # points up
    for index, (name, pattern) in enumerate(shown.items()):
        members = mean.index[mean.index.str.fullmatch(pattern)]
        y = mean.distance[members]
        bars = np.array([y - low[members], high[members] - y])
        style = {"color": COLOURS[index], "marker": MARKERS[index], "capsize": 3}
        ax.errorbar(mean["CPU s"][members], y, bars, **style)
        offset, side = ((-8, left[name]), "right") if name in left else ((8, 0), "left")
        end = (mean["CPU s"][members].iloc[-1], y.iloc[-1])
        ax.annotate(name, end, offset, textcoords="offset points", ha=side, va="center", fontsize=8)
    ax.axhline(floor, color="grey", linestyle=":")
    ax.annotate("floor", (1.6, floor), (0, 3), textcoords="offset points", fontsize=8, color="grey")
    ax.set(xscale="log", yscale="log", xlabel="seconds of CPU time for training", ylabel="Fréchet distance (n = 2000)")
    ax.set_xticks([2, 5, 10, 20, 50, 100], ["2", "5", "10", "20", "50", "100"])
    ax.set_yticks([0.3, 0.5, 1, 3, 10, 30], ["0.3", "0.5", "1", "3", "10", "30"])
    ax.minorticks_off()
    return ax


def main(seeds):
    write(FOLDER / "contest.csv", make_rows(clothes(), seeds))
    write(FOLDER / "decisions.csv", decide(pd.read_csv(FOLDER / "contest.csv")))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
