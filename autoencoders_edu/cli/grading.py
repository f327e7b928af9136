"""The command of those who grade."""

import contextlib
import sys
from collections import Counter
from pathlib import Path

import click

from autoencoders_edu.cli.arguments import Lesson, ShardOf, keep_blas_to_one_thread
from autoencoders_edu.grading import LEVELS, USER
from autoencoders_edu.grading.reports import FORMATS

SEED = "AEDU_SEED"
ALL = "\0all"  # no learner's name


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lesson", type=Lesson(), help="The lesson; by default it is read from each notebook.")
@click.option("--seed", type=int, envvar=SEED, show_envvar=True,
              help="Seed of the checks' inputs; by default a new secret one.")  # fmt: skip
@click.option("--timeout", default=60.0, show_default=True, help="Seconds for each cell, and for each check.")
@click.option("--memory", default=2.0, show_default=True, help="GiB for the learner's code.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Submissions graded at a time.")
@click.option("--isolation", default="limits", type=click.Choice(LEVELS), help="Refuse to grade with a weaker one.")
@click.option("--duplicates", default="newest", show_default=True, type=click.Choice(("newest", "refuse")),
              help="What to do with several notebooks of a learner for one lesson.")  # fmt: skip
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="May be repeated; needs --out.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for results and reports. What it "
              "holds is kept, and graded again only if something changed that the grade depends on.")  # fmt: skip
@click.option("--regrade", multiple=True, is_flag=False, flag_value=ALL, metavar="[NAME]",
              help="Grade this learner again, or all, even with a kept result. After PATHS; repeatable.")  # fmt: skip
@click.option("--shard", type=ShardOf(), help="Grade only the K-th of N parts; needs --seed and --out.")
@click.option("--merge", is_flag=True, help="PATHS are --out folders: put their results together, in --out.")
@click.option("--pass-mark", type=click.FloatRange(0, 100), help="Per cent; below it the exit status is 1.")
def grade(paths, **options):
    """Grade notebooks, zips, learners' checkouts, or folders of them.

    Exit status 0: graded, whatever the score. 1: below --pass-mark. 2: something could not be graded; the rest is in
    the reports.
    """
    keep_blas_to_one_thread()
    _insist_on_what_belongs_together(options)
    try:
        job = _Merging(paths, options) if options["merge"] else _Grading(paths, options)
        job.work()
    except (ValueError, OSError) as error:
        _say([f"Error: {error}"], err=True)
        sys.exit(2)
    sys.exit(job.end())


def _insist_on_what_belongs_together(options):
    needs = {"formats": ("out",), "shard": ("seed", "out"), "merge": ("out",), "regrade": ("out",)}
    for name, others in needs.items():
        for other in others:
            if options[name] and options[other] is None:
                flag = "format" if name == "formats" else name
                why = {"out": "name a folder with --out", "seed": "give all shards the same --seed"}[other]
                raise click.UsageError(f"--{flag} needs --{other}: {why}.")


class _Job:
    """What becomes of results: reports, a table, lines below it, an exit status."""

    def __init__(self, paths, options):
        self.paths = paths
        self.options = options
        self.results = []
        self.lines = []
        self.failed = False

    def report(self, reported):
        """Writes the reports, and only then prints anything: a terminal that fails costs no report."""
        from autoencoders_edu.grading import reports

        written = []
        for name in dict.fromkeys(self.options["formats"]):
            try:
                results = self.results if name in reports.OF_ONE_LEARNER else reported
                written.append(f"Written: {reports.write(name, results, self.options['out'])}")
            except (ValueError, OSError) as error:
                self.failed = True
                _say([f"Error: {error}"], err=True)
        self.lines += written

    def end(self):
        """Prints the table and what is to be said; gives the exit status."""
        from autoencoders_edu.grading.reports.table import print_table
        from autoencoders_edu.grading.reports.untrusted import identity, one_line
        from autoencoders_edu.grading.words import some

        print_table(self.results)
        _say([one_line(line, 2000) for line in self.lines])
        ungraded = [identity(result.student) for result in self.results if result.problem]
        if ungraded:
            _say([f"{len(ungraded)} of {len(self.results)} could not be graded: {some(ungraded)}."], err=True)
        if ungraded or self.failed:
            return 2
        return self._below_the_mark()

    def _below_the_mark(self):
        mark = self.options["pass_mark"]
        if mark is None or all(100 * r.score >= mark * max(r.max_score, 1) for r in self.results):
            return 0
        score, most = (sum(getattr(result, name) for result in self.results) for name in ("score", "max_score"))
        _say([f"{score} of {most} points: below the pass mark of {mark:g} %."], err=True)
        return 1


