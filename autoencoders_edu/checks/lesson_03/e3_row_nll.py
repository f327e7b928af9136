"""03.3 row_nll: the negative log-likelihood of rows with three kinds of columns, a broken version of which is given."""

import itertools

import numpy as np

from autoencoders_edu.checks.shared.normal import has_lost_numbers, if_several, lost_axis
from autoencoders_edu.exercises.expect import Failed, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "03.3",
    "row_nll",
    points=3,
    minutes=20,
    why="In a table of several kinds of columns, each loss in its own units, one column drowns the others and nothing "
    "crashes.",
    hints=(
        "Take each of the three parts alone, and write down the density that it should be minus the logarithm of.",
        "A Gaussian's density has (x - mean)^2 / (2 stddev^2) in its exponent, and a factor that depends on stddev in "
        "front of the exp. A coin has two sides: what does x = 0 cost?",
        "log softmax(l) is l - log(sum(exp(l))). Subtract the largest logit first, or use np.logaddexp and "
        "scipy.special.logsumexp: no exp is then too large.",
    ),
    on_success="Three kinds of columns, one unit: nats. Now they can be added, and stddev says what an error of the "
    "number is worth.",
)
@np.errstate(all="ignore")
def check_row_nll(probe):
    for batch, categories in (*[tuple(map(int, probe.rng.integers([5, 3], [9, 7])))], (1, 2)):
        case = draw(probe.rng, batch, categories, 2.0)
        answer = probe.call("row_nll", *case)
        total = sum(right(*case))
        expect_close(
            answer,
            total,
            because=BECAUSE,
            what=f"row_nll(x, outputs, stddev) for x of shape {case[0].shape}",
            mistakes=lost_axis(total) | if_several(batch, mistaken, *case),
        )
    case = draw(probe.rng, 6, 4, 1500.0)
    answer, total = probe.call("row_nll", *case), sum(right(*case))
    if has_lost_numbers(answer):
        raise Failed(
            "With logits beyond a thousand the result is not finite. A probability there is 0 or 1 in float64, and "
            f"log(0) is minus infinity: compute log p from the logits, without p in between.\n{BECAUSE}"
        )
    expect_close(
        answer,
        total,
        because="Are probabilities, logits or exponentials clipped in your code, or something added in a logarithm? "
        f"Compute log p from the logits, without p in between.\n{BECAUSE}",
        what="With logits beyond a thousand, row_nll(x, outputs, stddev)",
    )


BECAUSE = (
    "-log p of a row = (x - mean)^2 / (2 stddev^2) + log(stddev) + log(2 pi) / 2 for the number, - x log p - (1 - x) "
    "log(1 - p) with p = sigmoid(logit) for the yes or no, and - log softmax(logits) of its category."
)


def draw(rng, batch, categories, size):
    """x and outputs (batch, 2 + categories), and stddev: logits of about this size, both answers among the rows."""
    x = np.zeros((batch, 2 + categories))
    x[:, 0] = rng.normal(1, 2, batch)
    x[:, 1] = rng.permutation(np.arange(batch) % 2)
    x[np.arange(batch), 2 + rng.integers(0, categories, batch)] = 1
    outputs = rng.normal(0, size, x.shape)
    outputs[:, 0] = x[:, 0] + rng.normal(0, 1.5, batch)
    return x, outputs, float(rng.uniform(0.4, 0.8))


