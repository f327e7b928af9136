"""01.4 read_reconstruction: what is wrong with a batch of reconstructions."""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.drawings import CASES, ONE_ORDER, WORDS, all_errors, batch_with, gains
from autoencoders_edu.checks.shared.misreadings import misconception
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.4",
    "read_reconstruction",
    points=2,
    minutes=15,
    why="A bad loss does not say what is wrong. The drawings do, and each kind of trouble needs a different cure.",
    hints=(
        "Begin with the scale, because it affects every other comparison: what is the range of the drawings, and of x?",
        "A dead encoder: how much does one pixel of the drawings vary from image to image, that is along axis 0?",
        "Wrong order: compare each drawing with all originals of the batch. Which one does it resemble most?",
    ),
    on_success="You read drawings and not only a loss: the first thing to do when a training disappoints.",
)
def check_read_reconstruction(probe):
    readings = []
    for truth, manner in probe.rng.permutation(CASES).tolist():
        x, drawings = batch_with(probe.rng, truth, manner)
        answer = _read(probe, x, drawings)
        expect_word(answer, WORDS, "read_reconstruction should return")
        readings.append(
            Reading(truth, manner, answer, np.mean((x - drawings) ** 2), x.shape, _by_mistaken_order(x, drawings))
        )
    if all(reading.answer == reading.truth for reading in readings):
        return
    message, example = misconception(readings)
    raise Failed(
        f"{message}\nFor instance a batch of shape {example.shape} ({example.manner}): received "
        f'"{example.answer}", expected "{example.truth}".'
    )


def _batches(*shape):
    return tuple(np.random.default_rng(0).uniform(size=(2, *shape)).astype("float32"))


# Sizes that may be written into the code: those that the notebook has alone, before both of them.
FIXED = {
    "batches of six": _batches(6, 5, 11, 1),
    "28 x 28 pixels": _batches(5, 28, 28, 1),
    "six images of 28 x 28 pixels": _batches(6, 28, 28, 1),
}


def _read(probe, x, drawings):
    """What read_reconstruction says. `Failed` if it works for some sizes of the notebook's alone."""
    *others, (both, batches_of_both) = FIXED.items()
    for sizes, batches in others:
        with suppress(LearnerError):
            return call_for_any_size(probe, "read_reconstruction", (x, drawings), batches, sizes)
    return call_for_any_size(probe, "read_reconstruction", (x, drawings), batches_of_both, both)


@dataclass(frozen=True)
class Reading:
    """One batch, what is true of it, and what the learner's function said."""

    truth: str
    manner: str
    answer: str
    mse: float
    shape: tuple
    by_mistaken_order: dict  # as from `_by_mistaken_order`


NONE_IN_PLACE = (
    "You say `wrong order` only if not one drawing is at its place. Some of them may be: if only two changed places, "
    "that is a wrong order, too."
)
ONE_ORDER_ONLY = (
    "You try one wrong order, the batch {}. It can be shuffled in many ways, and perhaps only two drawings changed "
    "places: compare each drawing with all the originals."
)


def _by_mistaken_order(x, drawings):
    """From messages to the words of those who ask for one wrong order, on average or at every place, or for all."""
    errors = all_errors(x, drawings)
    nearest, by_order = errors.argmin(axis=0), gains(errors)
    words = {
        ONE_ORDER_ONLY.format(order): tuple(
            "wrong order" if fits else "good"
            for fits in (by_order[order] > 0, np.array_equal(nearest, change(np.arange(len(x)))))
        )
        for order, change in ONE_ORDER.items()
    }
    return words | {NONE_IN_PLACE: ("good" if np.any(nearest == np.arange(len(x))) else "wrong order",) * 2}
