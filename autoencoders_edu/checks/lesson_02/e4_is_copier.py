"""02.4 is_copier: a test that tells models that copy from models that know their data."""

from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.digits import digits_as_rows
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.4",
    "is_copier",
    points=3,
    minutes=15,
    why="The loss cannot reveal a copier, so you need a test of your own, one that a small error does not impress.",
    hints=(
        "What does a copier do with an input that is not like its training data? And a model that knows its data?",
        "Make inputs that share nothing with the data except the values that each pixel may take.",
        "How much must come back? Measure the error against something: the variance of what you fed.",
    ),
    on_success="Your test unmasks clean copiers and sloppy ones, and lets a good model off although its error is tiny.",
)
def check_is_copier(probe):
    suspects, verdicts = draw_suspects(probe.rng), {}
    for suspect in suspects:
        verdict = _verdict(probe, suspect)
        if np.shape(verdict) != () or np.asarray(verdict).dtype.kind != "b":
            raise Failed(f"is_copier should return True or False. Received: {brief(verdict)}.")
        verdicts[suspect.kind] = bool(verdict)
    wrong = [s for s in suspects if verdicts[s.kind] != s.copies]
    if wrong:
        lines = [f"{verdicts[s.kind]} for {s.about}; expected {s.copies}." for s in sorted(wrong, key=lambda s: s.kind)]
        raise Failed("\n".join([misreading(suspects, verdicts), "Received:", *lines]))


def _verdict(probe, suspect):
    try:
        return probe.call("is_copier", suspect, suspect.x)
    except LearnerError as error:
        if not suspect.misfed:
            raise
        pixels = suspect.x.shape[1]
        reason = f"Take the number of pixels from x: here it is {pixels}, and it changes from model to model."
        if suspect.misfed == (pixels,):
            reason = f"A single image is a batch of one, of shape (1, {pixels})."
        raise Failed(
            f"Your test handed reconstruct an array of shape {suspect.misfed}; it takes images of shape (n, {pixels}). "
            f"{reason}\n{error}"
        ) from None


@dataclass
class Suspect:
    """A function from images (n, pixels) to their reconstructions, which notes what it is asked.

    Attributes:
        kind: one word.
        about: what it is, for the learner.
        copies: the truth.
        x: test data (n, pixels) in [0, 1].
        reconstruct: the function itself.
        asked: whether it was called at all.
        foreign: whether it saw anything but rows of x.
        outside: whether it saw pixels beyond [0, 1] to speak of.
        grey: whether each image that is no row of x was of one grey.
        misfed: the shape of an array that cannot be images of this many pixels.
    """

    kind: str
    about: str
    copies: bool
    x: np.ndarray
    reconstruct: object
    asked: bool = False
    foreign: bool = False
    outside: bool = False
    grey: bool = True
    misfed: tuple = ()

    def __post_init__(self):
        self._rows, self._sums = _row_set(self.x), np.zeros((4, self.x.shape[1]))

    def __call__(self, images):
        images = np.asarray(images, float)
        if images.ndim != 2 or images.shape[1] != self.x.shape[1]:
            self.misfed = images.shape
            raise ValueError(f"images of shape (n, {self.x.shape[1]}) are wanted, these have shape {images.shape}")
        self.asked = True
        drawn = self.reconstruct(images)
        if not _row_set(images) <= self._rows:
            self.foreign = True
            self.grey &= bool(np.ptp(images, axis=1).max(initial=0) < 1e-3)
            self._sums += np.array([np.sum(a, axis=0) for a in (images**0, images, images**2, (images - drawn) ** 2)])
        self.outside |= bool(np.mean((images < -0.05) | (images > 1.05)) > 0.1)
        return drawn

    @property
    def came_back(self):
        """The share that was returned of the variance of what it was fed, x left out; None if all of that was alike."""
        count, total, squares, lost = self._sums
        variance = np.sum(squares - total**2 / count)
        return None if variance < 1e-6 * squares.sum() else float(1 - lost.sum() / variance)


def _row_set(images):
    return {row.tobytes() for row in np.asarray(images, "float32")}


def draw_suspects(rng):
    """One of each kind, in random order."""
    suspects = [
        make(rng) for make in (_identity, _faint, _rough, _clipped, _flat, _narrow, _average, _white, _memoriser)
    ]
    return [suspects[index] for index in rng.permutation(len(suspects))]


