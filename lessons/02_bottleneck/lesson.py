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
# model, and why; unmask an autoencoder that has only learnt to copy; and compare remedies fairly, each along its own
# strengths.
#
# **You need** lesson 1.
#
# **Time** about 40 minutes to read; about a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence) and scikit-learn's handwritten digits (UCI, CC BY 4.0), both
# without a download.

# %% [markdown]
# ## A number that somebody has to choose
#
# Lesson 1 squeezed each image into eight numbers, and nobody asked why eight. A larger code can do whatever a smaller
# one does, so the training error alone will always vote for more. So why use fewer? A code is *for* something:
# to be stored, searched, compared, drawn from. There, a number that does not pay for itself is a burden.
#
# So we look for the place where one more number stops paying. That is a choice, and choices are made on **validation**
# data: the training error is blind to memorising, and test images that helped to choose can no longer judge.

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
# **Predict.** We train this network with codes of 1, 2, 4, ... 64 numbers, and put PCA with as many numbers beside it.
# Draw the two curves of validation error on paper. Where do they bend? Do they cross?

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
# The network's curve falls steeply and then flattens. The **knee** is the point farthest below the straight line
# between the curve's ends (grey). It is measured on validation data, with the sizes on a logarithmic axis, as in this
# figure. (That its dotted line ends near PCA's point is chance.) It is a rule of thumb, and a rough one: doubling the
# code once more still saves a fifth of the error here. It depends on the sizes tried, and on the training: how flat the
# curve is to the right shows, as we are about to see, how short the training was.
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
# Why does PCA win at 64? Not because the network memorises: then its *training* error would be small, and it is larger
# than PCA's. But PCA is computed exactly, and the network has only eight epochs of gradient descent. If these are to
# blame, then a *linear* autoencoder trained in the same way must fall behind PCA as well, although at its best it *is*
# PCA. And more epochs must help both.


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
# It was the short training: after 8 epochs the network underfits. After 60 it wins, although by then it overfits, for
# its training error is well below its validation error. So where the two curves cross depends on how long the network
# is trained. PCA needs no training at all. **At each size, print PCA beside the network. It may be all you need.**

# %% [markdown]
# **Part two begins here**, a good place for a break. So far:
#
# - More numbers in the code always help, but less and less. The knee of the validation curve says roughly where to
#   stop.
# - At 64 numbers PCA beat the network, because eight epochs were too few, not because the network memorised.
# - Each size was chosen for a code *narrower* than the image. Now the code gets wider than the image.
#
# %% [markdown]
# ## The other direction: a code with room for everything
#
# What if the code is *wider* than the input? Such an autoencoder is **overcomplete**. The bottleneck is gone, and with
# it the reason to find out what matters: copying each pixel through solves the task. That is the **identity mapping**.
# Its loss is wonderful, so the loss cannot reveal it.
#
# We go to small images, where many models can be compared: handwritten digits of 8 x 8 pixels, 1078 of them for
# training. The first suspect: 64 pixels, 256 numbers in the code, both maps linear.

# The script `cures.py` beside this notebook builds and trains the models of this lesson; `train(make, data, seed)`
# returns one after 40 epochs.

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
# **Predict:** you may feed it anything you like. Which input would tell whether it knows digits or merely copies?

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
# The wide model returns whatever it is given: digits, digits upside down, noise. (The noise here stays within the range
# of each pixel; some border pixels are black in all or nearly all training images, and about those it has learnt
# nothing.) The narrow model makes something else of the noise. (It has hidden layers, and the copier has none. But with
# those layers and a code of 256 numbers, 0.93 of the noise still comes back: "no remedy" below.) How much of each input
# comes back? `identity_mapping` measures it:

# %%
reports = {name: ae.diagnostics.identity_mapping(model, digits) for name, model in (("wide", copier), ("8", eight))}
pd.DataFrame({name: report.table["explained"] for name, report in reports.items()}).drop("pixels shuffled").round(2)

# %% tags=["nbval-check-output"]
print("the wide linear model copies noise:", reports["wide"].copies_noise)
print("the narrow model copies noise:", reports["8"].copies_noise)

# %% [markdown]
# The numbers are shares of the input's variance: 1 is a perfect copy, 0 no better than a constant image, and below 0
# worse than that. The narrow model returns about 0.8 of the digits, half of the digits upside down, which are made of
# the same strokes, and what it draws of the noise is further from it than a constant grey would be. So the verdict
# rests on noise: **a model that returns more than half of pure noise lets through what is no digit: it has learnt to
# copy.** (The half is a convention. Widen a narrow code step by step, and the share grows step by step.)
#
# Is such a code useless? We let a linear classifier read the digit from it, and from the plain pixels, after a few
# labelled examples.

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
# | weight decay | a term in the loss: the sum of all squared weights | its factor | |
# | dropout on the code | in each training step, a new random set of the code's numbers is set to 0 | its share | |
# | noise on the input | each pixel gets random noise in training; the target stays clean | its standard deviation | 4 |
# | sparsity, L1 | a term in the loss: the sum of the code's absolute values | its factor | 5 |
# | sparsity, TopK | all but the $k$ largest numbers of each code are set to 0 | $k$ | 5 |
# | stopping early | digits are learnt before noise | the number of epochs | |
# | narrower code | no room | its size | this one |
# | tied weights | the decoder uses the encoder's matrices, transposed | none | |
#
# In code, most of them take one line. This is input noise with standard deviation 0.3, where pixels lie between 0 and
# 1. The code has 256 numbers for 64 pixels.

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
# How well does it work? If each remedy is tried at *one* strength, the largest dose looks like the best medicine. So
# the script `cures.py` beside this notebook has trained each at five strengths, from three seeds each, and stored what
# came back. The model above is one row of its table:

# %%
cures = pd.read_csv("cures.csv")
stored = cures[(cures.remedy == "noise on the input") & (cures.strength == 0.3) & (cures.seed == 0)].iloc[0]
live = row(denoiser, digits, seed=0)
shares = ["test data", "noise", "upside down"]
pd.DataFrame({"trained now": live, "stored": stored}).loc[shares].astype(float).round(3)

# %% [markdown]
# **Predict.** In the next figure each remedy is a curve, from weak to strong. Across: how much of the test digits comes
# back (more is better). Up: how much of the noise (less is better). Will the seven curves lie apart, or on each other?

# %%
limits = ["sparsity, TopK", "narrower code"]  # their strengths are written beside the points: k, numbers in the code
means = cures.groupby(["remedy", "strength"])[["test data", "noise"]].mean()


def plot_remedies(ax):
    for index, remedy in enumerate(REMEDIES):
        curve = means.loc[remedy].sort_values("noise")
        style = {"color": COLOURS[remedy in limits], "linestyle": "--" if remedy in limits else "-"}
        ax.plot(*curve.to_numpy().T, label=remedy, marker="osDv^PX"[index], linewidth=1, **style)
        for strength, point in curve.iterrows() if remedy in limits else ():
            ax.annotate(f"{strength:.0f}", point, (6, -9), textcoords="offset points", fontsize=7)


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
# Read it from the upper right, where the copiers are: no remedy, and tied weights.
#
# - **Tied weights stop nothing here**, although they are often listed as a remedy. Take two linear maps. A
#   matrix $W$ of 64 rows and 256 columns can have rows of length 1 at right angles to each other. Then $WW^\top$ is the
#   identity, and $xWW^\top = x$: with room to spare, tying halves the weights and forbids nothing. That is the linear
#   case, checked below; the square is the tied network with hidden layers, where it holds nearly as well.
# - **Five remedies lie close together while the noise goes** (blue): stopping early, weight decay, dropout, input
#   noise, L1. They part when they are turned up further, and the digits go as well.
# - **One lies clearly to their right** (orange): a narrower code, at every strength. TopK, the other hard limit, joins
#   it only when it is strong: at $k = 64$ and $32$ it is no better than dropout. (The numbers beside the orange points
#   are $k$ and the size of the code.)
#
# How much better is that? Compare at *equal effect*: where a drawing of noise is no better than a constant grey image
# (0 on the vertical axis). But does anything of the noise come back there? Our denoiser is not far from that point:

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
# It does: 0.39 of the noise, once its mean image is right. But noise is brighter than digits, and the error charges for
# a wrong mean as well; at 0 the two cancel. So 0 is not the end of all copying but one line among many, and we compare
# on two: where each curve passes 0.5, and where it passes 0. (We interpolate between the trained strengths.) How much
# of the digits comes back there, and, at 0, how much of the digits upside down?


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
# narrower code is ahead on both lines by more than the seeds differ. The others are not so well sorted: at 0.5 TopK is
# level with dropout, and some of the five are level with each other.
#
# The last column is sobering. Even at 0, about three quarters or more of the *upside-down* digits still come back. A
# model that refuses noise has learnt which strokes digits are made of, not yet what a digit is.
#
# > **For graduate readers.** In a *linear* autoencoder a hard cut is the cheapest. Along PCA's direction $i$ let digits
# > have variance $s_i$ and noise $n_i$, let the model return the factor $f_i$ of both, and let $g_i = (1 - f_i)^2$. The
# > digits lose $\sum_i s_i g_i$, the noise loses $\sum_i n_i g_i$. Both are linear in $g_i$, which lies in $[0, 1]$, so
# > a given amount of noise is lost most cheaply with $g_i = 1$ where $s_i / n_i$ is smallest, and $g_i = 0$ elsewhere.
# > That is no explanation of the whole figure: linear weight decay, $f_i = \max(0, 1 - \lambda / s_i)$ with errors
# > summed over pixels (Kunin et al. 2019), comes close to such a cut, and yet our network with weight decay is among
# > the last.

# %% [markdown]
# ## What we saw
#
# - The error falls with every number added. The knee of the validation curve says where it bends most: a rough rule.
# - PCA beats a briefly trained network once the code is wide. That network underfits; a longer training overtakes PCA.
# - A wide autoencoder reaches a tiny test error by copying. The loss cannot tell; inputs unlike the data can.
# - With every remedy but tied weights, which stop nothing, the noise goes first and digits follow. A narrower code
#   costs least of the digits. The other six lie close together, and their order depends on where one compares.
# - A copier's code is the pixels over again, in more numbers.
#
# **To remember.** Choose on validation data. Before trusting a low error, feed the model something it should fail on.
# Compare remedies along their strengths.
#
# **Where it breaks.** The knee moves with the sizes tried and with the training budget. Remedies were compared on small
# digits, with one network and 40 epochs, and for one purpose, to stop copying. What makes a code good *for* something
# is the subject of lessons 4 to 6.
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
