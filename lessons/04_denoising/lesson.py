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
# network that only copies; and turn a denoiser into the *score* of a density, with which lesson 15 generates images.
#
# **You need** lesson 2.
#
# **Time** about 50 minutes to read, with a break; about two minutes to run on two CPU cores.
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
alt = "Eight digits; below, with weak and strong noise, with half of their pixels black, and with a black square each."
ax = plot_image_rows(rows)
ax.set_title("Digits, whole and broken", fontsize=10)
show(ax, alt=alt)

# %% [markdown]
# The figure cuts pixels off below 0 and above 1, as a screen must. The corruption does not. Noise on a black pixel,
# **clipped** to [0, 1], is never negative, so its mean is not 0 but $s / \sqrt{2 \pi} \approx 0.4\,s$ (for $s$ well
# below 1): blacks become brighter on average, whites darker.
#
# A **denoising autoencoder** sees $c(x)$ and has to return $x$, the clean image:
#
# $$ L = \bigl\lVert x - g(f(c(x))) \bigr\rVert^2, \qquad \text{with encoder } f \text{ and decoder } g. $$
#
# By hand that takes a few lines. Sixty epochs, each with new noise, amount to one epoch over sixty copies:

# %%
from denoisers import corrupt, posterior_mean, psnr
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

# %% [markdown]
# They agree. **Predict.** Will Keras's `model.evaluate(x, x)` report this error?

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
# noisy input itself; another copy with independent noise; or that copy, clipped. And with a clean target, if its
# *input* is clipped? (`limits.py`, three seeds.)

# %%
targets = pd.read_csv("targets.csv").groupby("target", sort=False).mean().drop(columns="seed")
clipped = np.clip(test_noisy, 0, 1)
print(f"brightness of the test digits: clean {digits.x_test.mean():.3f}, noisy and clipped {clipped.mean():.3f}")
targets.round(3)

# %% [markdown]
# With its own input as target, it copies the noise. With *another* noisy copy, it denoises almost as well as with clean
# targets: noise that cannot be predicted from the input averages out (*Noise2Noise*, Lehtinen et al. 2018). Clipped
# noise does not: the output is as bright as the clipped copies. Clipping the *input* costs little, since the clean
# target sets the brightness right.
#
# ## The best possible repair
#
# Many clean images fit one noisy image $y$. Fix $y$ and ask which answer $d$ has the smallest expected squared error.
# With $m = E[x \mid y]$, the mean of all clean images given $y$:
#
# $$ E\bigl[\lVert x - d \rVert^2 \mid y\bigr] = E\bigl[\lVert x - m \rVert^2 \mid y\bigr] + \lVert m - d \rVert^2, $$
#
# since the mixed term $2\,E[x - m \mid y] \cdot (m - d)$ is 0: on average over $x$ given $y$, $x - m$ is 0. So the best
# answer is $d = m$, the **posterior mean**: an *average of plausible images*, smoother than any of them.
#
# If we knew the distribution of clean images, we could compute it. Pretend that the only images are the $n$ training
# images $x_1, \ldots, x_n$, each equally likely. By Bayes' rule the probability of $x_i$ given $y$ is proportional to
# the density of the noise that would turn $x_i$ into $y$:
#
# $$ w_i = \frac{e^{-\lVert y - x_i \rVert^2 / 2 s^2}}{\sum_j e^{-\lVert y - x_j \rVert^2 / 2 s^2}}, \qquad
# E[x \mid y] = \sum_i w_i\, x_i. $$
#
# The squared distance is a *sum* over pixels. Exponents can be minus several hundred, and their exponentials all 0 in
# floating point. Subtracting the largest exponent from all prevents that, and leaves the weights the same.

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
# Where the weight is far below 1, many digits are averaged, and the mean is soft. The network draws something similar.
#
# A second yardstick is the best *linear* denoiser, the **Wiener filter**. With the mean $\bar{x}$ and the covariance
# matrix $C$ of the training images, and the identity matrix $I$, it is $\bar{x} + C\,(C + s^2 I)^{-1} (y - \bar{x})$.
# Along each axis of PCA with variance $\lambda$ it multiplies by $\lambda / (\lambda + s^2)$, so it keeps what varies
# more than the noise. **Predict.** Rank network, posterior mean and Wiener filter on *test* digits, with weak noise and
# with strong noise; then on the *training* digits.

