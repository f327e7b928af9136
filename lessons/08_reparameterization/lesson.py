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
# **After this lesson you can** say why a random draw blocks the gradient, and open a path for it; compare that path
# with its rival, the score function; spot a wrongly drawn sample even though the loss falls; and say what a discrete
# code costs.
#
# **You need** lesson 7: q(z|x), the ELBO, its two terms.
#
# **Time** part one, draws with a path, about 40 minutes; part two, discrete codes, about 20. The notebook runs in under
# two minutes on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), made black and white. Nothing is downloaded.

# %% [markdown]
# ## A question that lesson 7 left open
#
# In every training step a VAE draws a code at random, $z \sim q(z|x)$; the encoder gives only its mean and standard
# deviation (stddev). To train the encoder, we must ask: *if the mean were a little larger, how would the cost of this
# draw change?* But $z$ came out of a random number generator, and it is not obvious how to differentiate that.
#
# Start with a toy whose answer we know: one number $z$ from a normal distribution, and the cost $z^2$. The variance of
# $z$ is $\mathrm{E}\,[z^2] - \text{mean}^2$, so
#
# $$ \mathrm{E}\,[z^2] = \text{mean}^2 + \text{stddev}^2, \qquad
#    \frac{\partial}{\partial\,\text{mean}} = 2\,\text{mean}, \qquad
#    \frac{\partial}{\partial\,\text{stddev}} = 2\,\text{stddev}. $$
#
# At mean 1.5 and stddev 1 the derivatives are 3 and 2.

# %%
# The scripts and tables of this lesson lie beside this notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("08_reparameterization")

# %%
import autoencoders_edu as ae
import discrete
import draws
import keras
import latents
import numpy as np
import pandas as pd
from autoencoders_edu.gradients import gradients
from autoencoders_edu.plotting import plot_curves, show
from keras import ops

mean, stddev = 1.5, 1.0

# %% [markdown]
# `gradients(function, variables)` returns the derivatives that `fit` would use, and 0 where TensorFlow returns `None`.
#
# **Predict:** the draws come from NumPy, which receives only the *values* of the two parameters. Will `gradients`
# return 3 and 2, raise an error, or do something else?

# %% tags=["nbval-check-output"]
parameters = [keras.Variable(mean), keras.Variable(stddev)]
rng = np.random.default_rng(0)


def cost_of_a_thousand_draws():
    z = rng.normal(mean, stddev, 1000).astype("float32")
    return ops.mean(ops.convert_to_tensor(z) ** 2)


print("gradients:", [float(g) for g in gradients(cost_of_a_thousand_draws, parameters)])

# %% [markdown]
# Zero, and no error: the generator returns plain numbers, with no record of how they were made. **A blocked gradient
# does not crash.**
#
# But a draw can be made in two steps: first $\epsilon$ from N(0, 1), which does not involve the parameters, then
# $z = \text{mean} + \text{stddev} \cdot \epsilon$. Keep $\epsilon$, change the parameters, and every draw moves with
# them:

# %%
show(
    draws.plot_paths(rng),
    alt="Draws before and after the parameters move: with new draws lines cross, with the same epsilons they do not.",
)

# %% [markdown]
# On the right, with the same $\epsilon$, each draw follows a path, and a path has a slope.
#
# ## The reparameterised sample
#
# This is the whole trick (Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014):
#
# $$ z = \text{mean} + \text{stddev} \cdot \epsilon, \qquad \epsilon \sim \mathrm{N}(0, 1), \qquad
#    \frac{\partial z}{\partial\,\text{mean}} = 1, \qquad \frac{\partial z}{\partial\,\text{stddev}} = \epsilon. $$
#
# The expectation of a cost $f(z)$ is now taken over $\epsilon$, whose distribution does not depend on the parameters.
# So the derivative may move inside: by the chain rule it is the expectation of $f'(z) \cdot 1$ for the mean, of
# $f'(z) \cdot \epsilon$ for the stddev. An average over draws estimates it: the **pathwise** gradient. (This needs an
# $f$ without jumps, made of smooth pieces, whose slope does not grow too fast; we leave out the proof.)

# %% tags=["nbval-check-output"]
epsilon = rng.normal(size=1000).astype("float32")


def cost_of_paths():
    z = parameters[0] + parameters[1] * epsilon
    return ops.mean(z**2)


