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
# # Exercises 6. A map of the data
#
# **You practise** saying what two scores of a map can see and what they cannot; repairing them; searching among codes
# without finding the query itself; scoring a clustering that has not seen the labels; and finding the codes that lie in
# holes.
#
# **You need** lesson 6, "A map of the data", and NumPy. **Time:** about an hour for five exercises, 11 points in
# all; the notebook itself runs in half a minute.
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

digits = ae.data.load("digits")

# %% [markdown]
# Codes to try things out on: an autoencoder of digits with eight numbers. The checks bring codes of their own, of other
# sizes.

# %%
keras.utils.set_random_seed(0)
autoencoder = ae.Autoencoder(
    ae.networks.dense_encoder((8, 8, 1), 8, hidden=(128,)), ae.networks.dense_decoder(8, (8, 8, 1), hidden=(128,))
)
autoencoder.compile(keras.optimizers.Adam(2e-3), "mse")
_ = autoencoder.fit(digits.x_train, digits.x_train, epochs=30, batch_size=64, verbose=0)
z_train, z_val, z_test = (np.asarray(autoencoder.encode(x)) for x in (digits.x_train, digits.x_val, digits.x_test))

# %% [markdown]
# ## 06.1 What the scores can see (1 point, about 8 minutes)
#
# **Predict before you compute.** Six maps, each of points in a plane, so nothing would have had to be lost:
#
# | map | what is done |
# |---|---|
# | `"turned"` | A sheet of points is turned by some angle, and drawn twice as large. |
# | `"folded"` | The sheet is folded along its middle, so that one half comes to lie on the other. |
# | `"torn"` | The sheet is cut into eight strips, so narrow that most points have neighbours in another strip. The strips are laid out far apart, in random order. |
# | `"moved apart"` | Two clouds with a wide gap between them. On the map the gap is ten times as wide. |
# | `"shrunk"` | Two clouds with a wide gap between them. On the map one of them is drawn at a tenth of its size. |
# | `"shuffled"` | Every point of the sheet is drawn at the place of another one, chosen at random. |
#
# A sheet or a pair of clouds has 300 points. Which of the two scores falls below 0.95, with 10 neighbours? Set
# `predict_scores` to a dict with these six keys and one of four words for each: `"trustworthiness"`, `"continuity"`,
# `"both"`, `"neither"`.
#
# *Why it matters.* Two high scores are taken for a faithful map. Stuck? Run `hint("predict_scores")`.

# %% nbgrader={"grade": false, "grade_id": "predict_scores", "locked": false, "schema_version": 3, "solution": true, "task": false}
# predict_scores = {
#     "turned": ...,
#     "folded": ...,
#     "torn": ...,
#     "moved apart": ...,
#     "shrunk": ...,
#     "shuffled": ...,
# }
### BEGIN SOLUTION
predict_scores = {
    "turned": "neither",
    "folded": "trustworthiness",
    "torn": "continuity",
    "moved apart": "neither",
    "shrunk": "neither",
    "shuffled": "both",
}
### END SOLUTION

# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_predict_scores", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("predict_scores")

# %% [markdown]
# Now measure three of them. (Run this only after you have predicted.)

# %%
from sklearn.manifold import trustworthiness

rng = np.random.default_rng(0)
sheet, clouds = rng.uniform(size=(300, 2)), rng.normal(size=(300, 2)) + np.repeat([[0, 0], [30, 0]], 150, axis=0)
maps = {
    "folded": (sheet, np.stack([np.abs(sheet[:, 0] - 0.5), sheet[:, 1]], axis=1)),
    "torn": (sheet, sheet + 10 * rng.permutation(8)[(8 * sheet[:, :1]).astype(int)] * [1, 0]),
    "moved apart": (clouds, clouds + np.repeat([[0, 0], [300, 0]], 150, axis=0)),
}
for name, (x, plane) in maps.items():
    scores = trustworthiness(x, plane, n_neighbors=10), trustworthiness(plane, x, n_neighbors=10)
    print(f"{name:12} trustworthiness {scores[0]:.2f}, continuity {scores[1]:.2f}")

# %% [markdown]
# ## 06.2 A continuity above 1 (3 points, about 15 minutes)
#
# A colleague has written trustworthiness and continuity without a library. "The map is excellent," the colleague says,
# "continuity is even above 1." The formula, as in the lesson: let $r(i, j)$ be the rank of point $j$ by its Euclidean
# distance from point $i$ in the data, 1 for the nearest *other* point, 2 for the next. Let $U_i$ be the points among
# the $k$ nearest of $i$ on the map that are not among its $k$ nearest in the data. With $n$ points,
#
# $$ T = 1 - \frac{2}{n k (2 n - 3 k - 1)} \sum_{i} \sum_{j \in U_i} \bigl( r(i, j) - k \bigr) $$
#
# Continuity is the same with data and map exchanged, everywhere.


