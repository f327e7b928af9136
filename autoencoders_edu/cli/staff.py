"""The commands of those who write and hand out the course: build, verify, export."""

import re
import sys
from pathlib import Path

import click

from autoencoders_edu.cli.arguments import Lesson, ShardOf, keep_blas_to_one_thread


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a notebook differs from its source.")
def build(check):
    """Make the learners' notebooks from those in `solutions`."""
    from autoencoders_edu.authoring import build as building
    from autoencoders_edu.course import folders

    texts = building.build()
    different = building.differing(texts)
    for path in different:
        click.echo(f"{path.relative_to(folders.root())}: {'differs from its source' if check else 'written'}")
        if not check:
            path.write_text(texts[path], encoding="utf-8")
    if check and different:
        raise click.ClickException("Edit the source in `solutions` and run `aedu build`.")


@click.command()
@click.argument("names", nargs=-1, metavar="[LESSON | EXERCISE]...")
@click.option("--seeds", type=click.IntRange(1), help="How many times each right answer is judged. By default 50 where "
              "the ledger is out of date and 3 elsewhere; 200 with --renew.")  # fmt: skip
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Exercises at a time.")
@click.option("--shard", default="1/1", type=ShardOf(), help="Do only the K-th of N parts of the work.")
@click.option("--check", is_flag=True, help="Also fail where the ledger is out of date.")
@click.option("--renew", is_flag=True, help="Prove the exercises that the ledger is out of date on, and write it.")
@click.option("--all", "everything", is_flag=True, help="With --renew: all exercises.")
@click.option("--mutants", is_flag=True, help="Instead: change right answers a little, and list what still passes. "
              "With --renew, write the counts into the ledger.")  # fmt: skip
def verify(names, seeds, jobs, shard, check, renew, everything, mutants):
    """Prove that stubs, right answers and wrong answers get what they should, in all lessons or in what is named.

    docs/ledger.md says what was proved. It is out of date on an exercise when its check, its answers, the engine or the
    pinned packages have changed since.
    """
    keep_blas_to_one_thread()
    from autoencoders_edu.authoring import ledger
    from autoencoders_edu.authoring import verify as verifying

    try:
        digests = {exercise.id: ledger.digests(exercise) for exercise in _exercises(names)}
    except ValueError as error:  # no solutions or no stubs in this copy of the course
        raise click.ClickException(str(error)) from None
    if mutants:
        sys.exit(_hunt_mutants(shard.part([*digests]), jobs, digests if renew else {}))
    plan = shard.part(verifying.longest_first(ledger.plan(digests, seeds, renew, everything)))
    proofs = []
    for proof in verifying.prove_all(plan, jobs):
        proofs.append(proof)
        click.echo(f"{proof.exercise} {proof.name}: {proof.seconds:.1f} s, {len(proof.faults)} faults", err=True)
        if renew:
            ledger.record(proof, digests[proof.exercise])
    if renew:
        ledger.forget_what_is_gone()
    if proofs:
        _print_proofs(sorted(proofs, key=lambda proof: proof.exercise), with_messages=bool(names))
    late = ledger.out_of_date(digests)
    if late:
        click.echo(f"The ledger is out of date ({ledger.in_words(late)}). `make ledger` renews it.")
    sys.exit(1 if any(proof.faults for proof in proofs) or (late and check) else 0)


def _hunt_mutants(ids, jobs, digests):
    """Prints what becomes of these exercises' mutants; 1 if one passes without a reason, or a reason has no mutant.

    Args:
        ids: of exercises.
        jobs: how many exercises at a time.
        digests: dict from ids to digests of the exercises whose mutants the ledger is to name.
    """
    from autoencoders_edu.authoring import ledger, mutants
    from autoencoders_edu.exercises import registry

    failed = False
    for hunt in mutants.hunt_all([registry.find(id) for id in ids], jobs):
        for mutant in hunt.unexplained:
            click.echo(f"{hunt.exercise} {mutant.digest} passes, made from {mutant.of}:\n{mutant.difference}")
        for digest in hunt.outdated:
            click.echo(f"{hunt.exercise} {digest} is explained, but does not pass or does not exist.")
        counts = f"{hunt.killed} killed, {len(hunt.reasons)} explained, {len(hunt.unexplained)} to explain"
        tried = f"{hunt.tried} of {hunt.made} mutants tried"
        click.echo(f"{hunt.exercise} {hunt.name}: {tried}, {counts}; {hunt.seconds:.1f} s")
        failed = failed or bool(hunt.unexplained or hunt.outdated)
        if hunt.exercise in digests:
            ledger.record_mutants(hunt, digests[hunt.exercise])
    return int(failed)


def _exercises(names):
    """The exercises that these names of lessons and exercises stand for; all, if there are no names."""
    from autoencoders_edu.course import curriculum
    from autoencoders_edu.exercises import registry

    found = [] if names else registry.everything()
    for name in names:
        try:
            lesson = re.fullmatch(r"\d{1,2}(_\w+)?", name)
            found += registry.of_lesson(curriculum.find(name).number) if lesson else [registry.find(name)]
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return found


def _print_proofs(proofs, with_messages):
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    style = {"box": None, "header_style": "bold", "pad_edge": False}
    messages = Table("exercise", "answer", "", "message", **style)
    costs = Table("exercise", "", *map(_numbers, ("right", "wrong", "seeds", "CPU s")), **style)
    for proof in proofs:
        for row in proof.rows if with_messages else proof.faults:
            last = Text(row.fault, style="red") if row.fault else Text(row.message.split("\n")[0])
            messages.add_row(row.exercise, row.kind, row.answer, last)
        counts = (proof.count("right"), proof.count("wrong"), proof.seeds, round(proof.seconds, 1))
        costs.add_row(proof.exercise, proof.name, *map(str, counts))
    console = Console()
    for table in (messages, costs):
        if table.row_count:
            Console(width=console.width if console.is_terminal else 200).print(table)
    seeds = " or ".join(map(str, sorted({proof.seeds for proof in proofs})))
    right, wrong = (sum(proof.count(kind) for proof in proofs) for kind in ("right", "wrong"))
    faults, seconds = sum(len(proof.faults) for proof in proofs), sum(proof.seconds for proof in proofs)
    click.echo(f"{right} right answers, {seeds} seeds each; {wrong} wrong answers; {seconds:.0f} CPU seconds; "
               f"{faults} {'fault' if faults == 1 else 'faults'}.")  # fmt: skip


def _numbers(header):
    from rich.table import Column

    return Column(header, justify="right")


@click.group()
def export():
    """Export the course for other platforms."""


@export.command()
@click.argument("lesson", type=Lesson())
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("."), show_default=True, help="Folder for the zip."
)
def gradescope(lesson, out):
    """A zip to upload as the autograder of a Gradescope assignment."""
    from autoencoders_edu.grading.export_gradescope import export as make

    click.echo(make(lesson.number, out))