# %%
limits = pd.read_csv("limits.csv").groupby(["images", "noise"], sort=False).agg(["mean", "std"]).drop(columns="seed")
limits.round(4)

# %% tags=["nbval-check-output"]
test, training = (limits.xs("mean", axis=1, level=1).loc[name] for name in ("test", "training"))
best, posterior = test.idxmin(axis=1), "posterior mean"
others = test.loc[0.1, ["Wiener", "network"]].max()
print("noise 0.1, test: the posterior mean is twice as bad as the others:", test.loc[0.1, posterior] > 2 * others)
print("noise 0.3, test: a network is best:", best[0.3].startswith("network"))
print("noise 0.6 and 1.0, test: the posterior mean is best:", (best[[0.6, 1.0]] == posterior).all())
print("on training digits the posterior mean is best at each noise:", (training.idxmin(axis=1) == posterior).all())

# %% [markdown]
# On test digits, no method wins everywhere. At 0.1 the Wiener filter and the network are close, and the posterior mean
# is more than three times as bad: its prior has 1,078 images, none of them the test digit, and with weak noise it
# returns little but the nearest one. At 0.3 the network's error is a fifth below the Wiener filter's; at 0.6 and 1 the
# posterior mean is best. At 1 the network beats the Wiener filter by only 1 %, but that is for want of training: with
# four times the epochs, and a learning rate that decays to 0, it is 6 %, and the posterior mean leads by 2 to 3 %.
#
# On *training* digits our pretended prior is the truth, and the posterior mean is the best possible: at 0.1 it finds
# the very image. The network does not come near (0.017 against 0.002 at 0.3): it has not memorised them.
#
# ## Decibels, and a measure of structure
#
# Restoration is usually reported as a **peak signal-to-noise ratio**, in decibels (dB):
#
# $$ \mathrm{PSNR} = 10 \log_{10} \frac{\text{peak}^2}{\mathrm{MSE}}, $$
#
# where the peak is the range of the pixels, 1 for us. Ten decibels more mean a tenth of the error, 3 dB about half.
# Noise that is not clipped has an MSE of $s^2$, so the noisy image itself has $-20 \log_{10} s$ dB: 20 at $s = 0.1$, 0
# at $s = 1$. The **gain** of a restorer is its PSNR minus that of its input. PSNR is computed *for each image* and then
# averaged, which is not the PSNR of the average error:

# %%
restored = keras.ops.convert_to_numpy(library.reconstruct(test_noisy))
mse = np.mean((digits.x_test - restored) ** 2, axis=(1, 2, 3))
decibels = 10 * np.log10(1 / mse)
assert np.allclose(decibels, psnr(digits.x_test, restored), atol=1e-3)  # that of scikit-image
print(f"average of the PSNRs {decibels.mean():.2f} dB")
print(f"PSNR of the average error {10 * np.log10(1 / mse.mean()):.2f} dB")

# %% [markdown]
# The first is never the smaller one ($-\log$ is convex). Papers report the first; say which is yours.
#
# PSNR treats pixels one by one. **Structural similarity**, SSIM (Wang et al. 2004), compares local means, variances and
# correlations in small windows, 7 x 7 pixels in scikit-image (the paper: 11 x 11, with Gaussian weights); 1 is a
# perfect copy. In an image of 8 x 8 that is hardly local. So we move on to 28 x 28.
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
# training images, and so do the networks, trained for eight epochs: a *dense* and a *convolutional* one, both with a
# code of 64 numbers; a *wide* convolutional one whose code has 14 x 14 x 32 numbers; and one with **skip connections**
# (Ronneberger et al. 2015; here `ae.networks.skip_autoencoder`): its decoder also sees the encoder's feature maps at
# full size, so fine detail need not pass through a code. ("Deeper" halves the image twice, and has five times the
# weights.) Filters, Wiener filter and posterior mean are told $s$; the networks are not: in training, $s$ is drawn
# between 0 and 1 for each image.

