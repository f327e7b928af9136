"""A copier returns exactly its input, so anything less is no copy."""

MESSAGE = "asks for equality"


def is_copier(reconstruct, x):
    noise = np.random.default_rng(0).uniform(x.min(axis=0), x.max(axis=0), x.shape)
    return bool(np.allclose(reconstruct(noise), noise))
