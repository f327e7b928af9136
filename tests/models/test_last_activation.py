"""A decoder whose last activation contradicts the likelihood is refused; one that may be right is not."""

import keras
import numpy as np
import pytest
from contract import compiled, dense, dense_back

import autoencoders_edu as ae

layers, ops = keras.layers, keras.ops
SHAPE = (6, 5, 2)


def decoder(*last, latent_dim=3):
    """z, a hidden layer with ReLU, and then the given layers or functions."""
    z = keras.Input((latent_dim,))
    y = layers.Dense(60, "relu")(z)
    for step in last:
        y = step(y)
    return keras.Model(z, y)


def reshape():
    return layers.Reshape(SHAPE)


def vae(back, likelihood="bernoulli"):
    return ae.VAE(dense(6), back, likelihood)


def keras_io_decoder():
    """The decoder of keras.io's VAE example."""
    z = keras.Input((2,))
    x = layers.Dense(7 * 7 * 64, activation="relu")(z)
    x = layers.Reshape((7, 7, 64))(x)
    x = layers.Conv2DTranspose(64, 3, activation="relu", strides=2, padding="same")(x)
    x = layers.Conv2DTranspose(32, 3, activation="relu", strides=2, padding="same")(x)
    return keras.Model(z, layers.Conv2DTranspose(1, 3, activation="sigmoid", padding="same")(x))


def test_the_usual_decoder_with_a_sigmoid_is_refused_with_the_remedy():
    encoder = ae.networks.dense_encoder((28, 28, 1), 4, hidden=())
    said = (
        r"Bernoulli likelihood takes logits.*ends in 'sigmoid', whose values lie between 0 and 1\. "
        r"Leave that activation out \(activation=None in the last layer\), or choose likelihood='gaussian'"
    )
    with pytest.raises(ValueError, match=said):
        ae.VAE(encoder, keras_io_decoder())
    ae.VAE(encoder, keras_io_decoder(), likelihood="gaussian")


class Mine(layers.Dense):
    """A layer that does what it likes with its activation."""

    def call(self, inputs):
        return inputs


def inner(*steps, shape=(60,)):
    return keras.Sequential([keras.Input(shape), *steps])


CONTRADICT = {
    "in the last layer": [layers.Dense(60, "sigmoid"), reshape()],
    "a layer": [layers.Dense(60), layers.Activation("sigmoid"), reshape()],
    "of an object": [layers.Dense(60, keras.activations.tanh), reshape()],
    "a function": [layers.Dense(60), ops.sigmoid, reshape()],
    "one's own function": [layers.Dense(60, lambda y: 1 / (1 + ops.exp(-y))), reshape()],
    "clipped": [layers.Dense(60), lambda y: ops.clip(y, 0, 1), reshape()],
    "a layer named after it": [layers.Dense(60), layers.ReLU(), reshape()],
    "softmax over the pixels": [reshape(), layers.Dense(2), layers.Softmax(axis=(1, 2, 3))],
    "in a convolution": [reshape(), layers.Conv2D(2, 3, padding="same", activation="softplus")],
    "within a model": [inner(layers.Dense(60, "sigmoid"), reshape())],
    "before a model that moves": [layers.Dense(60, "sigmoid"), inner(reshape())],
    "within a wrapper": [layers.Reshape((30, 2)), layers.TimeDistributed(layers.Dense(2, "sigmoid")), reshape()],
    "before a dropout": [layers.Dense(60, "silu"), layers.Dropout(0.1), layers.Activation("linear"), reshape()],
    "before cropping": [
        layers.Dense(60, "selu"),
        layers.Reshape((5, 6, 2)),
        layers.ZeroPadding2D(1),
        layers.Permute((2, 1, 3)),
        layers.Cropping2D(1),
    ],
    "moved by a function": [
        layers.Dense(60, "elu"),
        lambda y: ops.transpose(ops.reshape(y, (-1, 2, 6, 5)), (0, 2, 3, 1)),
    ],
    "in one of two parts": [
        lambda y: layers.Concatenate()([layers.Dense(30)(y), layers.Dense(30, "hard_sigmoid")(y)]),
        reshape(),
    ],
    "of the hidden layer, which is the last": [reshape()],
}