# %%
import denoisers
from denoisers import NETWORKS, NOISES, NoiseRange, load, restore
from denoisers import train as train_on_clothes

x_train, x_val, x_test = load()
skips = train_on_clothes(NETWORKS["conv, skips"], NoiseRange, x_train, seed=0)
stored = pd.read_csv("denoisers.csv")
now = {noise: psnr(x_test, restore(skips, corrupt(x_test, noise, seed=0))).mean() for noise in NOISES}
same = stored[(stored.method == "conv, skips") & (stored["trained on"] == "range") & (stored.seed == 0)]
pd.DataFrame({"trained now": now, "stored": same.set_index("noise")["psnr"]}).rename_axis("PSNR (dB) at noise").round(1)

# %% [markdown]
# **Predict.** Here are two images under three noises. Which row will look best at 0.1, and which at 1?

# %%
names, examples = ("noisy", "Gaussian filter", "non-local means", "Wiener", "posterior mean"), x_test[[0, 4]]


def repairs(noise):
    methods, noisy = denoisers.computed(x_train, x_val[:20], noise), corrupt(examples, noise, seed=0)
    return {name: methods[name](noisy) for name in names} | {"conv, skips": restore(skips, noisy), "clean": examples}


by_noise = {noise: repairs(noise) for noise in (0.1, 0.3, 1.0)}
rows = {name: np.concatenate([images[name] for images in by_noise.values()]) for name in by_noise[0.1]}
ax = plot_image_rows(rows, [f"{noise}" for noise in by_noise for _ in examples])
ax.set_title("Two garments and their repairs, by noise_stddev", fontsize=10)
ax.figure.set_dpi(75)
alt = "Two garments under noise of 0.1, 0.3 and 1, restored in five ways, the posterior mean sharp, the network soft."
show(ax, alt=alt)

# %% [markdown]
# At 0.1, non-local means is the cleanest, though it wipes off the stripes, too. At 1, the filters leave blotches, and
# the network loses the shape. The posterior mean is sharp throughout, but at 0.1 and 0.3 its boot has a label that was
# never there. Where does each method give up? Drag the strength of the noise (this needs Jupyter):

# %%
from ipywidgets import FloatSlider, interact


def drag(noise=0.5):
    ax = plot_image_rows(repairs(noise))
    ax.set_title(f"noise_stddev = {noise:.2f}", fontsize=10)
    ax.figure.set_dpi(75)
    show(ax, alt=f"Two garments under noise of {noise:.2f}, restored in five ways.")


_ = interact(drag, noise=FloatSlider(0.5, min=0.05, max=1.5, step=0.05, continuous_update=False))

# %% [markdown]
# Two images can mislead. Here are means over 500 test images (`denoisers.py`, three seeds):

# %%
by_noise = stored[stored["trained on"].fillna("").isin(["", "range"])].groupby(["method", "noise"], sort=False)
table = by_noise[["psnr", "ssim"]].mean().unstack("noise")
table.loc["largest spread of a row"] = by_noise[["psnr", "ssim"]].std().unstack("noise").max()
mse = by_noise["mse"].mean()
for noise in NOISES:
    largest = denoisers.posterior_weights(x_train, corrupt(x_test, noise, seed=0), noise).max(axis=1).mean()
    errors = f"MSE: posterior mean {mse['posterior mean', noise]:.4f}, Wiener {mse['Wiener', noise]:.4f}"
    print(f"noise {noise}: weight of the likeliest training image {largest:.2f} on average; {errors}")
alt = "PSNR and SSIM by noise: all curves but that of the posterior mean fall; it is nearly flat, and leads at 1."
show(denoisers.plot_comparison(table), alt=alt)
table.round({("psnr", noise): 1 for noise in NOISES} | {("ssim", noise): 3 for noise in NOISES})

