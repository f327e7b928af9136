"""Makes four tables of lesson 8, in which the code is one choice among ten.

    python discrete.py [SEEDS]      (default 5; about four minutes per seed on two CPU cores)

Binarised 8 x 8 digits. The code is one of CLASSES choices, so the exact ELBO, and its exact gradient, is a sum of
CLASSES terms. discrete.csv has models that were trained with several kinds of gradient, all judged by the exact ELBO;
bias.csv what each kind gets wrong, early in training; directions.csv whether it points downhill, for encoders that are
more and less decided; continued.csv models that were trained on: those of borrowed gradients, the decoder alone with
the exact gradient, and the exact solution, trained on with the straight-through gradients.
"""

import sys
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.course.tables import write
from autoencoders_edu.distributions import tfd
from autoencoders_edu.gradients import gradients
from autoencoders_edu.plotting import COLOURS, MARKERS, STYLES, plot_curves
from draws import BATCH, EPOCHS, SHAPE, binarised_digits

CLASSES, TEMPERATURE, RATE, EARLY = 10, 0.5, 2e-3, 5
TEMPERATURES = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
# directions.csv: the gradient that trained the model, and what its encoder's logits are multiplied by.
FACTORS = {"exact": (0.1, 0.2, 0.4, 1.0, 3.0), "straight-through": (0.1, 0.2, 0.4, 1.0, 3.0, 10.0)}
ops = keras.ops


def gumbel(shape, seed):
    """Noise such that argmax(logits + noise) is a draw from the softmax of the logits."""
    uniform = keras.random.uniform(shape, 1e-6, 1 - 1e-6, seed=seed)
    return -ops.log(-ops.log(uniform))


def one_hot(scores):
    return ops.one_hot(ops.argmax(scores, axis=-1), CLASSES)


def with_gradient_of(hard, soft):
    """The value of `hard` with the gradient of `soft`."""
    return soft + ops.stop_gradient(hard - soft)


def straight_through(logits, noise, temperature=None):
    """A one-hot draw that borrows its gradient from the probabilities."""
    return with_gradient_of(one_hot(logits + noise), ops.softmax(logits))


def gumbel_softmax(logits, noise, temperature=TEMPERATURE):
    """No draw at all: a soft mixture of the choices, the nearer to one-hot the lower the temperature."""
    return ops.softmax((logits + noise) / temperature)


def straight_through_gumbel(logits, noise, temperature=TEMPERATURE):
    """A one-hot draw that borrows its gradient from the Gumbel-softmax."""
    return with_gradient_of(one_hot(logits + noise), gumbel_softmax(logits, noise, temperature))


SAMPLERS = {
    "straight-through": straight_through,
    "Gumbel-softmax": gumbel_softmax,
    "straight-through Gumbel": straight_through_gumbel,
}
GUMBELS = ("Gumbel-softmax", "straight-through Gumbel")
ONE_BASELINE = "score function, one baseline for all digits"
LOOKS = {name: (COLOURS[k], STYLES[k], MARKERS[k]) for k, name in enumerate(("score function", *SAMPLERS))}
# What discrete.csv compares: the kind of gradient, draws per digit and step, temperature, learning rate.
MAIN = (
    ("exact", 1),
    ("score function", 1),
    ("score function", 2),
    ("straight-through", 1),
    ("Gumbel-softmax", 1),
    ("straight-through Gumbel", 1),
)
RECIPES = (
    *((*recipe, TEMPERATURE, rate) for recipe in MAIN for rate in (RATE / 2, RATE, 2 * RATE)),
    *((name, 1, temperature, RATE) for name in GUMBELS for temperature in (0.25, 1.0, 2.0)),
    *((name, 2, TEMPERATURE, rate) for name in SAMPLERS for rate in (RATE, 2 * RATE)),
)

