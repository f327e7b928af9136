# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: tags,nbgrader
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
# # Exercises 14. Fewer bits
#
# **You practise** predicting rates and errors; computing the length of a code before there is one; writing a codec whose
# files hold nothing but bytes; comparing two codecs with every byte counted; and making the rate differentiable.
#
# **You need** lesson 14, NumPy and Keras. **Time:** about 45 minutes for five exercises, 12 points in all. No network is
# trained, so the notebook runs in seconds.
#
# **Data** Fashion-MNIST (MIT licence; an excerpt comes with the course), without a download.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it: `check("name")` tells you whether the answer is right, and if not, what it did. Check as often
# as you like: the inputs are new each time. `hint("name")` leads a little further each time, and `solution("name")`
# shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import io
from contextlib import suppress

import autoencoders_edu as ae
import constriction
import keras
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from PIL import Image
from sklearn.decomposition import PCA

# %% [markdown]
# ## 14.1 Before you count (1 point, 6 minutes)
#
# **Predict before you compute.** Set `predict_bytes` to a dict with these six keys.
#
# A coefficient y is coded as the symbol k = round(y / s) and decoded as k s. The step s is already fine: over a few
# steps, the density of y hardly changes. Now s is **halved**.
#
# - `"more bits"`: by how many bits does the entropy of a symbol grow? A number.
# - `"error factor"`: by which factor is the mean squared error of y multiplied? A number.
#
# Symbols with an entropy of 3 bits each are coded under a model that is a little wrong: the KL divergence from the true
# distribution to the model is 0.5 bits.
#
# - `"wrong model"`: how many bits does a symbol take on average, in a long message? A number.
#
# At quality 50, JPEG files of 28x28 images of clothes take 522 bytes each on average. One JPEG file of a mosaic of 100
# of them takes 17,771 bytes. Suppose that a file is a header of fixed size plus equally many bytes for each image in it.
#
# - `"header"`: how many bytes does the header have? A number; up to 2.5 bytes more or less count as right.
#
# A VAE has a KL of 66 bits per image. Three ways to send z are compared by the bits they take on average:
# `"rounded mean"` rounds the posterior mean to a fine step, `"rounded sample"` does so with a sample from the
# posterior, and `"bits-back"` lets other data that has to be sent anyway choose the sample, and gets that data back when
# decoding. All three code z under the prior.
#
# - `"reaches the KL"`: which of them takes 66 bits? One of the three names.
#
# A codec that keeps 64 numbers per 28x28 image was fitted to clothes. It is given images whose pixels are independent
# noise, uniform on [0, 1].
#
# - `"on noise"`: is its mean squared error `"better"` or `"worse"` than that of painting each image grey, 0.5
#   everywhere, or the `"same"`?
#
# Each of these is a number that reports of learned codecs get wrong or leave out.
#
# Stuck? Run `hint("predict_bytes")`

# %% nbgrader={"grade": false, "grade_id": "predict_bytes", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_bytes = {
#     "more bits": ...,
#     "error factor": ...,
#     "wrong model": ...,
#     "header": ...,
#     "reaches the KL": ...,
#     "on noise": ...,
# }
### BEGIN SOLUTION
predict_bytes = {
    "more bits": 1,  # each symbol splits into two that are equally probable
    "error factor": 0.25,  # the error is uniform on a step, and its variance s^2 / 12
    "wrong model": 3.5,  # cross-entropy = entropy + KL
    "header": 348,  # h + b = 522 and h + 100 b = 17771
    "reaches the KL": "bits-back",  # the other two pay for the precision of z and get nothing back
    "on noise": "worse",  # it draws clothes: the error is larger than without any attempt
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_bytes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_bytes")

# %% [markdown]
# Now measure most of them. (Run this only after you have predicted.)


# %%
def jpeg_bytes(pixels, quality=50):
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="JPEG", quality=quality)
    return len(file.getvalue())


rng, clothes = np.random.default_rng(0), ae.data.load("fashion_mnist")
y = rng.normal(size=1_000_000)
for step in (0.2, 0.1):
    symbols = np.round(y / step)
    p = np.unique(symbols, return_counts=True)[1] / len(y)
    print(f"step {step}: entropy {-np.sum(p * np.log2(p)):.2f} bits, error {np.mean((y - step * symbols) ** 2):.5f}")

