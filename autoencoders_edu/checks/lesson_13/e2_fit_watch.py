"""13.2 fit_watch: a score by PCA and its threshold, from a function with four faults."""

import numpy as np

from autoencoders_edu.checks.lesson_13.watch_mistakes import MISTAKES
from autoencoders_edu.checks.lesson_13.watches import RAISED, Known, answer, right
from autoencoders_edu.checks.shared.combined import expect_one_rule, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect, fits
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "13.2",
    "fit_watch",
    points=3,
    minutes=10,
    why="None of these faults needs to raise an error, and each makes a watch that sleeps through incidents, or that "
    "cries wolf.",
    hints=(
        "Ask the broken score for one row alone, and for a day on which everything is ten times as large. What does it "
        "compare these rows with?",
        "Print the stddev of the training rows. Which metric decides where the first component points, and what "
        "becomes of a metric whose stddev is 0?",
        "Which rows has PCA seen? Whose scores tell what those of next week will be like?",
    ),
    on_success="Scale and plane from training rows, the threshold from rows that neither has seen, and nothing from "
    "the rows to be judged.",
)
def check_fit_watch(probe):
    cases = draw_cases(probe.rng)
    watches = [
        _Watch(probe, case, may_raise=place in STILL, parts=_parts_again if place else _parts)
        for place, case in enumerate(cases)
    ]
    answers = [watch.received for watch in watches]
    known = [(*case, Known()) for case in cases]
    expected = [right(*case) for case in known]
    for (*_, seen), received in zip(known, answers, strict=True):
        seen.alone = received[-1] if received.ndim == 1 else None
    expect_one_rule(
        answers,
        expected,
        known,
        MISTAKES,
        otherwise=ASKED,
        example=_described,
        rtol=1e-3,
        atol=1e-7,
        late=lambda: _raised(watches),
    )
    watches[0].expect_same_again()


ASKED = (
    "Rows are standardised with the mean and stddev of x_train (a stddev of 0 counts as 1), P has the first "
    "`components` principal directions of the standardised x_train as columns (np.linalg.svd returns them as rows), "
    "and a score is the mean over the metrics of (z - z P P^T)^2. "
    "The threshold is the `quantile` quantile of the scores of x_held_out."
)
ASKED_AGAIN = (
    "Asked again after fit_watch was called with other rows, the first score is another one. Keep what it needs inside "
    "fit_watch, not in variables of the notebook."
)
TWO = "fit_watch should return two things, (score, threshold): a function and a number."
ONE_ROW = (
    "score takes a single row (metrics,), and raises an error for several. It should take rows (rows, metrics) and "
    "return a score for each, (rows,)."
)
ALONE = "rows of shape (1, metrics). A row's score must not depend on the rows that come with it."
STOOD_STILL = (
    "Your code runs for metrics that all move. Where one stands still in training, it raises an error: its stddev is "
    "0, and 0 / 0 is nan. Divide such a metric by 1."
)


class _Watch:
    """What fit_watch returned for a case."""

    def __init__(self, probe, case, may_raise, parts):
        self.case, self.error = case, None
        try:
            self.score, self.threshold = parts(probe.make("fit_watch", *case[:4]))
            self.received = self._ask()
        except LearnerError as error:
            if not may_raise:
                raise
            self.received, self.error = RAISED, error

    def _ask(self):
        """All its numbers."""
        rows = self.case[4]
        try:
            scores = _scores(self.score.call("", rows))
        except LearnerError as error:
            if _takes_one_row(self.score, rows):
                raise Failed(f"{ONE_ROW}\n{error}") from None
            raise
        try:
            return answer(self.threshold, scores, _scores(self.score.call("", rows[:1])))
        except LearnerError as error:
            raise Failed(
                f"score runs for {len(rows)} rows, and raises an error for a single one: {ALONE}\n{error}"
            ) from None

    def expect_same_again(self):
        """`Failed` if the score is another one by now."""
        try:
            again = _scores(self.score.call("", self.case[4]))
        except LearnerError as error:
            raise Failed(f"{ASKED_AGAIN}\n{error}") from None
        expect(fits(again, self.received[1:-1], 1e-9, 0), ASKED_AGAIN)


def _parts(made):
    """(the function, the threshold) of a `Remote`, or `Failed`."""
    kind = made.kind
    count = made.call("__len__") if kind in ("tuple", "list", "dict", "ndarray") else 1
    expect(kind in ("tuple", "list") and count == 2, f"{TWO} Received: a {kind}{f' of {count}' if count != 1 else ''}.")
    score, threshold = (made.make("__getitem__", place) for place in (0, 1))
    expect(not _is_value(score), f"{TWO} The first of yours is a {score.kind}, which can't be called.")
    expect(_is_value(threshold), f"{TWO} The second of yours is a {threshold.kind}, and no number.")
    return score, _threshold(made.call("__getitem__", 1))


