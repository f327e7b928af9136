"""Flattens each image first."""


def reconstruction_loss(x, reconstruction):
    difference = (np.asarray(x) - np.asarray(reconstruction)).reshape(len(x), -1)
    return np.square(difference).mean(axis=1)
