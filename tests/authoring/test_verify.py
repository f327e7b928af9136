"""The proof proves something: whatever an exercise does not do as promised is a fault in the ledger."""

from contextlib import suppress

import fake_course
import nbformat
import numpy as np
import pytest
from fake_course import EXERCISES, exercise

from autoencoders_edu.authoring import verify
from autoencoders_edu.authoring.verify import LEAST_RIGHT, LEAST_WRONG, THOROUGH_SEEDS, prove, prove_all
from autoencoders_edu.course import notebooks
from autoencoders_edu.exercises import registry
from autoencoders_edu.exercises.expect import Failed, expect, fits
from autoencoders_edu.exercises.judging import ROUNDS

RIGHT = {"adds": "def double(x): return x + x", "maps": "def double(x): return [2 * y for y in x]"}
WRONG = {
    "square": ("return x**2", "You took the square"),
    "sign": ("return -2 * x", "You changed the sign"),
    "shape": ("return 2 * x[:2]", "should have shape"),
    "text": ("return 'two'", "should be an array"),
}

EDITS = '''"""Wrong answers that are edits."""


class tripled:
    """Three is as good as two."""

    MESSAGE = "not what it should be"
    EDIT = ("2 * x", "3 * x")
'''


def wrong(line, message):
    return f'"""What the author believed."""\n\nMESSAGE = {message!r}\n\n\ndef double(x):\n    {line}\n'


class Course:
    """The fake course with answers on file, and what becomes of it when something is changed."""

    def __init__(self, folder, monkeypatch):
        self.folder, self.monkeypatch = folder, monkeypatch
        self.register(EXERCISES[0])
        for name, text in RIGHT.items():
            self.answer("right", name, text)
        for name, parts in WRONG.items():
            self.answer("wrong", name, wrong(*parts))

    def register(self, changed):
        """Makes this the only exercise of lesson 1."""
        fake_course.make(self.folder, self.monkeypatch, [changed])

    def answer(self, kind, name, text):
        place = self.folder / "tests" / f"{kind}_answers" / "01_reconstruction"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"01.1_{name}.py").write_text(text)

    def without(self, kind, name):
        (self.folder / "tests" / f"{kind}_answers" / "01_reconstruction" / f"01.1_{name}.py").unlink()

    def rows(self, seeds=10):
        return prove(registry.find("double"), seeds).rows

    def faults(self, seeds=10):
        """Dict from what is wrong to its fault."""
        return {f"{row.kind} {row.answer}".strip(): row.fault for row in self.rows(seeds) if row.fault}


@pytest.fixture
def course(tmp_path, monkeypatch):
    return Course(tmp_path, monkeypatch)


def test_a_course_that_keeps_its_promises_has_no_faults(course):
    assert course.faults() == {}


def test_every_answer_has_its_row(course):
    rows = [(row.kind, row.answer) for row in course.rows()]
    assert rows == [
        ("exercise", "double"),
        ("stub", "stub"),
        ("right", "solution"),
        ("right", "01.1_adds"),
        ("right", "01.1_maps"),
        *(("wrong", f"01.1_{name}") for name in sorted(WRONG)),
    ]


def test_a_wrong_answers_row_holds_belief_and_message(course):
    row = next(row for row in course.rows() if row.answer == "01.1_square")
    assert row.about == "What the author believed."
    assert row.message.startswith("You took the square.")


def test_a_stub_that_passes_is_a_fault(course):
    (course.folder / "stubs.json").write_text('{"double": "def double(x): return 2 * x"}')
    assert course.faults() == {"stub stub": "counts as passed"}


def test_a_stub_that_fails_is_a_fault(course):
    (course.folder / "stubs.json").write_text('{"double": "def double(x): ..."}')
    assert course.faults() == {"stub stub": "counts as failed"}


def test_a_stub_that_raises_when_its_cell_runs_is_not_attempted(course):
    (course.folder / "stubs.json").write_text('{"double": "raise NotImplementedError()"}')
    assert course.faults() == {}


