"""The noise that a denoiser makes in training, for 04.4: how much, whose, and how it is spread."""

import numpy as np

from autoencoders_edu.exercises.expect import expect

FORMULA = "In training, x is corrupted with x + noise_stddev * epsilon, with epsilon from N(0, 1) for each pixel."
NONE = "There is no noise in training: call(x, training=True) returns what call(x) does. The model then learns to copy."
FROZEN = (
    "call(x, training=True) makes the same noise at each call: it is drawn once, or its seed is a number. Every step "
    "needs new noise."
)
ONE_FOR_BATCH = (
    "All images of the batch get the same noise. That is one pattern for the network to subtract: each image needs "
    "noise of its own, of the shape of x."
)
ONE_FOR_PIXELS = (
    "All pixels of an image get the same noise: the image is made brighter or darker. Each pixel needs its own."
)
CLIPPED = (
    "What the encoder gets in training is clipped{}. Black pixels then only become brighter and white ones only "
    "darker, so that the noise has no longer mean 0, and tells which pixels are black. Leave the noisy image as it is."
)
CLIPPED_FIRST = (
    "You clip x before you add noise: in training, the encoder gets noisy copies of the clipped x. Pixels may have any "
    "values: add the noise to x as it is."
)
MASKED = (
    "In training each pixel either becomes 0 or {}: pixels are masked. That is another corruption. Here each pixel "
    "gets noise, added to its value."
)
PARTLY = "In training, {:.0%} of the values get no noise at all. Each pixel gets noise of its own."
CUT = "What the encoder gets in training is cut off at {}. Leave the noisy image as it is."
CUT_NOISE = "Your noise is cut off at {}. A normal has no bounds: add epsilon as it is drawn."
TRUNCATED = (
    "Your noise never exceeds 2 noise_stddev: it comes from a truncated normal, which is narrower. "
    "keras.random.normal draws from N(0, 1)."
)
UNEVEN = "Some images get more noise than others. The noise of each has the stddev noise_stddev."
MULTIPLIED = (
    "Your noise is multiplied by the pixel's value: black pixels get none. It is added, with the same stddev for all."
)
SIZES = {
    "You took the variance, noise_stddev^2, for the stddev: keras.random.normal draws with stddev 1, to be multiplied "
    "by noise_stddev.": lambda s: s**2,
    "You took the root of noise_stddev. It is a stddev already.": np.sqrt,
    "noise_stddev is not used: your noise has the stddev 1.": lambda s: 1.0,
    "Your noise has the stddev 0.5, as in the notebook. noise_stddev is an argument of the constructor.": lambda s: 0.5,
    "Noise is added twice in training.": lambda s: np.sqrt(2) * s,
    "Your noise is twice as large as it should be.": lambda s: 2 * s,
    "Your noise is half as large as it should be.": lambda s: s / 2,
}


def expect_noise(first, second, model):
    """`Failed` unless two corrupted copies of model.x, in which each image is repeated, are as they should be."""
    noise, again = first - model.x, second - model.x
    expect(np.abs(noise).max() > 1e-2, f"{NONE}\n{FORMULA}")
    expect(not np.allclose(noise, again, atol=1e-2), f"{FROZEN}\n{FORMULA}")
    _expect_unmasked(first, model)
    _expect_unclipped(first)
    by_image = noise.reshape(len(model.images), -1, noise.shape[1])
    expect(by_image.std(axis=1).max() > 1e-2, f"{ONE_FOR_BATCH}\n{FORMULA}")
    expect(np.ptp(noise, axis=1).max() > 1e-2, f"{ONE_FOR_PIXELS}\n{FORMULA}")
    black = np.abs(model.x) < 1e-6
    expect(np.abs(noise[black]).max() > 1e-2 or np.abs(noise[~black]).max() < 1e-2, f"{MULTIPLIED}\n{FORMULA}")
    _expect_of_x(noise, model)
    _expect_everywhere(noise)
    _expect_uncut(np.stack([first, second]), np.stack([noise, again]), model.noise_stddev)
    _expect_size(noise, model.noise_stddev)
    _expect_own(noise)
    _expect_normal(noise / model.noise_stddev)


def _expect_unmasked(corrupted, model):
    """`Failed` if each value is 0 or the old one, perhaps scaled as dropout scales it."""
    dark = np.abs(corrupted) < 1e-2
    for factor, becomes in (
        (1.0, "stays as it is"),
        (1 / (1 - model.noise_stddev), "is multiplied by 1 / (1 - noise_stddev), as dropout does it"),
    ):
        kept = np.abs(corrupted - factor * model.x) < 2e-2
        expect(not (dark | kept).all(), f"{MASKED.format(becomes)}\n{FORMULA}")


