"""Type aliases for signatures."""

from typing import Any, TypeAlias

from autoencoders_edu._backend import keras

Model: TypeAlias = keras.Model  # an encoder or a decoder
Shapes: TypeAlias = list[tuple[int | None, ...]]  # of several tensors, without their batch axes
Tensor: TypeAlias = Any  # of the running backend: tf.Tensor and jax.Array have no type in common
Distribution: TypeAlias = Any  # of TensorFlow Probability (tfd), which has two builds
