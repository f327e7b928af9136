"""The error is compared with the variance of the reconstruction."""

MESSAGE = "the variance of the reconstruction"


def explained(reconstruct, inputs):
    drawn = np.asarray(reconstruct(inputs))
    return 1 - np.mean((inputs - drawn) ** 2) / np.mean((drawn - drawn.mean(axis=0)) ** 2)


cured = None
