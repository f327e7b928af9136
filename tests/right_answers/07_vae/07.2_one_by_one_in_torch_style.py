"""minus one half of a sum of one plus the log-variance, transposed, image after image."""


def gaussian_kl(mean, log_variance):
    terms = 1 + log_variance.T - np.power(mean.T, 2) - np.exp(log_variance.T)
    return np.array([-0.5 * column.sum() for column in terms.T])
