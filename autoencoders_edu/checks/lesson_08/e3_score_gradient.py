"""08.3 score_gradient: the gradient of an expectation from costs alone."""

from dataclasses import dataclass, field

import numpy as np

from autoencoders_edu.exercises.expect import Failed, LearnerError, expect, expect_close
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "08.3",
    "score_gradient",
    points=3,
    minutes=10,
    why="Where a cost has no slope, because it has jumps or because nobody can see inside, the score function "
    "still gives an unbiased gradient, where the path gives 0 or does not exist.",
    hints=(
        "log q(z) = -(z - mean)^2 / (2 stddev^2) - log(stddev) - constant. Differentiate it for the mean, then for the "
        "stddev, with z held fixed.",
        "Put z - mean = stddev * epsilon into both derivatives. What is left of them?",
        "Subtract the baseline from the cost of each draw before you multiply anything.",
    ),
    on_success="You differentiated the expectation of a staircase, and nobody told you its slope: it has none.",
)
def check_score_gradient(probe):
    for sign in (0, 1, -1):
        case = draw_case(probe.rng, sign)
        options = {"baseline": case.baseline} if sign else {}
        try:
            found = probe.call("score_gradient", case.cost, case.mean, case.stddev, case.epsilon, **options)
        except LearnerError as error:
            if sign and "argument 'baseline'" in str(error):  # without it, the same call was right
                raise Failed(f"score_gradient should take a fifth argument, baseline=0.0.\n{error}") from None
            raise
        expect_gradient(found, case)


EQUATION = (
    "The gradient is the mean over draws of (cost(z) - baseline) times the derivative of log q(z), for the mean and "
    "for the stddev."
)


@dataclass
class StaircaseCost:
    """A cost with jumps, which notes where it is asked, and the draws at which it should be."""

    edges: np.ndarray
    heights: np.ndarray
    mean: float
    stddev: float
    epsilon: np.ndarray
    baseline: float
    asked: list = field(default_factory=list)

    def cost(self, z):
        z = np.asarray(z, float)
        self.asked.append(z.ravel())
        return self.value(z)

    def value(self, z):
        return self.heights[np.searchsorted(self.edges, z)]

    @property
    def z(self):
        return self.mean + self.stddev * self.epsilon

    def gradient(self, scores=None, sign=-1.0, own_mean=False):
        """The estimate with other scores, two arrays (n,), another sign of the baseline, or the costs' mean for it."""
        value = self.value(self.z)
        weight = value - value.mean() if own_mean else value + sign * self.baseline
        scores = self.scores() if scores is None else scores
        return np.array([np.mean(weight * score) for score in scores])

    def scores(self):
        return self.epsilon / self.stddev, (self.epsilon**2 - 1) / self.stddev


def draw_case(rng, sign):
    """A staircase of six steps, its edges well away from the draws: rounding must not push one over an edge.

    The baseline has this sign (0: there is none) and the height of one of the steps.
    """
    mean, stddev = rng.uniform(-2, 2), rng.uniform(0.4, 0.8) if rng.random() < 0.5 else rng.uniform(1.4, 2.5)
    epsilon = rng.normal(size=int(rng.integers(40, 80)))
    z = np.sort(mean + stddev * epsilon)
    places = np.sort(rng.choice(np.arange(1, len(z)), 5, replace=False))
    edges = (z[places - 1] + z[places]) / 2
    baseline, heights = float(sign * rng.uniform(1, 3)), rng.uniform(1, 6, 6)
    if sign:
        heights[rng.integers(6)] = baseline
    return StaircaseCost(edges, heights, float(mean), float(stddev), epsilon, baseline)


def expect_gradient(found, case):
    """The two derivatives, or `Failed`."""
    _expect_asked_at_draws(case)
    expect_close(
        found,
        case.gradient(),
        because=EQUATION,
        what="score_gradient(...)",
        mistakes=_mistakes(case) if case.baseline >= 0 else _mistakes_below_zero(case),
    )


