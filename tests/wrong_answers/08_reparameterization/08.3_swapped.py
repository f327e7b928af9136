"""The two derivatives are returned in the wrong order."""

MESSAGE = "The two numbers have changed places"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    scores = np.stack([(epsilon**2 - 1) / stddev, epsilon / stddev])
    return np.mean((cost(z) - baseline) * scores, axis=1)
