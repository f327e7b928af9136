"""Wrong answers to 12.5 binarisation_nats that are a right answer but for a line or two."""


class above_a_half:
    """Above 0.5 in place of at least 0.5."""

    MESSAGE = '"static": A grey value of exactly 0.5 became 0'
    EDIT = ("cost(grey >= 0.5)", "cost(grey > 0.5)")


class rounded_to_even:
    """np.round makes 0 of 0.5."""

    MESSAGE = '"static": A grey value of exactly 0.5 became 0'
    EDIT = ("cost(grey >= 0.5)", "cost(np.round(grey))")


class grey_as_static:
    """Grey values in the static cost."""

    MESSAGE = '"static": You took the grey values as they are'
    EDIT = ("cost(grey >= 0.5)", "cost(grey)")


class mean_grey_as_line:
    """The line is the mean of the image."""

    MESSAGE = '"static": Your line between 0 and 1 is the mean of all grey values'
    EDIT = ("grey >= 0.5", "grey >= grey.mean()")


class mean_over_pixels:
    """Means in place of sums."""

    MESSAGE = '"static": You averaged over the pixels'
    EDIT = ("np.sum(np.logaddexp", "np.mean(np.logaddexp")


class sum_over_the_batch:
    """One number for all images."""

    MESSAGE = '"static": You added up the images of the batch'
    EDIT = ("pixels * logits, axis=(1, 2, 3))", "pixels * logits)")


class channels_apart:
    """Channels are not added up."""

    MESSAGE = '"static": You returned one number per channel'
    EDIT = ("pixels * logits, axis=(1, 2, 3))", "pixels * logits, axis=(1, 2))")


class bits:
    """Bits."""

    MESSAGE = '"static": This is in bits'
    EDIT = (
        "return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3))",
        "return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3)) / np.log(2)",
    )


class positive_log:
    """log p."""

    MESSAGE = '"static": The sign is wrong'
    EDIT = ("np.logaddexp(0, logits) - pixels * logits", "pixels * logits - np.logaddexp(0, logits)")


class sigmoid:
    """Probabilities."""

    MESSAGE = '"static": With logits of 1000 or -1000 you computed exp(1000)'
    EDIT = (
        "return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3))",
        "p = 1 / (1 + np.exp(-logits))\n"
        "        return -np.sum(pixels * np.log(p) + (1 - pixels) * np.log(1 - p), axis=(1, 2, 3))",
    )


class softplus_by_hand:
    """log(1 + exp(l))."""

    MESSAGE = '"static": With logits of 1000 or -1000 you computed exp(1000)'
    EDIT = ("np.logaddexp(0, logits)", "np.log(1 + np.exp(logits))")


class clipped:
    """Probabilities are kept away from 0 and 1."""

    MESSAGE = '"static": You clip the probabilities'
    EDIT = (
        "return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3))",
        "p = np.clip(1 / (1 + np.exp(-logits.astype(float))), 1e-7, 1 - 1e-7)\n"
        "        return -np.sum(pixels * np.log(p) + (1 - pixels) * np.log(1 - p), axis=(1, 2, 3))",
    )


class logits_clipped:
    """Logits are kept within 30."""

    MESSAGE = "You keep logits between -30 and 30"
    EDIT = ("def cost(pixels):", "logits = np.clip(logits, -30, 30)\n\n    def cost(pixels):")


class logits_as_probabilities:
    """No sigmoid."""

    MESSAGE = '"static": You took the logits for probabilities'
    EDIT = (
        "return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3))",
        "p = np.clip(logits, 1e-7, 1 - 1e-7)\n"
        "        return -np.sum(pixels * np.log(p) + (1 - pixels) * np.log(1 - p), axis=(1, 2, 3))",
    )


class ones_only:
    """What a 0 costs is left out."""

    MESSAGE = '"static": You left out what a 0 costs'
    EDIT = ("np.logaddexp(0, logits) - pixels * logits", "pixels * np.logaddexp(0, -logits)")


class dynamic_of_rounded:
    """Rounded pixels in the dynamic cost."""

    MESSAGE = '"dynamic": You rounded the pixels first. The mean over all drawings has the grey value in'
    EDIT = ('"dynamic": cost(grey)', '"dynamic": cost(grey >= 0.5)')


