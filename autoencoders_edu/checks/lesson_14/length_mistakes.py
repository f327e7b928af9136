"""The length of a code under add-one models, as 14.2 asks for it and as mistakes make it."""

from functools import partial

import numpy as np

from autoencoders_edu.checks.shared.combined import marked, rules


def code_length(
    train,
    coded,
    low,
    high,
    outside="clipped",
    source="training",
    pooled="no",
    add="one",
    total="sum",
    cost="bits",
    finish="sum",
):
    """Bits of the coded symbols, marked; each option puts one mistake in."""
    train, coded, kept, k = OUTSIDE[outside](np.asarray(train, int), np.asarray(coded, int), low, high)
    counted = SOURCES[source](train, coded)
    counts = np.zeros((counted.shape[1], k))
    for j, column in enumerate(counted.T):
        counts[j] = np.bincount(column[column >= 0], minlength=k)
    counts, rows = POOLED[pooled](counts, len(counted))
    raised = ADDED[add](counts)
    p = raised / TOTALS[total](raised, counts, rows)[:, None]
    costs = np.where(kept, COSTS[cost](p, coded), 0)
    return marked(FINISH[finish](costs))


def _clipped(train, coded, low, high):
    return np.clip(train, low, high) - low, np.clip(coded, low, high) - low, np.ones(coded.shape, bool), high - low + 1


def _inside(symbols, low, high):
    return (symbols >= low) & (symbols <= high)


def _training_dropped(train, coded, low, high):
    return np.where(_inside(train, low, high), train - low, -1), *_clipped(train, coded, low, high)[1:]


def _coded_dropped(train, coded, low, high):
    train, clipped, _, k = _clipped(train, coded, low, high)
    return train, clipped, _inside(coded, low, high), k


def _both_dropped(train, coded, low, high):
    return _training_dropped(train, coded, low, high)[0], *_coded_dropped(train, coded, low, high)[1:]


def _wrapped(train, coded, low, high):
    k = high - low + 1
    return (train - low) % k, (coded - low) % k, np.ones(coded.shape, bool), k


def _without_high(train, coded, low, high):
    return _clipped(train, coded, low, high - 1)


def _one_more(train, coded, low, high):
    return *_clipped(train, coded, low, high)[:3], high - low + 2


def _range_of_training(train, coded, low, high):
    """Symbols from the smallest to the largest of the clipped training symbols."""
    train = np.clip(train, low, high)
    return _clipped(train, coded, train.min(), train.max())


def _range_of_both(train, coded, low, high):
    train, coded = np.clip(train, low, high), np.clip(coded, low, high)
    return _clipped(train, coded, min(train.min(), coded.min()), max(train.max(), coded.max()))


def _unlimited(train, coded, low, high):
    return _clipped(train, coded, min(train.min(), coded.min(), low), max(train.max(), coded.max(), high))


OUTSIDE = {
    "clipped": _clipped,
    "dropped": _both_dropped,
    "dropped from training": _training_dropped,
    "dropped from the message": _coded_dropped,
    "wrapped": _wrapped,
    "without high": _without_high,
    "one more": _one_more,
    "range of training": _range_of_training,
    "range of both": _range_of_both,
    "unlimited": _unlimited,
}
SOURCES = {
    "training": lambda train, coded: train,
    "message": lambda train, coded: coded,
    "both": lambda train, coded: np.concatenate([train, coded]),
}
POOLED = {
    "no": lambda counts, rows: (counts, rows),
    "all": lambda counts, rows: (np.broadcast_to(counts.sum(axis=0), counts.shape), rows * len(counts)),
    "first": lambda counts, rows: (np.broadcast_to(counts[0], counts.shape), rows),
}


def _with(amount):
    return lambda counts: counts + amount


ADDED = {
    "one": _with(1),
    "nothing": _with(0),
    "half": _with(0.5),
    "two": _with(2),
    "1/K": lambda counts: counts + 1 / counts.shape[1],
    "where empty": lambda counts: np.maximum(counts, 1),
    "where seen": lambda counts: counts + (counts > 0),
    **{f"1e-{n}": _with(10.0**-n) for n in range(1, 17)},
}
TOTALS = {
    "sum": lambda raised, counts, rows: raised.sum(axis=1),
    "rows": lambda raised, counts, rows: np.full(len(counts), rows),
    "rows + K": lambda raised, counts, rows: np.full(len(counts), rows + counts.shape[1]),
    "rows + 1": lambda raised, counts, rows: np.full(len(counts), rows + 1),
    "rows + K - 1": lambda raised, counts, rows: np.full(len(counts), rows + counts.shape[1] - 1),
    "rows + seen": lambda raised, counts, rows: rows + np.sum(counts > 0, axis=1),
    "K": lambda raised, counts, rows: np.full(len(counts), counts.shape[1]),
}


