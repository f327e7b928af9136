"""Networks: any image size comes back, conditions and skips reach where they should."""

import numpy as np
import pytest
from contract import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

import autoencoders_edu as ae
from autoencoders_edu._backend import keras

few = settings(deadline=None, max_examples=4)
sides = st.integers(1, 13)
shapes = st.tuples(sides, sides, st.integers(1, 3))
SMALL = {"filters": (3, 5), "units": 7}
SHAPE = (6, 5, 2)


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def dense_layers(model):
    return [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]


def zero(*layers):
    for layer in layers:
        layer.set_weights([np.zeros_like(weight) for weight in layer.get_weights()])


def spread(model, latent_dim=3):
    """How far the output moves with z."""
    return numpy(model(normal(8, latent_dim))).std(axis=0).max()


ENCODERS = {
    "dense": lambda shape=SHAPE, outputs=3, **options: ae.networks.dense_encoder(
        shape, outputs, hidden=(8,), **options
    ),
    "conv": lambda shape=SHAPE, outputs=3, **options: ae.networks.conv_encoder(shape, outputs, **SMALL, **options),
}
DECODERS = {
    "dense": lambda shape=SHAPE, **options: ae.networks.dense_decoder(3, shape, hidden=(8, 9), **options),
    "conv": lambda shape=SHAPE, **options: ae.networks.conv_decoder(3, shape, filters=(8, 9), units=10, **options),
}
encoders = pytest.mark.parametrize("encoder", ENCODERS.values(), ids=ENCODERS)
decoders = pytest.mark.parametrize("decoder", DECODERS.values(), ids=DECODERS)


@pytest.mark.any_backend
@encoders
@few
@given(shape=shapes, outputs=st.integers(1, 6))
def test_encoder_takes_images_of_any_size(encoder, shape, outputs):
    model = encoder(shape, outputs)
    assert (model.input_shape, model.output_shape) == ((None, *shape), (None, outputs))


@pytest.mark.any_backend
@decoders
@few
@given(shape=shapes, skips=st.booleans())
def test_decoder_makes_images_of_any_size(decoder, skips, shape):
    model = decoder(shape, skips=skips)
    assert (model.input_shape, model.output_shape) == ((None, 3), (None, *shape))


@pytest.mark.any_backend
@few
@given(shape=shapes, depth=st.integers(1, 3))
def test_skip_autoencoder_gives_images_of_any_size_back(shape, depth):
    encoder, decoder = ae.networks.skip_autoencoder(shape, filters=(3, 4, 5)[:depth])
    assert (encoder.input_shape, decoder.output_shape) == ((None, *shape), (None, *shape))


# Above, sizes are those that Keras infers; here, those that come out.
@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 5, 2), (4, 13, 1)])
@pytest.mark.parametrize("kind", ["dense", "conv"])
def test_pair_gives_an_image_of_odd_size_back(kind, shape):
    z = ENCODERS[kind](shape)(normal(2, *shape))
    assert numpy(DECODERS[kind](shape)(z)).shape == (2, *shape)


@pytest.mark.parametrize("shape", [(1, 1, 1), (7, 5, 2), (4, 13, 1)])
def test_skip_autoencoder_gives_an_image_of_odd_size_back(shape):
    encoder, decoder = ae.networks.skip_autoencoder(shape, filters=(3, 4, 5))
    assert numpy(decoder(encoder(normal(2, *shape)))).shape == (2, *shape)


@pytest.mark.any_backend
@pytest.mark.parametrize("length", [1, 50])
def test_dense_pair_takes_vectors(length):
    encoder = ae.networks.dense_encoder((length,), 3, hidden=(4,))
    decoder = ae.networks.dense_decoder(3, (length,), hidden=(4,))
    assert (encoder.input_shape, decoder.output_shape) == ((None, length), (None, length))


@encoders
def test_encoder_takes_a_condition_as_second_input(encoder):
    model = encoder(condition_size=4)
    assert [tuple(tensor.shape[1:]) for tensor in model.inputs] == [SHAPE, (4,)]
    x = normal(2, *SHAPE)
    first, second = (numpy(model([x, normal(2, 4, seed=seed)])) for seed in (1, 2))
    assert np.abs(first - second).min() > 0


@decoders
def test_decoder_takes_a_condition_as_second_input(decoder):
    model = decoder(condition_size=4)
    assert [tuple(tensor.shape[1:]) for tensor in model.inputs] == [(3,), (4,)]
    z = normal(2, 3)
    first, second = (numpy(model([z, normal(2, 4, seed=seed)])) for seed in (1, 2))
    assert np.abs(first - second).max() > 0


@pytest.mark.any_backend
@encoders
def test_encoder_without_condition_has_one_input(encoder):
    assert len(encoder().inputs) == 1


@pytest.mark.parametrize("hidden", [(), (8,)], ids=["linear", "hidden"])
def test_dense_encoder_without_hidden_layers_is_linear(hidden):
    model = ae.networks.dense_encoder(SHAPE, 3, hidden=hidden)
    x, y = normal(4, *SHAPE, seed=1), normal(4, *SHAPE, seed=2)
    together = numpy(model(x + y)) + numpy(model(0 * x))
    apart = numpy(model(x)) + numpy(model(y))
    assert np.allclose(together, apart, atol=1e-5) == (hidden == ())