def _draw_digits(rng, train=200, test=80):
    """Two disjoint sets of digits, each image a row of 64 pixels."""
    chosen = digits_as_rows()[rng.choice(len(digits_as_rows()), train + test, replace=False)]
    return chosen[:train], chosen[train:]


def _draw_flat(rng, stray=0.0, train=150, test=80):
    """Two sets of images of 40 to 60 pixels that vary in brightness and 2 or 3 other directions, and stray a little."""
    pixels, dim = rng.integers(40, 61), rng.integers(3, 5)
    directions = rng.normal(size=(dim, pixels))
    directions[0] = 0.7  # brightness, but not so much of it that shuffled pixels come back
    images = rng.uniform(-1, 1, (train + test, dim)) @ directions
    images = 0.5 + 0.45 * images / np.abs(images).max() + rng.normal(0, stray, images.shape)
    return images[:train], images[train:]


def _wide_map(rng, pixels, keep, mix):
    """What a wide linear model with flaws does: keeps most of each pixel, and mixes in a little of the others."""
    return keep * np.eye(pixels) + rng.normal(0, mix / np.sqrt(pixels), (pixels, pixels))


def _pca(train, dim):
    centre = train.mean(axis=0)
    components = np.linalg.eigh(np.cov(train.T))[1][:, -dim:]
    return lambda images: centre + (images - centre) @ components @ components.T


def _identity(rng):
    _, x = _draw_flat(rng)
    about = "the identity itself, on data that vary in a few directions only"
    return Suspect("identity", about, True, x, lambda images: images.copy())


def _faint(rng):
    _, x = _draw_digits(rng)
    weights = _wide_map(rng, 64, 0.9, 0.05)
    about = "a wide linear model that returns 0.9 of each pixel and a trace of the others"
    return Suspect("faint", about, True, x, lambda images: images @ weights)


def _rough(rng):
    _, x = _draw_digits(rng)
    weights = _wide_map(rng, 64, 0.7, 0.3)
    weights[:, rng.integers(64)] = 0
    about = (
        "a wide linear model that washes out the contrast and has a dead pixel: a copier whose error on x is "
        "larger than narrow PCA's"
    )
    return Suspect("rough", about, True, x, lambda images: 0.5 + (images - 0.5) @ weights)


def _clipped(rng):
    _, x = _draw_digits(rng)
    about = "a copier whose output layer, like a sigmoid, can draw nothing below 0 or above 1"
    return Suspect("clipped", about, True, x, lambda images: np.clip(images, 0, 1))


def _flat(rng):
    train, x = _draw_flat(rng, stray=0.002)  # so that not even here PCA is exact
    about = "PCA with 4 numbers, fitted to data that need no more"
    return Suspect("flat", about, False, x, _pca(train, 4))


def _narrow(rng):
    train, x = _draw_digits(rng)
    dim = int(rng.integers(13, 16))
    about = f"PCA with {dim} numbers, fitted to digits that were also turned and shifted"
    return Suspect("narrow", about, False, x, _pca(_in_many_positions(train), dim))


def _in_many_positions(digits):
    """Digits as they are, upside down, turned round, and shifted by a pixel in each direction."""
    images = digits.reshape(-1, 8, 8)
    shifted = [np.roll(images, step, axis) for step in (-1, 1) for axis in (1, 2)]
    return np.concatenate([images, images[:, ::-1], images[:, ::-1, ::-1], *shifted]).reshape(-1, 64)


def _average(rng):
    train, x = _draw_digits(rng)
    about = "a model that draws the average image, whatever it is shown"
    return Suspect("average", about, False, x, lambda images: np.tile(train.mean(axis=0), (len(images), 1)))


def _white(rng):
    _, x = _draw_digits(rng)
    about = "a model that draws a white image, whatever it is shown"
    return Suspect("white", about, False, x, np.ones_like)


def _memoriser(rng):
    train, x = _draw_digits(rng)
    length = np.sum(train**2, axis=1)
    about = "a model that returns the most similar of its training images"
    return Suspect("memoriser", about, False, x, lambda images: train[np.argmin(length - 2 * images @ train.T, axis=1)])


