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
# model, and prove why; unmask an autoencoder that has only learnt to copy; and name what keeps it from doing so.
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
# one does, so the error alone will always vote for more. What is there to say for less? A code is wanted *for*
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
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, plot_bars, plot_curves, plot_image_rows, show

keras.utils.set_random_seed(0)
clothes = ae.data.load("fashion_mnist")
dims = [1, 2, 4, 8, 16, 32, 64]


# %%
def build(dim, epochs=8, batch_size=128):
    keras.utils.set_random_seed(0)
    model = ae.Autoencoder(
        ae.networks.dense_encoder((28, 28, 1), dim, hidden=(256, 128), activation="silu"),
        ae.networks.dense_decoder(dim, (28, 28, 1), (128, 256), activation="silu", output_activation="sigmoid"),
    )
    steps = epochs * -(-len(clothes.x_train) // batch_size)
    rate = keras.optimizers.schedules.CosineDecay(4e-3, steps)
    model.compile(keras.optimizers.Adam(rate), "mse", steps_per_execution=8)
    return model


# %% [markdown]
# **Predict.** We train this network with codes of 1, 2, 4, ... 64 numbers, and put PCA with as many numbers beside it.
# Draw the two curves of validation error on paper. Where do they bend? Do they cross?

# %%
sweep = ae.diagnostics.bottleneck_sweep(build, dims, clothes, epochs=8, batch_size=128)
pca = ae.diagnostics.pca_baseline(clothes, dims)
table = sweep.table.merge(pca, on="dim", suffixes=(" network", " PCA")).drop(columns="test_mse").set_index("dim")
table.round(4)

# %%
curves = {"autoencoder": sweep.table["val_mse"], "PCA": pca["val_mse"]}
ax = plot_curves(curves, x=dims, xlabel="numbers in the code", ylabel="validation MSE per pixel", markers=True)
ax.set_xscale("log", base=2)
ax.set_xticks(dims, dims)
ax.axvline(sweep.knee, color="grey", linewidth=0.8, linestyle=":")
ax.annotate(f"knee: {sweep.knee}", (sweep.knee, 0.055), xytext=(4, 0), textcoords="offset points")
ax.set(ylim=(0, 0.07), title="More numbers help less and less, and PCA catches up")
show(
    ax,
    alt="Validation error against code size: the autoencoder's falls fast, then flattens; PCA's crosses it before 64.",
)

# %% [markdown]
# The network's curve falls steeply and then flattens. The **knee** is the point farthest below the straight line
# between the curve's ends, in this figure: on validation data, with the sizes on a logarithmic axis. It is a rule of
# thumb, and depends on the sizes tried. Read it as "from here on, doubling the code buys little".
#
# And the curves cross. With a few numbers the network is far ahead; with 64, PCA wins.

# %% tags=["nbval-check-output"]
network_at, pca_at = table["val_mse network"], table["val_mse PCA"]
print("at 4 numbers the network has at least a third less error:", network_at[4] < 0.67 * pca_at[4])
print("at 64 numbers PCA has less error:", pca_at[64] < network_at[64])
at_64 = table.loc[64]
print("its training error at 64 is above PCA's, too:", at_64["train_mse network"] > at_64["train_mse PCA"])
print("the knee is at 4 or 8 numbers:", sweep.knee in (4, 8))

# %% [markdown]
# Why does PCA win at 64? Not because the network memorises: then its *training* error would be small. It is larger
# than PCA's. PCA is computed exactly, in one step; the network has to find its way by gradient
# descent, 64 fine details through two bent layers, and eight epochs are short for that. If this is the reason, then
# three times the patience must help:

# %%
patient = build(64, epochs=24)
_ = patient.fit(clothes.x_train, clothes.x_train, epochs=24, batch_size=128, verbose=0)
patient_mse = ae.diagnostics.mean_squared_error(clothes.x_val, patient.reconstruct(clothes.x_val))
print(f"64 numbers: 8 epochs {network_at[64]:.4f}, 24 epochs {patient_mse:.4f}, PCA {pca_at[64]:.4f}")

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
# It helps, and PCA is still ahead. With two numbers the network draws types. With 64 its drawings look *cleaner* than
# PCA's, which have a faint haze around them, and yet PCA's error is smaller: mind what squared error sees. A larger
# network and more training would push the crossing to the right, but the point stands: **at each size, print PCA beside
# it. It may be all you need.**

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
from cures import MODELS, probe, row, train

digits = ae.data.load("digits")
copier = train(MODELS["wide, linear"], digits, seed=0)
error = ae.diagnostics.mean_squared_error(digits.x_test, copier.reconstruct(digits.x_test))
print(f"test MSE {error:.6f}; PCA with 8 numbers: {ae.diagnostics.pca_baseline(digits, [8])['test_mse'][0]:.4f}")

# %% [markdown]
# Hundreds of times better than PCA with eight numbers, on *test* digits: nothing is memorised, and nothing seems wrong.
#
# **Predict:** you may feed it anything you like. Which input would tell whether it knows digits or merely copies?

# %%
low, high = digits.x_train.min(axis=0), digits.x_train.max(axis=0)  # the values that each pixel takes
noise = np.random.default_rng(0).uniform(low, high, (3, 8, 8, 1)).astype("float32")
inputs = np.concatenate([digits.x_test[:3], digits.x_test[:3, ::-1], noise])
titles = ["digit"] * 3 + ["upside\ndown"] * 3 + ["noise"] * 3
drawn = keras.ops.convert_to_numpy(copier.reconstruct(inputs))
narrow = train(MODELS["narrow, 8 numbers"], digits, seed=0)
rows = {"input": inputs, "wide, linear": drawn, "narrow": keras.ops.convert_to_numpy(narrow.reconstruct(inputs))}
show(
    plot_image_rows(rows, titles),
    alt="Digits, digits upside down and noise: the wide model returns all of them, the narrow one only digits.",
)

# %% [markdown]
# The wide model returns whatever it is given: digits, digits upside down, noise. (The noise here stays within the range
# of each pixel; some border pixels are black in every training image, and about those it never learnt anything.) The
# narrow model knows digits: shown anything else, it draws something like a digit. **A good autoencoder is bad at
# things it has not been trained on.** That is the test, and `identity_mapping` runs it:

# %%
report = ae.diagnostics.identity_mapping(copier, digits)
report.table.round(3)

# %% tags=["nbval-check-output"]
print("the wide linear model copies noise:", report.copies_noise)
print("the narrow model copies noise:", ae.diagnostics.identity_mapping(narrow, digits).copies_noise)

# %% [markdown]
# `explained` is the share of the input's variance that comes back: 1 is a perfect copy, 0 no better than a constant
# image, and below 0 worse than that. A model that explains more than half of pure noise has learnt to copy.
#
# ## Is such a code useless?
#
# One often reads so. We measure: a linear classifier sees the codes of only 100 labelled digits. Its rival gets the
# plain pixels.

# %%
accuracy = {
    "pixels": probe(lambda x: x.reshape(len(x), -1), digits),
    "code of the wide linear model": probe(lambda x: keras.ops.convert_to_numpy(copier.encode(x)), digits),
    "code of the narrow model": probe(lambda x: keras.ops.convert_to_numpy(narrow.encode(x)), digits),
}
ax = plot_bars(accuracy, xlabel="test accuracy of a linear classifier", title="What 100 labels teach")
show(
    ax, alt="Three bars of nearly equal length: accuracy from pixels, from the copier's code and from the narrow code."
)

# %% [markdown]
# Not useless: *pointless*. There are 360 test digits, so differences of 0.03 mean nothing, and there is none larger.
# The copier's code is the pixels in other words, in four times the space. The narrow code does as well with an eighth
# of the numbers. If you came for a code, the copier has cost you a training and given you nothing.

# %% [markdown]
# ## What keeps it from copying
#
# The remedy is always the same: make copying impossible, or make it not worth while.
#
# | remedy | how it works | lesson |
# |---|---|---|
# | narrower code | no room | this one |
# | weight decay | large weights cost, so details that need them are dropped | |
# | dropout on the code | no number can be relied on | |
# | noise on the input | the copy of a damaged image is not the target | 4 |
# | sparsity | only a few numbers may be in use at a time | 5 |
# | tied weights | the decoder must use the encoder's matrices, transposed | |
#
# **Predict:** which of the six work, which half, which not at all?
#
# Each of the models below has the same hidden layers, and a code of 256 numbers for 64 pixels except for the narrow
# one. The script `cures.py` beside this notebook makes the table, which we load. One row of it is trained here and now,
# to see that it is not made up.

# %%
cures = pd.read_csv("cures.csv")
live = row(train(MODELS["noise 0.5"], digits, seed=0), digits, seed=0)
stored = cures[(cures.model == "noise 0.5") & (cures.seed == 0)].iloc[0]
pd.DataFrame({"trained now": live, "stored": stored[list(live)]}).astype(float).round(3)

# %%
order = list(MODELS)
mean, spread = (cures.drop(columns="seed").groupby("model").agg(how).loc[order] for how in ("mean", "std"))
mean.round(2).astype(str) + " ± " + spread.round(2).astype(str)

# %%
import matplotlib.pyplot as plt

_, ax = plt.subplots(figsize=(7, 4))
for index, kind in enumerate(("test data", "upside down", "noise")):
    marker = "os^"[index]
    ax.errorbar(mean[kind], order, xerr=spread[kind], fmt=marker, color=COLOURS[index], label=kind, capsize=3)
ax.axvline(0.5, color="grey", linewidth=0.8, linestyle=":")
ax.set(xlim=(-1.2, 1.1), xlabel="share of variance that comes back (dotted: copies noise)", title="Who copies?")
ax.invert_yaxis()
ax.legend(frameon=False, loc="upper left")
show(
    ax,
    alt="For nine models, how much of digits, upside-down digits and noise comes back: wide ones return all.",
)

# %% tags=["nbval-check-output"]
wide_linear, denoiser = mean.loc["wide, linear"], mean.loc["noise 0.5"]
print("the wide linear model returns upside-down digits as well as digits:", wide_linear["upside down"] > 0.99)
print("with corrupted inputs, sparsity or a narrow code, noise no longer comes back:", (mean["noise"][-3:] < 0).all())
print(
    "tying the weights of a linear model stops nothing:", mean.loc["wide, linear, tied weights", "upside down"] > 0.99
)

# %% [markdown]
# Read the figure from the top.
#
# - **Wide models copy**, linear or not: noise comes back nearly whole, upside-down digits as well as digits.
# - **Tied weights stop nothing here**, although they stand in every list of remedies. A matrix with orthonormal
#   columns, applied forth and transposed back, *is* the identity: with room to spare, tying halves the weights and
#   forbids nothing.
# - **Weight decay and dropout help by half.** Most of the noise is gone, but upside-down digits still come back almost
#   whole: these models have dropped what is costly, not what is foreign.
# - **Corrupted inputs, a sparse code and a narrow code work.** Noise comes back worse than a constant image would be,
#   because the models draw something like a digit instead. The price is in the first column: less of the digits
#   themselves comes back as well.
#
# And the last column keeps everybody modest: with 100 labels none of these codes is clearly better than the pixels.
# What makes a code good *for* something is the subject of lessons 4 to 6.

# %% [markdown]
# ## What we saw
#
# - The error falls with every number added; the knee of the validation curve says where it stops paying, roughly.
# - PCA beats a small network once the code is wide, because the network underfits, not because it overfits.
# - A wide autoencoder reaches a tiny test error by copying. The loss cannot tell; foreign inputs can.
# - Corruption, sparsity and narrowness stop the copying; weight decay and dropout half; tied weights not at all.
# - A copier's code is not useless but pointless: the pixels in other words.
#
# **To remember.** Choose on validation data. Print PCA at each size. Before trusting a low error, feed the model
# something it should fail on.
#
# **Where it breaks.** The knee moves with the sizes tried and with the training budget. Digits of 8 x 8 pixels are an
# easy case; how strong each remedy must be depends on the data; one strength each was tried here.
#
# **Sources.** V. Satopaa, J. Albrecht, D. Irwin and B. Raghavan 2011, *Finding a "kneedle" in a haystack* (the knee).
# P. Vincent and others 2010, *Stacked denoising autoencoders* (corruption against the identity, sections 2 and 3, and
# tied weights). I. Goodfellow, Y. Bengio and A. Courville 2016, *Deep Learning*, chapter 14 (undercomplete and
# overcomplete autoencoders). E. Alpaydin and C. Kaynak 1998, *Optical recognition of handwritten digits* (UCI; the
# images).
