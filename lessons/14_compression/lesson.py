# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,nbgrader
#     formats: ipynb,py:percent
#     notebook_metadata_filter: jupytext,kernelspec
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 14. Fewer bits
#
# **After this lesson you can** turn a code into a file and count its bytes; train a network for fewer bytes at the same
# error; compare it fairly with PCA, JPEG, WebP and AVIF, headers and decoder included; and say what the KL of a VAE has
# to do with the size of a file.
#
# **You need** lesson 9, and PCA from lesson 1.
#
# **Time** part one (from numbers to bytes) about 25 minutes, part two (learned codecs) about 40; a minute and a half to
# run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence), of which 12,000 images come with the package; scikit-learn's
# handwritten digits (UCI, CC BY 4.0); a photograph from scikit-image (Lav Varshney, CC0); a simulated server. Nothing
# is downloaded.

# %% [markdown]
# ## A code is not a file
#
# In lesson 1, an autoencoder squeezed an image of 784 pixels into eight numbers. How many bytes is that? Eight 32-bit
# floats take 32 bytes, but nobody sees their seventh decimal. How many digits are enough? This lesson counts bytes, and
# only the bytes of files that can be decoded again. A codec (a *co*der and a *dec*oder) is judged by two numbers:
#
# - **rate**: bytes per image;
# - **distortion**: the mean squared error (MSE) of pixels in [0, 1]. It is often given as $\mathrm{PSNR} = 10 \log_{10}
#   (\mathrm{peak}^2 / \mathrm{MSE})$ in decibels, where the peak is the largest possible pixel, here 1. For several
#   images, average the MSE first. (And subtract floats: differences of 8-bit integers wrap around.)
#
# A single pair says little: any codec can trade one for the other. Only at the same distortion can we compare rates.

# %%
# The scripts and tables of this lesson lie beside this notebook, wherever the editor has started it.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("14_compression")

# %%
import autoencoders_edu as ae
import constriction
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import rates  # a script beside this notebook, like bits_back
from autoencoders_edu.plotting import COLOURS, MARKERS, plot_image_rows, show
from bits_back import NORMAL, PIXEL, PRIOR, p_pixels, q
from scipy.stats import logistic, norm
from sklearn.decomposition import PCA

train, _, test = rates.flat_clothes()  # 9000 and 2000 images, (n, 784); another 1000 are for validation

# %% [markdown]
# ## Rounding
#
# PCA turns an image into coefficients $y$, and we round each of them to a multiple of a **step** $s$. What is stored is
# an integer, the **symbol** $k = \mathrm{round}(y / s)$; the decoder knows $y' = k s$. If the step is fine, the
# rounding error is spread evenly over $[-s/2, s/2]$, and its mean square is $s^2 / 12$.
#
# PCA's components are orthonormal, so a squared error in a coefficient is as large in the image. What 256 components
# leave out comes on top. (Clipping reconstructions to [0, 1] only helps.)

# %%
pca = PCA(256, random_state=0).fit(train)
y = pca.transform(test)
for step in (0.1, 0.4, 1.6):
    error = y - step * np.round(y / step)
    shares = 12 * np.mean(error**2, axis=0) / step**2
    print(f"step {step}: error / (s^2 / 12) = {shares[0]:.2f} in the first coefficient, {shares[-1]:.2f} in the last")

# %% [markdown]
# The last coefficients are so small that the coarser steps round nearly all of them to 0. Their error is then their own
# variance, here less than $s^2 / 12$: a coarse step drops small coefficients by itself.
#
# ## How many bits is a symbol?
#
# A symbol of probability $p$ can be stored in $-\log_2 p$ bits. One that occurs half of the time takes one bit, and one
# that occurs once in a thousand takes ten. The average is the **entropy**, $-\sum_k p(k) \log_2 p(k)$. No code can do
# better if symbols are drawn independently with these probabilities (Shannon 1948).
#
# **Predict.** We halve the step. How many more bits does a symbol of the first coefficient take?


# %% tags=["nbval-check-output"]
def entropy(symbols):
    """Of the symbols' own frequencies, in bits per symbol."""
    p = np.unique(symbols, return_counts=True)[1] / len(symbols)
    return -(p * np.log2(p)).sum()


first = pca.transform(train)[:, 0]
bits = {step: entropy(np.round(first / step)) for step in (1.6, 0.8, 0.4)}
print("bits per symbol at steps 1.6, 0.8, 0.4:", *(f"{value:.1f}" for value in bits.values()))

