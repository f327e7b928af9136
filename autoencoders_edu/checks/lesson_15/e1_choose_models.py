"""15.1 choose_models: which model, within limits, by measurements."""

from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import Failed, expect, expect_keys, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "15.1",
    "choose_models",
    points=2,
    minutes=8,
    why='"Which model is best?" has no answer. "Best at what, within which limits?" has one, and it can be measured.',
    hints=(
        "Turn each limit into the unit of a row of the table first. How many milliseconds does one of 5000 pictures "
        "per second have? And one of ten million in 5 hours?",
        "Cross out the models that break a limit, and only then compare the number that decides. Which rows does a "
        "case need: scoring, finding a code, or drawing?",
        "A game and a catalogue ask for the same thing, with different time. A radio link and a slider both use codes: "
        "does each of them judge a picture of a code that was found, or of one in between?",
    ),
    on_success="Limits first, then the one number that counts. Each model won somewhere, and none of them everywhere.",
)
def check_choose_models(probe):
    answer = _asked(probe)
    expect_keys(answer, CASES, "choose_models")
    for key in CASES:
        expect(answer[key] is not None, f'choose_models["{key}"] is None. Put the name of a model there.')
        expect_word(answer[key], MODELS, f'choose_models["{key}"] should be')
    wrong = [text for key, case in CASES.items() if (text := case.objection(answer[key]))]
    if wrong:
        raise Failed("\n".join(wrong))


def _asked(probe):
    try:
        return ask_for(probe, "choose_models", "Set it to the dict with its six keys and a model for each.")
    except Failed as failed:
        if not str(failed).startswith("Your code returned a function"):
            raise
        raise Failed("choose_models is a function. Set it to the dict itself: choose_models = {...}.") from None


MODELS = ("pca", "autoencoder", "vae", "gan", "diffusion")
WORKSHOP = {
    "ms to score a picture": (0.02, 0.4, 0.5, 40, 900),
    "average precision": (0.71, 0.83, 0.80, 0.35, 0.86),
    "nats per image": (1510, np.nan, 1320, np.nan, 1240),
    "numbers in a code": (16, 16, 16, 16, 1024),
    "ms to find a code": (0.02, 0.3, 0.3, 40, 250),
    "dB from the code": (24.1, 29.3, 27.0, 19.5, 45.0),
    "distance halfway": (35, 18, 10, 21, 160),
    "ms to draw a picture": (0.02, 0.3, 0.3, 0.5, 250),
    "distance of drawings": (30, 11, 9, 3.1, 1.9),
    "sharpness": (0.31, 0.62, 0.58, 0.93, 0.97),
}


def measured(row, model):
    """One number of the notebook's table."""
    return WORKSHOP[row][MODELS.index(model)]


@dataclass(frozen=True)
class Case:
    """Limits, and the row that decides among the models within them.

    Attributes:
        limits: (row, least, most, what to say of a model outside, in sentences with its number as {:g}).
        decides: the row that decides.
        sign: 1 if more is better, -1 if less is.
    """

    limits: tuple
    decides: str
    sign: int

    def broken(self, model):
        """What to say of the limits that the model breaks."""
        values = [(measured(row, model), least, most, said) for row, least, most, said in self.limits]
        return [said.format(value) for value, least, most, said in values if not least <= value <= most]

    def gives_number(self, model):
        """Whether the model has a number in the row that decides."""
        return not np.isnan(measured(self.decides, model))

    def within(self):
        return [model for model in MODELS if self.gives_number(model) and not self.broken(model)]

    def best(self):
        return max(self.within(), key=lambda model: self.sign * measured(self.decides, model))

    def objection(self, model):
        """What to say of a wrong choice; None if it is right."""
        name = next(name for name, case in CASES.items() if case is self)
        if model == self.best():
            return None
        chosen = f'"{name}": you chose "{model}".'
        broken = self.broken(model)
        if broken:
            chosen = " ".join([chosen, "It is outside the limits.", *broken])
        if not self.gives_number(model):
            return f'{chosen} It has no number in the row "{self.decides}" (NaN), which decides.'
        if broken:
            return chosen
        better = "larger" if self.sign > 0 else "smaller"
        return f'{chosen} It is within the limits, but another model within them has a {better} "{self.decides}".'


def _at_most(row, most, said):
    return row, -np.inf, most, said


CASES = {
    "conveyor": Case(
        (
            _at_most(
                "ms to score a picture",
                0.2,
                "It takes {:g} ms to score a picture. How many ms has each of 5000 pictures per second?",
            ),
        ),
        "average precision",
        1,
    ),
    "catalogue": Case(
        (_at_most("ms to draw a picture", 21600, "It takes {:g} ms to draw a picture."),), "distance of drawings", -1
    ),
    "game": Case(
        (
            _at_most(
                "ms to draw a picture",
                1000 / 600,
                "It takes {:g} ms to draw a picture. How long is a tenth of 1/60 of a second?",
            ),
            ("sharpness", 0.5, np.inf, "The sharpness of its pictures is {:g}, and 0.5 is the least."),
        ),
        "distance of drawings",
        -1,
    ),
    "radio": Case(
        (
            _at_most("numbers in a code", 16, "Its code has {:g} numbers. How many fit into 64 bytes?"),
            _at_most("ms to find a code", 1, "It takes {:g} ms to find a code, and 1 ms is allowed."),
        ),
        "dB from the code",
        1,
    ),
    "archive": Case(
        (
            _at_most(
                "ms to score a picture",
                1.8,
                "It takes {:g} ms to score a picture. How many ms has each of ten million pictures in 5 hours?",
            ),
        ),
        "nats per image",
        -1,
    ),
    "slider": Case(
        (
            _at_most("ms to find a code", 50, "It takes {:g} ms to find a code, and two are wanted within 100 ms."),
            _at_most("ms to draw a picture", 40, "It takes {:g} ms to decode a code, and 25 are wanted per second."),
        ),
        "distance halfway",
        -1,
    ),
}
