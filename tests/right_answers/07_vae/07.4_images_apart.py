"""Image by image, and a tuple of floats."""


def sampled_elbo(x, mean, log_variance, epsilon, decode):
    elbos = []
    for i in range(len(x)):
        stddev = np.exp(log_variance[i] / 2)
        codes = mean[i] + stddev * epsilon[:, i]
        logits = np.asarray(decode(codes))
        cost = np.where(x[i] == 1, np.logaddexp(0, -logits), np.logaddexp(0, logits)).sum(axis=1)
        log_p = -0.5 * (codes**2).sum(axis=1)
        log_q = -0.5 * (epsilon[:, i] ** 2).sum(axis=1) - np.log(stddev).sum()
        elbos.append(float(np.mean(log_p - log_q - cost)))
    return tuple(elbos)
