"""Sprites: every combination of factors is drawn once, and each factor moves in the image what its name says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autoencoders_edu as ae

counts = st.integers(2, 4)


def joined(data):
    """All images (n, size, size) and factors (n, 5), the splits put together again."""
    x = np.concatenate([data.x_train, data.x_val, data.x_test])[..., 0]
    return x, np.concatenate([data.y_train, data.y_val, data.y_test])


def in_order(data):
    """Images and factors sorted by the factors."""
    x, y = joined(data)
    order = np.lexsort(y.T[::-1])
    return x[order], y[order]


def centres(x):
    """Centre of mass of each image, (n, 2): x and y as fractions of the side."""
    size = x.shape[1]
    pixel = (np.arange(size) + 0.5) / size
    mass = x.sum(axis=(1, 2))
    return np.stack([(x.sum(axis=1) * pixel).sum(axis=1) / mass, (x.sum(axis=2) * pixel).sum(axis=1) / mass], axis=1)


@pytest.fixture(scope="module")
def sprites():
    return ae.data.load("sprites")


@settings(deadline=None, max_examples=10)
@given(scales=counts, orientations=counts, positions=counts, seed=st.integers(0, 99))
def test_sprites_draw_every_combination_once(scales, orientations, positions, seed):
    data = ae.data.load("sprites", size=16, scales=scales, orientations=orientations, positions=positions, seed=seed)
    _, y = in_order(data)
    expected = np.stack(np.unravel_index(range(len(y)), (3, scales, orientations, positions, positions)), axis=1)
    np.testing.assert_array_equal(y, expected)


@settings(deadline=None, max_examples=10)
@given(scales=counts, orientations=counts, positions=counts)
def test_sprites_are_split_80_10_10(scales, orientations, positions):
    data = ae.data.load("sprites", size=16, scales=scales, orientations=orientations, positions=positions)
    n = 3 * scales * orientations * positions**2
    sizes = [len(x) for x in (data.x_train, data.x_val, data.x_test)]
    assert sum(sizes) == n
    assert np.abs(np.array(sizes) - n * np.array([0.8, 0.1, 0.1])).max() < 1


@settings(deadline=None, max_examples=10)
@given(size=st.integers(16, 41))
def test_sprites_pixels_are_0_or_1_at_any_size(size):
    data = ae.data.load("sprites", size=size, scales=2, orientations=3, positions=2)
    assert data.x_train.shape[1:] == (size, size, 1)
    assert np.unique(data.x_train).tolist() == [0, 1]


def test_sprites_are_never_cut_off():
    x, _ = joined(ae.data.load("sprites", size=96, scales=2, orientations=8, positions=2))
    border = np.ones((96, 96), bool)
    border[1:-1, 1:-1] = False
    assert not x[:, border].any()


def test_sprites_all_look_different(sprites):
    x, _ = joined(sprites)
    assert len(np.unique(x.reshape(len(x), -1), axis=0)) == 3 * 4 * 8 * 8 * 8


def test_sprites_centre_follows_the_position_factors(sprites):
    x, y = joined(sprites)
    symmetric = y[:, 0] < 2  # a heart's centre of mass lies beside the point it turns about
    expected = 0.30 + 0.40 * y[symmetric, 3:] / 7
    assert np.abs(centres(x[symmetric]) - expected).max() < 0.5 / 32


@pytest.mark.parametrize(("shape", "area"), [(0, 4 * 0.85**2), (1, np.pi * 0.55)], ids=["square", "ellipse"])
def test_sprites_area_follows_the_scale_factor(shape, area):
    x, y = joined(ae.data.load("sprites", size=96, scales=3, orientations=4, positions=2))
    x, y = x[y[:, 0] == shape], y[y[:, 0] == shape]
    radius = 0.14 + 0.05 * y[:, 1]
    np.testing.assert_allclose(x.mean(axis=(1, 2)), area * radius**2, rtol=0.05)


def test_sprites_ellipse_turns_by_the_orientation_factor():
    x, y = joined(ae.data.load("sprites", size=96, scales=2, orientations=6, positions=2))
    x, y = x[y[:, 0] == 1], y[y[:, 0] == 1]
    down, right = np.mgrid[:96, :96]
    for image, factors in zip(x, y, strict=True):
        covariance = np.cov(np.stack([right[image > 0], down[image > 0]]))
        long_axis = np.linalg.eigh(covariance)[1][:, 1]
        angle = factors[2] / 6 * np.pi / 2
        assert abs(long_axis @ [np.cos(angle), np.sin(angle)]) > np.cos(np.radians(3))


def test_sprites_seed_decides_the_split_and_not_the_images():
    first, second = (ae.data.load("sprites", size=16, scales=2, orientations=2, positions=3, seed=s) for s in (1, 2))
    assert (first.y_train != second.y_train).any()
    np.testing.assert_array_equal(in_order(first)[0], in_order(second)[0])


def test_sprites_name_their_factors_and_shapes(sprites):
    assert sprites.factor_names == ("shape", "scale", "orientation", "x", "y")
    assert sprites.class_names == ("square", "ellipse", "heart")


@pytest.mark.parametrize("option", [{"size": 15}, {"scales": 1}, {"orientations": 1}, {"positions": 1}])
def test_sprites_refuse_options_below_their_least(option):
    ((name, value),) = option.items()
    with pytest.raises(ValueError, match=f"sprites expects size >= 16.*{name}={value}"):
        ae.data.load("sprites", **option)
