"""How strange rows are to a model that knows healthy ones."""

from typing import Any

import numpy as np

from autoencoders_edu._batches import in_batches
from autoencoders_edu.anomaly.rows import Scale


class Errors:
    """e (rows, metrics), how strange each metric of each row is, or one number per row from a model that gives no more.

        e_j = (x_j - x'_j)^2      x in standard deviations of training, x' the model's reconstruction

    A metric that never moved in training counts by how far it has moved, see `Scale`. A function's scores are taken
    as they are.

    Args:
        model: an object with `reconstruct`, or a function from rows to scores (rows,) or (rows, metrics).
        scale: the `Scale` of the training rows.
        standardise: whether the model sees scaled rows, or rows as they are.
    """

    def __init__(self, model: Any, scale: Scale, standardise: bool = True):
        self.model = model
        self.scale = scale
        self.standardise = standardise

    def __call__(self, x: np.ndarray) -> np.ndarray:
        """e for rows x (rows, metrics) as measured.

        Raises:
            ValueError: when the model's answer has another shape, or is not finite.
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
        """What the model sees of rows x. To a network, a metric that never moved in training stays put: no weight of it
        has learnt to answer to another value, and all metrics would be reconstructed at random."""
        seen = self.scale(x) if self.standardise else x
        if hasattr(self.model, "reconstruct"):
            seen = np.where(self.scale.constant, 0 if self.standardise else self.scale.mean, seen)
        return seen.astype("float32")

    def _residuals(self, x):
        """x - x' (rows, metrics), in standard deviations; of a constant metric, how far it has moved."""
        seen = self.seen(x)
        again = in_batches(self.model.reconstruct, seen)
        if again.shape != seen.shape:
            raise ValueError(f"The model's reconstruction must have the shape {seen.shape}. Received: {again.shape}.")
        if not np.isfinite(again).all():
            raise ValueError(
                "The model's reconstruction holds NaN or infinity: its training has diverged. Lower the learning rate."
            )
        apart = seen - again
        if not self.standardise:
            apart = apart / np.where(self.scale.constant, 1, self.scale.stddev)
        return np.where(self.scale.constant, self.scale(x), apart)
