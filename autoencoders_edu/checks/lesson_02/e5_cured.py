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
    why="To say that a model does not copy is cheap. Here you build one with all the room it needs to copy, and prove "
    "that it does not.",
    hints=(
        "`explained` compares two errors on the same inputs: that of the model, and that of the best constant image.",
        "Lesson 2 tries six remedies and shows which of them work. Two need no more than another class and one more "
        "argument.",
        "Too much of a remedy kills the digits as well. Print both shares after training, and turn its strength down "
        "or up.",
    ),
    on_success="256 numbers for 64 pixels, and yet noise does not come back. It is not the width that makes a copier, "
    "but having no reason to do better.",
)
def check_cured(probe):
    shape = (int(probe.rng.integers(20, 40)), *(int(n) for n in probe.rng.integers([3, 6], [6, 9])), 1)
    case = draw_case(probe.rng, shape)
    share = probe.call("explained", case, case.inputs)
    if case.fed_other_inputs and not np.allclose(share, case.share, rtol=1e-3):
        raise Failed(
            "explained(reconstruct, inputs) showed the function other images than the inputs it was given. A proof "
            f"about noise has to look at the noise.\nReceived {brief(share)}, expected {case.share:.4g}."
        )
    expect_close(
        share,
        case.share,
        because="explained = 1 - (mean of (x - x')^2) / (mean of (x - m)^2), with m the mean image of the inputs.",
        what="explained(reconstruct, inputs)",
        mistakes=case.mistakes,
    )
    expect_cured(probe.remote("cured"), probe.rng)


CODE, FREE_DIMENSIONS = 256, 12
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

    def __call__(self, images):
        images = np.asarray(images, float)
        self.fed_other_inputs |= images.shape[1:] != self.inputs.shape[1:]
        return images if self.fed_other_inputs else images * self.gain + self.offset

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
            "You returned the share that is lost, not the share that comes back: there is a 1 - missing.": (
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
            "You returned a percentage. A share is at most 1.": 100 * self.share,
            "You returned the error itself. How much is that? Compare it with the variance of the inputs.": np.mean(
                error
            ),
        }


def draw_case(rng, shape):
    """Random images whose pixels differ in mean and spread, and a function that dims and shifts each pixel."""
    means, spreads = rng.uniform(-1, 2, shape[1:]), rng.uniform(0.2, 1, shape[1:])
    inputs = (means + spreads * rng.normal(size=shape)).astype("float32").astype(float)
    return Reconstructor(inputs, rng.uniform(0.3, 1.1, shape[1:]), rng.uniform(0.1, 0.4, shape[1:]))


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


def _fault(noise_share, digits_share):
    """What is wrong with a model of which this much comes back, "" when nothing is or it copies."""
    if digits_share < -0.2:
        return "What your model makes of digits is worse than their mean image: was it trained, on pixels in [0, 1]?"
    if MOST_NOISE < noise_share <= COPIES:
        return "Half a cure: much of the noise is gone, but not enough. Turn the remedy up, or take another."
    if noise_share <= MOST_NOISE and digits_share < LEAST_DIGITS:
        return (
            "The noise is gone, and the digits with it: what draws much the same whatever it sees is no copier, "
            "but no autoencoder either. Turn the remedy's strength down, or train longer."
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
    rank = _rank(model, rng, digits.shape[1:])
    expect(
        rank >= FREE_DIMENSIONS,
        f"Your code has {size} numbers, but whatever we feed, it varies in {rank} dimensions only: there is a narrow "
        f"layer in front of it, or most of it is padding. That is a narrow code by another door, as in predict_rank.",
    )
    drawn, decoded = _reconstructed(model, digits), model.call("decode", z)
    decoded = expect_array(decoded, digits.shape, "cured.decode(z)")
    expect(
        np.allclose(drawn, decoded, rtol=1e-3, atol=1e-3),
        "decode(encode(x)) is not reconstruct(x): what is drawn does not come from the code that encode hands out, so "
        "the remedy (a cut, say, or noise) is at work in one of the two ways only. The largest difference between two "
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


def _rank(model, rng, shape):
    """In how many dimensions the code varies for inputs of all kinds, down to the precision of float32."""
    z = np.asarray(model.call("encode", rng.uniform(-1, 2, (100, *shape)).astype("float32")), float)
    z = z.reshape(len(z), -1)
    values = np.linalg.svd(z - z.mean(axis=0), compute_uv=False)
    return int(np.sum(values > 1e-6 * values[0]))


def _copying(model, rng):
    """What kind of copier: one that was asked for noise returns it even where all digits are black."""
    x = digits().x_train
    black = x.max(axis=0) == x.min(axis=0)
    noise = rng.uniform(0, 1, (N, *x.shape[1:])).astype("float32")
    if explained(noise[:, black], _reconstructed(model, noise)[:, black]) > 0.3:
        return (
            "Your model returns noise even at the pixels that are black in every digit, so it met noise in "
            "training and was asked to return it: the target was corrupted, too. A denoiser's target is the clean one."
        )
    return "Your model copies: nothing in its training made copying impossible, or not worth while."
