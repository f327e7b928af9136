"""Wrong answers to 02.5 cured that are a right answer but for a line or two."""


class global_mean:
    """The rival is taken to be one grey value, the mean of everything: digits then seem easy to explain."""

    OF = "closed_form"
    MESSAGE = "around one number"
    EDIT = ("inputs.var(axis=0).mean()", "inputs.var()")


class half_cured:
    """A denoiser for weak noise is taken for a full cure."""

    OF = "closed_form"
    MESSAGE = "Half a cure"
    EDIT = ("stddev=0.5", "stddev=0.18")


class narrow_by_another_door:
    """The code is wide, but a layer of eight units stands in front of it."""

    MESSAGE = "a narrow code by another door"
    EDIT = (
        ("(8, 8, 1), 256, hidden=(256,)", "(8, 8, 1), 256, hidden=(256, 8)"),
        ("_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)", ""),
    )


class narrow_code:
    """The remedy that everybody knows: a code of eight numbers."""

    MESSAGE = "The code is too small"
    EDIT = (
        ("(8, 8, 1), 256,", "(8, 8, 1), 8,"),
        ("dense_decoder(256,", "dense_decoder(8,"),
        ("_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)", ""),
    )


class only_the_mean:
    """The more of a remedy the better: the noise is so strong that hardly anything but the mean image is left."""

    OF = "closed_form"
    MESSAGE = "nearly the same image for every digit"
    EDIT = ("stddev=0.5", "stddev=3.0")


class strong:
    """The remedy is strong enough to take half of the digits."""

    OF = "closed_form"
    MESSAGE = "too much of the digits with it"
    EDIT = ("stddev=0.5", "stddev=0.9")


class own_variance:
    """The error is compared with the variance of the reconstruction."""

    OF = "closed_form"
    MESSAGE = "the variance of the reconstruction"
    EDIT = ("inputs.var(axis=0).mean()", "np.asarray(reconstruct(inputs)).var(axis=0).mean()")


class plain_wide:
    """A wide autoencoder with hidden layers is left to itself: activations are believed to prevent copying."""

    MESSAGE = "no remedy was at work"
    EDIT = (("ae.DenoisingAutoencoder", "ae.Autoencoder"), ("    ae.corruption.GaussianNoise(0.3),\n", ""))


class share_lost:
    """The error divided by the variance is returned: the share that is lost."""

    OF = "closed_form"
    MESSAGE = "the `1 -` is missing"
    EDIT = ("1 - (rest**2)", "(rest**2)")


class training_digits:
    """The measure looks at the training digits, whatever inputs it is given."""

    OF = "closed_form"
    MESSAGE = "other images than the inputs"
    EDIT = ("    rest =", "    inputs = digits.x_train\n    rest =")


class two_epochs:
    """Stopping after two epochs is taken for a remedy."""

    MESSAGE = "That early no model returns noise"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("epochs=25", "epochs=2"),
    )


class padded_components:
    """Twelve principal components, and 244 zeros beside them."""

    OF = "closed_form"
    MESSAGE = "a narrow code by another door"
    EDIT = (
        (
            "self.weights = np.linalg.solve(covariance + stddev**2 * np.eye(64), covariance)",
            "self.weights = np.linalg.eigh(covariance)[1][:, -12:]",
        ),
        ("self.spread = np.linalg.qr(np.random.default_rng(0).normal(size=(256, 64)))[0]", ""),
        (
            "(np.reshape(x, (len(x), -1)) - self.mean) @ self.spread.T",
            "np.pad((np.reshape(x, (len(x), -1)) - self.mean) @ self.weights, ((0, 0), (0, 244)))",
        ),
        ("z @ self.spread @ self.weights", "np.asarray(z)[:, :12] @ self.weights.T"),
    )


class ignored_numbers:
    """Twelve principal components, and 244 numbers beside them that decode never looks at."""

    OF = "closed_form"
    MESSAGE = "a narrow code by another door"
    EDIT = (
        ("np.linalg.solve(covariance + stddev**2 * np.eye(64), covariance)", "np.linalg.eigh(covariance)[1][:, -12:]"),
        ("z @ self.spread @ self.weights", "z @ self.spread @ self.weights @ self.weights.T"),
    )


