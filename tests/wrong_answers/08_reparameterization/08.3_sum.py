"""The draws are added up instead of averaged."""

MESSAGE = "You added the draws up"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = cost(z) - baseline
    return np.array([np.sum(weight * epsilon), np.sum(weight * (epsilon**2 - 1))]) / stddev
