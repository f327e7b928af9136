"""When somebody is paged, as 13.3 asks for it and as mistakes make it."""

import numpy as np

from autoencoders_edu.checks.shared.combined import rules, ways


def stretches(flags):
    """(start, stop) of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.asarray(flags, int), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _above(scores, threshold, minutes):
    return scores > threshold


def _once_per_stretch(flags, minutes):
    return [start + minutes - 1 for start, stop in stretches(flags) if stop - start >= minutes]


def _as_they_are(scores):
    return scores, np.arange(len(scores))


def _pages_only(found, flags):
    return found


def pages(scores, threshold, minutes, *, rows=_as_they_are, above=_above, page=_once_per_stretch, finish=_pages_only):
    """The rows at which somebody is paged, (pages,).

    Args:
        scores, threshold, minutes: of a case.
        rows, above, page, finish: parts: the scores that count and their rows, what is above the threshold, the rows
            that follow from it, what is returned.
    """
    scores, numbers = rows(np.asarray(scores, float))
    flags = above(scores, threshold, minutes)
    found = [numbers[place] if place < len(numbers) else place for place in page(flags, minutes)]
    return np.asarray(finish(np.array(found, float), flags), float)


def right(*case):
    return pages(*case)


def _counted_within(scores):
    kept = scores[~np.isnan(scores)]
    return kept, np.arange(len(kept))


def _bridged(scores):
    kept = np.flatnonzero(~np.isnan(scores))
    return scores[kept], kept


def _carried(scores):
    last = np.maximum.accumulate(np.where(np.isnan(scores), 0, np.arange(len(scores))))
    return scores[last], np.arange(len(scores))


def _carried_back(scores):
    carried, rows = _carried(scores[::-1])
    return carried[::-1], rows


def _zero(scores):
    return np.nan_to_num(scores), np.arange(len(scores))


def _one(scores):
    return np.nan_to_num(scores, nan=1), np.arange(len(scores))


def _interpolated(scores):
    known, rows = ~np.isnan(scores), np.arange(len(scores))
    return np.interp(rows, rows[known], scores[known]) if known.any() else scores, rows


def _mean_above(scores, threshold, minutes):
    """Whether the mean of the last `minutes` scores is above."""
    filled = np.where(np.isnan(scores), threshold - 1e9, scores)
    means = np.convolve(filled, np.ones(minutes) / minutes)[: len(scores)]
    return (means > threshold) & (np.arange(len(scores)) >= minutes - 1)


def _mean_of_each_window(scores, threshold, minutes):
    """The same, each mean by itself: where all scores equal the threshold, rounding may tell them apart."""
    means = [np.mean(scores[max(0, stop - minutes) : stop]) for stop in range(1, len(scores) + 1)]
    return (np.array(means) > threshold) & (np.arange(len(scores)) >= minutes - 1)


def _each_row(flags, minutes):
    return [row for start, stop in stretches(flags) for row in range(start + minutes - 1, stop)]


def _each_window(flags, minutes):
    return [row for start, stop in stretches(flags) for row in range(start, stop - minutes + 1)]


def _each_row_late(flags, minutes):
    return [row + 1 for row in _each_row(flags, minutes)]


def _before_the_end(page):
    return lambda flags, minutes: [row for row in page(flags, minutes) if row < len(flags)]


def _again_and_again(flags, minutes):
    return [row for start, stop in stretches(flags) for row in range(start + minutes - 1, stop, minutes)]


def _shifted(place, least=0):
    """A page for each stretch of at least `minutes + least` rows, at place(start, stop, minutes)."""

    def page(flags, minutes):
        found = stretches(flags)
        return [place(start, stop, minutes) for start, stop in found if stop - start >= max(1, minutes + least)]

    return page


def _never_reset(flags, minutes):
    return np.flatnonzero(flags)[minutes - 1 :: minutes].tolist()


def _counted_once(flags, minutes):
    return np.flatnonzero(flags)[minutes - 1 : minutes].tolist()


def _while_the_count_stands(flags, minutes):
    return np.flatnonzero(np.cumsum(flags) == minutes).tolist()


def _in_the_middle(flags, minutes):
    return [start + minutes // 2 for start, stop in stretches(flags) if stop - start >= minutes]


def _too_soon(flags, minutes):
    count = np.zeros(len(flags), int)
    for start, stop in stretches(flags):
        count[start:stop] = np.arange(1, stop - start + 1)
    return np.flatnonzero(count == minutes - 1).tolist()


def _from_then_on(flags, minutes):
    return np.flatnonzero(flags)[minutes - 1 :].tolist()


def _short_too(flags, minutes):
    return [start + minutes - 1 for start, _ in stretches(flags)]


def _starts(flags, minutes):
    return [start for start, _ in stretches(flags)]


def _all_rows_above(flags, minutes):
    return np.flatnonzero(flags).tolist()


def _without(kept):
    return lambda flags, minutes: [
        start + minutes - 1
        for start, stop in stretches(flags)
        if stop - start >= minutes and kept(start, stop, len(flags))
    ]


def _by_difference(last, shift, pairs):
    """Pages from np.diff of the flags, without a False before row 0: starts and ends do not belong together."""

    def page(flags, minutes):
        edges = np.diff(np.append(np.asarray(flags, int), [0] * last))
        starts, stops = (np.flatnonzero(edges == sign) + 1 for sign in (1, -1))
        if pairs:
            starts, stops = (
                np.sort(np.concatenate([starts, stops]))[::2],
                np.sort(np.concatenate([starts, stops]))[1::2],
            )
        some = zip(starts.tolist(), stops.tolist(), strict=False)
        return [start + shift + minutes - 2 for start, stop in some if stop - start >= minutes]

    return page


def _differences(shift):
    """Ways to take runs from np.diff; a run starts `shift` rows after the entry."""
    ways = (False, False), (False, True), (True, False)
    return [{"page": _by_difference(last, shift, pairs)} for last, pairs in ways]


def _of_fixed(minutes):
    return lambda flags, _: _once_per_stretch(flags, minutes)


def _as_flags(found, flags):
    marks = np.zeros(len(flags))
    marks[found[found < len(flags)].astype(int)] = 1
    return marks


ROWS = {
    "You left out the missing scores and counted rows among the others. Row numbers count all rows, and a missing "
    "score ends a run.": {"rows": _counted_within},
    "You skip missing scores: the rows before and after one count as consecutive. A missing score ends a run.": {
        "rows": _bridged
    },
    "You put the score before it in the place of a missing one. A missing score ends a run.": {"rows": _carried},
    "You put 0 in the place of a missing score, which is above a threshold below 0. A missing score ends a run.": {
        "rows": _zero
    },
    "You put 1 in the place of a missing score, which is above a threshold below 1. A missing score ends a run.": {
        "rows": _one
    },
    "You put the score after it in the place of a missing one. A missing score ends a run.": {"rows": _carried_back},
    "You filled missing scores by interpolation. A missing score ends a run.": {"rows": _interpolated},
}
ABOVE = {
    "A score equal to the threshold counts as above for you. Above means score > threshold.": {
        "above": lambda scores, threshold, minutes: scores >= threshold
    },
    "A missing score (nan) counts as above for you. It ends a run.": {
        "above": lambda scores, threshold, minutes: ~(scores <= threshold)
    },
    "Missing scores (nan) and those equal to the threshold count as above for you. Above means score > threshold.": {
        "above": lambda scores, threshold, minutes: ~(scores < threshold)
    },
    "You compare the size of a score, without its sign, with the threshold. Scores may be negative.": {
        "above": lambda scores, threshold, minutes: np.abs(scores) > threshold
    },
    "You compare scores with 1, the threshold of the example. It is an argument.": {
        "above": lambda scores, threshold, minutes: scores > 1
    },
    "You look for scores below the threshold.": {"above": lambda scores, threshold, minutes: scores < threshold},
}
AVERAGED = {
    "You compare the mean of the last `minutes` scores with the threshold. Each of them has to be above it.": [
        {"above": above, "page": lambda flags, minutes: [start for start, _ in stretches(flags)]}
        for above in (_mean_above, _mean_of_each_window)
    ],
    "You compare the mean of the last `minutes` scores with the threshold, and page at every row at which it is above. "
    "Each of these scores has to be above it, and each run has one page.": [
        {"above": above, "page": lambda flags, minutes: np.flatnonzero(flags).tolist()}
        for above in (_mean_above, _mean_of_each_window)
    ],
}
PAGE = {
    "You page at every further row of a run as well. Each run has one page.": {"page": _each_row},
    "You return the first row of each window of `minutes` rows that are all above. Each run has one page, at the "
    "last row of its first window.": {"page": _each_window},
    "In a long run you page again after every `minutes` rows. Each run has one page, at its `minutes`-th row.": {
        "page": _again_and_again
    },
    "You return the first row of each run that is long enough. Nobody knows then that it will be: the page goes out at "
    "its `minutes`-th row.": {"page": _shifted(lambda start, stop, minutes: start)},
    "Your pages are one row late. The first row of a run is the first of the `minutes` rows, and row numbers count "
    "from 0.": [
        {"page": _shifted(lambda start, stop, minutes: start + minutes)},
        {"page": _before_the_end(_shifted(lambda start, stop, minutes: start + minutes))},
    ],
    "For each window of `minutes` rows that are all above you return the row after it. Each run has one page, at the "
    "last row of its first window.": [
        {"page": _each_row_late},
        {"page": _before_the_end(_each_row_late)},
    ],
    "Your pages are one row late, and a run of exactly `minutes` rows gets none: you wait for `minutes` + 1 rows.": {
        "page": _shifted(lambda start, stop, minutes: start + minutes, 1)
    },
    "A run of exactly `minutes` rows gets no page from you. It is long enough.": {
        "page": _shifted(lambda start, stop, minutes: start + minutes - 1, 1)
    },
    "You page one row too soon, after `minutes` - 1 rows.": [
        {"page": _shifted(lambda start, stop, minutes: start + max(1, minutes - 1) - 1, -1)},
        {"page": _too_soon},
    ],
    'Your page is in the middle of the `minutes` rows, where np.convolve with mode "same" puts it. It goes out at the '
    "last of them.": {"page": _in_the_middle},
    "A run of more than `minutes` rows gets no page from you. It has one, as does a run of exactly `minutes` rows.": {
        "page": lambda flags, minutes: [stop - 1 for start, stop in stretches(flags) if stop - start == minutes]
    },
    "You page at the last row of a run. Nobody should have to wait until it ends: the page goes out at its "
    "`minutes`-th row.": {"page": _shifted(lambda start, stop, minutes: stop - 1)},
    "You page when a run has ended. The page goes out at its `minutes`-th row.": {
        "page": _shifted(lambda start, stop, minutes: stop)
    },
    "You count rows above the threshold, wherever they are: your count starts again after a page, but not when a score "
    "is not above. The rows have to be consecutive.": {"page": _never_reset},
    "You count rows above the threshold, wherever they are, and page once. The rows have to be consecutive, and each "
    "run that is long enough has a page.": {"page": _counted_once},
    "Your count never goes back to 0, and you page at every row at which it stands at `minutes`. It goes back to 0 at "
    "each row that is not above.": {"page": _while_the_count_stands},
    "You count rows above the threshold, wherever they are, and page at each one from the `minutes`-th on. They have "
    "to be consecutive.": {"page": _from_then_on},
    "Runs that are too short get a page, too: a row, counted from their start, at which they have ended already.": {
        "page": _short_too
    },
    "You page at the start of every run, however short, as if `minutes` were 1.": {"page": _starts},
    "You return every row above the threshold. A page needs `minutes` of them in a row, and each run has one.": {
        "page": _all_rows_above
    },
    "A run that lasts until the last row gets no page from you.": {
        "page": _without(lambda start, stop, rows: stop < rows)
    },
    "No page goes out at the very last row: your loop ends one row too soon. A run whose `minutes`-th row is the last "
    "one gets a page.": {
        "page": lambda flags, minutes: [row for row in _once_per_stretch(flags, minutes) if row < len(flags) - 1]
    },
    "If a run begins with row 0, np.diff shows its end and not its start, so that each start is paired with the end of "
    "another run. Put a False before the first row, and one after the last.": _differences(shift=1),
    "Entry i of np.diff compares rows i and i + 1: a run starts at i + 1. And if a run begins with row 0, only its end "
    "shows, and no start belongs to it: put a False before the first row, and one after the last.": _differences(
        shift=0
    ),
    "A run that begins with row 0 gets no page from you, nor does one that lasts until the last row.": {
        "page": _without(lambda start, stop, rows: start > 0 and stop < rows)
    },
    "A run that begins with row 0 gets no page from you.": {"page": _without(lambda start, stop, rows: start > 0)},
    **{
        f"You wait for {minutes} minutes, a number in your code. It is an argument.": {"page": _of_fixed(minutes)}
        for minutes in (2, 3, 5)
    },
}
FINISH = {
    "You return the first page alone. There is one for each run that is long enough.": {
        "finish": lambda found, flags: found[:1]
    },
    "You return the last page alone. There is one for each run that is long enough.": {
        "finish": lambda found, flags: found[-1:]
    },
    "You return a flag for each row, 1 where somebody is paged. Return the numbers of these rows.": {
        "finish": _as_flags
    },
    "You return a flag for each row, 1 where the score is above. Return the numbers of the rows with a page.": {
        "finish": lambda found, flags: np.asarray(flags, float)
    },
    "You return how many pages there are. Return their rows.": {"finish": lambda found, flags: len(found)},
}


def _silent_until_below(scores, threshold, minutes):
    """After a page there is no other until a score is at or below the threshold; a missing one is not."""
    found, above, silent = [], 0, False
    for row, score in enumerate(np.asarray(scores, float)):
        above = above + 1 if score > threshold else 0
        silent = silent and not score <= threshold
        if above >= minutes and not silent:
            found.append(row)
            silent = True
    return np.array(found, float)


def _held(scores, threshold, minutes):
    """A missing score leaves the count as it is, and there is a page at each row at which it stands at `minutes`."""
    found, above = [], 0
    for row, score in enumerate(np.asarray(scores, float)):
        above = above if np.isnan(score) else above + 1 if score > threshold else 0
        if above == minutes:
            found.append(row)
    return np.array(found, float)


MISTAKES = [
    (
        "A missing score leaves your count as it is, so that rows before and after it count as consecutive, and where "
        "the count stands at `minutes` the row without a score gets a page as well. A missing score ends a run.",
        _held,
    ),
    (
        "After a missing score you page only if a score at or below the threshold came first. A missing score ends a "
        "run, and the next one has a page of its own.",
        _silent_until_below,
    ),
    *rules(pages, ways(AVERAGED), most=1),
    *rules(pages, ways(PAGE), ABOVE, ROWS, FINISH),
]
