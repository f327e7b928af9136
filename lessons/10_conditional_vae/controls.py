"""Makes controls.csv, the table of lesson 10 with what else could explain its results.

    python controls.py [SEEDS]      (default 3; about four minutes on one CPU core)

One number per line, long format: which question, which model, what is measured, the number, the seed.
source: agreement and diversity if z comes from elsewhere than the prior.
saving: bounds of models that are trained longer, are larger, or are judged with more samples.
codes: what one draw of z tells of the class to a probe that knows every training image's q(z|x, c).
sprites, number, completion: told all five factors, told the class as one standardised number, and completing images,
each trained three or four times as long (one seed).
Nats per image.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import completion
import conditions
import keras
import numpy as np
import pandas as pd
import words
from scipy.special import logsumexp

CLASSES, ASKED = conditions.CLASSES, np.repeat(np.arange(conditions.CLASSES), 100)
numpy_of = keras.ops.convert_to_numpy


def read_from_codes(model, x_train, y_train, x, y):
    """What one draw of z from q(z|x, c) tells of the class, if q(z|c) is the mixture of the training images' codes.

    By Bayes' rule with equally frequent classes: the accuracy, and the floor in nats, log 10 + E log p(c|z).
    """
    q = model.posterior(conditions.paired(model, x_train, y_train))
    mean, stddev = numpy_of(q.mean()), numpy_of(q.stddev())
    z = numpy_of(model.posterior(conditions.paired(model, x, y)).sample(seed=ae.distributions.next_seed(0)))
    log_q = -0.5 * np.sum(((z[:, None] - mean) / stddev) ** 2, axis=2) - np.log(stddev).sum(axis=1)
    log_q_of_class = [logsumexp(log_q[:, y_train == c], axis=1) - np.log(np.sum(y_train == c)) for c in range(CLASSES)]
    log_p = np.transpose(log_q_of_class - logsumexp(log_q_of_class, axis=0))
    return float(np.mean(log_p.argmax(axis=1) == y)), float(np.log(CLASSES) + log_p[np.arange(len(y)), y].mean())


def sources_of_z(model, x, y, seed):
    """1000 draws of z from four places, the last of which looks at the class asked for: {name: (1000, latents)}."""
    rng = np.random.default_rng(seed)
    q = model.posterior(conditions.paired(model, x, y))
    z = numpy_of(q.sample(seed=ae.distributions.next_seed(seed)))
    by_class = [z[y == c] for c in range(CLASSES)]
    sets = {
        "prior": rng.normal(size=(len(ASKED), z.shape[1])),
        "codes of any class": z[rng.choice(len(z), len(ASKED))],
        "one Gaussian for all codes": rng.multivariate_normal(z.mean(axis=0), np.cov(z.T), len(ASKED)),
        "a Gaussian for each class": np.concatenate(
            [rng.multivariate_normal(codes.mean(axis=0), np.cov(codes.T), 100) for codes in by_class]
        ),
    }
    return {name: values.astype("float32") for name, values in sets.items()}


def judge_sources(model, classify, x, y, seed):
    """Agreement and diversity for each source of z: {name: (agreement, diversity)}."""
    found = {}
    for name, z in sources_of_z(model, x, y, seed).items():
        images = numpy_of(model.decode([z, ASKED]))
        found[name] = conditions.agreement(classify, images, ASKED), conditions.diversity(images, ASKED)
    return found


# The digit models whose bounds are compared: what is changed
SAVING = {
    "VAE, 240 epochs": {"kind": "VAE", "epochs": 240},
    "CVAE, 240 epochs": {"kind": "both", "epochs": 240},
    "VAE, 512 hidden units": {"kind": "VAE", "hidden": (512,)},
    "VAE, 16 latents": {"kind": "VAE", "latents": 16},
}


def saving(seed):
    """Lines about bounds on new digits; the wider VAEs from one seed."""
    data, x_train, x, y = conditions.black_and_white()
    for name, change in list(SAVING.items())[: None if seed == 0 else 2]:
        options = {"latents": 8, "hidden": (128,), "epochs": 60} | change
        size = {"shape": (8, 8, 1), "latents": options["latents"], "hidden": options["hidden"]}
        model = conditions.train(options["kind"], size, x_train, data.y_train, seed, options["epochs"])
        yield "saving", name, "bound", conditions.bound(model, x, y)
        if options["kind"] == "both":
            yield "saving", name, "mixture", conditions.mixture(model)


def codes(seed):
    """Lines about what the digits' codes tell of the class; and bounds with ten times as many samples (one seed)."""
    data, x_train, x, y = conditions.black_and_white()
    for kind in ("VAE", "both", "decoder"):
        model = conditions.digits_model(kind, seed)
        accuracy, nats = read_from_codes(model, x_train, data.y_train, x, y)
        yield from (("codes", kind, "accuracy", accuracy), ("codes", kind, "nats", nats))
        if seed == 0 and kind != "decoder":
            name = "VAE" if kind == "VAE" else "CVAE"
            yield "saving", name, "bound", conditions.bound(model, x, y)
            yield "saving", name, "bound, 1000 samples", float(conditions.bound_of_each(model, x, y, 1000).mean())


