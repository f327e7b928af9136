"""03.3 row_nll: the negative log-likelihood of rows with three kinds of columns, a broken version of which is given."""

import numpy as np

from autoencoders_edu.checks.lesson_03.row_mistakes import mistakes
from autoencoders_edu.checks.lesson_03.row_parts import right
from autoencoders_edu.checks.shared.cases import Cases
from autoencoders_edu.checks.shared.normal import has_lost_numbers
from autoencoders_edu.exercises.expect import Failed, as_numbers, fits
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
    batch, categories = map(int, probe.rng.integers([5, 6], [9, 10]))
    cases = Cases(mistakes)
    for case, what, lost in (
        (draw(probe.rng, batch, categories, 2.0), f"row_nll for x of shape {(batch, 2 + categories)}", ""),
        (draw(probe.rng, 1, 2, 2.0), "row_nll for x of shape (1, 4)", ""),
        (_likely(probe.rng), "For rows that fit, and a small stddev, row_nll", ""),
        (draw(probe.rng, 6, 4, 1500.0), "With logits beyond a thousand, row_nll", BEYOND),
        (_shifted(probe.rng), "With all logits of a row's categories 2000 larger or smaller, row_nll", SHIFTED),
    ):
        answer = probe.call("row_nll", *case)
        if has_lost_numbers(answer):
            raise Failed(f"{what} is not finite. {lost}\n{BECAUSE}")
        cases.compare(case, answer, sum(right(*case)), BECAUSE, what, lambda case=case: _where(probe, *case))


def _likely(rng):
    """Rows that a narrow density makes likely: -log p is below 0."""
    x, outputs, _ = draw(rng, 5, 3, 0.0)
    stddev = float(rng.uniform(0.02, 0.05))
    outputs[:, 0] = x[:, 0] + rng.normal(0, stddev, 5).clip(-stddev, stddev)
    outputs[:, 1:] = 6 * x[:, 1:]
    outputs[:, 1] -= 3
    return x, outputs, stddev


def _shifted(rng):
    """Ordinary logits, but those of a row's categories all 2000 larger or smaller: softmax is the same."""
    x, outputs, stddev = draw(rng, 5, 4, 2.0)
    outputs[:, 2:] += np.array([-2000, 2000, 2000, -2000, 2000])[:, None]
    return x, outputs, stddev


def _where(probe, x, outputs, stddev):
    """Which parts change as they should: the outputs of one are changed, all else stays."""
    rng, off = np.random.default_rng(0), []
    before, right_before = as_numbers(probe.call("row_nll", x, outputs, stddev)), sum(right(x, outputs, stddev))
    if before is None or before.shape != right_before.shape:  # pyright: ignore[reportAttributeAccessIssue]
        return ""
    for name, columns in {
        "mean": slice(0, 1),
        "yes or no's logit": slice(1, 2),
        "categories' logits": slice(2, None),
    }.items():
        other = outputs.copy()
        other[:, columns] += rng.uniform(0.5, 1.5, other[:, columns].shape)
        after = as_numbers(probe.call("row_nll", x, other, stddev))
        if after is None or not fits(after - before, sum(right(x, other, stddev)) - right_before, 1e-3, 1e-3):
            off.append(name)
    if fits(probe.call("row_nll", x, outputs, 1.5 * stddev), before):
        return "It is the same for a larger stddev. "
    if not off:
        return "Where the outputs change, it changes as it should. "
    fine = "" if len(off) == 3 else " With the other outputs it does."
    return f"It does not change with the {' and the '.join(off)} as it should.{fine} "


BEYOND = (
    "A probability there is 0 or 1 in float64, and log(0) is minus infinity: compute log p from the logits, without p "
    "in between."
)
SHIFTED = (
    "In float64, exp(2000) is infinite and exp(-2000) is 0. Subtract each row's largest logit first: softmax stays the "
    "same."
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
