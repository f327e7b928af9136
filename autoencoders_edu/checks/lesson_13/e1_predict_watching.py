"""13.1 predict_watching: what an alarm will do, before one is built."""

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.checks.shared.predictions import expect_predictions
from autoencoders_edu.exercises.expect import expect_keys
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
    expect_keys(answer, ASKED, "predict_watching")
    expect_predictions(answer, "predict_watching", ASKED, near=0)


# What wrong numbers for the accuracy of silence come from.
SILENT = {
    0.02: "That is the share of the rows that it gets wrong.",
    0: "It finds nothing, but accuracy counts the healthy rows on which it was rightly silent as well.",
    0.5: "That is what a coin gets. A detector that never pages calls every row healthy: how many rows are?",
    1: "Nearly, but on the anomalous rows it is wrong.",
    98: "Accuracy is a share: at most 1.",
    2: "Accuracy is a share: at most 1. And it counts the rows that are judged rightly.",
}
# What is asked, as `expect_predictions` takes it.
ASKED = {
    "false pages": {
        "more": None,
        "fewer": "Other days bring what this one did not have. Are their errors larger than those of the training day, "
        "or smaller? And which of the two thresholds is the higher one?",
        "as many": "With two weeks of training rows it is nearly so, on the lesson's simulated servers. Here there is "
        "one day: are other days reconstructed as well as that one?",
    },
    "accuracy of silence": (
        0.98,
        1e-6,
        SILENT,
        "It calls every row healthy. For what share of the rows is that right?",
    ),
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