by_tape = np.array(gradients(cost_of_paths, parameters))
z = mean + stddev * epsilon
by_formula = [np.mean(2 * z), np.mean(2 * z * epsilon)]  # f'(z) dz/dmean and f'(z) dz/dstddev
print("pathwise gradient near (3, 2):", np.allclose(by_tape, [3, 2], atol=0.4))
print("formula and automatic differentiation agree:", np.allclose(by_tape, by_formula, rtol=1e-3))

# %% [markdown]
# (Order matters: `epsilon * parameters[1]`, the NumPy array first, is a plain array, and the gradient is 0 again.)
#
# As in lesson 7, a VAE's encoder gives the **log-variance**, and $\text{stddev} = \exp(\text{log-variance} / 2)$.
#
# ## The rival: the score function
#
# An older way needs no path. With $q(z)$ the density of $z$, write the expectation as an integral and differentiate the
# density instead of the draw. $\nabla$ stands for the derivatives with respect to mean and stddev. By the chain rule
# $\nabla \log q = \nabla q \,/\, q$, so $\nabla q = q \, \nabla \log q$ and
#
# $$ \nabla \int q(z)\, f(z)\, dz = \int f(z)\, \nabla q(z)\, dz = \int q(z)\, f(z)\, \nabla \log q(z)\, dz
#    = \mathrm{E}\,\bigl[ f(z)\, \nabla \log q(z) \bigr]. $$
#
# The first step moves the derivative inside the integral (allowed here; we leave out the proof), where it meets only
# $q$, as $f$ does not depend on the parameters. $\nabla \log q$ is called the **score**; the estimator is also known as
# REINFORCE (Williams 1992). In words: a step downhill lowers each draw's probability in proportion to its cost. As
# probabilities add up to 1, expensive draws lose and cheap ones gain.
#
# For the normal distribution, $\log q = -\log \text{stddev} - (z - \text{mean})^2 / (2\,\text{stddev}^2)$ plus a
# constant. Differentiate with $z$ held fixed, and put in $z - \text{mean} = \text{stddev} \cdot \epsilon$:
#
# $$ \frac{\partial \log q}{\partial\,\text{mean}}
#    = \frac{z - \text{mean}}{\text{stddev}^2} = \frac{\epsilon}{\text{stddev}}, \qquad
#    \frac{\partial \log q}{\partial\,\text{stddev}}
#    = -\frac{1}{\text{stddev}} + \frac{(z - \text{mean})^2}{\text{stddev}^3} = \frac{\epsilon^2 - 1}{\text{stddev}}. $$
#
# **The score has mean zero**, because the area under a density is 1 whatever the parameters are:
#
# $$ \mathrm{E}\,[\nabla \log q(z)] = \int q(z)\, \nabla \log q(z)\, dz = \int \nabla q(z)\, dz
#    = \nabla \int q(z)\, dz = \nabla 1 = 0. $$
#
# So we may subtract any fixed number $b$, a **baseline**, from the cost: $(f(z) - b)\,\nabla \log q(z)$ has the same
# mean.

# %%
baseline = mean**2 + stddev**2  # the expected cost itself: a natural choice, not quite the best one
estimators = {
    "score function": lambda z, epsilon: z**2 * epsilon / stddev,
    "score function, baseline": lambda z, epsilon: (z**2 - baseline) * epsilon / stddev,
    "pathwise": lambda z, epsilon: 2 * z,
}
epsilon = rng.normal(size=1_000_000)
for name, estimate in estimators.items():
    values = estimate(mean + stddev * epsilon, epsilon)
    print(f"{name:26} mean {values.mean():.2f} (truth 3), variance of one draw {values.var():5.1f}")

# %% [markdown]
# All three are right on average. They differ in how far off a single draw is.
#
# **Predict:** we average over more and more draws. Will the score function catch up?

# %%
samples = np.array([1, 4, 16, 64, 256, 1024])


def variance(estimate, n, repeats=10_000):
    epsilon = rng.normal(size=(repeats, n))
    return estimate(mean + stddev * epsilon, epsilon).mean(axis=1).var()


