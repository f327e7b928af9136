"""The three parts of a row's -log p (03.3), and what misconceptions make of each."""

import numpy as np


def _softmax(logits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def log_sum(logits):
    largest = logits.max(axis=1)
    return largest + np.log(np.exp(logits - largest[:, None]).sum(axis=1))


def right(x, outputs, stddev):
    """-log p of the number, of the yes or no, and of the category: (batch,) each."""
    logit, logits = outputs[:, 1], outputs[:, 2:]
    return (
        0.5 * ((x[:, 0] - outputs[:, 0]) / stddev) ** 2 + np.log(stddev) + 0.5 * np.log(2 * np.pi),
        np.logaddexp(0, logit) - x[:, 1] * logit,
        log_sum(logits) - np.sum(x[:, 2:] * logits, axis=1),
    )


def numbers(x, mean, stddev):
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
        "The number: this is half the squared error, without stddev.": (x - mean) ** 2 / 2,
        "The number: stddev is missing in the exponent: (x - mean)^2 / (2 stddev^2).": (
            (x - mean) ** 2 / 2 + np.log(stddev) + constant
        ),
        "The number: a / 2 * b is (a / 2) times b in Python. Write / (2 * stddev**2).": (
            (x - mean) ** 2 / 2 * stddev**2 + np.log(stddev) + constant
        ),
        "The number: this is |x - mean|, a Laplace distribution's exponent. A Gaussian's is squared.": (
            np.abs(x - mean) / (2 * stddev**2) + np.log(stddev) + constant
        ),
        "The number: log(2 pi stddev) / 2 has the square missing: log(2 pi stddev^2) / 2.": (
            0.5 * square + np.log(stddev) / 2 + constant
        ),
        "The number: stddev is taken for 1.": (x - mean) ** 2 / 2 + constant,
        "The number is missing.": np.zeros(len(x)),
    }


def coins(x, logit):
    """From messages to what misconceptions make of the yes or no."""
    p = 1 / (1 + np.exp(-logit))
    return {
        "The yes or no: x = 0 costs nothing in your code. A coin's other side has probability 1 - p.": -x * np.log(p),
        "The yes or no: x = 1 costs nothing in your code.": -(1 - x) * np.log(1 - p),
        "The yes or no: this is the squared error of p: a Gaussian's, in other units than nats.": (x - p) ** 2,
        "The yes or no: p and 1 - p are exchanged.": np.logaddexp(0, logit) - (1 - x) * logit,
        "The yes or no: the sigmoid is taken twice, or Keras takes your p for a logit.": np.logaddexp(0, p) - x * p,
        "The yes or no: you took the logit for a probability. Keras's losses have from_logits=True.": (
            -x * np.log(np.clip(logit, 1e-7, 1 - 1e-7)) - (1 - x) * np.log(1 - np.clip(logit, 1e-7, 1 - 1e-7))
        ),
        "The yes or no: 1 - log p is not log(1 - p).": -x * np.log(p) - (1 - x) * (1 - np.log(p)),
        "The yes or no: p is summed up without a logarithm.": -x * p - (1 - x) * (1 - p),
        "The yes or no: the term of x = 0 has the wrong sign. Both are subtracted: - x log p - (1 - x) log(1 - p).": (
            -x * np.log(p) + (1 - x) * np.log(1 - p)
        ),
        "The yes or no: this is the mean over the rows, one number: each row has its own.": np.full(
            len(x), (np.logaddexp(0, logit) - x * logit).mean()
        ),
        "The yes or no: the sign is wrong.": x * logit - np.logaddexp(0, logit),
        "The yes or no is missing.": np.zeros(len(x)),
    }


def categories(x, logits):
    """From messages to what misconceptions make of the category."""
    p, whole = _softmax(logits), log_sum(logits)
    clipped = np.clip(logits / logits.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
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
        "The category: softmax was normalised over the whole table. The categories are along axis 1.": np.sum(
            x * (np.log(np.exp(logits).sum()) - logits), axis=1
        ),
        "The category: one of K is true, and - log q of that one is all. You added - log(1 - q) of the others.": (
            -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1)
        ),
        "The category: this is half the squared error between one-hot and softmax: other units than nats.": (
            0.5 * np.sum((x - p) ** 2, axis=1)
        ),
        "The category: you added - log q of all K. Only the true one costs.": -np.sum(np.log(p), axis=1),
        "The category: the logits of all K are subtracted. Only that of the true one is.": whole - logits.sum(axis=1),
        "The category: this is - log q of the likeliest category. x says which is true.": whole - logits.max(axis=1),
        "The category: you took the logits for probabilities. Keras's losses have from_logits=True.": (
            -np.sum(x * np.log(clipped), axis=1)
        ),
        "The category is missing.": np.zeros(len(x)),
    }