# %% [markdown]
# One bit more: each interval is cut into two halves, about equally likely. The error falls to a quarter, which is $10
# \log_{10} 4 = 6$ dB. For the last coefficients the price is lower, as most of them stay at 0. (Uniform steps are good
# enough: if they are fine and the model is true, no codec can save more than about a quarter of a bit per independent
# coefficient at the same squared error, Gish and Pierce 1968.)
#
# ## A model of the symbols
#
# The decoder does not know the frequencies in a file before it has read the file. Both sides therefore use a **model**
# $p$ that was made before, here from training images. Symbols from another source, with frequencies $q$, then take the
# **cross-entropy** $-\sum_k q(k) \log_2 p(k)$, which is the entropy of $q$ plus $\mathrm{KL}(q \| p)$. A wrong model
# costs bytes, but the file can still be decoded.
#
# Our models are counts, one model per column (coefficient). We fix a range [low, high] and add one to the count of each
# symbol in it (Laplace): otherwise a symbol that never occurred in training would take infinitely many bits. Symbols
# outside the range are clipped to it.


# %%
def model_of(train_symbols, low, high):
    """The probability of each symbol in [low, high], from counts plus one."""
    counts = np.bincount(np.clip(train_symbols, low, high) - low, minlength=high - low + 1) + 1
    return counts / counts.sum()


low, high, step = -60, 60, 0.8
columns = np.round(pca.transform(train) / step).astype(int)
symbols = np.clip(np.round(y / step).astype(int), low, high)
for name, column in (("its own model", 0), ("the model of the second", 1), ("the model of the tenth", 9)):
    p = model_of(columns[:, column], low, high)
    print(f"first coefficient under {name}: {-np.log2(p[symbols[:, 0] - low]).mean():.2f} bits per symbol")

# %% [markdown]
# ## From bits to bytes
#
# How can a symbol take 4.4 bits? If each were rounded up to whole bits, 256 coefficients would cost at least 256 bits,
# or 32 bytes, although the late ones are nearly always 0. An **entropy coder** shares the bits among all symbols of a
# file. We use the range coder of the library `constriction`. It takes symbols from 0 up and their probabilities, which
# `perfect=False` rounds quickly rather than optimally, and returns 32-bit words.

# %% tags=["nbval-check-output"]
p = model_of(columns[:, 0], low, high)
categorical = constriction.stream.model.Categorical(p, perfect=False)

encoder = constriction.stream.queue.RangeEncoder()
encoder.encode((symbols[:, 0] - low).astype("int32"), categorical)
data = encoder.get_compressed().astype("<u4").tobytes()  # little-endian, on any machine

decoder = constriction.stream.queue.RangeDecoder(np.frombuffer(data, "<u4").astype("uint32"))
decoded = decoder.decode(categorical, len(symbols)) + low
ideal = -np.log2(p[symbols[:, 0] - low]).sum() / 8
print("round trip exact:", np.array_equal(decoded, symbols[:, 0]))
print("at most 8 bytes above the ideal code length:", ideal <= len(data) <= ideal + 8)

# %% [markdown]
# So we may reason in ideal bits, the sum of $-\log_2 p$, but we report `len(data)`. The class `SymbolCoder` in
# `rates.py` does the same column by column. It puts the number of images in front, in two bytes, and decodes every file
# as a check. `PCACodec` joins it to PCA.
#
# **Predict.** A file with one image, or 100 images in one file: by how much do the bytes per image differ?

# %%
some, rows = test[:200], []
for step in (1.4, 1.0, 0.7, 0.5):
    codec = rates.PCACodec(pca, train, step)
    measured = {**rates.judged(codec, some), **rates.single(codec, some)}
    rows.append({"step": step, **measured, "PSNR, dB": rates.psnr(measured["mse"])})
pd.DataFrame(rows).set_index("step").rename(columns={"bytes": "100 per file", "single": "1 per file"}).round(4)

# %% [markdown]
# In a file of its own, an image takes 4 bytes more: two for the number of images, the rest because the coder returns
# whole words. Among 100 images that is nothing. The figure shows three steps, the slider (in Jupyter) any.

# %%
garments = test[:8]


