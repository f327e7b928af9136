# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,nbgrader
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Exercises 10. Asking for what you want
#
# **You practise** predicting what a condition can and cannot do; turning class names into one-hot rows; finding four
# faults in a conditional VAE that trains without complaint; measuring class agreement with diversity beside it; and
# scoring the completion of an image by the likelihood of what was hidden.
#
# **You need** lesson 10, "Asking for what you want", NumPy and, for one exercise, `keras.ops`. **Time:** about 45 minutes
# for five exercises, 12 points in all; the notebook itself runs in half a minute.
#
# **Data** scikit-learn's handwritten digits (CC BY 4.0). Nothing is downloaded.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it, which checks it with data made anew each time. Check as often as you like: a wrong answer costs
# nothing, and the message says what was found. Stuck? `hint("name")` leads a little further each time you call it, and
# `solution("name")` shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from autoencoders_edu.plotting import plot_curves, plot_image_rows, show
from keras import ops

data = ae.data.load("digits")
digits = (data.x_train > 0.5).reshape(-1, 64).astype("float32")  # 8 x 8 pixels, black or white
labels = data.y_train.astype("int32")

# %% [markdown]
# ## 10.1 What a condition can do (1 point, about 6 minutes)
#
# **Predict before you compute.** There are ten classes, equally frequent. *Agreement* is the share of samples that a
# classifier, trained apart, puts into the class that was asked for; each class is asked for equally often. *Diversity*
# is the mean squared distance between samples of the same class.
#
# | key | what is asked |
# |---|---|
# | `"encoder alone: agreement"` | Only the encoder hears the class; the decoder gets z alone. You draw z from the prior and decode it. What is the agreement on average? |
# | `"most nats saved"` | Knowing the class raises the log-likelihood of an image from log p(x) to log p(x\|c), where p(x) is the mean of p(x\|c) over the ten classes. By how many **nats per image** at most, averaged over images that the model draws itself? |
# | `"order changed everywhere: agreement"` | A perfect model is trained with class k called k + 1 (and 9 called 0). Whoever asks it for a class renames it in the same way. What is the agreement? |
# | `"order changed at sampling: agreement"` | The same model is trained with the usual labels. The renaming happens at sampling alone. What is the agreement? |
# | `"class as one number"` | The class enters a linear decoder as one real number, 0 to 9. Where do the logits of class 5 lie, for a given z: `"halfway"` between those of classes 4 and 6, or `"anywhere"`? |
# | `"decoder alone: class in z"` | Only the decoder hears the class; the encoder gets x alone. For the best ELBO, z `"must"` carry the class, `"need not"` carry it, or `"cannot"` carry it? |
# | `"one image per class: agreement"` | A generator has one perfect image of each class, and returns it whenever it is asked for that class. What is its agreement? |
# | `"one image per class: diversity"` | And its diversity? |
#
# Set `predict_condition` to a dict with these eight keys. Agreement is a number between 0 and 1.
#
# *Why it matters.* A condition that is ignored gives no error. You find it only if you know what you should see. Stuck?
# Run `hint("predict_condition")`.

# %% nbgrader={"grade": false, "grade_id": "predict_condition", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_condition = {
#     "encoder alone: agreement": ...,
#     "most nats saved": ...,
#     "order changed everywhere: agreement": ...,
#     "order changed at sampling: agreement": ...,
#     "class as one number": ...,
#     "decoder alone: class in z": ...,
#     "one image per class: agreement": ...,
#     "one image per class: diversity": ...,
# }
### BEGIN SOLUTION
predict_condition = {
    "encoder alone: agreement": 1 / 10,
    "most nats saved": np.log(10),
    "order changed everywhere: agreement": 1.0,
    "order changed at sampling: agreement": 0.0,
    "class as one number": "halfway",
    "decoder alone: class in z": "need not",
    "one image per class: agreement": 1.0,
    "one image per class: diversity": 0.0,
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_condition", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_condition")

# %% [markdown]
# Now measure the second one. (Run this only after you have predicted.) Ten classes on a line, each a normal of stddev 1,
# at several distances from each other:

# %%
rng = np.random.default_rng(0)
c = np.repeat(np.arange(10), 2000)
for distance in (0, 1, 3, 10):
    x = distance * c + rng.normal(size=len(c))
    log_p = -0.5 * (x[:, None] - distance * np.arange(10)) ** 2  # up to a constant, which cancels
    saved = log_p[np.arange(len(c)), c] - np.log(np.mean(np.exp(log_p), axis=1))
    print(f"classes {distance:2} apart: {saved.mean():.2f} nats saved on average, {saved.max():.2f} at most")

