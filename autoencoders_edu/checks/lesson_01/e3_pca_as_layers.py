"""01.3 pca_as_layers: the weights of two Dense layers that do what PCA does."""

import numpy as np

from autoencoders_edu.checks.shared.sizes import call_for_any_size
from autoencoders_edu.exercises.expect import Failed, LearnerError, brief, expect, expect_array, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "01.3",
    "pca_as_layers",
    points=3,
    minutes=12,
    why="A linear autoencoder is PCA only if its biases subtract the mean and add it back. Here you choose them.",
    hints=(
        "Write PCA's code as (x - mean) @ components.T and multiply it out. Which part does not depend on x?",
        "The decoder: what should it draw when the code is all zeros?",
        "Four shapes: (pixels, d), (d,), (d, pixels), (pixels,). A bias has the shape of what its layer returns.",
    ),
    on_success="Two matrices and two biases: PCA is an autoencoder, and you know weights that training may find.",
)
def check_pca_as_layers(probe):
    for dim in (int(probe.rng.integers(2, 5)), 1):
        pixels, n = (int(number) for number in probe.rng.integers([6, 2], [13, 8]))
        components = np.linalg.qr(probe.rng.normal(size=(pixels, dim)))[0].T
        mean, x = probe.rng.uniform(0.2, 1, pixels), probe.rng.uniform(0, 1, (n, pixels))
        _expect_layers(_four_weights(_called(probe, mean, components), mean, components), x, mean, components)


_OF_CLOTHES = (np.full(784, 0.3), np.eye(8, 784))


def _called(probe, mean, components):
    dim, pixels = components.shape
    try:
        return call_for_any_size(probe, "pca_as_layers", (mean, components), _OF_CLOTHES, "a code of 8 numbers")
    except LearnerError as error:
        if f"size {dim} is different from {pixels}" not in str(error):
            raise
        raise Failed(
            "The sizes of a matrix product do not fit: what stands left of the @ needs as many columns as what stands "
            f"right of it has rows. mean has shape ({pixels},), components ({dim}, {pixels}), components.T ({pixels}, "
            f"{dim}).\n{error}"
        ) from None


def _expect_layers(weights, x, mean, components):
    kernel, bias, decoder_kernel, decoder_bias = weights
    back_again = decoder_kernel @ kernel
    _expect_no_reshape(kernel, decoder_kernel, components)
    expect(
        np.allclose(back_again, np.eye(len(components)), atol=1e-3),
        "The decoder does not undo the encoder: draw a code, describe the drawing, and that code should come back. "
        "If you rescale or turn the code in one layer, turn it back in the other.\n"
        f"decoder_kernel @ encoder_kernel should be the identity matrix. Received {brief(back_again)}.",
    )
    expect_close(
        (x @ kernel + bias) @ decoder_kernel + decoder_bias,
        mean + (x - mean) @ components.T @ components,
        because="PCA draws x' = mean + (x - mean) @ components.T @ components.",
        what="What your two layers draw from new images",
        mistakes=_mistaken_signs(weights, x, mean, components)
        | _mistaken_drawings(x, mean, components)
        | _other_directions(weights, x, components),
    )


def _expect_no_reshape(kernel, decoder_kernel, components):
    """Fails for a matrix that was reshaped where it should have been transposed."""
    for name, received, right in (
        ("encoder_kernel", kernel, components.T),
        ("decoder_kernel", decoder_kernel, components),
    ):
        for matrix in (components, components.T):
            reshaped = matrix.reshape(right.shape)
            expect(
                np.allclose(reshaped, right) or not np.allclose(received, reshaped, atol=1e-6),
                f"{name} is a reshape where a transpose was needed. It has the right shape, but a reshape keeps the "
                "numbers in their order in memory and cuts them into other rows; components.T exchanges rows and "
                "columns.",
            )


def _other_directions(weights, x, components):
    """What is drawn, under the message that its directions are not PCA's, if they are not."""
    kernel, bias, decoder_kernel, decoder_bias = weights
    stray = decoder_kernel - decoder_kernel @ components.T @ components
    if np.abs(stray).max() < 1e-3 * np.abs(decoder_kernel).max():
        return {}
    message = (
        "Your decoder draws in other directions than PCA: the rows of decoder_kernel do not lie in the space that the "
        "rows of components span. Are the components used at all?"
    )
    return {message: (x @ kernel + bias) @ decoder_kernel + decoder_bias}


def _four_weights(answer, mean, components):
    """The answer as four arrays whose shapes fit each other."""
    dim, pixels = components.shape
    what = "pca_as_layers should return (encoder_kernel, encoder_bias, decoder_kernel, decoder_bias)."
    expect(isinstance(answer, (list, tuple)) and len(answer) == 4, f"{what} Received: {brief(answer)}.")
    kernel, bias, decoder_kernel, decoder_bias = answer
    expect(
        [np.ndim(each) for each in answer] == [2, 1, 2, 1]
        or sorted(map(np.shape, answer)) != sorted([(pixels, dim), (dim,), (dim, pixels), (pixels,)]),
        f"The four arrays have the right shapes, but stand in another order. {what} Received the shapes "
        f"{', '.join(str(np.shape(each)) for each in answer)}.",
    )
    expect(np.shape(kernel) != (pixels, pixels), f"A code of all {pixels} pixels is no code: it has d={dim} numbers.")
    for star in (mean * components, (mean * components).T):
        expect(
            np.shape(bias) != star.shape or dim == 1 or not np.allclose(np.abs(bias), np.abs(star), atol=1e-6),
            f"encoder_bias is made with `*`, which multiplies number by number. A matrix product is written @. "
            f"Expected shape ({dim},), received {brief(bias)}.",
        )
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


def _mistaken_signs(weights, x, mean, components):
    """From messages to what is drawn when the mean is added once more, by the encoder or otherwise."""
    kernel, bias, _, _ = weights
    onto = components.T @ components
    drawn = (x + mean) @ onto + mean
    if np.allclose(bias, mean @ kernel, rtol=1e-3, atol=1e-5):
        return {"The encoder's bias has the wrong sign: it adds the mean once more instead of subtracting it.": drawn}
    return {
        "In what is drawn, mean @ components.T @ components is added where it should be subtracted: a sign is wrong in "
        "one of the biases.": drawn
    }


def _mistaken_drawings(x, mean, components):
    """From messages to what is drawn when the mean is treated wrongly."""
    onto = components.T @ components
    drawn, mean_drawn = x @ onto, mean @ onto
    return {
        "The mean is missing: both biases act as if it were zero, which it hardly ever is for pixels.": drawn,
        "The mean is added back, but it was never subtracted: the encoder describes x where PCA describes x - mean.": (
            drawn + mean
        ),
        "The encoder subtracts the mean, but the decoder does not add it back, so a code of zeros does not draw it.": (
            drawn - mean_drawn
        ),
        "The decoder subtracts the mean a second time instead of adding it back.": drawn - mean_drawn - mean,
        "The encoder subtracts one number, the mean of the mean image. Its bias is the code of the mean image, with "
        "the sign reversed: -mean @ components.T.": (x @ components.T - mean.mean()) @ components + mean,
        "Encoder and decoder both make up for the mean: one correction too many.": drawn - 2 * mean_drawn + mean,
    }
