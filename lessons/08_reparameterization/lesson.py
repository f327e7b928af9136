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
# with its rival, the score function; spot a wrongly drawn sample although the loss falls; and say what a discrete code
# costs.
#
# **You need** lesson 7: q(z|x), the ELBO, its two terms.
#
# **Time** part one, draws with a path, about 35 minutes; part two, discrete codes, about 15. It runs in under two
# minutes on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), made black and white. Nothing is downloaded.

# %% [markdown]
# ## A question that lesson 7 passed over
#
# In every training step a VAE draws a code at random, $z \sim q(z|x)$. The encoder only gives a mean and a standard
# deviation. To train it, we must ask: *if the mean were a little larger, how would the cost of this draw change?* But
# $z$ came out of a random number generator. What is the derivative of a die?
#
# Start with a toy whose answer we know: one number $z$ from a normal distribution, and the cost $z^2$.
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
# `gradients(function, variables)` gives the derivatives that `fit` would use, and 0 where TensorFlow says `None`.
#
# **Predict:** the draws come from NumPy, which gets the *values* of the two parameters. Will `gradients` give 3 and 2,
# or an error, or something else?

# %% tags=["nbval-check-output"]
parameters = [keras.Variable(mean), keras.Variable(stddev)]
rng = np.random.default_rng(0)


def cost_of_a_thousand_draws():
    z = rng.normal(mean, stddev, 1000).astype("float32")
    return ops.mean(ops.convert_to_tensor(z) ** 2)


print("gradients:", [float(g) for g in gradients(cost_of_a_thousand_draws, parameters)])

# %% [markdown]
# Zero, and no error. What comes out of the generator is just a number; how it was made is forgotten. **A blocked
# gradient does not crash.**
#
# But a draw can be made in two steps: first $\epsilon$ from N(0, 1), which knows nothing of the parameters, then
# $z = \text{mean} + \text{stddev} \cdot \epsilon$. *Keep the dice*, that is $\epsilon$, change the parameters, and
# every draw moves along:

# %%
show(
    draws.plot_paths(rng),
    alt="Draws before and after the parameters move: with new draws lines cross, with the same epsilons they do not.",
)

# %% [markdown]
# On the right each draw has a path, and a path has a slope.
#
# ## The reparameterised sample
#
# This is the whole trick (Kingma and Welling 2014; Rezende, Mohamed and Wierstra 2014):
#
# $$ z = \text{mean} + \text{stddev} \cdot \epsilon, \qquad \epsilon \sim \mathrm{N}(0, 1), \qquad
#    \frac{\partial z}{\partial\,\text{mean}} = 1, \qquad \frac{\partial z}{\partial\,\text{stddev}} = \epsilon. $$
#
# The expectation of a cost $f(z)$ now runs over $\epsilon$, whose distribution does not depend on the parameters. So
# the derivative may move inside: it is the expectation of $f'(z) \cdot 1$ for the mean, of $f'(z) \cdot \epsilon$ for
# the stddev, and an average over draws estimates it. (This needs a continuous $f$ with a slope almost everywhere that
# does not grow too fast.) It follows each draw along its path: the **pathwise** gradient.

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
# An encoder's output may be any number, but a standard deviation is positive. So a VAE's encoder gives the
# **log-variance**, and $\text{stddev} = \exp(\text{log-variance} / 2)$.
#
# ## The rival: the score function
#
# An older way needs no path. Write the expectation as an integral and differentiate the density instead of the draw. By
# the chain rule $\nabla \log q = \nabla q \,/\, q$, so $\nabla q = q \, \nabla \log q$ and
#
# $$ \nabla \int q(z)\, f(z)\, dz = \int f(z)\, \nabla q(z)\, dz = \int q(z)\, f(z)\, \nabla \log q(z)\, dz
#    = \mathrm{E}\,\bigl[ f(z)\, \nabla \log q(z) \bigr]. $$
#
# $\nabla \log q$, the derivatives for the parameters, is called the **score**; the estimator is also known as REINFORCE
# (Williams 1992). In words: a step downhill makes each draw less likely, in proportion to its cost. So on average,
# probability moves from expensive draws to cheap ones.
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
# So any fixed number $b$, a **baseline**, may be taken off the cost: $(f(z) - b)\,\nabla \log q(z)$ has the same mean.

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
# All three are right on average, but single draws are not equally far off.
#
# **Predict.** We average over more and more draws. Will the score function catch up?

