"""The knee is taken for the minimum of the validation curve."""

MESSAGE = "the smallest validation error"


def find_knee(dims, train_mse, val_mse):
    return dims[np.argmin(val_mse)]
