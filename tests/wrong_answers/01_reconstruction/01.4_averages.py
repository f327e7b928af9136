"""The average drawing is compared with the average image: as bright and as alike as the batch is, it must be good."""

MESSAGE = "do not notice its order"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.mean() / x.mean()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    if reconstruction.std(axis=0).max() < 0.01 * x.max():
        return "same for all"
    difference = np.abs(x.mean(axis=0) - reconstruction.mean(axis=0)).mean()
    return "good" if difference < 0.2 * x.max() else "wrong order"
