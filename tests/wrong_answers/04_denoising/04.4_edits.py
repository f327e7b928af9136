"""Wrong answers to 04.4 repaired_denoiser that are a right answer but for a line or two."""


class noise_always:
    """Three faults are found; call ignores training."""

    MESSAGE = "There is noise without training"
    EDIT = (("        if training:\n            x = self.corrupt(x)"), "        x = self.corrupt(x)")


class noise_on_wrong_side:
    """not training."""

    MESSAGE = "The noise is on the wrong side"
    EDIT = ("if training:", "if not training:")


class no_noise:
    """No noise at all."""

    MESSAGE = "There is no noise in training"
    EDIT = (("        if training:\n            x = self.corrupt(x)\n"), "")


class one_for_batch:
    """Three faults are found; one vector for the batch."""

    MESSAGE = "All images of the batch get the same noise"
    EDIT = ("normal(ops.shape(x),", "normal((x.shape[-1],),")


class one_for_pixels:
    """One number for each image."""

    MESSAGE = "All pixels of an image get the same noise"
    EDIT = ("normal(ops.shape(x),", "normal((ops.shape(x)[0], 1),")


class still_clipped:
    """Three faults are found; still clipped."""

    MESSAGE = "is clipped to [0, 1]"
    EDIT = ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, 0, 1)")


class clipped_at_zero:
    """A relu against negative pixels."""

    MESSAGE = "is clipped at 0"
    EDIT = ("return x + self.noise_stddev * epsilon", "return ops.relu(x + self.noise_stddev * epsilon)")


class clipped_at_one:
    """Kept from being too bright."""

    MESSAGE = "is clipped at 1"
    EDIT = ("return x + self.noise_stddev * epsilon", "return ops.minimum(x + self.noise_stddev * epsilon, 1.0)")


class clipped_without_training:
    """The input is clipped, with and without training."""

    MESSAGE = "You clip what the encoder is given"
    EDIT = (
        ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
        (
            "        if training:\n"
            "            x = self.corrupt(x)\n"
            "        else:\n"
            "            x = ops.clip(x, 0, 1)\n"
            "        return self.decoder(self.encoder(x))"
        ),
    )


class noisy_target:
    """Three faults are found; the target is still the noisy image."""

    MESSAGE = "the very one that the encoder was given"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            (
                "        self.noisy = self.corrupt(x) if training else x\n"
                "        return self.decoder(self.encoder(self.noisy))"
            ),
        ),
        ("(y_pred - x) ** 2", "(y_pred - self.noisy) ** 2"),
    )


class another_noisy_target:
    """The target is corrupted anew."""

    MESSAGE = "The target is another noisy copy"
    EDIT = ("(y_pred - x) ** 2", "(y_pred - (self.corrupt(x) if training else x)) ** 2")


class noisy_target_always:
    """The target is corrupted anew, in evaluation as well."""

    MESSAGE = "another loss each time"
    EDIT = ("(y_pred - x) ** 2", "(y_pred - self.corrupt(x)) ** 2")


class fixed_seed:
    """The seed is a number."""

    MESSAGE = "makes the same noise at each call"
    EDIT = ("seed=self.seed_generator)", "seed=0)")


class drawn_in_constructor:
    """The noise is drawn once, for many images."""

    MESSAGE = "makes the same noise at each call"
    EDIT = (
        (
            "        self.seed_generator = keras.random.SeedGenerator(0)",
            "        self.epsilon = np.random.default_rng(0).normal(size=(2000, pixels)).astype('float32')",
        ),
        (
            "epsilon = keras.random.normal(ops.shape(x), seed=self.seed_generator)"
            "  # for each pixel of each image its own",
            "epsilon = ops.convert_to_tensor(self.epsilon)[: ops.shape(x)[0]]",
        ),
    )


class variance:
    """The variance for the stddev."""

    MESSAGE = "You took the variance, noise_stddev^2"
    EDIT = ("self.noise_stddev * epsilon", "self.noise_stddev**2 * epsilon")


class root:
    """The root of the stddev."""

    MESSAGE = "You took the root of noise_stddev"
    EDIT = ("self.noise_stddev * epsilon", "self.noise_stddev**0.5 * epsilon")


