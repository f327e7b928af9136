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
# # Exercises 7. From points to distributions
#
# **You practise** predicting what a change does to the two terms of a VAE; writing the KL term and the whole loss;
# finding three faults in an ELBO that runs; and holding bounds against an exact likelihood.
#
# **You need** part one of lesson 7 (for 07.5, part two) and NumPy. **Time:** about an hour for five exercises, 13
# points in all; the notebook itself runs in half a minute.
#
# **Data** scikit-learn's handwritten digits (UCI, CC BY 4.0), without a download.
#
# Write your answer where it says `YOUR CODE HERE`, in place of the line `raise NotImplementedError()`. Run that cell,
# then the one below it, which checks it with numbers made anew each time. Check as often as you like: a wrong answer
# costs nothing, and the message says what was found. Stuck? `hint("name")` leads a little further each time you call
# it, and `solution("name")` shows ours.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from contextlib import suppress

import autoencoders_edu as ae
import keras
import numpy as np
from autoencoders_edu.exercises import check, hint, solution

# %% [markdown]
# ## 07.1 Two terms, one trade (1 point, 6 minutes)
#
# A prediction, before any code. A linear VAE with 6 latents and Gaussian pixels of a fixed standard deviation is
# trained to its optimum on images of 64 pixels; 4 latents are all that it finds a use for. Its loss is
#
# $$ \frac{1}{2\,\mathrm{stddev}^2} \underbrace{\sum_{\text{pixels}} (x - x')^2}_{\texttt{error}}
# + \underbrace{\mathrm{KL}(q(z \mid x) \,\|\, p(z))}_{\texttt{kl}} + \text{constant}. $$
#
# Then we make one change and train anew, again to the optimum (or for as long as you like, where there is none). For
# each change say what becomes of `kl` and of `error` (still the sum over pixels), both averaged over the data:
# `"rises"`, `"falls"` or `"stays"`.
#
# - `"halved noise"`: the standard deviation is halved;
# - `"kl twice"`: the loss is reconstruction + 2 kl;
# - `"no kl"`: the KL term is left out of the loss (we still measure it; there is no optimum then);
# - `"idle latent"`: a seventh latent is added;
# - `"pixel mean"`: somebody writes the mean over the 64 pixels in place of the sum.
#
# Set `predict_terms` to a dict from each change to two words, for `kl` and for `error`.
#
# *Why it matters.* The two terms pull against each other, and many surprises come from a changed balance. Stuck? Run
# `hint("predict_terms")`.

# %% nbgrader={"grade": false, "grade_id": "predict_terms", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_terms = {
#     "halved noise": (..., ...),
#     "kl twice": (..., ...),
#     "no kl": (..., ...),
#     "idle latent": (..., ...),
#     "pixel mean": (..., ...),
# }
### BEGIN SOLUTION
predict_terms = {
    "halved noise": ("rises", "falls"),  # an error costs more nats, so more is spent to avoid it
    "kl twice": ("falls", "rises"),  # a dearer code is bought less
    "no kl": ("rises", "falls"),  # nothing keeps q wide any more: it becomes a point, and KL grows without bound
    "idle latent": ("stays", "stays"),  # q = prior there, which costs nothing
    "pixel mean": ("falls", "rises"),  # the KL term counts 64 times as much as before
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_terms", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_terms")

# %% [markdown]
# ## 07.2 The KL term by hand (2 points, 5 minutes)
#
# Write `gaussian_kl(mean, log_variance)`. Both arguments have shape (batch, latents), as an encoder returns them; the
# result has shape (batch,): for each image the divergence of $q = N(m, v)$ from the prior $N(0, I)$, in nats,
#
# $$ \mathrm{KL}(q \,\|\, p) = \frac{1}{2} \sum_j \bigl( m_j^2 + v_j - \log v_j - 1 \bigr), $$
#
# where $v_j$ is the variance of latent $j$. A log-variance may be any number, −140 for instance.
#
# *Why it matters.* This formula stands in every VAE, and it is easy to get wrong. Stuck? Run `hint("gaussian_kl")`.


# %% nbgrader={"grade": false, "grade_id": "gaussian_kl", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gaussian_kl(mean, log_variance):
    """KL( N(mean, variance) || N(0, I) ) of each image: two arrays (batch, latents) -> (batch,)."""
    ### BEGIN SOLUTION
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_gaussian_kl", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("gaussian_kl")

