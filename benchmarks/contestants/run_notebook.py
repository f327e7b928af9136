"""Runs one notebook from top to bottom, as `aedu run` does, and prints its output.

python run_notebook.py PATH
"""

import sys
from pathlib import Path

from autoencoders_edu.course.running import run_notebook

if __name__ == "__main__":
    run_notebook(Path(sys.argv[1]).resolve(), print)