class stddev_one:
    """noise_stddev is forgotten."""

    MESSAGE = "your noise has the stddev 1"
    EDIT = ("self.noise_stddev * epsilon", "epsilon")


class of_the_notebook:
    """The notebook's 0.5."""

    MESSAGE = "Your noise has the stddev 0.5"
    EDIT = ("self.noise_stddev * epsilon", "0.5 * epsilon")


class noise_twice:
    """Corrupted twice."""

    MESSAGE = "Noise is added twice"
    EDIT = ("x = self.corrupt(x)", "x = self.corrupt(self.corrupt(x))")


class noise_doubled:
    """Twice the noise."""

    MESSAGE = "Your noise is twice as large"
    EDIT = ("self.noise_stddev * epsilon", "2 * self.noise_stddev * epsilon")


class noise_halved:
    """Half the noise."""

    MESSAGE = "Your noise is half as large"
    EDIT = ("self.noise_stddev * epsilon", "0.5 * self.noise_stddev * epsilon")


class some_factor:
    """Another factor."""

    MESSAGE = "The noise has the wrong size"
    EDIT = ("self.noise_stddev * epsilon", "0.3 * self.noise_stddev * epsilon")


class multiplied:
    """Noise is multiplied."""

    MESSAGE = "black pixels get none"
    EDIT = ("return x + self.noise_stddev * epsilon", "return x * (1 + self.noise_stddev * epsilon)")


class uniform_positive:
    """Uniform noise from 0 to 1."""

    MESSAGE = "does not have mean 0"
    EDIT = ("keras.random.normal(", "keras.random.uniform(")


class absolute:
    """The noise's absolute value."""

    MESSAGE = "does not have mean 0"
    EDIT = ("self.noise_stddev * epsilon", "self.noise_stddev * ops.abs(epsilon)")


class uniform:
    """Uniform noise of the right size."""

    MESSAGE = "is not normal"
    EDIT = ("keras.random.normal(ops.shape(x), seed", "keras.random.uniform(ops.shape(x), -1.732, 1.732, seed")


class on_output:
    """Noise on the output."""

    MESSAGE = "Your noise is added to the output"
    EDIT = (
        ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
        (
            "        restored = self.decoder(self.encoder(x))\n"
            "        return self.corrupt(restored) if training else restored"
        ),
    )


class on_code:
    """Noise on the code."""

    MESSAGE = "Your noise is added to the code"
    EDIT = (
        ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
        ("        z = self.encoder(x)\n        return self.decoder(self.corrupt(z) if training else z)"),
    )


class frozen_without_training:
    """A fixed seed makes evaluation deterministic."""

    MESSAGE = "but does not remove it"
    EDIT = (
        ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
        (
            "        if training:\n"
            "            x = self.corrupt(x)\n"
            "        else:\n"
            "            x = x + self.noise_stddev * keras.random.normal(ops.shape(x), seed=1)\n"
            "        return self.decoder(self.encoder(x))"
        ),
    )


class half_loss:
    """Half of the mean of squares."""

    MESSAGE = "Your loss is half"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean((y_pred - x) ** 2) / 2",
    )


class sum_over_pixels:
    """A sum over pixels."""

    MESSAGE = "Your loss is a sum over pixels"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean(ops.sum((y_pred - x) ** 2, axis=-1))",
    )


class sum_of_all:
    """A sum over everything."""

    MESSAGE = "it would grow with the batch"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.sum((y_pred - x) ** 2)",
    )


class root_loss:
    """The root of the mean."""

    MESSAGE = "the root of the mean of squares"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.sqrt(ops.mean((y_pred - x) ** 2))",
    )


class absolute_loss:
    """Absolute errors."""

    MESSAGE = "the mean of absolute errors"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean(ops.abs(y_pred - x))",
    )


class output_against_itself:
    """The restored image is compared with itself."""

    MESSAGE = "Your loss is 0"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean((y_pred - y_pred) ** 2)",
    )


class y_for_x:
    """y is used, which nobody gives."""

    MESSAGE = "if y is given, and not without"
    EDIT = ("(y_pred - x) ** 2", "(y_pred - y) ** 2")


