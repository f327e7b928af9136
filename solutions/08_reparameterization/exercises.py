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
# # Exercises 8. Gradients through randomness
#
# **You practise** predicting what two estimators of a gradient do; writing the reparameterised sample and the score
# function by hand; finding four faults in a VAE that trains without complaint; and lending a discrete choice a gradient.
#
# **You need** lesson 8, "Gradients through randomness", NumPy and `keras.ops`. **Time:** about 55 minutes for
# five exercises, 13 points in all; the notebook itself runs in half a minute.
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
from autoencoders_edu.gradients import gradients
from autoencoders_edu.plotting import plot_curves, show
from keras import ops


def gradients_through(name, inputs, weights):
    """The gradient of sum(weights * output) for each input; output is what the function of that name makes of them.

    You can call it yourself, and the checks do: gradients_through("reparameterize", [mean, log_variance, epsilon], 1)
    """
    variables = [keras.Variable(value, dtype="float32") for value in inputs]
    function = globals()[name]
    return gradients(lambda: ops.sum(weights * function(*map(ops.convert_to_tensor, variables))), variables)


# %% [markdown]
# ## 08.1 Which gradient, and how loud? (1 point, about 6 minutes)
#
# **Predict before you compute.** The toy of lesson 8: $z \sim \mathrm{N}(\text{mean}, \text{stddev}^2)$, the cost $z^2$,
# and two estimators of the derivative of the expected cost for the mean, the pathwise one and the score function
# (without a baseline), each averaged over some draws.
#
# - Take four times as many draws. By which **factor** does the variance of each estimate change? (New variance divided
#   by old variance.)
# - Add 10 to the cost, so that it is $z^2 + 10$. Is the variance of each estimate `"smaller"`, the `"same"` or
#   `"larger"`?
# - In a VAE, somebody detaches the sample $z$. The KL term is in the loss, as always. What does `fit` say: `"error"`,
#   `"warning"` or `"nothing"`? And the training loss: does it fall at first (`"falls"`), or stay where it was
#   (`"stays"`)?
#
# *Why it matters.* Which estimator to take, and what to be afraid of, is decided before any code is run. Stuck? Run
# `hint("predict_gradients")`.

# %% nbgrader={"grade": false, "grade_id": "predict_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_gradients = {
#     "pathwise, 4 times the draws": ...,
#     "score function, 4 times the draws": ...,
#     "pathwise, cost + 10": ...,
#     "score function, cost + 10": ...,
#     "detached: fit says": ...,
#     "detached: the loss": ...,
# }
### BEGIN SOLUTION
predict_gradients = {
    "pathwise, 4 times the draws": 1 / 4,
    "score function, 4 times the draws": 1 / 4,
    "pathwise, cost + 10": "same",
    "score function, cost + 10": "larger",
    "detached: fit says": "nothing",
    "detached: the loss": "falls",
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_gradients", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_gradients")

# %% [markdown]
# Now measure the first two. (Run this only after you have predicted.)

# %%
rng = np.random.default_rng(0)
for constant in (0, 10):
    for draws in (4, 16):
        epsilon = rng.normal(size=(20_000, draws))
        z = 1.5 + 1.0 * epsilon
        path, score = (2 * z).mean(axis=1), ((z**2 + constant) * epsilon).mean(axis=1)
        print(f"cost z² + {constant:2}, {draws:2} draws: variance {path.var():.2f} pathwise, {score.var():.2f} score")

# %% [markdown]
# ## 08.2 The reparameterised sample (2 points, about 5 minutes)
#
# Write `reparameterize(mean, log_variance, epsilon)`, the sample of a VAE:
#
# $$ z = \text{mean} + \text{stddev} \cdot \epsilon. $$
#
# The encoder gives the mean and the **log-variance**, the logarithm of stddev². All three arguments have the shape
# (batch, latent_dim); `epsilon` is the noise, already drawn from N(0, 1). A log-variance may be any number, −30 or 30 for instance. Use `keras.ops` (`ops.exp`, `ops.sqrt`, ...)
# and the usual `+` and `*`, so that the gradient finds its way back to the mean and to the log-variance. The check looks
# at the values and at the gradients.
#
# *Why it matters.* This line stands in every VAE. Written wrongly it still runs, and the loss still falls. Stuck? Run
# `hint("reparameterize")`.


