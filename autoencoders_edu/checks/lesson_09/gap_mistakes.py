"""The mutual information gap of 09.4, and what misconceptions make of it."""

import numpy as np

from autoencoders_edu.checks.lesson_09.codes import Codes
from autoencoders_edu.checks.shared.combined import marked, rules


def information_gap(
    case: Codes,
    dead="variance 0.01",
    binning="given",
    measure="information",
    per="factor",
    gap="second",
    norm="entropy",
    average="varying",
    end="as it is",
):
    """MIG of codes and factors, marked; each option puts one mistake in."""
    alive = DEAD[dead](case.codes.astype(float))
    table, ranks = (np.where(alive[:, None], case.table(binning, m), 0.0) for m in (measure, "correlation"))
    if measure.endswith("and 0"):
        table, ranks = (np.pad(each, ((0, 1), (0, 0))) for each in (table, ranks))
    if dead == "nan" and np.any(np.ptp(case.codes, axis=0) == 0):
        return marked(np.nan)
    if per == "latent, divided":
        shares = (table / np.where(case.entropies > 0, case.entropies, 1))[:, case.entropies > 0]
        return marked(ENDS[end](np.mean(GAPS[gap](shares.T, ranks.T))))
    if per == "latent":
        return marked(ENDS[end](_per_latent(case, table, ranks, gap, norm)))
    gaps = GAPS[gap](table, ranks)
    with np.errstate(all="ignore"):
        scores = gaps / NORMS[norm](case, table, binning)
        return marked(ENDS[end](AVERAGES[average](scores, gaps, case.entropies)))


def _per_latent(case, table, ranks, gap, norm):
    """The gap between the two factors that each latent knows most about, averaged over latents."""
    best = case.entropies[table.argmax(axis=1)]
    scale = 1 if norm == "none" else np.where(best > 0, best, 1)
    return np.mean(GAPS[gap](table.T, ranks.T) / scale)


def _alive_above(line):
    return lambda codes: codes.var(axis=0) > line


DEAD = {
    "variance 0.01": _alive_above(0.01),
    "never": lambda codes: np.ones(codes.shape[1], bool),
    "nan": _alive_above(0.01),
    **{f"variance {line}": _alive_above(line) for line in (1e-6, 1e-4, 1e-3, 0.05, 0.1, 1.0)},
    "mean square": lambda codes: np.mean(codes**2, axis=0) > 0.01,
    "mean": lambda codes: np.abs(codes.mean(axis=0)) > 0.01,
    "range": lambda codes: np.ptp(codes, axis=0) > 0.01,
    "range 0.1": lambda codes: np.ptp(codes, axis=0) > 0.1,
    "exchanged": lambda codes: codes.var(axis=0) <= 0.01,
    "all": lambda codes: np.full(codes.shape[1], np.any(codes.var(axis=0) > 0.01)),
}


def _sorted(table):
    """The table's columns in ascending order, with a 0 below a single entry."""
    if len(table) == 1:
        return np.concatenate([np.zeros_like(table), table])
    return np.sort(table, axis=0)


def _by_correlation(table, ranks):
    order = np.argsort(ranks, axis=0)
    ordered = np.take_along_axis(table, order, axis=0)
    return ordered[-1] - (ordered[-2] if len(ordered) > 1 else 0)


GAPS = {
    "second": lambda table, ranks: _sorted(table)[-1] - _sorted(table)[-2],
    "mean of others": lambda table, ranks: _sorted(table)[-1] - _sorted(table)[:-1].mean(axis=0),
    "mean of all": lambda table, ranks: table.max(axis=0) - table.mean(axis=0),
    "median": lambda table, ranks: table.max(axis=0) - np.median(table, axis=0),
    "smallest": lambda table, ranks: _sorted(table)[-1] - _sorted(table)[0],
    "none": lambda table, ranks: table.max(axis=0),
    "sum of others": lambda table, ranks: 2 * table.max(axis=0) - table.sum(axis=0),
    "by correlation": _by_correlation,
    "first two": lambda table, ranks: np.abs(table[0] - (table[1] if len(table) > 1 else 0)),
    "lowest two": lambda table, ranks: _sorted(table)[1] - _sorted(table)[0],
    "wrong way": lambda table, ranks: _sorted(table)[-2] - _sorted(table)[-1],
    "alone": lambda table, ranks: (
        _sorted(table)[-1] - _sorted(table)[-2] if len(table) > 1 else np.zeros(table.shape[1])
    ),
    "third": lambda table, ranks: _sorted(table)[-1] - _sorted(table)[max(-3, -len(_sorted(table)))],
}


def _entropy_of_best(case, table, binning):
    return case.entropies_of_latents(binning)[table.argmax(axis=0)]