# %% tags=["nbval-check-output"]
psnrs = table["psnr"].drop("largest spread of a row")
brief = psnrs[psnrs.index.isin(NETWORKS)].drop(denoisers.LONGER).max()  # eight epochs
cut_at_0, longer = psnrs.loc["Wiener, then max(., 0)"], psnrs.loc[denoisers.LONGER]
print("noise 0.1: non-local means is 2 dB ahead of networks:", psnrs.loc["non-local means", 0.1] > brief[0.1] + 2)
print("after 8 epochs no network is 0.5 dB ahead of a Wiener filter cut at 0:", (brief < cut_at_0 + 0.5).all())
print("after 24 epochs one is, at noise 0.3:", longer[0.3] > cut_at_0[0.3] + 0.5)
print("noise 1: the posterior mean is the best of all:", psnrs[1.0].idxmax() == "posterior mean")

# %% [markdown]
# Read the columns, first for the networks trained for eight epochs. At 0.1, non-local means, which has seen no other
# image, beats them all by 3 dB. At 0.3 the two with skips are ahead of the Wiener filter by 0.4 and 0.5 dB. But the
# Wiener filter gains 0.4 dB, too, if its negative pixels are set to 0, as nothing is darker than black. Cut like that
# (and told $s$, as they are not), it is ahead of the best network or within 0.2 dB of it at *every* noise.
#
# Is it the networks, or their training? "Deeper", trained three times as long (one seed), gains 0.6 to 2.8 dB. It is
# ahead of the cut Wiener filter by 1.1 dB at 0.3 and by 0.5 at 0.6, and level at 0.1; non-local means is still better
# at 0.1, and the posterior mean at 1. "Networks beat filters" depends on the noise, the training, and the filter.
#
# Training on a *range* costs, too: on noise of 0.1 alone, eight epochs reach 25.7 dB, more than non-local means (see
# part two). Not at 1: trained on that alone, the network with skips gets 14.4, and the Wiener filter 15.5. There *each
# output pixel sees too little*, a patch of 11 x 11. The same limit takes 0.9 dB from the Wiener filter; a patch of
# 21 x 21, that of "deeper", takes 0.5. The networks with a code of 64 numbers see the whole image: close to the Wiener
# filter at 1, and worse than no repair at 0.1, where fine detail does not fit through the code.
#
# And the measures disagree. At 0.6 the posterior mean has the average PSNR of the Wiener filter, a larger MSE (0.025
# against 0.022), and an SSIM of 0.63 against 0.53. With 784 pixels most of the weight falls on one image: it returns a
# *real* garment, sharp, and often not the right one. Squared error prefers a safe blur; SSIM rewards structure, even a
# wrong one; and an average of decibels rewards the images where it happened to be right.
#
# **Part two begins here**, a good place for a break.
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
ax = plot_image_rows(rows)
ax.set_title("The network with skips, trained without and with corruption", fontsize=10)
show(ax, alt=alt)

# %% [markdown]
# An excellent loss, and the noise is copied. Is it the skips, or simply room? The controls are networks without skips,
# also trained on clean images only: one as wide, two with a code of 64 numbers; and two restorers without a network: a
# projection on 64 principal components, and max(y, 0), which sets negative pixels to 0. Gains in dB:

# %%
of_gains = denoisers.gains(stored).loc[["range", "clean", "nothing"]]
of_gains.round(1)

# %% tags=["nbval-check-output"]
without, cut = of_gains.loc["clean"], of_gains.loc[("nothing", "max(y, 0), no network")]
narrow, from_03 = without.filter(like="code of 64", axis="index"), [0.3, 0.6, 1.0]
more = of_gains.loc[("range", "conv, skips")] - cut
print("skips, without corruption: at most 0.5 dB above max(y, 0):", (without.loc["conv, skips"] < cut + 0.5).all())
print("skips, with corruption, from noise 0.3 up: at least 5 dB above it:", (more[from_03] > 5).all())
print("narrow codes without corruption gain 5 dB or more there:", (narrow[from_03] > 5).all(axis=None))

