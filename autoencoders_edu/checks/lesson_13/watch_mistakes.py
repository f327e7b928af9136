"""What mistakes make of the watch of 13.2."""

from typing import Any

import numpy as np

from autoencoders_edu.checks.lesson_13.watches import directions, of_scaled, one_for_constant, watch
from autoencoders_edu.checks.shared.combined import rules, ways


def _as_the_library(rows, stddev):
    return np.clip(np.where(stddev == 0, 10 * np.sign(rows), one_for_constant(rows, stddev)), -10, 10)


def _of_all(x_train, x_held_out):
    both = np.concatenate([x_train, x_held_out])
    return both.mean(axis=0), both.std(axis=0)


def _own(rows, mean, stddev, x_held_out):
    return one_for_constant(rows - rows.mean(axis=0), rows.std(axis=0))


def _own_with_nan(rows, mean, stddev, x_held_out):
    return (rows - rows.mean(axis=0)) / rows.std(axis=0)


def _own_mean(rows, mean, stddev, x_held_out):
    return one_for_constant(rows - rows.mean(axis=0), stddev)


def _own_stddev(rows, mean, stddev, x_held_out):
    return one_for_constant(rows - mean, rows.std(axis=0))


def _own_stddev_with_nan(rows, mean, stddev, x_held_out):
    return (rows - mean) / rows.std(axis=0)


def _per_row(rows, stddev):
    return (rows - rows.mean(axis=1, keepdims=True)) / rows.std(axis=1, keepdims=True)


def _clipped(most):
    """Options that clip, for PCA and for scores, or for scores alone."""

    def clip(rows, stddev):
        return np.clip(one_for_constant(rows, stddev), -most, most)

    return {"constant": clip}, {"judge": lambda rows, mean, stddev, x_held_out: clip(rows - mean, stddev)}


def _of_held_out_rows(rows, mean, stddev, x_held_out):
    return one_for_constant(rows - x_held_out.mean(axis=0), x_held_out.std(axis=0))


def _centred_again(scaled, x_train, x_held_out, components):
    z = scaled(x_train)
    return z.mean(axis=0), directions(z - z.mean(axis=0), components)


def _centred_for_directions(scaled, x_train, x_held_out, components):
    z = scaled(x_train)
    return 0, directions(z - z.mean(axis=0), components)


def _planes(of):
    """Directions of other rows than the standardised training rows; centred for them, or for scores as well, or not."""

    def with_centre(scaled, x_train, x_held_out, components):
        rows = of(scaled, x_train, x_held_out)
        return rows.mean(axis=0), directions(rows - rows.mean(axis=0), components)

    def for_directions(*arguments):
        return 0, with_centre(*arguments)[1]

    def without_centre(scaled, x_train, x_held_out, components):
        return 0, directions(of(scaled, x_train, x_held_out), components)

    return for_directions, without_centre, with_centre


def _other_count(change):
    def plane(scaled, x_train, x_held_out, components):
        return 0, directions(scaled(x_train), change(components))

    return plane


def _weakest(scaled, x_train, x_held_out, components):
    return 0, np.linalg.svd(scaled(x_train))[2][-components:].T


def _not_centred(scaled, x_train, x_held_out, components):
    return 0, directions(one_for_constant(x_train, x_train.std(axis=0)), components)


def _by(method: Any):
    return lambda score, x_train, x_held_out, quantile: np.quantile(score(x_held_out), quantile, method=method)


def _fitted_anew(z, reconstruction, components, p, stddev):
    p = directions(z, components)
    return np.mean((z - z @ p @ p.T) ** 2, axis=1)


def _smoothed(scores, rows):
    """Means of each score and those before it, `rows` of them or as many as there are."""
    return np.array([scores[max(0, stop - rows) : stop].mean() for stop in range(1, len(scores) + 1)])


def _means(scores, rows, mode: Any):
    return np.convolve(scores, np.ones(rows) / rows, mode)


def _range(x_train, x_held_out):
    return x_train.min(axis=0), np.ptp(x_train, axis=0)


