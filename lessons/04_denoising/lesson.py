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
# # Lesson 4. Repairing what was broken
#
# **After this lesson you can** train an autoencoder to remove noise and fill holes; say what the best possible
# restoration is, and why it is smooth; compare networks with filters in decibels, over a range of noises; recognise a
# network that only copies; and turn a denoiser into the *score* of a density, from which lesson 15 generates images.
#
# **You need** lesson 2.
#
# **Time** about 50 minutes to read, with a break; about a minute and a half to run on two CPU cores.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0) and Fashion-MNIST (Zalando Research, MIT licence). Neither
# needs a download.

# %% [markdown]
# ## Break it yourself
#
# To teach a network to repair images we need pairs of a broken and a whole one. They are free: take whole images and
# break them ourselves. A **corruption** $c$ is a random function of an image $x$. Three of them:
#
# - **Gaussian noise**: $c(x) = x + s\,\epsilon$, with $\epsilon$ drawn from $N(0, 1)$ for each pixel. Its standard
#   deviation $s$ is called `noise_stddev` in code.
# - **Pixel dropout**: each pixel is set to 0 with a given probability, its `rate`.
# - **Block masking**: one square of the image is set to 0, at a random place.

# %%
# Work in this lesson's folder, where its scripts and tables are, wherever your editor started the notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("04_denoising")

# %%
import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, show

# %%
digits = ae.data.load("digits")
rows = {"clean": digits.x_test[:8]}
for name, corruption in {
    "Gaussian, 0.3": ae.corruption.GaussianNoise(0.3, seed=0),
    "Gaussian, 0.6": ae.corruption.GaussianNoise(0.6, seed=0),
    "dropout, 0.5": ae.corruption.PixelDropout(0.5, seed=0),
    "block, 4 x 4": ae.corruption.BlockMasking(4, seed=0),
}.items():
    rows[name] = keras.ops.convert_to_numpy(corruption(rows["clean"], training=True))
show(
    plot_image_rows(rows),
    alt="Eight digits; below, the same with weak and strong noise, with half of their pixels black, and with a black "
    "square each.",
)

# %% [markdown]
# The figure cuts pixels off below 0 and above 1, since a screen must. The corruption does not. Noise on a black pixel
# that is **clipped** to [0, 1] is never negative, so its mean is not 0 but $s / \sqrt{2 \pi} \approx 0.4\,s$: blacks
# would be brighter on average, whites darker. We shall see what that can do.
#
# A **denoising autoencoder** sees $c(x)$ and has to return $x$, the clean image:
#
# $$ L = \bigl\lVert x - g(f(c(x))) \bigr\rVert^2, \qquad \text{with encoder } f \text{ and decoder } g. $$
#
# By hand that takes a few lines. Sixty epochs with new noise in each are one epoch over sixty copies:

# %%
from denoisers import corrupt, posterior_mean, wiener
from limits import denoiser, error, networks

noise_stddev, epochs = 0.6, 60
keras.utils.set_random_seed(0)
clean = np.random.default_rng(0).permutation(np.repeat(digits.x_train, epochs, axis=0))
noisy = clean + noise_stddev * np.random.default_rng(1).standard_normal(clean.shape).astype("float32")
by_hand = keras.Sequential(networks())  # 64 pixels, 256 units, a code of 64 numbers, 256 units, 64 pixels
by_hand.compile(keras.optimizers.Adam(2e-3), "mse")
_ = by_hand.fit(noisy, clean, batch_size=64, verbose=0)

# %% [markdown]
# `ae.DenoisingAutoencoder(encoder, decoder, corruption)` does the same, in `fit(x, x)`. It corrupts in training only.

# %%
library = denoiser(noise_stddev, digits.x_train, seed=0)  # ae.DenoisingAutoencoder, trained for 60 epochs
test_noisy = corrupt(digits.x_test, noise_stddev, seed=1000)
errors = {"input": test_noisy, "by hand": by_hand.predict(test_noisy, verbose=0)}
errors = {name: error(digits.x_test, x) for name, x in errors.items()}
errors["library"] = error(digits.x_test, library.reconstruct(test_noisy))
pd.Series(errors, name="MSE against the clean test digits").round(4)

# %% tags=["nbval-check-output"]
print("both agree to 10 %:", abs(errors["by hand"] / errors["library"] - 1) < 0.1)
print("and remove more than four fifths of the error:", errors["library"] < errors["input"] / 5)

# %% [markdown]
# **Predict.** Keras has `model.evaluate(x, x)`. Will it report this error?

