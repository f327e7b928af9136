"""Model quality at an equal budget, beside peers: test ELBO and importance-weighted bound of VAE and beta-VAE.

    python benchmarks/quality.py [--smallest] [--out FOLDER]

Every contestant trains the same dense networks from the same weights on the same binary images for the same number of
Adam steps, then hands over its weights. One estimator in NumPy, with the same draws for all, judges them.
"""

import math
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import record
from reporting import Aim, Section, markdown, versions

FOLDER = Path(__file__).parent / "contestants"
EPOCHS, SEEDS, TRAIN, TEST, SAMPLES = 25, 8, 39 * 128, 1000, 50
# name: (environment, script, its first arguments, environment variables)
CONTESTANTS = {
    "ours, TensorFlow": ("tensorflow", "quality_keras.py", ("ours",), {"KERAS_BACKEND": "tensorflow"}),
    "Keras's fit, TensorFlow": ("tensorflow", "quality_keras.py", ("keras",), {"KERAS_BACKEND": "tensorflow"}),
    "ours, JAX": ("jax", "quality_keras.py", ("ours",), {"KERAS_BACKEND": "jax"}),
    "pythae": ("torch", "quality_torch.py", ("pythae",), {}),
    "bare PyTorch": ("torch", "quality_torch.py", ("bare",), {}),
}
REFERENCES = ("pythae", "bare PyTorch")
ORDERS = ("ours, TensorFlow", "Keras's fit, TensorFlow")  # they differ only in the order of the images
MODELS = ("VAE", "beta-VAE")
MEASURES = {"elbo": "ELBO", "log_likelihood": "importance-weighted bound"}
ABOUT = """{date}, {machine}. TensorFlow {tensorflow}, JAX {jax}, Keras {keras}, PyTorch {torch}, pythae {pythae}.

*Training.* Dense networks 784-400-16 with a Bernoulli likelihood; {train} training images of Fashion-MNIST, binarised
at 0.5; {epochs} epochs of {steps} steps of 128; Adam with learning rate 0.001 and epsilon 1e-7; beta is 1 (VAE) and 4
(beta-VAE); {seeds} seeds. With the same seed all contestants start from the same weights; the order of the images and
the noise are their own.

*Judging.* One estimator in NumPy, with the same draws for all, computes from the final weights the ELBO (with beta =
1, whatever beta was in training; KL in closed form) and the importance-weighted bound (Eq. 8 of Burda et al. 2016)
with {samples} samples for each of {test} test images, in nats per image: higher is better. Differences are taken seed
by seed, between models that started from the same weights. Between two equally good models, about one comparison in
six falls more than one standard error short by chance; so a target with a shortfall of one to two standard errors in
its worst comparison is not decided.

*References.* pythae with the settings above, which differ from its defaults: by default it measures reconstruction
by squared error (here: its "bce"), learns at a rate of 1e-4 in batches of 64 with PyTorch's Adam epsilon of 1e-8,
and keeps the weights of the epoch with the best training loss. Like ours, it sums over pixels and latents,
averages over the batch, shuffles, keeps the last batch and uses no scheduler. The second reference is written from
the papers' equations in bare PyTorch. "Keras's fit" is our model trained by the `fit` of keras.Model, which on
TensorFlow [repeats the order of the first epoch](NOTES.md#keras-repeats-the-order-of-the-images); all others take
a new order every epoch."""


def evaluate(weights, x, samples, seed=0):
    """(ELBO, importance-weighted bound), means over x in nats per image.

    Args:
        weights: [kernel, bias, ...] of the encoder's two layers and the decoder's two.
        x: (n, pixels), binary.
        samples: draws of z per image.
        seed: seed of the draws.
    """
    from scipy.special import logsumexp

    w = weights
    hidden = np.maximum(x @ w[0] + w[1], 0)
    mean, log_variance = np.split(hidden @ w[2] + w[3], 2, axis=1)
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    rng = np.random.default_rng(seed)
    log_likelihoods, log_weights = [], []
    for _ in range(samples):
        noise = rng.standard_normal(mean.shape, dtype="float32")
        z = mean + np.exp(log_variance / 2) * noise
        logits = np.maximum(z @ w[4] + w[5], 0) @ w[6] + w[7]
        log_likelihoods.append(np.sum(x * logits - np.logaddexp(0, logits), axis=1))
        # log p(z) - log q(z|x); the constants of the two normals cancel
        log_ratio = 0.5 * np.sum(noise**2 + log_variance - z**2, axis=1)
        log_weights.append(log_likelihoods[-1] + log_ratio)
    elbo = np.mean(log_likelihoods, axis=0) - kl
    bound = logsumexp(log_weights, axis=0) - math.log(samples)
    return float(elbo.mean()), float(bound.mean())


def make_data(folder, train, test):
    """Writes binary Fashion-MNIST to folder/data.npz; returns the test images."""
    import autoencoders_edu as ae

    data = ae.data.load("fashion_mnist")
    binary = [(x.reshape(len(x), -1) > 0.5).astype("float32") for x in (data.x_train[:train], data.x_test[:test])]
    np.savez(folder / "data.npz", x_train=binary[0])
    return binary[1]


