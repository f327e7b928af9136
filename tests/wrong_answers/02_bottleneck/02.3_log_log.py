"""Logarithms are taken of both axes, as in plots of losses."""

MESSAGE = "logarithms of the errors, too"


def find_knee(dims, train_mse, val_mse):
    x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])
    y = np.log(val_mse)
    return dims[np.argmax(y[0] + x * (y[-1] - y[0]) - y)]
