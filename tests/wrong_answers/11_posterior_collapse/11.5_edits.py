"""Wrong answers to 11.5 anneal that are a right answer but for a line or two."""


class falling:
    """beta is believed to fall, as learning rates do."""

    MESSAGE = "beta falls within each cycle"
    EDIT = ("min(1.0, passed / ramp)", "1 - min(1.0, passed / ramp)")


class from_one:
    """Epochs are counted from 1."""

    MESSAGE = "the first of a cycle is not at 0"
    EDIT = ("epochs % 1", "epochs % 1 + cycles / epochs")


class from_one_and_over:
    """Epochs are counted from 1, before the remainder is taken."""

    MESSAGE = "already belongs to the next"
    EDIT = ("epoch * cycles", "(epoch + 1) * cycles")


class jump:
    """beta is switched on at the end of the ramp."""

    MESSAGE = "beta jumps from 0 to 1"
    EDIT = ("min(1.0, passed / ramp)", "1.0 if passed >= ramp else 0.0")


class largest:
    """The larger of 1 and the ramp is still taken."""

    MESSAGE = "as you take the larger of 1 and the ramp"
    EDIT = ("min(", "max(")


class no_cycles:
    """beta rises once."""

    MESSAGE = "the cycles are missing"
    EDIT = (" % 1", "")


class only_the_rounding:
    """One fault is mended, and the two others stay."""

    MESSAGE = "there is more than one fault left"
    EDIT = ("min(1.0, passed / ramp)", "max(1.0, passed / (ramp * cycles))")


class other_part:
    """The ramp is taken for the part in which beta stays."""

    MESSAGE = "You let it rise in the other part"
    EDIT = ("passed / ramp", "passed / (1 - ramp)")


class past_one:
    """beta goes on rising after the ramp."""

    MESSAGE = "beta goes on rising past 1"
    EDIT = ("min(1.0, passed / ramp)", "passed / ramp")


class ramp_left_out:
    """beta rises over the whole cycle."""

    MESSAGE = "You left ramp out"
    EDIT = ("passed / ramp", "passed")


class ramp_multiplied:
    """The ramp is multiplied onto what has passed."""

    MESSAGE = "You multiplied by ramp"
    EDIT = ("passed / ramp", "ramp * passed")


class ramp_of_the_training:
    """The ramp is still a fraction of the whole training."""

    MESSAGE = "a fraction of the whole training"
    EDIT = ("passed / ramp", "passed / (ramp * cycles)")


class rounded:
    """The length of a cycle is still rounded down."""

    MESSAGE = "begin one more cycle at the end"
    EDIT = ("epoch * cycles / epochs % 1", "epoch / (epochs // cycles) % 1")


class cosine:
    """beta rises as a cosine, as in some papers."""

    MESSAGE = "beta rises as a cosine"
    EDIT = ("min(1.0, passed / ramp)", "0.5 - 0.5 * np.cos(np.pi * min(1.0, passed / ramp))")


class length_for_number:
    """cycles is taken for the length of a cycle."""

    MESSAGE = "You took cycles for the length of a cycle"
    EDIT = ("epoch * cycles / epochs % 1", "epoch % cycles / cycles")


class rounded_cycle:
    """The length of a cycle is rounded down, that of the ramp is not."""

    MESSAGE = "and its ramp is not"
    EDIT = ("epoch * cycles / epochs % 1", "epoch % (epochs // cycles) * cycles / epochs")


class whole_ramp:
    """The ramp is a whole number of epochs."""

    MESSAGE = "You rounded the ramp down"
    EDIT = (
        ("epoch * cycles / epochs % 1", "epoch % (epochs / cycles)"),
        ("passed / ramp", "passed / max(1, int(ramp * epochs / cycles))"),
    )


class twenty_two:
    """The notebook's 22 epochs and 4 cycles."""

    MESSAGE = "Every cycle has 22 / 4 epochs"
    EDIT = ("epoch * cycles / epochs % 1", "epoch / 5.5 % 1")


class no_cycles_at_all:
    """beta rises over a fraction of the training."""

    MESSAGE = "beta rises only once"
    EDIT = ("epoch * cycles / epochs % 1", "epoch / epochs")


class ramp_in_epochs:
    """ramp is taken for a number of epochs."""

    MESSAGE = "a percentage. It is a fraction of a cycle"
    EDIT = ("epoch * cycles / epochs % 1", "epoch % (epochs / cycles)")


class last_epoch_forced:
    """The last epoch is set to 1, so that the kept model pays for its KL."""

    MESSAGE = "beta is 1 in the last epoch"
    EDIT = ("return min(1.0, passed / ramp)", "return 1.0 if epoch == epochs - 1 else min(1.0, passed / ramp)")


class squared:
    """beta rises as a square."""

    MESSAGE = "beta rises as a square"
    EDIT = ("return min(1.0, passed / ramp)", "return min(1.0, (passed / ramp) ** 2)")


class stops_at_ramp:
    """beta stops at ramp."""

    MESSAGE = "beta stops at ramp"
    EDIT = ("return min(1.0, passed / ramp)", "return min(ramp, passed)")


class never_zero:
    """beta never falls to 0, for stability."""

    MESSAGE = "beta never falls below 0.1"
    EDIT = ("return min(1.0, passed / ramp)", "return max(0.1, min(1.0, passed / ramp))")


