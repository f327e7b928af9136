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
# # Exercises 12. Is it any good?
#
# **You practise** predicting what likelihoods and sample scores can and cannot see; computing the likelihood of a
# mixture; putting error bars on a bound; making Fréchet distances comparable; and telling two kinds of black-and-white
# images apart.
#
# **You need** lesson 12 and NumPy. **Time:** about 45 minutes for five exercises, 12 points in all. Nothing is trained,
# so the notebook runs in seconds.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), without a download.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it: `check("name")` tells you whether the answer is right, and if not, what it did. Check as often
# as you like: the inputs are new each time. `hint("name")` leads a little further each time, and `solution("name")`
# shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import numpy as np
from autoencoders_edu.exercises import check, hint, solution
from autoencoders_edu.metrics.generation import frechet_distance, precision_recall

# %% [markdown]
# ## 12.1 What does the score see? (1 point, 6 minutes)
#
# **Predict before you compute.** Set `predict_evaluation` to a dict with these seven keys.
#
# A VAE of black-and-white images is mixed with fair coins: to draw an image, the mixture asks the VAE with probability
# 0.01, and otherwise tosses a coin for each pixel.
#
# - `"nats lost"`: the most nats per image by which the mixture's log-likelihood can lie below the VAE's, whatever the
#   image. A number, to two decimals.
# - `"coins"`: the share of the mixture's samples that are nothing but coins. A number.
#
# Two sets of n images each are drawn from *one and the same* distribution.
#
# - `"fewer images"`: n falls from 5000 to 500. What happens to the Fréchet distance between the two sets, on average?
#   `"up"`, `"down"` or `"same"`.
#
# Two models have the same log p(x) for each image. Model A ignores z: its KL is 0 and its q(z|x) is the prior. Model B
# uses z, has a KL of 20 nats per image, and its q(z|x) is only close to the true posterior.
#
# - `"looks better"`: both are judged by the importance-weighted bound with five samples from q. Which one looks better
#   on average? `"A"`, `"B"` or `"same"`.
#
# A copier learns nothing: asked for n images, it hands out the n training images, each of them once.
#
# - `"copier's recall"`: its recall, measured against the training images. A number.
# - `"copier's distance"`: its Fréchet distance to the training images, compared with that of n *new* real images:
#   `"smaller"`, `"larger"` or `"same"`.
#
# Model C reaches -90 nats per image on test images whose grey pixels were rounded to 0 or 1. Model D reaches -95 nats
# on the same test images, but each pixel was drawn at random, with its grey value as the probability of a 1.
#
# - `"better model"`: `"C"`, `"D"` or `"cannot tell"`.
#
# A score that cannot see a fault will never report it. Know what each one is blind to before you trust it.
#
# Stuck? Run `hint("predict_evaluation")`

# %% nbgrader={"grade": false, "grade_id": "predict_evaluation", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_evaluation = {
#     "nats lost": ...,
#     "coins": ...,
#     "fewer images": ...,
#     "looks better": ...,
#     "copier's recall": ...,
#     "copier's distance": ...,
#     "better model": ...,
# }
### BEGIN SOLUTION
predict_evaluation = {
    "nats lost": 4.61,  # the mixture's p(x) is at least 0.01 of the VAE's
    "coins": 0.99,
    "fewer images": "up",  # estimated means and covariances differ more, and every difference adds to the distance
    "looks better": "A",  # its q is the true posterior, so even one sample gives log p(x)
    "copier's recall": 1,
    "copier's distance": "smaller",  # it is 0, and no set of new images has the very same mean
    "better model": "cannot tell",  # they were asked about different images
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_evaluation", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_evaluation")

# %% [markdown]
# Now measure three of them: the distance with fewer images, the copier's recall and the copier's distance. Vectors of
# 20 random numbers stand in for features. (Run this only after you have predicted.)

# %%
rng = np.random.default_rng(0)
for n in (5000, 500):
    apart = [frechet_distance(*rng.normal(size=(2, n, 20))) for _ in range(5)]
    print(f"two sets of {n:4} vectors: Fréchet distance {np.mean(apart):.3f} +- {np.std(apart, ddof=1):.3f}")
training, new = rng.normal(size=(2, 500, 20))
for name, given in {"copier": training, "new vectors": new}.items():
    scores = precision_recall(training, given)
    print(f"{name:11} precision {scores.precision:.2f}, recall {scores.recall:.2f}", end=", ")
    print(f"Fréchet distance {frechet_distance(training, given):.3f}")