def misreading(suspects, verdicts):
    """What fools a test with these verdicts (dict from kind to bool), in a sentence or two; "" when nothing does."""
    wrong = {s.kind: verdicts[s.kind] for s in suspects if verdicts[s.kind] != s.copies}
    if not wrong:
        return ""
    if len(wrong) == len(suspects):
        return "True and False are the wrong way round: every one of your verdicts is wrong. True is for copiers."
    if not any(s.asked for s in suspects):
        return "Your test never called the model, so it cannot know what the model does."
    if not any(s.foreign for s in suspects):
        return _fooled_by_x(wrong)
    return _fooled_by_foreign(suspects, wrong, any(s.outside for s in suspects))


ON_X = "Your test showed the models nothing but x. "
EXACT = (
    "Your test asks for equality, or nearly so. A trained copier is never exact: it copies with flaws, and copies all "
    "the same. What share of the input has to come back?"
)


def _fooled_by_x(wrong):
    """The reason why a test that only fed x went wrong."""
    if wrong.get("identity") is False or set(wrong) == {"memoriser"}:
        return ON_X + (
            "How many dimensions the outputs span there says more about x than about the model: where the data vary in "
            "few directions, so does what the identity returns, and a model that returns stored images spans them all."
        )
    if set(wrong.values()) == {False}:
        return ON_X + EXACT
    return ON_X + (
        "A small error there is what copiers and good models have in common, so no threshold on it can tell them "
        "apart. Feed something that a good model should fail on."
    )


ALIKE = (
    "Your test feeds images that are all alike. A model that happens to draw just that image then looks like a copier, "
    "such as one that draws nothing but white. Feed inputs that differ from one another."
)
GREY = (
    "Your test feeds images of one grey, and a good model of data that vary in brightness returns them. Feed inputs "
    "that have nothing in common with the data."
)
# Why a test took this model for a copier, though it fed other things than x. The first that fits.
TAKEN_FOR_A_COPIER = {
    "average": (
        "Your test says True even for a model that draws the same image whatever it is shown. Measure its error "
        "against something: how large would it be for the best constant image?"
    ),
    "white": "",
    "flat": (
        "What your test fed varies in the same directions as the data: negatives and mixtures of images do, and a "
        "model that knows those directions returns them. Feed something that has nothing in common with the data."
    ),
    "narrow": (
        "What your test fed is still too much like digits: turned or shifted ones consist of the same strokes, and "
        "narrow PCA returns a good part of them. Feed something that has nothing in common with the data, and ask for "
        "more than half of it back."
    ),
    "memoriser": (
        "Your test takes a model that returns stored images for a copier. They vary as much as what it is shown, but "
        "they are something else: compare each image with its own reconstruction."
    ),
}


def _taken_for_a_copier(suspect):
    """Why a test took this model for one, by what it fed."""
    if suspect.came_back is None:
        return ALIKE
    if suspect.came_back < 0.4 and suspect.kind not in ("average", "memoriser"):
        return (
            f"The share of your inputs' variance that came back is {suspect.came_back:.2f} for {suspect.about}: "
            "that is not a copier. Compare the error with the variance of the inputs around their mean image, "
            "not with another number."
        )
    return GREY if suspect.grey else TAKEN_FOR_A_COPIER[suspect.kind]


def _fooled_by_foreign(suspects, wrong, outside):
    """The reason why a test that fed other things than x went wrong."""
    if wrong.get("identity") is False:
        return (
            "Your test lets even the identity pass for a good model, though it returns every pixel of whatever you "
            "feed. Its error is 0 on x and 0 on everything else, so comparing the two says nothing: measure what comes "
            "back as a share of the variance that you fed."
        )
    if wrong.get("clipped") is False and outside:
        return (
            "Your test fed pixels outside the range of the data. Below 0 and above 1 a model has learnt nothing, and "
            "an output layer may not even reach there: failing on that does not mean it knows digits."
        )
    if set(wrong.values()) == {False}:
        return EXACT
    by_kind = {suspect.kind: suspect for suspect in suspects if suspect.foreign}
    taken = next((kind for kind in TAKEN_FOR_A_COPIER if wrong.get(kind) and kind in by_kind), None)
    otherwise = "Ask how much of an input that is unlike the data comes back, as a share of that input's variance."
    return _taken_for_a_copier(by_kind[taken]) if taken else otherwise