# %%
def map_scores_broken(x, plane, k):
    order = [np.argsort(np.linalg.norm(points[:, None] - points[None], axis=2), axis=1) for points in (x, plane)]
    in_data, on_map = order
    factor = 2 / (len(x) * k * (2 * len(x) - 3 * k - 1))
    false_neighbours = (on_map < k) & (in_data >= k)
    trustworthiness = 1 - factor * np.sum((in_data - k)[false_neighbours])
    lost_neighbours = (in_data < k) & (on_map >= k)
    continuity = 1 - factor * np.sum((in_data - k)[lost_neighbours])
    return trustworthiness, continuity


# %%
from sklearn.decomposition import PCA

z, plane = z_test[:200], PCA(2).fit_transform(z_test[:200])
print("PCA of the codes:", np.round(map_scores_broken(z, plane, 10), 3))
print("no map at all, the codes themselves:", np.round(map_scores_broken(z, z, 10), 3))

# %% [markdown]
# Find the **three faults** and write `map_scores(x, plane, k)`, repaired. It returns the two numbers
# (trustworthiness, continuity) for data `x` (n, d) and their map `plane` (n, any number of dimensions). No two
# distances from a point are the same, and $2n - 3k - 1$ is positive. The checks compare to six digits. (A library
# function computes one of the two scores; you may use it, but then find the faults all the same.)
#
# *Why it matters.* A score is believed because it has a name. Stuck? Run `hint("map_scores")`.


# %% nbgrader={"grade": false, "grade_id": "map_scores", "locked": false, "schema_version": 3, "solution": true, "task": false}
def map_scores(x, plane, k):
    """Trustworthiness and continuity of a map: x (n, d) and plane (n, any) -> two numbers."""
    ### BEGIN SOLUTION
    order = [np.argsort(np.linalg.norm(points[:, None] - points[None], axis=2), axis=1) for points in (x, plane)]
    in_data, on_map = [places.argsort(axis=1) for places in order]  # 0 for the point itself, 1 for the nearest other
    factor = 2 / (len(x) * k * (2 * len(x) - 3 * k - 1))
    false_neighbours = (on_map <= k) & (in_data > k)
    lost_neighbours = (in_data <= k) & (on_map > k)
    trustworthiness = 1 - factor * np.sum((in_data - k)[false_neighbours])
    continuity = 1 - factor * np.sum((on_map - k)[lost_neighbours])
    return trustworthiness, continuity
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_map_scores", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("map_scores")

# %% [markdown]
# Your scores beside the library's, for PCA's map of the codes:

# %%
with suppress(NotImplementedError):
    print("yours:       ", np.round(map_scores(z, plane, 10), 4))
    by_library = trustworthiness(z, plane, n_neighbors=10), trustworthiness(plane, z, n_neighbors=10)
    print("scikit-learn:", np.round(by_library, 4))

# %% [markdown]
# ## 06.3 Found itself (2 points, about 12 minutes)
#
# How good is a code for searching? Write `precision_at_k(codes, labels, k)`. Every item is a query in turn: find the
# `k` *other* items whose codes are nearest to its own (Euclidean distance), and take the share of those `k` that have
# the query's label. Return the mean of these shares over all queries, one number between 0 and 1.
#
# `codes` has shape (n, d), `labels` shape (n,), whole numbers of any size; `k` is at least 1 and at most n - 1. Two
# items may have the very same code, say, because something was photographed twice. Then each of the two is an item that
# the other may find. (Otherwise ties do not matter.)
#
# *Why it matters.* A query that finds itself is right once without any merit: at k = 1 even random codes would score
# 100 %. Stuck? Run `hint("precision_at_k")`.