# What continued.csv has: the first gradient and its temperature, and what follows.
DECODER_ALONE, MORE_EPOCHS = "exact, decoder alone", 15
CONTINUED = (
    *(("Gumbel-softmax", temperature, DECODER_ALONE) for temperature in (TEMPERATURE, 1.0, 2.0)),
    *(("straight-through Gumbel", temperature, DECODER_ALONE) for temperature in (TEMPERATURE, 2.0)),
    ("straight-through", TEMPERATURE, DECODER_ALONE),
    *(("exact", TEMPERATURE, name) for name in ("exact", "straight-through", "straight-through Gumbel")),
)


def costs(decoder, x, z):
    """-log p(x|z) in nats, (n, batch), for codes z (n, batch, CLASSES)."""
    outputs = decoder(ops.reshape(z, (-1, CLASSES)))
    outputs = ops.reshape(outputs, (z.shape[0], -1, *SHAPE))
    return -ops.sum(tfd.Bernoulli(logits=outputs).log_prob(x), axis=(2, 3, 4))


def every_cost(decoder, x):
    """-log p(x|z) for each of the choices, (batch, CLASSES)."""
    logits = ops.reshape(decoder(ops.eye(CLASSES)), (CLASSES, 1, *SHAPE))
    return -ops.transpose(ops.sum(tfd.Bernoulli(logits=logits).log_prob(x), axis=(2, 3, 4)))


def reconstruction(estimator, decoder, x, logits, seed, draws=1, temperature=TEMPERATURE, baseline=0.0):
    """E[-log p(x|z)], (batch,), or a number whose gradient stands for that of the expectation.

    The score function has a baseline: with several draws, the mean cost of the others, otherwise the one that is given.
    """
    if estimator == "exact":
        return ops.sum(ops.softmax(logits) * every_cost(decoder, x), axis=-1)
    noise = gumbel((draws, *ops.shape(logits)), seed)
    if estimator in SAMPLERS:
        return ops.mean(costs(decoder, x, SAMPLERS[estimator](logits, noise, temperature)), axis=0)
    z = one_hot(logits + noise)
    cost, log_q = costs(decoder, x, z), ops.sum(z * ops.log_softmax(logits), axis=-1)
    usual = baseline if draws == 1 else (ops.sum(cost, axis=0) - cost) / (draws - 1)
    push = ops.stop_gradient(cost - usual) * log_q
    return ops.mean(cost + push - ops.stop_gradient(push), axis=0)  # worth the cost, plus a gradient worth nothing


class DiscreteVAE(ae.Autoencoder):
    """An encoder to CLASSES logits, a decoder from one-hot codes, a uniform prior over the choices."""

    def __init__(self, estimator, draws=1, temperature=TEMPERATURE, seed=0):
        encoder = ae.networks.dense_encoder(SHAPE, CLASSES, hidden=(64,))
        super().__init__(encoder, ae.networks.dense_decoder(CLASSES, SHAPE, hidden=(64,)))
        self.estimator, self.options = estimator, {"draws": draws, "temperature": temperature}
        self.noise_seed = keras.random.SeedGenerator(seed)
        self.usual = self.add_weight(shape=(), initializer="zeros", trainable=False)  # a running mean of the cost

    def call(self, x, training=False):
        logits = self.encoder(x)
        kl = ops.log(float(CLASSES)) - entropy(logits)
        estimator = self.estimator if training else "exact"
        options = {**self.options, "baseline": self.usual.value}
        return {"kl": kl, "cost": reconstruction(estimator, self.decoder, x, logits, self.noise_seed, **options)}

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        if training:
            self.usual.assign(0.9 * self.usual + 0.1 * ops.mean(y_pred["cost"]))
        return ops.mean(y_pred["cost"] + y_pred["kl"])


def entropy(logits):
    """How undecided q(z|x) is, in nats, (batch,): 0 for a sure choice, log CLASSES = 2.3 for a blind one."""
    return -ops.sum(ops.softmax(logits) * ops.log_softmax(logits), axis=-1)


