"""Makes the tables of lesson 10 about classes: fashion.csv, digits.csv and leaks.csv.

    python conditions.py [SEEDS [TABLE ...]]      (default 5 seeds, all tables; about 12 minutes on one CPU core)

fashion.csv: an unconditional VAE and conditional ones on Fashion-MNIST (at most three seeds), judged by agreement,
diversity and by what a probe finds of the class in z.
digits.csv: the same on scikit-learn's digits in black and white, with several ways to give the condition wrongly.
leaks.csv: how much of the class is left in z for several betas, amounts of data and lengths of training (at most three
seeds).
Nats per image; diversity is the mean squared distance, summed over pixels, between images of one class.
"""

import sys
from functools import cache
from pathlib import Path

import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

CLASSES = 10
FASHION = {"shape": (28, 28, 1), "latents": 16, "hidden": (256,)}
DIGITS = {"shape": (8, 8, 1), "latents": 8, "hidden": (128,)}
layers, numpy_of = keras.layers, keras.ops.convert_to_numpy


class ConditionalBetaVAE(ae.ConditionalVAE, ae.BetaVAE):
    """The first parent says what a condition is, the second what the KL costs."""


def ignoring(network):
    """The same network, except that it gets zeros in place of the condition."""
    first, c = (keras.Input(tensor.shape[1:]) for tensor in network.inputs)
    return keras.Model([first, c], network([first, layers.Rescaling(0.0)(c)]))


def make(kind, shape, latents, hidden, beta=None):
    """A VAE that is conditioned in one of these ways, not yet trained:

    "VAE": not at all; "both": encoder and decoder hear the class, one-hot; "decoder", "encoder": only one of them does;
    "number": both get the class as one real number.
    """
    size = {"VAE": 0, "number": 1}.get(kind, CLASSES)
    encoder = ae.networks.dense_encoder(shape, 2 * latents, hidden, condition_size=size)
    decoder = ae.networks.dense_decoder(latents, shape, hidden[::-1], condition_size=size)
    if kind == "VAE":
        return ae.VAE(encoder, decoder)
    encoder = ignoring(encoder) if kind == "decoder" else encoder
    decoder = ignoring(decoder) if kind == "encoder" else decoder
    classes = None if kind == "number" else CLASSES
    if beta is None:
        return ae.ConditionalVAE(encoder, decoder, num_classes=classes)
    return ConditionalBetaVAE(encoder, decoder, num_classes=classes, beta=beta)


def paired(model, x, y):
    """What the model takes: x, or x (or z) with its condition."""
    if not isinstance(model, ae.ConditionalVAE):
        return x
    return [x, y if model.num_classes else np.asarray(y, "float32")[:, None]]


def train(kind, size, x, y, seed, epochs, beta=None, batch_size=64):
    keras.utils.set_random_seed(seed)
    model = make(kind, **size, beta=beta)
    model.compile(keras.optimizers.Adam(2e-3))
    model.fit(paired(model, x, y), epochs=epochs, batch_size=batch_size, verbose=0)
    return model


def samples(model, labels, seed, scale=1.0, draw=False):
    """One image for each label: z from the prior, multiplied by scale; the mean of p(x|z, c), or a draw from it."""
    z = scale * np.random.default_rng(seed).normal(size=(len(labels), model.latent_dim)).astype("float32")
    p = model.likelihood(paired(model, z, labels))
    return numpy_of(p.sample(seed=ae.distributions.next_seed(seed)) if draw else p.mean()).astype("float32")


def agreement(classify, images, labels):
    """The share of images that a classifier takes for the class that was asked for."""
    return float(np.mean(classify(images) == labels))


def diversity(images, labels):
    """The mean squared distance between two images of one class, averaged over classes.

    Of two independent draws, the squared difference is twice the variance on average, so no pairs need to be formed.
    """
    classes = (images[labels == label].reshape(np.sum(labels == label), -1) for label in np.unique(labels))
    return float(np.mean([2 * np.var(rows, axis=0, ddof=1).sum() for rows in classes]))