# %% [markdown]
# ## 12.2 One percent of a model (2 points, 8 minutes)
#
# Write `mixture_nats(log_likelihood, share, pixels)`: the log-likelihood, in nats per image, of a mixture that is a
# model with probability `share` and fair coins otherwise:
#
# $$ \log\bigl(\text{share} \cdot p_\text{model}(x) + (1 - \text{share}) \cdot 2^{-\text{pixels}}\bigr) $$
#
# `log_likelihood` is an array (batch,) of floats, the model's $\log p_\text{model}(x)$ in nats for each image, `share`
# a float from 0 to 1, both included, and `pixels` the number of black-and-white pixels. Return an array (batch,).
#
# A log-likelihood may be -10000, the images may have 20000 pixels, and `share` may be 1e-300: no result may be infinite
# or NaN. At `share` 1 the mixture is the model, at 0 it is the coins. Your results are compared to a thousandth of a nat
# (and to a millionth of their size).
#
# Theis et al. (2016) use this mixture to show that a good likelihood says little about samples.
#
# Stuck? Run `hint("mixture_nats")`


# %% nbgrader={"grade": false, "grade_id": "mixture_nats", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mixture_nats(log_likelihood, share, pixels):
    """log p of share * model + (1 - share) * fair coins: (batch,) nats per image -> (batch,) nats per image."""
    ### BEGIN SOLUTION
    with np.errstate(divide="ignore"):  # log 0 is minus infinity, which logaddexp takes for "does not contribute"
        log_model, log_coins = np.log(share), np.log1p(-share)
    return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_mixture_nats", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mixture_nats")

# %% [markdown]
# Your function on black-and-white digits. The model here is a modest one that needs counting but no training: a digit
# is one of ten classes, and each pixel of a class is white with its own probability.

# %%
digits = ae.data.load("digits")
x_train, x_test = ((images >= 0.5).reshape(len(images), -1) for images in (digits.x_train, digits.x_test))
white = np.stack(
    [(1 + x_train[digits.y_train == c].sum(axis=0)) / (2 + np.sum(digits.y_train == c)) for c in range(10)]
)
log_p = x_test @ np.log(white).T + ~x_test @ np.log(1 - white).T - np.log(10)
log_likelihood = np.logaddexp.reduce(log_p, axis=1)

# %%
print(f"the model alone: {log_likelihood.mean():.2f} nats per image, coins alone: {-64 * np.log(2):.2f}")
with suppress(NotImplementedError):
    for share in (0.5, 0.1, 0.01):
        nats = mixture_nats(log_likelihood, share, 64)
        print(
            f"share {share:4}: {nats.mean():.2f} nats per image, lost {np.mean(log_likelihood - nats):.2f} on average",
            end="",
        )
        print(f" and {np.max(log_likelihood - nats):.2f} at most; {1 - share:.0%} of the samples are coins")

# %% [markdown]
# With 99 % coins hardly a sample shows a digit, and the log-likelihood is still far better than that of coins alone.

# %% [markdown]
# ## 12.3 A bound with an error bar (3 points, 11 minutes)
#
# A model was asked for `draws` importance weights per image. Write `bound_with_error(log_weights, k)`, which makes two
# numbers of them. `log_weights` has the shape (images, draws), as in the lesson, and holds
#
# $$ \log w_{is} = \log \frac{p(x_i \mid z_{is})\, p(z_{is})}{q(z_{is} \mid x_i)} $$
#
# 1. Split the draws of each image into groups of `k` consecutive ones: the first k, the next k, and so on. (`k` divides
#    the number of draws.)
# 2. Each group gives one estimate of the importance-weighted bound with k samples,
#    $\log \bigl(\frac1k \sum_{s} w_{is}\bigr)$ over the k draws of the group.
# 3. Average the estimates of each image. That leaves one number per image, $m_i$.
# 4. **The bound** is the mean of the $m_i$ over the images. **Its standard error** is the standard deviation of the
#    $m_i$ (with `ddof=1`) divided by the square root of the number of images.
#
# Return the two numbers as a tuple (bound, standard error), in nats per image. There are at least two images; `k` may
# be 1 or all of the draws. Log-weights may be -10000 or 1000, and may differ by thousands within an image and within a
# group. The bound is compared to a thousandth of a nat (and to a millionth of its size), the standard error to a
# thousandth of its size.
#
# A bound without an error bar is not a measurement. The usual wrong error bar treats draws as if they were images.
#
# Stuck? Run `hint("bound_with_error")`


