"""The linear probe: what a straight cut can and cannot read."""

import numpy as np
import pytest
from scipy.stats import norm

from autoencoders_edu.metrics.probes import linear_probe


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_probe_of_two_normals_has_the_accuracy_of_the_best_cut(rng):
    """Means 2 apart, stddev 1: the best classifier is linear and right with probability Phi(1)."""
    y = rng.integers(2, size=20_000)
    x = rng.normal(size=(20_000, 3))
    x[:, 1] += 2 * y
    found = linear_probe(x[:10_000], y[:10_000], x[10_000:], y[10_000:])
    assert found == pytest.approx(norm.cdf(1), abs=4 * 0.5 / np.sqrt(10_000))


def test_probe_is_blind_to_what_no_straight_cut_reads(rng):
    """Is a point within a circle? All is there, and nothing of it linear; in the radius it is."""
    x = rng.normal(size=(4000, 2))
    radius = np.linalg.norm(x, axis=1, keepdims=True)
    y = (radius[:, 0] < np.median(radius)).astype(int)
    assert linear_probe(x[:2000], y[:2000], x[2000:], y[2000:]) < 0.65
    assert linear_probe(radius[:2000], y[:2000], radius[2000:], y[2000:]) > 0.95


def test_probe_of_a_collapsed_code_names_the_commonest_label():
    y = np.array([0, 1, 1] * 10)
    assert linear_probe(np.ones((30, 4)), y, np.ones((30, 4)), y) == pytest.approx(2 / 3)


def test_scale_of_features_does_not_matter(rng):
    y = rng.integers(3, size=600)
    x = rng.normal(size=(600, 4)) + np.eye(4)[y]
    plain, scaled = (linear_probe(z[:300], y[:300], z[300:], y[300:]) for z in (x, x * [1e-4, 1e5, 1, -3] + 9))
    assert scaled == pytest.approx(plain, abs=0.01)


def test_images_are_laid_flat(rng):
    y = rng.integers(2, size=80)
    images = rng.normal(size=(80, 4, 4, 1)) + y[:, None, None, None]
    flat = images.reshape(80, -1)
    assert linear_probe(images, y, images, y) == linear_probe(flat, y, flat, y)


X, Y = np.arange(8.0).reshape(4, 2), np.array([0, 1, 0, 1])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ((X[:, 0], Y, X, Y), r"expects x_train \(n, features\) and y_train \(n,\).* Received: \(4,\) and \(4,\)"),
        ((X, Y, X, Y[:3]), r"x_test .* Received: \(4, 2\) and \(3,\)"),
        ((X, np.eye(4)[Y], X, Y), r"y_train .* Received: \(4, 2\) and \(4, 4\)"),
        ((X, Y, X[:0], Y[:0]), r"Received: \(0, 2\) and \(0,\)"),
        ((X * np.nan, Y, X, Y), r"finite numbers in x_train. Received: dtype float64, or NaN"),
        ((X, Y, X, Y / 2), r"integer labels in y_test. Received: dtype float64"),
        ((X, Y, X[:, :1], Y), "same features in both sets. Received: 2 in x_train and 1 in x_test"),
        ((X, 0 * Y, X, Y), "needs several labels to tell apart. Received: y_train holds only 0"),
    ],
)
def test_what_cannot_be_probed_is_refused(arrays, message):
    with pytest.raises(ValueError, match=message):
        linear_probe(*arrays)
