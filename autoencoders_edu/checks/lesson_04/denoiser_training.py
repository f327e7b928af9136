"""What 04.4 asks of a denoiser's loss and training: its value in evaluation and in training, and `fit`."""

import numpy as np

from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_number

RATE = 0.01  # the learning rate of Keras's "sgd"
NO_LOSS = "Your model asks Keras for the loss given to `compile`, and there is none. Compute it in compute_loss."
LOSS = "The loss is the mean squared error from the clean x, over all pixels of all images."


def _measured(denoiser, method):
    """The loss that this method reports for x."""
    denoiser.model.call("reset_metrics")
    value = denoiser.model.call(method, denoiser.x)
    first = value[0] if isinstance(value, (list, tuple)) and value else value
    return expect_number(first, f"The loss that {method} reports")


def expect_loss(denoiser):
    """The loss of evaluation is the mean squared error of the clean images' restoration, or `Failed`."""
    denoiser.model.call("compile", optimizer="sgd", run_eagerly=True)
    try:
        loss = _measured(denoiser, "test_on_batch")
    except LearnerError as error:
        _expect_no_need_of_y(denoiser, error)
        if "loss" in str(error) and "compile" in str(error):
            raise Failed(f"{NO_LOSS} {LOSS}\n{error}") from None
        raise
    error = denoiser.x @ denoiser.mix + denoiser.shift - denoiser.x
    expected = np.mean(error**2)
    if abs(loss - expected) < 1e-3 * expected:
        return
    received = f"`evaluate` reports {loss:.4f}; expected {expected:.4f}."
    again = _measured(denoiser, "test_on_batch")
    expect(
        abs(loss - again) < 1e-4 * expected,
        f"`evaluate` reports another loss each time: there is noise in it. {LOSS}\n"
        f"Received {loss:.4f}, then {again:.4f}.",
    )
    others = _other_losses(denoiser, error)
    named = next((text for text, value in others.items() if abs(loss - value) < 1e-3 * max(value, expected)), "")
    raise Failed(f"{named} {LOSS}\n{received}".strip())


def _other_losses(denoiser, error):
    """What evaluation gives with a mistaken loss, by the message that names it."""
    expected, p, n = np.mean(error**2), error.shape[1], len(error)
    drawn = error + denoiser.x
    return {
        "Your loss is a sum over pixels.": p * expected,
        "Your loss adds up the pixels of an image and divides by 64, the number of the notebook's pixels.": p
        * expected
        / 64,
        "Your loss adds up the pixels of all images and divides by 64.": n * p * expected / 64,
        "Your loss squares the mean of the errors, in which they cancel. Square first.": np.mean(error) ** 2,
        "Your loss is the mean of the errors, not squared: they cancel.": np.mean(error),
        "Your loss is the mean square of the output itself: where there is no noise, your target is 0, as if the noise "
        "were to be predicted.": np.mean(drawn**2),
        "Your target is x clipped to [0, 1]. Pixels may have any values.": np.mean(
            (drawn - np.clip(denoiser.x, 0, 1)) ** 2
        ),
        "Your loss is a sum over the pixels of all images: it would grow with the batch.": n * p * expected,
        "Your loss is a sum over images.": n * expected,
        "Your loss is the root of the mean of squares.": np.sqrt(expected),
        "Your loss is the mean of absolute errors.": np.mean(np.abs(error)),
        "Your loss is half of the mean of squares.": expected / 2,
        "Your loss has a noisy target: it is larger by the noise's variance.": expected + denoiser.noise_stddev**2,
        "Your loss is 0 for any output.": 0.0,
    }


def _expect_no_need_of_y(denoiser, error):
    """`Failed` with this error if the loss can be computed when y is given."""
    try:
        denoiser.model.make("test_on_batch", denoiser.x, denoiser.x)
    except LearnerError:
        return
    raise Failed(
        "Your loss can be computed if y is given, and not without: `fit(x)` gives no y. The target is x, the clean "
        f"image.\n{error}"
    ) from None


TARGET = "The target is the noisy image, the very one that the encoder was given: a copier would have no loss at all."
OTHER_COPY = (
    "The target is another noisy copy. That would lead to the same network, as lesson 4 shows, but the loss then holds "
    "the noise's variance as well; and here the clean image is at hand."
)
HALFWAY = "The target is halfway between the clean image and the noisy one."
WITHOUT = (
    "In training the loss is that of the clean images' restoration, as in evaluation: your compute_loss calls the "
    "model anew, without noise. y_pred is what it made of the noisy images."
)


