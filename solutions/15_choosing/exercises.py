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
# # Exercises 15. Autoencoder, GAN or diffusion?
#
# **You practise** choosing a model from measurements and constraints; writing the two losses of a GAN; adding the noise
# of a diffusion model; repairing a sampler; and comparing models that were tuned and trained with several seeds.
#
# **You need** lesson 15 and NumPy. **Time:** about 45 minutes for five exercises, 12 points in all. No network is
# trained, so the notebook runs in seconds.
#
# **Data** Numbers drawn at random, without a download.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it: `check("name")` tells you whether the answer is right, and if not, what it did. Check as often
# as you like: the inputs are new each time. `hint("name")` leads a little further each time, and `solution("name")`
# shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress
from itertools import pairwise

import numpy as np
import pandas as pd
from autoencoders_edu.exercises import check, hint, solution

# %% [markdown]
# ## 15.1 Which model? (2 points, 8 minutes)
#
# A workshop takes grey pictures of its parts, 32 x 32 pixels each, and has trained five models on them. Its
# measurements (made up for this exercise, but of plausible sizes):

# %%
workshop = pd.DataFrame(
    {
        "ms to score a picture": [0.02, 0.4, 0.5, 40, 900],
        "average precision": [0.71, 0.83, 0.80, 0.35, 0.86],
        "nats per image": [1510, np.nan, 1320, np.nan, 1240],
        "numbers in a code": [16, 16, 16, 16, 1024],
        "ms to find a code": [0.02, 0.3, 0.3, 40, 250],
        "dB from the code": [24.1, 29.3, 27.0, 19.5, 45.0],
        "distance halfway": [35, 18, 10, 21, 160],
        "ms to draw a picture": [0.02, 0.3, 0.3, 0.5, 250],
        "distance of drawings": [30, 11, 9, 3.1, 1.9],
        "sharpness": [0.31, 0.62, 0.58, 0.93, 0.97],
    },
    index=["pca", "autoencoder", "vae", "gan", "diffusion"],
).T
workshop

# %% [markdown]
# - *Score a picture*: a number that says how odd a part is, with its **average precision** (higher is better).
#   **Nats per image** are $-\log p(x)$ or an upper bound on it, for pictures that no model was trained on (lower is
#   better; NaN: the model gives none). They take as long as the score.
# - *Code*: the numbers that a model makes of a picture, the peak signal-to-noise ratio in **dB** of the picture that it
#   makes of them again (higher is better), and the Fréchet distance between real pictures and those decoded **halfway**
#   between the codes of two pictures (lower is better). The GAN has no encoder: its codes are found by gradient descent.
#   To *decode* a code takes as long as to draw a picture.
# - *Draw*: new pictures; their Fréchet distance to real ones (lower is better), and their sharpness (that of real
#   pictures is 1).
#
# **Decide before you compute.** Each case has limits, and one number that decides among the models within them:
#
# - `"conveyor"`: odd parts are to be flagged at 5000 pictures per second, one after the other. The highest average
#   precision wins.
# - `"catalogue"`: 2000 pictures of parts that do not exist are wanted by tomorrow, 12 hours from now. The smallest
#   Fréchet distance wins.
# - `"game"`: 60 times per second, a game draws one new part, and has a tenth of that time for it. The pictures have a
#   sharpness of at least 0.5. The smallest Fréchet distance wins.
# - `"radio"`: a camera sends one picture per second, as a code of at most 64 bytes (4 bytes per number), and may take 1
#   ms to find it. The receiver rebuilds the picture. The most dB win.
# - `"archive"`: ten million pictures get a $-\log p(x)$ each, or a bound on it, within 5 hours. The fewest nats win.
# - `"slider"`: a designer drags a slider from one existing part to another. Both codes are found in at most 100 ms
#   together, and then 25 pictures per second are decoded. The smallest distance halfway wins.
#
# Set `choose_models` to a dict from each of these six keys to one of `"pca"`, `"autoencoder"`, `"vae"`, `"gan"` and
# `"diffusion"`. A model may win several cases.
#
# "Which model is best?" has no answer. "Best at what, within which limits?" has one, and it can be measured.
#
# Stuck? Run `hint("choose_models")`