# %%
samples = np.array([1, 4, 16, 64, 256, 1024])


def variance(estimate, n, repeats=10_000):
    epsilon = rng.normal(size=(repeats, n))
    return estimate(mean + stddev * epsilon, epsilon).mean(axis=1).var()


toy = {name: np.array([variance(estimate, n) for n in samples]) for name, estimate in estimators.items()}
ax = plot_curves(toy, x=samples, xlabel="draws averaged", ylabel="variance of the estimated derivative", markers=True)
ax.set(xscale="log", yscale="log", title="Toy: cost z², derivative for the mean (truth: 3)")
show(ax, alt="Three parallel falling lines: score function on top, with baseline below, pathwise lowest.")

# %% [markdown]
# Parallel lines: an average of $n$ independent draws has $1/n$ of the variance of one. To be as exact as one pathwise
# draw, the score function needs thirteen, everywhere along the line.
#
# ## "The pathwise gradient has the lower variance"
#
# Many introductions say this as if it were a theorem. But thirteen belongs to this cost. Take $f(z) = \sin(k z)$, which
# wiggles faster as $k$ grows:

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
# and $8$ the true derivative is practically 0, and both show only noise.) And where a cost jumps there is no slope:

# %% tags=["nbval-check-output"]
step = (z > 2).astype(float)  # costs 1 beyond 2, nothing below
true_slope = np.exp(-((2 - mean) ** 2) / 2) / np.sqrt(2 * np.pi)  # of the probability that z > 2
by_score, by_path = np.mean(step * epsilon / stddev), np.mean(np.zeros_like(z))
print(f"derivative for the mean: true {true_slope:.2f}, score function {by_score:.2f}, pathwise {by_path:.2f}")

# %% [markdown]
# The slope of a step is zero wherever there is one, so the pathwise estimate is exactly 0: no variance, and wrong.
#
# ## The more latents, the noisier the score
#
# Why then does every VAE use paths? Because it has many latents, and each one's score is multiplied by the *whole*
# cost. Two toys show when this matters. The latents $z_1, z_2, \dots$ come from N(1.5, 1) each; we want the derivative
# for the mean of $z_1$, whose score is $\epsilon_1$.
#
# - **Separable:** the cost is $\sum_j z_j^2$, a term for each latent.
# - **Coupled:** the cost is $\sqrt{\sum_j z_j^2}$, the length of the code, a single term with all latents in it.
#
# The score may be multiplied by any of these, with the same mean:
#
# - *score function*: the cost;
# - *baseline*: the cost minus its mean;
# - *own terms*: only the terms with $z_1$ in them (Ranganath and others 2014), as all others add E[term] · E[score] =
#   0;
# - *one latent redrawn*: the cost, minus the cost with $z_1$ drawn anew, which does not know the score, either.
#
# **Predict:** whose variance grows with the number of latents, compared with the path's? (`latents.py` has five seeds;
# here is the first.)

# %%
ratios = pd.read_csv("latents.csv").set_index(["cost", "latents"])
now = pd.DataFrame({(cost, n): latents.toy(cost, n, seed=0) for cost in latents.TOYS for n in latents.SIZES}).T
print("as stored:", np.allclose(now, ratios[ratios.seed == 0].loc[now.index, now.columns], rtol=0.01))
now.rename_axis(["cost", "latents"]).round(0).astype(int)

