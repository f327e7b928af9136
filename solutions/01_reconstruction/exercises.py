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
# # Exercises 1. Copying through a bottleneck
#
# **You practise** predicting what a change of the data does to an error; writing the reconstruction loss; turning PCA
# into two layers; telling from drawings what is wrong with a model; and finding the faults of a training that runs.
#
# **You need** lesson 1, "Copying through a bottleneck", and NumPy. **Time:** about an hour for five exercises, 11
# points in all; the notebook itself runs in half a minute.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence) and scikit-learn's handwritten digits (CC BY 4.0). Nothing is
# downloaded.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it, which checks it with data made anew each time. Check as often as you like: a wrong answer costs
# nothing, and the message says what was found. Stuck? `hint("name")` leads a little further each time you call it, and
# `solution("name")` shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import numpy as np
from autoencoders_edu.exercises import check, hint, solution

# %% [markdown]
# The images of the lesson, and PCA's drawings of the test images from eight numbers each. Use them to try things out;
# the checks bring data of their own.
# %%
from autoencoders_edu.plotting import plot_image_rows, show
from sklearn.decomposition import PCA

clothes = ae.data.load("fashion_mnist")
pca = PCA(8, random_state=0).fit(clothes.x_train.reshape(-1, 784))
x_test = clothes.x_test
drawings = pca.inverse_transform(pca.transform(x_test.reshape(-1, 784))).reshape(x_test.shape)

# %% [markdown]
# ## 01.1 Same pictures, other numbers (1 point, about 4 minutes)
#
# A prediction, before any code. We fit PCA with eight numbers to training images and measure its mean squared error on
# test images. Then we change all images, training *and* test, fit anew, and measure again. By which **factor** is the
# error multiplied (new error divided by old error, 1 if it stays the same) if
#
# - `"negative"`: every image $x$ becomes its negative, $1 - x$,
# - `"doubled"`: every pixel is multiplied by 2,
# - `"shuffled"`: the pixels of every image change places, in one random order that is the same for all images?
#
# Set `predict_rescaling` to a dict with these three keys and your three numbers.
#
# *Why it matters.* Errors are compared across papers and data sets. One has to know which changes of the data move
# them. Stuck? Run `hint("predict_rescaling")`.

# %% nbgrader={"grade": false, "grade_id": "predict_rescaling", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_rescaling = {"negative": ..., "doubled": ..., "shuffled": ...}
### BEGIN SOLUTION
# x - x' changes its sign, doubles, or changes places; the error is the mean of its square, and PCA is fitted anew.
predict_rescaling = {"negative": 1, "doubled": 4, "shuffled": 1}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_rescaling", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_rescaling")

# %% [markdown]
# Now measure it, on clothes. (Run this only after you have predicted, or you cheat yourself of the surprise.)


# %%
def pca_error(change):
    train, test = (change(x.reshape(-1, 784).astype(float)) for x in (clothes.x_train[:2000], x_test))
    pca = PCA(8, svd_solver="covariance_eigh").fit(train)
    return ae.diagnostics.mean_squared_error(test, pca.inverse_transform(pca.transform(test)))


order = np.random.default_rng(0).permutation(784)
before = pca_error(lambda x: x)
changes = {"negative": lambda x: 1 - x, "doubled": lambda x: 2 * x, "shuffled": lambda x: x[:, order]}
for name, change in changes.items():
    after = pca_error(change)
    print(f"{name:9} error {after:.4f}, {after / before:.2f} times {before:.4f}")

# %% [markdown]
# ## 01.2 The reconstruction loss by hand (2 points, about 5 minutes)
#
# Write `reconstruction_loss(x, reconstruction)`: the mean squared error of **each image** of a batch,
#
# $$ L(x) = \frac{1}{n} \sum_{i=1}^{n} \bigl(x_i - \hat x_i\bigr)^2, $$
#
# where $i$ runs over all $n$ numbers of one image, whatever its size and however many channels it has. Both arguments
# are arrays of shape (batch, height, width, channels); return one of shape (batch,).
#
# *Why it matters.* Every autoencoder is judged by this number, and most wrong comparisons come from averaging it
# differently. Stuck? Run `hint("reconstruction_loss")`.


