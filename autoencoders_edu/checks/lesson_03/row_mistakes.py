"""What misconceptions make of the sum over three kinds of columns (03.3), from those of its parts."""

import itertools

import numpy as np

from autoencoders_edu.checks.lesson_03.row_parts import categories, coins, log_sum, numbers, right
from autoencoders_edu.checks.shared.normal import lost_axis


def few_categories(x, logits):
    """From messages to the category's part where the number of categories is written in, in three ways."""
    message = "The category: the first category is missing: it stands in column 2, counted from 0."
    rest = log_sum(logits[:, 1:])
    values = {
        (message, "sum"): rest - np.sum(x[:, 1:] * logits[:, 1:], axis=1),
        (message, "shifted"): rest
        - logits[:, 1:].max(axis=1)
        - np.sum(x[:, 1:] * logits[:, 1:], axis=1)
        + logits[:, 1:].max(axis=1) * x[:, 1:].sum(axis=1),
        (message, "true"): rest * x[:, 1:].sum(axis=1) - np.sum(x[:, 1:] * logits[:, 1:], axis=1),
    }
    for n in range(2, 9):
        message = f"The category: you looked at {n} categories only. K is x.shape[1] - 2."
        some, largest = x[:, :n], logits[:, :n].max(axis=1, keepdims=True)
        whole, shifted = log_sum(logits[:, :n]), logits[:, :n] - largest
        values[message, "sum"] = whole - np.sum(some * logits[:, :n], axis=1)
        values[message, "shifted"] = whole - largest[:, 0] - np.sum(some * shifted, axis=1)
        values[message, "true"] = some.sum(axis=1) * whole - np.sum(some * logits[:, :n], axis=1)
    return values


def large_logits(x, outputs, stddev):
    """From messages to the sum where large logits are treated otherwise."""
    number, coin, category = right(x, outputs, stddev)
    logit, logits, values = outputs[:, 1], outputs[:, 2:], {}
    hard = logits.max(axis=1) - np.sum(x[:, 2:] * logits, axis=1)
    size = np.abs(logits).max(axis=1)
    dropped = (
        "Where logits are large you took the largest for the logarithm of the sum. The others count as well when they "
        "are nearly as large."
    )
    for n in (20, 30, 50, 80, 88, 100, 300, 500, 700, 709, 1000):
        for key, large in {"rows": size > n, "table": np.full(len(x), np.abs(outputs[:, 1:]).max() > n)}.items():
            values[dropped, key, n] = number + coin + np.where(large, hard, category)
            hard_coin = np.where(large, np.maximum(logit, 0) - x[:, 1] * logit, coin)
            values[dropped, key, n, "both"] = number + hard_coin + np.where(large, hard, category)
        limited = np.clip(logits, -n, n)
        clipped = log_sum(limited) - np.sum(x[:, 2:] * limited, axis=1)
        whole = np.clip(logit, -n, n)
        of_coin = np.logaddexp(0, whole) - x[:, 1] * whole
        message = f"You keep logits within [-{n}, {n}]. They may be as large as a few thousand."
        values |= {
            (message, 0): number + coin + clipped,
            (message, 1): number + of_coin + category,
            (message, 2): number + of_coin + clipped,
        }
    for n in range(3, 17):
        log_limit = -n * np.log(10.0)
        message = f"No probability is below 1e-{n} in your code. log p can be computed from the logits, without p."
        cheap_coin, cheap_category = (np.minimum(part, -log_limit) for part in (coin, category))
        values |= {
            (message, 0): number + coin + cheap_category,
            (message, 1): number + cheap_coin + category,
            (message, 2): number + cheap_coin + cheap_category,
        }
        more_coin, more_category = (-np.logaddexp(-part, log_limit) for part in (coin, category))
        values |= {
            (message, 3): number + coin + more_category,
            (message, 4): number + more_coin + category,
            (message, 5): number + more_coin + more_category,
        }
    return values


def mistakes(x, outputs, stddev):
    """From messages to what all of these misconceptions give."""
    with np.errstate(all="ignore"):
        total = sum(right(x, outputs, stddev))
        below = "You let no result be below 0. A density may exceed 1, and -log p is then negative."
        return (
            lost_axis(total, "a table of one row", "the rows")
            | {(below, "maximum"): np.maximum(total, 0), (below, "abs"): np.abs(total)}
            | mistaken(x, outputs, stddev)
            | large_logits(x, outputs, stddev)
        )


def mistaken(x, outputs, stddev):
    """From messages to what misconceptions make of the sum: of its parts, alone and together, and of the adding."""
    number, coin, category = parts = right(x, outputs, stddev)
    total = number + coin + category
    options = [
        {"": correct} | wrong
        for correct, wrong in zip(
            parts,
            (
                numbers(x[:, 0], outputs[:, 0], stddev),
                coins(x[:, 1], outputs[:, 1]),
                categories(x[:, 2:], outputs[:, 2:]),
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
        "This is p itself, not -log p.": np.exp(-total),
        "The logit of the yes or no is among those of your softmax: the categories' begin in column 2.": (
            number + coin + category + np.logaddexp(0, outputs[:, 1] - log_sum(outputs[:, 2:]))
        ),
        **combined,
        **{
            (_together([message]), variant): number + coin + value
            for (message, variant), value in few_categories(x[:, 2:], outputs[:, 2:]).items()
        },
    }


def _together(messages):
    """One message for the parts that are wrong."""
    if len(messages) == 1:
        return f"{messages[0]} The other two parts are right."
    how_many = "Two of the three parts are wrong." if len(messages) == 2 else "All three parts are wrong."
    return "\n".join([how_many, *messages])
