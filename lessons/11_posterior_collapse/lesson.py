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
# # Lesson 11. When the decoder stops listening
#
# **After this lesson you can** recognise a collapsed posterior from three numbers; tell a latent that does not pay from
# one that got stuck in training; choose a cure, knowing what it gains and costs in likelihood; and spot a remedy that
# only looks like a cure.
#
# **You need** lesson 9: beta and its linear model; and lesson 7: the ELBO, the KL and the importance-weighted bound.
#
# **Time** part one about 30 minutes, part two about 20; about a minute and a half to run on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0) in black and white, no download needed; and numbers drawn
# here.

# %% [markdown]
# ## A letter that nobody reads
#
# The encoder of a VAE writes a letter about each image: z. The KL term is the postage. If the decoder can do without
# the letter, writing gains nothing, so the encoder sends a blank page for every image: $q(z|x) = p(z)$. This is
# **posterior collapse**. The result can still be a good model *of images*; what is lost is the code.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("11_posterior_collapse")

# %%
import autoencoders_edu as ae
import cures  # the script beside this notebook
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, ink_on_paper, plot_bars, plot_curves, plot_image_rows, show
from cures import EPOCHS, LATENTS, SHAPE

keras.utils.set_random_seed(0)
x_train, x_val, x_test = cures.black_and_white()
labels = ae.data.load("digits")
print(f"{len(x_train)} images to train on, {len(x_test)} to test on, of 8 x 8 pixels that are 0 or 1")

# %% [markdown]
# ## A decoder that looks at what it has drawn
#
# The decoders of earlier lessons see only z and, given z, draw all pixels independently. A stronger kind draws one
# pixel $x_i$ at a time, in reading order, and looks back at those already drawn:
#
# $$ \log p(x|z) = \sum_{i=1}^{64} \log p(x_i \mid z,\, x_1, \dots, x_{i-1}) $$
#
# Such a decoder is **autoregressive**. It needs no z to know that strokes continue.
# `ae.networks.autoregressive_decoder` adds the logits of an ordinary decoder of z and of a small network that reads the
# `context` pixels before each pixel: here 32, half an image.
#
# In training all pixels are scored at once, each given the *true* pixels before it (**teacher forcing**). No output may
# see its own pixel or a later one. Two tests: If we change one pixel, do only later outputs move? And do the
# probabilities of all sixteen images of 2 x 2 pixels add up to 1?

# %%
keras.utils.set_random_seed(0)
decoder = ae.networks.autoregressive_decoder(LATENTS, SHAPE, hidden=(64,), context=32)
z = np.zeros((2, LATENTS), "float32")
pair = np.repeat(x_test[:1], 2, axis=0)
pair[1, 3, 4] = 1 - pair[0, 3, 4]  # pixel 28 in reading order
one, other = keras.ops.convert_to_numpy(decoder([z, pair])).reshape(2, 64)
moved = np.flatnonzero(one != other)
print(f"pixel 28 was changed; outputs that moved: {moved.min()} to {moved.max()}")

# %% tags=["nbval-check-output"]
from itertools import product

tiny = ae.AutoregressiveVAE(
    ae.networks.dense_encoder((2, 2, 1), 4), ae.networks.autoregressive_decoder(2, (2, 2, 1), hidden=(8,), units=8)
)
sixteen = np.array(list(product([0.0, 1.0], repeat=4)), "float32").reshape(16, 2, 2, 1)
p = tiny.likelihood([np.ones((16, 2), "float32"), sixteen]).prob(sixteen)
print(f"probabilities of all 16 images of 2 x 2 pixels, given some z, add up to {np.sum(p):.4f}")

# %% [markdown]
# ## The loss looks fine
#
# We train a VAE with 16 latents and this decoder, with four hidden layers from z to the pixels, for 40 epochs on the
# ELBO.
#
# **Predict.** Loss = reconstruction + KL. What will each term do over the 40 epochs?

# %%
keras.utils.set_random_seed(0)
encoder = ae.networks.dense_encoder(SHAPE, 2 * LATENTS, hidden=(128,))
decoder = ae.networks.autoregressive_decoder(LATENTS, SHAPE, hidden=(64, 64, 64, 64), context=32)
collapsed = ae.AutoregressiveVAE(encoder, decoder)
collapsed.compile(keras.optimizers.Adam(2e-3))
history = collapsed.fit(x_train, epochs=EPOCHS, batch_size=64, verbose=0).history


# %%
def plot_terms(history):
    figure, axes = plt.subplots(1, 3, figsize=(9, 2.8))
    for ax, term in zip(axes, ("loss", "reconstruction", "kl"), strict=True):
        plot_curves({term: history[term]}, ylabel="nats per image", title=term, log=term == "kl", ax=ax)
    return figure


