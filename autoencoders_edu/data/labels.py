"""Labels of rows: which of them are healthy?"""

import numbers

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def parse_labels(labels: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Labels as integers: 0 for healthy rows, positive for others. False and True count as 0 and 1.

    Nothing else is guessed at: to scikit-learn, 1 is a healthy row and -1 an anomaly; to others, -1 is healthy; and
    words do not say which of them stands for health.

    Args:
        labels: (rows,), array, list or column of a table.

    Returns:
        (labels, bad), both (rows,): int64, and True wherever a label is none of these.
    """
    column = pd.Series(labels)
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy("float64", na_value=np.nan)
    else:
        values = np.array([_number(value) for value in column], "float64")
    good = np.isfinite(values) & (values >= 0) & (values == np.floor(values))
    return np.where(good, values, 0).astype("int64"), ~good


def _number(value):
    value = np.asarray(value).item()  # a scalar of any library
    return value if isinstance(value, numbers.Real) else np.nan
