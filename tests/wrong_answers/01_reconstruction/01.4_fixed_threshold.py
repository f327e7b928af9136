"""A fixed threshold for the error, learnt from bright images, is applied to dim ones."""

MESSAGE = "error with a fixed number"


def read_reconstruction(x, reconstruction):
    ratio = reconstruction.max() / x.max()
    if ratio > 10 or ratio < 0.1:
        return "not scaled"
    scale = max(1, x.max())
    if reconstruction.std(axis=0).max() < 0.01 * x.max():
        return "same for all"
    return "good" if np.mean((x - reconstruction) ** 2) < 0.01 * scale**2 else "wrong order"
