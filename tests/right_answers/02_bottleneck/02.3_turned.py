"""Turns the curve until the line between its ends lies flat, and takes the lowest point."""


def find_knee(dims, train_mse, val_mse):
    points = np.log(dims) + 1j * np.asarray(val_mse)
    points = (points - points[0]) / (points[-1] - points[0])
    return dims[points.imag.argmin()]
