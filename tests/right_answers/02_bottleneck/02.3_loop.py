"""A plain loop with math.log."""

import math


def find_knee(dims, train_mse, val_mse):
    best, knee = -1.0, dims[0]
    slope = (val_mse[-1] - val_mse[0]) / (math.log(dims[-1]) - math.log(dims[0]))
    for dim, error in zip(dims, val_mse, strict=True):
        below = val_mse[0] + slope * (math.log(dim) - math.log(dims[0])) - error
        if below > best:
            best, knee = below, dim
    return knee