# %% [markdown]
# - **Separable.** The plain ratio grows from 13 to 11,000. But with its own terms alone it stays at 13: all the growth
#   was noise from the terms of *other* latents.
# - **Coupled.** Nothing can be left out: "own terms" is the plain score function, and grows from 18 to 44,000. A
#   baseline takes off the level of the cost and leaves a growth from 5 to 180.
# - **One latent redrawn** stays at 10 in both, which confirms where the noise comes from. But it needs another cost for
#   each latent; one path gives all slopes at once.
#
# A VAE is of the coupled kind: every pixel depends on every latent.
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
    alt="A digit of each class, ink black on white, and its reconstruction, softer but readable.",
)

# %% [markdown]
# The encoder's gradient of the reconstruction term, $-\log p(x|z)$, needs the draw; the KL term has a formula.
# `ops.stop_gradient` **detaches** a tensor: it keeps the value and cuts the way back. For the score function, cost and
# $z$ are detached, and $\text{cost} \cdot \log q(z)$ is differentiated:

# %%
Code(inspect.getsource(latents.pathwise) + "\n\n" + inspect.getsource(latents.score_function), language="python")

# %%
batch, counts = x_train[:32], [1, 4, 16, 64]
kinds = latents.estimates(model, batch, keras.random.SeedGenerator(0))
in_vae = {name: [latents.variance(model, kinds[name], n) for n in counts] for name in list(kinds)[:3]}
ax = plot_curves(in_vae, x=counts, xlabel="draws per digit", ylabel="variance, summed over 4,680 weights", markers=True)
ax.set(xscale="log", yscale="log", title="Gradient of the encoder of a trained VAE")
ax.set_xticks(counts, counts)
ax.minorticks_off()
show(ax, alt="Three parallel falling lines: score function far on top, with baseline much lower, pathwise lowest.")

# %% [markdown]
# **Predict:** how large are the ratios? With more latents? Before training?

# %%
of_vaes = ratios.loc[["VAE, untrained", "VAE, trained"], ["score function", "baseline", "one latent redrawn"]]
of_vaes.groupby(["cost", "latents"], sort=False).agg(lambda v: f"{v.mean():,.0f} ± {v.std():,.{int(v.mean() < 99)}f}")

# %% [markdown]
# Mean and standard deviation of five seeds.
#
# - **The plain score function** has hundreds of times the variance of the path after training, and tens of thousands of
#   times before. Nearly all of that is the *level* of the cost, which says nothing about the draw: one number per
#   digit, its usual cost, takes it off.
# - **With this baseline** the toy comes back: the ratio grows with the latents, from 3 to 30 after training and from 6
#   to 80 before. With one latent redrawn it hardly changes.
#
# Does it matter in training? `draws.py` trains the VAE with each kind of gradient, at the same learning rate, for as
# many steps.

# %%
trained = pd.read_csv("draws.csv").set_index("draw")


def mean_and_spread(names, columns):
    groups = trained.loc[names, columns].groupby("draw", sort=False)
    return groups.mean().round(2).astype(str) + " ± " + groups.std().round(2).astype(str)


mean_and_spread(["healthy", "score function", "score function, baseline"], ["loss", "kl", "log-likelihood"])