def _of_coded(p, coded):
    return p[np.arange(p.shape[0]), coded]


def _entropies(p, coded):
    """What a row costs on average if the model is right."""
    return np.broadcast_to(-np.sum(np.where(p > 0, p * np.log2(np.where(p > 0, p, 1)), 0), axis=1), coded.shape)


SMALL = (*(10.0**-n for n in range(2, 17)), 1e-20, 1e-30, 1e-300, np.finfo(float).eps)
COSTS = {
    "bits": lambda p, coded: -np.log2(_of_coded(p, coded)),
    "nats": lambda p, coded: -np.log(_of_coded(p, coded)),
    "base 10": lambda p, coded: -np.log10(_of_coded(p, coded)),
    "whole": lambda p, coded: np.ceil(-np.log2(_of_coded(p, coded))),
    "rounded": lambda p, coded: np.round(-np.log2(_of_coded(p, coded))),
    "weighted": lambda p, coded: -_of_coded(p, coded) * np.log2(_of_coded(p, coded)),
    "entropy": _entropies,
    "fixed": lambda p, coded: np.full(coded.shape, np.log2(p.shape[1])),
    "fixed, whole": lambda p, coded: np.full(coded.shape, np.ceil(np.log2(p.shape[1]))),
    "probability": _of_coded,
    "unseen free": lambda p, coded: np.where(_of_coded(p, coded) > 0, -np.log2(_of_coded(p, coded)), 0),
    **{f"plus {small}": lambda p, coded, s=small: -np.log2(_of_coded(p, coded) + s) for small in SMALL},
    **{f"at least {small}": lambda p, coded, s=small: -np.log2(np.maximum(_of_coded(p, coded), s)) for small in SMALL},
}
FINISH = {
    "sum": lambda costs: costs.sum(),
    "mean": lambda costs: costs.mean(),
    "per row": lambda costs: costs.sum(axis=1).mean(),
    "per column": lambda costs: costs.sum(axis=0).mean(),
    "each": lambda costs: costs,
    "rows": lambda costs: costs.sum(axis=1),
    "columns": lambda costs: costs.sum(axis=0),
    "bytes": lambda costs: costs.sum() / 8,
    "whole bytes": lambda costs: np.ceil(costs.sum() / 8),
    "bits of whole bytes": lambda costs: 8 * np.ceil(costs.sum() / 8),
    "rounded up": lambda costs: np.ceil(costs.sum()),
    "rounded": lambda costs: np.round(costs.sum()),
    "cut": lambda costs: np.floor(costs.sum()),
    "rows rounded up": lambda costs: np.ceil(costs.sum(axis=1)).sum(),
    "columns rounded up": lambda costs: np.ceil(costs.sum(axis=0)).sum(),
    "bytes per row": lambda costs: costs.sum(axis=1).mean() / 8,
    "one digit": lambda costs: np.round(costs.sum(), 1),
    "negative": lambda costs: -costs.sum(),
    "last column": lambda costs: costs[:, -1].sum(),
    "first column": lambda costs: costs[:, 0].sum(),
    "first row": lambda costs: costs[0].sum(),
}

