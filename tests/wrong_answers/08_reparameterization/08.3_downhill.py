"""The minus of gradient descent is put into the gradient."""

MESSAGE = "The sign is turned round"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    weight = baseline - cost(z)
    return np.array([np.mean(weight * epsilon), np.mean(weight * (epsilon**2 - 1))]) / stddev