# %% [markdown]
# Negative ELBO, its KL part, and the importance-weighted log-likelihood, in nats per validation digit; `healthy` is
# pathwise. A decoder without any code reaches 24.4, as we shall see: the plain score function gets a third of the way
# from there to the path. With a running mean of the cost as its baseline it comes within a nat.
#
# > **For graduate readers.** If the KL term is estimated from the draw, too, $\log p(x, z) - \log q(z|x)$ depends on
# > the encoder through $z$, and also through the parameters inside $\log q$. That second part is a score, with mean
# > zero; "sticking the landing" (STL, Roeder and others 2017) drops it. If $q$ is the true posterior, what is left is 0
# > *for every draw*, as $\log p(x, z) - \log q(z|x) = \log p(x)$ whatever $z$ is. In the importance-weighted bound
# > these scores carry weights, their mean is not zero, and STL is biased. DReG (Tucker and others 2018) makes paths of
# > them: with $w_k = p(x, z_k) / q(z_k|x)$ and $\tilde w_k = w_k / \sum_j w_j$, the encoder's gradient is the mean of
# > $\sum_k \tilde w_k^2 \, \frac{\partial \log w_k}{\partial z_k} \nabla z_k$, without bias.
#
# ## What TensorFlow Probability does
#
# `ae.VAE` calls `posterior.sample()`. Is that a path? TFP's distributions say so themselves:

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
# Where it says NOT_REPARAMETERIZED, `sample()` works, and no gradient comes back: 0, where it should be 1. It is the
# die of our first cell again. **Look at `reparameterization_type` before you differentiate a sample.**
#
# ## Pitfall: the detached sample
#
# Somebody draws from a distribution without paths, or writes `stop_gradient` in the wrong place. The decoder gets the
# sample; the encoder hears nothing of what became of it.
#
# **Predict.** Is there an error? A warning? Does the loss fall? Do the encoder's weights change?

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
# No error, no warning, and every loss falls, because *decoders* learn.
#
# - **Detached.** One often reads that the encoder "stops training". It does not: its weights move half as far as the
#   healthy ones. But only the KL term moves them, and that asks for the same answer to every image. The code ends
#   empty, and the loss where a decoder without any code would be.
# - **Without noise and KL term besides**, the encoder stands still, to the last bit. And the loss falls *further*: four
#   random functions of the pixels tell the decoder more than an emptied code.
#
# One number gives it away: the encoder's gradient of the *reconstruction* term, exactly zero.
#
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
# **Predict:** whose loss ends above the healthy one's, and whose below? (`draws.py` has five seeds; we repeat one row.)

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
mean_and_spread([*draws.DRAWS], ["first epoch", "last epoch", "own loss", "loss", "log-likelihood"])

# %% [markdown]
# "Own loss" is what the model reports. The honest loss puts the same two networks into an `ae.VAE`.
#
# - **Four faults report less than the healthy model.** They add less noise than their KL term pays for: below 1 the
#   variance is smaller than the stddev; at log-variance 0, where the KL term likes to be, log-variance for stddev has
#   *no* noise; a common epsilon has one dimension of it instead of four. **A better loss after a rewrite is a reason to
#   be suspicious.** (With variance for stddev the networks are hardly worse by log-likelihood. What the model *says* is
#   too good, by three nats.)
# - **The root taken twice** adds too much noise and reports a loss too *high*.
# - **One epsilon for the batch** looks fatal and is mild. Each image's epsilon has the right distribution, so the
#   gradient is right on average. But the images' errors no longer cancel: its variance is 14 times as large
#   (`latents.csv`). That costs not quite half a nat; the seeds scatter by a tenth.
#
# The loss will not catch them; drawing will. Fix mean and log-variance, draw many times, and look at stddev and
# correlations. Here, two images, with log-variances −2 and 1, and two latents each:

# %%
pd.DataFrame({name: draws.examine(draw) for name, draw in draws.DRAWS.items()}).T.round(1)

# %% [markdown]
# `size` is the stddev of the draws, divided by the right one; the other columns are correlations between the noise of
# two images, and of two latents. (NaN: nothing varies.) A healthy sampler has 1, 1, 0, 0. Each fault has a signature of
# its own, except the detached sample, which shows in gradients alone.
#
# ## Pitfall: dice when the code is used
#
# Noise belongs to the ELBO. To search or to classify, one wants the same code for the same image: `encode` returns the
# *mean*. What if it draws?

# %%
read = draws.class_reader(model, x_train, x_val, digits)
drawn = [read(seed) for seed in range(10)]
print(f"right classes by nearest neighbours: means {read():.2f}, draws {np.mean(drawn):.2f} ± {np.std(drawn):.2f}")

# %% [markdown]
# The noise costs 17 points of accuracy, a fifth of it, for nothing.

