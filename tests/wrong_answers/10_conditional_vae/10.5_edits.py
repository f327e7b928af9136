"""Wrong answers to 10.5 completion_log_likelihood that are a right answer but for a line or two."""


class visible_alone:
    """The mask is used as it is."""

    MESSAGE = "You counted the visible pixels: visible is True"
    EDIT = ("~visible", "visible")


class all_pixels:
    """The whole image is scored."""

    MESSAGE = "You counted the visible pixels as well"
    EDIT = ("pixels[:, :, ~visible].sum(axis=(2, 3))", "pixels.sum(axis=(2, 3, 4))")


class mean_of_logs:
    """The mean of the log-likelihoods of the draws."""

    MESSAGE = "You averaged the logarithms over the draws"
    EDIT = ("return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))", "return hidden.mean(axis=0)")


class no_log_k:
    """logsumexp, and nothing else."""

    MESSAGE = "did not divide by K"
    EDIT = ("np.log(np.mean(", "np.log(np.sum(")


class no_log_k_scipy:
    """SciPy's logsumexp without weights."""

    MESSAGE = "did not divide by K"
    OF = "scipy"
    EDIT = (", b=1 / len(logits)", "")


class pixel_mean:
    """The mean over the hidden pixels, so that it does not depend on how many they are."""

    MESSAGE = "You averaged over the hidden pixels"
    EDIT = (".sum(axis=(2, 3))", ".mean(axis=(2, 3))")


class probability_averaged:
    """The average completion."""

    MESSAGE = "You averaged the probabilities over the draws pixel by pixel"
    EDIT = (
        "    pixels = images",
        "    p = np.mean(1 / (1 + np.exp(-logits)), axis=0, keepdims=True)\n"
        "    logits = np.log(p / (1 - p))\n"
        "    pixels = images",
    )


class logits_averaged:
    """The mean of the logits."""

    MESSAGE = "You averaged the logits over the draws"
    EDIT = ("logits = logits.astype(float)", "logits = logits.astype(float).mean(axis=0, keepdims=True)")


class best_draw:
    """The best of K."""

    MESSAGE = "You took the best draw alone"
    EDIT = ("return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))", "return largest")


class underflow:
    """The exponential of the sums, as they are."""

    MESSAGE = "exp of them is 0 to a computer"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "return np.log(np.mean(np.exp(hidden), axis=0))",
    )


class one_largest_for_all:
    """The largest sum of the batch is subtracted, not that of each image."""

    MESSAGE = "each has a largest sum of its own"
    EDIT = ("hidden.max(axis=0)", "hidden.max()")


class small_number_added:
    """A small number keeps the logarithm finite."""

    MESSAGE = "You add 1e-12 inside the last logarithm"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "return np.log(np.mean(np.exp(hidden), axis=0) + 1e-12)",
    )


class overflow:
    """log(1 + exp(l)) as it is written."""

    MESSAGE = "log(1 + exp(l)) is np.logaddexp(0, l)"
    EDIT = ("np.logaddexp(0, logits)", "np.log(1 + np.exp(logits))")


class log_of_sigmoid:
    """The probabilities first, and then their logarithms."""

    MESSAGE = "log(1 + exp(l)) is np.logaddexp(0, l)"
    EDIT = (
        "pixels = images * logits - np.logaddexp(0, logits)",
        "p = 1 / (1 + np.exp(-logits))\n    pixels = np.log(np.where(images == 1, p, 1 - p))",
    )


class clipped:
    """Probabilities are clipped, as Keras does by default."""

    MESSAGE = "You clip the probabilities at 1e-7"
    EDIT = (
        "pixels = images * logits - np.logaddexp(0, logits)",
        "p = np.clip(1 / (1 + np.exp(-logits)), 1e-7, 1 - 1e-7)\n"
        "    pixels = images * np.log(p) + (1 - images) * np.log(1 - p)",
    )


class number_in_the_logarithm:
    """A small number in the logarithm of each pixel."""

    MESSAGE = "You clip the probabilities at 1e-10"
    EDIT = (
        "pixels = images * logits - np.logaddexp(0, logits)",
        "p = 1 / (1 + np.exp(-logits))\n    pixels = images * np.log(p + 1e-10) + (1 - images) * np.log(1 - p + 1e-10)",
    )


class logits_limited:
    """Logits are clipped."""

    MESSAGE = "You clip the logits at 30"
    EDIT = ("logits.astype(float)", "np.clip(logits.astype(float), -30, 30)")


class white_alone:
    """Only x log p."""

    MESSAGE = "You counted only the white pixels"
    EDIT = ("images * logits - np.logaddexp(0, logits)", "-images * np.logaddexp(0, -logits)")


