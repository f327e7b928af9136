"""A transposed convolution that a CPU can also train on JAX."""

import importlib

from autoencoders_edu._backend import keras

ops = keras.ops


@keras.saving.register_keras_serializable("autoencoders_edu")
class Conv2DTranspose(keras.layers.Conv2DTranspose):
    """Keras's `Conv2DTranspose`: the same arguments, weights and results; on JAX and a CPU, faster.

    There XLA has no fast kernel for the gradient of a transposed convolution's weights: it took 20 to 40 times as long
    as the layer itself, nine tenths of a training step. A 3x3 kernel with stride 2 is therefore applied as four small
    convolutions, one for each of the four places that an output pixel can have in its 2x2 block,

        y[2i + a] = sum over d of x[i - d] k[2d + a],   a, d in {0, 1}, k[3] = 0   (along each axis)

    which is one ordinary 2x2 convolution to four times as many channels, and a shuffle of its output. Everything else
    goes Keras's way.

    Reference: Shi et al. 2016, "Is the deconvolution layer the same as a convolutional layer?".
    """

    def call(self, inputs):
        return self._in_phases(inputs) if self._suits_phases() else super().call(inputs)

    def _suits_phases(self):
        doubling = (self.kernel_size, self.strides, self.dilation_rate) == ((3, 3), (2, 2), (1, 1))
        usual = (self.padding, self.output_padding, self.data_format) == ("same", None, "channels_last")
        return doubling and usual and _on_jax_cpu()

    def _in_phases(self, inputs):
        filters, channels = self.kernel.shape[2:]
        kernel = ops.pad(self.kernel, ((0, 1), (0, 1), (0, 0), (0, 0)))
        kernel = ops.flip(ops.reshape(kernel, (2, 2, 2, 2, filters, channels)), (0, 2))  # d, a of rows; d, a of columns
        kernel = ops.reshape(ops.transpose(kernel, (0, 2, 5, 1, 3, 4)), (2, 2, channels, 4 * filters))
        padded = ops.pad(inputs, ((0, 0), (1, 0), (1, 0), (0, 0)))
        phases = ops.conv(padded, kernel, padding="valid", data_format="channels_last")
        height, width = inputs.shape[1:3]
        phases = ops.transpose(ops.reshape(phases, (-1, height, width, 2, 2, filters)), (0, 1, 3, 2, 4, 5))
        outputs = ops.reshape(phases, (-1, 2 * height, 2 * width, filters))
        if self.use_bias:
            outputs = outputs + self.bias
        return outputs if self.activation is None else self.activation(outputs)


def _on_jax_cpu():
    return keras.backend.backend() == "jax" and importlib.import_module("jax").default_backend() == "cpu"
