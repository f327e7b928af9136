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
# # Exercises 11. When the decoder stops listening
#
# **You practise** predicting which latents a model will give up; counting active units; writing the KL term with free
# bits; reading the state of a model from four numbers; and mending an annealing schedule that nobody suspected.
#
# **You need** lesson 11 (for 11.1, 11.2 and 11.4, part one of it).
#
# **Time** about 45 minutes for five exercises, 11 points in all; everything together runs in half a minute on two CPU
# cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), without a download.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it: `check("name")` tells you whether the answer is right, and if not, what it did. Check as often
# as you like: each time the inputs are new. `hint("name")` leads a little further each time, and `solution("name")`
# shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from autoencoders_edu.plotting import plot_bars, plot_curves, show

# %% [markdown]
# ## 11.1 Which latents will be given up? (1 point, 6 minutes)
#
# **Predict before you compute.** The data are four numbers, independent and normal, with mean 0 and **variances 16, 4,
# 0.5 and 0.1**. A linear VAE learns them: encoder and decoder are matrices, and $p(x|z)$ is normal around the decoder's
# output with a *fixed* standard deviation, the same for all four numbers. It is trained to the very best value of
#
# $$ \text{reconstruction} + \beta \cdot \text{KL}. $$
#
# No accident of training, no strong decoder: any latent that is idle at the end is idle because that is best. How many
# latents are **active** (variance of q's mean above 0.01) in each of these cases?
#
# | key | stddev of the decoder | beta | latents |
# |---|---|---|---|
# | `"stddev 0.2"` | 0.2 | 1 | 4 |
# | `"stddev 1"` | 1 | 1 | 4 |
# | `"stddev 3"` | 3 | 1 | 4 |
# | `"stddev 5"` | 5 | 1 | 4 |
# | `"stddev 1, beta 6"` | 1 | 6 | 4 |
# | `"stddev 1, 10 latents"` | 1 | 1 | 10 |
#
# To think with: describing a direction to a precision finer than the decoder's own noise saves nothing, and each nat of
# description costs beta.
#
# Not every idle latent is an accident. Whoever can tell the two apart does not fight a model that is right.
#
# Stuck? Run `hint("predict_active")`

# %% nbgrader={"grade": false, "grade_id": "predict_active", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_active = {
#     "stddev 0.2": ...,
#     "stddev 1": ...,
#     "stddev 3": ...,
#     "stddev 5": ...,
#     "stddev 1, beta 6": ...,
#     "stddev 1, 10 latents": ...,
# }
### BEGIN SOLUTION
# A latent is active for each direction whose variance exceeds beta * stddev^2, the price of describing it.
predict_active = {
    "stddev 0.2": 4,
    "stddev 1": 2,
    "stddev 3": 1,
    "stddev 5": 0,
    "stddev 1, beta 6": 1,
    "stddev 1, 10 latents": 2,
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_active", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_active")

# %% [markdown]
# Now train one of them, the case `"stddev 1"`, and look at the KL of each latent. Theory says $\frac12 \log 16$ and
# $\frac12 \log 4$ nats for the two directions that are worth it, and none for the others.

# %%
keras.utils.set_random_seed(0)
x = (np.random.default_rng(0).normal(size=(4000, 4)) * np.sqrt([16, 4, 0.5, 0.1])).astype("float32")
linear = ae.VAE(
    ae.networks.dense_encoder((4,), 2 * 4, hidden=()),
    ae.networks.dense_decoder(4, (4,), hidden=()),
    ae.distributions.Gaussian(stddev=1.0),
)
linear.compile(keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.05, 3000)))
_ = linear.fit(x, epochs=75, batch_size=100, verbose=0)
report = ae.diagnostics.collapse_report(linear, x)
print("KL of each latent, sorted: ", np.sort(report.kl_per_latent)[::-1].round(2), "nats")
print("theory:                    ", np.round([0.5 * np.log(16), 0.5 * np.log(4), 0, 0], 2), "nats")

# %% tags=["nbval-check-output"]
print("active latents:", report.active_units)

# %% [markdown]
# ## 11.2 Active units by hand (2 points, 5 minutes)
#
# Write `count_active_units(mean, log_variance)`. Both arrays have the shape (examples, latents) and hold what an encoder
# says of each example: $q(z_j|x)$ is normal with this mean and this log-variance. Return how many latents are active:
#
# $$ \mathrm{Var}_x\bigl(\mathrm{E}_{q(z_j|x)}[z_j]\bigr) > 0.01 $$
#
# Among the latents that you will meet are some that look busy and are not: a mean that is far from 0, but the same for
# every x; a q that is narrow, and the same for every x.
#
# Papers on collapse count active units, and the usual slip makes a dead model look alive.
#
# Stuck? Run `hint("count_active_units")`