# %%
print(f"evaluate(clean, clean):  {library.evaluate(digits.x_test, digits.x_test, verbose=0):.4f}")
print(f"evaluate(noisy, clean):  {library.evaluate(test_noisy, digits.x_test, verbose=0):.4f}")
print(f"evaluate(noisy, noisy):  {library.evaluate(test_noisy, test_noisy, verbose=0):.4f}")

# %% [markdown]
# Only the second line measures denoising. The first feeds in clean images, since nothing is corrupted outside training:
# a network that does nothing at all would get 0. The third asks how much of the noise comes back. **To judge a
# restorer, corrupt the input yourself, and compare with the clean image.**
#
# ### What is the target?
#
# Suppose there are no clean images, only noisy ones. **Predict** what the same network learns if its target is the
# noisy input itself; another copy of the image, with independent noise; that other copy, clipped. (`limits.py`, three
# seeds.)

# %%
targets = pd.read_csv("targets.csv").groupby("target", sort=False).mean().drop(columns="seed")
print(f"brightness of the clean test digits: {digits.x_test.mean():.3f}")
targets.round(3)

# %% [markdown]
# With its own input as target, it copies: its output is as noisy as the input. With *another* noisy copy, it denoises
# almost as well as with clean targets: noise that cannot be predicted from the input averages out. (Lehtinen et al.
# 2018 call this *Noise2Noise*.) Clipped noise does not average out to 0, and the output is too bright.
#
# ## The best possible repair
#
# How good could it be? Many clean images fit one noisy image $y$. Fix $y$ and ask which answer $d$ has the smallest
# expected squared error. With $m = E[x \mid y]$, the mean of all clean images given $y$:
#
# $$ E\bigl[\lVert x - d \rVert^2 \mid y\bigr] = E\bigl[\lVert x - m \rVert^2 \mid y\bigr] + \lVert m - d \rVert^2, $$
#
# since the mixed term $2\,E[x - m \mid y] \cdot (m - d)$ is 0. So the best answer is $d = m$, the **posterior mean**:
# an *average of plausible images*, which is smoother than any of them. No network trained on squared error is meant to
# return "the" clean image.
#
# If we knew the distribution of clean images, we could compute it. Pretend that the only images are the $n$ training
# images $x_1, \ldots, x_n$, each equally likely. By Bayes' rule the probability of $x_i$ given $y$ is proportional to
# the density of the noise that would turn $x_i$ into $y$:
#
# $$ w_i = \frac{e^{-\lVert y - x_i \rVert^2 / 2 s^2}}{\sum_j e^{-\lVert y - x_j \rVert^2 / 2 s^2}}, \qquad
# E[x \mid y] = \sum_i w_i\, x_i. $$
#
# The squared distance is a *sum* over pixels. Exponents can be in the hundreds, and the exponentials all 0 in floating
# point. Subtracting the largest exponent first changes nothing but that.

# %%
train, y = digits.x_train.reshape(-1, 64), test_noisy[:6].reshape(-1, 64)
exponents = -np.sum((y[:, None] - train) ** 2, axis=2) / (2 * noise_stddev**2)
weights = np.exp(exponents - exponents.max(axis=1, keepdims=True))
weights /= weights.sum(axis=1, keepdims=True)
means = weights @ train
assert np.allclose(means, posterior_mean(digits.x_train, test_noisy[:6], noise_stddev).reshape(-1, 64), atol=1e-4)

likeliest = np.argsort(-weights, axis=1)[:, :3]
rows = {"clean": digits.x_test[:6], "noisy, 0.6": y} | {f"likeliest {k + 1}": train[likeliest[:, k]] for k in range(3)}
rows |= {"posterior mean": means, "network": library.reconstruct(test_noisy[:6])}
rows = {name: np.reshape(images, (-1, 8, 8)) for name, images in rows.items()}
ax = plot_image_rows(rows, [f"{w[i[0]]:.2f}" for w, i in zip(weights, likeliest, strict=True)])
ax.set_title("Weight of the likeliest training digit", fontsize=10)
alt = "Six digits, their noisy copies, the three likeliest training digits of each, their mean, the network's output."
show(ax, alt=alt)

# %% [markdown]
# The number above each column is the weight of its likeliest training digit. Where it is far below 1, many digits are
# averaged, and the mean is soft. The network was never shown these weights, and draws something similar.
#
# A second yardstick is the best *linear* denoiser, the **Wiener filter**. With the mean $m$ and covariance $C$ of the
# training images it is $m + C\,(C + s^2 I)^{-1} (y - m)$. Along each axis of PCA with variance $\lambda$ it shrinks by
# $\lambda / (\lambda + s^2)$: it keeps what varies more than the noise.
#
# **Predict.** Rank the three, network, posterior mean, Wiener, on *test* digits with weak noise and with strong noise;
# and on the *training* digits.

