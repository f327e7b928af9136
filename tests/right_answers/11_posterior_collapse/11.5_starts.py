"""Looks for the start of the present cycle."""

import math


def anneal(epoch, epochs, cycles, ramp):
    cycle = math.floor(epoch * cycles / epochs)
    passed = epoch * cycles / epochs - cycle
    if passed >= ramp:
        return 1
    return passed / ramp
