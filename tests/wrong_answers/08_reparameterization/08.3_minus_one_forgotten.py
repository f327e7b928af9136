"""The score of the stddev is taken from the exponent of the density alone."""

MESSAGE = "The -1 is missing"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = cost(z) - baseline
    return np.array([np.mean(weight * epsilon / stddev), np.mean(weight * epsilon**2 / stddev)])
