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
# # Lesson 2. How narrow?
#
# **After this lesson you can** choose the size of a code from a sweep on validation data; say when PCA is the better
# model, and why; unmask an autoencoder that has only learnt to copy; and compare remedies fairly, over a range of
# strengths.
#
# **You need** lesson 1.
#
# **Time** about 35 minutes to read; about a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence) and scikit-learn's handwritten digits (UCI, CC BY 4.0). Neither
# needs a download.

# %% [markdown]
# ## A number that somebody has to choose
#
# Lesson 1 squeezed each image into eight numbers. Why eight? A larger code can do whatever a smaller one does, so the
# training error always votes for more. But a code is *for* something: to be stored, searched or compared. There, each
# number must pay for itself.
#
# We look for the size where one more number stops paying, on **validation** data: the training error is blind to
# memorising, and test images that helped to choose can no longer judge.

# %%
# Work in this lesson's folder, where its script and table are, wherever your editor started the notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("02_bottleneck")

# %%
from math import ceil

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, plot_bars, plot_curves, plot_image_rows, show

keras.utils.set_random_seed(0)
clothes = ae.data.load("fashion_mnist")
dims = [1, 2, 4, 8, 16, 32, 64]


# %%
def build(dim, epochs=8, batch_size=128, hidden=(256, 128), last="sigmoid"):
    keras.utils.set_random_seed(0)
    model = ae.Autoencoder(
        ae.networks.dense_encoder((28, 28, 1), dim, hidden, activation="silu"),
        ae.networks.dense_decoder(dim, (28, 28, 1), hidden[::-1], activation="silu", output_activation=last),
    )
    steps = epochs * ceil(len(clothes.x_train) / batch_size)
    rate = keras.optimizers.schedules.CosineDecay(4e-3, steps)
    model.compile(keras.optimizers.Adam(rate), "mse")
    return model


# %% [markdown]
# **Predict.** We train this network with codes of 1, 2, 4, ..., 64 numbers, and fit PCA at the same sizes. Sketch both
# curves of validation error. Where do they bend? Do they cross?

# %%
sweep = ae.diagnostics.bottleneck_sweep(build, dims, clothes, epochs=8, batch_size=128)
pca = ae.diagnostics.pca_baseline(clothes, dims)
table = sweep.table.merge(pca, on="dim", suffixes=(" network", " PCA")).drop(columns="test_mse").set_index("dim")
network_at, pca_at = table["val_mse network"], table["val_mse PCA"]
table.round(4)

# %%
curves = {"autoencoder": network_at, "PCA": pca_at}
ax = plot_curves(curves, x=dims, xlabel="numbers in the code", ylabel="validation MSE per pixel", markers=True)
ax.set_xscale("log", base=2)
ax.set_xticks(dims, dims)
ends = [dims[0], dims[-1]]
ax.plot(ends, network_at[ends], color="grey", linewidth=1)
on_line = np.interp(np.log(sweep.knee), np.log(ends), network_at[ends])
ax.plot([sweep.knee] * 2, [network_at[sweep.knee], on_line], color="black", linewidth=1, linestyle=":")
ax.annotate(
    f"knee: {sweep.knee}", (sweep.knee, network_at[sweep.knee]), (0, -16), textcoords="offset points", ha="center"
)
ax.set(ylim=(0, 0.07), title="More numbers help less and less, and PCA catches up")
alt = "Validation error by code size: the autoencoder's falls fast, then flattens; PCA's crosses it before 64. A line "
show(ax, alt=alt + "joins the ends of the autoencoder's curve, which is farthest below it at the knee.")

# %% [markdown]
# The network's curve falls steeply, then flattens. The **knee** is the point farthest below the straight line between
# the curve's ends (grey), with the sizes on a logarithmic axis. It is a rough rule: doubling the code once more still
# saves a fifth of the error, and the knee moves with the sizes tried and with the training.
#
# And the curves cross. With a few numbers the network is far ahead; with 64, PCA wins.

# %% tags=["nbval-check-output"]
print("at 4 numbers the network has at least a third less error:", network_at[4] < 0.67 * pca_at[4])
print("at 64 numbers PCA has less error:", pca_at[64] < network_at[64])
at_64 = table.loc[64]
print("its training error at 64 is above PCA's, too:", at_64["train_mse network"] > at_64["train_mse PCA"])
print("the knee is at 4 or 8 numbers:", sweep.knee in (4, 8))
saved = 1 - network_at[2 * sweep.knee] / network_at[sweep.knee]
print("doubling the code at the knee still saves more than a tenth of the error:", saved > 0.1)

