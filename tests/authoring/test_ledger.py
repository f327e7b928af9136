"""The ledger: it is out of date when what was proved has changed, and only then."""

import json
import re
import shutil
from dataclasses import replace

import fake_course
import pytest
from fake_course import EXERCISES

from autoencoders_edu.authoring import answers, ledger
from autoencoders_edu.authoring.verify import Proof, Row
from autoencoders_edu.course import folders
from autoencoders_edu.exercises import registry

FIRST, SECOND, OTHER = EXERCISES
PARTS = {"answers": "a", "check": "b", "engine": "c", "pins": "d"}
ROWS = (
    Row("01.1", "exercise", "double", "2 points", "It is needed."),
    Row("01.1", "wrong", "01.1_a", "x | y", "two\nlines"),
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The fake course, in a folder that has copies of the checks and of the engine as well."""
    for part in ("checks", "exercises"):
        shutil.copytree(folders.PACKAGE / part, tmp_path / "autoencoders_edu" / part)
    fake_course.make(tmp_path, monkeypatch)
    (tmp_path / "constraints.txt").write_text("# Versions.\nkeras==3.0\nclick==8.0\nnumpy==2.0\n")
    monkeypatch.setattr(folders, "INSTALLED", tmp_path)
    return tmp_path


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def changed_parts(exercise, path, old, new):
    """The parts of an exercise's proof whose digests are others after this change of a file."""
    before = ledger.digests(exercise)
    change(path, old, new)
    after = ledger.digests(exercise)
    return [part for part in before if before[part] != after[part]]


def put(course, kind, name, text, id="01.1"):
    path = course / "tests" / f"{kind}_answers" / "01_reconstruction" / f"{id}_{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def real(course, monkeypatch, id):
    """A real exercise, with a solution and a stub in the fake course, and its check in the copied folder."""
    exercise = replace(FIRST, judge=REAL[id].judge)
    path = course.joinpath(*exercise.judge.__module__.split(".")).with_suffix(".py")
    monkeypatch.setattr(ledger.inspect, "getfile", lambda judge: str(path))
    return exercise, path


REAL = {exercise.id: exercise for exercise in registry.everything()}


def test_digests_stay_when_nothing_changes(course):
    assert ledger.digests(FIRST) == ledger.digests(FIRST)
    assert list(ledger.digests(FIRST)) == ["answers", "check", "engine", "pins"]


def test_a_changed_check_counts(course, monkeypatch):
    exercise, path = real(course, monkeypatch, "07.2")
    assert changed_parts(exercise, path, "sum(axis=1)", "sum(axis=0)") == ["check"]


def test_a_changed_message_counts(course, monkeypatch):
    exercise, path = real(course, monkeypatch, "07.2")
    assert changed_parts(exercise, path, "your KL has an upper limit", "your KL is limited") == ["check"]


def test_what_a_check_shares_with_others_counts(course, monkeypatch):
    exercise, _ = real(course, monkeypatch, "07.2")
    shared = course / "autoencoders_edu" / "checks" / "shared" / "normal.py"
    assert changed_parts(exercise, shared, "0.5 * (mean**2", "0.25 * (mean**2") == ["check"]


@pytest.mark.parametrize(
    "other", ["lesson_07/e3_negative_elbo.py", "lesson_07/e1_predict_terms.py", "shared/digits.py"]
)
def test_checks_of_other_exercises_do_not_count(course, monkeypatch, other):
    exercise, _ = real(course, monkeypatch, "07.2")
    path = course / "autoencoders_edu" / "checks" / other
    assert changed_parts(exercise, path, "import numpy as np", "import numpy as np\nimport scipy") == []


@pytest.mark.parametrize(("old", "new"), [("\ndef ", "\n# A comment.\ndef "), ('"""07.2', '"""Exercise 07.2')])
def test_comments_and_docstrings_do_not_count(course, monkeypatch, old, new):
    exercise, path = real(course, monkeypatch, "07.2")
    assert changed_parts(exercise, path, old, new) == []


@pytest.mark.parametrize("module", ["judging", "probe", "expect", "answering", "wire", "outcome"])
def test_the_engine_counts_for_all(course, module):
    path = course / "autoencoders_edu" / "exercises" / f"{module}.py"
    assert changed_parts(FIRST, path, "\nimport ", "\nimport this\nimport ") == ["engine"]


@pytest.mark.parametrize("module", ["coursework", "__init__"])
def test_what_judges_nothing_does_not_count(course, module):
    path = course / "autoencoders_edu" / "exercises" / f"{module}.py"
    assert changed_parts(FIRST, path, "\nimport ", "\nimport this\nimport ") == []


def test_a_changed_solution_counts_for_its_exercise_alone(course):
    path = course / "solutions" / "01_reconstruction" / "exercises.ipynb"
    other = ledger.digests(SECOND)
    assert changed_parts(FIRST, path, "return 2 * x", "return x * 2") == ["answers"]
    assert ledger.digests(SECOND) == other


def test_a_changed_setup_cell_counts_for_its_lesson(course):
    path = course / "solutions" / "01_reconstruction" / "exercises.ipynb"
    other = ledger.digests(OTHER)
    assert changed_parts(SECOND, path, "import numpy as np", "import numpy") == ["answers"]
    assert ledger.digests(OTHER) == other


def test_a_changed_stub_counts(course):
    assert changed_parts(FIRST, course / "stubs.json", "def double(x)", "def double(x, y)") == ["answers"]


@pytest.mark.parametrize("kind", ["right", "wrong"])
def test_answers_on_file_count(course, kind):
    before = ledger.digests(FIRST)
    path = put(course, kind, "adds", "def double(x): return x + x")
    assert ledger.digests(FIRST)["answers"] != before["answers"]
    assert changed_parts(FIRST, path, "x + x", "x + 1 * x") == ["answers"]
    assert changed_parts(FIRST, path, "x + 1", "x  +  1") == []


def test_pins_of_what_computes_count(course):
    assert changed_parts(FIRST, course / "constraints.txt", "numpy==2.0", "numpy==2.1") == ["pins"]
    assert changed_parts(FIRST, course / "constraints.txt", "click==8.0", "click==8.1") == []


def proof(seeds=ledger.SEEDS, rows=ROWS):
    return Proof("01.1", "double", seeds, rows, 1.0)


@pytest.mark.usefixtures("course")
def test_an_exercise_is_out_of_date_until_it_is_recorded():
    assert ledger.out_of_date({"01.1": PARTS}) == {"01.1": ["missing"]}
    ledger.record(proof(), PARTS)
    assert ledger.out_of_date({"01.1": PARTS}) == {}


@pytest.mark.usefixtures("course")
def test_an_exercise_is_out_of_date_where_digests_differ():
    ledger.record(proof(), PARTS)
    assert ledger.out_of_date({"01.1": PARTS | {"check": "x", "pins": "y"}}) == {"01.1": ["check", "pins"]}


@pytest.mark.usefixtures("course")
def test_an_exercise_that_was_proved_with_fewer_seeds_is_out_of_date():
    ledger.record(proof(seeds=ledger.SEEDS - 1), PARTS)
    assert ledger.out_of_date({"01.1": PARTS}, ledger.SEEDS) == {"01.1": ["seeds"]}
    assert ledger.plan({"01.1": PARTS}, renew=True) == {"01.1": ledger.SEEDS}
    assert ledger.out_of_date({"01.1": PARTS}) == {}, "enough for a change to land"
    ledger.record(proof(seeds=ledger.SEEDS_WHEN_CHANGED - 1), PARTS)
    assert ledger.out_of_date({"01.1": PARTS}) == {"01.1": ["seeds"]}


def test_an_exercise_that_is_gone_is_out_of_date_until_it_is_forgotten(course, monkeypatch):
    ledger.record(proof(), PARTS)
    monkeypatch.setattr(registry, "of_lesson", lambda number: [])
    assert ledger.out_of_date({}) == {"01.1": ["gone"]}
    ledger.forget_what_is_gone()
    assert ledger.out_of_date({}) == {}
    assert "double" not in (course / "docs" / "ledger.md").read_text()


def test_a_proof_with_a_fault_is_not_recorded(course):
    ledger.record(proof(rows=(*ROWS, Row("01.1", "right", "01.1_b", "", "", "failed with seed 0"))), PARTS)
    assert not (course / "docs" / "ledger.json").exists()


def test_the_ledger_has_the_same_text_in_whatever_order_it_is_made(course):
    proofs = [proof(), Proof("02.1", "halve", 200, tuple(replace(row, exercise="02.1") for row in ROWS), 2.0)]
    texts = []
    for order in (proofs, proofs[::-1], proofs + proofs):
        for each in order:
            ledger.record(each, PARTS)
        texts.append([(course / "docs" / f"ledger.{suffix}").read_text() for suffix in ("md", "json")])
        shutil.rmtree(course / "docs")
    assert texts[0] == texts[1] == texts[2]
    assert re.findall("^## .*", texts[0][0], re.MULTILINE) == ["## 01.1 double", "## 02.1 double"]


def test_renewing_an_exercise_leaves_the_others_as_they_are(course):
    ledger.record(proof(), PARTS)
    before = (course / "docs" / "ledger.md").read_text()
    ledger.record(Proof("02.1", "halve", 200, tuple(replace(row, exercise="02.1") for row in ROWS), 2.0), PARTS)
    assert (course / "docs" / "ledger.md").read_text().startswith(before)
    assert json.loads((course / "docs" / "ledger.json").read_text())["01.1"] == {**PARTS, "seeds": 200}


def test_a_section_survives_what_would_break_a_table():
    lines = ledger.section(ROWS).splitlines()
    assert lines[1:4] == ["## 01.1 double", "", "It is needed. (2 points)"]
    assert lines[-1] == "| wrong | 01.1_a | x \\| y | two lines |"


def test_reasons_are_told_with_the_exercises_they_concern():
    reasons = {"01.1": ["check"], "01.2": ["check", "answers"]} | {f"07.{i}": ["engine"] for i in range(1, 8)}
    assert ledger.in_words(reasons) == "answers changed: 01.2; check changed: 01.1, 01.2; engine changed: 7 exercises"


@pytest.mark.usefixtures("course")
def test_changed_exercises_are_checked_with_more_seeds():
    ledger.record(proof(), PARTS)
    assert ledger.plan({"01.1": PARTS, "01.2": PARTS}) == {"01.1": 3, "01.2": 50}
    assert ledger.plan({"01.1": PARTS, "01.2": PARTS}, seeds=7) == {"01.1": 7, "01.2": 7}


@pytest.mark.usefixtures("course")
def test_what_is_out_of_date_is_renewed_unless_all_is_wanted():
    ledger.record(proof(), PARTS)
    current = {"01.1": PARTS, "01.2": PARTS}
    assert ledger.plan(current, renew=True) == {"01.2": 200}
    assert ledger.plan(current, renew=True, everything=True) == {"01.1": 200, "01.2": 200}


def test_digests_of_answers_see_their_faults(course):
    before = ledger.digests(FIRST)
    put(course, "wrong", "edits", 'class tripled:\n    """Three."""\n    EDIT = ("nowhere", "3")\n')
    assert answers.read("wrong", FIRST)[0].fault
    assert ledger.digests(FIRST)["answers"] != before["answers"]
