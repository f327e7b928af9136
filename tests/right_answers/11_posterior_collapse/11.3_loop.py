"""A loop over the latents, with max from Python."""


def free_bits_kl(mean, log_variance, free):
    total = 0.0
    for m, v in zip(mean.T, log_variance.T, strict=True):
        total += max(free, float((0.5 * (m * m + np.exp(v) - v - 1)).mean()))
    return total
