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
# **Time** about 45 minutes to read; about a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence) and scikit-learn's handwritten digits (UCI, CC BY 4.0), both
# without a download.

# %% [markdown]
# ## A number that somebody has to choose
#
# Lesson 1 squeezed each image into eight numbers, and nobody asked why eight. A larger code can do whatever a smaller
# one does, so the training error alone will always vote for more. What is there to say for less? A code is wanted *for*
# something: to be stored, searched, compared, drawn from. A number that does not pay for itself is a burden there.
#
# So we look for the place where one more number stops paying. That is a choice, and choices are made on **validation**
# data: the training error is blind to memorising, and test images that helped to choose can no longer judge.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("02_bottleneck")

# %%
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
    steps = epochs * -(-len(clothes.x_train) // batch_size)
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
# between the curve's ends (grey), in this figure: on validation data, with the sizes on a logarithmic axis. It is a
# rule of thumb, and depends on the sizes tried. Read it as "from here on, doubling the code buys little".
#
# And the curves cross. With a few numbers the network is far ahead; with 64, PCA wins.

# %% tags=["nbval-check-output"]
print("at 4 numbers the network has at least a third less error:", network_at[4] < 0.67 * pca_at[4])
print("at 64 numbers PCA has less error:", pca_at[64] < network_at[64])
at_64 = table.loc[64]
print("its training error at 64 is above PCA's, too:", at_64["train_mse network"] > at_64["train_mse PCA"])
print("the knee is at 4 or 8 numbers:", sweep.knee in (4, 8))

# %% [markdown]
# Why does PCA win at 64? Not because the network memorises: then its *training* error would be small, and it is larger
# than PCA's. But PCA is computed exactly, and the network has only eight epochs of gradient descent. If these are to
# blame, then a *linear* autoencoder, trained in the same way, must fall behind just as far, although the best that it
# could become is PCA. And patience must help.


# %%
def val_error(model, epochs):
    model.fit(clothes.x_train, clothes.x_train, epochs=epochs, batch_size=128, verbose=0)
    return ae.diagnostics.mean_squared_error(clothes.x_val, model.reconstruct(clothes.x_val))


patient = build(64, epochs=60)
errors = {
    "PCA": pca_at[64],
    "network, 8 epochs": network_at[64],
    "linear autoencoder,\n8 epochs": val_error(build(64, hidden=(), last=None), 8),
    "network, 60 epochs": val_error(patient, 60),
}
ax = plot_bars(errors, xlabel="validation MSE per pixel", title="A code of 64 numbers")
show(ax, alt="Bars of validation error: PCA is ahead of both autoencoders after 8 epochs, not of the network after 60.")

# %% tags=["nbval-check-output"]
print("a linear autoencoder falls behind as well:", errors["linear autoencoder,\n8 epochs"] > 1.2 * errors["PCA"])
print("with 60 epochs the network is ahead of PCA:", errors["network, 60 epochs"] < errors["PCA"])

# %%
from sklearn.decomposition import PCA

two = build(2)
_ = two.fit(clothes.x_train, clothes.x_train, epochs=8, batch_size=128, verbose=0)
components = PCA(64, random_state=0).fit(clothes.x_train.reshape(-1, 784))
some = clothes.x_val[5:805:80]
drawings = {
    "original": some,
    "network, 2": keras.ops.convert_to_numpy(two.reconstruct(some)),
    "network, 64": keras.ops.convert_to_numpy(patient.reconstruct(some)),
    "PCA, 64": components.inverse_transform(components.transform(some.reshape(-1, 784))).reshape(some.shape),
}
show(
    plot_image_rows(drawings),
    alt="Ten garments drawn from 2 numbers, mere types, and from 64 by the network and by PCA.",
)

# %% [markdown]
# Both tests agree: it was the brief descent. Where the curves of the first figure cross depends on the patience spent
# on the network. With two numbers it draws types; with 64, after 60 epochs, it draws what PCA draws, but for PCA's
# faint haze. PCA needs no training at all. **At each size, print PCA beside the network. It may be all you need.**

# %% [markdown]
# ## The other direction: a code with room for everything
#
# What if the code is *wider* than the input? Such an autoencoder is **overcomplete**. The bottleneck is gone, and with
# it the reason to find out what matters: copying each pixel through solves the task. That is the **identity mapping**.
# Its loss is wonderful, so the loss cannot reveal it.
#
# We go to small images, where many models can be compared: handwritten digits of 8 x 8 pixels, 1078 of them for
# training. The first suspect: 64 pixels, 256 numbers in the code, both maps linear.

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
eight = train(lambda: narrow(8), digits, seed=0)  # the same hidden layers, but a code of 8 numbers
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
# of each pixel; some border pixels are black in every training image, and about those it never learnt anything.) The
# narrow model makes something else of the noise. How much of each input comes back? `identity_mapping` measures it:

# %%
reports = {name: ae.diagnostics.identity_mapping(model, digits) for name, model in (("wide", copier), ("8", eight))}
pd.DataFrame({name: report.table["explained"] for name, report in reports.items()}).round(2)

# %% tags=["nbval-check-output"]
print("the wide linear model copies noise:", reports["wide"].copies_noise)
print("the narrow model copies noise:", reports["8"].copies_noise)

# %% [markdown]
# The numbers are shares of the input's variance: 1 is a perfect copy, 0 no better than a constant image, and below 0
# worse than that. The narrow model returns about 0.8 of the digits, half of the digits upside down, which are made of
# the same strokes, and less than nothing of the noise. *Pixels shuffled* are test digits whose pixels have changed
# places, in one order for all. That moves ink to pixels that were black in all of the training, where even the copier
# does badly. So the verdict rests on noise: **a model that returns more than half of pure noise has learnt to copy.**
#
# ## Is such a code useless?
#
# One often reads so. We measure: a linear classifier sees the codes of a few labelled digits. Its rival gets the plain
# pixels.

# %%
codes = {
    "pixels": lambda x: x.reshape(len(x), -1),
    "code of the wide linear model": lambda x: keras.ops.convert_to_numpy(copier.encode(x)),
    "code of 8 numbers": lambda x: keras.ops.convert_to_numpy(eight.encode(x)),
}
accuracy = {
    f"{labels} labels": {name: probe(z, digits, labels) for name, z in codes.items()} for labels in (20, 100, 1000)
}
pd.DataFrame(accuracy).round(2)

# %% [markdown]
# Not useless: *pointless*. There are 360 test digits, so differences of 0.03 mean little. The copier's code is as good
# as the pixels, of which it is a copy in four times the space. The narrow code does as well with an eighth of the
# numbers while labels are few; with a thousand, what it has lost is missed.

# %% [markdown]
# ## What keeps it from copying
#
# Each remedy makes copying impossible or not worth while, and all but the last have a dial:
#
# | remedy | how it works | dial | lesson |
# |---|---|---|---|
# | weight decay | a term in the loss: the sum of all squared weights | its factor | |
# | dropout on the code | in each training step, other numbers of the code are set to 0 | their share | |
# | noise on the input | each pixel gets random noise in training; the target stays clean | its standard deviation | 4 |
# | sparsity, L1 | a term in the loss: the sum of the code's absolute values | its factor | 5 |
# | sparsity, TopK | all but the $k$ largest numbers of each code are set to 0 | $k$ | 5 |
# | stopping early | digits are learnt before noise | the number of epochs | |
# | narrower code | no room | its size | this one |
# | tied weights | the decoder uses the encoder's matrices, transposed | none | |
#
# In code, most of them are a line. This is input noise with standard deviation 0.3, where pixels lie between 0 and 1.
# The code has 256 numbers for 64 pixels.

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
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(3)

# %% [markdown]
# **Predict.** In the next figure each remedy is a curve, from weak to strong. Across: how much of the test digits comes
# back (more is better). Up: how much of the noise (less is better). Will the seven curves lie apart, or on each other?

# %%
limits = ["sparsity, TopK", "narrower code"]
_, ax = plt.subplots(figsize=(7, 4.6))
for index, remedy in enumerate(REMEDIES):
    curve = cures[cures.remedy == remedy].groupby("strength")[["test data", "noise"]].mean().sort_values("noise")
    style = {"color": COLOURS[remedy in limits], "linestyle": "--" if remedy in limits else "-"}
    ax.plot(*curve.to_numpy().T, label=remedy, marker="osDv^PX"[index], linewidth=1, **style)
for name, marker in {"no remedy": "*", "tied weights": "s"}.items():
    at = cures[cures.remedy == name][["test data", "noise"]].mean()
    ax.plot(*at, color="black", marker=marker, fillstyle="none", markersize=9, linestyle="", label=name)
ax.axhline(0, color="grey", linewidth=0.8, linestyle=":")
ax.set(xlabel="share of digits' variance that comes back", ylabel="share of noise's variance that comes back")
ax.set_title("Seven remedies from weak (right) to strong (left), means of 3 seeds")
ax.legend(frameon=False, loc="upper left", fontsize=8)
show(ax, alt="Noise against digits that come back: five remedies share about one curve; two lie lower, to its right.")

# %% [markdown]
# Read it from the upper right, where the copiers are: no remedy, and tied weights.
#
# - **Tied weights stop nothing here**, although they stand in every list of remedies. A matrix $W$ of 64 rows and 256
#   columns can have rows of length 1 at right angles to each other. Then $WW^\top$ is the identity, and $xWW^\top = x$:
#   with room to spare, tying halves the weights and forbids nothing.
# - **Five remedies share about one curve** (blue): stopping early, weight decay, dropout, input noise, L1. Turn any of
#   them up, and first the noise goes, then the digits follow. At one strength each, the answer to "which works best?"
#   would be the strength.
# - **Two lie to its right** (orange), the more so the stronger they are: TopK and a narrower code, the two that set a
#   hard limit. (L1 and TopK are both called sparsity, and yet lie apart.)
#
# How much better is that? Compare at *equal effect*: at the strength at which noise just ceases to come back (0 on the
# vertical axis), how much of the digits still does, and of the digits upside down?


# %%
def at_no_noise(rows):
    rows = rows.sort_values("noise")
    kinds = {"digits": "test data", "upside down": "upside down"}
    return {name: np.interp(0, rows["noise"], rows[column]) for name, column in kinds.items()}


by_seed = cures[cures.remedy.isin(REMEDIES)].groupby(["remedy", "seed"], sort=False)
left = pd.DataFrame([{"remedy": remedy, **at_no_noise(rows)} for (remedy, _), rows in by_seed])
left = left.groupby("remedy", sort=False).agg(["mean", "std"])
left.round(3)

# %% tags=["nbval-check-output"]
means = cures.groupby("remedy")[["upside down", "noise"]].mean()
print("the wide linear model returns upside-down digits as well as digits:", means.loc["linear", "upside down"] > 0.99)
print("tying its weights stops nothing:", means.loc["linear, tied weights", "noise"] > 0.99)
digits_left, flipped_left = left["digits", "mean"], left["upside down", "mean"]
limits_win = digits_left[limits].min() > digits_left.drop(limits).max()
print("at equal effect, the two limits keep more of the digits than the five others:", limits_win)
print("at least two thirds of upside-down digits still come back:", flipped_left.min() > 2 / 3)

# %% [markdown]
# To be rid of the noise costs 11 to 15 % of the digits with the five, 9 % with TopK, and 7 % with a code of some 24
# numbers. The differences are small, but larger than those between seeds.
#
# The other column keeps everybody modest. When the noise is gone, about three quarters of the *upside-down* digits
# still come back, or more. A model that refuses noise has learnt which strokes digits are made of, not yet what a digit
# is.
#
# > **For graduate readers.** Why two families? In general, a little noise on the input acts as a penalty on the
# > network's slopes, a Tikhonov regulariser (Bishop 1995). In a *linear* autoencoder everything can be computed. Along
# > PCA's directions, let digits have variances $s_i$. Input noise of variance $\sigma^2$ multiplies direction $i$ by
# > $f_i = s_i / (s_i + \sigma^2)$, weight decay $\lambda$ on both matrices by $f_i = \max(0, 1 - \lambda / s_i)$ (Kunin
# > et al. 2019), a code of $d$ numbers by 1 or 0. The first two *shrink*. With $g_i = (1 - f_i)^2$, the digits lose
# > $\sum_i s_i g_i$, and noise of variances $n_i$ loses $\sum_i n_i g_i$. Both are linear in $g_i \in [0, 1]$, so the
# > cheapest way to lose a given amount of noise is $g_i = 1$ where $s_i / n_i$ is smallest, and $g_i = 0$ elsewhere: a
# > hard cut. Our networks are
# > not linear; limits are the cheaper ones all the same.

# %% [markdown]
# ## What we saw
#
# - The error falls with every number added; the knee of the validation curve says where it stops paying, roughly.
# - PCA beats a briefly trained network once the code is wide. The network underfits; it does not overfit.
# - A wide autoencoder reaches a tiny test error by copying. The loss cannot tell; foreign inputs can.
# - Weight decay, dropout, input noise, L1 and stopping early share about one curve: noise goes first, digits follow.
#   Hard limits, TopK and a narrower code, cost less of the digits. Tied weights stop nothing.
# - A copier's code is not useless but pointless: the pixels in other words.
#
# **To remember.** Choose on validation data. Print PCA at each size. Before trusting a low error, feed the model
# something it should fail on. Compare remedies along their strengths, never at one strength each.
#
# **Where it breaks.** The knee moves with the sizes tried and with the training budget. Remedies were compared on small
# digits, with one network and 40 epochs, and by one purpose, to stop copying. What makes a code good *for* something is
# the subject of lessons 4 to 6.
#
# **Sources.** V. Satopaa, J. Albrecht, D. Irwin and B. Raghavan 2011, *Finding a "kneedle" in a haystack* (the knee).
# P. Vincent and others 2010, *Stacked denoising autoencoders* (corruption against the identity, sections 2 and 3, and
# tied weights). I. Goodfellow, Y. Bengio and A. Courville 2016, *Deep Learning*, chapter 14 (undercomplete and
# overcomplete autoencoders). C. Bishop 1995, *Training with noise is equivalent to Tikhonov regularization*. D. Kunin,
# J. Bloom, A. Goeva and C. Seed 2019, *Loss landscapes of regularized linear autoencoders*. E. Alpaydin and C. Kaynak
# 1998, *Optical recognition of handwritten digits* (UCI; the images).
#
# <!-- Confirmed against the text: Goodfellow et al., chapter 14; from their abstracts, Bishop (first derivatives only,
# Tikhonov) and Kunin et al.; the factors 1 - lambda / s_i were also computed on digits. On trust: Satopaa et al.;
# Vincent et al. and its sections; Alpaydin and Kaynak. -->
