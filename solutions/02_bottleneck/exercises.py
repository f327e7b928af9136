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
# # Exercises 2. How narrow?
#
# **You practise** finding the bottleneck of a network; tying weights so that they stay tied; repairing a choice that
# was made on the wrong curve; and telling a copier from a model that knows its data, then curing one.
#
# **You need** lesson 2, "How narrow?", NumPy, and to have written a Python class. **Time:** about an hour and a quarter
# for five exercises, 13 points in all; the notebook itself runs in half a minute.
#
# **Data** scikit-learn's handwritten digits (CC BY 4.0). Nothing is downloaded.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it, which checks it with data made anew each time. Check as often as you like: a wrong answer costs
# nothing, and the message says what was found. Stuck? `hint("name")` leads a little further each time you call it, and
# `solution("name")` shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress
from itertools import pairwise

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from autoencoders_edu.plotting import plot_curves, plot_image_rows, show

digits = ae.data.load("digits")

# %% [markdown]
# ## 02.1 Where is the bottleneck? (1 point, about 5 minutes)
#
# **Predict before you compute.** These autoencoders are linear: a chain of matrices, with no activations and no biases.
# Each is written as the widths of its layers, from the input to the output; the code stands in the middle.
#
# What can come out of a single matrix $W$? Every output $xW$ is a sum of multiples of the rows of $W$, so the outputs
# fill a subspace (lesson 1). The number of its dimensions is the **rank** of $W$: 3, for example, if $W$ has ten rows
# that are all sums of multiples of the same three. A chain of matrices amounts to one matrix, their product, so it has
# a rank as well. How large can it be at most, whatever the weights are?
#
# And one share: of white noise, in which all 64 pixels vary equally and independently, which share of the variance can
# the *best* `64-16-256-16-64` network return? Give a number between 0 and 1.
#
# *Why it matters.* People call a network narrow or wide after looking at one layer. Which one decides? Stuck? Run
# `hint("predict_rank")`.

# %% nbgrader={"grade": false, "grade_id": "predict_rank", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_rank = {
#     "64-16-256-16-64": ...,
#     "64-256-64": ...,
#     "64-32-8-32-64": ...,
#     "64-64-64": ...,
#     "64-20-12-6-64": ...,
#     "white noise through 64-16-256-16-64": ...,
# }
### BEGIN SOLUTION
predict_rank = {
    "64-16-256-16-64": 16,
    "64-256-64": 64,
    "64-32-8-32-64": 8,
    "64-64-64": 64,
    "64-20-12-6-64": 6,
    "white noise through 64-16-256-16-64": 16 / 64,
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_rank", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_rank")

# %% [markdown]
# Now look at it: random weights, counted by NumPy. (Run this only after you have predicted.)

# %%
rng = np.random.default_rng(0)
for layout in ("64-16-256-16-64", "64-256-64", "64-32-8-32-64", "64-64-64", "64-20-12-6-64"):
    widths = [int(width) for width in layout.split("-")]
    chain = np.linalg.multi_dot([rng.normal(size=shape) for shape in pairwise(widths)])
    print(f"{layout:16} rank {np.linalg.matrix_rank(chain)}")

# %% [markdown]
# ## 02.2 Tied for good (3 points, about 20 minutes)
#
# In a linear autoencoder with **tied weights**, the decoder uses the encoder's matrix, transposed:
#
# $$z = x\,W + b, \qquad x' = z\,W^\top + c$$
#
# Write `tied_autoencoder(pixels, dim)`. It returns one Keras model from $x$, of shape (batch, pixels), to $x'$ of the
# same shape, with exactly three trainable weights: $W$ (pixels, dim), $b$ (dim,) and $c$ (pixels,). No activations.
#
# Layers hold their weights themselves, so two `Dense` layers cannot share one. A `keras.Model` of your own can: it
# makes its weights with `self.add_weight(shape=...)` and uses them in `call`. (Multiply with `keras.ops.matmul`, and
# transpose with `keras.ops.transpose`: Keras weights have no `.T`.)
#
# *Why it matters.* A model can look tied on the day it is made and come apart with the first step of training. Yours
# must stay tied whatever happens to its weights. Stuck? Run `hint("tied_autoencoder")`.


# %% nbgrader={"grade": false, "grade_id": "tied_autoencoder", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tied_autoencoder(pixels, dim):
    """A Keras model from x (batch, pixels) through z = x W + b to x' = z W^T + c, with one and the same W."""
    ### BEGIN SOLUTION

    class Tied(keras.Model):
        def __init__(self):
            super().__init__()
            self.kernel = self.add_weight(shape=(pixels, dim), initializer="glorot_uniform")
            self.code_bias = self.add_weight(shape=(dim,), initializer="zeros")
            self.output_bias = self.add_weight(shape=(pixels,), initializer="zeros")

        def call(self, x):
            z = keras.ops.matmul(x, self.kernel) + self.code_bias
            return keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias

    return Tied()
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_tied_autoencoder", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("tied_autoencoder")

