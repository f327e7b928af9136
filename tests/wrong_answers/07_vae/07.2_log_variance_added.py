"""The log-variance is added: a wide q would cost more than a narrow one."""

MESSAGE = "The sign of the log-variance is wrong"


def gaussian_kl(mean, log_variance):
    return 0.5 * np.sum(mean**2 + np.exp(log_variance) + log_variance - 1, axis=1)
