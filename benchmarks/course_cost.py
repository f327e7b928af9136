"""What the course costs a learner: time and memory of each notebook, how long things take to start, what is installed.

    python benchmarks/course_cost.py [--smallest] [--out FOLDER] [--repeats 3]

Every notebook and every command runs in processes of its own, with a new folder for the learner's progress and caches.
The budgets are those of CONTRIBUTING.md, for two CPU cores.
"""

import tempfile
from pathlib import Path

from autoencoders_edu.course.curriculum import LESSONS

import record
from reporting import aim, listed, markdown, spread

HERE = Path(__file__).parent / "contestants"
SECONDS, TOGETHER, MEMORY, HELP, LIGHT = {"lesson": 120, "exercises": 60}, 20 * 60, 3 * 1024, 0.5, 0.1
BUILD = "ae.VAE(ae.networks.dense_encoder((28, 28, 1), 16), ae.networks.dense_decoder(8, (28, 28, 1)))"
PYTHAE = "from pythae.models import VAE, VAEConfig; VAE(VAEConfig(input_dim=(1, 28, 28), latent_dim=8))"
# (environment, what, program, arguments): how long a fresh process takes for it.
STARTS = (
    ("tensorflow", "Python alone", "python", ("-c", "pass")),
    ("tensorflow", "`aedu --help`", "aedu", ("--help",)),
    ("tensorflow", "`import autoencoders_edu`", "python", ("-c", "import autoencoders_edu")),
    ("tensorflow", "`import keras`", "python", ("-c", "import keras")),
    ("tensorflow", "a first `ae.VAE`", "python", ("-c", f"import autoencoders_edu as ae; {BUILD}")),
    ("jax", "`import autoencoders_edu`", "python", ("-c", "import autoencoders_edu")),
    ("jax", "`import keras`", "python", ("-c", "import keras")),
    ("jax", "a first `ae.VAE`", "python", ("-c", f"import autoencoders_edu as ae; {BUILD}")),
    ("torch", "a first pythae `VAE`", "python", ("-c", PYTHAE)),
)
INSTALLED = {
    "tensorflow": "autoencoders-edu[tensorflow,study]",
    "jax": "autoencoders-edu[jax,study]",
    "torch": "pythae",
}


def notebooks():
    """(kind, path) of every lesson and every solved exercise notebook."""
    for path in sorted(record.ROOT.glob("lessons/*/lesson.ipynb")):
        yield "lesson", path
    for path in sorted(record.ROOT.glob("solutions/*/exercises.ipynb")):
        yield "exercises", path


def watch(environment, command, home):
    """Seconds and peak memory of a command, with a folder as the learner's home for progress and caches."""
    backend = {"KERAS_BACKEND": environment} if environment != "torch" else {}
    homes = {"XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache")}
    # The watcher is always the same one, whose environment has psutil; the command brings its own Python.
    return record.in_environment("tensorflow", HERE / "usage.py", *command, **homes, **backend)


def row(part, environment, what, repeat, result, digits=1):
    print(f"{environment:10} {what:40} {result['seconds']:7.2f} s", flush=True)
    return {
        "part": part,
        "environment": environment,
        "what": what,
        "repeat": repeat,
        "seconds": round(result["seconds"], digits),
        "peak_mib": round(result["peak_mib"]),
    }


def measure_notebooks(found, repeats):
    """A row for each run of each notebook."""
    python = record.PYTHONS["tensorflow"]
    for repeat in range(repeats):
        with tempfile.TemporaryDirectory() as home:  # the first notebooks fill the caches, as on a first day
            for kind, path in found:
                result = watch("tensorflow", [python, HERE / "run_notebook.py", path], Path(home))
                yield row(kind, "tensorflow", path.parent.name, repeat, result)


def measure_starts(starts, repeats):
    """A row for each start; each command runs once before that is not counted, to bring its files into memory."""
    with tempfile.TemporaryDirectory() as home:
        for environment, what, program, arguments in starts:
            command = [record.PYTHONS[environment].parent / program, *arguments]
            for repeat in range(-1, repeats):
                result = watch(environment, command, Path(home))
                if repeat >= 0:
                    yield row("start", environment, what, repeat, result, digits=3)


def measure_sizes(environments):
    """A row for each installed distribution."""
    for environment in environments:
        sizes = record.in_environment(environment, HERE / "install_size.py", INSTALLED[environment])
        for name, size in sizes.items():
            yield {"part": "size", "environment": environment, "what": name, "megabytes": round(size / 1e6, 2)}


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="of each notebook")
    parser.add_argument("--starts", type=int, default=9, help="of each start")
    options = parser.parse_args()
    found, starts, repeats, times = list(notebooks()), STARTS, options.repeats, options.starts
    environments = [name for name in INSTALLED if record.available(name) or not options.smallest]
    if options.smallest:
        found = [pair for pair in found if pair[0] == "exercises"][:1]
        starts, repeats, times, environments = STARTS[:3], 1, 1, ["tensorflow"]
    rows = [*measure_notebooks(found, repeats), *measure_starts(starts, times), *measure_sizes(environments)]
    packages = {
        "tensorflow": ["tensorflow", "keras", "nbclient"],
        "jax": ["jax", "keras"],
        "torch": ["torch", "pythae"],
    }
    settings = {"repeats": repeats, "starts": times, "requirements": {name: INSTALLED[name] for name in environments}}
    packages = {name: packages[name] for name in environments}
    table = record.save("course_cost", rows, packages, settings, options.out)
    print(report(table, record.load("course_cost", options.out)[1]))