# %% [markdown]
# # Part two begins here: codes without a path
#
# About 15 minutes. (Exercises 08.1 to 08.4 need part one alone.) **So far:**
#
# 1. A draw blocks the gradient silently. $z = \text{mean} + \text{stddev} \cdot \epsilon$ opens a path for it.
# 2. The score function needs no path, but is noisy: a baseline takes off most of that, the rest grows with the latents.
# 3. A wrongly drawn sample does not crash, and may report a better loss. Test the sampler itself.
#
# ## A choice has no path
#
# Let the code be one choice out of ten, a one-hot vector. The encoder gives ten **logits** $l_k$, their softmax the
# probabilities $q_k$. Nudge a logit and keep the dice: the draw stays what it is, or jumps. Three ways out:
#
# 1. **Sum instead of drawing.** With $f_k$ the cost of choice $k$, the expected cost is $\sum_k q_k f_k$, and its
#    gradient exact. But twenty such choices make $10^{20}$ terms.
# 2. **The score function**, which never needed a path.
# 3. **Pretend.** Go forward with a choice, and back as if it had been something smooth.
#
# For the third, make the draw in two steps again, noise first. **Gumbel noise** is $g = -\log(-\log u)$, with $u$
# uniform on (0, 1). Add it to each logit: the place of the largest $l_k + g_k$ is a draw from the softmax.
#
# <details><summary>Why the largest of logits + Gumbel noise is a draw from the softmax</summary>
#
# - $g \le t$ means $-\log u \ge e^{-t}$, that is $u \le \exp(-e^{-t})$. As $u$ is uniform,
#   $P(g \le t) = \exp(-e^{-t})$.
# - So $P(l_k + g_k \le t) = \exp(-e^{l_k - t})$. Differentiated by $t$, this is the density
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
# - **Straight-through** (Bengio and others 2013): one-hot forward; backward as if it had been the softmax.
# - **Gumbel-softmax** (Jang and others 2017; Maddison and others 2017): no choice, but the softmax of $(l + g)$ /
#   **temperature**; the lower, the nearer to one-hot.
# - **Straight-through Gumbel**: one-hot forward; backward as if it had been the Gumbel-softmax.
#
# What do such gradients get wrong? Take the costs $f_A(z) = c \cdot z$ and $f_B(z) = c \cdot z^2$. On one-hot vectors
# $z^2 = z$: they agree for every choice, and have the same exact gradient.
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
# The gradient for c · z is right. For c · z² all three signs are wrong, and no number of draws will mend it: it has a
# **bias**. The straight-through gradient takes the slope of the cost at the choice, and a slope speaks of the points
# *beside* it. No choice lies there; a network may do there as it likes.
#
# Now a real decoder, in a VAE whose code is one choice out of ten. After five epochs of training with the exact
# gradient, `discrete.py` measures each estimator's bias (how far its mean is off) and noise (the stddev of one draw),
# both divided by the length of the exact gradient.

# %%
errors = pd.read_csv("bias.csv")
show(
    discrete.plot_errors(errors),
    alt="Bias: with temperature the Gumbel-softmax rises from 0 to 0.7, its straight-through form from 0.3 to 0.8; "
    "flat: straight-through 0.5, score function 0. Noise: both Gumbels fall from 3.3 to 0.1; flat: 0.5 and 1.8.",
)

# %% [markdown]
# Here is the bargain: the lower the temperature of a Gumbel-softmax, the smaller its bias and the larger its noise.
# (Its straight-through form always keeps some bias.) The score function has no bias and much noise. The plain
# straight-through gradient is calm, and off by half the length of the gradient.
#
# **Predict:** that was early. Will these gradients be better or worse at the end of training?
#
# The **cosine** between the mean of an estimate and the exact gradient is 1 for the same direction, and below 0 if a
# small step makes the expected cost *larger*. We train to the end with the exact gradient, and then turn one dial: we
# multiply the encoder's logits by a factor, which makes its choices less decided, and leave the decoder as it is. The
# **entropy** $-\sum_k q_k \log q_k$ says how undecided they are, from 0 nats to $\log 10 = 2.3$.