# %% [markdown]
# ## 10.2 Names to one-hot rows (2 points, about 6 minutes)
#
# Write `one_hot_names(names, class_names)`. `names` is a list of n class names, and `class_names` lists the names of all K
# classes, in an order that somebody else has chosen. Return an array (n, K) of dtype **float32**, in which row i has a 1
# in the column of `names[i]` and 0 elsewhere. The columns are in the order of `class_names`, whether or not it is
# alphabetical, and whether or not each class occurs in `names`.
#
# Names have to match exactly: `"Shirt"` is not `"T-shirt"`, and not `"shirt"`. For a name that is not among
# `class_names`, raise a `ValueError` whose message contains that name.
#
# *Why it matters.* The order of the columns is all that a network knows of a class. If the order at sampling differs from
# that in training, you ask for a T-shirt and get a bag, and no error says so. Stuck? Run `hint("one_hot_names")`.


# %% nbgrader={"grade": false, "grade_id": "one_hot_names", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot_names(names, class_names):
    """One-hot rows (n, K), float32, with columns in the order of class_names; ValueError for a name not among them."""
    ### BEGIN SOLUTION
    rows = np.zeros((len(names), len(class_names)), "float32")
    for row, name in zip(rows, names, strict=True):
        if name not in class_names:
            raise ValueError(f"{name} is none of the classes {class_names}")
        row[class_names.index(name)] = 1
    return rows
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_one_hot_names", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("one_hot_names")

# %% [markdown]
# The names of Fashion-MNIST, in their usual order, beside what `np.unique` makes of them. (Cells like this one use your
# function: run them once the check has passed.)

# %%
fashion = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
with suppress(NotImplementedError):
    asked = ["Shirt", "Bag", "T-shirt"]
    right, sorted_ = one_hot_names(asked, fashion), one_hot_names(asked, list(np.unique(fashion)))
    for name, one, other in zip(asked, right.argmax(axis=1), sorted_.argmax(axis=1), strict=True):
        print(f"{name}: column {one}; in alphabetical order {other}, where the network has learned {fashion[other]!r}")

# %% [markdown]
# ## 10.3 It trains, but it does not listen (4 points, about 15 minutes)
#
# A colleague's conditional VAE. The encoder should be $q(z|x,c)$, the decoder $p(x|z,c)$, and both should hear the class
# **one-hot**; classes are integers from 0. It runs, and its loss falls. There are **four faults** in it, all in the methods
# `encode`, `decode` and `sample`. The networks are a single layer each, `call` is right, and the loss is right: the
# reconstruction is summed over pixels, which are black or white, the KL over latents.


# %%
class BrokenCVAE(keras.Model):
    def __init__(self, pixels, latent_dim, classes):
        super().__init__()
        self.latent_dim, self.classes = latent_dim, classes
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator(0)

    def encode(self, x, c):
        condition = ops.cast(ops.reshape(c, (-1, 1)), "float32")
        mean, log_variance = ops.split(self.encoder(ops.concatenate([x, condition], axis=-1)), 2, axis=-1)
        return mean, log_variance

    def decode(self, z, c):
        return self.decoder(z)

    def sample(self, c):
        z = ops.zeros((ops.shape(c)[0], self.latent_dim))
        return ops.sigmoid(self.decode(z, c - 1))

    def call(self, inputs):
        x, c = inputs
        mean, log_variance = self.encode(x, c)
        z = mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise)
        return self.decode(z, c), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.binary_crossentropy(x[0], logits, from_logits=True), axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction + kl)


# %%
def train(model, epochs=25):
    model.compile(keras.optimizers.Adam(0.02))
    return model.fit([digits, labels], epochs=epochs, batch_size=32, verbose=0).history["loss"]


keras.utils.set_random_seed(0)
models = {"BrokenCVAE": BrokenCVAE(64, 6, 10)}
losses = {"BrokenCVAE": train(models["BrokenCVAE"])}
print("loss of BrokenCVAE, first and last epoch:", *np.round([losses["BrokenCVAE"][0], losses["BrokenCVAE"][-1]], 1))

# %% [markdown]
# Copy the class into the answer cell under the name `RepairedCVAE` and repair it there. Keep the constructor, the two
# layers, and the methods with what they take and return:
#
# - `encode(x, c)`: mean and log-variance of $q(z|x,c)$, each (batch, latent_dim);
# - `decode(z, c)`: the logits of $p(x|z,c)$, (batch, pixels);
# - `sample(c)`: for each class in the integer array c, in its order, one new example: the probabilities
#   $\mathrm{sigmoid}(\text{logits})$ for a z drawn from the prior N(0, I), (batch, pixels). Asked twice, it gives other
#   examples. A batch may have any size and any order of classes.
#
# *Why it matters.* None of these faults raises an error, and under all of them the loss falls. You have to know what to
# ask. Stuck? Run `hint("repaired_cvae")`.


