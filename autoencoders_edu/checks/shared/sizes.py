"""Code that runs for the notebook's sizes alone."""

from autoencoders_edu.exercises.expect import Failed, LearnerError, fits


def call_for_any_size(probe, name, inputs, usual, sizes, expected=None):
    """The value of name(*inputs). `Failed` if that raises, but a call with the notebook's sizes does not.

    Args:
        probe: a `Probe`.
        name: of the learner's function.
        inputs: what the check asks about, of any sizes.
        usual: arguments of the sizes that the notebook has.
        sizes: these sizes in words, such as "28 x 28 pixels".
        expected: the right answer for `usual`; if given, sizes are to blame only where that is what the call returns.

    Raises:
        Failed: when the sizes are to blame.
        LearnerError: when the learner's code raises for either.
    """
    try:
        return probe.call(name, *inputs)
    except LearnerError as error:
        if not _is_answered(probe, name, usual, expected):
            raise
        raise Failed(
            f"{name} works for {sizes}, as in the notebook, and for no other size: is that number written into your "
            f"code? Take sizes from the arguments' shapes.\n{error}"
        ) from None


def _is_answered(probe, name, usual, expected):
    try:
        value = probe.call(name, *usual)
    except LearnerError:
        return False
    return expected is None or fits(value, expected, rtol=1e-3, atol=1e-5)
