"""09.5 compare_settings: mean, spread, failures, and which settings can be told from the baseline."""

import numpy as np

from autoencoders_edu.checks.lesson_09.setting_mistakes import KEYS, MISTAKES, RIGHT
from autoencoders_edu.checks.shared.combined import expect_one_rule, marked, shown
from autoencoders_edu.exercises.expect import Failed, as_numbers, brief, expect_keys
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "09.5",
    "compare_settings",
    points=3,
    minutes=10,
    why="With a handful of seeds, the best of eight equal settings always looks like a discovery. Spread, failures and "
    "pairs keep you from publishing it.",
    hints=(
        "A row is a setting, a column a seed. np.nanmean and np.nanstd leave failed runs out; np.isnan finds them.",
        "For the comparison, subtract the baseline's row first, seed by seed. What does nan do there? And how many "
        "differences are left in each row?",
        "The stddev says how much single differences scatter; the mean of n of them scatters less, by the root of n.",
    ),
    on_success="Mean, spread and failures for every setting, and differences seed by seed: nobody had to be lucky.",
)
def check_compare_settings(probe):
    cases = draw_complete(probe.rng)
    answers = [_report(probe.call("compare_settings", scores), scores) for scores in cases]
    _judge(answers, cases, [key for key in KEYS if key != "failed"])
    more = draw_with_failures(probe.rng)
    answers += [_report(probe.call("compare_settings", scores), scores) for scores in more]
    _judge(answers, cases + more, KEYS)


def _judge(answers, cases, keys):
    for key in keys:
        expect_one_rule(
            [answer[key] for answer in answers],
            [RIGHT[key](scores) for scores in cases],
            [(scores,) for scores in cases],
            MISTAKES[key],
            otherwise=f'"{key}": {BECAUSE[key]}',
            example=_first_difference,
        )


BECAUSE = {
    "mean": "the mean over the runs of this setting that finished.",
    "stddev": "the standard deviation over the runs of this setting that finished, with n - 1 (ddof=1).",
    "failed": "how many runs of this setting failed (nan).",
    "differs": "over the seeds that finished for the setting and for the baseline, row 0: |mean difference| > 2 * "
    "stddev of the differences (ddof=1) / the root of their number.",
}


def _report(value, scores):
    """The four arrays of an answer, marked; `Failed` if it is no such report."""
    expect_keys(value, KEYS, "compare_settings(scores)")
    settings, seeds = scores.shape
    report = {}
    for key in KEYS:
        array = as_numbers(value[key])
        if array is None or (array.shape != (settings,) and array.shape not in ((seeds,), ())):
            raise Failed(
                f'"{key}" should be an array with one entry for each setting, of shape ({settings},) for scores of '
                f"shape {scores.shape}. Received: {brief(value[key])}."
            )
        report[key] = marked(array)
    return report


# The standard errors between a setting and the baseline, so close together that rules which are alike part somewhere. A
# few True and False would agree by chance. None is a line that is tried, where rounding would decide.
RATIOS = (*np.linspace(0.33, 1.53, 13), *np.arange(1.63, 3.7, 0.04), 4.05, 4.5, 5.0, 7.0, 9.0)
MANY = len(RATIOS) + 1


def draw_complete(rng):
    """Scores (settings, seeds) without failures."""
    return [
        draw(rng, 7, 5, unit=0.1),
        draw(rng, 9, 8, unit=0.05, dtype="float32"),
        draw(rng, MANY, 4, unit=100.0),
        draw(rng, MANY, 10, unit=0.1),
        draw(rng, MANY, 6, unit=0.3, paired=False),
        draw(rng, 1, 6, unit=0.2),
        draw(rng, 10, 2, unit=0.5),
        _whole(rng),
    ]


def draw_with_failures(rng):
    """Scores with failed runs: of the baseline, of others, of several settings with the same seed."""
    return [
        _with_failures(rng, draw(rng, 8, 9, unit=0.1) + 1, baseline=0),
        _with_failures(rng, draw(rng, MANY, 12, unit=0.1) - 2, baseline=2),
        _with_failures(rng, draw(rng, MANY, 7, unit=10.0) + 70, baseline=2),
    ]


def _whole(rng):
    """Scores that are whole numbers, no difference of which lies at 2 standard errors but for rounding."""
    for _ in range(20):
        scores = np.rint(draw(rng, 6, 7, unit=30)).astype(int)
        difference = scores[1:] - scores[0]
        ratio = np.abs(difference.mean(axis=1)) / (difference.std(axis=1, ddof=1) / np.sqrt(7) + 1e-9)
        if np.all(np.abs(ratio - 2) > 1e-3):
            return scores
    return np.arange(42).reshape(6, 7) * np.array([1, 2, 1, 3, 1, 1, 2])


def draw(rng, settings, seeds, unit, dtype="float64", paired=True):
    """Scores that differ from the baseline's by chosen numbers of standard errors, paired or not, up or down."""
    baseline = unit * rng.gamma(2, 0.5, seeds) + rng.choice([1, 3]) * unit
    scatter = _scatter(rng, baseline, settings - 1, unit)
    ratios = np.resize(rng.permutation(RATIOS), settings - 1) * rng.choice([-1, 1], settings - 1)
    width = scatter.std(axis=1, ddof=1)
    if not paired:
        width = np.hypot((baseline + scatter).std(axis=1, ddof=1), baseline.std(ddof=1))
    means = ratios * width / np.sqrt(seeds)
    return np.concatenate([baseline[None], baseline + scatter + means[:, None]]).astype(dtype)


def _scatter(rng, baseline, settings, unit):
    """Differences around 0: small beside the spread of the seeds, or against it, good seeds having become bad ones."""
    noise = unit * rng.gamma(1, 1, (settings, len(baseline))) * rng.choice([-1, 1], (settings, 1))
    scatter = rng.choice([0.1, 1], (settings, 1)) * noise - 2 * baseline * (rng.random((settings, 1)) < 0.3)
    return scatter - scatter.mean(axis=1, keepdims=True)


def _with_failures(rng, scores, baseline):
    """The scores, with failed runs in most rows; at least three seeds are left for each setting and the baseline."""
    scores = scores.copy()
    settings, seeds = scores.shape
    scores[0, rng.choice(seeds, baseline, replace=False)] = np.nan
    for row in range(1, settings):
        left = np.flatnonzero(~np.isnan(scores[0]))
        lost = rng.choice(left, int(rng.integers(0, min(4, len(left) - 2))), replace=False)
        scores[row, lost] = np.nan
        if baseline and rng.random() < 0.5:  # and a seed that failed for the baseline, too
            scores[row, rng.choice(np.flatnonzero(np.isnan(scores[0])))] = np.nan
        both = ~np.isnan(scores[row] - scores[0])
        difference = scores[row, both] - scores[0, both]
        ratio = rng.choice(RATIOS) * rng.choice([-1, 1]) * difference.std(ddof=1) / np.sqrt(both.sum())
        scores[row] += ratio - difference.mean()
    return scores


def _first_difference(case, answer, expected):
    (scores,) = case
    answer, expected = np.asarray(answer), np.asarray(expected)
    if answer.shape != expected.shape:
        return f"For scores of shape {scores.shape} received shape {answer.shape}, expected {expected.shape}."
    place = int(np.argmin(np.isclose(answer, expected, 1e-4, 1e-6)))
    row = ", ".join("nan" if np.isnan(x) else f"{x:.4g}" for x in scores[place])
    return (
        f"For scores of shape {scores.shape}, setting {place}, with scores {row}: received {shown(answer[place])}, "
        f"expected {shown(expected[place])}."
    )
