"""Metrics of generation, against distributions whose distance, or whose overlap, is known."""

import numpy as np
import pytest
from scipy.linalg import sqrtm

from autoencoders_edu.metrics.generation import frechet_distance, frechet_extrapolated, precision_recall


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


def test_extrapolated_distance_is_nearer_to_the_true_one(rng):
    """Normals with a known distance, in so many dimensions that the bias is larger than it."""
    size, shift = 40, 0.2
    true, raw, extrapolated = size * shift**2, [], []
    for _ in range(20):
        first, second = rng.normal(size=(300, size)), rng.normal(shift, 1, size=(300, size))
        raw.append(frechet_distance(first, second))
        extrapolated.append(frechet_extrapolated(first, second, seed=0).distance)
    assert np.mean(raw) > true + 2
    error = np.std(extrapolated, ddof=1) / np.sqrt(len(extrapolated))
    assert abs(np.mean(extrapolated) - true) < max(4 * error, 0.1 * true)


def test_extrapolation_uses_all_rows_of_the_smaller_set_and_repeats_with_its_seed(rng):
    first, second = rng.normal(size=(50, 3)), rng.normal(size=(80, 3))
    found = frechet_extrapolated(first, second, points=4, seed=5)
    assert found.sizes.tolist() == [10, 23, 37, 50]
    np.testing.assert_allclose(np.polyval([found.slope, found.distance], 0), found.distance)
    np.testing.assert_array_equal(found.distances, frechet_extrapolated(first, second, points=4, seed=5).distances)


def test_extrapolation_of_a_line_is_exact(monkeypatch, rng):
    monkeypatch.setattr("autoencoders_edu.metrics.generation._frechet", lambda first, second: 2 + 30 / len(first))
    found = frechet_extrapolated(rng.normal(size=(50, 3)), rng.normal(size=(60, 3)))
    assert (found.distance, found.slope) == (pytest.approx(2), pytest.approx(30))


@pytest.mark.parametrize(("rows", "points", "message"), [(9, 5, "at least 10 rows"), (20, 1, "at least 2 points")])
def test_too_few_rows_or_points_to_extrapolate_are_refused(rng, rows, points, message):
    with pytest.raises(ValueError, match=message):
        frechet_extrapolated(rng.normal(size=(rows, 2)), rng.normal(size=(30, 2)), points)


def test_precision_and_recall_equal_the_definition(rng):
    real, generated, k = rng.normal(size=(40, 3)), rng.normal(0.5, 1.5, size=(30, 3)), 2

    def inside(points, members):
        apart = np.linalg.norm(members[:, None] - members[None], axis=2)
        radii = np.sort(apart, axis=1)[:, k]  # at place 0 stands the member itself
        return np.mean([np.any(np.linalg.norm(members - point, axis=1) <= radii) for point in points])

    assert precision_recall(real, generated, k) == (inside(generated, real), inside(real, generated))


def test_a_set_covers_itself_and_nothing_far_away(rng):
    x = rng.normal(size=(30, 4))
    assert precision_recall(x, x) == (1, 1)
    assert precision_recall(x, x + 100) == (0, 0)


def test_a_single_good_drawing_has_precision_and_no_recall(rng):
    real = rng.normal(size=(200, 5))
    precision, recall = precision_recall(real, np.repeat(real[:1], 50, axis=0))
    assert precision == 1
    assert recall == 1 / 200  # its balls have radius 0


def test_precision_falls_and_recall_stays_where_the_generated_spread_wider(rng):
    real, wide = rng.normal(size=(500, 2)), rng.normal(0, 3, size=(500, 2))
    precision, recall = precision_recall(real, wide)
    assert precision < 0.6 < 0.9 < recall
    assert precision_recall(wide, real) == (recall, precision)  # the two change places


@pytest.mark.parametrize("k", [0, 30, 40])
def test_a_neighbour_that_does_not_exist_is_refused(rng, k):
    with pytest.raises(ValueError, match=rf"less than the number of rows .* 40 and 30. Received: {k}"):
        precision_recall(rng.normal(size=(40, 2)), rng.normal(size=(30, 2)), k)