# %% nbgrader={"grade": false, "grade_id": "bound_with_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bound_with_error(log_weights, k):
    """The importance-weighted bound with k samples and its standard error: (images, draws) -> two numbers."""
    ### BEGIN SOLUTION
    images = len(log_weights)
    groups = log_weights.reshape(images, -1, k)
    estimates = np.logaddexp.reduce(groups, axis=2) - np.log(k)
    of_images = estimates.mean(axis=1)
    return of_images.mean(), of_images.std(ddof=1) / np.sqrt(images)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_bound_with_error", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("bound_with_error")

# %% [markdown]
# A model whose log p(x) is known: z is standard normal and x is normal around z with variance 1, in 10 dimensions. Its
# encoder knows the right mean but is too narrow, with a standard deviation of 0.4 in place of 0.71.

# %%
rng = np.random.default_rng(0)
x = rng.normal(size=(200, 1, 10)) * np.sqrt(2)
noise = rng.normal(size=(200, 1000, 10))
z = x / 2 + 0.4 * noise
each = -0.5 * ((x - z) ** 2 + z**2 + np.log(2 * np.pi)) + 0.5 * noise**2 + np.log(0.4)
log_weights = each.sum(axis=2)
exact = np.mean(np.sum(-0.25 * x**2 - 0.5 * np.log(4 * np.pi), axis=(1, 2)))

# %%
print(f"log p(x) of these images: {exact:.3f} nats")
with suppress(NotImplementedError):
    for k in (1, 10, 100, 1000):
        bound, error = bound_with_error(log_weights, k)
        print(f"k = {k:4}: bound {bound:.3f} +- {error:.3f} nats")

# %% [markdown]
# The bound rises with k towards the exact value. The error bar hardly changes: most of it comes from the images, which
# are more or less probable, and more draws per image do not make more images. It says how far the bound would move with
# other images. It does not cover the gap between bound and truth: both are taken over the same images, so even at k =
# 1000 the bound is a quarter of a nat too low for these very images.

# %% [markdown]
# ## 12.4 Made comparable (3 points, 10 minutes)
#
# Distances at different n cannot be compared. The simple remedy is the same n for all, which you write here; the other
# one is to extrapolate each distance to unlimited n, as the lesson does.
#
# A colleague compares models by their Fréchet distance. "The copier is best by far," says the colleague, "and everything
# is better the more samples I draw."


# %%
def fair_distances_broken(models, train, validation, test):
    return {name: frechet_distance(features, train) for name, features in models.items()}


# %% [markdown]
# The argument `models` is a dict from a model's name to features of its samples, (n_i, d), in whatever number the model
# was asked for. `train`, `validation` and `test` are features of real images, (n, d) each with an n of its own; the
# models were trained on `train`. Write `fair_distances(models, train, validation, test)`, which returns a dict with
#
# - a key for each model: the Fréchet distance between its features and those of the **test** images;
# - the key `"floor"`: the Fréchet distance between the features of **validation** and **test** images. No model can be
#   expected to do better.
#
# All these distances are taken at one common n: the number of rows of the *smallest* set among all models, validation
# and test. Of each set take the **first** n rows. `train` plays no part, not even in n. The function
# `frechet_distance(first, second)` is right; use it as it is. Distances are compared to a ten-thousandth of their size.
#
# A distance is biased upwards, and the more so the fewer rows there are. Compared at different n, the model with the
# most samples wins.
#
# Stuck? Run `hint("fair_distances")`


# %% nbgrader={"grade": false, "grade_id": "fair_distances", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fair_distances(models, train, validation, test):
    """Fréchet distances of models, and a floor, at one n: dict of (n_i, d) and three (n, d) -> dict of numbers."""
    ### BEGIN SOLUTION
    sets = {**models, "floor": validation}
    n = min(len(test), *(len(features) for features in sets.values()))
    return {name: frechet_distance(features[:n], test[:n]) for name, features in sets.items()}
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_fair_distances", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("fair_distances")

# %% [markdown]
# Two models of the digits, without training: the copier, and one normal distribution fitted to each class. The features
# are the first ten principal components.

# %%
from sklearn.decomposition import PCA

flat = {part: getattr(digits, part).reshape(-1, 64) for part in ("x_train", "x_val", "x_test")}
pca, rng = PCA(10).fit(flat["x_train"]), np.random.default_rng(0)
train, validation, test = (pca.transform(images) for images in flat.values())
normals = []
for c in range(10):
    of_class = train[digits.y_train == c].astype(float)
    normals.append(rng.multivariate_normal(of_class.mean(axis=0), np.cov(of_class, rowvar=False), 500))
