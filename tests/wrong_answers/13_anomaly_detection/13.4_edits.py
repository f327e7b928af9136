"""Wrong answers to 13.4 on_call_report that are a right answer but for a line or two."""


class stop_included:
    """The row stop counts."""

    MESSAGE = "You count the row `stop` as part"
    EDIT = ("start <= page < stop", "start <= page <= stop")


class start_left_out:
    """The row start does not count."""

    MESSAGE = "You leave the row `start` out of an incident. It"
    EDIT = ("start <= page < stop", "start < page < stop")


class open_end:
    """Pages after the end."""

    MESSAGE = "You count every page after an incident's start"
    EDIT = ("start <= page < stop", "start <= page")


class count_found:
    """A count."""

    MESSAGE = '"found": You counted the incidents found'
    EDIT = ("len(delays) / len(incidents)", "len(delays)")


class missed:
    """The share missed."""

    MESSAGE = "that were missed"
    EDIT = ("len(delays) / len(incidents)", "1 - len(delays) / len(incidents)")


class precision:
    """The share of pages."""

    MESSAGE = "the share of the pages that lie in incidents"
    EDIT = ("len(delays) / len(incidents)", "sum(map(len, within)) / max(1, len(pages))")


class several_pages:
    """Pages over incidents."""

    MESSAGE = "An incident with two pages is found once"
    EDIT = ("len(delays) / len(incidents)", "sum(map(len, within)) / len(incidents)")


class by_rows:
    """Recall by rows."""

    MESSAGE = "Incidents are counted here, not rows"
    EDIT = ("len(delays) / len(incidents)", "sum(map(len, within)) / sum(stop - start for start, stop in incidents)")


class adjusted:
    """Point adjustment."""

    MESSAGE = "as point adjustment does"
    EDIT = (
        "len(delays) / len(incidents)",
        (
            "sum(stop - start for (start, stop), paged in zip(incidents, within) if paged) / sum(stop - "
            "start for start, stop in incidents)"
        ),
    )


class percent:
    """Percent."""

    MESSAGE = "That is a percentage"
    EDIT = ("len(delays) / len(incidents)", "100 * len(delays) / len(incidents)")


class all_pages:
    """All pages."""

    MESSAGE = "You counted all pages"
    EDIT = ("false / rows", "len(pages) / rows")


class false_count:
    """A count of false pages."""

    MESSAGE = "You counted the false pages"
    EDIT = ("false / rows * 10080", "false")


class per_day:
    """Per day."""

    MESSAGE = "false pages per day"
    EDIT = ("10080", "1440")


class hours:
    """Hours for minutes."""

    MESSAGE = "You took 168 minutes for a week"
    EDIT = ("10080", "168")


class healthy_rows:
    """Per healthy rows."""

    MESSAGE = "You divided by the rows outside incidents"
    EDIT = ("false / rows", "false / (rows - sum(stop - start for start, stop in incidents))")


class share_of_pages:
    """The share of false pages."""

    MESSAGE = "the share of the pages that are false"
    EDIT = ("false / rows * 10080", "false / max(1, len(pages))")


class second_page:
    """The second page is false."""

    MESSAGE = "You count a second page in one incident as false"
    EDIT = ("sum(map(len, within))", "sum(map(bool, within))")


class outside_each:
    """Pages outside each incident."""

    MESSAGE = "added up, for each incident, pages outside it"
    EDIT = ("false / rows", "sum(len(pages) - len(paged) for paged in within) / rows")


class row_zero:
    """Row 0 is False."""

    MESSAGE = '"found": A page at row 0 counts as no page'
    EDIT = (
        "for (start, _), paged in zip(incidents, within, strict=True) if paged]",
        "for (start, _), paged in zip(incidents, within, strict=True) if paged and paged[0]]",
    )


class rounded:
    """Rounded."""

    MESSAGE = '"found": You rounded it'
    EDIT = ("len(delays) / len(incidents)", "round(len(delays) / len(incidents), 2)")


class rounded_delay:
    """Rounded."""

    MESSAGE = '"mean_delay": You rounded it'
    EDIT = ("np.mean(delays)", "round(float(np.mean(delays)), 1)")


class missed_at_zero:
    """Missed ones have delay 0."""

    MESSAGE = "An incident that was missed has a delay of 0"
    EDIT = ("np.mean(delays) if delays else np.nan", "sum(delays) / len(incidents)")


class missed_at_length:
    """Missed ones have their length."""

    MESSAGE = "has its whole length as its delay"
    EDIT = (
        "np.mean(delays) if delays else np.nan",
        ("np.mean([paged[0] - start if paged else stop - start for (start, stop), paged in zip(incidents, within)])"),
    )


class zero_for_none:
    """0 where none is found."""

    MESSAGE = "Without any incident found you return 0"
    EDIT = ("if delays else np.nan", "if delays else 0")


class all_hits:
    """All pages in incidents."""

    MESSAGE = "You averaged over all pages in incidents"
    EDIT = (
        "np.mean(delays) if delays",
        ("np.mean([page - start for (start, _), paged in zip(incidents, within) for page in paged]) if delays"),
    )


