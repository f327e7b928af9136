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


class summed_before_mixing:
    """A data set has one log-likelihood, so one believes: the sum."""

    MESSAGE = "added up the log-likelihoods of all images before mixing"
    EDIT = ("log_model + log_likelihood", "log_model + np.sum(log_likelihood)")


class averaged_before_mixing:
    """The mean log-likelihood, as papers report it, is mixed."""

    MESSAGE = "averaged the log-likelihoods of all images before mixing"
    EDIT = ("log_model + log_likelihood", "log_model + np.mean(log_likelihood) + 0 * log_likelihood")


class largest_of_the_batch:
    """The log-sum-exp trick, with one maximum for the whole batch."""

    MESSAGE = "the largest of all log-likelihoods out of the exponentials"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "coins = -pixels * np.log(2)\n"
        "    shift = max(np.max(log_likelihood), coins)\n"
        "    return shift + np.log(share * np.exp(log_likelihood - shift) + (1 - share) * np.exp(coins - "
        "shift))",
    )


class model_taken_out:
    """A factor p(x) is taken out of the sum, whatever the coins give."""

    MESSAGE = "log p(x) of the model out of the exponentials"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "coins = -pixels * np.log(2)\n"
        "    shift = log_likelihood\n"
        "    return shift + np.log(share * np.exp(log_likelihood - shift) + (1 - share) * np.exp(coins - "
        "shift))",
    )


class coins_taken_out:
    """The probability that the coins give is taken out of the sum."""

    MESSAGE = "the coins' log-likelihood out of the exponentials"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "coins = -pixels * np.log(2)\n"
        "    shift = coins\n"
        "    return shift + np.log(share * np.exp(log_likelihood - shift) + (1 - share) * np.exp(coins - "
        "shift))",
    )


class half_to_the_power:
    """The probability of an image of coins is computed before its logarithm."""

    MESSAGE = "0.5^pixels, which is 0 to a computer"
    EDIT = ("- pixels * np.log(2)", "+ np.log(0.5**pixels)")


class log_2_rounded:
    """log 2 from memory."""

    MESSAGE = "You took 0.693 for log 2"
    EDIT = ("np.log(2)", "0.693")


class two_times_pixels:
    """2^pixels is confused with 2 times pixels."""

    MESSAGE = "1 / (2 * pixels)"
    EDIT = ("- pixels * np.log(2)", "- np.log(2 * pixels)")


class ends_exchanged:
    """The two special cases are written the wrong way round."""

    MESSAGE = "You exchanged share 0 and share 1"
    EDIT = (
        "    return np.log",
        "    if share in (0, 1):\n"
        "        return log_likelihood if share == 0 else 0 * log_likelihood - pixels * np.log(2)\n"
        "    return np.log",
    )


class a_share_for_each_pixel:
    """The mixture is believed to choose for each pixel."""

    MESSAGE = "to the power `pixels`. The mixture chooses once"
    EDIT = (
        "log_model, log_coins = np.log(share), np.log1p(-share)",
        "log_model, log_coins = pixels * np.log(share), pixels * np.log1p(-share)",
    )


class squeezed:
    """np.squeeze at the end, for tidiness."""

    MESSAGE = "A batch of one lost its axis"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "return np.squeeze(np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2)))",
    )


class minus_infinity_replaced:
    """What underflows is replaced by some large negative number."""

    MESSAGE = "You keep log-likelihoods from being below some number"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "p = share * np.exp(log_likelihood) + (1 - share) * 2.0**-pixels\n"
        "    return np.nan_to_num(np.log(p), neginf=-10000)",
    )


class model_taken_out_in_logarithms:
    """log a + log(1 + b / a) with the wrong a."""

    MESSAGE = "with the model's term for a"
    EDIT = (
        "return np.logaddexp(log_model + log_likelihood, log_coins - pixels * np.log(2))",
        "a, b = log_model + log_likelihood, log_coins - pixels * np.log(2)\n    return "
        "np.logaddexp(a, b) if share in (0, 1) else a + np.log(1 + np.exp(b - a))",
    )


class share_at_least_the_smallest_float:
    """Shares kept from 0 by NumPy's smallest number."""

    MESSAGE = "You add a tiny number to the shares"
    EDIT = (
        "log_model, log_coins = np.log(share), np.log1p(-share)",
        "tiny = np.finfo(float).tiny\n        log_model, log_coins = np.log(max(share, tiny)), "
        "np.log(max(1 - share, tiny))",
    )


class tiny_share_is_0:
    """A share next to 0 counts as 0."""

    MESSAGE = "You take a share of 1e-300 for 0"
    EDIT = ("log_model, log_coins = np.log(share)", "log_model, log_coins = np.log(0.0 if share < 1e-12 else share)")
