"""The cost is asked at epsilon instead of z."""

MESSAGE = "at other places than the draws"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    weight = cost(epsilon) - baseline
    return np.array([np.mean(weight * epsilon), np.mean(weight * (epsilon**2 - 1))]) / stddev
