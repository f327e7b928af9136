"""02.5 explained and cured: an overcomplete autoencoder that does not copy."""

from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.digits import digits
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.5",
    "cured",
    points=4,
    minutes=25,
    why="It is easy to say that a model does not copy. Here you build one with all the room it needs, and prove "
    "that it does not copy.",
    hints=(
        "`explained` compares two errors on the same inputs: that of the model, and that of the best constant image.",
        "Lesson 2 tries six remedies and shows which of them work. Two need only a different class and one more "
        "argument.",
        "Too much of a remedy kills the digits as well. Print both shares after training, and turn its strength down "
        "or up.",
    ),
    on_success="256 numbers for 64 pixels, and yet noise does not come back. It is not the width that makes a copier, "
    "but having no reason to do better.",
)
def check_cured(probe):
    n, height, width = (int(size) for size in probe.rng.integers([20, 3, 6], [40, 6, 9]))
    for case in (draw_case(probe.rng, (n, 8, 8, 1)), draw_case(probe.rng, (n, height, width, 2), worse=True)):
        _expect_explained(probe.call("explained", case, case.inputs), case)
    expect_cured(probe.remote("cured"), probe.rng)


def _expect_explained(share, case):
    wrong = case.fed_other_inputs and not np.allclose(share, case.share, rtol=1e-3)
    received = f"Received {brief(share)}, expected {case.share:.4g}."
    expect(
        not (wrong and case.fed_flat_inputs),
        "explained(reconstruct, inputs) flattened the images before it handed them to reconstruct, which takes what it "
        f"returns: images of shape {case.inputs.shape[1:]}.\n{received}",
    )
    expect(
        not wrong,
        "explained(reconstruct, inputs) showed the function other images than the inputs it was given. A proof "
        f"about noise has to look at the noise.\n{received}",
    )
    expect_close(
        share,
        case.share,
        because="explained = 1 - (mean of (x - x')^2) / (mean of (x - m)^2), with m the mean image of the inputs.",
        what=f"explained(reconstruct, inputs) for inputs of shape {case.inputs.shape}",
        mistakes=case.mistakes,
    )


CODE, FREE_DIMENSIONS, LEAST_STEPS = 256, 20, 150
MOST_NOISE, LEAST_DIGITS, COPIES = 0.2, 0.5, 0.6  # shares of variance
N = 120


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

    def __call__(self, images):
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
    """Random images whose pixels differ in mean and spread, and a function that dims and shifts each pixel.

    With `worse` it turns light into dark, and draws worse than the mean image does.
    """
    means, spreads = rng.uniform(-1, 2, shape[1:]), rng.uniform(0.2, 1, shape[1:])
    inputs = (means + spreads * rng.normal(size=shape)).astype("float32").astype(float)
    gain = rng.uniform(-0.6, -0.3, shape[1:]) if worse else rng.uniform(0.3, 1.1, shape[1:])
    return Reconstructor(inputs, gain, rng.uniform(0.1, 0.4, shape[1:]))


def expect_cured(model, rng):
    """Room for a copy, digits that come back, noise that does not; or `Failed`."""
    test = digits().x_test
    test = test[rng.choice(len(test), N, replace=False)]
    _expect_wide(model, test, rng)
    noise = _draw_noise(rng)
    noise_share, digits_share = (explained(x, _reconstructed(model, x)) for x in (noise, test))
    fault = _fault(noise_share, digits_share) or (_copying(model, rng) if noise_share > MOST_NOISE else "")
    expect(
        not fault,
        f"{fault}\nReceived: {noise_share:.2f} of fresh noise and {digits_share:.2f} of test digits came back. "
        f"Expected: at most {MOST_NOISE} of the noise, at least {LEAST_DIGITS} of the digits.",
    )
    _expect_trained(model)


def _expect_trained(model):
    """Enough steps of training for a model without a remedy to copy; or `Failed`. Not every model counts its steps."""
    try:
        steps = int(model.get("optimizer.iterations"))
    except (LearnerError, TypeError, ValueError):
        return
    expect(
        steps >= LEAST_STEPS,
        f"Your model was trained for {steps} steps only. That early no model returns noise, with a remedy or "
        f"without one. Train it for at least {LEAST_STEPS} steps, which is nine epochs in batches of 64.",
    )


