"""Epochs are counted from 1."""

MESSAGE = "the first of a cycle is not at 0"


def anneal(epoch, epochs, cycles, ramp):
    passed = epoch * cycles / epochs % 1 + cycles / epochs
    return min(1.0, passed / ramp)
