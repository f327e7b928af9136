"""Validation of a model's networks, and of the arguments of `compile`."""

from typing import Any

from autoencoders_edu._backend import keras
from autoencoders_edu._typing import Model, Shapes
from autoencoders_edu.distributions import Categorical, Likelihood
from autoencoders_edu.models.last_activation import last_activations
from autoencoders_edu.models.training_data import agree

REACH = 4  # a logit that stays closer to 0 than this leaves a probability between 0.018 and 0.982


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


def check_one_posterior(owner: str, outputs: Shapes) -> None:
    """Raises ValueError for an encoder with several outputs, such as the usual [mean, log_variance, z]."""
    if len(outputs) > 1:
        raise ValueError(
            f"A {owner}'s encoder has one output, which holds the mean and the log-variance of q(z|x) one after the "
            f"other. Received an encoder with {len(outputs)} outputs, of shapes {_show(outputs)}. Join the mean and "
            "the log-variance, and leave z out, which the model draws itself: keras.Model(x, "
            "keras.layers.Concatenate()([mean, log_variance])). If they are the first two outputs: "
            "keras.Model(encoder.input, keras.layers.Concatenate()(encoder.outputs[:2]))."
        )


def check_logits(decoder: Model, likelihood: Likelihood) -> None:
    """Raises ValueError for a decoder whose last activation keeps it from returning the logits that are expected."""
    for activation in last_activations(decoder) if likelihood.takes_logits else []:
        low, high = activation.low, activation.high
        up = isinstance(likelihood, Categorical)  # there only differences matter: log-probabilities, <= 0, are logits
        if low > -REACH or (high < REACH and not up):
            inside = f"lie between {low:.2g} and {high:.2g}"
            lies = inside if high < REACH else f"are never below {low:.2g}"
            raise ValueError(
                f"The {type(likelihood).__name__} likelihood takes logits, any real numbers, and makes probabilities "
                f"of them itself, but the decoder ends in {activation.name!r}, whose values "
                f"{lies if low > -REACH else f'are never above {high:.2g}'}. Leave that activation out "
                "(activation=None in the last layer), or choose likelihood='gaussian', which takes pixels as they are."
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