class taken_for_probabilities:
    """The logits are taken for probabilities."""

    MESSAGE = "You took the logits for probabilities"
    EDIT = (
        "pixels = images * logits - np.logaddexp(0, logits)",
        "pixels = images * np.log(logits) + (1 - images) * np.log(1 - logits)",
    )


class cross_entropy:
    """The cross-entropy: the sign is that of a loss."""

    MESSAGE = "The sign is lost inside the exponential"
    EDIT = ("pixels = images * logits - np.logaddexp(0, logits)", "pixels = np.logaddexp(0, logits) - images * logits")


class negative:
    """The negative log-likelihood."""

    MESSAGE = "The sign is reversed"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "return -largest - np.log(np.mean(np.exp(hidden - largest), axis=0))",
    )


class bits:
    """In bits."""

    MESSAGE = "This is in bits"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "return (largest + np.log(np.mean(np.exp(hidden - largest), axis=0))) / np.log(2)",
    )


class one_channel:
    """The first channel, as grey images have it."""

    MESSAGE = "You counted the first channel alone"
    EDIT = ("pixels[:, :, ~visible].sum(axis=(2, 3))", "pixels[..., 0][:, :, ~visible].sum(axis=2)")


class squeezed:
    """Axes of length 1 are squeezed away."""

    MESSAGE = "your result has no axis for the images"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "return np.squeeze(largest + np.log(np.mean(np.exp(hidden - largest), axis=0)))",
    )


class over_the_images:
    """The mean runs over the images."""

    MESSAGE = "You averaged over the images, axis 1"
    EDIT = (
        ("hidden.max(axis=0)", "hidden.max(axis=1)"),
        (
            "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
            "return largest + np.log(np.mean(np.exp(hidden - largest[:, None]), axis=1))",
        ),
    )


class batch_mean:
    """The mean over the batch as well."""

    MESSAGE = "You averaged over the images as well"
    EDIT = (
        "return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "return np.mean(largest + np.log(np.mean(np.exp(hidden - largest), axis=0)))",
    )


class bound_of_all_pixels:
    """The reconstruction term of an ELBO: a mean of logarithms, over the whole image."""

    MESSAGE = (
        "You counted the visible pixels as well. Whoever completes an image is given them: only the hidden ones count. "
        "You averaged the logarithms over the draws"
    )
    EDIT = (
        ("pixels[:, :, ~visible].sum(axis=(2, 3))", "pixels.sum(axis=(2, 3, 4))"),
        ("return largest + np.log(np.mean(np.exp(hidden - largest), axis=0))", "return hidden.mean(axis=0)"),
    )


class fixed_size:
    """The notebook's size is written into the code."""

    MESSAGE = "works for 8 x 8 pixels in one channel, as in the notebook"
    EDIT = (
        "pixels[:, :, ~visible].sum(axis=(2, 3))",
        "pixels.reshape(*pixels.shape[:2], 64)[:, :, ~visible.reshape(64)].sum(axis=2)",
    )


class mean_of_nothing:
    """A mean over the hidden pixels times their number, which is 0 / 0 where none is hidden."""

    MESSAGE = "an empty sum, not a mean of nothing"
    EDIT = (".sum(axis=(2, 3))", ".mean(axis=(2, 3)) * np.sum(~visible) * images.shape[-1]")


class logits_set_to_zero:
    """The logits of visible pixels are set to 0, so that they would not matter."""

    MESSAGE = "You set the logits of visible pixels to 0"
    EDIT = (
        ("logits = logits.astype(float)", "logits = np.where(visible[..., None], 0, logits.astype(float))"),
        ("pixels[:, :, ~visible].sum(axis=(2, 3))", "pixels.sum(axis=(2, 3, 4))"),
    )


class given_the_visible:
    """Draws are weighted by the likelihood of the visible pixels."""

    MESSAGE = "You weighted the draws by how well they explain the visible pixels"
    OF = "scipy"
    EDIT = (
        (
            "sums = np.where(visible[..., None], 0, log_p).sum(axis=(2, 3, 4))",
            "seen = np.where(visible[..., None], log_p, 0).sum(axis=(2, 3, 4))\n    sums = log_p.sum(axis=(2, 3, 4))",
        ),
        ("logsumexp(sums, axis=0, b=1 / len(logits))", "logsumexp(sums, axis=0) - logsumexp(seen, axis=0)"),
    )


class notebooks_draws:
    """The notebook's number of draws."""

    MESSAGE = "You divided by 500 draws"
    OF = "scipy"
    EDIT = ("1 / len(logits)", "1 / 500")


class kept_axis:
    """An axis of length 1 stays behind the images."""

    MESSAGE = "You kept an axis of length 1 behind the images"
    EDIT = (
        "largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "(largest + np.log(np.mean(np.exp(hidden - largest), axis=0)))[:, None]",
    )


