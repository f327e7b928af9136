"""Wrong answers to 10.3 repaired_cvae that are a right answer but for a line or two."""


class decoder_left_deaf:
    """Three faults are found; the decoder still hears z alone."""

    MESSAGE = "The decoder does not hear the class"
    EDIT = ("self.decoder(ops.concatenate([z, ops.one_hot(c, self.classes)], axis=-1))", "self.decoder(z)")


class number_left:
    """Three faults are found; the encoder still gets the class as a number."""

    MESSAGE = "The class enters the encoder as one number"
    EDIT = ("ops.one_hot(c, self.classes)  #", 'ops.cast(ops.reshape(c, (-1, 1)), "float32")  #')


class number_in_decoder:
    """The decoder gets the class as the encoder did: as a number."""

    MESSAGE = "The class enters the decoder as one number"
    EDIT = (
        "ops.concatenate([z, ops.one_hot(c, self.classes)], axis=-1)",
        'ops.concatenate([z, ops.cast(ops.reshape(c, (-1, 1)), "float32")], axis=-1)',
    )


class scaled_number:
    """The number is scaled to [0, 1], as pixels are."""

    MESSAGE = "The class enters the encoder as one number"
    EDIT = ("ops.one_hot(c, self.classes)  #", 'ops.cast(ops.reshape(c, (-1, 1)), "float32") / self.classes  #')


class encoder_deaf:
    """The condition is taken out of the encoder: the decoder is thought to be enough."""

    MESSAGE = "The encoder does not hear the class"
    EDIT = ("self.encoder(ops.concatenate([x, condition], axis=-1))", "self.encoder(x)")


class shift_left:
    """Three faults are found; sampling still counts from 1."""

    MESSAGE = "Asked for class c, sample decodes class c - 1"
    EDIT = ("self.decode(z, c))  #", "self.decode(z, c - 1))  #")


class shift_turned_round:
    """The shift is corrected twice."""

    MESSAGE = "Asked for class c, sample decodes class c + 1"
    EDIT = ("self.decode(z, c))  #", "self.decode(z, c + 1))  #")


class mean_left:
    """Three faults are found; z is still 0."""

    MESSAGE = "sample decodes z = 0, the prior's mean"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "ops.zeros((ops.shape(c)[0], self.latent_dim))  #",
    )


class one_z:
    """One z for all samples of a call."""

    MESSAGE = "All samples of a call have the same z"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "ops.repeat(keras.random.normal((1, self.latent_dim), seed=self.noise), ops.shape(c)[0], axis=0)  #",
    )


class one_number_per_sample:
    """One number for all latents of a sample."""

    MESSAGE = "All latents of a sample have the same number"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "ops.repeat(keras.random.normal((ops.shape(c)[0], 1), seed=self.noise), self.latent_dim, axis=1)  #",
    )


class fixed_seed:
    """The seed of the samples is a number."""

    MESSAGE = "sample returns the same images: a fixed seed"
    EDIT = ("self.latent_dim), seed=self.noise)", "self.latent_dim), seed=0)")


class cool_samples:
    """Samples are drawn closer to the mean, because they look better."""

    MESSAGE = "z is not drawn from N(0, I)"
    EDIT = ("z = keras.random.normal((ops", "z = 0.5 * keras.random.normal((ops")


class uniform:
    """Uniform noise of stddev 1."""

    MESSAGE = "has the right mean and stddev, but is not normal"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)",
        "keras.random.uniform((ops.shape(c)[0], self.latent_dim), -1.732, 1.732, seed=self.noise)",
    )


class logits_as_samples:
    """The sigmoid is forgotten."""

    MESSAGE = "Probabilities are asked for, sigmoid(logits)"
    EDIT = ("ops.sigmoid(self.decode(z, c))", "self.decode(z, c)")


class black_or_white:
    """Pixels are drawn."""

    MESSAGE = "sample returns zeros and ones"
    EDIT = (
        "return ops.sigmoid(self.decode(z, c))  #",
        "p = ops.sigmoid(self.decode(z, c))\n"
        '        return ops.cast(keras.random.uniform(ops.shape(p), seed=self.noise) < p, "float32")  #',
    )


class sigmoid_in_decode:
    """decode returns probabilities, and sample takes them as they are."""

    MESSAGE = "decode returns numbers between 0 and 1"
    EDIT = (
        ("return self.decoder(ops.concatenate", "return ops.sigmoid(self.decoder(ops.concatenate"),
        ("[z, ops.one_hot(c, self.classes)], axis=-1))", "[z, ops.one_hot(c, self.classes)], axis=-1)))"),
        ("return ops.sigmoid(self.decode(z, c))", "return self.decode(z, c)"),
        ("from_logits=True", "from_logits=False"),
    )


