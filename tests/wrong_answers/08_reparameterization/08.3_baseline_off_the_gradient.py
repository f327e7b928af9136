"""The baseline is taken off at the end, off the estimate."""

MESSAGE = "You took the baseline off the gradient"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    return np.array([np.mean(cost(z) * epsilon), np.mean(cost(z) * (epsilon**2 - 1))]) / stddev - baseline