# %% [markdown]
# Why does PCA win at 64? Not because the network memorises: its *training* error would then be small, and it is larger
# than PCA's. But PCA is computed exactly, while the network gets only eight epochs of gradient descent. If that is why,
# a *linear* autoencoder trained in the same way must fall behind PCA as well, although its best solution *is* PCA. And
# more epochs must help both.


# %%
def val_error(model, epochs):
    model.fit(clothes.x_train, clothes.x_train, epochs=epochs, batch_size=128, verbose=0)
    return ae.diagnostics.mean_squared_error(clothes.x_val, model.reconstruct(clothes.x_val))


errors = {
    "PCA": pca_at[64],
    "network, 8 epochs": network_at[64],
    "linear autoencoder,\n8 epochs": val_error(build(64, hidden=(), last=None), 8),
    "linear autoencoder,\n60 epochs": val_error(build(64, 60, hidden=(), last=None), 60),
    "network, 60 epochs": val_error(patient := build(64, 60), 60),
}

# %%
ax = plot_bars(errors, xlabel="validation MSE per pixel", title="A code of 64 numbers")
show(
    ax,
    alt="Bars of validation error: PCA is ahead of both autoencoders after 8 epochs. After 60 the linear one has "
    "caught up with it, and the network is ahead.",
)
training = ae.diagnostics.mean_squared_error(clothes.x_train, patient.reconstruct(clothes.x_train))
print(f"network, 60 epochs: training MSE {training:.4f}, validation MSE {errors['network, 60 epochs']:.4f}")

# %% tags=["nbval-check-output"]
linear_8, linear_60 = (errors[f"linear autoencoder,\n{epochs} epochs"] for epochs in (8, 60))
print("after 8 epochs a linear autoencoder is behind PCA as well:", linear_8 > 1.2 * errors["PCA"])
print("after 60 it is within 5 % of PCA:", linear_60 < 1.05 * errors["PCA"])
print("with 60 epochs the network is ahead of PCA:", errors["network, 60 epochs"] < errors["PCA"])

# %% [markdown]
# It was the short training: after 8 epochs the network underfits. After 60 it wins, although it then overfits: its
# training error is well below its validation error. Where the curves cross depends on the training. **At each size,
# print PCA beside the network. It may be all you need.**

# %% [markdown]
# **Part two begins here**, a good place for a break. So far:
#
# - A larger code helps, but less and less. The knee of the validation curve says roughly where to stop.
# - At 64 numbers PCA won because eight epochs were too few, not because the network memorised.
# - Every code so far was *narrower* than the image. Now it gets wider.
# %% [markdown]
# ## The other direction: a code with room for everything
#
# An autoencoder whose code is *wider* than its input is **overcomplete**. Without a bottleneck it need not find out
# what matters: copying each pixel, the **identity mapping**, solves the task. Its loss is excellent, so the loss cannot
# reveal it.
#
# To compare many models we turn to small images: handwritten digits of 8 x 8 pixels, 1078 of them for training. The
# first suspect is linear, with a code of 256 numbers. The script `cures.py` beside this notebook builds and trains the
# models; `train(make, data, seed)` returns one after 40 epochs.

# %%
from cures import CODE, MODELS, REMEDIES, narrow, probe, row, train

digits = ae.data.load("digits")
copier = train(MODELS["linear"], digits, seed=0)
error = ae.diagnostics.mean_squared_error(digits.x_test, copier.reconstruct(digits.x_test))
pca_8 = ae.diagnostics.pca_baseline(digits, [8])["test_mse"][0]
print(f"test MSE {error:.6f}; PCA with 8 numbers: {pca_8:.4f}, about {pca_8 / error:.0f} times as much")

# %% [markdown]
# That is on *test* digits: nothing is memorised, and nothing seems wrong.
#
# **Predict.** You may feed the model anything you like. Which input would show whether it knows digits or merely
# copies?

# %%
low, high = digits.x_train.min(axis=0), digits.x_train.max(axis=0)  # the values that each pixel takes
noise = np.random.default_rng(0).uniform(low, high, (3, 8, 8, 1)).astype("float32")
inputs = np.concatenate([digits.x_test[:3], digits.x_test[:3, ::-1], noise])
titles = ["digit"] * 3 + ["upside\ndown"] * 3 + ["noise"] * 3
eight = train(lambda: narrow(8), digits, seed=0)  # hidden layers of 256, code of 8
rows = {"input": inputs}
for name, model in {"wide, linear": copier, "8 numbers": eight}.items():
    rows[name] = keras.ops.convert_to_numpy(model.reconstruct(inputs))
