"""Corruption layers: the damage has the stated distribution, is new each time, and is done in training only."""

import numpy as np
import pytest
from contract import numpy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import autoencoders_edu as ae
from autoencoders_edu._backend import keras

few = settings(deadline=None, max_examples=6)
image_shapes = st.tuples(st.integers(1, 4), st.integers(1, 9), st.integers(1, 9), st.integers(1, 3))

MAKERS = {
    "gaussian": lambda seed=None: ae.corruption.GaussianNoise(0.5, seed=seed),
    "dropout": lambda seed=None: ae.corruption.PixelDropout(0.5, seed=seed),
    "block": lambda seed=None: ae.corruption.BlockMasking(4, seed=seed),
}


@pytest.fixture(params=MAKERS)
def make(request):
    return MAKERS[request.param]


def damaged(layer, x):
    return numpy(layer(x, training=True))


def ones(*shape):
    return np.ones(shape, "float32")


def test_corruption_is_inactive_outside_training(make):
    x = np.random.default_rng(0).random((3, 9, 7, 2)).astype("float32")
    layer = make(1)
    np.testing.assert_array_equal(numpy(layer(x, training=False)), x)
    np.testing.assert_array_equal(numpy(layer(x)), x)


def test_corruption_is_new_on_each_call(make):
    layer = make(1)
    x = ones(8, 9, 7, 2)
    assert (damaged(layer, x) != damaged(layer, x)).any()


def test_corruption_is_another_for_each_example(make):
    first, second = damaged(make(1), ones(2, 12, 12, 1))
    assert (first != second).any()


def test_corruption_repeats_with_its_seed(make):
    first, second = make(3), make(3)
    x = ones(8, 9, 7, 2)
    for _ in range(3):
        np.testing.assert_array_equal(damaged(first, x), damaged(second, x))


def test_corruption_differs_with_another_seed(make):
    x = ones(8, 9, 7, 2)
    assert (damaged(make(3), x) != damaged(make(4), x)).any()


def test_corruption_survives_serialization(make):
    layer = make(3)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    assert type(again) is type(layer)
    assert again.get_config() == layer.get_config()
    x = ones(8, 9, 7, 2)
    np.testing.assert_array_equal(damaged(again, x), damaged(layer, x))


def test_corruption_is_new_in_each_step_of_a_compiled_model(make):
    inputs = keras.Input((9, 7, 2))
    model = keras.Model(inputs, keras.layers.Dense(2)(make(1)(inputs)))
    model.compile(keras.optimizers.SGD(0.0), "mse")  # nothing is learned: only the damage can change
    x = ones(8, 9, 7, 2)
    target = np.random.default_rng(0).random(x.shape).astype("float32")
    losses = {float(model.train_on_batch(x, target)) for _ in range(4)}
    assert len(losses) == 4


@few
@given(shape=image_shapes)
def test_gaussian_noise_keeps_any_shape(shape):
    assert damaged(ae.corruption.GaussianNoise(0.5), ones(*shape)).shape == shape


def test_corruption_keeps_the_shape_and_says_so(make):
    layer = make()
    assert damaged(layer, ones(2, 9, 7, 2)).shape == layer.compute_output_shape((2, 9, 7, 2)) == (2, 9, 7, 2)


