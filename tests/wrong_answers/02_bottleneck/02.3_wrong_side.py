"""The sign is turned round: the point farthest above the line is taken."""

MESSAGE = "highest above the straight line"


def find_knee(dims, train_mse, val_mse):
    x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])
    line = val_mse[0] + x * (val_mse[-1] - val_mse[0])
    return dims[np.argmax(val_mse - line)]