# %%
images = np.round(255 * clothes.x_test[:100, :, :, 0]).astype("uint8")
mosaic = images.reshape(10, 10, 28, 28).transpose(0, 2, 1, 3).reshape(280, 280)
alone, together, empty = np.mean([jpeg_bytes(image) for image in images]), jpeg_bytes(mosaic), np.zeros((8, 8), "uint8")
print(f"JPEG, quality 50: {alone:.0f} bytes for one image, {together} for 100; an empty 8x8 image {jpeg_bytes(empty)}")
x_train, x_test = (images.reshape(len(images), -1) for images in (clothes.x_train, clothes.x_test))
pca, noise = PCA(64, random_state=0).fit(x_train), rng.uniform(size=(500, 784))
drawn = pca.inverse_transform(pca.transform(noise))
print(f"noise: MSE {np.mean((drawn - noise) ** 2):.3f} through PCA with 64, {np.mean((noise - 0.5) ** 2):.3f} grey")

# %% [markdown]
# An empty image shows most of the header. The rest of the estimate is padding: JPEG works on blocks of 8x8 pixels, and 28
# is no multiple of 8. PCA stands in for a learned codec here, and is worse than grey on noise as well.

# %% [markdown]
# ## 14.2 The length of a code (2 points, 9 minutes)
#
# A good entropy coder comes within a few bytes of the code length of a message, so that you can compute the size of a
# file without writing it. Write `code_length(train_symbols, symbols, low, high)`.
#
# `train_symbols` and `symbols` are arrays of integers, (rows, columns) with the same number of columns but any number of
# rows. A row holds the symbols of one image, a column one coefficient.
#
# 1. Clip all symbols to the range from `low` to `high` (both included).
# 2. Each column j has a model of its own, from the training symbols alone, with one added to each count:
#    $$ p_j(k) = \frac{1 + \text{how often } k \text{ occurs in column } j \text{ of train\_symbols}}
#    {\text{rows of train\_symbols} + K}, \qquad K = \text{high} - \text{low} + 1 $$
# 3. Return the code length of all of `symbols` together, in bits: the sum of $-\log_2 p_j(k)$ over all rows and
#    columns. One number, not rounded.
#
# `low` may be positive, and `high` negative. Results are compared to a ten-thousandth of their size.
#
# The decoder has to know the model before it reads the first symbol. So the model comes from training data, and test
# data may hold symbols that were never seen.
#
# Stuck? Run `hint("code_length")`


# %% nbgrader={"grade": false, "grade_id": "code_length", "locked": false, "schema_version": 3, "solution": true, "task": false}
def code_length(train_symbols, symbols, low, high):
    """Bits of all symbols under add-one models of the columns: two arrays (rows, columns) -> one number."""
    ### BEGIN SOLUTION
    train, coded = (np.clip(each, low, high) - low for each in (train_symbols, symbols))
    bits = 0
    for j in range(train.shape[1]):
        counts = 1 + np.bincount(train[:, j], minlength=high - low + 1)
        bits -= np.sum(np.log2(counts / counts.sum())[coded[:, j]])
    return bits
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_code_length", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("code_length")

# %% [markdown]
# The rate and the error of PCA with 64 numbers per image, at four steps. Leaving out the other coefficients has an error of
# its own, which no step makes smaller.

# %%
train_codes, test_codes = (pca.transform(x) for x in (x_train, x_test))
with suppress(NotImplementedError):
    for step in (4, 2, 1, 0.5):
        train_symbols, symbols = (np.round(codes / step).astype(int) for codes in (train_codes, test_codes))
        bits = code_length(train_symbols, symbols, -40, 40) / len(symbols)
        error = np.mean((pca.inverse_transform(step * np.clip(symbols, -40, 40)) - x_test) ** 2)
        print(f"step {step:3}: code length {bits / 8:4.1f} bytes per image, MSE {error:.4f}")
    floor = np.mean((pca.inverse_transform(test_codes) - x_test) ** 2)
    print(f"not rounded at all: MSE {floor:.4f}")

