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
# # Exercises 3. Match the loss to the data
#
# **You practise** predicting what a loss makes a model draw; turning a cross-entropy of grey pixels into a likelihood;
# finding the faults in a loss that adds three kinds of columns; leaving gaps out of a mean; reading whether predicted
# probabilities can be taken at their word; and scaling columns without looking at the rows that come later.
#
# **You need** lesson 3, "Match the loss to the data", and NumPy. **Time:** about eighty minutes for six exercises, 13
# points in all; the notebook itself runs in half a minute.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence) and the passengers of the Titanic (OpenML, public), which come
# with this package and with scikit-learn. Nothing is downloaded.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it, which checks it with data made anew each time. Check as often as you like: a wrong answer costs
# nothing, and the message says what was found. Stuck? `hint("name")` leads a little further each time you call it, and
# `solution("name")` shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import numpy as np
from autoencoders_edu.exercises import check, hint, solution

# %% [markdown]
# ## 03.1 What does each loss aim at? (1 point, about 6 minutes)
#
# A prediction, before any code. A model that sees nothing can only give the same number $c$ for every row. Which $c$
# has the smallest **mean loss** over a column of numbers $x$, all of them between 0 and 1 (so that each loss is
# defined), more small ones than large ones? The losses are
#
# - `"squared"`: $(x - c)^2$,
# - `"absolute"`: $|x - c|$,
# - `"zero_one"`: 0 if $c = x$ exactly, and 1 if not,
# - `"cross_entropy"`: $-x \log c - (1 - x) \log(1 - c)$,
# - `"logs"`: $(\log x - \log c)^2$.
#
# Set `predict_minimiser` to a dict with these five keys and, for each, one of the words `"mean"`, `"median"`, `"mode"`
# (the most frequent value) and `"geometric mean"` (which is $\exp$ of the mean of all $\log x$). A word may occur more
# than once.
#
# *Why it matters.* A trained decoder draws what its loss rewards. What a blurred output means is decided by the loss.
# Stuck? Run `hint("predict_minimiser")`.

# %% nbgrader={"grade": false, "grade_id": "predict_minimiser", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_minimiser = {"squared": ..., "absolute": ..., "zero_one": ..., "cross_entropy": ..., "logs": ...}
### BEGIN SOLUTION
# Derivatives: squared -2 (mean - c); absolute, the share above c less the share below; cross-entropy (c - mean) /
# (c (1 - c)). Only exact hits count for zero_one. The last is a squared error of logarithms: exp of their mean.
predict_minimiser = {
    "squared": "mean",
    "absolute": "median",
    "zero_one": "mode",
    "cross_entropy": "mean",
    "logs": "geometric mean",
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_minimiser", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_minimiser")

# %% [markdown]
# Now measure it, on a column with few large values. (Run this only after you have predicted.)

# %%
x = np.repeat([0.1, 0.2, 0.3, 0.6, 0.9], [40, 25, 20, 15, 11])
c = np.linspace(0.01, 0.99, 981)  # in steps of 0.001
losses = {
    "squared": (x[:, None] - c) ** 2,
    "absolute": np.abs(x[:, None] - c),
    "zero_one": ~np.isclose(x[:, None], c),
    "cross_entropy": -x[:, None] * np.log(c) - (1 - x[:, None]) * np.log(1 - c),
    "logs": (np.log(x[:, None]) - np.log(c)) ** 2,
}
print(f"mean {x.mean():.3f}, median {np.median(x):.3f}, mode 0.100, geometric mean {np.exp(np.log(x).mean()):.3f}")
for name, loss in losses.items():
    print(f"{name:13} smallest mean loss at c = {c[loss.mean(axis=0).argmin()]:.3f}")

# %% [markdown]
# ## 03.2 A likelihood of grey (3 points, about 15 minutes)
#
# For a pixel of logit $l$, the lesson's **continuous Bernoulli** has the density
#
# $$ p(x) = \frac{e^{l x}}{Z(l)}, \qquad Z(l) = \int_0^1 e^{l t}\,dt = \frac{e^l - 1}{l}, \qquad Z(0) = 1. $$
#
# Write `grey_nll(x, logits)`: $-\log p(x)$ of **each image** in nats, summed over all its pixels and channels. Both
# arguments are float64 arrays of shape (batch, height, width, channels), `x` in [0, 1]; return an array of shape
# (batch,).
#
# A logit may be **any number from -1000 to 1000**, exactly 0 and tiny ones such as $10^{-12}$ included. The result has
# to be finite and right to a thousandth, or to 0.00001 where it is nearly 0. Networks do produce such logits, and one
# NaN ends a training. (`pictures.py`, beside the lesson, has a `log_z`. Write yours without looking.)
#
# *Why it matters.* Many published VAEs of grey images report a Bernoulli "likelihood" that is none. One missing term is
# all. Stuck? Run `hint("grey_nll")`.


