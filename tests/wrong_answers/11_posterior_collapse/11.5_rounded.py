"""The length of a cycle is still rounded down."""

MESSAGE = "begin one more cycle at the end"


def anneal(epoch, epochs, cycles, ramp):
    length = epochs // cycles
    passed = epoch % length
    return min(1.0, passed / (ramp * length))
