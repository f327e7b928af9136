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
# **After this lesson you can** say which distribution a loss assumes, and derive the usual losses from it; choose the
# loss for numbers, for yes or no, for categories and for grey pixels; tell by a number what the wrong one costs; and
# train an autoencoder on a table with all of these in it, gaps included.
#
# **You need** lesson 1, and from school that $\log (ab) = \log a + \log b$.
#
# **Time** about 50 minutes to read; about a minute and a half to run on two CPU cores.
#
# **Data** three kinds, all without a download: Fashion-MNIST (Zalando Research, MIT licence); 3,196 positions of a chess
# endgame, "kr-vs-kp" (A. Shapiro; OpenML, public); and 1,309 passengers of the Titanic (F. Harrell and T. Cason; OpenML,
# public). Both tables lie in scikit-learn's wheel, among the data of its tests.

# %% [markdown]
# ## What a loss says about the data
#
# Lessons 1 and 2 measured everything by the mean squared error, and nobody asked why. Keras has some thirty losses to
# choose from. Which one is *right*?
#
# There is a recipe. Say what you believe about a number $x$ when you know the code: not one value, but a **distribution**
# $p(x \mid z)$, called the **likelihood**. The decoder's outputs are the parameters of that distribution. The loss is
#
# $$ L = -\log p(x \mid z), $$
#
# small where the model gave the truth a high probability. With the natural logarithm its unit is the **nat**: who gave
# the truth a probability of 1/2 pays $\log 2 = 0.69$ nats; who gave it 1 pays nothing; who gave it 0 pays infinitely
# much. Independent numbers multiply their probabilities, so their nats add up, whatever kind of number each is. That is
# what makes the recipe useful.
#
# **A real number: Gaussian.** Believe that $x$ is normal around the decoder's output $m$ with standard deviation
# $\sigma$:
#
# $$ p(x) = \frac{1}{\sigma \sqrt{2 \pi}} \, e^{-(x - m)^2 / 2 \sigma^2} \quad\Rightarrow\quad
# -\log p(x) = \frac{1}{2 \sigma^2} \, (x - m)^2 + \log \sigma + \tfrac12 \log 2 \pi. $$
#
# If $\sigma$ is fixed, and the same for all numbers, that is the squared error times a constant, plus a constant. So
# **the mean squared error assumes normal numbers that all have the same spread**.
#
# **Yes or no: Bernoulli.** Believe that $x$ is 1 with probability $p$ and otherwise 0. The decoder's output is a
# **logit** $l$, any number, and $p = \mathrm{sigmoid}(l) = 1 / (1 + e^{-l})$:
#
# $$ p(x) = p^x (1 - p)^{1 - x} \quad\Rightarrow\quad -\log p(x) = -x \log p - (1 - x) \log (1 - p) =
# \log (1 + e^l) - l x. $$
#
# That is **binary cross-entropy**. (For the last step put $\log p = l - \log(1 + e^l)$ and $\log(1 - p) = -\log(1 +
# e^l)$. It needs no $p$, so that nothing is rounded to 0 before its logarithm is taken.)
#
# **One of $K$ categories.** Write $x$ **one-hot**: $K$ numbers, a 1 at the true category and 0 elsewhere. With $q =
# \mathrm{softmax}(l_1, \ldots, l_K)$, that is $q_k = e^{l_k} / \sum_j e^{l_j}$:
#
# $$ p(x) = \prod_k q_k^{x_k} \quad\Rightarrow\quad -\log p(x) = -\sum_k x_k \log q_k = \log \sum_k e^{l_k} -
# \sum_k x_k l_k. $$
#
# That is **categorical cross-entropy**. By hand, once, and beside it the library:

# %%
# Work in this lesson's folder, where its scripts and tables are, wherever your editor started the notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("03_losses")

# %%
import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.distributions import Bernoulli, Categorical, ContinuousBernoulli, Gaussian
from autoencoders_edu.plotting import COLOURS, MARKERS, STYLES, plot_bars, plot_curves, plot_image_rows, show

rng = np.random.default_rng(0)
outputs = rng.normal(0, 2, (1000, 5))
number, coin, one_hot = rng.normal(size=(1000, 5)), rng.integers(0, 2, (1000, 5)), np.eye(5)[rng.integers(0, 5, 1000)]

by_hand = {
    "Gaussian": 0.5 * ((number - outputs) / 0.5) ** 2 + np.log(0.5) + 0.5 * np.log(2 * np.pi),
    "Bernoulli": np.logaddexp(0, outputs) - outputs * coin,
    "categorical": np.logaddexp.reduce(outputs, axis=1, keepdims=True) - outputs * one_hot,
}

# %% [markdown]
# The categorical row holds more than it should: the logarithm of the sum stands once per row, but broadcasting has
# copied it to all five columns. So that one is summed otherwise. All three in nats per row:

# %% tags=["nbval-check-output"]
by_hand["categorical"] = np.logaddexp.reduce(outputs, axis=1) - np.sum(outputs * one_hot, axis=1)
library = {
    "Gaussian": Gaussian(stddev=0.5).loss(number, outputs),
    "Bernoulli": Bernoulli().loss(coin, outputs),
    "categorical": Categorical().loss(one_hot, outputs),
}
for name, loss in library.items():
    hand = by_hand[name].sum() / 1000
    print(f"{name:12} by hand {hand:6.2f}, library {float(loss):6.2f} nats per row")
