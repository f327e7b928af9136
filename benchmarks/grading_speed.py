"""Submissions per minute and peak memory: `aedu grade` beside `nbgrader autograde` and `otter run`, same notebooks.

    python benchmarks/grading_speed.py [--smallest] [--out FOLDER] [--repeats 2]

All graders get the same solved notebooks in the same environment, and full marks are counted. nbgrader and otter run
the checks in the notebook's own process; `aedu grade` runs the notebook in a sandbox and the checks outside of it.
Then: how time and memory of `aedu grade` grow with the number of submissions. Ratios hold on any machine, minutes hold
on one.
"""

from pathlib import Path

import record
from reporting import Aim, Section, exponent, listed, markdown, packages, spread

LESSON = "01"
SUBMISSIONS, SIZES, JOBS = 20, (10, 50, 200), (1, 2)
PEERS = {"nbgrader": "nbgrader autograde", "otter": "otter run"}
SCRIPT = Path(__file__).parent / "contestants" / "grading.py"
# Two measurements of the same command differ by a few per cent: a smaller difference than this is no growth.
LINEAR, BOUNDED = 1.1, 1.1


def label(contestant, jobs):
    return PEERS.get(contestant) or f"aedu grade --jobs {jobs}"


def measure(part, environment, contestant, submissions, jobs, repeat):
    """One row: one command on a number of submissions."""
    result = record.in_environment(environment, SCRIPT, contestant, LESSON, submissions, jobs)
    print(f"{label(contestant, jobs):22} {submissions:4} submissions {result['seconds']:7.1f} s", flush=True)
    return {
        "part": part,
        "grader": label(contestant, jobs),
        "jobs": jobs,
        "submissions": submissions,
        "repeat": repeat,
        "seconds": round(result["seconds"], 2),
        "peak_mib": round(result["peak_mib"]),
        "graded": result["graded"],
        "full_marks": result["full_marks"],
    }


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--repeats", type=int, default=2, help="of the comparison with the peers")
    options = parser.parse_args()
    peers = list(PEERS) if record.available("graders") else []
    environment = "graders" if peers else "tensorflow"  # both hold aedu with the same pins
    if not peers and not options.smallest:
        parser.error("The environment of the peers is missing: `make .venv-peers/ready` makes it.")
    repeats, submissions, sizes = options.repeats, SUBMISSIONS, SIZES
    jobs_tried = JOBS
    if options.smallest:
        repeats, submissions, sizes, jobs_tried = 1, 1, (1,), (1,)

    rows = []
    contestants = [("aedu", jobs) for jobs in jobs_tried] + [(peer, 1) for peer in peers]
    for repeat in range(repeats):  # in turn, so that a slow hour of the machine meets all of them
        for contestant, jobs in contestants:
            rows.append(measure("speed", environment, contestant, submissions, jobs, repeat))
    for size in sizes:
        for jobs in jobs_tried:
            rows.append(measure("growth", environment, "aedu", size, jobs, 0))

    packages = {environment: ["tensorflow", "keras", "nbclient" if not peers else "nbgrader"]}
    if peers:
        packages[environment].append("otter-grader")
    settings = {"lesson": LESSON, "submissions": submissions, "sizes": sizes, "repeats": repeats}
    table = record.save("grading_speed", rows, packages, settings, options.out)
    print(report(table, record.load("grading_speed", options.out)[1]).markdown())


ABOUT = """{date}, {machine}; {versions}.

{submissions} solved notebooks of lesson {lesson}; {repeats} runs per grader, in turn, all in one environment. Time is
that of the whole command, including its start; `otter run` takes one notebook per command, and their times are added.
Memory is the highest sum over all processes of the command, shared pages counted once, sampled five times per second.
nbgrader and otter grade one notebook after the other, without a sandbox. Median (smallest to largest)."""


def report(table, about):
    """The section of the report."""
    settings = about["settings"]
    speed, growth = table[table.part == "speed"], table[table.part == "growth"]
    parts = [
        ABOUT.format(**settings, date=about["date"], machine=about["machine"], versions=packages(about)),
        _speed_table(speed),
        f"`aedu grade` on {listed(list(map(str, settings['sizes'])))} submissions, one run each:",
        _growth_table(growth),
    ]
    return Section("Grading", "\n\n".join(parts), tuple(_aims(speed, growth)))


def _rates(rows):
    return 60 * rows.submissions / rows.seconds


def _speed_table(speed):
    first = speed.grader.iloc[0]
    reference = speed[speed.grader == first].set_index("repeat").seconds
    rows = []
    for grader, own in speed.groupby("grader", sort=False):
        ratio = own.set_index("repeat").seconds / reference
        full = f"{own.full_marks.sum()} of {own.graded.sum()}"
        rows.append([f"`{grader}`", spread(_rates(own)), spread(ratio, 2), spread(own.peak_mib, 0), full])
    heads = ["grader", "submissions per minute", f"time, `{first}` = 1", "peak memory, MiB", "full marks"]
    return markdown(heads, rows)


def _growth_table(growth):
    rows = []
    for grader, own in growth.groupby("grader", sort=False):
        for row in own.itertuples():
            each = row.seconds / row.submissions
            rows.append([f"`{grader}`", row.submissions, f"{row.seconds:.0f}", f"{each:.2f}", row.peak_mib])
    return markdown(["grader", "submissions", "s", "s per submission", "peak memory, MiB"], rows)


def _aims(speed, growth):
    seconds = speed.groupby("grader", sort=False).seconds.median()
    ours = [grader for grader in seconds.index if grader.startswith("aedu")]
    for peer in seconds.index.difference(ours, sort=False):
        ratios = {grader: seconds[peer] / seconds[grader] for grader in ours}
        reason = f"{listed([f'{ratio:.1f} (`{_jobs(grader)}`)' for grader, ratio in ratios.items()])} times as fast"
        yield Aim(f"`aedu grade` faster than `{peer}`, even with one job", min(ratios.values()) > 1, reason, usual=True)
    full, graded = speed.full_marks.sum() + growth.full_marks.sum(), speed.graded.sum() + growth.graded.sum()
    asked = speed.submissions.sum() + growth.submissions.sum()
    reason = f"{full} of {asked}, all graders together"
    yield Aim("Full marks for every correct submission", full == graded == asked, reason)
    if growth.submissions.nunique() > 1:
        yield _linear(growth)
        yield _bounded(growth)


def _jobs(grader):
    """ "--jobs 1" of "aedu grade --jobs 1"."""
    return grader.removeprefix("aedu grade ")


def _linear(growth):
    slopes = {grader: exponent(own.submissions, own.seconds) for grader, own in growth.groupby("grader", sort=False)}
    text = listed([f"{slope:.2f} (`{_jobs(grader)}`)" for grader, slope in slopes.items()])
    words = f"Time at most linear in the number of submissions (exponent at most {LINEAR})"
    return Aim(words, max(slopes.values()) <= LINEAR, f"exponents {text}, between the two largest numbers")


def _bounded(growth):
    ratios = {}
    for grader, own in growth.groupby("grader", sort=False):
        peaks = own.set_index("submissions").peak_mib
        ratios[grader] = peaks[peaks.index.max()] / peaks[peaks.index.min()]
    text = listed([f"{ratio:.2f}x (`{_jobs(grader)}`)" for grader, ratio in ratios.items()])
    times = growth.submissions.max() / growth.submissions.min()
    words = f"Peak memory independent of the number of submissions (at most {BOUNDED}x)"
    return Aim(words, max(ratios.values()) <= BOUNDED, f"{text} with {times:.0f}x the submissions")


if __name__ == "__main__":
    main()