IN_OUTSIDE = {
    "You left out symbols outside of low to high, in training and in the message. Clip them: the decoder needs a "
    "symbol for each.": {"outside": "dropped"},
    "You left training symbols outside of low to high out of the counts. Clip them first.": {
        "outside": "dropped from training"
    },
    "Training symbols outside of low to high are not in your counts, though they are in the rows that you divide by. "
    "Clip them first.": {"outside": "dropped from training", "total": "rows + K"},
    "Symbols outside of low to high are not in your counts, nor in the message, though they are in the rows that you "
    "divide by. Clip them: the decoder needs a symbol for each.": {"outside": "dropped", "total": "rows + K"},
    "You left symbols outside of low to high out of the message. Clip them: the decoder needs a symbol for each.": {
        "outside": "dropped from the message"
    },
    "Symbols are not clipped: those below low count from the other end, as negative indices do.": {
        "outside": "wrapped"
    },
    "Your range ends one symbol too early: high is included, so that there are high - low + 1 symbols.": {
        "outside": "without high"
    },
    "You count one symbol too many: there are high - low + 1.": {"outside": "one more"},
    "Your models know the symbols from the smallest to the largest that training has. Each has K = high - low + 1.": {
        "outside": "range of training"
    },
    "Your models know the symbols from the smallest to the largest that occur. Each has K = high - low + 1.": {
        "outside": "range of both"
    },
    "Symbols outside of low to high keep a place of their own in your models. Clip them first.": {
        "outside": "unlimited"
    },
}
IN_SOURCE = {
    "You counted the symbols that are coded. The decoder does not have them yet: the counts come from train_symbols.": {
        "source": "message"
    },
    "You counted training symbols and those that are coded together. The decoder has only the former.": {
        "source": "both"
    },
}
IN_POOLED = {
    "You have one histogram for all columns. Each column has a model of its own.": {"pooled": "all"},
    "All columns have the model of the first. Each has its own.": {"pooled": "first"},
}
RATIO = "The counts, with one added to each of the K, add up to rows + K: divide by that, so that the p sum to 1."
TINY = "You add a tiny number in place of one: a symbol that training lacks becomes far too expensive. Add 1."
IN_COUNTS = {
    "Nothing is added to the counts: a symbol that training lacks has probability 0, and costs infinitely many bits.": {
        "add": "nothing"
    },
    "You add 1/2 to each count. Add 1.": {"add": "half"},
    "You add 2 to each count. Add 1.": {"add": "two"},
    "You add 1 / K to each count, one in all. Add 1 to each.": {"add": "1/K"},
    "You replace counts of 0 by 1, and leave the others. Add 1 to each of the K counts.": {"add": "where empty"},
    "You replace counts of 0 by 1, and leave the others, and their sum is that of before. Add 1 to each of the K "
    "counts.": {"add": "where empty", "total": "rows"},
    "You add 1 only where a symbol occurs. Add 1 to each of the K counts, above all to those of 0.": {
        "add": "where seen"
    },
    f"You divide by the number of rows. {RATIO}": {"total": "rows"},
    f"You divide by rows + 1. {RATIO}": {"total": "rows + 1"},
    f"You divide by rows + K - 1. {RATIO}": {"total": "rows + K - 1"},
    f"You divide by the rows plus the number of symbols that training has. {RATIO}": {"total": "rows + seen"},
    f"You divide by K alone. {RATIO}": {"total": "K"},
}
TINY_COUNTS = {f"1e-{n}": {"add": f"1e-{n}"} for n in range(1, 17)}
IN_COST = {
    "This is in nats. Bits are made with the logarithm to the base 2.": {"cost": "nats"},
    "Your logarithm is to the base 10. Bits are made with that to the base 2.": {"cost": "base 10"},
    "You give each symbol a whole number of bits. An entropy coder need not: add up -log2 p as it is.": {
        "cost": "whole"
    },
    "You round the bits of each symbol. Add up -log2 p as it is.": {"cost": "rounded"},
    "You weight each symbol's bits with its probability. How often a symbol occurs decides that: add up -log2 p.": {
        "cost": "weighted"
    },
    "This is the entropy of the models: what symbols would take that are distributed just so. Take those that are "
    "coded.": {"cost": "entropy"},
    "Each symbol takes log2 K bits, as if all were equally probable. Use the models.": {"cost": "fixed"},
    "Each symbol takes a fixed, whole number of bits, as if all were equally probable. Use the models.": {
        "cost": "fixed, whole"
    },
    "You added up probabilities. A symbol takes -log2 p bits.": {"cost": "probability"},
}
IN_FINISH = {
    "This is the mean over all symbols. The bits of all of them together were asked for.": {"finish": "mean"},
    "This is the mean over the rows, bits per image. The bits of all rows together were asked for.": {
        "finish": "per row"
    },
    "This is the mean over the columns. The bits of all columns together were asked for.": {"finish": "per column"},
    "You returned one number per symbol. Add them all up.": {"finish": "each"},
    "You returned one number per row. Add them all up.": {"finish": "rows"},
    "You returned one number per column. Add them all up.": {"finish": "columns"},
    "This is in bytes. Bits were asked for.": {"finish": "bytes"},
    "This is in whole bytes. Bits were asked for, not rounded.": {"finish": "whole bytes"},
    "You rounded up to whole bytes. Bits were asked for, not rounded.": {"finish": "bits of whole bytes"},
    "You rounded the bits up. Return them as they are.": {"finish": "rounded up"},
    "You rounded the bits. Return them as they are.": {"finish": "rounded"},
    "You cut the bits to a whole number. Return them as they are.": {"finish": "cut"},
    "You rounded the bits to one digit. Return them as they are.": {"finish": "one digit"},
    "These are bytes per row. The bits of all rows together were asked for.": {"finish": "bytes per row"},
    "You rounded the bits of each column up. Add up -log2 p as it is.": {"finish": "columns rounded up"},
    "You rounded the bits of each row up. Add up -log2 p as it is.": {"finish": "rows rounded up"},
    "The sign is wrong: a probability below 1 has a negative logarithm, and a code a positive length.": {
        "finish": "negative"
    },
    "This is the last column alone. Add up all of them.": {"finish": "last column"},
    "This is the first column alone. Add up all of them.": {"finish": "first column"},
    "This is the first row alone. Add up all of them.": {"finish": "first row"},
}


