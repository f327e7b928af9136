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
# **After this lesson you can** recognise a collapsed posterior from three numbers; say why a decoder that is good at
# its work stops reading the code; choose a cure, and say what it costs in likelihood; and see through two remedies that
# only look like cures.
#
# **You need** lesson 9.
#
# **Time** about 45 minutes to read; about a minute and a half to run on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), made black and white, without a download.

# %% [markdown]
# ## A letter that nobody reads
#
# The encoder of a VAE writes a letter about each image, z. The KL term is its price. What if the decoder can do
# without? Then writing costs and brings nothing, so the encoder sends the same blank letter for every image:
# $q(z|x) = p(z)$. This is **posterior collapse**. The model can still be a good model *of images*; what is lost is the
# code, and whatever you wanted a code for.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("11_posterior_collapse")

# %%
import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, plot_bars, plot_curves, plot_image_rows, show
from cures import EPOCHS, LATENTS, MODELS, SHAPE, black_and_white, row, train

keras.utils.set_random_seed(0)
x_train, x_val, x_test = black_and_white()
print(f"{len(x_train)} images to train on, {len(x_test)} to test on, of 8 x 8 pixels that are 0 or 1")

# %% [markdown]
# ## A decoder that looks at what it has drawn
#
# The decoders of the lessons before see z alone and draw all pixels independently, given z. A stronger kind draws pixel
# by pixel in reading order, and before each one looks back at what stands there already:
#
# $$ \log p(x|z) = \sum_{i=1}^{64} \log p(x_i \mid z,\, x_1, \dots, x_{i-1}) $$
#
# Such a decoder is called **autoregressive**. It needs no z to know that strokes go on.
# `ae.networks.autoregressive_decoder` makes one that adds up the logits of two voices: an ordinary decoder, which reads
# z, and a small network that reads the `context` pixels before each pixel, here 32, half an image.
#
# In training all pixels are scored in one go, each with the *true* pixels before it (**teacher forcing**). That is
# honest only if no output can peek at its own pixel or a later one. Two tests. Change one pixel: do only later outputs
# move? And for images of 2 x 2 pixels we can add up the probabilities of all sixteen.

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
# A VAE with 16 latents, a dense encoder and this decoder, trained for 40 epochs on the ELBO. Nothing is set up to fail.
#
# **Predict.** Loss = reconstruction + KL. What will each of the two terms do over the 40 epochs?

# %%
keras.utils.set_random_seed(0)
encoder = ae.networks.dense_encoder(SHAPE, 2 * LATENTS, hidden=(128,))
decoder = ae.networks.autoregressive_decoder(LATENTS, SHAPE, hidden=(64, 64, 64, 64), context=32)
collapsed = ae.AutoregressiveVAE(encoder, decoder)
collapsed.compile(keras.optimizers.Adam(2e-3), steps_per_execution=17)
history = collapsed.fit(x_train, epochs=EPOCHS, batch_size=64, verbose=0).history


# %%
def plot_terms(history):
    figure, axes = plt.subplots(1, 3, figsize=(10, 3))
    for ax, term in zip(axes, ("loss", "reconstruction", "kl"), strict=True):
        plot_curves({term: history[term]}, ylabel="nats per training image", title=term, log=term == "kl", ax=ax)
        ax.yaxis.labelpad = 8
    return figure


# %%
show(
    plot_terms(history),
    alt="Loss and reconstruction fall smoothly for 40 epochs; the KL falls below a tenth of a nat in the first four.",
)

# %% [markdown]
# The loss falls as a loss should. Look at it alone, and you ship this model. The KL is gone after a few epochs and
# never comes back.
#
# ## Three signs
#
# **One: the KL of each latent.** If $q(z_j|x)$ is the prior, latent j says nothing.
# **Two: active units.** A latent is active when the *mean* of its q moves with x: its variance over x is above 0.01
# (Burda et al. 2016). Mind that this is not q's own variance. That one is 1 in a dead latent.
# **Three: shuffle.** Give each image another image's z. If $-\log p(x|z)$ does not get worse, nobody was reading.

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
# `collapse_report` asks the same three questions (with its own draw of z, so the digits behind the point differ). Its
# line for another's z is 0.1 nats. A share of the reconstruction would not do as a criterion: that term also holds the
# pixels' own noise, which is large or small whatever z does.

# %%
report = ae.diagnostics.collapse_report(collapsed, x_test)
report

