"""15.5 fair_table: models tuned on validation images, and judged by new runs on test images; repaired."""

import numpy as np

from autoencoders_edu.checks.lesson_15.screening import expect_screened_rule
from autoencoders_edu.checks.lesson_15.table_mistakes import MISTAKES, Measured, fair_table
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "15.5",
    "fair_table",
    points=3,
    minutes=11,
    why="The best of sixty runs looks better than the best of three, even if the model is the same. Equally tuned GANs "
    "hardly differ (Lucic et al. 2018).",
    hints=(
        "Throw a die once, or keep the best of sixty throws: does the second die differ? Which line of the broken code "
        "does this, and which images does it look at?",
        "A run that decides which setting is taken has been picked for its luck. Which runs have not, and which images "
        "have decided nothing yet?",
        "Go model by model: one distance for each setting, from its first run to the validation images; min(..., "
        "key=...) finds the setting. Then distances from the other runs of this setting alone, to the test images.",
    ),
    on_success="Tuned on validation images, judged on test images by runs that decided nothing, with their spread and "
    "the floor beside them.",
)
def check_fair_table(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    expect_same_again(answers[-1], _asked(probe, cases[-1]), DRAWN)
    measured = [(*case, Measured()) for case in cases]
    expected, rtol, atol = [fair_table(*case) for case in measured], 1e-4, 1e-8
    expect_screened_rule(
        answers,
        expected,
        measured,
        MISTAKES,
        otherwise=ASKED,
        late=lambda: _parts(answers, expected),
        example=_example,
        rtol=rtol,
        atol=atol,
    )


ASKED = (
    "The setting is the one whose first run is closest to the validation images. Its mean and standard deviation "
    "(ddof=1) are those of the distances between its other runs and the test images. The floor is the distance between "
    "validation and test images."
)
DRAWN = "Called twice with the same arguments, your function returned two different results. Nothing is drawn here."
ENTRIES = ("setting", "mean", "stddev")


def _asked(probe, case):
    runs, validation, test = case
    try:
        value = probe.call("fair_table", runs, validation, test, squared_distance)
    except LearnerError as error:
        raise _explained(error, runs) from None
    return _numbers(value, runs)


def _explained(error, runs):
    """The error, or what to say of a setting that was looked for in another model."""
    if error.described.get("type") == "KeyError":
        key = str(error.described.get("message", "")).strip("'\"")
        for model, settings in runs.items():
            if key in settings:
                return Failed(
                    f'"{key}" is a setting of "{model}" alone. Was it looked for in another model? Each model has '
                    f"settings of its own, of which one is chosen.\n{error}"
                )
    return error


def squared_distance(first, second):
    """The squared distance between the means of two sets: the same either way round."""
    first, second = (np.asarray(each, float) for each in (first, second))
    if first.ndim != 2 or second.ndim != 2 or first.shape[1] != second.shape[1]:
        raise ValueError(f"distance takes two arrays (n, d); these have the shapes {first.shape} and {second.shape}")
    return float(np.sum((first.mean(axis=0) - second.mean(axis=0)) ** 2))


def _numbers(value, runs):
    """For each model the setting's place, the mean and the stddev, then the floor; nan for what is missing."""
    if not isinstance(value, dict):
        raise Failed(f"fair_table should return a dict. Received: {brief(value)}.")
    missing = [model for model in runs if model not in value]
    if missing:
        raise Failed(f"The dict lacks the models {', '.join(map(repr, missing))}. Received: {brief(value)}.")
    more = [key for key in value if key not in (*runs, "floor")]
    expect(not more, f'The dict should have a key for each model and "floor". It also has {brief(more)}.')
    found = [number for model, settings in runs.items() for number in _of_model(value[model], model, settings)]
    return marked([*found, _number(value.get("floor", np.nan), "floor")])


def _of_model(row, model, settings):
    entries = f'The entry of "{model}" should be a dict with "setting", "mean" and "stddev".'
    if not isinstance(row, dict):
        raise Failed(f"{entries} Received: {brief(row)}.")
    missing = [entry for entry in ENTRIES if entry not in row]
    expect(not missing, f"{entries} It lacks {', '.join(map(repr, missing))}.")
    more = [entry for entry in row if entry not in ENTRIES]
    expect(not more, f"{entries} It also has {brief(more)}.")
    names = list(settings)
    setting = row["setting"]
    if not isinstance(setting, str) or setting not in names:
        raise Failed(f'The "setting" of "{model}" should be one of {names}. Received: {brief(setting)}.')
    return names.index(setting), _number(row["mean"], "mean"), _number(row["stddev"], "stddev")


def _number(value, name):
    numbers = as_numbers(value)
    if numbers is None or numbers.size != 1:
        raise Failed(f'"{name}" should be one number. Received: {brief(value)}.')
    return float(numbers.reshape(()))


def _parts(answers, expected):
    """Which of the entries are right in every case, and what was asked for."""
    entries = {"setting": slice(0, -1, 3), "mean": slice(1, -1, 3), "stddev": slice(2, -1, 3), "floor": slice(-1, None)}
    right = [
        f'"{name}"'
        for name, place in entries.items()
        if all(fits(a[place], e[place], 1e-4, 1e-8) for a, e in zip(answers, expected, strict=True))
    ]
    return f"Right everywhere: {', '.join(right)}. Look at the others.\n{ASKED}" if right else None


def _example(case, answer, expected):
    runs, *_ = case
    place = int(np.argmin(np.isclose(answer, expected, 1e-4, 1e-8)))
    sizes = "; ".join(
        f"{model} with runs per setting {[len(of_setting) for of_setting in settings.values()]}"
        for model, settings in runs.items()
    )
    if place == len(expected) - 1:
        told = f'"floor" is {_shown(answer[place])}, expected {expected[place]:.6g}'
    else:
        model, entry = list(runs)[place // 3], ENTRIES[place % 3]
        received, wanted = answer[place], f"{expected[place]:.6g}"
        names = list(runs[model])
        if entry == "setting":
            received, wanted = repr(names[int(received)]), repr(names[int(expected[place])])
        told = f'"{entry}" of "{model}" is {received if entry == "setting" else _shown(received)}, expected {wanted}'
    return f"For {sizes}: {told}."


def _shown(number):
    return "missing or nan" if shown(number) == "nan" else f"{number:.6g}"


MODELS = ("gan", "vae", "diffusion", "autoencoder", "flow", "pca")
# A setting's distances (not squared) from the validation and from the test images: of its first run, of its later runs,
# and of one lucky run among these, if there is one.
ROLES = {
    "right": ((1.0, 2.8), (2.6, 3.2), None),  # the closest first run to the validation images
    "right, better later": ((1.0, 2.8), (2.6, 2.3), None),
    "first, test": ((1.6, 0.9), (3.0, 3.0), None),  # to the test images
    "best": ((3.0, 3.2), (3.4, 3.2), (0.5, 2.4)),  # the closest of all runs to the validation images
    "best, test": ((3.2, 3.0), (3.2, 3.4), (2.4, 0.5)),
    "final": ((4.0, 4.2), (1.2, 2.9), None),  # the closest later runs on average
    "final, test": ((4.3, 4.0), (2.9, 1.2), None),
    "all": ((1.4, 2.9), (1.6, 3.0), None),  # the closest runs on average
    "all, test": ((2.9, 1.5), (3.0, 1.6), None),
}
# For each model: the roles of its settings, and how many runs each has. The first and the last stay there: no way to
# choose finds all that are first, or all that are last.
CASES = (
    ((("all", "right", "best", "first, test", "final"), 3),),
    (
        (("right, better later",), 5),
        (("final", "right", "best", "all"), 3),
        (("right, better later", "best, test", "final, test", "all, test"), 3),
    ),
    ((("best", "all, test", "first, test", "right, better later"), 3),),
)


def draw_cases(rng):
    """(runs, validation, test): several settings and one, in which each way to choose finds another setting."""
    cases = []
    for index, models in enumerate(CASES):
        n, d = (int(size) for size in rng.integers([4, 3], [9, 6]))
        names = rng.permutation(MODELS)[: len(models)].tolist()
        centre, towards = rng.normal(size=d), _direction(rng, d)
        test = _set_around(rng, n, centre + APART * towards)
        runs = {
            name: _draw_settings(rng, roles, count, test, towards, lucky_last=index % 2, lowest=(10 + place) * 1e-5)
            for place, (name, (roles, count)) in enumerate(zip(names, models, strict=True))
        }
        scale, dtype = rng.uniform(0.7, 1.5), "float64" if index else "float32"
        cases.append(_scaled((runs, _set_around(rng, n, centre), test), scale, dtype))
    return cases


def _scaled(value, scale, dtype):
    """The same dicts, lists and tuples, with all arrays times `scale`."""
    if isinstance(value, dict):
        return {key: _scaled(each, scale, dtype) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_scaled(each, scale, dtype) for each in value)
    return (scale * value).astype(dtype)


APART = 2.2  # from the validation to the test images, before all arrays are scaled


def _direction(rng, d):
    vector = rng.normal(size=d)
    return vector / np.linalg.norm(vector)


def _set_around(rng, n, mean):
    """n vectors whose mean is exactly this."""
    rows = rng.normal(size=(n, len(mean)))
    return rows - rows.mean(axis=0) + mean


def _draw_settings(rng, roles, count, test, towards, lucky_last, lowest):
    """A dict from a setting's name, that no other model has, to its runs."""
    rates = rng.permutation(np.round(np.geomspace(lowest, 100 * lowest, len(roles)), 6)).tolist()
    order, runs = [roles[0], *rng.permutation(roles[1:-1]).tolist(), *roles[1:][-1:]], {}
    for rate, role in zip(rates, order, strict=True):
        first, later, lucky = ROLES[role]
        distances = [first, *[later] * (count - 1)]
        if lucky:
            distances[-1 if lucky_last else 1] = lucky
        made = [_set_around(rng, len(test), _point(rng, test, towards, each)) for each in distances]
        if not lucky:  # no place is that of the best or of the worst final run in every case
            made[1:] = sorted(made[1:], key=lambda x: squared_distance(x, test), reverse=bool(lucky_last))
        runs[f"rate {rate}"] = made
    return runs


def _point(rng, test, towards, distances):
    """A point at about these distances from the mean of the validation and from that of the test images."""
    from_validation, from_test = np.array(distances) * rng.uniform(0.97, 1.03, 2)
    along = (from_validation**2 - from_test**2 + APART**2) / (2 * APART)
    across = _direction(rng, len(towards))
    across -= across @ towards * towards
    across *= np.sqrt(from_validation**2 - along**2) / np.linalg.norm(across)
    return test.mean(axis=0, dtype=float) + (along - APART) * towards + across
