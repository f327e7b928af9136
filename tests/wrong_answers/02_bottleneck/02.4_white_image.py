"""The models are shown a white image: whoever draws white is taken for a copier."""

MESSAGE = "nothing but white"


def is_copier(reconstruct, x):
    white = np.ones((10, x.shape[1]))
    return bool(np.mean((reconstruct(white) - white) ** 2) < 0.15)
