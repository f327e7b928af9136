"""Epochs are counted from 1."""

MESSAGE = "You counted the epochs from 1"


def anneal(epoch, epochs, cycles, ramp):
    passed = epoch * cycles / epochs % 1 + cycles / epochs
    return min(1.0, passed / ramp)
