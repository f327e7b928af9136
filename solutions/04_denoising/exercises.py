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
# # Exercises 4. Repairing what was broken
#
# **You practise** saying what a network will return from what it was trained on; measuring a restoration in decibels;
# the best restoration there is, for a known set of images; finding four faults in a denoiser that trains without
# complaint; and reading the direction towards likelier images off a denoiser.
#
# **You need** lesson 4, "Repairing what was broken", NumPy and `keras.ops`. **Time:** about an hour for five exercises,
# 12 points in all; the notebook itself runs in a minute or two.
#
# **Data** scikit-learn's handwritten digits (CC BY 4.0). Nothing is downloaded.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it, which checks it with data made anew each time. Check as often as you like: a wrong answer costs
# nothing, and the message says what was found. Stuck? `hint("name")` leads a little further each time you call it, and
# `solution("name")` shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from autoencoders_edu.plotting import plot_image_rows, show
from keras import ops

# %% [markdown]
# Digits, 8 × 8 pixels from 0 to 1, and noisy copies of the test images. The noise is not clipped. The checks bring
# images of their own, of other sizes.

# %%
digits = ae.data.load("digits")
noisy_test = digits.x_test + 0.5 * np.random.default_rng(0).normal(size=digits.x_test.shape)

# %% [markdown]
# ## 04.1 What will it return? (1 point, about 8 minutes)
#
# **Predict before you compute.** One network, wide enough for anything, with skips that can carry the input past all
# other layers. It is trained in seven ways, each time with plenty of images and with new noise in every step, until its
# loss on held-out images stops falling. A *noisy copy* is the clean image + noise of mean 0.
#
# | set-up | input | target | error |
# |---|---|---|---|
# | `"clean target"` | a noisy copy | the clean image | squared |
# | `"same copy"` | a noisy copy | that same noisy copy | squared |
# | `"second copy"` | a noisy copy | another noisy copy of the same image, with noise of its own | squared |
# | `"no noise"` | the clean image | the clean image | squared |
# | `"bright input"` | a copy with noise of mean 0.2 | the clean image | squared |
# | `"bright copies"` | a copy with noise of mean 0.2 | another such copy, with noise of its own | squared |
# | `"absolute"` | a noisy copy | the clean image | absolute |
#
# Then the network is given a copy of a new image, corrupted like its input in training (`"no noise"`: a noisy copy).
# What does it return, or come closest to? Set `predict_outputs` to a dict with these seven keys and one of five words
# for each:
#
# - `"clean"`: the clean image from which the copy was made;
# - `"average"`: the average of all clean images that the copy could have been made from, each weighted by how likely it
#   is;
# - `"brighter"`: this average, with 0.2 added to each pixel;
# - `"median"`: the weighted median of those images, pixel by pixel, in place of their average;
# - `"input"`: the copy itself.
#
# *Why it matters.* A network does what its input, its target and its error ask of it, not what you had in mind. Stuck?
# Run `hint("predict_outputs")`.

# %% nbgrader={"grade": false, "grade_id": "predict_outputs", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_outputs = {
#     "clean target": ...,
#     "same copy": ...,
#     "second copy": ...,
#     "no noise": ...,
#     "bright input": ...,
#     "bright copies": ...,
#     "absolute": ...,
# }
### BEGIN SOLUTION
predict_outputs = {
    "clean target": "average",
    "same copy": "input",
    "second copy": "average",
    "no noise": "input",
    "bright input": "average",
    "bright copies": "brighter",
    "absolute": "median",
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_outputs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_outputs")

# %% [markdown]
# Now measure four of them, on images of a single pixel that is dark more often than not. (Run this only after you have
# predicted.) The pixel is $u^4$ with $u$ uniform between 0 and 1, the noise has the standard deviation 0.5, and the
# network is given a copy with the value 0.6. For one pixel, the average and the median can be computed.


# %%
def restore(noisy, target, loss, given=0.6):
    inputs = keras.Input((1,))
    hidden = keras.layers.Dense(64, activation="relu")(inputs)
    network = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Concatenate()([inputs, hidden])))
    network.compile(keras.optimizers.Adam(0.01), loss)
    network.fit(noisy, target, batch_size=1000, epochs=10, verbose=0)
    return float(np.squeeze(network(np.array([[given]]))))


