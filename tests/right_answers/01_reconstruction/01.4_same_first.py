"""The three questions in the order of the task: equal drawings to the thousandth of x's range, before the scale."""


def read_reconstruction(x, reconstruction):
    n = len(x)
    x, drawn = np.reshape(x, (n, -1)).astype(float), np.reshape(reconstruction, (n, -1)).astype(float)
    if np.ptp(drawn, axis=0).max() <= 1e-3 * np.ptp(x):
        return "same for all"
    if not 1 / 20 < drawn.std() / x.std() < 20:
        return "not scaled"
    nearest = np.array([np.mean((x - image) ** 2, axis=1).argmin() for image in drawn])
    return "good" if np.all(nearest == np.arange(n)) else "wrong order"