def expect_training_loss(denoiser):
    """In training the loss is that of noisy images against clean ones, and every weight moves; or `Failed`."""
    try:
        loss = _measured(denoiser, "train_on_batch")
    except LearnerError as error:
        if "No gradients provided" not in str(error):
            raise
        raise Failed(
            f"No gradient reaches any weight. Compute the loss with keras.ops, from y_pred as it comes.\n{error}"
        ) from None
    weights = denoiser.model.call("get_weights")
    (expected, error), *others = _losses_in_training(denoiser)
    shown = f"In a step of training the loss is {loss:.3f}; expected about {expected:.3f}, give or take {error:.3f}."
    fitting = [
        text
        for text, (value, give) in zip((TARGET, OTHER_COPY, HALFWAY), others, strict=True)
        if abs(loss - value) < 6 * give
    ]
    clean = np.mean((denoiser.x @ denoiser.mix + denoiser.shift - denoiser.x) ** 2)
    if abs(loss - clean) < 1e-3 * clean:
        fitting = [WITHOUT]
    if abs(loss - expected) > 6 * error:
        raise Failed(f"{fitting[0] if fitting else ''} {LOSS}\n{shown}".strip())
    before = {np.shape(weight): weight for weight in denoiser.known}
    expect(
        all(not np.allclose(weight, before[np.shape(weight)], rtol=1e-6, atol=1e-7) for weight in weights),
        "One step of training leaves some weights where they were. Compute the loss with keras.ops, from y_pred.",
    )
    _expect_step(
        denoiser, before[denoiser.pixels,] - next(w for w in weights if np.ndim(w) == 1 and len(w) == denoiser.pixels)
    )


def _expect_step(denoiser, step):
    """The decoder's bias moves as far as the mean of squares asks, or `Failed`."""
    rows, pixels = denoiser.x.shape
    expected = RATE * 2 * np.mean(denoiser.x @ denoiser.mix + denoiser.shift - denoiser.x, axis=0) / pixels
    near = 0.1 * RATE  # six standard errors of what the noise adds
    expect(
        np.abs(step - rows * expected).max() > near * rows or np.abs(step - expected).max() < near,
        f"A step of training is {rows} times too long, once for each image: your loss holds a number for each image, "
        "and their gradients are added up. Take the mean over the images, too: one number.",
    )
    expect(
        np.abs(step - pixels * expected).max() > near * pixels or np.abs(step - expected).max() < near,
        f"A step of training is {pixels} times too long, once for each pixel: your loss holds a number for each pixel, "
        "and their gradients are added up. Take the mean over the pixels, too: one number.",
    )
    expect(
        np.abs(step - expected).max() < near,
        f"In a step of gradient descent the decoder's bias does not move as the loss asks. {LOSS}",
    )


def _losses_in_training(denoiser):
    """Mean and standard deviation of the training loss against clean images, against their noisy copies, and others.

    The error of one image is e + s epsilon A, with its error e without noise, the noise's standard deviation s and
    epsilon from N(0, 1). Its square has the mean |e|^2 + s^2 tr B and the variance 2 s^4 tr B^2 + 4 s^2 |A e|^2, where
    B = A^T A.
    """
    clean = denoiser.x @ denoiser.mix + denoiser.shift - denoiser.x
    s, unit = denoiser.noise_stddev, np.eye(denoiser.pixels)
    found = []
    for noise in (
        denoiser.mix,
        denoiser.mix - unit,
        np.vstack([denoiser.mix, -unit]),
        denoiser.mix - unit / 2,
    ):
        product = noise.T @ noise
        mean = np.mean(clean**2) + s**2 * np.trace(product) / denoiser.pixels
        variance = 2 * s**4 * len(clean) * np.sum(product**2) + 4 * s**2 * np.sum((clean @ noise.T) ** 2)
        found.append((mean, np.sqrt(variance) / clean.size))
    return found


MADE_IN_CALL = (
    "Your model runs eagerly, but not in `fit`: something with variables of its own, such as a layer or a seed "
    "generator, is made in each call. Make it in the constructor, and use it in call."
)
COMPILED = (
    "Your model runs eagerly, but not in `fit`, where the size of the batch is not known beforehand. Give the noise "
    "the shape `ops.shape(x)`; it comes from `keras.random`, with `seed=self.seed_generator`."
)


def expect_fit(denoiser):
    """Compiled training runs, with batches of two sizes and new noise in each step, or `Failed`."""
    denoiser.model.call("compile", optimizer="adam")
    size = 2 * len(denoiser.x) // 3
    try:
        denoiser.model.make("fit", denoiser.x, batch_size=size, verbose=0)
        losses = set()
        for _ in range(2):
            denoiser.set_weights(*denoiser.known)
            losses.add(_measured(denoiser, "train_on_batch"))
    except LearnerError as error:
        made = "variable" in str(error).lower()  # a compiled step may not make any
        raise Failed(f"{MADE_IN_CALL if made else COMPILED}\n{error}") from None
    expect(
        len(losses) == 2,
        "In `fit` your model draws the same noise in every step: NumPy draws it once, when the step is compiled. Take "
        "noise from `keras.random` with `seed=self.seed_generator`.",
    )
