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
# **Time** part one, draws with a path, about 35 minutes; part two, discrete codes, about 15. It runs in under two
# minutes on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), made black and white. Nothing is downloaded.

# %% [markdown]
# ## A question that lesson 7 passed over
#
# In every training step a VAE draws a code at random, $z \sim q(z|x)$, and hands it to the decoder. The encoder only
# says where to draw: it gives a mean and a standard deviation. To train it, somebody must answer: *if the mean were a
# little larger, how would the cost of this draw change?* But $z$ came out of a random number generator. What is the
# derivative of a die?
#
# Start with a toy whose answer we know: one number $z$ from a normal distribution, and the cost $z^2$.
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
# step. (Where the result does not depend on a variable, TensorFlow answers `None`; `gradients` makes that a zero.)
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
# Zero, and no error. What comes out of the generator is just a number; how it was made is forgotten. Keep this in mind:
# **a blocked gradient does not crash.**
#
# Could we find the slope by trial? Raise the mean by 0.01, draw again, and see how the cost has changed:


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
# With new draws the answer drowns: two averages of a thousand draws differ by chance, and that difference is divided by
# 0.01. The second line *keeps the dice*. A normal draw can be made in two steps: first $\epsilon$ from N(0, 1), which
# knows nothing of the parameters, then $z = \text{mean} + \text{stddev} \cdot \epsilon$. Keep the $\epsilon$, move the
# mean, and every draw moves along with it.

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
# On the right each draw has a path, and a path has a slope. On the left it has none.

# %% [markdown]
# ## The reparameterised sample
#
# This is the whole trick (Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014):
#
# $$ z = \text{mean} + \text{stddev} \cdot \epsilon, \qquad \epsilon \sim \mathrm{N}(0, 1), \qquad
#    \frac{\partial z}{\partial\,\text{mean}} = 1, \qquad \frac{\partial z}{\partial\,\text{stddev}} = \epsilon. $$
#
# The expectation of a cost $f(z)$ now runs over $\epsilon$, whose distribution does not depend on the parameters. So
# the derivative may move inside: the gradient of the expected cost is the expectation of $f'(z) \cdot 1$ for the mean
# and of $f'(z) \cdot \epsilon$ for the stddev, and an average over draws estimates it. (This needs a continuous $f$ with
# a slope almost everywhere that does not grow too fast. A cost with jumps is excluded; see below.) It follows each draw
# along its path, and is called the **pathwise** gradient.

# %% tags=["nbval-check-output"]
epsilon = rng.normal(size=1000).astype("float32")


def cost_of_paths():
    z = parameters[0] + parameters[1] * epsilon
    return ops.mean(z**2)


by_tape = np.array(gradients(cost_of_paths, parameters))
z = mean + stddev * epsilon
each = np.stack([2 * z, 2 * z * epsilon])  # f'(z) dz/dmean and f'(z) dz/dstddev, for each draw
error = each.std(axis=1) / np.sqrt(1000)
print("pathwise:", by_tape.round(1), " truth:", truth, " standard error:", error.round(2))
print("formula and automatic differentiation agree:", np.allclose(by_tape, each.mean(axis=1), rtol=1e-3))
print("within four standard errors of the truth:", bool(np.all(np.abs(by_tape - truth) < 4 * error)))

# %% [markdown]
# One detail for VAEs. An encoder's output may be any number, but a standard deviation is positive. So the encoder gives
# the **log-variance**, and $\text{stddev} = \exp(\text{log-variance} / 2)$. Variance, standard deviation, log-variance:
# three quantities that code often calls `var`, `std`, `log_var`. Below we measure what happens when they are mixed up.

