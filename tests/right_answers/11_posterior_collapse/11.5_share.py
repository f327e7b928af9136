"""The share of the training that has passed, counted in cycles."""


def anneal(epoch, epochs, cycles, ramp):
    cycle = epoch / epochs * cycles
    passed = cycle - int(cycle)
    return passed / ramp if passed < ramp else 1.0