# %% nbgrader={"grade": false, "grade_id": "precision_at_k", "locked": false, "schema_version": 3, "solution": true, "task": false}
def precision_at_k(codes, labels, k):
    """The share of the k nearest others with the query's label, averaged: codes (n, d), labels (n,) -> a number."""
    ### BEGIN SOLUTION
    distances = np.linalg.norm(codes[:, None] - codes[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    found = np.argsort(distances, axis=1)[:, :k]
    return np.mean(labels[found] == labels[:, None])
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_precision_at_k", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("precision_at_k")

# %% [markdown]
# What your function says of the digits, in the code and in the pixels, and of codes drawn at random:

# %%
with suppress(NotImplementedError):
    pixels = digits.x_test.reshape(len(digits.x_test), -1)
    random_codes = np.random.default_rng(0).normal(size=z_test.shape)
    for name, codes in {"code, 8 numbers": z_test, "pixels, 64": pixels, "random codes": random_codes}.items():
        print(f"{name:16} precision at 10: {precision_at_k(codes, digits.y_test, 10):.2f}")

# %% [markdown]
# ## 06.4 Chosen blind, scored once (2 points, about 12 minutes)
#
# k-means ends elsewhere from each start, so one makes several runs and reports one. This function does it with two
# mistakes, both of which can be found in print.


# %%
def score_broken(x, runs, labels):
    return max(np.mean(run == labels) for run in runs)


# %% [markdown]
# Write `score_clustering(x, runs, labels)`. `x` holds points (n, d), `runs` a clustering of them in each row,
# (r, n), and `labels` the true classes (n,). A clustering says for each point the number of its cluster; which number
# stands for which cluster means nothing, and differs from run to run. All runs have the same number of clusters.
#
# 1. **Choose** the run as k-means itself would: the smallest sum of squared distances from the points to the mean of
#    their cluster. Labels have no say in this.
# 2. **Score** that run, with the labels, by the adjusted Rand index of the lesson, and return this number.
#    (`sklearn.metrics` has it.)
#
# *Why it matters.* Whoever chooses with the labels reports the luck of the best of many runs. Stuck? Run
# `hint("score_clustering")`.


# %% nbgrader={"grade": false, "grade_id": "score_clustering", "locked": false, "schema_version": 3, "solution": true, "task": false}
def score_clustering(x, runs, labels):
    """The adjusted Rand index of the tightest run: x (n, d), runs (r, n), labels (n,) -> a number."""
    ### BEGIN SOLUTION
    from sklearn.metrics import adjusted_rand_score

    def spread(run):
        return sum(np.sum((x[run == cluster] - x[run == cluster].mean(axis=0)) ** 2) for cluster in np.unique(run))

    return adjusted_rand_score(labels, min(runs, key=spread))
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_score_clustering", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("score_clustering")

# %% [markdown]
# Twenty runs of k-means on the codes, and what looking at the labels would have added:

# %%
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

runs = np.stack([KMeans(10, n_init=1, random_state=seed).fit_predict(z_test) for seed in range(20)])
with suppress(NotImplementedError):
    by_labels = [adjusted_rand_score(digits.y_test, run) for run in runs]
    print(f"tightest run {score_clustering(z_test, runs, digits.y_test):.2f}; all runs", end=" ")
    print(f"{min(by_labels):.2f} to {max(by_labels):.2f}; score_broken {score_broken(z_test, runs, digits.y_test):.2f}")

# %% [markdown]
# ## 06.5 Nobody lives here (3 points, about 14 minutes)
#
# A decoder draws whatever code it is given. Write a guard for it: `find_holes(z, train, held_out, share)` says of each
# code in `z` whether it lies in a hole. All codes are rows: `z` (m, d), `train` (n, d) are codes of training images,
# `held_out` (h, d) codes of images that the encoder has never seen.
#
# - How far out a code is: its Euclidean distance to the **nearest** training code.
# - How far is too far: farther than all but a given share of the held-out codes. The threshold is the value above which
#   the share `share` of *their* distances to the nearest training code lies: a quantile. (0.05 means that 5 % of the
#   held-out codes would be called holes. How a quantile between two distances is interpolated does not matter.)
#
# Return an array of m booleans, True for a hole. `z` may hold a single code.
#
# *Why it matters.* The decoder cannot tell you that it has never been there. Stuck? Run `hint("find_holes")`.


# %% nbgrader={"grade": false, "grade_id": "find_holes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def find_holes(z, train, held_out, share):
    """Which codes lie in a hole: z (m, d), train (n, d), held_out (h, d), share between 0 and 1 -> (m,) booleans."""

    ### BEGIN SOLUTION
    def to_nearest(codes):
        return np.linalg.norm(codes[:, None] - train[None], axis=2).min(axis=1)

    return to_nearest(z) > np.quantile(to_nearest(held_out), 1 - share)
    ### END SOLUTION


# %% tags=["nbval-check-output"] nbgrader={"grade": true, "grade_id": "check_find_holes", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("find_holes")

# %% [markdown]
# Your guard on the digits: codes of test images, codes from the box around the training codes, and codes from a normal
# distribution fitted to them. The pictures are what the decoder draws from the box.

# %%
rng = np.random.default_rng(0)
drawn_codes = {
    "test images": z_test,
    "box": rng.uniform(z_train.min(axis=0), z_train.max(axis=0), z_test.shape),
    "normal": rng.multivariate_normal(z_train.mean(axis=0), np.cov(z_train.astype(float), rowvar=False), len(z_test)),
}
with suppress(NotImplementedError):
    for name, codes in drawn_codes.items():
        print(f"{name:12} {np.mean(find_holes(codes, z_train, z_val, 0.05)):.2f} in holes")

# %%
boxed = drawn_codes["box"][:10].astype("float32")
rows = {"test image": digits.x_test[:10], "code from\nthe box": np.asarray(autoencoder.decode(boxed))}
ax = plot_image_rows(rows)
ax.set_title("Ten digits, and what is drawn from ten codes of the box", fontsize=10)
show(ax, alt="Ten handwritten digits; under them ten drawings from random codes, blots that are hardly digits.")

# %% [markdown]
# ## What to remember
#
# - Trustworthiness asks for false neighbours, continuity for lost ones. Gaps and sizes are invisible to both.
# - Try a score where you know the result: a perfect map, a random one. A value that cannot be is a gift.
# - A query must not find itself. Leave it out by its place, not by its distance.
# - Choose without labels, score with them, once, by a measure that knows no names.
# - A threshold for what is unusual comes from data that the model and the gallery have not seen.
