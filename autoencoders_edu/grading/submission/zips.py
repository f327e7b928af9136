"""Reads strangers' zip archives: nothing is written to disk, and every step has a bound, whatever a header claims."""

import contextlib
import io
import stat
import time
import zipfile
from dataclasses import dataclass

from autoencoders_edu.course.notebooks import Unreadable

MOST_MEMBERS = 20_000
MOST_LISTED = 4 * 2**20  # bytes of an archive's list of members; zipfile reads it in one go
CHUNK = 2**16
LONGEST, DEEPEST = 255, 20  # bytes of a name, and names in a path: what file systems and `files` allow
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others give no bound for what a few bytes expand to
UNZIP = "Unzip it and submit the notebook inside."
LINK = "This is a symbolic link. Links are not followed: submit the file itself."


@dataclass(frozen=True)
class Member:
    """One file in an archive: its name there, the parts of its path, when it was changed; or why it is not read."""

    name: str
    parts: tuple[str, ...]
    modified: float
    problem: str = ""


def members(file) -> list[Member]:
    """What an archive holds, folders aside.

    Args:
        file: the archive, opened for reading bytes.

    Raises:
        Unreadable: for what is no zip, and for one with too many members.
    """
    with _opened(file) as archive:
        return [_member(info) for info in archive.NameToInfo.values() if not info.is_dir()]


def read(file, name, most) -> bytes:
    """One member of an archive.

    Args:
        file: the archive, opened for reading bytes.
        name: of the member, as `members` gives it.
        most: bytes that it may have.

    Raises:
        Unreadable: when it has more, or cannot be read.
    """
    with _opened(file) as archive:
        info = archive.getinfo(name)  # of several with one name the last, as in `members`
        if problem := _member(info).problem:
            raise Unreadable(problem)
        pieces, size = [], 0
        with archive.open(info) as content:
            while piece := content.read(CHUNK):
                pieces.append(piece)
                size += len(piece)
                if size > most:
                    raise Unreadable(f"This file is larger than {most // 2**20} MiB, which is the most that is read.")
        return b"".join(pieces)


@contextlib.contextmanager
def _opened(file):
    """The archive; whatever goes wrong with it is said in words for its author."""
    try:
        bounded = _Bounded(file)
        try:
            archive = zipfile.ZipFile(bounded, metadata_encoding="utf-8")  # macOS does not say that names are UTF-8
        except UnicodeDecodeError:
            archive = zipfile.ZipFile(bounded)
        with archive:
            if len(archive.infolist()) > MOST_MEMBERS:
                raise Unreadable(f"This zip holds more than {MOST_MEMBERS} files. {UNZIP}")
            yield archive
    except Unreadable:
        raise
    except Exception as error:  # whatever a stranger's bytes provoke
        raise Unreadable(f"This zip cannot be read: {error}. {UNZIP}"[:300]) from None


class _Bounded(io.RawIOBase):
    """A file of which no single read takes more than a list of members may have."""

    def __init__(self, file):
        self.file = file
        self.size = file.seek(0, io.SEEK_END)

    def seekable(self):
        return True

    def readable(self):
        return True

    def seek(self, offset, whence=io.SEEK_SET):
        return self.file.seek(offset, whence)

    def tell(self):
        return self.file.tell()

    def read(self, size=-1):
        size = self.size - self.tell() if size is None or size < 0 else size
        if size > MOST_LISTED:
            raise zipfile.BadZipFile("its list of files is too long")
        return self.file.read(max(0, size))


def _member(info):
    path = info.filename.replace("\\", "/")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    problem = ""
    if path.startswith("/") or ".." in parts or path[1:2] == ":":
        problem = f"Its path leads out of the zip. {UNZIP}"
    elif len(parts) > DEEPEST or any(len(part.encode("utf-8", "replace")) > LONGEST for part in parts):
        parts, problem = tuple(part[:40] for part in parts[:DEEPEST]), f"Its path is too long. {UNZIP}"
    elif stat.S_ISLNK(info.external_attr >> 16):
        problem = LINK
    elif info.flag_bits & 1:
        problem = f"The zip is encrypted. {UNZIP}"
    elif info.compress_type not in METHODS:
        problem = f"The zip uses a compression method that is not read here. {UNZIP}"
    return Member(info.filename, tuple(part for part in parts if part != ".."), _when(info), problem)


def _when(info):
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0