# %% [markdown]
# ## The rival: the score function
#
# There is an older way, which does not need a path. Write the expectation as an integral and differentiate the density
# instead of the draw. By the chain rule $\nabla \log q = \nabla q \,/\, q$, so $\nabla q = q \, \nabla \log q$ and
#
# $$ \nabla \int q(z)\, f(z)\, dz = \int f(z)\, \nabla q(z)\, dz = \int q(z)\, f(z)\, \nabla \log q(z)\, dz
#    = \mathrm{E}\,\bigl[ f(z)\, \nabla \log q(z) \bigr]. $$
#
# $\nabla \log q$, the derivatives for the parameters, is called the **score**; the estimator is also known as REINFORCE
# (Williams 1992). In words: a step downhill makes each draw less likely, and the more it cost, the larger the step. On
# average, probability moves from expensive draws to cheap ones.
#
# For the normal distribution, $\log q = -\log \text{stddev} - (z - \text{mean})^2 / (2\,\text{stddev}^2)$ plus a
# constant. Differentiate, with $z$ held fixed, and put in $z - \text{mean} = \text{stddev} \cdot \epsilon$:
#
# $$ \frac{\partial \log q}{\partial\,\text{mean}} = \frac{z - \text{mean}}{\text{stddev}^2}
#    = \frac{\epsilon}{\text{stddev}}, \qquad
#    \frac{\partial \log q}{\partial\,\text{stddev}} = -\frac{1}{\text{stddev}} + \frac{(z - \text{mean})^2}{\text{stddev}^3}
#    = \frac{\epsilon^2 - 1}{\text{stddev}}. $$
#
# This needs the values of $f$, never its slope. And **the score has mean zero**, because the area under a density is 1
# whatever the parameters are:
#
# $$ \mathrm{E}\,[\nabla \log q(z)] = \int q(z)\, \nabla \log q(z)\, dz = \int \nabla q(z)\, dz
#    = \nabla \int q(z)\, dz = \nabla 1 = 0. $$
#
# So any fixed number $b$, a **baseline**, may be taken off the cost: $(f(z) - b)\,\nabla \log q(z)$ has the same mean,
# since $\mathrm{E}\,[b\,\nabla \log q] = b \cdot 0$.

# %%
baseline = mean**2 + stddev**2  # the expected cost itself: a natural choice, not quite the best one
estimators = {
    "score function": lambda z, epsilon: z**2 * epsilon / stddev,
    "score function, baseline": lambda z, epsilon: (z**2 - baseline) * epsilon / stddev,
    "pathwise": lambda z, epsilon: 2 * z,
}
epsilon = rng.normal(size=1_000_000)
single = {name: estimate(mean + stddev * epsilon, epsilon) for name, estimate in estimators.items()}
for name, values in single.items():
    print(f"{name:26} mean {values.mean():.2f} (truth 3), variance of one draw {values.var():5.1f}")

# %% [markdown]
# All three are right on average. They differ in how far a single draw is off.
#
# <details><summary>The three variances, worked out</summary>
#
# Take stddev 1 and mean $m$, so $z = m + \epsilon$. The even moments of $\epsilon$ are
# $\mathrm{E}[\epsilon^2] = 1$, $\mathrm{E}[\epsilon^4] = 3$, $\mathrm{E}[\epsilon^6] = 15$; the odd ones are 0.
#
# - Pathwise: $2z$ has variance $4$.
# - Score function: $\mathrm{E}[z^4 \epsilon^2] = m^4 + 6 m^2 \cdot 3 + 15$. Minus the squared mean, $4 m^2$, this leaves
#   $m^4 + 14 m^2 + 15 = 51.6$ at $m = 1.5$.
# - With the baseline $m^2 + 1$ the cost is $2 m \epsilon + (\epsilon^2 - 1)$. Its square times $\epsilon^2$ has the mean
#   $4 m^2 \cdot 3 + (15 - 2 \cdot 3 + 1)$; minus $4 m^2$, this leaves $8 m^2 + 10 = 28$.
#
# </details>
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
# Parallel lines. The average of $n$ independent draws has $1/n$ of the variance of one, whatever is averaged, so the
# *ratio* stays where it is: in this toy, thirteen. To be as exact as one pathwise draw, the score function needs
# thirteen, everywhere along the line.

# %% [markdown]
# ## "The pathwise gradient has the lower variance"
#
# Many introductions say this as if it were a theorem. It is none. Thirteen belongs to this cost. Take another one,
# $f(z) = \sin(k z)$, which wiggles faster as $k$ grows:

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
# $k = 1$ on, the score function wins. (For $k = 4$ and $8$ the true derivative is practically 0, and both show nothing
# but noise.) And where a cost has a jump there is no slope to follow at all:

# %% tags=["nbval-check-output"]
step = (z > 2).astype(float)  # costs 1 beyond 2, nothing below
true_slope = np.exp(-((2 - mean) ** 2) / 2) / np.sqrt(2 * np.pi)  # of the probability that z > 2
print(f"cost: 1 if z > 2, else 0.    true derivative for the mean: {true_slope:.2f}")
print(f"score function: {np.mean(step * epsilon / stddev):.2f}    pathwise: {np.mean(np.zeros_like(z)):.2f}")