# %% nbgrader={"grade": false, "grade_id": "reconstruction_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reconstruction_loss(x, reconstruction):
    """The mean squared error of each image: x and reconstruction (batch, height, width, channels) -> (batch,)."""
    ### BEGIN SOLUTION
    return np.mean((x - reconstruction) ** 2, axis=(1, 2, 3))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_reconstruction_loss", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("reconstruction_loss")

# %% [markdown]
# What is one number per image good for? Sorting. These are the test images that PCA draws best and worst. (Cells like
# this one use your function: run them once the check above has passed.)

# %%
with suppress(NotImplementedError):
    loss = reconstruction_loss(x_test, drawings)
    chosen = np.argsort(loss)[[0, 1, 2, 3, -4, -3, -2, -1]]
    rows = {"original": x_test[chosen], "PCA, 8 numbers": drawings[chosen]}
    ax = plot_image_rows(rows, titles=[f"{loss[i]:.3f}" for i in chosen])
    ax.set_title("Four smallest and four largest errors", fontsize=10)
    show(ax, alt="Eight test images over PCA's drawings: the four smallest errors, and the four largest.")

# %% [markdown]
# On the left are plain or dark pieces of clothing, where little can go wrong; on the right strong contrasts, whose
# drawings have turned grey.

# %% [markdown]
# ## 01.3 PCA as two layers (3 points, about 12 minutes)
#
# The lesson says that PCA *is* an autoencoder whose encoder and decoder are a matrix and a bias each. Prove it. Write
# `pca_as_layers(mean, components)`, which returns the weights of two `Dense` layers without activation,
#
# ```
# z  = x @ encoder_kernel + encoder_bias        (the encoder)
# x' = z @ decoder_kernel + decoder_bias        (the decoder)
# ```
#
# so that together they draw exactly what PCA draws: $\hat x = \mathrm{mean} + (x - \mathrm{mean})\,C^\top C$, where $C$
# stands for `components`. Both arguments are as in scikit-learn's `PCA`: `mean` has shape (pixels,), `components` has
# shape (d, pixels), and its rows have length 1 and are at right angles. Return the NumPy arrays `(encoder_kernel,
# encoder_bias, decoder_kernel, decoder_bias)`. The code may be another than PCA's, as long as it has d numbers: what
# counts is the drawing.
#
# *Why it matters.* A linear autoencoder is PCA only if its biases take the mean off and put it back: here you place
# them. Stuck? Run `hint("pca_as_layers")`.


# %% nbgrader={"grade": false, "grade_id": "pca_as_layers", "locked": false, "schema_version": 3, "solution": true, "task": false}
def pca_as_layers(mean, components):
    """Weights of two Dense layers that do what PCA does.

    Args:
        mean: (pixels,).
        components: (d, pixels).

    Returns:
        encoder_kernel, encoder_bias, decoder_kernel, decoder_bias.
    """
    ### BEGIN SOLUTION
    # (x - mean) @ C.T = x @ C.T - mean @ C.T, and the last term does not depend on x: it is the encoder's bias.
    return components.T, -mean @ components.T, components, mean
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_pca_as_layers", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("pca_as_layers")

# %% [markdown]
# The same with real layers: a Keras autoencoder that was never trained, with your weights in it, beside scikit-learn.

# %%
with suppress(NotImplementedError):
    kernel, bias, decoder_kernel, decoder_bias = pca_as_layers(pca.mean_, pca.components_)
    encoder = ae.networks.dense_encoder((28, 28, 1), 8, hidden=())
    decoder = ae.networks.dense_decoder(8, (28, 28, 1), hidden=())
    encoder.set_weights([kernel, bias])
    decoder.set_weights([decoder_kernel, decoder_bias])
    linear = ae.Autoencoder(encoder, decoder)
    for name, x in {"scikit-learn": drawings, "your layers": linear.reconstruct(x_test)}.items():
        print(f"{name:13} test MSE {ae.diagnostics.mean_squared_error(x_test, x):.6f}")

# %% [markdown]
# ## 01.4 What is wrong with these drawings? (2 points, about 15 minutes)
#
# Below, one row of test images and four rows of "what the model drew". The first is fine; three models are in trouble.
# What do you see in each, compared with the images in the top row?

