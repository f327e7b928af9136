"""Wrong answers to 13.3 pages that are a right answer but for a line or two."""


class at_least:
    """Equal counts as above."""

    MESSAGE = "A score equal to the threshold counts"
    EDIT = ("score > threshold", "score >= threshold")


class nan_above:
    """Not below or equal."""

    MESSAGE = "A missing score (nan) counts as above"
    EDIT = ("above + 1 if score > threshold else 0", "0 if score <= threshold else above + 1")


class nan_skipped:
    """Missing scores are skipped."""

    MESSAGE = "You skip missing scores"
    EDIT = ("        above = above + 1", "        if np.isnan(score):\n            continue\n        above = above + 1")


class nan_dropped:
    """Missing scores are dropped."""

    MESSAGE = "You left out the missing scores"
    EDIT = ("enumerate(scores)", "enumerate(scores[~np.isnan(scores)])")


class nan_carried:
    """The last known score."""

    MESSAGE = "You put the score before it"
    EDIT = (
        "enumerate(scores)",
        ("enumerate(scores[np.maximum.accumulate(np.where(np.isnan(scores), 0, np.arange(len(scores))))])"),
    )


class each_row:
    """Every further row."""

    MESSAGE = "You page at every further row"
    EDIT = ("above == minutes", "above >= minutes")


class again:
    """The counter starts anew after a page."""

    MESSAGE = "you page again after every `minutes` rows"
    EDIT = ("paged.append(row)", "paged.append(row)\n            above = 0")


class starts:
    """The run's start."""

    MESSAGE = "You return the first row of each run that is long enough"
    EDIT = ("paged.append(row)", "paged.append(row - minutes + 1)")


class late:
    """One row late."""

    MESSAGE = "Your pages are one row late, and a run of exactly"
    EDIT = ("above == minutes", "above == minutes + 1")


class counted_from_one:
    """Rows count from 1."""

    MESSAGE = "Your pages are one row late. The first row"
    EDIT = ("paged.append(row)", "paged.append(row + 1)")


class longer:
    """Longer than `minutes`."""

    MESSAGE = "A run of exactly `minutes` rows gets no page"
    EDIT = (
        ("above == minutes", "above == minutes + 1"),
        ("paged.append(row)", "paged.append(row - 1)"),
    )


class soon:
    """One row too soon."""

    MESSAGE = "You page one row too soon"
    EDIT = ("above == minutes", "above == max(1, minutes - 1)")


class never_reset:
    """The counter is not set back."""

    MESSAGE = "but not when a score is not above"
    EDIT = (
        ("above + 1 if score > threshold else 0", "above + (score > threshold)"),
        ("paged.append(row)", "paged.append(row)\n            above = 0"),
    )


class counted_once:
    """The counter is never set back."""

    MESSAGE = "wherever they are, and page once"
    EDIT = (
        ("above + 1 if score > threshold else 0", "above + (score > threshold)"),
        ("if above == minutes:", "if above == minutes and score > threshold:"),
    )


class three:
    """A number in the code."""

    MESSAGE = "You wait for 3 minutes, a number in your code"
    EDIT = ("above == minutes", "above == 3")


class late_rows:
    """Every window, one row late."""

    MESSAGE = "you return the row after it"
    EDIT = (
        "    return paged",
        (
            "    above = np.asarray(scores) > threshold\n    return [row for row in range(minutes, "
            "len(above)) if above[row - minutes : row].all()]"
        ),
    )


class both_ends:
    """Flags without ends."""

    MESSAGE = "nor does one that lasts until the last row"
    EDIT = (
        "    return paged",
        (
            "    steps = np.diff((np.asarray(scores) > threshold).astype(int))\n    starts, stops = "
            "np.flatnonzero(steps == 1) + 1, np.flatnonzero(steps == -1) + 1\n    stops = stops[stops > "
            "starts[0]] if len(starts) else stops\n    return [start + minutes - 1 for start, stop in "
            "zip(starts, stops) if stop - start >= minutes]"
        ),
    )


class silent_at_nan:
    """A page is not cleared by nan."""

    MESSAGE = "After a missing score you page only if"
    EDIT = (
        "    return paged",
        (
            "    paged, above, silent = [], 0, False\n    for row, score in enumerate(scores):\n        above "
            "= above + 1 if score > threshold else 0\n        if score <= threshold:\n            silent = "
            "False\n        if above >= minutes and not silent:\n            paged.append(row)\n            "
            "silent = True\n    return paged"
        ),
    )


class windows:
    """The start of each window."""

    MESSAGE = "You return the first row of each window"
    EDIT = (
        "    return paged",
        (
            "    above = np.asarray(scores) > threshold\n    return [row for row in range(len(above) - "
            "minutes + 1) if above[row : row + minutes].all()]"
        ),
    )


class zero_for_nan:
    """nan becomes 0."""

    MESSAGE = "You put 0 in the place of a missing score"
    EDIT = ("enumerate(scores)", "enumerate(np.nan_to_num(scores))")


class first_only:
    """The first page alone."""

    MESSAGE = "You return the first page alone"
    EDIT = ("return paged", "return paged[:1]")


class flags:
    """A flag for each row."""

    MESSAGE = "You return a flag for each row, 1 where somebody"
    EDIT = ("return paged", "return np.isin(np.arange(len(scores)), paged)")


class count:
    """The number of pages."""

    MESSAGE = "You return how many pages there are"
    EDIT = ("return paged", "return len(paged)")