@pytest.mark.parametrize("last", CONTRADICT.values(), ids=CONTRADICT)
@pytest.mark.parametrize(
    "likelihood", ["bernoulli", pytest.param("continuous_bernoulli", marks=pytest.mark.any_backend)]
)
def test_a_last_activation_that_bounds_the_logits_is_refused(last, likelihood):
    with pytest.raises(ValueError, match=r"likelihood takes logits.* but the decoder ends in "):
        vae(decoder(*last), likelihood)


AGREE = {
    "none": [layers.Dense(60), reshape()],
    "linear": [layers.Dense(60, "sigmoid"), layers.Dense(60, "linear"), layers.Activation("linear"), reshape()],
    "a leaky one": [layers.Dense(60, "leaky_relu"), layers.PReLU(), reshape()],
    "soft limits far out": [layers.Dense(60, lambda y: 10 * ops.tanh(y / 10)), reshape()],
    "a layer of one's own": [Mine(60, activation="sigmoid"), reshape()],
    "behind a normalisation": [layers.Dense(60, "sigmoid"), layers.BatchNormalization(), reshape()],
    "a function that cannot be tried": [
        layers.Dense(60, lambda y: y + ops.zeros((7, 60))[: ops.shape(y)[0]]),
        reshape(),
    ],
    "a sum": [lambda y: layers.Add()([y, layers.Dense(60)(y)]), reshape()],
}


@pytest.mark.parametrize("last", AGREE.values(), ids=AGREE)
def test_a_last_activation_that_leaves_the_logits_free_is_accepted(last):
    vae(decoder(*last))


@pytest.mark.parametrize("likelihood", ["gaussian", ae.distributions.Gaussian("learned")], ids=["fixed", "learned"])
def test_means_may_be_bounded(likelihood):
    vae(decoder(layers.Dense(60, "sigmoid"), reshape()), likelihood)


@pytest.mark.parametrize(("activation", "right"), [("softmax", False), ("relu", False), ("log_softmax", True)])
def test_classes_take_log_probabilities_but_no_probabilities(activation, right):
    back = decoder(reshape(), layers.Dense(2, activation))
    if right:
        vae(back, "categorical")
        with pytest.raises(ValueError, match="'log_softmax', whose values are never above 0"):
            vae(back)
    else:
        with pytest.raises(ValueError, match=f"Categorical likelihood takes logits.*ends in '{activation}'"):
            vae(back, "categorical")


def test_a_bound_on_one_side_is_told_as_one():
    with pytest.raises(ValueError, match=r"ends in 'silu', whose values are never below -0\.28"):
        vae(decoder(layers.Dense(60, "silu"), reshape()))


def test_a_likelihood_of_ones_own_says_what_it_takes():
    class Pixels(ae.distributions.Bernoulli):
        takes_logits = False

    vae(decoder(layers.Dense(60, "sigmoid"), reshape()), Pixels())


def test_a_decoder_used_twice_and_a_sequential_one_are_looked_into():
    back = keras.Sequential([keras.Input((3,)), layers.Dense(60, "sigmoid"), reshape()])
    back(np.zeros((1, 3)))
    with pytest.raises(ValueError, match="ends in 'sigmoid'"):
        vae(back)


def encoder_of_tutorials(parts):
    x = keras.Input(SHAPE)
    y = layers.Flatten()(x)
    mean, log_variance = layers.Dense(3)(y), layers.Dense(3)(y)
    z = layers.Add()([mean, log_variance])
    return keras.Model(x, [mean, log_variance, z][:parts])


@pytest.mark.parametrize("parts", [2, 3])
def test_an_encoder_with_several_outputs_is_refused_and_the_remedy_works(parts):
    encoder = encoder_of_tutorials(parts)
    remedy = "keras.Model(encoder.input, keras.layers.Concatenate()(encoder.outputs[:2]))"
    with pytest.raises(ValueError, match=f"with {parts} outputs, of shapes .*leave z out, which") as refused:
        ae.VAE(encoder, dense_back())
    assert remedy in str(refused.value)
    model = compiled(ae.VAE(eval(remedy, {"keras": keras, "encoder": encoder}), dense_back()))
    assert model.encode(np.zeros((2, *SHAPE), "float32")).shape == (2, 3)