normals = rng.permutation(np.concatenate(normals))
models = {"copier": rng.permutation(train), "normals, 200": normals[:200], "normals, 5000": normals}

# %%
for function in (fair_distances_broken, fair_distances):
    with suppress(NotImplementedError):
        distances = function(models, train, validation, test)
        print(f"{function.__name__}:", {name: round(float(value), 3) for name, value in distances.items()})

# %% [markdown]
# The two sets of normals come from one model, and the broken function prefers the larger one by far. The copier gets a
# perfect score from it. At one n the two sets of normals are level: their first 200 rows are the same. How much of the
# other differences is chance? Put all rows in another order, 50 times:

# %%
with suppress(NotImplementedError):
    shuffled = [
        fair_distances(
            {name: rng.permutation(features) for name, features in models.items()},
            *(rng.permutation(features) for features in (train, validation, test)),
        )
        for _ in range(50)
    ]
    for name in shuffled[0]:
        values = [distances[name] for distances in shuffled]
        print(f"{name:13} {np.mean(values):.3f} +- {np.std(values, ddof=1):.3f} (standard deviation over orders)")

# %% [markdown]
# Within this spread the copier, the normals and real images are all alike. The copier no longer wins, but nothing gives
# it away either: a Fréchet distance cannot tell copies from new images. For that, look at the nearest training images.

# %% [markdown]
# ## 12.5 Two kinds of black and white (3 points, 10 minutes)
#
# Two of the lesson's three ways to make grey images black and white: with a **threshold**, a pixel is 1 if its grey
# value is at least 0.5, otherwise 0. **Dynamic** binarisation draws each pixel anew every time, 1 with its grey value as
# the probability. (The third one, "static", draws as well, but only once.)
#
# A decoder gives `logits` $l$ for the pixels: $p = 1 / (1 + e^{-l})$ is the probability of a 1. Write
# `binarisation_nats(grey, logits)`. Both arrays have the shape (batch, height, width, channels), in single or double
# precision, and grey values lie between 0 and 1, both included. Return a dict with three arrays (batch,), each summed
# over all pixels and channels of an image, in nats:
#
# - `"threshold"`: $-\log p(x)$ of the thresholded image $x$: a pixel costs $-\log p$ if it is 1 and $-\log(1 - p)$ if it
#   is 0;
# - `"dynamic"`: the mean of $-\log p(x)$ over all dynamically binarised images. No drawing is needed: for a pixel with grey
#   value $g$ it is $-g \log p - (1 - g) \log(1 - p)$;
# - `"floor"`: the entropy of the drawing, $-g \log g - (1 - g) \log(1 - g)$ for a pixel, with $0 \log 0 = 0$. On
#   dynamically binarised images no model gets below it.
#
# Logits may be ±1000: a pixel that is certain and wrong then costs 1000 nats. Results are compared to a thousandth of a
# nat (and to a hundred-thousandth of their size).
#
# Papers report nats "on MNIST" for both kinds, and the two cannot be compared.
#
# Stuck? Run `hint("binarisation_nats")`


# %% nbgrader={"grade": false, "grade_id": "binarisation_nats", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binarisation_nats(grey, logits):
    """-log p with a threshold and with drawn pixels, and the floor: (batch, h, w, c) twice -> dict of (batch,)."""
    ### BEGIN SOLUTION
    from scipy.special import entr  # entr(g) is -g log g, and 0 at 0

    def cost(pixels):
        return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3))

    entropy = np.sum(entr(grey) + entr(1 - grey), axis=(1, 2, 3))
    return {"threshold": cost(grey >= 0.5), "dynamic": cost(grey), "floor": entropy}
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_binarisation_nats", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("binarisation_nats")

# %% [markdown]
# Two models of the digits that need no training, each knowing nothing but one mean for each pixel: of the thresholded
# training images, and of the grey ones.

# %%
means = {"threshold": (digits.x_train >= 0.5).mean(axis=0), "grey": digits.x_train.mean(axis=0)}
with suppress(NotImplementedError):
    for name, mean in means.items():
        p = np.clip(mean, 0.001, 0.999)
        nats = binarisation_nats(digits.x_test, np.broadcast_to(np.log(p / (1 - p)), digits.x_test.shape))
        shown = {key: round(float(np.mean(value)), 2) for key, value in nats.items()}
        print(f"means of {name:9} images, nats per image:", shown)

# %% [markdown]
# Each model wins, by a little, on the images that it was made for. And half of the nats on dynamically binarised images
# are the floor: noise of the drawing, which no model can predict.
