"""13.4 on_call_report: incidents found, false pages per week and delay, from pages and incidents."""

import numpy as np

from autoencoders_edu.checks.lesson_13.report_mistakes import MISTAKES, RIGHT
from autoencoders_edu.checks.shared.answers import expect_same_again
from autoencoders_edu.checks.shared.combined import expect_one_rule, marked, shown
from autoencoders_edu.exercises.expect import Failed, LearnerError, as_numbers, brief, expect_keys
from autoencoders_edu.exercises.registry import exercise


@exercise(
    "13.4",
    "on_call_report",
    points=3,
    minutes=11,
    why="A team decides by these three numbers whether a detector stays on. Scores per row, and point-adjusted ones "
    "all the more, say little about them.",
    hints=(
        "Go through the incidents. Which pages lie in start <= page < stop? What do you need to know of them for "
        '"found", and what for "mean_delay"?',
        "Go through the pages. Which of them lie in no incident at all? And how many weeks are `rows` minutes?",
        "What is the mean of an empty list? And is a delay of 0 a delay?",
    ),
    on_success="Found, false per week, delay: three numbers that whoever is on call can judge, each counting what that "
    "person counts.",
)
def check_on_call_report(probe):
    cases = draw_cases(probe.rng)
    answers = [_asked(probe, case) for case in cases]
    again = _asked(probe, cases[0])
    for key, right in RIGHT.items():
        values = [answer[key] for answer in answers]
        expect_same_again(values[0], again[key], f'"{key}": {DRAWN}')
        expect_one_rule(
            values,
            [right(*case) for case in cases],
            cases,
            MISTAKES[key],
            otherwise=f'"{key}" is not what it should be. {ASKED[key]}',
            example=_described,
            rtol=1e-5,
            atol=1e-6,
        )


ASKED = {
    "found": "It is the number of incidents with at least one page in start <= page < stop, divided by the number of "
    "incidents.",
    "false_per_week": "It is the number of pages that lie in no incident, divided by `rows` and multiplied by 10080.",
    "mean_delay": "The delay of an incident is its first page minus `start`, in minutes. Asked for is the mean over "
    "the incidents that have a page, and nan if none has.",
}
DRAWN = "Called twice with the same arguments, your function returned two different results."


def _asked(probe, case):
    try:
        value = probe.call("on_call_report", *case)
    except LearnerError as error:
        pages, incidents, _ = case
        if not len(pages):
            raise Failed(
                f"Without any page your code raises. A detector that never pages gets a report, too.\n{error}"
            ) from None
        if not any(start <= page < stop for page in pages.tolist() for start, stop in incidents):
            raise Failed(
                f"Where no incident is found, your code raises. The mean delay is then nan.\n{error}"
            ) from None
        raise
    expect_keys(value, [*RIGHT], "on_call_report(pages, incidents, rows)")
    return {key: marked(_number(value[key], key, case)) for key in RIGHT}


def _number(value, key, case):
    if value is None:
        raise Failed(f'"{key}" is None. {ASKED[key]}')
    numbers = as_numbers(value)
    incidents = case[1]
    if numbers is not None and numbers.shape == (len(incidents),) and len(incidents) > 1:
        raise Failed(f'"{key}" holds a number for each incident. One number was asked for. {ASKED[key]}')
    if numbers is None or numbers.size != 1:
        raise Failed(f'"{key}" should be one number. Received: {brief(value)}. {ASKED[key]}')
    return float(numbers.reshape(()))


def _described(case, answer, expected):
    pages, incidents, rows = case
    listed = ", ".join(map(str, pages.tolist()))
    return (
        f"For pages [{listed}], incidents {incidents} and rows = {rows} received {shown(answer)}, expected "
        f"{shown(expected)}."
    )


def draw_cases(rng):
    """(pages, incidents, rows): incidents found once, twice, at once or not at all, and false pages around them."""
    cases = [_draw(rng, rows) for rows in rng.integers([8000, 30000, 500000], [10000, 60000, 525600]).tolist()]
    start, long = map(int, rng.integers([50, 20], [90, 60]))
    stop, rows = start + long, int(rng.integers(900, 2000))
    delay = int(rng.integers(2, 12))
    return [
        *cases,
        (np.array([start + delay]), [(start, stop)], rows),
        (np.array([start - 1, stop, stop + 7]), [(start, stop), (stop + 40, stop + 41)], rows),  # none is found
        (np.array([], int), [(start, stop), (stop + 30, stop + 90)], rows),
        (np.array([0]), [(0, long)], rows),
        (np.array([start, stop]), [(start, stop), (stop, stop + 9)], rows),  # one ends where the next begins
        (np.array([start + 1, stop + 33, stop + 35]), [(start, stop), (stop + 30, stop + 90)], rows),  # all are found
        (np.array([start + delay]), [(start - 20, start - 5), (start, stop), (stop + 1, stop + 9)], rows),
    ]


def _draw(rng, rows):
    """Twelve incidents far apart in random order of kinds, and pages."""
    kinds = rng.permutation([0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9, 9]).tolist()
    places = np.sort(rng.choice(np.arange(1, rows // 400), len(kinds), replace=False)) * 400
    incidents, pages = [], []
    for kind, start in zip(kinds, places.tolist(), strict=True):
        length, late, later = map(int, rng.integers([60, 3, 25], [150, 20, 50]))
        stop = start + length
        incidents.append((start, stop))
        pages += {
            0: [start + late],
            1: [start + late, start + later, stop - 2],
            2: [start],
            7: [start, start + later],
            3: [start - 1, stop],  # both of them just outside
            4: [stop - 1],
            5: [start - int(rng.integers(1, late)), start + late],  # the nearer one is too early
            6: [],
            8: [stop],
            9: [start - 1],  # nor do two of these make as many as those at `stop`
        }[kind]
    lone = [place + 200 + int(rng.integers(100)) for place in rng.choice(places, 3, replace=False).tolist()]
    return np.array(sorted([*pages, *lone])), incidents, rows
