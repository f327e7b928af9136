"""log q from epsilon, with the change of width: log N(epsilon; 0, 1) - log stddev. Constants of the two cancel."""


def sampled_elbo(x, mean, log_variance, epsilon, decode):
    samples, batch, latents = epsilon.shape
    z = mean + np.exp(0.5 * log_variance) * epsilon
    logits = np.asarray(decode(z.reshape(-1, latents))).reshape(samples, batch, -1)
    log_p_x = (x * logits - np.log1p(np.exp(-np.abs(logits))) - np.maximum(logits, 0)).sum(axis=2)
    log_ratio = 0.5 * (epsilon**2 - z**2 + log_variance).sum(axis=2)
    return (log_p_x + log_ratio).mean(axis=0)
