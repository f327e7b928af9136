"""The coins' formula as it stands: the logits of this exercise are moderate."""


def sampled_elbo(x, mean, log_variance, epsilon, decode):
    stddev = np.exp(log_variance / 2)
    z = mean + stddev * epsilon
    p = 1 / (1 + np.exp(-decode(z)))
    log_likelihood = np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=-1)
    log_ratio = 0.5 * np.sum(epsilon**2 - z**2 + log_variance, axis=-1)
    return log_likelihood.mean(axis=0) + log_ratio.mean(axis=0)