# %% [markdown]
# ## 14.3 A codec (3 points, 11 minutes)
#
# Now write the file. `encode(symbols, probabilities)` returns its bytes, and `decode(data, probabilities, rows)` makes
# the symbols of the bytes.
#
# - `symbols`: integers from 0 to K - 1, (rows, columns).
# - `probabilities`: floats (columns, K). Row j is the model of column j and sums to 1. All are larger than 0.
# - `data`: the bytes of the file, an array (n,) of dtype uint8. `encode` returns it, `decode` gets a copy.
# - `decode` returns the symbols, integers (rows, columns), exactly as they were.
#
# The file has at most **1 % more bytes than the code length, plus 16**. `AnsCoder` takes up to 7 of the 16 by itself; the
# others leave room for a short header, which you need not write. Nothing else passes from `encode` to `decode`: files are
# decoded in another order, and perhaps in another year. There may be one row, one column or 300 different symbols.
#
# The entropy coder is one of `constriction`'s, a stack:
#
# - `coder = constriction.stream.stack.AnsCoder()` is an empty one. `AnsCoder(words)` continues with words that were
#   written.
# - `coder.encode_reverse(message, family, table)` encodes `message`, (m,) of dtype int32, each symbol under its own row
#   of `table`, (m, K) of dtype float32, with `family = constriction.stream.model.Categorical(perfect=False)`.
# - `coder.decode(family, table)` returns m symbols, (m,), in the order of `message`. `coder.get_compressed()` returns
#   what was written as words: an array of dtype uint32, four bytes each.
#
# `array.view("uint8")` reads the same memory as bytes, and `.view("uint32")` as words.
#
# A code length is an estimate until a decoder has read the file.
#
# Stuck? Run `hint("encode")`


# %% nbgrader={"grade": false, "grade_id": "encode", "locked": false, "schema_version": 3, "solution": true, "task": false}
def encode(symbols, probabilities):
    """The bytes of a file: integers (rows, columns) and floats (columns, K) -> (n,) of uint8."""
    ### BEGIN SOLUTION
    coder = constriction.stream.stack.AnsCoder()
    table = np.tile(probabilities, (len(symbols), 1)).astype("float32")
    family = constriction.stream.model.Categorical(perfect=False)
    coder.encode_reverse(symbols.ravel().astype("int32"), family, table)
    return coder.get_compressed().view("uint8")
    ### END SOLUTION


def decode(data, probabilities, rows):
    """The symbols of a file: bytes (n,) of uint8, floats (columns, K) and a number -> integers (rows, columns)."""
    ### BEGIN SOLUTION
    coder = constriction.stream.stack.AnsCoder(data.view("uint32"))
    table = np.tile(probabilities, (rows, 1)).astype("float32")
    return coder.decode(constriction.stream.model.Categorical(perfect=False), table).reshape(rows, -1)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_encode", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("encode")

# %% [markdown]
# A hundred test images through your codec, with the probabilities of 14.2 at step 2: once in one file, and once in a file
# each.

# %%
train_symbols, symbols = (np.clip(np.round(codes / 2), -40, 40).astype(int) + 40 for codes in (train_codes, test_codes))
counts = np.stack([1 + np.bincount(column, minlength=81) for column in train_symbols.T])
probabilities = counts / counts.sum(axis=1, keepdims=True)
ideal = -np.sum(np.log2(probabilities[np.arange(64), symbols[:100]])) / 8
with suppress(NotImplementedError):
    stream = encode(symbols[:100], probabilities)
    assert np.array_equal(decode(stream.copy(), probabilities, 100), symbols[:100])
    files = [len(encode(row[None], probabilities)) for row in symbols[:100]]
    print(f"code length {ideal:.1f} bytes, one file {len(stream)}, a hundred files {sum(files)}")

# %% [markdown]
# In one file the coder loses next to nothing. In a file each, an image of four bytes takes nearly nine: the coder's state
# adds about three bytes of its own, and the sum is rounded up to whole words of four bytes.

# %% [markdown]
# ## 14.4 All bytes counted (3 points, 10 minutes)
#
# A colleague compares a learned codec with a classical one. "Strange," says the colleague, "the PSNR of both is negative.
# And where the learned codec takes more bytes, it pays for itself after minus 500 images."


