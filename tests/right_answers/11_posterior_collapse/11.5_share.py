"""The share of the training that has passed, in cycles."""


def anneal(epoch, epochs, cycles, ramp):
    cycle = epoch / epochs * cycles
    return float(np.clip((cycle - np.floor(cycle)) / ramp, 0, 1))
