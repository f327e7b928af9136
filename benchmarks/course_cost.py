"""What the course costs a learner: time and memory per notebook, start-up times, and the size of what is installed.

    python benchmarks/course_cost.py [--smallest] [--out FOLDER] [--repeats 3]

Every notebook and every command runs in processes of its own, with a new folder for the learner's progress and caches.
The budgets are those of CONTRIBUTING.md, for two CPU cores.
"""

import tempfile
from pathlib import Path

from autoencoders_edu.course.curriculum import LESSONS

import record
from reporting import Aim, Section, listed, markdown, packages, spread

HERE = Path(__file__).parent / "contestants"
SECONDS, TOGETHER, MEMORY, HELP, LIGHT = {"lesson": 120, "exercises": 60}, 20 * 60, 3 * 1024, 0.5, 0.1
BUILD = "ae.VAE(ae.networks.dense_encoder((28, 28, 1), 16), ae.networks.dense_decoder(8, (28, 28, 1)))"
PYTHAE = "from pythae.models import VAE, VAEConfig; VAE(VAEConfig(input_dim=(1, 28, 28), latent_dim=8))"
# (environment, what, program, arguments): timed in a fresh process.
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
    # The watcher always runs where psutil is; the command brings its own Python.
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
    """A row per run of each notebook."""
    python = record.PYTHONS["tensorflow"]
    for repeat in range(repeats):
        with tempfile.TemporaryDirectory() as home:  # the first notebooks fill the caches, as on a first day
            for kind, path in found:
                result = watch("tensorflow", [python, HERE / "run_notebook.py", path], Path(home))
                yield row(kind, "tensorflow", path.parent.name, repeat, result)


def measure_starts(starts, repeats):
    """A row per start. Each command first runs once uncounted, to bring its files into memory."""
    with tempfile.TemporaryDirectory() as home:
        for environment, what, program, arguments in starts:
            command = [record.PYTHONS[environment].parent / program, *arguments]
            for repeat in range(-1, repeats):
                result = watch(environment, command, Path(home))
                if repeat >= 0:
                    yield row("start", environment, what, repeat, result, digits=3)


def measure_sizes(environments):
    """A row per installed distribution."""
    for environment in environments:
        sizes = record.in_environment(environment, HERE / "install_size.py", INSTALLED[environment])
        for name, size in sizes.items():
            yield {"part": "size", "environment": environment, "what": name, "megabytes": round(size / 1e6, 2)}


def main():
    parser = record.parser(__doc__)
    parser.add_argument("--repeats", type=int, default=3, help="runs per notebook")
    parser.add_argument("--starts", type=int, default=9, help="runs per start")
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
    print(report(table, record.load("course_cost", options.out)[1]).markdown())


ABOUT = """{date}, {machine}; {versions}.

Each notebook from top to bottom, {repeats} times, by nbclient as `aedu run` does it, in processes of its own. Time is
that of the whole command; memory is the highest sum over the command and its kernel, shared pages counted once,
sampled five times per second. Each start is a fresh process, {starts} times after one that is not counted. Median
(smallest to largest)."""
INSTALLED_ABOUT = """Installed size: the lengths of all files that the distributions list as theirs, bytecode included,
of a requirement and all its dependencies, without Python and pip. pip's usual PyTorch brings CUDA's libraries; its
usual TensorFlow and JAX do not."""


def report(table, about):
    """The section of the report."""
    settings = about["settings"]
    told = {"date": about["date"], "machine": about["machine"], "versions": packages(about), **settings}
    parts = [
        ABOUT.format(**told),
        _notebook_table(table),
        _start_table(table[table.part == "start"]),
        INSTALLED_ABOUT,
        _size_table(table[table.part == "size"], settings["requirements"]),
    ]
    return Section("What the course costs", "\n\n".join(parts), tuple(_aims(table)))


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
            name = {"lesson": "lesson", "exercises": "solved exercise notebook"}[kind]
            usual = kind == "lesson"
            yield _within(own, f"Each {name} runs in at most {budget} s", "seconds", budget, "s", usual)
            yield _within(own, f"Each {name} needs at most {MEMORY} MiB", "peak_mib", MEMORY, "MiB", usual)
    lessons = table[table.part == "lesson"]
    if len(lessons):
        yield _together(lessons.groupby("what").seconds.median().sum(), lessons.what.nunique())
    starts = table[table.part == "start"].groupby(["what", "environment"]).seconds.median()
    seconds = starts["`aedu --help`", "tensorflow"]
    yield Aim(f"`aedu --help` answers in under {HELP} s", seconds < HELP, f"{seconds:.2f} s")
    more = starts["`import autoencoders_edu`", "tensorflow"] - starts["Python alone", "tensorflow"]
    text = f"`import autoencoders_edu` takes at most {LIGHT} s more than Python alone"
    yield Aim(text, more <= LIGHT, f"{more:.2f} s more")


def _together(total, here):
    """Whether all lessons together keep to their budget; not decided as long as lessons are missing."""
    planned = len(LESSONS)
    reason = f"{total / 60:.1f} minutes for {here} of {planned} lessons"
    note = f"At this rate {total / 60 * planned / here:.1f} for all." if here < planned else ""
    met = total <= TOGETHER if here >= planned or total > TOGETHER else None
    return Aim(f"All lessons together in at most {TOGETHER // 60} minutes", met, reason, note, usual=True)


def _within(own, text, column, budget, unit, usual):
    """Whether every run of each notebook keeps to a budget; the worst is named."""
    most = own.groupby("what")[column].max()
    over = int((most > budget).sum())
    reason = f"at most {most.max():.0f} {unit} ({most.idxmax()})" + (f"; over budget: {over}" if over else "")
    return Aim(text, not over, reason, usual=usual)


if __name__ == "__main__":
    main()
