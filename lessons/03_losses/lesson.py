# ---
# jupyter:
#   jupytext:
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
# # Lesson 3. Match the loss to the data
#
# **After this lesson you can** derive the usual losses from the distributions they assume; choose one for numbers, yes
# or no, categories and grey pixels; measure what the wrong one costs; and train an autoencoder on a table with all of
# these in it, gaps included.
#
# **You need** lesson 1.
#
# **Time** about an hour to read, half of it before the break; about a minute to run on two CPU cores.
#
# **Data** three kinds, all without a download: Fashion-MNIST (Zalando Research, MIT licence); 3,196 positions of a
# chess endgame, "kr-vs-kp" (A. Shapiro; OpenML, public); and 1,309 passengers of the Titanic (F. Harrell and T. Cason;
# OpenML, public).

# %% [markdown]
# ## What a loss says about the data
#
# Lesson 1 used the mean squared error and did not ask why. Keras has some twenty others. Which one is *right*?
#
# There is a recipe. Say what you believe about a number $x$ once you know its code $z$: not one value, but a
# **distribution** $p(x \mid z)$, called the **likelihood**. The decoder's outputs are the parameters of this
# distribution, and the loss is
#
# $$ L = -\log p(x \mid z), $$
#
# small where the model gave the truth a high probability. With the natural logarithm its unit is the **nat**: a model
# that gave the truth a probability of 1/2 pays $\log 2 = 0.69$ nats, one that gave it 1 pays nothing, one that gave it
# 0 pays infinitely much. Independent numbers multiply their probabilities, so their nats add up, whatever kind of
# number each is. (From here on, $p(x)$ for short.)
#
# **A real number: Gaussian.** Believe that $x$ is normally distributed around the decoder's output $m$ with standard
# deviation $\sigma$:
#
# $$ p(x) = \frac{1}{\sigma \sqrt{2 \pi}} \, e^{-(x - m)^2 / 2 \sigma^2} \quad\Rightarrow\quad
# -\log p(x) = \frac{1}{2 \sigma^2} \, (x - m)^2 + \log \sigma + \tfrac12 \log 2 \pi. $$
#
# If $\sigma$ is fixed, and the same for all numbers, that is the squared error times a constant, plus a constant. So
# **the mean squared error assumes normally distributed numbers that all have the same spread.**
#
# **Yes or no: Bernoulli.** Believe that $x$ is 1 with probability $p$, and 0 otherwise. The decoder's output is a
# **logit** $l$, any number, and $p = \mathrm{sigmoid}(l) = 1 / (1 + e^{-l})$:
#
# $$ p(x) = p^x (1 - p)^{1 - x} \quad\Rightarrow\quad -\log p(x) = -x \log p - (1 - x) \log (1 - p) =
# \log (1 + e^l) - l x. $$
#
# That is **binary cross-entropy**. (For the last step insert $\log p = l - \log(1 + e^l)$ and $\log(1 - p) =
# -\log(1 + e^l)$. Computed in this way, no $p$ is rounded to 0 before its logarithm is taken.)
#
# **One of $K$ categories.** Write $x$ **one-hot**: $K$ numbers, a 1 at the true category and 0 elsewhere. With
# $q = \mathrm{softmax}(l_1, \ldots, l_K)$, which is $q_k = e^{l_k} / \sum_j e^{l_j}$:
#
# $$ p(x) = \prod_k q_k^{x_k} \quad\Rightarrow\quad -\log p(x) = -\sum_k x_k \log q_k = \log \sum_k e^{l_k} -
# \sum_k x_k l_k. $$
#
# That is **categorical cross-entropy**. Here is each of the three by hand, and by the library:

# %%
# Work in this lesson's folder, where its scripts and tables are, wherever your editor started the notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("03_losses")

# %%
import itertools

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.distributions import Bernoulli, Categorical, ContinuousBernoulli, Gaussian
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, show

rng = np.random.default_rng(0)
outputs = rng.normal(0, 2, (1000, 5))  # what a decoder might return for 1000 rows of five numbers
numbers, coins, one_hot = rng.normal(size=(1000, 5)), rng.integers(0, 2, (1000, 5)), np.eye(5)[rng.integers(0, 5, 1000)]

