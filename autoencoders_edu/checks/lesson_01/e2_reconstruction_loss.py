"""01.2 reconstruction_loss: the mean squared error of each image."""

import numpy as np

from autoencoders_edu.checks.shared.normal import if_several, lost_axis
from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.2",
    "reconstruction_loss",
    points=2,
    minutes=5,
    why="Every autoencoder is judged by this number, and most wrong comparisons come from averaging it differently.",
    hints=(
        "Write the shape of x - reconstruction on paper. Which of its axes belong to one image?",
        "np.mean takes a tuple of axes. The first axis counts the images: it has to survive.",
    ),
    on_success="One number per image: now you can sort images by it, which a mean over the batch would not let you do.",
)
def check_reconstruction_loss(probe):
    height, width = probe.rng.integers([5, 7], [7, 10])  # width / height is never the number of channels
    for batch, channels, low in ((*probe.rng.integers([3, 3], [6, 5]), 0), (1, 1, -1)):  # 2 of either double or halve
        x = probe.rng.uniform(0, 0.7, (batch, height, width, channels)).astype("float32")  # the largest is not 1
        reconstruction = probe.rng.uniform(low, 1 - low, size=x.shape).astype("float32")
        error = x.astype(float) - reconstruction
        loss = np.mean(error**2, axis=(1, 2, 3))
        answer = call_for_any_size(probe, "reconstruction_loss", (x, reconstruction), _CLOTHES, "28 x 28 pixels")
        expect(
            np.shape(answer) != (_IMAGES_OF_THE_NOTEBOOK,),
            f"You returned {_IMAGES_OF_THE_NOTEBOOK} numbers for a batch of {batch}, as many as the notebook has test "
            "images. Compute with the arguments, x and reconstruction, not with x_test and drawings.",
        )
        expect_close(
            answer,
            loss,
            because="L(x) is the mean over all pixels and channels of one image of (x - x')^2, one number per image.",
            what=f"reconstruction_loss(x, reconstruction) for x of shape {x.shape}",
            mistakes=lost_axis(loss)
            | if_several(batch, _mistaken_averages, error)
            | _mistaken_errors(error)
            | _mistaken_differences(x, reconstruction)
            | _rounded(answer, loss),
        )


_IMAGES_OF_THE_NOTEBOOK = 2000
_CLOTHES = tuple(np.random.default_rng(0).uniform(size=(2, 5, 28, 28, 1)).astype("float32"))


def _rounded(answer, loss):
    """From a message to the loss with as few decimals as the answer has; nothing if that has many."""
    if not isinstance(answer, np.ndarray) or answer.dtype.kind != "f":
        return {}
    return {
        f"You rounded the result to {digits}. Return it as it is, and round only what you print.": (
            np.round(loss, number)
        )
        for number, digits in ((1, "1 decimal"), (2, "2 decimals"), (3, "3 decimals"))
        if np.allclose(answer, np.round(answer, number), rtol=0, atol=1e-7)
    }


def _mistaken_averages(error):
    """From messages to losses of squared errors that are averaged in a wrong way."""
    batch, height, width, channels = error.shape
    square, total = error**2, np.sum(error**2, axis=(1, 2, 3))
    return {
        "You averaged over the images as well: you can no longer tell which image was drawn badly.": np.mean(square),
        "You gave each image the same number, the mean over all of them. Each has an error of its own.": (
            np.full(batch, np.mean(square))
        ),
        "You averaged over axis 0, which counts the images: this is an error for each pixel, not for each image.": (
            np.mean(square, axis=0)
        ),
        "You averaged over the last axis alone: that is an error for each position, channels merged.": (
            np.mean(square, axis=-1)
        ),
        "You averaged over height and width: an image still has one number for each of its channels.": (
            np.mean(square, axis=(1, 2))
        ),
        "You kept the averaged axes as axes of length 1. Subtract losses of shape (batch,) from that, and broadcasting "
        "silently pairs every image with every other.": np.mean(square, axis=(1, 2, 3), keepdims=True),
        "You reshaped so that pixels of different images ended up in the same group: the images come first in memory, "
        "so the batch has to stay the first axis.": square.reshape(-1, batch).mean(axis=0),
        "You took the sum over pixels where a mean was asked for: a larger picture would count as a worse one.": total,
        "You divided by height times width, but there are more numbers than that in an image with several channels.": (
            total / (height * width)
        ),
        "You divided by the number of images, not by the number of pixels and channels in one of them.": total / batch,
        "You divided by the size of the whole batch, so the images are counted as well as their pixels.": (
            total / square.size
        ),
        "You divided by the height squared: images need not be square.": total / (height**2 * channels),
        "You divided by the width squared: images need not be square.": total / (width**2 * channels),
        "You looked at the first channel only. An image may have several.": square[..., 0].mean(axis=(1, 2)),
        "You divided by one less than the number of pixels and channels. A mean divides by all of them.": (
            total / (error[0].size - 1)
        ),
        "You gave a percentage. The loss is in squared units of the pixels.": 100 * total / error[0].size,
        "You divided by 784, the size of the lesson's images. These images have another size.": total / 784,
    }