# %%
show(
    plot_terms(history),
    alt="Loss and reconstruction fall smoothly for 40 epochs; the KL falls below a tenth of a nat in the first few.",
)

# %% [markdown]
# The loss falls as a loss should. But the KL is almost gone after a few epochs and does not come back.
#
# ## Three signs
#
# - **The KL of each latent.** If $q(z_j|x)$ is the prior, latent j says nothing.
# - **Active units.** A latent is active when the *mean* of its q has a variance over x above 0.01 (Burda et al. 2016).
#   (This is not q's own variance, which is 1 in a dead latent.)
# - **Shuffle.** Give each image another image's z. If $-\log p(x|z)$ does not get worse, nobody writes, or nobody
#   reads.

# %%
q = keras.ops.convert_to_numpy(collapsed.encoder(x_test))
mean, log_variance = q[:, :LATENTS], q[:, LATENTS:]
kl_per_latent = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance).mean(axis=0)
active = np.sum(mean.var(axis=0) > 0.01)

epsilon = np.random.default_rng(0).normal(size=mean.shape).astype("float32")
z = mean + np.exp(log_variance / 2) * epsilon
own, others = (-np.mean(collapsed.likelihood([codes, x_test]).log_prob(x_test)) for codes in (z, np.roll(z, 1, axis=0)))
print(f"KL {kl_per_latent.sum():.3f} nats, largest {kl_per_latent.max():.3f}; {active} of {LATENTS} latents active")
print(f"-log p(x|z) with its own z {own:.2f}, with another's {others:.2f} nats")

# %% [markdown]
# `collapse_report` does the same, with its own draw of z. It calls a model collapsed if no latent is active, or if
# another image's z costs less than 0.1 nats.

# %% tags=["nbval-check-output"]
report = ae.diagnostics.collapse_report(collapsed, x_test)
print("KL below 0.1 nats:", report.kl < 0.1)
print("active units:", report.active_units)
print("another image's z costs less than 0.1 nats:", report.reconstruction_shuffled - report.reconstruction < 0.1)
print("report.collapsed:", report.collapsed)

# %% [markdown]
# **Predict.** What does this model return for a digit? And what are its samples: rubbish, grey fog, one digit over and
# over, or decent digits?

# %%
ten = np.array([np.flatnonzero(labels.y_test == digit)[0] for digit in range(10)])  # one image of each class
rows = {"digit": x_test[ten]}
rows["returned"] = keras.ops.convert_to_numpy(collapsed.reconstruct(x_test[ten]))
rows["sampled"] = keras.ops.convert_to_numpy(collapsed.sample(10, seed=0))
show(
    plot_image_rows({name: ink_on_paper(images) for name, images in rows.items()}, [str(digit) for digit in range(10)]),
    alt="Ten digits; what comes back is one and the same image ten times; samples are ten drawings with digit-like "
    "strokes.",
)

# %% [markdown]
# The same image comes back whatever goes in. (It is grey because `reconstruct` shows probabilities. The classes above
# the columns are those of the first row.) Yet the samples have strokes like digits: the earlier pixels are enough to go
# on. **Neither the loss nor the samples reveal a collapse.**
#
# ## When a latent does not pay
#
# Silence is not always wrong. Take a model whose best solution can be calculated: one number x, with mean 0 and
# variance v. In the decoder, x is normal with mean $w z$ and a fixed standard deviation, stddev; in the encoder, z is
# normal with mean $a x$ and variance s. The KL has a weight, **beta** (lesson 9): loss = reconstruction + beta ·
# KL, which for beta = 1 is minus the ELBO. With the KL of lesson 7, the loss times 2 stddev² is, up to a constant,
#
# $$ (1 - w a)^2 v + w^2 s + c\,(a^2 v + s - 1 - \ln s), \qquad c = \beta \cdot \mathrm{stddev}^2. $$
#
# For a given w, the minimum is at $a = w / u$ and $s = c / u$, with $u = w^2 + c$. Its value is
#
# $$ f(u) = c \left( \frac{v}{u} + \ln \frac{u}{c} \right), \qquad f'(u) = c\,\frac{u - v}{u^2}, \qquad u \ge c. $$
#
# <details><summary>The algebra in between</summary>
#
# $\mathrm{E}\,(x - w z)^2 = (1 - w a)^2 v + w^2 s$, since z is $a x$ plus noise of variance s. The derivatives with
# respect to a and s must vanish: $-2 w (1 - w a) v + 2 c a v = 0$, so $a = w / (w^2 + c)$; and $w^2 + c - c / s = 0$,
# so $s = c / (w^2 + c)$. Now $1 - w a = c / u$, so the terms with v add up to $v (c^2 + c w^2) / u^2 = v c / u$. Next,
# $w^2 s + c s = u s = c$, which cancels $-c$, and $-c \ln s = c \ln (u / c)$. At $u = v$ the KL is
# $\frac12 \bigl(w^2 / v + c / v - 1 + \ln (v / c)\bigr) = \frac12 \ln (v / c)$, as $w^2 + c = v$.
#
# The saddle: at $s = 1$, to second order in w and a, the loss is a constant plus $w^2 - 2 v w a + c v a^2$. Along
# $w = c a$ that is $c\,(c - v)\,a^2$, negative if $v > c$; with w or a alone it is positive.
#
# </details>
#
# If $v > c$, the loss is lowest at $u = v$: the latent is in use, and says $\frac12 \ln (v / c)$ nats. If $v \le c$, f
# only rises from $u = c$, where $w = 0$: silence is best. **A latent pays if $v > \beta \cdot \mathrm{stddev}^2$**: if
# the variance of what it describes exceeds beta times that of the decoder's noise. This c is lesson 9's water level
# $\theta$, and v its $\lambda$. Either way, f has one minimum. For $v > c$, silence is a saddle: only moving w and a
# together leads down. Training escapes it here.
#
# A linear VAE of independent numbers solves this for each of them. Ours has four, with variances 9, 2, 0.6 and 0.3,
# four latents, and stddev 1.
#
# **Predict.** We train it twice: with beta = 1 throughout, and with a beta that rises from 0 to 1 over the first 20 of
# 40 epochs, so that all four latents are in use before the KL weighs much. How many are in use at the end?

