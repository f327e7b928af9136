"""Makes maps.csv, toys.csv, islands.csv and settings.csv, the tables of lesson 6 about maps, over several seeds.

    python maps.py [SEEDS [TABLE ...]]      (default 5, all; a minute and a half per seed on two CPU cores)

maps.csv: autoencoders are trained from several seeds, and the codes of 1,000 test images drawn in the plane, by
each method from each kind of start. One of the autoencoders is drawn from several seeds of the method as well, so that
the spread of the maps can be told from that of the codes. For each map: trustworthiness and continuity with 10
neighbours, the rank correlation of the distances between class centroids, and the adjusted Rand index of k-means on the
map. toys.csv: two clouds of widths 1 and 10, and three clouds with gaps of 1 to 5; what the maps make of either ratio.
islands.csv: ten small clouds far apart in a plane; the rank correlation of the distances between their centres.
settings.csv: what changes with another perplexity, or when the data are divided by 100.
"""

import sys
from functools import cache, partial
from pathlib import Path

import autoencoders_edu as ae
import keras
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from autoencoders_edu.diagnostics import in_batches
from scipy.spatial.distance import pdist
from scipy.stats import spearmanr
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness
from sklearn.metrics import adjusted_rand_score

SHAPE, LATENT_DIM, EPOCHS, BATCH_SIZE = (28, 28, 1), 8, 12, 128
N, NEIGHBOURS = 1000, 10  # codes on a map, neighbours of each


def make(normalised=False, latent_dim=LATENT_DIM):
    """An autoencoder that is not yet trained; normalised: each number of its code has mean 0 and variance 1."""
    encoder = ae.networks.dense_encoder(SHAPE, latent_dim, (256, 128), activation="silu")
    if normalised:
        normalise = keras.layers.BatchNormalization(center=False, scale=False)
        encoder = keras.Model(encoder.input, normalise(encoder.output))
    decoder = ae.networks.dense_decoder(latent_dim, SHAPE, (128, 256), activation="silu", output_activation="sigmoid")
    return ae.Autoencoder(encoder, decoder)


