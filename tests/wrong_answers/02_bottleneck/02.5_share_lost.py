"""The error divided by the variance is returned: the share that is lost."""

MESSAGE = "there is a 1 - missing"


def explained(reconstruct, inputs):
    return np.mean((inputs - np.asarray(reconstruct(inputs))) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


cured = None
