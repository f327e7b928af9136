"""13.1 predict_watching: what an alarm will do, before one is built."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import Failed, expect, expect_keys, expect_number, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "13.1",
    "predict_watching",
    points=1,
    minutes=4,
    why="Each of these has made a detector look good in a report and fail on call.",
    hints=(
        "Which rows does an autoencoder reconstruct better: those of the one day it was trained on, or those of other "
        "days? And what does it make of the mean of all its training rows?",
        "Point adjustment: one lucky row turns a whole incident into hits. How many chances does an hour have?",
        "A linear autoencoder is PCA. How curved would the relations between metrics have to be before a network pays?",
    ),
    on_success="A threshold from the one day of training is too low for other days, silence flatters accuracy, long "
    "incidents flatter chance, and a small error does not mean healthy.",
)
def check_predict_watching(probe):
    answer = ask_for(probe, "predict_watching", "Set it to the dict with its five keys and an answer for each.")
    expect_keys(answer, KEYS, "predict_watching")
    given = {key: _number(answer[key]) if key == SILENCE else _word(answer[key], key) for key in KEYS}
    wrong = [text for key, value in given.items() if (text := _misreading(key, value))]
    if wrong:
        raise Failed("\n".join(wrong))


SILENCE = "accuracy of silence"
# For each word: the right one, and what to say of the others.
WORDS = {
    "false pages": {
        "more": None,
        "fewer": "Other days bring what this one did not have. Are their errors larger than those of the training day, "
        "or smaller? And which of the two thresholds is the higher one?",
        "as many": "With two weeks of training rows it is nearly so, on the lesson's simulated servers. Here there is "
        "one day: are other days reconstructed as well as that one?",
    },
    "frozen metrics": {
        "higher": "A frozen server is broken, but the score measures the error of a reconstruction. How hard is the "
        "mean of all training rows to reconstruct?",
        "lower": None,
    },
    "random score, adjusted": {
        "near 0.04": "Without adjustment it would be. Adjusted, one row above the threshold is enough for all 60 rows "
        "of an incident to count as found: how probable is that, and how many healthy rows does it cost?",
        "far above it": None,
    },
    "network against PCA": {
        "network ahead": "A network can follow curves. Sixteen real servers were tried: are the relations between "
        "their metrics curved enough to show?",
        "level": None,
        "PCA ahead": "PCA is cheap, and hard to beat. But a network can do what PCA does: was it worse?",
    },
}
KEYS = ["false pages", SILENCE, *(key for key in WORDS if key != "false pages")]
SILENT = {
    0.02: "That is the share of the rows that it gets wrong.",
    0: "It finds nothing, but accuracy counts the healthy rows on which it was rightly silent as well.",
    0.5: "That is what a coin gets. A detector that never pages calls every row healthy: how many rows are?",
    1: "Nearly, but on the anomalous rows it is wrong.",
    98: "Accuracy is a share: at most 1.",
    2: "Accuracy is a share: at most 1. And it counts the rows that are judged rightly.",
}


def _number(value):
    expect(value is not None, f'predict_watching["{SILENCE}"] is None. Put a number there.')
    expect(not isinstance(value, (bool, np.bool_)), f'predict_watching["{SILENCE}"] is {value}. Put a number there.')
    return expect_number(value, f'predict_watching["{SILENCE}"]')


def _word(value, key):
    expect(value is not None, f'predict_watching["{key}"] is None. Put one of the words there.')
    expect_word(value, WORDS[key], f'predict_watching["{key}"] should be')
    return value


def _misreading(key, value):
    """What to say of a wrong answer; None if it is right."""
    if key in WORDS:
        about = WORDS[key][value]
        return about and f'"{key}": you predicted "{value}". {about}'
    if abs(value - 0.98) <= 1e-6:
        return None
    named = (text for mistaken, text in SILENT.items() if abs(value - mistaken) <= 1e-6)
    otherwise = "It calls every row healthy. For what share of the rows is that right?"
    return f'"{key}": you predicted {value:g}. {next(named, otherwise)}'
