"""Wrong answers to 02.2 tied_autoencoder that are a right answer but for a line or two."""


class bias_undone:
    """The decoder first takes the encoder's bias off again, as if it had to run the encoder backwards."""

    MESSAGE = "subtracted again"
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

    MESSAGE = "there is no bias c of the decoder"
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

    MESSAGE = "(A relu, on the code.)"
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


class transposed_as_in_numpy:
    """The transpose is written as in NumPy."""

    MESSAGE = "have no .T"
    EDIT = ("keras.ops.transpose(self.kernel)", "self.kernel.T")


class reshaped:
    """A reshape to the transpose's shape is taken for the transpose."""

    MESSAGE = "You reshaped W"
    EDIT = ("keras.ops.transpose(self.kernel)", "keras.ops.reshape(self.kernel, (dim, pixels))")


class columns_of_length_one:
    """The columns of W are normalised in call, so that they are directions."""

    MESSAGE = "divided the columns of W by their lengths"
    EDIT = (
        (
            "        def call(self, x):",
            "        def call(self, x):\n            w = self.kernel / keras.ops.norm(self.kernel, axis=0)",
        ),
        ("matmul(x, self.kernel)", "matmul(x, w)"),
        ("transpose(self.kernel)", "transpose(w)"),
    )


class starts_at_zero:
    """W starts at zero, like the biases."""

    MESSAGE = "W starts at zero"
    EDIT = ('"glorot_uniform"', '"zeros"')


class starts_at_one:
    """W starts at one everywhere, so that all numbers of the code stay the same."""

    MESSAGE = "All columns of W start with the same values"
    EDIT = ('"glorot_uniform"', '"ones"')


class the_class:
    """The class is returned, not a model."""

    MESSAGE = "You returned a class"
    EDIT = ("return Tied()", "return Tied")


class super_forgotten:
    """The weights are made before Keras's own __init__ has run, which never does."""

    MESSAGE = "has to be super().__init__()"
    EDIT = ("            super().__init__()\n", "")


class untracked_biases:
    """The biases are plain tensors, which Keras neither counts nor trains."""

    MESSAGE = "no bias b of the encoder and no bias c of the decoder"
    EDIT = (
        ('self.add_weight(shape=(dim,), initializer="zeros")', "keras.ops.zeros(dim)"),
        ('self.add_weight(shape=(pixels,), initializer="zeros")', "keras.ops.zeros(pixels)"),
    )


class weights_of_tensorflow:
    """All weights are made as in TensorFlow, by tf.Variable, which Keras 3 does not track."""

    MESSAGE = "Keras knows of no trainable weight"
    EDIT = (
        ("    class Tied", "    import tensorflow as tf\n\n    class Tied"),
        (
            'self.add_weight(shape=(pixels, dim), initializer="glorot_uniform")',
            "tf.Variable(tf.random.normal((pixels, dim)))",
        ),
        ('self.add_weight(shape=(dim,), initializer="zeros")', "tf.Variable(tf.zeros(dim))"),
        ('self.add_weight(shape=(pixels,), initializer="zeros")', "tf.Variable(tf.zeros(pixels))"),
    )


class shared_by_all_models:
    """W is made once for all models and kept outside of them."""

    MESSAGE = "share their weights"
    EDIT = (
        ("    class Tied", '    shared = globals().setdefault("shared", {})\n\n    class Tied'),
        (
            'self.kernel = self.add_weight(shape=(pixels, dim), initializer="glorot_uniform")',
            "if (pixels, dim) not in shared:\n"
            "                shared[pixels, dim] = keras.Variable(keras.random.normal((pixels, dim)))\n"
            "            self.kernel = shared[pixels, dim]",
        ),
    )


class kernel_not_trainable:
    """W is made untrainable, so that the decoder cannot change it."""

    MESSAGE = "W is not trainable"
    EDIT = ('initializer="glorot_uniform")', 'initializer="glorot_uniform", trainable=False)')


class decoded_with_numpy:
    """The decoder computes with NumPy."""

    MESSAGE = "No gradient reaches any weight"
    EDIT = (
        "return keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias",
        "return np.matmul(np.asarray(z), np.asarray(self.kernel).T) + np.asarray(self.output_bias)",
    )


class elu_code:
    """An elu on the code, which is nearly linear."""

    MESSAGE = "(An elu, on the code.)"
    EDIT = (
        "z = keras.ops.matmul(x, self.kernel) + self.code_bias",
        "z = keras.ops.elu(keras.ops.matmul(x, self.kernel) + self.code_bias)",
    )


class one_image_at_a_time:
    """The code is reshaped for a single image."""

    MESSAGE = "fails with"
    EDIT = ("return keras.ops.matmul(z,", "z = keras.ops.reshape(z, (1, dim))\n            return keras.ops.matmul(z,")


