"""Wrong answers to 08.2 reparameterize that are a right answer but for a line or two."""


class half_outside:
    """The half stands outside of the exponential."""

    MESSAGE = "The half belongs inside"
    EDIT = ("ops.exp(log_variance / 2)", "ops.exp(log_variance) / 2")


class log_variance_doubled:
    """The square goes the wrong way: the log-variance is doubled."""

    MESSAGE = "You doubled the log-variance"
    EDIT = ("log_variance / 2", "2 * log_variance")


class log_variance_for_stddev:
    """The encoder's second output is used as it comes, as if it were the stddev."""

    MESSAGE = "You took the log-variance itself"
    EDIT = ("ops.exp(log_variance / 2)", "log_variance")


class mean_detached:
    """The mean is taken for a fixed place; only the spread is believed to be learnt."""

    MESSAGE = "The mean is detached"
    EDIT = ("mean +", "ops.stop_gradient(mean) +")


class no_noise:
    """The mean is the best guess, so it is returned."""

    MESSAGE = "There is no noise in your draw"
    EDIT = ("mean + ops.exp(log_variance / 2) * epsilon", "ops.convert_to_tensor(mean)")


class no_return:
    """The line is right, and nothing is returned."""

    MESSAGE = "is a `return` missing?"
    EDIT = ("return", "z =")


class one_epsilon_for_all_latents:
    """Each example gets one random number, which all of its latents share."""

    MESSAGE = "All latents of an example get the same noise"
    EDIT = ("* epsilon", "* epsilon[:, :1]")


class one_epsilon_for_the_batch:
    """One draw of the noise is shared by all examples of the batch."""

    MESSAGE = "All examples of the batch get the same noise"
    EDIT = ("* epsilon", "* epsilon[:1]")


class own_noise:
    """The epsilon that is given is ignored, and new noise drawn."""

    MESSAGE = "it draws noise of its own"
    EDIT = ("* epsilon", "* keras.random.normal(ops.shape(mean))")


class root_of_the_log:
    """The output is called a variance, so its root is taken, and the logarithm overlooked."""

    MESSAGE = "Did you take the root"
    EDIT = ("ops.exp(log_variance / 2)", "ops.sqrt(log_variance)")


class sample_detached:
    """The sample is treated as data: random numbers have no gradient, so it is cut off."""

    MESSAGE = "The sample is detached"
    EDIT = (
        "mean + ops.exp(log_variance / 2) * epsilon",
        "ops.stop_gradient(mean + ops.exp(log_variance / 2) * epsilon)",
    )


class stddev_detached:
    """Only the mean is believed to need a gradient; the noise is cut off with its stddev."""

    MESSAGE = "The stddev is detached"
    EDIT = ("ops.exp(log_variance / 2) * epsilon", "ops.stop_gradient(ops.exp(log_variance / 2) * epsilon)")


class stddev_for_variance:
    """exp(log_variance / 2) is taken for the variance, so its root is taken again."""

    MESSAGE = "You took the root twice"
    EDIT = ("ops.exp(log_variance / 2)", "ops.sqrt(ops.exp(log_variance / 2))")


class variance_for_stddev:
    """exp undoes the logarithm, and what comes out is multiplied: the root is forgotten."""

    MESSAGE = "You took the variance, exp"
    EDIT = ("log_variance / 2", "log_variance")


class constant_added:
    """A small number is added to the variance."""

    MESSAGE = "to the variance. It needs no help"
    EDIT = ("ops.exp(log_variance / 2)", "ops.sqrt(ops.exp(log_variance) + 1e-3)")


class constant_to_the_stddev:
    """A small number is added to the stddev."""

    MESSAGE = "to the stddev. It needs no help"
    EDIT = ("ops.exp(log_variance / 2)", "(ops.exp(log_variance / 2) + 1e-6)")


class stddev_of_the_batch:
    """One stddev for the batch."""

    MESSAGE = "you averaged it over the images"
    EDIT = ("ops.exp(log_variance / 2)", "ops.mean(ops.exp(log_variance / 2), axis=0)")


class noise_as_it_is:
    """The noise is added without a stddev."""

    MESSAGE = "You added the noise as it is"
    EDIT = ("ops.exp(log_variance / 2) * epsilon", "epsilon + 0 * log_variance")


class clipped:
    """The log-variance is clipped for safety."""

    MESSAGE = "You clip log_variance to [-10, 10]"
    EDIT = ("ops.exp(log_variance / 2)", "ops.exp(ops.clip(log_variance, -10.0, 10.0) / 2)")


class no_mean:
    """The mean is left out."""

    MESSAGE = "left out the mean"
    EDIT = ("mean + ", "0 * mean + ")


class clipped_above:
    """The log-variance has an upper limit."""

    MESSAGE = "You clip log_variance at 20."
    EDIT = ("ops.exp(log_variance / 2)", "ops.exp(ops.minimum(log_variance, 20.0) / 2)")


class softplus:
    """softplus makes the stddev positive, as some networks do."""

    MESSAGE = "You took softplus"
    EDIT = ("return mean + ops.exp(log_variance / 2) * epsilon", "return mean + ops.softplus(log_variance) * epsilon")


class one_width_for_all:
    """The log-variance is averaged first."""

    MESSAGE = "one stddev for all"
    EDIT = (
        "return mean + ops.exp(log_variance / 2) * epsilon",
        "return mean + ops.exp(ops.mean(log_variance) / 2) * epsilon",
    )


class squeezed:
    """np.squeeze's twin drops the axis of a batch of one."""

    MESSAGE = "no axis for the images"
    EDIT = (
        "return mean + ops.exp(log_variance / 2) * epsilon",
        "return ops.squeeze(mean + ops.exp(log_variance / 2) * epsilon)",
    )


class normalised_noise:
    """The noise is normalised over the batch, like a batch of data."""

    MESSAGE = "its mean over the images is 0 for you, its stddev 1"
    EDIT = (
        "* epsilon",
        "* (epsilon - ops.mean(epsilon, axis=0)) / (ops.std(epsilon, axis=0) + 1e-12)",
    )


class noise_of_length_one:
    """The noise is normalised to length 1 for each image, like a direction."""

    MESSAGE = "its length over the latents is 1"
    EDIT = ("* epsilon", "* epsilon / ops.norm(epsilon, axis=1, keepdims=True)")


class half_the_noise:
    """The noise is halved, for less noisy training."""

    MESSAGE = "multiplied by 1/2"
    EDIT = ("* epsilon", "* 0.5 * epsilon")


class clipped_noise:
    """The noise is clipped, against outliers."""

    MESSAGE = "You clipped the noise to [-1, 1]"
    EDIT = ("* epsilon", "* ops.clip(epsilon, -1, 1)")


class order_of_arguments:
    """Mean and log-variance in the other order."""

    MESSAGE = "You exchanged mean and log_variance"
    EDIT = ("mean + ops.exp(log_variance / 2)", "log_variance + ops.exp(mean / 2)")


class fixed_seed:
    """Noise from a fixed seed in place of epsilon."""

    MESSAGE = "Your z is the same whatever epsilon is"
    EDIT = ("* epsilon", "* keras.random.normal(ops.shape(mean), seed=0)")


class thousandth_added:
    """A number is added to the stddev that shows at once."""

    MESSAGE = "to the stddev. It needs no help"
    EDIT = ("ops.exp(log_variance / 2)", "(ops.exp(log_variance / 2) + 1e-3)")