toy = {name: np.array([variance(estimate, n) for n in samples]) for name, estimate in estimators.items()}
ax = plot_curves(toy, x=samples, xlabel="draws averaged", ylabel="variance of the estimated derivative", markers=True)
ax.set(xscale="log", yscale="log", title="Toy: cost z², derivative with respect to the mean (truth: 3)")
show(ax, alt="Three parallel falling lines: score function on top, with baseline below, pathwise lowest.")

# %% [markdown]
# Parallel lines: an average of $n$ independent draws has $1/n$ of the variance of one. To match one pathwise draw, the
# score function needs thirteen draws, or seven with the baseline.
#
# ## "The pathwise gradient has the lower variance"
#
# Many introductions state this as a theorem. But the factor of thirteen holds for this cost only (more costs: Mohamed
# and others 2020). Take $f(z) = \sin(k z)$, which wiggles faster as $k$ grows:

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
show(ax, alt="The pathwise variance rises steeply and crosses the nearly flat one of the score function near k = 1.")

# %% [markdown]
# A slope can be huge while the cost stays between −1 and 1. From about $k = 1$ on, the score function wins. (At $k = 4$
# and $8$ the true derivative is practically 0, and both show only noise.) Now a cost that jumps:

# %% tags=["nbval-check-output"]
step = (z > 2).astype(float)  # costs 1 beyond 2, nothing below
true_slope = np.exp(-((2 - mean) ** 2) / 2) / np.sqrt(2 * np.pi)  # of the probability that z > 2
by_score, by_path = np.mean(step * epsilon / stddev), np.mean(np.zeros_like(z))
print("derivative with respect to the mean:")
print(f"true {true_slope:.2f}, score function {by_score:.2f}, pathwise {by_path:.2f}")

# %% [markdown]
# A step has slope 0 everywhere but at the jump, so the pathwise estimate is exactly 0: no variance, and wrong.
#
# ## With more latents, the score function falls further behind
#
# Why, then, do VAEs use paths? Because a VAE has many latents, and the score of each is multiplied by the *whole* cost.
# In two toys, the latents $z_1, z_2, \dots, z_n$ are independent draws from N(1.5, 1). We want the derivative with
# respect to the mean of $z_1$; its score is $\epsilon_1$.
#
# - **Separable:** the cost is $\sum_j z_j^2$, one term per latent.
# - **Coupled:** the cost is $\sqrt{\sum_j z_j^2}$, the length of the code, a single term with every latent in it.
#
# We may multiply the score by any of these; the mean stays the same:
#
# - *score function*: the cost;
# - *baseline*: the cost minus its mean;
# - *own terms*: only the terms that contain $z_1$ (Ranganath and others 2014); any other is independent of $\epsilon_1$
#   and adds E[term] · E[score] = 0;
# - *one latent redrawn*: the cost minus a second cost, with $z_1$ drawn anew. This second cost is independent of
#   $\epsilon_1$, too.
#
# The table has each variance divided by that of the path. **Predict:** which of these ratios grow with the number of
# latents? (`latents.csv` has five seeds; here is the first.)

# %%
ratios = pd.read_csv("latents.csv").set_index(["cost", "latents"])
now = pd.DataFrame({(cost, n): latents.toy(cost, n, seed=0) for cost in latents.TOYS for n in latents.SIZES}).T
print("as stored:", np.allclose(now, ratios[ratios.seed == 0].loc[now.index, now.columns], rtol=0.01))
now.rename_axis(["cost", "latents"]).round(0).astype(int)

# %% [markdown]
# - **Separable.** The plain score function's ratio grows from 13 to 11,000. With own terms alone it stays at 13: all
#   the growth was noise from *other* latents.
# - **Coupled.** "Own terms" is the plain score function, and grows from 18 to 44,000; with a baseline, from 5 to 180.
#   (The derivative shrinks as $1/\sqrt{n}$ and with it the path's stddev, so its variance falls as $1/n$. That of the
#   score function with a baseline hardly changes: hence the growth.)
# - **One latent redrawn** stays near 10 in both: the growth does come from the other latents. But it evaluates the cost
#   once more per latent; the path gives all slopes at once.
#
# A VAE is of the coupled kind: any pixel may depend on any latent.
#
# ## Inside a VAE
#
# Black and white digits, 64 pixels, four latents. This is all that differs from `ae.VAE`:

# %%
import inspect

from IPython.display import Code

Code(inspect.getsource(draws.HandVAE) + "\n\n" + inspect.getsource(draws.healthy), language="python")

