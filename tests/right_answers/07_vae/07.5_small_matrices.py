"""Inverse and determinant by way of the small matrix M = I + W^T W / stddev^2; the bound by pairwise logaddexp."""

from functools import reduce


def log_evidence(x, weights, b, stddev):
    pixels, latents = weights.shape
    M = np.eye(latents) + weights.T @ weights / stddev**2
    difference = x - b
    onto = difference @ weights / stddev**2
    square = np.sum(difference**2, axis=1) / stddev**2 - np.einsum("bi,ij,bj->b", onto, np.linalg.inv(M), onto)
    log_determinant = np.linalg.slogdet(M)[1] + pixels * np.log(stddev**2)
    return -(square + log_determinant + pixels * np.log(2 * np.pi)) / 2


def importance_weighted_bound(log_weights):
    return reduce(np.logaddexp, log_weights) - np.log(len(log_weights))
