"""Whitening: the Mahalanobis distance, shared out among the metrics."""

import numpy as np
import pytest

from autoencoders_edu.anomaly.scoring import Whitening

COVARIANCE = np.array([[4.0, 1.8, 0], [1.8, 1, 0], [0, 0, 0.09]])


def residuals(n, seed=0):
    return np.random.default_rng(seed).multivariate_normal(np.zeros(3), COVARIANCE, n)


@pytest.fixture
def whitening():
    return Whitening(residuals(200_000), np.zeros(3, bool))


def test_the_squares_sum_to_the_mahalanobis_distance(whitening):
    r = residuals(100, 1)
    expected = np.einsum("ni,ij,nj->n", r, np.linalg.inv(COVARIANCE), r)
    np.testing.assert_allclose((whitening(r) ** 2).sum(axis=1), expected, rtol=0.03)


def test_usual_residuals_become_independent_and_of_size_one(whitening):
    np.testing.assert_allclose(np.cov(whitening(residuals(200_000, 2)).T), np.eye(3), atol=0.03)


def test_a_metric_on_its_own_keeps_its_residual(whitening):
    np.testing.assert_allclose(whitening(np.array([[0, 0, 0.3]])), [[0, 0, 1]], atol=0.02)


def test_errors_are_the_squares_up_to_five_standard_deviations(whitening):
    r = residuals(1000, 3) * 3
    errors = whitening.errors(r)
    np.testing.assert_allclose(errors, np.minimum(whitening(r) ** 2, 25))
    assert errors.max() == 25


def test_a_metric_that_is_there_twice_does_no_harm():
    """Their two residuals are one: where they agree they count about once, where they part they stand out."""
    r = residuals(5000)[:, [0, 0, 2]]
    whitening = Whitening(r, np.zeros(3, bool))
    agree, part = whitening(np.array([[2.0, 2, 0], [2, -2, 0]])) ** 2
    assert agree.sum() == pytest.approx(1, rel=0.1)
    assert part.sum() > 25


def test_constant_metrics_stay_as_they_are():
    r = residuals(1000)
    r[:, 1] = 0
    whitening = Whitening(r, np.array([False, True, False]))
    np.testing.assert_array_equal(whitening(np.array([[0, -10.0, 0]])), [[0, -10, 0]])
