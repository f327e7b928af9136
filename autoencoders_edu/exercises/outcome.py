"""What a check found, and how a learner reads it: as HTML in a notebook, as plain text elsewhere."""

import html
from dataclasses import dataclass

from autoencoders_edu.course.progress import PASSED

FAILED, NOT_ATTEMPTED, ERROR = "failed", "not attempted", "error"

# Sign and colour: two ways to tell a status, for those who see no colour and for terminals that show none.
SIGNS = {PASSED: "✓", FAILED: "✗", NOT_ATTEMPTED: "○", ERROR: "!"}
COLOURS = {PASSED: "#1b7837", FAILED: "#b2182b", NOT_ATTEMPTED: "#666666", ERROR: "#b2182b"}


def in_points(number):
    """1 point, 2 points."""
    return f"{number} point" if number == 1 else f"{number} points"


@dataclass(frozen=True)
class Outcome:
    """The result of one check.

    Attributes:
        id, name: of the exercise, such as "01.2" and "reconstruction_loss".
        status: "passed", "failed", "not attempted" or "error" (the learner's code raised).
        message: what to tell the learner, in full sentences.
        points, max_points: points are all or none.
    """

    id: str
    name: str
    status: str
    message: str
    points: int
    max_points: int

    @property
    def headline(self):
        return f"{self.id} {self.name}: {self.status}, {self.points} of {in_points(self.max_points)}"

    def __repr__(self):
        return "\n".join([f"{SIGNS[self.status]} {self.headline}", *self.message.splitlines()])

    def _repr_html_(self):
        colour = COLOURS[self.status]
        return (
            f'<div style="border-left: 4px solid {colour}; padding: 0.3em 0.8em">'
            f'<b style="color: {colour}">{SIGNS[self.status]} {html.escape(self.headline)}</b>'
            f'<div style="white-space: pre-wrap">{html.escape(self.message)}</div></div>'
        )


@dataclass(frozen=True)
class Note:
    """A titled text for the learner: a hint, a solution."""

    title: str
    text: str
    is_code: bool = False

    def __repr__(self):
        return f"{self.title}\n{self.text}"

    def _repr_html_(self):
        tag = "pre" if self.is_code else "div"
        return (
            '<div style="border-left: 4px solid #2166ac; padding: 0.3em 0.8em">'
            f"<b>{html.escape(self.title)}</b><{tag}>{html.escape(self.text)}</{tag}></div>"
        )