def drawn(codecs):
    """Garments, what codecs make of them, and their ideal bytes per image."""
    made = {"original\n784 bytes": garments}
    for name, each in codecs.items():
        symbols = each.symbols(garments)
        made[f"{name}\n{each.coder.bits(symbols).mean() / 8:.0f} bytes"] = each.images(symbols)
    ax = plot_image_rows({name: images.reshape(-1, 28, 28) for name, images in made.items()})
    ax.set_title("Reconstructions, and ideal bytes per image", fontsize=10)
    ax.figure.set_dpi(75)
    return ax


def by_pca(*steps):
    return {f"PCA, step {step:.2g}": rates.PCACodec(pca, train, step) for step in steps}


# %%
show(drawn(by_pca(2.4, 1.0, 0.4)), alt="Eight garments by PCA: at 3 bytes blobs, at 12 blurred, at 42 grainy.")

# %%
from ipywidgets import FloatLogSlider, interact


def drag(step):
    show(drawn(by_pca(step)), alt=f"Eight garments and their reconstructions by PCA at step {step:.2f}.")


_ = interact(drag, step=FloatLogSlider(0.63, base=10, min=-0.8, max=0.5, step=0.1, continuous_update=False))

# %% [markdown]
# ## The formats that everyone has
#
# Now the rivals: PNG, which loses nothing; JPEG; and the younger WebP and AVIF. All come with Pillow. We store 200 test
# images one by one, and all 2,000 in **mosaics** of 10 x 10, at slow settings, which make smaller files.
#
# **Predict.** One of our garments takes 577 bytes as a JPEG of quality 50. How much of that is header?


# %%
pictures = {"black": np.zeros((28, 28)), "a garment": some[0].reshape(28, 28), "100 garments": rates.mosaic(some[:100])}
for optimize in (False, True):
    sizes = {name: len(rates.saved(each, "JPEG", 50, optimize=optimize)[0]) for name, each in pictures.items()}
    print(f"JPEG, quality 50, optimize={optimize}: bytes {sizes}")

# %%
formats = pd.read_csv("formats.csv")  # made by rates.py
formats.set_index(["format", "quality"]).round(4)

# %% [markdown]
# A black image takes 344 bytes although there is nothing in it, since each JPEG file brings its own tables of code
# words and steps. With `optimize`, as in the table, they are shorter, and 164 bytes remain. Our codec has its tables in
# the decoder, so single files would be an unfair comparison. From here on, all store **100 images per file**.

# %%
pcas = pd.read_csv("pca.csv")  # made by rates.py
of_pca, best_pca = pcas[pcas.decoded == "steps"], pcas[pcas.decoded == "means"]


def plot_rates(tables, title):
    _, ax = plt.subplots(figsize=(6.8, 4))
    for index, (name, table) in enumerate(tables.items()):
        table = table.sort_values("bytes")
        ax.plot(table["bytes"], table["mse"], color=COLOURS[index], marker=MARKERS[index], ms=4, label=name)
    ax.set(xscale="log", yscale="log", xlabel="bytes per image", ylabel="MSE of pixels in [0, 1]", title=title)
    ax.set_xticks([3, 10, 30, 100, 300], [3, 10, 30, 100, 300])
    errors = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02]
    ax.set_yticks(errors, errors)
    ax.grid(alpha=0.3)
    ax.legend(frameon=False)
    return ax


# %%
tables = {name: formats[formats.format == name] for name in ("JPEG", "WEBP", "AVIF")}
ax = plot_rates({**tables, "PCA": of_pca}, "100 images per file: down and left is better")
show(ax, alt="MSE against bytes. PCA lies lowest up to 37 bytes per image, above that WebP and AVIF.")

# %% [markdown]
# PCA wins up to about 37 bytes: it has seen 9,000 garments, and the formats none. Then AVIF takes the lead, and from 45
# bytes WebP is ahead of PCA as well. (PCA's last two points have all 784 components, chosen on validation images. AVIF
# runs at speed 2. In a trial at speed 0, which takes four times as long, it overtook PCA at about 32 bytes.)
#
# **Part two begins here**, a good place for a break. So far: rounding makes symbols, a model gives each $-\log_2 p$
# bits, and an entropy coder turns these into bytes. Halving a fine step costs a bit per symbol. PCA takes 12 bytes per
# image at an MSE of 0.013. That is the mark to beat.
#
# ## Training without rounding
#
# A network could do better than PCA if it were trained for what we count: bits and error. But rounding has slope 0
# almost everywhere, so no gradient reaches the encoder. Ballé et al. (2017) train with **noise in place of rounding**:
# $z = y + u$ with $u$ uniform in $[-1/2, 1/2)$. The step is 1, and the network sets the scale of $y$. Like the error of
# rounding, the noise has a mean square of 1/12, and the gradient of $z$ with respect to $y$ is 1.
#
# The bits need a gradient, too, so counts will not do. If a density with cumulative distribution $F$ describes $y$, the
# symbol $k$ has the probability $F(k + \tfrac12) - F(k - \tfrac12)$. We use the same formula for any $z$:
#
# $$ \text{bits}(z) = -\log_2 \bigl( F(z + \tfrac12) - F(z - \tfrac12) \bigr) . $$
#
# **Predict.** For a coefficient with a logistic distribution, how far are these bits from those of rounded symbols?

