"""The Fréchet distance, against normal distributions whose distance is known."""

import numpy as np
import pytest
from scipy.linalg import sqrtm

from autoencoders_edu.metrics.generation import frechet_distance


def standardised(rng, n, size):
    """n vectors whose sample mean is exactly 0 and whose sample covariance is exactly the identity."""
    x = rng.normal(size=(n, size))
    x -= x.mean(axis=0)
    covariance = np.cov(x, rowvar=False).reshape(size, size)
    return x @ np.linalg.inv(np.linalg.cholesky(covariance).T)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_distance_of_a_set_to_itself_is_zero(rng):
    x = rng.normal(size=(50, 6))
    assert frechet_distance(x, x) == pytest.approx(0, abs=1e-9)


def test_distance_of_shifted_sets_is_the_squared_shift(rng):
    x, shift = standardised(rng, 40, 5), np.arange(5.0)
    assert frechet_distance(x, x + shift) == pytest.approx(np.sum(shift**2))


def test_distance_of_stretched_sets_is_that_of_their_stddevs(rng):
    x, stddev = standardised(rng, 40, 3), np.array([0.5, 2, 3])
    assert frechet_distance(x, x * stddev) == pytest.approx(np.sum((stddev - 1) ** 2))


def test_distance_equals_the_formula_with_a_matrix_root(rng):
    first, second = rng.normal(size=(60, 4)) @ rng.normal(size=(4, 4)), rng.normal(1, 2, size=(80, 4))
    c1, c2 = (np.cov(x, rowvar=False) for x in (first, second))
    expected = np.sum((first.mean(0) - second.mean(0)) ** 2) + np.trace(c1 + c2 - 2 * np.real(sqrtm(c1 @ c2)))
    assert frechet_distance(first, second) == pytest.approx(expected)
    assert frechet_distance(second, first) == pytest.approx(expected)


def test_features_that_are_always_zero_change_nothing(rng):
    first, second = rng.normal(size=(2, 30, 3))
    wide = [np.hstack([x, np.zeros((30, 2))]) for x in (first, second)]
    assert frechet_distance(*wide) == pytest.approx(frechet_distance(first, second))


def test_one_feature_and_fewer_rows_than_features_are_allowed(rng):
    x = standardised(rng, 20, 1)
    assert frechet_distance(x, 3 * x) == pytest.approx(4)
    assert np.isfinite(frechet_distance(rng.normal(size=(5, 9)), rng.normal(size=(4, 9))))


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (np.zeros((5, 2)), np.zeros((5, 3)), r"same features. Received shapes \(5, 2\) and \(5, 3\)"),
        (np.zeros((1, 2)), np.zeros((5, 2)), r"n >= 2. Received: shape \(1, 2\)"),
        (np.zeros((5, 2, 2)), np.zeros((5, 2)), r"shape \(5, 2, 2\)"),
        (np.full((5, 2), np.nan), np.zeros((5, 2)), "with NaN or infinity"),
    ],
)
def test_what_is_no_pair_of_feature_sets_is_refused(first, second, message):
    with pytest.raises(ValueError, match=message):
        frechet_distance(first, second)
