"""The variance is computed, and then its logarithm, which is lost where the variance is 0 in float32."""

MESSAGE = "Do not take the logarithm of exp(log_variance)"


def gaussian_kl(mean, log_variance):
    variance = np.exp(log_variance)
    return 0.5 * np.sum(mean**2 + variance - np.log(variance) - 1, axis=1)
