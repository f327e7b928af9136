"""12.4 fair_distances: Fréchet distances at one n, against test images, with a floor; repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_12.distance_slips import MISTAKES, Measured, right
from autoencoders_edu.checks.lesson_12.slips import expect_without_slips
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "12.4",
    "fair_distances",
    points=3,
    minutes=10,
    why="A distance is biased upwards, and the more so the fewer rows there are. Compared at different "
    "n, the model with "
    "the most samples wins.",
    hints=(
        "Which sets enter any of the distances that you return? The smallest of them decides how many rows all of them "
        "may have.",
        "Whose images has the copier never seen? And which two sets of real images can show how far apart real images "
        "are, if no model was trained on either?",
        "The floor is a distance to the test images like all the others. What would you have to add to `models` to get "
        "it in the same loop?",
    ),
    on_success="One n for all, images that no model was trained on, and a floor that says what the "
    "numbers would be for "
    "real images.",
)
def check_fair_distances(probe):
    cases = draw_cases(probe.rng)
    answers = [_distances(probe.call("fair_distances", *case), case[0]) for case in cases]
    expect_same_again(answers[0], _distances(probe.call("fair_distances", *cases[0]), cases[0][0]), DRAWN)
    measured = [(*case, Measured()) for case in cases]
    expect_without_slips(
        answers,
        [right(*case) for case in measured],
        measured,
        MISTAKES,
        otherwise="For each model, the Fréchet distance between the first n rows of its features and the "
        "first n of the "
        "test images'; as the floor, that between the first n of the validation and of the test images. n is the "
        "number of rows of the smallest set among models, validation and test.",
        describe=_described,
        rtol=1e-4,
        atol=1e-7,
    )


DRAWN = (
    "Called twice with the same arguments, your function returned two different results. Take the first n rows of each "
    "set, without drawing."
)


def _described(case):
    models, *real, _ = case
    sizes = ", ".join(f"{name} {len(features)}" for name, features in models.items())
    train, validation, test = map(len, real)
    return (
        f"models with rows [{sizes}], {train} training, {validation} validation and {test} test images (first the "
        'models\' distances, then the "floor")'
    )


def _distances(value, models):
    """The models' distances and the floor, nan where there is none; `Failed` for other values."""
    expect(isinstance(value, dict), f"fair_distances should return a dict. Received: {brief(value)}.")
    missing = [name for name in models if name not in value]
    expect(not missing, f"The dict lacks the models {', '.join(map(repr, missing))}. Received: {brief(value)}.")
    more = [name for name in value if name not in (*models, "floor")]
    expect(
        not more,
        f'The dict should have a key for each model and "floor". It also has {", ".join(map(repr, more))}.',
    )
    return np.array([_number(value[name], name) for name in models] + [_number(value.get("floor", np.nan), "floor")])


def _number(value, name):
    numbers = as_numbers(value)
    if numbers is None or numbers.size != 1:
        raise Failed(f'The value of "{name}" should be one number. Received: {brief(value)}.')
    return float(numbers.reshape(()))


# How many rows the models and the real sets have: each of them is the smallest once, the training images as well.
SIZES = (
    ((45, 33), 25, 38, 26),
    ((50, 37), 44, 24, 32),
    ((28,), 18, 36, 41),
    ((40, 22, 31), 35, 27, 29),
)
NAMES = ("copier", "vae", "coins", "flow", "gan", "mixture")


def draw_cases(rng):
    """(models, train, validation, test): features (n, d) with an n of their own."""
    cases = []
    for of_models, *of_real in SIZES:
        d = int(rng.integers(2, 5))
        names = rng.permutation(NAMES)[: len(of_models)].tolist()
        order = rng.permutation(of_models) + 0
        models = {name: _features(rng, n, d, 0.6) for name, n in zip(names, order.tolist(), strict=True)}
        cases.append((models, *(_features(rng, n, d, 0.2) for n in of_real)))
    models, *real = cases[1]
    cases[1] = {name: each.astype("float32") for name, each in models.items()}, *real
    return cases


def _features(rng, n, d, apart):
    n = n + int(rng.integers(3))
    return rng.normal(size=(n, d)) * rng.uniform(0.7, 1.5, d) + rng.uniform(-apart, apart, d)
