"""z is sampled, and its variance taken over the examples."""

MESSAGE = "q's own noise"


def count_active_units(mean, log_variance):
    z = mean + np.exp(log_variance / 2) * np.random.default_rng(0).normal(size=mean.shape)
    return int(np.sum(z.var(axis=0) > 0.01))