# %%
four, four_test = cures.four_numbers(), cures.four_numbers(seed=1)
linear = {first: cures.first_stage("linear", first, four, seed=0) for first in ("ELBO", "annealing")}
print("theory:     KL", np.round(0.5 * np.log(np.maximum(cures.VARIANCES, 1)), 2), "nats")
for first, (model, linear_history) in linear.items():
    kl = np.sort(ae.diagnostics.collapse_report(model, four_test).kl_per_latent)[::-1]
    print(f"{first:11} KL {kl.round(2)} nats; in epoch 5, {linear_history['kl'][4]:.1f} together")

# %% tags=["nbval-check-output"]
for first, (model, _) in linear.items():
    print(first, "- active latents at the end:", ae.diagnostics.active_units(model, four_test))

# %% [markdown]
# Two, either way. The second model gave two up because that is best. This is **collapse of the objective**, and no
# training trick cures it; a model with a smaller or a learned stddev might. (Theory: Lucas et al. 2019. More cases:
# exercise 11.1.)
#
# ## When training gets stuck
#
# Now the digits get the same treatment: beta rises over 20 epochs, then stays at 1. This is called **annealing**
# (Bowman et al. 2016).
#
# **Predict.** Will this model, too, fall silent in the last 20 epochs? And which of the two has the better ELBO at the
# end?

# %%
annealed, annealed_history = cures.train("annealing, 20 epochs", x_train, seed=0)
panels = {
    "linear VAE, four numbers": {name: fitted[1]["kl"] for name, fitted in linear.items()},
    "strong decoder, digits": {"ELBO": history["kl"], "annealing": annealed_history["kl"]},
}

# %%
figure, axes = plt.subplots(1, 2, figsize=(9, 3.2))
for ax, (title, kl), log in zip(axes, panels.items(), (False, True), strict=True):
    plot_curves(kl, ylabel="KL in nats per example", title=title, log=log, ax=ax)
    ax.axvline(21, color="grey", linewidth=0.8, linestyle=":")  # the first epoch at beta = 1
show(
    figure,
    alt="Linear VAE: both curves end at the same KL of 1.4 nats. Digits: without annealing the KL falls to 0.01 nats; "
    "with annealing it settles near 2 nats and stays there after beta has reached 1.",
)

# %% [markdown]
# From the dotted line on, both models in a panel have the same loss. The linear ones end in the same place; the others
# do not. `cures.py` did this with five seeds; here is our seed 0 beside its stored row. (Results differ slightly
# between machines.)

# %%
table = pd.read_csv("cures.csv")
live = cures.row(annealed, x_test, x_train)
stored = table[(table.model == "annealing, 20 epochs") & (table.seed == 0)].iloc[0]
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(2)

# %%
two = table[table.model.isin(["no cure", "annealing, 20 epochs"])]
two.pivot(index="seed", columns="model", values=["elbo_train", "elbo", "shuffling_costs"]).round(2)

# %% tags=["nbval-check-output"]
elbo = two.pivot(index="seed", columns="model", values="elbo_train")
better = elbo["annealing, 20 epochs"] > elbo["no cure"]
print(f"annealing has the better ELBO on training images from {better.sum()} of {len(better)} seeds")

