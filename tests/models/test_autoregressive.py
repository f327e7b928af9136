"""The autoregressive VAE: its p(x|z) is a probability, and what it draws follows it."""

import itertools

import keras
import numpy as np
import pytest
from contract import LATENT_DIM, dense, dense_back, numpy
from scipy.stats import binom

import autoencoders_edu as ae
from autoencoders_edu.distributions import log_probability

SHAPE = (2, 3, 1)
ALL_IMAGES = np.array(list(itertools.product([0, 1], repeat=6)), "float32").reshape(-1, *SHAPE)


def make(shape=SHAPE, **options):
    keras.utils.set_random_seed(0)
    decoder = ae.networks.autoregressive_decoder(LATENT_DIM, shape, hidden=(8,), units=8, **options)
    model = ae.AutoregressiveVAE(dense(2 * LATENT_DIM, shape=shape), decoder, seed=1)
    model.set_weights([3 * weight for weight in model.get_weights()])  # far from independent pixels
    return model


@pytest.mark.parametrize("context", [None, 2, 0])
def test_probabilities_of_all_images_sum_to_one(context):
    model, z = make(context=context), np.ones((len(ALL_IMAGES), LATENT_DIM), "float32")
    log_p = numpy(log_probability(model.likelihood([z, ALL_IMAGES]), ALL_IMAGES))
    assert np.exp(log_p).sum() == pytest.approx(1, rel=1e-5)


def test_drawn_pixels_have_the_probabilities_that_the_model_states():
    model, n = make(), 4000
    z = np.ones((n, LATENT_DIM), "float32")
    generator = keras.random.SeedGenerator(0)
    draw = lambda likelihood: likelihood.sample(seed=ae.distributions.next_seed(generator))  # noqa: E731
    drawn = numpy(model._draw(z, draw)[0])
    log_p = numpy(log_probability(model.likelihood([z[:64], ALL_IMAGES]), ALL_IMAGES))
    expected = np.clip(np.tensordot(np.exp(log_p), ALL_IMAGES, 1), 0, 1)
    white = drawn.sum(axis=0)  # binomial; no normal distribution where a pixel is white once or never
    assert (np.minimum(binom.cdf(white, n, expected), binom.sf(white - 1, n, expected)) > 1e-5).all()


def test_sample_is_repeated_by_its_seed():
    model = make()
    first, second, other = (numpy(model.sample(20, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert (first != other).any()
    assert set(np.unique(first)) <= {0.0, 1.0}


def test_decode_is_greedy():
    """The last pixel's mean is the one that the decoder states after the most probable pixels before it."""
    model, z = make(), np.zeros((1, LATENT_DIM), "float32")
    x = np.zeros((1, 6), "float32")
    for pixel in range(6):
        means = numpy(model.likelihood([z, x.reshape(1, *SHAPE)]).mean()).reshape(6)
        x[0, pixel] = means[pixel] > 0.5
    np.testing.assert_allclose(numpy(model.decode(z)).reshape(6), means, rtol=1e-5)


def test_reconstructions_and_interpolations_are_drawn_from_the_code_alone():
    model, x = make(), ALL_IMAGES[[0, 63]]
    np.testing.assert_array_equal(numpy(model.reconstruct(x)), numpy(model.decode(model.encode(x))))
    between = numpy(model.interpolate(x[:1], x[1:], steps=3))
    assert between.shape == (1, 3, *SHAPE)
    np.testing.assert_allclose(between[0, [0, 2]], numpy(model.reconstruct(x)), rtol=1e-4)


@pytest.mark.parametrize("shape", [(4, 3, 2), pytest.param((5, 5, 1), marks=pytest.mark.any_backend)], ids=str)
@pytest.mark.parametrize("context", [1, 3, None])
def test_output_sees_the_context_before_it_and_nothing_else(shape, context):
    decoder = make(shape, context=context).decoder
    size = shape[0] * shape[1]
    z, x = np.zeros((size + 1, LATENT_DIM), "float32"), np.full((size + 1, size, shape[2]), 0.5, "float32")
    for pixel in range(size):
        x[pixel, pixel] = 2.0
    y = numpy(decoder([z, x.reshape(-1, *shape)])).reshape(size + 1, size, -1)
    moves = np.abs(y[:-1] - y[-1]).max(axis=2) > 1e-6  # [changed pixel, output]
    distance = np.arange(size)[None] - np.arange(size)[:, None]
    seen = (distance > 0) & (distance <= (context or size))
    assert not moves[~seen].any()
    assert moves[seen].mean() > 0.8  # a unit may be off


def test_a_decoder_that_looks_ahead_is_refused():
    z, x = keras.Input((LATENT_DIM,)), keras.Input(SHAPE)
    y = keras.layers.Dense(6)(keras.layers.Concatenate()([z, keras.layers.Flatten()(x)]))
    with pytest.raises(ValueError, match=r"pixel 0 .* has yet to be drawn"):
        ae.AutoregressiveVAE(dense(2 * LATENT_DIM, shape=SHAPE), keras.Model([z, x], keras.layers.Reshape(SHAPE)(y)))


def test_a_decoder_that_sees_the_pixel_itself_is_refused():
    z, x = keras.Input((LATENT_DIM,)), keras.Input(SHAPE)
    y = keras.layers.Reshape(SHAPE)(keras.layers.Dense(6)(z))
    with pytest.raises(ValueError, match="pixel 0"):
        ae.AutoregressiveVAE(dense(2 * LATENT_DIM, shape=SHAPE), keras.Model([z, x], keras.layers.Add()([y, x])))


def test_an_ordinary_decoder_is_refused():
    with pytest.raises(ValueError, match="takes two inputs, z and x"):
        ae.AutoregressiveVAE(dense(2 * LATENT_DIM, shape=SHAPE), dense_back(shape=SHAPE))


def test_another_size_of_code_is_refused():
    with pytest.raises(ValueError, match="Give both the same latent_dim"):
        ae.AutoregressiveVAE(dense(2 * 2, shape=SHAPE), ae.networks.autoregressive_decoder(3, SHAPE, (8,)))


def test_it_joins_with_free_bits():
    class Both(ae.AutoregressiveVAE, ae.FreeBitsVAE):
        pass

    model = Both(dense(2 * LATENT_DIM, shape=SHAPE), make().decoder, free_bits=2.0, beta=0.5)
    model.compile("adam")
    history = model.fit(ALL_IMAGES, verbose=0).history
    assert history["loss"][0] - history["reconstruction"][0] == pytest.approx(0.5 * 2 * LATENT_DIM, rel=0.2)
