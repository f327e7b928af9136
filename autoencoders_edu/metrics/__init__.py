"""Numbers for what a model has learnt, by subject."""

from autoencoders_edu.metrics import classifier, generation

__all__ = ["classifier", "generation"]
