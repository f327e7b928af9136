"""The installed size of a requirement and all its dependencies in this environment.

    python install_size.py "autoencoders-edu[tensorflow,study]"

Counts the lengths of all files that each installed distribution lists as its own, including bytecode if the installer
listed it; for an editable install, the files of the package's folder. Does not count Python, pip, and what the file
system adds by rounding up. Prints {distribution: bytes} as its last line.
"""

import importlib.metadata
import importlib.util
import json
import sys
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def closure(requirement):
    """Names of the distributions that a requirement needs in this environment, including itself."""
    seen, waiting = set(), [(requirement.name, frozenset(requirement.extras))]
    while waiting:
        name, extras = key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        for line in importlib.metadata.requires(name) or []:
            needed = Requirement(line)
            chosen = [{"extra": extra} for extra in (extras or {""})]
            if needed.marker is None or any(map(needed.marker.evaluate, chosen)):
                waiting.append((canonicalize_name(needed.name), frozenset(needed.extras)))
    return {canonicalize_name(name) for name, _ in seen}


def size(name):
    """Bytes of a distribution's files."""
    distribution = importlib.metadata.distribution(name)
    files = {Path(file.locate()) for file in distribution.files or []}
    if (distribution.read_text("direct_url.json") or "").find('"editable": true') >= 0:
        spec = importlib.util.find_spec(name.replace("-", "_"))
        folders = spec.submodule_search_locations if spec else []
        files |= {path for folder in folders for path in Path(folder).rglob("*") if "__pycache__" not in path.parts}
    return sum(path.stat().st_size for path in files if path.is_file())


if __name__ == "__main__":
    print(json.dumps({name: size(name) for name in sorted(closure(Requirement(sys.argv[1])))}))