# %% [markdown]
# The slope of a step is zero wherever there is one, so the pathwise estimate is exactly 0: no variance, and wrong.
#
# ## The more latents, the louder the score
#
# Why then does every VAE use paths? Because it has more than one latent. Each latent's score is multiplied by the
# *whole* cost, and to that all other latents contribute. Two toys show when this matters, and when not. In both, the
# latents $z_1, \dots, z_n$ come from N(1.5, 1) each, and we want the derivative for the mean of $z_1$.
#
# - **Separable.** The cost is $\sum_j z_j^2$: a term for each latent.
# - **Coupled.** The cost is $\sqrt{\sum_j z_j^2}$, the length of the code: one term, and every latent stands in it.
#
# The score of $z_1$ is $\epsilon_1$. Four quantities may be multiplied by it, all with the same mean:
#
# | name | multiplied by the score of $z_1$ | right on average, because |
# |---|---|---|
# | score function | the cost | derived above |
# | baseline | the cost minus its mean | the score has mean zero |
# | own terms | only the terms in which $z_1$ stands | a term without $z_1$ is independent of its score: E[term · score] = E[term] · 0 |
# | one latent redrawn | the cost, minus the cost with $z_1$ drawn once more | the second cost is independent of $z_1$, too |
#
# (The third is the *Rao-Blackwellisation* of Ranganath and others 2014.) `latents.py` beside this notebook computes the
# four, for five seeds; here is the first seed once more.
#
# **Predict:** which of them grow with the number of latents, for which cost?

# %%
import latents

table = pd.read_csv("latents.csv")
stored = table[table.seed == 0].set_index(["cost", "latents"])
now = pd.DataFrame({(cost, n): latents.toy(cost, n, seed=0) for cost in latents.TOYS for n in latents.SIZES}).T
print("as stored:", np.allclose(now, stored.loc[now.index, now.columns], rtol=0.01))
now.rename_axis(["cost", "latents"]).round(0).astype(int)

# %%
show(
    latents.plot_ratios(table),
    alt="ALT",
)

# %% [markdown]
# TEXT
#
# ## Inside a VAE
#
# Now a real one: black and white digits, 64 pixels, four latents. `draws.py` holds a VAE whose sample is drawn by a
# function that we give it. This is all that differs from `ae.VAE`:

# %%
import inspect

import draws
from IPython.display import Code

Code(inspect.getsource(draws.HandVAE) + "\n\n" + inspect.getsource(draws.healthy), language="python")

# %%
x_train, x_val = draws.binarised_digits()
digits = ae.data.load("digits")  # the same digits in grey, and their classes
model = draws.make("healthy", seed=0)
history = {"healthy": draws.train(model, x_train)["loss"]}
some = [np.flatnonzero(digits.y_val == label)[0] for label in range(10)]
rows = {"digit": x_val[some], "reconstruction": ops.convert_to_numpy(model.reconstruct(x_val[some]))}
ax = plot_image_rows({name: draws.framed(images) for name, images in rows.items()}, titles=range(10))
ax.set_title("Digits in 64 black and white pixels, and what a code of four numbers keeps", fontsize=10)
show(ax, alt="A digit of each class, ink black on white, and its reconstruction, softer but readable.")

# %% [markdown]
# The encoder's gradient of the reconstruction term, $-\log p(x|z)$, is what needs the draw; the KL term has a formula.
# We take 32 digits and estimate it in both ways. `ops.stop_gradient` **detaches** a tensor: it keeps the value and cuts
# the way back. For the score function, cost and $z$ are detached, and $\text{cost} \cdot \log q(z)$ is differentiated:

# %%
Code(inspect.getsource(latents.pathwise) + "\n\n" + inspect.getsource(latents.score_function), language="python")

# %%
batch, seed, counts = x_train[:32], keras.random.SeedGenerator(0), [1, 4, 16, 64]
usual = latents.usual_cost(model, batch, seed)  # of each digit, from draws of its own: the baseline
kinds = {
    "score function": lambda n: latents.score_function(model, batch, n, seed),
    "score function, baseline": lambda n: latents.score_function(model, batch, n, seed, usual),
    "pathwise": lambda n: latents.pathwise(model, batch, n, seed),
}
found = {name: [latents.spread(model, lambda: kind(n)) for n in counts] for name, kind in kinds.items()}  # noqa: B023
in_vae = {name: np.array([variance for _, variance in pairs]) for name, pairs in found.items()}
ax = plot_curves(in_vae, x=counts, xlabel="draws per digit", ylabel="variance, summed over 4,680 weights", markers=True)
ax.set(xscale="log", yscale="log", title="Gradient of the encoder of a trained VAE")
ax.set_xticks(counts, counts)
ax.minorticks_off()
show(ax, alt="Three parallel falling lines: the score function far on top, with baseline much lower, pathwise lowest.")

# %% [markdown]
# **Predict:** how large are the ratios? And in a VAE that has not been trained yet?

# %%
