"""Data sets for the lessons: small, and available without a network by default."""

import importlib
from typing import TYPE_CHECKING

from autoencoders_edu.data.dataset import Dataset, Incident

if TYPE_CHECKING:
    from autoencoders_edu.data.frames import frame as frame
    from autoencoders_edu.data.mixed_table import Table as Table
    from autoencoders_edu.data.mixed_table import table as table

__all__ = ["Dataset", "Incident", "Table", "frame", "load", "names", "table"]

# The module of each data set's function, imported when it is first used.
_MODULES = {
    "digits": "images",
    "fashion_mnist": "images",
    "kr_vs_kp": "frames",
    "server_metrics": "server_metrics",
    "sprites": "sprites",
}
_LATER = {"Table": "mixed_table", "frame": "frames", "table": "mixed_table"}  # these import pandas

if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(__all__)}.")
        return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return tuple(_MODULES)


def load(name: str, **options) -> Dataset:
    """Loads a data set.

    Args:
        name: "fashion_mnist" (28x28 grey images of clothes), "digits" (8x8 grey digits), "sprites" (binary shapes with
            known factors), "server_metrics" (50 metrics every minute, with incidents) or "kr_vs_kp" (36 categorical
            features of chess endgames; for tables as DataFrames, see `ae.data.frame` and `ae.data.table`).
        options: options of the function that loads it: `ae.data.images.fashion_mnist`, `ae.data.images.digits`,
            `ae.data.sprites.sprites`, `ae.data.server_metrics.server_metrics`, `ae.data.frames.kr_vs_kp`.

    Returns:
        A `Dataset`.

    Raises:
        ValueError: for an unknown name, a missing or altered file, or unusable data.

    Example:

    >>> ae.data.load("digits")
    Dataset(digits: train (1078, 8, 8, 1), val (359, 8, 8, 1), test (360, 8, 8, 1); CC BY 4.0)
    """
    if not isinstance(name, str) or name not in _MODULES:
        raise ValueError(f"Unknown data set {name!r}. Expected one of: {', '.join(map(repr, names()))}.")
    module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    return getattr(module, name)(**options)
