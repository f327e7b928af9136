"""What a network's output was last passed through, found by walking back from its output tensors."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Model, Tensor

# Operations of Keras that return the numbers they are given, moved, repeated, averaged or (in training) dropped: none
# of them leads out of the range in which an activation's values lie. Layers and functions have the same names.
MOVES = re.compile(
    "Reshape|Flatten|Permute|Transpose|Squeeze|ExpandDims|RepeatVector|Concatenate|GetItem|Identity|"
    r"(Cropping|ZeroPadding|UpSampling|SpatialDropout|(Average|Max)Pooling)\dD|(Alpha|Gaussian)?Dropout|GaussianNoise|"
    "ActivityRegularization"
)
# The names of the layers and functions that are activations: "sigmoid", "leakyrelu", ...
ACTIVATIONS = {name.replace("_", "") for name in dir(keras.activations)} | {"clip", "exp"}
PROBES = np.concatenate([[-1e4, 1e4], np.linspace(-8, 8, 65)]).astype("float32")


@dataclass(frozen=True)
class Activation:
    """An activation's name, and the lowest and highest of its values."""

    name: str
    low: float
    high: float


def last_activations(network: Model) -> list[Activation]:
    """The activations that end a network: one, or several where its output is put together from several layers.

    Layers that are not Keras's own cannot be looked into, and are left out, as are linear layers.
    """
    found = []
    for operation, tensor in (end for output in network.outputs for end in _ends(output)):
        activation = _activation_of(operation)
        values = None if activation is None else _values(activation, tensor.shape)
        if values is not None:
            name = getattr(activation, "__name__", operation.name)
            found.append(Activation(name, float(values.min()), float(values.max())))
    return found


def _ends(tensor: Tensor) -> Iterator[tuple[Any, Tensor]]:
    """The operations that made the numbers in a tensor, each with its own output; those that only move are skipped."""
    operation, node, index = tensor._keras_history  # Keras offers no public way from a tensor to its layer
    sources = operation._inbound_nodes[node].input_tensors
    inner = list(_ends(outputs[index])) if (outputs := _outputs_of(operation)) else []
    if inner:  # otherwise the model within only moves its input
        yield from inner
    elif outputs or _only_moves(operation):
        for source in sources:
            yield from _ends(source)
    elif sources:
        yield operation, tensor


def _outputs_of(operation):
    """The output tensors of a model within the network, if it can be looked into."""
    return getattr(operation, "outputs", None) if isinstance(operation, keras.Model) else None


def _is_of_keras(operation):
    return type(operation).__module__.split(".")[0] == "keras"


def _only_moves(operation):
    linear = isinstance(operation, keras.layers.Activation) and operation.activation is keras.activations.linear
    return linear or (_is_of_keras(operation) and MOVES.fullmatch(type(operation).__name__) is not None)


def _activation_of(operation) -> Callable | None:
    if not _is_of_keras(operation):
        return None
    if type(operation).__name__.lower() in ACTIVATIONS:
        return operation
    return getattr(getattr(operation, "layer", operation), "activation", None)  # `layer`: what TimeDistributed wraps


def _values(activation, shape):
    """The activation's values for numbers from -10,000 to 10,000, or None if it cannot be tried in this way."""
    try:
        return ops.convert_to_numpy(activation(np.resize(PROBES, [1, *(size or len(PROBES) for size in shape[1:])])))
    except Exception:  # a function of the user's, which may expect anything
        return None