# %% nbgrader={"grade": false, "grade_id": "reparameterize", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reparameterize(mean, log_variance, epsilon):
    """A draw from N(mean, exp(log_variance)), made of epsilon; all tensors (batch, latent_dim)."""
    ### BEGIN SOLUTION
    return mean + ops.exp(log_variance / 2) * epsilon
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_reparameterize", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("reparameterize")

# %% [markdown]
# Ten thousand draws with mean 1 and log-variance −2, which is the stddev 0.37, and how the first of them would move with
# the mean and with the log-variance. (Cells like this one use your function: run them once the check has passed.)

# %%
with suppress(NotImplementedError):
    epsilon = np.random.default_rng(0).normal(size=(10_000, 1)).astype("float32")
    z = ops.convert_to_numpy(reparameterize(np.full_like(epsilon, 1), np.full_like(epsilon, -2), epsilon))
    print(f"mean {z.mean():.2f}, stddev {z.std():.2f}")
    for_mean, for_log_variance, _ = gradients_through("reparameterize", [[[1.0]], [[-2.0]], epsilon[:1]], 1.0)
    print(f"dz/dmean {for_mean[0, 0]:.2f}, dz/dlog_variance {for_log_variance[0, 0]:.3f}")

# %% [markdown]
# ## 08.3 A gradient without a slope (3 points, about 10 minutes)
#
# Write `score_gradient(cost, mean, stddev, epsilon, baseline=0.0)`, the score-function estimate of the gradient of
# $\mathrm{E}[\text{cost}(z)]$, for the mean and for the **stddev** of $q = \mathrm{N}(\text{mean}, \text{stddev}^2)$:
#
# $$ \frac{1}{n} \sum_{i=1}^{n} \bigl(\text{cost}(z_i) - \text{baseline}\bigr) \, \nabla \log q(z_i), \qquad
#    z_i = \text{mean} + \text{stddev} \cdot \epsilon_i. $$
#
# `cost` is a function from an array (n,) to an array (n,); you cannot see inside, and the check's costs have jumps, like
# a staircase. `mean`, `stddev` and `baseline` are numbers, `epsilon` is an array (n,) of draws from N(0, 1). Return an
# array of two numbers, the derivative for the mean and that for the stddev. NumPy will do: nothing is differentiated
# automatically here.
#
# *Why it matters.* Where a cost has no slope, because it has jumps or because nobody can see inside, the score function
# still gives an unbiased gradient, where the path gives 0 or does not exist. Stuck? Run `hint("score_gradient")`.


# %% nbgrader={"grade": false, "grade_id": "score_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    """The score-function estimate of d E[cost(z)] / d mean and d E[cost(z)] / d stddev: an array of two numbers."""
    ### BEGIN SOLUTION
    z = mean + stddev * epsilon
    scores = np.stack([epsilon / stddev, (epsilon**2 - 1) / stddev])
    return np.mean((cost(z) - baseline) * scores, axis=1)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_score_gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("score_gradient")

# %% [markdown]
# What a baseline is good for. A fare of 10 and one more beyond $z = 2$; the truth is the density at 2, 0.35, for the
# mean, and 0.18 for the stddev. A thousand estimates of a hundred draws each:

# %%
with suppress(NotImplementedError):
    rng = np.random.default_rng(0)
    for baseline in (0.0, 10.0, 10.3):
        draws = rng.normal(size=(1000, 100))
        found = np.array([score_gradient(lambda z: 10.0 + (z > 2), 1.5, 1.0, e, baseline) for e in draws])
        print(f"baseline {baseline:4}: {found.mean(axis=0).round(2)}, give or take {found.std(axis=0).round(2)}")

