"""Writing a file whole or not at all: whoever reads it meets the old content or the new."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path


def save(path, content, mode=None) -> Path:
    """Replaces a file in one step; a link is replaced, not followed.

    Args:
        path: of the file; its folder is made if it is missing.
        content: bytes, or a str, which is written as UTF-8.
        mode: permissions; None: those of the file that was there, or its owner's alone.

    Returns:
        The path.

    Raises:
        UnicodeEncodeError: for a str that UTF-8 cannot hold.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        if mode is not None:
            os.chmod(temporary, mode)
        elif path.exists():
            shutil.copymode(path, temporary)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return path