# %% [markdown]
# On the images and the loss that both were trained on last, the model that talks is better from every seed, by 0.1 to
# 0.3 nats. Neither has converged, but the lead survives twice the training (see below). Silence is *not* the best that
# the ELBO allows. This is **collapse of optimisation**.
#
# A sharper test: freeze the silent model's network of pixels, and train only a new encoder and a new path from z to the
# logits, on the plain ELBO, for 120 epochs. **Predict:** does the model stay silent? Does it depend on how many layers
# that path has?

# %%
frozen = pd.read_csv("frozen.csv")
again = cures.frozen_row(collapsed, x_train, 0, seed=0)
print("trained now:", {name: round(value, 2) for name, value in again.items()})
frozen.groupby("hidden_layers")[["silent", "elbo_train", "kl"]].agg(["min", "max"]).round(2)  # three seeds

# %% [markdown]
# With no hidden layer in the new path, or one, the model talks by itself: a KL of 0.5 to 0.9 nats, and a training
# ELBO of about -16.0. With two or four layers it stays nearly silent, at -16.1 to -16.2 (three seeds each; all end a
# little above the model that they were made from, so compare them with each other). So silence was not best for these
# pixels, and a long path alone is enough to get stuck.
#
# How? The encoder would have to write before anybody reads, and the decoder to read before anything is written: without
# the one, the other has no gradient. Three things come together: a decoder that does well without z, a long path for z
# (four layers) against a short one for the pixels, and a KL that is charged before z is of use. Part two removes them
# one at a time. (Chen et al. 2017 argue that for a decoder that is *perfect* without z, silence is best. Ours sees half
# an image.)
#
# > **For graduate readers.** *Is silence a local optimum?* Let p be the silent model's pixel probabilities. Add $J z$
# > to the logits, with a small matrix J, and give q the mean $m(x)$, still with variance 1. With the residuals
# > $r = x - p$ and the pixels' noise $F = \mathrm{diag}(p (1 - p))$, this gains
# > $r^\top J m - \frac12 \mathrm{tr}(J^\top F J)$ to second order, and costs $\frac{\beta}{2} |m|^2$. At the best m,
# > $J^\top r / \beta$, the mean over images is $\frac12 \mathrm{tr}\, J^\top (C / \beta - F) J$, with
# > $C = \mathrm{E}\, r r^\top$ and F averaged. So silence is stable only if the residuals vary in no direction by more
# > than beta times their noise: the rule above again. Below is the largest such ratio on training images, and that of
# > the same direction on test images. It falls with stronger decoders, but stays above 1: with J and m free, small
# > steps would raise the ELBO, but training in the weights does not find them. (By chance, the largest of 64 directions
# > would exceed 1 even with uncorrelated residuals. The table's decoders have one layer, the model above four.)

# %%
context = pd.read_csv("left_to_say.csv").groupby("context")[["train", "test"]].agg(["min", "max"]).round(2)
print("the model above, on training and test images:", np.round(cures.left_to_say(collapsed, x_train, x_test), 2))
context  # decoders kept silent by a beta of 100, seeing 0, 8 or 32 pixels before; three seeds

# %% [markdown]
# ## The switch
#
# How do you tell the two kinds apart if the best solution is unknown? Burda et al. 2016 (section 5.2) keep training
# with another objective: the importance-weighted bound, here with 5 or 20 samples. (Each stage has 40 epochs and a new
# optimizer.)
#
# **Predict.** Does the tighter bound wake the silent models? Does the ELBO silence those that talk?

# %%
switch = pd.read_csv("switch.csv")
by_formula, pixels = (switch[switch.family == family] for family in ("linear", "pixels"))
print(f"linear VAE: {by_formula.kl.min():.2f} to {by_formula.kl.max():.2f} nats, active units", end=" ")
print(f"{by_formula.active_units.min()} to {by_formula.active_units.max()}, over all stages and seeds")
columns = ["kl", "active_units", "shuffling_costs", "elbo_train"]
grouped = pixels.groupby("trained on", sort=False)[columns]
grouped.min().round(2).astype(str) + " to " + grouped.max().round(2).astype(str)

# %%
live, _ = cures.first_stage("linear", "5 samples", four, seed=0)
live, _ = cures.next_stage("linear", live, "ELBO", four, seed=100)
live = cures.row(live, four_test, four)
stored = by_formula[by_formula["trained on"] == "5 samples, then ELBO"].iloc[0]
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(2)

# %% tags=["nbval-check-output"]
elbo = pixels.pivot(index="seed", columns="trained on", values="elbo_train")
for name in ("annealing, then ELBO", "5 samples, then ELBO"):
    ahead = elbo[name] > elbo["ELBO, then ELBO"]
    print(f"{name}: a better ELBO on training images than 'ELBO, then ELBO' from {ahead.sum()} of 5 seeds")

