"""The factor 1/2 is forgotten."""

MESSAGE = "The factor 1/2 is missing"


def gaussian_kl(mean, log_variance):
    return np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