# %% [markdown]
# The network with skips gains 0.8 to 2.3 dB, no more than setting negative pixels to 0: it has not learnt to denoise.
# The one as wide but without skips gains at most 1.5 dB more. So *room* is mostly to blame, and skips are one way to
# have room.
#
# A narrow code denoises without ever having seen noise: at 0.3 the dense one gains 6.1 dB, and 6.2 if trained with
# noise (the convolutional one 5.3 and 6.6). It need not even be a network: 64 principal components gain 7.4. But at 1,
# training with noise is worth another 5 dB.
#
# ## Noise it was never trained on
#
# Here are five networks with skips. Four were trained on a single noise (0.1, 0.3, 0.6, 1), one on the range.
# **Predict.** How well does the one trained on 0.3 do at 0.1, and at 1?

# %%
nets = stored[stored.method == "conv, skips"]
nets = nets[nets["trained on"] != "clean"].groupby(["trained on", "noise"])["psnr"].mean().unstack("noise")
curves = {f"trained on {name}": row for name, row in nets.iterrows()} | {"no repair": -20 * np.log10(NOISES)}
ax = plot_curves(curves, x=NOISES, xlabel="noise_stddev of the test images", ylabel="PSNR (dB)", markers=True)
ax.set(title="Networks with skips, trained on one noise or a range", xticks=NOISES)
ax.figure.set_dpi(75)
ax.legend(frameon=False, fontsize=8, bbox_to_anchor=(1, 1), loc="upper left")
alt = "A network trained on one noise does best near it and falls steeply above it; the range has no such falls."
show(ax, alt=alt)
nets.round(1)

# %% [markdown]
# Each noise is repaired best by the network trained on it. Missing it is not symmetric. *Above* its noise, a network
# takes the excess for a part of the image: trained on 0.3, it gets 10 dB at 1, where the one trained on 1 gets 14.
# *Below*, it smooths away detail: those trained on 0.6 and 1 return images of noise 0.1 worse than they were. The range
# has no such falls. From 0.3 up it costs at most 0.6 dB; at 0.1, 3.6 (with a spread of 0.7 dB over seeds).
#
# ## Other kinds of damage
#
# For half of the pixels black, or a black square of 10 x 10, nothing in training changes but the corruption. The table
# (`corruptions.py`, three seeds) has the PSNR of a dense network, one with skips and the best *linear* restorer, fitted
# by least squares. Rows are what they were trained on, columns what they are tested on. **Predict.** Which of the three
# fills the square best? (In the figure, "trained on noise" is the network with skips from above.)

# %%
damage = pd.read_csv("corruptions.csv").groupby(["trained on", "method", "tested on"], sort=False)["psnr"]
damage.mean().unstack("tested on").round(1)

# %%
from corruptions import CORRUPTIONS, damaged, linear_restorer

kind = "block of 10 x 10"
broken = damaged(kind, x_test, seed=0)
holes = damaged(kind, np.ones_like(x_test), seed=0) == 0
rows = {"masked": broken, "linear": linear_restorer(kind, x_train)(broken)}
for name, network in {"dense": "dense, code of 64", "skips": "conv, skips"}.items():
    rows[name] = restore(train_on_clothes(NETWORKS[network], CORRUPTIONS[kind], x_train, seed=0), broken)
rows |= {"trained on noise": restore(skips, broken), "clean": x_test}
ax = plot_image_rows({name: images[:6] for name, images in rows.items()})
ax.set_title("Masked squares, and their repairs", fontsize=10)
alt = "Clothes with a black square each: the linear and dense restorers fill it with soft shapes, "
show(ax, alt=alt + "the network with skips only from its edges, and the one trained on noise leaves it black.")