class halved_code:
    """The code is halved, because W is used twice."""

    MESSAGE = "what the decoder makes of it"
    EDIT = ("matmul(z, ", "matmul(z / 2, ")


class halved_output:
    """The output is halved, because W is used twice."""

    MESSAGE = "The output is multiplied by 0.5"
    EDIT = (
        "return keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias",
        "return (keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias) / 2",
    )


class relu_on_the_bias:
    """The relu stands within the sum, so that it reaches the bias alone."""

    MESSAGE = "A relu, on the bias b"
    EDIT = ("+ self.code_bias", "+ keras.ops.relu(self.code_bias)")


class relu_before_the_bias:
    """The relu stands within the sum, so that the bias comes after it."""

    MESSAGE = "before b is added"
    EDIT = ("z = keras.ops.matmul(x, self.kernel) +", "z = keras.ops.relu(keras.ops.matmul(x, self.kernel)) +")


class relu_on_both_biases:
    """Both biases get a relu."""

    MESSAGE = "on both biases"
    EDIT = (
        ("+ self.code_bias", "+ keras.ops.relu(self.code_bias)"),
        ("+ self.output_bias", "+ keras.ops.relu(self.output_bias)"),
    )


class squeezed:
    """The output is squeezed, which takes the images' axis from a batch of one."""

    MESSAGE = "For a batch of one"
    EDIT = (
        "return keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias",
        "drawn = keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias\n"
        "            return keras.ops.squeeze(drawn)",
    )


class star:
    """`*` for the matrix product."""

    MESSAGE = "meet number by number"
    EDIT = ("keras.ops.matmul(x, self.kernel)", "x * self.kernel")


class notebooks_sizes:
    """The sizes of the notebook are written into the code."""

    MESSAGE = "works for 64 pixels and a code of 16 numbers"
    EDIT = (
        ("self.add_weight(shape=(pixels, dim)", "self.add_weight(shape=(64, 16)"),
        ("self.add_weight(shape=(dim,)", "self.add_weight(shape=(16,)"),
        ("self.add_weight(shape=(pixels,)", "self.add_weight(shape=(64,)"),
    )


class one_number_as_bias:
    """Each bias is one number, which broadcasting adds to all."""

    MESSAGE = "A bias of your model is a single number"
    EDIT = (
        ("self.add_weight(shape=(dim,)", "self.add_weight(shape=()"),
        ("self.add_weight(shape=(pixels,)", "self.add_weight(shape=()"),
    )


class assigned_in_call:
    """A second matrix gets the values of W in each call."""

    MESSAGE = "a second matrix that is not trained"
    EDIT = (
        (
            "\n        def call",
            '            self.back = self.add_weight(shape=(dim, pixels), initializer="zeros", trainable=False)\n\n'
            "        def call",
        ),
        ("            z = ", "            self.back.assign(keras.ops.transpose(self.kernel))\n            z = "),
        ("matmul(z, keras.ops.transpose(self.kernel))", "matmul(z, self.back)"),
    )


class transposed_by_numpy:
    """NumPy's transpose: the right numbers, and a constant for the gradient."""

    MESSAGE = "only its use in the encoder"
    EDIT = ("keras.ops.transpose(self.kernel)", "np.transpose(self.kernel)")


class not_transposed:
    """The transpose is forgotten."""

    MESSAGE = "W has a row for each pixel; to multiply the code by it"
    EDIT = ("matmul(z, keras.ops.transpose(self.kernel))", "matmul(z, self.kernel)")


class code_as_well:
    """The code is returned beside the reconstruction."""

    MESSAGE = "Your model returns a tuple of 2. Return x' alone"
    EDIT = (
        "keras.ops.transpose(self.kernel)) + self.output_bias",
        "keras.ops.transpose(self.kernel)) + self.output_bias, z",
    )


class in_a_dict:
    """The reconstruction is returned in a dict."""

    MESSAGE = "Your model returns a dict of 1. Return x' alone"
    EDIT = (
        "return keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias",
        'return {"x": keras.ops.matmul(z, keras.ops.transpose(self.kernel)) + self.output_bias}',
    )


class sixteen_numbers:
    """The notebook's code of 16 numbers is written into the code."""

    MESSAGE = "Does your code take both sizes from its arguments?"
    EDIT = (
        ("self.add_weight(shape=(pixels, dim)", "self.add_weight(shape=(pixels, 16)"),
        ("self.add_weight(shape=(dim,)", "self.add_weight(shape=(16,)"),
    )


class output_bias_not_trainable:
    """c is made untrainable."""

    MESSAGE = "all three weights, but not all of them are trainable"
    EDIT = ('shape=(pixels,), initializer="zeros")', 'shape=(pixels,), initializer="zeros", trainable=False)')


class output_bias_subtracted:
    """c is subtracted, as if the encoder had added it."""

    MESSAGE = "With weights of ours in your model, its output is not what it should be"
    EDIT = ("+ self.output_bias", "- self.output_bias")