# %% nbgrader={"grade": false, "grade_id": "count_active_units", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_active_units(mean, log_variance):
    """How many latents are active; both arguments have the shape (examples, latents)."""
    ### BEGIN SOLUTION
    return int(np.sum(np.var(mean, axis=0) > 0.01))  # over the examples: does the mean follow x?
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_count_active_units", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("count_active_units")

# %% [markdown]
# Your function beside the library's, on two small VAEs of black-and-white digits: a usual one, and one with beta = 20.

# %%
digits = ae.data.load("digits")
# Black and white, as in the lesson: a Bernoulli pixel is 0 or 1, and a grey one is neither.
x_train, x_test = ((images > 0.5).astype("float32") for images in (digits.x_train, digits.x_test))


def train(beta):
    keras.utils.set_random_seed(0)
    model = ae.BetaVAE(
        ae.networks.dense_encoder((8, 8, 1), 2 * 8, hidden=(64,)),
        ae.networks.dense_decoder(8, (8, 8, 1), hidden=(64,)),
        beta=beta,
    )
    model.compile(keras.optimizers.Adam(3e-3))
    model.fit(x_train, epochs=15, batch_size=64, verbose=0)
    return model


usual, squeezed = train(beta=1.0), train(beta=20.0)

# %%
with suppress(NotImplementedError):
    for name, model in {"usual": usual, "beta 20": squeezed}.items():
        q = keras.ops.convert_to_numpy(model.encoder(x_test))
        by_hand, library = count_active_units(q[:, :8], q[:, 8:]), ae.diagnostics.active_units(model, x_test)
        print(f"{name:8} by hand {by_hand}, ae.diagnostics.active_units {library}")

# %% [markdown]
# ## 11.3 Free bits by hand (2 points, 8 minutes)
#
# With free bits, the KL term of the loss becomes (Eq. 15 of Kingma et al. 2016)
#
# $$ \sum_j \max\Bigl(\lambda,\; \frac1n \sum_{i=1}^n \mathrm{KL}\bigl(q(z_j|x_i)\,\|\,p(z_j)\bigr)\Bigr) $$
#
# with $i$ over the examples of the batch, $j$ over the latents, and $p(z_j)$ the standard normal distribution. For one
# latent of one example,
#
# $$ \mathrm{KL} = \tfrac12 \bigl(\text{mean}^2 + \text{variance} - 1 - \log \text{variance}\bigr). $$
#
# Write `free_bits_kl(mean, log_variance, free)`. The arrays have the shape (examples, latents), `free` is $\lambda$ in
# nats. A log-variance may be any number, −140 for instance. Return one number.
#
# A maximum, a mean and a sum: only in one order is no latent pulled to the prior below its allowance.
#
# Stuck? Run `hint("free_bits_kl")`


# %% nbgrader={"grade": false, "grade_id": "free_bits_kl", "locked": false, "schema_version": 3, "solution": true, "task": false}
def free_bits_kl(mean, log_variance, free):
    """The KL term of a batch with `free` nats free for each latent: one number."""
    ### BEGIN SOLUTION
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return np.sum(np.maximum(free, np.mean(kl, axis=0)))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_free_bits_kl", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("free_bits_kl")

# %% [markdown]
# What the maximum does to an encoder that says nothing: the term charges the free amount, whether it is used or not.

# %%
with suppress(NotImplementedError):
    amounts = np.linspace(0, 1.5, 31)
    silent = np.zeros((100, 2))
    term = [free_bits_kl(np.full((100, 2), [np.sqrt(2 * kl), 0]), silent, 0.5) for kl in amounts]
    ax = plot_curves(
        {"with 0.5 nats free for each latent": term, "plain KL": amounts},
        x=amounts,
        xlabel="KL of the first of two latents in nats (the second is at the prior)",
        ylabel="KL term of the loss in nats",
        title="Below the free amount nothing pulls",
    )
    show(ax, alt="The KL term with free bits is flat at 1 nat up to 0.5 nats, then rises as steeply as the plain KL.")

# %% [markdown]
# Flat up to half a nat: there, no gradient draws the first latent to the prior. Above it the slope is that of the plain
# KL.

