"""The curve and the result are repaired, but the sizes still stand on a linear axis."""

MESSAGE = "on a linear axis"


def find_knee(dims, train_mse, val_mse):
    x = (dims - dims[0]) / (dims[-1] - dims[0])
    line = val_mse[0] + x * (val_mse[-1] - val_mse[0])
    return dims[np.argmax(line - val_mse)]
