"""Metrics of what a model has learnt: disentanglement, generation, linear probes."""

from autoencoders_edu.metrics import classifier, disentanglement, generation, probes

__all__ = ["classifier", "disentanglement", "generation", "probes"]
