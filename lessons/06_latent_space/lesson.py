# ---
# jupyter:
#   jupytext:
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
# # Lesson 6. A map of the data
#
# **After this lesson you can** draw the codes of an autoencoder with PCA, t-SNE and UMAP, and say what each map
# distorts; measure a map by two scores, and know what neither can see; search and cluster in a code, against pixels and
# PCA; walk from one image to another; and tell which codes no image was ever sent to.
#
# **You need** lesson 1.
#
# **Time** about an hour and a quarter to read, with a stop in between; a minute and a half to run on two CPU cores.
#
# **Data** Fashion-MNIST (Zalando Research, MIT licence): 9,000 images for training, 1,000 for validation, 2,000 for
# tests. Nothing is downloaded.

# %% [markdown]
# ## A place for every image
#
# The autoencoder of lesson 1 turns a picture into eight numbers. Eight numbers are a point in a space of eight
# dimensions, the **latent space**: every image has its place there, and images that look alike should be neighbours.
# Nobody asked for that. The loss asks for good drawings, and says nothing about where codes lie.
#
# So this lesson asks what kind of space it became. What does it look like? Are neighbours alike? What lies between two
# images? And what lies where no image was ever sent?

# %%
# Work in this lesson's folder, where its scripts and tables are, wherever your editor started the notebook.
from autoencoders_edu.course.folders import enter_lesson

enter_lesson("06_latent_space")

# %%
import autoencoders_edu as ae
import keras
import maps  # the two scripts beside this notebook
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import uses
from autoencoders_edu.plotting import COLOURS, plot_curves, plot_image_rows, show

data = ae.data.load("fashion_mnist")
names = [name.split("/")[0] for name in data.class_names]
model = maps.train(data, seed=0)
z_train, z_val, z = (maps.codes(model, x) for x in (data.x_train, data.x_val, data.x_test))
print("the code of the first test image:", z[0].round(1))

# %% [markdown]
# ## Three maps
#
# Eight dimensions do not fit on a screen. A **map** gives each code a point in the plane. PCA (lesson 1) projects the
# codes onto the two directions in which they vary most. **Predict:** how much of their variance will that keep?

# %%
from sklearn.decomposition import PCA

kept = PCA(8).fit(z).explained_variance_ratio_
print("shares of the variance along PCA's eight directions:", kept.round(2), f"first two: {kept[:2].sum():.2f}")

# %% [markdown]
# What the other six hold is projected away: points that are far apart there land on each other. Two other methods give
# up on distances and try to keep *neighbourhoods*.
#
# **t-SNE** (van der Maaten and Hinton 2008) gives each pair of points a probability of being neighbours. Among the
# codes, it is that of a normal distribution around point $i$. Its width $\sigma_i$ is chosen *for each point* so that
# about 30 others count (this number is the **perplexity**). On the map it falls off as $1 / (1 + d^2)$:
#
# $$ p_{j \mid i} \propto \exp \Bigl( -\frac{|z_i - z_j|^2}{2 \sigma_i^2} \Bigr), \qquad
# p_{ij} = \frac{p_{j \mid i} + p_{i \mid j}}{2 n}, \qquad
# q_{ij} \propto \frac{1}{1 + |y_i - y_j|^2} $$
#
# Gradient descent moves the points $y$ of the map to make $\sum_{ij} p_{ij} \log (p_{ij} / q_{ij})$ small. Pairs that
# are neighbours attract each other, all pairs repel.
#
# **UMAP** (McInnes et al. 2018) links each point with its 15 nearest neighbours, again with a width of its own for each
# point. The ends of a link attract each other, randomly drawn other pairs repel.
#
# UMAP's import brings Numba, which compiles Python to machine code when a function is first called. That costs seconds,
# so it has a cell of its own.

# %%
from time import perf_counter

start = perf_counter()
maps.umap_class()
imported = perf_counter()
first = maps.by_umap(z[:200], seed=0, start="spectral")
compiled = perf_counter()
planes = {"UMAP": maps.METHODS["UMAP, spectral start"](z, 0)}
done = perf_counter()
print(f"import {imported - start:.0f} s, a first small map {compiled - imported:.0f} s,", end=" ")
print(f"the map of all 2,000 codes {done - compiled:.0f} s")

# %%
planes = {"PCA": maps.METHODS["PCA"](z, 0), "t-SNE": maps.METHODS["t-SNE, PCA start"](z, 0)} | planes
figure, axes = plt.subplots(1, 3, figsize=(11, 4.1))
for ax, (method, plane) in zip(axes, planes.items(), strict=True):
    maps.plot_map(plane, data.y_test, names, ax)
    ax.set_title(method)
axes[0].legend(loc="upper left", bbox_to_anchor=(0, -0.02), ncols=10, frameon=False, markerscale=2, fontsize=8)
show(
    figure,
    alt="Three maps of 2,000 codes coloured by class: PCA's is one cloud, t-SNE's and UMAP's have islands, such as "
    "trousers and bags, and a continent of pullovers, coats and shirts.",
)

