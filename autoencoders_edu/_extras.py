"""Packages that only some commands need, and the extras of this package that bring them."""

import importlib.util
import re

PROJECT = "autoencoders-edu"


def missing(module) -> str:
    """How to get a module that is not installed; "" if it is. Imports nothing."""
    return "" if importlib.util.find_spec(module) else how_to_get(module)


def how_to_get(module) -> str:
    """A sentence that names a missing module and the extras that bring it; "" when no extra does."""
    extras = [extra for package, extra in _optional_requirements() if package == module.partition(".")[0].lower()]
    commands = " or ".join(f"pip install '{PROJECT}[{extra}]'" for extra in extras)
    return f"This needs {module}, which is not installed. Install it with {commands}." if extras else ""


def _optional_requirements():
    """Pairs of a package and an extra that brings it."""
    import importlib.metadata  # not for `aedu --help`, which has to be quick

    try:
        needs = importlib.metadata.requires(PROJECT) or ()
    except importlib.metadata.PackageNotFoundError:  # run from a folder, not installed
        return
    for need in needs:
        if found := re.match(r"([\w.-]+).*\bextra == ['\"](\w+)['\"]", need):
            yield found[1].lower(), found[2]
