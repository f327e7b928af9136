"""The derivative for the log-variance, which a VAE would want, is returned for that of the stddev."""

MESSAGE = "is the derivative for the log-variance"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = cost(z) - baseline
    return np.array([np.mean(weight * epsilon / stddev), np.mean(weight * (epsilon**2 - 1) / 2)])
