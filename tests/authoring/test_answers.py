"""Answers on file: whole ones, and edits of right ones."""

import fake_course
import pytest
from fake_course import EXERCISES

from autoencoders_edu.authoring import answers
from autoencoders_edu.authoring.answers import edited
from autoencoders_edu.exercises import registry

DOUBLE = EXERCISES[0]
CODE = "def double(x):\n    return 2 * x"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    fake_course.make(tmp_path, monkeypatch)
    return tmp_path


def put(folder, kind, name, text):
    path = folder / "tests" / f"{kind}_answers" / "01_reconstruction" / f"01.1_{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def edit(*lines, name="tripled"):
    body = "\n".join(f"    {line}" for line in ('"""Three is as good as two."""', "", *lines))
    return f"class {name}:\n{body}\n"


def read_edit(folder, *lines):
    """The one wrong answer that these lines of a class describe."""
    put(folder, "wrong", "edits", edit(*lines))
    (answer,) = answers.read("wrong", DOUBLE)
    return answer


def test_a_file_is_an_answer(folder):
    text = '"""Twice."""\n\nMESSAGE = "You halved"\n\n\ndef double(x): return x / 2\n'
    put(folder, "wrong", "halved", text)
    assert answers.read("wrong", DOUBLE) == [answers.Answer("01.1_halved", "Twice.", text, "You halved")]


def test_an_exercise_has_its_own_answers_alone(folder):
    put(folder, "right", "adds", "def double(x): return x + x")
    assert [answer.name for answer in answers.read("right", DOUBLE)] == ["01.1_adds"]
    assert answers.read("right", EXERCISES[1]) == answers.read("wrong", DOUBLE) == []


def test_an_edit_is_the_solution_with_another_text(folder):
    answer = read_edit(folder, 'MESSAGE = "You tripled"', 'EDIT = ("2 * x", "3 * x")')
    assert answer == answers.Answer("01.1_tripled", "Three is as good as two.", CODE.replace("2", "3"), "You tripled")


def test_an_edit_may_have_several_pairs_which_apply_one_after_the_other(folder):
    answer = read_edit(folder, 'EDIT = (("2 * x", "y"), ("return y", "y = 3 * x\\n    return y"))')
    assert answer.code == "def double(x):\n    y = 3 * x\n    return y"


def test_an_edit_may_be_of_another_right_answer(folder):
    put(folder, "right", "adds", "def double(x): return x + x")
    answer = read_edit(folder, 'OF = "adds"', 'EDIT = ("x + x", "x + x + x")')
    assert answer.code == "def double(x): return x + x + x"


def test_right_answers_may_be_edits_too(folder):
    put(folder, "right", "edits", edit('EDIT = ("2 * x", "x + x")', name="adds"))
    (answer,) = answers.read("right", DOUBLE)
    assert (answer.name, answer.code, answer.phrase) == ("01.1_adds", CODE.replace("2 * x", "x + x"), "")


def test_whole_answers_and_edits_are_sorted_together(folder):
    put(folder, "wrong", "square", "def double(x): return x**2")
    put(folder, "wrong", "edits", edit('EDIT = ("2", "3")') + edit('EDIT = ("2", "1")', name="once"))
    assert [answer.name for answer in answers.read("wrong", DOUBLE)] == ["01.1_once", "01.1_square", "01.1_tripled"]


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (('EDIT = ("3 * x", "x")',), "EDIT: '3 * x' should occur once in solution, and occurs 0 times"),
        (('EDIT = ("x", "y")',), "EDIT: 'x' should occur once in solution, and occurs 2 times"),
        ((), "EDIT should be (old, new), or several such pairs; it is None"),
        (("EDIT = ()",), "EDIT should be (old, new), or several such pairs; it is ()"),
        (('EDIT = ("x", "y", "z")',), "EDIT should be (old, new), or several such pairs; it is ('x', 'y', 'z')"),
        (('EDIT = ("x", 2)',), "EDIT should be (old, new), or several such pairs; it is ('x', 2)"),
        (('OF = "maps"', 'EDIT = ("2", "3")'), "OF = 'maps', but there is no right answer of that name"),
        (("OF = 3", 'EDIT = ("2", "3")'), "OF = 3, but there is no right answer of that name"),
    ],
)
def test_an_edit_that_does_not_apply_says_why(folder, lines, fault):
    answer = read_edit(folder, 'MESSAGE = "You tripled"', *lines)
    assert (answer.fault, answer.code, answer.phrase) == (fault, "", "You tripled")


def test_an_edit_of_an_edit_is_refused(folder):
    put(folder, "right", "edits", edit('EDIT = ("2 * x", "x + x")', name="adds"))
    assert "no right answer of that name" in read_edit(folder, 'OF = "adds"', 'EDIT = ("x + x", "x")').fault


def test_edits_that_are_no_python_say_so(folder):
    put(folder, "wrong", "edits", "class tripled\n    pass")
    (answer,) = answers.read("wrong", DOUBLE)
    assert answer.name == "01.1_edits"
    assert answer.fault.startswith("01.1_edits.py cannot be read: expected ':'")


def test_a_solution_without_a_cell_says_so(folder):
    fake_course.write(folder / "solutions" / "01_reconstruction" / "exercises.ipynb", fake_course.notebook({}))
    assert answers.solution(DOUBLE).fault == "the notebook has no cell for it"


def test_edited_replaces_each_old_text():
    assert edited("a + b", (("a", "1"), ("b", "2")), "solution") == "1 + 2"


@pytest.mark.parametrize("exercise", registry.everything(), ids=lambda exercise: exercise.name)
def test_every_answer_of_the_course_can_be_read_and_is_python(exercise):
    for kind in ("right", "wrong"):
        for answer in answers.read(kind, exercise):
            assert answer.fault == ""
            compile(answer.code, answer.name, "exec")
            assert answer.about
            assert bool(answer.phrase) == (kind == "wrong")