def source(seed):
    """Lines about z that does not come from the prior."""
    data, x_train, _, _ = conditions.black_and_white()
    model = conditions.digits_model("both", seed, beta=0.1)
    found = {"digits, beta 0.1": judge_sources(model, conditions.judge_of_digits(), x_train, data.y_train, seed)}
    data, classify = conditions.clothes()
    model = conditions.fashion_model("both", seed)
    found["clothes"] = judge_sources(model, classify, data.x_train, data.y_train, seed)
    for images, numbers in found.items():
        for name, (agreement, diversity) in numbers.items():
            yield "source", f"{images}: {name}", "agreement", agreement
            yield "source", f"{images}: {name}", "diversity", diversity


def number(seed):
    """Lines about the class as one number with mean 0 and standard deviation 1, trained four times as long."""
    data, x_train, _, _ = conditions.black_and_white()
    keras.utils.set_random_seed(seed)
    model = conditions.make("number", **conditions.DIGITS)
    model.compile(keras.optimizers.Adam(2e-3))
    scaled = np.float32((np.arange(CLASSES) - 4.5) / np.arange(CLASSES).std())
    model.fit([x_train, scaled[data.y_train, None]], epochs=240, batch_size=64, verbose=0)
    z = np.random.default_rng(seed).normal(size=(len(ASKED), model.latent_dim)).astype("float32")
    images = numpy_of(model.likelihood([z, scaled[ASKED, None]]).sample(seed=ae.distributions.next_seed(seed)))
    yield (
        "number",
        "standardised, 240 epochs",
        "agreement",
        float(conditions.agreement(conditions.judge_of_digits(), images, ASKED)),
    )


def sprites(seed):
    """Lines about sprites of which all five factors are told."""
    data = ae.data.load("sprites", size=words.SHAPE[0])
    told = words.TOLD["all five"]
    found, _ = words.recognise(data.x_test)
    yield "sprites", "the judge, real sprites", "as asked", float(np.mean(np.all(found == data.y_test, axis=1)))
    x, x_test = ([x, words.numbers(y, told)] for x, y in ((data.x_train, data.y_train), (data.x_test, data.y_test)))
    keras.utils.set_random_seed(seed)
    model = words.make(x[1].shape[1])
    for name, epochs in (("40 epochs", 40), ("120 epochs", 80)):  # the second goes on from the first
        model.fit(x, epochs=epochs, batch_size=64, verbose=0)
        for which, pair in (("training", [part[:614] for part in x]), ("new", x_test)):
            yield "sprites", name, f"bound, {which}", float(numpy_of(model.log_likelihood(pair, 100, seed=0)).mean())
        kl = numpy_of(model.kl_per_latent(model.posterior(x_test))).sum(axis=-1).mean()
        yield "sprites", name, "kl", float(kl)
        found, _ = words.recognise(numpy_of(model.sample(len(x_test[1]), x_test[1], seed=seed)))
        yield "sprites", name, "as asked", float(np.mean(np.all(found == data.y_test, axis=1)))


def longer_completion(seed):
    """Lines about completion by models that have been trained three times as long."""
    x_train, x = completion.silhouettes()
    judges = {"CVAE": (completion.make_cvae, completion.cvae_row)}
    judges["mean predictor"] = completion.make_predictor, completion.predictor_row
    for name, (make, judge) in judges.items():
        model = completion.train(make, x_train, seed, epochs=3 * completion.EPOCHS)
        for visible in (1, 2, 3):
            row = judge(model, x, completion.masks(len(x), visible, 1000 + visible))
            for key in ("error, one draw", "error, mean of 100", "log p, pixels apart", "log p, bound"):
                if key in row:
                    yield "completion", f"{visible} visible, {name}", key, row[key]


ALL_SEEDS, ONE_SEED = (source, saving, codes), (sprites, number, longer_completion)


def main(seeds):
    rows, columns = [], ["question", "model", "quantity", "value", "seed"]
    tasks = [(make_lines, seed) for seed in range(seeds) for make_lines in ALL_SEEDS]
    for make_lines, seed in tasks + [(make_lines, 0) for make_lines in ONE_SEED]:
        for line in make_lines(seed):
            rows.append((*line, seed))
            print(*rows[-1], flush=True)
        pd.DataFrame(rows, columns=columns).round(4).to_csv(Path(__file__).parent / "controls.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