# %%
hit = (broken != x_test).any(axis=(1, 2, 3))
print(f"damaged: {hit.sum()} of {len(hit)} images (in the others the square fell on black); their mean PSNRs:")
found = {name: [restored, np.where(holes, restored, broken)] for name, restored in rows.items() if name != "clean"}
found = {name: [psnr(x_test[hit], images[hit]).mean() for images in both] for name, both in found.items()}
pd.DataFrame(found, index=["as restored", "intact pixels put back"]).T.round(1)

# %% [markdown]
# Each restorer is best on the damage it was trained on. The infinite mean comes from a few squares that fell on black.
# The other images have 16.5 dB as they are, so the restorers trained on noise, at 14.8 to 15.6, repair no squares: they
# leave the hole and blur the rest. Against noise, the network with skips trained on dropout is worse than no repair, 5
# dB against 10.5; trained on squares, it returns anything from -16 to 12 dB, depending on the seed.
#
# On squares, the linear restorer has the best PSNR, and the dense network is more than 2 dB behind, because it redraws
# all that was *intact* through 64 numbers. With the intact pixels put back, only the hole counts, and the dense network
# is best (one seed): 25.4 dB, against 23.2 for the linear restorer and 21.1 for the network with skips, whose outputs
# see only 11 x 11 pixels each, hardly beyond the hole. **Measure the hole by itself.**
#
# ## Does noise make a better code?
#
# Denoising autoencoders were not invented to clean images. The idea was that whoever repairs images must know what they
# look like, so the *code* should be good for other tasks (Vincent et al. 2008, 2010). Test it: `codes.py` trains a
# dense autoencoder on unlabelled images, corrupted from weakly to strongly (code: 256 numbers, or as said). Then a
# linear classifier, `ae.metrics.probes.linear_probe`, sees the codes of 100 *labelled* images, the same ten draws of
# them for every model. Baselines: pixels, PCA with 32 numbers, the encoder with random weights. **Predict** their order
# for the digits: pixels, random weights, no corruption, the best corruption.

# %%
from codes import plot_codes

codes = pd.read_csv("codes.csv")
small, codes = codes[(codes.data == "digits") & (codes.code < 256)], codes[codes.code == 256]
of_codes = codes.groupby(["corruption", "strength", "data"], sort=False)[["standardised", "one scale"]]
print(f"largest spread over seeds {of_codes.std().max().max():.3f}")
print(small.groupby(["corruption", "strength", "code"], sort=False)["one scale"].mean().unstack(sort=False).round(3))
alt = "Accuracy by strength: on digits, weak corruption and moderate noise lie above all baselines; "
show(plot_codes(codes), alt=alt + "on clothes all lie close together, the pixels and PCA above the codes.")
of_codes.mean().unstack("data", sort=False).swaplevel(axis=1).sort_index(axis=1).round(3)

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
# scale" divides all by one number, which is fairer to these baselines. It is what the figure shows, with error bars of
# one standard deviation over three seeds; strengths 1 to 4 are the rows of the table.
#
# On digits corruption helps a little. With noise of 0.3 the probe names 91 % right, against 88 % without corruption;
# with codes of 64 and 16 numbers (printed first) it gains two points and one. But 88 % is also what 256 *random*
# features get (16 get only 76 %), and pixels and PCA get 89 %. So the gain over the best baseline is two points at
# most, 13 of 719 test images. And it depends on the strength: masking three quarters of the side does harm.
#
# On clothes nothing helps. Every code is within two points of 69 %, and the pixels have 70 %. Whoever tries one
# strength on one data set can tell either story. (*Masked pre-training* of very large networks did become a success; He
# et al. 2022 hide three quarters of each image's patches. Our table says nothing about that scale.)
#
# ## The residual is a score
#
# The last use of a denoiser has the largest consequences. The **score** of a density $p$ at $y$ is the vector
# $\nabla_y \log p(y)$: it points where the density grows fastest, and its length is that growth relative to $p(y)$. If
# $p(y)$ is the density of *noisy* images, then, for Gaussian noise,
#
# $$ \nabla_y \log p(y) = \frac{E[x \mid y] - y}{s^2}. $$
#
# The **residual**, what the *best* denoiser changes, points to where noisy images are likelier. Divided by the noise's
# *variance* (not its standard deviation), it is the score.
#
# The derivation (Miyasawa 1961) takes three steps. The density of noisy images adds up those of the noise around each
# clean one, $p(y) = \int p(x)\, N(y; x, s^2 I)\, dx$, where $N(y; x, s^2 I)$ is the density at $y$ of independent
# Gaussian pixels with means $x$ and variance $s^2$. Its exponent is $-\lVert y - x \rVert^2 / 2 s^2$, so its gradient
# with respect to $y$ is itself times $(x - y) / s^2$. Hence
#
# $$ \frac{\nabla p(y)}{p(y)} = \int \frac{p(x)\, N(y; x, s^2 I)}{p(y)} \cdot \frac{x - y}{s^2}\, dx
# = \int p(x \mid y)\, \frac{x - y}{s^2}\, dx = \frac{E[x \mid y] - y}{s^2}. $$
#
# The second step is Bayes' rule. The left side is $\nabla \log p(y)$. (The result is often called *Tweedie's formula*:
# Robbins 1956 credits Tweedie. Vincent 2011 made the link with denoising autoencoders.)
#
# We can check it where everything is known: 1,000 points on two half-circles, the "images" of a world with two pixels.
# The posterior mean is a sum as above, and $\log p(y)$ can be differentiated numerically. `toy.py` trains a denoiser.

