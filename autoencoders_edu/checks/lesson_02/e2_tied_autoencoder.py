"""02.2 tied_autoencoder: one matrix, used in the encoder and, transposed, in the decoder."""

import re

import numpy as np

from autoencoders_edu.checks.shared.normal import lost_axis
from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.2",
    "tied_autoencoder",
    points=3,
    minutes=20,
    why="Most older papers tie their weights, and the usual ways to write that only look tied: after the first "
    "step of training the two matrices drift apart.",
    hints=(
        "A keras.Model of your own needs two methods: __init__, which makes the weights and begins with "
        "`super().__init__()`, and call, which uses them.",
        "Count: three weights are asked for. Which one more would a Dense layer for the decoder bring along, that you "
        "must not have?",
        "Create W once, with add_weight, and transpose it at the place where it is used. When does that line run: "
        "once, or each time that the model is called?",
    ),
    on_success="One matrix, used twice, and its gradient is the sum of both uses. It halves the weights; as lesson 2 "
    "measured, it does not stop a wide model from copying.",
)
def check_tied_autoencoder(probe):
    pixels = int(probe.rng.integers(5, 10))
    dim = int(probe.rng.choice([size for size in range(2, 13) if size != pixels]))
    try:
        _expect_tied(probe, pixels, dim)
    except LearnerError as error:
        reason = next((text for clue, text in EXPLAINED.items() if clue in str(error)), "")
        if re.search(rf"ncompatible shapes.*\D1, ?{pixels}\D+{pixels}, ?{dim}\D", str(error)):
            reason = NUMBER_BY_NUMBER
        if re.search(
            rf"size-incompatible.*\[1, ?{dim}\].*\[{pixels}, ?{dim}\]"
            rf"|contracting dimensions.*\({dim},\) and \({pixels},\)",
            str(error),
        ):
            reason = NOT_TRANSPOSED
        if not reason:
            raise
        raise Failed(f"{reason.format(pixels=pixels, dim=dim)}\n{error}") from None


EXPLAINED = {
    "no attribute 'T'": "Keras's weights and tensors have no .T: write keras.ops.transpose(W).",
    "No gradients provided": "No gradient reaches any weight. In call, compute with keras.ops: NumPy forgets where a "
    "number came from.",
    "super().__init__()": "The first line of __init__ has to be super().__init__(), before any weight is made.",
}
NUMBER_BY_NUMBER = (
    "x and W meet number by number, as `*` pairs them, and their shapes do not allow that. The matrix product x W is "
    "keras.ops.matmul(x, W)."
)
NOT_TRANSPOSED = (
    "A code of {dim} numbers meets a matrix with {pixels} rows. W has a row for each pixel; to multiply the code by "
    "it, transpose it: keras.ops.matmul(z, keras.ops.transpose(W))."
)
SEVERAL = (tuple, list, dict)


def _expect_tied(probe, pixels, dim):
    model, other = (_made(probe, pixels, dim) for _ in range(2))
    few, more = (
        probe.rng.normal(size=(rows, pixels)).astype("float32") for rows in (1, int(probe.rng.integers(6, 10)))
    )
    _first_called(probe, model, few)  # a model that makes its weights when it is first called has them now
    other.call("", few)
    before = expect_weights(model, pixels, dim)
    expect_start(before, more)
    others = other.call("get_weights")
    after = replace_weights(model, probe.rng)
    expect(
        all(map(np.array_equal, others, other.call("get_weights"))),
        "Two models made by tied_autoencoder share their weights: set those of one, and the other has changed as well. "
        "Make new weights for each model.",
    )
    expect_formula(_drawn(model, more), more, before, after)
    expect_formula(_called(model, few), few, before, after)
    expect_step(model, more, after)


