"""Whatever exceeds 1 is taken for unscaled, even when both exceed it together."""

MESSAGE = "compare the pixels with 1"


def read_reconstruction(x, reconstruction):
    if x.max() > 1.5 or reconstruction.max() > 1.5:
        return "not scaled"
    if reconstruction.std(axis=0).max() < 0.01 * x.max():
        return "same for all"
    own = np.mean((x - reconstruction) ** 2)
    return "good" if own < 0.5 * np.mean((x - x.mean(axis=0)) ** 2) else "wrong order"
