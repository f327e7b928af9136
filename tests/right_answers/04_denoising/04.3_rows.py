"""Images as rows; the squared norm of the noisy image is the same for all weights, and left out."""

from scipy.special import logsumexp


def posterior_mean(noisy, train, noise_stddev):
    x, rows = noisy.reshape(len(noisy), -1), train.reshape(len(train), -1)
    log_weights = (x @ rows.T - np.sum(rows**2, axis=1) / 2) / noise_stddev**2
    log_weights -= logsumexp(log_weights, axis=1, keepdims=True)
    return (np.exp(log_weights) @ rows).reshape(noisy.shape)
