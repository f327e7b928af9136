"""Checks of lesson 2, How narrow?"""

from itertools import pairwise

import numpy as np

from autoencoders_edu.exercises.checks import _copiers, _cures, _sweeps, _tied
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_close, expect_keys, expect_number
from autoencoders_edu.exercises.registry import exercise

LAYOUTS = ("64-16-256-16-64", "64-256-64", "64-32-8-32-64", "64-64-64", "64-20-12-6-64")
NOISE = "white noise through 64-16-256-16-64"


@exercise(
    "02.1",
    "predict_rank",
    points=1,
    minutes=5,
    why="Whoever looks for the bottleneck in the wrong place believes that a model is narrow when it is not, or wide "
    "when it cannot be.",
    hints=(
        "Without activations each layer is a matrix, and the network is their product. What is the rank of a product?",
        "Follow a reconstruction backwards: the last matrix gets its input from the layer before. From how many "
        "dimensions can that come?",
        "White noise has as much variance in every direction. Of how many directions, and how many come back?",
    ),
    on_success="The narrowest layer decides, wherever it stands. Width behind it is room that nothing can fill.",
)
def check_predict_rank(probe):
    answer = probe.get("predict_rank")
    expect_keys(answer, (*LAYOUTS, NOISE), "predict_rank")
    predicted = {layout: expect_number(answer[layout], f'predict_rank["{layout}"]') for layout in LAYOUTS}
    networks = {layout: _random_network(layout, probe.rng) for layout in LAYOUTS}
    measured = {layout: int(np.linalg.matrix_rank(network)) for layout, network in networks.items()}
    _expect_ranks(predicted, measured)
    _expect_share(expect_number(answer[NOISE], f'predict_rank["{NOISE}"]'), _returned(networks[LAYOUTS[0]], probe.rng))


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
    "and has to go through those behind.": lambda widths: widths[len(widths) // 2],
    "You counted the widest layer. A wide layer can hold much, but it can only hand on what it was given.": max,
    "You counted the pixels. The network is a matrix of 64 x 64, but its rank can be less: it is a product.": (
        lambda widths: widths[0]
    ),
    "You counted the narrowest layer *between* the ends. The two ends belong to the network, too: no image of 64 "
    "pixels varies in more than 64 dimensions.": lambda widths: min(widths[1:-1]),
    "You counted the layer from which the output is drawn. It gets what it holds from the layers before it.": (
        lambda widths: widths[-2]
    ),
    "You counted the first layer behind the input. There may be a narrower one further on.": lambda widths: widths[1],
    "You added the layers' widths. They stand one behind the other, not side by side.": lambda widths: sum(
        widths[1:-1]
    ),
}


def _expect_ranks(predicted, measured):
    equation = "The rank of a product of matrices is at most the smallest of their ranks."
    for message, mistaken in RANK_MISTAKES.items():
        if predicted != measured and predicted == {layout: mistaken(_widths(layout)) for layout in predicted}:
            raise Failed(f"{message}\n{equation}")
    wrong = [
        f"{layout}: you predicted {predicted[layout]:g}; with random weights we measured "
        f"{'fewer' if measured[layout] < predicted[layout] else 'more'} dimensions."
        for layout in predicted
        if predicted[layout] != measured[layout]
    ]
    expect(not wrong, "\n".join([*wrong, equation]))


