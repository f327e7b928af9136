"""Distances by scipy, the smallest of them subtracted, and an average by einsum."""

from scipy.spatial.distance import cdist


def posterior_mean(noisy, train, noise_stddev):
    squared = cdist(noisy.reshape(len(noisy), -1), train.reshape(len(train), -1), "sqeuclidean")
    weights = np.exp((squared.min(axis=1)[:, None] - squared) / noise_stddev**2 / 2)
    return np.einsum("mn,nhwc->mhwc", weights, train) / np.einsum("mn->m", weights)[:, None, None, None]