class last_page:
    """The last page."""

    MESSAGE = "You took the last page in each incident"
    EDIT = ("paged[0] - start", "paged[-1] - start")


class median:
    """A median."""

    MESSAGE = "You returned the median of the delays"
    EDIT = ("np.mean(delays)", "np.median(delays)")


class sum_of_delays:
    """A sum."""

    MESSAGE = "You returned the sum of the delays"
    EDIT = ("np.mean(delays)", "np.sum(delays)")


class one_more:
    """One minute more."""

    MESSAGE = "Each delay is one minute too long"
    EDIT = ("paged[0] - start", "paged[0] - start + 1")


class zero_dropped:
    """Delays of 0 are dropped."""

    MESSAGE = "You left out incidents with a delay of 0"
    EDIT = ("np.mean(delays) if delays", "np.mean([delay for delay in delays if delay]) if any(delays)")


class in_hours:
    """Hours."""

    MESSAGE = "You return the mean delay in hours"
    EDIT = ("np.mean(delays)", "np.mean(delays) / 60")


class to_the_end:
    """From the page to the end."""

    MESSAGE = "You measured from the page to the incident's end"
    EDIT = (
        (
            "for (start, _), paged in zip(incidents, within, strict=True)",
            "for (_, start), paged in zip(incidents, within, strict=True)",
        ),
        ("paged[0] - start", "start - paged[0]"),
    )


class none:
    """None in place of nan."""

    MESSAGE = '"mean_delay" is None'
    EDIT = ("if delays else np.nan", "if delays else None")


class raises_without_pages:
    """No pages."""

    MESSAGE = "Without any page your code raises"
    EDIT = ('        "mean_delay"', '        "last": int(pages[-1]),\n        "mean_delay"')


class raises_without_found:
    """No incident found."""

    MESSAGE = "Where no incident is found, your code raises"
    EDIT = ("np.mean(delays) if delays else np.nan", "sum(delays) / len(delays)")


class stop_and_day:
    """Two at a time."""

    MESSAGE = "You count the row `stop` as part"
    EDIT = (
        ("start <= page < stop", "start <= page <= stop"),
        ("10080", "1440"),
    )


class early_by_one:
    """A page one row early counts."""

    MESSAGE = "You count pages that come before an incident's start"
    EDIT = ("start <= page < stop", "start - 1 <= page < stop")


class early_by_five:
    """A page five rows early counts."""

    MESSAGE = "You count pages that come before an incident's start"
    EDIT = ("start <= page < stop", "start - 5 <= page < stop")


class upside_down:
    """rows / 10080."""

    MESSAGE = "You multiplied by `rows` and divided by 10080"
    EDIT = ("false / rows * 10080", "false * rows / 10080")


class infinite_delay:
    """Infinity where none is found."""

    MESSAGE = "you return infinity"
    EDIT = ("else np.nan", "else np.inf")


class any_delay:
    """A delay of 0 is False."""

    MESSAGE = "Where every incident found has a delay of 0"
    EDIT = ("if delays else np.nan", "if any(delays) else np.nan")


class delay_zero_is_missed:
    """Incidents found at once are missed."""

    MESSAGE = "with a page in its first row counts as missed"
    EDIT = ("strict=True) if paged]", "strict=True) if paged and paged[0] > start]")


class over_all_incidents:
    """Divided by all incidents."""

    MESSAGE = "An incident that was missed has a delay of 0"
    EDIT = ("np.mean(delays) if", "np.sum(delays) / len(incidents) if")


class after_the_last:
    """Pages are false only before an incident."""

    MESSAGE = "You left out the pages after the last incident"
    EDIT = (
        "    false = len(pages) - sum(map(len, within))",
        "    false = sum(page < incidents[-1][0] for page in pages) - sum(map(len, within[:-1]))",
    )


class nearest:
    """The page nearest to the start."""

    MESSAGE = "You took the page nearest to the start"
    EDIT = ("paged[0] - start", "np.abs(np.asarray(pages) - start).min()")


class nearest_for_all:
    """The same for incidents without a page."""

    MESSAGE = "Every incident counts as found for you if there is any page"
    EDIT = (
        ("paged[0] - start", "np.abs(np.asarray(pages) - start).min()"),
        ("zip(incidents, within, strict=True) if paged]", "zip(incidents, within, strict=True) if len(pages)]"),
    )


class one_row_either_side:
    """A row more at either end."""

    MESSAGE = "You count the row before an incident and the row `stop`"
    EDIT = ("start <= page < stop", "start - 1 <= page <= stop")


class zero_among_delays:
    """A 0 against nan."""

    MESSAGE = "You put a 0 among the delays"
    EDIT = ("np.mean(delays) if delays else np.nan", "np.mean([*delays, 0])")


class nearest_signed:
    """The nearest page, with its sign."""

    MESSAGE = "You took the page nearest to the start"
    EDIT = ("paged[0] - start", "min(pages, key=lambda page: abs(page - start)) - start")