# %%
limits = pd.read_csv("limits.csv")
columns = ["Wiener", "posterior mean", "network"]
stored = limits[(limits.noise == 0.6) & (limits.seed == 0) & (limits.images == "test")]["network"].item()
print(f"network, noise 0.6, seed 0: stored {stored:.4f}, trained now {errors['library']:.4f}\n")
of_limits = limits.groupby(["images", "noise"], sort=False)[columns]
pd.concat({"mean of three seeds": of_limits.mean(), "spread": of_limits.std()}, axis=1).round(4)

# %% tags=["nbval-check-output"]
test, training = (of_limits.mean().loc[name] for name in ("test", "training"))
others = test.loc[0.1, ["Wiener", "network"]].max()
print("noise 0.1, test: the posterior mean is twice as bad as the others:", test.loc[0.1, columns[1]] > 2 * others)
print("noise 0.3, test: the network is best:", test.loc[0.3].idxmin() == "network")
print("noise 0.6 and 1.0, test: the posterior mean is best:", (test.loc[[0.6, 1.0]].idxmin(axis=1) == columns[1]).all())
print("on training digits the posterior mean is best at each noise:", (training.idxmin(axis=1) == columns[1]).all())

# %% [markdown]
# On test digits, no method wins everywhere. With noise of 0.1, the Wiener filter and the network are close, and the
# posterior mean is three times as bad: its prior has 1,078 images, none of them the test digit, and with weak noise it
# returns little but the nearest one. At 0.3 the network is ahead; at 0.6 and 1 the posterior mean is. Being nonlinear
# pays most in the middle: the network is ahead of the Wiener filter by a fifth at 0.3, by 1 % at 1.
#
# On *training* digits our pretended prior is the truth, and the posterior mean is the best possible: at 0.1 it finds
# the very image. The network does not come near (0.017 against 0.002 at 0.3), although these are its own training
# images: it has not memorised them. The perfect answer for a wrong prior can be worse than a good guess.
#
# ## Decibels, and a measure of structure
#
# Restoration is usually reported as a **peak signal-to-noise ratio**, in decibels (dB):
#
# $$ \mathrm{PSNR} = 10 \log_{10} \frac{\text{peak}^2}{\mathrm{MSE}}, $$
#
# where the peak is the range of the pixels, 1 for us. Ten decibels more are a tenth of the error, 3 dB about half.
# Noise that is not clipped has an MSE of $s^2$, so the noisy image itself has $-20 \log_{10} s$ dB: 20 at $s = 0.1$, 0
# at $s = 1$. The **gain** of a restorer is its PSNR minus that of its input. PSNR is computed *for each image* and then
# averaged, which is not the PSNR of the average error:

# %%
from skimage.metrics import peak_signal_noise_ratio

restored = keras.ops.convert_to_numpy(library.reconstruct(test_noisy))
mse = np.mean((digits.x_test - restored) ** 2, axis=(1, 2, 3))
decibels = 10 * np.log10(1 / mse)
pairs = zip(digits.x_test, restored, strict=True)
assert np.allclose(decibels, [peak_signal_noise_ratio(x, r, data_range=1) for x, r in pairs], atol=1e-3)
print(f"average of the PSNRs {decibels.mean():.2f} dB")
print(f"PSNR of the average error {10 * np.log10(1 / mse.mean()):.2f} dB")

# %% [markdown]
# The first is never the smaller one ($-\log$ is convex). Papers report the first; say which is yours.
#
# PSNR treats each pixel alone. **Structural similarity**, SSIM (Wang et al. 2004), compares local means, variances and
# correlations in small windows; 1 is a perfect copy. Its usual window is 7 x 7 pixels. In an image of 8 x 8 that leaves
# four windows, which share 36 of the 64 pixels: it is hardly local any more. So we move on to images of 28 x 28.
#
# ## Networks against filters
#
# Before there were networks there were filters. None of the first three has seen a single other image:
#
# - a **Gaussian filter** replaces each pixel by a weighted mean of its neighbours;
# - a **median filter** by their median, which a few wild values cannot move;
# - **non-local means** averages pixels anywhere near whose *surroundings* look alike (Buades et al. 2005).
#
# Each has a strength, chosen for each noise on validation images. The Wiener filter and the posterior mean know 4,000
# training images, and so do the networks, trained for eight epochs each: a *dense* one and a *convolutional* one, both
# with a code of 64 numbers; a *wide* convolutional one whose code has 14 x 14 x 32 numbers; and one with **skip
# connections** (`ae.networks.skip_autoencoder`): its decoder also sees the encoder's feature maps at full size, so fine
# detail need not pass through a code. Filters, Wiener and posterior mean are told $s$; the networks are not. They are
# trained on all noises at once: for each image, $s$ is drawn between 0 and 1.