# %% tags=["nbval-check-output"]
gaussian = 0.5 * ((numbers - outputs) / 0.5) ** 2 + np.log(0.5) + 0.5 * np.log(2 * np.pi)
bernoulli = np.logaddexp(0, outputs) - outputs * coins
categorical = np.logaddexp.reduce(outputs, axis=1) - np.sum(outputs * one_hot, axis=1)
for name, by_hand, library in (
    ("Gaussian, stddev 0.5", gaussian.sum(axis=1), Gaussian(0.5).loss()(numbers, outputs)),
    ("Bernoulli", bernoulli.sum(axis=1), Bernoulli().loss()(coins, outputs)),
    ("categorical", categorical, Categorical().loss()(one_hot, outputs)),
):
    print(f"{name:21} {by_hand.mean():6.2f} nats per row by hand, {float(library):6.2f} by the library")

# %% [markdown]
# Such a loss *sums* over a row, since a likelihood is a product, and averages over rows. Keras's own `"mse"` and
# `"binary_crossentropy"` average over both. That only changes the scale, until the loss gets a second term (lesson 7)
# or two kinds of columns (below).
#
# ## The same aim, another price
#
# **Predict.** One black pixel among three white ones, and a model that must give all four the same number $p$. Which
# $p$ is best for the squared error, and which for cross-entropy?
#
# The answer is the mean, 0.75, for both. Differentiate each loss with respect to the decoder's output:
#
# $$ \frac{\partial}{\partial m} \frac{(x - m)^2}{2 \sigma^2} = \frac{m - x}{\sigma^2}, \qquad
# \frac{\partial}{\partial l} \bigl[ \log(1 + e^l) - l x \bigr] = p - x, \qquad
# \frac{\partial}{\partial l_k} \Bigl[ \log \sum_j e^{l_j} - \sum_j x_j l_j \Bigr] = q_k - x_k. $$
#
# Each is prediction minus truth, times a constant. Averaged over all rows that a code cannot tell apart, this is zero
# where the prediction is the **mean** of their $x$: for zeros and ones, the share of ones. (The squared error of a
# sigmoid has its minimum there, too.) So the losses share an aim, and differ in the price of missing it. A white pixel
# ($x = 1$) to which the model gives $p = 0.01$ costs 0.98 in squared error, not much more than the 0.81 at $p = 0.1$.
# In cross-entropy it costs 4.6 nats, and twice that at $p = 0.0001$.


# %%
def plot_price(x, ax):
    p = np.linspace(0.005, 0.995, 199)
    prices = {"squared error": (x - p) ** 2, "cross-entropy (nats)": -x * np.log(p) - (1 - x) * np.log(1 - p)}
    plot_curves(prices, x=p, xlabel="prediction $p$", ylabel="price", title=f"truth x = {x:.2g}", ax=ax)
    ax.axvline(x, color="grey", linewidth=0.8, linestyle=":")
    ax.set_ylim(-0.1, 5)
    return ax


# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 3), sharey=True)
for x, ax in zip((0, 0.3, 1), axes, strict=True):
    plot_price(x, ax)
show(
    figure,
    alt="Price against prediction for truths 0, 0.3 and 1: both losses are lowest at the truth; at a truth of "
    "0 or 1 cross-entropy rises without limit on the far side, squared error to 1.",
)

# %% [markdown]
# At $x = 0.3$ cross-entropy is lowest at 0.3 as well, but not 0 there: part two returns to such grey pixels. Drag the
# truth yourself (this needs Jupyter):

# %%
from ipywidgets import FloatSlider, interact


def drag(x=0.9):
    show(plot_price(x, plt.subplots(figsize=(4, 3))[1]), alt=f"Price against prediction for a truth of {x}.")


_ = interact(drag, x=FloatSlider(0.9, min=0, max=1, step=0.05))

# %% [markdown]
# ## Categories: what does squared error cost?
#
# A position of the chess endgame is described by 36 features, such as `bkblk`, with two or three categories each: 73
# numbers, one-hot. Squared error on them is said to give "muddy" outputs that do not sum to 1. Is that so?
# `categories.py` trains one autoencoder, to six numbers and back, with three losses:
#
# - squared error on **linear outputs**, as they leave the last layer;
# - squared error on the **softmax** of the outputs;
# - **cross-entropy** on the softmax.
#
# The table says what share of the outputs is negative, by how much a feature's outputs miss a sum of 1 on average, and
# how good the probabilities are: their **log-loss** (nats per row) and their **calibration error**, the mean distance
# between predicted probability and how often it was true, over ten bins. For a log-loss, outputs below a **floor**
# (chosen on validation rows) are raised to it and each feature's are divided by their sum. "Rare" are categories that
# are true in fewer than 5 % of the training rows, where they are true; "found": given the highest probability.
#
# **Predict.** How much more often will cross-entropy name the right category: by 0, 2 or 10 points in a hundred? And
# will the linear outputs of one feature sum to 1?

