"""01.2 reconstruction_loss: the mean squared error of each image."""

import numpy as np

from autoencoders_edu.exercises.expect import expect_close
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
    on_success="One number an image: now you can sort images by it, which a mean over the batch would not let you do.",
)
def check_reconstruction_loss(probe):
    height, width = probe.rng.integers([3, 7], [7, 10])
    for batch, channels in (probe.rng.integers([2, 2], [5, 4]), (1, 1)):
        x, reconstruction = probe.rng.uniform(size=(2, batch, height, width, channels)).astype("float32")
        error = x.astype(float) - reconstruction
        expect_close(
            probe.call("reconstruction_loss", x, reconstruction),
            np.mean(error**2, axis=(1, 2, 3)),
            because="L(x) is the mean over all pixels and channels of one image of (x - x')^2, one number an image.",
            what=f"reconstruction_loss(x, reconstruction) for x of shape {x.shape}",
            mistakes=_mistaken_averages(error) | _mistaken_errors(error),
        )


def _mistaken_averages(error):
    """From messages to losses of squared errors that are averaged in a wrong way."""
    batch, height, width, _ = error.shape
    square, total = error**2, np.sum(error**2, axis=(1, 2, 3))
    return {
        "You averaged over the images as well: which image was drawn badly can no longer be told.": np.mean(square),
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
        "You halved it. Some textbooks do, to lose a 2 in the gradient; Keras and scikit-learn do not.": square / 2,
    }