# %% nbgrader={"grade": false, "grade_id": "grey_nll", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grey_nll(x, logits):
    """-log p of each image under the continuous Bernoulli: two arrays (batch, height, width, channels) -> (batch,)."""
    ### BEGIN SOLUTION
    size = np.abs(logits)
    near_zero = size < 1e-3
    safe = np.where(near_zero, 1.0, size)  # nothing to divide by zero
    # With exp(l) taken out of the bracket where l > 0, both signs need the same: log((1 - exp(-|l|)) / |l|).
    rest = np.where(near_zero, size**2 / 24 - size / 2, np.log(-np.expm1(-safe) / safe))
    log_z = np.maximum(logits, 0) + rest
    return np.sum(log_z - logits * x, axis=(1, 2, 3))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_grey_nll", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("grey_nll")

# %% [markdown]
# What is it worth? One logit per pixel, the same for all images: the best that a model without a code can do. The best
# logit for *Bernoulli* gives each pixel its mean, $\mathrm{sigmoid}(l) = \bar x$. Is it the best for the density, too?

# %%
images = ae.data.load("fashion_mnist").x_test.astype(float)
mean = images.mean(axis=0).clip(1e-3, 1 - 1e-3)
with suppress(NotImplementedError):
    for factor in (0.5, 1, 2, 4, 8, 16):
        logits = np.broadcast_to(factor * np.log(mean / (1 - mean)), images.shape)
        print(f"{factor:4} times Bernoulli's logits: {grey_nll(images, logits).mean():7.1f} nats per image")

# %% [markdown]
# It is not. A continuous Bernoulli whose *mean* is $\bar x$ needs another logit than a coin whose mean is $\bar x$.
# (A density may exceed 1, so that a negative number of nats is nothing to worry about.)

# %% [markdown]
# ## 03.3 Three kinds of columns, three faults (3 points, about 20 minutes)
#
# A colleague trains on a table with three columns: a number, a yes or no, and one of $K$ categories. In each row of `x`
# stand the number, 0 or 1, and $K$ numbers one-hot. A model's `outputs` have the same shape, (rows, 2 + K): a mean, a
# logit, and $K$ logits. "My loss goes down," says the colleague, "but the categories stay bad, the answers all become
# yes, and the number decides everything."


# %%
def row_nll_broken(x, outputs, stddev):
    """Meant to be -log p of each row."""
    number = (x[:, 0] - outputs[:, 0]) ** 2 / stddev**2
    p = 1 / (1 + np.exp(-outputs[:, 1]))
    yes_or_no = -x[:, 1] * np.log(p)
    logits = outputs[:, 2:]
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    category = np.sum((x[:, 2:] - probabilities) ** 2, axis=1)
    return number + yes_or_no + category


# %% [markdown]
# It is meant to be minus the logarithm of
#
# $$ \mathcal N(x_0;\ m, \sigma^2) \cdot p^{x_1} (1 - p)^{1 - x_1} \cdot \prod_k q_k^{x_{2+k}}, \qquad
# p = \mathrm{sigmoid}(l), \quad q = \mathrm{softmax}(l_1, \ldots, l_K), $$
#
# with all factors of the Gaussian density, and $\sigma$ = `stddev`, one positive number. **Each of the three parts has
# a fault.**
#
# Write `row_nll(x, outputs, stddev)`: $-\log p$ of each row in nats, an array of shape (rows,), right to a thousandth
# (relative). Logits may be as large as a few thousand either way, and the result must then be finite and right as well.
# (NumPy, SciPy and Keras may be used.)
#
# *Why it matters.* In a table of several kinds of columns, each loss in its own units, one column drowns the others and
# nothing crashes. Stuck? Run `hint("row_nll")`.


# %% nbgrader={"grade": false, "grade_id": "row_nll", "locked": false, "schema_version": 3, "solution": true, "task": false}
def row_nll(x, outputs, stddev):
    """-log p of each row: x and outputs (rows, 2 + K), stddev a number -> (rows,)."""
    ### BEGIN SOLUTION
    error = (x[:, 0] - outputs[:, 0]) / stddev
    number = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)  # all of the density, in nats
    yes_or_no = np.logaddexp(0, outputs[:, 1]) - x[:, 1] * outputs[:, 1]  # 0 costs -log(1 - p), without computing p
    logits = outputs[:, 2:]
    category = np.logaddexp.reduce(logits, axis=1) - np.sum(x[:, 2:] * logits, axis=1)  # -log softmax of the true one
    return number + yes_or_no + category
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_row_nll", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("row_nll")

