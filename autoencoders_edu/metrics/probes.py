"""Linear probes: what a linear classifier can read from a code."""

import numpy as np
from numpy.typing import ArrayLike


def linear_probe(x_train: ArrayLike, y_train: ArrayLike, x_test: ArrayLike, y_test: ArrayLike) -> float:
    """The accuracy on test rows of a linear classifier trained on codes.

    It measures how much information about the labels is linearly accessible in the code, not how much there is.
    Compare it with two numbers: the accuracy of a probe on the pixels themselves, and the share of the most frequent
    label. The classifier is multinomial logistic regression on standardised features, with scikit-learn's default
    weight decay.

    Args:
        x_train, x_test: codes (n, latents), (m, latents); or images, which are flattened.
        y_train, y_test: integer labels (n,), (m,).

    Returns:
        A float between 0 and 1.

    Raises:
        ValueError: for other shapes, numbers that are not finite, labels that are not integers, or only one label.

    Example:

    >>> data = ae.data.load("digits")
    >>> linear_probe(data.x_train, data.y_train, data.x_test, data.y_test) > 0.9  # the pixels
    True

    Reference: Alain and Bengio 2017, "Understanding intermediate layers using linear classifier probes".
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x_train, y_train = _checked("x_train", x_train, "y_train", y_train)
    x_test, y_test = _checked("x_test", x_test, "y_test", y_test)
    if x_train.shape[1] != x_test.shape[1]:
        raise ValueError(
            f"linear_probe needs the same features in both sets. Received: {x_train.shape[1]} in x_train and "
            f"{x_test.shape[1]} in x_test."
        )
    if len(np.unique(y_train)) < 2:
        raise ValueError(f"linear_probe needs several labels to tell apart. Received: y_train holds only {y_train[0]}.")
    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    return float(probe.fit(x_train, y_train).score(x_test, y_test))


def _checked(x_name, x, y_name, y):
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim < 2 or y.ndim != 1 or len(x) != len(y) or len(x) == 0:
        raise ValueError(
            f"linear_probe expects {x_name} (n, features) and {y_name} (n,), one label per row. Received: "
            f"{x.shape} and {y.shape}."
        )
    if x.dtype.kind not in "biuf" or not np.isfinite(x).all():
        raise ValueError(f"linear_probe expects finite numbers in {x_name}. Received: dtype {x.dtype}, or NaN in it.")
    if y.dtype.kind not in "biu":
        raise ValueError(f"linear_probe expects integer labels in {y_name}. Received: dtype {y.dtype}.")
    return x.reshape(len(x), -1).astype(float), y
