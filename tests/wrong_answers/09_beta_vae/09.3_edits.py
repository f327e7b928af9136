"""Wrong answers to 09.3 hidden_beta that are a right answer but for a line or two."""


class no_half:
    """1 / stddev^2 for 1 / (2 stddev^2)."""

    MESSAGE = "The 1/2 is missing"
    EDIT = ("/ (2 * stddev**2)", "/ stddev**2")


class two_squared:
    """The 2 comes under the square."""

    MESSAGE = "You divided by 4 stddev^2"
    EDIT = ("(2 * stddev**2)", "(2 * stddev) ** 2")


class rounded:
    """Two digits."""

    MESSAGE = "You rounded beta, as by round(beta, 2)"
    EDIT = ("return on_kl / on_error / (2 * stddev**2)", "return round(on_kl / on_error / (2 * stddev**2), 2)")


class brackets:
    """The bracket is forgotten, so that the variance multiplies."""

    MESSAGE = "You multiplied by stddev^2"
    EDIT = ("/ (2 * stddev**2)", "/ 2 * stddev**2")


class not_squared:
    """The stddev where the variance belongs."""

    MESSAGE = "The stddev is not squared"
    EDIT = ("/ (2 * stddev**2)", "/ (2 * stddev)")


class no_stddev:
    """A squared error without a stddev."""

    MESSAGE = "The factor 1 / (2 stddev^2) is missing"
    EDIT = (" / (2 * stddev**2)", "")


class no_channels:
    """Height times width."""

    MESSAGE = "The channels are missing"
    EDIT = ("np.prod(shape)", "np.prod(shape[:2])")


class height_alone:
    """One axis of the image."""

    MESSAGE = "You took the first size of shape"
    EDIT = ("np.prod(shape)", "shape[0]")


class fixed_size:
    """The size of MNIST."""

    MESSAGE = "784 is written into your code"
    EDIT = ("np.prod(shape)", "784")


class no_pixels:
    """The mean over pixels is taken for a sum."""

    MESSAGE = "The number of pixels is missing"
    EDIT = (" / np.prod(shape)", "")


class inverse:
    """The ratio upside down."""

    MESSAGE = "This is 1 / beta"
    EDIT = ("on_kl / on_error / (2 * stddev**2)", "on_error / on_kl * (2 * stddev**2)")


class no_latents:
    """The mean over latents is taken for a sum."""

    MESSAGE = 'The number of latents is missing where kl_reduction is "mean"'
    EDIT = ('kl_weight / latent_dim if kl_reduction == "mean" else kl_weight', "kl_weight")


class latents_always:
    """The sum is divided as well."""

    MESSAGE = 'You divided by the number of latents for kl_reduction="sum" as well'
    EDIT = ('kl_weight / latent_dim if kl_reduction == "mean" else kl_weight', "kl_weight / latent_dim")


class latents_exchanged:
    """The sum is divided, the mean is not."""

    MESSAGE = 'You divided by the number of latents for the "sum", and not for the "mean"'
    EDIT = ('kl_reduction == "mean"', 'kl_reduction == "sum"')


class latents_multiplied:
    """The mean is multiplied."""

    MESSAGE = "You multiplied by the number of latents. A mean over latents"
    EDIT = ("kl_weight / latent_dim", "kl_weight * latent_dim")


class sum_from_mean:
    """The sum is taken for the larger by the number of latents, the mean for the KL itself."""

    MESSAGE = 'You multiplied by the number of latents for the "sum", and did nothing for the "mean"'
    EDIT = (
        'kl_weight / latent_dim if kl_reduction == "mean" else kl_weight',
        'kl_weight if kl_reduction == "mean" else kl_weight * latent_dim',
    )


class weights_upside_down:
    """w_r / w_k."""

    MESSAGE = "The two weights are upside down"
    EDIT = (
        ("reconstruction_weight / np", "kl_weight / np"),
        (
            'kl_weight / latent_dim if kl_reduction == "mean" else kl_weight',
            'reconstruction_weight / latent_dim if kl_reduction == "mean" else reconstruction_weight',
        ),
    )


class reconstruction_weight_ignored:
    """Only the KL's weight."""

    MESSAGE = "reconstruction_weight is missing"
    EDIT = ("reconstruction_weight / np", "1 / np")


class kl_weight_ignored:
    """Only the reconstruction's weight."""

    MESSAGE = "kl_weight is missing."
    EDIT = (
        'kl_weight / latent_dim if kl_reduction == "mean" else kl_weight',
        '1 / latent_dim if kl_reduction == "mean" else 1',
    )


class ratio_of_weights:
    """The weights are believed to be the whole story."""

    MESSAGE = "you gave the ratio of the weights"
    EDIT = ("on_kl / on_error / (2 * stddev**2)", "kl_weight / reconstruction_weight")


class two_slips:
    """No 1/2, and no channels."""

    MESSAGE = (
        "Two things. The 1/2 is missing: -log p(x|z) of Gaussian pixels is the squared error divided by 2 stddev^2. "
        "The channels are missing"
    )
    EDIT = (("/ (2 * stddev**2)", "/ stddev**2"), ("np.prod(shape)", "np.prod(shape[:2])"))


class whole_number:
    """Floor division."""

    MESSAGE = "You cut beta to a whole number"
    EDIT = ("on_kl / on_error / (2", "on_kl / on_error // (2")


class batch_size:
    """A batch of 128 comes in."""

    MESSAGE = "hidden_beta should return one number"
    EDIT = ("/ (2 * stddev**2)", "/ (2 * stddev**2) * np.ones(128)")


class first_is_batch:
    """The first size is taken for the batch."""

    MESSAGE = "You left out the first size of shape"
    EDIT = ("np.prod(shape)", "np.prod(shape[1:])")


class last_ever:
    """The last size is taken for the channels, which are left out."""

    MESSAGE = "even where it is the only one"
    EDIT = ("np.prod(shape)", "np.prod(shape[:-1])")


class square:
    """Images are thought to be square."""

    MESSAGE = "You squared the first size of shape"
    EDIT = ("np.prod(shape)", "shape[0] ** 2")


class notebooks_stddev:
    """The notebook's stddev."""

    MESSAGE = "A stddev of 0.25 is written into your code"
    EDIT = ("2 * stddev**2", "2 * 0.25**2")


class floor_of_sizes:
    """Whole numbers are divided as such."""

    MESSAGE = "You divided the number of pixels by that of the latents with //"
    EDIT = (
        ("reconstruction_weight / np.prod(shape)", "reconstruction_weight"),
        ("on_kl = kl_weight / latent_dim if", "on_kl = kl_weight * (np.prod(shape) // latent_dim) if"),
        ("else kl_weight  #", "else kl_weight * np.prod(shape)  #"),
    )


class three_sizes:
    """Rows of a table are forgotten."""

    MESSAGE = "Your code runs for shapes of three sizes"
    EDIT = ("np.prod(shape)", "(shape[0] * shape[1] * shape[2])")
