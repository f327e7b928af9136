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
# # Lesson 8. Gradients through randomness
#
# **After this lesson you can** say why a random draw blocks the gradient; write the reparameterised sample
# $z = \text{mean} + \text{stddev} \cdot \epsilon$ and say why it works; compare it with the score function, its rival,
# by variance; recognise a VAE whose sample is drawn wrongly although its loss falls; and say what a discrete code
# costs.
#
# **You need** lesson 7: the encoder's output read as a normal distribution q(z|x), the ELBO, its two terms.
#
# **Time** about 50 minutes to read; under two minutes to run on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), made black and white. Nothing is downloaded.

# %% [markdown]
# ## A question that lesson 7 passed over
#
# In each step of training a VAE draws a code at random, $z \sim q(z|x)$, and hands it to the decoder. The encoder says
# where to draw: it gives a mean and a standard deviation. And the encoder is trained by gradient descent. So somebody
# must answer: *if the mean were a little larger, how would the cost of this draw change?* But $z$ came out of a random
# number generator. What is the derivative of a die?
#
# We begin with a toy whose answer we know. One number $z$ from a normal distribution, and the cost $z^2$:
#
# $$ \mathrm{E}\,[z^2] = \text{mean}^2 + \text{stddev}^2, \qquad
#    \frac{\partial}{\partial\,\text{mean}} = 2\,\text{mean}, \qquad
#    \frac{\partial}{\partial\,\text{stddev}} = 2\,\text{stddev}. $$
#
# At mean 1.5 and stddev 1 the two derivatives are 3 and 2.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("08_reparameterization")

# %%
import autoencoders_edu as ae
import keras
import numpy as np
import pandas as pd
from autoencoders_edu.gradients import gradients
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, show
from keras import ops

keras.utils.set_random_seed(0)
mean, stddev = 1.5, 1.0
truth = np.array([2 * mean, 2 * stddev])

# %% [markdown]
# `gradients(function, variables)` gives the derivatives of what a function returns, as `fit` computes them in every
# step. (A dozen lines of the library; on TensorFlow they use `tf.GradientTape`, on JAX `jax.grad`. TensorFlow answers
# `None` where the result does not depend on a variable; `gradients` makes a zero of it, which is what the optimizer's
# step comes to.)
#
# **Predict:** the draws come from NumPy's random number generator. NumPy takes plain numbers, so it gets the *values*
# of the two parameters, 1.5 and 1.0. Will `gradients` give 3 and 2, or an error, or something else?

# %% tags=["nbval-check-output"]
parameters = [keras.Variable(mean), keras.Variable(stddev)]
rng = np.random.default_rng(0)


def cost_of_a_thousand_draws():
    z = rng.normal(mean, stddev, 1000).astype("float32")
    return ops.mean(ops.convert_to_tensor(z) ** 2)


print("gradients:", [float(g) for g in gradients(cost_of_a_thousand_draws, parameters)])

# %% [markdown]
# Zero, and no error. Whatever comes out of the generator is just a number. How it was made is forgotten, and so
# changing the mean seems to change nothing. Keep this in mind: **a blocked gradient does not crash.**
#
# Could one do it by hand, then? Raise the mean by 0.01, draw again, see how the cost has changed:


# %%
def slope(new_draws, h=0.01, n=1000):
    """(cost at mean + h, minus cost at mean) / h, with the same epsilons on both sides or with new ones."""
    epsilon = rng.normal(size=n)
    moved = rng.normal(size=n) if new_draws else epsilon
    return (np.mean((mean + h + stddev * moved) ** 2) - np.mean((mean + stddev * epsilon) ** 2)) / h


for label, new_draws in (("new draws", True), ("same epsilons", False)):
    slopes = [slope(new_draws) for _ in range(200)]
    print(f"{label:14} slope {np.mean(slopes):6.2f}, give or take {np.std(slopes):5.2f}   (truth {truth[0]:.2f})")

# %% [markdown]
# With new draws the answer drowns: two averages of a thousand draws differ by chance, and the chance is divided by
# 0.01. In the second line the *dice are kept*. A normal draw can be made in two steps: first $\epsilon$ from N(0, 1),
# which knows nothing of the parameters, then $z = \text{mean} + \text{stddev} \cdot \epsilon$. Keep the $\epsilon$,
# move the mean, and every draw moves along with it.

# %%
import matplotlib.pyplot as plt

epsilons = rng.normal(size=12)
_, axes = plt.subplots(1, 2, figsize=(7, 3), sharey=True)
for ax, moved, title in zip(axes, (rng.normal(size=12), epsilons), ("new draws", "same epsilons"), strict=True):
    ax.plot([0, 1], [1.5 + 1.0 * epsilons, 2.5 + 0.6 * moved], "o-", color=COLOURS[0], linewidth=0.8, markersize=4)
    ax.set_xticks([0, 1], ["mean 1.5\nstddev 1.0", "mean 2.5\nstddev 0.6"])
    ax.set(title=title, xlim=(-0.2, 1.2), xlabel="parameters")
axes[0].set_ylabel("draw z (no unit)")
show(
    axes[0],
    alt="Twelve draws before and after the parameters move. With new draws the lines cross at random; with the same "
    "epsilons they run side by side and converge.",
)

# %% [markdown]
# On the right each draw has a path, and a path has a slope. On the left there is none to speak of.

