"""`aedu grade` around the grading itself: what is kept, merged, reported and said, and the exit status."""

import csv
import json
import os
import shutil
from dataclasses import replace

import course
import pytest
from click.testing import CliRunner
from test_reports import commands

from autoencoders_edu.cli import main
from autoencoders_edu.grading import batch
from autoencoders_edu.grading.reports import table

FIRST, SECOND = "01_reconstruction", "02_bottleneck"
FULL = {lesson: float(course.points(lesson[:2])) for lesson in (FIRST, SECOND)}

pytestmark = pytest.mark.usefixtures("no_server")


@pytest.fixture(scope="module")
def notebooks():
    return {FIRST: course.text(course.handed_out("01")), SECOND: course.text(course.handed_out("02"))}


@pytest.fixture
def hand_in(put, notebooks):
    """Function that puts notebooks of these learners into the folder `class`, and gives its path."""

    def hand_in(*students, lesson=FIRST, folder="class"):
        for student in students:
            path = put(f"{folder}/{student}/{lesson}/exercises.ipynb", notebooks[lesson])
        return path.parents[2]

    return hand_in


def aedu(*arguments):
    return CliRunner().invoke(main, ["grade", *map(str, arguments)], terminal_width=200)


def gradebook(out):
    with open(out / "gradebook.csv", encoding="utf-8") as file:
        return {
            (row["student_id"], row["assignment"]): (float(row["score"]), float(row["max_score"]))
            for row in csv.DictReader(file)
        }


def seed_of(out):
    return json.loads((out / "run.json").read_text())["seed"]


# What is kept.


def test_kept_and_graded_are_counted(hand_in, tmp_path, no_server):
    out = tmp_path / "out"
    result = aedu(hand_in("ada", "bob"), "--out", out)
    assert result.exit_code == 0, result.output
    assert "0 kept, 2 graded.\n" in result.output
    assert "2 kept, 1 graded.\n" in aedu(hand_in("carol"), "--out", out).output
    assert no_server == ["ada", "bob", "carol"]


@pytest.mark.parametrize(("options", "again"), [(["--regrade"], ["ada", "bob"]), (["--regrade", "bob"], ["bob"])])
def test_regrade_takes_a_name_or_all(hand_in, tmp_path, no_server, options, again):
    aedu(hand_in("ada", "bob"), "--out", tmp_path / "out")
    no_server.clear()
    assert aedu(hand_in("ada"), "--out", tmp_path / "out", *options).exit_code == 0
    assert no_server == again


def test_regrade_of_nobody_is_refused(hand_in, tmp_path):
    result = aedu(hand_in("ada"), "--out", tmp_path / "out", "--regrade", "eve")
    assert result.exit_code == 2
    assert "--regrade: there is no learner called 'eve'." in result.output


def test_regrading_one_learner_leaves_the_others_in_the_report(hand_in, tmp_path):
    folder, out = hand_in("ada", "bob", "carol"), tmp_path / "out"
    aedu(folder, "--out", out, "--format", "csv")
    before = gradebook(out)
    result = aedu(folder / "bob", "--out", out, "--format", "csv", "--regrade")
    assert gradebook(out) == before
    assert len(before) == 3
    assert "The reports also contain 2 results of earlier runs in " in result.output
    assert ": ada, carol.\n" in result.output


def test_lessons_that_are_graded_one_after_the_other_are_in_one_gradebook(hand_in, tmp_path):
    for lesson in (FIRST, SECOND):
        aedu(hand_in("ada", lesson=lesson, folder=lesson), "--out", tmp_path / "out", "--format", "csv")
    assert gradebook(tmp_path / "out") == {("ada", lesson): (FULL[lesson],) * 2 for lesson in (FIRST, SECOND)}


def test_results_on_other_terms_are_named(hand_in, tmp_path):
    folder, out = hand_in("ada", "bob"), tmp_path / "out"
    aedu(folder, "--out", out)
    result = aedu(folder / "ada", "--out", out, "--timeout", "30")
    assert (
        f"The 2 results for {FIRST} were made under different conditions (timeout). In the minority: " in result.output
    )


def test_a_broken_result_of_somebody_else_is_named_and_costs_no_report(hand_in, tmp_path):
    out = tmp_path / "out"
    aedu(hand_in("ada"), "--out", out)
    (out / "results" / "broken.json").write_text('{"conditions": {}, "result": {"student": 3}}')
    result = aedu(hand_in("ada"), "--out", out, "--format", "csv")
    assert "broken.json is not a result of this grader" in result.output
    assert list(gradebook(out)) == [("ada", FIRST)]


