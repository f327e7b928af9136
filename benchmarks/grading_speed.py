"""Submissions a minute and peak memory: `aedu grade` beside `nbgrader autograde` and `otter run`, same notebooks.

    python benchmarks/grading_speed.py [--smallest] [--out FOLDER] [--repeats 2]

All grade the same solved notebooks, in the same environment, and full marks are counted. nbgrader and otter run the
checks inside the notebook's own process; `aedu grade` runs them outside, and the notebook in a sandbox. Then: how time
and memory of `aedu grade` grow with the number of submissions. Ratios mean something on any machine, minutes only on
one.
"""

from pathlib import Path

import record
from reporting import aim, exponent, listed, markdown, spread

LESSON = "01"
SUBMISSIONS, SIZES, JOBS = 20, (10, 50, 200), (1, 2)
PEERS = {"nbgrader": "nbgrader autograde", "otter": "otter run"}
SCRIPT = Path(__file__).parent / "contestants" / "grading.py"
# Two measurements of the same command differ by a few per cent; what is below these lines is no growth.
LINEAR, BOUNDED = 1.1, 1.1


def label(contestant, jobs):
    return PEERS.get(contestant) or f"aedu grade --jobs {jobs}"


def measure(part, environment, contestant, submissions, jobs, repeat):
    """One row: one command on so many submissions."""
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
    print(report(table, record.load("grading_speed", options.out)[1]))


def report(table, about):
    """The Markdown section."""
    settings = about["settings"]
    speed, growth = table[table.part == "speed"], table[table.part == "growth"]
    versions = next(iter(about["versions"].values()))
    what = listed([f"{name} {version}" for name, version in versions.items()])
    return "\n\n".join(
        [
            "## Grading",
            f"Solved notebooks of lesson {settings['lesson']}, {settings['submissions']} of them, each grader "
            f"{settings['repeats']} times in turn, in one environment ({what}; {about['machine']}, {about['date']}). "
            "Time is that of the whole command, its start included; `otter run` is one command a notebook, and their "
            "times are added. Memory is the highest sum over all processes of the command, shared pages counted once, "
            "sampled five times a second. nbgrader and otter grade one notebook after the other, without a sandbox. "
            "Median (smallest to largest).",
            _speed_table(speed),
            f"`aedu grade` on {listed(list(map(str, settings['sizes'])))} submissions, one run each:",
            _growth_table(growth),
            *_aims(speed, growth),
        ]
    )


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
    heads = ["grader", "submissions a minute", f"time, `{first}` = 1", "peak memory, MiB", "full marks"]
    return markdown(heads, rows)


def _growth_table(growth):
    rows = []
    for grader, own in growth.groupby("grader", sort=False):
        for row in own.itertuples():
            each = row.seconds / row.submissions
            rows.append([f"`{grader}`", row.submissions, f"{row.seconds:.0f}", f"{each:.2f}", row.peak_mib])
    return markdown(["grader", "submissions", "s", "s each", "peak memory, MiB"], rows)


def _aims(speed, growth):
    seconds = speed.groupby("grader", sort=False).seconds.median()
    ours = [grader for grader in seconds.index if grader.startswith("aedu")]
    for peer in seconds.index.difference(ours, sort=False):
        ratios = {grader: seconds[peer] / seconds[grader] for grader in ours}
        reason = f"it took {listed([f'{ratio:.1f} times as long as `{grader}`' for grader, ratio in ratios.items()])}."
        yield aim(f"`aedu grade` is faster than `{peer}`, with one job, too.", min(ratios.values()) > 1, reason)
    full, graded = speed.full_marks.sum() + growth.full_marks.sum(), speed.graded.sum() + growth.graded.sum()
    asked = speed.submissions.sum() + growth.submissions.sum()
    reason = f"{full} of {asked}, by all graders together."
    yield aim("Every good submission gets full marks.", full == graded == asked, reason)
    if growth.submissions.nunique() > 1:
        yield _linear(growth)
        yield _bounded(growth)


def _linear(growth):
    slopes = {grader: exponent(own.submissions, own.seconds) for grader, own in growth.groupby("grader", sort=False)}
    text = listed([f"{slope:.2f} (`{grader}`)" for grader, slope in slopes.items()])
    met = max(slopes.values()) <= LINEAR
    words = f"Time grows no worse than linearly with the submissions (exponent at most {LINEAR})."
    return aim(words, met, f"exponents between the two largest numbers of them {text}.")


def _bounded(growth):
    ratios = {}
    for grader, own in growth.groupby("grader", sort=False):
        peaks = own.set_index("submissions").peak_mib
        ratios[grader] = peaks[peaks.index.max()] / peaks[peaks.index.min()]
    text = listed([f"{ratio:.2f} (`{grader}`)" for grader, ratio in ratios.items()])
    times = growth.submissions.max() / growth.submissions.min()
    reason = f"with {times:.0f} times the submissions, the peak is so many times as high: {text}."
    words = f"Memory does not grow with the submissions (at most {BOUNDED} times as high)."
    return aim(words, max(ratios.values()) <= BOUNDED, reason)


if __name__ == "__main__":
    main()