# %% nbgrader={"grade": false, "grade_id": "repaired_cvae", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Copy BrokenCVAE here, call it RepairedCVAE, and repair it.
### BEGIN SOLUTION
class RepairedCVAE(keras.Model):
    def __init__(self, pixels, latent_dim, classes):
        super().__init__()
        self.latent_dim, self.classes = latent_dim, classes
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator(0)

    def encode(self, x, c):
        condition = ops.one_hot(c, self.classes)  # no class is between two others
        mean, log_variance = ops.split(self.encoder(ops.concatenate([x, condition], axis=-1)), 2, axis=-1)
        return mean, log_variance

    def decode(self, z, c):
        return self.decoder(ops.concatenate([z, ops.one_hot(c, self.classes)], axis=-1))

    def sample(self, c):
        z = keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  # for each example its own
        return ops.sigmoid(self.decode(z, c))  # the class by the name that it had in training

    def call(self, inputs):
        x, c = inputs
        mean, log_variance = self.encode(x, c)
        z = mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise)
        return self.decode(z, c), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.binary_crossentropy(x[0], logits, from_logits=True), axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction + kl)


### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_repaired_cvae", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("repaired_cvae")

# %% [markdown]
# Both trained, and four samples of each of three classes:

# %%
if "RepairedCVAE" in globals():
    keras.utils.set_random_seed(0)
    models["RepairedCVAE"] = RepairedCVAE(64, 6, 10)
    losses["RepairedCVAE"] = train(models["RepairedCVAE"])
    print(f"gap in the last epoch: {losses['BrokenCVAE'][-1] - losses['RepairedCVAE'][-1]:.1f} nats per digit")
    show(
        plot_curves(losses, ylabel="loss (nats per digit)", title="Both losses fall"),
        alt="Two falling losses; the repaired model's ends lower.",
    )
    asked = np.tile([3, 0, 7], 4)
    rows = {name: ops.convert_to_numpy(model.sample(asked)).reshape(-1, 8, 8) for name, model in models.items()}
    show(
        plot_image_rows(rows, titles=list(map(str, asked))),
        alt="Above twelve equal grey smudges, below digits: 3, 0 and 7 in turn, each a little different.",
    )

# %% [markdown]
# Both losses fall, and nothing in the upper curve says that its model ignores the request; the samples do. (The gap is
# wider than log 10 = 2.3 nats, the limit of 10.1. That limit compares p(x|c) with the mean of the ten p(x|c) of the same
# model; these are the losses of two models.)

# %% [markdown]
# ## 10.4 Agreement, and diversity beside it (2 points, about 8 minutes)
#
# Write `agreement_and_diversity(images, asked, judged)`. `images` is an array (n, ...) of samples, of any further axes,
# pixels for instance, and of any dtype; `asked` (n,) holds the class that each was asked for, `judged` (n,) the class into
# which a classifier puts it. Classes are any integers, such as 17, 0 or -1. Return two numbers:
#
# - **agreement**, the share of samples whose judged class is the one asked for;
# - **diversity**: for each *asked* class, the squared distance between two samples, summed over all their numbers, averaged
#   over all pairs of two samples of that class (a sample makes no pair with itself, but two samples do, even if their
#   images are equal); then the mean over the classes, in which each class counts the same. A class with a single sample
#   has no pair and is left out. At least one class has two samples.
#
# *Why it matters.* Agreement alone rewards a generator that returns one perfect image per class. Stuck? Run
# `hint("agreement_and_diversity")`.


# %% nbgrader={"grade": false, "grade_id": "agreement_and_diversity", "locked": false, "schema_version": 3, "solution": true, "task": false}
def agreement_and_diversity(images, asked, judged):
    """The share of samples judged as asked, and the mean squared distance between samples of the same asked class."""
    ### BEGIN SOLUTION
    points = np.reshape(images, (len(images), -1)).astype(float)
    distances = np.sum((points[:, None] - points[None]) ** 2, axis=-1)
    classes, counts = np.unique(asked, return_counts=True)
    within = [
        distances[np.ix_(asked == c, asked == c)].sum() / (n * (n - 1))  # the n distances of 0 to itself do not count
        for c, n in zip(classes, counts, strict=True)
        if n > 1
    ]
    return np.mean(asked == judged), np.mean(within)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_agreement_and_diversity", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("agreement_and_diversity")

# %% [markdown]
# The models of 10.3, judged by a logistic regression that never saw a sample. Beside them: test digits, which it has not
# seen either, and one of them per class, over and over.

