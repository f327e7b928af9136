"""The log-variance is clipped for safety."""

MESSAGE = "Do not clip log_variance"


def gaussian_kl(mean, log_variance):
    log_variance = np.clip(log_variance, -20, 20)
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