# %%
rng = np.random.default_rng(0)
for scale in (5, 1, 0.3, 0.1):
    values = logistic.rvs(scale=scale, size=100_000, random_state=rng)
    means = []
    for z in (np.round(values), values + rng.uniform(-0.5, 0.5, len(values))):
        mass = logistic.sf(np.abs(z) - 0.5, scale=scale) - logistic.sf(np.abs(z) + 0.5, scale=scale)
        means.append(-np.log2(mass).mean())
    print(f"scale {scale}: rounded {means[0]:.2f}, with noise {means[1]:.2f} bits per symbol")

# %% [markdown]
# (The mass is computed from $1 - F$ at $|z|$: close to 1, a float has no digits left for a difference.) For wide
# distributions the two agree. For narrow ones, noise counts more bits than rounding. A small coefficient that is nearly
# always rounded to 0 is almost free in a file, but in training it is free only once it is the same for all images.
#
# The **prior** of each latent is a mixture of three logistic distributions, trained with the network:
#
# $$ F(z) = \sum_m w_m\, \mathrm{sigmoid} \Bigl( \frac{z - \mathrm{mean}_m}{\mathrm{scale}_m} \Bigr) . $$
#
# The loss of an image is
#
# $$ \text{bits}(z) + \lambda \sum_i (x_i - x'_i)^2 , $$
#
# a rate plus a weight $\lambda$ times a distortion. This is the loss of lesson 9 in disguise. Let $q(z|x)$ be uniform
# with width 1 around $y$: its density is 1, so $\log_2 q = 0$. And $F(z + \tfrac12) - F(z - \tfrac12)$ is itself a
# density $p(z)$, that of the prior plus the same noise. So the mean of $-\log_2 p(z)$ is $\mathrm{KL}(q \| p)$ in bits,
# and $\lambda$ does what $1 / \beta$ did.
#
# Encoder and decoder are each a **linear layer that starts as PCA, plus a hidden layer** that corrects it
# (`LearnedCodec` in `rates.py`; 512 hidden units and 64 latents, or 128 at the largest $\lambda$, chosen on validation
# images). Between them is a layer whose call reads
#
#     z = y + keras.random.uniform(ops.shape(y), -0.5, 0.5) if training else ops.round(y)
#     self.add_loss(ops.mean(ops.sum(self.bits(z), axis=-1)))
#
# After training, `SymbolCoder` counts the rounded symbols as before, so the prior is needed only in training, which
# takes about half a minute.

# %%
codec = rates.LearnedCodec(train, weight=20, seed=0)
live = rates.judged(codec, test)
learned = pd.read_csv("learned.csv").rename(columns={"without": "network"})  # made by rates.py
parts = {"hidden layers": "without hidden layers", "PCA": "without linear layers"}
learned["network"] = learned["network"].map(parts).fillna("whole")
stored = learned.iloc[0]  # the same weight and seed
for name, row in {"live": live, "stored": stored}.items():
    print(f"{name}: {row['bytes']:.1f} bytes per image, MSE {row['mse']:.4f}")


# %%
def at(table, column, value, wanted):
    """What a curve has in one column where another has the value, interpolated in logarithms."""
    table = table.sort_values(column)
    return np.exp(np.interp(np.log(value), np.log(table[column]), np.log(table[wanted])))


same_error = at(of_pca, "mse", live["mse"], "bytes")
print(f"PCA needs {same_error:.1f} bytes for this error")
ax = drawn(by_pca(1.0) | {"learned": codec})
show(ax, alt="Eight garments by PCA and by the learned codec at 12 bytes: PCA's are striped, the learned ones smooth.")

