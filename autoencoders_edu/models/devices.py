"""Several devices: what `keras.distribution` divides among them, checked before training."""

import importlib
import math
from typing import Any

from autoencoders_edu._backend import keras
from autoencoders_edu.models.training_data import look_at


def check_distribution(x: Any, batch_size: int | None, split: float | None = None, steps: int | None = None) -> None:
    """Raises ValueError if `keras.distribution` is in use and cannot divide the batches of x among its devices.

    Args:
        x: what `fit` or `evaluate` takes: arrays, or a data set.
        batch_size: None for Keras's default.
        split: `validation_split`, which makes batches of both parts.
        steps: `steps_per_epoch`.
    """
    distribution = keras.distribution.distribution()
    if distribution is None:
        return
    if keras.backend.backend() != "jax":
        raise ValueError(
            f"A {type(distribution).__name__} is set, but on TensorFlow Keras trains on one device all the same. Set "
            "KERAS_BACKEND=jax before Python starts, or use tf.distribute.MirroredStrategy on TensorFlow; "
            "keras.distribution.set_distribution(None) takes it back."
        )
    parts = [array for array in keras.tree.flatten(look_at(x)[0]) if array is not None]
    if not parts or not isinstance(distribution, keras.distribution.DataParallel):
        return
    examples, devices = len(parts[0]), distribution.num_model_replicas // importlib.import_module("jax").process_count()
    kept = math.floor(examples * (1.0 - split)) if split else examples
    batch_size = batch_size or (math.ceil(kept / steps) if steps else 32)
    whole = hasattr(x, "element_spec") or isinstance(x, keras.utils.PyDataset)  # what was looked at is one batch
    for count in (kept, examples - kept):
        _check(count, count if whole else min(batch_size, count), devices)


def _check(examples, batch_size, devices):
    if batch_size % devices:
        raise ValueError(
            f"A batch of {batch_size} examples cannot be divided among {devices} devices. Choose a batch_size that "
            f"{devices} divides."
        )
    last = examples % batch_size if batch_size else 0
    if last % devices:
        raise ValueError(
            f"The last of the batches holds {last} of {examples} examples and cannot be divided among {devices} "
            f"devices. Leave out {last % devices}: x[:{examples - last % devices}]."
        )