# %% nbgrader={"grade": false, "grade_id": "choose_models", "locked": false, "schema_version": 3, "solution": true, "task": false}
# choose_models = {
#     "conveyor": ...,
#     "catalogue": ...,
#     "game": ...,
#     "radio": ...,
#     "archive": ...,
#     "slider": ...,
# }
### BEGIN SOLUTION
choose_models = {
    "conveyor": "pca",  # the only one within 0.2 ms
    "catalogue": "diffusion",  # 500 seconds of 12 hours
    "game": "gan",  # 1.67 ms per picture
    "radio": "autoencoder",  # 16 numbers
    "archive": "vae",  # 1.8 ms per picture
    "slider": "vae",  # the autoencoder rebuilds better, but there are gaps between its codes
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_choose_models", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("choose_models")

# %% [markdown]
# Now let the computer decide two of them: which models are within the limits, and how good are they? (Run this only
# after you have decided.)

# %%
measured = workshop.T
in_time = measured["ms to score a picture"] <= 1000 / 5000
print("conveyor:", measured.loc[in_time, "average precision"].to_dict())
in_time = measured["ms to score a picture"] <= 5 * 3600 * 1000 / 10_000_000
print("archive:", measured.loc[in_time, "nats per image"].dropna().to_dict())

# %% [markdown]
# ## 15.2 Two players, two losses (2 points, 7 minutes)
#
# The discriminator of a GAN gives each image a logit $l$: the probability that the image is real is
# $1 / (1 + e^{-l})$. With $\text{softplus}(a) = \log(1 + e^a)$, the non-saturating losses (Goodfellow et al. 2014) are
#
# $$ L_\text{discriminator} = \operatorname{mean}\,\text{softplus}(-l_\text{real}) +
# \operatorname{mean}\,\text{softplus}(l_\text{fake}), \qquad
# L_\text{generator} = \operatorname{mean}\,\text{softplus}(-l_\text{fake}) $$
#
# Write `gan_losses(real_logits, fake_logits)`, which returns the tuple (discriminator's loss, generator's loss): two
# numbers. Each argument is an array of floats, (batch,) or (batch, 1), in single or double precision. There may be more
# real images than fake ones, or fewer: each mean is over its own images.
#
# Logits may be ±1000, and no result may be infinite or NaN. The losses are compared to a ten-thousandth of their size
# (and to a millionth).
#
# With the loss as it stands in the minimax game, a generator that fools nobody gets hardly any gradient. And a
# discriminator that is sure of itself is where log(sigmoid) turns into infinity.
#
# Stuck? Run `hint("gan_losses")`


# %% nbgrader={"grade": false, "grade_id": "gan_losses", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gan_losses(real_logits, fake_logits):
    """Non-saturating losses: (batch_real,) and (batch_fake,) logits -> the discriminator's and the generator's."""

    ### BEGIN SOLUTION
    def softplus(a):
        return np.logaddexp(0, a)

    discriminator = np.mean(softplus(-real_logits)) + np.mean(softplus(fake_logits))
    return discriminator, np.mean(softplus(-fake_logits))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_gan_losses", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("gan_losses")

# %% [markdown]
# Your losses while the discriminator grows surer: real images have the logit $l$, fake ones $-l$. Beside the generator's
# loss stands its slope in the fake logit, by a small difference, and that of the minimax game,
# $\operatorname{mean} \log (1 - \text{sigmoid}(l_\text{fake}))$.

# %%
with suppress(NotImplementedError):
    for sure in (0.0, 2.0, 5.0, 10.0):
        real, fake, small = np.array([sure]), np.array([-sure]), 1e-4
        discriminator, generator = gan_losses(real, fake)
        slope = (gan_losses(real, fake + small)[1] - gan_losses(real, fake - small)[1]) / (2 * small)
        minimax = -1 / (1 + np.exp(sure))
        print(f"l = {sure:4}: discriminator {discriminator:.5f}, generator {generator:7.4f}", end=", ")
        print(f"slope {slope:.5f}, of the minimax game {minimax:.5f}")

# %% [markdown]
# A sure discriminator leaves the minimax game without a slope, exactly when the generator has most to learn. The
# non-saturating loss has its full slope there.

# %% [markdown]
# ## 15.3 From image to noise (2 points, 8 minutes)
#
# A diffusion model knows `betas`, an array (T,) of floats between 0 and 1 that holds $b_1, \dots, b_T$ in this order
# (so $b_1$ is `betas[0]`). With
#
# $$ \bar\alpha_t = \prod_{s=1}^{t} (1 - b_s), \qquad \bar\alpha_0 = 1, $$
#
# the noisy image at time $t$ and the target that the network learns to predict (Salimans and Ho 2022) are
#
# $$ x_t = \sqrt{\bar\alpha_t}\; x + \sqrt{1 - \bar\alpha_t}\; \epsilon, \qquad
# v = \sqrt{\bar\alpha_t}\; \epsilon - \sqrt{1 - \bar\alpha_t}\; x $$
#
# Write `add_noise(x, t, epsilon, betas)`, which returns the tuple $(x_t, v)$: two arrays of the shape of `x`. The images
# `x` have the shape (batch, ...), with any number of further axes or none; `epsilon` has the same shape. `t` is an array
# (batch,) of integers from 0 to T, both included: each image has a time of its own. At time 0 the image is clean.
# Results are compared to a ten-thousandth of their size (and to a hundred-thousandth).
#
# A network trains just as well on a schedule that is shifted by one step. Its samples may keep a little noise, and no
# loss says why.
#
# Stuck? Run `hint("add_noise")`


# %% nbgrader={"grade": false, "grade_id": "add_noise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def add_noise(x, t, epsilon, betas):
    """Noisy images and the target v: (batch, ...), (batch,), (batch, ...), (T,) -> two arrays (batch, ...)."""
    ### BEGIN SOLUTION
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])[t]
    alpha_bar = alpha_bar.reshape(-1, *[1] * (np.ndim(x) - 1))
    signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)
    return signal * x + noise * epsilon, signal * epsilon - noise * x
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_add_noise", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("add_noise")