def test_a_solution_that_fails_is_a_fault(course):
    answers = {**fake_course.ANSWERS, "double": "def double(x): return 3 * x"}
    fake_course.write(notebooks.source("01"), fake_course.notebook({name: answers[name] for name in ("double",)}))
    assert "failed with seed 0: The result is not what it should be." in course.faults()["right solution"]


def test_a_right_answer_that_fails_is_a_fault(course):
    course.answer("right", "adds", "def double(x): return x + 1")
    assert list(course.faults()) == ["right 01.1_adds"]


def test_a_right_answer_that_raises_is_a_fault(course):
    course.answer("right", "adds", "def double(x): return x + y")
    assert "error with seed 0: Your code raised NameError" in course.faults()["right 01.1_adds"]


BROKEN = {
    "raises": "1 / 0",
    "no Python": "def double(x) return x",
    "a null byte": "x = 1\0",
    "ends the program": "raise SystemExit(0)",
    "no Unicode": "def double(x): return '\udcff'",
}


@pytest.mark.parametrize("code", BROKEN.values(), ids=BROKEN)
def test_an_answer_that_cannot_be_run_is_a_fault(course, code):
    for kind, name in (("right", "adds"), ("wrong", "sign")):
        place = course.folder / "tests" / f"{kind}_answers" / "01_reconstruction" / f"01.1_{name}.py"
        place.write_bytes(code.encode(errors="surrogateescape"))
    faults = course.faults()
    assert list(faults) == ["right 01.1_adds", "wrong 01.1_sign"]
    assert all("with seed 0" in fault for fault in faults.values())


@pytest.mark.parametrize("line", ["", "MESSAGE = 3\n", "MESSAGE = f'{1}'\n", "MESSAGE: str = print\n"])
def test_a_wrong_answer_without_a_message_is_a_fault(course, line):
    course.answer("wrong", "sign", f"{line}def double(x): return -2 * x")
    assert list(course.faults()) == ["wrong 01.1_sign"]


def test_a_right_answer_that_fails_with_one_seed_only_is_a_fault(course):
    """A check with a false alarm: it takes one draw in a hundred for a wrong answer."""

    def double(probe):
        fake_course.double(probe)
        expect(probe.rng.random() > 0.01, "A false alarm.")

    course.register(exercise("01.1", double))
    assert course.faults(seeds=1) == {}
    assert "A false alarm." in course.faults(seeds=200)["right 01.1_adds"]


def test_a_wrong_answer_that_passes_is_a_fault(course):
    course.answer("wrong", "square", wrong("return 2 * x", "You took the square"))
    assert course.faults()["wrong 01.1_square"].startswith("passed with seed 0")


def test_a_wrong_answer_that_passes_with_some_seeds_only_is_a_fault(course):
    course.answer("wrong", "sign", wrong("return 2 * x if x.max() < 1.8 else -2 * x", "You changed the sign"))
    assert list(course.faults(seeds=200)) == ["wrong 01.1_sign"]


def test_a_wrong_answer_that_raises_is_a_fault(course):
    course.answer("wrong", "square", wrong("return x / undefined", "You took the square"))
    assert course.faults()["wrong 01.1_square"].startswith("error with seed 0")


def test_a_wrong_answer_with_another_message_is_a_fault(course):
    course.answer("wrong", "square", wrong("return x**2", "You halved it"))
    assert "the message with seed 0 does not say 'You halved it'" in course.faults()["wrong 01.1_square"]


def test_a_wrong_answer_without_a_message_is_a_fault_of_its_own_alone(course):
    course.answer("wrong", "square", "def double(x): return x**2")
    assert list(course.faults()) == ["wrong 01.1_square"]


def test_a_message_that_names_two_misconceptions_is_a_fault(course):
    def double(probe):
        try:
            fake_course.double(probe)
        except Failed as failed:
            raise Failed(f"{failed} Perhaps you took the square. Or: you changed the sign.") from None

    course.register(exercise("01.1", double))
    faults = course.faults()
    assert faults["wrong 01.1_sign"] == "the message says 'You took the square', too, which names another misconception"


def test_an_answer_with_two_mistakes_may_be_told_both(course):
    def double(probe):
        expect(not fits(probe.call("double", np.ones(3)), -3 * np.ones(3)), "You changed the sign. You took the cube")
        fake_course.double(probe)

    course.register(exercise("01.1", double))
    course.answer("wrong", "both", wrong("return -3 * x**3", "You changed the sign. You took the cube"))
    assert course.faults() == {}


