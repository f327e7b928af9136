"""A dead encoder is believed to draw the average of whatever batch it sees."""

MESSAGE = "the average of this batch"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.max() / x.max()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    if np.abs(reconstruction - x.mean(axis=0)).max() < 0.01 * x.max():
        return "same for all"
    own = np.mean((x - reconstruction) ** 2)
    return "good" if own < 0.5 * np.mean((x - x.mean(axis=0)) ** 2) else "wrong order"