# %% [markdown]
# The digits' table spans five seeds. Compare `elbo_train` only between rows with equally many stages. (The other table
# is a row of the linear VAE, trained here.)
#
# - **The linear VAE** has two latents in use after every stage.
# - **The annealed model** keeps talking on the ELBO: its KL rises, and its ELBO stays 0.1 to 0.3 nats ahead of the
#   collapsed model's, trained as long, from every seed. The model that began on the tighter bound keeps talking, too,
#   and ends 0.02 to 0.14 nats ahead, again from every seed.
# - **The collapsed model** stays silent on the ELBO. With 5 samples it wakes from one seed of five, with 20 samples
#   from two, and these two keep talking on the ELBO.
#
# In the linear VAE the start does not matter: the objective wants silence. In the digits' model the start decides:
# the collapse is one of optimisation. But on the ELBO, the annealed model's active units also fall, from between 6
# and 12 to 3 or 4, while its KL rises: most of the latents that fall silent had said next to nothing, a few
# hundredths of a nat each, and it did not pay. (In Burda et al., too, a few units fall silent on the ELBO.) Both
# kinds can be at work in one model.
#
# **How to tell.** Wake the latents, then train on the plain ELBO. If they keep talking, and the ELBO beats the silent
# model's after as many epochs, that one was probably stuck. If they fall silent again, silence may be best, or they
# were woken too briefly or only by half. Only a known best solution, as in the linear VAE, settles it.
#
# > **For graduate readers.** *Woken by half.* From one seed (2), 20 samples wake the decoder alone. The bound rises by
# > 0.2 nats, but q stays at the prior, and on the ELBO the decoder falls silent again, presumably because the gap,
# > $\mathrm{KL}(q(z|x) \| p(z|x))$, drags $p(z|x)$ back to the prior. He et al. 2019 see the encoder lag in ordinary
# > training, and give it many steps per decoder step (not tried here).

# %% [markdown]
# # Part two begins here: the cures
#
# A good place for a break. So far:
#
# - KL per latent, active units and shuffled z reveal a collapse.
# - A latent with $v \le \beta \cdot \mathrm{stddev}^2$ is silent because that is best.
# - The digits' model was stuck; annealing over 20 epochs prevents that.
#
# | cure | what it changes | here |
# |---|---|---|
# | annealing | beta rises from 0 to 1 (Bowman et al. 2016) | one ramp of 20 epochs |
# | cyclical annealing | the same, repeated (Fu et al. 2019) | two ramps of 10, or four of 5 |
# | free bits | a little KL is free (Kingma et al. 2016) | 0.1 nats per latent |
# | skips from z | z reaches every decoder layer (Dieng et al. 2019) | five layers |
# | a shorter path for z | fewer layers between z and the pixels | one hidden layer |
# | a weaker decoder | it cannot do well without z | 8 pixels back, or none |
#
# With $\lambda$ nats free per latent, the KL term becomes (Eq. 15 of Kingma et al. 2016)
#
# $$ \sum_j \max\Bigl(\lambda,\; \mathrm{mean}_x\, \mathrm{KL}\bigl(q(z_j|x)\,\|\,p(z_j)\bigr)\Bigr) $$
#
# First the mean over the batch, then the maximum for **each latent**, then the sum. Below $\lambda$, the KL does not
# pull a latent to the prior. With the maximum *after* the sum, one latent can use up the whole allowance. By hand, with
# `ae.FreeBitsVAE`, and the wrong way round:

# %% tags=["nbval-check-output"]
kl = np.array([[2.9, 0.05, 0.0], [3.1, 0.15, 0.0]], "float32")  # two images, three latents
by_hand = np.sum(np.maximum(0.5, kl.mean(axis=0)))
model = ae.FreeBitsVAE(ae.networks.dense_encoder(SHAPE, 2 * 3), ae.networks.dense_decoder(3, SHAPE), free_bits=0.5)
print(f"by hand {by_hand:.2f}, FreeBitsVAE {np.mean(model.regularizer(kl)):.2f}")
print(f"after the sum, with 3 * 0.5 free: {max(3 * 0.5, np.mean(kl.sum(axis=1))):.2f}, so every latent is charged")

# %% [markdown]
# ## Who is cured?
#
# Five seeds of each, and a control: skips from *encoder* to decoder, common in networks for images.
#
# **Predict.** Whose z is read again? Which has the best ELBO on training images? And which, on test images, the best
# importance-weighted bound with 100 samples? (If z is not used at all, the ELBO *is* $\log p(x)$; otherwise it lies
# below. So it flatters the collapsed model, and the tighter bound is fairer.)

