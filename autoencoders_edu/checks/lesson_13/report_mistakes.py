"""What a report for whoever is on call says, as 13.4 asks for it and as mistakes make it."""

import numpy as np

from autoencoders_edu.checks.shared.combined import marked, rules, ways

WEEK = 10080  # minutes


def _within(page, start, stop):
    return start <= page < stop


class Sorted:
    """Pages sorted by incidents: those in each incident, and those in none."""

    def __init__(self, pages, incidents, rows, inside):
        self.pages, self.incidents, self.rows = np.asarray(pages, int), incidents, rows
        self.hits = [self.pages[[inside(page, *incident) for page in self.pages.tolist()]] for incident in incidents]
        self.false = [
            page for page in self.pages.tolist() if not any(inside(page, *incident) for incident in incidents)
        ]
        self.found = [len(hits) > 0 for hits in self.hits]
        self.sick = sum(stop - start for start, stop in incidents)

    def delays(self, missed=None, pick=np.min):
        """Of each incident; missed(start, stop) for one without a page, which is left out by default."""
        for (start, stop), hits in zip(self.incidents, self.hits, strict=True):
            if len(hits):
                yield pick(hits) - start
            elif missed:
                yield missed(start, stop)


def _mean(values):
    values = list(values)
    return np.mean(values) if values else np.nan


def _ratio(one, other):
    return one / other if other else np.nan


def _before_first(told, hits):
    """How many pages there are before the first of these, or at all if there is none."""
    return np.sum(told.pages < hits[0]) if len(hits) else len(told.pages)


def _nearest(told, start):
    return np.min(np.abs(told.pages - start))


def _share_found(told):
    return np.mean(told.found)


def _false_per_week(told):
    return len(told.false) / told.rows * WEEK


def _mean_delay(told):
    return _mean(told.delays())


def _report(number):
    """The function of a case that gives one number of the report, by way of `inside` and of the `number`."""

    def calculate(pages, incidents, rows, *, inside=_within, number=number):
        return marked(number(Sorted(pages, incidents, rows, inside)))

    return calculate


