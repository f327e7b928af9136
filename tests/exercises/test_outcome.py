"""How a learner reads an outcome: plain text and HTML, and nothing in it that the learner's own text could break."""

import pytest

from autoencoders_edu.exercises.outcome import COLOURS, SIGNS, Note, Outcome

NASTY = "<script>alert('&')</script>"


def made(status="failed", message="You took the sum.\nReceived 2, expected 1."):
    return Outcome("01.2", "double", status, message, 0, 2)


def test_plain_text_says_sign_status_points_and_message():
    assert repr(made()) == ("✗ 01.2 double: failed, 0 of 2 points\nYou took the sum.\nReceived 2, expected 1.")


@pytest.mark.parametrize("status", SIGNS)
def test_html_tells_the_status_by_word_sign_and_colour(status):
    text = made(status)._repr_html_()
    assert f"{SIGNS[status]} 01.2 double: {status}, 0 of 2 points" in text
    assert COLOURS[status] in text


def test_signs_differ_where_colours_do_not():
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_html_keeps_the_lines_of_a_message():
    assert "white-space: pre-wrap" in made()._repr_html_()
    assert "sum.\nReceived" in made()._repr_html_()


@pytest.mark.parametrize(
    "shown", [made(message=NASTY), Note(NASTY, "text"), Note("title", NASTY), Note("", NASTY, True)]
)
def test_html_shows_markup_as_text(shown):
    text = shown._repr_html_()
    assert "<script" not in text
    assert "&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;" in text


def test_a_note_of_code_keeps_its_indentation():
    assert "<pre>def f():\n    pass</pre>" in Note("A solution", "def f():\n    pass", is_code=True)._repr_html_()


def test_a_note_is_a_title_and_a_text():
    assert repr(Note("Hint 1 of 2", "Think.")) == "Hint 1 of 2\nThink."
