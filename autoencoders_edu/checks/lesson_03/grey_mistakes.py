"""What misconceptions make of the negative log-likelihood of grey images (03.2)."""

import numpy as np

from autoencoders_edu.checks.shared.normal import bernoulli_cost, lost_axis

LIMITS = (5, 10, 15, 20, 30, 50, 60, 80, 88, 100, 200, 300, 500, 600, 700, 709, 710)


def log_z(logits):
    """log((exp(l) - 1) / l), for any l."""
    size = np.abs(logits)
    safe = np.where(size < 1e-3, 1.0, size)
    return np.maximum(logits, 0) + np.where(size < 1e-3, size**2 / 24 - size / 2, np.log(-np.expm1(-safe) / safe))


def cost(x, logits):
    """-log p of each pixel."""
    return log_z(logits) - logits * x


def mistakes(x, logits):
    """From messages to what all of these misconceptions give."""
    with np.errstate(all="ignore"):
        total = cost(x, logits).sum(axis=(1, 2, 3))
        per_pixel = far(logits) | near(logits)
        return (
            lost_axis(total, "a batch of one", "the images")
            | mistaken(x, logits)
            | no_negative(total)
            | {key: (normaliser - logits * x).sum(axis=(1, 2, 3)) for key, normaliser in per_pixel.items()}
            | {key: cost(x, other).sum(axis=(1, 2, 3)) for key, other in replaced(logits).items()}
        )


def no_negative(total):
    """From messages to what an answer without negative numbers gives."""
    message = "You let no result be below 0. A density may exceed 1, and -log p is then negative."
    return {(message, "maximum"): np.maximum(total, 0), (message, "abs"): np.abs(total)}


def far(logits):
    """From messages to what is taken for log Z where logits are large."""
    size = np.maximum(np.abs(logits), 1e-300)
    undivided = "For large logits you took max(l, 0) for log Z. The division by l remains: log Z is nearly l - log(l)."
    values = {(undivided, n): np.where(size > n, np.maximum(logits, 0), log_z(logits)) for n in LIMITS}
    for n in LIMITS:
        above = f"You keep the l in exp(l) from exceeding {n}. Larger ones, up to 1000, then lack most of their log Z."
        near_zero = size < 1e-3
        limited = np.log(np.abs(np.expm1(np.clip(logits, -n, n))) / size)
        values[above] = np.where(near_zero, log_z(logits), limited)  # pyright: ignore[reportArgumentType]
        values[above, "in Z"] = log_z(np.minimum(logits, n))  # pyright: ignore[reportArgumentType]
    lost = "Where exp(l) is infinite, your log Z is 0. It is nearly l - log(l) there."
    return values | {lost: np.where(logits > 709.78, 0, log_z(logits))}


def near(logits):
    """From messages to what is taken for log Z where logits are small."""
    size, sign = np.abs(logits), np.where(logits < 0, -1, 1)
    flat = "Near 0 you take log Z for 0. It is that at 0 alone: near 0, log Z(l) is l / 2 + l^2 / 24."
    linear = "You take log Z for l / 2 too far from 0, where l^2 / 24 counts as well."
    absolute = "Near 0 you take |l| for l in log Z: log Z(l) is l / 2 + l^2 / 24, negative for negative l."
    digits = "Your log Z has the rounding errors of exp(l) - 1, which loses its digits near 0; np.expm1(l) does not."
    values = {
        (digits, "as it stands"): np.where(logits == 0, 0, np.log((np.exp(logits) - 1) / logits)),
        (digits, "apart"): np.maximum(logits, 0) + np.where(logits == 0, 0, np.log((1 - np.exp(-size)) / size)),
    }
    for n in range(1, 13):
        limit = 10.0**-n
        some = size < limit
        values[flat, n] = np.where(some, 0, log_z(logits))  # pyright: ignore[reportArgumentType]
        values[absolute, n] = np.where(some, size / 2, log_z(logits))  # pyright: ignore[reportArgumentType]
        values[absolute, -n] = np.where(some, -size / 2, log_z(logits))  # pyright: ignore[reportArgumentType]
        other = f"Near 0, your log Z is that of 1e-{n}: it is added to logits, or put in place of smaller ones."
        values[other, "added"] = log_z(logits + limit)
        values[other, "in place"] = log_z(np.where(some, limit, logits))
        values[other, "floor"] = log_z(np.where(some, limit * sign, logits))
        values[other, "limit"] = log_z(np.maximum(logits, limit))
    for limit in (0.1, 0.2, 0.3, 0.5, 1):
        values[linear, limit] = np.where(size < limit, logits / 2, log_z(logits))  # pyright: ignore[reportArgumentType]
        values[flat, -limit] = np.where(size < limit, 0, log_z(logits))  # pyright: ignore[reportArgumentType]
    return values