# %%
order = ["no cure", "annealing, 20 epochs", "free bits", "skips from z", "1 layer, 32 pixels back"]


def plot_dots(ax, column, names):
    """The table's column, one dot for each seed, and the mean."""
    for name in names:
        values = table[table.model == name][column]
        ax.plot(values, [name] * len(values), "o", color=COLOURS[0], alpha=0.6)
        ax.plot(values.mean(), name, "|", color=COLOURS[1], markersize=18, markeredgewidth=2)
    ax.axvline(table[table.model == "no cure"][column].mean(), color="grey", linewidth=0.8, linestyle=":")


# %%
figure, axes = plt.subplots(1, 3, figsize=(10, 3.2), sharey=True)
plot_dots(axes[0], "shuffling_costs", [*order, "encoder-decoder skips"])
plot_dots(axes[1], "elbo_train", order)
plot_dots(axes[2], "iw_bound", order)
axes[0].set(title="Whose z is read?", xlabel="cost of another's z, nats")
axes[1].set(title="On the loss itself", xlabel="ELBO, nats per training image")
axes[2].set(title="Tighter, on new images", xlabel="bound, nats per test image", xticks=[-17.6, -17.4, -17.2])
axes[0].invert_yaxis()
show(
    figure,
    alt="Another image's z costs 8, 4, 3 and 1 nats on average with annealing, free bits, skips from z and one hidden "
    "layer, else nothing. Annealing has the best ELBO and bound; free bits the worst ELBO, yet a better bound than no "
    "cure.",
)

# %% [markdown]
# Each dot is a seed, each short line a mean; the dotted line is the mean without a cure. Farther right is better. (For
# the last row, see "A way around z".)
#
# - **Annealing** is best on all three measures. Seed by seed, it gains 0.1 to 0.3 nats of ELBO and 0.4 to 0.5 of the
#   bound. (But it is the best of six schedules, while free bits come in one strength, 0.1 nats; 0.2 does
#   better, see the dial.)
# - **Free bits** have 16 active units of 16 by construction: each latent's 0.1 nats cost nothing extra. But z is read
#   as well, and the bound is 0.2 to 0.3 nats better. The ELBO is 0.2 to 0.3 nats *worse*, since it charges what
#   training did not, and on the plain ELBO (last row of the switch) two thirds of the KL disappears again.
# - **Skips from z** also have 16 active units, and gain 0.1 to 0.4 nats of the bound.
# - **A shorter path for z**: 14 to 16 active units, but their KL is half a nat in all, and the training ELBO is a
#   little worse than the silent model's. Active does not mean loud.

# %% [markdown]
# Could this be chance, with only 360 test images? The standard error, for the two models trained above:

# %%
bounds = [keras.ops.convert_to_numpy(m.log_likelihood(x_test, samples=100, seed=0)) for m in (annealed, collapsed)]
difference = bounds[0] - bounds[1]
error = difference.std() / len(difference) ** 0.5
print(f"annealing less no cure: {difference.mean():.2f} nats, standard error {error:.2f}")

# %% [markdown]
# **Predict.** Four ramps of 5 epochs, two of 10, one of 20: which is best? And how does a single ramp of 5 or 10
# compare?

# %%
ramps = {
    "a single ramp": {2: "annealing, 2 epochs", 5: "annealing, 5 epochs", 10: "annealing, 10 epochs"},
    "ramps for 20 epochs in all (20: one)": {
        5: "4 cycles, ramps of 5",
        10: "2 cycles, ramps of 10",
        20: "annealing, 20 epochs",
    },
}

# %%
_, ax = plt.subplots(figsize=(6.5, 3.2))
for (label, names), colour, marker, shift in zip(ramps.items(), COLOURS, "os", (0.96, 1.04), strict=False):
    for length, name in names.items():
        values = table[table.model == name]["shuffling_costs"]
        ax.plot([length * shift] * len(values), values, marker, color=colour, alpha=0.6, label=label)
        label = None  # one entry in the legend for each kind
ax.set(xscale="log", xlabel="length of one ramp in epochs of 17 steps", ylabel="cost of another's z, nats")
ax.set(title="How long is beta low?", xticks=[2, 5, 10, 20], xticklabels=[2, 5, 10, 20])
ax.minorticks_off()
ax.legend(frameon=False)
show(
    ax,
    alt="The cost of another's z rises with the length of a ramp, with wide spread over seeds; repeated ramps of 5 or "
    "10 epochs do better than a single one of that length, and one of 20 does best.",
)

