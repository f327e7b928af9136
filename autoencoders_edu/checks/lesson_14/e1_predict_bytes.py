"""14.1 predict_bytes: rates, errors and headers, before they are counted."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.checks.shared.predictions import expect_predictions
from autoencoders_edu.exercises.expect import expect_keys
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "14.1",
    "predict_bytes",
    points=1,
    minutes=6,
    why="Each of these is a number that reports of learned codecs get wrong or leave out.",
    hints=(
        "At a fine step, what becomes of one symbol when the step is halved, and with which probabilities? How are the "
        "errors within a step distributed, and how does a variance change when everything is half as wide?",
        "Coding p under a model q costs the cross-entropy on average: how is it made of an entropy and a KL? And the "
        "two sizes of JPEG files are two equations: which are the two unknowns?",
        "What does the precision of z cost when z is rounded to an ever finer step, and who pays it back? And what can "
        "64 numbers draw that were fitted to clothes: does an attempt at noise bring the pixels closer to it?",
    ),
    on_success="A bit per halved step, a quarter of the error, a KL on top for the wrong model, two thirds of a tiny "
    "JPEG for its header, a rate that only bits-back pays, and nothing gained outside the training domain.",
)
def check_predict_bytes(probe):
    answer = ask_for(probe, "predict_bytes", "Set it to the dict with its six keys and an answer for each.")
    expect_keys(answer, [*NUMBERS, *WORDS], "predict_bytes")
    stripped = {key: value.strip() if isinstance(value, str) else value for key, value in answer.items()}
    expect_predictions(stripped, "predict_bytes", NUMBERS | WORDS)


# For each number: the right one, how far an answer may be from it, what wrong ones come from, and what to think of.
NUMBERS = {
    "more bits": (
        1,
        1e-3,
        {
            2: "Twice as many symbols are possible now. How many bits tell two equally probable ones apart?",
            0.5: "Half a bit is the change for a factor of the root of 2. Here each symbol becomes two.",
            0: "The symbols are finer, and there are more of them. Telling them apart takes something.",
            -1: "The sign: with a finer step, more has to be said about y, not less.",
            np.log(2): "That is in nats. Bits are asked for.",
            8: "That is a byte. How many bits tell two equally probable symbols apart?",
            6.02: "That is the gain in decibels. Bits are asked for.",
            4: "That is what becomes of the squared error. Bits tell symbols apart: how many more of those are there?",
        },
        "Where the density hardly changes over a step, a symbol splits into two equally probable ones.",
    ),
    "error factor": (
        0.25,
        1e-3,
        {
            0.5: "The errors themselves are half as large. The error asked for is squared.",
            4: "Is the error larger or smaller with a finer step? Give the factor by which it is multiplied.",
            2: "Is the error larger or smaller with a finer step? And it is squared.",
            1: "With a finer step, k s lies closer to y.",
            1 / 12: "The error is s^2 / 12, so that 1/12 stands there before and after. What becomes of s^2?",
            0.125: "That is the cube of one half. The error is squared.",
            25: "Give the factor, not a percentage.",
            -6.02: "That is in decibels. Give the factor.",
            6.02: "That is in decibels. Give the factor.",
        },
        "The error is uniform on an interval of length s. What is its variance, and what becomes of it at s/2?",
    ),
    "wrong model": (
        3.5,
        1e-3,
        {
            3: "That is what the right model takes. A wrong one takes more.",
            2.5: "The KL was subtracted. Can a wrong model take fewer bits than the entropy?",
            0.5: "That is what the wrong model costs on top. How many bits does a symbol take in all?",
            1.5: "The two were multiplied. How is a cross-entropy made of an entropy and a KL?",
            6: "The one was divided by the other. How is a cross-entropy made of an entropy and a KL?",
            4: "An entropy coder codes whole messages, so that a symbol need not take a whole number of bits.",
            4.5: "The entropy was multiplied by 1.5. How is a cross-entropy made of an entropy and a KL?",
            3 + 0.5 / np.log(2): "The KL was given in bits already.",
        },
        "The average code length under a model is the cross-entropy.",
    ),
    "header": (
        34429 / 99,
        2.5,
        {
            34429 / 99 / 522: "That is a share. Give the number of bytes.",
            100 * 34429 / 99 / 522: "That is a percentage. Give the number of bytes.",
            17249 / 99: "That is what one image takes without a header. The header is the rest of its file.",
            177.71: "That is what an image takes in the mosaic, with its part of the header. How many bytes does a "
            "file have that do not grow with its images?",
            **dict.fromkeys(
                (522 - 177.71, 522 - 177),
                "That is close, but an image in the mosaic still carries a hundredth of the header.",
            ),
            522: "That is the whole file, image and header.",
            52200 - 17771: "That is saved in all. How many headers are saved?",
            (52200 - 17771) / 100: "That is close, but the mosaic has a header, too: how many headers are saved?",
            17771 - 522: "That is what 99 more images take, without a header.",
        },
        "One image: header + b = 522 bytes. A hundred: header + 100 b = 17,771 bytes.",
    ),
}
# For each word: the right one, and what to say of the others.
WORDS = {
    "reaches the KL": {
        "bits-back": None,
        "rounded mean": "Its code length under the prior grows by a bit per latent with each halving of the step. The "
        "KL knows of no step.",
        "rounded sample": "A sample's code length under the prior grows by a bit per latent with each halving of the "
        "step. The KL also counts what the posterior knows: does this sender get anything for that?",
    },
    "on noise": {
        "worse": None,
        "better": "64 numbers hold at most 64 of the noise's 784 directions, and the rest is drawn as clothes have it "
        "on average. Is that closer to noise than grey 0.5, the noise's own mean?",
        "same": "Painting grey costs the variance of the noise. The codec starts from the clothes' mean, which is not "
        "0.5, and has 64 numbers to make up for it. Can the two be equal?",
    },
}
