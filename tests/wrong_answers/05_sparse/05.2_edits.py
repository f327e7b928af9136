"""Wrong answers to 05.2 activity_report that are a right answer but for a line or two."""


class unchanged:
    """The broken code, as it was."""

    MESSAGE = "two faults are at work here. Absolute values"
    EDIT = (
        ("active = z > threshold", "active = np.abs(z) > threshold"),
        ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(active, axis=0))"),
        ("np.sum(~active.any(axis=0))", "np.sum(np.abs(z).mean(axis=0) <= threshold)"),
    )


class absolute_left:
    """The absolute value is left everywhere, the other two faults are mended."""

    MESSAGE = "active units per example: a unit far below 0"
    EDIT = ("active = z > threshold", "active = np.abs(z) > threshold")


class axis_left:
    """The first number is counted along the wrong axis."""

    MESSAGE = "active units per example: examples and units are exchanged"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(active, axis=0))")


class absolute_and_mean_left:
    """Only the axis is mended."""

    MESSAGE = "active units per example: a unit far below 0"
    EDIT = (
        ("active = z > threshold", "active = np.abs(z) > threshold"),
        ("np.sum(~active.any(axis=0))", "np.sum(np.abs(z).mean(axis=0) <= threshold)"),
    )


class axis_and_mean_left:
    """Only the absolute value is mended."""

    MESSAGE = "active units per example: examples and units are exchanged"
    EDIT = (
        ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(active, axis=0))"),
        ("np.sum(~active.any(axis=0))", "np.sum(z.mean(axis=0) <= threshold)"),
    )


class at_threshold:
    """A value at the threshold counts."""

    MESSAGE = "active units per example: a value equal to the threshold is not active, and yours is"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(z >= threshold, axis=1))")


class share:
    """A share of all values."""

    MESSAGE = "active units per example: you returned the share of active values"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(active)")


class share_of_sizes:
    """A share of all absolute values."""

    MESSAGE = "active units per example: you returned a share of all values; and"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.abs(z) > threshold)")


class percent:
    """A percentage."""

    MESSAGE = "active units per example: you returned a percentage"
    EDIT = ("np.mean(np.sum(active, axis=1))", "100 * np.mean(active)")


class total:
    """Summed over the batch."""

    MESSAGE = "active units per example: you added up over the examples, too"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.sum(active)")


class above_zero:
    """Everything above 0 is active."""

    MESSAGE = "active units per example: you left the threshold out, and counted values greater"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(z > 0, axis=1))")


class not_zero:
    """Everything but 0 is active."""

    MESSAGE = "active units per example: you left the threshold out, and counted values other"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.count_nonzero(z, axis=1))")


class means:
    """Mean values are compared."""

    MESSAGE = "active units per example: you compared the mean of each unit"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.sum(z.mean(axis=0) > threshold)")


class mean_sizes:
    """Mean absolute values are compared."""

    MESSAGE = "active units per example: you compared the mean absolute value"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.sum(np.abs(z).mean(axis=0) > threshold)")


class live:
    """Units that are ever active."""

    MESSAGE = "active units per example: you counted the units that are active at least once"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.sum(active.any(axis=0))")


class median:
    """The median."""

    MESSAGE = "active units per example: you took the median"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.median(np.sum(active, axis=1))")


class largest:
    """The maximum."""

    MESSAGE = "active units per example: you took the largest"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.max(np.sum(active, axis=1))")


class rounded:
    """A whole number."""

    MESSAGE = "active units per example: you rounded the mean"
    EDIT = ("np.mean(np.sum(active, axis=1))", "round(np.mean(np.sum(active, axis=1)))")


class truncated:
    """A whole number, by int."""

    MESSAGE = "active units per example: you cut off"
    EDIT = ("np.mean(np.sum(active, axis=1))", "int(np.mean(np.sum(active, axis=1)))")


class of_live_units:
    """A share of the units that live."""

    MESSAGE = "active units per example: you divided by the number of live units"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(active, axis=1)) / np.sum(active.any(axis=0))")


class values_added:
    """Values are summed."""

    MESSAGE = "active units per example: you added up the values of the active"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(z * active, axis=1))")


class l1:
    """The L1 norm."""

    MESSAGE = "active units per example: you added up absolute values: that is L1"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(np.abs(z), axis=1))")


class first_example:
    """One example."""

    MESSAGE = "active units per example: you counted in the first example alone"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.sum(active[0])")


class off:
    """Units that are off."""

    MESSAGE = "active units per example: you counted the units that are off"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(~active, axis=1))")


class relative:
    """The threshold is taken for a share of the largest value."""

    MESSAGE = "active units per example: you compared with the threshold times"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(z > threshold * z.max(), axis=1))")


class not_always_on:
    """Only units that vary count."""

    MESSAGE = "active units per example: you left out the units that are always on"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.mean(np.sum(active, axis=1)) - np.sum(active.all(axis=0))")


class dead_by_mean_size:
    """The mean of absolute values decides who is dead: two faults are left."""

    MESSAGE = "dead units: two faults are at work here: the mean"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(np.abs(z).mean(axis=0) <= threshold)")


class dead_by_mean:
    """The mean decides who is dead."""

    MESSAGE = "dead units: you compared the mean of each unit"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(z.mean(axis=0) <= threshold)")


class dead_by_size:
    """Absolute values decide who is dead."""

    MESSAGE = "dead units: a unit far below 0 is off"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum((np.abs(z) <= threshold).all(axis=0))")


