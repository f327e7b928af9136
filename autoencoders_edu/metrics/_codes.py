"""Codes and their ground-truth factors: validation, splits, and draws with one factor held fixed."""

import numpy as np
from numpy.typing import ArrayLike

ROUNDING = 1e-6  # a few units in the last place of float32, relative to the largest code


def checked(
    owner: str, codes: ArrayLike, factors: ArrayLike, latents: int = 1, known: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Codes and factors, validated and in the form that the scores use.

    A dead latent, whose values differ by no more than the rounding of float32, becomes exactly 0: it carries no
    information, and dividing by its stddev would turn rounding into a signal.

    Args:
        owner: name of the score, for messages.
        codes: (n, latents), finite numbers.
        factors: (n, factors), integers; each must take several values.
        latents, known: minimum number of latents and of factors.

    Returns:
        (codes, factors): floats, and integers with the values of each factor renumbered 0, 1, 2, ... in ascending
        order.

    Raises:
        ValueError: for anything else.
    """
    codes, factors = np.array(codes), np.asarray(factors)
    if codes.ndim != 2 or factors.ndim != 2 or len(codes) != len(factors) or len(codes) < 2:
        raise ValueError(
            f"{owner} expects codes (n, latents) and factors (n, factors), one row for each example and n >= 2. "
            f"Received: codes {codes.shape}, factors {factors.shape}. One factor alone is a column: y[:, None]."
        )
    if codes.shape[1] < latents or factors.shape[1] < known:
        raise ValueError(
            f"{owner} compares at least {_count(latents, 'latent')} and {_count(known, 'factor')}. Received: codes "
            f"{codes.shape}, factors {factors.shape}."
        )
    if codes.dtype.kind not in "biuf" or not np.isfinite(codes).all():
        raise ValueError(
            f"{owner} expects codes that are finite numbers. Received: {_what_is_wrong(codes)}. Look at the encoder's "
            "output before it is measured."
        )
    if factors.dtype.kind not in "biu":
        raise ValueError(
            f"{owner} expects factors that are integers, one for each value a factor takes. Received: {factors.dtype}. "
            "Cut a continuous factor into bins first, with np.digitize for instance."
        )
    return _without_dead(codes.astype(float)), _renumbered(owner, factors)


def split_rows(owner: str, factors: np.ndarray, test_share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Random row numbers for training and for testing.

    Raises:
        ValueError: when no rows are left for testing, or a factor has only one value in the training rows.
    """
    from sklearn.model_selection import train_test_split

    if not 0 < test_share < 1:
        raise ValueError(f"{owner} expects test_share to be between 0 and 1. Received: {test_share!r}.")
    train, test = map(np.asarray, train_test_split(np.arange(len(factors)), test_size=test_share, random_state=seed))
    constant = np.flatnonzero(np.ptp(factors[train], axis=0) == 0)
    if len(constant):
        raise ValueError(
            f"{owner} trains on {len(train)} of {len(factors)} rows, in which factor {constant[0]} has only one "
            "value. Give it more rows."
        )
    return train, test


def draw_sharing(factor: np.ndarray, groups: int, size: int, rng: np.random.Generator) -> np.ndarray:
    """Row numbers (groups, size): the rows of a group share one value of the factor and are otherwise random.

    The value is that of a random row, so frequent values are drawn more often; rows can be drawn repeatedly.

    Args:
        factor: (n,), renumbered values.
    """
    order, counts = np.argsort(factor, kind="stable"), np.bincount(factor)
    value = factor[rng.integers(len(factor), size=groups)]
    start = (np.cumsum(counts) - counts)[value]
    return order[start[:, None] + rng.integers(counts[value][:, None], size=(groups, size))]


def standardised(codes: np.ndarray) -> np.ndarray:
    """Codes with mean 0 and stddev 1 per latent; a dead latent stays 0."""
    stddev = codes.std(axis=0)
    return (codes - codes.mean(axis=0)) / np.where(stddev > 0, stddev, 1)


def _without_dead(codes):
    dead = np.ptp(codes, axis=0) <= ROUNDING * np.abs(codes).max(axis=0)
    codes[:, dead] = 0
    return codes


def _renumbered(owner, factors):
    columns = [np.unique(column, return_inverse=True) for column in factors.T]
    constant = [j for j, (values, _) in enumerate(columns) if len(values) == 1]
    if constant:
        raise ValueError(
            f"{owner} cannot measure a factor that never changes. Received: factor {constant[0]} is "
            f"{columns[constant[0]][0][0]} in every row; leave its column out."
        )
    return np.stack([numbers for _, numbers in columns], axis=1)


def _what_is_wrong(codes):
    if codes.dtype.kind not in "biuf":
        return f"dtype {codes.dtype}"
    rows, columns = np.nonzero(~np.isfinite(codes))
    return f"{codes[rows[0], columns[0]]} in row {rows[0]}, latent {columns[0]}"


def _count(number, noun):
    return f"{number} {noun}{'s' if number > 1 else ''}"
