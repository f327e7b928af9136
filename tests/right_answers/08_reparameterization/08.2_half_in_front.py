"""Half the log-variance is the log of the stddev; written with tensors and a power of e."""


def reparameterize(mean, log_variance, epsilon):
    log_stddev = 0.5 * ops.convert_to_tensor(log_variance)
    stddev = ops.power(np.float32(np.e), log_stddev)
    return epsilon * stddev + mean