# %% [markdown]
# Your function on 1000 "images" of four pixels with variance 1. At each time, how much of the image is left: the
# correlation of $x_t$ and of $v$ with $x$, and the variance of both.

# %%
rng, betas = np.random.default_rng(0), np.linspace(1e-4, 0.02, 1000)
x, epsilon = rng.normal(size=(2, 1000, 2, 2))
with suppress(NotImplementedError):
    for time in (0, 10, 100, 300, 1000):
        noisy, target = add_noise(x, np.full(1000, time), epsilon, betas)
        print(f"t = {time:4}:", end=" ")
        for name, values in (("x_t", noisy), ("v", target)):
            correlation = np.corrcoef(values.ravel(), x.ravel())[0, 1]
            print(f"{name} has correlation {correlation:5.2f}, variance {values.var():.2f}", end="; ")
        print()

# %% [markdown]
# The variance stays at 1 throughout. At time 0 the target is the noise, of which nothing can be seen yet; at time T it is
# minus the image. Whatever the time, the network has to predict what its input hides.

# %% [markdown]
# ## 15.4 Back to an image (3 points, 11 minutes)
#
# A colleague has written the deterministic sampler (DDIM, Song et al. 2021) for a network that predicts $v$. The network
# is fine, but the numbers that come out explode.


# %%
def sample_broken(v, x_T, times, betas):
    alpha_bar = np.cumprod(1 - betas)
    x = x_T
    for t, s in pairwise(times):
        a_t, a_s = alpha_bar[t - 1], alpha_bar[s - 1]
        predicted = v(x, s)
        x_hat = np.sqrt(a_t) * x + np.sqrt(1 - a_t) * predicted
        eps_hat = np.sqrt(1 - a_t) * x + np.sqrt(a_t) * predicted
        x = np.sqrt(a_s) * x_hat + np.sqrt(1 - a_s) * eps_hat
    return x


