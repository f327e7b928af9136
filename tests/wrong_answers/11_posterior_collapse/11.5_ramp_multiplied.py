"""The ramp is multiplied onto what has passed."""

MESSAGE = "You multiplied by ramp"


def anneal(epoch, epochs, cycles, ramp):
    return min(1.0, ramp * (epoch * cycles / epochs % 1))
