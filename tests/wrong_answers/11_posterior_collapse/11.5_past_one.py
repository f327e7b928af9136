"""beta goes on rising after the ramp."""

MESSAGE = "beta goes on rising past 1"


def anneal(epoch, epochs, cycles, ramp):
    passed = epoch * cycles / epochs % 1
    return passed / ramp