def _first_called(probe, model, x):
    """Calls the model for the first time; `Failed` if that works for the notebook's sizes alone."""
    try:
        model.call("", x)
    except LearnerError as error:
        try:
            probe.make("tied_autoencoder", 64, 16).call("", np.zeros((1, 64), "float32"))
        except Exception:
            raise error from None
        raise Failed(
            "tied_autoencoder works for 64 pixels and a code of 16 numbers, as in the notebook, but not for other "
            f"sizes: are these numbers written into your code? Take the arguments, pixels and dim.\n{error}"
        ) from None


def _drawn(model, x):
    try:
        return _called(model, x)
    except LearnerError as error:
        raise Failed(
            f"Your model draws one image and fails with {len(x)} at a time: the size of a batch may differ from call "
            f"to call.\n{error}"
        ) from None


def _called(model, x):
    drawn = model.call("", x)
    kind = type(drawn).__name__
    expect(not isinstance(drawn, SEVERAL), f"Your model returns a {kind} of {len(drawn)}. Return x' alone, one array.")
    return drawn


def _made(probe, pixels, dim):
    model = probe.make("tied_autoencoder", pixels, dim)
    kind = model.kind
    expect(kind != "type", "You returned a class where a model was asked for: call the class, as in `return Tied()`.")
    expect(
        kind not in ("tuple", "list", "dict", "function", "NoneType"),
        f"tied_autoencoder should return one Keras model from x to x'. Received: a {kind}.",
    )
    return model


FORMULA = "The model is z = x W + b, x' = z W^T + c, with the same W in both places and no activation."
RATE = 0.01  # the learning rate of Keras's "sgd"


def expect_weights(model, pixels, dim):
    """The trainable weights as [W, b, c], or `Failed`."""
    trainable, every = model.get("trainable_weights"), model.call("get_weights")
    found = [np.shape(weight) for weight in trainable]
    wanted = [(pixels, dim), (dim,), (pixels,)]
    if sorted(found) == sorted(wanted) and len(every) == len(wanted):
        return [trainable[found.index(shape)] for shape in wanted]
    reason = _wrong_weights(trainable, every, pixels, dim)
    raise Failed(
        f"{reason}\nExpected for {pixels} pixels and a code of {dim}: W {wanted[0]}, b {wanted[1]}, c {wanted[2]}, all "
        f"trainable. Received trainable weights of shapes {', '.join(map(str, found)) or '(none)'}."
    )


def _wrong_weights(trainable, every, pixels, dim):
    """Why these are not the three weights of a tied model."""
    if not trainable:
        return (
            "Keras knows of no trainable weight in your model. It counts and trains what self.add_weight makes, not a "
            "tf.Variable or a NumPy array."
        )
    shapes = [np.shape(weight) for weight in trainable]
    kernels = [np.asarray(w) if np.shape(w) == (pixels, dim) else np.transpose(w) for w in trainable if np.ndim(w) == 2]
    if len(kernels) > 1:
        return _two_kernels(kernels)
    if kernels and len(every) > len(trainable) and sum(np.ndim(weight) == 2 for weight in every) > 1:
        return (
            "Besides W the model keeps a second matrix that is not trained. A copy made once stays behind when "
            "training changes W, and one made anew in each call passes no gradient on. Use W itself, transposed."
        )
    if (dim, pixels) in shapes:
        return "Your matrix lies on its side: W has a row for each pixel and a column for each number of the code."
    if (pixels, dim) in map(np.shape, every) and not kernels:
        return "W is not trainable: it would stay as it was made."
    if sorted(map(np.shape, every)) == sorted([(pixels, dim), (dim,), (pixels,)]):
        return "Your model has all three weights, but not all of them are trainable."
    if len(kernels) == 1 and kernels[0].shape != (pixels, dim):
        shape = next(shape for shape in shapes if len(shape) == 2)
        return (
            f"W should have the shape (pixels, dim), here {(pixels, dim)}; yours has {shape}. Does your code take both "
            "sizes from its arguments?"
        )
    alone = "Only the matrices are tied: each side has a bias of its own, a weight made by self.add_weight."
    missing = [
        name for name, size in {"b of the encoder": dim, "c of the decoder": pixels}.items() if (size,) not in shapes
    ]
    if missing and any(np.size(weight) == 1 for weight in trainable):
        return (
            "A bias of your model is a single number. It should have one for each value that it is added to: b has "
            f"{dim}, c has {pixels}."
        )
    if missing:
        return f"Among the model's trainable weights there is no bias {' and no bias '.join(missing)}. {alone}"
    return "A tied model has three weights, one matrix and two biases."


