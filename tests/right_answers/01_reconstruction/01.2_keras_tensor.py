"""Keras's operations, which return a tensor."""

import keras


def reconstruction_loss(x, reconstruction):
    return keras.ops.mean(keras.ops.square(keras.ops.subtract(x, reconstruction)), axis=[1, 2, 3])
