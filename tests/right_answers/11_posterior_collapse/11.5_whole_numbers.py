"""Whole numbers as long as possible, and np.interp for the line."""


def anneal(epoch, epochs, cycles, ramp):
    passed = (epoch * cycles) % epochs
    return np.interp(passed / epochs, [0, ramp], [0.0, 1.0])