# %%
def compare_codecs_broken(images, learned, payload_bytes, header_bytes, other, mosaic_bytes, decoder_bytes):
    report = {}
    as_bytes = (255 * learned).astype("uint8")
    for name, decoded, size in (("learned", as_bytes, np.sum(payload_bytes)), ("other", other, mosaic_bytes)):
        report[f"{name} mse"] = np.mean((decoded - images) ** 2)
        report[f"{name} psnr"] = 10 * np.log10(1 / report[f"{name} mse"])
        report[f"{name} bytes"] = size / len(images)
    report["break-even"] = decoder_bytes // (report["other bytes"] - report["learned bytes"])
    return report


# %% [markdown]
# The arguments are right; the function is not:
#
# - `images` and `other`, the classical codec's reconstructions: (n, height, width, channels), **uint8** from 0 to 255;
# - `learned`, the learned codec's reconstructions, of the same shape: **floats** from 0 to 1;
# - `payload_bytes`: integers (n,), the bytes of each image's symbols in the learned codec's file. The file also has, for each
#   image, **one more byte** that says how long its payload is, and at its beginning, once, `header_bytes` bytes;
# - `mosaic_bytes`: the classical codec's one file with all n images in it, complete;
# - `decoder_bytes`: the learned decoder's own size. The classical decoder is everywhere already and counts 0.
#
# Write `compare_codecs` with the same arguments. It returns a dict with seven numbers:
#
# - `"learned mse"` and `"other mse"`: the mean squared error over all pixels of all images, with pixels in [0, 1];
# - `"learned psnr"` and `"other psnr"`: $10 \log_{10}(\text{peak}^2 / \text{MSE})$ in dB, with peak 1, of that **one** MSE
#   over all images; infinite if the MSE is 0;
# - `"learned bytes"` and `"other bytes"`: bytes per image of the whole file, without the decoder;
# - `"break-even"`: the smallest whole number of images for which the learned codec takes no more bytes than the other one
#   if its decoder is sent along, both at their bytes per image as above. `np.inf` if that never happens.
#
# Do not round the reconstructions, nor any of the other numbers. Results are compared to a hundred-thousandth of their
# size, and break-even exactly.
#
# Of the papers that beat JPEG, ask how many images their decoder has to pay for.
#
# Stuck? Run `hint("compare_codecs")`


