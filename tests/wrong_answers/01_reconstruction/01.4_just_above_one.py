"""Pixels in [0, 1] are believed never to exceed 1, so drawings that overshoot by a little are taken for unscaled."""

MESSAGE = "as soon as a pixel exceeds 1"


def read_reconstruction(x, reconstruction):
    if (x.max() > 1.001) != (reconstruction.max() > 1.001):
        return "not scaled"
    if np.ptp(reconstruction, axis=0).max() < 0.01 * x.max():
        return "same for all"
    own = np.mean((x - reconstruction) ** 2)
    return "good" if own < 0.5 * np.mean((x - x.mean(axis=0)) ** 2) else "wrong order"
