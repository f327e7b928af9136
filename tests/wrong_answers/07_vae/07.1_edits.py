"""Wrong answers to 07.1 predict_terms that are a right answer but for a line or two."""


class each_latent_costs:
    """Every latent is believed to cost KL, used or not."""

    MESSAGE = "KL is not a fee for each latent"
    EDIT = ('"idle latent": ("stays", "stays")', '"idle latent": ("rises", "stays")')


class error_does_not_move:
    """Only the KL is believed to react to the KL's weight."""

    MESSAGE = "two sides of a trade"
    EDIT = ('"kl twice": ("falls", "rises")', '"kl twice": ("falls", "stays")')


class less_noise_less_information:
    """Less noise in the pixels, so there is less to encode."""

    MESSAGE = "with a smaller stddev the same squared error costs more nats"
    EDIT = ('"halved noise": ("rises", "falls")', '"halved noise": ("falls", "falls")')


class mean_is_a_change_of_units:
    """A mean over pixels in place of a sum is taken for a change of units."""

    MESSAGE = "is not the same loss in other units"
    EDIT = ('"pixel mean": ("falls", "rises")', '"pixel mean": ("stays", "stays")')


class not_in_the_loss_is_zero:
    """Without the KL term in the loss there is no KL."""

    MESSAGE = "does not become zero, it becomes free"
    EDIT = ('"no kl": ("rises", "falls")', '"no kl": ("falls", "falls")')


class twice_the_term_twice_the_kl:
    """The KL term counts twice, so the KL is twice as large."""

    MESSAGE = "What becomes dearer is bought less"
    EDIT = ('"kl twice": ("falls", "rises")', '"kl twice": ("rises", "stays")')


class error_stays_without_kl:
    """Without the KL term the error is what it was."""

    MESSAGE = "the error does not stay what it was"
    EDIT = ('"no kl": ("rises", "falls")', '"no kl": ("rises", "stays")')


class same_error_for_less_noise:
    """The error is believed to be the data's."""

    MESSAGE = "what it buys with them is a smaller error"
    EDIT = ('"halved noise": ("rises", "falls")', '"halved noise": ("rises", "stays")')


class mean_saves_error:
    """A mean over pixels is believed to help the reconstruction."""

    MESSAGE = "makes the code shorter"
    EDIT = ('"pixel mean": ("falls", "rises")', '"pixel mean": ("rises", "falls")')


class mean_moves_kl_alone:
    """A mean over pixels is believed to change the KL alone."""

    MESSAGE = "the error pays for it"
    EDIT = ('"pixel mean": ("falls", "rises")', '"pixel mean": ("falls", "stays")')


class more_latents_less_error:
    """One more latent is believed to make any reconstruction better."""

    MESSAGE = "A seventh latent has nothing left to tell"
    EDIT = ('"idle latent": ("stays", "stays")', '"idle latent": ("stays", "falls")')


class either_word:
    """Sets, in which both orders would be right."""

    MESSAGE = "A set has no order"
    EDIT = ('"halved noise": ("rises", "falls")', '"halved noise": {"rises", "falls"}')
