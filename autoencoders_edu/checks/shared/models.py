"""Making a learner's model from its class, and asking it for batches of any size."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, LearnerError


def make_from_class(probe, name, **arguments):
    """name(*arguments) on the learner's side; `Failed` if `name` is a model and not its class, or the learner's error.

    Args:
        probe: a `Probe`.
        name: of the class in the notebook.
        arguments: of its constructor, in their order; the message shows their names.
    """
    try:
        return probe.make(name, *arguments.values())
    except LearnerError as error:
        try:
            probe.remote(name).get("__name__")  # a class has one, a model has not
        except LearnerError:
            raise Failed(
                f"{name} is a model in your notebook, but should be its class: the check makes models of its own, "
                f"{name}({', '.join(arguments)}).\n{error}"
            ) from None
        raise


def expect_any_batch(model, x, sizes, advice, **options):
    """The model runs with the batch x; otherwise `Failed`, with the one of these sizes that does, or the error.

    Args:
        model: a `Remote`.
        x: a batch of another size.
        sizes: that a learner may have written into the code.
        advice: a sentence that says where the size can be had.
        options: of the call, such as training.
    """
    try:
        model.make("", x, **options)
    except LearnerError as error:
        for size in sizes:
            if runs(model.make, "", np.zeros((size, *x.shape[1:]), "float32"), **options):
                raise Failed(f"Your model runs only with batches of {size}. {advice}\n{error}") from None
        raise


def runs(call, *arguments, **options):
    """Whether the call raises no error of the learner's code."""
    try:
        call(*arguments, **options)
    except LearnerError:
        return False
    return True