def style_agreement(model, n=300, seed=0, classify=None):
    """How far the brightness of images agrees between labels if z is the same, and if it is not: two correlations.

    n draws of z, each with every label; brightness is the mean pixel; the mean over all pairs of labels. With a
    classifier, each pair of labels counts only those draws of which it takes both images for what they should be.
    """
    z = np.random.default_rng(seed).normal(size=(n, model.latent_dim)).astype("float32")
    images = [numpy_of(model.decode([z, np.full(n, c)])) for c in range(CLASSES)]
    brightness = np.array([drawn.mean(axis=(1, 2, 3)) for drawn in images])
    if classify:
        wrong = [classify(drawn) != c for c, drawn in enumerate(images)]
        brightness = np.where(wrong, np.nan, brightness)
    pairs = np.triu_indices(CLASSES, 1)
    rng = np.random.default_rng(seed)
    shuffled = np.array([rng.permutation(row) for row in brightness])
    return tuple(float(pd.DataFrame(rows.T).corr().to_numpy()[pairs].mean()) for rows in (brightness, shuffled))


def transfer(model, classify, x, y):
    """The share of x that is taken for another class after one of three changes to what the decoder gets.

    z is the mean of q. "label": another label, the same z; "z": the same label, but z moved from the mean code of its
    class to that of the other class; "both". Averages over the nine other classes.
    """
    z, found = numpy_of(model.encode(paired(model, x, y))), []
    centres = np.array([z[y == label].mean(axis=0) for label in range(CLASSES)])
    for other in ((y + shift) % CLASSES for shift in range(1, CLASSES)):
        moved = z + centres[other] - centres[y]
        inputs = {"label": (z, other), "z": (moved, y), "both": (moved, other)}
        found.append(
            {
                name: np.mean(classify(numpy_of(model.decode(paired(model, *pair)))) == other)
                for name, pair in inputs.items()
            }
        )
    return {f"transfer, {name}": value for name, value in pd.DataFrame(found).mean().items()}


def wrong_label_costs(model, x, y):
    """By how many nats the ELBO falls, on average, if each image comes with another class's label."""
    return elbo(model, x, y) - float(np.mean([elbo(model, x, (y + shift) % CLASSES, 1) for shift in range(1, CLASSES)]))


def elbo(model, x, y, draws=5):
    x = paired(model, x, y)
    return float(np.mean([numpy_of(model.elbo(x, seed=seed)) for seed in range(draws)]))


def bound_of_each(model, x, y, count=100):
    """The importance-weighted bound on log p(x|c) of each image, (n,)."""
    return numpy_of(model.log_likelihood(paired(model, x, y), samples=count, seed=0))


def bound(model, x, y):
    return float(np.mean(bound_of_each(model, x, y)))


def log_mean_exp(values):
    """log of the mean of exp(values) over the first axis, without overflow."""
    return np.logaddexp.reduce(values, axis=0) - np.log(len(values))


def bound_of_each_class(model):
    """The bound on log p(x|c) of the new digits for each class c, (10, n)."""
    _, _, x, _ = black_and_white()
    return np.array([bound_of_each(model, x, np.full(len(x), c)) for c in range(CLASSES)])


def mixture(model):
    """The bound on log p(x) of the new digits, if all classes are equally frequent."""
    return float(log_mean_exp(bound_of_each_class(model)).mean())


def kl(model, x, y):
    q = model.posterior(paired(model, x, y))
    return float(numpy_of(model.kl_per_latent(q)).sum(axis=-1).mean())


PROBES = {"linear": LogisticRegression(max_iter=2000), "nonlinear": SVC()}


def read_class(model, x, y, kinds=tuple(PROBES)):
    """What probes find of the class in z, cross-validated on x, which the model has not been trained on: the accuracy
    from means and from one draw each, and the nats that the linear probe's probabilities for the draws give for sure.
    """
    q, found = model.posterior(paired(model, x, y)), {}
    codes = {"mean": numpy_of(q.mean()), "draw": numpy_of(q.sample(seed=ae.distributions.next_seed(0)))}
    for name, kind in ((name, kind) for name in codes for kind in kinds):
        probe = make_pipeline(StandardScaler(), PROBES[kind])
        found[f"{kind}, {name}"] = float(np.mean(cross_val_predict(probe, codes[name], y, cv=5) == y))
    probe = make_pipeline(StandardScaler(), PROBES["linear"])
    p = cross_val_predict(probe, codes["draw"], y, cv=5, method="predict_proba")[np.arange(len(y)), y]
    found["nats"] = float(np.log(CLASSES) + np.mean(np.log(p)))
    return found


@cache
def black_and_white():
    """The digits with each pixel 0 or 1: the data set, x_train, and the 719 images that no model is trained on."""
    data = ae.data.load("digits")
    x, *held_out = ((images > 0.5).astype("float32") for images in (data.x_train, data.x_val, data.x_test))
    return data, x, np.concatenate(held_out), np.concatenate([data.y_val, data.y_test])


