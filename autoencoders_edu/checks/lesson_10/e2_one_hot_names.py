"""10.2 one_hot_names: class names as one-hot rows, in an order that is given."""

import numpy as np

from autoencoders_edu.checks.lesson_10.name_mistakes import MISTAKES, UNKNOWN_MISTAKES, one_hot
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "10.2",
    "one_hot_names",
    points=2,
    minutes=6,
    why="The order of the columns is all that a network knows of a class. If the order at sampling differs from that "
    "in training, you ask for a T-shirt and get a bag, and no error says so.",
    hints=(
        "Begin with the shape: how many rows, how many columns, and which argument knows each?",
        "Where a name belongs is its place in class_names: class_names.index(name). np.unique, sorted and set have "
        "orders of their own.",
        "What does your function do with a name that is not there? A row of zeros, or of another class, is an answer "
        "that nobody notices.",
    ),
    on_success="One column for each class, in the order that training used, and an error where a class is unknown.",
)
def check_one_hot_names(probe):
    cases = draw_cases(probe.rng)
    answers = []
    for case in cases:
        answers.append(_asked(probe, case, answers, cases))
    expect_rule(
        answers,
        [one_hot(*case) for case in cases],
        cases=cases,
        mistakes=MISTAKES,
        otherwise=f"{_other_order(answers, cases)} {ROWS}",
        example=_example,
    )
    _expect_errors(probe, draw_unknown(probe.rng))
    for answer in answers:
        expect(
            answer.dtype == np.float32,
            f"The rows are right, but their dtype is {answer.dtype}, not float32, which the networks compute with: "
            'np.zeros(shape, "float32"), or .astype("float32").',
        )


ROWS = (
    "Row i has a 1 in the column of names[i] and 0 elsewhere; there is a column for each of class_names, in that order."
)


def _other_order(answers, cases):
    """What is said of rows that no known mistake explains: whether they are one-hot, in columns of another order."""
    if not all(map(_in_some_order, answers, cases)):
        return "one_hot_names(names, class_names) is not what it should be."
    return (
        "Each name has a column of its own, but the columns are in another order than class_names. (A set, for "
        "example, keeps no order.)"
    )


def _in_some_order(answer, case):
    """Whether each row is one-hot, and two rows are equal just where their names are."""
    names, class_names = case
    if answer.shape != (len(names), len(class_names)) or not np.isin(answer, (0, 1)).all():
        return False
    columns = answer.argmax(axis=1)
    return (answer.sum(axis=1) == 1).all() and len(set(zip(names, columns, strict=True))) == len(set(names)) == len(
        set(columns)
    )


def _asked(probe, case, answers, cases):
    """The answer, an array; `Failed` where the code finds a name unknown though it is a class."""
    names, class_names = case
    try:
        value = probe.call("one_hot_names", names, class_names)
    except LearnerError as error:
        if error.described.get("type") not in ("ValueError", "KeyError", "IndexError"):
            raise
        usual = [one_hot(one, FASHION) for one, _ in cases[: len(answers)]]
        expect(
            not answers or not all(map(_fits, answers, usual)),
            "Your columns are in the usual order of Fashion-MNIST, as in the notebook. class_names is an "
            f"argument.\n{error}",
        )
        raise Failed(
            f"For names={names} and class_names={class_names} your code should return rows, since each of the names "
            f"is a class. (Not each class has to occur, and any may occur twice.)\n{error}"
        ) from None
    expect(
        isinstance(value, np.ndarray),
        f"one_hot_names should return an array of shape ({len(names)}, {len(class_names)}). Received: {brief(value)}.",
    )
    return value


def _example(case, answer, expected):
    names, class_names = case
    shown = f"For names={names} and class_names={class_names} received"
    if answer.shape != expected.shape:
        return f"{shown} shape {answer.shape}, expected {expected.shape}."
    row = int(np.argmax(np.any(answer != expected, axis=1)))
    return f"{shown} in row {row} {_row(answer[row])}, expected {_row(expected[row])}."


def _row(row):
    return f"[{', '.join(f'{number:g}' for number in row)}]"


