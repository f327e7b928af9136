"""10.1 predict_condition: what a condition can do, and what agreement and diversity say of it."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import expect, expect_keys, expect_number, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "10.1",
    "predict_condition",
    points=1,
    minutes=6,
    why="A condition that is ignored gives no error. You find it only if you know what you should see.",
    hints=(
        "If the decoder does not hear the class, its samples are what they are, whichever class was asked for. How "
        "often does a request for one class in ten meet them by luck?",
        "p(x) is the mean of ten densities, one of which is p(x|c). By which factor can one of ten numbers exceed "
        "their mean, if none of them is negative?",
        "A linear layer multiplies the class number by a weight. What is the mean of 4 w and 6 w? And which of two "
        "codes pays less KL: one that repeats what the decoder knows already, or one that does not?",
    ),
    on_success="Chance is one in ten, a class is worth at most log 10 nats, any order will do if it is the same "
    "everywhere, and agreement without diversity is won by ten pictures.",
)
def check_predict_condition(probe):
    answer = ask_for(probe, "predict_condition", "Give each key one value.")
    expect_keys(answer, (*NUMBERS, *WORDS), "predict_condition")
    given = {key: expect_number(answer[key], f'predict_condition["{key}"]') for key in NUMBERS}
    for key, words in WORDS.items():
        expect_word(answer[key], words, f'predict_condition["{key}"] should be')
    wrong = [_wrong_number(key, given[key]) for key in NUMBERS] + [_wrong_word(key, answer[key]) for key in WORDS]
    expect(not any(wrong), "\n".join(filter(None, wrong)))


DEAF = "encoder alone: agreement"
NATS = "most nats saved"
EVERYWHERE = "order changed everywhere: agreement"
AT_SAMPLING = "order changed at sampling: agreement"
AGREEMENT = "one image per class: agreement"
DIVERSITY = "one image per class: diversity"
AS_NUMBER = "class as one number"
IN_Z = "decoder alone: class in z"

NUMBERS = {DEAF: 0.1, NATS: np.log(10), EVERYWHERE: 1.0, AT_SAMPLING: 0.0, AGREEMENT: 1.0, DIVERSITY: 0.0}
WORDS = {AS_NUMBER: ("halfway", "anywhere"), IN_Z: ("must", "need not", "cannot")}
TOLERANCES = {NATS: 0.03} | dict.fromkeys((DEAF, EVERYWHERE, AT_SAMPLING, AGREEMENT, DIVERSITY), 0.005)

SHARE = "That looks like a percentage. Agreement is a share, between 0 and 1."
# From each key to pairs of a wrong number and the reason for which it may have been given.
NUMBER_MISTAKES = {
    DEAF: [
        (0.0, "A decoder that does not hear the request is wrong most of the time, but now and then its sample happens "
              "to be of the class that was asked for."),
        (1.0, "In training, z may carry the class. But here z comes from the prior, and nothing has told it the "
        "class."),
        (0.5, "There are ten classes, not two, and a sample is as likely to be of any other."),
        (0.9, "That is the share of samples that do *not* agree."),
        (10.0, SHARE),
    ],
    NATS: [
        (np.log2(10), "That is in bits. Nats are asked for: natural logarithms."),
        (1.0, "1 is the logarithm of 10 to base 10. Nats are made with the natural logarithm."),
        (10.0, "That is the factor by which the probability rises at most. Its logarithm is asked for."),
        (np.log(64), "The number of pixels plays no part: what a class can tell is limited by how many classes there "
        "are."),
        (0.0, "Then an image would be as likely under any class. In the best case, the class rules out nine of ten "
              "densities."),
        (0.1, "That is the probability of a class. By which factor can p(x|c) exceed the mean over the classes, and "
              "what is the logarithm of that?"),
        (-np.log(10), "The sign is wrong: on average, the class raises the log-likelihood."),
        (np.log(9), "Count the right class, too: the mean is over ten densities."),
    ],
    EVERYWHERE: [
        (0.0, "A class is nothing but a column for the network. If it learned the 3s in column 4 and is asked for "
              "column 4, what does it draw?"),
        (0.1, "A class is nothing but a column for the network, and the columns have not been mixed: the same images "
              "share a column in training and at sampling."),
        (0.9, "The renaming wraps round, from 9 to 0. No class is lost."),
        (100.0, SHARE),
    ],
    AT_SAMPLING: [
        (1.0, "The model has learned what column 4 means. Who asks for a 3 now sends column 4."),
        (0.1, "It is not left to luck: every single request arrives as a request for another class, and this model "
              "serves it perfectly."),
        (0.9, "The renaming wraps round, from 9 to 0: all ten classes move, and none keeps its name.",
        ),
    ],
    AGREEMENT: [
        (0.0, "The classifier looks at one sample at a time. A perfect image of the class is put into it, every time."),
        (0.1, "The generator does hear the class: for each request it returns an image of that class."),
        (100.0, SHARE),
    ],
    DIVERSITY: [
        (1.0, "Diversity is a distance between samples of one class. How far is an image from itself?"),
        (0.1, "Diversity is a distance between samples of one class. How far is an image from itself?"),
    ],
}  # fmt: skip
QUESTIONS = {
    DEAF: "The samples are what they are, whichever class was asked for. How often do the two coincide?",
    NATS: "By which factor can p(x|c) exceed the mean over ten classes, of which it is one?",
    EVERYWHERE: "Follow one class through training and through a request: which column does it use each time?",
    AT_SAMPLING: "Follow one request: which column arrives, and which images did the model see with that column?",
    AGREEMENT: "Into which class does the classifier put a perfect image of it? And the same image again?",
    DIVERSITY: "All samples of a class are the same image. How far are they from each other?",
}
WORD_MISTAKES = {
    (
        AS_NUMBER,
        "anywhere",
    ): "In a linear layer the class number c adds c times a weight to each logit. For 5 that is the "
    "mean of what 4 and 6 add. One-hot, each class would have weights of its own.",
    (IN_Z, "must"): "The decoder knows the class already, from the condition. What would the ELBO pay for telling it a "
    "second time?",
    (
        IN_Z,
        "cannot",
    ): "The encoder sees x, and nothing forbids it to write the class into z; after finite training some of "
    "it is often still there. Is it forbidden, or merely not worth its KL?",
}
RIGHT_WORDS = {AS_NUMBER: "halfway", IN_Z: "need not"}


def _wrong_number(key, number):
    """What is wrong with a predicted number; "" when nothing is."""
    if abs(number - NUMBERS[key]) <= TOLERANCES[key]:
        return ""
    near = TOLERANCES[key]
    reason = next((text for value, text in NUMBER_MISTAKES[key] if abs(number - value) <= near), QUESTIONS[key])
    return f'"{key}": you predicted {number:g}. {reason}'


def _wrong_word(key, word):
    return "" if word == RIGHT_WORDS[key] else f'"{key}": you predicted "{word}". {WORD_MISTAKES[key, word]}'