def _fault(noise_share, digits_share):
    """What is wrong with a model of which this much comes back, "" when nothing is or it copies."""
    if digits_share < -0.2:
        return (
            "Your model's reconstructions of digits are worse than their mean image: did it see digits in training, "
            "with pixels in [0, 1]?"
        )
    if MOST_NOISE < noise_share <= COPIES:
        return "Half a cure: much of the noise is gone, but not enough. Turn the remedy up, or take another."
    if noise_share <= MOST_NOISE and digits_share < LEAST_DIGITS:
        return (
            "The noise is gone, and the digits with it: a model that draws much the same whatever it sees is not a "
            "copier, but not an autoencoder either. Turn the remedy's strength down, or train longer."
        )
    return ""


def _draw_noise(rng):
    """Each pixel uniform over the values that it takes in digits, independent of the others."""
    x = digits().x_train
    return rng.uniform(x.min(axis=0), x.max(axis=0), (N, *x.shape[1:])).astype("float32")


def _reconstructed(model, images):
    return expect_array(model.call("reconstruct", images), images.shape, "cured.reconstruct(x)")


def _expect_wide(model, digits, rng):
    """A code of 256 numbers that are free to differ, from which decode draws what reconstruct returns."""
    z = _encoded(model, digits)
    z = expect_array(z, (N, *(np.shape(z)[1:] or (CODE,))), "cured.encode(x)")
    size = int(np.prod(z.shape[1:]))
    expect(
        size >= CODE,
        f"The code is too small for this exercise: a narrow code is a remedy that you know. Received a code of {size} "
        f"numbers, expected at least {CODE}.",
    )
    for what, rank in _ranks(model, rng, digits.shape[1:]).items():
        expect(
            rank >= FREE_DIMENSIONS,
            f"Your code has {size} numbers, but whatever we feed, {what} varies in {rank} dimensions only: there is a "
            "narrow layer somewhere, or most of the code is padding. That is a narrow code by another door, as in "
            f"predict_rank. Expected at least {FREE_DIMENSIONS}.",
        )
    drawn, decoded = _reconstructed(model, digits), model.call("decode", z)
    decoded = expect_array(decoded, digits.shape, "cured.decode(z)")
    expect(
        np.allclose(drawn, decoded, rtol=1e-3, atol=1e-3),
        "decode(encode(x)) is not reconstruct(x): what is drawn does not come from the code that encode hands out, so "
        "the remedy (a cut, say, or noise) is at work in only one of the two. The largest difference between two "
        f"pixels: {np.abs(drawn - decoded).max():.3g}.",
    )


def _encoded(model, images):
    try:
        return model.call("encode", images)
    except LearnerError as error:
        if error.described.get("type") != "AttributeError" or "line" in error.described:
            raise
        raise Failed(
            "`cured` has no method `encode`. Give your encoder and your decoder to one of the course's models, such as "
            f"ae.Autoencoder(encoder, decoder): it has encode, decode and reconstruct. Received: a {model.kind}."
        ) from None


def _ranks(model, rng, shape):
    """In how many dimensions the code and the drawings vary for inputs of all kinds, traces left out."""
    inputs = rng.uniform(-1, 2, (100, *shape)).astype("float32")
    return {
        "the code": _rank(model.call("encode", inputs)),
        "what is drawn from it": _rank(_reconstructed(model, inputs)),
    }


def _rank(values):
    rows = np.asarray(values, float).reshape(len(values), -1)
    sizes = np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False)
    return int(np.sum(sizes > 3e-4 * sizes[0]))


def _copying(model, rng):
    """What kind of copier: one that was asked for noise returns it even where all digits are black."""
    x = digits().x_train
    black = x.max(axis=0) == x.min(axis=0)
    noise = rng.uniform(0, 1, (N, *x.shape[1:])).astype("float32")
    if explained(noise[:, black], _reconstructed(model, noise)[:, black]) > 0.3:
        return (
            "Your model returns noise even at the pixels that are black in every digit, so it met noise in "
            "training and was asked to return it: the target was corrupted, too. A denoiser has a clean target."
        )
    return "Your model copies: nothing in its training made copying impossible, or not worthwhile."
