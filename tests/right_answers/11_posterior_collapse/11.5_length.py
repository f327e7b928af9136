"""The cycle's length is kept as a fraction of epochs."""


def anneal(epoch, epochs, cycles, ramp):
    length = epochs / cycles
    return float(np.clip(epoch % length / (ramp * length), 0, 1))
