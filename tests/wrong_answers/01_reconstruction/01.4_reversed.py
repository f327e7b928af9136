"""A shuffled batch is believed to be a reversed one."""

MESSAGE = "You try one order"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.max() / x.max()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    if reconstruction.std(axis=0).max() < 0.01 * x.max():
        return "same for all"
    own, reversed_ = (np.mean((x - drawings) ** 2) for drawings in (reconstruction, reconstruction[::-1]))
    return "wrong order" if reversed_ < own / 2 else "good"
