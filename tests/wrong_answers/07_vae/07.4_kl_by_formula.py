"""The KL by formula in place of two of the three terms."""

MESSAGE = "You put in the KL by formula"


def log_density(z, mean, stddev):
    return np.sum(-0.5 * ((z - mean) / stddev) ** 2 - np.log(stddev) - 0.5 * np.log(2 * np.pi), axis=-1)


def sampled_elbo(x, mean, log_variance, epsilon, decode):
    stddev = np.exp(log_variance / 2)
    z = mean + stddev * epsilon
    logits = decode(z)
    log_likelihood = np.sum(x * logits - np.logaddexp(0, logits), axis=-1)

    kl = 0.5 * np.sum(mean**2 + stddev**2 - log_variance - 1, axis=-1)
    return np.mean(log_likelihood, axis=0) - kl
