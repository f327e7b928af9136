"""The rival is taken to be one grey value, the mean over all pixels of all images: digits then seem easy to explain."""

MESSAGE = "around one number"


def explained(reconstruct, inputs):
    return 1 - np.mean((inputs - np.asarray(reconstruct(inputs))) ** 2) / np.var(inputs)


cured = None
