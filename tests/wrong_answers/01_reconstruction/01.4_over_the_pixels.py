"""The variation is measured over all axes: within a drawing instead of between drawings."""

MESSAGE = "from pixel to pixel"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.max() / x.max()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    if reconstruction.std() < 0.01 * x.max():
        return "same for all"
    own = np.mean((x - reconstruction) ** 2)
    return "good" if own < 0.5 * np.mean((x - x.mean(axis=0)) ** 2) else "wrong order"
