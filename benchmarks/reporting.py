"""The parts of a benchmark's report: a section with its targets, Markdown tables, medians with spread, exponents."""

from dataclasses import dataclass

import numpy as np

VERDICTS = {False: "missed", None: "not decided", True: "met"}  # from worst to best


@dataclass(frozen=True)
class Aim:
    """A target, whether it is met, and the measurement that decides.

    Args:
        text: the target, without a full stop.
        met: True, False, or None if the measurements do not decide it.
        reason: the measurement, without a full stop.
        note: what else a reader should know, in full sentences; RESULTS.md alone prints it.
        usual: whether it concerns what a newcomer uses; the table in the README is chosen from these.
    """

    text: str
    met: bool | None
    reason: str
    note: str = ""
    usual: bool = False

    @property
    def verdict(self):
        return VERDICTS[None if self.met is None else bool(self.met)]


@dataclass(frozen=True)
class Section:
    """What a benchmark says of its stored results.

    Args:
        title: of the section in RESULTS.md.
        text: how it was measured, and the tables, in Markdown.
        aims: a tuple of `Aim`.
    """

    title: str
    text: str
    aims: tuple

    def markdown(self):
        rows = [[aim.text, aim.verdict, f"{aim.reason}. {aim.note}".strip()] for aim in self.aims]
        targets = markdown(["target", "result", "measured"], rows)
        return f"## {self.title}\n\n{targets}\n\n{self.text.strip()}\n"


def worst(aims):
    """The aim with the worst result, among those that concern what a newcomer uses; of several, the first."""
    return min((aim for aim in aims if aim.usual), key=lambda aim: list(VERDICTS.values()).index(aim.verdict))


def markdown(heads, rows):
    """A Markdown table.

    Args:
        heads: titles of the columns.
        rows: one list of texts or numbers per row.
    """
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def spread(values, digits=1):
    """The median, and the range if there are several values: "3.1 (2.9 to 3.4)"."""
    values = np.asarray(values, float)
    middle = f"{np.median(values):,.{digits}f}"
    return middle if len(values) == 1 else f"{middle} ({values.min():,.{digits}f} to {values.max():,.{digits}f})"


def exponent(sizes, values):
    """The slope of log(value) against log(size) between the two largest sizes, where fixed costs weigh least.

    1 is linear growth, 2 quadratic, 0 none.

    >>> round(exponent([1, 2, 4], [70, 20, 80]), 6)
    2.0
    """
    return float(np.diff(np.log(values[-2:]))[0] / np.diff(np.log(sizes[-2:]))[0])


def listed(things):
    """Texts in one sentence: "a, b and c"."""
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


def versions(about, *names):
    """{name: version} of packages, whatever environment they were in; "(absent)" if they were in none.

    Args:
        about: what `record.save` stored beside the results.
        names: of the packages.
    """
    found = {name: version for packages in about["versions"].values() for name, version in packages.items()}
    return {name: found.get(name, "(absent)") for name in names}


def packages(about):
    """Names and versions of all packages that were noted, each once: "keras 3.15.1, tensorflow 2.21.0"."""
    found = (f"{name} {version}" for names in about["versions"].values() for name, version in names.items())
    return ", ".join(dict.fromkeys(found))
