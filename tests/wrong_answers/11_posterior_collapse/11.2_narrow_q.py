"""A latent is believed to be active when q is narrower than the prior."""

MESSAGE = "You counted where q is narrower"


def count_active_units(mean, log_variance):
    return int(np.sum(np.exp(log_variance).mean(axis=0) < 0.99))