# %%
import denoisers
from denoisers import NETWORKS, NOISES, NoiseRange, load, psnr, restore, score
from denoisers import train as train_on_clothes

x_train, x_val, x_test = load()
skips = train_on_clothes(NETWORKS["conv, skips"], NoiseRange, x_train, seed=0)
stored = pd.read_csv("denoisers.csv")
now = {noise: score(x_test, restore(skips, corrupt(x_test, noise, seed=0))) for noise in NOISES}
same = stored[(stored.method == "conv, skips") & (stored["trained on"] == "range") & (stored.seed == 0)]
same = same.set_index("noise")[["mse", "psnr", "ssim"]]
pd.concat({"trained now": pd.DataFrame(now).T, "stored": same}, axis=1).round(3)

# %% [markdown]
# **Predict.** Here is one image at four strengths. Which row will look best at 0.1, and which at 1?

# %%
methods = {noise: denoisers.computed(x_train, x_val[:20], noise) for noise in NOISES}
examples = x_test[[0, 4]]
noisy = {noise: corrupt(examples, noise, seed=0) for noise in NOISES}
rows = {name: np.concatenate([methods[s][name](noisy[s]) for s in NOISES]) for name in methods[NOISES[0]]}
rows |= {"conv, skips": np.concatenate([restore(skips, noisy[noise]) for noise in NOISES])}
rows |= {"clean": np.concatenate([examples] * len(NOISES))}
show(
    plot_image_rows(rows, [f"{noise}" for noise in NOISES for _ in examples]),
    alt="Two clothes under noise of 0.1, 0.3, 0.6 and 1, restored in six ways: filters leave blotches at strong noise, "
    "the posterior mean shows sharp clothes, not always the right ones, the network soft ones.",
)

# %% [markdown]
# The filters leave blotches, and keep too little of the clothes when noise is strong. The posterior mean draws a sharp
# boot with a label that was never there. The network loses the shape at 1. Drag the noise yourself (this needs
# Jupyter):

# %%
from ipywidgets import FloatSlider, interact


def drag(noise=0.5):
    broken = corrupt(x_test[:6], noise, seed=0)
    rows = {"noisy": broken, "Wiener": wiener(x_train, broken, noise)}
    rows |= {"posterior mean": posterior_mean(x_train, broken, noise), "conv, skips": restore(skips, broken)}
    show(plot_image_rows(rows | {"clean": x_test[:6]}), alt=f"Six clothes under noise of {noise}, and three repairs.")


_ = interact(drag, noise=FloatSlider(0.5, min=0.05, max=1.5, step=0.05))

# %%
by_noise = stored[stored["trained on"].fillna("").isin(["", "range"])].groupby(["method", "noise"], sort=False)
table = by_noise[["psnr", "ssim"]].mean().unstack("noise")
table.loc["largest spread of a row"] = by_noise[["psnr", "ssim"]].std().unstack("noise").max()
for noise in NOISES:
    largest = denoisers.posterior_weights(x_train, corrupt(x_test, noise, seed=0), noise).max(axis=1)
    print(f"noise {noise}: the likeliest training image has a weight of {largest.mean():.2f} on average")
table.round({("psnr", noise): 1 for noise in NOISES} | {("ssim", noise): 3 for noise in NOISES})

# %%
show(
    denoisers.plot_comparison(table),
    alt="PSNR and SSIM against noise: non-local means leads at 0.1, the network with skips at 0.3; these and the other "
    "filters fall below the nearly flat curve of the posterior mean, which leads at 1.",
)

# %% tags=["nbval-check-output"]
psnrs = table["psnr"].drop("largest spread of a row")
means, skip = psnrs.loc["non-local means", 0.1], psnrs.loc["conv, skips"]
ahead = means - psnrs.loc[psnrs.index.isin(NETWORKS), 0.1].max()
print("noise 0.1: non-local means beats each network by 2 dB or more:", ahead > 2)
print("noise 0.3: the best has skips:", "skips" in psnrs[0.3].idxmax())
print("noise 1: the posterior mean is the best of all:", psnrs[1.0].idxmax() == "posterior mean")
print("noise 1: the network with skips is 1 dB behind the Wiener filter:", psnrs.loc["Wiener", 1.0] > skip[1.0] + 1)