# %% [markdown]
# Tied and not tied, on digits: weights and error. (Run this once the check above has passed.)

# %%
x = digits.x_train.reshape(len(digits.x_train), -1)
keras.utils.set_random_seed(0)
loose = keras.Sequential([keras.Input((64,)), keras.layers.Dense(16), keras.layers.Dense(64)])
with suppress(NotImplementedError):
    for name, model in {"tied": tied_autoencoder(64, 16), "not tied": loose}.items():
        model.compile(keras.optimizers.Adam(0.01), "mse")
        loss = model.fit(x, x, epochs=20, batch_size=64, verbose=0).history["loss"][-1]
        print(f"{name:8} {model.count_params():5} weights, training MSE after 20 epochs {loss:.4f}")

# %% [markdown]
# About half the weights, and no larger error after 20 epochs. Tying gives nothing away here: PCA, the best that any linear
# autoencoder can be (lesson 1), can be written with one matrix and its transpose.

# %% [markdown]
# ## 02.3 A choice that went wrong (2 points, about 12 minutes)
#
# Somebody swept the size of a code. The encoder is PCA, the decoder a curved surface: a polynomial of degree 2 in the
# code, fitted by least squares. To save time they used only 200 digits, and you will see what comes of it.

# %%
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures

dims = np.array([1, 2, 4, 6, 8, 10, 12, 14, 16])
few, val = digits.x_train[:200].reshape(200, -1), digits.x_val.reshape(len(digits.x_val), -1)
models = [make_pipeline(PCA(d, random_state=0), PolynomialFeatures(2), LinearRegression()) for d in dims]
train_mse = np.array([ae.diagnostics.mean_squared_error(few, m.fit(few, few).predict(few)) for m in models])
val_mse = np.array([ae.diagnostics.mean_squared_error(val, m.predict(val)) for m in models])

# %%
ax = plot_curves(
    {"training": train_mse, "validation": val_mse},
    x=dims,
    xlabel="numbers in the code",
    ylabel="MSE per pixel",
    title="With 200 digits, the two curves part",
    markers=True,
)
show(
    ax, alt="Training error falls to nearly zero as the code grows; validation error turns and rises after 12 numbers."
)


# %% [markdown]
# The training error falls all the way. With 16 numbers the polynomial has 153 coefficients for each pixel, nearly as
# many as there are images, so it can almost recite them. The validation error turns.
#
# And this function chose the size. It has run in a project for a year, and nobody noticed anything.


# %%
def choose_broken(dims, train_mse, val_mse):
    """The size of code from which more room stops paying."""
    x = (dims - dims[0]) / (dims[-1] - dims[0])
    line = train_mse[0] + x * (train_mse[-1] - train_mse[0])
    return np.argmax(line - train_mse)


print("choose_broken says:", choose_broken(dims, train_mse, val_mse))

# %% [markdown]
# Find what is wrong with it and write `find_knee(dims, train_mse, val_mse)`, repaired. It returns the **knee** as
# lesson 2 defines it: the *size* whose point lies farthest below the straight line from the first to the last point of
# the curve, on the data and on the axis that lesson 2 names. The sizes are ascending, and not always powers of two.
#
# Change `choose_broken` above as you like while you look for the faults: no point hangs on that cell. (The library has
# a function of the same name. Yours should not need it.)
#
# *Why it matters.* Nothing crashes when a choice is made on the wrong curve. The result looks as neat as a right one.
# Stuck? Run `hint("find_knee")`.


# %% nbgrader={"grade": false, "grade_id": "find_knee", "locked": false, "schema_version": 3, "solution": true, "task": false}
def find_knee(dims, train_mse, val_mse):
    """The knee of a sweep: one of dims. All three are arrays of the same length, dims ascending."""
    ### BEGIN SOLUTION
    x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])
    line = val_mse[0] + x * (val_mse[-1] - val_mse[0])
    return dims[np.argmax(line - val_mse)]
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_find_knee", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("find_knee")

# %% [markdown]
# ## 02.4 Copier or not? (3 points, about 15 minutes)
#
# You are handed a function `reconstruct`, from images (n, pixels) to their reconstructions of the same shape, and test
# data `x` (n, pixels) with pixels in [0, 1]. You can't see inside. Write a test of your own,
# `is_copier(reconstruct, x)`: True if the model returns whatever it is given, False if it only returns what is like its
# data.
#
# You may call `reconstruct` with any images of that many pixels: up to 5000 of them, in up to 500 calls. Among the
# models that you will meet are copiers that copy badly, or know nothing about pixels that are black in all of `x`, and
# models that are no copiers although their error on `x` is tiny.
#
# *Why it matters.* Every number that is usually reported, from the training loss to the test error, is smallest for a
# model that merely copies. Stuck? Run `hint("is_copier")`.


