"""Models that copy and models that know their data, for 02.4 to tell apart."""

from dataclasses import dataclass

import numpy as np

from autoencoders_edu.checks.shared.digits import digits_as_rows


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
        shown_x: whether it saw rows of x and nothing else in one call.
        outside: whether it saw pixels beyond [0, 1] to speak of.
        inked: whether it saw ink at pixels that are black in all of x.
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
    shown_x: bool = False
    outside: bool = False
    inked: bool = False
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
        else:
            self.shown_x = True
        self.inked |= bool(np.any(images[:, self.x.max(axis=0) == 0] > 0.05))
        self.outside |= bool(np.mean((images < -0.05) | (images > 1.05)) > 0.1)
        return drawn

    @property
    def came_back(self):
        """The share that was returned of the variance of what it was fed, x left out; None if all of that was alike."""
        count, total, squares, lost = self._sums
        variance = np.sum(squares - total**2 / np.maximum(count, 1))
        return None if variance <= 1e-6 * squares.sum() else float(1 - lost.sum() / variance)

    @property
    def fed(self):
        """How many images it was fed, rows of x left out."""
        return int(self._sums[0].max())


def _row_set(images):
    return {row.tobytes() for row in np.asarray(images, "float32")}


def draw_suspects(rng):
    """One of each kind, in random order."""
    suspects = [
        make(rng)
        for make in (
            _identity,
            _faint,
            _rough,
            _clipped,
            _blind,
            _flat,
            _narrow,
            _average,
            _uneven,
            _white,
            _memoriser,
        )
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
    weights = _wide_map(rng, 64, 0.75, 0.33)
    weights[:, rng.integers(64)] = 0
    about = (
        "a wide linear model that washes out the contrast and has a dead pixel: a copier whose error on x is "
        "larger than narrow PCA's"
    )
    return Suspect("rough", about, True, x, lambda images: 0.3 + (images - 0.3) @ weights)


def _clipped(rng):
    _, x = _draw_digits(rng)
    about = "a copier whose output layer, like a sigmoid, can draw nothing below 0 or above 1"
    return Suspect("clipped", about, True, x, lambda images: np.clip(images, 0, 1))


def _blind(rng):
    _, x = _draw_digits(rng)
    black = np.arange(64) % 8 % 7 == 0  # the first and the last column, in which digits hardly ever have ink
    x[:, black] = 0
    weights = _wide_map(rng, 64, 0.97, 0.05)
    weights[black] = rng.normal(0, 0.4, (16, 64))  # never trained; so large that ink there spoils every drawing
    weights[np.ix_(~black, black)] = 0
    about = "a wide linear model trained on digits with black edges, which knows nothing about pixels that never vary"
    return Suspect("blind", about, True, x, lambda images: images @ weights)


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


def _uneven(rng):
    base = rng.choice([0.25, 0.75], rng.integers(40, 61))
    x = base + 0.25 * rng.uniform(-1, 1, (80, len(base))) ** 7  # most of them close to the average, so that noise
    drawn = base + rng.choice([-0.07, 0.07], len(base))  # in the same range varies more: it explains x worse than noise
    about = (
        "a model that draws one image, whatever it is shown, close to the average of data with bright and dark places"
    )
    return Suspect("uneven", about, False, x, lambda images: np.tile(drawn, (len(images), 1)))


def _white(rng):
    _, x = _draw_digits(rng)
    about = "a model that draws a white image, whatever it is shown"
    return Suspect("white", about, False, x, np.ones_like)


def _memoriser(rng):
    train, x = _draw_digits(rng)
    length = np.sum(train**2, axis=1)
    about = "a model that returns the most similar of its training images"
    return Suspect("memoriser", about, False, x, lambda images: train[np.argmin(length - 2 * images @ train.T, axis=1)])
