"""argmax is taken for the size, when it is the place of the size in the list."""

MESSAGE = "the place in the list"


def find_knee(dims, train_mse, val_mse):
    x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])
    line = val_mse[0] + x * (val_mse[-1] - val_mse[0])
    return np.argmax(line - val_mse)