class below:
    """The wrong way round."""

    MESSAGE = "You look for scores below"
    EDIT = ("score > threshold", "score < threshold")


class mean:
    """The mean of the last scores."""

    MESSAGE = "You compare the mean of the last `minutes` scores"
    EDIT = (
        "    return paged",
        (
            "    means = np.convolve(np.where(np.isnan(scores), -1e9, scores), np.ones(minutes) / "
            "minutes)[: len(scores)]\n    above = (means > threshold) & (np.arange(len(scores)) >= minutes - "
            "1)\n    return np.flatnonzero(above & ~np.concatenate([[False], above[:-1]]))"
        ),
    )


class last_row:
    """The last row of a run."""

    OF = "edges"
    MESSAGE = "You page at the last row of a run"
    EDIT = ("edges[long_enough, 0] + minutes - 1", "edges[long_enough, 1] - 1")


class ended:
    """When the run has ended."""

    OF = "edges"
    MESSAGE = "You page when a run has ended"
    EDIT = ("edges[long_enough, 0] + minutes - 1", "edges[long_enough, 1]")


class short_too:
    """Short runs, too."""

    OF = "edges"
    MESSAGE = "Runs that are too short get a page"
    EDIT = ("edges[long_enough, 0] + minutes - 1", "edges[:, 0] + minutes - 1")


class pairs:
    """Starts and stops."""

    OF = "edges"
    MESSAGE = "You return pairs of numbers"
    EDIT = ("edges[long_enough, 0] + minutes - 1", "edges[long_enough]")


class equal_and_each_row:
    """Two at a time."""

    MESSAGE = (
        "Two things. You page at every further row of a run as well. Each run has one page. A score "
        "equal to the threshold counts as above for you. Above means score > threshold."
    )
    EDIT = (
        ("score > threshold", "score >= threshold"),
        ("above == minutes", "above >= minutes"),
    )


class constant:
    """The same each time."""

    MESSAGE = "the same each time"
    EDIT = ("return paged", "return [2, 5]")


class one_row_too_soon:
    """One row less, which with one minute are all rows below."""

    MESSAGE = "You page one row too soon"
    EDIT = ("above == minutes", "above == minutes - 1")


class held:
    """A missing score leaves the count alone."""

    MESSAGE = "A missing score leaves your count as it is"
    EDIT = (
        "above + 1 if score > threshold else 0",
        "above if np.isnan(score) else above + 1 if score > threshold else 0",
    )


class never_back:
    """The count never goes back."""

    MESSAGE = "Your count never goes back to 0"
    EDIT = ("above + 1 if score > threshold else 0", "above + (score > threshold)")


class size:
    """The size of a score."""

    MESSAGE = "without its sign"
    EDIT = ("above + 1 if score > threshold else 0", "above + 1 if abs(score) > threshold else 0")


class threshold_of_example:
    """The example's threshold."""

    MESSAGE = "the threshold of the example"
    EDIT = ("above + 1 if score > threshold else 0", "above + 1 if score > 1 else 0")


class not_below:
    """Not below the threshold."""

    MESSAGE = "Missing scores (nan) and those equal to the threshold"
    EDIT = ("above + 1 if score > threshold else 0", "above + 1 if not score < threshold else 0")


class backwards:
    """Missing scores are filled from behind."""

    MESSAGE = "You put the score after it"
    EDIT = (
        "    paged, above = [], 0",
        "    import pandas as pd\n\n    scores = pd.Series(scores).bfill()\n    paged, above = [], 0",
    )


class between:
    """Missing scores are interpolated."""

    MESSAGE = "You filled missing scores by interpolation"
    EDIT = (
        "    paged, above = [], 0",
        "    import pandas as pd\n\n    scores = pd.Series(scores).interpolate()\n    paged, above = [], 0",
    )


class middle:
    """np.convolve with mode same."""

    MESSAGE = "Your page is in the middle"
    EDIT = (
        "    paged, above = [], 0",
        "    full = np.convolve(scores > threshold, np.ones(minutes), 'same') == minutes\n"
        "    return np.flatnonzero(full & ~np.concatenate([[False], full[:-1]]))\n"
        "    paged, above = [], 0",
    )


class mean_of_windows:
    """The mean of a window."""

    MESSAGE = "You compare the mean of the last `minutes` scores"
    EDIT = (
        "    paged, above = [], 0",
        "    means = [np.mean(scores[max(0, stop - minutes) : stop]) for stop in range(1, len(scores) + 1)]\n"
        "    high = (np.array(means) > threshold) & (np.arange(len(scores)) >= minutes - 1)\n"
        "    return np.flatnonzero(high & ~np.concatenate([[False], high[:-1]]))\n"
        "    paged, above = [], 0",
    )


class exactly:
    """Only runs of this length."""

    MESSAGE = "A run of more than `minutes` rows gets no page"
    EDIT = (
        "    return paged",
        "    flags = np.append(scores, np.nan) > threshold\n    return [row for row in paged if not flags[row + 1]]",
    )


class nan_as_1:
    """The lesson's line, with its threshold of 1."""

    MESSAGE = "You put 1 in the place of a missing score"
    EDIT = ("enumerate(scores)", "enumerate(np.where(np.isnan(scores), 1, scores))")


class last_row_left_out:
    """The loop ends a row too soon."""

    MESSAGE = "No page goes out at the very last row"
    EDIT = ("enumerate(scores)", "enumerate(scores[:-1])")
