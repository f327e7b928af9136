"""Wrong answers to 08.4 repaired_vae that are a right answer but for a line or two."""


class encode_frozen:
    """encode is made deterministic by a fixed seed: always the same draw, but a draw."""

    MESSAGE = "encode still returns a draw"
    EDIT = (
        "return self.draw(x)[1]",
        "_, mean, log_variance = self.draw(x)\n"
        "        return mean + ops.exp(log_variance / 2) * keras.random.normal(ops.shape(mean), seed=0)",
    )


class encode_throws_dice:
    """Three faults are found; encode still returns a draw."""

    MESSAGE = "encode is random"
    EDIT = ("self.draw(x)[1]", "self.draw(x)[0]")


class encode_whole_output:
    """encode returns everything that the encoder says, mean and log-variance."""

    MESSAGE = "mean and log-variance side by side"
    EDIT = ("self.draw(x)[1]", "self.encoder(x)")


class fixed_seed:
    """The noise has a number for its seed: it is the same in each step."""

    MESSAGE = "the same noise at each call"
    EDIT = ("seed=self.noise", "seed=0")


class log_variance:
    """exp is thought to be the fault, and the log-variance used as it is."""

    MESSAGE = "You took the log-variance itself"
    EDIT = ("ops.exp(log_variance / 2)", "log_variance")


class mean_decoded:
    """call decodes the mean, as encode does."""

    MESSAGE = "it decodes the mean, not the draw z"
    EDIT = ("self.decoder(z)", "self.decoder(mean)")


class no_noise_at_all:
    """encode is made deterministic by making draw return the mean."""

    MESSAGE = "There is no noise in your draw"
    EDIT = (("z = mean + ops.exp(log_variance / 2) * epsilon", "z = mean"), ("self.draw(x)[1]", "self.draw(x)[0]"))


class noise_detached:
    """stop_gradient is moved to the random part, as if randomness could not be differentiated."""

    MESSAGE = "sends a gradient to the means, but none to the log-variances"
    EDIT = ("ops.exp(log_variance / 2) * epsilon", "ops.stop_gradient(ops.exp(log_variance / 2) * epsilon)")


class numpy_noise:
    """The noise is NumPy's, which cannot be drawn in a compiled step."""

    MESSAGE = "where the size of the batch is not known beforehand"
    EDIT = (
        "keras.random.normal(ops.shape(mean), seed=self.noise)",
        'np.random.normal(size=tuple(mean.shape)).astype("float32")',
    )


class one_epsilon_left:
    """Three faults are found; the noise still has one number for each latent, shared by the batch."""

    MESSAGE = "All examples of the batch get the same noise"
    EDIT = ("normal(ops.shape(mean),", "normal((mean.shape[-1],),")


class one_epsilon_per_image:
    """Each image gets noise of its own now, but one number for all of its latents."""

    MESSAGE = "All latents of an example get the same noise"
    EDIT = ("normal(ops.shape(mean),", "normal((ops.shape(mean)[0], 1),")


class shape_of_the_graph:
    """The shape of the noise is asked of the tensor, which does not know its batch's size in fit."""

    MESSAGE = "where the size of the batch is not known beforehand"
    EDIT = ("normal(ops.shape(mean),", "normal(mean.shape,")


class still_detached:
    """Three faults are found; the sample is still detached."""

    MESSAGE = "Only the KL term moves it"
    EDIT = (
        "mean + ops.exp(log_variance / 2) * epsilon",
        "ops.stop_gradient(mean + ops.exp(log_variance / 2) * epsilon)",
    )


class variance_left:
    """Three faults are found; exp(log_variance) is still taken for the stddev."""

    MESSAGE = "You took the variance, exp"
    EDIT = ("log_variance / 2)", "log_variance)")


class mean_when_evaluated:
    """call decodes the mean when it is not training."""

    MESSAGE = "none when training is false"
    EDIT = (
        ("def call(self, x):", "def call(self, x, training=False):"),
        ("self.decoder(z)", "self.decoder(z if training else mean)"),
    )


class encode_log_variance:
    """encode returns the second half of the encoder's output."""

    MESSAGE = "encode returns the log-variance"
    EDIT = ("self.draw(x)[1]", "self.draw(x)[2]")