UNKNOWN = "For a name that is not among class_names, raise a ValueError whose message contains it."


def _expect_errors(probe, cases):
    """A ValueError with the unknown name for each case, or `Failed`, with the rule behind all that came instead."""
    received = [(value, case) for case in cases if (value := _without_error(probe, *case)) is not None]
    if not received:
        return
    named = (
        f"{text}\n" for text, rule in UNKNOWN_MISTAKES if all(_fits(value, rule(*case)) for value, case in received)
    )
    value, case = received[0]
    raise Failed(f"{next(named, '')}{UNKNOWN} For {_shown(*case)} there was no error. Received {brief(value)}.")


def _shown(names, class_names, unknown):
    return f"names={names} and class_names={class_names}"


def _without_error(probe, names, class_names, unknown):
    """What is returned for an unknown name; None where there is the error that is asked for; `Failed` for others."""
    shown = _shown(names, class_names, unknown)
    try:
        value = probe.call("one_hot_names", names, class_names)
    except LearnerError as error:
        raised = error.described.get("type")
        expect(raised == "ValueError", f"For {shown} your code raises {raised}. {UNKNOWN}\n{error}")
        expect(
            unknown.strip() in error.described.get("message", ""),
            f"For {shown} your ValueError does not contain the unknown name, {unknown!r}. Whoever reads it wants to "
            f"know which name is wrong.\n{error}",
        )
        return None
    except Failed as failed:
        raise Failed(f"{UNKNOWN} For {shown} there was no such error.\n{failed}") from None
    return value


def _fits(value, other):
    return other is not None and np.shape(value) == np.shape(other) and np.allclose(value, other, equal_nan=True)


SYLLABLES = ("ba", "do", "fe", "gi", "ku", "lo", "mi", "nu", "pa", "re", "so", "ta", "vu", "wi", "zo")


def draw_names(rng, count):
    """Short names, and three of which each begins with a short one and ends with another; together `count`."""
    short = [str(name) for name in rng.permutation(SYLLABLES)[: count - 3]]
    long = [f"{short[0]}-{short[1]}", f"{short[1]}{short[2]}", f"{short[2]} {short[0]}"]
    return short, long


def draw_cases(rng):
    """(names, class_names): random orders, classes that do not occur, a single name, as many names as classes."""
    cases = [(_some_names(rng, order, 6), order) for order in [_shuffled(rng, FASHION)]]
    for count, n in ((7, 5), (6, 6), (9, 13), (8, 1)):
        short, long = draw_names(rng, count)
        class_names = _shuffled(rng, short + long)
        cases.append((_some_names(rng, class_names, n), class_names))
    for longest_first in (True, False):  # a part of a name comes after the name, and before it
        short, long = (_shuffled(rng, names) for names in draw_names(rng, 8))
        class_names = long + short if longest_first else short + long
        cases.append((_shuffled(rng, class_names), class_names))
    return cases


FASHION = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]


def _shuffled(rng, names):
    return [str(name) for name in rng.permutation(names)]


def _some_names(rng, class_names, n):
    """n names: some classes occur twice, some not at all; the first to appear is not the first class."""
    places = rng.permutation(len(class_names))[: max(1, min(n, len(class_names)) * 3 // 4)]
    places = np.concatenate([places, rng.choice(places, n - len(places))])
    if n > 1:
        places[0], places[1] = max(places[:2]), min(places[:2])
    elif places[0] in (0, len(class_names) - 1):
        places[0] = 2
    return [class_names[place] for place in places]


def draw_unknown(rng):
    """(names, class_names, unknown) for some kinds of unknown names; no class like them is the first or the last."""
    short, long = draw_names(rng, 9)
    middle = _shuffled(rng, [*long, *short[:4]])
    class_names = [short[4], *middle, short[5]]
    cases = []
    for unknown in ("qux", long[0][:-1], long[1][1:], short[1].upper(), f"{short[3]}x", f"{short[2]} "):
        names = [middle[place] for place in rng.permutation(len(middle))[:3]]
        names.insert(int(rng.integers(0, 3)), unknown)
        cases.append((names, class_names, unknown))
    return cases
