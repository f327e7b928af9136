"""09.1 predict_dial: rate and distortion at a level, which settings train alike, and what beta is not."""

import numpy as np

from autoencoders_edu.checks.shared.answers import ask_for
from autoencoders_edu.exercises.expect import Failed, brief, expect, expect_keys, expect_number, expect_word
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "09.1",
    "predict_dial",
    points=1,
    minutes=6,
    why="Two papers may use the same beta and train very different models. If you can say what a setting will do "
    "before you train it, you can compare them.",
    hints=(
        "Multiply the loss by the variance of the noise. Which one number is then left in front of the KL? The lesson "
        "calls it the level.",
        "Compare each variance with the level. Above it, a direction is described down to the level, and no further; "
        "below it, nothing is said. The rate is half the logarithm of a ratio of variances.",
        "For the bounds: is beta * KL larger or smaller than KL? For the draw: the noise of each pixel is independent "
        "of all others, and of x.",
    ),
    on_success="Right: one level decides what is said and what is lost, beta or the stddev moves it, and neither makes "
    "a draw any sharper.",
)
def check_predict_dial(probe):
    answer = ask_for(probe, "predict_dial", "Give each key one number or one word.")
    expect_keys(answer, [*NUMBERS, *OPTIONS], "predict_dial")
    numbers = {key: _number(answer[key], key) for key in NUMBERS}
    for key, words in OPTIONS.items():
        expect_word(answer[key], words, f'predict_dial["{key}"] should be')
    said = [
        *_about_numbers(numbers),
        *(f'"{key}": {ABOUT_WORDS[key, answer[key]]}' for key in OPTIONS if (key, answer[key]) in ABOUT_WORDS),
    ]
    expect(not said, "\n".join(said))


def _number(value, key):
    if value is None or isinstance(value, str):
        raise Failed(f'predict_dial["{key}"] should be a number. Received: {brief(value)}.')
    return expect_number(value, f'predict_dial["{key}"]')


BETA, STDDEV, OTHER_STDDEV = 32.0, 0.25, 0.5
HIGH, LOW = 50.0, 0.5
TOLERANCE = 0.0096  # an answer rounded or cut to two digits is right; half the logarithm of 51/2 is not


def rate(variance, level):
    """Nats that the best linear model spends on a direction of this variance."""
    return 0.5 * np.log(variance / level) if variance > level else 0.0


def distortion(variance, level):
    """The mean squared error that it leaves."""
    return min(variance, level)


LEVEL = BETA * STDDEV**2
NUMBERS = {
    "rate of 50": rate(HIGH, LEVEL),
    "distortion of 50": distortion(HIGH, LEVEL),
    "rate of 0.5": rate(LOW, LEVEL),
    "distortion of 0.5": distortion(LOW, LEVEL),
    "beta at stddev 0.5": LEVEL / OTHER_STDDEV**2,
}
OPTIONS = {
    "bounds": ("all", "only 1", "0.5 and 1", "1 and 4", "none"),
    "draw": ("edges", "noise", "softer", "nothing"),
}
# Levels that are none, for those who then go on correctly, and what is to be said of them.
LEVELS = {
    "a level of 2 * beta * stddev^2 gives this. That number stands in front of the KL once the loss is multiplied by "
    "2 stddev^2, but the KL holds a 1/2 as well: a nat is half a logarithm of variances": 2 * BETA * STDDEV**2,
    "a level of beta * stddev^2 / 2 gives this. The 1/2 stands before the squared error in the loss, but the KL holds "
    "a 1/2 as well": BETA * STDDEV**2 / 2,
    "you left beta out: it fits the variance of the noise alone for a level. Each nat costs beta times as much": (
        STDDEV**2
    ),
    "you took the stddev where its square belongs: variances are compared with variances": BETA * STDDEV,
    "you left the stddev out: it fits beta alone for a level. A squared error counts 1 / (2 stddev^2)": BETA,
    "you squared beta along with the stddev. The loss holds beta as it is": (BETA * STDDEV) ** 2,
    "you divided by beta. A dearer nat is bought less, so that the level rises with beta": STDDEV**2 / BETA,
    "you divided beta by the variance of the noise. With more noise, less is worth saying": BETA / STDDEV**2,
}


def _about_numbers(numbers):
    """What to say of wrong numbers: one sentence where one wrong level gives all of the first four."""
    of_level = list(NUMBERS)[:4]
    for message, level in LEVELS.items():
        mistaken = _four(level)
        if all(_near(numbers[key], mistaken[key]) for key in of_level) and not all(
            map(_right, of_level, numbers.values())
        ):
            yield f"Rates and distortions: {message}."
            break
    else:
        yield from (f'"{key}": {_about(key, numbers[key])}' for key in of_level if not _right(key, numbers[key]))
    key = "beta at stddev 0.5"
    if not _right(key, numbers[key]):
        yield f'"{key}": {_about(key, numbers[key])}'


def _four(level):
    values = (rate(HIGH, level), distortion(HIGH, level), rate(LOW, level), distortion(LOW, level))
    return dict(zip(NUMBERS, values, strict=False))


def _near(one, other):
    return abs(one - other) <= TOLERANCE * max(1, abs(other) / 10)


def _right(key, number):
    return abs(number - NUMBERS[key]) <= TOLERANCE


def _about(key, number):
    """What a wrong number fits, in a sentence; what to think of where it fits nothing."""
    for message, values in MISREADINGS[key].items():
        if any(abs(number - value) <= min(TOLERANCE, 0.2 * abs(value) or TOLERANCE) for value in values):
            return message
    level = next((m for m, level in LEVELS.items() if _near(number, _four(level).get(key, np.inf))), None)
    return f"{level}." if level else f"you predicted {number:.4g}. {THINK_OF[key]}"