# %% [markdown]
# PCA's garments have stripes, the learned ones hardly any. But the 6 on the first shirt is lost: a smaller error on
# average does not keep every detail.
#
# ## The whole curve, and what made it
#
# Now three weights $\lambda$, three seeds each, and networks without some of their layers. "PCA: bytes" is what PCA
# needs for the same error. "Best PCA" decodes a symbol as the mean of its training coefficients, and has only 128
# components where that helps. **Predict.** Does the network save a larger share at few bytes, or at many?

# %%
for name, table in {"PCA": of_pca, "best PCA": best_pca}.items():
    learned[f"{name}: bytes"] = [at(table, "mse", error, "bytes") for error in learned["mse"]]
    learned[f"saved, {name}"] = 1 - learned["bytes"] / learned[f"{name}: bytes"]
columns = ["bytes", "mse", "PCA: bytes", "saved, PCA", "saved, best PCA"]
learned.groupby(["network", "weight"])[columns].agg(["mean", "std"]).round(4)

# %%
whole = learned[learned.network == "whole"].groupby("weight")[["bytes", "mse"]].mean()
ax = plot_rates({**tables, "PCA": of_pca, "learned": whole}, "100 images per file: down and left is better")
show(ax, alt="The learned codec lies below PCA at 4 and 12 bytes, and just below PCA at 33.")

# %% [markdown]
# **The lead is largest where there are fewest bytes**: 42 % at 4.4 bytes, 33 % at 12.5 and 10 % at 33. Against the best
# PCA it is 40, 29 and 7 %. At 33 bytes the network also beats AVIF, by 11 %, or by about 5 % in the trial at speed 0.
#
# Where does the gain come from? At $\lambda$ = 20, linear layers alone, trained for bits and error, save 6 % against
# our PCA and nothing against the best: **hidden layers** are needed. Hidden layers alone, from random weights, end at
# 9.4 bytes and save 17 % there. The whole network saves between 33 and 42 % at that size, so the linear layers that
# start as PCA account for half of the gain or more. (We did not test these layers and their start apart.) In a trial
# with one seed, PCA's symbols at step 1 under a learned decoder saved a fifth: much of the gain is in the decoder.
# Seeds hardly differ in any row.
#
# ## Where it loses
#
# The same codecs, made for clothes, now get 100 images of other kinds, again in one file. Each entry has bytes per
# image and MSE. **Predict.** On which kinds is the network worse than a constant grey?

# %%
elsewhere = pd.read_csv("elsewhere.csv")  # made by rates.py
sets = rates.others(test)
live_rows = [{"images": name, "codec": "learned"} | rates.judged(codec, images) for name, images in sets.items()]
shuffled = rates.bytes_and_mse(rng.permutation(sets["a photograph in tiles"]), "AVIF", 0)
print(f"the photograph with its tiles shuffled, AVIF 0: {shuffled[0]:.0f} B, {shuffled[1]:.4f}")
elsewhere = pd.concat([elsewhere, pd.DataFrame(live_rows)]).set_index(["images", "codec"])
words = elsewhere["bytes"].map("{:.0f} B, ".format) + elsewhere["mse"].map("{:.4f}".format)
words.unstack("images").loc[elsewhere.index.unique("codec"), list(sets)]

# %% [markdown]
# Upside down, the same clothes take the network 15 bytes in place of 12, at nearly twice the error. PCA loses as well,
# the formats nothing. Digits take 19 bytes at nearly three times the error; AVIF has a twentieth of that error, with 37
# bytes. A photograph, cut into tiles, takes AVIF 11 bytes per tile, and the network 16 at ten times the error.
# Neighbouring tiles explain part of that: shuffled, they take AVIF 15 bytes. On noise, network and PCA are worse than
# **constant grey**, which costs nothing. (This is one training.)
#
# ## What the decoder costs
#
# Our files are worthless without the decoder, so its bytes count, too. It has paid for itself after
#
# $$ \frac{\text{bytes of the decoder}}{\text{bytes per image of the other} - \text{bytes per image of ours}} $$
#
# images, rounded up, and never if ours takes as many bytes or more (at the same distortion). Weights can be rounded as
# well, here to 8 bits, and compressed.