class sorted_requests:
    """The requests are sorted."""

    MESSAGE = "in the order of their classes, not in the order of the request"
    EDIT = ("self.decode(z, c))  #", "self.decode(z, ops.sort(c)))  #")


class shift_in_training:
    """The shift is moved into training in place of being removed at sampling, and there it wraps round."""

    MESSAGE = "Training and sampling have to use the same order of classes"
    EDIT = ("return self.decode(z, c), mean", "return self.decode(z, (c + 1) % self.classes), mean")


class ten_classes:
    """The notebook's ten classes are written into the code."""

    MESSAGE = "how many there are is self.classes"
    EDIT = (
        ("ops.one_hot(c, self.classes)  #", "ops.one_hot(c, 10)  #"),
        ("[z, ops.one_hot(c, self.classes)]", "[z, ops.one_hot(c, 10)]"),
    )


class first_of_batch:
    """The class of the first example, for all."""

    MESSAGE = "In decode, the whole batch gets the class of its first example"
    EDIT = (
        "[z, ops.one_hot(c, self.classes)]",
        "[z, ops.repeat(ops.one_hot(c[:1], self.classes), ops.shape(z)[0], axis=0)]",
    )


class z_left_out:
    """The decoder hears the class alone."""

    MESSAGE = "The decoder does not hear z"
    EDIT = ("[z, ops.one_hot(c, self.classes)]", "[0 * z, ops.one_hot(c, self.classes)]")


class mean_decoded:
    """call decodes the mean."""

    MESSAGE = "There is no noise in your draw"
    EDIT = (
        "z = mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise)",
        "z = mean",
    )


class prior_in_training:
    """call decodes a draw of the prior, as sample does."""

    MESSAGE = "z is not drawn from q(z|x,c)"
    EDIT = (
        "z = mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise)",
        "z = keras.random.normal(ops.shape(mean), seed=self.noise)",
    )


class pixel_mean:
    """The reconstruction is averaged over pixels."""

    MESSAGE = "The reconstruction is a mean over pixels in your loss"
    EDIT = ("ops.sum(ops.binary_crossentropy(", "ops.mean(ops.binary_crossentropy(")


class no_kl:
    """The loss without its KL term gets lower."""

    MESSAGE = "The KL term is missing from your loss"
    EDIT = ("reconstruction + kl", "reconstruction")


class detached:
    """The sample is detached."""

    MESSAGE = "Only the KL term moves it"
    EDIT = (
        "mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise)",
        "ops.stop_gradient(mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=self.noise))",
    )


class third_layer:
    """The condition gets a layer of its own."""

    MESSAGE = "Keep the two Dense layers as they are"
    EDIT = (
        (
            "self.decoder = keras.layers.Dense(pixels)",
            "self.decoder = keras.layers.Dense(pixels)\n        self.embedding = keras.layers.Dense(3)",
        ),
        ("[z, ops.one_hot(c, self.classes)]", "[z, self.embedding(ops.one_hot(c, self.classes))]"),
    )


class numpy_sample:
    """NumPy draws z, once for each call; the class is looked up in NumPy, too, which fails in fit."""

    MESSAGE = "Your model runs eagerly, but not in `fit`"
    EDIT = (
        "[z, ops.one_hot(c, self.classes)]",
        '[z, ops.convert_to_tensor(np.eye(self.classes, dtype="float32")[np.array(c)])]',
    )


class instance:
    """RepairedCVAE is a model."""

    MESSAGE = "RepairedCVAE is a model in your notebook"
    EDIT = (
        ("class RepairedCVAE(", "class _CVAE("),
        (
            "        return ops.mean(reconstruction + kl)",
            "        return ops.mean(reconstruction + kl)\n\n\nRepairedCVAE = _CVAE(64, 6, 10)",
        ),
    )


class encode_draws:
    """encode returns a draw of z in place of its mean."""

    MESSAGE = "encode gives two answers: it draws"
    EDIT = (
        "        return mean, log_variance\n\n    def decode",
        "        epsilon = keras.random.normal(ops.shape(mean), seed=self.noise)\n"
        "        return mean + ops.exp(log_variance / 2) * epsilon, log_variance\n\n    def decode",
    )


class sum_over_the_batch:
    """The loss is a sum over the batch."""

    MESSAGE = "Your loss is a sum over the batch"
    EDIT = ("return ops.mean(reconstruction + kl)", "return ops.sum(reconstruction + kl)")


class average_sample:
    """A sample is the average of ten."""

    MESSAGE = "What sample returns is not sigmoid(decode(z, c))"
    EDIT = (
        "return ops.sigmoid(self.decode(z, c))  #",
        "more = [keras.random.normal(ops.shape(z), seed=self.noise) for _ in range(10)]\n"
        "        return sum(ops.sigmoid(self.decode(z, c)) for z in more) / 10  #",
    )


