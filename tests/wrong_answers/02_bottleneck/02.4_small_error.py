"""A model that copies has a tiny error, so a tiny test error shows a copier."""

MESSAGE = "no threshold on it can tell them apart"


def is_copier(reconstruct, x):
    return bool(np.mean((reconstruct(x) - x) ** 2) < 1e-3)
