"""beta is switched on at the end of the ramp."""

MESSAGE = "beta jumps from 0 to 1"


def anneal(epoch, epochs, cycles, ramp):
    passed = epoch * cycles / epochs % 1
    return 1.0 if passed >= ramp else 0.0
