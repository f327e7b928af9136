"""np.clip for the maximum, latent by latent, in float64."""


def free_bits_kl(mean, log_variance, free):
    term = 0.0
    for m, v in zip(np.asarray(mean, float).T, np.asarray(log_variance, float).T, strict=True):
        term += float(np.clip(np.mean(-0.5 * (1 + v - m**2 - np.exp(v))), free, None))
    return term