def _expect_everywhere(noise):
    none = np.mean(np.abs(noise) < 1e-3)  # of normal noise, 0.1 %
    expect(none < 0.05, f"{PARTLY.format(none)}\n{FORMULA}")


def _expect_uncut(corrupted, noise, noise_stddev):
    """`Failed` if many values share the bounds, as cutting off leaves them, or if the noise is a truncated normal."""
    if abs(noise.mean()) > 0.1 * noise_stddev:
        return  # which is told with the size
    most, values, message = max(
        ((sum(_at_bounds(each)), each, text) for each, text in ((corrupted, CUT), (noise, CUT_NOISE))),
        key=lambda found: found[0],
    )
    if most >= 10:
        bounds = zip((values.min(), values.max()), _at_bounds(values), strict=True)
        named = " and ".join(f"{bound:.2f}" for bound, ties in bounds if ties > 2)
        expect(False, f"{message.format(named)}\n{FORMULA}")
    size = np.abs(noise).max() / noise_stddev
    expect(not (1.95 < size < 2.01 and abs(noise.std() / noise_stddev - 0.88) < 0.03), f"{TRUNCATED}\n{FORMULA}")
    pixels = noise.shape[-1]
    alike = np.corrcoef(noise.reshape(-1, pixels).T ** 2)[np.triu_indices(pixels, 1)]
    expect(alike.mean() < 0.15, f"{UNEVEN}\n{FORMULA}")


def _at_bounds(values, near=5e-4):
    """How many more values lie on the smallest and on the largest one than in the neighbourhood, (2,)."""
    gaps = np.stack([values - values.min(), values.max() - values]).reshape(2, -1)
    return np.sum(gaps < near, axis=1) - np.sum((gaps >= near) & (gaps < 11 * near), axis=1) / 10


def _expect_unclipped(corrupted):
    """`Failed` if many values lie on 0 or 1, as clipping leaves them, and none beyond."""
    low = corrupted.min() > -1e-2 and np.mean(np.abs(corrupted) < 1e-2) > 0.1
    high = corrupted.max() < 1 + 1e-2 and np.mean(np.abs(corrupted - 1) < 1e-2) > 0.1
    where = {(True, True): " to [0, 1]", (True, False): " at 0", (False, True): " at 1"}.get((low, high))
    expect(where is None, f"{CLIPPED.format(where)}\n{FORMULA}")


def _expect_of_x(noise, model):
    """`Failed` if the many copies of each image lie around the clipped image in place of the image itself."""
    middle = noise.reshape(len(model.images), -1, noise.shape[1]).mean(axis=1)
    shift = np.clip(model.images, 0, 1) - model.images  # 0.6 or more for two pixels, 0 for all others
    expect(np.abs(middle - shift).max() > 0.3, f"{CLIPPED_FIRST}\n{FORMULA}")


def _expect_size(noise, noise_stddev):
    mean, spread = float(noise.mean()), float(noise.std())
    received = (
        f"Received noise with mean {mean:.3f} and stddev {spread:.3f} over {noise.size} pixels; expected about 0 "
    )
    received += f"and {noise_stddev:.3f}."
    expect(
        abs(mean) < 0.1 * noise_stddev,
        f"The noise does not have mean 0, so that noisy images are brighter or darker than clean ones.\n{FORMULA}\n"
        f"{received}",
    )
    if abs(spread / noise_stddev - 1) < 0.06:
        return
    known = {message: size(noise_stddev) for message, size in SIZES.items()}
    message = min(known, key=lambda each: abs(known[each] / spread - 1))
    named = f"{message}\n" if abs(known[message] / spread - 1) < 0.04 else "The noise has the wrong size.\n"
    expect(False, f"{named}{FORMULA}\n{received}")


def _expect_own(noise):
    """Pixels' noises are uncorrelated, and so are images', or `Failed`."""
    between = np.corrcoef(noise.T)[np.triu_indices(noise.shape[1], 1)]
    expect(
        np.abs(between).max() < 0.3,
        f"Pixels of an image share part of their noise. Each needs noise of its own.\n{FORMULA}",
    )


def _expect_normal(epsilon):
    """The tails of N(0, 1), or `Failed`: 7.2 % beyond 1.8, 0.27 % beyond 3."""
    beyond, far = np.mean(np.abs(epsilon) > 1.8), np.mean(np.abs(epsilon) > 3)
    expect(
        0.045 < beyond < 0.1 and 0 < far < 0.012,
        f"Your noise has the right mean and stddev, but is not normal.\n{FORMULA}",
    )