class _Grading(_Job):
    def work(self):
        from autoencoders_edu.grading import batch, cohort, reports
        from autoencoders_edu.grading.forker import insist_on_fork
        from autoencoders_edu.grading.runner import Options
        from autoencoders_edu.grading.submission import Search

        insist_on_fork()
        options, out, shard = self.options, self.options["out"], self.options["shard"]
        one_learner = bool(options["formats"]) and set(options["formats"]) <= set(reports.OF_ONE_LEARNER)
        search = Search(self.paths, options["lesson"], options["duplicates"], one_learner, ignored=out)
        found = cohort.part(shard, search.submissions) if shard else search.submissions
        regrade = _students(options["regrade"], search.submissions)
        settings = Options(
            batch.choose_seed(out, options["seed"]), options["timeout"], options["memory"], options["lesson"]
        )
        if shard:
            cohort.note(shard, out, search.submissions, settings.seed)
        counts = Counter()
        with _bar(len(found)) as advance:

            def done(result, kept):
                counts[kept] += 1
                advance()

            results = batch.grade_all(
                found, settings, options["jobs"], out, done, options["isolation"], regrade, options["seed"] is None
            )
        self.results = cohort.counted(results)
        reported = self.results
        if out is not None:
            reported, lines = cohort.together(results, out)
            self.results = reported[: len(results)]
            self.lines += [f"{counts[True]} kept, {counts[False]} graded.", *lines]
        if any(result.isolation == USER for result in results):
            self.lines += _advice_on_users()
        if search.left_out:
            self.lines.append(f"Ignored, because they are not notebooks: {', '.join(search.left_out[:20])}.")
        self.report(reported)


class _Merging(_Job):
    def work(self):
        from autoencoders_edu.grading import cohort

        self.results, lines = cohort.merge(self.paths, self.options["out"])
        self.lines += lines
        self.report(self.results)


def _advice_on_users():
    """Yields what staff should know where learners' code ran as an unprivileged user among others."""
    from autoencoders_edu.grading import users

    if click.get_current_context().get_parameter_source("seed") == click.core.ParameterSource.COMMANDLINE:
        yield f"Learners' code could read the seed on the command line. To keep it secret, put it into {SEED}."
    if place := users.unreadable_python():
        yield (
            f"Learners' code could not read {place}, so imports of Python's own modules may have failed. "
            "Install Python where every user can read it, and grade again."
        )


def _students(names, found):
    """The learners who are graded again.

    Raises:
        ValueError: for a name that is nobody's.
    """
    everybody = {submission.student for submission in found}
    if ALL in names:
        return everybody
    if unknown := [name for name in names if name not in everybody]:
        raise ValueError(
            f"--regrade: there is no learner called {unknown[0]!r}. To regrade everyone, put it after PATHS."
        )
    return set(names)


def _say(lines, err=False):
    """Prints lines in which a stranger's names may be: nothing in them is obeyed, by a terminal or by GitHub."""
    from autoencoders_edu.grading.reports.untrusted import commands_stopped, plain

    with commands_stopped(lambda line: click.echo(line, err=err)):
        for line in lines:
            click.echo(plain(line), err=err)


@contextlib.contextmanager
def _bar(total):
    """A progress bar on stderr, if a person is looking; gives the function that moves it."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    console = Console(stderr=True)
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("grading", total=total)
        yield lambda: progress.advance(task)
