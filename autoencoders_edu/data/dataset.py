"""The class `Dataset`, which `load` returns."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Incident:
    """One labelled incident in server metrics: rows start <= i < stop of x_test.

    Attributes:
        kind: what happened, one of the data set's class names.
        start, stop: row numbers in x_test.
        metrics: names of the affected metrics.
    """

    kind: str
    start: int
    stop: int
    metrics: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Dataset:
    """Arrays split into training, validation and test data, with the information needed to use them.

    Attributes:
        x_train, x_val, x_test: float32; images are (n, height, width, channels) with pixels in [0, 1], tables are
            (rows, features).
        y_train, y_val, y_test: integer labels (n,) or ground-truth factors (n, factors); None if there are none.
        name, source, licence: what it is, where it comes from, and how it may be used.
        class_names: names of the labels: class_names[label].
        feature_names: names of the columns of a table.
        factor_names: names of the columns of y if y holds factors.
        incidents: for server metrics with known causes, the incidents in x_test.
    """

    x_train: np.ndarray
    x_val: np.ndarray
    x_test: np.ndarray
    y_train: np.ndarray | None
    y_val: np.ndarray | None
    y_test: np.ndarray | None
    name: str
    source: str
    licence: str
    class_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()
    factor_names: tuple[str, ...] = ()
    incidents: tuple[Incident, ...] = ()

    def __repr__(self):
        sizes = ", ".join(f"{split} {getattr(self, f'x_{split}').shape}" for split in ("train", "val", "test"))
        return f"Dataset({self.name}: {sizes}; {self.licence})"