# %%
from categories import LOSSES, as_probabilities, best_floor, calibration, load, raw_outputs, row, train

chess = load()
models = {loss: train(loss, chess, seed=0)[0] for loss in LOSSES}
pd.DataFrame({loss: row(loss, model, chess) for loss, model in models.items()}).round(3)

# %% [markdown]
# Accuracy first: squared error on linear outputs is about a point behind, and on softmax outputs level. And the linear
# outputs of a feature *do* sum to 1, to a few hundredths. That is no accident: the targets do, and a last layer that is
# linear, with a bias and at its optimum, inherits such a constraint (Bishop 2006, section 4.1.3). But they are not
# probabilities: a fifth are negative.
#
# Does it last, with other seeds and longer training? The stored table has four seeds, 25 and 100 epochs, and a
# **temperature**: log-probabilities divided by it, before another softmax, become sharper (below 1) or softer (above).
# "Tempered" has the temperature that is best on validation rows.

# %%
stored = pd.read_csv("categories.csv")
chosen = stored[stored["rate"] == 0.01]  # the better of two, for each loss, by its own validation loss
measures = ["accuracy", "squared error", "calibration error", "rare found", "rare log-loss", "log-loss"]
measures += ["temperature", "tempered log-loss"]
summary = chosen.groupby(["epochs", "loss"], sort=False)[measures].agg(["mean", "std"])
summary.T.round(4)

# %%
ax = plt.subplots(figsize=(5, 4))[1]
for (loss, model), colour, style in zip(models.items(), COLOURS[:3], ("o-", "s--", "^-."), strict=True):
    floor = best_floor(raw_outputs(loss, model, chess, chess.x_val), chess, chess.x_val)
    p = as_probabilities(raw_outputs(loss, model, chess, chess.x_test), chess, floor)
    confidence, frequency, count = calibration(p, chess.x_test)
    unsure = count[1:-1].sum() / count.sum()
    ax.plot(confidence, frequency, style, color=colour, label=f"{loss} ({unsure:.0%} from 0.1 to 0.9)")
ax.axline((0, 0), (1, 1), color="grey", linewidth=0.8)
ax.set(xlabel="predicted probability", ylabel="how often it was true", title="Reliability, test rows, 25 epochs")
ax.legend(frameon=False, fontsize="small")
show(
    ax,
    alt="How often a category was true against its predicted probability: cross-entropy lies on the diagonal; the two "
    "squared errors lie above it at high probabilities and below it at low ones, on softmax outputs a little less.",
)


# %% tags=["nbval-check-output"]
def in_each_run(measure):
    return chosen.pivot(index=["epochs", "seed"], columns="loss", values=measure)[list(LOSSES)]


accuracy, temperature, tempered = map(in_each_run, ("accuracy", "temperature", "tempered log-loss"))
smallest = [in_each_run(name).idxmin(axis=1) for name in ("log-loss", "squared error")]
most_found = in_each_run("rare found").idxmax(axis=1)
cross = all((winner == "softmax, cross-entropy").all() for winner in (*smallest, most_found))
rare = (chess.x_train.mean(axis=0) < 0.05) & (chess.x_test > 0)
print(f"{rare.sum()} rare categories in {len(rare)} test rows")
print("accuracies differ by less than 2 points in each run:", (np.ptp(accuracy, axis=1) < 0.02).all())
print("cross-entropy: smallest log-loss and squared error, most rare ones found, in all 8 runs:", cross)
print("linear outputs hedge, all temperatures below 0.65:", (temperature["linear, squared error"] < 0.65).all())
lowest = tempered.loc[100].idxmin(axis=1) == "linear, squared error"
print("after 100 epochs and tempered, linear outputs have the smallest log-loss with each seed:", lowest.all())

