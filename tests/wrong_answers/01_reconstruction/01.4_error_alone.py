"""One number is enough: each trouble is believed to have an error of its own size."""

MESSAGE = "the size of the error alone"


def read_reconstruction(x, reconstruction):
    error = np.mean((x - reconstruction) ** 2)
    if error > 1:
        return "not scaled"
    if error < 0.01:
        return "good"
    return "same for all" if error < 0.06 else "wrong order"