def replaced(logits):
    """From messages to logits that were changed everywhere, in Z and in l x."""
    size, sign, values = np.abs(logits), np.where(logits < 0, -1, 1), {}
    for n in LIMITS:
        values[f"You keep logits from exceeding {n}. They may be any number up to 1000."] = np.minimum(logits, n)
        values[f"You keep logits from being below -{n}. They may be any number from -1000."] = np.maximum(logits, -n)
    for n in range(1, 17):
        limit = 10.0**-n
        largest = np.log1p(-limit) - np.log(limit)
        message = f"You keep probabilities at least 1e-{n} away from 1, as if logits were never larger."
        values[message] = np.clip(logits, -largest, largest)
        other = f"Near 0, your logits are 1e-{n}: it is added to them, or put in place of smaller ones."
        values[other, "added"] = logits + limit
        values[other, "in place"] = np.where(size < limit, limit, logits)
        values[other, "floor"] = np.where(size < limit, limit * sign, logits)
    return values


def mistaken(x, logits):
    """From messages to what misconceptions make of the negative log-likelihood."""
    pixels, axes = cost(x, logits), (1, 2, 3)
    normaliser, total = log_z(logits), cost(x, logits).sum(axis=axes)
    p = 1 / (1 + np.exp(-logits))
    return {
        "This is Bernoulli's cost, binary cross-entropy: it divides by 1 + exp(l), the sum over the two values 0 and "
        "1. Grey pixels take all values between them, and Z is the integral.": bernoulli_cost(x, logits).sum(axis=axes),
        "This is Keras's binary_crossentropy: Bernoulli's cost, averaged over the last axis. It lacks log Z of the "
        "integral.": bernoulli_cost(x, logits).mean(axis=3).sum(axis=(1, 2)),
        "Every image gets the same number: the mean over all images. One number for each is asked for.": np.full(
            len(x), total.mean()
        ),
        "Every image gets the same number, the mean of Bernoulli's cost over the whole batch.": np.full(
            len(x), bernoulli_cost(x, logits).mean()
        ),
        "You took 2 for the normalising constant C. That is C at l = 0 alone; it depends on l.": (
            bernoulli_cost(x, logits) - np.log(2)
        ).sum(axis=axes),
        "The sign of the term that you added to Bernoulli's is wrong: log C is subtracted in -log p.": (
            2 * bernoulli_cost(x, logits) - pixels
        ).sum(axis=axes),
        "This is binary cross-entropy averaged over an image: it is no likelihood of grey pixels, and a likelihood is "
        "a product, so its logarithm is a sum.": bernoulli_cost(x, logits).mean(axis=axes),
        "You averaged over the pixels. The likelihood of an image is a product, so its logarithm is a sum.": (
            pixels.mean(axis=axes)
        ),
        "You averaged over the channels, or over some of the axes: log p of an image is a sum over all three.": (
            pixels.mean(axis=3).sum(axis=(1, 2))
        ),
        "You looked at the first channel only. An image may have several.": pixels[..., 0].sum(axis=(1, 2)),
        "You kept the channels apart: one number for each image is asked for.": pixels.sum(axis=(1, 2)),
        "You returned one number for each pixel: sum over all axes but the first.": pixels,
        "You kept the axes that you summed over. Drop them: (batch,).": pixels.sum(axis=axes, keepdims=True),
        "You summed over the images, and kept the channels: one number for each image is asked for.": pixels.sum(
            axis=(0, 1, 2)
        ),
        "You kept an axis: one number for each image, (batch,).": total[:, None],
        "You divided x by 255. It is in [0, 1] already.": cost(x / 255, logits).sum(axis=axes),
        "You added up the pixels' densities before the logarithm. Independent pixels multiply.": -np.log(
            np.exp(-pixels).sum(axis=axes)
        ),
        "This is the sum of the pixels' densities; the logarithm is missing.": np.exp(-pixels).sum(axis=axes),
        "You merged the images: one number for each image is asked for.": pixels.sum(),
        "You averaged over the images: one number for each is asked for.": total.mean(),
        "You summed over axis 0, which counts the images.": pixels.sum(axis=0),
        "The sign is wrong: this is log p, and asked for is -log p.": -total,
        "You gave log Z + l x. In -log p = log Z - l x, the logit is subtracted: white pixels are cheap where l is "
        "large.": (normaliser + logits * x).sum(axis=axes),
        "The normalising constant is upside down: p is exp(l x) divided by Z, so log Z is added in -log p.": (
            (-normaliser - logits * x).sum(axis=axes)
        ),
        "The normalising constant is missing: exp(l x) alone does not integrate to 1.": (-logits * x).sum(axis=axes),
        "This is log Z alone: the data are missing.": normaliser.sum(axis=axes),
        "You forgot to divide by l: the integral of exp(l t) from 0 to 1 is (exp(l) - 1) / l.": (
            np.log(np.abs(np.expm1(logits))) - logits * x
        ).sum(axis=axes),
        "You multiplied by l where the integral divides by it: Z is (exp(l) - 1) / l.": (
            np.log(np.abs(np.expm1(logits) * logits)) - logits * x
        ).sum(axis=axes),
        "The - 1 is missing: an integral from 0 to 1 has a value at each end, exp(l) - exp(0).": (
            logits - np.log(np.abs(logits)) - logits * x
        ).sum(axis=axes),
        "Your Z has exp(l) + 1 where the integral has exp(l) - 1.": (
            np.log((np.exp(logits) + 1) / np.abs(logits)) - logits * x
        ).sum(axis=axes),
        "You took |l| for l in log Z. Z(-l) is Z(l) exp(-l), not the same.": (log_z(np.abs(logits)) - logits * x).sum(
            axis=axes
        ),
        "You took -|l| for l in log Z: the part that was taken out of the bracket, max(l, 0), is missing.": (
            log_z(-np.abs(logits)) - logits * x
        ).sum(axis=axes),
        "White and black are exchanged: x = 1 is likely where l is large.": cost(1 - x, logits).sum(axis=axes),
        "You exchanged x and logits.": cost(logits, x).sum(axis=axes),
        "You took the sigmoid of the logits first. The l in the formula is the logit itself.": (
            cost(x, p).sum(axis=axes)
        ),
        "You rounded the pixels to 0 and 1. They are grey, and Z is made for that.": (
            cost(np.round(x), logits).sum(axis=axes)
        ),
        "This is in bits. Nats were asked for.": total / np.log(2),
        "This is the squared error of the sigmoid: a Gaussian likelihood, and without its constants.": (
            np.sum((x - p) ** 2, axis=axes)
        ),
        "You returned Z itself where its logarithm belongs.": (np.exp(normaliser) - logits * x).sum(axis=axes),
        "Your log Z is that of Bernoulli plus that of the integral. One replaces the other.": (
            bernoulli_cost(x, logits) + normaliser
        ).sum(axis=axes),
    }