def _softmax(logits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def right(x, outputs, stddev):
    """-log p of the number, of the yes or no, and of the category: (batch,) each."""
    logit, logits = outputs[:, 1], outputs[:, 2:]
    largest = logits.max(axis=1)
    log_sum = largest + np.log(np.exp(logits - largest[:, None]).sum(axis=1))
    return (
        0.5 * ((x[:, 0] - outputs[:, 0]) / stddev) ** 2 + np.log(stddev) + 0.5 * np.log(2 * np.pi),
        np.logaddexp(0, logit) - x[:, 1] * logit,
        log_sum - np.sum(x[:, 2:] * logits, axis=1),
    )


def _numbers(x, mean, stddev):
    """From messages to what misconceptions make of the number's part."""
    square, constant = ((x - mean) / stddev) ** 2, 0.5 * np.log(2 * np.pi)
    return {
        "The number: (x - mean)^2 / stddev^2 is no -log p. It lacks the 1/2 and the logarithms of the density's "
        "factor, so it cannot be added to nats.": square,
        "The number: the 1/2 is missing. A Gaussian's exponent is (x - mean)^2 / (2 stddev^2).": (
            square + np.log(stddev) + constant
        ),
        "The number: log(stddev) is missing. Without it, a larger stddev costs nothing, and a fitted one would grow.": (
            0.5 * square + constant
        ),
        "The number: log(2 pi) / 2 is missing. It is a constant, but the result is then no log-density.": (
            0.5 * square + np.log(stddev)
        ),
        "The number: both logarithms are missing, log(stddev) and log(2 pi) / 2.": 0.5 * square,
        "The number: you took stddev for the variance. It is squared in the exponent.": (
            0.5 * (x - mean) ** 2 / stddev + 0.5 * np.log(stddev) + constant
        ),
        "The number: you took stddev for the variance in the exponent. It is squared there.": (
            0.5 * (x - mean) ** 2 / stddev + np.log(stddev) + constant
        ),
        "The number: the logarithm is that of the variance, stddev^2. Half of that, or log(stddev), belongs here.": (
            0.5 * square + 2 * np.log(stddev) + constant
        ),
        "The number: log(2 pi) is not halved.": 0.5 * square + np.log(stddev) + 2 * constant,
        "The number: the sign of log(stddev) is wrong. A narrow density is high, so a hit costs less.": (
            0.5 * square - np.log(stddev) + constant
        ),
        "The number: this is the plain squared error, without stddev.": (x - mean) ** 2,
        "The number is missing.": np.zeros(len(x)),
    }


def _coins(x, logit):
    """From messages to what misconceptions make of the yes or no."""
    p = 1 / (1 + np.exp(-logit))
    return {
        "The yes or no: x = 0 costs nothing in your code. A coin's other side has probability 1 - p.": -x * np.log(p),
        "The yes or no: x = 1 costs nothing in your code.": -(1 - x) * np.log(1 - p),
        "The yes or no: this is the squared error of p: a Gaussian's, in other units than nats.": (x - p) ** 2,
        "The yes or no: p and 1 - p are exchanged.": np.logaddexp(0, logit) - (1 - x) * logit,
        "The yes or no: you took the logit for a probability, or the sigmoid twice.": np.logaddexp(0, p) - x * p,
        "The yes or no: p is summed up without a logarithm.": -x * p - (1 - x) * (1 - p),
        "The yes or no: the sign is wrong.": x * logit - np.logaddexp(0, logit),
        "The yes or no is missing.": np.zeros(len(x)),
    }


def _categories(x, logits):
    """From messages to what misconceptions make of the category."""
    p = _softmax(logits)
    each = np.logaddexp(0, logits) - x * logits
    cross_entropy = -np.sum(x * np.log(p), axis=1)
    return {
        "The category: this is the squared error between one-hot and softmax. It is smallest where -log p is, but its "
        "units are not nats: a confident wrong answer costs 2 at most.": np.sum((x - p) ** 2, axis=1),
        "The category: this is the mean squared error between one-hot and softmax: other units than nats, and "
        "divided by the number of categories.": np.mean((x - p) ** 2, axis=1),
        "The category: this is the squared error between one-hot and logits. Logits are no probabilities.": (
            np.sum((x - logits) ** 2, axis=1)
        ),
        "The category: a sigmoid for each category makes coins of them, as if a row could have several. One of them is "
        "true: softmax.": each.sum(axis=1),
        "The category: you averaged over the categories. Only the true one costs, and it counts in full.": (
            cross_entropy / x.shape[1]
        ),
        "The category: the logarithm is missing; this is minus the probability of the true one.": -np.sum(
            x * p, axis=1
        ),
        "The category: the logarithm is missing; this is one minus the probability of the true one.": (
            1 - np.sum(x * p, axis=1)
        ),
        "The category: the softmax is missing its sum. log softmax(l) is l - log(sum(exp(l))).": -np.sum(
            x * logits, axis=1
        ),
        "The category: this is softmax's entropy, which does not look at x.": -np.sum(p * np.log(p), axis=1),
        "The category: softmax was normalised over the rows, axis 0. The categories are along axis 1.": -np.sum(
            x * np.log(_softmax(logits.T).T), axis=1
        ),
        "The category: the softmax is taken twice. The outputs are logits.": -np.sum(x * np.log(_softmax(p)), axis=1),
        "The category: the sign is wrong.": -cross_entropy,
        "The category is missing.": np.zeros(len(x)),
    }


def mistaken(x, outputs, stddev):
    """From messages to what misconceptions make of the sum: of its parts, alone and together, and of the adding."""
    number, coin, category = parts = right(x, outputs, stddev)
    total = number + coin + category
    options = [
        {"": correct} | wrong
        for correct, wrong in zip(
            parts,
            (
                _numbers(x[:, 0], outputs[:, 0], stddev),
                _coins(x[:, 1], outputs[:, 1]),
                _categories(x[:, 2:], outputs[:, 2:]),
            ),
            strict=True,
        )
    ]
    pairs = [choice for choice in itertools.product(*options) if 0 < sum(map(bool, choice)) < 3]
    broken = tuple(next(message for message in option if message) for option in options)  # the three faults as given
    combined = {
        _together([text for text in choice if text]): sum(map(dict.__getitem__, options, choice))
        for choice in [*sorted(pairs, key=lambda choice: sum(map(bool, choice))), broken]
    }
    return {
        "You averaged over the rows. One number for each row is asked for.": total.mean(),
        "You added the rows up. One number for each row is asked for.": total.sum(),
        "You averaged over the three columns. Independent columns multiply, so their logarithms add up.": total / 3,
        "You divided by the number of columns of x. Independent columns multiply, so their logarithms add up.": (
            total / x.shape[1]
        ),
        "The sign is wrong: this is log p, and asked for is -log p.": -total,
        "You returned the three parts. Independent columns multiply, so their logarithms add up.": np.stack(
            parts, axis=1
        ),
        "You kept the axis: one number for each row, (batch,).": total[:, None],
        "This is in bits. Nats were asked for.": total / np.log(2),
        **combined,
    }


def _together(messages):
    """One message for the parts that are wrong."""
    if len(messages) == 1:
        return f"{messages[0]} The other two parts are right."
    how_many = "Two of the three parts are wrong." if len(messages) == 2 else "All three parts are wrong."
    return "\n".join([how_many, *messages])