# %%
digits = ae.data.load("digits")  # in grey, with their classes
x_train, x_val = draws.binarised_digits()
model = draws.make("healthy", seed=0)
history = {"healthy": draws.train(model, x_train)["loss"]}
show(
    draws.plot_digits(model, x_val, digits.y_val),
    alt="A digit of each class, ink black on white, and its reconstruction, softer, most of them readable.",
)

# %% [markdown]
# Most digits stay readable. Only the reconstruction term, $-\log p(x|z)$, needs the draw; the KL term has a formula.
# `ops.stop_gradient` **detaches** a tensor: it keeps the value and blocks the gradient. The score function detaches
# cost and $z$, and differentiates $\text{cost} \cdot \log q(z)$. (`draw` makes n reparameterised draws per digit,
# `costs` gives their $-\log p(x|z)$.)

# %%
Code(inspect.getsource(latents.pathwise) + "\n\n" + inspect.getsource(latents.score_function), language="python")

# %% [markdown]
# **Predict:** how many times the variance of the path will the others have? With more latents? Before training?

# %%
now = pd.Series(latents.in_vae(model, x_train[:32], seed=0))
stored = ratios[ratios.seed == 0].loc[("VAE, trained", 4)]
pd.DataFrame({"now": now, "stored": stored[now.index]}).astype(float).round(0)

# %%
of_vaes = ratios.loc[["VAE, untrained", "VAE, trained"], ["score function", "baseline", "one latent redrawn"]]
of_vaes.groupby(["cost", "latents"], sort=False).agg(lambda v: f"{v.mean():,.0f} ± {v.std():,.{int(v.mean() < 99)}f}")

# %% [markdown]
# Each entry is a variance divided by that of the path, for one draw per digit: mean and standard deviation of five
# seeds. (Each variance comes from only 40 gradients, so *now* and *stored* differ in the first table.)
#
# - **The plain score function** has hundreds of times the variance of the path after training, tens of thousands of
#   times before. Nearly all of that is the *level* of the cost; subtracting each digit's mean cost removes it.
# - **With this baseline**, the ratio grows with the latents, as in the toy: from 6 to 80 before training, from 3 to
#   30 after. With one latent redrawn it hardly changes. (A trained model with 64 latents uses only some of them. The
#   path is nearly silent in the rest; the score function is not.)
#
# Does it matter in training? `draws.py` trains the VAE with each kind of gradient, with the same learning rate and
# number of steps.

# %%
trained = pd.read_csv("draws.csv").set_index("draw")


def mean_and_spread(names, columns):
    groups = trained.loc[names, columns].groupby("draw", sort=False)
    return groups.mean().round(2).astype(str) + " ± " + groups.std().round(2).astype(str)


mean_and_spread(["healthy", "score function", "score function, baseline"], ["loss", "kl", "log-likelihood"])

# %% [markdown]
# The table has the negative ELBO, its KL part, and the importance-weighted log-likelihood, in nats per validation
# digit; `healthy` is pathwise. The plain score function closes a third of the gap between a decoder without any code
# (24.4, see below) and the healthy model. With a running mean of the cost as its baseline, it comes within a nat. This
# is after 40 epochs at one learning rate; at others the distances differ.
#
# > **For graduate readers.** If the KL term is estimated from the draw as well, the gradient of
# > $\log p(x, z) - \log q(z|x)$ has a part through $z$ and a direct one, through the parameters inside $\log q$. The
# > latter is a score, with mean zero; "sticking the landing" (STL, Roeder and others 2017) drops it. If $q$ is the true
# > posterior, the rest is 0 *for every draw*, as the difference is then $\log p(x)$, whatever $z$ is. In the
# > importance-weighted bound the scores carry weights, so their mean is not zero, and STL is biased; DReG (Tucker and
# > others 2018) is not.
#
# ## What TensorFlow Probability does
#
# `ae.VAE` calls `posterior.sample()`. Does that draw have a path? TensorFlow Probability's distributions tell you:

# %%
from autoencoders_edu.distributions import next_seed, tfd

