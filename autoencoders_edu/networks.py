"""The usual encoders and decoders: ordinary Keras models that take and return tensors.

An encoder ends in a linear layer with `outputs` numbers: a code, or the mean and log-variance of one
(outputs = 2 * latent_dim). A decoder ends in a linear layer, too, for logits or means. `output_activation` changes
either. With `condition_size` > 0 a network takes two inputs, [x, c] or [z, c], with c (batch, condition_size).
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from autoencoders_edu._backend import keras

layers = keras.layers
Activation: TypeAlias = str | Callable | None  # as Keras knows them


def dense_encoder(
    shape: Sequence[int],
    outputs: int,
    hidden: Sequence[int] = (256, 128),
    condition_size: int = 0,
    activation: Activation = "relu",
    output_activation: Activation = None,
) -> keras.Model:
    """Dense layers from x to `outputs` numbers.

    Args:
        shape: shape of one example, such as (28, 28, 1) or (50,).
        outputs: number of outputs.
        hidden: units of the hidden layers; () makes the encoder linear.
        condition_size: length of the condition vector, which is concatenated with x; 0 for none.
        activation, output_activation: of the hidden layers and of the last, as in Keras.

    Example:

    >>> dense_encoder((28, 28, 1), 2 * 16).output_shape
    (None, 32)
    """
    x, condition = keras.Input(shape, name="x"), _condition(condition_size)
    y = _join(layers.Flatten()(x), condition)
    for units in hidden:
        y = layers.Dense(units, activation)(y)
    y = layers.Dense(outputs, output_activation)(y)
    return keras.Model(_inputs(x, condition), y, name="encoder")


def dense_decoder(
    latent_dim: int,
    shape: Sequence[int],
    hidden: Sequence[int] = (128, 256),
    condition_size: int = 0,
    activation: Activation = "relu",
    output_activation: Activation = None,
    skips: bool = False,
) -> keras.Model:
    """Dense layers from z to an output of the given shape.

    Args:
        latent_dim: length of z.
        shape: shape of one example.
        hidden, condition_size, activation, output_activation: as for `dense_encoder`.
        skips: concatenates z with the input of every layer, not only the first (Dieng et al. 2019, "Avoiding latent
            variable collapse with generative skip models").
    """
    z, condition = keras.Input((latent_dim,), name="z"), _condition(condition_size)
    start = y = _join(z, condition)
    for units in hidden:
        y = layers.Dense(units, activation)(y)
        y = _join(y, start) if skips else y
    y = layers.Dense(math.prod(shape), output_activation)(y)
    return keras.Model(_inputs(z, condition), layers.Reshape(shape)(y), name="decoder")


def conv_encoder(
    shape: Sequence[int],
    outputs: int,
    filters: Sequence[int] = (32, 64),
    units: int = 128,
    condition_size: int = 0,
    activation: Activation = "relu",
    output_activation: Activation = None,
) -> keras.Model:
    """Convolutions of stride 2, then a dense layer: x (height, width, channels) to `outputs` numbers.

    Args:
        shape: shape of one image; any height and width.
        outputs: number of outputs.
        filters: number of filters of each convolution; each convolution halves height and width, rounding up.
        units: number of units of the dense layer, which also takes the condition.
        condition_size, activation, output_activation: as for `dense_encoder`.
    """
    x, condition = keras.Input(shape, name="x"), _condition(condition_size)
    y = x
    for count in filters:
        y = layers.Conv2D(count, 3, strides=2, padding="same", activation=activation)(y)
    y = layers.Dense(units, activation)(_join(layers.Flatten()(y), condition))
    return keras.Model(_inputs(x, condition), layers.Dense(outputs, output_activation)(y), name="encoder")


def conv_decoder(
    latent_dim: int,
    shape: Sequence[int],
    filters: Sequence[int] = (64, 32),
    units: int = 128,
    condition_size: int = 0,
    activation: Activation = "relu",
    output_activation: Activation = None,
    skips: bool = False,
) -> keras.Model:
    """A dense layer, then transposed convolutions of stride 2: z to an image of the given shape.

    Args:
        latent_dim: length of z.
        shape: shape of one image; any height and width.
        filters: number of filters of each stage; each stage doubles height and width, and the result is cropped to
            the shape.
        units, condition_size, activation, output_activation: as for `conv_encoder` and `dense_decoder`.
        skips: adds a linear function of z to the channels of every stage.
    """
    z, condition = keras.Input((latent_dim,), name="z"), _condition(condition_size)
    start = _join(z, condition)
    height, width = (math.ceil(side / 2 ** len(filters)) for side in shape[:2])
    y = layers.Dense(units, activation)(start)
    y = layers.Dense(height * width * filters[0], activation)(y)
    y = layers.Reshape((height, width, filters[0]))(y)
    for count in filters:
        y = layers.Conv2DTranspose(count, 3, strides=2, padding="same", activation=activation)(y)
        if skips:
            y = layers.Add()([y, layers.Reshape((1, 1, count))(layers.Dense(count)(start))])
    y = layers.Conv2D(shape[-1], 3, padding="same", activation=output_activation)(y)
    return keras.Model(_inputs(z, condition), _crop(y, shape), name="decoder")


def skip_autoencoder(
    shape: Sequence[int],
    filters: Sequence[int] = (32, 64),
    activation: Activation = "relu",
    output_activation: Activation = None,
) -> tuple[keras.Model, keras.Model]:
    """An encoder and a decoder with skip connections between them, for image restoration (U-Net).

    The encoder returns its feature maps, deepest first, and the decoder takes all of them. Such a pair has no
    bottleneck: without corruption it learns the identity.

    Args:
        shape: shape of one image; any height and width.
        filters: number of filters at each resolution, from full size down; every step down halves height and width,
            rounding up.

    Returns:
        (encoder, decoder), for `ae.DenoisingAutoencoder`.

    Reference: Ronneberger, Fischer and Brox 2015, "U-Net"; Mao, Shen and Yang 2016, for restoration.
    """
    x = keras.Input(shape, name="x")
    features: list[Any] = [layers.Conv2D(filters[0], 3, padding="same", activation=activation)(x)]
    for count in filters[1:]:
        features.append(layers.Conv2D(count, 3, strides=2, padding="same", activation=activation)(features[-1]))
    encoder = keras.Model(x, features[::-1], name="encoder")

    codes: list[Any] = [
        keras.Input(feature.shape[1:], name=f"level_{depth}") for depth, feature in enumerate(features[::-1])
    ]
    y = codes[0]
    for skip in codes[1:]:
        y = layers.Conv2DTranspose(skip.shape[-1], 3, strides=2, padding="same", activation=activation)(y)
        y = layers.Concatenate()([_crop(y, skip.shape[1:]), skip])
        y = layers.Conv2D(skip.shape[-1], 3, padding="same", activation=activation)(y)
    y = layers.Conv2D(shape[-1], 3, padding="same", activation=output_activation)(y)
    return encoder, keras.Model(codes, y, name="decoder")


def autoregressive_decoder(
    latent_dim: int,
    shape: Sequence[int],
    hidden: Sequence[int] = (128, 256),
    context: int | None = None,
    units: int = 64,
    activation: Activation = "relu",
    skips: bool = False,
) -> keras.Model:
    """A decoder for `ae.AutoregressiveVAE`: [z, x] to an output of the given shape, the sum of two parts.

    The first is `dense_decoder`, which sees z alone. The second sees, instead of z, the `context` pixels before each
    pixel in reading order: a causal convolution, then two layers with separate weights for each pixel.

    Args:
        latent_dim: length of z.
        shape: shape of one image, (height, width, channels).
        hidden, activation, skips: as for `dense_decoder`.
        context: number of pixels before each one that are seen; None: all of them; 0: none, and the second part is 0.
        units: number of units per pixel in the hidden layers of the second part.

    Reference: Gulrajani et al. 2017, "PixelVAE", which concatenates z with the features instead.
    """
    z, x = keras.Input((latent_dim,), name="z"), keras.Input(shape, name="x")
    *image, channels = shape
    size = math.prod(image)
    context = size - 1 if context is None else context
    y = dense_decoder(latent_dim, (size, channels), hidden, activation=activation, skips=skips)(z)
    if context:
        pad = layers.ZeroPadding1D((1, 0))  # pyright: ignore[reportArgumentType]
        shift = [layers.Reshape((size, channels)), pad, layers.Cropping1D((0, 1))]
        before = keras.Sequential(
            [
                *shift,
                layers.Conv1D(units, context, padding="causal", activation=activation),
                layers.EinsumDense("npu,uv->npv", (size, units), activation=activation, bias_axes="pv"),
                layers.EinsumDense("npu,puc->npc", (size, channels), bias_axes="pc"),
            ],
            name="before",
        )
    else:
        before = keras.Sequential([layers.Reshape((size, channels)), layers.Rescaling(0.0)], name="before")
    y = layers.Add()([y, before(x)])  # even if 0: Keras 3.13 refuses an input that no output depends on
    return keras.Model([z, x], layers.Reshape(shape)(y), name="decoder")


def _condition(size):
    return keras.Input((size,), name="condition") if size else None


def _inputs(first, condition):
    return first if condition is None else [first, condition]


def _join(y, other):
    return y if other is None else layers.Concatenate()([y, other])


def _crop(y, shape):
    """Crops the rows and columns by which doubling a rounded-up size exceeds the shape."""
    extra = [(0, have - want) for have, want in zip(y.shape[1:3], shape[:2], strict=True)]
    return y if extra == [(0, 0), (0, 0)] else layers.Cropping2D(extra)(y)
