"""Corruptions of the input: Keras layers that are active in training only (or when called with training=True)."""

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu._backend import keras, ops
from autoencoders_edu._typing import Tensor


class Corruption(keras.layers.Layer):
    """Base class: corrupts at random, anew in each call, during training, and passes inputs through otherwise.

    Args:
        seed: integer or None.
    """

    def __init__(self, seed: int | None = None, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.build()

    def build(self, input_shape=None):
        self.built = True

    def call(self, x: Tensor, training: bool = False) -> Tensor:
        return self.corrupt(ops.cast(x, self.compute_dtype)) if training else x

    def corrupt(self, x: Tensor) -> Tensor:
        raise NotImplementedError

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}


@keras.saving.register_keras_serializable("autoencoders_edu")
class GaussianNoise(Corruption):
    """x + noise_stddev * epsilon, with epsilon ~ N(0, 1) drawn for each pixel.

    Nothing is clipped: clipping to [0, 1] would give black and white pixels noise with a nonzero mean.

    Args:
        noise_stddev: number >= 0, in units of x (above 1 is allowed).
        seed: integer or None.
    """

    def __init__(self, noise_stddev: float, seed: int | None = None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.noise_stddev = real(
            "GaussianNoise", "noise_stddev", noise_stddev, "a number >= 0", lambda value: value >= 0
        )

    def corrupt(self, x: Tensor) -> Tensor:
        epsilon = keras.random.normal(ops.shape(x), dtype=x.dtype, seed=self.seed_generator)
        return x + self.noise_stddev * epsilon

    def get_config(self):
        return {**super().get_config(), "noise_stddev": self.noise_stddev}


@keras.saving.register_keras_serializable("autoencoders_edu")
class PixelDropout(Corruption):
    """Sets a fraction `rate` of the pixels (all channels of each) to zero; the others keep their values.

    Unlike `keras.layers.Dropout`, it does not scale up what remains: it corrupts data, and is no regulariser of
    activations. In vectors, each feature counts as a pixel.

    Args:
        rate: number from 0 to 1, the probability that a pixel is lost.
        seed: integer or None.

    Reference: the masking noise of Vincent et al. 2010, "Stacked denoising autoencoders", section 3.3.
    """

    def __init__(self, rate: float, seed: int | None = None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.rate = real("PixelDropout", "rate", rate, "a number from 0 to 1", lambda value: 0 <= value <= 1)

    def corrupt(self, x: Tensor) -> Tensor:
        shape = ops.shape(x)
        pixels = shape if len(x.shape) == 2 else (*shape[:-1], 1)
        kept = keras.random.uniform(pixels, dtype="float32", seed=self.seed_generator) >= self.rate
        return x * ops.cast(kept, x.dtype)

    def get_config(self):
        return {**super().get_config(), "rate": self.rate}


@keras.saving.register_keras_serializable("autoencoders_edu")
class BlockMasking(Corruption):
    """Sets one square of size x size pixels in each image to zero, at a random position inside the image.

    Args:
        size: positive integer, the side of the square in pixels; at most the image's shorter side.
        seed: integer or None.

    Reference: DeVries and Taylor 2017, "Improved regularization of convolutional neural networks with cutout"
    (there the square may extend beyond the image).
    """

    def __init__(self, size: int, seed: int | None = None, **kwargs):
        super().__init__(seed=seed, **kwargs)
        self.size = positive_integer("BlockMasking", "size", size, " of pixels")

    def corrupt(self, x: Tensor) -> Tensor:
        if len(x.shape) != 4 or min(x.shape[1:3]) < self.size:
            raise ValueError(
                f"BlockMasking(size={self.size}) expects images (batch, height, width, channels) of at least that "
                f"height and width. Received shape: {tuple(x.shape)}."
            )
        rows, columns = (self._inside(ops.shape(x)[0], length) for length in x.shape[1:3])
        masked = ops.expand_dims(rows, 2) & ops.expand_dims(columns, 1)
        return x * ops.cast(~ops.expand_dims(masked, -1), x.dtype)

    def _inside(self, batch, length):
        """(batch, length): True at `size` neighbouring positions, the first uniform over those that fit."""
        draw = keras.random.uniform((batch, 1), dtype="float32", seed=self.seed_generator)
        start = ops.floor(draw * (length - self.size + 1))
        position = ops.arange(length, dtype="float32")
        return (position >= start) & (position < start + self.size)

    def get_config(self):
        return {**super().get_config(), "size": self.size}
