"""beta rises once."""

MESSAGE = "the cycles are missing"


def anneal(epoch, epochs, cycles, ramp):
    length = epochs / cycles
    return min(1.0, epoch / (ramp * length))
