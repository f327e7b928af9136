"""Stores what a benchmark measured: a CSV with one row per measurement, and a JSON that says when and with what."""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
# `make bench` makes each environment from pins. The backends cannot share one, and the peers have needs of their own.
PYTHONS = {
    "tensorflow": ROOT / ".venv" / "bin" / "python",
    "jax": ROOT / ".venv-jax" / "bin" / "python",
    "torch": ROOT / ".venv-torch" / "bin" / "python",  # pythae, PyOD, disent
    "graders": ROOT / ".venv-peers" / "bin" / "python",  # nbgrader, otter
}


def parser(documentation):
    """The options that all benchmarks have."""
    made = argparse.ArgumentParser(description=documentation, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument(
        "--smallest",
        action="store_true",
        help="a smoke test of seconds, not minutes; contestants whose environment is missing are left out",
    )
    made.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    return made


def available(environment):
    """Whether an environment has been made."""
    return PYTHONS[environment].exists()


def save(name, rows, packages, settings, folder=RESULTS):
    """Writes the rows of a benchmark, and what is needed to interpret them.

    Args:
        name: the benchmark's; the files are NAME.csv and NAME.json.
        rows: list of dicts, or a DataFrame.
        packages: {environment: names of packages whose versions matter}; those of missing environments are left out.
        settings: dict of seeds, sizes, repeats: everything needed to run it again.
        folder: a Path.

    Returns:
        The rows as a DataFrame.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = pd.DataFrame(rows)
    table.to_csv(folder / f"{name}.csv", index=False)
    about = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{processor()}, {os.cpu_count()} CPU cores",
        "commit": commit(),
        "settings": settings,
        "versions": {name: versions(PYTHONS[name], names) for name, names in packages.items() if available(name)},
    }
    (folder / f"{name}.json").write_text(json.dumps(about, indent=1) + "\n")
    return table


def processor():
    """The CPU's name, or at least its architecture."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line)
        return " ".join(lines["model name\t"].split())
    except (OSError, KeyError):
        return platform.processor() or platform.machine()


def commit():
    """The library's commit, with a + if files differ from it; None outside a repository."""
    try:
        said = [_git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain", "--", ".", ":!benchmarks/results")]
    except (OSError, subprocess.CalledProcessError):
        return None
    return said[0] + ("+" if said[1] else "")


def _git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def load(name, folder=RESULTS):
    """(DataFrame, what `save` stored beside it)."""
    return pd.read_csv(folder / f"{name}.csv"), json.loads((folder / f"{name}.json").read_text())


def versions(python, names):
    """{package: version} in an interpreter's environment."""
    if Path(python) == Path(sys.executable):
        return {name: importlib.metadata.version(name) for name in names}
    code = "import importlib.metadata as m, json, sys; print(json.dumps({n: m.version(n) for n in sys.argv[1:]}))"
    return json.loads(subprocess.run([python, "-c", code, *names], capture_output=True, text=True, check=True).stdout)


def in_environment(environment, script, *arguments, **variables):
    """Runs a script in one of the environments and returns the JSON that it prints on its last line.

    Args:
        environment: a key of PYTHONS.
        script: a Path.
        arguments: strings or numbers.
        variables: environment variables, such as KERAS_BACKEND="jax".

    Raises:
        RuntimeError: if the script fails, with the end of its output.
    """
    python = PYTHONS[environment]
    if not python.exists():
        raise RuntimeError(f"{python.relative_to(ROOT)} is missing. Run `make bench`, which makes it.")
    done = subprocess.run(
        [python, script, *map(str, arguments)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(script).name} failed in {environment}: {(done.stdout + done.stderr)[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])