# %%
keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
clean = rng.uniform(size=(40_000, 1)) ** 4
one, other = clean + 0.5 * rng.normal(size=(2, *clean.shape))
greys = np.linspace(0, 1, 1001) ** 4
weights = np.exp(-((0.6 - greys) ** 2) / (2 * 0.5**2))
weights = weights / weights.sum()
median = greys[np.searchsorted(weights.cumsum(), 0.5)]
print(f"of the pixels behind 0.6: average {weights @ greys:.2f}, median {median:.2f}")
print(f"clean target: {restore(one, clean, 'mse'):.2f}")
print(f"second copy:  {restore(one, other, 'mse'):.2f}")
print(f"no noise:     {restore(clean, clean, 'mse'):.2f}")
print(f"absolute:     {restore(one, clean, 'mae'):.2f}")

# %% [markdown]
# ## 04.2 A gain of 40 dB (2 points, about 12 minutes)
#
# A colleague measures restorations in decibels. PSNR is the peak signal-to-noise ratio of one image,
#
# $$ \mathrm{PSNR} = 10 \log_{10} \frac{\text{peak}^2}{\text{MSE}} \ \text{dB}, $$
#
# where MSE is the mean squared difference from the clean image, over all pixels and channels, and peak the largest value
# that a pixel can have, a constant. The **gain** of a restoration is PSNR(restored) − PSNR(noisy) for each image,
# averaged over the images.


# %%
def gain_in_db_broken(clean, noisy, restored, peak):
    def psnr(images, reference):
        return 10 * np.log10(images.max() ** 2 / np.mean((images - reference) ** 2))

    return psnr(restored, noisy), psnr(restored, noisy) - psnr(noisy, clean)


# %%
from scipy.ndimage import gaussian_filter, median_filter

blurred = gaussian_filter(noisy_test, (0, 0.7, 0.7, 0))
hardly = 0.99 * noisy_test + 0.01 * blurred
for name, restored in {"blurred": blurred, "hardly touched": hardly}.items():
    psnr, gain = gain_in_db_broken(digits.x_test, noisy_test, restored, 1.0)
    print(f"{name:15} PSNR {psnr:4.1f} dB, gain {gain:5.1f} dB")

# %% [markdown]
# Find the **three faults** and write `gain_in_db(clean, noisy, restored, peak)`, repaired. The three arrays have the
# shape (n, height, width, channels), and `peak` is a positive number. Return two numbers, both in dB: the PSNR of the
# restored images, averaged over the images, and the gain, which is negative where the restoration does harm. An exact
# restoration would have an infinite PSNR: the check has none, and no image without noise. The images may be of dtype
# uint8, whose differences NumPy computes modulo 256: convert them to float first.
#
# *Why it matters.* A restoration is compared by this number in most papers. Stuck? Run `hint("gain_in_db")`.


# %% nbgrader={"grade": false, "grade_id": "gain_in_db", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gain_in_db(clean, noisy, restored, peak):
    """PSNR of the restored images and gain, each averaged over images, dB: three arrays -> two numbers."""

    ### BEGIN SOLUTION
    def psnr(images):
        mse = np.mean((images.astype(float) - clean.astype(float)) ** 2, axis=(1, 2, 3))  # of each image
        return 10 * np.log10(peak**2 / mse)

    return np.mean(psnr(restored)), np.mean(psnr(restored) - psnr(noisy))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_gain_in_db", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("gain_in_db")

