"""The score of the mean is used for both."""

MESSAGE = "You used the score of the mean for the stddev"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = cost(z) - baseline
    for_mean = np.mean(weight * epsilon / stddev)
    for_stddev = np.mean(weight * epsilon / stddev)
    return np.array([for_mean, for_stddev])