# %%
x = x_test[[0, 200, 400, 600, 800, 1000]]
good = drawings[[0, 200, 400, 600, 800, 1000]]
examples = {
    "good": good,
    "same for all": np.broadcast_to(clothes.x_train.mean(axis=0), x.shape),
    "wrong order": good[[1, 2, 3, 4, 5, 0]],
    "not scaled": 255 * good,
}
ax = plot_image_rows({"x": x} | examples)
ax.set_title("Six images, and what four models drew", fontsize=10)
show(
    ax,
    alt="Six clothes; under them blurred but fitting drawings, six times the same grey shirt, drawings "
    "of other clothes in the batch, and white blots.",
)

# %% [markdown]
# Now let a function say it. Write `read_reconstruction(x, reconstruction)`, which looks at a batch of images and what a
# model drew of them and returns one of four words:
#
# - `"same for all"`: every drawing is the same image, whatever x is (the encoder is dead). The drawings may differ by
#   rounding: at no pixel by more than a thousandth of the range of x (its largest value less its smallest);
# - `"wrong order"`: good drawings, but some or all of them are drawings of *other* images of the batch (somebody
#   shuffled, or exchanged two);
# - `"not scaled"`: one of the two has pixels in [0, 1] and the other in 0..255;
# - `"good"`: none of these, every drawing resembles its image, without being a perfect copy.
#
# Arrays have the shape (batch, height, width, channels), with two images or more that differ from each other. Images
# may be bright or dim, and drawings may go a little beyond 1. If both x and the drawings are in 0..255, that is no
# fault: they are on the same scale. At most one of the three troubles occurs in a batch.
#
# *Why it matters.* A bad loss does not say what is wrong. The drawings do, and each kind of trouble needs another cure.
# Stuck? Run `hint("read_reconstruction")`.


# %% nbgrader={"grade": false, "grade_id": "read_reconstruction", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_reconstruction(x, reconstruction):
    """One of "good", "same for all", "wrong order", "not scaled", for two arrays (batch, height, width, channels)."""
    ### BEGIN SOLUTION
    ratio = np.max(reconstruction) / np.max(x)
    if ratio > 16 or ratio < 1 / 16:  # 255, give or take what a drawing loses
        return "not scaled"
    between_images = np.std(reconstruction, axis=0)
    if np.max(between_images) < 0.01 * np.max(x):
        return "same for all"
    errors = np.mean((x[:, None] - reconstruction[None]) ** 2, axis=(2, 3, 4))  # each original with each drawing
    closest = np.argmin(errors, axis=0)
    return "good" if np.array_equal(closest, np.arange(len(x))) else "wrong order"
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_read_reconstruction", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("read_reconstruction")

# %% [markdown]
# Your function's words for the four rows of the figure, beside their errors. Could the error alone have told them
# apart?

# %%
with suppress(NotImplementedError):
    for name, drawn in examples.items():
        mse = ae.diagnostics.mean_squared_error(x, drawn)
        print(f"{name:13} read as {read_reconstruction(x, drawn)!r:15} MSE {mse:.3f}")

# %% [markdown]
# ## 01.5 It runs, but it does not learn (3 points, about 20 minutes)
#
# A colleague has written a linear autoencoder in NumPy. In each step it takes 50 random images, makes codes
# `z = inputs @ encoder`, drawings `z @ decoder`, and lets the weights go downhill on
#
# $$ \frac{1}{2 \cdot 50} \sum_{\text{images}} \; \sum_{\text{pixels}} (\text{drawing} - \text{target})^2, $$
#
# with steps that shrink to zero (a calm landing, as in the lesson, which also derives both gradients). "It runs," the
# colleague says, "but it must be the learning rate. I have tried ten."


# %%
def train_broken(x, dim, steps=600, rate=0.3, seed=0):
    rng = np.random.default_rng(seed)
    mean = x.mean(axis=1, keepdims=True)
    centred = x - mean
    encoder = rng.normal(0, 0.1, (x.shape[1], dim))
    decoder = rng.normal(0, 0.1, (dim, x.shape[1]))
    for step in range(steps):
        pace = rate * (1 - step / steps)
        inputs = centred[rng.permutation(len(x))[:50]]
        targets = centred[rng.permutation(len(x))[:50]]
        z = inputs @ encoder
        error = (z @ decoder - targets) / len(inputs)
        decoder -= pace * z.T @ error
    return mean, encoder, decoder