# %% [markdown]
# So one-hot with squared error is not nonsense. It is a **proper score**: it, too, is best on average where the outputs
# are the true probabilities. With both budgets, unless we say otherwise:
#
# - *Accuracy* hardly differs: linear outputs were a point behind after 25 epochs, level after 100.
# - *Cross-entropy* had the smallest log-loss, found the most rare categories (75 %, then 83 %), and had the smallest
#   squared error, too: it trains this network better. (After 100 epochs it was a little too sure, and the square on a
#   softmax better calibrated.)
# - *Linear outputs* hedge: what they call 75 % is true more often, what they call 25 % less often (figure). One number
#   undoes much of that. A temperature near 0.55 took their log-loss after 100 epochs from 2.69 to 2.05, below
#   cross-entropy's 2.25 with its own (after 25 epochs, 3.84 was still above 2.75).
# - *The square on a softmax* is calibrated on average, as over 90 % of its probabilities are near 0 or 1; those between
#   hedge as well. It costs a nat per row more than cross-entropy after 25 epochs, 0.7 after 100, and no temperature
#   helps. Being sure and wrong is cheap in squares, and has hardly any slope: a rare category costs 2.0 nats, against
#   1.0 and 0.9. But rare ones are so few that this is only an eighth of the nat.
#
# ## Silhouettes: yes or no, 784 times
# Next, clothes in black and white, split at half brightness. Both models below end in a sigmoid and aim at the mean
# of each pixel; one pays by cross-entropy, one by squared error. **Predict** which has the smaller squared error on
# test images, and which the smaller cross-entropy. ("Sure and wrong" counts the pixels per image where $p$ is off by
# more than 0.99.)

# %%
from pictures import SILHOUETTES, silhouettes_row
from pictures import train as train_on_pictures

clothes = ae.data.load("fashion_mnist")
cut_out, test_cut_out = ((x > 0.5).astype("float32") for x in (clothes.x_train, clothes.x_test))
silhouettes = {name: train_on_pictures(likelihood, cut_out, seed=0) for name, likelihood in SILHOUETTES.items()}
live = {name: silhouettes_row(model, test_cut_out) for name, model in silhouettes.items()}
pictures = pd.read_csv("pictures.csv")
of_silhouettes = pictures[pictures.images == "silhouettes"].groupby("trained with", sort=False)
print("trained now, seed 0:\n", pd.DataFrame(live).T.round(4), "\n\nmean and spread of three seeds:", sep="")
of_silhouettes[["squared error", "nats", "sure and wrong", "nats of these"]].agg(["mean", "std"]).round(4)

# %% tags=["nbval-check-output"]
by_loss = of_silhouettes[["squared error", "nats"]].mean()
ratio = by_loss.loc["squared error"] / by_loss.loc["cross-entropy"]
print("their squared errors differ by less than 3 %:", abs(ratio["squared error"] - 1) < 0.03)
print("squared error costs 2 to 5 % more nats:", 1.02 < ratio["nats"] < 1.05)

# %% [markdown]
# The squared errors cannot be told apart. In nats, the model that was trained for them wins with every seed, by 2 to 4
# %, mostly at the pixels where a model was sure and wrong.
#
# **Part two begins here**: a good place for a break. So far:
#
# - A loss is $-\log p(x \mid z)$ for some distribution: Gaussian for squared error, Bernoulli and categorical for the
#   cross-entropies. In nats, all of them can be added.
# - All three aim at the mean, but price being sure and wrong differently. A wrong choice showed in the probabilities,
#   hardly in how often the likeliest answer was right.
#
# ## Grey: a cross-entropy that is no density
#
# Grey pixels lie between 0 and 1, and a popular habit is to train on them with binary cross-entropy, as if brightness
# were a probability. It aims at the mean, as it should. But is it $-\log$ of a density, which has to integrate to 1
# over $[0, 1]$? The Bernoulli formula is $e^{lx} / (1 + e^l)$: its denominator sums $e^{lx}$ over the *two* values $x =
# 0$ and $x = 1$. Over all values between them the sum is an integral,
#
# $$ Z(l) = \int_0^1 e^{lx}\,dx = \frac{e^l - 1}{l}, \qquad Z(0) = 1, $$
#
# and $p(x) = e^{lx} / Z(l)$ is a density: the **continuous Bernoulli** (Loaiza-Ganem and Cunningham 2019). By how much
# does the habit miss? The Bernoulli formula has a mass of $Z(l) / (1 + e^l)$ on $[0, 1]$. **Predict**: is it nearer to
# 1 for a pixel that the model is sure about, or for one that it is not?