class absolute_noise:
    """The noise is made positive."""

    MESSAGE = "Your noise has one sign"
    EDIT = (
        "keras.random.normal(ops.shape(mean), seed=self.noise)",
        "ops.abs(keras.random.normal(ops.shape(mean), seed=self.noise))",
    )


class inverse:
    """The sign of the log-variance is turned round."""

    MESSAGE = "The sign of the log-variance is reversed"
    EDIT = ("ops.exp(log_variance / 2)", "ops.exp(-log_variance / 2)")


class root_of_log:
    """The root of the log-variance."""

    MESSAGE = "Did you take the root"
    EDIT = ("ops.exp(log_variance / 2)", "ops.sqrt(log_variance)")


class noise_of_pixels:
    """The noise has the shape of x."""

    MESSAGE = "the noise has the shape of x"
    EDIT = ("ops.shape(mean)", "ops.shape(x)")


class batch_of_32:
    """The batch has 32 images."""

    MESSAGE = "Your model runs only with batches of 32"
    EDIT = ("ops.shape(mean)", "(32, mean.shape[-1])")


class instance:
    """RepairedVAE is a model."""

    MESSAGE = "RepairedVAE is a model in your notebook"
    EDIT = (
        ("class RepairedVAE(", "class _VAE("),
        (
            "        return ops.mean(reconstruction + kl)",
            "        return ops.mean(reconstruction + kl)\n\n\nRepairedVAE = _VAE(64, 4)",
        ),
    )


class numpy_noise_of_known_size:
    """NumPy draws the noise for as many examples as the largest batch has, and the model takes what it needs."""

    MESSAGE = "draws the same noise in every step"
    EDIT = (
        "keras.random.normal(ops.shape(mean), seed=self.noise)",
        'ops.convert_to_tensor(np.random.normal(size=(1000, mean.shape[-1])).astype("float32"))[: ops.shape(mean)[0]]',
    )


class uniform_noise:
    """Uniform noise of stddev 1 is as good as any."""

    MESSAGE = "is not normal"
    EDIT = (
        "keras.random.normal(ops.shape(mean), seed=self.noise)",
        "keras.random.uniform(ops.shape(mean), -1.732, 1.732, seed=self.noise)",
    )


class constant_of_the_kl_left_out:
    """The -1 of the KL term is left out: gradients are the same without it, but the loss is no bound."""

    MESSAGE = "The -1 is missing from your KL term"
    EDIT = ("mean**2 - 1 - log_variance", "mean**2 - log_variance")


class mean_over_pixels:
    """The loss is changed as well: the reconstruction is averaged over pixels, as in Keras's own losses."""

    MESSAGE = "is a mean over pixels"
    EDIT = ("ops.sum(ops.binary_crossentropy(", "ops.mean(ops.binary_crossentropy(")


class mean_over_latents:
    """The loss is changed as well: the KL term is averaged over latents."""

    MESSAGE = "The KL term is a mean over latents"
    EDIT = ("kl = ops.sum(", "kl = ops.mean(")


class half_the_noise:
    """The noise is halved, for less noisy training."""

    MESSAGE = "by the stddev and by another number"
    EDIT = ("* epsilon", "* 0.5 * epsilon")


class kl_left_out:
    """The loss is changed as well: without the KL term it gets lower."""

    MESSAGE = "The KL term is missing from your loss"
    EDIT = ("reconstruction + kl", "reconstruction")


class order_of_draw:
    """draw returns what describes q first, and then the sample."""

    MESSAGE = "draw returns mean, log_variance, z"
    EDIT = (
        ("return z, mean, log_variance", "return mean, log_variance, z"),
        ("return self.draw(x)[1]", "return self.draw(x)[0]"),
        ("z, mean, log_variance = self.draw(x)", "mean, log_variance, z = self.draw(x)"),
    )


class encode_pair:
    """encode returns mean and log-variance as a pair."""

    MESSAGE = "encode returns several things"
    EDIT = ("return self.draw(x)[1]", "return self.draw(x)[1:]")


class numbers_of_the_shape:
    """The sizes of the noise are taken from the tensor, which does not know its batch's size in fit."""

    MESSAGE = "where the size of the batch is not known beforehand"
    EDIT = ("normal(ops.shape(mean),", "normal((mean.shape[0], mean.shape[1]),")