# %%
def draw(x, mean, encoder, decoder):
    return mean + (x - mean) @ encoder @ decoder


data = ae.data.load("digits")
digits = data.x_train.reshape(-1, 64)
firsts = [np.flatnonzero(data.y_train == label)[0] for label in range(10)]
pca_8 = PCA(8, random_state=0).fit(digits)
rows = {
    "original": digits[firsts],
    "PCA, 8 numbers": pca_8.inverse_transform(pca_8.transform(digits))[firsts],
    "train_broken": draw(digits, *train_broken(digits, 8))[firsts],
}
ax = plot_image_rows({name: images.reshape(-1, 8, 8) for name, images in rows.items()})
ax.set_title("Ten digits, PCA's drawings, and those of train_broken", fontsize=10)
show(ax, alt="Ten small digits; PCA draws blurred ones, train_broken the same grey column each time.")

# %% [markdown]
# Nearly one grey column for all ten digits: what does that tell you about the code? The learning rate is innocent.
# There are **three faults**. Two of them spoil the result, each alone, so that after one repair you may see no
# improvement yet; the third hardly shows in the error on these digits, but where the background is bright it can make
# the training diverge. Read what the code does, print shapes, ask which weights move.
#
# Copy the code into the answer cell under the name `train_linear` and repair it there. Keep the signature and the
# defaults. `x` has shape (n, pixels). Return the mean image (pixels,), the encoder (pixels, dim) and the decoder (dim,
# pixels), so that `mean + (x - mean) @ encoder @ decoder` is as near to x as PCA comes with `dim` numbers: on the
# check's data, the mean squared error has to end within 2.5 % of PCA's.
#
# *Why it matters.* Wrong training code seldom crashes. It runs, the loss may fall, and only a known optimum gives it
# away. Stuck? Run `hint("train_linear")`.


# %% nbgrader={"grade": false, "grade_id": "train_linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_linear(x, dim, steps=600, rate=0.3, seed=0):
    """A linear autoencoder by gradient descent: x (n, pixels) -> mean (pixels,), encoder (pixels, dim), decoder."""
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    mean = x.mean(axis=0)  # over the images, one number for each pixel
    centred = x - mean
    encoder = rng.normal(0, 0.1, (x.shape[1], dim))
    decoder = rng.normal(0, 0.1, (dim, x.shape[1]))
    for step in range(steps):
        pace = rate * (1 - step / steps)
        inputs = centred[rng.permutation(len(x))[:50]]  # each image is its own target
        z = inputs @ encoder
        error = (z @ decoder - inputs) / len(inputs)
        encoder_gradient = inputs.T @ (error @ decoder.T)  # the error comes back through the decoder
        decoder -= pace * z.T @ error
        encoder -= pace * encoder_gradient  # the encoder learns, too
    return mean, encoder, decoder
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_train_linear", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("train_linear")

# %% [markdown]
# How far from PCA does each end on the digits?

# %%
with suppress(NotImplementedError):
    for name, train in {"train_linear": train_linear, "train_broken": train_broken}.items():
        mse = ae.diagnostics.mean_squared_error(digits, draw(digits, *train(digits, 8)))
        print(f"{name:13} MSE {mse:.4f}")
    pca_mse = ae.diagnostics.mean_squared_error(digits, pca_8.inverse_transform(pca_8.transform(digits)))
    print(f"{'PCA':13} MSE {pca_mse:.4f}, drawing the mean image {np.var(digits, axis=0).mean():.4f}")

# %% [markdown]
# ## What to remember
#
# - A mean squared error has units: squared pixels. Give the scale with it.
# - One number per image, averaged over everything that belongs to the image and over nothing else.
# - PCA is a linear autoencoder whose biases carry the mean.
# - A loss says *that* something is wrong. What is wrong stands in the drawings, the shapes, and the weights that do not
#   move; and a known optimum, like PCA's, tells you that there is something to look for.