NORMS = {
    "entropy": lambda case, table, binning: case.entropies,
    "bits": lambda case, table, binning: case.entropies / np.log(2),
    "log of values": lambda case, table, binning: np.log(case.numbers.max(axis=0) + 1),
    "log2 of values": lambda case, table, binning: np.log2(case.numbers.max(axis=0) + 1),
    "log of largest": lambda case, table, binning: np.log(case.factors.max(axis=0) + 1.0),
    "values": lambda case, table, binning: case.numbers.max(axis=0) + 1,
    "none": lambda case, table, binning: np.ones(case.factors.shape[1]),
    "bins": lambda case, table, binning: np.full(case.factors.shape[1], np.log(case.bins)),
    "best": lambda case, table, binning: np.maximum(table.max(axis=0), 1e-12),
    "best, unguarded": lambda case, table, binning: table.max(axis=0),
    "latent": _entropy_of_best,
    "rows": lambda case, table, binning: np.full(case.factors.shape[1], np.log(len(case.codes))),
}
AVERAGES = {
    "varying": lambda scores, gaps, entropies: np.mean(scores[entropies > 0]),
    "nan": lambda scores, gaps, entropies: np.mean(np.where(entropies > 0, scores, np.nan)),
    "inf": lambda scores, gaps, entropies: np.mean(np.where(entropies > 0, scores, np.inf)),
    "-inf": lambda scores, gaps, entropies: np.mean(np.where(entropies > 0, scores, -np.inf)),
    "zeros": lambda scores, gaps, entropies: np.mean(np.where(entropies > 0, scores, 0)),
    "ones": lambda scores, gaps, entropies: np.mean(np.where(entropies > 0, scores, 1)),
    "sum": lambda scores, gaps, entropies: np.sum(scores[entropies > 0]),
    "median": lambda scores, gaps, entropies: np.median(scores[entropies > 0]),
    "largest": lambda scores, gaps, entropies: np.max(scores[entropies > 0]),
    "smallest": lambda scores, gaps, entropies: np.min(scores[entropies > 0]),
    "first": lambda scores, gaps, entropies: scores[entropies > 0][0],
    "last": lambda scores, gaps, entropies: scores[entropies > 0][-1],
    "together": lambda scores, gaps, entropies: np.sum(gaps[entropies > 0]) / np.sum(entropies),
}
ENDS = {
    "as it is": lambda score: score,
    "percent": lambda score: 100 * score,
    "one less": lambda score: 1 - score,
    **{f"{digits} digits": lambda score, digits=digits: np.round(score, digits) for digits in (1, 2, 3, 4)},
}