# %% tags=["nbval-check-output"]
print("KL below 0.1 nats:", report.kl < 0.1)
print("active units:", report.active_units)
cost = report.reconstruction_shuffled - report.reconstruction
print("another image's z costs less than 0.1 nats:", cost < 0.1)
print("report.collapsed:", report.collapsed)
print("as a share, it costs less than 1 % of the reconstruction:", cost < 0.01 * report.reconstruction)

# %% [markdown]
# **Predict.** What does this model return for a digit? And what does it draw when we sample from it: rubbish, grey fog,
# one digit over and over, or decent digits?

# %%
reconstructions = keras.ops.convert_to_numpy(collapsed.reconstruct(x_test[:8]))
samples = keras.ops.convert_to_numpy(collapsed.sample(8, seed=0))
rows = {"digit": x_test[:8], "returned": reconstructions, "sampled": samples}
show(
    plot_image_rows(rows),
    alt="Eight digits; what comes back is one and the same image eight times; samples are eight digit-like drawings.",
)

# %% [markdown]
# What comes back is the same image whatever goes in: the code holds nothing. (It is grey, for `reconstruct` draws the
# most probable pixel each time and shows the probabilities.) Yet the samples look like digits, more or less: the pixels
# before are enough to go on. **Samples cannot reveal a collapse.** Nor can the loss.
#
# ## Why it happens
#
# The ELBO in another order (Chen et al. 2017, section 2) says what each letter loses:
#
# $$ \mathrm{ELBO}(x) = \log p(x) - \mathrm{KL}\bigl(q(z|x) \,\|\, p(z|x)\bigr) $$
#
# A decoder that does not read z has $p(z|x) = p(z)$, and with a blank letter the last term is zero, as good as it gets.
# Any other letter pays this term too, unless q hits $p(z|x)$ exactly. So if the pixels before can do the work, silence
# is the better optimum, not only an accident of training.
#
# To leave that place, the encoder would have to write before anybody reads, and the decoder to read before anything is
# written. In the first epochs the letter is mostly noise, and the KL pulls the encoder to the prior. Meanwhile the
# pixels before teach the decoder quickly, and less is left for z to explain.
#
# Three things come together here: **a decoder that does well without z, a long way for z (four layers) against a short
# one for the pixels, and a KL that is charged before z is of use.** Each cure takes one of them away.

# %% [markdown]
# ## The cures
#
# | cure | what it changes | here |
# |---|---|---|
# | linear annealing | the KL is free at first: beta rises from 0 to 1 (Bowman et al. 2016) | over 20 of 40 epochs |
# | cyclical annealing | the same, again and again (Fu et al. 2019) | 4 cycles |
# | free bits | each latent has some KL for nothing, always (Kingma et al. 2016) | 0.1 nats each |
# | skips from z | z is handed to every layer of the decoder, not only the first (Dieng et al. 2019) | five layers |
# | a shorter way for z | fewer layers between z and the pixels | one hidden layer |
# | a weaker decoder | it cannot do well without z | it sees 8 pixels back, or none |
#
# The first two are callbacks, for any `BetaVAE`. (Bowman and others let beta rise along a curve like an S.) Two epochs
# of annealing come in as a control: is any schedule enough?

