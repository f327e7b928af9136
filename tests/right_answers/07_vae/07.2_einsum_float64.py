"""Sums of squares by einsum, in float64."""


def gaussian_kl(mean, log_variance):
    mean, log_variance = np.asarray(mean, "float64"), np.asarray(log_variance, "float64")
    squares = np.einsum("bj,bj->b", mean, mean)
    return (squares + np.expm1(log_variance).sum(-1) - log_variance.sum(-1)) / 2
