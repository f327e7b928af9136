"""The measure looks at the training digits, whatever inputs it is given."""

MESSAGE = "other images than the inputs"


def explained(reconstruct, inputs):
    x = digits.x_train
    return 1 - np.mean((x - np.asarray(reconstruct(x))) ** 2) / np.mean((x - x.mean(axis=0)) ** 2)


cured = None
