"""Terminals and logs that are not in UTF-8: what they cannot show becomes something that they can."""

import codecs
import io
import sys

SUBSTITUTES = {"✓": "+", "✗": "x", "○": "o", "…": "...", "–": "-", "’": "'", "“": '"', "”": '"'}
HANDLER = "aedu.substitute"


def _substitute(error):
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SUBSTITUTES.get(character, "?") for character in error.object[error.start : error.end]), error.end


def never_fail():
    """From now on no character that is printed can end the command."""
    codecs.register_error(HANDLER, _substitute)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)