@pytest.mark.parametrize(
    ("kind", "name", "counted"), [("right", "adds", "1 right and 4 wrong"), ("wrong", "square", "2 right and 3 wrong")]
)
def test_too_few_answers_are_a_fault(course, kind, name, counted):
    course.without(kind, name)
    assert course.faults() == {"answers": f"{counted} answers; at least {LEAST_RIGHT} and {LEAST_WRONG}"}


def test_an_edit_is_judged_as_any_other_answer(course):
    course.answer("wrong", "edits", EDITS)
    rows = [(row.answer, row.about, row.message.split(".")[0]) for row in course.rows() if row.kind == "wrong"]
    assert ("01.1_tripled", "Three is as good as two.", "The result is not what it should be") in rows


def test_an_edit_that_does_not_apply_is_a_fault_of_its_own_alone(course):
    course.answer("wrong", "edits", EDITS.replace('"2 * x"', '"two times x"'))
    fault = "EDIT: 'two times x' should occur once in solution, and occurs 0 times"
    assert course.faults() == {"wrong 01.1_tripled": fault}


def test_a_slow_part_is_judged_with_few_seeds(course):
    calls = []

    def double(probe):
        fake_course.double(probe)
        return lambda: calls.append("slow")

    course.register(exercise("01.1", double))
    assert course.faults(seeds=2 * THOROUGH_SEEDS) == {}
    assert len(calls) == 3 * THOROUGH_SEEDS * ROUNDS  # for three right answers


def test_a_wrong_answer_that_fails_in_the_slow_part_alone_fails_with_every_seed(course):
    def double(probe):
        with suppress(Failed):
            fake_course.double(probe)
            return None
        return lambda: fake_course.double(probe)

    course.register(exercise("01.1", double))
    assert course.faults(seeds=200) == {}


def test_proofs_count_their_answers_and_seconds(course):
    proof = prove(registry.find("double"), 10)
    assert (proof.exercise, proof.name, proof.seeds) == ("01.1", "double", 10)
    assert (proof.count("right"), proof.count("wrong"), proof.faults) == (3, 4, [])
    assert proof.seconds > 0


def test_all_that_is_planned_is_proved_in_that_order(course):
    course.register(EXERCISES[0])
    assert [(proof.exercise, proof.seeds) for proof in prove_all([("01.1", 3), ("01.1", 2)])] == [
        ("01.1", 3),
        ("01.1", 2),
    ]


def test_what_trains_comes_first_then_what_takes_more_seeds(course, monkeypatch):
    monkeypatch.setattr(registry, "of_lesson", lambda number: [e for e in EXERCISES if e.lesson.number == number])
    course.answer("right", "adds", "keras.Model().fit(x)")
    assert verify.longest_first({"01.2": 3, "02.1": 50, "01.1": 50}) == [("01.1", 50), ("02.1", 50), ("01.2", 3)]


def test_points_that_differ_from_the_notebooks_are_a_fault(course):
    source = fake_course.notebook({"double": fake_course.ANSWERS["double"]}, points={"double": 5})
    fake_course.write(notebooks.source("01"), source)
    assert course.faults() == {"exercise double": "the notebook promises 5 points"}


@pytest.mark.parametrize("points", [0, 5])
def test_points_out_of_range_are_a_fault(course, points):
    course.register(exercise("01.1", fake_course.double, points=points))
    fault = course.faults()["exercise double"]
    assert fault.startswith("the notebook promises 2 points; ")
    assert fault.endswith("; 1 to 4 points")


@pytest.mark.parametrize("changed", [{"points": 3}, {"minutes": 6}])
def test_a_heading_with_other_points_or_minutes_is_a_fault(course, changed):
    course.register(exercise("01.1", fake_course.double, **changed))
    heading = fake_course.heading(EXERCISES[0])
    assert f"it is {heading!r}" in course.faults()["exercise double"]


