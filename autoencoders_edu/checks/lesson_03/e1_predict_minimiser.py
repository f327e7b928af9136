"""03.1 predict_minimiser: which constant has the smallest mean loss, for five losses."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.1",
    "predict_minimiser",
    points=1,
    minutes=6,
    why="A trained decoder draws what its loss rewards. What a blurred output means is decided by the loss.",
    hints=(
        "Set the derivative of the mean loss to zero. For which c do the pulls of all x cancel?",
        "The derivative of |x - c| is +1 or -1 however far x is. How many x must lie on each side for these to cancel?",
        "In the last loss, call log x something else, u. Which c' minimises the mean of (u - c')^2? Then c = exp(c').",
    ),
    on_success="Squared error and cross-entropy agree on the mean. They differ in what they charge for being wrong.",
)
def check_predict_minimiser(probe):
    answer, truth = _ask(probe), measured(probe.rng)
    asked = f"predict_minimiser should be a dict with the keys {', '.join(truth)}."
    if not isinstance(answer, dict):
        raise Failed(f"{asked} Received: {brief(answer)}.")
    missing, unknown = ([key for key in one if key not in other] for one, other in ((truth, answer), (answer, truth)))
    if missing or unknown:
        listed = {"Missing": missing, "Unknown": unknown}
        raise Failed(" ".join([asked, *(f"{k}: {', '.join(map(str, v))}." for k, v in listed.items() if v)]))
    for loss, word in answer.items():
        expect_word(word, WORDS, f'predict_minimiser["{loss}"] should be')
    expect(
        (answer["squared"], answer["absolute"]) != ("median", "mean"),
        "You exchanged squared and absolute error. A square grows with the distance, so that every far x pulls harder; "
        "an absolute value pulls equally hard from everywhere.",
    )
    expect(
        set(answer.values()) != {"mean"},
        "You predicted the mean for every loss. It is the best guess for some of them, but each loss decides for "
        "itself: where is the derivative of its mean zero?",
    )
    wrong = [
        f'"{loss}": you predicted the {answer[loss]}; on random data the {word} has the smaller mean loss. '
        + MISREADINGS.get((loss, answer[loss]), OTHERWISE[loss])
        for loss, word in truth.items()
        if answer[loss] != word
    ]
    expect(not wrong, "\n".join(wrong))


def _ask(probe):
    try:
        return ask_for(probe, "predict_minimiser", "Give each loss one word.")
    except Failed as failed:
        if "which is neither a number" not in str(failed):
            raise
        raise Failed(
            'predict_minimiser should be a dict of words in quotation marks, such as "mean". Received, or found in it: '
            "something that is no word. (A function such as np.mean is none.)"
        ) from None


WORDS = ("mean", "median", "mode", "geometric mean")
LOSSES = {
    "squared": lambda x, c: (x - c) ** 2,
    "absolute": lambda x, c: np.abs(x - c),
    "zero_one": lambda x, c: ~np.isclose(x, c),
    "cross_entropy": lambda x, c: -x * np.log(c) - (1 - x) * np.log(1 - c),
    "logs": lambda x, c: (np.log(x) - np.log(c)) ** 2,
}
OTHERWISE = {
    "squared": "The derivative of the mean loss is -2 times the mean of x - c: where is that zero?",
    "absolute": "Each x pulls with the same force, -1 or +1. The pulls cancel where as many x lie below c as above.",
    "zero_one": "Only an exact hit costs nothing: which value is hit most often?",
    "cross_entropy": "The derivative of the mean loss is (c - mean of x) / (c (1 - c)): where is that zero?",
    "logs": "This is a squared error of u = log x. Its minimiser is a mean, but of which numbers?",
}
MISREADINGS = {
    ("squared", "mode"): "The squared error is not out for exact hits. It prefers many small errors to one large one.",
    ("absolute", "mode"): "The absolute error is not out for exact hits: where do the pulls from both sides cancel?",
    ("cross_entropy", "mode"): "Cross-entropy is best known from classifiers, but what it fits is the probability "
    "that x is 1, not the more frequent of the two. The derivative is (c - mean of x) / (c (1 - c)).",
    ("cross_entropy", "median"): "The median of zeros and ones is 0 or 1, which would cost infinitely much. The "
    "derivative is (c - mean of x) / (c (1 - c)).",
    ("cross_entropy", "geometric mean"): "There is a logarithm in it, but of c, not of x. The derivative is "
    "(c - mean of x) / (c (1 - c)).",
    ("logs", "mean"): "The mean of the logarithms is not the logarithm of the mean: what comes back through exp is "
    "smaller than the mean.",
    ("logs", "median"): "The logarithm keeps the order, so the median of the logarithms would come back as the median. "
    "But the squared error finds the mean of the logarithms.",
    ("zero_one", "mean"): "The mean of 0 and 1 is hit by neither. Only an exact hit costs nothing: which value is hit "
    "most often?",
    ("zero_one", "median"): "Being in the middle earns nothing here. Only an exact hit costs nothing: which value is "
    "hit most often?",
}


def measured(rng):
    """From each loss to the word for the constant, of the four, with the smallest mean loss on skewed data."""
    tail = rng.choice(np.arange(0.35, 0.96, 0.05), 30)
    x = rng.permutation(np.concatenate([np.full(31, 0.05), np.full(29, 0.2), np.full(11, 0.3), tail]))
    values, counts = np.unique(x, return_counts=True)
    constants = dict(
        zip(WORDS, (x.mean(), np.median(x), values[counts.argmax()], np.exp(np.log(x).mean())), strict=True)
    )
    return {
        name: min(constants, key=lambda word, loss=loss: np.mean(loss(x, constants[word])))
        for name, loss in LOSSES.items()
    }
