"""Functions whose share of explained variance is to be measured, for 02.5, and that share."""

from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.digits import digits


def explained(inputs, reconstruction):
    """The share of the inputs' variance around their mean image that the reconstruction keeps."""
    return 1 - np.mean((inputs - reconstruction) ** 2) / np.mean((inputs - inputs.mean(axis=0)) ** 2)


@dataclass
class Reconstructor:
    """A function to explain, which notes whether it was shown the inputs, with the answer and the usual wrong ones."""

    inputs: np.ndarray
    gain: np.ndarray
    offset: np.ndarray
    fed_other_inputs: bool = False
    fed_flat_inputs: bool = False
    called: bool = False

    def __call__(self, images):
        self.called = True
        images = np.asarray(images, float)
        self.fed_flat_inputs |= images.ndim == 2 and _rows(images) <= _rows(self.inputs)
        self.fed_other_inputs |= images.shape[1:] != self.inputs.shape[1:] or not _rows(images) <= _rows(self.inputs)
        if images.shape[1:] != self.inputs.shape[1:]:
            return images
        return images * self.gain + self.offset

    @property
    def share(self):
        return explained(self.inputs, self.inputs * self.gain + self.offset)

    @property
    def mistakes(self):
        """From messages to what a misconception makes of it."""
        x, drawn = self.inputs, self.inputs * self.gain + self.offset
        error, variance = (x - drawn) ** 2, np.mean((x - x.mean(axis=0)) ** 2)
        return {
            "You measured the variance around one number, the mean of everything. That counts what is the same in all "
            "images as something to explain: the rival is the mean *image*, a mean for each pixel.": (
                1 - np.mean(error) / x.var()
            ),
            "You measured the variance around each image's own mean brightness. The rival is the mean image, a mean "
            "over the images for each pixel.": 1 - np.mean(error) / np.mean(x.var(axis=(1, 2, 3))),
            "You divided by the variance of the reconstruction. A model that draws hardly anything would make that "
            "small; the measure is how much there was to explain, the variance of the inputs.": (
                1 - np.mean(error) / np.mean(drawn.var(axis=0))
            ),
            "You returned the share that is lost, not the share that comes back: the `1 -` is missing.": (
                np.mean(error) / variance
            ),
            "You divided the wrong way round: the model's error stands above the fraction bar, that of the mean image "
            "below.": 1 - variance / np.mean(error),
            "You divided a sum by a mean. Take the mean of both, or the sum of both.": 1 - np.sum(error) / variance,
            "You compared variances only. A model may vary as much as its inputs and draw something else.": (
                np.mean(drawn.var(axis=0)) / variance
            ),
            "You averaged a share for each pixel. Pixels that hardly vary then count as much as all others; divide "
            "once, total error by total variance.": np.mean(1 - error.mean(axis=0) / x.var(axis=0)),
            "You let a constant error off: the variance of x - x' does not see it, its mean square does.": (
                1 - np.mean((x - drawn).var(axis=0)) / variance
            ),
            "You returned the squared correlation. It forgives a drawing that is too faint or too bright.": (
                np.corrcoef(x.ravel(), drawn.ravel())[0, 1] ** 2
            ),
            "You returned the correlation. It forgives a drawing that is too faint or too bright.": (
                np.corrcoef(x.ravel(), drawn.ravel())[0, 1]
            ),
            "You compared with the first image. The rival is the mean image, a mean over all of the inputs.": (
                1 - np.mean(error) / np.mean((x - x[0]) ** 2)
            ),
            "You compared with the median image. The rival is the mean image.": (
                1 - np.mean(error) / np.mean((x - np.median(x, axis=0)) ** 2)
            ),
            "You took m from the reconstruction. It is the mean image of the inputs.": (
                1 - np.mean(error) / np.mean((x - drawn.mean(axis=0)) ** 2)
            ),
            "You took absolute errors where the formula has squares.": (
                1 - np.mean(np.abs(x - drawn)) / np.mean(np.abs(x - x.mean(axis=0)))
            ),
            "You divided absolute errors by the variance.": 1 - np.mean(np.abs(x - drawn)) / variance,
            "You compared with a black image: the mean of x^2 where the mean of (x - m)^2 belongs.": (
                1 - np.mean(error) / np.mean(x**2)
            ),
            "You took m from the notebook's digits. It is the mean image of the inputs that the function is given.": (
                1 - np.mean(error) / np.mean((x - digits().x_train.mean(axis=0)) ** 2)
                if x.shape[1:] == (8, 8, 1)
                else None
            ),
            "You compared the roots of the two errors, not the errors.": 1 - np.sqrt(np.mean(error) / variance),
            "You averaged a share for each image. Divide once, total error by total variance.": np.mean(
                1 - error.mean(axis=(1, 2, 3)) / np.mean((x - x.mean(axis=0)) ** 2, axis=(1, 2, 3))
            ),
            "You cut the share off at 0. What is drawn worse than the mean image has a negative share.": 0.0,
            "You took the absolute value. What is drawn worse than the mean image has a negative share.": abs(
                self.share
            ),
            "You returned a percentage. A share is at most 1.": 100 * self.share,
            "You returned the error itself. How much is that? Compare it with the variance of the inputs.": np.mean(
                error
            ),
        }


def _rows(images):
    return {image.tobytes() for image in np.asarray(images, "float32")}


def draw_case(rng, shape, worse=False):
    """Random images, of different brightness and with pixels of different mean and spread, and a function to explain.

    It dims and shifts each pixel. With `worse` it turns light into dark, and draws worse than the mean image does.
    """
    means, spreads = rng.uniform(-1, 2, shape[1:]), rng.uniform(0.2, 1, shape[1:])
    brightness = rng.normal(0, 0.5, (shape[0], 1, 1, 1))
    inputs = (means + brightness + spreads * rng.normal(size=shape)).astype("float32").astype(float)
    gain = rng.uniform(-0.6, -0.3, shape[1:]) if worse else rng.uniform(0.3, 1.1, shape[1:])
    return Reconstructor(inputs, gain, rng.uniform(0.1, 0.4, shape[1:]))