show(
    plot_image_rows(rows, titles),
    alt="Digits, digits upside down and noise: the wide model returns all of them; the narrow one returns digits, "
    "returns upside-down digits less well, and does not return the noise.",
)

# %% [markdown]
# The wide model returns whatever it is given; the narrow one turns noise into something else. (The noise stays within
# each pixel's range in training.) `identity_mapping` measures how much of each input comes back:

# %%
reports = {name: ae.diagnostics.identity_mapping(model, digits) for name, model in (("wide", copier), ("8", eight))}
# Left out: test digits with their pixels shuffled, of which the narrow model returns even less than of noise.
pd.DataFrame({name: report.table["explained"] for name, report in reports.items()}).drop("pixels shuffled").round(2)

# %% tags=["nbval-check-output"]
print("the wide linear model copies noise:", reports["wide"].copies_noise)
print("the narrow model copies noise:", reports["8"].copies_noise)

# %% [markdown]
# These are shares of the input's variance, 1 - error / variance: 1 is a perfect copy, 0 no better than one fixed
# image, the inputs' mean, and below 0 worse than that. The narrow model returns about 0.8 of the digits and half of
# the upside-down digits, in which much the same pixels vary together; for noise, its output is worse than a fixed
# image. (Its hidden layers, which the copier lacks, are not the reason: with them and a code of 256 numbers, 0.93 of
# the noise comes back; see "no remedy" below.)
#
# So noise decides: **a model that returns more than half of pure noise has learnt to copy.** (Half is a convention: as
# a narrow code is widened, the share grows step by step.)
#
# Is a copier's code useless? We train a linear classifier to read the digit from it, and another from the pixels.

# %%
read = {"pixels": lambda x: x.reshape(len(x), -1), "code": lambda x: keras.ops.convert_to_numpy(copier.encode(x))}
for labels in (20, 100, 1000):
    accuracy = [f"{probe(code, digits, labels):.2f} from the {name}" for name, code in read.items()]
    print(f"{labels:4} labels: test accuracy", ", ".join(accuracy))

# %% [markdown]
# Not useless, then, but *pointless*: the pixels over again, in four times the space.

# %% [markdown]
# ## What keeps it from copying
#
# Each remedy is meant to make copying impossible or not worthwhile, and all but the last have a dial:
#
# | remedy | how it works | dial | lesson |
# |---|---|---|---|
# | weight decay | adds the sum of all squared weights to the loss | its factor | |
# | dropout on the code | sets a random set of the code's numbers to 0 in each training step | their share | |
# | noise on the input | adds noise to each pixel in training; the target stays clean | its standard deviation | 4 |
# | sparsity, L1 | adds the sum of the code's absolute values to the loss | its factor | 5 |
# | sparsity, TopK | sets all but the $k$ largest numbers of each code to 0 | $k$ | 5 |
# | stopping early | digits are learnt before noise | the number of epochs | |
# | narrower code | leaves no room | its size | this one |
# | tied weights | the decoder uses the encoder's matrices, transposed | none | |
#
# In code, most take one line. Here is input noise with standard deviation 0.3, for pixels between 0 and 1:

# %%
keras.utils.set_random_seed(0)
denoiser = ae.DenoisingAutoencoder(
    ae.networks.dense_encoder((8, 8, 1), CODE, hidden=(256,)),
    ae.networks.dense_decoder(CODE, (8, 8, 1), hidden=(256,)),
    ae.corruption.GaussianNoise(0.3),  # in training only
)
denoiser.compile(keras.optimizers.Adam(2e-3), "mse")
_ = denoiser.fit(digits.x_train, digits.x_train, epochs=40, batch_size=64, verbose=0)

# %% [markdown]
# If each remedy is tried at *one* strength, the largest dose looks like the best medicine. So `cures.py` has trained
# each at five strengths, with three seeds each. The model above is one row of the table:

# %%
cures = pd.read_csv("cures.csv")
stored = cures[(cures.remedy == "noise on the input") & (cures.strength == 0.3) & (cures.seed == 0)].iloc[0]
live = row(denoiser, digits, seed=0)
shares = ["test data", "noise", "upside down"]
pd.DataFrame({"trained now": live, "stored": stored}).loc[shares].astype(float).round(3)