# %% [markdown]
# Read the columns. At 0.1, non-local means, which has seen no other image, beats every network by 3 dB. At 0.3 the two
# networks with skips are ahead, of the Wiener filter by 0.3 and 0.5 dB. At 0.6 the Wiener filter, the posterior mean
# and three of the networks lie within 0.7 dB. At 1 the posterior mean leads, then comes the network with convolutions
# and a narrow code; the first one with skips is 1.5 dB behind a linear filter. "Networks beat filters" is true at some
# strengths.
#
# Why does the network with skips lose its lead? Two suspects can be tested. *Training on a range* is to blame at 0.1:
# trained on that noise alone, it reaches 25.7 dB, ahead of non-local means (figure in part two). (The loss adds up
# squared errors, most of which come from strong noise.) But not at 1: trained on that alone, it gets 14.4, still
# behind. There, *each output pixel may see too little*, a patch of 11 x 11: halving the image once more, "deeper",
# widens that to 21 x 21, and gains 0.7 dB at 1. (It has five times the weights, too, so this is no proof.) The networks
# with a code of 64 numbers see the whole image: close to the Wiener filter at 1, and worse than no repair at all at
# 0.1, where fine detail does not fit through the code.
#
# And the measures disagree. At 0.6 the posterior mean has the PSNR of the Wiener filter, and an SSIM of 0.63 against
# 0.53. With 784 pixels most of the weight falls on one image (printed above the table): it returns a *real* garment,
# sharp, and often not the right one. Squared error prefers a safe blur; SSIM rewards structure, even a wrong one.
#
# **Part two begins here**, a good place for a break. So far:
#
# - Corrupt the input, compare with the clean image. Another noisy copy will do as a target; the same one teaches
#   copying.
# - Squared error asks for the mean of all plausible images. It can be computed for a prior of training images.
# - No method won at all strengths: non-local means at 0.1, skips at 0.3, a posterior mean over training images at 1.
#
# ## Skips without corruption
#
# Lesson 2 found that an autoencoder with room for everything copies. **Predict** what the network with skips learns
# without corruption, from clean images to the same clean images. What does it return for a *noisy* image?

# %%
copier = train_on_clothes(NETWORKS["conv, skips"], None, x_train, seed=0, epochs=3)  # in the table: 8
broken = corrupt(x_test[:6], 0.3, seed=0)
rows = {"noisy, 0.3": broken, "without\ncorruption": restore(copier, broken), "with": restore(skips, broken)}
print(f"error on clean test images, trained without corruption: {error(x_test, copier.reconstruct(x_test)):.6f}")
alt = "Noisy clothes: trained without corruption, the network returns them as noisy as they were; with it, clean ones."
show(plot_image_rows(rows), alt=alt)

# %% [markdown]
# An excellent loss, and the noise is copied. Is it the skips, or simply room? The controls are networks without skips,
# also trained on clean images only: one as wide, two with a code of 64 numbers. The table has the gain in dB.

# %%
of_gains = denoisers.gains(stored)
for noise in NOISES:  # a restorer without a network: negative pixels are set to 0
    y = corrupt(x_test, noise, seed=0)
    of_gains.loc[("no network", "max(y, 0)"), noise] = np.mean(psnr(x_test, np.maximum(y, 0)) - psnr(x_test, y))
of_gains.round(1)

# %% tags=["nbval-check-output"]
without, cut = of_gains.loc["clean"], of_gains.loc[("no network", "max(y, 0)")]
narrow, from_03 = without.filter(like="code of 64", axis="index"), [0.3, 0.6, 1.0]
more = of_gains.loc[("range", "conv, skips")] - cut
print("skips, without corruption: at most 0.5 dB above max(y, 0):", (without.loc["conv, skips"] < cut + 0.5).all())
print("with corruption, from noise 0.3 up: at least 5 dB above it:", (more[from_03] > 5).all())
print("narrow codes without corruption gain 5 dB or more there:", (narrow[from_03] > 5).all(axis=None))

# %% [markdown]
# The network with skips gains 0.8 to 2.3 dB. That is not denoising: clean pixels are never negative, and setting
# negative ones to 0, without any network, gains as much or more. The rest of the noise comes through.
#
# Is it the skips? The network as wide but without them lets most of the noise through as well. *Room* is to blame, and
# skips are one way to have room. A narrow code, by contrast, denoises without ever having seen noise: at 0.3 the dense
# one gains 6.1 dB, and 6.2 if trained with noise (the convolutional one 5.3 and 6.6). At 1, corruption is worth another
# 5 dB.
#
# ## Noise it was never trained on
#
# One network, trained on noise of 0.1, 0.3, 0.6 or 1 alone, or on the range. **Predict** the curve of the one trained
# on 0.3: how does it do at 0.1, and at 1?