def _expect_asked_at_draws(case):
    """The cost was asked, at the draws and nowhere else; or `Failed`."""
    expect(bool(case.asked), "Your code never asked for the cost of a draw.")
    moved = [asked for asked in case.asked if len(asked) == len(case.z)]  # in a place of its own for each draw
    several = any(not np.allclose(asked, moved[0]) for asked in moved)
    standardised = case.mean + case.stddev * (case.epsilon - case.epsilon.mean()) / case.epsilon.std()
    for asked in case.asked:
        strange = np.min(np.abs(asked[:, None] - case.z), axis=1) > 1e-4
        if not strange.any():
            continue
        beside = len(asked) == len(case.z) and np.max(np.abs(asked - case.z)) < 0.3 * case.stddev
        reason = ELSEWHERE
        if len(asked) == len(standardised) and np.allclose(asked, standardised, atol=1e-4):
            reason = "You standardised epsilon. It is drawn already, and is used as it is."
        elif beside:
            reason = FOR_A_SLOPE if several else BESIDE
        raise Failed(f"{reason}\nFor instance at {asked[strange][0]:.4g}, which is not a draw.")


ELSEWHERE = "You asked for the cost at other places than the draws z = mean + stddev * epsilon."
BESIDE = "You asked for the cost beside the draws. They are z = mean + stddev * epsilon, with epsilon as it is given."
FOR_A_SLOPE = (
    "You asked for the cost beside the draws, to find its slope. A cost with jumps has the slope 0 nearly everywhere: "
    "this estimator needs the cost at the draws and nothing else."
)


def _mistakes_below_zero(case):
    """From messages to what this gives where the answers were right without a baseline and with one above 0."""
    return {
        "You subtract the baseline only where it is above 0. It may be any number.": case.gradient(sign=0.0),
        "You subtract the size of the baseline, without its sign. It may be negative.": case.gradient(sign=1.0),
        LEFT_OUT: _without_zeros(case),
    }


LEFT_OUT = "You left out the draws whose cost is the baseline. They count for 0, and belong to the mean."


def _without_zeros(case):
    return case.gradient() * len(case.epsilon) / max(1, np.sum(case.value(case.z) != case.baseline))


