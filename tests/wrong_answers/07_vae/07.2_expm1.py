"""np.expm1, and the 1 is subtracted again."""

MESSAGE = "The - 1 is applied twice"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.expm1(log_variance) - log_variance - 1, axis=1)