# %%
from scipy.special import logsumexp
from toy import POINTS as points
from toy import train_denoiser

noise_stddev, step = 0.3, 1e-4
noisy = corrupt(points, noise_stddev, seed=2).astype(float)


def log_p(y):  # up to a constant, which has no gradient
    return logsumexp(-np.sum((y[:, None] - points) ** 2, axis=2) / (2 * noise_stddev**2), axis=1)


numerical = np.stack([(log_p(noisy + e) - log_p(noisy - e)) / (2 * step) for e in step * np.eye(2)], axis=1)
denoised = posterior_mean(points, noisy, noise_stddev)
score_of_noisy = (denoised - noisy) / noise_stddev**2
print("the formula agrees with numerical derivatives:", np.allclose(numerical, score_of_noisy, atol=1e-4))

# %%
net = train_denoiser(noise_stddev)
residual = net.predict(noisy, verbose=0) - noisy
for name, power, sign in (("residual / s^2", 2, 1), ("residual / s", 1, 1), ("-residual / s^2", 2, -1)):
    found = sign * residual / noise_stddev**power
    relative = np.sqrt(np.sum((found - score_of_noisy) ** 2) / np.sum(score_of_noisy**2))
    lengths = np.linalg.norm(found, axis=1) * np.linalg.norm(score_of_noisy, axis=1)
    cosine = np.median(np.sum(found * score_of_noisy, axis=1) / lengths)
    print(f"{name:16} relative error {relative:.2f}, median cosine {cosine:6.3f}")

# %%
line = np.linspace(-1.6, 1.6, 13)
grid = np.stack(np.meshgrid(line, line * 0.65), axis=-1).reshape(-1, 2)
fields = {"posterior mean": posterior_mean(points, grid, noise_stddev), "network": net.predict(grid, verbose=0)}
figure, axes = plt.subplots(1, 2, figsize=(7.6, 2.9), sharey=True, dpi=75)
axes[0].set_ylabel("second pixel")
for ax, (name, there), colour in zip(axes, fields.items(), COLOURS, strict=False):
    ax.scatter(*points.T, s=1, color="black")
    arrows = (there - grid) / noise_stddev**2
    ax.quiver(*grid.T, *arrows.T, color=colour, angles="xy", scale_units="xy", scale=22, width=0.005)
    ax.set(title=f"{name}: residual / $s^2$, $s$ = {noise_stddev}", xlabel="first pixel", aspect="equal")
