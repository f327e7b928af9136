"""Data sets for the lessons: small, real where they can be, and none of the defaults needs a network."""

import importlib

from autoencoders_edu.data.dataset import Dataset, Incident

__all__ = ["Dataset", "Incident", "load", "names"]

# Which module holds each data set's function, imported when it is first asked for.
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
            known factors) or "server_metrics" (50 metrics a minute, with incidents).
        options: those of the function behind the name: `ae.data.images.fashion_mnist`, `ae.data.images.digits`,
            `ae.data.sprites.sprites`, `ae.data.server_metrics.server_metrics`.

    Returns:
        A `Dataset`.

    Raises:
        ValueError: for an unknown name, a missing or altered file, or data that cannot be used.

    Example:

    >>> ae.data.load("digits")
    Dataset(digits: train (1078, 8, 8, 1), val (359, 8, 8, 1), test (360, 8, 8, 1); CC BY 4.0)
    """
    if not isinstance(name, str) or name not in _MODULES:
        raise ValueError(f"Unknown data set {name!r}. Expected one of: {', '.join(map(repr, names()))}.")
    module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    return getattr(module, name)(**options)