def train(estimator, seed, x_train, epochs=EPOCHS, rate=RATE, **options):
    keras.utils.set_random_seed(seed)
    model = DiscreteVAE(estimator, seed=seed, **options)
    model.compile(keras.optimizers.Adam(rate))
    model.fit(x_train, x_train, epochs=epochs, batch_size=BATCH, verbose=0)
    return model


def train_on(model, then, seed, x_train):
    """A copy of the model, trained on with another gradient; or its decoder alone, with the exact gradient."""
    keras.utils.set_random_seed(seed)
    alone = then == DECODER_ALONE
    copy = DiscreteVAE("exact" if alone else then, seed=seed)
    copy.set_weights(model.get_weights())
    copy.encoder.trainable = not alone
    copy.compile(keras.optimizers.Adam(RATE))
    copy.fit(x_train, x_train, epochs=MORE_EPOCHS if alone else EPOCHS, batch_size=BATCH, verbose=0)
    return copy


def sharpened(model, factor):
    """A copy of the model whose encoder gives `factor` times the logits: the same decoder, a more decided choice."""
    copy = DiscreteVAE(model.estimator)
    copy.set_weights(model.get_weights())
    last = copy.encoder.layers[-1]
    last.set_weights([factor * weight for weight in last.get_weights()])
    copy.compile()
    return copy


def row(model, x_val):
    """The exact loss on validation digits in nats, also with sharper choices, and the entropy of the choices."""
    exact = [
        m.evaluate(x_val, x_val, batch_size=len(x_val), verbose=0, return_dict=True)["loss"]
        for m in (model, sharpened(model, 3))
    ]
    undecided = float(ops.mean(entropy(model.encoder(x_val))))
    return {"loss": exact[0], "loss, logits x 3": exact[1], "entropy": undecided}


def gradient(model, x, estimator, seed, draws=1000, temperature=TEMPERATURE, baseline=0.0):
    """The encoder's gradient of the mean reconstruction term, all weights in one array."""

    def function():
        logits = model.encoder(x)
        return ops.mean(reconstruction(estimator, model.decoder, x, logits, seed, draws, temperature, baseline))

    return np.concatenate([g.ravel() for g in gradients(function, model.encoder.trainable_variables)])


def bias_and_noise(model, x, estimator, seed, temperature=TEMPERATURE, draws=300, repeats=10):
    """How far an estimator's mean is off, and the stddev of one draw, both divided by the exact gradient's length."""
    exact = gradient(model, x, "exact", seed)
    found = np.array([gradient(model, x, estimator, seed, draws, temperature) for _ in range(repeats)])
    total = found.var(axis=0, ddof=1).sum()
    bias = np.sum((found.mean(axis=0) - exact) ** 2) - total / repeats  # the second term is what mere noise gives
    return np.sqrt([max(bias, 0), draws * total]) / np.linalg.norm(exact)


def noise_in_training(model, x, seed, repeats=200):
    """The noise of one draw of the score function if all digits have the same baseline, as in training."""
    usual = ops.mean(reconstruction("exact", model.decoder, x, model.encoder(x), seed))
    found = [gradient(model, x, "score function", seed, draws=1, baseline=usual) for _ in range(repeats)]
    return np.sqrt(np.var(found, axis=0, ddof=1).sum()) / np.linalg.norm(gradient(model, x, "exact", seed))


def directions(model, x, seed):
    """Cosines of averaged gradients with the exact one, for 40 draws per digit, and the entropy of the choices."""
    found = {name: gradient(model, x, name, seed, draws=40) for name in ("exact", *SAMPLERS)}
    unit = {name: g / np.linalg.norm(g) for name, g in found.items()}
    cosines = {name: unit[name] @ unit["exact"] for name in SAMPLERS}
    return {"entropy": float(ops.mean(entropy(model.encoder(x)))), **cosines}