# What cannot be graded.


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "in a batch"])
def test_what_cannot_be_graded_gives_the_same_status_alone_and_in_a_batch(hand_in, put, tmp_path, alone):
    path = put(f"class/eve/{FIRST}/exercises.ipynb", "{")
    folder = path.parent if alone else hand_in("ada", "bob")
    result = aedu(folder, "--out", tmp_path / "out", "--format", "csv")
    assert result.exit_code == 2
    assert result.stderr == f"1 of {1 if alone else 3} could not be graded: eve.\n"
    assert gradebook(tmp_path / "out")["eve", FIRST] == (0, FULL[FIRST])


@pytest.mark.parametrize("options", [["--lesson", "01"], []], ids=["the lesson is named", "it is the only one"])
def test_what_cannot_be_graded_has_no_points_of_the_lessons(hand_in, put, tmp_path, options):
    put("class/eve.ipynb", "{")
    (tmp_path / "class" / "frank").mkdir()
    aedu(hand_in("ada"), "--out", tmp_path / "out", "--format", "csv", *options)
    nothing = (0, FULL[FIRST])
    assert gradebook(tmp_path / "out") == {
        ("ada", FIRST): (FULL[FIRST],) * 2, ("eve", FIRST): nothing, ("frank", FIRST): nothing
    }  # fmt: skip


def test_what_cannot_be_graded_is_of_no_lesson_where_there_are_several(hand_in, put, tmp_path):
    put("class/eve.ipynb", "{")
    hand_in("ada")
    aedu(hand_in("bob", lesson=SECOND), "--out", tmp_path / "out", "--format", "csv")
    assert gradebook(tmp_path / "out")["eve", ""] == (0, 0)


def test_a_learner_who_mends_a_notebook_has_one_row(hand_in, put, tmp_path, notebooks):
    path = put("class/eve.ipynb", "{")
    for content in ("{", notebooks[FIRST]):
        path.write_text(content)
        aedu(hand_in("ada"), "--out", tmp_path / "out", "--format", "csv")
    assert gradebook(tmp_path / "out")["eve", FIRST] == (FULL[FIRST],) * 2
    assert len(gradebook(tmp_path / "out")) == 2


def test_an_older_result_does_not_hide_that_the_new_notebook_is_unreadable(hand_in, put, tmp_path, notebooks):
    path = put("class/eve.ipynb", notebooks[FIRST])
    for content in (notebooks[FIRST], "{"):
        path.write_text(content)
        aedu(hand_in("ada"), "--out", tmp_path / "out", "--format", "csv")
    assert gradebook(tmp_path / "out")["eve", FIRST] == (0, FULL[FIRST])
    assert len(gradebook(tmp_path / "out")) == 2


def test_files_that_are_nobodys_are_named(hand_in, put):
    put("class/minutes.txt", "x")
    assert "Ignored, because they are not notebooks: minutes.txt." in aedu(hand_in("ada")).output


def test_duplicates_are_refused_where_that_is_asked_for(hand_in, put, tmp_path, notebooks):
    put("class/ada/again.ipynb", notebooks[FIRST])
    assert aedu(hand_in("ada")).exit_code == 0
    assert aedu(hand_in("ada"), "--duplicates", "refuse").exit_code == 2


def test_pass_mark_and_what_cannot_be_graded_have_different_statuses(hand_in, put):
    assert aedu(hand_in("ada"), "--pass-mark", 100).exit_code == 0
    put("class/eve.ipynb", "{")
    assert aedu(hand_in("ada"), "--pass-mark", 100).exit_code == 2


# Reports.


def test_reports_are_there_even_if_the_terminal_fails(hand_in, tmp_path, monkeypatch):
    def fail(*_, **__):
        raise UnicodeEncodeError("ascii", "✓", 0, 1, "no such character")

    monkeypatch.setattr(table, "print_table", fail)
    aedu(hand_in("ada", "bob"), "--out", tmp_path / "out", "--format", "csv", "--format", "json")
    assert len(gradebook(tmp_path / "out")) == 2
    assert (tmp_path / "out" / "grades.json").is_file()


def test_one_report_that_cannot_be_written_costs_no_other(hand_in, tmp_path):
    formats = ("gradescope", "csv", "classroom50", "json")
    options = [option for name in formats for option in ("--format", name)]
    result = aedu(hand_in("ada", "bob"), "--out", tmp_path / "out", *options)
    assert result.exit_code == 2
    assert "gradescope holds one learner's grade, but these look like 2 learners" in result.stderr
    assert {"gradebook.csv", "grades.json"} <= set(os.listdir(tmp_path / "out"))


