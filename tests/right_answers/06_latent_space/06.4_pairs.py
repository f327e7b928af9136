"""Squared distances between all pairs of a cluster, divided by its size: twice the sum to the mean."""

from sklearn.metrics import adjusted_rand_score


def score_clustering(x, runs, labels):
    def spread(run):
        parts = [x[run == cluster] for cluster in set(run.tolist())]
        return sum(((part[:, None] - part[None]) ** 2).sum() / len(part) for part in parts)

    return adjusted_rand_score(min(runs, key=spread), labels)