# %% [markdown]
# Two models, and a row in the table: 0.5, no, the second of three categories. One model is unsure about the no and the
# category. The other is sure, and wrong. What do the two losses say about them?

# %%
row = np.array([[0.5, 0, 0, 1, 0]])
models = {"unsure": np.array([[0.4, 0.0, 0, 0, 0]]), "sure and wrong": np.array([[0.4, 6.0, 6, 0, 0]])}
for name, outputs in models.items():
    print(f"{name:15} broken {row_nll_broken(row, outputs, 0.5)[0]:5.2f}", end="")
    with suppress(NotImplementedError):
        print(f"   repaired {row_nll(row, outputs, 0.5)[0]:5.2f} nats", end="")
    print()

# %% [markdown]
# Both losses charge the second model more. The broken one takes 2.03 in place of 0.71, and it could not take more than
# 2.04 however sure that model was. The repaired one takes 12.25 nats in place of 2.04, and two more nats for each unit
# by which both wrong logits grow.

# %% [markdown]
# ## 03.4 Gaps neither cost nor count (2 points, about 12 minutes)
#
# A table `x` (rows, columns) of numbers has gaps, which are `nan`. A model predicts `mean` (rows, columns) and
# `stddev` (columns,) for all entries, gaps included. Write `masked_nll(x, mean, stddev)`: for **each column** the mean,
# *over the entries that are there*, of the Gaussian
#
# $$ -\log \mathcal N(x;\ m, \sigma^2) = \frac{(x - m)^2}{2 \sigma^2} + \log \sigma + \tfrac12 \log 2 \pi, $$
#
# an array of shape (columns,), in nats per entry. A column without any entry gets 0.
#
# *Why it matters.* A gap that is counted as a hit, or as a zero, makes the column with the most gaps look like the best
# one. Stuck? Run `hint("masked_nll")`.


# %% nbgrader={"grade": false, "grade_id": "masked_nll", "locked": false, "schema_version": 3, "solution": true, "task": false}
def masked_nll(x, mean, stddev):
    """Nats per entry that is there: x with nan in gaps, mean (rows, columns), stddev (columns,) -> (columns,)."""
    ### BEGIN SOLUTION
    seen = ~np.isnan(x)
    error = np.where(seen, x - mean, 0) / stddev  # nan goes before anything is summed: nan * 0 is nan
    each = 0.5 * error**2 + np.log(stddev) + 0.5 * np.log(2 * np.pi)
    count = seen.sum(axis=0)
    return np.sum(np.where(seen, each, 0), axis=0) / np.maximum(count, 1)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_masked_nll", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("masked_nll")

# %% [markdown]
# On the Titanic's passengers, of whom a fifth have no known age. The laziest model predicts each column's mean and
# standard deviation. What would the age cost if its gaps were filled with the mean and counted?

# %%
numbers = ae.data.frame("titanic")[["age", "fare", "sibsp", "parch"]]
x, mean, stddev = numbers.to_numpy(float), numbers.mean().to_numpy(), numbers.std(ddof=0).to_numpy()
filled = np.where(np.isnan(x), mean, x)
with suppress(NotImplementedError):
    honest, counted = (masked_nll(table, np.broadcast_to(mean, x.shape), stddev) for table in (x, filled))
    for column, a, b in zip(numbers, honest, counted, strict=True):
        print(f"{column:6} {a:.3f} nats per entry; with its gaps filled and counted {b:.3f}")

# %% [markdown]
# It would cost a tenth of a nat less, and only because its gaps are counted as hits. Of the other columns, only the fare
# has a gap, a single one.

# %% [markdown]
# ## 03.5 May a probability be taken at its word? (2 points, about 15 minutes)
#
# Of all the times that a model says "70 %", about 70 % should come true. Write `reliability(p, y, bins)`, the numbers
# behind a reliability curve. `p` (n,) holds predicted probabilities, `y` (n,) what happened, 0 or 1, and the interval
# from 0 to 1 is cut into `bins` bins of equal width: bin $i$ (from 0) holds the entries with $i/\mathrm{bins} \le p <
# (i+1)/\mathrm{bins}$, and the last one $p = 1$ as well. Return three arrays of shape (bins,), as a tuple:
#
# - `confidence`: the mean of the `p` in the bin,
# - `frequency`: the mean of their `y`,
# - `count`: how many there are.
#
# In an empty bin, confidence and frequency are `nan` and the count is 0. (`categories.py`, beside the lesson, has such a
# function, `calibration`. Write yours without looking.)
#
# *Why it matters.* A model can be right as often as another and still lie about how sure it is. This curve shows it.
# Stuck? Run `hint("reliability")`.