# %% [markdown]
# ## 11.4 What state is this model in? (3 points, 10 minutes)
#
# You are given the numbers of a `collapse_report`, and not the model. Write `read_report(kl_per_latent, active_units,
# reconstruction, reconstruction_shuffled)`, which returns one of four words:
#
# | word | the encoder | the decoder |
# |---|---|---|
# | `"collapsed"` | no latent is active | |
# | `"unheard"` | at least one latent is active | but another example's z costs less than 0.1 nats |
# | `"partial"` | some latents are active, others are idle | listens |
# | `"healthy"` | all latents are active | listens |
#
# (The library's `report.collapsed` is True for the first two words.)
#
# `kl_per_latent` is an array with the KL of each latent, `active_units` the number of active ones, counted as in 11.2,
# and the two reconstruction terms are $-\log p(x|z)$ in nats per example, with each example's own z and with another's.
# They may be of any size, and negative where $p(x|z)$ is a density. By chance another's z may even do better.
#
# Samples and a falling loss look fine long after a decoder has stopped listening. These numbers tell.
#
# Stuck? Run `hint("read_report")`


# %% nbgrader={"grade": false, "grade_id": "read_report", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_report(kl_per_latent, active_units, reconstruction, reconstruction_shuffled):
    """One of "collapsed", "unheard", "partial", "healthy"."""
    ### BEGIN SOLUTION
    if active_units == 0:
        return "collapsed"
    if reconstruction_shuffled - reconstruction < 0.1:
        return "unheard"
    return "healthy" if active_units == len(kl_per_latent) else "partial"
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_read_report", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("read_report")

# %% [markdown]
# The three models that you have trained in this notebook, read by your function. (The linear one has two directions to
# describe and four latents.)

# %%
with suppress(NotImplementedError):
    for name, (model, data) in {
        "linear": (linear, x),
        "usual": (usual, x_test),
        "beta 20": (squeezed, x_test),
    }.items():
        r = ae.diagnostics.collapse_report(model, data)
        word = read_report(r.kl_per_latent, r.active_units, r.reconstruction, r.reconstruction_shuffled)
        print(f"{name:8} {word:10} KL {r.kl:5.2f}, {r.active_units} active, shuffling z costs", end=" ")
        print(f"{r.reconstruction_shuffled - r.reconstruction:5.2f} nats")

# %% [markdown]
# ## 11.5 An annealing that changes nothing (3 points, 12 minutes)
#
# A colleague trains with **cyclical annealing**. The training has `epochs` epochs, counted from 0, and `cycles` cycles
# of equal length, which need not be a whole number of epochs. (Beware of rounding: `7 % (14 / 6)` is 2.33 on a
# computer, not 0. Multiply first, and divide last.) Let $t$ be the fraction of the present cycle that has
# passed when an epoch begins. In that epoch
#
# $$ \beta = \min(t / \text{ramp},\; 1) $$
#
# so that beta rises from 0 to 1 during the first part of each cycle and stays at 1 for the rest of it. "I tried four
# cycles, six, ten," says the colleague, "and the posterior collapses exactly as it does without."


# %%
def anneal_broken(epoch, epochs, cycles, ramp):
    """beta in the given epoch, the first being 0."""
    length = epochs // cycles
    passed = epoch % length
    return max(1.0, passed / (ramp * epochs))


# %% [markdown]
# There are **three faults**, and only one of them shows. Mend them: write `anneal(epoch, epochs, cycles, ramp)`.
#
# A broken schedule raises no error. It trains, and either the cure does nothing or the last epochs undo it.
#
# Stuck? Run `hint("anneal")`


# %% nbgrader={"grade": false, "grade_id": "anneal", "locked": false, "schema_version": 3, "solution": true, "task": false}
def anneal(epoch, epochs, cycles, ramp):
    """beta in the given epoch, the first being 0."""
    ### BEGIN SOLUTION
    passed = (
        epoch * cycles / epochs % 1
    )  # the fraction of the present cycle, which need not be a whole number of epochs
    return min(1.0, passed / ramp)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_anneal", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("anneal")

# %%
with suppress(NotImplementedError):
    schedules = {
        function.__name__: [function(epoch, 22, 4, 0.5) for epoch in range(22)] for function in (anneal, anneal_broken)
    }
    ax = plot_curves(schedules, x=range(22), ylabel="beta", title="22 epochs, 4 cycles, ramp 0.5", markers=True)
    show(ax, alt="anneal rises four times to 1 and stays there for a while; anneal_broken is 1 all the time.")

# %% [markdown]
# The colleague's schedule is a flat line at 1. In yours the second and the fourth cycle begin between two epochs, so
# that their first beta is 0.18. Look at the last epochs of yours: they are at 1, so that the model that
# is kept was trained on the ELBO.
