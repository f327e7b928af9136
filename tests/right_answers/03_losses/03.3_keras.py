"""Keras's losses, from logits, in single precision."""

from keras import losses, ops


def row_nll(x, outputs, stddev):
    square = ((x[:, 0] - outputs[:, 0]) / stddev) ** 2
    number = 0.5 * (square + np.log(2 * np.pi * stddev**2))
    yes_or_no = losses.binary_crossentropy(x[:, 1:2], outputs[:, 1:2], from_logits=True)
    category = losses.categorical_crossentropy(x[:, 2:], outputs[:, 2:], from_logits=True)
    return number + ops.convert_to_numpy(yes_or_no) + ops.convert_to_numpy(category)