def judge_of_digits(x=None, y=None):
    """A classifier of black and white digits, trained on the training images (or on x): from images to classes."""
    data, x_train, _, _ = black_and_white()
    x, y = (x_train, data.y_train) if x is None else (x, y)
    machine = SVC().fit(x.reshape(len(x), -1), y)
    return lambda images: machine.predict(images.reshape(len(images), -1))


def judged(images, labels, classify, x, y):
    """Agreement, diversity, and how many real images a classifier gets right that was trained on the given ones."""
    usual = {"agreement": agreement(classify, images, labels), "diversity": diversity(images, labels)}
    return usual | {"real images right": agreement(judge_of_digits(images, labels), x, y)}


PERMUTATION = np.array([3, 7, 0, 9, 1, 8, 2, 4, 5, 6])  # moves every class


def digits_model(kind, seed, epochs=60, n=None, beta=None):
    """A trained model of n (all) digits; kinds as in `make`, or "both" with labels that are permuted or shuffled."""
    data, x, _, _ = black_and_white()
    y = data.y_train
    if kind == "permuted":
        kind, y = "both", PERMUTATION[y]
    elif kind == "shuffled":
        kind, y = "both", np.random.default_rng(seed).permutation(y)
    n = n or len(x)
    return train(kind, DIGITS, x[:n], y[:n], seed, epochs, beta)


def digits_row(model, kind, seed):
    """One line of digits.csv."""
    _, _, x, y = black_and_white()
    asked = np.repeat(np.arange(CLASSES), 100)
    renamed = PERMUTATION if kind == "permuted" else np.arange(CLASSES)
    images = samples(model, renamed[asked], seed, draw=True)
    row = judged(images, asked, judge_of_digits(), x, y)
    row |= {"elbo": elbo(model, x, renamed[y]), "bound": bound(model, x, renamed[y]), "kl": kl(model, x, renamed[y])}
    row["wrong label costs"] = 0.0 if kind == "VAE" else wrong_label_costs(model, x, renamed[y])
    return row | read_class(model, x, renamed[y])


KINDS = ("VAE", "both", "decoder", "encoder", "number", "permuted", "shuffled")


def control_rows(model, seed):
    """Lines of digits.csv for images that come from elsewhere, or from a model that is asked in an odd way."""
    data, x_train, x, y = black_and_white()
    rng, asked = np.random.default_rng(seed), np.repeat(np.arange(CLASSES), 100)
    by_class = [np.flatnonzero(data.y_train == label) for label in range(CLASSES)]
    few = np.concatenate([np.resize(rng.choice(rows, 3, replace=False), 100) for rows in by_class])
    images = samples(model, asked, seed, draw=True)
    flipped = np.where(rng.random(images.shape) < 0.05, 1 - images, images)
    sets = {
        "three images per class": x_train[few],
        "z times 0.3": samples(model, asked, seed, scale=0.3, draw=True),
        "means, not draws": samples(model, asked, seed),
        "5 % of pixels flipped": flipped,
    }
    for name, drawn in sets.items():
        yield {"model": name, "seed": seed, **judged(drawn, asked, judge_of_digits(), x, y)}
    right = agreement(judge_of_digits(), x, y)  # of new images: the judge knows the training images
    yield {
        "model": "real images",
        "seed": seed,
        "agreement": right,
        "diversity": diversity(x, y),
        "real images right": right,
    }
    yield {
        "model": "asked in another order",
        "seed": seed,
        **judged(images, PERMUTATION[asked], judge_of_digits(), x, y),
    }


def make_digits(seeds):
    """Rows of digits.csv, as they are done."""
    for seed in range(seeds):
        for kind in KINDS:
            model = digits_model(kind, seed)
            row = {"model": kind, "seed": seed, **digits_row(model, kind, seed)}
            yield row | ({"mixture": mixture(model)} if kind in ("both", "decoder") else {})
            if kind == "both":
                yield from control_rows(model, seed)


# The settings of leaks.csv: what is changed, and how
LEAKS = [{"kind": kind} for kind in ("both", "decoder")]
LEAKS += [{"kind": kind, "beta": beta} for kind in ("both", "decoder") for beta in (0.1, 4.0)]
LEAKS += [{"kind": kind, "epochs": 240} for kind in ("both", "decoder")]
LEAKS += [{"kind": kind, "n": 270, "epochs": 240} for kind in ("both", "decoder")]  # as many steps as 60 epochs of all


