"""The derivative of the density, as it stands in the integral before anything is rewritten."""

MESSAGE = "You differentiated the density"


def score_gradient(cost, mean, stddev, epsilon, baseline=0.0):
    z = mean + stddev * epsilon
    density = np.exp(-(epsilon**2) / 2) / (stddev * np.sqrt(2 * np.pi))
    weight = (cost(z) - baseline) * density
    return np.array([np.mean(weight * epsilon), np.mean(weight * (epsilon**2 - 1))]) / stddev