class dead_by_sum:
    """Sums decide."""

    MESSAGE = "dead units: you compared the sum of each unit"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(z.sum(axis=0) <= threshold)")


class dead_by_median:
    """Medians decide."""

    MESSAGE = "dead units: you compared the median of each unit"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(np.median(z, axis=0) <= threshold)")


class dead_below:
    """A unit at the threshold lives."""

    MESSAGE = "dead units: a value equal to the threshold is not active: a unit"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum((z < threshold).all(axis=0))")


class dead_is_zero:
    """Only a unit of zeros is dead."""

    MESSAGE = "dead units: you asked whether all values are exactly 0"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum((z == 0).all(axis=0))")


class dead_ignores_threshold:
    """0 for the threshold."""

    MESSAGE = "dead units: you left the threshold out, and took 0"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(z.max(axis=0) <= 0)")


class dead_examples:
    """Examples in place of units."""

    MESSAGE = "dead units: you counted examples in which no unit is active"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(~active.any(axis=1))")


class dead_sometimes:
    """any for all."""

    MESSAGE = "dead units: you counted units that are off in some example"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum((~active).any(axis=0))")


class dead_alive:
    """The others."""

    MESSAGE = "dead units: you counted the units that are not dead"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(active.any(axis=0))")


class dead_exchanged:
    """Dead and always-on are returned in the wrong order."""

    MESSAGE = "you returned the number of always-on units here"
    EDIT = ("return active_per_example, dead, always_on", "return active_per_example, always_on, dead")


class dead_share:
    """A share."""

    MESSAGE = "dead units: you returned the share of dead units"
    EDIT = ("np.sum(~active.any(axis=0))", "np.mean(~active.any(axis=0))")


class dead_percent:
    """A percentage."""

    MESSAGE = "dead units: you returned a percentage"
    EDIT = ("np.sum(~active.any(axis=0))", "100 * np.mean(~active.any(axis=0))")


class dead_rare:
    """Whoever is rarely active is called dead."""

    MESSAGE = "dead units: you counted the units that are active in less than 10%"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(active.mean(axis=0) < 0.1)")


class dead_constant:
    """A unit without variance."""

    MESSAGE = "dead units: you counted units that never change"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(z.std(axis=0) == 0)")


class dead_values:
    """Values in place of units."""

    MESSAGE = "dead units: you counted single values"
    EDIT = ("np.sum(~active.any(axis=0))", "np.sum(~active)")


class dead_mean_off:
    """A mean count."""

    MESSAGE = "dead units: you took the mean number of units that are off"
    EDIT = ("np.sum(~active.any(axis=0))", "np.mean(np.sum(~active, axis=1))")


class dead_any:
    """A boolean."""

    MESSAGE = "dead units: you asked whether there are any"
    EDIT = ("np.sum(~active.any(axis=0))", "np.any(~active.any(axis=0))")


class dead_one_per_unit:
    """A vector of booleans."""

    MESSAGE = "For the dead units you returned one for each unit"
    EDIT = ("np.sum(~active.any(axis=0))", "~active.any(axis=0)")


class always_by_size:
    """Absolute values decide who is always on."""

    MESSAGE = "always-on units: a unit far below 0"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum((np.abs(z) > threshold).all(axis=0))")


class always_by_mean:
    """The mean decides."""

    MESSAGE = "always-on units: you compared the mean of each unit"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum(z.mean(axis=0) > threshold)")


class always_by_mean_size:
    """The mean size decides."""

    MESSAGE = "always-on units: you compared the mean absolute value"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum(np.abs(z).mean(axis=0) > threshold)")


class always_sometimes:
    """any for all."""

    MESSAGE = "always-on units: you counted the units that are active in some example"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum(active.any(axis=0))")


class always_at_threshold:
    """At the threshold counts."""

    MESSAGE = "always-on units: a value equal to the threshold is not active, and yours is"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum((z >= threshold).all(axis=0))")


class always_above_zero:
    """0 for the threshold."""

    MESSAGE = "always-on units: you left the threshold out, and took 0"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum((z > 0).all(axis=0))")


class always_examples:
    """Examples in place of units."""

    MESSAGE = "always-on units: you counted examples in which all units"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum(active.all(axis=1))")


class always_dead:
    """Dead units again."""

    MESSAGE = "always-on units: you returned the number of dead units here"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum(~active.any(axis=0))")


class always_share:
    """A share."""

    MESSAGE = "always-on units: you returned their share"
    EDIT = ("np.sum(active.all(axis=0))", "np.mean(active.all(axis=0))")


class always_mostly:
    """Nine of ten will do."""

    MESSAGE = "always-on units: you counted the units that are active in more than 90%"
    EDIT = ("np.sum(active.all(axis=0))", "np.sum(active.mean(axis=0) > 0.9)")


class always_all:
    """All of everything."""

    MESSAGE = "always-on units: you asked whether all values of all units"
    EDIT = ("np.sum(active.all(axis=0))", "active.all()")


class one_number:
    """Only the first number is returned."""

    MESSAGE = "dead, always on). Received"
    EDIT = ("return active_per_example, dead, always_on", "return active_per_example")


class counts_not_averaged:
    """One count for each example."""

    MESSAGE = "For the active units per example you returned one for each example"
    EDIT = ("np.mean(np.sum(active, axis=1))", "np.sum(active, axis=1)")
