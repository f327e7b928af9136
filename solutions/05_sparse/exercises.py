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
# # Exercises 5. Few units at a time
#
# **You practise** predicting what two penalties can see; repairing a report on active and dead units; writing an L1
# penalty that cannot be evaded by a change of scale; comparing learned directions with true ones; and recovering
# hidden directions with a sparse autoencoder.
#
# **You need** lesson 5, "Few units at a time", NumPy and `keras.ops`. **Time:** about 65 minutes for five exercises,
# 11 points in all; the notebook itself runs in half a minute.
#
# **Data** scikit-learn's handwritten digits (CC BY 4.0), and simulated data. Nothing is downloaded.
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
from keras import ops

digits = ae.data.load("digits")

# %% [markdown]
# ## 05.1 What a penalty sees (1 point, about 8 minutes)
#
# **Predict before you compute.** A code has four units with values between 0 and 1, as a sigmoid gives them. Each unit
# is 0.8 in a quarter of the examples and 0 in the others (or so close to 0 that it makes no difference). Two penalties
# look at it, each with weight 1:
#
# - **L1**, the mean over the examples of $\sum_j |z_j|$;
# - **KL** to a target rate $t = 0.1$: $\sum_j \bigl[ t \log \frac{t}{r_j} + (1 - t) \log \frac{1 - t}{1 - r_j} \bigr]$,
#   with $r_j$ the mean of unit $j$ over the batch. It is 0 where every $r_j = t$, and grows to either side.
#
# Now the code is changed, in six ways, each time starting from the code above:
#
# | change | what is done |
# |---|---|
# | `"divided"` | Every value is divided by ten. The decoder's weights are multiplied by ten. |
# | `"halved"` | Every value is halved. The decoder's weights are doubled. |
# | `"constant"` | Every unit is 0.2 in every example. (The code then says nothing about x.) |
# | `"split"` | In place of each unit there are two copies of it. Each has half its value, and its weights in the decoder. |
# | `"added"` | A fifth unit is added, which is 0 in every example. |
# | `"silenced"` | Two of the four units are 0 in every example. |
#
# Which of the two penalties falls, that is, becomes smaller than before? Set `predict_penalties` to a dict with these
# six keys and one of four words for each: `"L1"`, `"KL"`, `"both"`, `"neither"`. A penalty that stays the same does not
# fall.
#
# *Why it matters.* A penalty is all that training knows of your wish for few active units. Stuck? Run
# `hint("predict_penalties")`.

# %% nbgrader={"grade": false, "grade_id": "predict_penalties", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_penalties = {
#     "divided": ...,
#     "halved": ...,
#     "constant": ...,
#     "split": ...,
#     "added": ...,
#     "silenced": ...,
# }
### BEGIN SOLUTION
predict_penalties = {
    "divided": "L1",
    "halved": "both",
    "constant": "neither",
    "split": "KL",
    "added": "neither",
    "silenced": "L1",
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_penalties", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_penalties")

# %% [markdown]
# Now measure, with the library's own penalties. (Run this only after you have predicted.) A rate of exactly 0 would make
# the KL infinite; the library takes at least 0.000001.

# %%
rng = np.random.default_rng(0)
code = np.stack([rng.permutation(np.repeat([0.8, 0.0], [100, 300])) for _ in range(4)], axis=1).astype("float32")
changed = {
    "as it was": code,
    "divided": code / 10,
    "halved": code / 2,
    "constant": np.full_like(code, 0.2),
    "split": np.repeat(code / 2, 2, axis=1),
    "added": np.pad(code, [(0, 0), (0, 1)]),
    "silenced": code * np.array([0, 0, 1, 1], "float32"),
}
l1, kl = ae.sparsity.L1(1.0), ae.sparsity.KLSparsity(0.1, 1.0)
for name, z in changed.items():
    print(f"{name:10} L1 {float(l1.penalty(z)):.2f}   KL {abs(float(kl.penalty(z))):.3f}")