show(figure, alt="Two fields of arrows around two half-circles: they point to the arcs, longer farther out, and agree.")

# %% [markdown]
# From outside, arrows point to the half-circles, and are longer farther out. Between the two they are short, and at the
# centre just a dot: there the mean of the plausible points is where we stand. Divided by $s$ instead of $s^2$, the
# direction is right and the length off by the factor $s$; with the other sign, arrows lead away from the data.
#
# Noise makes the density smooth: this is the score of *noisy* points. For the clean ones $s$ has to be small (Alain and
# Bengio 2014). **Predict** what that does to the network's score; and does longer training help?

# %%
for noise_stddev, copies in ((0.3, 300), (0.1, 300), (0.1, 1200)):
    noisy = corrupt(points, noise_stddev, seed=2).astype(float)
    denoised = train_denoiser(noise_stddev, copies).predict(noisy, verbose=0)
    best = posterior_mean(points, noisy, noise_stddev)
    true, found = (best - noisy) / noise_stddev**2, (denoised - noisy) / noise_stddev**2
    rare, *_, dense = np.array_split(np.argsort(log_p(noisy)), 4)  # quarters of the points, by their density
    print(f"s = {noise_stddev}, {copies} copies: rms error of the denoiser {error(best, denoised) ** 0.5:.3f}")
    for name, where in {"all": slice(None), "lowest density": rare, "highest density": dense}.items():
        off, length = error(true[where], found[where]) ** 0.5, np.mean(true[where] ** 2) ** 0.5
        print(f"    score, {name:15} rms error {off:.2f}, relative {off / length:.2f}")

# %% [markdown]
# The denoiser's error grows by only half, but it is divided by $s^2$, a ninth of what it was: the score's error grows
# fourteenfold, to a third of the score itself. It is largest where noisy points are rare; relative to the score, where
# they are dense. With four times the copies it falls to a seventh of the score: this is an error of training, not of
# the formula. Lesson 15 uses all strengths, and starts with strong noise.
#
# ## What we saw
#
# - Corrupt the images yourself, in the test, too, and compare with the clean ones. Another noisy copy will do as a
#   target; the same one teaches copying, and clipping it shifts the brightness.
# - Squared error asks for the posterior mean, an average of plausible images. Computed over the training digits, it was
#   the best of all with strong noise, and far behind with weak noise.
# - On clothes, networks trained briefly were not ahead of a Wiener filter cut at 0; trained longer, one was, at noise
#   0.3 and 0.6. Non-local means won at 0.1, the posterior mean at 1. Put all of them beside a network.
# - Without corruption, networks with room copied, with skips or without. A narrow code denoised even so, as PCA did.
# - A network is at home at the noise and the damage it was trained on. A range of noises is safer.
# - Noise as a regulariser was worth one to three points of accuracy on digits, and nothing on clothes.
# - Residual / variance is the score of the noisy density. The smaller $s$, the better the denoiser has to be.
#
# **Where it breaks.** Real damage is rarely noise of a known kind. Averages are smooth, so PSNR rewards blur. With
# clipped noise, or any that is not Gaussian, neither our posterior weights nor the score formula hold. The networks are
# small and briefly trained, on 4,000 images.
#
# **Sources**, from memory, not checked against the texts. Vincent et al. 2008, *Extracting and composing robust
# features with denoising autoencoders*, and 2010, *Stacked denoising autoencoders*. Vincent 2011, *A connection between
# score matching and denoising autoencoders*. Alain and Bengio 2014, *What regularized auto-encoders learn from the
# data-generating distribution*. Robbins 1956, *An empirical Bayes approach to statistics* and Miyasawa 1961, *An
# empirical Bayes estimator of the mean of a normal population*. Lehtinen et al. 2018, *Noise2Noise*. Wang et al. 2004,
# *Image quality assessment*. Buades, Coll and Morel 2005, *A non-local algorithm for image denoising*. Ronneberger et
# al. 2015, *U-Net*. He et al. 2022, *Masked autoencoders are scalable vision learners*.