def again(x_train, x_val, errors, dial, choices, after):
    """For seed 0, one row of each table: measured now, and stored."""
    early, vae = train("exact", 0, x_train, EARLY), train("exact", 0, x_train)
    bias, noise = bias_and_noise(early, x_train[:BATCH], "straight-through", keras.random.SeedGenerator(0))
    now = {"bias": bias, "noise": noise, **directions(vae, x_train, keras.random.SeedGenerator(0)), **row(vae, x_val)}
    mixtures = train("Gumbel-softmax", 0, x_train, temperature=2.0)
    now["loss before"] = row(mixtures, x_val)["loss"]
    now["loss after"] = row(train_on(mixtures, DECODER_ALONE, 0, x_train), x_val)["loss"]
    stored = (
        errors[errors.gradient == "straight-through"],
        dial[(dial.trained == "exact") & (dial.factor == 1)],
        choices[(choices.gradient == "exact") & (choices.rate == RATE)],
        after[(after.gradient == "Gumbel-softmax") & (after.temperature == 2)][["seed", "loss before", "loss after"]],
    )
    rows = {key: value for table in stored for key, value in table[table.seed == 0].iloc[0].items()}
    return pd.DataFrame({"now": now, "stored": {key: rows[key] for key in now}}).astype(float)


def plot_errors(table):
    """Bias and noise by temperature; from bias.csv."""
    table = table[table.gradient != ONE_BASELINE]  # too noisy for the figure, and it has no measured bias
    means = table.groupby(["gradient", "temperature"], sort=False)[["bias", "noise"]].mean()
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.8))
    for ax, what, title in zip(axes, means, ("Bias", "Noise of one draw"), strict=True):
        lines = {name: np.broadcast_to(means.loc[name, what], len(TEMPERATURES)) for name in means.index.unique(0)}
        plot_curves(lines, x=TEMPERATURES, xlabel="temperature", markers=True, ax=ax)
        ax.set(xscale="log", title=title, ylabel=f"{what} / length of the exact gradient")
        ax.set_xticks(TEMPERATURES, TEMPERATURES)
        ax.minorticks_off()
        ax.get_legend().remove()
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    return figure


def plot_directions(table):
    """Cosine with the exact gradient by entropy, for decoders trained in two ways; from directions.csv."""
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.6), sharex=True, sharey=True)
    for ax, trained in zip(axes, FACTORS, strict=True):
        groups = table[table.trained == trained].drop(columns="trained").groupby("factor")
        means, lowest, highest = groups.mean(), groups.min(), groups.max()
        for name, shift in zip(SAMPLERS, (0.94, 1, 1.06), strict=True):  # side by side, not on top of each other
            colour, style, marker = LOOKS[name]
            reach = means[name] - lowest[name], highest[name] - means[name]
            look = {"color": colour, "linestyle": style, "marker": marker, "capsize": 3}
            ax.errorbar(shift * means["entropy"], means[name], reach, label=name, **look)
        ax.axhline(0, color="grey", linewidth=0.8, linestyle=":")
        ax.set(xscale="log", xlabel="entropy of the choices (nats)")
        ax.set_title(f"Model trained with the {trained} gradient", fontsize=10)
        ax.set_xticks([0.02, 0.1, 0.5, 2], ["0.02", "0.1", "0.5", "2"])
        ax.minorticks_off()
    axes[0].set_ylabel("cosine with the exact gradient")
    figure.suptitle("Above 0: downhill. Below 0: uphill (5 seeds: mean and range)", fontsize=10)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3, frameon=False)
    return figure


