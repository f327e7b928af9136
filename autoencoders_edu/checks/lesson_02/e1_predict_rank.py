"""02.1 predict_rank: how many dimensions a linear network's output can vary in."""

from itertools import pairwise

import numpy as np

from autoencoders_edu.exercises.expect import Failed, expect, expect_keys, expect_number, expect_rule
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "02.1",
    "predict_rank",
    points=1,
    minutes=5,
    why="If you look for the bottleneck in the wrong place, you believe that a model is narrow when it is not, or wide "
    "when it cannot be.",
    hints=(
        "Without activations each layer is a matrix, and the network is their product. What is the rank of a product?",
        "Follow a reconstruction backwards: the last matrix gets its input from the layer before. In how many "
        "dimensions can that vary?",
        "White noise has the same variance in every direction. How many directions are there, and how many come back?",
    ),
    on_success="In a linear network the narrowest layer decides, wherever it stands. Width after it is room that "
    "nothing can fill.",
)
def check_predict_rank(probe):
    answer = probe.get("predict_rank")
    expect_keys(answer, (*LAYOUTS, NOISE), "predict_rank")
    predicted = {layout: expect_number(answer[layout], f'predict_rank["{layout}"]') for layout in LAYOUTS}
    networks = {layout: _random_network(layout, probe.rng) for layout in LAYOUTS}
    measured = {layout: int(np.linalg.matrix_rank(network)) for layout, network in networks.items()}
    _expect_ranks(predicted, measured)
    _expect_share(expect_number(answer[NOISE], f'predict_rank["{NOISE}"]'), _returned(networks[LAYOUTS[0]], probe.rng))


LAYOUTS = ("64-16-256-16-64", "64-256-64", "64-32-8-32-64", "64-64-64", "64-20-12-6-64")
NOISE = "white noise through 64-16-256-16-64"


def _widths(layout):
    return [int(width) for width in layout.split("-")]


def _random_network(layout, rng):
    """The one matrix that a linear network with random weights amounts to."""
    widths = _widths(layout)
    layers = [rng.normal(size=shape) / np.sqrt(shape[0]) for shape in pairwise(widths)]
    return np.linalg.multi_dot(layers)


def _returned(network, rng):
    """The share of white noise that comes back if the network projects onto the directions which it can draw."""
    directions = np.linalg.qr(network[: np.linalg.matrix_rank(network)].T)[0].T  # as many of its rows span all of them
    noise = rng.normal(size=(800, network.shape[0]))
    return np.sum((noise @ directions.T) ** 2) / np.sum(noise**2)


RANK_MISTAKES = {
    "You counted the layer in the middle. The code may be wide: what it holds has come through the layers before it, "
    "and has to go through those after it.": lambda widths: widths[len(widths) // 2],
    "You counted the widest layer. A wide layer can hold much, but it can only pass on what it was given.": max,
    "You took the code's width. Nothing gets there but through the layer of 16.": (
        lambda widths: max(widths) if widths[1] == 16 else min(widths)
    ),
    "You counted the pixels. The network is a matrix of 64 x 64, but its rank can be less: it is a product.": (
        lambda widths: widths[0]
    ),
    "You counted the narrowest layer *between* the ends. The two ends belong to the network, too: no image of 64 "
    "pixels varies in more than 64 dimensions.": lambda widths: min(widths[1:-1]),
    "You counted the layer from which the output is drawn. It gets what it holds from the layers before it.": (
        lambda widths: widths[-2]
    ),
    "You counted the first layer after the input. There may be a narrower one further on.": lambda widths: widths[1],
    "You counted the middle layer, or the 64 pixels where that is wider. What the code holds has come through the "
    "layers before it, and has to go through those after it.": lambda widths: min(widths[len(widths) // 2], widths[0]),
    "You counted the first layer after the input, or the 64 pixels where that is wider. There may be a narrower one "
    "further on.": lambda widths: min(widths[1], widths[0]),
    "You counted the layer from which the output is drawn, or the 64 pixels where that is wider. It gets what it holds "
    "from the layers before it.": lambda widths: min(widths[-2], widths[0]),
    "You counted the narrowest layer from the input to the code. The decoder's layers may be narrower still.": (
        lambda widths: min(widths[: len(widths) // 2 + 1])
    ),
    "You counted the narrowest layer from the code to the output. The encoder's layers may be narrower still.": (
        lambda widths: min(widths[len(widths) // 2 :])
    ),
    "You counted one less than the narrowest layer. Nothing is centred here, so no dimension is lost.": (
        lambda widths: min(widths) - 1
    ),
    "You added the layers' widths. They come one after another, not side by side.": lambda widths: sum(widths[1:-1]),
}


def _expect_ranks(predicted, measured):
    wrong = [
        f"{layout}: you predicted {predicted[layout]:g}; with random weights we measured "
        f"{'fewer' if measured[layout] < predicted[layout] else 'more'} dimensions."
        for layout in predicted
        if predicted[layout] != measured[layout]
    ]
    expect_rule(
        list(predicted.values()),
        list(measured.values()),
        cases=[(_widths(layout),) for layout in predicted],
        mistakes=RANK_MISTAKES,
        otherwise="\n".join(wrong),
        example=lambda *_: "The rank of a product of matrices is at most the smallest of their ranks.",
    )


SHARE_MISTAKES = {
    "You gave a percentage. A share lies between 0 and 1.": 25,
    "You let all of the noise come back, because the code has room for it. Look at the layers before the code.": 1,
    "You gave the share that is lost.": 0.75,
    "You gave how many dimensions come back. The share is that number divided by all of them.": 16,
    "0.0625 is 16/256, and also a quarter of a quarter. The noise has 64 dimensions, as many as an image has pixels, "
    "not 256; and what has passed one layer of 16 can pass the other whole.": 16 / 256,
    "You let nothing of the noise come back. It points everywhere, so part of it points where the model can draw.": 0,
    "You divided the code's width by the number of pixels. Is the code the narrowest place?": 256 / 64,
}


def _expect_share(share, measured):
    if abs(share - measured) < 0.02:
        return
    for message, mistaken in SHARE_MISTAKES.items():
        expect(abs(share - mistaken) > 0.01, f"White noise. {message}")
    direction = "less" if measured < share else "more"
    raise Failed(
        f"White noise. You predicted a share of {share:g}; {direction} of it came back when we measured. "
        "Its variance is the same in every direction, and the best model returns as many directions as its rank."
    )
