"""The diagonal of the covariance matrix of the means."""


def count_active_units(mean, log_variance):
    return len(np.flatnonzero(np.diag(np.atleast_2d(np.cov(mean.T))) > 0.01))