# %%
weights = codec.decoder.get_weights()
coarse, small = rates.in_8_bits(weights)
codec.decoder.set_weights(coarse)
rounded = rates.judged(codec, test)
codec.decoder.set_weights(weights)
full = sum(w.nbytes for w in weights)
print(f"MSE {live['mse']:.5f}, with the decoder in 8 bits {rounded['mse']:.5f}")
print(f"MB: decoder {full / 1e6:.2f}, in 8 bits and compressed {small / 1e6:.2f}, ", end="")
print(f"counts of SymbolCoder in 16 bits {2e-6 * codec.coder.probabilities.size:.3f}")


# %%
def break_even(decoder_bytes, other, ours):
    """The number of images after which the decoder has paid for itself."""
    return np.inf if ours >= other else np.ceil(decoder_bytes / (other - ours))


for name in ("JPEG", "AVIF"):
    size = at(tables[name], "mse", rounded["mse"], "bytes")
    images = [break_even(mine, size, rounded["bytes"]) for mine in (full, small)]
    print(f"{name} {size:.0f} bytes: break-even after {images[0]:,.0f} images, in 8 bits {images[1]:,.0f}")
more = full - 4 * (pca.components_.size + 784)  # PCA needs a decoder, too
print(f"PCA {same_error:.0f} bytes: break-even after {break_even(more, same_error, live['bytes']):,.0f} images")

# %% [markdown]
# Against AVIF (30 bytes, its lowest quality), 108,000 images have to share the decoder before a byte is saved, or
# 17,000 with weights in 8 bits, at next to no loss; against JPEG 60,000 or 9,500. PCA needs a decoder as well, of 0.8
# MB, so only the difference counts: 181,000 images. Decoding takes a multiplication per weight, half a million per
# image, and a photograph of 12 million pixels has 15,000 tiles.
#
# ## The KL, and how to get bits back
#
# A VAE has a rate as well: $\mathrm{KL}(q(z|x) \,\|\, p(z))$, and papers quote it in bits. Is it the size of a file? We
# store black-and-white digits without loss: first $z$, 8 numbers, then the pixels given $z$, each with the probability
# that the decoder gives it. The ELBO counts the KL and the pixels.

# %%
digits = ae.data.load("digits")
x_train, x_test = ((x > 0.5).astype("float32") for x in (digits.x_train, digits.x_test))
keras.utils.set_random_seed(0)
encoder, decoder = ae.networks.dense_encoder((8, 8, 1), 16, (128,)), ae.networks.dense_decoder(8, (8, 8, 1), (128,))
vae = ae.VAE(encoder, decoder)
vae.compile(keras.optimizers.Adam(2e-3))
vae.fit(x_train, epochs=60, batch_size=64, verbose=0)
draws = [np.mean(vae.log_likelihood(x_test, samples=1, seed=seed)) / np.log(2) for seed in range(20)]
elbo = np.mean(draws)
kl = ae.diagnostics.collapse_report(vae, x_test).kl / np.log(2)
alone = rates.SymbolCoder(x_train.reshape(-1, 64).astype(int)).bits(x_test.reshape(-1, 64).astype(int)).mean()
print(f"-ELBO {-elbo:.1f} bits per image, of which the KL is {kl:.1f}")
print(f"raw 64 bits, each pixel with counts of its own {alone:.1f}")

# %% [markdown]
# To send $z$, we have to round it. We take the mean of $q$. **Predict:** how many bits does $z$ take under the prior,
# as the step gets finer? And in total?

# %%
mean = np.split(np.asarray(vae.encoder(x_test), float), 2, axis=1)[0]
mean_train = np.split(np.asarray(vae.encoder(x_train), float), 2, axis=1)[0]
signs, table = 2 * x_test.reshape(-1, 64) - 1, []
for step in (0.25, 0.5, 1.0, 1.5, 2.0, 2.5):
    k = np.round(mean / step)
    under_prior = -np.log2(norm.cdf((k + 0.5) * step) - norm.cdf((k - 0.5) * step)).sum(axis=1).mean()
    counted = rates.SymbolCoder(np.round(mean_train / step).astype(int)).bits(k.astype(int)).mean()
    logits = np.asarray(vae.decoder((k * step).astype("float32")), float).reshape(-1, 64)
    of_pixels = np.logaddexp(0, -signs * logits).sum(axis=1).mean() / np.log(2)
    row = {"step": step, "z, prior": under_prior, "z, counted": counted, "pixels": of_pixels}
    table.append(row | {"total, counted": counted + of_pixels})
pd.DataFrame(table).set_index("step").round(1)