# %% [markdown]
# Your function on four restorations of the noisy digits. (Cells like this one use your function: run them once the check
# has passed.) The last of them returns the average training image, whatever it is given.

# %%
restorations = {
    "blurred": blurred,
    "hardly touched": hardly,
    "median of 3 x 3": median_filter(noisy_test, (1, 3, 3, 1)),
    "average image": np.broadcast_to(digits.x_train.mean(axis=0), noisy_test.shape),
}
with suppress(NotImplementedError):
    for name, restored in restorations.items():
        psnr, gain = gain_in_db(digits.x_test, noisy_test, restored, 1.0)
        print(f"{name:15} PSNR {psnr:4.1f} dB, gain {gain:5.1f} dB")

# %% [markdown]
# A gain is worth as much as the cheapest rival beside it: at this noise, the average image, which shows no digit at all,
# is ahead of both filters.

# %% [markdown]
# ## 04.3 The best restoration there is (3 points, about 15 minutes)
#
# Suppose that clean images are drawn from the training images, each equally likely, and that noise
# $\text{noise\_stddev} \cdot \epsilon$, with $\epsilon$ from N(0, 1) for each pixel, is added. The restoration with the
# smallest squared error, averaged over images and noise, is then the **posterior mean**: the average of the training
# images $x_i$, weighted by
#
# $$ w_i \propto \exp\left( - \frac{\lVert \text{noisy} - x_i \rVert^2}{2 \, \text{noise\_stddev}^2} \right),
#    \qquad \sum_i w_i = 1, $$
#
# where $\lVert \cdot \rVert^2$ is the sum of squares over all pixels and channels.
#
# Write `posterior_mean(noisy, train, noise_stddev)`. `noisy` has shape (m, height, width, channels), `train` shape
# (n, height, width, channels), `noise_stddev` is a positive number; m and n may be 1. Return the restored images, in the
# shape of `noisy`. Pixels are floats or signed integers of any size. `noise_stddev` may be tiny, so that every exp is 0 in floating point, or
# huge; the result is defined all the same.
#
# *Why it matters.* It is what a denoiser trained on these images with squared error would be, if its loss were as small
# as it can be. Stuck? Run `hint("posterior_mean")`.


# %% nbgrader={"grade": false, "grade_id": "posterior_mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
def posterior_mean(noisy, train, noise_stddev):
    """The average of the clean images behind each noisy one: (m, height, width, channels), as noisy."""
    ### BEGIN SOLUTION
    squared = np.sum((noisy[:, None] - train[None]) ** 2, axis=(2, 3, 4))  # (m, n)
    log_weights = -squared / (2 * noise_stddev**2)
    weights = np.exp(log_weights - log_weights.max(axis=1, keepdims=True))  # the largest is 1
    weights = weights / weights.sum(axis=1, keepdims=True)
    return np.tensordot(weights, train, axes=1)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_posterior_mean", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("posterior_mean")

# %% [markdown]
# Ten test digits, which are not among the training images, at three strengths of noise. What happens to the restored
# images as the noise grows?

# %%
rows = {"clean": digits.x_test[:10]}
with suppress(NotImplementedError):
    for noise_stddev in (0.2, 0.5, 2.0):
        noise = np.random.default_rng(1).normal(size=rows["clean"].shape)
        noisy = rows["clean"] + noise_stddev * noise
        rows[f"noise {noise_stddev}"] = noisy
        rows[f"restored ({noise_stddev})"] = posterior_mean(noisy, digits.x_train, noise_stddev)
    ax = plot_image_rows({name: np.clip(images, 0, 1) for name, images in rows.items()})
    ax.set_title("The average of all digits that it could have been", fontsize=10)
    show(
        ax,
        alt="Ten digits and, for three strengths of noise, their noisy copies and restorations: crisp digits with "
        "little noise, soft ones in the middle, almost the same grey blot for all with the most.",
    )