# %% [markdown]
# ## The reparameterised sample
#
# This is the whole trick (Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014):
#
# $$ z = \text{mean} + \text{stddev} \cdot \epsilon, \qquad \epsilon \sim \mathrm{N}(0, 1), \qquad
#    \frac{\partial z}{\partial\,\text{mean}} = 1, \qquad \frac{\partial z}{\partial\,\text{stddev}} = \epsilon. $$
#
# The expectation now runs over $\epsilon$, whose distribution does not depend on the parameters. So the derivative may
# go inside, provided that $f$ is continuous and not too steep (a cost with jumps is excluded; see below): the gradient
# of the expected cost is the expectation of $f'(z) \cdot 1$, or of $f'(z) \cdot \epsilon$. An average over draws
# estimates it. Because it follows each draw along its path it is called the **pathwise** gradient.

# %%
epsilon = rng.normal(size=1000).astype("float32")


def cost_of_paths():
    z = parameters[0] + parameters[1] * epsilon
    return ops.mean(z**2)


by_tape = np.array(gradients(cost_of_paths, parameters))
z = mean + stddev * epsilon
each = np.stack([2 * z, 2 * z * epsilon])  # f'(z) dz/dmean and f'(z) dz/dstddev, for each draw
error = each.std(axis=1) / np.sqrt(1000)
print("by automatic differentiation:", by_tape.round(3))
print("by the formula:              ", each.mean(axis=1).round(3), " truth", truth, " standard error", error.round(2))

# %% tags=["nbval-check-output"]
print("formula and automatic differentiation agree:", np.allclose(by_tape, each.mean(axis=1), rtol=1e-3))
print("within four standard errors of the truth:", bool(np.all(np.abs(by_tape - truth) < 4 * error)))

# %% [markdown]
# One detail for VAEs. An encoder's output may be any number, but a standard deviation is positive. So the encoder gives
# the **log-variance**, and $\text{stddev} = \exp(\text{log-variance} / 2)$. Variance, standard deviation, log-variance:
# three quantities that code often calls `var`, `std`, `log_var`. What comes of confusing them is measured below.

# %% [markdown]
# ## The rival: the score function
#
# There is an older way, which does not need a path. Write the expectation as an integral and differentiate the density
# instead of the draw. Since $\nabla q = q \, \nabla \log q$,
#
# $$ \nabla \int q(z)\, f(z)\, dz = \int q(z)\, f(z)\, \nabla \log q(z)\, dz
#    = \mathrm{E}\,\bigl[ f(z)\, \nabla \log q(z) \bigr]. $$
#
# $\nabla \log q$ is called the **score**; the estimator is also known as REINFORCE (Williams 1992). In words: make
# draws more likely in proportion to what they cost (then go downhill). For the normal distribution,
#
# $$ \frac{\partial \log q}{\partial\,\text{mean}} = \frac{\epsilon}{\text{stddev}}, \qquad
#    \frac{\partial \log q}{\partial\,\text{stddev}} = \frac{\epsilon^2 - 1}{\text{stddev}}. $$
#
# It only asks what $f$ *is*, never how $f$ slopes. And since the score has mean zero, any fixed number $b$, a
# **baseline**, may be taken off the cost without changing the expectation: $(f(z) - b)\,\nabla \log q(z)$.

# %%
baseline = mean**2 + stddev**2  # the expected cost itself: a natural choice, not the best possible one
estimators = {
    "score function": lambda z, epsilon: z**2 * epsilon / stddev,
    "score function, baseline": lambda z, epsilon: (z**2 - baseline) * epsilon / stddev,
    "pathwise": lambda z, epsilon: 2 * z,
}
epsilon = rng.normal(size=1_000_000)
single = {name: estimate(mean + stddev * epsilon, epsilon) for name, estimate in estimators.items()}
for name, values in single.items():
    print(f"{name:26} mean {values.mean():.3f} (truth 3), variance of one draw {values.var():5.1f}")

# %% [markdown]
# All three are right on average. They differ in how far single draws are off. (In this toy the variances can be
# worked out: $(m^4 + 14 m^2 + 15)$ for the score function at stddev 1 and mean $m$, which is 51.6, and 4 for the path.)
#
# **Predict.** We average over more and more draws. Will the score function catch up with the pathwise gradient?

# %%
samples = np.array([1, 4, 16, 64, 256, 1024])


def variance(estimate, n, repeats=2000):
    epsilon = rng.normal(size=(repeats, n))
    return estimate(mean + stddev * epsilon, epsilon).mean(axis=1).var()


toy = {name: np.array([variance(estimate, n) for n in samples]) for name, estimate in estimators.items()}
ax = plot_curves(toy, x=samples, xlabel="draws averaged", ylabel="variance of the estimated derivative", markers=True)
ax.set(xscale="log", yscale="log", title="Toy: cost z², derivative for the mean (truth: 3)")
show(
    ax,
    alt="Three parallel falling lines on log-log axes: score function on top, with baseline below, pathwise lowest.",
)

# %% tags=["nbval-check-output"]
falls = {name: np.polyfit(np.log(samples), np.log(v), 1)[0] for name, v in toy.items()}
print("slopes on the log-log axes:", {name: f"{slope:.1f}" for name, slope in falls.items()})
ratio = single["score function"].var() / single["pathwise"].var()
print(f"score function / pathwise, whatever the number of draws: about {ratio:.0f}")

# %% [markdown]
# Parallel lines. Each falls as 1 / draws, as averages of independent draws always do, so the *ratio* stays where it is:
# in this toy, thirteen. To be as exact as one pathwise draw, the score function needs thirteen, here and everywhere
# along the line.

# %% [markdown]
# ## "The pathwise gradient has the lower variance"
#
# This stands in many introductions as if it were a theorem. It is none. Thirteen belongs to this cost. Take another
# one, $f(z) = \sin(k z)$, which wiggles faster as $k$ grows:

# %%
wiggles = np.array([0.25, 0.5, 1, 2, 4, 8])
epsilon = rng.normal(size=200_000)
z = mean + stddev * epsilon
by_cost = {
    "score function": [np.var(np.sin(k * z) * epsilon / stddev) for k in wiggles],
    "pathwise": [np.var(k * np.cos(k * z)) for k in wiggles],
}
ax = plot_curves(by_cost, x=wiggles, xlabel="k in the cost sin(k z)", ylabel="variance of one draw", markers=True)
ax.set(xscale="log", yscale="log", title="The faster the cost wiggles, the worse the path")
ax.set_xticks(wiggles, wiggles)
ax.minorticks_off()
show(ax, alt="The pathwise variance rises steeply with k and crosses the nearly flat one of the score function near 1.")

# %% [markdown]
# The path follows the *slope* of the cost, and a slope can be huge while the cost stays between −1 and 1. From about
# $k = 1$ on, the score function wins. (For $k = 4$ and $8$ the true derivative is practically 0: the score function is
# only the less loud of two that show nothing but noise.) And where a cost has a jump there is no slope to follow at
# all:

# %% tags=["nbval-check-output"]
step = (z > 2).astype(float)  # costs 1 beyond 2, nothing below
true_slope = np.exp(-((2 - mean) ** 2) / 2) / np.sqrt(2 * np.pi)  # of the probability that z > 2
print(f"cost: 1 if z > 2, else 0.    true derivative for the mean: {true_slope:.2f}")
print(f"score function: {np.mean(step * epsilon / stddev):.2f}    pathwise: {np.mean(np.zeros_like(z)):.2f}")

# %% [markdown]
# The slope of a step is zero wherever there is one, so the pathwise estimate is exactly 0: no variance at all, and
# wrong. Low variance is worth something only if the mean is right.
#
# Why then does every VAE use paths? Because of the other dial, the number of latents. Each latent's score is multiplied
# by the *whole* cost, to which all other latents add:

