"""Files that are no submissions: what systems, editors, Jupyter, browsers and sync tools leave beside one."""

import re
from pathlib import PurePath

FOLDERS = {"__MACOSX", "__pycache__", "node_modules", "site-packages", "lost+found", "@eaDir", "#recycle"}
FOLDERS |= {"$RECYCLE.BIN", "System Volume Information"}
FILES = {"thumbs.db", "desktop.ini", "icon\r"}
ENDINGS = ("~", ".bak", ".orig", ".rej", ".swp", ".tmp", ".part", ".crdownload")
_COPY = r"(?:copy|kopie|copie|copia|cópia|kopia|kopi|副本|コピー)"
# What is added to a name: `-Copy1` by Jupyter, ` (1)` by browsers, ` copy 2` and ` - Copy (2)` by macOS and Windows.
MARKS = re.compile(
    rf"""[-_ .]{_COPY}[ ]?\d*$                        # Jupyter, macOS
    | [ ][-–][ ]{_COPY}(?:[ ]\(\d+\))?$               # Windows
    | [ _]?\(\d+\)$                                   # browsers, Google Drive
    | [ _]?\([^()]*conflict[^()]*\)$                  # Dropbox, Nextcloud
    | [._-](?:sync-)?conflict[-_.\w]*$                # Syncthing, Seafile
    """,
    re.IGNORECASE | re.VERBOSE,
)
IN_FRONT = re.compile(rf"^(?:{_COPY} (?:of|von|de|di|av|af) )", re.IGNORECASE)
MOST_MARKS = 8  # copies of copies; a name may consist of nothing but marks
UNTITLED = re.compile(r"^untitled[-\d]*$", re.IGNORECASE)


def is_leftover(name) -> bool:
    """Whether a file or folder of this name is none that anybody hands in.

    Example:
        >>> [is_leftover(name) for name in ("._exercises.ipynb", "__MACOSX", "exercises.ipynb")]
        [True, True, False]
    """
    lower = name.lower()
    emacs = name.startswith("#") and name.endswith("#")
    return emacs or name.startswith((".", "~$")) or name in FOLDERS or lower in FILES or lower.endswith(ENDINGS)


def original(name) -> str:
    """The name without what marks a copy.

    Example:
        >>> original("exercises-Copy1.ipynb"), original("exercises.ipynb")
        ('exercises.ipynb', 'exercises.ipynb')
    """
    path = PurePath(name)
    stem = path.stem
    for _ in range(MOST_MARKS):
        stem = IN_FRONT.sub("", MARKS.sub("", stem)) or stem
    return stem + path.suffix


def copies(names) -> dict[str, str]:
    """Those among the names that are copies of another one that is there, each with that one."""
    there = set(names)
    return {name: original(name) for name in names if original(name) != name and original(name) in there}


def is_untitled(name) -> bool:
    """Whether Jupyter, or an editor, gave a new notebook this name."""
    return bool(UNTITLED.match(PurePath(name).stem))