# %% [markdown]
# With a single ramp of two epochs, nobody reads z in three of five seeds. Longer ramps help, and so do repeated ones.
# But of the three ways to spend 20 epochs of rising beta, one long ramp makes z loudest on average and four short ones
# least; one of 20 and two of 10 end at the same training ELBO (-16.02). So restarting gains nothing here, but that is
# no verdict on cyclical annealing: these ramps have only 85 to 340 steps, and the last of four leaves five epochs at
# beta = 1.
#
# **Watch the KL after beta has reached 1.** If it goes on falling to nothing, the ramp was too
# short, or the latents do not pay: try a longer one before you decide.
#
# ## A weaker decoder, at equal depth
#
# A decoder that sees fewer earlier pixels cannot do without z. What does that cost, at equal depth? (Means of five
# seeds.)

# %%
weaker = table.replace({"model": {"no cure": "4 layers, 32 pixels back"}})
weaker = weaker[weaker.model.str.contains(r"^\d layer")]
weaker[["depth", "sees"]] = weaker.model.str.split(", ", expand=True).to_numpy()
weaker.groupby(["depth", "sees"], sort=False)[["active_units", "kl", "shuffling_costs", "iw_bound"]].mean().round(2)

# %% [markdown]
# With one layer, seeing 8 pixels back instead of 32 costs 0.8 nats of the bound, and seeing z alone costs 1.7. With
# four layers it is 1.1 and 3.0: there the long path hurts as well. Either price exceeds what any cure gained.
#
# So the collapsed model, at -17.6, is a *better* model of digits than a VAE whose decoder sees z alone, at either
# depth. Only its code is broken.
#
# ## What do we gain?
#
# The letter. A linear classifier learns the class from one draw of z, as the decoder receives it:

# %%
from sklearn.linear_model import LogisticRegression


def accuracy(code):
    classifier = LogisticRegression(max_iter=2000).fit(code(x_train), labels.y_train)
    return classifier.score(code(x_test), labels.y_test)


def letter_of(model):
    seed = ae.distributions.next_seed(0)
    return lambda x: keras.ops.convert_to_numpy(model.posterior(x).sample(seed=seed))


# %%
known = {
    "z, no cure": accuracy(letter_of(collapsed)),
    "z, annealing": accuracy(letter_of(annealed)),
    "pixels": accuracy(lambda x: x.reshape(len(x), -1)),
}
show(
    plot_bars(known, xlabel="test accuracy of a linear classifier (ten classes)", title="What z knows of the class"),
    alt="Accuracy from the collapsed code is that of guessing; from the annealed code, several times that.",
)

# %%
rows = {"digit": x_test[ten]}
for name, model in {"no cure": collapsed, "annealing": annealed}.items():
    rows[f"returned, {name}"] = keras.ops.convert_to_numpy(model.reconstruct(x_test[ten]))
drawn = {name: model.sample(400, seed=1) for name, model in {"no cure": collapsed, "annealing": annealed}.items()}
drawn = {f"sampled, {name}": keras.ops.convert_to_numpy(images) for name, images in drawn.items()}
rows |= {name: images[:10] for name, images in drawn.items()}
show(
    plot_image_rows({name: ink_on_paper(images) for name, images in rows.items()}, [str(digit) for digit in range(10)]),
    alt="Ten digits; without a cure the same grey image ten times, with annealing different ones, some of them right. "
    "Samples of both models have strokes like digits.",
)

# %%
by_pixels = LogisticRegression(max_iter=3000).fit(x_train.reshape(-1, 64), labels.y_train)
for name, images in {"test digits": x_test, **drawn}.items():
    sure = by_pixels.predict_proba(images.reshape(-1, 64)).max(axis=1).mean()
    print(f"{name}: a classifier of pixels gives its choice a probability of {sure:.2f} on average")

# %% [markdown]
# Guessing gives 0.10. One z of the annealed model identifies several times as many digits; the pixels, far more. Ten
# classes need $\ln 10 = 2.3$ nats; this letter holds at most its mean KL, 1.9, and only part of that is about the
# class. A classifier is about equally sure of both models' samples: they do not show whether the code is read.
#
# ## The dial
#
# How many nats should be free? We choose on *validation* images, with three seeds. The more z carries, the more samples
# the bound needs, so we add one with 1000.

# %%
dial = pd.read_csv("dial.csv")
mean = dial.groupby("free_bits").mean()
bounds = {"elbo": ("ELBO", "o"), "iw_bound": ("100 samples", "s"), "iw_bound_1000": ("1000 samples", "d")}
reference = cures.bound(annealed, x_val, 1000)

# %%
_, ax = plt.subplots(figsize=(7, 3.6))
for (column, (label, marker)), colour in zip(bounds.items(), COLOURS, strict=False):
    place = np.searchsorted(mean.index, dial.free_bits)
    ax.plot(place, dial[column], marker, color=colour, alpha=0.4)  # one dot for each seed
    ax.plot(range(len(mean)), mean[column], color=colour, marker=marker, label=label)