def _two_kernels(kernels):
    first, second = kernels[:2]
    if first.shape == second.shape and np.allclose(first, second, atol=1e-6):
        return (
            "The decoder has a matrix of its own, which merely starts as the transpose of the encoder's. After one "
            "step of training they differ: tied means one matrix."
        )
    return "The decoder has a matrix of its own, with values of its own: these are two untied layers."


def expect_start(weights, x):
    """The weights that the model is made with can be trained, or `Failed`."""
    kernel, b, c = (np.asarray(weight, float) for weight in weights)
    expect(
        bool(np.abs(sum(_gradients(x, kernel, b, c))).max() > 1e-9),
        "W starts at zero, where its gradient is zero as well: training never moves it. Start it at random, for "
        'instance with initializer="glorot_uniform".',
    )
    expect(
        bool(np.ptp(kernel, axis=1).max() > 1e-9),
        "All columns of W start with the same values. They then get the same gradient and stay equal, so the whole "
        'code says one thing only. Start W at random, for instance with initializer="glorot_uniform".',
    )


def _gradients(x, kernel, b, c):
    """The gradient of the mean squared error for W: the term of its use in the encoder, that of the decoder."""
    z = x @ kernel + b
    error = 2 * (z @ kernel.T + c - x) / x.size
    return x.T @ (error @ kernel), error.T @ z


def replace_weights(model, rng):
    """Gives the model random weights; returns them as [W, b, c]."""
    shapes = [np.shape(weight) for weight in model.call("get_weights")]
    weights = [rng.normal(size=shape).astype("float32") for shape in shapes]
    kernel = next(weight for weight in weights if weight.ndim == 2)
    for bias in weights:
        if bias.ndim == 1:
            bias[:2] = -abs(bias[0]), abs(bias[1])  # so that a relu shows
    biases = {len(weight): weight for weight in weights if weight.ndim == 1}
    model.call("set_weights", weights)
    return [kernel, biases[kernel.shape[1]], biases[kernel.shape[0]]]


def expect_formula(drawn, x, before, after):
    """The output with new weights, or `Failed`; `before` are the weights that the model was made with."""
    kernel, b, c = (weight.astype(float) for weight in after)
    z = x @ kernel + b
    expect_close(
        drawn,
        z @ kernel.T + c,
        because=FORMULA,
        what="With weights of ours in your model, its output",
        mistakes=lost_axis(z @ kernel.T + c)
        | _mistaken_outputs(x, kernel, b, c, np.asarray(before[0], float))
        | _scaled(drawn, z @ kernel.T, c),
    )