# %%
from pictures import log_z


def plot_grey(logit, axes):
    x = np.linspace(0, 1, 201)
    densities = {"Bernoulli formula": np.logaddexp(0, logit), "continuous Bernoulli": log_z(np.array(logit))}
    curves = {name: np.exp(logit * x - constant) for name, constant in densities.items()}
    mass = np.exp(log_z(np.array(logit)) - np.logaddexp(0, logit))
    title = f"logit {logit:g}: mass {mass:.2f} and 1"
    plot_curves(curves, x=x, xlabel="grey value x", ylabel="'density'", title=title, ax=axes)
    axes.set_ylim(bottom=0)


# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 3))
for logit, ax in zip((0, 2, 8), axes, strict=True):
    plot_grey(logit, ax)
show(
    figure,
    alt="For logits 0, 2 and 8 the Bernoulli formula encloses a mass of 0.5, 0.38 and 0.12, the continuous "
    "Bernoulli always 1.",
)


# %%
def drag_logit(logit=4.0):
    ax = plt.subplots(figsize=(4, 3))[1]
    plot_grey(logit, ax)
    show(ax, alt=f"The Bernoulli formula and the continuous Bernoulli for logit {logit}.")


_ = interact(drag_logit, logit=FloatSlider(4, min=-12, max=12, step=0.5))

# %% [markdown]
# At most half, and the surer the model, the less. So the reported number is not $-\log$ of a density. What do the same
# outputs cost in nats of a density? An output $l$ can be read in two ways: as the logit of a continuous Bernoulli
# ("same logits"); or, since drawings show $\mathrm{sigmoid}(l)$, as the logit whose continuous Bernoulli has *that*
# mean ("same means"). A mean of 0 would need a logit of $-\infty$, so we stop at $\pm 2{,}000$, or at $\pm 200$ ("limit
# 200"). One can also train on the density itself. All columns but the first are nats per image. (Models trained on a
# Gaussian have no logits: hence NaN.)

# %%
from pictures import grey_row, mean_of, outputs_of, sigmoid

kinds = {"Bernoulli": Bernoulli, "continuous Bernoulli": ContinuousBernoulli}
grey = {name: train_on_pictures(kind, clothes.x_train, seed=0) for name, kind in kinds.items()}
live = {name: grey_row(name, model, clothes.x_val, clothes.x_test) for name, model in grey.items()}
columns = ["squared error", "Bernoulli formula", "same logits", "same means", "limit 200"]
print("trained now, 8 epochs, seed 0:\n", pd.DataFrame(live).T[columns].round(4).to_string(), sep="")
print("\nstored, means (8 epochs: three seeds; 24 epochs: one):")
of_grey = pictures[pictures.images == "grey"].groupby(["trained with", "epochs"], sort=False)[columns].mean()
of_grey.round(4)

# %%
firsts = [np.flatnonzero(clothes.y_test == label)[0] for label in range(10)]
rows, x = {"original": clothes.x_test[firsts]}, clothes.x_test[firsts]
for (name, model), mean in zip(grey.items(), (sigmoid, mean_of), strict=True):
    rows[f"trained on\n{name}"] = mean(outputs_of(model, x)).reshape(x.shape)
ax = plot_image_rows(rows)
show(
    ax,
    alt="Ten clothes, soft drawings of them by the model trained on the Bernoulli formula, speckled ones by the other.",
)

# %% tags=["nbval-check-output"]
short = of_grey.xs(8, level="epochs")
habit, square = (short.loc[name] for name in ("Bernoulli", "sigmoid, squared error"))
plain, stretched = (short.loc[f"continuous Bernoulli{how}"] for how in ("", ", stretched"))
one_error = abs(habit["squared error"] / square["squared error"] - 1) < 0.01
print("Bernoulli formula or square, with a sigmoid: one squared error:", one_error)
both = ["same means", "limit 200"]
far = habit["Bernoulli formula"] - habit[both] > 2000
print("the formula's number is more than 2000 nats above its means' density, at both limits:", far.all())
behind, level = plain[both] > 0.9 * habit[both], abs(stretched[both] / habit[both] - 1) < 0.04
print("after 8 epochs, training on the density with plain logits is 10 % behind or more:", behind.all())
print("with stretched logits it is level, to 4 %:", level.all())