# %%
nets = stored[stored.method == "conv, skips"]
nets = nets[nets["trained on"] != "clean"].groupby(["trained on", "noise"])["psnr"].mean().unstack("noise")
curves = {f"trained on {name}": row for name, row in nets.iterrows()}
curves["noisy"] = -20 * np.log10(NOISES)
ax = plot_curves(curves, x=NOISES, xlabel="noise_stddev of the test images", ylabel="PSNR (dB)", markers=True)
ax.set(title="Networks with skips, trained on one noise or a range", xticks=NOISES)
ax.legend(frameon=False, fontsize=8, bbox_to_anchor=(1, 1), loc="upper left")
alt = "A network trained on one noise does best near it and falls steeply above it; the range has no such falls."
show(ax, alt=alt)
nets.round(1)

# %% [markdown]
# Each does best at its own noise. Missing it is not symmetric. *Above* its noise a network takes what it has not learnt
# to expect for a part of the image: trained on 0.3, it gets 10 dB at 1, where the one trained on 1 gets 14. *Below*, it
# smooths away detail: those trained on 0.6 and 1 return images of noise 0.1 worse than they were. The range has no such
# falls. From 0.3 up it costs at most 0.6 dB, at 0.1 3.6 (with a spread of 1 dB over seeds).
#
# ## Other kinds of damage
#
# Half of the pixels black, or a black square of 10 x 10: nothing in training changes but the corruption.
# `corruptions.py` trains the dense network and the one with skips on each, and fits the best *linear* restorer of each
# corruption by least squares. Rows: what they were trained on; columns: what they were tried on (PSNR in dB).
#
# **Predict.** Which of the three fills the square best? And does a network that removes noise also fill holes?

# %%
damage = pd.read_csv("corruptions.csv").groupby(["trained on", "method", "tested on"], sort=False)["psnr"]
damage.mean().unstack("tested on").round(1)

# %%
from corruptions import damaged, linear_restorer

kind = "block of 10 x 10"
broken = damaged(kind, x_test, seed=0)
holes = damaged(kind, np.ones_like(x_test), seed=0) == 0
patch = train_on_clothes(NETWORKS["dense, code of 64"], lambda: ae.corruption.BlockMasking(10), x_train, seed=0)
rows = {"masked": broken, "linear": linear_restorer(kind, x_train)(broken), "dense": restore(patch, broken)}
rows |= {"skips, trained\non noise": restore(skips, broken), "clean": x_test}
for name, restored in rows.items():
    inside, outside = (error(x_test[where], restored[where]) for where in (holes, ~holes))
    print(f"{name!r:26} error inside the squares {inside:.3f}, outside {outside:.4f}")
alt = "Clothes with a black square each: two restorers fill it with soft shapes, the one trained on noise leaves it."
show(plot_image_rows({name: images[:6] for name, images in rows.items()}), alt=alt)

# %% [markdown]
# (Where the square falls on black, nothing is broken and the PSNR is infinite; so is its mean in the first row, "as it
# is".) Each restorer is best on the damage it was trained on. Those trained on noise leave holes much as they are.
# Against noise, the networks with skips that were trained on holes are worse than no repair: 4.9 and -0.2 dB, where the
# noisy image has 10.5. (The dense one trained on squares gains nearly 5 dB: a narrow code, again.) A restorer knows
# what it was shown.
#
# Squares hold a surprise: the linear restorer has the best PSNR, and the dense network is more than 2 dB behind. The
# errors printed above the figure tell why. *Inside* the square the dense network is clearly better (0.03 against 0.05),
# but it has to redraw all that was *intact*, through 64 numbers. One number for the whole image hides that: **measure
# the hole by itself**, or copy the intact pixels back.
#
# ## Does noise make a better code?
#
# Denoising autoencoders were not invented to clean images. The idea was that whoever repairs images must know what they
# look like, so the *code* should be good for other tasks (Vincent et al. 2008, 2010). Test it: `codes.py` trains a
# dense autoencoder with a code of 256 numbers on unlabelled images, corrupted from weakly to strongly. Then a linear
# classifier, `ae.metrics.probes.linear_probe`, sees the codes of 100 *labelled* images, the same ten draws of them for
# every model. Baselines: the pixels, PCA with 32 numbers, and the same encoder with the random weights it started from.
#
# **Predict.** Order them for the digits: pixels, random weights, no corruption, the best corruption.

# %%
from codes import plot_codes
from codes import row as probe_row

codes = pd.read_csv("codes.csv")
live = probe_row("digits", 256, "pixel dropout", 0.5, seed=0)
same = codes[(codes.data == "digits") & (codes.corruption == "pixel dropout") & (codes.strength == 0.5)]
stored_row = same[same.seed == 0][list(live)].iloc[0]
print("digits, dropout 0.5, seed 0: trained now", live, "stored", stored_row.to_dict())
of_codes = codes.groupby(["data", "corruption", "strength"], sort=False)[["standardised", "one scale"]]
of_codes.agg(["mean", "std"]).unstack("data").swaplevel(0, 2, axis=1).sort_index(axis=1).round(3)

