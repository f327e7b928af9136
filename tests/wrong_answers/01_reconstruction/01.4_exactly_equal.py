"""Drawings of a dead encoder are compared exactly, and differ in the last digits."""

MESSAGE = "exactly equal"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.max() / x.max()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    if (reconstruction == reconstruction[0]).all():
        return "same for all"
    own = np.mean((x - reconstruction) ** 2)
    return "good" if own < 0.5 * np.mean((x - x.mean(axis=0)) ** 2) else "wrong order"
