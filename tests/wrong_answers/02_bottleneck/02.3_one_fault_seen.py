"""Only the fault that shows, an answer that is no size, is repaired; the two silent ones stay."""

MESSAGE = "More than one fault"


def find_knee(dims, train_mse, val_mse):
    x = (dims - dims[0]) / (dims[-1] - dims[0])
    line = train_mse[0] + x * (train_mse[-1] - train_mse[0])
    return dims[np.argmax(line - train_mse)]
