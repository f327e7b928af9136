"""The knee is taken for the size that brought the largest improvement over the one before."""

MESSAGE = "the largest drop"


def find_knee(dims, train_mse, val_mse):
    return dims[1 + np.argmax(-np.diff(val_mse))]