# %% [markdown]
# ## 08.4 It trains, but it is no VAE (4 points, about 20 minutes)
#
# A colleague's VAE. It runs, nothing complains, and its loss falls. There are **four faults** in it, all of them in what
# happens between the encoder's output and the code. The networks are a single layer each, and the loss is right: the
# pixels are black or white, the reconstruction term is summed over pixels, the KL term over latents.


# %%
class BrokenVAE(keras.Model):
    def __init__(self, pixels, latent_dim):
        super().__init__()
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator(0)

    def draw(self, x):
        mean, log_variance = ops.split(self.encoder(x), 2, axis=-1)
        epsilon = keras.random.normal((mean.shape[-1],), seed=self.noise)
        z = ops.stop_gradient(mean + ops.exp(log_variance) * epsilon)
        return z, mean, log_variance

    def encode(self, x):
        return self.draw(x)[0]

    def call(self, x):
        z, mean, log_variance = self.draw(x)
        return self.decoder(z), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.binary_crossentropy(x, logits, from_logits=True), axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction + kl)


# %%
digits = (ae.data.load("digits").x_train > 0.5).reshape(-1, 64).astype("float32")


def train(model, epochs=20):
    model.compile(keras.optimizers.Adam(0.02))
    return model.fit(digits, epochs=epochs, batch_size=32, verbose=0).history["loss"]


keras.utils.set_random_seed(0)
losses = {"BrokenVAE": train(BrokenVAE(64, 4))}
print("loss of BrokenVAE, first and last epoch:", *np.round([losses["BrokenVAE"][0], losses["BrokenVAE"][-1]], 1))

# %% [markdown]
# Copy the class into the answer cell under the name `RepairedVAE` and repair it there. Keep the constructor, the two
# layers and the methods: `draw(x)` returns the sample, the mean and the log-variance; `encode(x)` returns the code that
# somebody would store or search with; `call` decodes a draw in training and in evaluation, so that `evaluate` gives
# minus the ELBO. The size of a batch may differ from call to call: `ops.shape(mean)` knows it.
#
# *Why it matters.* None of these faults raises an error, and under all of them the loss falls. You have to know what to
# ask. Stuck? Run `hint("repaired_vae")`.


# %% nbgrader={"grade": false, "grade_id": "repaired_vae", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Copy BrokenVAE here, call it RepairedVAE, and repair it.
### BEGIN SOLUTION
class RepairedVAE(keras.Model):
    def __init__(self, pixels, latent_dim):
        super().__init__()
        self.encoder = keras.layers.Dense(2 * latent_dim)
        self.decoder = keras.layers.Dense(pixels)
        self.noise = keras.random.SeedGenerator(0)

    def draw(self, x):
        mean, log_variance = ops.split(self.encoder(x), 2, axis=-1)
        epsilon = keras.random.normal(ops.shape(mean), seed=self.noise)  # for each image its own
        z = mean + ops.exp(log_variance / 2) * epsilon  # the stddev, and a path back to both
        return z, mean, log_variance

    def encode(self, x):
        return self.draw(x)[1]  # the mean: no dice where the code is used

    def call(self, x):
        z, mean, log_variance = self.draw(x)
        return self.decoder(z), mean, log_variance

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        logits, mean, log_variance = y_pred
        reconstruction = ops.sum(ops.binary_crossentropy(x, logits, from_logits=True), axis=-1)
        kl = ops.sum(ops.exp(log_variance) + mean**2 - 1 - log_variance, axis=-1) / 2
        return ops.mean(reconstruction + kl)


### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_repaired_vae", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("repaired_vae")

# %% [markdown]
# Both trained, and the line that a decoder reaches without any code.