ax.axhline(reference, color="grey", linewidth=1, linestyle="--", label="annealing, 1000 samples")
ax.set(xlabel="nats free for each latent", ylabel="nats per validation image", ylim=(-20, -16.8))
ax.set(title="Bounds on log p(x)", xticks=range(len(mean)), xticklabels=[f"{free:g}" for free in mean.index])
ax.legend(frameon=False, loc="lower left")
show(
    ax,
    alt="The ELBO is flat from 0 to 0.02 nats free and then falls; the bound with 1000 samples rises to its best at "
    "0.2, is lower at 0.4, where more samples still help, and far lower at 0.8. Annealing lies above all of them.",
)

# %% [markdown]
# Even 0.02 nats give 16 active units, so counting them says nothing. The ELBO favours 0 or 0.02. The bound with 1000
# samples is best at 0.2 from each seed, and even there it is behind annealing (seed 0). At 0.4 and 0.8 it still rises
# with the number of samples, so part of the drop may be due to the bound, not the model.
#
# ## A way around z
#
# The control: **skips from the encoder to the decoder** hand it features of x on which no KL was charged.

# %%
bypass, _ = cures.train("encoder-decoder skips", x_train, seed=0)
report = ae.diagnostics.collapse_report(bypass, x_test)
print(f"reconstruction {report.reconstruction:.2f}, KL {report.kl:.2f} nats")

# %% tags=["nbval-check-output"]
print("reconstruction below 2 nats:", report.reconstruction < 2)
print("active units:", report.active_units)
print("shuffling z costs less than 0.1 nats:", report.reconstruction_shuffled - report.reconstruction < 0.1)
try:
    ae.AutoregressiveVAE(bypass.encoder, bypass.decoder)
except ValueError as error:
    print("\nas an AutoregressiveVAE:", error)

# %% [markdown]
# An "ELBO" of about -1, where all the others are below -17! This is the identity mapping of lesson 2 again. The decoder
# has seen the image that it predicts, so this is not a $p(x|z)$, and the number bounds nothing. z is as dead as before.
# Skips belong between *z* and the decoder. The library rejects this decoder as an autoregressive one.

# %% [markdown]
# ## What we saw
#
# - KL per latent, active units and shuffled z show a collapse at once. The loss and the samples do not.
# - There are two kinds. In a linear VAE, a latent with $v \le \beta \cdot \mathrm{stddev}^2$ falls silent however you
#   wake it. Our digits' model was stuck: annealed, it kept talking on the plain ELBO, and had the better ELBO from
#   every seed.
# - It took a decoder that does well without z *and* a long path for z. Neither alone collapsed.
# - Annealing was best here, if its ramp was long. A weaker decoder cost more than any cure gained.
# - Active units say little: with free bits they are set in advance; 15 had a KL of half a nat, and 3 a KL of two nats.
#
# **To remember.** Log both terms. Shuffle z before you trust a code. Wake the latents and train on the plain ELBO: if
# they keep talking, with a better ELBO after as many epochs, the model had been stuck; silence proves nothing by
# itself. And first ask whether you want the code at all.
#
# **Where it breaks.** Small images, one network, 40 epochs per stage, five seeds, one strength of most cures. Elsewhere
# the cures may rank differently, and one model may have both kinds of silent latents.
#
# **Sources.** S. Bowman and others 2016, *Generating sentences from a continuous space* (collapse, annealing; section
# 3.1). X. Chen and others 2017, *Variational lossy autoencoder* (why a perfect decoder ignores z; section 2.2). Y.
# Burda, R. Grosse and R. Salakhutdinov 2016, *Importance weighted autoencoders* (the bound, section 3; active units and
# the switch, section 5.2). D. Kingma and others 2016, *Improved variational inference with inverse autoregressive flow*
# (free bits; Eq. 15, appendix C.8). H. Fu and others 2019, *Cyclical annealing schedule*. A. Dieng and others 2019,
# *Avoiding latent variable collapse with generative skip models*. I. Gulrajani and others 2017, *PixelVAE*
# (autoregressive decoders; Eq. 1, section 3). J. Lucas and others 2019, *Don't blame the ELBO!* (collapse in linear
# VAEs). J. He and others 2019, *Lagging inference networks and posterior collapse in variational autoencoders*
# (sections 3 and 4). E. Alpaydin and C. Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the images).
#
# <!-- Confirmed against the papers: Burda et al., sections 3 and 5.2 with Table 2; Chen et al., section 2.2; He et al.,
# sections 3 and 4 (in the version under review); Gulrajani et al., Eq. 1. Lucas et al.: the abstract only. Taken on
# trust: Bowman et al., section 3.1; Kingma et al., Eq. 15 and C.8; Fu et al.; Dieng et al. -->