# %% nbgrader={"grade": false, "grade_id": "compare_codecs", "locked": false, "schema_version": 3, "solution": true, "task": false}
def compare_codecs(images, learned, payload_bytes, header_bytes, other, mosaic_bytes, decoder_bytes):
    """Errors, PSNR and bytes of two codecs, and when the learned one pays: seven arguments -> dict of seven numbers."""
    ### BEGIN SOLUTION
    n, report = len(images), {}
    stream_bytes = int(np.sum(payload_bytes)) + n + header_bytes
    for name, decoded, size in (("learned", learned, stream_bytes), ("other", other / 255, mosaic_bytes)):
        mse = np.mean((decoded - images / 255) ** 2)
        report[f"{name} mse"] = mse
        report[f"{name} psnr"] = -10 * np.log10(mse) if mse > 0 else np.inf
        report[f"{name} bytes"] = size / n
    saved = mosaic_bytes - stream_bytes
    report["break-even"] = -(-decoder_bytes * n // saved) if saved > 0 else np.inf
    return report
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_compare_codecs", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("compare_codecs")

# %% [markdown]
# PCA with 14.2's symbols at step 2 against a JPEG mosaic at its lowest quality. The "decoder" of PCA is its matrix and its
# mean in single precision, and the table of counts, two bytes each. The payloads are code lengths, rounded up.

# %%
payload_bytes = np.ceil(-np.log2(probabilities[np.arange(64), symbols[:100]]).sum(axis=1) / 8).astype(int)
learned = np.clip(pca.inverse_transform(2 * (symbols[:100] - 40)), 0, 1).reshape(100, 28, 28, 1)
file = io.BytesIO()
Image.fromarray(mosaic).save(file, format="JPEG", quality=1)
tiles = np.asarray(Image.open(file)).reshape(10, 28, 10, 28).transpose(0, 2, 1, 3).reshape(100, 28, 28, 1)
decoder_bytes = 4 * (64 * 784 + 784) + 2 * 64 * 81
arguments = (images[..., None], learned, payload_bytes, 2, tiles, len(file.getvalue()), decoder_bytes)
for function in (compare_codecs_broken, compare_codecs):
    with suppress(NotImplementedError):
        report = function(*arguments)
        print(f"{function.__name__}:", {key: round(float(value), 4) for key, value in report.items()})

# %% [markdown]
# Both functions see the same files. The right one also shows that PCA's error is larger than JPEG's here, so that its bytes
# alone prove nothing: compare codecs at one error, or draw the curves of both, as the lesson does.

# %% [markdown]
# ## 14.5 A rate with a slope (3 points, 9 minutes)
#
# Rounding has no gradient. In training, uniform noise of [-1/2, 1/2) takes its place, and the rate of a latent z that is
# real-valued is
#
# $$ \text{bits}(z) = -\log_2 \bigl( F(z + \tfrac12) - F(z - \tfrac12) \bigr) $$
#
# where F is the cumulative distribution function of the prior, here a mixture of logistic distributions for each
# column:
#
# $$ F_j(z) = \sum_m w_{jm} \, \sigma\!\left(\frac{z - \text{mean}_{jm}}{\text{scale}_{jm}}\right), \qquad
# \sigma(a) = \frac{1}{1 + e^{-a}} $$
#
# Write `bits_under_mixture(z, weights, means, scales)` with `keras.ops`, so that gradients flow to all four arguments.
# `z` has the shape (batch, columns), the other three have the shape (columns, components), all in single precision. The
# weights of a column are positive and sum to 1, the scales are positive. Return a tensor (batch, columns), the bits of
# each latent by itself. Any of these sizes may be 1.
#
# A latent may lie up to 60 scales away from every mean, on **either** side, or exactly on a mean, and no bits and no
# gradient may be infinite or NaN. Far away, F(z + 1/2) and F(z - 1/2) are both tiny on the left, and both 1 on the right.
# A logistic distribution is symmetric around its mean: what does that allow? Bits are compared to a thousandth of their
# size, gradients to a hundredth.
#
# A codec of images is trained on this number, and its entropy coder then delivers it, to a fraction of a percent.
#
# Stuck? Run `hint("bits_under_mixture")`


# %% nbgrader={"grade": false, "grade_id": "bits_under_mixture", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bits_under_mixture(z, weights, means, scales):
    """Bits under mixtures of logistics: (batch, columns) and three (columns, components) -> (batch, columns)."""
    ### BEGIN SOLUTION
    distance = keras.ops.abs(z[:, :, None] - means)  # symmetry: always to the left of the mean
    upper, lower = (keras.ops.sigmoid((half - distance) / scales) for half in (0.5, -0.5))
    mass = keras.ops.sum(weights * (upper - lower), axis=2)
    return -keras.ops.log(mass) / np.log(2)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_bits_under_mixture", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bits_under_mixture")

# %% [markdown]
# Is noise a fair stand-in for rounding? Twelve coefficients of PCA in units of the step, under one logistic distribution
# per column with the right standard deviation ($\text{scale} \cdot \pi / \sqrt 3$):

# %%
step, rng = 2, np.random.default_rng(0)
y = (test_codes[:, :12] / step).astype("float32")
scales = (train_codes[:, :12].std(axis=0, keepdims=True).T / step * np.sqrt(3) / np.pi).astype("float32")
with suppress(NotImplementedError):
    for name, z in {
        "rounded": np.round(y),
        "with noise": y + rng.uniform(-0.5, 0.5, y.shape).astype("float32"),
    }.items():
        bits = keras.ops.convert_to_numpy(bits_under_mixture(z, np.ones_like(scales), 0 * scales, scales))
        print(f"{name:10}: {bits.sum(axis=1).mean():.2f} bits per image")

# %% [markdown]
# With noise the rate is about 2.5 % higher than for rounded latents: single latents take other bits, and the mean changes
# little. That is close enough to train with. In a report, count what the entropy coder writes.
