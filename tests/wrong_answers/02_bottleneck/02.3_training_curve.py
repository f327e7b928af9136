"""The axis and the result are repaired, but the choice is still made on the training curve."""

MESSAGE = "off the training curve"


def find_knee(dims, train_mse, val_mse):
    x = np.log(dims / dims[0]) / np.log(dims[-1] / dims[0])
    line = train_mse[0] + x * (train_mse[-1] - train_mse[0])
    return dims[np.argmax(line - train_mse)]