class counted_from_one:
    """Classes are thought to count from 1, in training and at sampling."""

    MESSAGE = "hears nothing of class 0, whose row is all zeros"
    EDIT = (
        ("ops.one_hot(c, self.classes)  #", "ops.one_hot(c - 1, self.classes)  #"),
        ("[z, ops.one_hot(c, self.classes)]", "[z, ops.one_hot(c - 1, self.classes)]"),
    )


class cumulated:
    """The decoder gets a 1 for each class up to c."""

    MESSAGE = "tells the classes apart, but does not hear them one-hot"
    EDIT = ("[z, ops.one_hot(c, self.classes)]", "[z, ops.cumsum(ops.one_hot(c, self.classes), axis=-1)]")


class image_left_out:
    """The condition replaces the image."""

    MESSAGE = "The encoder does not hear x"
    EDIT = ("[x, condition]", "[0 * x, condition]")


class one_z_per_class:
    """One z for each class, shared by its samples."""

    MESSAGE = "All samples of a class have the same z"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "ops.take(keras.random.normal((self.classes, self.latent_dim), seed=self.noise), c, axis=0)  #",
    )


class truncated:
    """Keras's truncated normal."""

    MESSAGE = "as numbers from keras.random.truncated_normal do"
    EDIT = ("z = keras.random.normal(", "z = keras.random.truncated_normal(")


class centred:
    """z is centred over the batch."""

    MESSAGE = "Is z centred over the batch?"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)\n"
        "        z = z - ops.mean(z, axis=0)  #",
    )


class reversed_requests:
    """The requests are answered from the last to the first."""

    MESSAGE = "in the reverse order of the request"
    EDIT = ("self.decode(z, c))  #", "self.decode(z, ops.flip(c)))  #")


class softmax:
    """A softmax over the pixels."""

    MESSAGE = "The pixels of each sample add up to 1"
    EDIT = ("ops.sigmoid(self.decode(z, c))", "ops.softmax(self.decode(z, c))")


class reshaped:
    """The one-hot table is reshaped where it should be transposed."""

    MESSAGE = "depends on the other examples in the batch"
    EDIT = (
        "ops.one_hot(c, self.classes)  #",
        "ops.reshape(ops.one_hot(c, self.classes, axis=0), (-1, self.classes))  #",
    )


class variance:
    """encode returns the variance."""

    MESSAGE = "encode returns the variance, exp(log_variance)"
    EDIT = (
        "        return mean, log_variance\n\n    def decode",
        "        return mean, ops.exp(log_variance)\n\n    def decode",
    )


class six_latents:
    """The notebook's six latents are written into sample."""

    MESSAGE = "as in the notebook, but not for other sizes"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "keras.random.normal((ops.shape(c)[0], 6), seed=self.noise)  #",
    )


class batch_of_32:
    """The notebook's batch size is written into sample."""

    MESSAGE = "sample runs for c of length 32"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "keras.random.normal((32, self.latent_dim), seed=self.noise)  #",
    )


class classes_that_occur:
    """The number of classes is that of the largest in the batch."""

    MESSAGE = "but not for class 1 alone"
    EDIT = ("ops.one_hot(c, self.classes)  #", "ops.one_hot(c, int(ops.max(c)) + 1)  #")


class three_times_as_wide:
    """z is three times as wide as the prior."""

    MESSAGE = "z is not drawn from N(0, I)"
    EDIT = ("z = keras.random.normal(", "z = 3 * keras.random.normal(")


class slightly_wide:
    """z is a quarter wider than the prior."""

    MESSAGE = "z is not drawn from N(0, I)"
    EDIT = ("z = keras.random.normal(", "z = 1.25 * keras.random.normal(")


class log_normal:
    """exp of a normal."""

    MESSAGE = "All z lie on one side of 0"
    EDIT = (
        "keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise)  #",
        "ops.exp(keras.random.normal((ops.shape(c)[0], self.latent_dim), seed=self.noise))  #",
    )


class one_hot_twice:
    """The class is made one-hot in sample, and again in decode."""

    MESSAGE = "decode makes c one-hot by itself"
    EDIT = ("self.decode(z, c))  #", "self.decode(z, ops.one_hot(c, self.classes)))  #")


class categorical:
    """to_categorical without the number of classes."""

    MESSAGE = "but not for class 1 alone"
    EDIT = (
        ("ops.one_hot(c, self.classes)  #", "keras.utils.to_categorical(c)  #"),
        ("[z, ops.one_hot(c, self.classes)]", "[z, keras.utils.to_categorical(c)]"),
    )