# %% nbgrader={"grade": false, "grade_id": "reliability", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reliability(p, y, bins):
    """confidence, frequency and count of each bin, (bins,) each, from p and y, (n,) each."""
    ### BEGIN SOLUTION
    which = np.minimum((p * bins).astype(int), bins - 1)  # the last bin takes p = 1
    count = np.bincount(which, minlength=bins)
    some = np.where(count > 0, count, np.nan)  # so that an empty bin becomes nan without a warning
    return np.bincount(which, p, bins) / some, np.bincount(which, y, bins) / some, count
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_reliability", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("reliability")

# %% [markdown]
# Weather in a made-up town, and two forecasters who know equally much. One says what he believes; the other exaggerates
# everything. Both call rain "likely" on the same days, so that both are right equally often.

# %%
rng = np.random.default_rng(0)
chance = rng.beta(1.5, 1.5, 20_000)
rain = (rng.random(len(chance)) < chance) * 1.0
exaggerated = chance**3 / (chance**3 + (1 - chance) ** 3)
for name, said in {"honest": chance, "exaggerating": exaggerated}.items():
    log_loss = -np.mean(rain * np.log(said) + (1 - rain) * np.log(1 - said))
    print(f"{name:13} right on {np.mean((said > 0.5) == rain):.3f} of the days, {log_loss:.3f} nats per day")
    with suppress(NotImplementedError):
        confidence, frequency, _ = reliability(said, rain, 5)
        print(" " * 13, "said    ", confidence.round(2), "\n", " " * 12, "happened", frequency.round(2))

# %% [markdown]
# What the honest one says comes true. Where the exaggerating one says 95 %, it rains on 77 % of the days, and where he
# says 5 %, on 23 %. Being right equally often, he pays 0.2 nats per day for it.

# %% [markdown]
# ## 03.6 One column drowns the others (2 points, about 10 minutes)
#
# Pounds, years and siblings shall count alike, so each column is **standardised**. This function is meant to do that
# with the means and standard deviations of the training rows, and has three faults:


# %%
def standardise_broken(train, x):
    return (x - x.mean()) / x.var(axis=0)


# %% [markdown]
# Write `standardise(train, x)`, repaired. `train` and `x` are tables with the same columns and any number of rows, a
# single row included. Return `x`, scaled: from each column subtract its mean in `train`, then divide by its standard
# deviation in `train` (the root of the mean squared deviation, as `np.std` computes it). And for real tables:
#
# - Gaps are `nan`, in both tables. Mean and standard deviation are those of the entries that are there; every column of
#   `train` has some. A gap in `x` stays `nan`.
# - A column whose entries in `train` are all equal has no spread: subtract its mean, and do not divide. (The checks have
#   whole numbers there, so that its standard deviation is exactly 0. That of equal fractions may come out as 1e-17:
#   in code of your own, compare the largest entry with the smallest.)
#
# The checks compare four digits.
#
# *Why it matters.* Without scaling, the column with the largest numbers decides what the code keeps. Scaled by its own
# batch, a row means something else in every batch. Stuck? Run `hint("standardise")`.


# %% nbgrader={"grade": false, "grade_id": "standardise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardise(train, x):
    """x (n, columns), scaled by the mean and stddev of each column of train (rows, columns); nan in gaps."""
    ### BEGIN SOLUTION
    mean, stddev = np.nanmean(train, axis=0), np.nanstd(train, axis=0)
    return (x - mean) / np.where(stddev == 0, 1, stddev)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_standardise", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("standardise")

# %% [markdown]
# Which passenger of the Titanic is most like the first one? Nearest is whoever has the smallest sum of squared
# differences over the four columns.

# %%
known = numbers.dropna()
table = known.to_numpy(float)
print(known.iloc[[0]].round(1).to_string(header=True))
with suppress(NotImplementedError):
    for name, scaled in {"as they are": table, "standardised": standardise(table, table)}.items():
        distance = np.sum((scaled[1:] - scaled[0]) ** 2, axis=1)
        print(f"nearest, {name}:\n{known.iloc[[1 + distance.argmin()]].round(1).to_string(header=False)}")

# %% [markdown]
# As they are, the fare alone decides, to a tenth of a pound: that passenger has two children aboard, and the first has
# none. Standardised, ten pounds count less than two children.

# %% [markdown]
# ## What to remember
#
# - A loss has an aim (mean, median, mode) and a price list. Two losses may share the aim and differ in the price.
# - Cross-entropy of grey pixels has the right aim. To be a likelihood, it needs its normalising constant.
# - Columns of different kinds can be added once all are in nats. A constant that depends on a stddev is not one to drop.
# - Entries that are missing belong neither in the sum nor in the number that it is divided by.
# - One unit for all columns is a choice, too. Scale each by its own spread, taken from the training rows.
# - Accuracy does not tell whether probabilities are honest. A reliability curve and the log-loss do.
