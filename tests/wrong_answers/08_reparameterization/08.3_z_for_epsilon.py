"""The draw stands where its epsilon belongs."""

MESSAGE = "You put z where epsilon belongs"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    scores = np.stack([z / stddev, (z**2 - 1) / stddev])
    return np.mean((cost(z) - baseline) * scores, axis=1)