families = {
    "Normal": lambda p: tfd.Normal(p, 1.0),
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
# Where it says NOT_REPARAMETERIZED, `sample()` works, but the gradient is 0 where it should be 1. **Look at
# `reparameterization_type` before you differentiate a sample.**
#
# ## Pitfall: the detached sample
#
# Somebody draws from a distribution without paths, or puts `stop_gradient` in the wrong place. We train two such
# models; the second also has no noise and no KL term.
#
# **Predict:** is there an error? A warning? Does the loss fall? Do the encoder's weights change?

# %%
first = draws.make("healthy", seed=0).encoder.get_weights()  # every model of this seed starts from these
models = {"healthy": model}
for name in ("sample detached", "detached, no noise, no KL"):
    models[name] = draws.make(name, seed=0)
    history[name] = draws.train(models[name], x_train)["loss"]

lazy = draws.average_image_loss(x_train, x_val)
show(
    draws.plot_histories(history, lazy),
    alt="Training losses: healthy falls to 19 nats; detached to 24, the line of the average image; the third to 20.",
)

# %%
report = pd.DataFrame({name: draws.diagnosis(m, first, x_val) for name, m in models.items()}).T
report.round(2)

# %% tags=["nbval-check-output"]
moved, pull, kl = report.loc["sample detached"]
print("detached: moved", moved > 0.1, " empty code", kl < 0.01, " gradient of the reconstruction", pull)

# %% [markdown]
# No error, no warning, and every loss falls, because *decoders* learn. (Keras warns only about weights without *any*
# gradient, and the KL term, even times 0, gives one.)
#
# - **Detached.** One often reads that the encoder "stops training". It does not: its weights move half as far as the
#   healthy ones. But only the KL term moves them, and it asks for the same output for every image. The code ends up
#   empty, and the loss is that of a decoder without any code.
# - **Detached, no noise, no KL.** The encoder does not move at all, yet the loss falls *further*: there is no KL term
#   to pay, and four random functions of the pixels tell the decoder more than an emptied code.
#
# One number gives both away: the encoder's gradient of the *reconstruction* term, exactly zero.
#
# ## Pitfalls: the wrong spread, and shared epsilons
#
# The encoder gives log-variances. Each line after the first is one slip away from the healthy one:
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
# The *own loss* is what each model reports; the *honest loss* is what an `ae.VAE` with the same two networks reports.
# **Predict:** whose own loss ends above the healthy model's, and whose below? (The dotted line is the healthy model's
# honest loss. `draws.csv` has five seeds; we repeat one row.)

# %%
live = draws.make("variance for stddev", seed=0)
draws.train(live, x_train)
now = pd.Series(draws.row(live, x_val))
pd.DataFrame({"now": now, "stored": trained[trained.seed == 0].loc["variance for stddev"][now.index]}).round(1)

# %%
show(
    draws.plot_honesty(trained),
    alt="Own and honest loss for eight ways to draw: four faulty models report less than the healthy one, and three of "
    "these have an honest loss above 40.",
)

# %%
mean_and_spread([*draws.DRAWS], ["own loss", "loss", "log-likelihood"]).rename(columns={"loss": "honest loss"})

# %% [markdown]
# - **Four faults report less than the healthy model**: they add less noise than their KL term pays for. A variance
#   below 1 is smaller than its root, the stddev. Log-variance for stddev means *no* noise at log-variance 0, where the
#   KL term pulls it (far from 0, too much). One epsilon for all latents is noise in one direction instead of four. **A
#   better loss after a rewrite is a reason to be suspicious.** (The honest loss draws with the right noise; the KL
#   term is the same in both.)
# - **The root taken twice** adds too much noise and reports a loss that is too *high*.
# - **One epsilon for the batch** looks fatal but is mild. Each image's epsilon has the right distribution, so the
#   gradient is right on average. But the images' errors no longer cancel: for 32 digits, after training, the gradient
#   has 12 to 16 times the variance, by seed (`latents.csv`). At this learning rate that costs almost half a nat;
#   between seeds the honest loss varies by a tenth.
#
# The loss will not catch these faults; a test of the sampler will: fix mean and log-variance, draw many times, look at
# stddev and correlations. Here: two images, with log-variances −2 and 1, and two latents each:

# %%
pd.DataFrame({name: draws.examine(draw) for name, draw in draws.DRAWS.items()}).T.round(1) + 0.0

# %% [markdown]
# `size` is the stddev of the draws divided by the right one; then come the correlations between the noise of two images
# and of two latents. (NaN: nothing varies.) A healthy sampler has 1, 1, 0, 0. Each fault has its own signature, except
# the detached sample: only gradients give that away.
#
# ## Pitfall: a random code in use
#
# For search or classification, we want the same code for the same image, so `encode` returns the *mean*. What if it
# returned a draw?

# %%
read = draws.class_reader(model, x_train, x_val, digits)
drawn = [read(seed) for seed in range(10)]
print(f"right classes by nearest neighbours: means {read():.2f}, draws {np.mean(drawn):.2f} ± {np.std(drawn):.2f}")

# %% [markdown]
# The noise costs this model 17 percentage points of accuracy and gains nothing.

# %% [markdown]
# # Part two begins here: codes without a path
#
# About 15 minutes. (Exercises 08.1 to 08.4 need part one alone.) **So far:**
#
# 1. A draw blocks the gradient silently. $z = \text{mean} + \text{stddev} \cdot \epsilon$ opens a path for it.
# 2. The score function needs no path, but is noisy. A baseline removes most of the noise; the rest, compared with the
#    path's, grows with the latents.
# 3. A wrongly drawn sample does not crash, and may report a better loss. Test the sampler itself.
#
# ## A choice has no path
#
# Let the code $z$ be one choice out of ten, a one-hot vector. The encoder gives ten **logits** $l_k$; their softmax
# gives the probabilities $q_k$. Change a logit slightly, keep the random numbers, and the draw either stays as it is or
# jumps. There are three ways out:
#
# 1. **Sum instead of drawing.** With $f_k$ the cost of choice $k$, the expected cost is $\sum_k q_k f_k$, and its
#    gradient is exact. But a code of twenty such choices needs $10^{20}$ terms.
# 2. **The score function**, which never needed a path.
# 3. **Pretend.** Go forward with a choice, and back as if it had been something smooth.
#
# For the third, make the draw in two steps again, noise first. **Gumbel noise** is $g = -\log(-\log u)$, with $u$
# uniform on (0, 1). Add fresh noise to each logit: the index of the largest $l_k + g_k$ is a draw from the softmax.
#
# <details><summary>Why the largest of logits + Gumbel noise is a draw from the softmax</summary>
#
# - $g \le t$ means $-\log u \ge e^{-t}$, that is $u \le \exp(-e^{-t})$. As $u$ is uniform,
#   $P(g \le t) = \exp(-e^{-t})$.
# - So $P(l_k + g_k \le t) = \exp(-e^{l_k - t})$. Its derivative with respect to $t$ is the density,
#   $e^{l_k - t} \exp(-e^{l_k - t})$.
# - Choice $k$ wins if $l_k + g_k$ has some value $t$ and all others are below it. The noises are independent, so
#
# $$ P(k \text{ wins}) = \int e^{l_k - t} \exp(-e^{l_k - t}) \prod_{j \ne k} \exp(-e^{l_j - t}) \, dt
#    = e^{l_k} \int e^{-t} \exp(-S e^{-t})\, dt, \qquad S = \sum_j e^{l_j}. $$
#
# - The derivative of $\exp(-S e^{-t})$ is $S e^{-t} \exp(-S e^{-t})$, so the integral is $1/S$ times the rise of
#   $\exp(-S e^{-t})$ from 0, at $t = -\infty$, to 1, at $t = \infty$. Hence $P(k \text{ wins}) = e^{l_k} / S$, the
#   softmax.
#
# </details>
#
# - **Straight-through** (Bengio and others 2013): forward, the one-hot draw; backward, as if the code had been the
#   softmax of the logits.
# - **Gumbel-softmax** (Jang and others 2017; Maddison and others 2017): not a choice but a mixture of choices, the
#   softmax of $(l + g)$ / **temperature**; the lower the temperature, the nearer it is to one-hot. (We keep it fixed;
#   it is often lowered during training.)
# - **Straight-through Gumbel**: forward, the one-hot draw; backward, as if it had been the Gumbel-softmax.
#
# What do such gradients get wrong? Let the vector $c$ hold a price per choice, and take two costs, $c \cdot z$ and
# $c \cdot z^2$ (each entry squared). On one-hot vectors $z^2 = z$, so the costs agree for every choice, and have the
# same exact gradient.
#
# **Predict:** will their straight-through gradients be the same?

# %%
print(inspect.getsource(discrete.with_gradient_of))
logits, price = keras.Variable([1.0, 0.0, -1.0]), np.array([1.0, 2.0, 4.0], "float32")
two_costs = {"c · z": lambda z: ops.sum(price * z, axis=-1), "c · z²": lambda z: ops.sum(price * z**2, axis=-1)}


def straight_through(cost, n=20_000):
    values = ops.convert_to_tensor(logits)
    hard = ops.one_hot(ops.argmax(values + discrete.gumbel((n, 3), 0), axis=-1), 3)
    return ops.mean(cost(discrete.with_gradient_of(hard, ops.softmax(values))))


exact = gradients(lambda: ops.sum(ops.softmax(ops.convert_to_tensor(logits)) * price), [logits])[0]
print("exact  ", exact.round(2))
for name, cost in two_costs.items():
    print(f"{name:7}", gradients(lambda cost=cost: straight_through(cost), [logits])[0].round(2))

# %% [markdown]
# For c · z the gradient is right: the slope is c everywhere, even between the choices. For c · z² all three signs are
# wrong, and more draws will not help: it has a **bias**. Straight-through takes the slope of the cost at the choice,
# and a slope describes the points *next to* it. None of these is a choice, so the cost there does not enter the
# expected cost.
#
# Now a VAE whose code is one choice out of ten. After five epochs with the exact gradient, `discrete.py` measures each
# estimator's bias (how far its mean is off) and noise (the stddev of one draw), both divided by the length of the exact
# gradient. (The score function's baseline here is each digit's mean cost over the other draws. With one baseline for
# all digits, as in training with a single draw, its noise would be 5.5 in place of 1.8, from 4.1 to 7.9 by seed.)

# %%
errors = pd.read_csv("bias.csv")
show(
    discrete.plot_errors(errors),
    alt="Bias: with temperature the Gumbel-softmax rises from 0 to 0.7, its straight-through form from 0.3 to 0.8; "
    "flat: straight-through 0.5, score function 0. Noise: both Gumbels fall from 3.3 to 0.1; flat: 0.5 and 1.8.",
)

# %% [markdown]
# Up to temperature 2: the lower the temperature of a Gumbel-softmax, the smaller its bias. And the lower, the larger
# its noise. The score function has no bias but much noise. Plain straight-through has little noise, and a bias half
# the length of the exact gradient.
#
# **Predict:** this was early in training. Will these gradients be better or worse at the end?
#
# The **cosine** between an estimate's mean and the exact gradient is 1 if both point the same way, and below 0 if a
# small step that follows the estimate makes the expected cost *larger*. We train to the end with the exact gradient,
# then multiply the encoder's logits by a factor, to make its choices more or less decided; the decoder stays as it
# is. The **entropy** $-\sum_k q_k \log q_k$ says how undecided they are, from 0 nats to $\log 10 = 2.3$. All
# gradients are those of the reconstruction term, at temperature 0.5, averaged over all training digits. First a check:
# one row of each table, trained now and stored.

# %%
dial, choices, after = (pd.read_csv(f"{name}.csv") for name in ("directions", "discrete", "continued"))
discrete.again(x_train, x_val, errors, dial, choices, after).round(1)  # one row of each table, now and stored

# %%
show(
    discrete.plot_directions(dial),
    alt="In both panels the mean cosines are 0.5 to 1 from 1 to 2 nats. Trained with the exact gradient, they fall to "
    "about 0 at 0.1 nats, between -0.9 and 0.6 by seed; trained with straight-through, their means stay above 0.6.",
)

# %% [markdown]
# While the encoder is undecided, all three point downhill. At the end of training with the exact gradient (left
# panel, second points from the left), they have lost the way: the mean cosines are about 0, and with one seed or
# another each points clearly *uphill*. But sureness is not the only cause. Make the encoder of a straight-through
# model as sure (right panel, leftmost), and all three point downhill with every seed. The decoder matters, too.
#
# `discrete.csv` has the *exact* negative ELBO after 40 epochs for several settings. All models are judged on choices;
# only the Gumbel-softmax is trained on mixtures. The score function's baseline is a running mean of the cost or, with
# two draws per digit, the cost of the other draw (leave-one-out: Kool and others 2019).

# %%
show(
    discrete.plot_losses(choices, lazy),
    alt="Exact 19.6 to 19.7 nats; score function 20.1 to 22.6, with two draws 19.7 to 20.4; straight-through 21.4 to "
    "21.9; Gumbel-softmax 19.8 to 23.6; straight-through Gumbel 20.4 to 21.9.",
)

# %% tags=["nbval-check-output"]
settings = choices.groupby(["gradient", "draws", "temperature", "rate"])[["loss", "loss, logits x 3", "entropy"]].mean()
print("best setting:", settings["loss"].groupby("gradient").min().round(1).to_dict())
plain = settings.loc["straight-through", 1, 0.5, 0.002]
print("straight-through, one draw:", plain.round(1).to_dict())

# %%
after.groupby(["gradient", "temperature", "then"])[["loss before", "loss after"]].agg(["mean", "std"]).round(1)

# %% [markdown]
# The best settings are minima over three to eight settings, on the validation digits; between seeds, a loss varies by
# 0.1 to 0.4.
#
# - **Noise can be overcome.** With one draw and the usual learning rate, the score function (20.8) is behind the
#   Gumbel-softmax (20.0); at twice the rate they are level (20.1 each). With a second draw as well they reach 19.7 and
#   19.8, close to the exact gradient: which wins is a matter of settings.
# - **A large bias stays.** From a fresh start, in 40 epochs, with one or two draws and up to three learning rates,
#   the straight-through gradients get no lower than 20.4 (Gumbel) and 21.4. Nor can they hold what the exact gradient
#   has found: in 40 more epochs they raise its loss from 19.6 to 19.8 (Gumbel, in four seeds of five) and 20.6, while
#   the exact gradient keeps it.
# - **Not all of it is the encoder's fault.** At temperature 2 the Gumbel-softmax (23.6) is hardly better than no code.
#   But its decoder was trained on mixtures. Train the decoder alone for 15 more epochs, on choices, and 23.6 becomes
#   20.8. For straight-through gradients this gains less than a tenth of a nat.
# - **Part of the gap is indecision.** On validation digits, straight-through training ends at an entropy of 1.2 nats,
#   exact training at 0.2. Multiply the logits by 3, without any training, and the straight-through loss falls from 21.6
#   to 20.7.

# %% [markdown]
# ## What we saw
#
# The three points at the start of part two, and a fourth: a choice has no path. A borrowed gradient is usually biased,
# and straight-through training from scratch ends undecided; the score function is unbiased but noisy.
#
# **To remember.** Ask of every sample in a model: is there a path? Does each number get its own noise, of the right
# size? Check the gradient of the reconstruction term, a few hundred samples, and the loss of the average image.
#
# **Where it breaks.** Everything here is small: 64 pixels, one hidden layer, 32 digits for the gradients; other models
# will have other ratios. Lesson 9 varies the weight of the KL term.
#
# **Sources.** Kingma and Welling 2014, *Auto-encoding variational Bayes*, section 2.4. Rezende, Mohamed and Wierstra
# 2014, *Stochastic backpropagation and approximate inference in deep generative models*. Williams 1992, *Simple
# statistical gradient-following algorithms*. Ranganath, Gerrish and Blei 2014, *Black box variational inference*,
# section 3.1. Mohamed, Rosca, Figurnov and Mnih 2020, *Monte Carlo gradient estimation in machine learning*. Roeder, Wu
# and Duvenaud 2017, *Sticking the landing*. Tucker, Lawson, Gu and Maddison 2018, *Doubly reparameterized gradient
# estimators*. Bengio, Leonard and Courville 2013, *Estimating or propagating gradients through stochastic neurons*.
# Jang, Gu and Poole 2017, *Categorical reparameterization with Gumbel-softmax*. Maddison, Mnih and Teh 2017, *The
# concrete distribution*. Kool, van Hoof and Welling 2019, *Buy 4 REINFORCE samples, get a baseline for free!* Alpaydin
# and Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the images).
#
# <!-- Confirmed against the text: the abstracts of Roeder et al. and Tucker et al. (variance towards zero as q
# approaches the posterior; STL biased for the importance-weighted bound). Confirmed by computing: the formula of DReG
# (not given here), for a normal model with five draws. Section 3.1 of Ranganath et al. (Rao-Blackwellization):
# confirmed second-hand. Taken on trust: the section number 2.4, who proposed which estimator (Bengio et al. speak of
# binary units), Kool et al. -->
