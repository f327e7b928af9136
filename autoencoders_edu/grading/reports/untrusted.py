"""Text that a learner wrote or may have written (names, messages, paths): it is shown, and nothing obeys it."""

import contextlib
import hashlib
import os
import re
import secrets

import click

# Obeyed by terminals, forbidden in XML or JSON, or made to mislead the eye: control characters except tab and line
# feed, marks that turn the direction of writing, halves of surrogate pairs, non-characters.
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)


def plain(text, limit=20_000) -> str:
    """The text without what is obeyed instead of shown; lines end in a line feed.

    Args:
        text: any; it is converted with `str`.
        limit: characters; of what is longer, the start and a remark how much is missing.

    Example:
        >>> plain("a\\x1b[31mb\\r\\nc")
        'ab\\nc'
    """
    text = click.unstyle(str(text)).replace("\r\n", "\n").replace("\r", "\n")
    text = OBEYED.sub("", text)
    return text if len(text) <= limit else f"{text[:limit]}\n… and {len(text) - limit} more characters"


def one_line(text, limit=200) -> str:
    """The text on one line; what is too long ends in "…"."""
    line = " ".join(plain(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def identity(name, limit=255) -> str:
    """A learner's name as an id: on one line, nothing in it is obeyed, and different names stay different.

    What would be dropped elsewhere is written as an escape, such as a space at an end. A long name ends in a digest.

    Example:
        >>> identity("ada"), identity("ada "), identity("\\udcff")
        ('ada', 'ada\\\\x20', '\\\\udcff')
    """
    text = re.sub(r"\\|^\s|\s$|(?<=\s)\s|[^\S ]|" + OBEYED.pattern, _escaped, str(name))
    if len(text) <= limit:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return f"{text[: limit - 13]}…{digest}"


def _escaped(match):
    return "\\x20" if match[0] == " " else match[0].encode("unicode_escape").decode()


def first_line(text) -> str:
    """The first line that is not empty."""
    return one_line(next((line for line in plain(text).split("\n") if line.strip()), ""))


def without_commands(text) -> str:
    """The text, such that GitHub Actions finds no workflow command in it, wherever it is printed.

    Example:
        >>> without_commands("x[::2]\\n ::notice::Points 9/9")
        'x[::2]\\n : :notice::Points 9/9'
    """
    return re.sub(r"^(\s*):(?=:)", r"\1: ", plain(text), flags=re.MULTILINE).replace("##[", "## [")


@contextlib.contextmanager
def commands_stopped(show=print):
    """Nothing that is printed in this `with` statement is a command to GitHub Actions; elsewhere it changes nothing.

    Args:
        show: function that prints one line.
    """
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    token = secrets.token_hex(16)
    show(f"::stop-commands::{token}")
    try:
        yield
    finally:
        show(f"::{token}::")