# %%
with suppress(NotImplementedError):
    from sklearn.linear_model import LogisticRegression

    judge = LogisticRegression(max_iter=500).fit(digits, labels)
    real = (data.x_test > 0.5).reshape(-1, 64).astype("float32")
    surest = judge.predict_proba(real).argmax(axis=0)  # of each class, the digit that the judge is surest of
    samples = {"test digits": (real, data.y_test)}
    asked, rng = np.repeat(np.arange(10, dtype="int32"), 30), np.random.default_rng(0)
    samples["one per class"] = real[surest[asked]], asked
    for name, model in models.items():
        p = ops.convert_to_numpy(model.sample(asked))
        samples[name] = (rng.random(p.shape) < p).astype(float), asked  # black or white, as the judge knows them
    for name, (images, asked) in samples.items():
        agreement, diversity = agreement_and_diversity(images, asked, judge.predict(images))
        print(f"{name:13} agreement {agreement:.2f}, diversity {diversity:4.1f} pixels")

# %% [markdown]
# One image per class wins on agreement, and its diversity gives it away. The broken model is as far from its requests as
# chance would be, and yet the most diverse: it decodes the same z each time, so all of its diversity is noise of single
# pixels. Neither number means much without the other.

# %% [markdown]
# ## 10.5 How likely is the hidden part? (3 points, about 10 minutes)
#
# Part of an image is hidden, and a conditional VAE completes it: it knows a condition, draws K codes $z_k$ from the prior,
# and decodes each to logits of all pixels. How likely was the truth under these completions?
#
# Write `completion_log_likelihood(images, visible, logits)`, which returns for each image the estimate, in nats, of the
# log-likelihood of its hidden pixels $H$,
#
# $$ \log \frac{1}{K} \sum_{k=1}^{K} \exp \Bigl( \sum_{i \in H} \log p(x_i | z_k) \Bigr), $$
#
# where $p(x_i = 1 | z_k) = \mathrm{sigmoid}(\text{logits}_{ki})$, independently for each pixel and channel: a Bernoulli
# likelihood.
#
# - `images`: (batch, height, width, channels), zeros and ones;
# - `visible`: (height, width), booleans, `True` where the pixel is visible (in all channels, and in all images);
# - `logits`: (K, batch, height, width, channels); they may be as large as ±1000, and the sums over pixels as low as −10,000.
#
# Return an array (batch,). If no pixel is hidden, it is 0. NumPy will do; SciPy, if you like.
#
# *Why it matters.* A squared error prefers the average of all completions, which is none of them. The likelihood asks
# whether the truth is among the completions. Stuck? Run `hint("completion_log_likelihood")`.


# %% nbgrader={"grade": false, "grade_id": "completion_log_likelihood", "locked": false, "schema_version": 3, "solution": true, "task": false}
def completion_log_likelihood(images, visible, logits):
    """The log-likelihood of the hidden pixels in nats, estimated from K draws of the prior: (batch,)."""
    ### BEGIN SOLUTION
    logits = logits.astype(float)
    pixels = images * logits - np.logaddexp(0, logits)  # log p of each pixel and channel
    hidden = pixels[:, :, ~visible].sum(axis=(2, 3))  # (K, batch)
    largest = hidden.max(axis=0)
    return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_completion_log_likelihood", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("completion_log_likelihood")

# %% [markdown]
# The lower half of a digit is hidden, and the condition is its class. Two hundred test digits, from one draw to 500, given
# the right class, or another one; and beside them the average completion, whose pixels are the mean of those of all draws.

# %%
with suppress(NotImplementedError):
    test = (data.x_test[:200] > 0.5).astype("float32")
    visible = np.repeat(np.arange(8) < 4, 8).reshape(8, 8)
    z = np.random.default_rng(0).normal(size=(500, 200, 6)).astype("float32")
    for name, shift in {"right class": 0, "next class": 1}.items() if "RepairedCVAE" in models else ():
        c = np.tile((data.y_test[:200] + shift) % 10, 500)
        logits = ops.convert_to_numpy(models["RepairedCVAE"].decode(z.reshape(-1, 6), c)).reshape(500, *test.shape)
        nats = [np.mean(completion_log_likelihood(test, visible, logits[:k])) for k in (1, 10, 100, 500)]
        p = np.mean(1 / (1 + np.exp(-logits)), axis=0, keepdims=True)
        average = np.mean(completion_log_likelihood(test, visible, np.log(p / (1 - p))))
        print(f"{name}: {np.round(nats, 1)} nats with 1, 10, 100, 500 draws; their average {average:.1f}")

# %% [markdown]
# More draws find better completions, and the estimate rises towards the log-likelihood, which it underestimates on average.
# The average of the completions treats the pixels as independent of each other. Here, with 500 draws, the mixture of the
# completions is the better model of the hidden half.

# %% [markdown]
# ## What to remember
#
# - Only the decoder needs the class; if it does not hear it, agreement is at chance, however low the loss.
# - The order of classes is a convention, which training and sampling have to share. One-hot, not a number.
# - Agreement with diversity beside it, or one image per class wins.
# - A completion is scored by the hidden pixels alone: sum over pixels, mean of probabilities over draws, logarithm last.