def test_gaussian_noise_is_standard_normal_times_its_stddev():
    stddev, n = 0.3, 50_000
    noise = damaged(ae.corruption.GaussianNoise(stddev, seed=1), np.zeros((n // 100, 100), "float32")).ravel()
    assert abs(noise.mean()) < 4 * stddev / np.sqrt(n)
    assert abs(noise.var() - stddev**2) < 4 * stddev**2 * np.sqrt(2 / n)
    assert stats.kstest(noise / stddev, "norm").pvalue > 1e-4


def test_gaussian_noise_is_independent_between_pixels():
    n = 20_000
    noise = damaged(ae.corruption.GaussianNoise(1.0, seed=1), np.zeros((n, 2, 2, 1), "float32")).reshape(n, 4)
    correlation = np.corrcoef(noise.T)[np.triu_indices(4, 1)]
    assert np.abs(correlation).max() < 4 / np.sqrt(n)


@few
@given(stddev=st.floats(0, 10), offset=st.floats(-5, 5))
def test_gaussian_noise_is_linear_in_its_stddev(stddev, offset):
    unit = damaged(ae.corruption.GaussianNoise(1.0, seed=7), np.zeros((5, 3), "float32"))
    noisy = damaged(ae.corruption.GaussianNoise(stddev, seed=7), np.full((5, 3), offset, "float32"))
    np.testing.assert_allclose(noisy, offset + stddev * unit, atol=1e-4)


def test_gaussian_noise_is_not_clipped():
    noisy = damaged(ae.corruption.GaussianNoise(0.5, seed=1), np.tile(np.float32([0, 1]), (500, 1)))
    assert noisy[:, 0].min() < 0
    assert noisy[:, 1].max() > 1


def test_pixel_dropout_loses_pixels_at_its_rate():
    rate, n = 0.3, 40_000
    x = ones(n // 100, 10, 10, 1)
    lost = damaged(ae.corruption.PixelDropout(rate, seed=1), x) == 0
    assert abs(lost.mean() - rate) < 4 * np.sqrt(rate * (1 - rate) / n)


def test_pixel_dropout_loses_each_pixel_equally_often():
    rate, n = 0.3, 4000
    lost = damaged(ae.corruption.PixelDropout(rate, seed=1), ones(n, 3, 2, 1)) == 0
    assert np.abs(lost.mean(axis=0) - rate).max() < 4 * np.sqrt(rate * (1 - rate) / n)


@few
@given(shape=image_shapes, rate=st.floats(0, 1))
def test_pixel_dropout_keeps_values_or_loses_all_channels(shape, rate):
    x = np.random.default_rng(0).uniform(0.1, 1, shape).astype("float32")
    y = damaged(ae.corruption.PixelDropout(rate, seed=1), x)
    lost = (y == 0).all(axis=-1)
    np.testing.assert_array_equal(y, np.where(lost[..., None], 0, x))


@pytest.mark.parametrize(("rate", "kept"), [(0, 1), (1, 0), (0.0, 1), (1.0, 0)])
def test_pixel_dropout_limits_keep_or_lose_everything(rate, kept):
    x = ones(50, 8, 8, 1)
    np.testing.assert_array_equal(damaged(ae.corruption.PixelDropout(rate, seed=1), x), kept * x)


def test_pixel_dropout_takes_each_feature_of_a_vector_alone():
    rate, n = 0.5, 8000
    lost = damaged(ae.corruption.PixelDropout(rate, seed=1), ones(n, 3)) == 0
    together = (lost[:, 0] & lost[:, 1]).mean()
    assert abs(together - rate**2) < 4 * np.sqrt(rate**2 * (1 - rate**2) / n)


@few
@given(shape=image_shapes, part=st.floats(0.01, 1))
def test_block_masking_clears_one_square_in_each_image(shape, part):
    size = max(1, int(part * min(shape[1:3])))
    cleared = damaged(ae.corruption.BlockMasking(size, seed=1), ones(*shape)) == 0
    for image in cleared:
        rows, columns = np.flatnonzero(image.any(axis=(1, 2))), np.flatnonzero(image.any(axis=(0, 2)))
        square = np.zeros(shape[1:], bool)
        square[rows[0] : rows[0] + size, columns[0] : columns[0] + size] = True
        np.testing.assert_array_equal(image, square)
        assert square.sum() == size * size * shape[-1]


@pytest.mark.any_backend
def test_block_masking_starts_everywhere_equally_often():
    size, height, width, n = 3, 5, 8, 6000
    cleared = damaged(ae.corruption.BlockMasking(size, seed=1), ones(n, height, width, 1))[..., 0] == 0
    top, left = cleared.any(axis=2).argmax(axis=1), cleared.any(axis=1).argmax(axis=1)
    starts = np.zeros((height - size + 1, width - size + 1), int)
    np.add.at(starts, (top, left), 1)
    assert starts.sum() == n
    assert stats.chisquare(starts.ravel()).pvalue > 1e-4


@pytest.mark.any_backend
def test_block_masking_keeps_the_other_pixels():
    x = np.random.default_rng(0).uniform(0.1, 1, (20, 6, 5, 2)).astype("float32")
    y = damaged(ae.corruption.BlockMasking(2, seed=1), x)
    np.testing.assert_array_equal(y, np.where(y == 0, 0, x))


@pytest.mark.parametrize("shape", [(2, 3, 9, 1), (2, 9, 3, 1), (2, 16)])
def test_block_masking_refuses_what_is_smaller_than_the_block(shape):
    with pytest.raises(ValueError, match=r"BlockMasking\(size=4\) expects images.*Received shape"):
        ae.corruption.BlockMasking(4)(ones(*shape), training=True)


@pytest.mark.parametrize("stddev", [-0.1, float("nan"), "much", None])
def test_gaussian_noise_refuses_a_bad_stddev(stddev):
    with pytest.raises(ValueError, match="GaussianNoise expects noise_stddev"):
        ae.corruption.GaussianNoise(stddev)


@pytest.mark.parametrize("rate", [-0.1, 1.1, float("nan"), "half", None])
def test_pixel_dropout_refuses_a_bad_rate(rate):
    with pytest.raises(ValueError, match="PixelDropout expects rate"):
        ae.corruption.PixelDropout(rate)


@pytest.mark.parametrize("size", [0, -1, 2.5, "4", None])
def test_block_masking_refuses_a_bad_size(size):
    with pytest.raises(ValueError, match="BlockMasking expects size"):
        ae.corruption.BlockMasking(size)