# %% [markdown]
# Read the first line of the stored table. The habit reports 230 nats per image. Read as logits, the same outputs cost
# -901; as means, -2,524, or -2,000 within the limit of 200. (A density may exceed 1, so nats may be negative. Half of
# the pixels are exactly black, and a density can grow there without end: hence the limit.) None of these can stand for
# another. The 230 is a likelihood of other data: black-and-white pixels, each white with probability $x$ (the mean over
# such draws). **Never compare a "likelihood" by the Bernoulli formula with one of another kind, and never add it to
# nats of other columns.**
#
# Now the surprise. As a *training loss* the habit is excellent. Its squared error is that of squared error on a sigmoid
# (0.0166 both; 0.0193 on linear outputs with $\sigma = 1$). And after 8 epochs its means have a better density than
# those of a model trained on that very density (-2,524 against -2,110). That speaks against plain logits, not against
# the density: in a continuous Bernoulli, a nearly black pixel of mean 0.001 needs a logit of -1,000; in a Bernoulli -7,
# which a network reaches sooner. "Stretched" tests this: its logits are $2 \sinh(\text{output})$, so -7 becomes -1,097,
# and the same training draws level: -2,536 (within the limit of 200: -1,940 against -2,000). Its squared error, 0.0242,
# is still larger, and the drawings of plain logits are speckled. So train on the habit if you like, but report a
# likelihood of your data.
#
# ## A table with everything in it
# For 1,309 passengers of the Titanic there are numbers, some skewed (a few values far larger than the rest), a
# yes or no, categories, and gaps: the age of 263 is unknown.

# %%
passengers = ae.data.frame("titanic")
passengers.sample(5, random_state=1)

# %%
numbers = ["age", "fare", "sibsp", "parch"]
pd.DataFrame(
    {
        "stddev": passengers[numbers].std(),
        "skewness": passengers[numbers].skew(),
        "gaps": passengers[numbers].isna().sum(),
    }
).round(1)

# %% [markdown]
# ### Unscaled features drown the others
#
# The squared error adds pounds squared to years squared to siblings squared. **Predict**: a PCA with two numbers
# (lesson 1) is fitted to these four columns as they are. How much of the variance of each will it keep? And after each
# column has been **standardised** (its mean subtracted, then divided by its standard deviation)?

# %%
from sklearn.decomposition import PCA

complete = passengers[numbers].dropna().to_numpy()
centred = complete - complete.mean(axis=0)
kept = {}
for name, x in {"as they are": centred, "standardised": centred / centred.std(axis=0)}.items():
    pca = PCA(2).fit(x)
    left = np.mean((x - pca.inverse_transform(pca.transform(x))) ** 2, axis=0)
    kept[name] = dict(zip(numbers, 1 - left / x.var(axis=0), strict=True))
pd.DataFrame(kept).round(3)

# %% [markdown]
# As they are, the code keeps age and fare, to three digits, and loses the families (siblings and spouses, parents and
# children). Standardised, all four share it. One $\sigma$ for all columns claims that an error of one pound and an
# error of one sibling are equally likely. Standardising is a first guess at a $\sigma$ for each column; training can
# also fit it (below). Means and spreads come from the training rows (exercise 03.6).
#
# ### Skewed columns
#
# Half of the passengers paid less than 15 pounds, and four paid 512. A Gaussian for pounds has to be wide enough for
# those four. Take logarithms first: $y = \log(1 + x)$, the 1 because some paid nothing. Nats tell which is better, but
# only for the same quantity: a density per pound is not a density per unit of $y$. A short stretch $dx$ of pounds is a
# stretch $dy = dx / (1 + x)$ of logarithms, and both hold the same probability, $p(x)\,dx = p(y)\,dy$. So
#
# $$ p(x) = \frac{p(y)}{1 + x} \quad\Rightarrow\quad -\log p(x) = -\log p(y) + \log (1 + x). $$

# %%
from scipy.stats import norm

