"""Draws the straight line with np.interp, over base-2 logarithms."""


def find_knee(dims, train_mse, val_mse):
    x = np.log2(dims)
    line = np.interp(x, [x[0], x[-1]], [val_mse[0], val_mse[-1]])
    return int(dims[int(np.argmin(val_mse - line))])
