"""Epochs are counted from 1, before the remainder is taken."""

MESSAGE = "already belongs to the next"


def anneal(epoch, epochs, cycles, ramp):
    length = epochs / cycles
    passed = (epoch + 1) % length
    return min(1.0, passed / (ramp * length))
