"""The largest spread *between* the clusters' means, which is the smallest within them."""

from sklearn.metrics import adjusted_rand_score


def score_clustering(x, runs, labels):
    centred = x - x.mean(axis=0)
    between = [
        sum(np.sum(centred[run == c].sum(axis=0) ** 2) / np.sum(run == c) for c in np.unique(run)) for run in runs
    ]
    return adjusted_rand_score(runs[np.argmax(between)], labels)