SHARE_MISTAKES = {
    "You gave a percentage. A share lies between 0 and 1.": 25,
    "You let all of the noise come back, because the code has room for it. Look at what stands before the code.": 1,
    "You gave the share that is lost.": 0.75,
    "You divided by the width of the code. The noise has as many dimensions as an image has pixels.": 16 / 256,
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


@exercise(
    "02.2",
    "tied_autoencoder",
    points=3,
    minutes=20,
    why="Tied weights stand in most older papers, and the usual ways to write them only look tied: after the first "
    "step of training the two matrices go apart.",
    hints=(
        "Count: three weights are asked for. Which of them does a Dense layer for the decoder bring along that you "
        "must not have?",
        "Create W once, with add_weight, and transpose it at the place where it is used. When does that line run: "
        "once, or each time that the model is called?",
        "A keras.Model of your own needs two methods: __init__, which makes the weights, and call, which uses them.",
    ),
    on_success="One matrix, used twice, and its gradient is the sum of both uses. It halves the weights; as lesson 2 "
    "measured, it does not stop a wide model from copying.",
)
def check_tied_autoencoder(probe):
    pixels = int(probe.rng.integers(5, 10))
    dim = int(probe.rng.choice([size for size in range(2, 13) if size != pixels]))
    model = probe.make("tied_autoencoder", pixels, dim)
    kind = model.kind
    expect(
        kind not in ("tuple", "list", "dict", "function", "NoneType"),
        f"tied_autoencoder should return one Keras model from x to x'. Received: a {kind}.",
    )
    x = probe.rng.normal(size=(int(probe.rng.integers(1, 6)), pixels)).astype("float32")
    model.call("", x)  # a model that makes its weights when it is first called has them now
    before = _tied.expect_weights(model, pixels, dim)
    after = _tied.replace_weights(model, probe.rng)
    _tied.expect_formula(model.call("", x), x, before, after)
    _tied.expect_step(model, x, after)


@exercise(
    "02.3",
    "find_knee",
    points=2,
    minutes=12,
    why="A choice made on the wrong curve looks just as neat as one made on the right curve. Nothing crashes.",
    hints=(
        "There is more than one fault, and no error message for any of them. Print what choose_broken computes, line "
        "by line, for the sweep above. Is its answer even one of the sizes?",
        "Lesson 2 says on which data choices are made, and on which axis the sizes stand in its figure.",
        "Why do the two curves in the figure part? Which of them can tell you that a model has begun to memorise?",
    ),
    on_success="Validation curve, logarithmic sizes, a size as the answer: three small faults, and none had crashed.",
)
def check_find_knee(probe):
    sweeps = _sweeps.draw_sweeps(probe.rng)
    answers = [
        expect_number(probe.call("find_knee", *sweep), "find_knee(dims, train_mse, val_mse)") for sweep in sweeps
    ]
    expected = [float(_sweeps.right(*sweep)) for sweep in sweeps]
    if answers == expected:
        return
    place = next(i for i, (answer, knee) in enumerate(zip(answers, expected, strict=True)) if answer != knee)
    received = f"For dims {sweeps[place][0].tolist()} received {answers[place]:.4g}, expected {expected[place]:g}."
    for message, rule in _sweeps.MISTAKES:
        expect(not np.allclose(answers, [rule(*sweep) for sweep in sweeps]), f"{message}\n{received}")
    raise Failed(
        "The knee is the size whose point on the validation curve lies farthest below the straight line from the "
        f"curve's first point to its last, over log(size).\n{received}"
    )


@exercise(
    "02.4",
    "is_copier",
    points=3,
    minutes=15,
    why="The loss cannot reveal a copier, so you need a test of your own, one that a small error does not impress.",
    hints=(
        "What does a copier do with an input that is not like its training data? And a model that knows its data?",
        "Make inputs that share nothing with the data but the values that each pixel may take.",
        "How much must come back? Measure the error against something: the variance of what you fed.",
    ),
    on_success="Your test unmasks clean copiers and sloppy ones, and lets a good model off although its error is tiny.",
)
def check_is_copier(probe):
    suspects, verdicts = _copiers.draw_suspects(probe.rng), {}
    for suspect in suspects:
        verdict = probe.call("is_copier", suspect, suspect.x)
        if np.shape(verdict) != () or np.asarray(verdict).dtype.kind != "b":
            raise Failed(f"is_copier should return True or False. Received: {brief(verdict)}.")
        verdicts[suspect.kind] = bool(verdict)
    wrong = [s for s in suspects if verdicts[s.kind] != s.copies]
    if wrong:
        lines = [f"{verdicts[s.kind]} for {s.about}; expected {s.copies}." for s in sorted(wrong, key=lambda s: s.kind)]
        raise Failed("\n".join([_copiers.misreading(suspects, verdicts), "Received:", *lines]))


@exercise(
    "02.5",
    "cured",
    points=4,
    minutes=25,
    why="To say that a model does not copy is cheap. Here you build one with all the room it needs to copy, and prove "
    "that it does not.",
    hints=(
        "`explained` compares two errors on the same inputs: that of the model, and that of the best constant image.",
        "Lesson 2 tries six remedies and shows which of them work. Two need no more than another class and one more "
        "argument.",
        "Too much of a remedy kills the digits as well. Print both shares after training, and turn its strength down "
        "or up.",
    ),
    on_success="256 numbers for 64 pixels, and yet noise does not come back. It is not the width that makes a copier, "
    "but having no reason to do better.",
)
def check_cured(probe):
    shape = (int(probe.rng.integers(20, 40)), *(int(n) for n in probe.rng.integers([3, 6], [6, 9])), 1)
    case = _cures.draw_case(probe.rng, shape)
    share = probe.call("explained", case, case.inputs)
    if case.fed_other_inputs and not np.allclose(share, case.share, rtol=1e-3):
        raise Failed(
            "explained(reconstruct, inputs) showed the function other images than the inputs it was given. A proof "
            f"about noise has to look at the noise.\nReceived {brief(share)}, expected {case.share:.4g}."
        )
    expect_close(
        share,
        case.share,
        because="explained = 1 - (mean of (x - x')^2) / (mean of (x - m)^2), with m the mean image of the inputs.",
        what="explained(reconstruct, inputs)",
        mistakes=case.mistakes,
    )
    _cures.expect_cured(probe.remote("cured"), probe.rng)