class never_negative:
    """A share is believed never to be negative."""

    OF = "closed_form"
    MESSAGE = "cut the share off at 0"
    EDIT = (
        "return 1 - (rest**2).mean() / inputs.var(axis=0).mean()",
        "return max(0.0, 1 - (rest**2).mean() / inputs.var(axis=0).mean())",
    )


class squared_correlation:
    """The squared correlation, which is the same as R^2 for the best straight line only."""

    OF = "closed_form"
    MESSAGE = "the squared correlation"
    EDIT = (
        "1 - (rest**2).mean() / inputs.var(axis=0).mean()",
        "np.corrcoef(inputs.ravel(), (inputs - rest).ravel())[0, 1] ** 2",
    )


class first_image:
    """The first of the inputs is taken for the constant image."""

    OF = "closed_form"
    MESSAGE = "compared with the first image"
    EDIT = ("inputs.var(axis=0).mean()", "np.mean((inputs - inputs[0]) ** 2)")


class mean_of_digits:
    """m is the mean image of the notebook's digits, whatever the inputs."""

    OF = "closed_form"
    MESSAGE = "from the notebook's digits"
    EDIT = ("inputs.var(axis=0).mean()", "np.mean((inputs - digits.x_train.mean(axis=0)) ** 2)")


class flattened:
    """The images are flattened before reconstruct gets them."""

    OF = "closed_form"
    MESSAGE = "flattened the images"
    EDIT = ("    rest =", "    inputs = inputs.reshape(len(inputs), -1)\n    rest =")


class never_saw_digits:
    """The model is trained to answer noise with grey, and has seen no digits."""

    MESSAGE = "are worse than their mean image"
    EDIT = (
        ("fit(digits.x_train, digits.x_train, epochs=25", "fit(noise, np.full_like(noise, 0.5), epochs=10"),
        (
            "keras.utils.set_random_seed(0)",
            "keras.utils.set_random_seed(0)\n"
            'noise = np.random.default_rng(0).uniform(size=digits.x_train.shape).astype("float32")',
        ),
    )


class median_image:
    """The rival is the median image."""

    MESSAGE = "compared with the median image"
    EDIT = ("inputs.mean(axis=0)", "np.median(inputs, axis=0)")


class mean_of_the_drawings:
    """The mean image is taken of what was drawn."""

    MESSAGE = "You took m from the reconstruction"
    EDIT = ("inputs - inputs.mean(axis=0)", "inputs - reconstruction.mean(axis=0)")


class absolute_errors:
    """Absolute errors are divided by the variance."""

    MESSAGE = "divided absolute errors by the variance"
    EDIT = ("np.mean((inputs - reconstruction) ** 2) / np.mean(", "np.mean(np.abs(inputs - reconstruction)) / np.mean(")


class ratio_upside_down:
    """The two errors have changed places."""

    MESSAGE = "the wrong way round"
    EDIT = (
        "np.mean((inputs - reconstruction) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)",
        "np.mean((inputs - inputs.mean(axis=0)) ** 2) / np.mean((inputs - reconstruction) ** 2)",
    )


class cured_alone:
    """The measure asks `cured`, whatever function it is given."""

    MESSAGE = "never called the function that it is given"
    EDIT = ("np.asarray(reconstruct(inputs))", "np.asarray(inputs) * 0.5")


class the_history:
    """The name holds what fit returned."""

    MESSAGE = "the history of the training"
    EDIT = ("_ = cured.fit", "cured = cured.fit")


class the_function:
    """The name holds the function that builds the model."""

    OF = "closed_form"
    MESSAGE = "`cured` is a function"
    EDIT = ("cured = LinearDenoiser(digits.x_train)", "cured = lambda: LinearDenoiser(digits.x_train)")


class too_strong:
    """Noise so strong that no digit is left."""

    MESSAGE = "are worse than their mean image"
    EDIT = ("GaussianNoise(0.3)", "GaussianNoise(5.0)")


class too_weak:
    """A denoiser with hardly any noise."""

    MESSAGE = "though it is a DenoisingAutoencoder"
    EDIT = ("GaussianNoise(0.3)", "GaussianNoise(0.02)")


class brightness_of_each_image:
    """The variance around each image's own brightness."""

    OF = "closed_form"
    MESSAGE = "around each image's own mean brightness"
    EDIT = ("inputs.var(axis=0).mean()", "inputs.var(axis=(1, 2, 3)).mean()")