class half_squared_error:
    """The log-likelihood of a normal, without its constant."""

    MESSAGE = "You took half of the squared error"
    EDIT = ("images * logits - np.logaddexp(0, logits)  #", "-((images - 1 / (1 + np.exp(-logits))) ** 2) / 2  #")


class per_hidden_number:
    """The result is divided by the number of hidden numbers."""

    MESSAGE = "You divided by the number of hidden numbers"
    EDIT = (
        "largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "(largest + np.log(np.mean(np.exp(hidden - largest), axis=0))) / max(np.sum(~visible) * images.shape[-1], 1)",
    )


class per_hidden_pixel:
    """The result is divided by the number of hidden pixels."""

    MESSAGE = "You divided by the number of hidden pixels"
    EDIT = (
        "largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "(largest + np.log(np.mean(np.exp(hidden - largest), axis=0))) / max(np.sum(~visible), 1)",
    )


class images_blackened:
    """The visible pixels of the images are set to 0, and all are counted."""

    MESSAGE = "You set the visible pixels of the images to 0"
    EDIT = (
        ("    pixels = ", "    images = images * ~visible[..., None]\n    pixels = "),
        ("pixels[:, :, ~visible].sum(axis=(2, 3))", "pixels.sum(axis=(2, 3, 4))"),
    )


class k_minus_one:
    """The sum is divided by K - 1, as for a variance."""

    MESSAGE = "You divided by K - 1"
    EDIT = (
        "np.mean(np.exp(hidden - largest), axis=0)",
        "np.sum(np.exp(hidden - largest), axis=0) / max(len(hidden) - 1, 1)",
    )


class largest_left_off:
    """The largest sum is not added back."""

    MESSAGE = "did not add it again after the logarithm"
    EDIT = ("return largest + ", "return ")


class mask_by_channel:
    """The mask is repeated channel by channel."""

    MESSAGE = "You counted the mask with another order of the axes"
    EDIT = (
        "pixels[:, :, ~visible].sum(axis=(2, 3))",
        "pixels.reshape(*pixels.shape[:2], -1)[:, :, np.tile(~visible.ravel(), images.shape[-1])].sum(axis=2)",
    )


class picked_places:
    """1 - visible in place of ~visible."""

    MESSAGE = "1 - visible is made of whole numbers"
    EDIT = ("~visible", "1 - visible")


class transposed_mask:
    """The mask is transposed."""

    MESSAGE = "Your mask is transposed"
    EDIT = ("~visible", "~visible.T")


class logits_clipped_as_probabilities:
    """Keras's cross-entropy, without from_logits."""

    MESSAGE = "You took the logits for probabilities, and clipped them"
    EDIT = (
        "images * logits - np.logaddexp(0, logits)  #",
        'np.broadcast_to(images, logits.shape).astype("float32")\n'
        '    pixels = -ops.convert_to_numpy(ops.binary_crossentropy(pixels, logits.astype("float32")))  #',
    )


class logits_as_log_p:
    """Logits are taken for log p."""

    MESSAGE = "You took the logit for log p"
    EDIT = ("images * logits - np.logaddexp(0, logits)", "images * logits + (1 - images) * (1 - logits)")


class no_softplus:
    """The logit of a white pixel is taken for its log p."""

    MESSAGE = "is missing from log p = x l - log(1 + exp(l))"
    EDIT = ("images * logits - np.logaddexp(0, logits)", "images * logits")


class first_image:
    """return stands inside the loop over the images."""

    MESSAGE = "You returned that of the first image alone"
    EDIT = (
        "largest + np.log(np.mean(np.exp(hidden - largest), axis=0))",
        "(largest + np.log(np.mean(np.exp(hidden - largest), axis=0)))[0]",
    )


class log_loss:
    """scikit-learn's log_loss clips at the eps of float64."""

    MESSAGE = "as in scikit-learn's log_loss"
    EDIT = (
        "images * logits - np.logaddexp(0, logits)  #",
        "1 / (1 + np.exp(-np.where(images > 0, logits, -logits)))\n"
        "    pixels = np.log(np.clip(pixels, np.finfo(float).eps, 1 - np.finfo(float).eps))  #",
    )


class images_and_draws_exchanged:
    """logsumexp over the images, and log K."""

    MESSAGE = "You added up the probabilities of the images, axis 1"
    OF = "scipy"
    EDIT = ("axis=0", "axis=1")


class divided_by_images:
    """The number of images is taken for that of the draws."""

    MESSAGE = "You divided by the number of images"
    OF = "scipy"
    EDIT = ("b=1 / len(logits)", "b=1 / len(images)")


class channels_kept:
    """The sum leaves the channels."""

    MESSAGE = "You kept the axis of the channels"
    EDIT = (".sum(axis=(2, 3))", ".sum(axis=2)")