# %% [markdown]
# **Predict.** In the next figure each remedy is a curve, from weak to strong. Across: how much of the test digits comes
# back (more is better). Up: how much of the noise (less is better). Will the seven curves lie apart, or on top of each
# other?

# %%
limits = ["sparsity, TopK", "narrower code"]  # their strengths are written beside the points: k, numbers in the code
means = cures.groupby(["remedy", "strength"])[["test data", "noise"]].mean()


def plot_remedies(ax):
    for index, remedy in enumerate(REMEDIES):
        curve = means.loc[remedy].sort_values("noise")
        style = {"color": COLOURS[remedy in limits], "linestyle": "--" if remedy in limits else "-"}
        ax.plot(*curve.to_numpy().T, label=remedy, marker="osDv^PX"[index], linewidth=1, **style)
        left = remedy == limits[0]  # where there is room for them
        for strength, point in curve.iterrows() if remedy in limits else ():
            ax.annotate(f"{strength:.0f}", point, (-14 if left else 6, -9), textcoords="offset points", fontsize=7)


# %%
_, ax = plt.subplots(figsize=(7, 4.6))
plot_remedies(ax)
for name, marker in {"no remedy": "*", "tied weights": "s"}.items():
    at = cures[cures.remedy == name][["test data", "noise"]].mean()
    ax.plot(*at, color="black", marker=marker, fillstyle="none", markersize=9, linestyle="", label=name)
ax.axhline(0, color="grey", linewidth=0.8, linestyle=":")
title = "Seven remedies from weak (right) to strong (left), means of 3 seeds"
ax.set(xlabel="test digits: 1 - error / variance", ylabel="noise: 1 - error / variance", title=title)
ax.legend(frameon=False, loc="upper left", fontsize=8)
show(
    ax,
    alt="Noise against digits that come back: five remedies lie close together until the noise is at 0; TopK leaves "
    "them when it is strong, and a narrower code lies to the right of all at every strength.",
)

# %% [markdown]
# At the upper right are the copiers: no remedy, and tied weights.
#
# - **Tied weights stop nothing here**, although often listed as a remedy. In the linear case the image $x$ is a row of
#   64 numbers, its code is $xW$, and the tied decoder returns $xWW^\top$. With 64 rows and 256 columns, $W$ can have
#   rows of length 1 at right angles to each other. The products of its rows are the entries of $WW^\top$: 1 on the
#   diagonal, 0 elsewhere. So $xWW^\top = x$: tying halves the weights but forbids nothing. The linear case is checked
#   below; the square in the figure is the tied network with hidden layers, which copies nearly as well.
# - **Five remedies (blue) lie close together while the noise goes**: stopping early, weight decay, dropout, input
#   noise, L1. Turned up further, they part, and the digits go too.
# - **One lies clearly to their right**: a narrower code (orange), from 32 numbers down. TopK, the other hard limit,
#   comes near it only when strong: at $k = 64$ and $32$ it is no better than dropout by this measure. (The numbers
#   beside the points are $k$ and the size of the code.)
#
# To say by how much, compare at *equal effect*, for example at 0 on the vertical axis, where noise comes back no better
# than as a fixed image. Does any of it still come back there? Our denoiser is not far from that point:

# %%
low, high = digits.x_test.min(axis=0), digits.x_test.max(axis=0)
noise = np.random.default_rng(0).uniform(low, high, (1000, 8, 8, 1)).astype("float32")
drawn = keras.ops.convert_to_numpy(denoiser.reconstruct(noise))


