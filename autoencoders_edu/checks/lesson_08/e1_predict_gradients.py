"""08.1 predict_gradients: the variance of two gradient estimators, and a detached sample."""

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import expect, expect_keys, expect_number, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "08.1",
    "predict_gradients",
    points=1,
    minutes=6,
    why="You need to know which estimator to use, and what can go wrong, before you run any code. A wrong gradient "
    "looks like a right one.",
    hints=(
        "What happens to the variance of an average of n independent draws as n grows? Does it matter of what?",
        "Write both estimators down for the cost f(z) + 10. In which of them does the 10 survive?",
        "Who learns in a VAE whose encoder hears nothing from the decoder? Lesson 8 trained one.",
    ),
    on_success="The ratio of two estimators does not depend on the number of draws, a constant matters to the score "
    "function alone, and a detached sample gives neither error nor warning.",
)
def check_predict_gradients(probe):
    answer = ask_for(probe, "predict_gradients", "Give each key one value.")
    expect_predictions(answer, probe.rng)


FACTORS = ("pathwise, 4 times the draws", "score function, 4 times the draws")
CHANGES = ("pathwise, cost + 10", "score function, cost + 10")
WORDS = {
    **dict.fromkeys(CHANGES, ("smaller", "same", "larger")),
    "detached: fit says": ("error", "warning", "nothing"),
    "detached: the loss": ("falls", "stays"),
}
FACTOR_MISTAKES = {
    4: "You inverted it, or expect more draws to add more noise. An average gets less noisy with every draw.",
    0.5: "That is what happens to the standard error. The question is the variance, its square.",
    1 / 16: "You squared once too often: the variance of an average of n draws is the variance of one, divided by n.",
    25: "That looks like a percentage. A factor is asked for, such as 0.3 for 30 %.",
    1: "Your factor ignores the number of draws. Any average of independent draws gets less noisy with more of them.",
}
WORD_MISTAKES = {
    ("pathwise, cost + 10", "larger"): "The pathwise gradient uses the slope of the cost. What is the slope of 10?",
    ("pathwise, cost + 10", "smaller"): "The pathwise gradient uses the slope of the cost. What is the slope of 10?",
    ("score function, cost + 10", "same"): "A constant does not change the *mean* of this estimator: the score has "
    "mean zero. But now every single draw is multiplied by a larger number.",
    ("score function, cost + 10", "smaller"): "A smaller cost has the smaller variance here, and this one has grown: "
    "every draw is multiplied by a larger number.",
    ("detached: fit says", "error"): "To detach a tensor is a legal operation: nothing can know that you did not mean "
    "it. So there is no exception.",
    ("detached: fit says", "warning"): "Keras warns when a weight gets no gradient at all. Here the encoder gets one, "
    "from the KL term, and all is quiet.",
    ("detached: the loss", "stays"): "The encoder hears nothing from the decoder, but the decoder learns: the loss "
    "falls, to where a decoder gets without any code.",
}


def expect_predictions(answer, rng):
    """The six predictions, or `Failed`."""
    expect_keys(answer, (*FACTORS, *WORDS), "predict_gradients")
    measured = _measured_factors(rng)
    factors = {key: expect_number(answer[key], f'predict_gradients["{key}"]') for key in FACTORS}
    wrong = [_wrong_factor(key, factors, measured) for key in FACTORS]
    truth = _measured_changes(rng) | {"detached: fit says": "nothing", "detached: the loss": "falls"}
    wrong += [_wrong_word(key, answer[key], truth[key]) for key in WORDS]
    expect(not any(wrong), "\n".join(filter(None, wrong)))


def _wrong_factor(key, factors, measured):
    """What is wrong with a predicted factor; "" when nothing is."""
    if _is_right(factors[key]):
        return ""
    reason = next((text for value, text in FACTOR_MISTAKES.items() if abs(factors[key] / value - 1) < 0.05), "")
    reason = reason or "How does the variance of an average depend on the number of draws?"
    other = next((name for name, factor in factors.items() if _is_right(factor)), "")
    if other:  # so the factor itself is known
        reason = f'{ONE_LAW} Your factor for "{other}" is right, and it holds here as well.'
    return f'"{key}": you predicted {factors[key]:g}; we measured {measured[key]:.2f}. {reason}'


def _is_right(factor):
    return abs(factor / 0.25 - 1) < 0.1


ONE_LAW = (
    "Both estimators are averages of independent draws, and the variance of any such average falls as one over their "
    "number. That single draws are noisier in one of them does not change this law."
)


def _wrong_word(key, word, truth):
    if word == truth:
        return ""
    expect_word(word, WORDS[key], f'predict_gradients["{key}"] should be')
    return f'"{key}": you predicted "{word}". {WORD_MISTAKES[key, word]}'


def _estimates(rng, n, repeats=4000, constant=0.0):
    """Many estimates of the derivative of E[z^2 + constant] for the mean, n draws each: pathwise and score function."""
    mean, stddev = 1.5, 1.0
    epsilon = rng.normal(size=(repeats, n))
    z = mean + stddev * epsilon
    return (2 * z).mean(axis=1), ((z**2 + constant) * epsilon / stddev).mean(axis=1)


def _measured_factors(rng):
    few, many = _estimates(rng, 2), _estimates(rng, 8)
    return {key: after.var() / before.var() for key, before, after in zip(FACTORS, few, many, strict=True)}


def _measured_changes(rng):
    before, after = _estimates(rng, 1), _estimates(rng, 1, constant=10.0)
    ratios = [new.var() / old.var() for old, new in zip(before, after, strict=True)]
    return {
        key: "larger" if ratio > 1.5 else "smaller" if ratio < 0.67 else "same"
        for key, ratio in zip(CHANGES, ratios, strict=True)
    }
