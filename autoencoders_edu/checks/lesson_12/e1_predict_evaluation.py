"""12.1 predict_evaluation: what likelihoods and sample scores can see, and what they cannot."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.checks.shared.predictions import expect_predictions
from autoencoders_edu.exercises.expect import expect_keys
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "12.1",
    "predict_evaluation",
    points=1,
    minutes=6,
    why="A score that cannot see a fault will never report it. Know what each one is blind to before you trust it.",
    hints=(
        "The mixture's p(x) is 0.01 times the VAE's plus something that is not negative. What is the smallest that it "
        "can be, and what does a logarithm make of that?",
        "The Fréchet distance compares estimated means and covariances. How well do 500 images determine them, and can "
        "their errors make the distance smaller than 0? And how far apart are the means of a set and of its copy?",
        "When q(z|x) is the true posterior, every importance weight is p(x) itself. And what do models C and D answer: "
        "the same question?",
    ),
    on_success="A likelihood does not see the coins, recall does not see the copier, a small set looks bad, little KL "
    "looks good, and nats count only for the images they were measured on.",
)
def check_predict_evaluation(probe):
    answer = ask_for(probe, "predict_evaluation", "Set it to the dict with its seven keys and an answer for each.")
    expect_keys(answer, [*NUMBERS, *WORDS], "predict_evaluation")
    expect_predictions(answer, "predict_evaluation", NUMBERS | WORDS)


# For each number: the right one, how far an answer may be from it, what wrong ones come from, and what to think of.
NUMBERS = {
    "nats lost": (
        np.log(100),
        0.0101,
        {
            -np.log(100): "How much is lost is asked for: a positive number.",
            np.log2(100): "That is in bits. Nats are made with the natural logarithm.",
            np.log10(100): "That is a logarithm to the base 10. Nats are made with the natural logarithm.",
            100: "That is the factor by which p(x) falls at most. A log-likelihood falls by its logarithm.",
            0.01: "0.01 is the VAE's share (and also, rounded, minus the logarithm of the coins' share). What remains "
            "of p(x) for certain is the VAE's share: what does a logarithm make of it?",
            0.99: "That is the share of the coins. What remains of p(x) is the VAE's share, and nats are logarithms.",
            -np.log(0.99): "That is the logarithm of the coins' share. What remains of p(x) is the VAE's share.",
            0: "Something is lost: of the VAE's p(x) a hundredth is left, plus what the coins give to this image.",
        },
        "The mixture's p(x) is at least 0.01 of the VAE's. What is the logarithm of that factor?",
    ),
    "coins": (
        0.99,
        1e-6,
        {
            99: "A share is at most 1; that is in percent.",
            0.01: "That is the share of the samples that the VAE draws.",
            0: "The likelihood hardly notices the coins. But they are drawn: whom does the mixture ask, how often?",
            1: "Nearly all, but now and then the mixture asks the VAE.",
        },
        "Samples are drawn just as the text says: whom does the mixture ask, and how often?",
    ),
    "copier's recall": (
        1,
        1e-6,
        {
            0: "Nothing was learnt, but recall does not ask that: it asks which real images, here the training images, "
            "lie where generated ones do.",
            100: "Recall is a share: at most 1.",
        },
        "Recall is the share of the real images, here the training images, that lie where generated ones do. How many "
        "of them were handed out?",
    ),
}
# For each word: the right one, and what to say of the others.
WORDS = {
    "fewer images": {
        "up": None,
        "down": "Fewer images estimate the means and covariances of both sets worse. Do errors bring two estimates "
        "closer together, or further apart?",
        "same": "It would stay the same if it knew the true means and covariances. It estimates them "
        "from the images at "
        "hand, and it cannot fall below 0.",
    },
    "looks better": {
        "A": None,
        "B": "A lot of KL does not raise the bound. What lowers it below log p(x) is that q differs from the true "
        "posterior: for which of the two models does it differ?",
        "same": "With very many samples, yes. With five, the bound lies below log p(x) where q is not the true "
        "posterior: for which of the two is it not?",
    },
    "copier's distance": {
        "smaller": None,
        "larger": "The copier is a bad model, but the distance does not ask whether an image is new. How far are the "
        "mean and the covariance of a set from those of its copy?",
        "same": "Two sets of real images differ a little, as any two samples do. How far is a set from its copy?",
    },
    "better model": {
        "C": "-90 is more than -95, but of images that are easier to predict: in the others chance decides pixel by "
        "pixel, and that costs every model some nats. Were the two asked the same?",
        "D": "Drawn pixels are harder to predict, so D may well be better. By how much they are harder is not known "
        "here: 5 nats, or 50?",
        "cannot tell": None,
    },
}