class drawn_once:
    """One drawing."""

    MESSAGE = '"dynamic": Called twice'
    EDIT = ('"dynamic": cost(grey)', '"dynamic": cost(np.random.random(grey.shape) < grey)')


class drawn_with_a_seed:
    """One drawing, the same each time."""

    MESSAGE = '"dynamic" is not what it should be'
    EDIT = ('"dynamic": cost(grey)', '"dynamic": cost(np.random.default_rng(0).random(grey.shape) < grey)')


class fair_coins:
    """Pixels drawn as fair coins."""

    MESSAGE = '"dynamic": You drew each pixel with probability 1/2'
    EDIT = ('"dynamic": cost(grey)', '"dynamic": cost(0.5)')


class nan_in_the_floor:
    """0 log 0."""

    MESSAGE = '"floor": 0 log 0 became NaN'
    EDIT = ("entr(grey) + entr(1 - grey)", "-grey * np.log(grey) - (1 - grey) * np.log(1 - grey)")


class half_of_the_entropy:
    """One of two terms."""

    MESSAGE = '"floor": You left out half of the entropy: -(1 - g)'
    EDIT = ("entr(grey) + entr(1 - grey)", "entr(grey)")


class entropy_of_the_model:
    """The model's entropy."""

    MESSAGE = '"floor": This is the entropy of the model'
    EDIT = (
        "entr(grey) + entr(1 - grey)",
        "np.logaddexp(0, logits) - logits * 0.5 * (1 + np.tanh(logits / 2))",
    )


class divergence:
    """What lies above the floor."""

    MESSAGE = "the KL divergence"
    EDIT = ('"floor": entropy', '"floor": cost(grey) - entropy')


class no_floor:
    """A floor of 0."""

    MESSAGE = '"floor": Your floor is 0'
    EDIT = ('"floor": entropy', '"floor": 0 * entropy')


class entropy_in_bits:
    """Only the floor is in bits."""

    MESSAGE = '"floor": This is in bits'
    EDIT = ('"floor": entropy', '"floor": entropy / np.log(2)')


class negative_entropy:
    """The sign of the entropy."""

    MESSAGE = '"floor": The sign is wrong'
    EDIT = ('"floor": entropy', '"floor": -entropy')


class mean_entropy:
    """A mean over pixels in the floor alone."""

    MESSAGE = '"floor": You averaged over the pixels'
    EDIT = ("np.sum(entr(grey)", "np.mean(entr(grey)")


class key_missing:
    """No floor."""

    MESSAGE = "it lacks 'floor'"
    EDIT = (', "floor": entropy', "")


class above_a_half_and_mean:
    """Two mistakes."""

    MESSAGE = (
        '"static": A grey value of exactly 0.5 became 0. It is to become 1: at *least* 0.5. '
        "(np.round makes 0 of it, too.)\n"
        "Also: You averaged over the pixels. Nats per image are their sum."
    )
    EDIT = (("grey >= 0.5", "grey > 0.5"), ("np.sum(np.logaddexp", "np.mean(np.logaddexp"))


class exchanged:
    """The two costs change places."""

    MESSAGE = 'You exchanged "static" and "dynamic"'
    EDIT = ('"static": cost(grey >= 0.5), "dynamic": cost(grey)', '"dynamic": cost(grey >= 0.5), "static": cost(grey)')


class entropy_of_clipped:
    """Grey values are kept far from 0 and 1."""

    MESSAGE = '"floor": You keep grey values away from 0 and 1'
    EDIT = ("entr(grey) + entr(1 - grey)", "entr(np.clip(grey, 1e-3, 0.999)) + entr(np.clip(1 - grey, 1e-3, 0.999))")


class clipped_in_single_precision:
    """As Keras clips."""

    MESSAGE = '"static": You clip the probabilities'
    EDIT = (
        "return np.sum(np.logaddexp(0, logits) - pixels * logits, axis=(1, 2, 3))",
        "p = np.clip(1 / (1 + np.exp(-logits.astype('float32'))), 1e-7, 1 - 1e-7)\n"
        "        return -np.sum(pixels * np.log(p) + (1 - pixels) * np.log(1 - p), axis=(1, 2, 3))",
    )


class max_left_out:
    """Half of the stable formula."""

    MESSAGE = '"static": The part max(l, 0) is missing'
    EDIT = ("np.logaddexp(0, logits)", "np.log1p(np.exp(-np.abs(logits)))")
