"""The scores of a standard normal, without the stddev."""

MESSAGE = "You did not divide by the stddev"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = cost(z) - baseline
    return np.array([np.mean(weight * epsilon), np.mean(weight * (epsilon**2 - 1))])