def report(table, about):
    """The Markdown section."""
    settings = about["settings"]
    starts, sizes = table[table.part == "start"], table[table.part == "size"]
    versions = listed([listed([f"{n} {v}" for n, v in found.items()]) for found in about["versions"].values()])
    return "\n\n".join(
        [
            "## What the course costs",
            f"Each notebook from top to bottom, {settings['repeats']} times, by nbclient as `aedu run` does it, in "
            "processes of its own; time is that of the whole command, memory the highest sum over it and its kernel, "
            "shared pages counted once, sampled five times a second. Each start is a fresh process, "
            f"{settings['starts']} times after one that is not counted. Median (smallest to largest). {versions}; "
            f"{about['machine']}, {about['date']}.",
            _notebook_table(table),
            _start_table(starts),
            "Installed: the lengths of all files that the distributions list as theirs, bytecode included, for a "
            "requirement and all that it pulls in; without Python and pip. pip's usual PyTorch brings CUDA's "
            "libraries, its usual TensorFlow and JAX do not.",
            _size_table(sizes, settings["requirements"]),
            *_aims(table),
        ]
    )


def _notebook_table(table):
    rows = []
    for (kind, what), own in table[table.part.isin(SECONDS)].groupby(["part", "what"], sort=False):
        rows.append([what, kind, spread(own.seconds, 0), SECONDS[kind], spread(own.peak_mib, 0)])
    return markdown(["notebook", "", "s", "budget, s", "peak memory, MiB"], rows)


def _start_table(starts):
    rows = []
    for (environment, what), own in starts.groupby(["environment", "what"], sort=False):
        rows.append([what, environment, spread(own.seconds, 2), spread(own.peak_mib, 0)])
    return markdown(["start", "environment", "s", "peak memory, MiB"], rows)


def _size_table(sizes, requirements):
    rows = []
    for environment, own in sizes.groupby("environment", sort=False):
        largest = own.nlargest(4, "megabytes")
        text = listed([f"{line.what} {line.megabytes:.0f}" for line in largest.itertuples()])
        rows.append([f"`{requirements[environment]}`", len(own), f"{own.megabytes.sum():.0f}", text])
    return markdown(["requirement", "distributions", "MB", "the largest, MB"], rows)


def _aims(table):
    for kind, budget in SECONDS.items():
        own = table[table.part == kind]
        if len(own):
            yield _within(own, f"Each {_one(kind)} runs in at most {budget} s.", "seconds", budget, "s")
            yield _within(own, f"Each {_one(kind)} needs under {MEMORY} MiB.", "peak_mib", MEMORY, "MiB")
    lessons = table[table.part == "lesson"]
    if len(lessons):
        total, here, planned = lessons.groupby("what").seconds.median().sum(), lessons.what.nunique(), len(LESSONS)
        reason = f"{total / 60:.1f} minutes for {here} of {planned} lessons"
        if here < planned:
            reason += f"; all would take {total / 60 * planned / here:.1f} at this rate"
        met = total <= TOGETHER if here >= planned or total > TOGETHER else None
        yield aim("All lessons together run in at most 20 minutes.", met, f"{reason}.")
    starts = table[table.part == "start"].groupby(["what", "environment"]).seconds.median()
    seconds = starts["`aedu --help`", "tensorflow"]
    yield aim(f"`aedu --help` answers in under {HELP} s.", seconds < HELP, f"{seconds:.2f} s.")
    nothing, imported = starts["Python alone", "tensorflow"], starts["`import autoencoders_edu`", "tensorflow"]
    reason = f"it takes {imported - nothing:.2f} s more than Python alone."
    text = f"`import autoencoders_edu` imports nothing heavy (at most {LIGHT} s)."
    yield aim(text, imported - nothing <= LIGHT, reason)


def _one(kind):
    return {"lesson": "lesson", "exercises": "solved exercise notebook"}[kind]


def _within(own, text, column, budget, unit):
    """Whether every run of each notebook keeps to a budget; the worst is named."""
    most = own.groupby("what")[column].max()
    over = int((most > budget).sum())
    reason = f"the most is {most.max():.0f} {unit}, {most.idxmax()}" + (f"; over it: {over}." if over else ".")
    return aim(text, not over, reason)


if __name__ == "__main__":
    main()
