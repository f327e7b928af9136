"""The ramp is taken for the part in which beta stays."""

MESSAGE = "You let it rise in the other part"


def anneal(epoch, epochs, cycles, ramp):
    passed = epoch * cycles / epochs % 1
    return min(1.0, passed / (1 - ramp))