# %% [markdown]
# The same on a real encoder, beside what the library computes with TensorFlow Probability. Digits of 8 x 8 pixels,
# white where they are brighter than a half; four latents; a few seconds of training.

# %%
digits = ae.data.load("digits")
x, x_test = ((images > 0.5).astype("float32") for images in (digits.x_train, digits.x_test))
keras.utils.set_random_seed(0)
encoder, decoder = ae.networks.dense_encoder((8, 8, 1), 2 * 4), ae.networks.dense_decoder(4, (8, 8, 1))
vae = ae.VAE(encoder, decoder, "bernoulli", seed=0)
vae.compile(keras.optimizers.Adam(2e-3))
history = vae.fit(x, batch_size=120, epochs=30, verbose=0).history

# %%
outputs = keras.tree.map_structure(np.asarray, vae(x_test[:5]))  # q(z|x), and p(x|z) for one z drawn from it
reconstruction, kl = vae.terms(x_test[:5], outputs)
mean, log_variance = np.split(outputs["posterior"], 2, axis=1)
with suppress(NotImplementedError):
    print("yours:  ", np.round(gaussian_kl(mean, log_variance), 3))
print("library:", np.asarray(kl).round(3), "nats for five test images")

# %% [markdown]
# ## 07.3 The negative ELBO (3 points, 9 minutes)
#
# Write `negative_elbo(x, logits, mean, log_variance)`, the loss of each image of a batch for one draw of $z$:
#
# - `x` holds images of zeros and ones, (batch, height, width, channels);
# - `logits` is what the decoder returned for that draw, of the same shape: pixel $i$ is a coin that shows white with
#   probability $p_i = \mathrm{sigmoid}(\texttt{logits}_i)$, so that
#   $\log p(x \mid z) = \sum_i x_i \log p_i + (1 - x_i) \log (1 - p_i)$;
# - `mean` and `log_variance` describe $q(z \mid x)$, (batch, latents). A log-variance may be any number, −140 for
#   instance.
#
# Return $-\mathrm{ELBO}$, (batch,), in nats. A decoder may be very certain: for logits of ±200 the result must be
# finite, and exact.
#
# *Why it matters.* This is what a VAE is trained with. Each way to average it wrongly is a VAE with another weight on
# the KL, and nobody is told. Stuck? Run `hint("negative_elbo")`.


# %% nbgrader={"grade": false, "grade_id": "negative_elbo", "locked": false, "schema_version": 3, "solution": true, "task": false}
def negative_elbo(x, logits, mean, log_variance):
    """-log p(x|z) + KL( q(z|x) || N(0, I) ) of each image, (batch,)."""
    ### BEGIN SOLUTION
    # -log p = log(1 + exp(-l)) for a white pixel and log(1 + exp(l)) for a black one; in one line, and stable:
    reconstruction = np.sum(np.logaddexp(0, logits) - x * logits, axis=(1, 2, 3))
    kl = 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
    return reconstruction + kl
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_negative_elbo", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("negative_elbo")

# %%
with suppress(NotImplementedError):
    print("yours:  ", np.round(negative_elbo(x_test[:5], outputs["likelihood"], mean, log_variance), 2))
print("library:", np.asarray(reconstruction + kl).round(2), "nats for five test images")

# %% [markdown]
# ## 07.4 Better than the truth (3 points, 15 minutes)
#
# The ELBO needs no formula for the KL. With draws $z_1, \dots, z_S$ from $q(z \mid x)$,
#
# $$ \mathrm{ELBO}(x) \approx \frac{1}{S} \sum_{s=1}^{S}
# \bigl( \log p(x \mid z_s) + \log p(z_s) - \log q(z_s \mid x) \bigr). $$
#
# A colleague has written that for images of `pixels` coins. `decode` turns codes (..., latents) into logits (...,
# pixels), which are moderate here, within ±20; `epsilon` holds draws from $N(0, 1)$, (samples, batch, latents).


# %%
def log_normal(z, mean, stddev):
    """log N(z; mean, stddev^2), summed over latents."""
    return np.sum(-0.5 * ((z - mean) / stddev) ** 2 - np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)


