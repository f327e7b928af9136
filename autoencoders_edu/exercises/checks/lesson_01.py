"""Checks of lesson 1, Copying through a bottleneck."""

import numpy as np

from autoencoders_edu.exercises.checks._drawings import (
    CASES,
    WORDS,
    Reading,
    batch_with,
    digits,
    misconception,
)
from autoencoders_edu.exercises.checks._linear_training import (
    data_of_few_directions,
    error_of,
    smallest_error,
    symptom,
    three_parts,
)
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_array, expect_close, expect_number
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.1",
    "predict_rescaling",
    points=1,
    minutes=4,
    why="Errors are compared across papers and data sets; one has to know which changes of the data move them.",
    hints=(
        "Take one pixel x and its drawing x'. What becomes of the difference x - x' when the images change?",
        "If PCA could draw the old images that well, how well can it draw the new ones? It is fitted anew, remember.",
        "Where in PCA's formulas does it say which pixels are neighbours?",
    ),
    on_success="The task stayed as hard as it was, yet one of the errors moved: never give an error without its scale.",
)
def check_predict_rescaling(probe):
    answer, measured = probe.get("predict_rescaling"), _measured_factors(probe.rng)
    if not isinstance(answer, dict) or set(answer) != set(measured):
        raise Failed(
            f"predict_rescaling should be a dict with the keys {', '.join(measured)}. Received: {brief(answer)}."
        )
    wrong = []
    for change, truth in measured.items():
        factor = expect_number(answer[change], f'predict_rescaling["{change}"]')
        if abs(factor - truth) > 0.02:
            direction = "larger" if factor < truth else "smaller"
            wrong.append(f'"{change}": you predicted {factor:g}; the factor measured on digits is {direction}. ')
            wrong[-1] += _misreading(change, factor, truth)
    expect(
        not wrong, "\n".join([*wrong, "The error is the mean of (x - x')^2, and the factor the new one / the old one."])
    )


def _measured_factors(rng):
    """What the test error of PCA with 8 numbers is multiplied by: measured, on digits drawn anew."""
    x = digits().x_train
    images = x[rng.choice(len(x), 300, replace=False)].reshape(300, -1).astype(float)
    order = rng.permutation(images.shape[1])
    changed = {"negative": 1 - images, "doubled": 2 * images, "shuffled": images[:, order]}
    return {change: _pca_error(x) / _pca_error(images) for change, x in changed.items()}


def _pca_error(images):
    from sklearn.decomposition import PCA

    train, test = images[:200], images[200:]
    pca = PCA(8, svd_solver="covariance_eigh").fit(train)
    return np.mean((test - pca.inverse_transform(pca.transform(test))) ** 2)


def _misreading(change, factor, truth):
    """The misconception behind a wrong factor, in a sentence or two."""
    if factor < 0:
        return "A mean of squares is never negative, so no factor between two of them can be."
    if change == "negative":
        return "Whether a picture is bright or dark is not what counts: what becomes of the 1 in (1 - x) - (1 - x')?"
    if change == "shuffled":
        return (
            "To PCA an image is a list of numbers. It never learns which pixels are neighbours, so it cannot miss them."
        )
    if factor < 0.9:
        return "That is the old error divided by the new one, or you expect larger numbers to be drawn more exactly."
    if abs(factor - 1) < 0.1:
        return "PCA adapts to brighter images, but its error is no percentage: it is measured in units of the pixels."
    if abs(factor - np.sqrt(truth)) < 0.1:
        return "The differences grow by this factor, but the error is made of their squares."
    return "The difference x - x' doubles. What does squaring make of that?"


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


@exercise(
    "01.3",
    "pca_as_layers",
    points=3,
    minutes=12,
    why="A linear autoencoder is PCA only if its biases take the mean off and put it back: you place them here.",
    hints=(
        "Write PCA's code as (x - mean) @ components.T and multiply it out. Which part does not depend on x?",
        "The decoder: what should it draw when the code is all zeros?",
        "Four shapes: (pixels, d), (d,), (d, pixels), (pixels,). A bias has the shape of what its layer returns.",
    ),
    on_success="Two matrices and two biases: PCA is an autoencoder, and you know weights that training may find.",
)
def check_pca_as_layers(probe):
    pixels, dim, n = probe.rng.integers([6, 1, 2], [13, 5, 8])
    components = np.linalg.qr(probe.rng.normal(size=(pixels, dim)))[0].T
    mean, x = probe.rng.uniform(0.2, 1, pixels), probe.rng.uniform(0, 1, (n, pixels))
    answer = probe.call("pca_as_layers", mean, components)
    kernel, bias, decoder_kernel, decoder_bias = _four_weights(answer, int(pixels), int(dim))
    back_again = decoder_kernel @ kernel
    expect(
        np.allclose(back_again, np.eye(dim), atol=1e-3),
        "The decoder does not undo the encoder: draw a code, describe the drawing, and that code should come back. "
        "If you rescale or turn the code in one layer, turn it back in the other.\n"
        f"decoder_kernel @ encoder_kernel should be the identity matrix. Received {brief(back_again)}.",
    )
    expect_close(
        (x @ kernel + bias) @ decoder_kernel + decoder_bias,
        mean + (x - mean) @ components.T @ components,
        because="PCA draws x' = mean + (x - mean) @ components.T @ components.",
        what="What your two layers draw from new images",
        mistakes=_mistaken_drawings(x, mean, components.T @ components),
    )