# %% [markdown]
# What it should do: `times` is a decreasing list of integers that starts at T or below and ends in 0, such as `[50, 30,
# 10, 0]`; `x_T` is an array (batch, ...) of noisy images at time `times[0]`. For each time $t$ of the list and the next
# one, $s$, in order:
#
# $$ \hat v = v(x_t, t), \qquad \hat x = \sqrt{\bar\alpha_t}\; x_t - \sqrt{1 - \bar\alpha_t}\; \hat v, \qquad
# \hat\epsilon = \sqrt{1 - \bar\alpha_t}\; x_t + \sqrt{\bar\alpha_t}\; \hat v, $$
# $$ x_s = \sqrt{\bar\alpha_s}\; \hat x + \sqrt{1 - \bar\alpha_s}\; \hat\epsilon $$
#
# with `betas` and $\bar\alpha$ as in 15.3, so that $\bar\alpha_0 = 1$. Write `sample(v, x_T, times, betas)`, which returns
# the image at time 0, an array of the shape of `x_T`. The argument `v` is a function: `v(x, t)` takes an array (batch, ...)
# and one integer, and returns an array of the shape of `x`. Nothing is drawn at random, and $\hat x$ is not clipped.
# Results are compared to a thousandth of their size (and to a ten-thousandth).
#
# The sampler is not trained, so no loss shows its bugs.
#
# Stuck? Run `hint("sample")`


# %% nbgrader={"grade": false, "grade_id": "sample", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sample(v, x_T, times, betas):
    """The image at time 0, by deterministic steps: a function, (batch, ...), a list, (T,) -> (batch, ...)."""
    ### BEGIN SOLUTION
    alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])
    x = x_T
    for t, s in pairwise(times):
        predicted = v(x, t)
        x_hat = np.sqrt(alpha_bar[t]) * x - np.sqrt(1 - alpha_bar[t]) * predicted
        eps_hat = np.sqrt(1 - alpha_bar[t]) * x + np.sqrt(alpha_bar[t]) * predicted
        x = np.sqrt(alpha_bar[s]) * x_hat + np.sqrt(1 - alpha_bar[s]) * eps_hat
    return x
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_sample", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("sample")

# %% [markdown]
# For data from a normal distribution the best $v$ has a formula, so that no network is needed. Here the pixels have mean
# 3 and standard deviation 0.5. How many steps does each sampler need?

# %%
betas = np.linspace(1e-4, 0.02, 1000)
alpha_bar = np.concatenate([[1.0], np.cumprod(1 - betas)])


def v_of_normal(x, t, mean=3.0, stddev=0.5):
    a = alpha_bar[t]
    error = x - np.sqrt(a) * mean
    variance = a * stddev**2 + 1 - a
    x_hat, eps_hat = mean + np.sqrt(a) * stddev**2 / variance * error, np.sqrt(1 - a) / variance * error
    return np.sqrt(a) * eps_hat - np.sqrt(1 - a) * x_hat


# %%
start = np.random.default_rng(0).normal(size=(20000, 1))
for function in (sample_broken, sample):
    with suppress(NotImplementedError):
        for steps in (2, 5, 20, 100):
            times = np.linspace(1000, 0, steps + 1).astype(int).tolist()
            drawn = function(v_of_normal, start, times, betas)
            print(
                f"{function.__name__:13} {steps:3} steps: mean {drawn.mean():.2f}, standard deviation {drawn.std():.2f}"
            )

# %% [markdown]
# The mean is right after two steps. The spread needs many more.

# %% [markdown]
# ## 15.5 The best of how many? (3 points, 11 minutes)
#
# "Our GAN beats all the others," says a colleague, who tried twenty settings of it and one setting of each of the
# others. The table was made like this:


