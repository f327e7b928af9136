"""Data sets for the lessons: small, and available without a network by default."""

import importlib

from autoencoders_edu.data.dataset import Dataset, Incident

__all__ = ["Dataset", "Incident", "load", "names"]

# The module of each data set's function, imported when it is first used.
_MODULES = {
    "digits": "images",
    "fashion_mnist": "images",
    "server_metrics": "server_metrics",
    "sprites": "sprites",
}


def names() -> tuple[str, ...]:
    """The names that `load` knows."""
    return tuple(_MODULES)


def load(name: str, **options) -> Dataset:
    """Loads a data set.

    Args:
        name: "fashion_mnist" (28x28 grey images of clothes), "digits" (8x8 grey digits), "sprites" (binary shapes with
            known factors) or "server_metrics" (50 metrics every minute, with incidents).
        options: options of the function that loads it: `ae.data.images.fashion_mnist`, `ae.data.images.digits`,
            `ae.data.sprites.sprites`, `ae.data.server_metrics.server_metrics`.

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
