"""The absolute error is as good as the squared one."""

MESSAGE = "absolute error"


def reconstruction_loss(x, reconstruction):
    return np.mean(np.abs(x - reconstruction), axis=(1, 2, 3))