fare = np.random.default_rng(0).permutation(passengers["fare"].dropna().to_numpy())
train_fare, test_fare = fare[:900], fare[900:]
logs, test_logs = np.log1p(train_fare), np.log1p(test_fare)
in_pounds = -norm(train_fare.mean(), train_fare.std()).logpdf(test_fare)
in_logs = -norm(logs.mean(), logs.std()).logpdf(test_logs)
print(f"normal in pounds:      {in_pounds.mean():.2f} nats per passenger")
print(f"normal in logarithms:  {in_logs.mean() + test_logs.mean():.2f}  (without the last term: {in_logs.mean():.2f})")
print(
    f"what comes back from the mean: {np.expm1(logs.mean()):.0f}; mean {fare.mean():.0f}, median {np.median(fare):.0f}"
)

# %% [markdown]
# About a nat per passenger (1.2 with this split), a factor of three in probability. Without the last term the gain
# would look three and a half times as large: nats of different units must not be compared. And the exponential of a
# mean of logarithms is less than the mean (exercise 03.1): here 19 pounds, between median and mean. Fares drawn in this
# way add up to far less than was paid.
#
# ### Gaps
#
# A network cannot take NaN, so something has to stand in a gap. Whatever it is, the loss must not score it: nobody
# knows the truth there. So a row gets an **indicator** for each column $j$ with gaps, $o_j$: 1 where the entry is
# known, 0 where it is not. The encoder sees it, and can tell a gap from the value that stands in it. The likelihood
# uses it as a mask:
#
# $$ -\log p(x \mid z) = -\sum_j o_j \, \log p(x_j \mid z). $$
#
# That is $-\log p$ of what was observed: a density integrates to 1 over an unknown entry. (This is enough if entries
# are **missing at random**: whether one is missing may depend on the known entries, not on its own value.) And a mean
# over a column is divided by the number of known entries, not of rows.
#
# ### All of it, in ten lines

# %%
keras.utils.set_random_seed(0)
table = ae.data.table(passengers, categorical=["pclass"], skewed=["fare", "sibsp", "parch"])
encoder = ae.networks.dense_encoder(table.shape, 4, hidden=(64,))
decoder = ae.networks.dense_decoder(4, table.shape, hidden=(64,))
model = ae.Autoencoder(encoder, decoder)
model.compile(keras.optimizers.Adam(3e-3), table.likelihood.loss())
model.fit(table.x_train, table.x_train, batch_size=64, epochs=40, verbose=0)
outputs = model.reconstruct(table.x_test)
drawn = table.inverse(table.likelihood.mean(outputs))
pd.concat({"passenger": table.test.reset_index(drop=True), "drawn": drawn.round(1)}, axis=1).swaplevel(axis=1)[
    ["sex", "age", "fare", "embarked"]
].head(5)

# %% [markdown]
# `ae.data.table` looked at the dtypes: words become categories, and numbers are standardised with means and spreads of
# the training rows. We told it what it cannot know: that `pclass` is no quantity, and which columns are skewed. Its
# likelihood has a Gaussian with a $\sigma$ of its own for each number, a Bernoulli or categorical for the rest, and the
# mask. A decoder's raw outputs are means and logits; `likelihood.mean` turns them into means and probabilities, and
# `inverse` into pounds, years and words. The age drawn in a gap is the model's guess, which no loss has judged.
#
# In nats, the loss can be split up by column:

# %%
likelihood = model.likelihood_family
per_column = keras.ops.convert_to_numpy(likelihood.distribution(outputs).log_prob_per_column(table.x_test))
names = [column.name for column in table.columns]
known = table.test.notna().to_numpy()
nats = pd.Series(-per_column.sum(axis=0) / known.sum(axis=0), names)
stddevs = np.exp(keras.ops.convert_to_numpy(likelihood.log_stddev))
numeric = [column.name for column in table.columns if column.likelihood == "gaussian"]
pd.DataFrame({"nats per known entry": nats, "learned stddev": pd.Series(stddevs, numeric)}).loc[names].round(2)

# %% [markdown]
# (A number's nats and $\sigma$ are in standard deviations, of its logarithm if skewed: compare them between models, not
# columns.) Categories never cost less than 0. Numbers have no floor: the smaller $\sigma$, the more a hit earns,
# without limit. So mind what a *learned* $\sigma$ does in an autoencoder, which is free to copy.  **Predict** what
# changes with $\sigma = 1$ standard deviation for each number. And with a code of eight?

