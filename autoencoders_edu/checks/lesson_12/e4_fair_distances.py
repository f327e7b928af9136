"""12.4 fair_distances: Fréchet distances at one n, against test images, with a floor; repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_12.distance_slips import MISTAKES, Measured, common_rows, right
from autoencoders_edu.checks.lesson_12.slips import comparable, expect_without_slips
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect, fits
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
        "The floor is a distance to the test images like all the others. With a new dict that has all of `models` and "
        "one more entry (`models` itself stays as it is), one loop is enough. What is that entry?",
    ),
    on_success="One n for all, images that no model was trained on, and a floor that says what the "
    "numbers would be for "
    "real images.",
)
def check_fair_distances(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    expect_same_again(answers[0], _asked(probe, cases[0]), DRAWN)
    measured = [(*case, Measured()) for case in cases]
    expect_without_slips(
        answers,
        [right(*case) for case in measured],
        measured,
        MISTAKES,
        otherwise=f"{ASKED}{_what_else_counts(probe, cases, answers)}",
        describe=_described,
        rtol=1e-4,
        atol=1e-7,
    )


DRAWN = (
    "Called twice with the same arguments, your function returned two different results. Take the first n rows of each "
    "set, without drawing."
)


ASKED = (
    "For each model, the Fréchet distance between the first n rows of its features and the first n of the test "
    "images'; as the floor, that between the first n of the validation and of the test images. n is the number of "
    "rows of the smallest set among models, validation and test."
)


def _asked(probe, case):
    try:
        return _distances(probe.call("fair_distances", *case), case[0])
    except Failed as error:
        if "its argument `models` in place" in str(error):
            raise Failed(f"{error} For a dict, {{**models}} makes a new one, to which you may add.") from None
        raise


def _what_else_counts(probe, cases, answers):
    """What changes a wrong answer and has no part in a right one, in a sentence; "" if nothing does."""
    for (models, train, validation, test), answer in zip(cases, answers, strict=True):
        n = common_rows(models, train, validation, test)
        if fits(answer, right(models, train, validation, test, Measured()), 1e-4, 1e-7):
            continue
        others = {name: _after(n, features) for name, features in models.items()}
        for changed, said in (
            ((models, train[::-1] + 1, validation, test), "other training images are given"),
            ((others, train, _after(n, validation), _after(n, test)), f"the rows after the first n = {n} are others"),
        ):
            if not fits(comparable(_asked(probe, changed)), comparable(answer)):
                return f" Your distances change when {said}, which should play no part."
        return ""
    return ""


def _after(n, features):
    """The features with others in the rows after the first n."""
    return np.concatenate([features[:n], features[n:][::-1] + 1])


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
    ((1300, 1600), 1400, 1500, 1200),  # more rows than are written into a code
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