class pair_returned:
    """call returns the noisy image as well."""

    MESSAGE = "call returns a tuple of 2"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            (
                "        noisy = self.corrupt(x) if training else x\n"
                "        return self.decoder(self.encoder(noisy)), noisy"
            ),
        ),
        ("(y_pred - x) ** 2", "(y_pred[0] - x) ** 2"),
    )


class sigmoid:
    """A sigmoid on the output."""

    MESSAGE = "There is a sigmoid"
    EDIT = ("keras.layers.Dense(pixels)", 'keras.layers.Dense(pixels, activation="sigmoid")')


class no_relu:
    """The relu is lost."""

    MESSAGE = "The encoder's relu is missing"
    EDIT = ('keras.layers.Dense(units, activation="relu")', "keras.layers.Dense(units)")


class batch_of_64:
    """The batch has 64 images."""

    MESSAGE = "Your model runs only with batches of 64"
    EDIT = ("normal(ops.shape(x),", "normal((64, x.shape[-1]),")


class shape_of_the_graph:
    """x.shape, which does not know its batch's size in fit."""

    MESSAGE = "where the size of the batch is not known beforehand"
    EDIT = ("normal(ops.shape(x),", "normal(x.shape,")


class numpy_noise:
    """NumPy's noise of the right shape."""

    MESSAGE = "where the size of the batch is not known beforehand"
    EDIT = (
        "epsilon = keras.random.normal(ops.shape(x), seed=self.seed_generator)  # for each pixel of each image its own",
        "epsilon = np.random.normal(size=tuple(x.shape)).astype('float32')",
    )


class numpy_noise_of_known_size:
    """NumPy's noise for many images."""

    MESSAGE = "draws the same noise in every step"
    EDIT = (
        "epsilon = keras.random.normal(ops.shape(x), seed=self.seed_generator)  # for each pixel of each image its own",
        "drawn = ops.convert_to_tensor(np.random.normal(size=(2000, x.shape[-1])).astype('float32'))\n"
        "        epsilon = drawn[: ops.shape(x)[0]]",
    )


class instance:
    """RepairedDenoiser is a model."""

    MESSAGE = "RepairedDenoiser is a model in your notebook"
    EDIT = (
        ("class RepairedDenoiser(", "class _Denoiser("),
        (
            "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
            (
                "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy\n"
                "\n"
                "\n"
                "RepairedDenoiser = _Denoiser(64, 128, 0.5)"
            ),
        ),
    )


class another_layer:
    """A layer of weights is added."""

    MESSAGE = "Keep the two Dense layers as they are"
    EDIT = (
        "self.decoder = keras.layers.Dense(pixels)",
        "self.decoder = keras.Sequential([keras.layers.Dense(units), keras.layers.Dense(pixels)])",
    )


class residual:
    """The noise is predicted, and subtracted."""

    MESSAGE = "You return x - output"
    EDIT = ("return self.decoder(self.encoder(x))", "return x - self.decoder(self.encoder(x))")


class detached:
    """NumPy or stop_gradient in the loss."""

    MESSAGE = "No gradient reaches any weight"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean((ops.stop_gradient(y_pred) - x) ** 2)",
    )


class only_clean_target:
    """Only the target is repaired."""

    MESSAGE = "Three faults of the broken class"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            ("        x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
        ),
        ("normal(ops.shape(x),", "normal((x.shape[-1],),"),
        ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, 0, 1)"),
    )


class only_silent:
    """Only evaluation is repaired."""

    MESSAGE = "is clipped to [0, 1]"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            (
                "        if training:\n"
                "            x = self.corrupt(x)\n"
                "        self.noisy = x\n"
                "        return self.decoder(self.encoder(x))"
            ),
        ),
        ("(y_pred - x) ** 2", "(y_pred - self.noisy) ** 2"),
        ("normal(ops.shape(x),", "normal((x.shape[-1],),"),
        ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, 0, 1)"),
    )


class target_and_batch_left:
    """Evaluation and clipping are repaired."""

    MESSAGE = "All images of the batch get the same noise"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            (
                "        if training:\n"
                "            x = self.corrupt(x)\n"
                "        self.noisy = x\n"
                "        return self.decoder(self.encoder(x))"
            ),
        ),
        ("(y_pred - x) ** 2", "(y_pred - self.noisy) ** 2"),
        ("normal(ops.shape(x),", "normal((x.shape[-1],),"),
    )


