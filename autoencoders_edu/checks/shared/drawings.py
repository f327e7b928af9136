"""Batches of images and of what a model in trouble draws of them, for 01.4."""

import numpy as np

from autoencoders_edu.checks.shared.digits import digits

ONE_ORDER = {
    "moved on by one": lambda x: np.roll(x, 1, axis=0),
    "moved back by one": lambda x: np.roll(x, -1, axis=0),
    "reversed": lambda x: x[::-1],
}
MANY = ("two of many", "two neighbours")
ONE_IN_PLACE = "all but one"
ANOTHER_DTYPE = "drawings in float64"
ON_A_BACKGROUND = "images in 0..255"  # on the scale of x, drawings in [0, 1] vary by a little over a thousandth
NEARLY_BLACK = ("dim spots, drawings in 0..255", "dim spots, images in 0..255")
# What a round shows, in random order: what is wrong, and in which manner.
CASES = (
    *(("good", manner) for manner in ("bright", "a little above 1", "dim", "pair", "both in 0..255")),
    *(("good", manner) for manner in ("rough", "spots", "two alike", ANOTHER_DTYPE)),
    *(("same for all", manner) for manner in ("mean", "mean, nearly", "other", "other, nearly", "grey")),
    ("same for all", "both in 0..255, nearly"),
    *(("wrong order", manner) for manner in ("bright digits", "bright waves", "dim", "pair")),
    *(("wrong order", manner) for manner in (*ONE_ORDER, ONE_IN_PLACE)),
    *(("wrong order", manner) for manner in ("two of many", "two of many", "two neighbours")),
    *(("not scaled", manner) for manner in ("drawings in 0..255", ON_A_BACKGROUND, *NEARLY_BLACK)),
)
SAME = sum(truth == "same for all" for truth, _ in CASES)
WORDS = tuple(dict.fromkeys(word for word, _ in CASES))


def all_errors(x, drawings):
    """The error of each image (row) with each drawing (column)."""
    return np.mean((x[:, None] - drawings) ** 2, axis=(2, 3, 4))


def gains(errors):
    """How much smaller the batch's error is if x stands in each of these orders."""
    own = np.trace(errors)
    return {order: own - np.trace(change(errors)) for order, change in ONE_ORDER.items()}


def batch_with(rng, truth, manner):
    """Images and drawings, both (batch, height, width, channels), with this trouble."""
    x, other = _images(rng, manner, _batch_size(rng, truth, manner))
    x = _in_a_telling_order(rng, x, manner) if manner in ONE_ORDER else x
    two = _two_places(rng, len(x), manner)
    if manner in MANY:
        x[two] = x.mean() + 0.4 * (x[two] - x.mean())  # strangers to each other, but not as far apart as the others
    drawings = _good_drawings(rng, x, 1 / 12 if manner == "rough" else 1 / 40)
    if manner == "a little above 1":
        drawings[drawings > 0.9 * drawings.max()] *= 1.05 / drawings.max()
    if truth == "same for all":
        drawings = _one_drawing(rng, x, other, manner)
    if truth == "wrong order":
        drawings = _shuffled(rng, x, drawings, manner, two)
    raw_x, raw_drawings = "images in" in manner or "both" in manner, "drawings in 0" in manner or "both" in manner
    x, drawings = x * 255**raw_x, drawings * 255**raw_drawings
    return x.astype("float32"), drawings.astype("float64" if manner == ANOTHER_DTYPE else "float32")


def _batch_size(rng, truth, manner):
    if manner == "pair":
        return 2
    if manner.startswith("two"):
        return int(rng.integers(9, 14))
    if manner in ONE_ORDER:  # an odd number, so that two of these orders agree about one place only
        return int(rng.choice([7, 9]))
    return int(rng.integers(7 if truth == "wrong order" else 5 if manner == "rough" else 2, 9))


def _images(rng, manner, size):
    """A batch of images that suit this manner, and one more image."""
    make = _some_digits if rng.random() < 0.5 else _smooth_images
    if manner in ("rough", "bright waves", ONE_IN_PLACE, ON_A_BACKGROUND) or manner.startswith("two"):
        make = _smooth_images
    if manner == "bright digits" or manner in ONE_ORDER:  # digits: some resemble each other more than others
        make = _some_digits
    *x, other = (_spots if "spots" in manner else make)(rng, size + 1)
    x = np.stack(x)
    if manner == "two alike":  # to the eye, and to nothing else
        x[1] = np.abs(x[0] + 5e-4 * rng.choice([-1, 1], x[0].shape))
    if manner == "a little above 1":
        x /= x.max()
    if manner == ON_A_BACKGROUND:
        x = other + 0.42 * (x - x.mean(axis=0)) / np.ptp(x, axis=0).max()
        x = (x - x.min()) / np.ptp(x)
    scale = np.exp(rng.uniform(np.log(0.02), np.log(0.1))) if manner == "dim" else 0.06 if "dim" in manner else 1
    return x * scale, other * scale


