"""Metrics of what a model has learnt: disentanglement, generation, linear probes."""

import importlib
from typing import TYPE_CHECKING

from autoencoders_edu.metrics import disentanglement, generation, probes

if TYPE_CHECKING:
    from autoencoders_edu.metrics import classifier

__all__ = ["classifier", "disentanglement", "generation", "probes"]


def __getattr__(name):
    """Only the classifier needs Keras: checks use the other metrics where Keras is not installed."""
    if name == "classifier":
        return importlib.import_module("autoencoders_edu.metrics.classifier")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(__all__)}.")
