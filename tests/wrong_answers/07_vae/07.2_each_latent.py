"""The formula without its sum."""

MESSAGE = "one number for each latent"


def gaussian_kl(mean, log_variance):
    return 0.5 * (mean**2 + np.exp(log_variance) - log_variance - 1)