# %%
schedules = {
    "linear annealing": ae.callbacks.LinearBeta(0, 1, EPOCHS // 2),
    "cyclical annealing": ae.callbacks.CyclicalBeta(4, ramp=0.5),
    "annealing over 2 epochs": ae.callbacks.LinearBeta(0, 1, 2),
}
for schedule in schedules.values():
    schedule.set_params({"epochs": EPOCHS})  # fit does this
betas = {name: [schedule.beta_at(epoch) for epoch in range(EPOCHS)] for name, schedule in schedules.items()}
ax = plot_curves(betas, ylabel="beta", title="What the KL is multiplied by", ax=plt.subplots(figsize=(8, 3.2))[1])
ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
show(
    ax,
    alt="Linear: from 0 to 1 in 20 epochs. Cyclical: four times from 0 to 1 in 5. The control: 0, 0.5, then 1.",
)

# %% [markdown]
# `skips=True` is an option of the decoder. Free bits need a closer look, for everything hangs on the order of a mean, a
# maximum and a sum (Eq. 15 of Kingma et al. 2016; in the paper j may be a group of latents):
#
# $$ \sum_j \max\Bigl(\lambda,\; \mathrm{mean}_x\, \mathrm{KL}\bigl(q(z_j|x)\,\|\,p(z_j)\bigr)\Bigr) $$
#
# The mean over the batch, the maximum for **each latent**, then the sum. Below $\lambda$ the KL does not draw a latent
# to the prior. With the maximum *after* the sum, one latent may use up what was meant for all. By hand, by
# `ae.FreeBitsVAE`, and the wrong way round:

# %% tags=["nbval-check-output"]
kl = np.array([[2.9, 0.05, 0.0], [3.1, 0.15, 0.0]], "float32")  # two images, three latents
by_hand = np.sum(np.maximum(0.5, kl.mean(axis=0)))
model = ae.FreeBitsVAE(ae.networks.dense_encoder(SHAPE, 2 * 3), ae.networks.dense_decoder(3, SHAPE), free_bits=0.5)
print(f"by hand {by_hand:.2f}, FreeBitsVAE {np.mean(model.regularizer(kl)):.2f}")
print(f"after the sum, with 3 * 0.5 free: {max(3 * 0.5, np.mean(kl.sum(axis=1))):.2f}, so nothing is free")

# %% [markdown]
# ## Who is cured?
#
# Each model below was trained for the same 40 epochs from three seeds, by `cures.py` beside this notebook. One row is
# trained here and now: another machine, other digits behind the point. A second control is in it: skips from *encoder*
# to decoder, common in networks for images.
#
# **Predict.** Which bring the active units back? Which have the better likelihood? We take the importance-weighted
# bound with 100 samples, on test images: a tighter bound on $\log p(x)$ than the ELBO. That matters here, since for a
# collapsed model (the decoder ignores z, and q is the prior) the ELBO *is* $\log p(x)$; elsewhere it usually lies
# below.

# %%
table = pd.read_csv("cures.csv")
cured, _ = train("free bits", x_train, seed=0)
live = row(cured, x_test)
stored = table[(table.model == "free bits") & (table.seed == 0)].iloc[0]
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(2)

# %%
order = list(MODELS)
mean, spread = (table.drop(columns="seed").groupby("model").agg(how).loc[order] for how in ("mean", "std"))
mean.round(2).astype(str) + " ± " + spread.round(2).astype(str)

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
for ax, column in ((left, "active_units"), (right, "iw_bound")):
    ax.plot(table[column], table.model, "o", color=COLOURS[0], alpha=0.6)  # one dot for each seed
    ax.plot(mean[column], order, "|", color=COLOURS[1], markersize=18, markeredgewidth=2)
    ax.axvline(mean.loc["no cure", column], color="grey", linewidth=0.8, linestyle=":")
left.set(xlabel=f"active units, of {LATENTS}", title="Who listens again?", xlim=(-1, LATENTS + 1))
right.set(xlabel="importance-weighted bound, nats per test image", title="Who models digits better?", xlim=(-19.4, -17))
below = f"mean {mean.loc['weakest: z alone', 'iw_bound']:.1f}, outside this figure"
right.annotate(below, (-19.35, "weakest: z alone"), va="center")
right.annotate("none: no p(x|z)", (-19.35, "encoder-decoder skips"), va="center")
left.invert_yaxis()
show(
    figure,
    alt="Free bits and skips from z: 16 units; linear annealing: 10, best bound; weaker decoders: bound far below.",
)

# %% [markdown]
# Dots: three seeds. Short line: their mean. Dotted: no cure. On the left, farther right is better, and on the right as
# well.
#
# - **Free bits and skips from z** bring all 16 units back from every seed, and the bound is better than without a cure
#   by 0.1 to 0.3 nats (each seed against the same seed).
# - **Linear annealing** has the best bound of all, with 9 to 11 units. More active units are not a better model.
# - **Cyclical annealing** brings 6 to 8 units back, and wins half a nat from one seed, 0.2 from another and none from
#   the third. That it beats the straight line cannot be seen here.
# - **A shorter way for z**, beside the same strong voice, does not collapse: 15 or 16 units. But together they say
#   0.4 nats. Active does not mean loud.
# - **A weaker decoder** costs more than any cure wins: 1.2 nats with 8 pixels back (and only 3 to 8 units return), over
#   3 with none.
#
# So the collapsed model is a *better* model of digits than the same VAE without the second voice, whose decoder sees z
# alone (four layers, 40 epochs). The code is what is broken.

# %% tags=["nbval-check-output"]
bound = table.pivot(index="seed", columns="model", values="iw_bound")
better = (bound.sub(bound["no cure"], axis=0) > 0).all()
alive = mean["active_units"] >= 10
print("10 units or more, and a better bound from every seed:")
print(", ".join(name for name in order if alive[name] and better[name]))

# %% [markdown]
# What does each unit win or cost? That depends on the ruler:

# %%
won = mean[["active_units", "iw_bound", "elbo"]] - mean.loc["no cure", ["active_units", "iw_bound", "elbo"]]
won = won.drop(["no cure", "encoder-decoder skips"]).rename(columns="{} won".format)
won["nats won per unit, by the bound"] = won["iw_bound won"] / won["active_units won"]
won["nats won per unit, by the ELBO"] = won["elbo won"] / won["active_units won"]
won.round(3)

# %% [markdown]
# By the ELBO, free bits are *worse* than no cure, by 0.29 nats; by the tighter bound they are better by 0.24.
# Whoever chooses between these two by the ELBO takes the collapsed one, for there the bound has no gap. Only the weaker
# decoders pay for their units by both rulers.
#
# And what does one get? The letter. A linear classifier learns the class from one z, as the decoder gets it:

# %%
from sklearn.linear_model import LogisticRegression

labels = ae.data.load("digits")


def accuracy(code):
    classifier = LogisticRegression(max_iter=2000).fit(code(x_train), labels.y_train)
    return classifier.score(code(x_test), labels.y_test)


def letter_of(model):
    seed = ae.distributions.next_seed(0)
    return lambda x: keras.ops.convert_to_numpy(model.posterior(x).sample(seed=seed))


# %%
known = {
    "z, no cure": accuracy(letter_of(collapsed)),
    "z, free bits": accuracy(letter_of(cured)),
    "pixels": accuracy(lambda x: x.reshape(len(x), -1)),
}
show(
    plot_bars(known, xlabel="test accuracy of a linear classifier (ten classes)", title="What z knows of the class"),
    alt="Accuracy from the collapsed code is that of guessing; from the code with free bits several times that.",
)

# %%
returned = {
    name: keras.ops.convert_to_numpy(model.reconstruct(x_test[:8]))
    for name, model in {"no cure": collapsed, "free bits": cured}.items()
}
show(
    plot_image_rows({"digit": x_test[:8], **returned}),
    alt="Eight digits; without a cure the same grey 0 each time; with free bits different images, some of them right.",
)

# %% [markdown]
# Chance is 0.10. One z of the cured model names over a quarter of the digits, far fewer than pixels do, and its images
# are right for some digits and wrong for others. Naming every one of ten classes takes $\ln 10 = 2.3$ nats. The whole
# letter holds at most 1.7, and only a part of them is about the class. The pixels before still tell the decoder the
# rest.

# %% [markdown]
# ## The dial
#
# How many nats should be free? One training for each amount, judged on *validation* images, since we are choosing. Drag
# the control; the second figure shows all of it at once.

# %%
from ipywidgets import SelectionSlider, interact

dial = pd.read_csv("dial.csv")


def show_latents(free_bits):
    line = dial[dial.free_bits == free_bits].iloc[0]
    _, ax = plt.subplots(figsize=(6, 2.6))
    ax.bar(range(1, LATENTS + 1), line[[f"kl_{j}" for j in range(LATENTS)]], color=COLOURS[0])
    ax.axhline(free_bits, color=COLOURS[1], linestyle="--", linewidth=1, label="free")
    title = f"KL {line.kl:.2f} nats, {line.active_units:.0f} active, bound {line.iw_bound:.2f} nats"
    ax.set(xlabel="latent, sorted", ylabel="KL in nats", ylim=(0, 1.2), title=title)
    ax.legend(frameon=False)
    show(ax, alt=f"KL of each latent with {free_bits} nats free: {title}.")


_ = interact(show_latents, free_bits=SelectionSlider(options=list(dial.free_bits), value=0.1))

# %%
figure, axes = plt.subplots(1, 3, figsize=(11, 3.4))
bounds = {"elbo": "ELBO", "iw_bound": "100 samples", "iw_bound_1000": "1000 samples"}
panels = {"active units": ["active_units"], "cost of another's z, nats": ["shuffling_costs"], "nats per image": bounds}
for ax, (label, columns) in zip(axes, panels.items(), strict=True):
    for column, marker in zip(columns, "osd", strict=False):
        ax.plot(dial.kl, dial[column], marker + "-", label=bounds.get(column))
    ax.set(xlabel="KL in nats per image", ylabel=label)
axes[2].legend(frameon=False, title="bound on log p(x)")
figure.suptitle("From left to right: 0, 0.02, 0.05, 0.1, 0.2, 0.4 and 0.8 nats free for each latent")
figure.tight_layout()
show(
    figure,
    alt="All 16 units are active from 0.02 nats on; the cost of another's z grows with the KL; the ELBO falls from "
    "0.02 nats free on, the bound with 1000 samples rises to 0.2, is nearly as high at 0.4, and lower at 0.8.",
)

# %% [markdown]
# The smallest amount already wakes all 16 latents: counting them says nothing about how much is free. The nats do. The
# ELBO advises 0 or 0.02. The bound with 1000 samples is best at 0.2, but at 0.4 it is only 0.05 lower and still rising
# with the samples: one seed and this ruler cannot separate the two. The more is in z, the more samples the ruler needs.
# At 0.8 it says -18.7, 0.7 nats above the bound with 100; how much of that is the model and how much the ruler, we
# cannot tell from here.

# %% [markdown]
# ## Two things that are no cures
#
# **Annealing that ends too soon.** With two of forty epochs at a lower beta, the collapse is complete from two of three
# seeds; from the third, 5 units say 0.6 nats together. Here is the first of the three again:

# %%
_, short = train("annealing over 2 epochs", x_train, seed=0)
print("KL in epochs 1 to 5:", np.round(short["kl"][:5], 2), "and in the last:", np.round(short["kl"][-1], 2), "nats")
kl = {"annealing over 2 epochs": short["kl"], "no cure": history["kl"]}
ax = plot_curves(kl, ylabel="KL in nats per training image", title="Two epochs of letters", log=True)
ax.axvline(3, color="grey", linewidth=0.8, linestyle=":")
show(
    ax,
    alt="With annealing the KL begins at several nats, drops tenfold as beta gets to 1, then nears that of no cure.",
)

# %% [markdown]
# Dotted: the first epoch at beta 1. **Watch the KL after beta has arrived at 1.** If it goes on falling to nothing, the
# schedule was too short: here it went from 3.6 nats to 0.3, to 0.1, to 0.01.
#
# **Skips from the encoder to the decoder** hand it features of x that were never charged: a way around z.

# %%
bypass, _ = train("encoder-decoder skips", x_train, seed=0)
pd.Series(row(bypass, x_test), name="encoder-decoder skips").round(2).to_frame().T

# %% tags=["nbval-check-output"]
report = ae.diagnostics.collapse_report(bypass, x_test)
print("reconstruction below 2 nats:", report.reconstruction < 2)
print("active units:", report.active_units)
print("shuffling z costs less than 0.1 nats:", report.reconstruction_shuffled - report.reconstruction < 0.1)
try:
    ae.AutoregressiveVAE(bypass.encoder, bypass.decoder)
except ValueError as error:
    print("\nas an AutoregressiveVAE:", error)

# %% [markdown]
# An ELBO of -0.9, where the best of the others has -17.4! It is the identity mapping of lesson 2 again. The decoder has
# seen the image that it is to predict, so what it reports is no $p(x|z)$, and the "ELBO" bounds nothing. z is as dead
# as before. Skips belong *from z* to the decoder. (In a denoiser, whose input is damaged, a way around the code does no
# harm: lesson 4.) The library refuses such a decoder where it claims to draw pixel by pixel.

# %% [markdown]
# ## What we saw
#
# - A collapse makes no noise. The loss falls, the samples look like digits, the ELBO is about as good as that of the
#   cured. KL per latent, active units and shuffled z show it at once.
# - It took a decoder that does well without z *and* a long way for z.
# - Free bits and skips from z brought back every latent; annealing brought back fewer, and as much likelihood or more.
#   A weaker decoder was the expensive cure.
# - Short annealing mostly fails. Encoder-decoder skips did from every seed, with numbers too good to be true.
#
# **To remember.** Log both terms. Shuffle z before you trust a code. Judge a cure by a tight bound, not by the ELBO.
# And ask first whether you want the code at all.
#
# **Where it breaks.** Small images, one network, one strength of each cure, 40 epochs, three seeds. The order of the
# cures may change elsewhere; the three questions to ask stay the same. An idle latent can also be right: exercise 11.1
# has a model that gives up latents because that is best.
#
# **Sources.** S. Bowman and others 2016, *Generating sentences from a continuous space* (collapse, annealing, weaker
# decoders; section 3.1). X. Chen and others 2017, *Variational lossy autoencoder* (why a strong decoder ignores z,
# section 2). Y. Burda, R. Grosse and R. Salakhutdinov 2016, *Importance weighted autoencoders* (active units, the
# bound; section 5.2). D. Kingma and others 2016, *Improved variational inference with inverse autoregressive flow*
# (free bits, Eq. 15). H. Fu and others 2019, *Cyclical annealing schedule*. A. Dieng and others 2019, *Avoiding latent
# variable collapse with generative skip models*. I. Gulrajani and others 2017, *PixelVAE* (autoregressive decoders). J.
# Lucas and others 2019, *Don't blame the ELBO!* (collapse as the optimum of a linear VAE). E. Alpaydin and C. Kaynak
# 1998, *Optical recognition of handwritten digits* (UCI; the images).
