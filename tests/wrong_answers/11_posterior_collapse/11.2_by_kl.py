"""A latent is believed to be active when its KL is above the threshold."""

MESSAGE = "You counted latents whose KL"


def count_active_units(mean, log_variance):
    kl = 0.5 * (mean**2 + np.exp(log_variance) - 1 - log_variance)
    return int(np.sum(kl.mean(axis=0) > 0.01))
