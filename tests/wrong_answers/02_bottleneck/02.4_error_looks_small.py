"""An error below 0.5 is taken for small, without a look at how large the error of a constant image would be."""

MESSAGE = "draws the same image whatever"


def is_copier(reconstruct, x):
    noise = np.random.default_rng(0).uniform(0, 1, x.shape)
    return bool(np.mean((reconstruct(noise) - noise) ** 2) < 0.5)
