"""Answers that work for the notebook's sizes alone."""

from autoencoders_edu.exercises.expect import Failed, LearnerError


def call_for_any_size(probe, name, arguments, notebooks, sizes):
    """The value of name(*arguments). `Failed` if that raises, but a call with the notebook's sizes does not.

    Args:
        probe: a `Probe`.
        name: of the learner's function.
        arguments: what the check asks about.
        notebooks: arguments of the sizes that the notebook has.
        sizes: these sizes in words, such as "28 x 28 pixels".

    Raises:
        Failed: when the sizes are to blame.
        LearnerError: when the learner's code raises for either.
    """
    try:
        return probe.call(name, *arguments)
    except LearnerError as error:
        try:
            probe.call(name, *notebooks)
        except Exception:
            raise error from None
        raise Failed(
            f"{name} works for {sizes}, as in the notebook, and for no other size: is that number written into your "
            f"code? Take sizes from the arguments' shapes.\n{error}"
        ) from None
