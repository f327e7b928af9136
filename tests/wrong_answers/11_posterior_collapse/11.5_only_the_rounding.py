"""One fault is mended, and the two others stay."""

MESSAGE = "there is more than one fault left"


def anneal(epoch, epochs, cycles, ramp):
    length = epochs / cycles
    passed = epoch % length
    return max(1.0, passed / (ramp * epochs))