def _one_drawing(rng, x, other, manner):
    """The same drawing for all images; nearly the same, if the manner says so."""
    drawing = other if "other" in manner else x.mean(axis=0)
    drawing = np.full_like(drawing, drawing.mean()) if manner == "grey" else drawing
    invisible = ("nearly" in manner) * 1e-4 * min(np.ptp(x), np.ptp(drawing))
    return drawing + rng.uniform(-invisible, invisible, x.shape)


def _shuffled(rng, x, drawings, manner, two):
    """The drawings in a wrong order: only two exchanged, all but one moved, or none at its place."""
    if manner in ONE_ORDER:
        return ONE_ORDER[manner](drawings)
    moving = len(x) - 1 if manner == ONE_IN_PLACE else len(x)
    circles = [two] if manner in MANY else [rng.permutation(len(x))[:moving] for _ in range(200)]
    errors, tries = all_errors(x, drawings), []
    for circle in circles:
        places = np.arange(len(x))
        places[circle] = np.roll(circle, 1)
        tries.append(places)
    tries, own = np.array(tries), np.arange(len(x))
    gained = _gains_in(errors, np.broadcast_to(own, tries.shape), tries)
    return drawings[tries[np.argmin(np.max(list(gained.values()), axis=0))]]  # so that none of ONE_ORDER explains it


def _in_a_telling_order(rng, x, manner):
    """The images in an order in which moving them in this manner looks least like another order."""
    tries = rng.permuted(np.tile(np.arange(len(x)), (200, 1)), axis=1)
    gained = _gains_in(all_errors(x, x), tries, ONE_ORDER[manner](tries.T).T)
    return x[tries[np.argmin(np.max([gain for order, gain in gained.items() if order != manner], axis=0))]]


def _gains_in(errors, images, drawings):
    """As `gains`, for many batches at once: rows of the places of their images and drawings in `errors`."""
    own, places = errors[images, drawings].sum(axis=1), np.arange(images.shape[1])
    return {order: own - errors[images[:, change(places)], drawings].sum(axis=1) for order, change in ONE_ORDER.items()}


def _two_places(rng, size, manner):
    """Two places in a batch; the first and the last are neighbours, too."""
    step = 1 if manner == "two neighbours" or size < 4 else int(rng.integers(2, size - 1))
    return (rng.integers(size) + np.array([0, step])) % size


def _some_digits(rng, count):
    """Digits of different kinds, cropped, so that they are not square."""
    x, y = digits().x_train[:, :, 1:7].astype(float), digits().y_train
    return np.stack([x[rng.choice(np.flatnonzero(y == label))] for label in rng.permutation(10)[:count]])


def _smooth_images(rng, count):
    """Random mixtures of slow waves, the mixtures at right angles: no two of the images resemble each other."""
    height, width, channels = rng.integers([5, 10, 1], [9, 14, 4])
    down, across = (np.cos(np.pi * np.outer(np.arange(4), np.arange(n) + 0.5) / n) for n in (height, width))
    mixtures = np.linalg.qr(rng.normal(size=(16 * channels, count)))[0].T.reshape(count, 4, 4, channels)
    images = np.einsum("nijc,ih,jw->nhwc", mixtures, down, across)
    return (images - images.min()) / np.ptp(images)


def _spots(rng, count):
    """Black images with a small bright square each, at different places, none of them at the border."""
    images = np.zeros((count, *rng.integers(9, 14, 2), 1))
    for image, place in zip(images, rng.permutation(9), strict=False):
        row, column = 1 + 2 * np.array(divmod(place, 3))
        image[row : row + 2, column : column + 2] = 1
    return images


def _good_drawings(rng, x, share):
    """The images with noise, where they vary at all: its mean square is a share of the distance to the next image."""
    apart = all_errors(x, x) + np.diag(np.full(len(x), np.inf))
    noise = rng.normal(size=x.shape) * np.sqrt(share * apart.min(axis=1))[:, None, None, None]
    return np.clip(x + noise * (np.ptp(x, axis=0) > 0), 0, x.max())
