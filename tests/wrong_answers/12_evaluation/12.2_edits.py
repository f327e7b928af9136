"""Wrong answers to 12.2 mixture_nats that are a right answer but for a line or two."""


class probabilities:
    """The formula as it stands."""

    MESSAGE = "it knows no number as small as exp(-10000)"
    EDIT = (
        "np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "np.log(share * np.exp(np.asarray(log_likelihood, float)) + (1 - share) * 0.5**pixels)",
    )


class tiny_number:
    """A tiny number keeps the logarithm finite."""

    MESSAGE = "You add a tiny number inside the logarithm"
    EDIT = (
        "np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "np.log(share * np.exp(np.asarray(log_likelihood, float)) + (1 - share) * 0.5**pixels + 1e-300)",
    )


class mean_of_logarithms:
    """The log-likelihoods are averaged."""

    MESSAGE = "You averaged the two log-likelihoods"
    EDIT = (
        "np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "share * log_likelihood - (1 - share) * pixels * np.log(2)",
    )


class larger_without_shares:
    """The larger of the two."""

    MESSAGE = "the larger of the two log-likelihoods, without the shares"
    EDIT = (
        "np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "np.maximum(log_likelihood, -pixels * np.log(2))",
    )


class larger_term:
    """The larger of the two terms."""

    MESSAGE = "You took the larger of the two terms"
    EDIT = ("np.logaddexp(", "np.maximum(")


class one_pixel:
    """Coins that toss one pixel."""

    MESSAGE = "that of one pixel"
    EDIT = ("pixels * np.log(2)", "np.log(2)")


class shares_exchanged:
    """The share is taken for that of the coins."""

    MESSAGE = "The shares are exchanged"
    EDIT = (
        "log_model, log_coins = np.log(share), np.log1p(-share)",
        "log_coins, log_model = np.log(share), np.log1p(-share)",
    )


class no_shares:
    """Neither share."""

    MESSAGE = "The two shares are missing"
    EDIT = ("log_model + log_likelihood, log_coins - pixels", "log_likelihood, -pixels")


class no_share_of_the_coins:
    """The share of the coins is nearly 1, and left out."""

    MESSAGE = "The coins' share, 1 - share, is missing"
    EDIT = ("log_coins - pixels", "-pixels")


class no_share_of_the_model:
    """The share of the model is left out."""

    MESSAGE = "The model's share is missing"
    EDIT = ("log_model + log_likelihood", "log_likelihood")


class in_bits:
    """Bits."""

    MESSAGE = "Your result is in bits"
    EDIT = ("return np.logaddexp(", "return 1 / np.log(2) * np.logaddexp(")


class bits_of_coins:
    """One bit per pixel beside nats."""

    MESSAGE = "The coins' log-likelihood is in bits"
    EDIT = ("pixels * np.log(2)", "pixels")


class sign_of_coins:
    """Coins gain nats with each pixel."""

    MESSAGE = "The sign of the coins' log-likelihood"
    EDIT = ("log_coins - pixels", "log_coins + pixels")


class mean_over_images:
    """One number."""

    MESSAGE = "You returned the mean over the images"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "return np.mean(np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2)))",
    )


class negative:
    """A loss."""

    MESSAGE = "You returned the negative log-likelihood"
    EDIT = ("return np.logaddexp(", "return -np.logaddexp(")


class loss_against_the_model:
    """What is lost."""

    MESSAGE = "what the mixture loses against the model"
    EDIT = ("return np.logaddexp(", "return log_likelihood - np.logaddexp(")


class shares_added:
    """Shares in place of their logarithms."""

    MESSAGE = "You added the shares themselves"
    EDIT = ("np.log(share), np.log1p(-share)", "share, 1 - share")


class product:
    """Sum of logarithms for logarithm of a sum."""

    MESSAGE = "the logarithm of their product"
    EDIT = ("np.logaddexp(log_model + log_likelihood, log_coins", "np.add(log_model + log_likelihood, log_coins")


class logarithm_of_no_share:
    """math.log raises at 0."""

    MESSAGE = "which is allowed, your code does not get through"
    EDIT = (
        ("    with np.errstate", "    import math\n\n    with np.errstate"),
        ("np.log(share), np.log1p(-share)", "math.log(share), math.log1p(-share)"),
    )


class tiny_share:
    """The share is kept above 1e-10."""

    MESSAGE = "You add a tiny number to the shares"
    EDIT = ("np.log(share), np.log1p(-share)", "np.log(share + 1e-10), np.log(1 - share + 1e-10)")


class mean_of_probabilities_in_single_precision:
    """Single precision."""

    MESSAGE = "in single precision, where exp(-104)"
    EDIT = (
        "np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "np.log(np.float32(share) * np.exp(np.float32(log_likelihood)) + np.float32(1 - share) * "
        "np.float32(0.5)**pixels)",
    )


class never_better:
    """The mixture is thought to be worse than the model."""

    MESSAGE = "You keep the mixture from being better"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "return np.minimum(log_likelihood, np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2)))",
    )


class pixels_of_the_notebook:
    """The 64 pixels of the digits."""

    MESSAGE = "You wrote 64 pixels"
    EDIT = ("pixels * np.log(2)", "64 * np.log(2)")


class exchanged_and_one_pixel:
    """Two mistakes."""

    MESSAGE = (
        "The shares are exchanged: `share` is that of the model.\n"
        "Also: The coins' log-likelihood is that of one pixel. An image has `pixels` of them, and "
        "each costs log 2 nats."
    )
    EDIT = (
        (
            "log_model, log_coins = np.log(share), np.log1p(-share)",
            "log_coins, log_model = np.log(share), np.log1p(-share)",
        ),
        ("pixels * np.log(2)", "np.log(2)"),
    )


class in_place:
    """Changes what it is given."""

    MESSAGE = "in place"
    EDIT = ("    return np.logaddexp(", "    log_likelihood += 0.5\n    return np.logaddexp(")


class one_for_all_at_share_0:
    """One number where all images get the same."""

    MESSAGE = "At share 0 you returned one number"
    EDIT = ("    with np.errstate", "    if share == 0:\n        return -pixels * np.log(2)\n    with np.errstate")


class logarithms_to_the_base_10:
    """np.log10 for the shares."""

    MESSAGE = "The logarithms of the shares are to the base 10"
    EDIT = ("np.log(share), np.log1p(-share)", "np.log10(share), np.log10(1 - share)")


class too_large:
    """2**pixels."""

    MESSAGE = "2**pixels is larger than any float"
    EDIT = (
        "np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "np.log(share * np.exp(log_likelihood) + (1 - share) / 2**pixels)",
    )


class largest_first:
    """The larger log-likelihood is taken out before the shares come in."""

    MESSAGE = "before the shares came in"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "coins = -pixels * np.log(2)\n"
        "    top = np.maximum(log_likelihood, coins)\n"
        "    return top + np.log(share * np.exp(log_likelihood - top) + (1 - share) * np.exp(coins - top))",
    )


class zeros:
    """Nothing is computed."""

    MESSAGE = "You returned 0 for each image"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "return np.zeros(len(log_likelihood))",
    )
