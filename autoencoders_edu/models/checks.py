"""Validation of a model's networks and of how it is compiled."""

from autoencoders_edu._backend import keras
from autoencoders_edu.models.training_data import agree


def known_shape(network, role, side):
    """The shapes (without the batch axis) at one side of a network, as a list: a network may have several tensors."""
    try:
        shapes = [tuple(tensor.shape[1:]) for tensor in getattr(network, f"{side}s")]
    except (AttributeError, ValueError):
        raise ValueError(
            f"The {role} must be a Keras model that knows its shapes, such as keras.Sequential([keras.Input(shape), "
            f"...]) or keras.Model(inputs, outputs). Received: {network!r}."
        ) from None
    return shapes


def fits(given, wanted):
    """Whether two lists of shapes agree; None stands for any size."""
    return len(given) == len(wanted) and all(map(agree, given, wanted))


def check_code(given, wanted):
    """The encoder's code must be what the decoder takes."""
    if not fits(given, wanted):
        raise ValueError(
            f"Encoder and decoder do not fit together: the code has shape {_show(given)}, but the decoder takes "
            f"{_show(wanted)}. Give both the same latent_dim."
        )


def check_output(given, wanted):
    """The decoder's output must have the shape of the encoder's input, for that is the target."""
    if not fits(given, wanted):
        raise ValueError(
            f"Encoder and decoder do not fit together: the decoder returns {_show(given)}, but the encoder takes "
            f"{_show(wanted)}, and an autoencoder's output has its input's shape. Change the decoder's last layers."
        )


def check_no_loss(model, **arguments):
    """A model that brings its own loss is compiled without one, and without what only makes sense beside one."""
    refused = ("loss", "loss_weights", "metrics", "weighted_metrics")
    given = [f"{name}={arguments[name]!r}" for name in refused if arguments.get(name) is not None]
    if given:
        raise ValueError(
            f"A {type(model).__name__} brings its own loss, the negative ELBO, and logs its terms, but was compiled "
            f"with {', '.join(given)}. Leave it out; how x is scored is the model's likelihood argument."
        )


def check_layer(layer, owner, name, example):
    """What stands between the networks must be a Keras layer."""
    if not isinstance(layer, keras.layers.Layer):
        raise ValueError(f"{owner} expects {name} to be a Keras layer, such as {example}. Received: {layer!r}.")


def _show(shapes):
    return " and ".join(str(tuple(shape)) for shape in shapes)
