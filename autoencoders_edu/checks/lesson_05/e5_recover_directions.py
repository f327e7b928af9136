"""05.5 recover_directions: hidden directions in superposition, found by a sparse autoencoder."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.lesson_05.directions import cosines, mean_max_cosine, unit
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "05.5",
    "recover_directions",
    points=3,
    minutes=20,
    why="It shows what a sparse autoencoder can do if the world is made the way it assumes. It does not show that a "
    "real network is made that way.",
    hints=(
        "A linear decoder adds up one direction per unit, weighted by the code: x' = sum_j z_j d_j + bias. Where does "
        "Keras's Dense keep the d_j, and in which axis?",
        "Each example is a sum of exactly k directions. Which of the three kinds of sparsity in ae.sparsity can be "
        "told k itself?",
        "If the score stays between 0.5 and 0.9, train longer or in larger steps: the default of Adam, 0.001, is slow "
        "here.",
    ),
    on_success="More directions than dimensions, and a sparse autoencoder found them. It was told k, and the world was "
    "made for it.",
)
def check_recover_directions(probe):
    return partial(_expect_recovered, probe)


BAR = 0.9
N, K = 4000, 4


def _expect_recovered(probe):
    x, hidden = draw_superposition(probe.rng)
    units = 2 * len(hidden)
    answer = probe.call("recover_directions", x, units, K)
    learned = _directions(answer, x, units, hidden)
    score = mean_max_cosine(learned, hidden)
    random = mean_max_cosine(probe.rng.normal(size=learned.shape), hidden)
    expect(
        score >= BAR,
        f"{_diagnosed(learned, x, hidden, score, random)}\nThe mean max cosine with the {len(hidden)} hidden "
        f"directions is {score:.3f}, expected at least {BAR}. As many random directions reach {random:.3f}. "
        f"{np.sum(cosines(learned, hidden).max(axis=1) > BAR)} of the hidden directions have a learned one with a "
        f"cosine above {BAR}.",
    )


def draw_superposition(rng):
    """(x, hidden): examples (N, dims), each a sum of K of the hidden directions (3 dims / 2, dims)."""
    dims = 2 * int(rng.integers(12, 16))
    hidden = unit(rng.normal(size=(3 * dims // 2, dims)))
    for _ in range(60):  # pushes those apart that are close to each other
        gram = hidden @ hidden.T - np.eye(len(hidden))
        hidden = unit(hidden - 0.3 * np.sign(gram) * np.abs(gram) ** 5 @ hidden)
    chosen = rng.permuted(np.tile(np.arange(len(hidden)), (N, 1)), axis=1)[:, :K]
    amounts = np.zeros((N, len(hidden)))
    np.put_along_axis(amounts, chosen, rng.uniform(0.8, 1.2, (N, K)), axis=1)
    return (amounts @ hidden).astype("float32"), hidden


ROWS = "recover_directions(x, units, k) should return an array of shape (units, d), one direction per row."


def _directions(answer, x, units, hidden):
    """The answer as an array (units, d), or `Failed`."""
    n, dims = x.shape
    if isinstance(answer, (list, tuple)) and len({np.shape(part) for part in answer}) > 1:
        shapes = ", ".join(str(np.shape(part)) for part in answer[:6])
        raise Failed(
            f"You returned a {type(answer).__name__} of arrays of shapes {shapes}, such as all weights of a "
            f"layer. {ROWS}"
        )
    array = as_numbers(answer)
    if array is None:
        raise Failed(f"{ROWS} Received: {brief(answer)}.")
    shape = array.shape
    received = f"For x of shape {x.shape} and units={units} received an array of shape {shape}."
    expect(np.isfinite(array).all(), f"Your directions are not all finite: there are nan or infinities. {ROWS}")
    if shape == (dims, units):
        score = mean_max_cosine(array.T, hidden)
        verdict = (
            "The directions are right, but they stand in the columns: return them as rows."
            if score >= BAR
            else f"There is one column per unit, as in an encoder's kernel. Read as directions, the columns reach "
            f"{score:.3f}, and {BAR} is asked for. What a unit adds to the reconstruction is in the decoder."
        )
        raise Failed(f"{verdict} {ROWS}\n{received}")
    told = {
        (n, units): "You returned one row per example, with one number per unit, like codes. ",
        (n, dims): "You returned one row per example, of the size of x. ",
        (units,): "You returned one number per unit. ",
        (dims,): "You returned one number per dimension. ",
    }
    expect(shape == (units, dims), f"{told.get(shape, _wrong_count(shape, units, dims))}{ROWS}\n{received}")
    return array


def _wrong_count(shape, units, dims):
    if len(shape) == 2 and shape[1] == dims:
        return f"You returned {shape[0]} directions, and {units} are asked for. "
    if len(shape) == 2 and shape[0] == units:
        return f"Your directions have {shape[1]} numbers each, and the examples have {dims}. "
    return ""


def _diagnosed(learned, x, hidden, score, random):
    """What can be said for certain of directions that are not good enough."""
    live = learned[np.any(learned != 0, axis=1)]
    if not len(live):
        return "All your directions are zero."
    if mean_max_cosine(-learned, hidden) >= BAR:
        return (
            "Your directions are right, but they point the opposite way. Codes are not negative, so the sign counts: x "
            "is a sum of the hidden directions, not of their opposites."
        )
    if _are_examples(live, x):
        return (
            "Each of your directions is an example, or a multiple of one. An example is the sum of k hidden "
            "directions, so it has a cosine of about 1 / sqrt(k) with each of them."
        )
    table = np.abs(cosines(live, live))
    if np.all(table > 0.999):
        return "All your directions are the same one, or its opposite."
    if np.all((table < 1e-3) | (table > 0.999)):
        return (
            "Your directions are at right angles to each other (those left out that are the same, or opposite), as "
            "those of PCA are. There can be only as many of them as dimensions, and the hidden ones are more."
        )
    if 3 * len(live) < len(hidden) * 2:
        return f"Only {len(live)} of your {len(learned)} directions are not all zeros. The other rows find nothing."
    if score < random + 0.1:
        return (
            "Your directions are hardly better than random ones. An autoencoder that is hardly trained, or trained "
            "without sparsity, ends like that: nothing then ties a unit to one direction."
        )
    return "Your directions are better than random ones, and not good enough."


def _are_examples(live, x):
    """Whether every row is a multiple of a row of x."""
    nearest = np.abs(unit(live[:50]) @ unit(x).T).max(axis=1)
    return bool(np.all(nearest > 1 - 1e-6))
