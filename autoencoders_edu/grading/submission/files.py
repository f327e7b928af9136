"""The files below a folder or in a zip, listed and read within bounds, and never by way of a symbolic link."""

import contextlib
import io
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from autoencoders_edu.course.notebooks import Unreadable
from autoencoders_edu.grading.submission import zips
from autoencoders_edu.grading.submission.leftovers import is_leftover

LARGEST, LARGEST_ZIP = 20 * 2**20, 50 * 2**20  # bytes of a notebook, and of a zip in a zip
MOST_FILES, DEEPEST = 2000, 20  # in one learner's folder
ARCHIVES = (".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz")
LINK = zips.LINK
HARD_LINK = (
    "This file has several names (hard links), so it may be somebody else's. Copy it with `cp`, and grade the copy."
)


@dataclass(frozen=True)
class File:
    """A file that was found.

    Attributes:
        parts: of its path below what was listed.
        path: where it lies; for a file in a zip, that of the zip.
        inside: names of the members, one a zip, that lead to it.
        modified: when, in seconds.
        problem: why it cannot be read, or "".
    """

    parts: tuple[str, ...]
    path: Path
    inside: tuple[str, ...] = ()
    modified: float = 0.0
    problem: str = ""

    @property
    def name(self):
        return self.parts[-1] if self.parts else self.path.name

    def is_notebook(self):
        return self.name.lower().endswith(".ipynb")

    def is_zip(self):
        return self.name.lower().endswith(".zip")

    def is_folder(self):
        """Whether it stands for a folder: an empty one, or one that cannot be read."""
        return not self.inside and self.path.is_dir() and not self.path.is_symlink()

    def may_be_submission(self):
        """Whether its name, or that it is a link, says that somebody handed it in."""
        name = self.name.lower()
        return ".ipynb" in name or name.endswith((".zip", *ARCHIVES)) or self.problem == LINK


def of(path, parts) -> File:
    """A file or folder, looked at without opening it."""
    try:
        about = path.lstat()
    except FileNotFoundError:
        return File(parts, path, problem="There is no such file or folder.")
    except OSError as error:
        return File(parts, path, problem=f"This cannot be read: {error.strerror}.")
    problem = ""
    if stat.S_ISLNK(about.st_mode):
        problem = LINK
    elif not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
        problem = "This is not a regular file."
    elif stat.S_ISREG(about.st_mode) and about.st_nlink > 1 and File(parts, path).may_be_submission():
        problem = HARD_LINK
    return File(parts, path, modified=about.st_mtime, problem=problem)


def below(folder, parts=()) -> list[File]:
    """Every file below a folder, leftovers, links and absurd depths aside; what cannot be looked at has its problem.

    Args:
        folder: its path.
        parts: that its files' parts begin with.
    """
    found = []

    def note(error):
        place = Path(error.filename)
        found.append(
            File((*parts, *place.relative_to(folder).parts), place, problem=f"It cannot be read: {error.strerror}.")
        )

    for place, folders, names in os.walk(folder, onerror=note, followlinks=False):
        inner = Path(place).relative_to(folder).parts
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        folders[:] = sorted(name for name in folders if not is_leftover(name) and name not in links)
        if len(inner) >= DEEPEST or "pyvenv.cfg" in names:
            folders.clear()
        for name in sorted(name for name in (*names, *links) if not is_leftover(name)):
            if len(found) == MOST_FILES:
                problem = f"This folder holds more than {MOST_FILES} files. The rest was left out."
                return [*found, File(parts, folder, problem=problem)]
            found.append(of(Path(place, name), (*parts, *inner, name)))
    return found


def inside(file, folder=None) -> list[File]:
    """Every file in a zip, leftovers aside; for a zip that cannot be read, the zip with its problem.

    Args:
        file: the zip as a `File`.
        folder: the learner's, in which it lies.
    """
    try:
        with opened(file.path, folder) as handle:
            listed = zips.members(_innermost(handle, file.inside))
    except Unreadable as error:
        return [File(file.parts, file.path, file.inside, file.modified, str(error))]
    kept = [
        File((*file.parts, *member.parts), file.path, (*file.inside, member.name), member.modified, member.problem)
        for member in listed
        if member.parts and not any(map(is_leftover, member.parts))
    ]
    if sum(member.is_notebook() for member in kept) > MOST_FILES:
        return [replace(file, problem=f"This zip holds more than {MOST_FILES} notebooks. Unzip it.")]
    return kept or [replace(file, problem="This zip holds no notebook.")]


def read(path, folder=None, inside=()) -> bytes:
    """The content of a notebook file.

    Args:
        path: of the file, or of the zip that it is in.
        folder: the learner's, if any: nothing on the way from it to the file may be a link.
        inside: names of the members, one a zip, that lead to it.

    Raises:
        Unreadable: when it cannot be read, is no regular file, or is too large.
    """
    with opened(path, folder) as file:
        if inside:
            return zips.read(_innermost(file, inside[:-1]), inside[-1], LARGEST)
        if (size := os.fstat(file.fileno()).st_size) > LARGEST:
            raise Unreadable(f"This file has {size / 2**20:.0f} MiB; at most {LARGEST // 2**20} are read.")
        try:
            return file.read(LARGEST)
        except OSError as error:
            raise Unreadable(f"This file cannot be read: {error.strerror}.") from None


def _innermost(file, names):
    """The zip that these members, each of the one before, lead to."""
    for name in names:
        file = io.BytesIO(zips.read(file, name, LARGEST_ZIP))
    return file


@contextlib.contextmanager
def opened(path, folder=None):
    """A regular file, opened for reading bytes, by way of no link from the learner's folder on.

    Raises:
        Unreadable: when this cannot be.
    """
    path = Path(os.path.abspath(path))
    base = path.parent if folder is None else Path(os.path.abspath(folder)).parent
    handle = _open(path, base)
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode) or about.st_nlink > 1:
        os.close(handle)
        raise Unreadable(HARD_LINK if stat.S_ISREG(about.st_mode) else "This is not a regular file.")
    with os.fdopen(handle, "rb") as file:
        yield file


def _open(path, base):
    *folders, name = path.relative_to(base).parts
    handles = []
    try:
        handles.append(os.open(base, os.O_RDONLY | os.O_DIRECTORY))
        for part in folders:
            handles.append(os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=handles[-1]))
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handles[-1])
    except OSError as error:
        raise Unreadable(f"This file cannot be read: {error.strerror}.") from None
    finally:
        for handle in handles:
            os.close(handle)