# %%
if "RepairedVAE" in globals():
    keras.utils.set_random_seed(0)
    losses["RepairedVAE"] = train(RepairedVAE(64, 4))
    ink = np.clip(digits.mean(axis=0), 0.001, 0.999)
    lazy = -np.mean(np.sum(digits * np.log(ink) + (1 - digits) * np.log(1 - ink), axis=1))
    ax = plot_curves(losses, ylabel="loss (nats per digit)", title="Both losses fall")
    ax.axhline(lazy, color="black", linewidth=0.8)
    ax.annotate("average image, no code", (20, lazy - 0.2), ha="right", va="top")
    show(
        ax,
        alt="Two falling losses: one comes down to the line of the average image, the other passes it.",
    )

# %% [markdown]
# The broken model comes down to where a decoder gets without any code, and no further. That line takes two lines of
# NumPy, and would have given it away.

# %% [markdown]
# ## 08.5 Lend a choice a gradient (3 points, about 10 minutes)
#
# Write `straight_through(logits, noise, temperature)` for a discrete code, the **straight-through Gumbel-softmax**:
#
# - its value is a one-hot vector, the choice with the largest `logits + noise`;
# - its gradient is that of $\mathrm{softmax}\bigl((\text{logits} + \text{noise}) / \text{temperature}\bigr)$.
#
# `logits`, which may be large, and `noise` have the shape (batch, classes), `temperature` is a positive number; return
# a tensor (batch, classes). `noise` is drawn already, from the Gumbel distribution, which makes the choice a draw from
# the softmax of the logits. Use `keras.ops`: `ops.argmax`, `ops.one_hot`, `ops.softmax`, `ops.stop_gradient`.
#
# *Why it matters.* Discrete codes are trained with gradients that are made up. Whoever makes them up should know which
# value and which gradient they have. Stuck? Run `hint("straight_through")`.


# %% nbgrader={"grade": false, "grade_id": "straight_through", "locked": false, "schema_version": 3, "solution": true, "task": false}
def straight_through(logits, noise, temperature):
    """A one-hot choice with the gradient of a softmax: (batch, classes)."""
    ### BEGIN SOLUTION
    soft = ops.softmax((logits + noise) / temperature)
    hard = ops.one_hot(ops.argmax(logits + noise, axis=-1), logits.shape[-1])
    return soft + ops.stop_gradient(hard - soft)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_straight_through", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("straight_through")

# %% [markdown]
# How often is each class chosen, beside the softmax of the logits? And what is the gradient of choosing class 0, on
# average, beside the exact one?

# %%
with suppress(NotImplementedError):
    logits = np.tile(np.array([1.0, 0.0, -1.0], "float32"), (20_000, 1))
    noise = np.random.default_rng(0).gumbel(size=logits.shape).astype("float32")
    z = ops.convert_to_numpy(straight_through(logits, noise, 0.5))
    p = ops.convert_to_numpy(ops.softmax(logits[:1]))[0]
    print("chosen:", z.mean(axis=0).round(2), "  softmax:", p.round(2))
    slopes = gradients_through("straight_through", [logits, noise, 0.5], np.array([1.0, 0, 0], "float32"))[0]
    print("gradient for class 0:", slopes.mean(axis=0).round(2), "  exact:", (p[0] * (np.eye(3)[0] - p)).round(2))

# %% [markdown]
# The choices are drawn with the right probabilities. The gradient is close to the exact one, and not equal to it. For a
# cost that is linear in the choice, as here, the *plain* straight-through gradient would be right on average; a gradient
# borrowed from the Gumbel-softmax is biased even then.

# %% [markdown]
# ## What to remember
#
# - The variance of an average falls as one over the number of draws, whichever estimator; a constant in the cost
#   disturbs the score function alone, and a baseline takes it off.
# - exp(log_variance / 2), noise for each number, a path back, and no dice when the code is used.
# - A detached sample gives no error, no warning and a falling loss. Draw the line of the average image.
# - A gradient that a choice borrows is a made-up one. It may help; it is not that of the expectation.