# %%
dial, choices = pd.read_csv("directions.csv"), pd.read_csv("discrete.csv")
discrete.again(x_train, x_val, errors, dial, choices).round(1)  # one row of each table, now and stored

# %%
show(
    discrete.plot_directions(dial),
    alt="At an entropy of 1 to 2 nats all three cosines lie between 0.7 and 1. Towards 0 nats all fall below -0.5.",
)

# %% [markdown]
# While the encoder is undecided, all three point roughly downhill. Once it is nearly sure, as it is after training with
# the exact gradient, all three point *uphill*: they would make it less sure again.
#
# So what comes of training with them? `discrete.csv` has the *exact* negative ELBO after 40 epochs for several learning
# rates, temperatures and numbers of draws. The score function has a running mean of the cost as its baseline, or two
# draws per digit, each the other's baseline.

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

# %% [markdown]
# - **Noise can be bought off.** With one draw, the score function (20.8) is behind the Gumbel-softmax (20.0). With two
#   draws and twice the learning rate they reach 19.7 and 19.8, about level with the exact gradient. Which of them wins
#   is a matter of settings.
# - **A large bias cannot.** Whatever rate and number of draws, the straight-through gradients stop at 20.4 (Gumbel) and
#   21.4. At temperature 2 the Gumbel-softmax is hardly better than no code.
# - **Some of it is indecision.** Straight-through training ends at an entropy of 1.2 nats, exact training at 0.2.
#   Multiply the logits by 3, without any training, and the straight-through loss falls from 21.6 to 20.7.

# %% [markdown]
# ## What we saw
#
# - A draw is a number without a past: gradients stop there, and no error says so. Keep the dice and move the draw.
# - The score function needs no path and has no bias. If the cost couples the latents, as a decoder does, its noise
#   grows with them; a baseline takes off most of it.
# - Wrongly drawn samples let the loss fall; some report a *better* one than the healthy model.
# - A choice can only borrow a gradient. It is biased, and a large bias keeps the encoder from making up its mind.
#
# **To remember.** Ask of every sample in a model: is there a path? Has each number noise of its own, of the right size?
# Look at the gradient of the reconstruction, at a few hundred samples, and at the line of the average image.
#
# **Where it breaks.** Everything here is small: 64 pixels, one hidden layer, 32 digits for the gradients; the ratios
# belong to these models. Lesson 9 turns the weight of the KL term.
#
# **Sources.** Kingma and Welling 2014, *Auto-encoding variational Bayes*, section 2.4. Rezende, Mohamed and Wierstra
# 2014, *Stochastic backpropagation and approximate inference in deep generative models*. Williams 1992, *Simple
# statistical gradient-following algorithms*. Ranganath, Gerrish and Blei 2014, *Black box variational inference*,
# section 3.1. Mohamed, Rosca, Figurnov and Mnih 2020, *Monte Carlo gradient estimation in machine learning*. Roeder, Wu
# and Duvenaud 2017, *Sticking the landing*. Tucker, Lawson, Gu and Maddison 2018, *Doubly reparameterized gradient
# estimators*. Bengio, Leonard and Courville 2013, *Estimating or propagating gradients through stochastic neurons*.
# Jang, Gu and Poole 2017, *Categorical reparameterization with Gumbel-softmax*. Maddison, Mnih and Teh 2017, *The
# concrete distribution*. Alpaydin and Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the images).
#
# <!-- Confirmed against the text: the abstracts of Roeder et al. and Tucker et al. (variance towards zero as q
# approaches the posterior; STL biased for the importance-weighted bound). Confirmed by computing: the formula of DReG,
# for a normal model with five draws. Taken on trust: the section numbers 2.4 and 3.1, who proposed which estimator. -->
