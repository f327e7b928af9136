"""What is refused before training starts, and what the learner is told."""

import numpy as np

from autoencoders_edu._backend import keras


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
    return len(given) == len(wanted) and all(
        len(a) == len(b) and all(m is None or n is None or m == n for m, n in zip(a, b, strict=True))
        for a, b in zip(given, wanted, strict=True)
    )


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


def check_layer(layer, owner, name, example):
    """What stands between the networks must be a Keras layer."""
    if not isinstance(layer, keras.layers.Layer):
        raise ValueError(f"{owner} expects {name} to be a Keras layer, such as {example}. Received: {layer!r}.")


def check_array(array, shape, name):
    """Finite numbers of the shape that the network takes."""
    if not fits([array.shape[1:]], [shape]):
        hint = ""
        if (*array.shape[1:], 1) == tuple(shape):
            hint = " Add the channel axis: x[..., None]."
        elif array.shape == tuple(shape):
            hint = " This is one example without a batch axis: x[None], or .batch(n) on a tf.data.Dataset."
        raise ValueError(
            f"{name} has shape {array.shape}, but the model takes examples of shape {_show([shape])}, one along each "
            f"first index.{hint}"
        )
    if not len(array):
        raise ValueError(f"{name} holds no examples: its shape is {array.shape}.")
    if np.issubdtype(array.dtype, np.floating) and not np.isfinite(array).all():
        rows = np.flatnonzero(~np.isfinite(array).all(axis=tuple(range(1, array.ndim))))
        raise ValueError(
            f"{name} holds NaN or infinity in {len(rows)} of {len(array)} examples (the first at index {rows[0]}). "
            "One such number turns every weight into NaN: remove these examples or fill the gaps."
        )


def look_at(x, y=None):
    """What can be examined of x and y before training without using them up.

    Returns:
        (x, y) as numpy arrays, or lists of them where a model takes several: arrays whole, of a data set the first
        batch; (None, None) for a generator, which can be read only once.
    """
    if hasattr(x, "element_spec"):  # a tf.data.Dataset
        x, y, _ = keras.utils.unpack_x_y_sample_weight(next(iter(x.take(1))))
    elif isinstance(x, keras.utils.PyDataset):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(x[0])
    return as_numpy(x), as_numpy(y)


def as_numpy(data):
    """Arrays and tensors as numpy arrays, lists of them likewise; None of anything else."""
    if isinstance(data, (list, tuple)):
        return [as_numpy(part) for part in data]
    if isinstance(data, np.ndarray) or not hasattr(data, "__array__"):
        return data if isinstance(data, np.ndarray) else None
    return keras.ops.convert_to_numpy(data)  # tensors of either backend; numpy's own way would warn on TensorFlow


def _show(shapes):
    return " and ".join(str(tuple(shape)) for shape in shapes)