def broken_elbo(x, mean, log_variance, epsilon, decode):
    stddev = np.exp(log_variance)
    z = mean + stddev * epsilon
    logits = decode(z)
    log_likelihood = np.mean(x * logits - np.logaddexp(0, logits), axis=-1)
    log_prior = log_normal(z, 0, 1)
    log_q = log_normal(epsilon, 0, 1)
    return np.mean(log_likelihood + log_prior - log_q, axis=0)


# %% [markdown]
# "My ELBO is excellent," says the colleague. Is it? With *one* latent the evidence is an integral over a line, and a
# fine grid gives it exactly. So hold the two side by side, for four images of twelve pixels:

# %%
rng = np.random.default_rng(0)
line, x_small = rng.normal(size=(1, 12)), rng.integers(0, 2, (4, 12))


def decode_small(z):
    return z @ line


grid = np.linspace(-8, 8, 4001)[:, None, None]  # codes, one above the other
logits = decode_small(grid)
log_joint = np.sum(x_small * logits - np.logaddexp(0, logits), axis=-1) + log_normal(grid, 0, 1)
truth = np.log(np.sum(np.exp(log_joint), axis=0) * (grid[1, 0, 0] - grid[0, 0, 0]))

best = np.argmax(log_joint, axis=0)  # a sensible q for each image: at the best code, half as wide as the prior
small = (x_small, grid[best, 0], np.full((4, 1), 2 * np.log(0.5)), rng.normal(size=(2000, 4, 1)), decode_small)
print("exact log p(x):", truth.round(2))
print("broken ELBO:   ", broken_elbo(*small).round(2))

# %% [markdown]
# A *lower* bound, above the truth for every image. That cannot be: something is wrong, and nothing crashed.
#
# There are **three faults**. Write `sampled_elbo`, with the same arguments, repaired. It should use all draws that it
# is given, for all three terms, and return one number for each image, (batch,). `log_normal` is right; use it if you
# like. (Change `broken_elbo` as you please while you look: no point hangs on it.)
#
# *Why it matters.* A wrong ELBO still trains, and often looks better than a right one. Stuck? Run
# `hint("sampled_elbo")`.


# %% nbgrader={"grade": false, "grade_id": "sampled_elbo", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sampled_elbo(x, mean, log_variance, epsilon, decode):
    """The ELBO of each image by Monte Carlo, (batch,).

    Args:
        x: zeros and ones, (batch, pixels).
        mean, log_variance: of q(z|x), (batch, latents).
        epsilon: draws from N(0, 1), (samples, batch, latents).
        decode: function from codes (..., latents) to logits (..., pixels).
    """
    ### BEGIN SOLUTION

    def log_density(z, mean, stddev):
        return np.sum(-0.5 * ((z - mean) / stddev) ** 2 - np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)

    stddev = np.exp(log_variance / 2)  # not the variance
    z = mean + stddev * epsilon
    logits = decode(z)
    log_likelihood = np.sum(x * logits - np.logaddexp(0, logits), axis=-1)  # a sum over pixels
    # The density of z under q itself, last: a narrow q is a high one.
    return np.mean(log_likelihood + log_density(z, 0, 1) - log_density(z, mean, stddev), axis=0)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_sampled_elbo", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("sampled_elbo")

# %%
print("exact log p(x):", truth.round(2))
with suppress(NotImplementedError):
    print("your ELBO:     ", np.round(sampled_elbo(*small), 2))

# %% [markdown]
# ## 07.5 The truth and its bounds (4 points, 20 minutes)
#
# In the linear-Gaussian model, $x = W z + b + \text{noise}$ with $z$ from $N(0, I)$ and noise from
# $N(0, \mathrm{stddev}^2 I)$, the evidence is known. (The density of a normal
# distribution of $n$ numbers is $\log N(x; m, C) = -\frac12 \bigl( (x-m)^\top C^{-1} (x-m) + \log\det C + n \log 2\pi
# \bigr)$.) Two parts, both in the next cell.
#
# 1. `log_evidence(x, weights, b, stddev)`: the exact $\log p(x)$ of each image, (batch,), in nats. `x` has shape (batch,
#    pixels), `weights` is $W$, (pixels, latents), `b` has shape (pixels,). You may use NumPy and SciPy as you like; images
#    may have 400 pixels.
# 2. `importance_weighted_bound(log_weights)`: from the logarithms of $w_k = p(x, z_k) / q(z_k \mid x)$, (samples,
#    batch), the estimate $\log \frac{1}{K} \sum_k w_k$ of the bound for each image, (batch,). Log-weights may be as
#    small as −2000.
#
# *Why it matters.* A bound is only worth something if you know how far it is from the truth. Stuck? Run
# `hint("log_evidence")`.