# %%
rows = {}
for latents in (1, 4, 16, 64):
    epsilon = rng.normal(size=(2_560_000 // latents, latents))
    cost = np.sum((mean + stddev * epsilon) ** 2, axis=1)
    plain, with_baseline = cost * epsilon[:, 0], (cost - cost.mean()) * epsilon[:, 0]
    path = 2 * (mean + stddev * epsilon[:, 0])
    rows[latents] = [plain.var() / path.var(), with_baseline.var() / path.var()]
pd.DataFrame(rows, index=["score / pathwise", "score with baseline / pathwise"]).rename_axis(columns="latents").round(0)

# %% [markdown]
# From one latent to 64 the ratio grows from 13 to eleven thousand; a baseline leaves it at about 180. The
# pathwise gradient of one latent does not care how many others there are.

# %% [markdown]
# ## Inside a VAE
#
# Now a real one: black and white digits, 64 pixels, four latents. `draws.py` beside this notebook holds a VAE whose
# sample is drawn by a function that we give it. This is all that differs from `ae.VAE`:

# %%
import inspect

import draws
from IPython.display import Code

Code(inspect.getsource(draws.HandVAE) + "\n\n" + inspect.getsource(draws.healthy), language="python")

# %%
x_train, x_val = draws.binarised_digits()
model = draws.make("healthy", seed=0)
history = {"healthy": draws.train(model, x_train)["loss"]}
rows = {"digit": x_val[:10], "reconstruction": ops.convert_to_numpy(model.reconstruct(x_val[:10]))}
show(
    plot_image_rows(rows),
    alt="Ten black and white digits of 8 by 8 pixels and the reconstructions of the healthy VAE, softer but readable.",
)

# %% [markdown]
# The encoder's gradient of the reconstruction term, $-\log p(x|z)$, is what needs the draw; the KL term has a formula.
# We take 32 digits and estimate it in both ways. For the score function the trick is to differentiate
# $\text{cost} \cdot \log q(z)$ with cost and $z$ held fixed: `ops.stop_gradient` **detaches** a tensor, which means it
# keeps the value and cuts the way back.

# %%
batch, seed = x_train[:32], keras.random.SeedGenerator(0)


def costs(model, n, detach=False):
    """-log p(x|z) of n draws for each digit, and log q(z|x) of these draws: (n, 32) each."""
    q = model.posterior(batch)
    epsilon = keras.random.normal((n, len(batch), model.latent_dim), seed=seed)
    z = q.mean() + q.stddev() * epsilon
    z = ops.stop_gradient(z) if detach else z
    log_p = model.likelihood(ops.reshape(z, (-1, model.latent_dim))).log_prob(ops.concatenate([batch] * n))
    return -ops.reshape(log_p, (n, -1)), q.log_prob(z)


# %%
def encoder_gradient(model, estimator, n, baseline=0.0):
    def function():
        cost, log_q = costs(model, n, detach=estimator != "pathwise")
        return ops.mean(cost if estimator == "pathwise" else ops.stop_gradient(cost - baseline) * log_q)

    return np.concatenate([g.ravel() for g in gradients(function, model.encoder.trainable_variables)])


def spread(model, estimator, n, baseline, repeats=20):
    """Mean of some estimates, and their variance summed over all weights of the encoder."""
    found = np.array([encoder_gradient(model, estimator, n, baseline) for _ in range(repeats)])
    return found.mean(axis=0), found.var(axis=0, ddof=1).sum()


# %%
usual = ops.mean(costs(model, 256)[0], axis=0)  # the usual cost of each digit, from draws of its own: the baseline
kinds = {"score function": 0.0, "score function, baseline": usual, "pathwise": 0.0}
counts = [1, 4, 16, 64]
found = {name: [spread(model, name, n, b) for n in counts] for name, b in kinds.items()}
in_vae = {name: np.array([variance for _, variance in pairs]) for name, pairs in found.items()}
ax = plot_curves(in_vae, x=counts, xlabel="draws a digit", ylabel="variance, summed over 4,680 weights", markers=True)
ax.set(xscale="log", yscale="log", title="Gradient of the encoder of a trained VAE")
ax.set_xticks(counts, counts)
ax.minorticks_off()
show(ax, alt="Three parallel falling lines: the score function far on top, with baseline much lower, pathwise lowest.")

# %% [markdown]
# **Predict:** how large are the ratios? And in a VAE that has not been trained yet?

# %%
fresh = draws.make("healthy", seed=0)
usual_fresh = ops.mean(costs(fresh, 256)[0], axis=0)
one = {name: spread(fresh, name, 1, b)[1] for name, b in zip(kinds, (0.0, usual_fresh, 0.0), strict=True)}
ratios = {
    "trained": [np.mean(in_vae[name] / in_vae["pathwise"]) for name in kinds],
    "untrained": [one[name] / one["pathwise"] for name in kinds],
}
pd.DataFrame(ratios, index=[f"{name} / pathwise" for name in kinds]).map(lambda ratio: f"{ratio:,.0f}")

# %% tags=["nbval-check-output"]
reference = np.mean([mean for mean, _ in found["pathwise"][2:]], axis=0)
score_mean, score_variance = found["score function, baseline"][-1]
off = np.sum((score_mean - reference) ** 2) / (score_variance / 20)
print("score function and pathwise have the same mean, as far as their noise lets us see:", off < 2)
print("trained: score function more than 100 times the variance:", ratios["trained"][0] > 100)
print("trained: with a baseline between 3 and 15 times:", 3 < ratios["trained"][1] < 15)
print("untrained: score function more than 5,000 times the variance:", ratios["untrained"][0] > 5000)

# %% [markdown]
# Hundreds of times in the trained model, tens of thousands before training, when every digit costs about as much
# whatever the draw. And then the surprise: one number an image, its usual cost, brings the ratio down to less than ten.
# "The score function is hopeless" is true of the plain one only. Nearly all of its variance came from the *level* of
# the cost, which says nothing about the draw.
#
# Does it matter in training? `draws.py` trains the same VAE with each kind of gradient for 40 epochs, over five seeds
# (and does some other things that come below). We load its table.

# %%
table = pd.read_csv("draws.csv").set_index("draw")
columns = ["loss", "kl", "log-likelihood"]


def mean_and_spread(names, columns):
    groups = table.loc[names, columns].groupby("draw", sort=False)
    return groups.mean().round(2).astype(str) + " ± " + groups.std().round(2).astype(str)


mean_and_spread(["healthy", "score function", "score function, baseline"], columns)

# %% [markdown]
# Negative ELBO, its KL part and the importance-weighted log-likelihood (200 draws), in nats per validation digit, mean
# and standard deviation over five seeds. `healthy` is pathwise. A decoder without any code reaches 24.4, as we shall
# see: the plain score function gets a third of the way from there to the pathwise model. With a running mean as its
# baseline it comes within a nat, in as many steps. That is usable, where there is no path.

# %% [markdown]
# ## What TensorFlow Probability does
#
# `ae.VAE` calls `posterior.sample()` and nothing else. Is that a path? A distribution of TFP says so itself:

# %%
from autoencoders_edu.distributions import next_seed, tfd

families = {
    "Normal": lambda p: tfd.Normal(p, 1.0),
    "Laplace": lambda p: tfd.Laplace(p, 1.0),
    "LogNormal": lambda p: tfd.LogNormal(p, 1.0),
    "Poisson": lambda p: tfd.Poisson(p),
    "Bernoulli": lambda p: tfd.Bernoulli(probs=p, dtype="float32"),
}
p, rows = keras.Variable(0.7), {}
for name, make in families.items():
    of_draws = gradients(lambda make=make: ops.mean(make(ops.convert_to_tensor(p)).sample(4000, next_seed(0))), [p])
    of_mean = gradients(lambda make=make: make(ops.convert_to_tensor(p)).mean(), [p])
    kind = str(make(0.7).reparameterization_type).split(": ")[1].rstrip(">")
    rows[name] = {"reparameterization_type": kind, "d mean(z) / dp, by draws": of_draws[0], "truth": of_mean[0]}
pd.DataFrame(rows).T

# %% [markdown]
# Where it says FULLY_REPARAMETERIZED, a sample is made of noise and parameters, and the gradient flows through it.
# Where it says NOT_REPARAMETERIZED, `sample()` works, the value is right, and no gradient comes back: 0, where it
# should be 1 (TensorFlow itself answers `None`). No error: it is the die of our first cell again. **Look at
# `reparameterization_type` before you differentiate a sample.**
#
# For the normal distribution TFP does what we did by hand, to six digits:

# %% tags=["nbval-check-output"]
noise = tfd.Normal(0.0, 1.0).sample(5, seed=next_seed(3))
by_hand = ops.convert_to_numpy(1.5 + 0.5 * noise)
by_tfp = ops.convert_to_numpy(tfd.Normal(1.5, 0.5).sample(5, seed=next_seed(3)))
print("the same five draws from the same seed:", np.allclose(by_hand, by_tfp, rtol=1e-6))

# %% [markdown]
# ## Pitfall: the detached sample
#
# Somebody draws from a distribution without paths, or writes `stop_gradient` in the wrong place, or converts $z$ to
# NumPy in a training loop written by hand. (In `fit`, Keras compiles the step, and the conversion raises an error. The
# other two are silent.) The sample is detached: the decoder gets it, the encoder hears nothing of what became of it.
#
# **Predict.** We train the healthy VAE and the detached one. Does the second raise an error? A warning? Does its loss
# fall? Do its encoder's weights change?

# %%
first_weights = fresh.encoder.get_weights()  # every model of this seed starts from them
cut = draws.make("sample detached", seed=0)
history["sample detached"] = draws.train(cut, x_train)["loss"]


class WithoutKL(draws.HandVAE):
    def regularizer(self, kl_per_latent):
        return 0 * super().regularizer(kl_per_latent)


keras.utils.set_random_seed(0)
cut_without_kl = WithoutKL(fresh.encoder, fresh.decoder, lambda mean, log_variance, epsilon: ops.stop_gradient(mean))
cut_without_kl.compile(keras.optimizers.Adam(2e-3), steps_per_execution=8)
history["detached, no noise, no KL term (reconstruction only)"] = draws.train(cut_without_kl, x_train)["loss"]

# %%
average = np.clip(x_train.mean(axis=0), 0.001, 0.999)  # the best constant answer: each pixel's frequency of ink
lazy = -np.mean(np.sum(x_val * np.log(average) + (1 - x_val) * np.log(1 - average), axis=(1, 2, 3)))
ax = plot_curves(history, ylabel="training loss (nats per digit)", title="All losses fall")
ax.axhline(lazy, color="black", linewidth=0.8)
ax.annotate("average image, no code", (40, lazy - 0.2), ha="right", va="top")
ax.set_ylim(15, 40)
show(
    ax,
    alt="Three training losses that fall: healthy to 19 nats; detached stops at the line of the average image, 24; "
    "detached without noise and KL term to 20.",
)


# %%
def diagnosis(model):
    new = model.encoder.get_weights()
    moved = [np.linalg.norm(b - a) / np.linalg.norm(a) for a, b in zip(first_weights[::2], new[::2], strict=True)]
    term = lambda: ops.mean(model.terms(x_train, model(x_train, seed=0))[0])  # noqa: E731
    push = [np.linalg.norm(g) for g in gradients(term, model.encoder.trainable_variables)]
    kl = ops.mean(model.terms(x_val, model(x_val, seed=0))[1])
    return {"encoder's kernels moved by": np.mean(moved), "reconstruction's gradient": np.mean(push), "KL": float(kl)}


models = {"healthy": model, "sample detached": cut, "detached, no noise, no KL term": cut_without_kl}
pd.DataFrame({name: diagnosis(m) for name, m in models.items()}).T.round(3)

# %% tags=["nbval-check-output"]
report = {name: diagnosis(m) for name, m in models.items()}
moved, push, kl = (
    [values[key] for values in report.values()]
    for key in ("encoder's kernels moved by", "reconstruction's gradient", "KL")
)
print("detached: the encoder's weights moved all the same:", moved[1] > 0.1)
print("... although the reconstruction pushed them with exactly", push[1])
print("... and the code is empty, KL below 0.01 nat:", kl[1] < 0.01)
print("without KL term the encoder's weights moved by exactly", moved[2])
print(
    "loss of the detached model within 0.3 nats of the average image:", abs(history["sample detached"][-1] - lazy) < 0.3
)

# %% [markdown]
# No error, no warning, and every loss falls, because *decoders* learn.
#
# - **Detached, with a KL term.** One often reads that the encoder "stops training" then. It does not stop: its weights
#   move about half as far as the healthy ones, so looking at weights would calm you. But the only one who pushes them
#   is the KL term, and what that asks for is an encoder that says the same about every image. The code ends empty, and
#   the loss exactly where a decoder without any code would be: at the average image.
# - **Detached, without noise and KL.** Now the encoder really stands still, to the last bit. And this loss falls
#   *further*: four random functions of the pixels, never trained, tell the decoder more than an emptied code does.
#   (It has no KL term in it, so compare it with the detached model, whose KL is 0, and not with the healthy 19 nats, of
#   which 3.7 are KL.)
#   (A Keras user is lucky here if the encoder gets no gradient at all: on TensorFlow `fit` then warns "Gradients do
#   not exist for variables". A KL term in the loss, even one multiplied by 0 as in our model, silences it.)
#
# What gives it away is one number: the gradient of the *reconstruction* term for the encoder, exactly zero. (An empty
# code alone proves nothing. It can have other causes, which lesson 11 is about.)

# %% [markdown]
# ## Pitfalls: three words that are not the same, and epsilons that are
#
# The network gives log-variances. Each line after the first is one slip away from it:
#
# | name | z = |
# |---|---|
# | healthy | mean + exp(log_variance / 2) · ε |
# | variance for stddev | mean + exp(log_variance) · ε |
# | log-variance for stddev | mean + log_variance · ε |
# | root taken twice | mean + exp(log_variance / 4) · ε |
# | one epsilon for the batch | the same ε for every image of a batch |
# | one epsilon for all latents | the same ε for every latent of an image |
# | no epsilon | mean |
#
# **Predict:** whose training loss ends above the healthy one's, and whose below?
#
# `draws.py` has trained all of them, five seeds each. One row is trained here, to see that the table is not made up.

# %%
live = draws.make("variance for stddev", seed=0)
draws.train(live, x_train)
stored = table[table.seed == 0].loc["variance for stddev"]
now = draws.row(live, x_val)
pd.DataFrame({"trained now": now, "stored": stored[list(now)]}).astype(float).round(1)

# %%
names = [*draws.DRAWS]
middle, spreads = (
    table.loc[names, ["own loss", "loss"]].groupby("draw", sort=False).agg(how) for how in ("mean", "std")
)
middle.round(2).T

# %%
_, ax = plt.subplots(figsize=(7, 3.8))
place = np.arange(len(names))
for column, label, marker, shift in (("own loss", "says of itself", "o", -0.12), ("loss", "honest ELBO", "s", 0.12)):
    style = {"fmt": marker, "color": COLOURS[int(shift > 0)], "capsize": 3}
    ax.errorbar(middle[column], place + shift, xerr=spreads[column], label=f"{label} (mean ± std of 5 seeds)", **style)
ax.set_yticks(place, names)
ax.axvline(middle.loc["healthy", "loss"], color="grey", linewidth=0.8, linestyle=":")
ax.set(xlabel="negative ELBO on validation digits (nats)", title="Four faults look better than the healthy model")
ax.invert_yaxis()
ax.legend(frameon=False, loc="upper right")
show(
    ax,
    alt="For eight ways to draw, the loss that the model reports and the honest one: four faulty models report less "
    "than the healthy one, and the honest loss of three of them is above 40.",
)

# %%
mean_and_spread(names, ["first epoch", "last epoch", "own loss", "loss", "log-likelihood"])

# %% tags=["nbval-check-output"]
own, honest = middle["own loss"], middle["loss"]
flattered = [name for name in names if own[name] < own["healthy"] - 1]
print("report at least a nat less than the healthy model:", *flattered, sep="\n  ")
print("and are worse by the honest ELBO, all of them:", bool((honest[flattered] > honest["healthy"]).all()))
first, last = (table.loc[names].groupby("draw", sort=False)[c].mean() for c in ("first epoch", "last epoch"))
print("the loss falls in every one of them:", bool((last < first - 10).all()))

# %% [markdown]
# "Says of itself" is the loss that the model reports. The honest one takes the same two trained networks, puts them
# into an `ae.VAE`, and asks again.
#
# - **The loss falls in all of them, and in four it falls lower than in the healthy model.** These four add less noise
#   than their KL term pays for: variance for stddev shrinks the noise (below 1, the variance is the smaller number);
#   log-variance for stddev has *no* noise at log-variance 0, exactly where the KL term likes to be; a common epsilon
#   for all latents has one dimension of noise instead of four; and without epsilon there is none. The reconstruction
#   is that of an autoencoder, and the bill is a VAE's. **A better loss after a rewrite is a reason to be suspicious.**
#   (The mildest of the four, variance for stddev, trains networks whose likelihood is hardly worse than the healthy
#   ones'. It is what the model *says* that is too good: three nats below the honest loss of its own networks, two below
#   the healthy model.)
# - **The root taken twice** adds too much noise and reports a loss too *high*: the networks are better than they say.
# - **One epsilon for the batch** is the fault that one would expect to be fatal. It is mild. Each image's epsilon still
#   has the right distribution, so the gradient is right on average. But the images' errors no longer cancel each
#   other, so the gradient is noisier. It costs not quite half a nat; the seeds scatter by a tenth.
#
# So how does one catch them? Not by the loss. By drawing: give the sampler a known mean and log-variance a few hundred
# times, and look at mean, standard deviation and correlations of what comes out.


# %%
def correlation(a, b):
    return np.corrcoef(a, b)[0, 1] if a.std() > 0 and b.std() > 0 else np.nan


def examine(draw, n=500):
    """What n draws tell: two images, one with log-variance -2 and one with 1, two latents each."""
    mean, log_variance = np.zeros((2, 2), "float32"), np.array([[-2, -2], [1, 1]], "float32")
    epsilon = np.random.default_rng(0).normal(size=(n, 2, 2)).astype("float32")
    z = np.array([ops.convert_to_numpy(draw(*map(ops.convert_to_tensor, (mean, log_variance, e)))) for e in epsilon])
    size = z.std(axis=0) / np.exp(log_variance / 2)
    same_latent, same_image = correlation(z[:, 0, 0], z[:, 1, 0]), correlation(z[:, 0, 0], z[:, 0, 1])
    return {"size at -2": size[0, 0], "size at 1": size[1, 0], "images": same_latent, "latents": same_image}


pd.DataFrame({name: examine(draw) for name, draw in draws.DRAWS.items()}).T.round(1)

# %% [markdown]
# `size` is the standard deviation of the draws, divided by the right one; the other two columns are correlations
# between the noise of two images, and of two latents. NaN stands where nothing varies, so that there is no correlation.
# A healthy sampler has 1, 1, 0 and 0 (within a tenth, with 500 draws). Each fault has a signature of its own, except
# one: the detached sample has the right values. That one shows in gradients alone.

# %% [markdown]
# ## Pitfall: dice when the code is used
#
# Noise belongs to the ELBO, in training and when the ELBO is evaluated. When the *code* is used, to search or to
# classify, one wants the same code for the same image: `encode` returns the *mean*. What if it draws?

# %%
from sklearn.neighbors import KNeighborsClassifier

digits = ae.data.load("digits")
q_train, q_val = model.posterior(x_train), model.posterior(x_val)
codes = {
    "means": (q_train.mean(), q_val.mean()),
    "draws": (q_train.sample(seed=next_seed(1)), q_val.sample(seed=next_seed(2))),
}
for name, (seen, asked) in codes.items():
    classifier = KNeighborsClassifier(5).fit(ops.convert_to_numpy(seen), digits.y_train)
    accuracy = classifier.score(ops.convert_to_numpy(asked), digits.y_val)
    print(f"class of the 5 nearest neighbours among the {name}: {accuracy:.2f} right")

# %% [markdown]
# The noise in the code costs 20 points of accuracy, nearly a quarter of it, for nothing.

# %% [markdown]
# ## When there is no path: discrete codes
#
# Let the code be a choice: one of ten, written as a one-hot vector. The encoder gives ten **logits**, their softmax the
# probabilities. Nudge a logit, keep the dice: the draw stays what it is, or jumps to another choice. No path. There
# are three ways out.
#
# 1. **Sum instead of drawing.** Ten choices: $\sum_k q_k f_k$ is exact, and so is its gradient. With twenty such
#    choices in a code it would have $10^{20}$ terms.
# 2. **The score function**, which never needed a path.
# 3. **Pretend.** Draw a one-hot vector, but on the way back act as if it had been the softmax (**straight-through**,
#    Bengio and others 2013). Or do not choose at all. **Gumbel noise** is $g = -\log(-\log u)$ with $u$ uniform on
#    (0, 1); the largest of logits + $g$ is a fair draw from the softmax. So keep $g$, and instead of the largest take a
#    softmax of (logits + $g$) / **temperature**; the lower, the nearer to one-hot (**Gumbel-softmax**, Jang and others
#    2017; Maddison and others 2017). Or the one-hot vector forward and this softmax backward (**straight-through
#    Gumbel**).
#
# The third way has a gradient of something. Of what? Take two costs that agree for every choice: $f_A(z) = c \cdot z$
# and $f_B(z) = c \cdot z^2$. On one-hot vectors, $z^2 = z$. So the expected cost is the same, and the exact gradient
# too.
#
# **Predict:** will the straight-through gradients of the two be the same?

# %%
import discrete

print(inspect.getsource(discrete.with_gradient_of))
logits, price = keras.Variable([1.0, 0.0, -1.0]), np.array([1.0, 2.0, 4.0], "float32")
two_costs = {"c · z": lambda z: ops.sum(price * z, axis=-1), "c · z²": lambda z: ops.sum(price * z**2, axis=-1)}


def straight_through(cost, n=20_000):
    values = ops.convert_to_tensor(logits)
    hard = ops.one_hot(ops.argmax(values + discrete.gumbel((n, 3), 0), axis=-1), 3)
    return ops.mean(cost(discrete.with_gradient_of(hard, ops.softmax(values))))


exact = gradients(lambda: ops.sum(ops.softmax(ops.convert_to_tensor(logits)) * price), [logits])[0]
for name, cost in {"exact": None, **two_costs}.items():
    found = exact if cost is None else gradients(lambda cost=cost: straight_through(cost), [logits])[0]
    print(f"{name:7} {found.round(2)}")

# %% [markdown]
# The gradient for c · z is right. That for c · z² is not, all three signs are wrong, and no number of draws will mend
# it: a **bias**. The straight-through gradient asks for the slope of the cost *between* the choices, where the cost has
# no meaning and a network may do as it likes.
#
# Now a real decoder. `discrete.py` holds a VAE with one choice out of ten as its code. We train it for ten epochs with
# the exact gradient and then measure, against that gradient, what each pretence gets wrong: its bias (how far its mean
# is off) and its noise (the standard deviation of one draw), both relative to the length of the exact gradient.

# %%
vae = discrete.train("exact", seed=0, x_train=x_train, epochs=10)
seed = keras.random.SeedGenerator(1)


def choice_gradient(estimator, n=1, temperature=0.5, vae=vae):
    level = ops.mean(vae(batch)["cost"])  # the baseline of the score function

    def function():
        logits = vae.encoder(batch)
        return ops.mean(discrete.reconstruction(estimator, vae.decoder, batch, logits, seed, n, temperature, level))

    return np.concatenate([g.ravel() for g in gradients(function, vae.encoder.trainable_variables)])


# %%
exact = choice_gradient("exact")


def bias_and_noise(estimator, temperature=0.5, n=300, repeats=10):
    found = np.array([choice_gradient(estimator, n, temperature) for _ in range(repeats)])
    total = found.var(axis=0, ddof=1).sum()
    bias = np.sum((found.mean(axis=0) - exact) ** 2) - total / repeats  # the second term is what mere noise gives
    return np.sqrt([max(bias, 0), n * total]) / np.linalg.norm(exact)


temperatures = [0.1, 0.25, 0.5, 1.0, 2.0, 4.0]
by_temperature = {
    name: np.array([bias_and_noise(name, t) for t in temperatures])
    for name in ("Gumbel-softmax", "straight-through Gumbel")
}
others = {name: bias_and_noise(name) for name in ("straight-through", "score function")}

# %%
lines = by_temperature | {name: np.tile(values, (len(temperatures), 1)) for name, values in others.items()}
_, axes = plt.subplots(1, 2, figsize=(8, 3.8))
for column, (ax, what) in enumerate(zip(axes, ("bias", "noise of one draw"), strict=True)):
    curves = {name: values[:, column] for name, values in lines.items()}
    plot_curves(curves, x=temperatures, xlabel="temperature", ylabel=f"{what} / exact gradient", markers=True, ax=ax)
    ax.get_legend().remove()
    ax.set(xscale="log", title=f"{what.capitalize()}, relative", ylim=((-0.05, 0)[column], None))
    ax.set_xticks(temperatures, temperatures)
    ax.minorticks_off()
axes[0].figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
show(
    axes[0],
    alt="Bias: with temperature the Gumbel-softmax rises from 0.1 to 1.9, its straight-through form from 0.7 to 1.3; "
    "flat: straight-through 1.7, score function 0. Noise: both Gumbels fall from 6 to below 1; flat: 1.3 and 5.9.",
)

# %% tags=["nbval-check-output"]
bias = {name: values[:, 0] for name, values in by_temperature.items()}
print("Gumbel-softmax: more bias at each higher temperature:", bool(np.all(np.diff(bias["Gumbel-softmax"]) > 0)))
print("... and less noise:", bool(np.all(np.diff(by_temperature["Gumbel-softmax"][:, 1]) < 0)))
print("straight-through: bias larger than the gradient itself:", others["straight-through"][0] > 1)
print("score function: bias below a quarter, which is what its noise lets us see:", others["score function"][0] < 0.25)

# %% [markdown]
# Here is the bargain. The lower the temperature of a Gumbel-softmax, the smaller its bias and the larger its noise. The
# score function has no bias and much noise. And the plain straight-through gradient is calm, but off by *more than the
# length of the gradient*.
#
# **Predict:** can anything be trained with it? Look at the direction of the averaged gradients first, in this model and
# in two others: one that was not trained, and one that was trained with the straight-through gradient itself.

# %%
keras.utils.set_random_seed(0)
models_to_compare = {"untrained": discrete.DiscreteVAE("exact"), "trained 10 epochs, exactly": vae}
models_to_compare["untrained"](batch)  # makes the weights
models_to_compare["trained 10 epochs, straight-through"] = discrete.train("straight-through", 0, x_train, epochs=10)


def cosines(model):
    found = {name: choice_gradient(name, 1000, vae=model) for name in ("exact", *discrete.SAMPLERS)}
    unit = {name: g / np.linalg.norm(g) for name, g in found.items()}
    return {name: unit[name] @ unit["exact"] for name in discrete.SAMPLERS}


directions = pd.DataFrame({name: cosines(model) for name, model in models_to_compare.items()}).T
directions.rename_axis(columns="cosine with the exact gradient").round(2)

# %% [markdown]
# The bias is no property of the estimator alone. A decoder that was trained with exact gradients has only ever seen
# one-hot vectors; *between* them it does whatever it likes, and there the straight-through gradient points away from
# the exact one (cosine about −0.4): a step down along it *raises* the expected cost. The straight-through Gumbel
# gradient is nearly at a right angle to it (about 0.1). A decoder that grew up with the estimator got used to it, and
# the direction is nearly right.
#
# So what comes of it? Five kinds of gradient, 40 epochs, five seeds, the *exact* negative ELBO in nats per validation
# digit (`discrete.py` makes the table).

# %%
choices = pd.read_csv("discrete.csv")
groups = choices.groupby("gradient", sort=False)[["loss", "choices in use"]]
groups.mean().round(2).astype(str) + " ± " + groups.std().round(2).astype(str)

# %% [markdown]
# All of them learn; a decoder without a code stands at 24.4. The exact gradient is ahead, as it should be. But look at
# the order of the others: both *biased* Gumbel gradients come before the unbiased score function. Being right on
# average is worth little if single steps are mostly noise. The plain straight-through gradient comes last here, not
# quite two nats behind.

# %% tags=["nbval-check-output"]
middle = choices.groupby("gradient")["loss"].mean()
print("every gradient beats a decoder without a code by two nats:", bool((middle < lazy - 2).all()))
print("exact before all others:", middle.idxmin() == "exact")
print("Gumbel-softmax, biased, before the score function:", bool(middle["Gumbel-softmax"] < middle["score function"]))

# %% [markdown]
# ## What we saw
#
# - A draw is a number without a past. Gradients stop there, and no error says so.
# - Keep the dice and move the draw: $z = \text{mean} + \text{stddev} \cdot \epsilon$ gives the pathwise gradient. TFP's
#   `sample` does it for distributions that say FULLY_REPARAMETERIZED; for the others the sample is right and its
#   gradient is quietly 0.
# - The score function needs no path. Its variance was 13 times that of the path in a toy, about 300 times in a trained
#   VAE and 25,000 times in an untrained one, whatever the number of draws; with a baseline, 7 to 8 times.
# - The path does not always win: not for costs that wiggle, and where they jump it is wrong.
# - A detached sample: no error, no warning, a falling loss, an encoder that moves and learns to say nothing.
# - Four ways of drawing too little noise report a *better* loss than the healthy model. One epsilon for the batch,
#   which looks fatal, costs less than one nat.
# - Gradients that are lent to a discrete choice are biased, how much depends on the decoder, and some train better than
#   an unbiased one.
#
# **To remember.** Ask of every sample in a model: is there a path? Has each number noise of its own, of the right size?
# Ask for the gradient of the reconstruction, draw a few hundred samples, and put the line of the average image into the
# figure. A loss that falls answers none of this.
#
# **Where it breaks.** Everything here is small: 64 pixels, four latents, one hidden layer each, and 32 digits for the
# gradients. The ratios belong to these models; that they do not depend on the number of draws does not. The baselines
# were the simplest ones. A code of one choice is the easiest discrete code; with many choices there is no exact
# gradient left to compare with. Lesson 9, which comes next, turns the weight of the KL term.
#
# **Sources.** D. Kingma and M. Welling 2014, *Auto-encoding variational Bayes*, section 2.4 (the reparameterisation).
# D. Rezende, S. Mohamed and D. Wierstra 2014, *Stochastic backpropagation and approximate inference in deep generative
# models*. R. Williams 1992, *Simple statistical gradient-following algorithms for connectionist reinforcement learning*
# (the score function, and baselines). S. Mohamed, M. Rosca, M. Figurnov and A. Mnih 2020, *Monte Carlo gradient
# estimation in machine learning* (both estimators, and costs for which the score function has the lower variance).
# Y. Bengio, N. Leonard and A. Courville 2013, *Estimating or propagating gradients through stochastic neurons for
# conditional computation* (straight-through). E. Jang, S. Gu and B. Poole 2017, *Categorical reparameterization with
# Gumbel-softmax*, and C. Maddison, A. Mnih and Y. W. Teh 2017, *The concrete distribution* (relaxed choices).
# E. Alpaydin and C. Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the images).
