"""Packs an autograder for Gradescope: a zip with setup.sh, run_autograder and a copy of the course without solutions.

Both scripts work in $AUTOGRADER_ROOT, which is /autograder on Gradescope.
"""

import io
import zipfile
from pathlib import Path

from autoencoders_edu.course import curriculum
from autoencoders_edu.course.folders import INSTALLED, PACKAGE
from autoencoders_edu.grading import reports

FILES = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE")  # what installing the package needs beside it
WHEN = (2000, 1, 1, 0, 0, 0)  # of every file: the same course gives the same zip

SETUP = """\
#!/usr/bin/env bash
# Runs once, while Gradescope builds the image: Python, the pinned dependencies, the course.
set -euo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
course=$root/source/course

find_python() {
  for candidate in python3.11 python3.12 python3.13 python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
}

python=${PYTHON:-$(find_python)}
if [ -z "$python" ]; then
  apt-get update
  apt-get install -y --no-install-recommends python3.11 python3.11-venv ||
    apt-get install -y --no-install-recommends python3 python3-venv
  python=$(find_python)
fi
if [ -z "$python" ]; then
  echo "This image has no Python 3.11 or newer. Choose the base image Ubuntu 22.04 or later." >&2
  exit 1
fi

"$python" -m venv "$root/venv"
"$root/venv/bin/pip" install --no-cache-dir --constraint "$course/constraints.txt" -e "$course[tensorflow,grade]"
chmod -R a+rX "$root/venv" "$course" # learners' code runs as an unprivileged user
"$root/venv/bin/aedu" --version
"""

RUN = """\
#!/usr/bin/env bash
# Grades one submission. There is a results.json afterwards, whatever happened: without one, Gradescope shows learners
# nothing but that the autograder failed.
set -uo pipefail
root=${AUTOGRADER_ROOT:-/autograder}
seconds=${GRADING_SECONDS:-540} # less than the 10 minutes after which Gradescope ends it
results=$root/results
work=$(mktemp -d) # nobody else's: learners' code runs as another user, and must not read the seed
trap 'rm -rf "$work"' EXIT

mkdir -p "$results"
rm -f "$results/results.json"
chmod go-rwx "$root/submission_metadata.json" 2>/dev/null

cd "$root" || exit 1
timeout --kill-after=10 "$seconds" "$root/venv/bin/aedu" grade "$root/submission" \\
  --lesson @LESSON@ --format gradescope --out "$work" 2>"$work/stderr"
code=$?
cat "$work/stderr" >&2

explain() {
  case $code in
  124) echo "Grading took longer than $seconds s and was stopped. Does a cell run very long, or for ever?" ;;
  137) echo "Grading was killed: it needed more than $seconds s, or more memory than there is." ;;
  2) grep -a '^Error: ' "$work/stderr" | tail -n 1 ;; # no paths and tracebacks of this machine
  *) echo "The grader itself failed (exit code $code)." ;;
  esac
  echo "This submission was not graded. If you cannot tell why, ask the course staff: they see the full output."
}

if [ ! -s "$work/results.json" ]; then
  explain | "$root/venv/bin/python" -I -c '
import json, sys
text = sys.stdin.buffer.read().decode(errors="replace")
print(json.dumps({"score": 0, "output": text, "output_format": "text"}))
' >"$work/results.json" ||
    echo '{"score": 0, "output": "The autograder is broken. Ask the course staff."}' >"$work/results.json"
fi
install -m 644 "$work/results.json" "$results/results.json"
exit 0
"""


def export(lesson: str, out: Path) -> Path:
    """Writes the zip that "Configure Autograder" on Gradescope takes.

    Args:
        lesson: its number or folder.
        out: folder; it is made if it is missing.

    Returns:
        The path of the zip.

    Raises:
        ValueError: for an unknown lesson, and when the package does not run from a checkout.
    """
    found = curriculum.find(lesson)
    if missing := [name for name in FILES if not (INSTALLED / name).is_file()]:
        raise ValueError(f"{INSTALLED} lacks {', '.join(missing)}. Clone the course and run this inside the checkout.")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", SETUP.encode(), mode=0o755)
        _add(archive, "run_autograder", RUN.replace("@LESSON@", found.number).encode(), mode=0o755)
        for path in course_files():
            _add(archive, f"course/{path.relative_to(INSTALLED).as_posix()}", path.read_bytes(), mode=0o644)
    return reports.save(Path(out) / f"gradescope_{found.folder}.zip", content.getvalue(), mode=0o644)


def course_files() -> list[Path]:
    """What is copied: the package and what installing it needs; no solutions, no tests, nothing hidden or compiled."""
    package = sorted(path for path in PACKAGE.rglob("*") if path.is_file())
    return [INSTALLED / name for name in FILES] + [path for path in package if _belongs(path.relative_to(INSTALLED))]


def _belongs(path):
    return path.suffix != ".pyc" and not any(part.startswith((".", "__pycache__")) for part in path.parts)


def _add(archive, name, content, mode):
    entry = zipfile.ZipInfo(name, WHEN)
    entry.create_system = 3  # Unix: the upper half of external_attr is the mode
    entry.external_attr = (0o100000 | mode) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