# %% nbgrader={"grade": false, "grade_id": "log_evidence", "locked": false, "schema_version": 3, "solution": true, "task": false}
def log_evidence(x, weights, b, stddev):
    """The exact log p(x) of each image, (batch,)."""
    ### BEGIN SOLUTION
    pixels = len(b)
    covariance = weights @ weights.T + stddev**2 * np.eye(pixels)
    difference = x - b
    square = np.sum(difference * np.linalg.solve(covariance, difference.T).T, axis=1)
    log_determinant = np.linalg.slogdet(covariance)[1]  # the determinant itself may be too small for a float
    return -0.5 * (square + log_determinant + pixels * np.log(2 * np.pi))
    ### END SOLUTION


def importance_weighted_bound(log_weights):
    """log of the mean weight of each image: (samples, batch) -> (batch,)."""
    ### BEGIN SOLUTION
    largest = np.max(log_weights, axis=0)
    return largest + np.log(np.mean(np.exp(log_weights - largest), axis=0))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_log_evidence", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("log_evidence")

# %% [markdown]
# Now hold them against each other: a model of twenty pixels and three latents, and a $q$ that is off: the true
# posterior's mean, but independent latents half as wide as they should be. How many samples does the bound need?

# %%
rng = np.random.default_rng(1)  # the same model and images each time you run this cell
W, b, stddev = rng.normal(size=(20, 3)), rng.normal(size=20), 1.0
x_linear = rng.normal(size=(50, 3)) @ W.T + b + stddev * rng.normal(size=(50, 20))
covariance = np.linalg.inv(np.eye(3) + W.T @ W / stddev**2)
q_mean, width = (x_linear - b) @ W @ covariance / stddev**2, 0.5 * np.sqrt(np.diag(covariance))
z = q_mean + width * rng.normal(size=(3000, 50, 3))
log_weights = log_normal(x_linear, z @ W.T + b, stddev) + log_normal(z, 0, 1) - log_normal(z, q_mean, width)

# %%
with suppress(NotImplementedError):
    exact = np.mean(log_evidence(x_linear, W, b, stddev))
    print(f"exact {exact:.2f} nats per image; ELBO {log_weights.mean():.2f}")
    for k in (1, 10, 100, 1000, 3000):
        print(f"K = {k:4}: {np.mean(importance_weighted_bound(log_weights[:k])):.2f}")

# %% [markdown]
# Even 3,000 leave about 0.07 nats. This $q$ is too narrow: the codes that matter most are hardly ever drawn. It is worse than
# it looks. Take one latent with true posterior $N(0, c)$ and $q = N(0, c / 4)$, half as wide. The mean of $w^2$ over $q$
# is proportional to
#
# $$ \int \frac{p(z \mid x)^2}{q(z \mid x)}\, dz \;\propto\; \int e^{-z^2 / c}\, e^{+2 z^2 / c}\, dz = \infty. $$
#
# So the weights have infinite variance, and no $\pm$ computed from them can be trusted. Burda et al. (2016) prove that the
# bound reaches the truth if the weights are *bounded*, which these are not. It still gets there, as their mean is finite
# and equal to $p(x)$, but slowly, and in jumps whenever a large weight turns up.
#
# Put `2` for `0.5` where `width` is made, and run both cells again. A $q$ that is too wide has a far worse ELBO, but its
# weights are bounded, and with a thousand samples its bound stands at the truth, to about 0.02 nats. (Sometimes a little
# above it: the bound holds for the mean over draws, and these are single draws.) The reason: the ELBO misses
# $\mathrm{KL}(q \,\|\, p)$, but how many samples you need depends on $\mathrm{KL}(p \,\|\, q)$, with $p$ the true posterior.
# At half its width the two are 0.32 and 0.81 nats per latent, at double width 0.81 and 0.32. If you must be wrong, be
# too wide.

# %% [markdown]
# ## What to remember
#
# - What is dearer is bought less: every change of balance between the two terms moves both.
# - Sum over pixels, sum over latents, one number for each image.
# - A lower bound above the truth by more than its noise is a bug, whatever the curves look like. Keep a model at hand
#   whose truth you know.
# - Determinants and weights underflow long before their logarithms do.
