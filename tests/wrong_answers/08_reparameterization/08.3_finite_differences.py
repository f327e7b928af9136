"""The slope of the cost is measured beside each draw: the pathwise gradient, for a cost that has no slope."""

MESSAGE = "beside the draws, to find its slope"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    slope = (cost(z + 0.01) - cost(z - 0.01)) / 0.02
    return np.array([np.mean(slope), np.mean(slope * epsilon)])
