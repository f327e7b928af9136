"""Finds out whose the files below a path are: one learner's, or a whole class's."""

import os
from dataclasses import replace
from pathlib import Path, PurePath

from autoencoders_edu.course import curriculum
from autoencoders_edu.grading.submission import choosing, files, whose
from autoencoders_edu.grading.submission.candidate import Submission
from autoencoders_edu.grading.submission.leftovers import copies, is_leftover, is_untitled
from autoencoders_edu.grading.submission.owners import Owner, names

NOTHING = "It holds no notebooks."
LESSON_FOLDERS = {lesson.folder for lesson in curriculum.LESSONS}


def find(paths, **options) -> list[Submission]:
    """The submissions below these paths, one for each learner and lesson; options as of `Search`.

    A path that does not exist, cannot be read or is a symbolic link becomes a submission with a problem: one bad path
    costs no other.
    """
    return Search(paths, **options).submissions


class Search:
    """Looks for submissions.

    Args:
        paths: notebooks, zips, learners' checkouts or folders, or folders or zips of these.
        lesson: a `Lesson`, if notebooks of all others do not matter.
        duplicates: "newest" or "refuse": what becomes of several notebooks of one learner and lesson.
        one_learner: whether each path is one learner's, whatever it looks like.
        ignored: path that is not looked at, such as the folder of the reports.

    Attributes:
        submissions: list of `Submission`, in the order of the paths.
        left_out: names of the files in a class's folder that are nobody's submission.

    Raises:
        ValueError: for a folder that may be a learner's as well as a class's.
    """

    def __init__(self, paths, lesson=None, duplicates=choosing.NEWEST, one_learner=False, ignored=None):
        self.left_out = []
        self.one_learner = one_learner
        self.ignored = None if ignored is None else Path(os.path.abspath(ignored))
        self.alone = len({os.path.abspath(path) for path in paths}) == 1
        owners = [owner for path in paths for owner in self._owners(Path(os.path.abspath(path)))]
        self.submissions = names(owners, lambda files: choosing.choose(files, lesson, duplicates))

    def _owners(self, path):
        """Those whose files a path holds; of several paths one that nobody can make out costs no other."""
        try:
            return [replace(owner, source=path) for owner in self._of_path(path)]
        except ValueError as error:
            if self.alone:
                raise
            return [Owner(path.name, path, path, [files.File((path.name,), path, problem=str(error))], source=path)]

    def _of_path(self, path):
        file = files.of(path, (path.name,))
        if file.problem:
            return [Owner(path.name if path.is_dir() else _stem(path.name), path, None, [file])]
        if path.is_dir():
            whole = Owner(_home(path).name, _home(path), path, self._listed(path))
            return self._split(whole, 1) or [replace(whole, files=[replace(file, problem=NOTHING)])]
        whole = Owner(_stem(path.name), path.with_suffix(""), None, [file])
        if path.name == choosing.EXERCISES:
            file = replace(file, parts=(path.parent.name, path.name))
            home = _home(path.parent)
            return [replace(whole, student=home.name, place=home, files=[file])]
        if file.is_zip():
            inside = replace(whole, files=files.inside(file))
            return self._split(inside, _depth(inside.files)) or [replace(whole, files=[replace(file, problem=NOTHING)])]
        return [whole]

    def _listed(self, path):
        """The files below a folder, each child with a bound of its own; a child without any stands for itself."""
        found = []
        try:
            names = sorted(name for name in os.listdir(path) if not is_leftover(name) and path / name != self.ignored)
        except OSError as error:
            return [files.File((path.name,), path, problem=f"This folder cannot be read: {error.strerror}.")]
        for name in names:
            child, parts = path / name, (path.name, name)
            file = files.of(child, parts)
            if file.is_folder():
                found += files.below(child, parts) or [replace(file, problem=choosing.EMPTY)]
            else:
                found.append(file)
        return found or [files.File((path.name,), path, problem=NOTHING)]

    def _split(self, whole, depth):
        """The owners of files whose parts from a depth on tell whose they are: one owner, or many."""
        tree = {}
        for file in whole.files:
            tree.setdefault(file.parts[depth] if len(file.parts) > depth else "", []).append(file)
        if self.one_learner or "" in tree:
            return [whole]
        notebooks = {
            name: [file for file in below if file.is_notebook() and len(file.parts) > depth + 1]
            for name, below in tree.items()
        }
        folders = {name for name, below in notebooks.items() if below}
        if whose.is_copy(whole, tree, depth):
            self.left_out += whose.of_no_interest(tree, depth)
            return [whole]
        if LESSON_FOLDERS & tree.keys() and folders <= LESSON_FOLDERS:
            if not folders or any(_is_learners(below, depth + 1) for below in notebooks.values() if below):
                return [whole]
            parts = [replace(whole, files=tree[name]) for name in sorted(folders)]
            rest = {name: below for name, below in tree.items() if name not in folders}
            sorted_in = [owner for part in parts for owner in self._split(part, depth + 1)]
            return sorted_in + self._of_class(whole, rest, depth)
        if choosing.EXERCISES in tree and not folders:
            return [whole]
        return self._of_class(whole, tree, depth)

    def _of_class(self, whole, tree, depth):
        """An owner for each child of a class's folder, apart from files that are nobody's submission."""
        copied, owners = copies(tree), []
        for name, below in tree.items():
            file = below[0]
            place = Path(whole.root(), *file.parts[1:depth], name)
            owner = Owner(name, place, place if whole.folder else None, below, skip=1, named=False)
            if len(file.parts) > depth + 1 or file.is_folder():
                owners.append(owner)
                continue
            owner = replace(owner, student=_stem(copied.get(name, name)), place=place.with_suffix(""), folder=None)
            if copied.get(name, name) == choosing.EXERCISES:
                owners.append(replace(owner, student=whole.student, place=whole.place))
            elif is_untitled(name) or not file.may_be_submission():
                self.left_out += [] if name == choosing.LESSON else [name]
            else:
                unpacked = files.inside(file) if file.is_zip() and not file.problem else below
                owners.append(replace(owner, files=unpacked))
        return owners


def _is_learners(notebooks, depth):
    """Whether the notebooks in a lesson's folder are those of one learner, who has such a folder for each lesson."""
    names = [file.name for file in notebooks if len(file.parts) == depth + 1 and file.name != choosing.LESSON]
    return choosing.EXERCISES in names or len(names) - len(copies(names)) == 1


def _depth(listed):
    """How many parts all files of a zip have in common: names of the zip and of folders that everything is in."""
    depth = 1
    while True:
        names = {file.parts[depth] for file in listed if len(file.parts) > depth + 1}
        alone = len(names) == 1 and all(len(file.parts) > depth + 1 for file in listed)
        if not alone or names & (LESSON_FOLDERS | {"lessons"}):
            return depth
        depth += 1


def _home(folder):
    """The folder that is called after its owner: this one, unless it is a lesson's."""
    while folder.name in LESSON_FOLDERS | {"lessons"}:
        folder = folder.parent
    return folder


def _stem(name):
    """A file's name without what says of which kind it is."""
    lower = name.lower()
    if ".ipynb" in lower:
        return name[: lower.rindex(".ipynb")]
    stem = PurePath(name).stem
    return PurePath(stem).stem if stem.lower().endswith(".tar") else stem
