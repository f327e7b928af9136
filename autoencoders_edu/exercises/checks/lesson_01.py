"""Checks of lesson 1, Copying through a bottleneck."""

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
    batch, height, width, channels = probe.rng.integers([1, 3, 6, 1], [5, 6, 9, 4])
    x, reconstruction = probe.rng.uniform(size=(2, batch, height, width, channels)).astype("float32")
    error = x.astype(float) - reconstruction
    pixels = (1, 2, 3)
    expect_close(
        probe.call("reconstruction_loss", x, reconstruction),
        np.mean(error**2, axis=pixels),
        because="L(x) is the mean over all pixels and channels of one image of (x - x')^2, one number an image.",
        what="reconstruction_loss(x, reconstruction)",
        mistakes={
            "You averaged over the images as well: which image was drawn badly can no longer be told.": np.mean(error**2),
            "You took the sum over pixels where a mean was asked for: a larger picture would count as a worse one.": (
                np.sum(error**2, axis=pixels)
            ),
        },
    )