def _mistaken_outputs(x, kernel, b, c, old):
    """From messages to outputs of models that are wrong in one place."""
    z, unit = x @ kernel + b, kernel / np.linalg.norm(kernel, axis=0)
    activation = "There is an activation: a linear model was asked for, whose code may be negative or above 1."
    return {
        "W was replaced, but the decoder still uses the matrix it saw when the model was built: you transposed it "
        "once, and the result is a constant. Transpose it each time that the model is called.": z @ old.T + c,
        "Your decoder uses the pseudo-inverse of W, which undoes the encoder. Tied weights are transposed instead.": z
        @ np.linalg.pinv(kernel)
        + c,
        "You reshaped W where it has to be transposed. A reshape keeps the numbers in their order in memory; "
        "keras.ops.transpose exchanges rows and columns.": z @ kernel.reshape(kernel.T.shape) + c,
        "You divided the columns of W by their lengths. The formula has W as it is.": ((x @ unit + b) @ unit.T + c),
        "The encoder's bias is missing from what the decoder gets: it is never added, or it is subtracted again.": (
            x @ kernel @ kernel.T + c
        ),
        "The encoder's bias is added twice. The decoder has its own bias, c.": (z + b) @ kernel.T + c,
        "The decoder's bias c is a weight of the model, but never added.": z @ kernel.T,
        "You subtract c from the input before encoding, as PCA does with the mean. Here c is for the output only.": (
            ((x - c) @ kernel + b) @ kernel.T + c
        ),
        f"{activation} (A relu, on the code.)": np.maximum(z, 0) @ kernel.T + c,
        f"{activation} (A sigmoid, on the code.)": 1 / (1 + np.exp(-z)) @ kernel.T + c,
        f"{activation} (An elu, on the code.)": np.where(z > 0, z, np.expm1(np.minimum(z, 0))) @ kernel.T + c,
        f"{activation} (A tanh, on the code.)": np.tanh(z) @ kernel.T + c,
        f"{activation} (A relu, on x W, before b is added.)": (np.maximum(x @ kernel, 0) + b) @ kernel.T + c,
        f"{activation} (A relu, on z W^T, before c is added.)": np.maximum(z @ kernel.T, 0) + c,
        f"{activation} (A relu, on the bias b.)": (x @ kernel + np.maximum(b, 0)) @ kernel.T + c,
        f"{activation} (A relu, on the bias c.)": z @ kernel.T + np.maximum(c, 0),
        f"{activation} (A relu, on both biases.)": (x @ kernel + np.maximum(b, 0)) @ kernel.T + np.maximum(c, 0),
        f"{activation} (A relu, on W.)": (x @ np.maximum(kernel, 0) + b) @ np.maximum(kernel, 0).T + c,
        f"{activation} (A relu, on the output.)": np.maximum(z @ kernel.T + c, 0),
        f"{activation} (A sigmoid, on the output.)": 1 / (1 + np.exp(-(z @ kernel.T + c))),
    }


def _scaled(drawn, back, c):
    """From messages to outputs with a number too many, the one that fits best.

    Args:
        drawn: the model's output.
        back: z W^T.
        c: the decoder's bias.
    """
    if np.shape(drawn) != back.shape or np.asarray(drawn).dtype.kind != "f":
        return {}
    code, output = (float(np.sum((drawn - b) * a) / np.sum(a**2)) for a, b in ((back, c), (back + c, 0)))
    return {
        f"The code, or what the decoder makes of it, is multiplied by {code:.3g}. The formula has no such number.": (
            code * back + c
        ),
        f"The output is multiplied by {output:.3g}. The formula has no such number.": output * (back + c),
    }


CONSTANT = "NumPy, for one, takes W out of the gradient: use keras.ops.transpose."


def expect_step(model, x, weights):
    """One step of plain gradient descent moves W as both of its uses ask, or `Failed`."""
    kernel, b, c = (weight.astype(float) for weight in weights)
    model.call("compile", optimizer="sgd", loss="mse", run_eagerly=True)
    model.call("train_on_batch", x, x)
    new = next(weight for weight in model.call("get_weights") if np.ndim(weight) == 2)
    encoding, decoding = _gradients(x, kernel, b, c)
    half = "In a step of gradient descent W follows only its use in the {}: the other use gives it no gradient."
    expect_close(
        (kernel - new) / RATE,
        encoding + decoding,
        because="W appears in the formula twice, so its gradient is the sum of two terms, one for each use. Nothing "
        "else belongs into the training: no Dropout, no penalty.",
        what="The step that W makes in training (divided by the learning rate)",
        mistakes={f"{half.format('encoder')} {CONSTANT}": encoding, half.format("decoder"): decoding},
        rtol=1e-2,
        atol=1e-3 * max(1, np.abs(encoding + decoding).max()),
    )
