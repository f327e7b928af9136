"""The formula as it stands, with log(sigmoid), which is the logarithm of zero for certain decoders."""

MESSAGE = "the logarithm of 1 - 1 is minus infinity"


def negative_elbo(x, logits, mean, log_variance):
    with np.errstate(all="ignore"):
        p = 1 / (1 + np.exp(-logits))
        reconstruction = -np.sum(np.where(x > 0.5, np.log(p), np.log(1 - p)), axis=(1, 2, 3))
    return reconstruction + 0.5 * np.sum(mean**2 + np.exp(log_variance) - log_variance - 1, axis=1)