class rounded_starts:
    """The remainder of a division by the cycle's length, which a computer rounds."""

    MESSAGE = "A computer rounds epochs / cycles"
    EDIT = ("epoch * cycles / epochs % 1", "epoch % (epochs / cycles) / (epochs / cycles)")


class rounded_shares:
    """The remainder of a division by a cycle's share of the training, which a computer rounds."""

    MESSAGE = "A computer rounds 1 / cycles"
    EDIT = ("epoch * cycles / epochs % 1", "epoch / epochs % (1 / cycles) * cycles")


class last_epoch_completes:
    """The last epoch is believed to complete the last cycle."""

    MESSAGE = "epochs - 1 epochs in your code"
    EDIT = ("epoch * cycles / epochs % 1", "epoch * cycles / (epochs - 1) % 1")


class waits_first:
    """beta waits for the ramp, and rises afterwards."""

    MESSAGE = "beta stays at 0 for the first part of the cycle"
    EDIT = ("min(1.0, passed / ramp)", "max(0.0, (passed - ramp) / (1 - ramp))")


class rises_last:
    """beta rises at the end of the cycle."""

    MESSAGE = "beta rises in the last part of the cycle"
    EDIT = ("min(1.0, passed / ramp)", "max(0.0, (passed - 1 + ramp) / ramp)")


class order_of_arguments:
    """epochs and cycles in the other order."""

    MESSAGE = "You exchanged epochs and cycles"
    EDIT = ("epoch * cycles / epochs % 1", "epoch * epochs / cycles % 1")


class whole_epochs_passed:
    """The epochs since the cycle began are rounded down."""

    MESSAGE = "You rounded down the epochs that have passed"
    EDIT = ("epoch * cycles / epochs % 1", "epoch * cycles % epochs // cycles * cycles / epochs")


class starts_at_whole_epochs:
    """Each cycle begins with the nearest whole epoch."""

    MESSAGE = "You rounded the beginning of each cycle"
    EDIT = (
        "return min(1.0, passed / ramp)",
        "length = epochs / cycles\n"
        "    passed = (epoch - round(int(epoch / length) * length)) / length\n"
        "    return max(0.0, min(1.0, passed / ramp))",
    )


class nearest_length:
    """The cycle's length is rounded to whole epochs."""

    MESSAGE = "rounded to the nearest number of whole epochs"
    EDIT = ("epoch * cycles / epochs % 1", "epoch % round(epochs / cycles) / round(epochs / cycles)")


class multiplied_first:
    """The passed part of a cycle is multiplied by cycles, and the ramp is not."""

    MESSAGE = "is no number of epochs: it rises"
    EDIT = (
        ("epoch * cycles / epochs % 1", "epoch * cycles % epochs"),
        ("passed / ramp", "passed / (ramp * epochs / cycles)"),
    )


class rounded_up_by_half:
    """The cycle's length is rounded by adding a half."""

    MESSAGE = "rounded to the nearest number of whole epochs"
    EDIT = ("epoch * cycles / epochs % 1", "epoch % int(epochs / cycles + 0.5) / int(epochs / cycles + 0.5)")


class always_one:
    """beta is 1."""

    MESSAGE = "beta is 1 in every epoch"
    EDIT = ("return min(1.0, passed / ramp)", "return 1.0")


class one_off:
    """The epoch is believed to begin at 1."""

    MESSAGE = "You took 1 off the epoch"
    EDIT = ("epoch * cycles", "(epoch - 1) * cycles")


class starts_rounded_down:
    """Each cycle begins with a whole epoch."""

    MESSAGE = "The beginning of each cycle is rounded down"
    EDIT = (
        "return min(1.0, passed / ramp)",
        "passed = (epoch - epoch * cycles // epochs * epochs // cycles) * cycles / epochs\n"
        "    return min(1.0, passed / ramp)",
    )


class rest_at_one:
    """The epochs that are left over are at 1."""

    MESSAGE = "and the epochs that are left over are at 1"
    EDIT = (
        "return min(1.0, passed / ramp)",
        "length = epochs // cycles\n"
        "    passed = (epoch - min(epoch // length, cycles - 1) * length) / length\n"
        "    return min(1.0, passed / ramp)",
    )


class notebook:
    """The notebook's numbers."""

    MESSAGE = "The schedule is that of 22 epochs"
    EDIT = (("epoch * cycles / epochs % 1", "epoch * 4 / 22 % 1"), ("passed / ramp", "passed / 0.5"))


class one_cycle_less:
    """One cycle less."""

    MESSAGE = "You count one cycle less:"
    EDIT = ("epoch * cycles / epochs % 1", "epoch * (cycles - 1) / epochs % 1")


class one_cycle_less_of_several:
    """One cycle less, and at least one."""

    MESSAGE = "You count one cycle less wherever"
    EDIT = ("epoch * cycles / epochs % 1", "epoch * max(1, cycles - 1) / epochs % 1")


class one_cycle_more:
    """One cycle more."""

    MESSAGE = "You count one cycle more"
    EDIT = ("epoch * cycles / epochs % 1", "epoch * (cycles + 1) / epochs % 1")


class logistic:
    """A logistic curve."""

    MESSAGE = "a logistic curve of slope 10."
    EDIT = ("return min(1.0, passed / ramp)", "return 1 / (1 + np.exp(-10 * (min(1.0, passed / ramp) - 0.5)))")
