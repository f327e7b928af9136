"""Numbers for what a model has learnt, by subject."""

from autoencoders_edu.metrics import classifier, disentanglement, generation

__all__ = ["classifier", "disentanglement", "generation"]