# %% [markdown]
# The finer the step, the more bits $z$ takes, without limit; the coarser, the more the pixels take. At a step between 2
# and 2.5, $z$ would take no more than the KL, but the total would be above 30. At the best one (1.5, chosen here on the
# test images) $z$ takes 11.4 bits and the total is 29.8, against the 27.3 that the ELBO promises. Rounded means deserve
# a model of their own: counts save a few tenths of a bit against the prior.
#
# What is missing is a **refund**. Say that $q(z|x)$ gives two values of $z$ a half each, and that either takes 5 bits
# under the prior. Which one we send is up to us, so we let a bit of *other data* choose: the first value for 0, the
# second for 1. The receiver decodes $z$, then $x$. Now it can compute $q(z|x)$, too, and sees which value we took: that
# was the bit. It has travelled for free, so the net price of $z$ is 4 bits. In general, choosing $z$ from $q$ uses up
# $-\log_2 q(z|x)$ bits of other data, and all of them come back. The net price, $-\log_2 p(z) + \log_2 q(z|x)$, has the
# KL as its mean over $z \sim q$. This is **bits-back coding** (Hinton and van Camp 1993; Townsend et al. 2019).
#
# It needs a coder that works as a stack, ANS (Duda 2009): what was pushed last is popped first. Pushing a symbol of
# probability $p$ adds $-\log_2 p$ bits, popping it removes them. Random bits popped under $q$ become a draw from $q$.
#
# 1. *Pop* $z$ under $q(z|x)$.
# 2. *Push* the pixels under $p(x|z)$.
# 3. *Push* $z$ under the prior.
#
# The receiver does the opposite, in reverse order. (`encode_reverse` pushes, `decode` pops. The models are in
# `bits_back.py`, where $z$ is rounded to multiples of 1/16: a finer step would cost more and refund as much more.)


# %%
def push(stack, image):
    k = stack.decode(NORMAL, *q(vae, image))  # z, in steps of 1/16
    stack.encode_reverse(image.ravel().astype("int32"), PIXEL, p_pixels(vae, k))
    stack.encode_reverse(k, PRIOR)


def pop(stack):
    k = stack.decode(PRIOR, 8)
    image = stack.decode(PIXEL, p_pixels(vae, k)).reshape(8, 8, 1).astype("float32")
    stack.encode_reverse(k, NORMAL, *q(vae, image))  # gives the other data back
    return image


# %% tags=["nbval-check-output"]
other_data = np.random.default_rng(0).integers(2**32, size=20, dtype="uint32")
stack = constriction.stream.stack.AnsCoder(other_data)
before = stack.num_bits()
for image in x_test:
    push(stack, image)
per_image = (stack.num_bits() - before) / len(x_test)

stack = constriction.stream.stack.AnsCoder(stack.get_compressed())  # what a file would hold
back = np.stack([pop(stack) for _ in x_test])[::-1]
print("all images are back:", np.array_equal(back, x_test))
print("so are the other data:", np.array_equal(stack.get_compressed(), other_data))
print("within half a bit of the ELBO:", abs(per_image + elbo) < 0.5)

# %%
print(f"bits-back: {per_image:.2f} bits per image, -ELBO {-elbo:.2f} ± {np.std(draws, ddof=1):.2f} per choice of draws")

# %% [markdown]
# A measured 27.5 bits per image, about what the ELBO promises, where rounded means took 29.8: **the KL is what a code
# adds to a long stream, if bits-back is used and the images are stored without loss**. A single image, with no other
# data beside it, pays for its $z$ in full. And where images are not exact, as in the rest of this lesson, there is no
# refund, since the receiver never knows $x$. Relative-entropy coding (Havasi et al. 2019) can then send a sample of $q$
# in about KL bits, but its work grows exponentially with the KL. In a trial with two seeds, a network of the same size
# trained for rounding, with noise, also took about two bits more than the ELBO.
#
# One trap: sender and receiver have to compute the same $q$ and $p$ *to the last digit*. If another processor rounds a
# sum differently, everything after the first wrong symbol is garbage (Ballé et al. 2019).
#
# ## A stream of numbers
#
# Now data that never end: fifty metrics of a server (that of lesson 13), every minute, 200 bytes per row as floats.
# Each metric is rounded to multiples of its own step, a half or a tenth of its standard deviation in training. So **no
# method is off by more than half a step**, all store the same integers without loss, and only bytes differ. Per row,
# `stream.py` codes
#
# - **differences** from the row before, through zlib and lzma, or with counted models per metric;
# - **residuals** of a prediction from the row before, by linear regression or a network;
# - **a code of 8 numbers**, by PCA or an autoencoder, coded as differences, and the residuals of the reconstruction.
#
# **Predict.** Which takes the fewest bytes?