def plot_losses(table, without_code):
    """The loss after training, a row for each kind of gradient and a point for each setting; from discrete.csv."""
    means = table.groupby(["gradient", "draws", "temperature", "rate"], sort=False)["loss"].mean().reset_index()
    kinds = [(name, n) for name in ("exact", *LOOKS) for n in (1, 2) if (name, n) != ("exact", 2)]
    settings = {
        f"temperature {TEMPERATURE}, learning rate {RATE}": ("o", TEMPERATURE, RATE),
        "half the learning rate": ("<", TEMPERATURE, RATE / 2),
        "twice the learning rate": (">", TEMPERATURE, 2 * RATE),
        "temperature 0.25": ("v", 0.25, RATE),
        "temperature 1": ("s", 1.0, RATE),
        "temperature 2": ("^", 2.0, RATE),
    }
    ax = plt.subplots(figsize=(7, 4.4))[1]
    for label, (marker, temperature, rate) in settings.items():
        ax.plot([], [], marker, color="grey", label=label)
        for place, (name, draws) in enumerate(kinds):
            here = (means.gradient == name) & (means.draws == draws) & (means.rate == rate)
            losses = means.loss[here & (means.temperature == temperature)]
            colour = LOOKS[name][0] if name in LOOKS else "black"
            up = 0.3 * (temperature != TEMPERATURE)  # beside the others, not on top of them
            ax.plot(losses, [place - up] * len(losses), marker, color=colour, markersize=7, alpha=0.8)
    ax.axvline(without_code, color="grey", linewidth=0.8, linestyle=":")
    ax.annotate("no code ", (without_code, 0), ha="right", va="center", fontsize=9)
    worst = means.loss.idxmax()
    place = kinds.index((means.gradient[worst], means.draws[worst]))
    ax.annotate("temperature 2  ", (means.loss[worst], place - 0.3), ha="right", va="center", fontsize=9)
    ax.set_yticks(range(len(kinds)), [name + ", two draws" * (draws == 2) for name, draws in kinds])
    ax.invert_yaxis()
    ax.set(xlabel="exact negative ELBO on validation digits (nats per digit)")
    ax.set_title("A row per gradient, a point per setting (mean of 5 seeds)", fontsize=10)
    ax.figure.legend(frameon=False, fontsize=9, loc="outside lower center", ncols=2)
    return ax


def biases(x_train, seeds):
    """Lines of bias.csv."""
    for s in range(seeds):
        model = train("exact", s, x_train, EARLY)
        for name in ("score function", *SAMPLERS):
            for temperature in TEMPERATURES if name in GUMBELS else (TEMPERATURE,):
                seed = keras.random.SeedGenerator(s)
                bias, noise = bias_and_noise(model, x_train[:BATCH], name, seed, temperature)
                yield {"gradient": name, "temperature": temperature, "seed": s, "bias": bias, "noise": noise}
        noise = noise_in_training(model, x_train[:BATCH], keras.random.SeedGenerator(s))
        yield {"gradient": ONE_BASELINE, "temperature": TEMPERATURE, "seed": s, "noise": noise}


def lines_of_directions(x_train, seeds):
    """Lines of directions.csv."""
    for s in range(seeds):
        for name, factors in FACTORS.items():
            model = train(name, s, x_train)
            for factor in factors:
                found = directions(sharpened(model, factor), x_train, keras.random.SeedGenerator(s))
                yield {"trained": name, "factor": factor, "seed": s, **found}


def trainings(x_train, x_val, seeds):
    """Lines of discrete.csv."""
    for name, draws, temperature, rate in RECIPES:
        for s in range(seeds):
            settings = {"draws": draws, "temperature": temperature, "rate": rate}
            model = train(name, s, x_train, **settings)
            yield {"gradient": name, **settings, "seed": s, **row(model, x_val)}


def continued(x_train, x_val, seeds):
    """Lines of continued.csv."""
    for s in range(seeds):
        for first, temperature, then in CONTINUED:
            model = train(first, s, x_train, temperature=temperature)
            before = row(model, x_val)["loss"]
            after = row(train_on(model, then, s, x_train), x_val)
            settings = {"gradient": first, "temperature": temperature, "then": then, "seed": s}
            yield {**settings, "loss before": before, "loss after": after["loss"], "entropy after": after["entropy"]}


def main(seeds):
    x_train, x_val = binarised_digits()
    tables = {
        "bias": biases(x_train, seeds),
        "directions": lines_of_directions(x_train, seeds),
        "discrete": trainings(x_train, x_val, seeds),
        "continued": continued(x_train, x_val, seeds),
    }
    for name, lines in tables.items():
        write(Path(__file__).parent / f"{name}.csv", lines)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