def _mistaken_errors(error):
    """From messages to losses that average the right numbers, but not squared errors."""
    pixels = (1, 2, 3)
    square = np.mean(error**2, axis=pixels)
    return {
        "You took the absolute error. It is a fair loss, but another one: squares punish a few large errors more.": (
            np.mean(np.abs(error), axis=pixels)
        ),
        "You took the root. The mean squared error has none, and it is in squared units of the pixels.": np.sqrt(
            square
        ),
        "You averaged before squaring: errors above and below cancel, and a bad drawing of the right brightness looks "
        "perfect.": np.mean(error, axis=pixels) ** 2,
        "You took the norm, which is the root of the sum of squares, and divided that by the number of pixels.": (
            np.sqrt(np.sum(error**2, axis=pixels)) / error[0].size
        ),
        "You returned the norm: the root of the sum of squares.": np.sqrt(np.sum(error**2, axis=pixels)),
        "You took the variance of the difference. It leaves out a constant error, such as a drawing that is too bright "
        "everywhere.": np.var(error, axis=pixels),
        "You took the median over the pixels. A few large errors would not count.": np.median(error**2, axis=pixels),
        "You took the largest error, not the mean.": np.max(error**2, axis=pixels),
        "The sign is wrong: a mean of squares is never negative.": -square,
        "You halved it. Some textbooks do, to lose a 2 in the gradient; Keras and scikit-learn do not.": square / 2,
        "You doubled it. The loss is the mean of the squares, nothing more.": 2 * square,
    }


def _mistaken_differences(x, reconstruction):
    """From messages to losses that compare the right images, but not by the squares of x - x'."""
    pixels, x, drawn = (1, 2, 3), x.astype(float), reconstruction.astype(float)
    square = (x - drawn) ** 2
    with np.errstate(all="ignore"):  # whole numbers of 8 bits wrap around
        whole = [(255 * images.astype("float32")).astype(np.uint8) for images in (x, drawn)]
    wrapped = np.mean((whole[0] - whole[1]) ** 2, axis=pixels)
    return {
        "You squared first and subtracted second. That is a difference of the squares: a drawing that is too bright "
        "here and too dark there looks perfect.": np.mean(x**2 - drawn**2, axis=pixels),
        "You gave a relative error, divided by the mean of x^2. The same error would count more in a dark image.": (
            np.mean(square, axis=pixels) / np.mean(x**2, axis=pixels)
        ),
        "You gave a relative error, divided by the variance of the image.": (
            np.mean(square, axis=pixels) / np.var(x, axis=pixels)
        ),
        "You scaled the images by the largest value of x before comparing them. The loss is in units of the pixels "
        "as they are given.": np.mean(square, axis=pixels) / x.max() ** 2,
        "You clipped the drawings to [0, 1] before comparing them. What lies beyond looks better than it is.": (
            np.mean((x - np.clip(drawn, 0, 1)) ** 2, axis=pixels)
        ),
        "You turned the pixels into 8-bit integers (uint8), where a difference below 0 wraps around to 255.": (
            wrapped / 255**2
        ),
        "You turned the pixels into 8-bit integers (uint8), where a difference below 0 wraps around to 255. "
        "Your loss is also in units of 0..255, but the pixels were in [0, 1].": wrapped.astype(float),
    }
