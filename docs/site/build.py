"""Builds the site: lays out its sources in build/site-source, then calls Sphinx; the pages are in build/site.

    make site

Lessons, exercises and guides are copied to the places that they have in the repository, so that their links to each
other hold. The front page, the list of lessons, the pages of the library and of the ledger are written here.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from pages import all_pages

ROOT = Path(__file__).parents[2]
SITE = ROOT / "docs" / "site"
SOURCE, PAGES = ROOT / "build" / "site-source", ROOT / "build" / "site"
MATHJAX = ROOT / "build" / "npm" / "node_modules" / "mathjax" / "es5"
GUIDES = ("docs/grading.md", "docs/install.md", "docs/scale.md", "docs/examples", "docs/images")
RESULTS = ("benchmarks/RESULTS.md", "benchmarks/NOTES.md")
PROJECT = ("CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "CITATION.cff", "LICENSE", "lessons/LICENSE")


def main():
    shutil.rmtree(SOURCE, ignore_errors=True)
    shutil.copytree(SITE, SOURCE, ignore=shutil.ignore_patterns("__pycache__", "build.py", "pages.py", "test_*.py"))
    (SOURCE / "static" / "mathjax").mkdir(parents=True)
    shutil.copy2(MATHJAX / "tex-svg.js", SOURCE / "static" / "mathjax")
    lessons = [f"lessons/{folder.name}" for folder in (ROOT / "lessons").iterdir() if folder.is_dir()]
    for name in [*GUIDES, *RESULTS, *PROJECT, *lessons]:
        (SOURCE / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, SOURCE / name)
    for name, text in all_pages().items():
        (SOURCE / name).parent.mkdir(parents=True, exist_ok=True)
        (SOURCE / name).write_text(text, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", SOURCE, PAGES]
    sys.exit(subprocess.run(command).returncode)


if __name__ == "__main__":
    main()