RATIO = HIGH / LEVEL
MISREADINGS = {
    "rate of 50": {
        "this is in bits. Nats were asked for, with the natural logarithm.": (0.5 * np.log2(RATIO),),
        "this is a logarithm to base 10. Nats are natural logarithms.": (0.5 * np.log10(RATIO), np.log10(RATIO)),
        "the factor 1/2 is missing: a logarithm of variances is twice that of stddevs.": (np.log(RATIO),),
        "this is in bits, and the factor 1/2 is missing. A rate in nats is half the natural logarithm of a ratio of "
        "variances.": (np.log2(RATIO),),
        "the ratio is upside down: a rate is a KL, which is never negative.": (-0.5 * np.log(RATIO), -np.log(RATIO)),
        "this is what the rate costs in the loss, beta included. Asked is the KL itself.": (
            BETA * 0.5 * np.log(RATIO),
        ),
        "half the logarithm of 1 + ratio is the capacity of a channel with added noise. Here the direction's variance "
        "is divided by the level, and nothing is added.": (0.5 * np.log(1 + RATIO),),
        "this is the ratio itself. The rate is half its logarithm.": (RATIO, RATIO / 2),
        "the level is missing: the logarithm is that of a ratio, variance to level.": (
            0.5 * np.log(HIGH),
            np.log(HIGH),
        ),
        "you say that nothing is told about this direction. Is its variance below the level?": (0.0,),
        "the logarithm is applied twice, or a root is taken of the ratio before it: it is half the logarithm of the "
        "ratio of variances.": (0.25 * np.log(RATIO),),
    },
    "distortion of 50": {
        "a direction that is told is not told exactly: the next nat would cost more than it saves. What is left?": (
            0.0,
        ),
        "this is all of its variance. Is nothing said about it?": (HIGH,),
        "this is what is told, not what is lost.": (HIGH - LEVEL,),
        "this is the error when the mean of q is decoded. Training decodes a z drawn from q, whose width costs error, "
        "too.": (LEVEL**2 / HIGH,),
        "this is the distortion in nats, the error divided by 2 stddev^2. Asked is the squared error.": (
            LEVEL / (2 * STDDEV**2),
        ),
        "this is half of it. The 1/2 stands in the loss, not in the squared error.": (LEVEL / 2,),
        "this is a root: asked is the mean squared error.": (np.sqrt(LEVEL),),
        "this is the ratio of variance to level. What is lost of a direction that is worth telling?": (RATIO,),
    },
    "rate of 0.5": {
        "a rate is a KL, which is never negative. Where the formula would make it so, nothing is said.": (
            0.5 * np.log(LOW / LEVEL),
            np.log(LOW / LEVEL),
            0.5 * np.log2(LOW / LEVEL),
        ),
        "you took the ratio the wrong way round so that the rate became positive. Is this direction worth a message at "
        "all?": (-0.5 * np.log(LOW / LEVEL), -np.log(LOW / LEVEL)),
    },
    "distortion of 0.5": {
        "no more can be lost of a direction than there is of it.": (LEVEL,),
        "nothing lost would mean that all is told. What is told about a direction below the level?": (0.0,),
        "this is the distortion in nats, the error divided by 2 stddev^2. Asked is the squared error.": (
            LOW / (2 * STDDEV**2),
        ),
        "this is half of it. The 1/2 stands in the loss, not in the squared error.": (LOW / 2,),
        "this is a root: asked is the mean squared error.": (np.sqrt(LOW),),
    },
    "beta at stddev 0.5": {
        "the same beta with another stddev is another model. Which product sets the optimum?": (BETA,),
        "you kept beta * stddev. Which power of the stddev stands in the loss?": (BETA * STDDEV / OTHER_STDDEV,),
        "beta and the stddev push the same way: where one grows, the other has to shrink.": (
            BETA * OTHER_STDDEV / STDDEV,
            BETA * (OTHER_STDDEV / STDDEV) ** 2,
        ),
        "this is the level itself. Which beta gives that level with the other stddev?": (LEVEL,),
        "you kept beta^2 * stddev^2, or took a root of what has to be kept.": (BETA * (STDDEV / OTHER_STDDEV) ** 0.5,),
        "beta = 1 is the ELBO, whatever the stddev is; here the networks are to be the same as before.": (1.0,),
    },
}
THINK_OF = {
    "rate of 50": "Find the level first, then compare the variance with it: half the logarithm of a ratio, in nats.",
    "distortion of 50": "A direction above the level is described until the next nat costs more than it saves. How "
    "much of it is left then?",
    "rate of 0.5": "Compare this variance with the level first.",
    "distortion of 0.5": "Compare this variance with the level first: what is lost where nothing is said?",
    "beta at stddev 0.5": "Which product of beta and the stddev sets the optimum? Keep it.",
}
ABOUT_WORDS = {
    ("bounds", "all"): "-loss = ELBO - (beta - 1) KL. Look at the sign of the second term for each beta: the ELBO may "
    "touch log p(x), and what exceeds the ELBO may exceed that.",
    ("bounds", "only 1"): "only one of the three is the ELBO, but what lies below a lower bound is one as well.",
    ("bounds", "0.5 and 1"): "it is the other way round: -loss = ELBO - (beta - 1) KL, and KL is never negative.",
    ("bounds", "none"): "at beta = 1, -loss is the ELBO.",
    ("draw", "edges"): "a draw is the mean plus noise that knows nothing of x. It cannot put an edge where it "
    "was: it has no idea where that is.",
    ("draw", "softer"): "the mean is the softest of all: a draw adds something to it, independently for each pixel.",
    ("draw", "nothing"): "a stddev of 0.25 is a quarter of the range from black to white. You would see it.",
}