def _four_weights(answer, pixels, dim):
    """The answer as four arrays whose shapes fit each other."""
    what = "pca_as_layers should return (encoder_kernel, encoder_bias, decoder_kernel, decoder_bias)."
    expect(isinstance(answer, (list, tuple)) and len(answer) == 4, f"{what} Received: {brief(answer)}.")
    kernel, bias, decoder_kernel, decoder_bias = answer
    dense = f" A Dense layer computes x @ kernel, so the shape of a kernel is (inputs, outputs). {pixels=}, d={dim}."
    added = f" It is added to codes of {dim} numbers: what is the code of the mean image?"
    for value, shape, name, why in (
        (kernel, (pixels, dim), "encoder_kernel", dense),
        (bias, (dim,), "encoder_bias", added),
        (decoder_kernel, (dim, pixels), "decoder_kernel", dense),
        (decoder_bias, (pixels,), "decoder_bias", " It is added to drawings."),
    ):
        expect(np.shape(value) == shape, f"{name} should have shape {shape}. Received: {brief(value)}.{why}")
    return [expect_array(value, np.shape(value), "Each of the four") for value in answer]


def _mistaken_drawings(x, mean, onto):
    """From messages to what is drawn when the mean is treated wrongly; `onto` projects onto the components."""
    drawn, mean_drawn = x @ onto, mean @ onto
    return {
        "The mean is nowhere: both biases act as if it were zero, as it hardly is for pixels.": drawn,
        "The mean is put back, but it was never taken off: the encoder describes x where PCA describes x - mean.": (
            drawn + mean
        ),
        "The encoder's bias has the wrong sign: it adds the mean once more instead of taking it off.": (
            drawn + mean_drawn + mean
        ),
        "The encoder takes the mean off, and nobody puts it back: a code of zeros should draw the mean image.": (
            drawn - mean_drawn
        ),
        "The decoder takes the mean off a second time instead of putting it back.": drawn - mean_drawn - mean,
        "Encoder and decoder both make up for the mean: one correction too many.": drawn - 2 * mean_drawn + mean,
    }


@exercise(
    "01.4",
    "read_reconstruction",
    points=2,
    minutes=15,
    why="A bad loss does not say what is wrong. The drawings do, and each kind of trouble needs another cure.",
    hints=(
        "Begin with the scale, for it disturbs every other comparison: how far do the drawings reach, how far does x?",
        "A dead encoder: how much does one pixel of the drawings vary from image to image, that is along axis 0?",
        "Wrong order: compare each drawing with all originals of the batch. Which one does it resemble most?",
    ),
    on_success="You read drawings and not only a loss: the first thing to do when a training disappoints.",
)
def check_read_reconstruction(probe):
    readings = []
    for truth, manner in probe.rng.permutation(CASES).tolist():
        x, drawings = (images.astype("float32") for images in batch_with(probe.rng, truth, manner))
        answer = probe.call("read_reconstruction", x, drawings)
        expect(
            isinstance(answer, str) and answer in WORDS,
            f"read_reconstruction should return one of {', '.join(map(repr, WORDS))}. Received: {brief(answer)}.",
        )
        readings.append(Reading(truth, manner, answer, np.mean((x - drawings) ** 2), x.shape))
    if all(reading.answer == reading.truth for reading in readings):
        return
    message, example = misconception(readings)
    raise Failed(
        f"{message}\nFor instance a batch of shape {example.shape} ({example.manner}): received "
        f'"{example.answer}", expected "{example.truth}".'
    )


@exercise(
    "01.5",
    "train_linear",
    points=3,
    minutes=20,
    why="Wrong training code seldom crashes. It runs, the loss may fall, and only a known optimum gives it away.",
    hints=(
        "Print the shapes: what should the mean of the data look like, one number an image or one number a pixel?",
        "Compare encoder and decoder before and after training: which has learnt anything? The error reaches the codes "
        "through the decoder: error @ decoder.T has one row an image and one column a number of the code.",
        "Print the first input and the first target of a step. How alike should they be in an autoencoder?",
    ),
    on_success="As good as PCA, by gradient descent written by hand: no library, and nothing left to believe.",
)
def check_train_linear(probe):
    x, dim = data_of_few_directions(probe.rng)
    seed = int(probe.rng.integers(1000))
    trained = three_parts(probe.call("train_linear", x, dim, seed=seed), x, dim)
    error, best, laziest = error_of(x, *trained), smallest_error(x, dim), np.var(x, axis=0).mean()
    if error > 1.025 * best:  # careful training ends within 1 %
        reason = symptom(x, trained, lambda: probe.call("train_linear", x, dim, steps=1, seed=seed)[1])
        raise Failed(
            f"{reason}\nThe mean of (x - x')^2, x' = mean + (x - mean) @ encoder @ decoder, should come near PCA's. "
            f"Received {brief(error)}, expected {brief(best)}. (Drawing the mean image alone: {brief(laziest)}.)"
        )
