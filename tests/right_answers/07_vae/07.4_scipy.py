"""With SciPy's densities, one sample after the other."""

from scipy.stats import bernoulli, norm


def sampled_elbo(x, mean, log_variance, epsilon, decode):
    stddev, total = np.sqrt(np.exp(log_variance)), 0
    for draw in epsilon:
        z = mean + stddev * draw
        log_p = bernoulli(1 / (1 + np.exp(-decode(z)))).logpmf(x).sum(axis=-1)
        total = total + log_p + norm.logpdf(z).sum(axis=-1) - norm.logpdf(z, mean, stddev).sum(axis=-1)
    return total / len(epsilon)