def _adaptive(train, coded, low, high):
    """Counts that go on with each symbol that was coded."""
    train, coded, _, k = _clipped(np.asarray(train, int), np.asarray(coded, int), low, high)
    bits = 0.0
    for j, column in enumerate(coded.T):
        counts = 1 + np.bincount(train[:, j], minlength=k)
        for symbol in column:
            bits -= np.log2(counts[symbol] / counts.sum())
            counts[symbol] += 1
    return marked(bits)


TINY_PROBABILITY = (
    "A tiny number is added to the probabilities, or they are kept above one, and the counts stay as they are. Add 1 "
    "to each count."
)
GROUPS = (IN_OUTSIDE, IN_SOURCE, IN_POOLED, IN_COUNTS, IN_COST, IN_FINISH)
MISTAKES = [
    *rules(code_length, *GROUPS, most=1),
    *((TINY, rule) for _, rule in rules(code_length, TINY_COUNTS, most=1)),
    (
        "This is the entropy of the coded symbols themselves, column by column. A decoder does not know their "
        "frequencies: the counts come from train_symbols, with one added to each.",
        lambda *case: code_length(*case, source="message", add="nothing"),
    ),
    (
        "This is the entropy of all coded symbols in one histogram. The counts come from train_symbols, column by "
        "column, with one added to each.",
        lambda *case: code_length(*case, source="message", add="nothing", pooled="all"),
    ),
    *(
        (
            TINY_PROBABILITY,
            partial(code_length, add="nothing", cost=f"plus {small}"),
        )
        for small in SMALL
    ),
    *(
        (
            TINY_PROBABILITY,
            partial(code_length, add="nothing", cost=f"at least {small}"),
        )
        for small in SMALL
    ),
    (
        "Symbols that training lacks cost nothing in your number. They have to be coded, too: add 1 to each count.",
        partial(code_length, add="nothing", cost="unseen free"),
    ),
    (
        "You coded train_symbols under a model of symbols: the two arguments are exchanged.",
        lambda train, coded, *ends: code_length(coded, train, *ends),
    ),
    (
        "Your counts go on with each symbol that is coded, as in an adaptive coder. Here, they come from train_symbols "
        "alone.",
        _adaptive,
    ),
    (
        "This is the code length of train_symbols. That of symbols was asked for.",
        lambda train, coded, *ends: code_length(train, train, *ends),
    ),
    (
        "You divide by the rows of symbols plus K. The counts are those of training: divide by its rows plus K.",
        lambda train, coded, low, high: (
            code_length(train, coded, low, high)
            + np.size(coded) * np.log2((len(coded) + high - low + 1) / (len(train) + high - low + 1))
        ),
    ),
    (
        "The models are in your number, too. The decoder has them already: count the symbols alone.",
        lambda train, coded, low, high: code_length(train, coded, low, high) + 8 * train.shape[1] * (high - low + 1),
    ),
    *rules(code_length, *GROUPS, least=2),
]
