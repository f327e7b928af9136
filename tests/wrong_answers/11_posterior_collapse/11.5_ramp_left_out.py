"""beta rises over the whole cycle."""

MESSAGE = "You left ramp out"


def anneal(epoch, epochs, cycles, ramp):
    return min(1.0, epoch * cycles / epochs % 1)
