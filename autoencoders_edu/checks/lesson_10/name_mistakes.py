"""Mistaken one-hot rows, for 10.2: pairs of a message and a rule of (names, class_names)."""

import numpy as np


def one_hot(names, class_names):
    return np.array([[float(name == one) for one in class_names] for name in names])


def _shown(names):
    return list(dict.fromkeys(names))


def _places(names, class_names):
    return np.array([class_names.index(name) for name in names])


def _padded(order, class_names):
    """The order, completed by the classes that are missing from it."""
    return [*order, *(name for name in class_names if name not in order)]


def _first_match(matches):
    """Rows with a 1 at the first class that matches; no rule where a name has none."""

    def rows(names, class_names):
        table = np.array([[matches(name, one) for one in class_names] for name in names])
        return np.eye(len(class_names))[table.argmax(axis=1)]

    return rows


def _every_match(matches):
    return lambda names, class_names: np.array([[float(matches(name, one)) for one in class_names] for name in names])


def _last_match(matches):
    def rows(names, class_names):
        table = np.array([[matches(name, one) for one in class_names[::-1]] for name in names])
        return np.eye(len(class_names))[len(class_names) - 1 - table.argmax(axis=1)]

    return rows


def _shifted(by):
    return lambda names, class_names: np.roll(one_hot(names, class_names), by, axis=1)


def _cut(names, class_names):
    """Counted from 1, with as many columns as classes: the last class has none."""
    return np.pad(one_hot(names, class_names), [(0, 0), (1, 0)])[:, :-1]


CONTAINED = "Names have to match exactly. You took a class whose name "
ALPHABET = (
    "Your columns are in alphabetical order, as np.unique and sorted have it. They belong in the order of class_names, "
    "which the network was trained with."
)
PRESENT = (
    "Your columns are only those of the classes that occur in names. There is one for each of class_names, or the "
)
PRESENT += "width changes with the batch."
MISTAKES = [
    (ALPHABET, lambda names, classes: one_hot(names, sorted(classes))),
    (
        "Your columns are in alphabetical order without regard to case. They belong in the order of class_names.",
        lambda names, classes: one_hot(names, sorted(classes, key=str.lower)),
    ),
    (
        "Your columns are in alphabetical order, as np.unique has it, and there are only as many as classes occur in "
        "names. There is one for each of class_names, in that order.",
        lambda names, classes: one_hot(names, sorted(set(names))),
    ),
    (
        "Your columns are in the order in which the names first appear, and there are no others. There is one for each "
        "of class_names, in that order.",
        lambda names, classes: one_hot(names, _shown(names)),
    ),
    (
        "The names are numbered in the order in which they first appear. The column of a name is its place in "
        "class_names.",
        lambda names, classes: one_hot(names, _padded(_shown(names), classes)),
    ),
    (
        "The names are numbered in alphabetical order of those that occur. The column of a name is its place in "
        "class_names.",
        lambda names, classes: one_hot(names, _padded(sorted(set(names)), classes)),
    ),
    (PRESENT, lambda names, classes: one_hot(names, [name for name in classes if name in names])),
    (
        "You returned integers, the places of the names. One-hot rows are asked for: as a number, a class would lie "
        "between two others.",
        _places,
    ),
    (
        "np.searchsorted finds names in sorted lists alone, and class_names is not sorted. The column of a name is its "
        "place in class_names.",
        lambda names, classes: np.eye(len(classes))[np.searchsorted(classes, names) % len(classes)],
    ),
    (
        "You returned a column of integers. One-hot rows are asked for: as a number, a class would lie between two "
        "others.",
        lambda names, classes: _places(names, classes)[:, None],
    ),
    (
        "You returned integers, and in alphabetical order. One-hot rows are asked for, in the order of class_names.",
        lambda names, classes: _places(names, sorted(classes)),
    ),
    (
        "You returned integers counted from 1. One-hot rows are asked for.",
        lambda names, classes: _places(names, classes) + 1,
    ),
    (
        "Rows and columns are exchanged: a row belongs to a name, a column to a class.",
        lambda names, classes: one_hot(names, classes).T,
    ),
    (
        "Your columns run backwards: the first column belongs to the first of class_names.",
        lambda names, classes: one_hot(names, classes)[:, ::-1],
    ),
    (
        "Each 1 stands one column too far to the right: classes are counted from 0.",
        _shifted(1),
    ),
    ("Each 1 stands one column too far to the right: classes are counted from 0.", _cut),
    (
        "There is one column too many: classes are counted from 0, and column 0 is that of the first class.",
        lambda names, classes: np.pad(one_hot(names, classes), [(0, 0), (1, 0)]),
    ),
    (
        "There is one column too many, behind the classes. For an unknown name an error is asked for, not a column.",
        lambda names, classes: np.pad(one_hot(names, classes), [(0, 0), (0, 1)]),
    ),
    ("Each 1 stands one column too far to the left.", _shifted(-1)),
    (
        "Zeros and ones are exchanged: the 1 belongs to the class, the zeros to all others.",
        lambda names, classes: 1 - one_hot(names, classes),
    ),
    (
        "The other classes have -1. They should have 0.",
        lambda names, classes: 2 * one_hot(names, classes) - 1,
    ),
    (
        "You merged all names into one row. Each name has a row of its own.",
        lambda names, classes: one_hot(names, classes).max(axis=0),
    ),
    (
        "You counted the names of each class. Each name has a row of its own.",
        lambda names, classes: one_hot(names, classes).sum(axis=0),
    ),
    (
        "For a single name, your result has lost the axis of the names: np.squeeze, for example, drops every axis of "
        "length 1. Keep it: (1, K).",
        lambda names, classes: np.squeeze(one_hot(names, classes)),
    ),
    (
        "Each name has one row only once: your rows are those of the different names. There is a row for each of "
        "names, repeated or not.",
        lambda names, classes: one_hot(_shown(names), classes),
    ),
    (
        "Your rows are sorted. Row i belongs to names[i].",
        lambda names, classes: one_hot(sorted(names), classes),
    ),
    (
        "Your rows are in the order of the classes. Row i belongs to names[i].",
        lambda names, classes: one_hot(sorted(names, key=classes.index), classes),
    ),
    (
        "A name has a 1 for each class whose name is part of it: you compare with `in`, which is true of a part as "
        "well. Names have to match exactly.",
        _every_match(lambda name, one: one in name),
    ),
    (
        "A name has a 1 for each class that contains it: you compare with `in`, which is true of a part as well. "
        "Names have to match exactly.",
        _every_match(lambda name, one: name in one),
    ),
    (
        "A name has a 1 for each class whose name begins with it. Names have to match exactly.",
        _every_match(lambda name, one: one.startswith(name)),
    ),
    (
        "A name has a 1 for each class whose name it begins with. Names have to match exactly.",
        _every_match(lambda name, one: name.startswith(one)),
    ),
    (f"{CONTAINED}is part of the one asked for.", _first_match(lambda name, one: one in name)),
    (f"{CONTAINED}contains the one asked for.", _first_match(lambda name, one: name in one)),
    (f"{CONTAINED}begins with the one asked for.", _first_match(lambda name, one: one.startswith(name))),
    (f"{CONTAINED}is the beginning of the one asked for.", _first_match(lambda name, one: name.startswith(one))),
    (f"{CONTAINED}ends with the one asked for.", _first_match(lambda name, one: one.endswith(name))),
    (f"{CONTAINED}is the end of the one asked for.", _first_match(lambda name, one: name.endswith(one))),
    (f"{CONTAINED}is part of the one asked for, the last such.", _last_match(lambda name, one: one in name)),
    (f"{CONTAINED}contains the one asked for, the last such.", _last_match(lambda name, one: name in one)),
]