def leaks_row(setting, seed):
    """One line of leaks.csv."""
    _, _, x, y = black_and_white()
    model = digits_model(seed=seed, **setting)
    row = {"kind": "both", "beta": 1.0, "n": 1078, "epochs": 60} | setting
    asked = np.repeat(np.arange(CLASSES), 100)
    classify = judge_of_digits()
    row |= {"seed": seed, "agreement": agreement(classify, samples(model, asked, seed), asked)}
    row |= transfer(model, classify, x, y)
    return row | {"kl": kl(model, x, y), "elbo": elbo(model, x, y)} | read_class(model, x, y)


def make_leaks(seeds):
    """Rows of leaks.csv, as they are done."""
    for seed in range(min(seeds, 3)):
        for setting in LEAKS:
            yield leaks_row(setting, seed)


@cache
def clothes():
    """Fashion-MNIST and a classifier of it, trained apart: from images to classes."""
    data = ae.data.load("fashion_mnist")
    judge = ae.metrics.classifier.train_classifier(data)
    return data, lambda images: judge.predict(images, batch_size=500, verbose=0).argmax(axis=1)


FASHION_EPOCHS = 12


# The models of fashion.csv: what is changed
CLOTHES = {
    "VAE": {"kind": "VAE"},
    "both": {"kind": "both"},
    "decoder": {"kind": "decoder"},
    "both, 30 epochs": {"kind": "both", "epochs": 30},
    "both, beta 4": {"kind": "both", "beta": 4.0},
}


def fashion_model(name, seed):
    data, _ = clothes()
    options = {"epochs": FASHION_EPOCHS, "batch_size": 128} | CLOTHES[name]
    return train(size=FASHION, x=data.x_train, y=data.y_train, seed=seed, **options)


def fashion_row(model, seed):
    """One line of fashion.csv."""
    data, classify = clothes()
    asked = np.repeat(np.arange(CLASSES), 100)
    images = samples(model, asked, seed)
    row = {"agreement": agreement(classify, images, asked), "diversity": diversity(images, asked)}
    row |= {"kl": kl(model, data.x_test, data.y_test), **read_class(model, data.x_test, data.y_test)}
    if isinstance(model, ae.ConditionalVAE):
        row["wrong label costs"] = wrong_label_costs(model, data.x_test, data.y_test)
        row |= transfer(model, classify, data.x_test[::4], data.y_test[::4])
        row["same z"], row["other z"] = style_agreement(model, seed=seed)
    return row


def fashion_controls(model, seed):
    """Sets of 100 images per class that no model has drawn for us as it should: from each, agreement and diversity."""
    data, _ = clothes()
    rng, asked = np.random.default_rng(seed), np.repeat(np.arange(CLASSES), 100)
    by_class = [np.flatnonzero(data.y_test == label) for label in range(CLASSES)]
    few = [np.flatnonzero(data.y_train == label)[seed : seed + 3] for label in range(CLASSES)]
    images = samples(model, asked, seed)
    return {
        "real images": data.x_test[np.concatenate([rng.choice(rows, 100) for rows in by_class])],
        "three images per class": data.x_train[np.concatenate([np.resize(rows, 100) for rows in few])],
        "both, z times 0.3": samples(model, asked, seed, scale=0.3),
        "both, with noise": np.clip(images + 0.2 * rng.normal(size=images.shape), 0, 1).astype("float32"),
    }


def make_fashion(seeds):
    """Rows of fashion.csv, as they are done."""
    _, classify = clothes()
    asked = np.repeat(np.arange(CLASSES), 100)
    for seed in range(min(seeds, 3)):
        for name in CLOTHES:
            if seed and "epochs" in name:
                continue  # a control, from one seed
            model = fashion_model(name, seed)
            yield {"model": name, "seed": seed, **fashion_row(model, seed)}
            for control, images in fashion_controls(model, seed).items() if name == "both" else ():
                row = {"agreement": agreement(classify, images, asked), "diversity": diversity(images, asked)}
                yield {"model": control, "seed": seed, **row}


def main(seeds, only):
    tables = {"digits.csv": make_digits, "leaks.csv": make_leaks, "fashion.csv": make_fashion}
    for name in only or tables:
        write(Path(__file__).parent / name, tables[name](seeds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:])