# %%
alt = "Accuracy by strength: on digits, weak corruption and moderate noise lie above all baselines; "
show(plot_codes(codes), alt=alt + "on clothes all lie close together, the pixels and PCA above the codes.")

# %% tags=["nbval-check-output"]
by_seed = codes.set_index(["data", "corruption", "strength", "seed"])["one scale"].sort_index()
more = by_seed["digits", "Gaussian", 0.3] - by_seed["digits", "none", 0]
print("digits: noise of 0.3 gains 1 to 6 points over no corruption, with each seed:", more.between(0.01, 0.06).all())
of_clothes = codes[codes.data == "fashion_mnist"].groupby(["corruption", "strength"])["one scale"].mean()
corrupted = of_clothes.loc[["Gaussian", "pixel dropout", "block"]].max()
print("clothes: no corruption gains 2 points:", corrupted < of_clothes["none", 0] + 0.02)
print("clothes: the pixels are ahead of every code:", of_clothes["pixels", 0] > corrupted)

# %% [markdown]
# "Standardised" is `linear_probe` itself. Scaling each feature blows up pixels, and axes of PCA, that hardly vary. "One
# scale" divides all by one number, which is fairer to these baselines, and is what the figure shows (its strengths are
# those of the table).
#
# On digits corruption helps a little. With noise of 0.3 the probe names 91 % right, against 88 % without corruption.
# But 88 % is also what *random* weights get, and pixels and PCA get 89 %. So the gain over the best baseline is two
# points, and it depends on the strength: with three quarters of the side masked, the code is worse than without
# corruption.
#
# On clothes nothing helps. Every code is within two points of 69 %, and the pixels have 70 %. Whoever tries one
# strength on one data set can tell either story.
#
# Filling what was masked did become a way to train very large networks (*masked pre-training*; He et al. 2022 hide
# three quarters of each image's patches). At that scale our table says nothing.
#
# ## The residual is a score
#
# One more use of a denoiser, and the one with the largest consequences. The **score** of a density $p$ at $y$ is
# $\nabla_y \log p(y)$: the direction in which the density grows fastest, relative to its value. Let $p(y)$ be the
# density of *noisy* images. Then, for Gaussian noise,
#
# $$ \nabla_y \log p(y) = \frac{E[x \mid y] - y}{s^2}. $$
#
# The **residual**, what the denoiser changes, points to where images are likelier. Divided by the noise's *variance*
# (not its standard deviation), it is the score.
#
# The derivation (Miyasawa 1961) takes three steps. The density of noisy images adds up those of the noise around each
# clean one, $p(y) = \int p(x)\, N(y; x, s^2 I)\, dx$. A Gaussian's gradient with respect to $y$ is itself times $(x -
# y) / s^2$, as its exponent is $-\lVert y - x \rVert^2 / 2 s^2$. So
#
# $$ \frac{\nabla p(y)}{p(y)} = \int \frac{p(x)\, N(y; x, s^2 I)}{p(y)} \cdot \frac{x - y}{s^2}\, dx
# = \int p(x \mid y)\, \frac{x - y}{s^2}\, dx = \frac{E[x \mid y] - y}{s^2}. $$
#
# The second step is Bayes' rule, and the left side is $\nabla \log p(y)$. (It is often called *Tweedie's formula*,
# after Robbins 1956. Vincent 2011 made the link with denoising autoencoders.)
#
# We can check it where everything is known: 1,000 points on two half-circles, the "images" of a world with two pixels.
# Their posterior mean is the one above, and $\log p(y)$ can be written down and differentiated numerically. A small
# network is trained to denoise (`toy.py`).

# %%
from scipy.special import logsumexp
from toy import POINTS as points
from toy import train_denoiser

s, step = 0.3, 1e-4
y = corrupt(points, s, seed=2).astype(float)


def log_p(y):  # up to a constant, which has no gradient
    return logsumexp(-np.sum((y[:, None] - points) ** 2, axis=2) / (2 * s**2), axis=1)


numerical = np.stack([(log_p(y + e) - log_p(y - e)) / (2 * step) for e in step * np.eye(2)], axis=1)
true_score = (posterior_mean(points, y, s) - y) / s**2
print("the formula agrees with numerical derivatives:", np.allclose(numerical, true_score, atol=1e-4))

# %%
net = train_denoiser(s)
residual = net.predict(y, verbose=0) - y


def relative(found):
    return np.sqrt(np.sum((found - true_score) ** 2) / np.sum(true_score**2))