# %%
spent = {}
for (stddev, code), seed in itertools.product((("learned", 4), (1.0, 4), ("learned", 8)), range(3)):
    keras.utils.set_random_seed(seed)
    table = ae.data.table(passengers, categorical=["pclass"], skewed=["fare", "sibsp", "parch"], stddev=stddev)
    encoder = ae.networks.dense_encoder(table.shape, code, hidden=(64,))
    model = ae.Autoencoder(encoder, ae.networks.dense_decoder(code, table.shape, hidden=(64,)))
    model.compile(keras.optimizers.Adam(3e-3), table.likelihood.loss())
    model.fit(table.x_train, table.x_train, batch_size=64, epochs=40, verbose=0)
    drawn, truth = table.inverse(table.likelihood.mean(model.reconstruct(table.x_test))), table.test.reset_index()
    age = (drawn["age"] - truth["age"]).abs().mean()
    found = {"sex right": np.mean(drawn["sex"] == truth["sex"]), "age off by (years)": age}
    spent[f"stddev {stddev}, code of {code}", seed] = found
print(f"always 'male': {np.mean(truth['sex'] == 'male'):.3f} right")
pd.DataFrame(spent).T.groupby(level=0, sort=False).agg(["mean", "std"]).round(3)

# %% [markdown]
# With a learned, narrow $\sigma$, ages come back to within little more than a year, and one sex in six is wrong. With a
# wide one, nearly all sexes are right, and ages are off by about five years. Neither is wrong: $\sigma$ says what an
# error is worth. A code of eight has room for both.
#
# ### What are its guesses worth?
#
# `gaps.py` hides the known ages of the test passengers and has them guessed, with eight splits: by the mean age; by two
# imputers from scikit-learn; by a variational autoencoder, a VAE, with the likelihood above (lesson 7; for now, an
# autoencoder whose code is noisy, so that it cannot just copy); and by the same VAE after the gaps of its training rows
# were filled with the mean and counted as known. The last two rows are the VAE's $\sigma$ and its error where it *sees*
# the age, in years. **Predict** the order.

# %%
columns = ["mean absolute error", "root mean squared error", "stddev", "rms if seen"]
gaps = pd.read_csv("gaps.csv").groupby("way", sort=False)[columns]
gaps.agg(["mean", "std"]).T.round(2)

# %% [markdown]
# All four beat the mean, and the two imputers beat the VAE: they are off by 9.95 and 10.16 years, it by 10.35. Filling
# the gaps costs the guesses little (10.58, and worse in seven of eight splits). What it changes is $\sigma$: 12.1 years
# if gaps are left out, 9.8 if they are filled. Each is about the error where the model *sees* the age (11.7 and 9.7).
# Guesses are off by more, by 12.9 and 13.3 (root mean square), so $\sigma$ understates the error of a guess, most of
# all with filled gaps.
#
# ## What we saw
# - On one-hot categories, squared error was about as accurate as cross-entropy, with worse probabilities. Linear
#   outputs hedged, which one temperature mostly undid after long training; squares on a softmax cost twice the nats at
#   rare categories.
# - On silhouettes the difference was 2 to 4 % of the nats.
# - Cross-entropy trained grey images well, and reported a number more than a thousand nats from either density of the
#   same outputs.
# - Raw units decide what a model keeps, and so does a learned $\sigma$. A logarithm was worth about a nat per fare.
#   Filled gaps made $\sigma$ smaller by a fifth, but not the errors of the guesses.
#
# **To remember.** First say what you believe about the data, then write $-\log p$. Add columns in nats only. Leave gaps
# out of the sum and of the denominator.
#
# **Where it breaks.** Columns are independent *given the code*: what two of them share has to pass through it.
# Logarithms do not cure every skew (numbers of siblings are counts). No density is right about grey pixels that are
# *exactly* 0. Gaps that depend on the missing value need a model of why they are missing.
#
# **Sources**, from memory, not checked against the texts. Bishop 2006, *Pattern Recognition and Machine Learning*,
# section 4.1.3. Loaiza-Ganem and Cunningham 2019, *The continuous Bernoulli: fixing a pervasive error in variational
# autoencoders*. Nazabal et al. 2020, *Handling incomplete heterogeneous data using VAEs*. Mattei and Frellsen 2019,
# *MIWAE: deep generative modelling and imputation of incomplete data sets*. Rybkin, Daniilidis and Levine 2021, *Simple
# and effective VAE training with calibrated decoders*. Gneiting and Raftery 2007, *Strictly proper scoring rules,
# prediction, and estimation*.
