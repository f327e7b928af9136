"""Any noise will do, standard normal noise for instance, although pixels lie between 0 and 1."""

MESSAGE = "outside the range of the data"


def is_copier(reconstruct, x):
    noise = np.random.default_rng(0).normal(size=x.shape)
    return bool(np.mean((reconstruct(noise) - noise) ** 2) < 0.5 * noise.var())