for name, scale in {"residual / s^2": s**-2, "residual / s": 1 / s, "-residual / s^2": -(s**-2)}.items():
    found = scale * residual
    cosine = np.sum(found * true_score, axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(true_score, axis=1)
    print(f"{name:16} relative error {relative(found):.2f}, median cosine {np.median(cosine):6.3f}")

# %%
line = np.linspace(-1.9, 1.9, 13)
grid = np.stack(np.meshgrid(line, line * 0.7), axis=-1).reshape(-1, 2)
fields = {"posterior mean": posterior_mean(points, grid, s), "network": net.predict(grid, verbose=0)}
figure, axes = plt.subplots(1, 2, figsize=(7, 2.8), sharey=True)
axes[0].set_ylabel("second pixel")
for ax, (name, denoised), colour in zip(axes, fields.items(), COLOURS, strict=False):
    ax.scatter(*points.T, s=2, color="black")
    ax.quiver(
        *grid.T, *((denoised - grid) / s**2).T, color=colour, angles="xy", scale_units="xy", scale=45, width=0.004
    )
    ax.set(title=f"{name}: residual / $s^2$, $s$ = {s}", xlabel="first pixel", aspect="equal")
show(figure, alt="Two fields of arrows around two half-circles: they point to the arcs, longer farther out, and agree.")

# %% [markdown]
# Arrows point to the half-circles, and are longer farther out. Midway between the arcs they vanish: there the mean of
# the plausible points is where we stand. Divided by $s$ instead of $s^2$, the direction is right and the length off by
# the factor $s$; with the other sign, arrows lead away from the data.
#
# Noise makes the density smooth: this is the score of *noisy* points. For the clean ones $s$ has to be small (Alain and
# Bengio 2014). **Predict** what that does to the network's score.

# %%
for s in (0.3, 0.2, 0.1):
    y = corrupt(points, s, seed=2).astype(float)
    true_score = (posterior_mean(points, y, s) - y) / s**2
    drawn = train_denoiser(s).predict(y, verbose=0)
    off, score_off = error(posterior_mean(points, y, s), drawn) ** 0.5, error(true_score, (drawn - y) / s**2) ** 0.5
    share = relative((drawn - y) / s**2)
    print(f"s = {s}: rms error of the denoiser {off:.3f}, of the score {score_off:.2f} (relative {share:.2f})")

# %% [markdown]
# The denoiser's error hardly changes, but it is divided by $s^2$: the score's grows to fourteen times as much, a third
# of the score itself. Lesson 15 uses all strengths, and starts with strong noise.
#
# ## What we saw
#
# - A denoising autoencoder learns from images we broke ourselves. Another noisy copy will do as a target, the same one
#   teaches copying, and clipped noise shifts the brightness.
# - Squared error asks for the posterior mean. Over the training images it can be computed: the best of all on digits
#   with strong noise, and three times as bad as the others with weak noise.
# - On clothes, non-local means won at noise 0.1, networks with skips at 0.3, the posterior mean at 1.
# - Without corruption, networks with room copied the noise, with skips or without. A narrow code denoised even so.
# - A network is at home at the noise and the damage it was trained on. A range of noises is safer, and costs most where
#   noise is weak.
# - Noise as a regulariser was worth two to three points of accuracy on digits, and nothing on clothes.
# - Residual / variance is the score of the noisy density, here to within 8 % at $s = 0.3$, and a third at 0.1.
#
# **To remember.** The target is clean, or noisy independently of the input. Corrupt the test images yourself and
# compare with the clean ones. A restoration is an average, not the truth. Put a Wiener filter and a posterior mean
# beside the network, at several strengths.
#
# **Where it breaks.** Real damage is rarely noise of a known kind; a restorer knows only what it was shown. Averages
# are smooth, so PSNR rewards blur. With clipped noise, or any that is not Gaussian, neither our posterior weights nor
# the score formula hold. The networks are small and briefly trained, on 4,000 images.
#
# **Sources**, from memory, not checked against the texts. Vincent et al. 2008, *Extracting and composing robust
# features with denoising autoencoders*, and 2010, *Stacked denoising autoencoders*. Vincent 2011, *A connection between
# score matching and denoising autoencoders*. Alain and Bengio 2014, *What regularized auto-encoders learn from the
# data-generating distribution*. Robbins 1956, *An empirical Bayes approach to statistics* (who credits Tweedie), and
# Miyasawa 1961, *An empirical Bayes estimator of the mean of a normal population*. Lehtinen et al. 2018, *Noise2Noise*.
# Wang et al. 2004, *Image quality assessment: from error visibility to structural similarity*. Buades, Coll and Morel
# 2005, *A non-local algorithm for image denoising*. Ronneberger et al. 2015, *U-Net*. He et al. 2022, *Masked
# autoencoders are scalable vision learners*. <!-- The formulas were checked by computation: the posterior mean and the
# score against numerical derivatives, PSNR against scikit-image. -->
