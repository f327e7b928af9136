"""The variance stands below (z - mean), and epsilon is put in for (z - mean)."""

MESSAGE = "You divided by the variance"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = (cost(z) - baseline) / stddev**2
    return np.array([np.mean(weight * epsilon), np.mean(weight * (epsilon**2 - 1))])