def judge(file, name, x, samples):
    """Rows for the weights in a contestant's file."""
    kept = np.load(file)
    for start in dict.fromkeys(key.rpartition("/")[0] for key in kept):
        model, seed = start.split("/")
        elbo, bound = evaluate([kept[f"{start}/{index}"] for index in range(8)], x, samples)
        row = {"model": model, "contestant": name, "seed": int(seed)}
        yield {**row, "elbo": round(elbo, 3), "log_likelihood": round(bound, 3)}


def main():
    options = record.parser(__doc__).parse_args()
    epochs, seeds, train, test, samples = EPOCHS, SEEDS, TRAIN, TEST, SAMPLES
    contestants = CONTESTANTS
    if options.smallest:
        epochs, seeds, train, test, samples = 1, 2, 3 * 128, 20, 3
        contestants = {name: how for name, how in CONTESTANTS.items() if record.available(how[0])}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        x = make_data(folder, train, test)
        for name, (environment, script, first, variables) in contestants.items():
            arguments = (*first, folder / "data.npz", folder / "out.npz", epochs, seeds)
            record.in_environment(environment, FOLDER / script, *arguments, **variables)
            rows += judge(folder / "out.npz", name, x, samples)
            print(f"{name}: {len(rows)} rows", file=sys.stderr, flush=True)
    packages = {"tensorflow": ("tensorflow", "keras"), "jax": ("jax", "keras"), "torch": ("torch", "pythae")}
    settings = {"epochs": epochs, "seeds": seeds, "train": train, "test": test, "samples": samples}
    table = record.save("quality", rows, packages, {**settings, "steps": train // 128}, options.out)
    print(report(table, record.load("quality", options.out)[1]).markdown())


def report(table, about):
    """The section of the report."""
    told = {**versions(about, "tensorflow", "jax", "keras", "torch", "pythae"), **about["settings"]}
    text = ABOUT.format(**told, date=about["date"], machine=about["machine"])
    found = differences(table)
    ours = [name for name in CONTESTANTS if name.startswith("ours") and name in set(table["contestant"])]
    aims = tuple(judge_model(found, model, name) for model in MODELS for name in ours)
    parts = [text, means(table), "Differences, means over seeds ± standard error:", in_markdown(found)]
    return Section("Quality at an equal budget", "\n\n".join(parts), aims)


def means(table):
    """A row per model and contestant: means over seeds and their standard errors."""
    groups = table.groupby(["model", "contestant"])[list(MEASURES)].agg(["mean", "sem"])
    rows = []
    for model, name in ((model, name) for model in MODELS for name in CONTESTANTS if (model, name) in groups.index):
        found = groups.loc[(model, name)]
        rows.append([model, name, *(f"{found[key]['mean']:.2f} ± {found[key]['sem']:.2f}" for key in MEASURES)])
    return markdown(["model", "contestant", "ELBO, mean ± standard error", "importance-weighted bound"], rows)


def in_markdown(found):
    """The table of `differences`."""
    rows = []
    for keys, part in found.groupby(["model", "ours", "other"], sort=False):
        rows.append([*keys, *map(in_words, part.itertuples())])
    return markdown(["model", "ours", "minus", "ELBO", "importance-weighted bound"], rows)


def differences(table):
    """A row per pair and measure: one minus the other, mean over seeds, and its standard error.

    The pairs: each of ours and each reference; on TensorFlow our `fit` and Keras's; and the two references, for scale.
    """
    rows = []
    for model in MODELS:
        part = table[table["model"] == model]
        by_seed = {measure: part.pivot(index="seed", columns="contestant", values=measure) for measure in MEASURES}
        names = [name for name in CONTESTANTS if name in set(part["contestant"])]
        pairs = [(a, b) for a in names if a.startswith("ours") for b in names if b in REFERENCES]
        pairs += [pair for pair in (ORDERS, REFERENCES) if set(pair) <= set(names)]
        for ours, other in pairs:
            for measure, values in by_seed.items():
                difference = values[ours] - values[other]
                row = {"model": model, "ours": ours, "other": other, "measure": measure}
                rows.append({**row, "difference": difference.mean(), "error": difference.sem()})
    return pd.DataFrame(rows, columns=["model", "ours", "other", "measure", "difference", "error"])


def judge_model(found, model, ours):
    """Whether one of ours is within one standard error of every reference, or better, in every measure."""
    text = f"{model}, {ours.removeprefix('ours, ')}: at most one standard error below pythae and bare PyTorch"
    usual = (model, ours) == (MODELS[0], "ours, TensorFlow")
    found = found[found["model"] == model]
    part = found[(found["ours"] == ours) & found["other"].isin(REFERENCES)]
    if set(part["other"]) != set(REFERENCES) or part["error"].isna().any():
        return Aim(text, None, "not every reference was measured", usual=usual)
    short = -part["difference"] / part["error"]  # in standard errors
    met = True if short.max() <= 1 else None if short.max() <= 2 else False
    worst, scale = part.loc[short.idxmax()], found[found["ours"] == REFERENCES[0]]
    note = f"The worst of four comparisons, in the {MEASURES[worst.measure]}."
    if not met:
        pairs = "; ".join(f"{in_words(row)} ({MEASURES[row.measure]})" for row in scale.itertuples())
        note += f" For scale, {REFERENCES[0]} against {REFERENCES[1]}: {pairs}."
    return Aim(text, met, f"{in_words(worst)} nats per image against {worst.other}", note, usual)


def in_words(row):
    return f"{row.difference:+.2f} ± {row.error:.2f}"


if __name__ == "__main__":
    main()