# %% [markdown]
# ## 05.2 Dead on average (2 points, about 12 minutes)
#
# A sparse code is judged by three numbers. A unit is **active** in an example if its value there is greater than a
# threshold: $z > \text{threshold}$ (a value equal to it is not). From that follow
#
# - the **active units per example**: in each example, count the active units; take the mean of these counts;
# - the **dead units**: how many units are active in no example;
# - the **always-on units**: how many units are active in every example.
#
# A colleague's report:


# %%
def activity_report_broken(z, threshold):
    size = np.abs(z)
    active_per_example = np.mean(np.sum(size > threshold, axis=0))
    dead = np.sum(size.mean(axis=0) <= threshold)
    always_on = np.sum(size.min(axis=0) > threshold)
    return active_per_example, dead, always_on


# %% [markdown]
# A code to try it on: 128 units for digits, with an L1 penalty. The encoder ends in a SiLU, z = a / (1 + exp(-a)), which
# goes a little below 0: to almost -0.3. Such a unit is off.

# %%
keras.utils.set_random_seed(0)
autoencoder = ae.SparseAutoencoder(
    ae.networks.dense_encoder((8, 8, 1), 128, hidden=(128,), output_activation="silu"),
    ae.networks.dense_decoder(128, (8, 8, 1), hidden=()),
    ae.sparsity.L1(0.002),
)
autoencoder.compile(keras.optimizers.Adam(2e-3), "mse")
_ = autoencoder.fit(digits.x_train, digits.x_train, epochs=15, batch_size=64, verbose=0)
z_test = np.asarray(autoencoder.encode(digits.x_test))
print("(active per example, dead, always on):", tuple(np.round(activity_report_broken(z_test, 0.1), 1).tolist()))

# %% [markdown]
# Find the **three faults** and write `activity_report(z, threshold)`, repaired. `z` holds the codes (n, units), floats
# or whole numbers, of either sign; `threshold` is a number, at least 0. Return the three numbers above in this order:
# the first need not be whole, the other two are counts. There may be a single example.
#
# *Why it matters.* The mean of a unit takes a rare one for dead, and an average over units looks the same whether all
# of them work or half of them are dead. Stuck? Run `hint("activity_report")`.


# %% nbgrader={"grade": false, "grade_id": "activity_report", "locked": false, "schema_version": 3, "solution": true, "task": false}
def activity_report(z, threshold):
    """Active units per example, dead units, always-on units: z (n, units) -> three numbers."""
    ### BEGIN SOLUTION
    active = z > threshold
    active_per_example = np.mean(np.sum(active, axis=1))
    dead = np.sum(~active.any(axis=0))
    always_on = np.sum(active.all(axis=0))
    return active_per_example, dead, always_on
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_activity_report", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("activity_report")

# %% [markdown]
# The digits' code once more: the broken report took most units for dead that are merely rare. Below it, two codes with
# one active unit per example; in the second, half of the units are dead.

# %%
with suppress(NotImplementedError):
    print("digits:   ", tuple(np.round(activity_report(z_test, 0.1), 1).tolist()))
    live = np.eye(8)[np.arange(80) % 8]
    print("all alive:", tuple(np.round(activity_report(live, 0.1), 1).tolist()))
    print("half dead:", tuple(np.round(activity_report(np.eye(8)[np.arange(80) % 4], 0.1), 1).tolist()))

# %% [markdown]
# ## 05.3 A penalty that scale cannot fool (3 points, about 15 minutes)
#
# L1 falls if the code is divided by ten and the decoder's weights are multiplied by ten, though nothing has become
# sparser. What unit $j$ contributes to the reconstruction is $z_j \mathbf{d}_j$, with $\mathbf{d}_j$ its direction in
# the decoder. So weight each unit by the length of its direction (Bricken et al. 2023 keep the lengths at 1; Conerly et
# al. 2024 put them into the penalty):
#
# $$ \text{weight} \cdot \frac{1}{n} \sum_{i=1}^{n} \sum_{j} |z_{ij}| \; \lVert \mathbf{d}_j \rVert_2 $$
#
# Write `scale_free_l1(z, decoder_kernel, weight)`. `z` holds the codes (n, units), `decoder_kernel` (units, outputs) is
# the kernel of a linear decoder as Keras's `Dense` stores it, so $\mathbf{d}_j$ is its **row** $j$; `weight` is a
# positive number. Return one number, a scalar tensor.
#
# The penalty is part of a loss: use `keras.ops`, so that gradients reach both `z` and `decoder_kernel`. Two places need
# care. After a ReLU many values of `z` are exactly 0, and a row of the kernel may consist of zeros (any other row has a
# length of at least 0.01). The penalty and both gradients have to stay finite there; where the gradient of
# $|z|$ or of a length does not exist, any finite number will do. Elsewhere both are compared to a thousandth.
#
# *Why it matters.* What can be evaded will be evaded: optimisers find the cheapest way. Stuck? Run
# `hint("scale_free_l1")`.