def share(inputs, drawn):
    return 1 - np.mean((inputs - drawn) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


print(f"the denoiser, as in the figure:  {share(noise, drawn):5.2f}")
print(f"its mean image put right:        {share(noise, drawn - drawn.mean(axis=0) + noise.mean(axis=0)):5.2f}")
print(f"drawing always the mean digit:   {share(noise, digits.x_train.mean(axis=0)):5.2f}")

# %% [markdown]
# It does. Two things are mixed: noise that comes back lowers the error; drawings that are too dark, as noise is
# brighter than digits, raise it. At 0 they cancel. With the mean put right, 0.39 comes back. So 0 is not the end of
# all copying, and we compare where each curve passes 0.5 and where it passes 0, interpolating between strengths. How
# much of the digits comes back there? And at 0, how much of the upside-down digits?


# %%
def where_noise_is(rows):
    rows = rows.sort_values("noise")
    kinds = {"digits, at 0.5": (0.5, "test data"), "digits, at 0": (0, "test data"), "upside down": (0, "upside down")}
    return {name: np.interp(noise, rows["noise"], rows[column]) for name, (noise, column) in kinds.items()}


by_seed = cures[cures.remedy.isin(REMEDIES)].groupby(["remedy", "seed"], sort=False)
left = pd.DataFrame([{"remedy": remedy, **where_noise_is(rows)} for (remedy, _), rows in by_seed])
left = left.groupby("remedy", sort=False).agg(["mean", "std"])
left.round(3)

# %% tags=["nbval-check-output"]
of_copiers = cures.groupby("remedy")[["upside down", "noise"]].mean()
print("the wide linear model returns upside-down digits:", of_copiers.loc["linear", "upside down"] > 0.99)
print("tying its weights stops nothing:", of_copiers.loc["linear, tied weights", "noise"] > 0.99)
for line in ("digits, at 0.5", "digits, at 0"):
    kept = left[line, "mean"]
    wins = kept["narrower code"] > kept.drop("narrower code").max()
    print(f"{line}: a narrower code keeps more than each of the others:", wins)
print("at least two thirds of upside-down digits still come back:", left["upside down", "mean"].min() > 2 / 3)

# %% [markdown]
# At 0, the five have lost 11 to 15 % of the digits' variance, TopK 9 %, and a code of about 24 numbers 7 %. The
# narrower code is ahead on both lines by more than the seeds differ. The others are harder to rank: at 0.5, TopK is
# level with dropout, and some of the five with each other; and the error of the mean, which 0.39 above corrects,
# differs between them.
#
# Even at 0, about three quarters or more of the *upside-down* digits come back. A model that refuses noise has learnt
# which pixels of digits vary together, not yet what a digit is.
#
# > **For graduate readers.** In a *linear* autoencoder a hard cut is cheapest. Along PCA's direction $i$ let digits
# > have variance $s_i$ and noise $n_i$, let the model return the factor $f_i$ of both, and let $g_i = (1 - f_i)^2$. The
# > digits lose $\sum_i s_i g_i$, the noise $\sum_i n_i g_i$. Both are linear in $g_i$, which lies in $[0, 1]$, so a
# > given amount of noise is lost most cheaply with $g_i = 1$ where $s_i / n_i$ is smallest, and $g_i = 0$ elsewhere.
# > That does not explain everything. Linear weight decay with factor $\lambda$ comes close to such a cut:
# > $f_i=\max(0,1-\lambda/s_i)$, with errors summed over pixels (Kunin et al. 2019). Yet at 0 our network with weight
# > decay is among the last.

# %% [markdown]
# ## What we saw
#
# - Every doubling of the code lowers the error. The knee is a rough rule for where to stop.
# - PCA beats a briefly trained network once the code is large. That network underfits; trained longer, it overtakes
#   PCA.
# - A wide autoencoder reaches a tiny test error by copying. The loss cannot tell; inputs unlike the data can. A
#   copier's code is the pixels over again.
# - Tied weights stop nothing. With every other remedy the noise goes first and the digits follow. A narrower code costs
#   the digits least; the order of the others depends on where one compares.
#
# **To remember.** Choose on validation data. Before trusting a low error, feed the model something it should fail on.
# Compare remedies over a range of strengths.
#
# **Where it breaks.** The knee moves with the sizes tried and with the training. Remedies were compared on small
# digits, with one network and at most 40 epochs, and only for how well they stop copying. What makes a code good *for*
# something is the subject of lessons 4 to 6.
#
# **Sources.** V. Satopaa, J. Albrecht, D. Irwin and B. Raghavan 2011, *Finding a "kneedle" in a haystack* (the knee).
# P. Vincent and others 2010, *Stacked denoising autoencoders* (corruption against the identity, sections 2 and 3, and
# tied weights). I. Goodfellow, Y. Bengio and A. Courville 2016, *Deep Learning*, chapter 14 (undercomplete and
# overcomplete autoencoders). D. Kunin, J. Bloom, A. Goeva and C. Seed 2019, *Loss landscapes of regularized linear
# autoencoders*. E. Alpaydin and C. Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the images).
#
# <!-- Confirmed against the text: Goodfellow et al., chapter 14; from its abstract, Kunin et al.; the factors
# 1 - lambda / s_i were also computed on digits. On trust: Satopaa et al.; Vincent et al. and its sections; Alpaydin and
# Kaynak. -->