class target_and_clip_left:
    """Evaluation and the shape are repaired."""

    MESSAGE = "is clipped to [0, 1]"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            (
                "        if training:\n"
                "            x = self.corrupt(x)\n"
                "        self.noisy = x\n"
                "        return self.decoder(self.encoder(x))"
            ),
        ),
        ("(y_pred - x) ** 2", "(y_pred - self.noisy) ** 2"),
        ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, 0, 1)"),
    )


class target_and_evaluation_left:
    """Shape and clipping are repaired."""

    MESSAGE = "There is noise without training"
    EDIT = (
        (
            ("        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))"),
            ("        x = self.corrupt(x)\n        self.noisy = x\n        return self.decoder(self.encoder(x))"),
        ),
        ("(y_pred - x) ** 2", "(y_pred - self.noisy) ** 2"),
    )


class batch_and_clip_left:
    """Target and evaluation are repaired."""

    MESSAGE = "is clipped to [0, 1]"
    EDIT = (
        ("normal(ops.shape(x),", "normal((x.shape[-1],),"),
        ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, 0, 1)"),
    )


class one_loss_for_each_image:
    """The loss is a number for each image: reported as their mean, but its gradients are added up."""

    MESSAGE = "once for each image"
    EDIT = ("ops.mean((y_pred - x) ** 2)", "ops.mean((y_pred - x) ** 2, axis=-1)")


class clipped_before:
    """The clean image is clipped, and then noise is added."""

    MESSAGE = "You clip x before you add noise"
    EDIT = ("return x + self.noise_stddev * epsilon", "return ops.clip(x, 0, 1) + self.noise_stddev * epsilon")


class dropout:
    """Keras's dropout for noise."""

    MESSAGE = "is multiplied by 1 / (1 - noise_stddev)"
    EDIT = (
        "return x + self.noise_stddev * epsilon",
        "return keras.random.dropout(x, self.noise_stddev, seed=self.seed_generator)",
    )


class masked:
    """A share of the pixels is masked."""

    MESSAGE = "either becomes 0 or stays as it is"
    EDIT = (
        "return x + self.noise_stddev * epsilon",
        (
            "uniform = keras.random.uniform(ops.shape(x), seed=self.seed_generator)\n"
            "        return ops.where(uniform < self.noise_stddev, 0.0, x)"
        ),
    )


class masked_by_sign:
    """Half of the pixels are masked."""

    MESSAGE = "either becomes 0 or stays as it is"
    EDIT = ("return x + self.noise_stddev * epsilon", 'return x * ops.cast(epsilon > 0, "float32")')


class layer_in_call:
    """A layer of noise is made in each call."""

    MESSAGE = "is made in each call"
    EDIT = ("x = self.corrupt(x)", "x = keras.layers.GaussianNoise(self.noise_stddev)(x, training=True)")


class cut_wide:
    """The noisy image is clipped, to wider bounds."""

    MESSAGE = "is cut off at -1.00 and 2.00"
    EDIT = ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, -1, 2)")


class epsilon_clipped:
    """epsilon is clipped."""

    MESSAGE = "Your noise is cut off at"
    EDIT = ("return x + self.noise_stddev * epsilon", "return x + self.noise_stddev * ops.clip(epsilon, -1, 1)")


class epsilon_clipped_at_three:
    """epsilon is clipped far out."""

    MESSAGE = "Your noise is cut off at"
    EDIT = ("return x + self.noise_stddev * epsilon", "return x + self.noise_stddev * ops.clip(epsilon, -3, 3)")


class truncated:
    """A truncated normal."""

    MESSAGE = "it comes from a truncated normal"
    EDIT = ("keras.random.normal(", "keras.random.truncated_normal(")


class strength_drawn:
    """Each image has a strength of noise of its own."""

    MESSAGE = "Some images get more noise than others"
    EDIT = (
        "return x + self.noise_stddev * epsilon",
        (
            "strength = keras.random.uniform((ops.shape(x)[0], 1), seed=self.seed_generator)\n"
            "        return x + self.noise_stddev * strength * epsilon"
        ),
    )