def _with_row(row):
    """The rows of the known names, and for the unknown one what `row` makes of the classes."""

    def rows(names, class_names, unknown):
        table = one_hot(names, class_names)
        table[names.index(unknown)] = row(class_names)
        return table

    return rows


def _like(matches):
    """The row of the first class that the unknown name matches; no rule if it matches none."""

    def rows(names, class_names, unknown):
        found = [matches(unknown, one) for one in class_names]
        return (
            _with_row(lambda _: np.eye(len(found))[found.index(True)])(names, class_names, unknown)
            if any(found)
            else None
        )

    return rows


def _like_all(matches):
    def rows(names, class_names, unknown):
        found = np.array([matches(unknown, one) for one in class_names], float)
        return _with_row(lambda _: found)(names, class_names, unknown) if found.any() else None

    return rows


PART = "An unknown name gets the row of a class that {}. Names have to match exactly."
# Pairs of a message and a rule of (names, class_names, unknown): what is returned where an error is asked for.
UNKNOWN_MISTAKES = [
    (
        "An unknown name gets a row of zeros. The network takes it for a condition, and nobody notices.",
        _with_row(lambda classes: 0.0),
    ),
    (
        "An unknown name is taken for the last class: a place of -1, as find and get(name, -1) give it, is the last "
        "column.",
        _with_row(lambda classes: np.eye(len(classes))[-1]),
    ),
    (
        "An unknown name is taken for the first class, as argmax does with a row of zeros.",
        _with_row(lambda classes: np.eye(len(classes))[0]),
    ),
    (
        "An unknown name gets a row of nan.",
        _with_row(lambda classes: np.nan),
    ),
    (
        "An unknown name gets the same share of each class.",
        _with_row(lambda classes: 1 / len(classes)),
    ),
    (
        "An unknown name is left out, and the rows behind it move up. Row i no longer belongs to names[i].",
        lambda names, classes, unknown: one_hot([name for name in names if name != unknown], classes),
    ),
    (
        "An unknown name gets a column of its own.",
        lambda names, classes, unknown: one_hot(names, [*classes, unknown]),
    ),
    (
        "An unknown name gets the row of a class that is written with other capitals. Names have to match exactly.",
        _like(lambda name, one: name.lower() == one.lower()),
    ),
    (PART.format("begins with it"), _like(lambda name, one: one.startswith(name))),
    (PART.format("it begins with"), _like(lambda name, one: name.startswith(one))),
    (PART.format("contains it"), _like(lambda name, one: name in one)),
    (PART.format("it contains"), _like(lambda name, one: one in name)),
    (PART.format("contains it, or several such"), _like_all(lambda name, one: name in one)),
    (PART.format("it contains, or several such"), _like_all(lambda name, one: one in name)),
]