# %% nbgrader={"grade": false, "grade_id": "scale_free_l1", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scale_free_l1(z, decoder_kernel, weight):
    """weight * mean over examples of sum_j |z_j| ||d_j||: z (n, units), decoder_kernel (units, outputs) -> a scalar."""
    ### BEGIN SOLUTION
    squares = ops.sum(decoder_kernel**2, axis=1)
    lengths = ops.sqrt(ops.maximum(squares, 1e-12))  # the root of 0 has no gradient
    return weight * ops.mean(ops.sum(ops.abs(z) * lengths, axis=1))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_scale_free_l1", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("scale_free_l1")

# %% [markdown]
# The digits' code, divided by a number by which the decoder's kernel is multiplied. The reconstruction is the same each
# time.

# %%
with suppress(NotImplementedError):
    kernel = np.asarray(autoencoder.decoder.weights[0])
    for number in (1, 10, 100):
        plain = np.mean(np.sum(np.abs(z_test / number), axis=1))
        free = float(scale_free_l1(z_test / number, kernel * number, 1.0))
        print(f"divided by {number:3}: L1 {plain:6.3f}   weighted by the lengths {free:6.3f}")

# %% [markdown]
# ## 05.4 Were the true directions found? (2 points, about 10 minutes)
#
# In a simulation the true directions are known. Write `mean_max_cosine(learned, true)`: for each **true** direction,
# take the largest cosine that it has with any learned direction; return the mean of these over the true directions.
#
# Directions are rows: `learned` has shape (k, d), `true` (m, d). They need not have unit length, and k and m may differ.
# The sign counts: codes are not negative, so a learned direction that points the opposite way (cosine -1) has found
# nothing. A learned row may be all zeros, a dead unit: it has a cosine of 0 with everything. (No true row is all zeros,
# and each has a positive cosine with some learned one, so you may as well leave dead rows out.)
#
# *Why it matters.* A score without its baseline says nothing: the more rows and the fewer dimensions, the higher random
# directions score. Stuck? Run `hint("mean_max_cosine")`.


# %% nbgrader={"grade": false, "grade_id": "mean_max_cosine", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_max_cosine(learned, true):
    """The mean over true rows of the largest cosine with any learned row: learned (k, d), true (m, d) -> a number."""
    ### BEGIN SOLUTION
    lengths = np.linalg.norm(learned, axis=1, keepdims=True)
    learned = learned / np.where(lengths > 0, lengths, 1)
    true = true / np.linalg.norm(true, axis=1, keepdims=True)
    return np.mean(np.max(true @ learned.T, axis=1))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_mean_max_cosine", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mean_max_cosine")

# %% [markdown]
# What random directions score, by the number of rows and of dimensions:

# %%
with suppress(NotImplementedError):
    rng = np.random.default_rng(0)
    for dims in (2, 8, 32, 128):
        scores = [mean_max_cosine(rng.normal(size=(rows, dims)), rng.normal(size=(50, dims))) for rows in (10, 1000)]
        print(f"{dims:3} dimensions: 10 random rows {scores[0]:.2f}, 1000 random rows {scores[1]:.2f}")

# %% [markdown]
# ## 05.5 More directions than dimensions (3 points, about 20 minutes)
#
# Data in superposition: there are half as many hidden directions again as dimensions, and each example is the sum of a
# few of them. `x[i]` is the sum of `k` different directions, each of unit length times a number between 0.8 and 1.2. Two
# hidden directions have a cosine of at most 0.4.