def _mistakes(case):
    """From messages to what this misconception gives."""
    e, s = case.epsilon, case.stddev
    density = np.exp(-(e**2) / 2) / (s * np.sqrt(2 * np.pi))
    for_mean, for_stddev = case.scores()
    right, log_density = case.gradient(), -(e**2) / 2 - np.log(s)
    weight = case.value(case.z) - case.baseline
    return {
        LEFT_OUT: _without_zeros(case),
        "You ignored the baseline. It is subtracted from the cost of each draw.": case.gradient(sign=0.0),
        "You subtracted the baseline for the mean alone. It belongs to the cost of each draw, in both derivatives.": (
            np.array([right[0], case.gradient(sign=0.0)[1]])
        ),
        "You subtracted the baseline for the stddev alone. It belongs to the cost of each draw, in both derivatives.": (
            np.array([case.gradient(sign=0.0)[0], right[1]])
        ),
        **{
            f"You divided by {n}. Divide by the number of draws that you are given, len(epsilon).": right * len(e) / n
            for n in (100, 1000)
        },
        "You added the baseline. It is subtracted.": case.gradient(sign=1.0),
        "You subtracted the baseline from the gradient. It belongs to the cost, before the score is multiplied.": (
            case.gradient(sign=0.0) - case.baseline
        ),
        "The sign is reversed: a draw above the mean becomes *more* likely when the mean grows.": -right,
        "The -1 is missing from the score of the stddev. It comes from the -log(stddev) in log q(z).": case.gradient(
            (for_mean, e**2 / s)
        ),
        "You did not divide by the stddev. Put z - mean = stddev * epsilon into (z - mean) / stddev^2.": case.gradient(
            (e, e**2 - 1)
        ),
        "You divided by the variance. (z - mean) / stddev^2 is epsilon / stddev: one stddev cancels.": case.gradient(
            (e / s**2, (e**2 - 1) / s**2)
        ),
        "The second number is the derivative for the log-variance, not for the stddev.": case.gradient(
            (for_mean, (e**2 - 1) / 2)
        ),
        "You differentiated the density q instead of log q. The draws already come as often as q says.": case.gradient(
            (density * for_mean, density * for_stddev)
        ),
        "You multiplied by log q itself. Multiply by its derivative.": np.full(2, np.mean(weight * np.log(density))),
        "You averaged (cost - baseline) times log q(z) itself. Multiply by its derivative, one for the mean, one for "
        "the stddev.": np.mean(weight * np.log(density)),
        "You multiplied by log q itself, without its constant. Multiply by its derivative.": np.full(
            2, np.mean(weight * log_density)
        ),
        "You averaged (cost - baseline) times log q(z), without its constant. Multiply by its derivative, one for the "
        "mean, one for the stddev.": np.mean(weight * log_density),
        "The sign of the first number is reversed: it is z - mean, not mean - z.": np.array([-right[0], right[1]]),
        "The first number is not divided by the stddev: (z - mean) / stddev^2 is epsilon / stddev.": case.gradient(
            (e, for_stddev)
        ),
        "The 1 is added in the score of the stddev. It is subtracted: epsilon^2 - 1.": case.gradient(
            (for_mean, (e**2 + 1) / s)
        ),
        "epsilon is not squared in the score of the stddev.": case.gradient((for_mean, (e - 1) / s)),
        "You averaged over the two scores, not over the draws.": weight * (for_mean + for_stddev) / 2,
        "The sign of the second number is reversed: far draws become more likely when the stddev grows.": (
            np.array([right[0], -right[1]])
        ),
        "The cube is missing from the score of the stddev: (z - mean)^2 / stddev^3 - 1 / stddev.": case.gradient(
            (for_mean, e**2 - 1 / s)
        ),
        "In the score of the stddev, -1 is divided by the stddev, too: (epsilon^2 - 1) / stddev.": case.gradient(
            (for_mean, e**2 / s - 1)
        ),
        "You differentiated log q(z) along the draws, so z moved with the parameters. Hold z fixed.": case.gradient(
            (0 * e, -np.ones_like(e) / s)
        ),
        "In the score of the stddev, epsilon^2 is divided by stddev^3. That holds for (z - mean)^2: with z - mean = "
        "stddev * epsilon, two of the three cancel.": case.gradient((for_mean, e**2 / s**3 - 1 / s)),
        "In the score of the mean you divided epsilon by the variance. (z - mean) / stddev^2 is epsilon / stddev: one "
        "stddev cancels.": case.gradient((e / s**2, for_stddev)),
        "You subtracted the mean of these costs, or the scores' own mean from the scores, which gives the same. The "
        "baseline is an argument.": case.gradient(own_mean=True),
        "The second number is the derivative for the logarithm of the stddev, epsilon^2 - 1, not for the stddev.": (
            case.gradient((for_mean, e**2 - 1))
        ),
        "The second number is the derivative for the variance, not for the stddev.": case.gradient(
            (for_mean, (e**2 - 1) / (2 * s**2))
        ),
        "You took the absolute value of epsilon for the score of the mean. Its sign tells on which side z is.": (
            case.gradient((np.abs(e) / s, for_stddev))
        ),
        "You averaged over both scores. Average over the draws alone: two numbers are asked for.": (np.mean(right)),
        "You multiplied two means, that of the cost and that of the score. Multiply draw by draw, then average.": (
            np.mean(weight) * np.array([for_mean.mean(), for_stddev.mean()])
        ),
        "You took the median over the draws. An expectation is estimated by their mean.": np.median(
            [weight * score for score in (for_mean, for_stddev)], axis=1
        ),
        "You divided the cost by its standard deviation. That changes the gradient's length, and makes it biased.": (
            right / np.std(case.value(case.z))
        ),
        "You took the absolute value of cost - baseline. A draw that is better than the baseline counts against.": (
            np.array([np.mean(np.abs(weight) * score) for score in (for_mean, for_stddev)])
        ),
        "The score of the stddev is divided by the stddev once too often: it is (epsilon^2 - 1) / "
        "stddev.": case.gradient((for_mean, (e**2 - 1) / s**2)),
        "You returned the derivative for the mean alone. The one for the stddev is asked for as well.": right[0],
        "You put z where z - mean belongs.": case.gradient((case.z / s**2, (case.z**2 - s**2) / s**3)),
        "You added the baseline to the gradient. Its mean is right without that: the score has mean zero.": (
            right + case.baseline
        ),
        "You returned a number for each draw. The gradient is their mean.": np.stack(
            [weight * score for score in (for_mean, for_stddev)]
        ),
        "You divided by n - 1. An expectation is estimated by a mean, over n.": right * len(e) / (len(e) - 1),
        "You subtracted the baseline from the score, not from the cost.": np.array(
            [np.mean(case.value(case.z) * (score - case.baseline)) for score in (for_mean, for_stddev)]
        ),
        "You used the score of the mean for the stddev, too.": case.gradient((for_mean, for_mean)),
        "The two numbers have changed places: first the mean, then the stddev.": right[::-1],
        "You put z where epsilon belongs.": case.gradient((case.z / s, (case.z**2 - 1) / s)),
        "You added the draws up. An expectation is estimated by their mean.": right * len(e),
        "Your gradient is 0. Along the path that is so: a staircase is flat nearly everywhere. Here the cost at each "
        "draw is multiplied by the score of the draw.": np.zeros(2),
    }