# %% [markdown]
# ## 04.4 It trains, and repairs nothing (4 points, about 20 minutes)
#
# A colleague's denoising autoencoder. It runs, nothing complains, and its loss falls. There are **four faults** in it,
# all of them in how noise is made and used. The two layers are right, and so is the mean of squares as the error.


# %%
class BrokenDenoiser(keras.Model):
    def __init__(self, pixels, units, noise_stddev):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="relu")
        self.decoder = keras.layers.Dense(pixels)
        self.noise_stddev = noise_stddev
        self.seed_generator = keras.random.SeedGenerator(0)

    def corrupt(self, x):
        epsilon = keras.random.normal((x.shape[-1],), seed=self.seed_generator)
        return ops.clip(x + self.noise_stddev * epsilon, 0, 1)

    def call(self, x, training=False):
        self.noisy = self.corrupt(x)
        return self.decoder(self.encoder(self.noisy))

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.mean((y_pred - self.noisy) ** 2)


# %%
train, test = (x.reshape(-1, 64) for x in (digits.x_train, digits.x_test))
given = noisy_test.reshape(-1, 64).astype("float32")


def train_and_restore(model):
    """Prints the losses of the first and last epoch, and the mean squared error of the restored test images."""
    keras.utils.set_random_seed(0)
    model.compile(keras.optimizers.Adam(2e-3))
    losses = model.fit(train, epochs=60, batch_size=64, verbose=0).history["loss"]
    error = np.mean((model.predict(given, verbose=0) - test) ** 2)
    name = type(model).__name__
    print(f"{name}: loss {losses[0]:.3f}, then {losses[-1]:.3f}; error on noisy test images {error:.3f}")


print(f"noisy test images, not restored: error {np.mean((given - test) ** 2):.3f}")
print(f"average training image: error {np.mean((train.mean(axis=0) - test) ** 2):.3f}")
train_and_restore(BrokenDenoiser(64, 128, 0.5))

# %% [markdown]
# Copy the class into the answer cell under the name `RepairedDenoiser` and repair it there, so that
#
# - `call(x, training=True)` corrupts `x` with x + noise_stddev · ε, with ε from N(0, 1), not clipped, and restores that;
# - `call(x)` restores what it is given, as it is: somebody else has corrupted it;
# - `fit(x)`, which is given no y, learns to restore the *clean* image, and `evaluate(x)` gives the mean squared error of
#   what comes out for `x` without noise, over all pixels of all images.
#
# Keep the constructor and the two layers; how you make noise is up to you. `x` has shape (batch, pixels); the size of a
# batch may differ from call to call: `ops.shape(x)` knows it.
#
# *Why it matters.* None of these faults raises an error, and the loss looks better with them than without. Stuck? Run
# `hint("repaired_denoiser")`.


# %% nbgrader={"grade": false, "grade_id": "repaired_denoiser", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Copy BrokenDenoiser here, call it RepairedDenoiser, and repair it.
### BEGIN SOLUTION
class RepairedDenoiser(keras.Model):
    def __init__(self, pixels, units, noise_stddev):
        super().__init__()
        self.encoder = keras.layers.Dense(units, activation="relu")
        self.decoder = keras.layers.Dense(pixels)
        self.noise_stddev = noise_stddev
        self.seed_generator = keras.random.SeedGenerator(0)

    def corrupt(self, x):
        epsilon = keras.random.normal(ops.shape(x), seed=self.seed_generator)  # for each pixel of each image its own
        return x + self.noise_stddev * epsilon

    def call(self, x, training=False):
        if training:
            x = self.corrupt(x)
        return self.decoder(self.encoder(x))

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy


### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_repaired_denoiser", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("repaired_denoiser")

# %% [markdown]
# The same training for yours. Which of the two has the lower loss, and which repairs?

# %%
if "RepairedDenoiser" in globals():
    train_and_restore(RepairedDenoiser(64, 128, 0.5))

