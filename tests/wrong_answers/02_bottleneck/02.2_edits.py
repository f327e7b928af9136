"""Wrong answers to 02.2 tied_autoencoder that are a right answer but for a line or two."""


class bias_undone:
    """The decoder first takes the encoder's bias off again, as if it had to run the encoder backwards."""

    MESSAGE = "taken off again"
    EDIT = ("matmul(z, ", "matmul(z - self.code_bias, ")


class gradient_stopped:
    """The decoder's use of W is cut off from the gradient, so that W is not updated twice."""

    MESSAGE = "only its use in the encoder"
    EDIT = ("keras.ops.transpose(self.kernel)", "keras.ops.stop_gradient(keras.ops.transpose(self.kernel))")


class matrix_on_its_side:
    """W is made in the decoder's shape, and it is the encoder that transposes it."""

    MESSAGE = "lies on its side"
    EDIT = (
        ("shape=(pixels, dim)", "shape=(dim, pixels)"),
        ("matmul(x, self.kernel)", "matmul(x, keras.ops.transpose(self.kernel))"),
        ("matmul(z, keras.ops.transpose(self.kernel))", "matmul(z, self.kernel)"),
    )


class no_decoder_bias:
    """Tying is taken to mean that the decoder has no weights of its own at all, not even a bias."""

    MESSAGE = "The decoder has no bias c"
    EDIT = (
        ('self.output_bias = self.add_weight(shape=(pixels,), initializer="zeros")', ""),
        (" + self.output_bias", ""),
    )


class pseudo_inverse:
    """The decoder should undo the encoder, so it uses the pseudo-inverse of W."""

    MESSAGE = "pseudo-inverse"
    EDIT = ("keras.ops.transpose(self.kernel)", "keras.ops.convert_to_tensor(np.linalg.pinv(np.asarray(self.kernel)))")


class relu_code:
    """The encoder keeps the relu that hidden layers usually have."""

    MESSAGE = "There is an activation"
    EDIT = (
        "z = keras.ops.matmul(x, self.kernel) + self.code_bias",
        "z = keras.ops.relu(keras.ops.matmul(x, self.kernel) + self.code_bias)",
    )


class transposed_in_build:
    """The transpose is computed once, in build, and kept as an attribute: a constant that no training reaches."""

    OF = "library_class"
    MESSAGE = "you transposed it once"
    EDIT = (
        (
            "        self.shift =",
            "        self.kernel = keras.ops.transpose(keras.ops.convert_to_tensor(self.dense.kernel))\n"
            "        self.shift =",
        ),
        ("keras.ops.transpose(self.dense.kernel)) +", "self.kernel) +"),
    )