OWN = (
    "Rows that are to be judged are standardised with their own mean and stddev. A server that is sick all day then "
    "looks like a healthy one, and a single row is all zeros or nan. Mean and stddev are those of x_train."
)
OWN_WITH_NAN = (
    "The rows to be judged are standardised with a mean and a stddev of their own. Where that stddev is 0, as for a "
    "single row, 0 / 0 is nan, and a server that is sick all day looks like a healthy one. Mean and stddev are those "
    "of x_train."
)
OF_ALL = (
    "Mean and stddev are those of training and held-out rows together. The held-out rows stand for a week that is "
    "yet to come: take them from x_train alone."
)
UNSCALED = (
    "PCA was fitted to rows that were not scaled: the metric with the largest numbers decides, by its unit. Fit it to "
    "standardised training rows."
)
FROM_TRAINING = (
    "The threshold comes from the scores of training rows. If there are few of them, PCA reconstructs them better than "
    "rows to come. Take it from x_held_out."
)
ZERO_BY_ZERO = "A metric that never moves in training has a stddev of 0, and 0 / 0 is nan. Divide such a metric by 1."

PLANE_OF_ALL = "PCA was fitted to training and held-out rows together. Held-out rows are for the threshold alone."
LIMIT_OF_ALL = (
    "The threshold comes from the scores of training and held-out rows together. Take it from those of x_held_out."
)