NUMBER = {"found": _share_found, "false_per_week": _false_per_week, "mean_delay": _mean_delay}
RIGHT = {key: _report(number) for key, number in NUMBER.items()}
ROUNDED = "You rounded it. It is compared to a hundred-thousandth of its size."
ROW_ZERO = "A page at row 0 counts as no page to you: 0 is taken for False."
INSIDE = {
    "You count the row `stop` as part of an incident. It covers the rows start <= row < stop.": {
        "inside": lambda page, start, stop: start <= page <= stop
    },
    "You leave the row `start` out of an incident. It covers the rows start <= row < stop.": {
        "inside": lambda page, start, stop: start < page < stop
    },
    "You leave the row `start` out of an incident and count the row `stop`. It covers the rows start <= row < stop.": {
        "inside": lambda page, start, stop: start < page <= stop
    },
    "You count the row before an incident and the row `stop` as part of it. It covers the rows start <= row < stop.": {
        "inside": lambda page, start, stop: start - 1 <= page <= stop
    },
    "You count pages that come before an incident's start, by a row or more. A page too early is a false page.": [
        {"inside": lambda page, start, stop, early=early: start - early <= page < stop}
        for early in (1, 2, 3, 5, 10, 15, 30, 60)
    ],
    "You count every page after an incident's start, even those after its end.": {
        "inside": lambda page, start, stop: page >= start
    },
    "You count every page before an incident's end, even those before its start.": {
        "inside": lambda page, start, stop: page < stop
    },
}
FOUND = {
    ROW_ZERO: lambda told: np.mean([len(hits) > 0 and hits[0] > 0 for hits in told.hits]),
    "An incident with a page in its first row counts as missed for you. A delay of 0 is a delay.": (
        lambda told: np.mean(
            [any(hits) and min(hits) > start for (start, _), hits in zip(told.incidents, told.hits, strict=True)]
        )
    ),
    "Every incident counts as found for you if there is any page at all. A page has to lie in it.": (
        lambda told: float(len(told.pages) > 0)
    ),
    "You counted the incidents found. Their share of all incidents was asked for.": lambda told: np.sum(told.found),
    "That is the share of incidents that were missed.": lambda told: 1 - np.mean(told.found),
    "That is a percentage. A share is at most 1.": lambda told: 100 * np.mean(told.found),
    "That is the share of the pages that lie in incidents. Asked for is the share of the incidents that have a page.": (
        lambda told: _ratio(len(told.pages) - len(told.false), len(told.pages))
    ),
    "That is the share of the pages that lie in incidents, and 0 without pages. Asked for is the share of the "
    "incidents that have a page.": (lambda told: (len(told.pages) - len(told.false)) / max(1, len(told.pages))),
    "You divided the pages in incidents by the number of incidents. An incident with two pages is found once.": (
        lambda told: sum(map(len, told.hits)) / len(told.incidents)
    ),
    "You divided the pages in incidents by the rows in incidents. Incidents are counted here, not rows.": (
        lambda told: sum(map(len, told.hits)) / told.sick
    ),
    "You weighted incidents with their rows, as point adjustment does: a long one counts more. Each incident counts "
    "once.": (
        lambda told: (
            sum(stop - start for (start, stop), hit in zip(told.incidents, told.found, strict=True) if hit) / told.sick
        )
    ),
    "You divided the incidents found by the number of pages. Divide by the number of incidents.": (
        lambda told: _ratio(np.sum(told.found), len(told.pages))
    ),
    "You divided the incidents found by the number of pages, and returned 0 without pages. Divide by the number of "
    "incidents.": (lambda told: np.sum(told.found) / max(1, len(told.pages))),
    "You returned whether any incident was found. The share of those found was asked for.": lambda told: any(
        told.found
    ),
    "You returned whether all incidents were found. The share of those found was asked for.": lambda told: all(
        told.found
    ),
}
FALSE = {
    "You counted the false pages. Their number per week of 10080 minutes was asked for: `rows` says for how many "
    "minutes the server was watched.": lambda told: len(told.false),
    "You counted all pages. Those in incidents are not false.": lambda told: len(told.pages) / told.rows * WEEK,
    "That is false pages per day. A week has 10080 minutes.": lambda told: len(told.false) / told.rows * 1440,
    "That is false pages per hour. A week has 10080 minutes.": lambda told: len(told.false) / told.rows * 60,
    "That is false pages per minute. A week has 10080 minutes.": lambda told: len(told.false) / told.rows,
    "You took 168 minutes for a week: 168 hours. A week has 10080 minutes.": (
        lambda told: len(told.false) / told.rows * 168
    ),
    "You took 10080 / 60 / 24 = 7 minutes for a week somewhere: `rows` are minutes, and a week has 10080.": (
        lambda told: len(told.false) / told.rows * 7
    ),
    "You multiplied by `rows` and divided by 10080. It is the other way round: a week's share of `rows`.": (
        lambda told: len(told.false) * told.rows / WEEK
    ),
    "You left out the pages after the last incident. They are false as well.": (
        lambda told: sum(page < told.incidents[-1][0] for page in told.false) / told.rows * WEEK
    ),
    "You divided by the rows outside incidents. A week of being on call includes both.": (
        lambda told: len(told.false) / (told.rows - told.sick) * WEEK
    ),
    "That is the share of the pages that are false. Their number per week was asked for.": (
        lambda told: _ratio(len(told.false), len(told.pages))
    ),
    "That is the share of the pages that are false, and 0 without pages. Their number per week was asked for.": (
        lambda told: len(told.false) / max(1, len(told.pages))
    ),
    "You count a second page in one incident as false. A false page lies in no incident.": (
        lambda told: (len(told.pages) - np.sum(told.found)) / told.rows * WEEK
    ),
    "You subtracted the number of incidents from that of the pages. Some incidents have no page, and some have "
    "several.": (lambda told: (len(told.pages) - len(told.incidents)) / told.rows * WEEK),
    "You rounded the number of weeks up. Divide the false pages by `rows` and multiply by 10080.": (
        lambda told: len(told.false) / np.ceil(told.rows / WEEK)
    ),
    "You rounded the number of weeks down, to at least 1. Divide the false pages by `rows` and multiply by 10080.": (
        lambda told: len(told.false) / max(1, told.rows // WEEK)
    ),
    "You divided by the rows up to the last page. The server was watched for `rows` minutes.": (
        lambda told: _ratio(len(told.false) * WEEK, max(told.pages, default=0) + 1)
    ),
    "You added up, for each incident, pages outside it. A page that lies in one incident lies outside all others, "
    "and is not false.": [
        lambda told: sum(len(told.pages) - len(hits) for hits in told.hits) / told.rows * WEEK,
        lambda told: sum(map(_before_first, [told] * len(told.hits), told.hits)) / told.rows * WEEK,
    ],
}
DELAY = {
    ROW_ZERO: lambda told: _mean(
        hits[0] - start for (start, _), hits in zip(told.incidents, told.hits, strict=True) if len(hits) and hits[0]
    ),
    "An incident that was missed has a delay of 0 for you. It has none: the mean is over the incidents found.": [
        lambda told: _mean(told.delays(lambda start, stop: 0)),
        lambda told: _mean(told.delays(lambda start, stop: 0)) if any(told.found) else np.nan,
    ],
    "You took the page nearest to the start, which may come before it. The first page in the incident counts.": [
        lambda told: _mean(
            _nearest(told, start) for (start, _), hits in zip(told.incidents, told.hits, strict=True) if len(hits)
        ),
        lambda told: _mean(_nearest(told, start) for start, _ in told.incidents if len(told.pages)),
        lambda told: _mean(
            told.pages[np.argmin(np.abs(told.pages - start))] - start
            for (start, _), hits in zip(told.incidents, told.hits, strict=True)
            if len(hits)
        ),
    ],
    "You put a 0 among the delays. The mean is over the incidents found, and nan if there is none.": (
        lambda told: np.mean([*told.delays(), 0])
    ),
    "Without any incident found you return infinity. There is no delay then: return nan.": (
        lambda told: _mean(told.delays()) if any(told.found) else np.inf
    ),
    "Where every incident found has a delay of 0, you return nan. Their mean delay is 0.": (
        lambda told: _mean(told.delays()) if any(told.delays()) else np.nan
    ),
    "Without any incident found you return 0. There is no delay then: return nan.": (
        lambda told: np.nan_to_num(_mean(told.delays()))
    ),
    "An incident that was missed has its whole length as its delay for you. It has none: the mean is over the "
    "incidents found.": [
        lambda told: _mean(told.delays(lambda start, stop: stop - start)),
        lambda told: _mean(told.delays(lambda start, stop: stop - start)) if any(told.found) else np.nan,
    ],
    "You averaged over all pages in incidents. An incident's delay is that of its first page.": (
        lambda told: _mean(
            page - start for (start, _), hits in zip(told.incidents, told.hits, strict=True) for page in hits
        )
    ),
    "You took the last page in each incident. Its delay is that of its first page.": (
        lambda told: _mean(told.delays(pick=np.max))
    ),
    "You averaged the pages of each incident first. Its delay is that of its first page.": (
        lambda told: _mean(told.delays(pick=np.mean))
    ),
    "You returned the median of the delays. Their mean was asked for.": (
        lambda told: np.median(list(told.delays())) if any(told.found) else np.nan
    ),
    "You returned the sum of the delays. Their mean was asked for.": lambda told: sum(told.delays()),
    "You returned the sum of the delays, and nan if there is none. Their mean was asked for.": (
        lambda told: sum(told.delays()) if any(told.found) else np.nan
    ),
    "You returned the largest delay. The mean was asked for.": lambda told: max(told.delays(), default=np.nan),
    "You returned the smallest delay. The mean was asked for.": lambda told: min(told.delays(), default=np.nan),
    "Each delay is one minute too long: it is the page's row minus `start`.": (
        lambda told: _mean(told.delays(pick=lambda hits: np.min(hits) + 1))
    ),
    "The sign is reversed: the page comes after the start.": lambda told: -_mean(told.delays()),
    "You left out incidents with a delay of 0. They were found at once, and count.": (
        lambda told: _mean(delay for delay in told.delays() if delay)
    ),
    "You return the mean delay in hours. Minutes were asked for.": lambda told: _mean(told.delays()) / 60,
    "You return the mean delay in seconds. Minutes were asked for.": lambda told: _mean(told.delays()) * 60,
    "You measured from the page to the incident's end. A delay runs from its start to the page.": (
        lambda told: _mean(
            stop - min(hits) for (_, stop), hits in zip(told.incidents, told.hits, strict=True) if len(hits)
        )
    ),
    "You averaged the rows of the first pages. Subtract each incident's start.": (
        lambda told: _mean(min(hits) for hits in told.hits if len(hits))
    ),
    "You divided each delay by the incident's length. Minutes were asked for.": (
        lambda told: _mean(
            (min(hits) - start) / (stop - start)
            for (start, stop), hits in zip(told.incidents, told.hits, strict=True)
            if len(hits)
        )
    ),
}


def _mistakes(key, numbers):
    listed = {message: some if isinstance(some, list) else [some] for message, some in numbers.items()}
    listed[ROUNDED] = [_rounded(NUMBER[key], digits) for digits in range(5)]
    options = {message: [{"number": number} for number in some] for message, some in listed.items()}
    return [(f'"{key}": {message}', rule) for message, rule in rules(RIGHT[key], ways(options), ways(INSIDE))]


def _rounded(number, digits):
    return lambda told: np.round(number(told), digits)


MISTAKES = {
    "found": _mistakes("found", FOUND),
    "false_per_week": _mistakes("false_per_week", FALSE),
    "mean_delay": _mistakes("mean_delay", DELAY),
}
