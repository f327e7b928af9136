"""The larger of 1 and the ramp is still taken."""

MESSAGE = "that is no annealing"


def anneal(epoch, epochs, cycles, ramp):
    length = epochs / cycles
    passed = epoch % length
    return max(1.0, passed / (ramp * length))
