"""Errors of a model on rows of metrics."""

from typing import Any

import numpy as np

from autoencoders_edu._batches import in_batches
from autoencoders_edu.anomaly.rows import Scale
from autoencoders_edu.models.training_data import diverged


class Errors:
    """How strange each metric of each row is to a model that knows healthy rows: e (rows, metrics), with

        e_j = (x_j - x'_j)^2      x in standard deviations of training, x' the model's reconstruction

    For a metric that never moved in training, x_j - x'_j is how far it has moved, see `Scale`. If the model is a
    function, e is what it returns, possibly one number per row, (rows,).

    Args:
        model: an object with `reconstruct`, or a function from rows to scores (rows,) or (rows, metrics).
        scale: the `Scale` of the training rows.
        standardise: whether the model sees scaled rows or unscaled ones.
    """

    def __init__(self, model: Any, scale: Scale, standardise: bool = True):
        self.model = model
        self.scale = scale
        self.standardise = standardise

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """e for unscaled rows x (rows, metrics).

        Raises:
            ValueError: when the model returns another shape, or numbers that are not finite.
        """
        if hasattr(self.model, "reconstruct"):
            return np.square(self._residuals(x), dtype="float64")
        scores = np.asarray(self.model(self.seen(x)), "float64")
        if scores.shape not in ((len(x),), x.shape) or not np.isfinite(scores).all():
            raise ValueError(
                f"The score function must give finite numbers ({len(x)},) or {x.shape}. Received: shape {scores.shape}"
                f"{'' if np.isfinite(scores).all() else ', with NaN or infinity'}."
            )
        return scores

    def seen(self, x: np.ndarray) -> np.ndarray:
        """What the model sees of rows x. For a network, a metric that never moved in training is held constant: the
        network has not learnt to respond to other values and would reconstruct all metrics at random."""
        seen = self.scale(x) if self.standardise else x
        if hasattr(self.model, "reconstruct"):
            seen = np.where(self.scale.constant, 0 if self.standardise else self.scale.mean, seen)
        return seen.astype("float32")

    def _residuals(self, x):
        """x - x' (rows, metrics), in standard deviations; for a constant metric, how far it has moved."""
        seen = self.seen(x)
        again = in_batches(self.model.reconstruct, seen)
        if again.shape != seen.shape:
            raise ValueError(f"The model's reconstruction must have the shape {seen.shape}. Received: {again.shape}.")
        if not np.isfinite(again).all():
            raise ValueError(diverged("The model's reconstruction holds"))
        apart = seen - again
        if not self.standardise:
            apart = apart / np.where(self.scale.constant, 1, self.scale.stddev)
        return np.where(self.scale.constant, self.scale(x), apart)
