"""A baseline does not change the expectation, so it is left out."""

MESSAGE = "You ignored the baseline"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    return np.array([np.mean(cost(z) * epsilon), np.mean(cost(z) * (epsilon**2 - 1))]) / stddev