class never_fitted:
    """The model is built and compiled, and that is all."""

    MESSAGE = "`fit` was never called"
    EDIT = ("_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)", "")


class small_steps:
    """No remedy, but so small a step that the training ends before noise comes back."""

    MESSAGE = "Few or small steps only put copying off"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("keras.optimizers.Adam(2e-3)", "keras.optimizers.Adam(3e-4)"),
        ("epochs=25", "epochs=9"),
    )


class slow_descent:
    """No remedy, and plain gradient descent, which is slow."""

    MESSAGE = "Few or small steps only put copying off"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("keras.optimizers.Adam(2e-3)", "keras.optimizers.SGD(0.1)"),
    )


class early_and_idle:
    """Stopped after two epochs; the rest of the steps have the size 0."""

    MESSAGE = "Few or small steps only put copying off"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        (
            "_ = cured.fit(digits.x_train, digits.x_train, epochs=25, batch_size=64, verbose=0)",
            "cured.fit(digits.x_train, digits.x_train, epochs=2, batch_size=64, verbose=0)\n"
            "cured.optimizer.learning_rate = 0.0\n"
            "_ = cured.fit(digits.x_train, digits.x_train, epochs=9, batch_size=64, verbose=0)",
        ),
    )


class large_batches:
    """No remedy, and few steps, because the batches are large."""

    MESSAGE = "That early no model returns noise"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("batch_size=64", "batch_size=512"),
    )


class half_way:
    """No remedy, and stopped when part of the noise has come back."""

    MESSAGE = "Half a cure"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("keras.optimizers.Adam(2e-3)", '"adam"'),
        ("epochs=25", "epochs=10"),
    )


class narrow_decoder:
    """The code is wide, but a layer of ten units stands behind it."""

    MESSAGE = "a narrow code by another door"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("dense_decoder(256, (8, 8, 1), hidden=(256,))", "dense_decoder(256, (8, 8, 1), hidden=(10, 256))"),
    )


class layers_of_twenty:
    """Hidden layers of 20 units, of which some never come on."""

    MESSAGE = "a narrow code by another door"
    EDIT = (
        ("ae.DenoisingAutoencoder", "ae.Autoencoder"),
        ("    ae.corruption.GaussianNoise(0.3),\n", ""),
        ("256, hidden=(256,)", "256, hidden=(12,)"),
    )


class always_the_mean_image:
    """The same image for everything, from a code of zeros."""

    OF = "closed_form"
    MESSAGE = "the code is always the same"
    EDIT = ("(np.reshape(x, (len(x), -1)) - self.mean) @ self.spread.T", "np.zeros((len(x), 256))")


class tied_weights:
    """Linear, with tied weights, as if they stopped a wide model from copying."""

    MESSAGE = "returns noise even at the pixels that are black in every digit"
    EDIT = (
        (
            "cured = ae.DenoisingAutoencoder(\n"
            "    ae.networks.dense_encoder((8, 8, 1), 256, hidden=(256,)),\n"
            "    ae.networks.dense_decoder(256, (8, 8, 1), hidden=(256,)),\n"
            "    ae.corruption.GaussianNoise(0.3),\n"
            ")\n",
            "\n\nclass Tied(keras.layers.Layer):\n"
            "    def __init__(self, dense):\n"
            "        super().__init__()\n"
            "        self.dense = dense\n"
            '        self.bias = self.add_weight(shape=(64,), initializer="zeros")\n\n'
            "    def call(self, z):\n"
            "        return keras.ops.matmul(z, keras.ops.transpose(self.dense.kernel)) + self.bias\n\n\n"
            "encoder = ae.networks.dense_encoder((8, 8, 1), 256, hidden=())\n"
            "back = [keras.Input((256,)), Tied(encoder.layers[-1]), keras.layers.Reshape((8, 8, 1))]\n"
            "cured = ae.Autoencoder(encoder, keras.Sequential(back))\n",
        ),
    )


class sum_over_mean:
    """A sum above the fraction bar, a mean below it."""

    OF = "closed_form"
    MESSAGE = "You divided a sum by a mean"
    EDIT = ("(rest**2).mean()", "(rest**2).sum()")
