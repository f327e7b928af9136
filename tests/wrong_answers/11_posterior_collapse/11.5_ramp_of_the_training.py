"""The ramp is still a fraction of the whole training."""

MESSAGE = "a fraction of the whole training"


def anneal(epoch, epochs, cycles, ramp):
    length = epochs / cycles
    passed = epoch % length
    return min(1.0, passed / (ramp * epochs))
