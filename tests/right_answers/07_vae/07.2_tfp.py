"""By TensorFlow Probability."""


def gaussian_kl(mean, log_variance):
    tfd = ae.distributions.tfd
    # In float64: exp(-140 / 2) squared is no longer a float32.
    q = tfd.Normal(np.asarray(mean, "float64"), np.exp(np.asarray(log_variance, "float64") / 2))
    return np.sum(np.asarray(tfd.kl_divergence(q, tfd.Normal(np.float64(0), np.float64(1)))), axis=1)