def train(data, seed, normalised=False):
    """The trained autoencoder."""
    keras.utils.set_random_seed(seed)
    model = make(normalised)
    rate = keras.optimizers.schedules.CosineDecay(4e-3, EPOCHS * -(-len(data.x_train) // BATCH_SIZE))
    model.compile(keras.optimizers.Adam(rate), "mse")
    model.fit(data.x_train, data.x_train, BATCH_SIZE, EPOCHS, verbose=0)
    return model


def codes(model, x):
    """The codes of images, (n, latents), in float64: in float32, covariances can come out negative."""
    return in_batches(model.encode, x).astype(float)


@cache
def umap_class():
    """UMAP. Its import brings Numba, and the first map compiles for some seconds: only who draws one pays for it."""
    import warnings

    warnings.filterwarnings("ignore", "n_jobs value 1 overridden to 1 by setting random_state")  # as we want it
    warnings.filterwarnings("ignore", "Graph is not fully connected")  # islands are meant to be that
    from umap import UMAP

    return UMAP


def by_pca(z, seed):
    return PCA(2, random_state=seed).fit_transform(z)


def by_tsne(z, seed, start, **options):
    return TSNE(init=start, random_state=seed, **options).fit_transform(z)


def by_umap(z, seed, start):
    return umap_class()(init=start, random_state=seed).fit_transform(z)


def at_random(z, seed):
    """Points that have nothing to do with the codes: the floor of each measure."""
    return np.random.default_rng(seed).normal(size=(len(z), 2))


METHODS = {
    "random points": at_random,
    "PCA": by_pca,
    "t-SNE, PCA start": partial(by_tsne, start="pca"),
    "t-SNE, random start": partial(by_tsne, start="random"),
    "UMAP, spectral start": partial(by_umap, start="spectral"),
    "UMAP, PCA start": partial(by_umap, start="pca"),
    "UMAP, random start": partial(by_umap, start="random"),
}


def centroids(points, labels):
    """The mean point of each class, (classes, dimensions)."""
    return np.stack([points[labels == label].mean(axis=0) for label in np.unique(labels)])


def centroid_correlation(z, plane, labels):
    """The rank correlation between the distances of class centroids among the codes and on the map."""
    return spearmanr(pdist(centroids(z, labels)), pdist(centroids(plane, labels))).statistic


def scores(z, plane, labels, seed=0):
    """What a map keeps of the codes; labels are used for judging alone."""
    clusters = KMeans(10, n_init=10, random_state=seed).fit_predict(plane)
    return {
        "trustworthiness": trustworthiness(z, plane, n_neighbors=NEIGHBOURS),
        "continuity": trustworthiness(plane, z, n_neighbors=NEIGHBOURS),
        "centroids": centroid_correlation(z, plane, labels),
        "Rand": adjusted_rand_score(labels, clusters),
    }


def plot_map(plane, labels, names, ax):
    """Draws the points of a map, a colour and a marker for each class, its name near the median point."""
    colours = [plt.colormaps["tab10"](label) for label in range(10)]
    colours[6] = "black"  # shirts lie among the other tops, where pale pink is lost
    middles = np.stack([np.median(plane[labels == label], axis=0) for label in range(len(names))])
    box = {"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.5}
    for label, place in enumerate(apart(middles, np.ptp(plane, axis=0) * (0.25, 0.055))):
        style = {"color": colours[label], "marker": "os^DvP*X<>"[label], "label": names[label]}
        ax.scatter(*plane[labels == label].T, s=9, linewidths=0, alpha=0.7, **style)
        ax.text(*place, names[label], fontsize=7, ha="center", va="center", bbox=box)
    ax.set(xticks=[], yticks=[])


def apart(places, size):
    """The places of names, from the lowest up, each lifted until it covers none below it; size: of a name."""
    places = places.copy()
    order = places[:, 1].argsort()
    for i, this in enumerate(order):
        for other in sorted(order[:i], key=lambda o: places[o, 1]):
            if np.all(np.abs(places[this] - places[other]) < size):
                places[this, 1] = places[other, 1] + size[1]
    return places


def two_widths(seed, n=200, dims=10):
    """Two normal clouds, ten times as wide the second: points (2n, dims) and which cloud each belongs to."""
    rng = np.random.default_rng(seed)
    narrow, wide = rng.normal(0, 1, (n, dims)), rng.normal(0, 10, (n, dims))
    wide[:, 0] += 100
    return np.concatenate([narrow, wide]), np.repeat([0, 1], n)


def two_gaps(seed, n=150, dims=10):
    """Three normal clouds of width 1 in a row, 20 and 100 apart."""
    x = np.random.default_rng(seed).normal(size=(3, n, dims))
    x[:, :, 0] += np.array([0, 20, 120])[:, None]
    return x.reshape(-1, dims), np.repeat([0, 1, 2], n)


def ratio_of_widths(points, cloud):
    """How many times as wide the second cloud is as the first: root mean square distances from their centres."""
    spread = [np.sqrt(np.mean(np.sum((p - p.mean(axis=0)) ** 2, axis=1))) for p in (points[cloud == c] for c in (0, 1))]
    return spread[1] / spread[0]


def ratio_of_gaps(points, cloud):
    """The distance from the second cloud's centre to the third's, divided by that from the first to the second."""
    steps = np.diff(centroids(points, cloud), axis=0)
    return np.linalg.norm(steps[1]) / np.linalg.norm(steps[0])


TOYS = {"widths": (two_widths, ratio_of_widths), "gaps": (two_gaps, ratio_of_gaps)}


def toys(seeds):
    """The lines of toys.csv."""
    rows = []
    for toy, (draw, ratio) in TOYS.items():
        for seed in range(seeds):
            points, cloud = draw(seed)
            rows.append({"toy": toy, "method": "truth", "seed": seed, "ratio": ratio(points, cloud)})
            for method in ("PCA", "t-SNE, PCA start", "t-SNE, random start", "UMAP, spectral start"):
                found = ratio(METHODS[method](points, seed), cloud)
                rows.append({"toy": toy, "method": method, "seed": seed, "ratio": found})
                print(rows[-1], flush=True)
    return rows


def ten_islands(seed, n=50, dims=10):
    """Ten normal clouds of width 1, whose centres lie anywhere in a plane of 200 x 200."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(10, n, dims))
    x[:, :, :2] += rng.uniform(0, 200, (10, 1, 2))
    return x.reshape(-1, dims), np.repeat(np.arange(10), n)


def islands(seeds):
    """The lines of islands.csv."""
    rows = []
    for seed in range(seeds):
        points, island = ten_islands(seed)
        for method, draw in METHODS.items():
            kept = centroid_correlation(points, draw(points, seed), island)
            rows.append({"seed": seed, "method": method, "centroids": kept})
    return rows


def maps(seeds):
    """The lines of maps.csv."""
    data, rows = ae.data.load("fashion_mnist"), []
    for autoencoder in range(seeds):
        z, labels = codes(train(data, autoencoder), data.x_test[:N]), data.y_test[:N]
        for seed in range(seeds) if autoencoder == 0 else [autoencoder]:
            for method, draw in METHODS.items():
                found = scores(z, draw(z, seed), labels, seed)
                rows.append({"autoencoder": autoencoder, "seed": seed, "method": method, **found})
                print(rows[-1], flush=True)
    return rows


def settings(seeds):
    """The lines of settings.csv: a measure of `maps`, `islands` or `toys` under another setting."""
    data, rows = ae.data.load("fashion_mnist"), []
    z, labels = codes(train(data, 0), data.x_test[:N]), data.y_test[:N]
    for seed in range(seeds):
        points, island = ten_islands(seed)
        found = {
            ("codes", "t-SNE, random start, perplexity 5"): centroid_correlation(
                z, by_tsne(z, seed, "random", perplexity=5), labels
            ),
            ("islands", "t-SNE, random start, perplexity 100"): centroid_correlation(
                points, by_tsne(points, seed, "random", perplexity=100), island
            ),
            ("islands", "UMAP, spectral start, data / 100"): centroid_correlation(
                points, by_umap(points / 100, seed, "spectral"), island
            ),
        }
        for toy, perplexity in (("widths", 300), ("gaps", 200)):
            draw, ratio = TOYS[toy]
            points, cloud = draw(seed)
            plane = by_tsne(points, seed, "pca", perplexity=perplexity)
            found[toy, f"t-SNE, PCA start, perplexity {perplexity}"] = ratio(plane, cloud)
        rows += [{"data": data, "setting": setting, "seed": seed, "value": v} for (data, setting), v in found.items()]
        print(rows[-len(found) :], flush=True)
    return rows


TABLES = {"toys": toys, "islands": islands, "maps": maps, "settings": settings}


def main(seeds, tables):
    for table in tables:
        pd.DataFrame(TABLES[table](seeds)).round(4).to_csv(Path(__file__).parent / f"{table}.csv", index=False)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:] or list(TABLES))