# %% [markdown]
# No label was used for any of this, only for the colours. XX what is seen
#
# ## Two scores
#
# Do the islands exist, or did the method make them? Ask two questions for each point $i$, with its $k = 10$ nearest
# neighbours among the codes and its $k$ nearest on the map.
#
# - Are its neighbours on the map real? A **false** neighbour $j$ (on the map, not among the codes) is punished by how
#   far down the true list it stands: its rank $r(i, j)$ among the codes, less $k$. That is **trustworthiness**:
#
# $$ T = 1 - \frac{2}{n k (2n - 3k - 1)} \sum_i \sum_{j \text{ false}} \bigl( r(i, j) - k \bigr) $$
#
# - Were its real neighbours kept? A **lost** neighbour is punished by its rank on the map. That is **continuity**: the
#   same formula with codes and map exchanged.
#
# The factor makes 1 the score of a perfect map, and keeps the worst one at 0 or above (Venna and Kaski 2001). By hand:


# %%
def ranks(points):
    """For each point the ranks of all others by distance: 0 for itself, 1 for the nearest."""
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    return distances.argsort(axis=1).argsort(axis=1)  # who stands at each place, then: the place of each


def trustworthiness_by_hand(z, plane, k=10):
    true, shown = ranks(z), ranks(plane)
    false = (shown <= k) & (true > k)
    n = len(z)
    return 1 - 2 / (n * k * (2 * n - 3 * k - 1)) * np.sum((true - k)[false])


# %% tags=["nbval-check-output"]
from sklearn.manifold import trustworthiness

some, drawn = z[:500], planes["PCA"][:500]
by_hand = trustworthiness_by_hand(some, drawn), trustworthiness_by_hand(drawn, some)
by_library = trustworthiness(some, drawn, n_neighbors=10), trustworthiness(drawn, some, n_neighbors=10)
print("by hand as by scikit-learn:", np.allclose(by_hand, by_library))

# %% [markdown]
# A third measure looks at the large scale: take the mean code of each class, the distances between all pairs of these
# ten **centroids**, and the same on the map. Are they in the same order? (1: exactly, 0: unrelated. The labels serve to
# name ten places far apart.)
#
# **Predict:** which of the three maps wins on which measure? And how will a map do that puts every point at a random
# place?

# %%
rows = {method: maps.scores(z, plane, data.y_test) for method, plane in planes.items()}
rows["random places"] = maps.scores(z, maps.at_random(z, 0), data.y_test)
pd.DataFrame(rows).T[["trustworthiness", "continuity", "centroids"]].round(2)

# %% [markdown]
# XX read table.
#
# ## What the start decides
#
# It is often said that t-SNE keeps the small scale and UMAP the large one as well. But the two also *start*
# differently, by default: UMAP from a solution of a linear problem on its graph ("spectral"), and t-SNE was for years
# started from random points. Kobak and Linderman (2021) exchanged the starts. So do we: `maps.py` drew the codes of
# five autoencoders with each method from each start, and stored the scores.
#
# **Predict:** will UMAP from a random start keep the large scale better than t-SNE from a random start? And from PCA's
# map, both?

# %%
stored = pd.read_csv("maps.csv")
own = stored[stored.autoencoder == stored.seed]  # five autoencoders, each with its own seed
order = list(maps.METHODS)
table = own.groupby("method")[["trustworthiness", "continuity", "centroids"]].agg(["mean", "std"]).loc[order]
table.round(2)

# %% [markdown]
# One row of it, now (XX)

# %%
stored_row = own[(own.method == "t-SNE, PCA start") & (own.seed == 0)].iloc[0]
live = maps.scores(z, planes["t-SNE"], data.y_test)
pd.DataFrame({"now": live, "stored": stored_row[list(live)].astype(float)}).round(3)

# %%
again = stored[stored.autoencoder == 0]  # one autoencoder, five seeds of the method
pd.DataFrame(
    {"one set of codes": again.groupby("method").centroids.std(), "five": own.groupby("method").centroids.std()}
).loc[order].round(3)

# %% [markdown]
# ## Sizes and gaps
#
# Toy with truth

# %%
points, cloud = maps.two_widths(0)
figure, axes = plt.subplots(2, 3, figsize=(9, 5.4))
for row, (toy, (draw, ratio)) in zip(axes, maps.TOYS.items(), strict=True):
    points, cloud = draw(0)
    drawn = {
        "first two of ten numbers": points[:, :2],
        "t-SNE": maps.METHODS["t-SNE, PCA start"](points, 0),
        "UMAP": maps.METHODS["UMAP, spectral start"](points, 0),
    }
    for ax, (method, plane) in zip(row, drawn.items(), strict=True):
        for c in np.unique(cloud):
            ax.scatter(*plane[cloud == c].T, s=5, linewidths=0, color=COLOURS[c], marker="os^"[c])
        ax.set(xticks=[], yticks=[], aspect="equal", title=f"{method}: {ratio(plane, cloud):.1f}")
show(figure, alt="")

# %%
toys = pd.read_csv("toys.csv")
toys.groupby(["toy", "method"], sort=False).ratio.agg(["mean", "min", "max"]).round(1)

# %% [markdown]
# ## Searching

# %%
searches = pd.read_csv("searches.csv")
searches.groupby("space", sort=False)[["precision", "Rand"]].agg(["mean", "std"]).round(3)

# %%
paths = pd.read_csv("paths.csv")
paths.groupby(["path", "t"], sort=False, dropna=False)[["nearest", "frechet"]].agg(["mean", "std"]).round(3)

# %%
holes = pd.read_csv("holes.csv")
holes.groupby(["model", "codes"], sort=False)[["distance", "beyond", "nearest", "frechet"]].mean().round(3)
