"""beta is believed to fall, as learning rates do."""

MESSAGE = "beta falls within each cycle"


def anneal(epoch, epochs, cycles, ramp):
    passed = epoch * cycles / epochs % 1
    return 1 - min(1.0, passed / ramp)
