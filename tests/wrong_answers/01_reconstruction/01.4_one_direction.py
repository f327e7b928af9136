"""Only drawings can be too large; images that were never divided by 255 are not thought of."""

MESSAGE = "not those that are too small"


def read_reconstruction(x, reconstruction):
    if reconstruction.max() > 10 * x.max():
        return "not scaled"
    if reconstruction.std(axis=0).max() < 0.002 * reconstruction.max():
        return "same for all"
    own = np.mean((x - reconstruction) ** 2)
    return "good" if own < 0.5 * np.mean((x - x.mean(axis=0)) ** 2) else "wrong order"