@pytest.mark.any_backend
@encoders
def test_encoder_ends_without_activation(encoder):
    assert encoder().layers[-1].activation is keras.activations.linear


@decoders
@pytest.mark.parametrize(("activation", "low", "high"), [("sigmoid", 0, 1), ("tanh", -1, 1)])
def test_decoder_output_activation_bounds_the_output(decoder, activation, low, high):
    y = numpy(decoder(output_activation=activation)(100 * normal(20, 3)))
    assert low <= y.min() < y.max() <= high
    assert y.max() - y.min() > 0.5


@decoders
def test_decoder_without_output_activation_is_not_bounded(decoder):
    y = numpy(decoder()(100 * normal(20, 3)))
    assert y.min() < -1
    assert y.max() > 1


@pytest.mark.any_backend
def test_conv_encoder_halves_the_image_at_each_stage():
    model = ae.networks.conv_encoder((13, 6, 1), 2, filters=(3, 4, 5))
    sizes = [layer.output.shape[1:3] for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    assert sizes == [(7, 3), (4, 2), (2, 1)]


@decoders
def test_decoder_without_skips_has_one_way_for_z(decoder):
    model = decoder()
    assert spread(model) > 0
    zero(dense_layers(model)[0])
    assert spread(model) == 0


@pytest.mark.any_backend
def test_dense_skips_join_z_to_every_layer():
    model = DECODERS["dense"](skips=True)
    assert [layer.kernel.shape[0] for layer in dense_layers(model)] == [3, 8 + 3, 9 + 3]


def test_dense_skips_carry_z_past_the_layers_before():
    model = DECODERS["dense"](skips=True)
    *hidden, _ = dense_layers(model)
    zero(*hidden)
    assert spread(model) > 0


@pytest.mark.parametrize("way", [0, 1, 2], ids=["trunk", "first stage", "second stage"])
def test_conv_skips_carry_z_to_each_stage(way):
    model = DECODERS["conv"](skips=True)
    from_z = [layer for layer in dense_layers(model) if layer.kernel.shape[0] == 3]
    assert len(from_z) == 3
    zero(*(layer for index, layer in enumerate(from_z) if index != way))
    assert spread(model) > 0
    zero(from_z[way])
    assert spread(model) == 0


@decoders
def test_skips_carry_the_condition_too(decoder):
    model = decoder(condition_size=4, skips=True)
    zero(dense_layers(model)[0])
    z = normal(2, 3)
    first, second = (numpy(model([z, normal(2, 4, seed=seed)])) for seed in (1, 2))
    assert np.abs(first - second).max() > 0


@pytest.mark.any_backend
def test_skip_autoencoder_code_runs_from_the_deepest_map_up():
    encoder, decoder = ae.networks.skip_autoencoder((13, 6, 1), filters=(3, 4, 5))
    code = [tensor.shape[1:] for tensor in encoder.outputs]
    assert code == [(4, 2, 5), (7, 3, 4), (13, 6, 3)]
    assert [tensor.shape[1:] for tensor in decoder.inputs] == code


@pytest.mark.parametrize("level", [0, 1, 2])
def test_skip_autoencoder_decoder_uses_every_level(level):
    encoder, decoder = ae.networks.skip_autoencoder((8, 8, 1), filters=(8, 8, 8))
    code = [numpy(feature) for feature in encoder(normal(4, 8, 8, 1))]
    whole = numpy(decoder(code))
    code[level] = np.zeros_like(code[level])
    assert np.abs(numpy(decoder(code)) - whole).max() > 0


def test_skip_autoencoder_pair_learns():
    pair = ae.networks.skip_autoencoder((7, 5, 1), filters=(8, 8))
    model = ae.DenoisingAutoencoder(*pair, ae.corruption.GaussianNoise(0.1, seed=1))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    x = np.random.default_rng(0).random((64, 7, 5, 1)).astype("float32")
    before = model.evaluate(x, x, verbose=0)
    model.fit(x, x, epochs=10, batch_size=16, verbose=0)
    assert model.evaluate(x, x, verbose=0) < before / 2


@pytest.mark.parametrize("shape", [(1, 2, 1), (7, 5, 2)], ids=str)
@pytest.mark.parametrize("context", [None, 3, 0])
def test_autoregressive_decoder_makes_images_of_any_size(shape, context):
    model = ae.networks.autoregressive_decoder(3, shape, hidden=(8,), context=context, units=4)
    assert numpy(model([normal(2, 3), normal(2, *shape)])).shape == (2, *shape)


@pytest.mark.any_backend
def test_autoregressive_decoder_hands_skips_to_the_voice_that_reads_z():
    plain, skips = (
        ae.networks.autoregressive_decoder(3, SHAPE, hidden=(8, 9), units=4, skips=skips) for skips in (False, True)
    )
    sizes = [
        [layer.kernel.shape[0] for layer in model.layers[2].layers if hasattr(layer, "kernel")]
        for model in (plain, skips)
    ]
    assert sizes == [[3, 8, 9], [3, 8 + 3, 9 + 3]]