# %% nbgrader={"grade": false, "grade_id": "is_copier", "locked": false, "schema_version": 3, "solution": true, "task": false}
def is_copier(reconstruct, x):
    """Whether the model returns whatever it is given: True or False."""
    ### BEGIN SOLUTION
    noise = np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)
    lost = np.mean((noise - reconstruct(noise)) ** 2)
    return bool(lost < 0.5 * np.mean((noise - noise.mean(axis=0)) ** 2))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_is_copier", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("is_copier")

# %% [markdown]
# ## 02.5 Cure one, and prove it (4 points, about 25 minutes)
#
# Two parts, both in the next cell.
#
# 1. The proof's measure: `explained(reconstruct, inputs)`, the share of the inputs' variance that comes back, as one
#    number. It compares two errors on the *same* inputs: that of the model, and that of the best constant image, which
#    is the inputs' mean image $m$. Inputs are images (n, height, width, channels).
#
#    $$1 - \frac{\text{mean of } (x - x')^2}{\text{mean of } (x - m)^2}$$
#
# 2. `cured`, a trained model of digits (n, 8, 8, 1) whose code has **at least 256 numbers**, four for each pixel, and
#    which nevertheless does not return noise. It needs the methods `encode`, `decode` and `reconstruct`, as the models
#    of this course have them. On noise that you have not seen, each pixel drawn from its own range in the digits,
#    `explained` must be **at most 0.2**; on test digits **at least 0.5**.
#
# `ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,))` and `ae.networks.dense_decoder(256, (8, 8, 1),
# hidden=(256,))` are a good pair of networks, and 25 epochs take a few seconds. Left to itself this pair copies. Which
# remedy you give it is up to you, but it must hold. Stopping early is none, neither after few steps nor with small ones,
# although the digits come back before the noise does: a longer training undoes it. So train for **at least 150 steps**,
# which is nine epochs in batches of 64. The check then trains your model on for 15 epochs, with
# `fit(digits.x_train, digits.x_train)`, Adam and a learning rate of 0.002 (and puts its weights back afterwards): noise
# must stay out, below 0.5. So the remedy has to be a part of the model, of its loss, or of its optimizer's weight decay.
#
# A narrow code by another door is no remedy either: code and drawings have to vary in **at least 20 dimensions**, the
# drawings also if only codes close to one another are decoded. A layer of 20 does not do that, since some of its units
# say little: give no hidden layer fewer units than the image has pixels, 64.
#
# *Why it matters.* "It has a bottleneck" is not the only answer to "why should it learn anything?", and in lessons 4
# and 5 it will not be ours. Stuck? Run `hint("cured")`.


# %% nbgrader={"grade": false, "grade_id": "cured", "locked": false, "schema_version": 3, "solution": true, "task": false}
def explained(reconstruct, inputs):
    """The share of the inputs' variance around their mean image that the reconstruction keeps."""
    ### BEGIN SOLUTION
    reconstruction = np.asarray(reconstruct(inputs))
    return 1 - np.mean((inputs - reconstruction) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)
    ### END SOLUTION


# Build and train `cured` here.
### BEGIN SOLUTION
keras.utils.set_random_seed(0)
cured = ae.DenoisingAutoencoder(
    ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,)),
    ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,)),
    ae.corruption.GaussianNoise(0.3),
)
cured.compile(keras.optimizers.Adam(2e-3), "mse")
_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_cured", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("cured")

# %% [markdown]
# Numbers convince; a picture shows what they mean. What does your model make of noise?

# %%
if "cured" in globals():
    low, high = digits.x_train.min(axis=0), digits.x_train.max(axis=0)
    noise = np.random.default_rng(1).uniform(low, high, (4, 8, 8, 1)).astype("float32")
    inputs = np.concatenate([digits.x_test[:4], noise])
    ax = plot_image_rows(
        {"input": inputs, "cured": np.asarray(cured.reconstruct(inputs))}, ["digit"] * 4 + ["noise"] * 4
    )
    ax.set_title("What the cured model makes of digits and of noise", fontsize=10)
    show(
        ax,
        alt="Four digits come back, softer; four squares of noise do not: in their place stand soft grey blots.",
    )

# %% [markdown]
# On the left the model returns what it was shown, a little softer. On the right it does not: in the place of each
# square of noise stands a soft blot where digits have their ink, for digits are all it has ever been asked for.

# %% [markdown]
# ## What to remember
#
# - The narrowest layer decides in how many dimensions the outputs of a *linear* network vary, wherever it stands. With
#   activations, counting numbers proves nothing: one number could index every training image.
# - Weights are tied if there is one matrix, used twice. Two that start alike go apart.
# - Choose on validation data. A choice made on the training curve looks as neat, and nothing crashes.
# - A small error cannot tell a copier from a good model. Feed what a good model must fail on, and measure the share of
#   the variance that comes back.
# - A wide code is no fault if something else makes copying impossible or not worth while.