JUDGE = {
    OWN: [{"judge": _own}],
    OWN_WITH_NAN: [{"judge": _own_with_nan}],
    "Rows that are to be judged are standardised with mean and stddev of x_held_out, as if a scaler had been fitted "
    "again. Take those of x_train.": [{"judge": _of_held_out_rows}],
    "Rows that are to be judged are centred at their own mean. What they have in common, as on a day on which all is "
    "sick, is lost. The mean is that of x_train.": [{"judge": _own_mean}],
    "Rows that are to be judged are divided by their own stddev. The stddev is that of x_train.": [
        {"judge": judge} for judge in (_own_stddev, _own_stddev_with_nan)
    ],
}
SCALE = {
    OF_ALL: [{"scale": _of_all, "plane": plane} for plane in (of_scaled, _centred_again, _centred_for_directions)],
    "Mean and stddev are those of the held-out rows. Take them from x_train.": [
        {"scale": lambda x_train, x_held_out: (x_held_out.mean(axis=0), x_held_out.std(axis=0)), "plane": plane}
        for plane in (of_scaled, _centred_again, _centred_for_directions)
    ],
    "Rows are centred, but not divided by the stddev: the metric with the largest numbers decides.": [
        {"scale": lambda x_train, x_held_out: (x_train.mean(axis=0), np.ones(x_train.shape[1]))}
    ],
    "Rows are neither centred nor divided by the stddev. Standardise them with mean and stddev of x_train.": [
        {"scale": lambda x_train, x_held_out: (0, np.ones(x_train.shape[1])), "plane": plane}
        for plane in (of_scaled, _centred_for_directions)
    ],
    "Rows are divided by the stddev, but not centred. Subtract the mean of x_train.": [
        {"scale": lambda x_train, x_held_out: (0, x_train.std(axis=0)), "plane": plane}
        for plane in (of_scaled, _centred_for_directions)
    ],
    "Your stddev has ddof=1, the default of pandas. Take ddof=0, NumPy's.": [
        {"scale": lambda x_train, x_held_out: (x_train.mean(axis=0), x_train.std(axis=0, ddof=1))}
    ],
    "You divided by the variance. Divide by the stddev.": [
        {"scale": lambda x_train, x_held_out: (x_train.mean(axis=0), x_train.var(axis=0))}
    ],
    "You took one mean and one stddev for all metrics. Each metric has its own: axis=0.": [
        {
            "scale": lambda x_train, x_held_out: (x_train.mean(), np.full(x_train.shape[1], x_train.std())),
            "plane": plane,
        }
        for plane in (of_scaled, _centred_again, _centred_for_directions)
    ],
    "You keep every stddev from being smaller than 1. Metrics may be in any unit: 1 stands for a stddev of 0 alone.": [
        {"scale": lambda x_train, x_held_out: (x_train.mean(axis=0), np.maximum(x_train.std(axis=0), 1))}
    ],
    "You subtract the median. Subtract the mean.": [
        {"scale": lambda x_train, x_held_out: (np.median(x_train, axis=0), x_train.std(axis=0)), "plane": plane}
        for plane in (of_scaled, _centred_again, _centred_for_directions)
    ],
    "You standardise each row with its own mean and stddev, over the metrics. Each metric has its own: axis=0.": [
        {"scale": lambda x_train, x_held_out: (0, np.ones(x_train.shape[1])), "constant": _per_row, "plane": plane}
        for plane in (of_scaled, _centred_again, _centred_for_directions)
    ],
    "You scaled metrics to [0, 1] by their range. Subtract the mean and divide by the stddev.": [
        {"scale": _range, "plane": plane} for plane in (of_scaled, _centred_again, _centred_for_directions)
    ],
}
CONSTANT = {
    ZERO_BY_ZERO: [
        {"constant": lambda rows, stddev: rows / stddev},
        {"judge": lambda rows, mean, stddev, x_held_out: (rows - mean) / stddev},
    ],
    "You add a tiny number to the stddev, or keep it from being smaller than one. A metric that never moved in "
    "training is then divided by that, and the smallest change of it gives an enormous score. Divide such a metric "
    "by 1.": [
        *({"constant": lambda rows, stddev, small=10.0**-n: rows / (stddev + small)} for n in range(3, 17)),
        *({"constant": lambda rows, stddev, small=10.0**-n: rows / np.maximum(stddev, small)} for n in range(3, 17)),
    ],
    "A metric that never moved in training has no part in the score, though it is in the mean. If it moves now, that "
    "is news: divide it by 1.": [
        {"constant": lambda rows, stddev: np.where(stddev == 0, 0, rows / np.where(stddev == 0, 1, stddev))}
    ],
    "You scale as ae.anomaly.Scale does: it clips at 10 stddevs, and a metric that never moved in training counts as "
    "10 if it has moved. Nothing is clipped here, and such a metric is divided by 1.": [{"constant": _as_the_library}],
    "You left out metrics that never moved in training. If one moves now, that is news: divide it by 1.": [
        {"keep": lambda stddev: stddev > 0}
    ],
    "You take a metric with a small stddev for one that stands still. Metrics may be in any unit: only a stddev of 0 "
    "counts as 1.": [
        {"constant": lambda rows, stddev, small=10.0**-n: rows / np.where(stddev < small, 1, stddev)} for n in range(5)
    ],
    "You clip standardised rows. Nothing is clipped here: what lies far off should have a large score.": [
        option for most in (3, 4, 5, 6, 8, 10, 15, 20) for option in _clipped(most)
    ],
    "You turned nan into 0, and infinity into the largest float: the smallest change of a metric that never moved in "
    "training is then everything. Divide such a metric by 1.": [
        {"constant": lambda rows, stddev: np.nan_to_num(rows / stddev)},
    ],
}
PLANE = {
    UNSCALED: [
        {"plane": plane}
        for plane in (
            *_planes(lambda scaled, x_train, x_held_out: x_train)[:2],
            *_planes(lambda scaled, x_train, x_held_out: x_train - x_train.mean(axis=0))[1:],
        )
    ],
    "PCA was fitted to the held-out rows. They are for the threshold alone.": [
        {"plane": plane} for plane in _planes(lambda scaled, x_train, x_held_out: scaled(x_held_out))
    ],
    PLANE_OF_ALL: [
        {"plane": plane}
        for plane in _planes(lambda scaled, x_train, x_held_out: np.concatenate([scaled(x_train), scaled(x_held_out)]))
    ],
    "PCA was fitted to rows that were divided by the stddev, but not centred. Fit it to standardised training rows.": [
        {"plane": _not_centred}
    ],
    "You took the directions of the smallest variance. Take those of the largest: np.linalg.eigh sorts them from small "
    "to large.": [{"plane": _weakest}],
    "You took one component more than `components`.": [{"plane": _other_count(lambda components: components + 1)}],
    "You took one component less than `components`.": [{"plane": _other_count(lambda components: components - 1)}],
}
FIXED_PLANE = {
    **{
        f"You took {n} components, a number in your code. It is an argument.": [
            {"plane": _other_count(lambda components, n=n: n)}
        ]
        for n in (2, 3, 4, 5, 8)
    },
}
ERROR = {
    "A score is the sum over the metrics. Take their mean.": [
        {"error": lambda z, z_, components, p, stddev: np.sum((z - z_) ** 2, axis=1)}
    ],
    "You took the root of the mean squared error. The score is the mean squared error.": [
        {"error": lambda z, z_, components, p, stddev: np.sqrt(np.mean((z - z_) ** 2, axis=1))}
    ],
    "You took the length of the residual, the root of a sum. The score is the mean of its squares.": [
        {"error": lambda z, z_, components, p, stddev: np.sqrt(np.sum((z - z_) ** 2, axis=1))}
    ],
    "You took absolute errors. The score is the mean of their squares.": [
        {"error": lambda z, z_, components, p, stddev: np.mean(np.abs(z - z_), axis=1)}
    ],
    "You took the largest squared error of a row. The score is their mean.": [
        {"error": lambda z, z_, components, p, stddev: np.max((z - z_) ** 2, axis=1)}
    ],
    "The error is in the metrics' own units, so that the one with the largest numbers decides. Take z minus its "
    "reconstruction.": [
        {
            "error": lambda z, z_, components, p, stddev: np.mean(
                ((z - z_) * np.where(stddev == 0, 1, stddev)) ** 2, axis=1
            )
        }
    ],
    "You took the median over the metrics. The score is the mean of the squared errors.": [
        {"error": lambda z, z_, components, p, stddev: np.median((z - z_) ** 2, axis=1)}
    ],
    "You averaged first and squared then: positive and negative errors cancel. A score is a mean of squares.": [
        {"error": lambda z, z_, components, p, stddev: np.mean(z - z_, axis=1) ** 2}
    ],
    "You divide by 50, the notebook's number of metrics. Take the mean over the metrics that there are.": [
        {"error": lambda z, z_, components, p, stddev: np.sum((z - z_) ** 2, axis=1) / 50}
    ],
    "You did not square the residual: positive and negative ones cancel.": [
        {"error": lambda z, z_, components, p, stddev: np.mean(z - z_, axis=1)}
    ],
    "Your score is the size of what the plane reconstructs. It is the error that counts: z minus its reconstruction.": [
        {"error": lambda z, z_, components, p, stddev: np.mean(z_**2, axis=1)},
        {"error": lambda z, z_, components, p, stddev: np.mean((z @ p) ** 2, axis=1)},
        {"error": lambda z, z_, components, p, stddev: np.sum((z @ p) ** 2, axis=1)},
    ],
    "Your score is the distance from the mean, without any PCA: z minus its reconstruction is what counts.": [
        {"error": lambda z, z_, components, p, stddev: np.mean(z**2, axis=1)}
    ],
    "Your score fits PCA anew to the rows that are to be judged: what they have in common is normal then, even if "
    "all are sick, and a single row scores 0. Fit it to x_train once.": [
        {"error": _fitted_anew},
        {"error": lambda z, z_, components, p, stddev: _fitted_anew(z - z.mean(axis=0), z_, components, p, stddev)},
    ],
    "You divided the squared errors by the number of components. Take their mean over the metrics.": [
        {"error": lambda z, z_, components, p, stddev: np.sum((z - z_) ** 2, axis=1) / components}
    ],
    "You divided the squared errors by the number of metrics minus components. Take their mean over the metrics.": [
        {"error": lambda z, z_, components, p, stddev: np.sum((z - z_) ** 2, axis=1) / (z.shape[1] - components)}
    ],
    "You returned one score for all rows together. Each row has one: the mean goes over the metrics, axis 1.": [
        {"error": lambda z, z_, components, p, stddev: np.mean((z - z_) ** 2)}
    ],
    "You averaged over the rows: a number for each metric. Each row has a score: the mean goes over axis 1.": [
        {"error": lambda z, z_, components, p, stddev: np.mean((z - z_) ** 2, axis=0)}
    ],
    "You returned the squared error of each metric. A score is their mean: one number per row.": [
        {"error": lambda z, z_, components, p, stddev: (z - z_) ** 2}
    ],
}
LIMIT = {
    FROM_TRAINING: [{"limit": lambda score, x_train, x_held_out, q: np.quantile(score(x_train), q)}],
    LIMIT_OF_ALL: [
        {
            "limit": lambda score, x_train, x_held_out, q: np.quantile(
                np.concatenate([score(x_train), score(x_held_out)]), q
            )
        },
        {"limit": lambda score, x_train, x_held_out, q: np.quantile(score(np.concatenate([x_train, x_held_out])), q)},
    ],
    "You gave `quantile` to np.percentile, which counts to 100. It is a number between 0 and 1, as np.quantile takes "
    "it.": [{"limit": lambda score, x_train, x_held_out, q: np.percentile(score(x_held_out), q)}],
    "Your threshold is the 1 - quantile quantile: most healthy rows are above it.": [
        {"limit": lambda score, x_train, x_held_out, q: np.quantile(score(x_held_out), 1 - q)}
    ],
    "Your threshold is the largest score of the held-out rows. Their `quantile` quantile was asked for.": [
        {"limit": lambda score, x_train, x_held_out, q: np.max(score(x_held_out))}
    ],
    "Your threshold is the mean of the held-out scores plus three standard deviations. Their `quantile` quantile was "
    "asked for.": [
        {"limit": lambda score, x_train, x_held_out, q: np.mean(score(x_held_out)) + 3 * np.std(score(x_held_out))}
    ],
    "For the threshold, the held-out rows are standardised with a mean and a stddev of their own. Take those of "
    "x_train.": [
        {"limit": lambda score, x_train, x_held_out, q, judge=judge: np.quantile(score(x_held_out, judge), q)}
        for judge in (_own, _own_with_nan)
    ],
}
FIXED_LIMIT = {
    **{
        f"Your threshold is the {q} quantile, a number in your code. It is an argument.": [
            {"limit": lambda score, x_train, x_held_out, _, q=q: np.quantile(score(x_held_out), q)}
        ]
        for q in (0.9, 0.95, 0.98, 0.99, 0.999)
    },
    "Your threshold is `quantile` times the largest score. The quantile is a score that this share of the rows stay "
    "below.": [{"limit": lambda score, x_train, x_held_out, q: q * np.max(score(x_held_out))}],
    "Your threshold is one of the held-out scores. np.quantile without `method` interpolates between two of them.": [
        *({"limit": _by(method)} for method in ("higher", "lower", "nearest")),
        {"limit": lambda score, x_train, x_held_out, q: np.sort(score(x_held_out))[int(q * len(x_held_out))]},
    ],
}
SMOOTHED = {
    "Your threshold comes from smoothed scores of the held-out rows. Take it from the scores themselves.": [
        {"limit": lambda score, x_train, x_held_out, q, n=n: np.quantile(_smoothed(score(x_held_out), n), q)}
        for n in (2, 3, 5, 7, 10)
    ]
    + [
        {
            "limit": lambda score, x_train, x_held_out, q, n=n, mode=mode: np.quantile(
                _means(score(x_held_out), n, mode), q
            )
        }
        for n in (3, 5)
        for mode in ("valid", "same", "full")
    ],
    "Your scores are smoothed: each depends on the rows before it. A row's score is that of this row alone.": [
        {"error": lambda z, z_, components, p, stddev, n=n: _smoothed(np.mean((z - z_) ** 2, axis=1), n)}
        for n in (3, 5)
    ],
}
FOR_SCORES = {
    "Rows that are to be judged are centred, but not divided by the stddev that PCA's rows were divided by.": [
        {"judge": lambda rows, mean, stddev, x_held_out: rows - mean}
    ],
    "Rows that are to be judged are not standardised, though PCA's rows were. Take mean and stddev of x_train.": [
        {"judge": lambda rows, mean, stddev, x_held_out: rows}
    ],
}
LIMITED = {
    "You limit the scores. What lies far off should have a large one.": [
        {"finish": lambda scores, threshold, most=most: np.minimum(scores, most)} for most in (10, 20, 50, 100)
    ],
}
FINISH = {
    "score returns whether a row is above the threshold. It should return the scores themselves.": [
        {"finish": lambda scores, threshold: scores > threshold}
    ],
    "score divides by the threshold. It should return the scores themselves.": [
        {"finish": lambda scores, threshold: scores / threshold}
    ],
    "For a single row, score has lost its axis. It should return an array (1,).": [
        {"finish": lambda scores, threshold: np.squeeze(scores)}
    ],
}


GROUPS = SCALE, CONSTANT, JUDGE, PLANE, ERROR, LIMIT, FINISH
# The faults of the broken function that is handed out, which may be left in any number.
HANDED_OUT = [
    {message: JUDGE[message] for message in (OWN, OWN_WITH_NAN)},
    {ZERO_BY_ZERO: CONSTANT[ZERO_BY_ZERO]},
    {UNSCALED: PLANE[UNSCALED]},
    {FROM_TRAINING: LIMIT[FROM_TRAINING]},
]
# All healthy rows for everything.
TOGETHER = (OF_ALL, SCALE), (PLANE_OF_ALL, PLANE), (LIMIT_OF_ALL, LIMIT)
MISTAKES = [
    *rules(watch, *map(ways, (*GROUPS, FIXED_PLANE, FIXED_LIMIT, SMOOTHED, FOR_SCORES, LIMITED)), most=1),
    *rules(watch, *map(ways, HANDED_OUT), least=2, most=4),
    *rules(watch, *({message: group[message][0]} for message, group in TOGETHER), least=3, most=3),
    *rules(watch, *(ways(group, mistakes=6, each=1) for group in GROUPS), least=2),
]
