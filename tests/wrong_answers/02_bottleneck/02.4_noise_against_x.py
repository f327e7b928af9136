"""The error on noise is compared with the error on x: the identity has neither."""

MESSAGE = "comparing the two says nothing"


def is_copier(reconstruct, x):
    noise = np.random.default_rng(0).uniform(0, 1, x.shape)
    on_noise, on_x = (np.mean((reconstruct(images) - images) ** 2) for images in (noise, x))
    return bool(on_noise < 3 * on_x)