# %%
table = pd.read_csv("stream.csv")  # made by stream.py: bytes per row of a healthy week, and of one with incidents
by_method = table.groupby(["method", "step"])[["healthy", "incidents"]]
print(f"standard deviation over three servers: at most {by_method.std().max().max():.2f}")
by_method.mean().unstack("step").loc[table["method"].unique()].round(2)

# %% [markdown]
# **Differences are hard to beat.** They take 5.9 bytes at the coarse step and 15.2 to 15.4 at the fine one. Linear
# regression is 0.5 to 1.4 % better in a healthy week and 4 to 14 % worse in one with incidents, which it never saw in
# training. The network (8 epochs) loses to it in both weeks; in a trial on one server, a network that started as the
# regression tied with it. zlib and lzma need 15 to 44 % more than counted differences.
#
# An autoencoder's code and its residuals take 8.27 bytes in a healthy week, PCA's 8.05. The residuals alone cost more
# than the differences do: a code of the present row knows nothing of each metric's own noise, and the row before knows
# part of it. So coding the residuals as differences, too, saves 12 to 25 % at the fine step and in weeks with
# incidents, though not enough. It does not help in a healthy week at the coarse step, where rounding hides how alike
# two minutes are. (This server is simulated; on another stream the order may differ.)
#
# ## What we saw
#
# - A symbol takes $-\log_2 p$ bits under a model from training symbols, and a range coder comes within 8 bytes of the
#   sum. A single small JPEG is mostly header, so we compared files of 100 images.
# - At 12.5 bytes per image, a network trained with noise in place of rounding saves a third of PCA's bytes, or 29 % of
#   a better PCA's; at 33 bytes a tenth or less. It works for clothes, upright and small, and pays for its decoder only
#   after many thousands of images. From about 37 bytes on, AVIF beats PCA.
# - A VAE with a KL of 8.4 bits promised 27.3 bits per digit, pixels included. Rounded means took 29.8, at a step chosen
#   on the test images, and bits-back coding 27.5.
# - For server metrics with a bounded error, differences from the minute before took 5.9 bytes per row, an autoencoder
#   with residuals 8.3.
#
# **To remember.** A file is what can be decoded again: count its bytes, with headers, length and decoder. Compare rates
# at the same distortion, with as many images per file, and let the rivals use their best settings. Put PCA with the
# same entropy coder in every table. The KL is a file size only with bits-back, or with another scheme made for it.
#
# **Where it breaks.** Tiny grey images, one small network, 20 epochs, three seeds. Large images need convolutions, and
# good codecs a prior whose scales are sent along with the image (Ballé et al. 2018); we tried neither. PSNR is not what
# eyes see. Break-even counts bytes only: decoding takes energy. Our mosaics have 100 images; in trials with 400, WebP
# took 4 % fewer bytes and AVIF a tenth.
#
# **Sources.** C. Shannon 1948, *A mathematical theory of communication*. H. Gish and J. Pierce 1968, *Asymptotically
# efficient quantizing*. J. Ballé, V. Laparra and E. Simoncelli 2017, *End-to-end optimized image compression* (noise in
# training). J. Ballé, D. Minnen, S. Singh, S. J. Hwang and N. Johnston 2018, *Variational image compression with a
# scale hyperprior*. G. Hinton and D. van Camp 1993, *Keeping neural networks simple by minimizing the description
# length of the weights* (bits back). J. Townsend, T. Bird and D. Barber 2019, *Practical lossless compression with
# latent variables using bits back coding*. M. Havasi, R. Peharz and J. M. Hernández-Lobato 2019, *Minimal random code
# learning*. J. Ballé, N. Johnston and D. Minnen 2019, *Integer networks for data compression with latent-variable
# models* (decoders that agree on all machines). J. Duda 2009, *Asymmetric numeral systems*. Data: H. Xiao, K. Rasul and
# R. Vollgraf 2017; E. Alpaydin and C. Kaynak 1998 (UCI).
#
# <!-- Checked against its abstract: Townsend et al. 2019. The other sources are taken on trust. -->