class half_of_pixels:
    """Noise on half of the pixels."""

    MESSAGE = "of the values get no noise at all"
    EDIT = (
        "return x + self.noise_stddev * epsilon",
        "return x + self.noise_stddev * ops.where(keras.random.uniform(ops.shape(x)) < 0.5, epsilon, 0.0)",
    )


class centred:
    """The mean of the noise is subtracted."""

    MESSAGE = "You subtract the noise's mean"
    EDIT = ("return x + self.noise_stddev * epsilon", "return x + self.noise_stddev * (epsilon - ops.mean(epsilon))")


class centred_over_batch:
    """The mean of the batch's noise is subtracted."""

    MESSAGE = "A batch of one image gets no noise"
    EDIT = (
        "return x + self.noise_stddev * epsilon",
        "return x + self.noise_stddev * (epsilon - ops.mean(epsilon, axis=0))",
    )


class clipped_target:
    """The target is clipped."""

    MESSAGE = "Your target is x clipped"
    EDIT = ("(y_pred - x)", "(y_pred - ops.clip(x, 0, 1))")


class noise_as_target:
    """The noise is the target."""

    MESSAGE = "as if the noise were to be predicted"
    EDIT = (
        (
            "        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))",
            (
                "        self.noisy = self.corrupt(x) if training else x\n"
                "        return self.decoder(self.encoder(self.noisy))"
            ),
        ),
        ("(y_pred - x)", "(y_pred - (self.noisy - x))"),
    )


class mean_squared:
    """The mean is squared."""

    MESSAGE = "squares the mean of the errors"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean(y_pred - x) ** 2",
    )


class not_squared:
    """The square is forgotten."""

    MESSAGE = "the mean of the errors, not squared"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean(y_pred - x)",
    )


class called_anew:
    """The loss calls the model."""

    MESSAGE = "calls the model anew, without noise"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean((self(x) - x) ** 2)",
    )


class one_loss_for_each_pixel:
    """The loss is a number for each pixel."""

    MESSAGE = "once for each pixel"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean((y_pred - x) ** 2, axis=0)",
    )


class divided_by_64:
    """The notebook's number is written into the loss."""

    MESSAGE = "pixels of all images and divides by 64"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.sum((y_pred - x) ** 2) / 64",
    )


class sum_divided_by_64:
    """The notebook's number of pixels is written into the loss."""

    MESSAGE = "adds up the pixels of an image and divides by 64"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return ops.mean(ops.sum((y_pred - x) ** 2, axis=-1)) / 64",
    )


class halfway:
    """The target is half noisy."""

    MESSAGE = "halfway between the clean image"
    EDIT = (
        (
            "        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))",
            (
                "        self.noisy = self.corrupt(x) if training else x\n"
                "        return self.decoder(self.encoder(self.noisy))"
            ),
        ),
        ("(y_pred - x)", "(y_pred - (x + self.noisy) / 2)"),
    )


class loss_of_compile:
    """Keras's own loss is asked for."""

    MESSAGE = "asks Keras for the loss given to `compile`"
    EDIT = (
        "return ops.mean((y_pred - x) ** 2)  # x is the clean image: call has changed a copy",
        "return super().compute_loss(x, x, y_pred, sample_weight, training)",
    )


class unchanged:
    """The broken class under its new name."""

    MESSAGE = "Three faults of the broken class"
    EDIT = (
        (
            "        if training:\n            x = self.corrupt(x)\n        return self.decoder(self.encoder(x))",
            "        self.noisy = self.corrupt(x)\n        return self.decoder(self.encoder(self.noisy))",
        ),
        (
            (
                "epsilon = keras.random.normal(ops.shape(x), seed=self.seed_generator)"
                "  # for each pixel of each image its own"
            ),
            "epsilon = keras.random.normal((x.shape[-1],), seed=self.seed_generator)",
        ),
        ("return x + self.noise_stddev * epsilon", "return ops.clip(x + self.noise_stddev * epsilon, 0, 1)"),
        ("(y_pred - x)", "(y_pred - self.noisy)"),
    )