# %% [markdown]
# ## 04.5 Which way is likelier? (2 points, about 8 minutes)
#
# The **score** of the noisy images is the gradient of the logarithm of their density: the direction in which a noisy
# image becomes likelier fastest. A denoiser that returns the posterior mean knows it:
#
# $$ \nabla \log p(\text{noisy}) = \frac{\text{denoised} - \text{noisy}}{\text{noise\_stddev}^2}. $$
#
# Write `score_of_noisy(noisy, denoised, noise_stddev)`. `noisy` and `denoised` have the same shape (n, ...): n examples,
# which may be single numbers, vectors, images or anything else. `noise_stddev` is one number for all, or an array (n,)
# with one for each example. Return the score in the shape of `noisy`. Values may be signed integers.
#
# *Why it matters.* Whoever has a denoiser for each strength of noise can walk from pure noise to an image. That is
# diffusion, in lesson 15. Stuck? Run `hint("score_of_noisy")`.


# %% nbgrader={"grade": false, "grade_id": "score_of_noisy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def score_of_noisy(noisy, denoised, noise_stddev):
    """The score of the noisy density at each example, in the shape of noisy: (n, ...)."""
    ### BEGIN SOLUTION
    stddev = np.asarray(noise_stddev, float)
    if stddev.ndim:
        stddev = stddev.reshape(-1, *[1] * (np.ndim(noisy) - 1))  # one for each example, along the first axis
    return (denoised - noisy) / stddev**2
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_score_of_noisy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("score_of_noisy")

# %% [markdown]
# In a plane the score can be known exactly. Clean points lie around three centres, with the standard deviation 0.3, and
# the noise adds 0.4, so the noisy density is a mixture of three normals with the standard deviation 0.5. Below, your
# score from your posterior mean over 3000 clean points, beside the exact one.

# %%
centres = np.array([[-2.0, 0.0], [2.0, 0.0], [0.0, 3.0]])
rng = np.random.default_rng(0)
points = centres[rng.integers(3, size=3000)] + 0.3 * rng.normal(size=(3000, 2))


def exact_score(noisy, variance=0.3**2 + 0.4**2):
    weights = np.exp(-np.sum((noisy[:, None] - centres) ** 2, axis=2) / (2 * variance))
    return (weights @ centres / weights.sum(axis=1, keepdims=True) - noisy) / variance


def your_score(noisy):
    denoised = posterior_mean(noisy[:, None, None], points[:, None, None], 0.4)[:, 0, 0]  # each point an image of 1 x 1
    return score_of_noisy(noisy, denoised, 0.4)


with suppress(NotImplementedError):
    for place in ([-1.5, 0.5], [0.0, 1.0], [2.0, 0.0]):
        at = np.array([place])
        print(f"at {place}: yours {your_score(at)[0].round(1)}, exact {exact_score(at)[0].round(1)}")

# %% [markdown]
# And uphill: 200 random points take 100 small steps along your score. Where do they end?

# %%
with suppress(NotImplementedError):
    walkers = rng.uniform(-3, 4, size=(200, 2))
    for _ in range(100):
        walkers = walkers + 0.05 * your_score(walkers)
    to_centre = np.linalg.norm(walkers[:, None] - centres, axis=2)
    print("within 0.15 of a centre:", np.mean(to_centre.min(axis=1) < 0.15))
    print("at each centre:", np.bincount(to_centre.argmin(axis=1), minlength=3))

# %% [markdown]
# ## What to remember
#
# - With squared error, a network returns the average of its targets, given its input. Ask what that average is.
# - Decibels against the clean image, image by image, with one peak for all; and a cheap rival beside them.
# - Weights that come from exp are computed from differences of their logarithms.
# - Noise: in training alone, anew for each pixel, not clipped, and never in the target.
# - A denoiser's residual, divided by the noise's variance, points to likelier images.