def test_a_heading_may_say_about(course):
    source = nbformat.read(notebooks.source("01"), as_version=4)
    source.cells[1].source = source.cells[1].source.replace("5 minutes", "about 5 minutes")
    fake_course.write(notebooks.source("01"), source)
    assert course.faults() == {}


def test_an_exercise_without_a_heading_is_a_fault(course):
    source = nbformat.read(notebooks.source("01"), as_version=4)
    source.cells[1].source = "## Another heading"
    fake_course.write(notebooks.source("01"), source)
    assert course.faults() == {
        "exercise double": "the notebook's heading should end in (2 points, 5 minutes); it is ''"
    }


@pytest.mark.parametrize(
    "change", [{"hints": ("one",)}, {"hints": ("a", "b", "c", "d")}, {"why": ""}, {"on_success": ""}, {"minutes": 0}]
)
def test_an_exercise_without_help_is_a_fault(course, change):
    course.register(exercise("01.1", fake_course.double, **change))
    assert list(course.faults()) == ["exercise double"]


def test_an_exercise_without_a_cell_is_a_fault(course):
    fake_course.write(notebooks.source("01"), fake_course.notebook({}))
    assert course.faults() == {"exercise double": "the notebook has no cell for the answer or none for its check"}


def test_an_exercise_without_a_check_cell_is_a_fault(course):
    source = nbformat.read(notebooks.source("01"), as_version=4)
    source.cells = [cell for cell in source.cells if notebooks.grade_id(cell) != "check_double"]
    fake_course.write(notebooks.source("01"), source)
    assert list(course.faults()) == ["exercise double"]


def test_answers_see_what_the_notebooks_first_cell_imports(course):
    course.answer("right", "adds", "def double(x): return np.add(x, x)")
    assert course.faults() == {}


def test_answers_do_not_see_each_others_names(course):
    course.answer("right", "adds", "factor = 2\ndef double(x): return factor * x")
    course.answer("right", "maps", "def double(x): return factor * x")
    assert list(course.faults()) == ["right 01.1_maps"]


def test_the_fake_course_leaves_the_real_one_alone(tmp_path):
    with pytest.MonkeyPatch.context() as monkeypatch:
        Course(tmp_path, monkeypatch)
        assert [e.name for e in registry.everything()] == ["double"]
    assert "double" not in [e.name for e in registry.everything()]


# What the notebook gives


GIVEN = "limit = 3\n\n\ndef broken_double(x):\n    return {}\n\n\ndef other(x, y):\n    return 2 * x\n"


def give(code):
    """Puts a cell into the notebook that learners are not to change."""
    notebook = nbformat.read(notebooks.source("01"), as_version=4)
    notebook.cells.insert(1, nbformat.v4.new_code_cell(code))
    fake_course.write(notebooks.source("01"), notebook)


def test_broken_code_that_is_handed_back_has_its_row(course):
    give(GIVEN.format("x**2"))
    rows = [row for row in course.rows() if row.kind == "given"]
    assert [(row.answer, row.fault) for row in rows] == [("broken_double as double", "")]
    assert rows[0].message.startswith("You took the square.")


def test_given_code_that_passes_is_a_fault(course):
    give(GIVEN.format("2 * x"))
    assert course.faults() == {"given broken_double as double": "passed with seed 0: Well done."}


def test_given_code_may_use_what_else_is_given(course):
    give(f"{GIVEN.format('helper(x, 2)')}\n\ndef helper(a, b):\n    return b * a\n")
    assert course.faults() == {"given broken_double as double": "passed with seed 0: Well done."}


def test_given_code_that_cannot_be_run_proves_nothing(course):
    give("def broken_double(x=nothing):\n    return x**2\n")
    assert "NameError: name 'nothing'" in course.faults()["given broken_double as double"]


def test_given_classes_stand_in_for_classes_alone(course):
    give("class Broken:\n    pass\n")
    assert [row for row in course.rows() if row.kind == "given"] == []
    source = "### BEGIN SOLUTION\nclass Double:\n    pass\n\ndouble = 1\n### END SOLUTION"
    fake_course.write(notebooks.source("01"), fake_course.notebook({"double": source}))
    give("class Broken:\n    pass\n")
    assert [row.answer for row in course.rows() if row.kind == "given"] == ["Broken as Double"]
