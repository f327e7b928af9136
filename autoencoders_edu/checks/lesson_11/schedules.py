"""Schedules of beta for 11.5: the right one, and those of misconceptions."""

import numpy as np


def _schedule(beta_at):
    """From a function for one epoch to a rule for (epochs, cycles, ramp): beta of all epochs."""
    return lambda epochs, cycles, ramp: np.array([beta_at(epoch, epochs, cycles, ramp) for epoch in range(epochs)])


def beta(epoch, epochs, cycles, ramp):
    """min(t / ramp, 1), t the fraction of the present cycle that has passed (Fu et al. 2019, Eqs. 6 and 7)."""
    passed = epoch * cycles % epochs / epochs
    return min(passed / ramp, 1.0)


right = _schedule(beta)


def variant(largest=False, whole_training=False, rounded=False):
    """The schedule with some of the faults of `anneal_broken`."""

    def beta_at(epoch, epochs, cycles, ramp):
        length = epochs // cycles if rounded else epochs / cycles
        passed = epoch % length
        rising = passed / (ramp * (epochs if whole_training else length))
        return max(1.0, rising) if largest else min(1.0, rising)

    return _schedule(beta_at)


UNITS = {
    "a number of epochs, or a percentage": lambda epoch, epochs, cycles, ramp: min(
        epoch % (epochs / cycles) / ramp, 1.0
    ),
    "a percentage": lambda epoch, epochs, cycles, ramp: min(epoch * cycles % epochs / epochs / (ramp / 100), 1.0),
}
ROUNDED_STARTS = (
    "A computer rounds {}, so the remainder of a division by it can be nearly a whole cycle where it should be 0, and "
    "a cycle then starts at 1. Multiply before you divide: epoch * cycles / epochs is exact where it is a whole number."
)
SHARE_OF_TRAINING = _schedule(
    lambda epoch, epochs, cycles, ramp: min(epoch / epochs % (1 / cycles) * cycles / ramp, 1.0)
)
ROUNDED_DOWN = (
    "You rounded down the epochs that have passed since the cycle began, or rounded up its beginning. A cycle may "
    "begin between two epochs."
)
MORE = "There is more than one fault left."
MISTAKES = {
    f"{MORE} Print beta for all epochs of a training with several cycles.": (
        variant(largest=True, whole_training=True, rounded=True)
    ),
    f"{MORE} What are the smallest and the largest beta?": variant(largest=True, whole_training=True),
    f"{MORE} What are the smallest beta, and the last?": variant(largest=True, rounded=True),
    "beta is never below 1, as you take the larger of 1 and the ramp: that is no annealing.": variant(largest=True),
    f"{MORE} When does beta get to 1, and what is the last one?": variant(whole_training=True, rounded=True),
    "The ramp is a fraction of the whole training where it should be one of a cycle. With several cycles beta gets to "
    "1 late or never.": variant(whole_training=True),
    "The cycle's length is rounded down to whole epochs, so the epochs that are left over begin one more cycle at the "
    "end. The training may stop with beta near 0, and the model that you keep then paid almost nothing for its KL at "
    "the end.": variant(rounded=True),
    "beta falls within each cycle. It has to start at 0, where the KL is free, and rise.": _schedule(
        lambda epoch, epochs, cycles, ramp: 1 - beta(epoch, epochs, cycles, ramp)
    ),
    "beta rises once and stays at 1: the cycles are missing.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch * cycles / epochs / ramp, 1.0)
    ),
    "beta goes on rising past 1. At the end of the ramp it stays at 1, where the loss is the ELBO.": _schedule(
        lambda epoch, epochs, cycles, ramp: epoch * cycles % epochs / epochs / ramp
    ),
    "ramp is the fraction of a cycle in which beta rises. You let it rise in the other part.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch * cycles % epochs / epochs / (1 - ramp), 1.0)
    ),
    "You counted the epochs from 1: the first of a cycle is not at 0.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(((epoch + 1) * cycles / epochs - epoch * cycles // epochs) / ramp, 1.0)
    ),
    "You counted the epochs from 1: the last of each cycle already belongs to the next.": _schedule(
        lambda epoch, epochs, cycles, ramp: beta(epoch + 1, epochs, cycles, ramp)
    ),
    "The training has epochs - 1 epochs in your code. The last epoch should not complete a cycle: when it begins, a "
    "part of the cycle is still to come.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch * cycles / (epochs - 1) % 1 / ramp, 1.0)
    ),
    "beta stays at 0 for the first part of the cycle, as long as ramp, and rises afterwards. It should rise first, and "
    "stay at 1 for the rest.": _schedule(
        lambda epoch, epochs, cycles, ramp: max(0.0, (epoch * cycles % epochs / epochs - ramp) / (1 - ramp))
    ),
    "beta rises in the last part of the cycle, and is 0 before. It should rise first, and stay at 1 for the "
    "rest.": _schedule(
        lambda epoch, epochs, cycles, ramp: max(0.0, (epoch * cycles % epochs / epochs - 1 + ramp) / ramp)
    ),
    "You exchanged epochs and cycles: the arguments come in the order epoch, epochs, cycles, ramp.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch * epochs / cycles % 1 / ramp, 1.0)
    ),
    ROUNDED_DOWN: _schedule(
        lambda epoch, epochs, cycles, ramp: min((epoch * cycles % epochs) // cycles * cycles / epochs / ramp, 1.0)
    ),
    "You rounded the beginning of each cycle to a whole epoch. A cycle may begin between two epochs.": _schedule(
        lambda epoch, epochs, cycles, ramp: max(
            0.0, min((epoch - round(epoch * cycles // epochs * epochs / cycles)) * cycles / epochs / ramp, 1.0)
        )
    ),
    "You left ramp out: beta rises over the whole cycle.": _schedule(
        lambda epoch, epochs, cycles, ramp: epoch * cycles % epochs / epochs
    ),
    "You multiplied by ramp; divide. The shorter the ramp, the steeper.": _schedule(
        lambda epoch, epochs, cycles, ramp: epoch * cycles % epochs / epochs * ramp
    ),
    "The cycle's length is rounded to the nearest number of whole epochs.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch % round(epochs / cycles) / round(epochs / cycles) / ramp, 1.0)
    ),
    "epoch * cycles % epochs is no number of epochs: it rises to epochs in each cycle. Divide it by ramp * "
    "epochs.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch * cycles % epochs / (ramp * epochs / cycles), 1.0)
    ),
    "beta jumps from 0 to 1. It should rise in a straight line.": _schedule(
        lambda epoch, epochs, cycles, ramp: float(beta(epoch, epochs, cycles, ramp) >= 1)
    ),
    "The cycle's length is rounded up to whole epochs, so the last cycle is cut short.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch % -(-epochs // cycles) / -(-epochs // cycles) / ramp, 1.0)
    ),
    "beta rises only once, in the first part of the training. Each cycle has a ramp of its own.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch / (ramp * epochs), 1.0)
    ),
    **{f"You took ramp for {unit}. It is a fraction of a cycle.": _schedule(rule) for unit, rule in UNITS.items()},
    "beta rises as a cosine. It should rise in a straight line.": _schedule(
        lambda epoch, epochs, cycles, ramp: 0.5 - 0.5 * np.cos(np.pi * beta(epoch, epochs, cycles, ramp))
    ),
    **{
        f"beta rises as a logistic curve of slope {slope}. It should rise in a straight line.": _schedule(
            lambda epoch, epochs, cycles, ramp, slope=slope: (
                1 / (1 + np.exp(-slope * (beta(epoch, epochs, cycles, ramp) - 0.5)))
            )
        )
        for slope in (5, 6, 8, 10, 12, 15, 20)
    },
    "You took cycles for the length of a cycle. It is their number: a cycle has epochs / cycles epochs.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch % cycles / cycles / ramp, 1.0)
    ),
    "The cycle's length is rounded down to whole epochs, and its ramp is not. The epochs that are left over begin one "
    "more cycle.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch % (epochs // cycles) / (ramp * epochs / cycles), 1.0)
    ),
    "You rounded the ramp down to whole epochs. It is a fraction of a cycle, and need not be a whole number.": (
        _schedule(
            lambda epoch, epochs, cycles, ramp: min(
                epoch % (epochs / cycles) / max(1, int(ramp * epochs / cycles)), 1.0
            )
        )
    ),
    "Every cycle has 22 / 4 epochs in your code, as in the notebook. epochs and cycles are arguments.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch % 5.5 / (ramp * 5.5), 1.0)
    ),
    "The ramp is 0.5 in your code, as in the notebook. It is an argument.": _schedule(
        lambda epoch, epochs, cycles, ramp: beta(epoch, epochs, cycles, 0.5)
    ),
    "beta is 1 in the last epoch, whatever the ramp is. Where the ramp is long, it should be below 1.": _schedule(
        lambda epoch, epochs, cycles, ramp: 1.0 if epoch == epochs - 1 else beta(epoch, epochs, cycles, ramp)
    ),
    "beta rises as a square. It should rise in a straight line.": _schedule(
        lambda epoch, epochs, cycles, ramp: beta(epoch, epochs, cycles, ramp) ** 2
    ),
    **{
        f"You rounded beta to {digits} digit{'s' * (digits > 1)}.": _schedule(
            lambda epoch, epochs, cycles, ramp, digits=digits: round(beta(epoch, epochs, cycles, ramp), digits)
        )
        for digits in (1, 2, 3)
    },
    **{
        f"beta never falls below {least:g}. Each cycle starts at 0.": _schedule(
            lambda epoch, epochs, cycles, ramp, least=least: max(least, beta(epoch, epochs, cycles, ramp))
        )
        for least in (0.001, 0.01, 0.05, 0.1)
    },
    "beta stops at ramp. It rises to 1: divide by ramp, and take the smaller of that and 1.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(epoch * cycles % epochs / epochs, ramp)
    ),
    "beta is 1 in every epoch: that is no annealing.": _schedule(lambda epoch, epochs, cycles, ramp: 1.0),
    "You took 1 off the epoch. The first epoch is 0 already.": _schedule(
        lambda epoch, epochs, cycles, ramp: beta(epoch - 1, epochs, cycles, ramp)
    ),
    "The beginning of each cycle is rounded down to a whole epoch. A cycle may begin between two epochs.": _schedule(
        lambda epoch, epochs, cycles, ramp: min(
            (epoch - epoch * cycles // epochs * epochs // cycles) * cycles / epochs / ramp, 1.0
        )
    ),
    "The cycle's length is rounded down to whole epochs, and the epochs that are left over are at 1.": _schedule(
        lambda epoch, epochs, cycles, ramp: (
            1.0
            if epoch >= epochs // cycles * cycles
            else min(epoch % (epochs // cycles) / (epochs // cycles) / ramp, 1.0)
        )
    ),
    "The schedule is that of 22 epochs, 4 cycles and a ramp of 0.5, as in the notebook. They are arguments.": (
        _schedule(lambda epoch, epochs, cycles, ramp: beta(epoch, 22, 4, 0.5))
    ),
    **{
        f"You count one cycle {word}: your schedule is that of cycles {sign} 1 cycles.": _schedule(
            lambda epoch, epochs, cycles, ramp, more=more: beta(epoch, epochs, cycles + more, ramp)
        )
        for word, sign, more in (("less", "-", -1), ("more", "+", 1))
    },
    "You count one cycle less wherever there are several.": _schedule(
        lambda epoch, epochs, cycles, ramp: beta(epoch, epochs, max(1, cycles - 1), ramp)
    ),
    "beta is 0 in every epoch.": _schedule(lambda epoch, epochs, cycles, ramp: 0.0),
}
# The same in a formula that a computer rounds otherwise.
FRACTION_ROUNDED_DOWN = _schedule(
    lambda epoch, epochs, cycles, ramp: min(
        int(epoch * cycles / epochs % 1 * (epochs / cycles)) / (ramp * (epochs / cycles)), 1.0
    )
)
