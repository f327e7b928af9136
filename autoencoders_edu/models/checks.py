"""Validation of a model's networks, and of the arguments of `compile`."""

from typing import Any

from autoencoders_edu._backend import keras
from autoencoders_edu._typing import Model, Shapes
from autoencoders_edu.models.training_data import agree


def known_shape(network: Any, role: str, side: str) -> Shapes:
    """The shapes, without the batch axis, of a network's inputs or outputs: a list, since there may be several."""
    try:
        shapes = [tuple(tensor.shape[1:]) for tensor in getattr(network, f"{side}s")]
    except (AttributeError, ValueError):
        raise ValueError(
            f"The {role} must be a Keras model that knows its shapes, such as keras.Sequential([keras.Input(shape), "
            f"...]) or keras.Model(inputs, outputs). Received: {network!r}."
        ) from None
    return shapes


def fits(given: Shapes, wanted: Shapes) -> bool:
    """Whether two lists of shapes agree; None stands for any size."""
    return len(given) == len(wanted) and all(map(agree, given, wanted))


def check_code(given: Shapes, wanted: Shapes) -> None:
    """Raises ValueError unless the decoder takes the code."""
    if not fits(given, wanted):
        raise ValueError(
            f"Encoder and decoder do not fit together: the code has shape {_show(given)}, but the decoder takes "
            f"{_show(wanted)}. Give both the same latent_dim."
        )


def check_output(given: Shapes, wanted: Shapes) -> None:
    """Raises ValueError unless the decoder's output has the shape of the encoder's input, the target."""
    if not fits(given, wanted):
        raise ValueError(
            f"Encoder and decoder do not fit together: the decoder returns {_show(given)}, but the encoder takes "
            f"{_show(wanted)}, and an autoencoder's output has its input's shape. Change the decoder's last layers."
        )


def check_no_loss(model: Model, **arguments) -> None:
    """Raises ValueError for a loss, or what belongs to one, where the model has its own."""
    refused = ("loss", "loss_weights", "metrics", "weighted_metrics")
    given = [f"{name}={arguments[name]!r}" for name in refused if arguments.get(name) is not None]
    if given:
        raise ValueError(
            f"A {type(model).__name__} brings its own loss, the negative ELBO, and logs its terms, but was compiled "
            f"with {', '.join(given)}. Leave it out; how x is scored is the model's likelihood argument."
        )


def check_layer(layer: Any, owner: str, name: str, example: str) -> None:
    """Raises ValueError unless the layer between the networks is a Keras layer."""
    if not isinstance(layer, keras.layers.Layer):
        raise ValueError(f"{owner} expects {name} to be a Keras layer, such as {example}. Received: {layer!r}.")


def _show(shapes):
    return " and ".join(str(tuple(shape)) for shape in shapes)
