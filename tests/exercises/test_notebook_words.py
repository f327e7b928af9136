"""check, hint and solution, as a notebook's cells call them."""

import os
import sys

import fake_course
import IPython.display
import pytest
from IPython.core.formatters import DisplayFormatter

from autoencoders_edu.course import notebooks, progress
from autoencoders_edu.exercises import CheckFailed, check, hint, solution

RIGHT = "def double(x): return 2 * x"
WRONG = "def double(x): return x * x"
STUB = fake_course.stub("double")


@pytest.fixture(autouse=True)
def course(tmp_path, monkeypatch):
    fake_course.make(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def under_nbgrader(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")


@pytest.fixture
def displayed(monkeypatch):
    """The objects given to IPython's display."""
    objects = []
    monkeypatch.setattr(IPython.display, "display", lambda *shown: objects.extend(shown))
    return objects


def run(*cells):
    """The value of the last cell's expression, after the other cells have run in the same notebook."""
    namespace = {"check": check, "hint": hint, "solution": solution}
    for cell in cells[:-1]:
        exec(cell, namespace)
    return eval(cells[-1], namespace)


def checked(answer, capsys):
    """What is printed where there is no notebook to show HTML."""
    run(answer, "check('double')")
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def html(shown):
    return DisplayFormatter().format(shown)[0]["text/html"]


def test_check_of_a_right_answer_says_so(capsys):
    assert checked(RIGHT, capsys) == "✓ 01.1 double: passed, 2 of 2 points\nWell done.\n"


def test_check_of_a_wrong_answer_names_the_misconception(capsys):
    lines = checked(WRONG, capsys).splitlines()
    assert lines[:2] == ["✗ 01.1 double: failed, 0 of 2 points", "You took the square."]


def test_check_of_a_stub_is_not_attempted(capsys):
    assert checked(STUB, capsys).startswith("○ 01.1 double: not attempted, 0 of 2 points\nThe code is still the stub.")


def test_check_before_the_cell_has_run_names_what_is_missing(capsys):
    assert "There is no `double` yet" in checked("", capsys)


def test_check_of_an_answer_that_raises_shows_the_error_without_a_traceback(capsys):
    out = checked("def double(x): return x / undefined", capsys)
    assert out.startswith("! 01.1 double: error, 0 of 2 points\nYour code raised NameError: name 'undefined'")
    assert "Traceback" not in out


def test_check_takes_the_id_for_the_name(capsys):
    run(RIGHT, "check('01.1')")
    assert capsys.readouterr().out.startswith("✓ 01.1 double")


def test_check_sees_the_names_of_where_it_is_called():
    """Inside a function of the notebook, too: its globals are the notebook's."""
    assert run(RIGHT, "(lambda: check('double'))()") is None
    assert progress.status("double") == "passed"


def test_check_returns_nothing_that_a_notebook_would_show_again():
    assert run(RIGHT, "check('double')") is None


def test_check_of_an_unknown_name_suggests_known_ones():
    with pytest.raises(ValueError, match=r"There is no exercise 'doubel'\. Did you mean double"):
        run("check('doubel')")


def test_check_draws_new_inputs_each_time():
    seen = []
    namespace = {"check": check, "seen": seen}
    exec("def double(x):\n    seen.append(x.tolist())\n    return 2 * x\ncheck('double')\ncheck('double')", namespace)
    assert len({tuple(x) for x in seen}) == len(seen) > 3


def test_check_shows_html_in_a_notebook(displayed):
    run(RIGHT, "check('double')")
    assert "✓ 01.1 double: passed, 2 of 2 points</b>" in html(*displayed)


def test_check_shows_the_learners_markup_as_text(displayed):
    run("def double(x): raise ValueError('<img src=x onerror=alert(1)>')", "check('double')")
    assert "<img" not in html(*displayed)
    assert "&lt;img src=x onerror=alert(1)&gt;" in html(*displayed)


def test_check_records_the_status():
    run(WRONG, "check('double')")
    assert progress.status("double") == "failed"
    run(RIGHT, "check('double')")
    assert progress.status("double") == "passed"


def test_check_works_with_a_broken_record(capsys):
    progress.path().parent.mkdir(parents=True)
    progress.path().write_text("{broken")
    assert "passed" in checked(RIGHT, capsys)


def test_check_works_where_nothing_can_be_recorded(course, capsys):
    (course / "data").write_text("a file where the folder should be")
    assert "passed" in checked(RIGHT, capsys)


def test_hints_come_one_by_one_and_start_again(capsys):
    for title, text in (("1 of 2", "Think <twice>."), ("2 of 2", "x + x.")):
        run("hint('double')")
        assert capsys.readouterr().out == f"Hint {title} for double\n{text}\n"
    run("hint('double')")
    again = capsys.readouterr().out
    assert again.startswith('There are no more hints; solution("double") shows our solution.')
    assert again.endswith("Hint 1 of 2 for double\nThink <twice>.\n")


def test_hints_go_on_where_nothing_can_be_recorded_and_the_reason_is_told_once(course, capsys):
    (course / "data").write_text("a file where the folder should be")
    run("hint('double')")
    run("hint('double')")
    shown = capsys.readouterr().out
    assert "Hint 1 of 2" in shown
    assert "Hint 2 of 2" in shown
    assert shown.count("Your progress cannot be saved") == 1


def test_hints_of_exercises_are_counted_apart(capsys):
    run("hint('double')")
    run("hint('square')")
    assert "Hint 1 of 2 for square" in capsys.readouterr().out


def test_hint_is_shown_where_nothing_can_be_recorded(course, capsys):
    (course / "data").write_text("a file where the folder should be")
    run("hint('double')")
    assert "Hint 1 of 2" in capsys.readouterr().out


def test_hint_escapes_its_text(displayed):
    run("hint('double')")
    assert "<div>Think &lt;twice&gt;.</div>" in html(*displayed)


def test_hint_does_not_touch_the_status():
    run("hint('double')")
    assert progress.status("double") == ""


def test_solution_shows_the_code_without_markers(capsys):
    run("solution('double')")
    assert capsys.readouterr().out == "A solution of double\ndef double(x):\n    return 2 * x\n"


def test_solution_is_shown_as_code(displayed):
    run("solution('double')")
    assert "<pre>def double(x):\n    return 2 * x</pre>" in html(*displayed)


def test_solution_says_when_this_copy_has_none():
    notebooks.source("01").unlink()
    with pytest.raises(ValueError, match="There are no solutions in this copy of the course"):
        run("solution('double')")


# Under nbgrader


@pytest.mark.usefixtures("under_nbgrader")
def test_under_nbgrader_a_right_answer_is_worth_plain_points():
    points = run(RIGHT, "check('double')")
    assert type(points) is int
    assert points == 2


@pytest.mark.usefixtures("under_nbgrader")
@pytest.mark.parametrize(
    ("answer", "says"),
    [(WRONG, "You took the square"), (STUB, "not attempted"), ("", "no `double` yet"), ("double = 3", "not callable")],
)
def test_under_nbgrader_all_else_raises_and_says_why(answer, says):
    with pytest.raises(CheckFailed, match=says):
        run(answer, "check('double')")


LOUD = """
def double(x):
    print("on stderr", file=sys.stderr)
    os.write(2, b"below Python")
    return 2 * x
"""


@pytest.mark.usefixtures("under_nbgrader")
def test_under_nbgrader_a_right_answer_that_warns_is_right(capfd):
    """nbgrader gives no points for a cell that writes to stderr."""
    assert run(f"import os, sys\n{LOUD}", "check('double')") == 2
    assert capfd.readouterr().err == ""


def test_outside_of_nbgrader_the_learner_sees_the_warnings(capfd):
    run(f"import os, sys\n{LOUD}", "check('double')")
    assert "on stderr" in capfd.readouterr().err


@pytest.mark.usefixtures("under_nbgrader")
def test_under_nbgrader_stderr_works_again_after_the_check(capfd):
    run(RIGHT, "check('double')")
    print("Python", file=sys.stderr, flush=True)
    os.write(2, b"below")
    assert capfd.readouterr().err == "Python\nbelow"


@pytest.mark.usefixtures("under_nbgrader")
def test_under_nbgrader_nothing_is_displayed_or_recorded(capfd, displayed):
    run(RIGHT, "check('double')")
    assert displayed == []
    assert capfd.readouterr() == ("", "")
    assert not progress.path().exists()
