"""A good drawing is expected to equal its image."""

MESSAGE = "perfect copies"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.max() / x.max()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    if reconstruction.std(axis=0).max() < 0.01 * x.max():
        return "same for all"
    return "good" if np.allclose(x, reconstruction, atol=1e-3) else "wrong order"
