"""The mean of the costs is believed to be the baseline."""

MESSAGE = "You took off the mean of these costs"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    costs = cost(z)
    scores = np.stack([epsilon / stddev, (epsilon**2 - 1) / stddev])
    return np.mean((costs - costs.mean()) * scores, axis=1)
