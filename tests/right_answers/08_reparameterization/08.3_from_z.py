"""Scores from z, the mean and the stddev, with the formulas for the density of a normal distribution; a list."""


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    advantage = np.asarray(cost(z)) - baseline
    for_mean = (z - mean) / stddev**2
    for_stddev = (z - mean) ** 2 / stddev**3 - 1 / stddev
    return [np.mean(advantage * for_mean), np.mean(advantage * for_stddev)]