def test_a_format_of_one_learner_takes_all_in_the_folder_for_theirs(put, tmp_path, notebooks):
    """As on Gradescope, whose folder is called `submission` and may hold anything."""
    names = ("exercises.ipynb", "exercises-Copy1.ipynb", "._exercises.ipynb", "old/exercises.ipynb", "more.ipynb")
    for age, name in enumerate(names):
        path = put(f"submission/{name}", course.text(course.EMPTY) if name == "more.ipynb" else notebooks[FIRST])
        os.utime(path, (1e9 - 100 * age, 1e9 - 100 * age))
    out = tmp_path / "out"
    result = aedu(tmp_path / "submission", "--lesson", "01", "--format", "gradescope", "--out", out)
    assert result.exit_code == 0, result.output
    content = json.loads((out / "results.json").read_text())
    assert content["score"] == FULL[FIRST]
    assert "submission/exercises.ipynb counts: it is the newest" in content["output"]


def test_a_format_of_one_learner_holds_this_run_alone(hand_in, tmp_path):
    folder, out = hand_in("ada", "bob"), tmp_path / "out"
    aedu(folder, "--out", out)
    assert aedu(folder / "bob", "--out", out, "--format", "classroom50").exit_code == 0
    assert json.loads((out / "result.json").read_text())["owner"] == "bob"


@pytest.mark.parametrize("option", ["--format=csv", "--shard=1/2", "--merge", "--regrade"])
def test_options_that_need_a_folder_say_so(hand_in, option):
    result = aedu(hand_in("ada"), *([option] if option != "--regrade" else ["--regrade", "ada"]), "--seed", "1")
    assert result.exit_code == 2
    assert "needs --out: name a folder with --out." in result.output


HOSTILE = ("::notice::x", "a\n::error::b", "x\x1b[2J", "##[error]y", " ada", "ada ")