def _parts_again(made):
    """`_parts` of something that will be a pair as well, in fewer questions."""
    try:
        return made.make("__getitem__", 0), _threshold(made.call("__getitem__", 1))
    except LearnerError:
        return _parts(made)


def _threshold(value):
    """The threshold as a float, which may be nan, or `Failed`."""
    numbers = as_numbers(value)
    if numbers is None or numbers.size != 1:
        raise Failed(f"The threshold should be one number. Received: {brief(value)}.")
    return float(np.reshape(numbers, ()))


def _is_value(remote):
    return remote.kind in ("int", "float", "bool", "ndarray", "list", "tuple", "NoneType") or "float" in remote.kind


def _scores(value):
    numbers = as_numbers(value)
    if numbers is None:
        raise Failed(f"score should return an array (rows,). Received: {brief(value)}.")
    return numbers


def _takes_one_row(score, rows):
    try:
        return np.size(_scores(score.call("", rows[0]))) == 1
    except (LearnerError, Failed):
        return False


def _raised(watches):
    """A message about an error where a metric stands still; None if there was none."""
    errors = [watch.error for watch in watches if watch.error is not None]
    return f"{STOOD_STILL}\n{errors[0]}\n{ASKED}" if errors else None


def _described(case, received, expected):
    x_train, x_held_out, components, quantile, rows, _ = case
    start = (
        f"For {len(x_train)} training and {len(x_held_out)} held-out rows of {x_train.shape[1]} metrics, components = "
        f"{components} and quantile = {quantile:g}: "
    )
    if received.ndim != 1:
        return f"{start}{'an error' if received.ndim == 0 else 'scores of another shape than (rows,)'}."
    names = ["threshold", *(f"score of row {row}" for row in range(len(rows))), "score of row 0 alone"]
    place = int(np.argmax(~np.isclose(received, expected, 1e-3, 1e-7)))
    return f"{start}{names[place]} received {shown(received[place])}, expected {shown(expected[place])}."


# Cases in which some metrics stand still in training.
STILL = (2, 3)


def draw_cases(rng):
    """(x_train, x_held_out, components, quantile, rows): metrics of very different sizes, and drift."""
    counts = rng.integers([60, 35, 10], [90, 60, 16], (4, 3)).tolist()
    cases = [
        _draw(rng, *counts[0], metrics=7, components=2, quantile=0.9),
        _draw(rng, *counts[1], metrics=9, components=3, quantile=0.85),
        _draw(rng, *counts[2], metrics=8, components=4, quantile=0.7, still=2, size=(-5, 4)),
    ]
    x_train, rows = cases[0][0], cases[0][4]
    place = int(rng.integers(x_train.shape[1]))
    rows[-1, place] += x_train[:, place].std() * rng.uniform(60, 90) * rng.choice([-1, 1])  # nothing is clipped
    cases[1] = _of_type(cases[1], lambda rows: rows.astype("float32"))
    whole = _draw(rng, *counts[3], metrics=7, components=3, quantile=0.92, still=1, size=(1, 2.5))
    return [*cases, _of_type(whole, lambda rows: rows.round().astype(int))]


def _of_type(case, change):
    x_train, x_held_out, components, quantile, rows = case
    return change(x_train), change(x_held_out), components, quantile, change(rows)


def _draw(rng, training, held_out, rows, metrics, components, quantile, still=0, size=(-2, 3)):
    """A case with `still` metrics that stand still in training, and move later; sizes from 10^size[0] to 10^size[1]."""
    weights = rng.normal(size=(components, metrics)) * rng.uniform(1.5, 3, (components, 1))
    sizes = 10 ** rng.permutation(np.linspace(*size, metrics))
    level = rng.uniform(1, 3, metrics) * rng.choice([-1, 1], metrics)

    def draw(count, drift, noise):
        z = rng.normal(size=(count, components)) @ weights + noise * rng.normal(size=(count, metrics))
        return sizes * (z + level + drift * offset)

    offset = rng.uniform(0.5, 1.5, metrics) * rng.choice([-1, 1], metrics)
    x = [draw(training, 0, 0.6), draw(held_out, 0.7, 0.9), draw(rows, 1.5, 1.2)]
    stopped = rng.permutation(metrics)[:still]
    for place in stopped.tolist():
        value = float(rng.integers(-3, 60))
        x[0][:, place] = value
        x[1][:, place] = value + np.round(rng.normal(size=held_out)) / 2
        x[2][:, place] = value + rng.integers(1, 4, rows)
    return *x[:2], components, quantile, x[2]
