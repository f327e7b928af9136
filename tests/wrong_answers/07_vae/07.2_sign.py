"""The sign of the formula in the paper, which is that of minus KL."""

MESSAGE = "a KL divergence is never negative"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(1 + log_variance - mean**2 - np.exp(log_variance), axis=1)
