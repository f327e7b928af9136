"""04.1 predict_outputs: what a network returns, by what it was trained on."""

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import Failed, expect, expect_keys, expect_rule, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "04.1",
    "predict_outputs",
    points=1,
    minutes=8,
    why="A network does what its input, its target and its error ask of it, not what you had in mind.",
    hints=(
        "Squared error: whatever the input, the best output is the average of all targets that come with this input. "
        "Which targets are these in each set-up?",
        "Two copies of one image have noise of their own. Given one of them, what is the average of the other's noise?",
        "Where input and target are the same array, is there anything that the network would have to learn about "
        "images?",
    ),
    on_success="Squared error finds the average of the targets, given the input. Noise of mean 0 in the target "
    "averages out; any other mean stays.",
)
def check_predict_outputs(probe):
    answer = _ask(probe)
    expect_keys(answer, TRUTH, "predict_outputs")
    unknown = [key for key in answer if key not in TRUTH]
    expect(not unknown, f"predict_outputs has a key too many: {', '.join(map(repr, unknown))}.")
    predicted = {name: _word(answer[name], name) for name in TRUTH}
    expect_rule(
        list(predicted.values()),
        list(TRUTH.values()),
        cases=[(name,) for name in TRUTH],
        mistakes=RULES,
        otherwise="\n".join(
            f'"{name}": you predicted "{word}". {MISREADINGS.get((name, word)) or OTHERWISE[name]}'
            for name, word in predicted.items()
            if word != TRUTH[name]
        ),
    )


def _ask(probe):
    try:
        return ask_for(probe, "predict_outputs", "Set it to the dict with its seven keys and a word for each.")
    except Failed as failed:
        if "which is neither a number" not in str(failed):
            raise
        raise Failed(
            'predict_outputs should be a dict of words in quotation marks, such as "average". Found in it: something '
            "that is no word. (A function such as np.median is none.)"
        ) from None


def _word(value, name):
    expect(value is not None, f'predict_outputs["{name}"] is None. Put one of the five words there.')
    expect_word(value, WORDS, f'predict_outputs["{name}"] should be')
    return value


WORDS = ("clean", "average", "brighter", "median", "input")
TRUTH = {
    "clean target": "average",
    "same copy": "input",
    "second copy": "average",
    "no noise": "input",
    "bright input": "average",
    "bright copies": "brighter",
    "absolute": "median",
}
NOISY = ("clean target", "second copy", "bright input", "bright copies", "absolute")
CLEAN = (
    "Many clean images could have become this copy, and nothing in it says which one it was. The error is smallest, on "
    "average, between them."
)
CHANGED_NOISE = "The target's noise is new. Nothing in the input tells it, so the network cannot return it."

# Messages, with what their rule says of a set-up.
RULES = {
    "You expect the clean image wherever there is noise to remove. That is what one hopes for, but many clean images "
    "could have become the same copy, and the network does not know which one it was. What is the best it can do?": (
        lambda name: "clean" if name in NOISY else TRUTH[name]
    ),
    "You expect the clean image wherever the target is the clean image or a copy of it with noise of mean 0. Many "
    "clean images could have become the same copy, and the network does not know which one it was.": (
        lambda name: "clean" if TRUTH[name] in ("average", "median") else TRUTH[name]
    ),
    "You expect the clean image wherever it is the target. A target is what the output is compared with, not what it "
    'can reach: many clean images could have become the same copy. And the network of "no noise" has never seen '
    "any: it has learned to return what it is given.": (
        lambda name: "clean" if name in ("clean target", "no noise", "bright input", "absolute") else TRUTH[name]
    ),
    "You expect the average from every set-up. Each input, target and error asks for something of its own.": (
        lambda name: "average"
    ),
    "You expect the clean image from every set-up. Each input, target and error asks for something of its own.": (
        lambda name: "clean"
    ),
    "You expect the input back from every set-up. Each input, target and error asks for something of its own.": (
        lambda name: "input"
    ),
    "You expect the input back wherever the target is noisy. That is so only if the noise is the same: a network "
    "cannot predict noise that its input does not have.": (
        lambda name: "input" if name in ("same copy", "second copy", "bright copies") else TRUTH[name]
    ),
    "You have exchanged squared and absolute error. The average has the smallest squared error, the median the "
    "smallest absolute one.": lambda name: {"average": "median", "median": "average"}.get(TRUTH[name], TRUTH[name]),
    "You have exchanged the two set-ups with noise of mean 0.2. What counts is the average of the target.": (
        lambda name: {"bright input": "brighter", "bright copies": "average"}.get(name, TRUTH[name])
    ),
}
OTHERWISE = {
    "clean target": "For each input, which output has the smallest squared error, averaged over all the clean images "
    "that could be the target?",
    "same copy": "Input and target are the same array, noise included, and the skips can carry it past all layers: the "
    "error is 0 for the network that changes nothing.",
    "second copy": "The target is the clean image + noise of mean 0. Given the input, what is the average of that?",
    "no noise": "The network has never seen noise. To change nothing cost it nothing, and the skips make that easy: "
    "nothing tells it which part of a noisy copy to remove.",
    "bright input": "The target is the clean image, not brightened, given a copy that is: the network learns to take "
    "the 0.2 off. What is the average of the clean images, given the copy?",
    "bright copies": "The target is the clean image + noise of mean 0.2, whose average, given the input, is not that "
    "of the clean images.",
    "absolute": "The average has the smallest squared error. Which value has the smallest absolute error, on average: "
    "where do as many clean images lie above as below?",
}
MISREADINGS = {
    ("clean target", "clean"): CLEAN,
    ("clean target", "input"): "To return the input costs the noise's whole variance. The skips make it possible, but "
    "here the target is another array, and the average of the plausible images costs less.",
    ("same copy", "clean"): "The clean image appears nowhere in this training: the target has the noise as well.",
    ("same copy", "average"): "The average would cost something: the target has the very noise of the input. To change "
    "nothing costs nothing, and the skips make that easy.",
    ("second copy", "input"): CHANGED_NOISE,
    ("second copy", "clean"): f"{CLEAN} A noisy target does not change that: its noise averages out.",
    ("no noise", "clean"): "The network has never seen a noisy copy, and to return its input has cost it nothing. "
    "Nothing tells it which part of the copy to remove.",
    ("no noise", "average"): "To average, it would have to know what noise looks like. It has never seen any, and to "
    "return its input has cost it nothing.",
    (
        "bright input",
        "brighter",
    ): "The copy is brighter, but the target is not: the network learns to take the 0.2 off.",
    ("bright input", "clean"): f"{CLEAN} That the noise has a mean does not change that.",
    (
        "bright copies",
        "average",
    ): "The noise of the target does not average out: its mean is 0.2. The network learns to "
    "return the average of what it was shown as the target.",
    ("bright copies", "input"): CHANGED_NOISE,
    ("bright copies", "clean"): f"{CLEAN} And all targets are brighter by 0.2, on average.",
    ("absolute", "average"): "The average has the smallest squared error. Here the error is absolute: each plausible "
    "image pulls equally hard, however far it is.",
    ("absolute", "clean"): CLEAN,
}
