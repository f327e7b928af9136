"""One notebook that somebody handed in."""

from dataclasses import dataclass
from pathlib import Path

from autoencoders_edu.grading.submission import files, notebook


@dataclass(frozen=True)
class Submission:
    """One learner's notebook of one lesson.

    Attributes:
        student: whose it is, as read from the path.
        path: of the notebook file, or of the zip that it is in.
        problem: why it cannot be graded, or "".
        folder: the learner's, if any: no link that leads out of it is followed.
        inside: names of the members, one a zip, that lead to the notebook.
        name: what reports call the file: its path below what was named, the same on any machine.
        lesson: folder name of its lesson, "" if nothing tells.
        has_cells: whether it is known to have the cell of an exercise, by an nbgrader id.
        modified: when, in seconds.
        notes: what the learner and the staff should know of how it was chosen.
    """

    student: str
    path: Path
    problem: str = ""
    folder: Path | None = None
    inside: tuple[str, ...] = ()
    name: str = ""
    lesson: str = ""
    has_cells: bool = False
    modified: float = 0.0
    notes: tuple[str, ...] = ()

    def read(self) -> notebook.Notebook:
        """The notebook.

        Raises:
            Unreadable: when it cannot be graded, with the reason.
        """
        if self.problem:
            raise notebook.Unreadable(self.problem)
        return notebook.parse(files.read(self.path, self.folder, self.inside))

    def place(self) -> Path:
        """Its path, through the zips that it is in: its folders may tell the lesson."""
        return Path(self.path, *self.inside)