# %%
def fair_table_broken(runs, validation, test, distance):
    table = {"floor": distance(test, test)}
    for model, settings in runs.items():
        found = {
            (name, i): distance(x, test) for name, of_setting in settings.items() for i, x in enumerate(of_setting)
        }
        best = min(found, key=found.get)
        table[model] = {"setting": best[0], "mean": found[best], "stddev": np.std(list(found.values()))}
    return table


# %% [markdown]
# `runs` is a dict from a model's name to a dict from a setting's name to a list of arrays: the samples of each run with
# this setting. The **first** run of a setting is its tuning run. The **others**, at least two, are its final runs, with
# seeds of their own. `validation` and `test` are real images that no model was trained on. All arrays have the same
# shape, (n, d): they were cut to one n, as in lesson 12. The function `distance(first, second)` gives the distance
# between two such arrays, the same either way round, and is right; use it as it is.
#
# Write `fair_table(runs, validation, test, distance)`, which returns a dict with
#
# - a key for each model, with a dict of three entries. `"setting"`: the name of the setting whose **tuning run** has the
#   smallest distance to the **validation** images. `"mean"` and `"stddev"`: the mean and the standard deviation
#   (`ddof=1`) of the distances to the **test** images, over the **final runs** of this setting;
# - the key `"floor"`: `distance(validation, test)`, a number: how far apart real images are.
#
# Numbers are compared to a ten-thousandth of their size.
#
# The best of sixty runs looks better than the best of three, even if the model is the same. Equally tuned GANs hardly
# differ (Lucic et al. 2018).
#
# Stuck? Run `hint("fair_table")`


# %% nbgrader={"grade": false, "grade_id": "fair_table", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fair_table(runs, validation, test, distance):
    """Each model's setting by its tuning run, and the test distances of its final runs; and the floor."""
    ### BEGIN SOLUTION
    table = {"floor": distance(validation, test)}
    for model, settings in runs.items():
        tuning = {name: distance(of_setting[0], validation) for name, of_setting in settings.items()}
        best = min(tuning, key=tuning.get)
        final = [distance(samples, test) for samples in settings[best][1:]]
        table[model] = {"setting": best, "mean": np.mean(final), "stddev": np.std(final, ddof=1)}
    return table
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_fair_table", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("fair_table")

# %% [markdown]
# Two "models" that are one and the same: both draw from a normal distribution whose mean is a little off, by a new
# random error in each run. One is tuned with twenty settings, none of which changes anything; the other has one
# setting. Both tables are made 50 times.


# %%
def draw_runs(settings, rng):
    """Four runs for each setting: 100 vectors each, around a mean that is off by a random error."""
    errors = rng.normal(0, 0.15, (settings, 4, 1, 5))
    samples = rng.normal(size=(settings, 4, 100, 5)) + errors
    return {f"setting {i}": list(of_setting) for i, of_setting in enumerate(samples)}


def squared_distance(first, second):
    return float(np.sum((first.mean(axis=0) - second.mean(axis=0)) ** 2))


# %%
for function in (fair_table_broken, fair_table):
    with suppress(NotImplementedError):
        rng, tables = np.random.default_rng(0), []
        for _ in range(50):
            runs = {"tuned": draw_runs(20, rng), "not tuned": draw_runs(1, rng)}
            tables.append(function(runs, *rng.normal(size=(2, 100, 5)), squared_distance))
        print(f"{function.__name__}: floor {np.mean([table['floor'] for table in tables]):.3f}")
        for model in ("tuned", "not tuned"):
            means = [table[model]["mean"] for table in tables]
            error = np.std(means, ddof=1) / np.sqrt(len(means))
            print(f"    {model:9} {np.mean(means):.3f} +- {error:.3f} (standard error over 50 tables)")

# %% [markdown]
# In the broken table the tuned model looks four times as good as the other one, though the two are one and the same: it
# had more tickets in the lottery. In the fair table they are level within the standard errors.
