"""Copies figures from stored notebooks to docs/images, for the README.

python scripts/export_figures.py
"""

import base64
import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
# file in docs/images: (notebook, start of the figure's alt text)
FIGURES = {
    "lesson_01_reconstructions.png": ("lessons/01_reconstruction/lesson.ipynb", "Ten test images, their"),
}


def figure(notebook, alt):
    """The bytes of the one PNG in a notebook whose alt text starts like this."""
    outputs = [output for cell in json.loads(notebook.read_text())["cells"] for output in cell.get("outputs", [])]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    (found,) = [output for output in pictures if output["metadata"]["image/png"]["alt"].startswith(alt)]
    return base64.b64decode(found["data"]["image/png"])


def main():
    for name, (notebook, alt) in FIGURES.items():
        (ROOT / "docs" / "images" / name).write_bytes(figure(ROOT / notebook, alt))


if __name__ == "__main__":
    main()