def test_names_in_lines_below_the_table_are_obeyed_by_nobody(hand_in, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    folder, out = hand_in(*HOSTILE), tmp_path / "out"
    for name in HOSTILE:
        (folder / name / FIRST / "exercises.ipynb").write_text("{")
    (folder / "::warning::z.txt").touch()
    outputs = [aedu(folder, "--out", out), aedu(folder / "ada ", "--out", out), aedu(folder, "--regrade", "::error::x")]
    for result in outputs:
        assert commands(result.output) == []
        assert "\x1b" not in result.output


# Shards.


@pytest.fixture
def cohort(hand_in):
    students = [f"learner {number}" for number in range(7)]
    hand_in(*students[:3], lesson=SECOND)
    return hand_in(*students)


def elsewhere(folder, number):
    """The same submissions on another machine."""
    return shutil.copytree(folder, folder.parent / f"machine {number}" / "somewhere")


def shards(cohort, of, seed=7, options=()):
    outs = []
    for number in range(1, of + 1):
        outs.append(cohort.parent / f"out {number}")
        folder = elsewhere(cohort, number)
        result = aedu(folder, "--shard", f"{number}/{of}", "--seed", seed, "--out", outs[-1], *options)
        assert result.exit_code in (0, 2), result.output
    return outs


@pytest.mark.parametrize("of", [1, 3, 12])
def test_shards_put_together_are_what_one_machine_grades(cohort, tmp_path, no_server, of):
    outs = shards(cohort, of)
    assert len(no_server) == 10
    merged, alone = tmp_path / "merged", tmp_path / "alone"
    result = aedu(*outs, "--merge", "--out", merged, "--format", "csv")
    assert result.exit_code == 0, result.output
    aedu(cohort, "--out", alone, "--format", "csv", "--seed", "7")
    assert gradebook(merged) == gradebook(alone)
    assert sorted(os.listdir(merged / "results")) == sorted(os.listdir(alone / "results"))


def test_shards_are_of_equal_size(cohort, no_server):
    sizes = []
    for number in range(1, 5):
        no_server.clear()
        aedu(cohort, "--shard", f"{number}/4", "--seed", "1", "--out", cohort.parent / "out")
        sizes.append(len(no_server))
    assert sorted(sizes) == [2, 2, 3, 3]


def test_a_merged_folder_can_be_graded_into(cohort, tmp_path, no_server):
    aedu(*shards(cohort, 2), "--merge", "--out", tmp_path / "merged")
    no_server.clear()
    result = aedu(cohort, "--out", tmp_path / "merged", "--format", "csv")
    assert "10 kept, 0 graded." in result.output
    assert no_server == []


def test_a_shard_that_is_missing_is_named(cohort, tmp_path):
    first, _, third = shards(cohort, 3)
    result = aedu(first, third, "--merge", "--out", tmp_path / "merged", "--format", "csv")
    assert result.exit_code == 2
    assert "Shards are missing: 2/3." in result.output
    assert not (tmp_path / "merged").exists()


def test_a_result_that_is_missing_is_named(cohort, tmp_path):
    outs = shards(cohort, 2)
    next((outs[0] / "results").glob("learner_0*")).unlink()
    result = aedu(*outs, "--merge", "--out", tmp_path / "merged")
    assert result.exit_code == 2
    assert "Missing: 1 result, of learner 0." in result.output


def test_shards_of_different_cohorts_are_refused(cohort, hand_in, tmp_path):
    first, second = shards(cohort, 2)
    aedu(elsewhere(hand_in("somebody else"), 9), "--shard", "2/2", "--seed", "7", "--out", second)
    result = aedu(first, second, "--merge", "--out", tmp_path / "merged")
    assert result.exit_code == 2
    assert "These shards do not belong together: the submissions, --seed or N differ." in result.output


def test_shards_with_different_seeds_are_refused(cohort, tmp_path):
    first, second = shards(cohort, 2)
    aedu(cohort, "--shard", "2/2", "--seed", "8", "--out", second)
    assert aedu(first, second, "--merge", "--out", tmp_path / "merged").exit_code == 2


def test_results_on_different_terms_are_not_merged(cohort, tmp_path):
    first, second = shards(cohort, 2)
    aedu(cohort, "--shard", "2/2", "--seed", "7", "--out", second, "--timeout", "5")
    result = aedu(first, second, "--merge", "--out", tmp_path / "merged")
    assert result.exit_code == 2
    assert f" results for {FIRST} were made under different conditions (timeout). In the minority: " in result.output


def test_the_result_that_was_graded_last_counts_in_a_merge(hand_in, tmp_path, put, notebooks):
    folder, old, new = hand_in("ada"), tmp_path / "old", tmp_path / "new"
    aedu(folder, "--out", old, "--seed", "1")
    aedu(folder, "--out", new, "--seed", "2")
    (path,) = (new / "results").iterdir()
    path.write_text(path.read_text().replace("2026-11-25", "2026-11-26"))
    result = aedu(new, old, "--merge", "--out", tmp_path / "merged")
    assert f"ada, {FIRST}: graded more than once; the last one counts." in result.output
    (merged,) = (tmp_path / "merged" / "results").iterdir()
    assert merged.read_text() == path.read_text()


@pytest.mark.parametrize("what", ["nothing", "an empty folder", "a broken result", "a wrong type", "a broken plan"])
def test_what_cannot_be_merged_is_named(hand_in, tmp_path, what):
    out = tmp_path / "out"
    if what != "nothing":
        (out / "results").mkdir(parents=True)
    if "broken" in what or "wrong" in what:
        aedu(hand_in("ada"), "--out", out, "--shard", "1/1", "--seed", "1")
    (path,) = out.glob("results/*.json") if "result" in what or "wrong" in what else [out / "shards" / "1-of-1.json"]
    if what == "a wrong type":
        path.write_text(path.read_text().replace('"seed": 1', '"seed": "1"'))
    elif "broken" in what:
        path.write_text("[]")
    result = aedu(out, "--merge", "--out", tmp_path / "merged")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.output.startswith(f"Error: {path if 'broken' in what or 'wrong' in what else out} ")


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2", "1/0"])
def test_a_shard_that_is_none_is_refused(hand_in, text):
    result = aedu(hand_in("ada"), "--shard", text)
    assert result.exit_code == 2
    assert "A shard is K/N, with K from 1 to N, such as 2/5." in result.output


def test_a_seed_may_come_from_where_no_other_user_reads_it(hand_in, tmp_path, monkeypatch):
    """A command's options are in the list of processes, which code on the level `user` can see."""
    monkeypatch.setenv("AEDU_SEED", "12345")
    assert aedu(hand_in("ada"), "--shard", "1/1", "--out", tmp_path / "out", "--format", "json").exit_code == 0
    (result,) = json.loads((tmp_path / "out" / "grades.json").read_text())["results"]
    assert result["seed"] == 12345


@pytest.mark.parametrize("level", ["namespaces", "user"])
def test_a_seed_that_learners_code_could_read_is_named(hand_in, monkeypatch, level):
    graded = batch._graded

    def isolated(*arguments):
        for submission, result in graded(*arguments):
            yield submission, replace(result, isolation=level)

    monkeypatch.setattr(batch, "_graded", isolated)
    said = "could read the seed on the command line. To keep it secret, put it into AEDU_SEED."
    assert (said in aedu(hand_in("ada"), "--seed", "5").output) == (level == "user")
    assert said not in aedu(hand_in("ada")).output


def test_a_shard_needs_a_seed(hand_in, tmp_path):
    result = aedu(hand_in("ada"), "--shard", "1/2", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "--shard needs --seed: give all shards the same --seed." in result.output