COLLAPSED = (
    "A latent whose variance over the rows is at most 0.01 is dead: against the noise of q, which is about 1 there, "
    "its small movements carry no information."
)
IN_DEAD = {
    f"You believe dead latents: bins between a latent's smallest and largest code magnify even the tiniest movement. "
    f"{COLLAPSED}": {"dead": "never"},
    "A latent that is constant makes your score nan. Its information is 0.": {"dead": "nan"},
    **{
        f"You call latents dead whose variance is at most {line:g} or so. The line is at 0.01.": {
            "dead": f"variance {line}"
        }
        for line in (1e-6, 1e-3, 0.05, 0.1, 1.0)
    },
    "You compared the stddev of a latent with 0.01. The line is for the variance: a stddev of 0.1.": {
        "dead": "variance 0.0001"
    },
    "You compared the mean square of a latent with 0.01. A dead latent may be far from 0: take the variance.": {
        "dead": "mean square"
    },
    "You compared the mean of a latent with 0.01. A dead latent may be far from 0: take the variance.": {
        "dead": "mean"
    },
    "You compared the range of a latent with 0.01. The line is for the variance.": {"dead": "range"},
    "You compared the range of a latent with 0.1. The line is for the variance.": {"dead": "range 0.1"},
    "You ask only whether all latents are dead. Each is dead or alive by itself.": {"dead": "all"},
    "You set the latents to 0 that are alive, and kept the dead ones.": {"dead": "exchanged"},
}
IN_BINS = {
    "You cut each latent into 20 bins. How many there are is the argument bins.": {"binning": "20"},
    "You cut each latent into 10 bins. How many there are is the argument bins.": {"binning": "10"},
    "You made one bin less than asked for: n bins have n + 1 edges, the outer two included.": {"binning": "one less"},
    "You made one bin more than asked for: n bins have n + 1 edges, the outer two included.": {"binning": "one more"},
    "The largest code of each latent has a bin of its own in your code. It belongs to the last bin.": {
        "binning": "largest alone"
    },
    "You made one bin less than asked for, and another for the largest code alone. n bins have n + 1 edges, and the "
    "largest code belongs to the last bin.": {"binning": "one less, largest alone"},
    "You cut all latents along one range. Each latent has bins between its own smallest and largest code.": {
        "binning": "one range"
    },
    "Your bins hold equally many codes. They are to be equally wide.": {"binning": "quantiles"},
    "You cut the codes at their quantiles, so that the bins hold equally many. They are to be equally wide.": {
        "binning": "at quantiles"
    },
    "The largest code of each latent is in none of your bins. It belongs to the last one.": {"binning": "largest lost"},
    "The smallest code of each latent has a bin of its own in your code. It belongs to the first one.": {
        "binning": "smallest alone"
    },
    "The smallest code of each latent is in none of your bins. It belongs to the first one.": {
        "binning": "smallest lost"
    },
    "Your bins are symmetric about 0. They are to lie between the latent's own smallest and largest code.": {
        "binning": "about 0"
    },
    "Your bins reach from -3 to 3. They are to lie between the latent's own smallest and largest code.": {
        "binning": "from -3 to 3"
    },
    "You counted each code as a value of its own. Then every row seems to tell all: cut the latents into bins.": {
        "binning": "raw"
    },
    "You rounded the codes. Cut each latent into bins of equal width.": {"binning": "rounded"},
    "You took the signs of the codes. Cut each latent into bins of equal width.": {"binning": "sign"},
}
IN_MEASURE = {
    "You took absolute correlations. Asked is mutual information, which does not mind in which order a latent places "
    "the values.": {"measure": "correlation"},
    "You took squared correlations. Asked is mutual information, which does not mind in which order a latent places "
    "the values.": {"measure": "squared correlation"},
    "You took normalised mutual information. Divide by the entropy of the factor alone, after taking the gap.": {
        "measure": "normalised"
    },
    "You divided by the root of both entropies. Divide by the entropy of the factor alone, after taking the gap.": {
        "measure": "geometric"
    },
    "You took the joint entropy. The mutual information is the sum of both entropies less the joint one.": {
        "measure": "joint entropy"
    },
    "You took the entropy of the factor that is left when the latent is known. The information is what is gone.": {
        "measure": "given the latent"
    },
    "Your information is in bits and your entropy in nats. Take one unit for both.": {"measure": "bits"},
}
IN_VALUES = {
    "You counted the values 0, 1, 2, ... of each factor. Its values are names and may be any whole numbers: find them "
    "with np.unique.": {"measure": "named from 0"},
    "You counted the values 1, 2, 3, ... of each factor. Its values are names and may be any whole numbers: find them "
    "with np.unique.": {"measure": "named from 1"},
    "You left out negative values of the factors. They are names and may be any whole numbers: find them with "
    "np.unique.": {"measure": "not negative"},
    "You cut the values of the factors into bins, too. They are names: each is counted by itself.": {
        "measure": "values in bins"
    },
    "You cut the values of each factor into as many bins as it has values. They need not be equally far apart: number "
    "them first, as np.unique does with return_inverse.": {"measure": "values in as many bins"},
    "For each value of the factor you made bins anew, between its own smallest and largest code. All values share "
    "the latent's bins.": {"measure": "own ranges"},
    "Your table holds the shares within each value. p(bin, v) is a share of all rows.": {"measure": "shares of values"},
    "Your table holds the shares within each value, so that your information is below 0. p(bin, v) is a share of all "
    "rows.": {"measure": "shares of values and 0"},
    "Your information has the wrong sign: the minus belongs to entropies.": {"measure": "negative"},
    "Your information has the wrong sign, so that nothing known comes out best: the minus belongs to entropies.": {
        "measure": "negative and 0"
    },
    "An empty cell of the table makes your score nan, as 0 * log 0. It adds nothing: leave it out.": {
        "measure": "empty cells"
    },
}
IN_PER = {
    "You took the gap between factors, for each latent, in shares of each factor's entropy. MIG asks for each factor "
    "how far the best latent is ahead of the second best.": {"per": "latent, divided"},
    "You took the gap between factors, for each latent. MIG asks for each factor how far the best latent is ahead of "
    "the second best.": {"per": "latent"},
}
IN_GAP = {
    "You compared the best latent with the mean of the others. Many idle latents then make a good score: take the "
    "second best.": {"gap": "mean of others"},
    "You compared the best latent with the mean of all. Take the second best.": {"gap": "mean of all"},
    "You compared the best latent with the median of all. Take the second best.": {"gap": "median"},
    "You compared the best latent with the worst. Take the second best.": {"gap": "smallest"},
    "You took the information of the best latent alone. Subtract that of the second best: a factor spread over two "
    "latents is not disentangled.": {"gap": "none"},
    "You subtracted the information of all other latents. Subtract that of the second best.": {"gap": "sum of others"},
    "You found the best two latents by their correlation. Rank them by mutual information.": {"gap": "by correlation"},
    "You compared the first two latents, unsorted. The best and the second best may be any.": {"gap": "first two"},
    "You compared the two latents that know least: np.sort is ascending.": {"gap": "lowest two"},
    "You subtracted the best from the second best.": {"gap": "wrong way"},
    "With a single latent you gave 0. There is no second, which counts as 0: the gap is all that the latent knows.": {
        "gap": "alone"
    },
    "You compared the best latent with the third. Take the second best.": {"gap": "third"},
}
IN_NORM = {
    "Your entropy is in bits and your information in nats. Take one unit for both.": {"norm": "bits"},
    "You divided by the logarithm of the number of values. The entropy is smaller if some values are rare.": {
        "norm": "log of values"
    },
    "You divided by the number of bits that the values need. Divide by the entropy of the factor, in nats.": {
        "norm": "log2 of values"
    },
    "You divided by the logarithm of the largest value plus 1. Values are names: take the entropy.": {
        "norm": "log of largest"
    },
    "You divided by the number of values. Divide by the entropy of the factor.": {"norm": "values"},
    "You did not divide by the entropy: a factor with many values then counts more than others.": {"norm": "none"},
    "You divided by the logarithm of the number of bins. Divide by the entropy of the factor.": {"norm": "bins"},
    "You divided by what the best latent knows. A useless code can then score 1: divide by the factor's entropy.": {
        "norm": "best"
    },
    "You divided by what the best latent knows, which is nothing in a collapsed code: 0 / 0. Divide by the factor's "
    "entropy.": {"norm": "best, unguarded"},
    "You divided by the entropy of the best latent. Divide by that of the factor.": {"norm": "latent"},
    "You divided by the logarithm of the number of rows. Divide by the entropy of the factor.": {"norm": "rows"},
}
UNDIVIDED = {message: options for message, options in IN_NORM.items() if options == {"norm": "none"}}
IN_AVERAGE = {
    "A factor that never changes makes your score nan, 0 / 0. Leave it out.": {"average": "nan"},
    "A factor that never changes makes your score infinite, by rounding: a gap near 0 is divided by 0. Leave it out.": {
        "average": "inf"
    },
    "A factor that never changes makes your score -inf, by rounding: a gap near 0 is divided by 0. Leave it out.": {
        "average": "-inf"
    },
    "A factor that never changes counts as 0 in your average. Leave it out: it says nothing about the code.": {
        "average": "zeros"
    },
    "A factor that never changes counts as 1 in your average. Leave it out: it says nothing about the code.": {
        "average": "ones"
    },
    "You added up the gaps of the factors. Average them.": {"average": "sum"},
    "You took the median over the factors. Take the mean.": {"average": "median"},
    "You took the best factor. Average over all of them.": {"average": "largest"},
    "You took the worst factor. Average over all of them.": {"average": "smallest"},
    "You took the first factor alone. Average over all of them.": {"average": "first"},
    "You took the last factor alone: collect the gaps inside the loop. Average over all of them.": {"average": "last"},
    "You divided after averaging: the mean gap by the mean entropy. Divide each gap by the entropy of its own factor, "
    "then average.": {"average": "together"},
}
IN_END = {
    "You gave a percentage.": {"end": "percent"},
    "You subtracted the score from 1. A wide gap is good.": {"end": "one less"},
    **{
        f"You rounded the score, as by round(score, {digits}). Return it as it is.": {"end": f"{digits} digits"}
        for digits in (1, 2, 3, 4)
    },
}
COMMON = {  # those that are looked for in pairs: the others are rare, and each pair costs time
    "dead": ("never", "variance 0.0001", "mean square", "exchanged", "all"),
    "binning": ("20", "10", "one less", "largest alone", "one range", "at quantiles", "raw"),
    "gap": ("mean of others", "mean of all", "smallest", "none", "sum of others", "first two", "lowest two", "alone"),
    "norm": ("bits", "log of values", "none", "bins", "best, unguarded"),
    "average": ("nan", "zeros", "sum", "first", "last", "together"),
}


def _common(group):
    """The mistakes of a group that are in COMMON."""
    return {
        message: options
        for message, options in group.items()
        if all(value in COMMON[key] for key, value in options.items())
    }


MISTAKES = [
    *rules(
        information_gap, IN_DEAD, IN_BINS, IN_MEASURE, IN_PER, IN_GAP, IN_NORM, IN_AVERAGE, IN_END, IN_VALUES, most=1
    ),
    *rules(information_gap, *map(_common, (IN_DEAD, IN_BINS, IN_GAP, IN_NORM, IN_AVERAGE)), least=2),
    *(
        pair
        for others in (_common(IN_DEAD), _common(IN_BINS), IN_GAP, UNDIVIDED)
        for pair in rules(information_gap, IN_PER, others, least=2)
    ),
    *(
        pair
        for others in map(_common, (IN_DEAD, IN_GAP, IN_NORM))
        for pair in rules(information_gap, IN_MEASURE, others, least=2)
    ),
]