# %%
def draw_superposition(rng, n, dims, k):
    """Examples (n, dims), sums of k hidden directions each, and the hidden directions (3 dims / 2, dims)."""
    directions = rng.normal(size=(3 * dims // 2, dims))
    for step in range(60):  # pushes directions apart that are close to each other
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        cosines = directions @ directions.T - np.eye(len(directions))
        if step < 59:
            directions -= 0.3 * np.sign(cosines) * np.abs(cosines) ** 5 @ directions
    chosen = rng.permuted(np.tile(np.arange(len(directions)), (n, 1)), axis=1)[:, :k]
    amounts = np.zeros((n, len(directions)))
    np.put_along_axis(amounts, chosen, rng.uniform(0.8, 1.2, (n, k)), axis=1)
    return (amounts @ directions).astype("float32"), directions


x, hidden = draw_superposition(np.random.default_rng(0), n=3000, dims=20, k=3)
print("examples", x.shape, " hidden directions", hidden.shape)

# %% [markdown]
# Write `recover_directions(x, units, k)`. It gets the examples `x` (n, d), trains on them, and returns `units`
# directions, an array (units, d) with one direction per row, of any length and in any order. The checks bring 4000
# examples of 24 to 30 dimensions with k = 4, ask for twice as many units as there are hidden directions, and take
# `mean_max_cosine` with the hidden directions, which your function does not see. It has to be **at least 0.9**. Random
# directions reach about 0.45; all the examples together, taken as directions, stay below 0.8, and the centres of
# k-means below 0.87. Your function is called three times and should take a few seconds each time.
#
# A sparse autoencoder with a linear encoder, `ae.sparsity.TopK` and a linear decoder can do it. Two epochs of the
# default Adam are not enough. Which of its weights hold the directions?
#
# *Why it matters.* It shows what a sparse autoencoder can do if the world is made the way it assumes. It does not show
# that a real network is made that way. Stuck? Run `hint("recover_directions")`.


# %% nbgrader={"grade": false, "grade_id": "recover_directions", "locked": false, "schema_version": 3, "solution": true, "task": false}
def recover_directions(x, units, k):
    """Directions of which the examples are sparse sums: x (n, d) -> (units, d)."""
    ### BEGIN SOLUTION
    encoder = ae.networks.dense_encoder(x.shape[1:], units, hidden=())
    decoder = ae.networks.dense_decoder(units, x.shape[1:], hidden=())
    model = ae.SparseAutoencoder(encoder, decoder, ae.sparsity.TopK(k))
    model.compile(keras.optimizers.Adam(1e-2), "mse")
    model.fit(x, x, epochs=25, batch_size=256, verbose=0)
    return np.asarray(decoder.weights[0])
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_recover_directions", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("recover_directions")

# %% [markdown]
# The defence: the same score for dictionaries that took no thought. 60 rows each, except for PCA, which has no more than
# there are dimensions (both signs of each count here).

# %%
from sklearn.cluster import KMeans

with suppress(NotImplementedError):
    rng = np.random.default_rng(1)
    components = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2]
    dictionaries = {
        "random directions": rng.normal(size=(60, 20)),
        "60 examples": x[:60],
        "PCA": np.concatenate([components, -components]),
        "k-means": KMeans(60, n_init=1, random_state=0).fit(x).cluster_centers_,
        "recovered": recover_directions(x, 60, 3),
    }
    for name, dictionary in dictionaries.items():
        print(f"{name:17} {mean_max_cosine(dictionary, hidden):.2f}")

# %% [markdown]
# ## What to remember
#
# - KL binds the mean of each unit over the batch, and nothing else: a constant unit, or a unit split in two, can please
#   it. L1 is pleased by a small code with a large decoder.
# - Count active units example by example and dead units one by one; an average hides both.
# - Weight a unit by the length of its direction, and a change of scale gains nothing.
# - Look from the true directions to the learned ones, and put a random dictionary beside every score.
# - Directions that were planted can be found again. That says nothing of directions that nobody planted.
