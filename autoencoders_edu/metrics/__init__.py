"""Numbers for what a model has learnt, by subject."""

from autoencoders_edu.metrics import classifier, disentanglement, generation, probes

__all__ = ["classifier", "disentanglement", "generation", "probes"]
