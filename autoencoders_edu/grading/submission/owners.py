"""Those who handed in, and what reports call them: different people stay different, wherever their files lie."""

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from autoencoders_edu.grading.submission.candidate import Submission


@dataclass(frozen=True)
class Owner:
    """Somebody with files.

    Attributes:
        student: a name for reports.
        place: the path that gave the name.
        folder: that all the files lie in; None for a loose file.
        files: list of `File`.
        skip: how many parts of a file's path reports leave out.
        named: whether the place was named on the command line, and not found in a class's folder.
        source: what was named on the command line and led here.
    """

    student: str
    place: Path
    folder: Path | None
    files: list
    skip: int = 0
    named: bool = True
    source: Path | None = None

    def root(self):
        """What its files' paths begin with."""
        return self.folder or self.place

    def submissions(self):
        """Its files, each as if it were handed in."""
        for file in self.files:
            name = "/".join(file.parts[self.skip :])
            yield Submission(
                self.student, file.path, file.problem, self.folder, file.inside, name, modified=file.modified
            )


def names(owners, choose):
    """The submissions that count, of owners with names of their own.

    Two that were named on the command line are one only if their place is the same. Two of one name in classes' folders
    are one, unless that would cost one of them a row: then each has its path for a name. And nobody who is found in
    a folder becomes one with somebody who was named: whose folder it is may not be who wrote its content.

    Args:
        owners: list of `Owner`.
        choose: function from one owner's files, each as a `Submission`, to those that count.
    """
    groups = defaultdict(list)
    for owner in owners:
        groups[owner.student].append(owner)
    return [submission for group in groups.values() for submission in _of_group(group, choose)]


def _of_group(group, choose):
    """The submissions of owners with the same name."""
    named = [owner for owner in group if owner.named]
    found = [owner for owner in group if not owner.named]
    places = {owner.place for owner in named}
    rows = []
    for place in sorted(places):
        theirs = [owner for owner in named if owner.place == place]
        rows += choose(_files(theirs, _path(theirs[0], named) if len(places) > 1 else None))
    by_source = defaultdict(list)
    for owner in found:
        by_source[owner.source].append(owner)
    chosen = {source: choose(_files(theirs)) for source, theirs in by_source.items()}
    lessons = [submission.lesson for submissions in chosen.values() for submission in submissions]
    apart = bool(named) or (len(by_source) > 1 and len(set(lessons)) < len(lessons))
    for source, theirs in by_source.items():
        name = _path(theirs[0], group) if apart else theirs[0].student
        rows += [replace(submission, student=name) for submission in chosen[source]]
    return rows


def _files(owners, name=None):
    files = [submission for owner in owners for submission in owner.submissions()]
    return files if name is None else [replace(submission, student=name) for submission in files]


def _path(owner, others):
    """What tells an owner from others of the same name."""
    common = os.path.commonpath([other.place.parent for other in others])
    return owner.place.relative_to(common).as_posix()
