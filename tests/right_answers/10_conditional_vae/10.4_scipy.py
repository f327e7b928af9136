"""SciPy's distances of all pairs; both numbers in one array."""

from scipy.spatial.distance import pdist


def agreement_and_diversity(images, asked, judged):
    flat = images.reshape(len(images), -1).astype(float)
    groups = [flat[asked == c] for c in np.unique(asked)]
    diversity = np.mean([pdist(group, "sqeuclidean").mean() for group in groups if len(group) >= 2])
    return np.array([np.count_nonzero(asked == judged) / asked.size, diversity])
