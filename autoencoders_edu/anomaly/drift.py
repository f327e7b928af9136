"""Drift: has a healthy server changed so much that the detector should be retrained?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from autoencoders_edu._arguments import positive_integer, real
from autoencoders_edu.anomaly.alerts import check_scores

MUCH = 0.25  # of the population stability index; see Siddiqi 2006
DAYS = 7  # whole weeks are compared, so that each has a weekend


@dataclass(frozen=True)
class DriftReport:
    """The result of `DriftMonitor.check`.

    Attributes:
        due: the verdict: retraining is due.
        p_value: probability that a week like the reference has medians as high as these.
        stability_index: how far the distribution of scores has moved, see `population_stability_index`.
        ratio: this week's typical score divided by that of the reference, each the median of the daily medians.
    """

    due: bool
    p_value: float
    stability_index: float
    ratio: float


class DriftMonitor:
    """Monitors a detector's scores, week by week, for a slow rise that no incident explains.

    A week's scores are compared with those of healthy days that were not used for training, in two ways, and retraining
    is due when both agree:

    - Significant: the daily medians of the last 7 days rank above those of the reference days, with p < alpha in the
      Mann-Whitney test (exact, unless medians are equal). Successive rows are too dependent to be tested one by one;
      successive days hardly are. A median ignores incidents that last less than half a day. If days are exchangeable, a
      week without drift is taken for drift with probability below alpha: once in 100 weeks by default, on average over
      references. One monitor keeps one reference, so its false alarms come in clusters. A reference of whole weeks
      allows for weekends.
    - Large: the population stability index of the scores exceeds 0.25, a large shift by the rule of credit scoring.

    Args:
        healthy_scores: (rows,), a detector's scores of held-out healthy rows, 7 days or more; an incomplete day at the
            start is left out.
        rows_per_day: positive integer; 1440 at one row per minute.
        alpha: number above 0, below 1: the acceptable number of false alarms per week.

    Raises:
        ValueError: for less than 7 days, scores that are not finite, or an alpha too small for so few days.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> monitor = DriftMonitor(rng.gamma(2, 1, 14 * 1440))
    >>> monitor.check(rng.gamma(2, 1, 7 * 1440)).due, monitor.check(rng.gamma(2, 2, 7 * 1440)).due
    (False, True)

    Reference: Mann and Whitney 1947, "On a test of whether one of two random variables is stochastically larger than
    the other"; Siddiqi 2006, "Credit risk scorecards", on the population stability index.
    """

    def __init__(self, healthy_scores: ArrayLike, rows_per_day: int = 1440, alpha: float = 0.01):
        from scipy.special import comb

        self.rows_per_day = positive_integer("DriftMonitor", "rows_per_day", rows_per_day)
        self.alpha = real("DriftMonitor", "alpha", alpha, "a number above 0, below 1", lambda value: 0 < value < 1)
        self.reference = self._whole_days(healthy_scores, "healthy_scores")
        self.medians = np.median(self.reference, axis=1)
        smallest = 1 / comb(len(self.medians) + DAYS, DAYS)
        if self.alpha <= smallest:
            raise ValueError(
                f"With {len(self.medians)} reference days no week reaches a p-value below {smallest:.2g}. Received: "
                f"alpha={alpha}; give more days, or a larger alpha."
            )

    def check(self, scores: ArrayLike) -> DriftReport:
        """Is retraining due? Checks the last 7 whole days of scores (rows,), 7 days or more.

        Returns:
            A `DriftReport`.
        """
        from scipy.stats import mannwhitneyu

        week = self._whole_days(scores, "scores")[-DAYS:]
        medians = np.median(week, axis=1)
        ties = len(np.unique(np.concatenate([medians, self.medians]))) < len(medians) + len(self.medians)
        test = mannwhitneyu(medians, self.medians, alternative="greater", method="asymptotic" if ties else "exact")
        index = population_stability_index(self.reference.ravel(), week.ravel())
        centre = float(np.median(self.medians))
        ratio = float(np.median(medians)) / centre if centre > 0 else np.nan
        p_value = 1.0 if np.isnan(test.pvalue) else float(test.pvalue)  # NaN: all medians are equal
        return DriftReport(p_value < self.alpha and index > MUCH, p_value, index, ratio)

    def watch(self, scores: ArrayLike) -> pd.DataFrame:
        """Checks at the end of each whole week of scores (rows,): a table of the reports, one row per week."""
        days = self._whole_days(scores, "scores", last=False)
        ends = range(DAYS, len(days) + 1, DAYS)
        return pd.DataFrame([vars(self.check(days[end - DAYS : end].ravel())) for end in ends])

    def _whole_days(self, scores, name, last=True):
        """Scores as (days, rows_per_day), without the incomplete day at the start (or, if not `last`, at the end)."""
        scores = check_scores(f"DriftMonitor's {name}", scores)
        days = len(scores) // self.rows_per_day
        if days < DAYS:
            raise ValueError(
                f"DriftMonitor expects {name} of at least {DAYS} days of {self.rows_per_day} rows. Received: "
                f"{len(scores)} rows, {days} whole days; set rows_per_day if rows are not minutes."
            )
        kept = days * self.rows_per_day
        return (scores[-kept:] if last else scores[:kept]).reshape(days, self.rows_per_day)


def population_stability_index(reference: ArrayLike, scores: ArrayLike, bins: int = 10) -> float:
    """How far a distribution has moved, over bins that each contain the same share of the reference:

        PSI = sum over bins of (p - q) log(p / q)

    with p and q the shares of the scores and of the reference. That is KL(p || q) + KL(q || p), in nats: 0 if nothing
    has moved, small below 0.1 and large above 0.25 by the usual rule of thumb. A bin that is empty for one of them
    counts as half a row.

    Args:
        reference, scores: (rows,), (other rows,).
        bins: positive integer.

    Reference: Siddiqi 2006, "Credit risk scorecards".
    """
    reference = check_scores("population_stability_index", reference)
    scores = check_scores("population_stability_index", scores)
    bins = positive_integer("population_stability_index", "bins", bins)
    edges = np.unique(np.quantile(reference, np.arange(1, bins) / bins))  # equal values can make bins coincide
    counts = np.stack(
        [np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1) for values in (scores, reference)]
    )
    counts = np.maximum(counts[:, counts.any(axis=0)], 0.5)
    p, q = counts / counts.sum(axis=1, keepdims=True)
    return float(np.sum((p - q) * np.log(p / q)))
