"""The diagonal of the covariance matrix, counted in a loop."""


def count_active_units(mean, log_variance):
    covariance = np.cov(mean, rowvar=False)
    return np.array([sum(1 for j in range(mean.shape[1]) if covariance[j, j] > 0.01)])
