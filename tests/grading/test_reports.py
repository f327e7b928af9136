"""Every format, against a schema or a reader of it, with names, paths and messages that mean harm."""

import base64
import csv
import inspect
import io
import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.console import Console

from autoencoders_edu.exercises.outcome import Outcome
from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports import (
    actions,
    classroom50,
    gradebook,
    gradescope,
    json_results,
    junit,
    summary,
    table,
    untrusted,
)
from autoencoders_edu.grading.result import Graded, Result

SCHEMAS = Path(__file__).with_name("schemas")
FILES = {
    "json": "grades.json",
    "gradescope": "results.json",
    "classroom50": "result.json",
    "actions": "actions.txt",
    "summary": "summary.md",
    "junit": "junit.xml",
    "csv": "gradebook.csv",
}
OF_ONE_LEARNER = ("gradescope", "classroom50", "actions")

HOSTILE = {
    "table row": "x | ✓ | 9 of 9 |\n| ✓ | 01.9 forged | 9 of 9 | 0.1 |\n",
    "markdown link": "[all passed](https://evil.example) https://evil.example www.evil.example a@evil.example",
    "html": "</pre></details><script>alert(1)</script><img src=x><a href='https://evil.example'>ok</a>",
    "fence": "```\n# Grade\n~~~\n<!-- -->",
    "workflow command": "ok\n::notice title=Autograding complete::Points 9/9\r \t::set-output name=r::x\n##[error]x",
    "stop token": "::stop-commands::x\n::x::",
    "terminal": "\x1b[2J\x1b]0;title\x07\x9b31m\rforged\x08\x00",
    "rich markup": "[red]x[/red] [/] [link=https://evil.example]y[/link] :smile:",
    "xml": "]]><failure/></testcase>\x0b\ufffe\uffff&entity;",
    "surrogates": "\ud800 caf\udce9",
    "bidirectional": "\u202egnp.exe\u2066\u200f\u061c",
    "formula": '=HYPERLINK("https://evil.example";"ok")',
    "newlines": "a\nb\r\nc\u2028d\x85e",
    "empty": "",
    "long": "x" * 50_000,
}


def graded(status="passed", message="Right.", points=2, number=1, name="pca_codes", seconds=0.5):
    return Graded(Outcome(f"01.{number}", name, status, message, points if status == "passed" else 0, points), seconds)


def result(student="ada", message="Received 3.2, expected 1.6.\nDid you average over images?", **changes):
    exercises = (
        graded(),
        graded("failed", message, 3, 2, "reconstruction_loss"),
        graded("not attempted", "Not attempted yet.", 1, 3, "bottleneck"),
        graded("error", f"NameError: {message}", 1, 4, "compare"),
    )
    plain = Result(
        student=student,
        lesson="01_reconstruction",
        path=f"submissions/{student}/exercises.ipynb",
        exercises=exercises,
        notes=("`f` is defined twice",),
        isolation="namespaces",
        seed=7,
        version="0.1.0",
        graded_at="2026-11-25T12:00:00Z",
        seconds=4.2,
        digest="ab" * 32,
    )
    return replace(plain, **changes)


def unreadable(student="ada", problem="This is no notebook."):
    return result(student, lesson="", exercises=(), notes=(), problem=problem, isolation="")


def hostile(text):
    return result(text, text, path=text, notes=(text, text), problem=text)


@pytest.fixture(autouse=True)
def outside_of_github(monkeypatch):
    of_classroom50 = "CLASSROOM ASSIGNMENT ASSIGNMENT_TYPE OWNER SUBMISSION_TAG COMMIT_URL RELEASE_URL REVIEW_URL"
    for name in ("GITHUB_ACTIONS", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", *of_classroom50.split()):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def in_github(monkeypatch, tmp_path):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


def valid(format_name, text):
    """The parsed file, if it follows the schema."""
    schema = json.loads((SCHEMAS / f"{format_name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    content = json.loads(text)
    jsonschema.Draft202012Validator(schema).validate(content)
    return content


def decoded(blob):
    return base64.b64decode(blob, validate=True).decode("utf-8")


# All formats.


def test_reports_import_nothing_heavy():
    heavy = ("rich", "junitparser", "nbformat", "numpy", "keras", "tensorflow")
    code = f"import sys, autoencoders_edu.grading.reports; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("format_name", reports.FORMATS)
def test_write_makes_one_private_file_and_returns_its_path(format_name, tmp_path):
    path = reports.write(format_name, [result()], tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / FILES[format_name]
    assert os.listdir(path.parent) == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_write_refuses_an_unknown_format(tmp_path):
    with pytest.raises(ValueError, match=r"There is no format 'xml'. Expected one of json, gradescope"):
        reports.write("xml", [result()], tmp_path)


@pytest.mark.parametrize("format_name", reports.FORMATS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_write_survives_hostile_text(format_name, text, tmp_path):
    path = reports.write(format_name, [hostile(text)], tmp_path)
    path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("format_name", sorted(set(reports.FORMATS) - set(OF_ONE_LEARNER)))
def test_write_takes_many_learners_and_none(format_name, tmp_path):
    reports.write(format_name, [], tmp_path)
    reports.write(format_name, [result("ada"), result("bob"), unreadable("eve")], tmp_path)


@pytest.mark.parametrize("format_name", OF_ONE_LEARNER)
def test_formats_of_one_learner_refuse_others(format_name, tmp_path):
    with pytest.raises(
        ValueError, match=f"{format_name} holds one learner's grade, but these look like 2 learners: 'a', 'b"
    ):
        reports.write(format_name, [result("b"), result("a")], tmp_path)
    with pytest.raises(ValueError, match="more than one notebook of 01_reconstruction was graded"):
        reports.write(format_name, [result(), result()], tmp_path)
    with pytest.raises(ValueError, match="nothing was graded"):
        reports.write(format_name, [], tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("format_name", OF_ONE_LEARNER)
def test_formats_of_one_learner_merge_lessons(format_name, tmp_path):
    text = reports.write(format_name, [result(), result(lesson="02_bottleneck")], tmp_path).read_text().strip()
    content = valid(format_name, decoded(text) if format_name == "actions" else text)
    assert len(content["tests"]) == 8
    assert sum(test["score"] for test in content["tests"]) == 4


def test_save_leaves_the_old_file_when_it_cannot_write(tmp_path, monkeypatch):
    path = reports.save(tmp_path / "grades.json", "old")

    def fail(*_):
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no room"):
        reports.save(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["grades.json"]


def test_save_replaces_a_link_instead_of_following_it(tmp_path):
    (tmp_path / "theirs").write_text("untouched")
    (tmp_path / "grades.json").symlink_to(tmp_path / "theirs")
    reports.save(tmp_path / "grades.json", "ours")
    assert (tmp_path / "theirs").read_text() == "untouched"
    assert not (tmp_path / "grades.json").is_symlink()


ANY_TEXT = st.text(alphabet=st.characters(), max_size=80)  # with control characters and halves of surrogate pairs


@settings(max_examples=60, deadline=None)
@given(text=ANY_TEXT)
def test_any_text_gives_valid_files(text):
    results = [hostile(text)]
    valid("json", json_results.render(results))
    valid("gradescope", gradescope.render(results))
    valid("classroom50", classroom50.render(results))
    valid("actions", decoded(actions.render(results)))
    assert len(ElementTree.fromstring(junit.render(results))) == 1
    assert len(list(csv.DictReader(io.StringIO(gradebook.render(results))))) == 1
    assert Page.of(summary.render(results)).counts["tr"] == 5


# Text that a learner wrote.


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_plain_leaves_no_character_that_is_obeyed(text):
    shown = untrusted.plain(text)
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", shown
    )
    assert len(shown) < 20_100


def test_plain_keeps_ordinary_text():
    text = "Received (3, 4), expected [3]: café, 平均, 👩‍🔬\n\tx[::2]"
    assert untrusted.plain(text) == text


NAMES = [
    *(
        "name",
        "name ",
        " name",
        "na me",
        "na  me",
        "na\tme",
        "na\nme",
        "na\rme",
        "name\u2028",
        "name\x1b[31m",
        "name\u202e",
    ),
    *("", " ", "\udcff", "\udcfe", "\udcff\udcff", "\\udcff", "ÿ", "\\xff", "name\\x20"),
    *("=x", "'=x", "''=x", "+x", "a;=x", "a;'=x", "x" * 300, "x" * 299 + "y"),
]


@pytest.mark.parametrize("format_name", ["csv", "junit", "json"])
def test_ids_of_different_learners_stay_apart(format_name, tmp_path):
    text = reports.write(format_name, [result(name) for name in NAMES], tmp_path).read_text(encoding="utf-8")
    if format_name == "csv":
        ids = [row["student_id"] for row in csv.DictReader(io.StringIO(text))]
    elif format_name == "junit":
        ids = [suite.get("name") for suite in ElementTree.fromstring(text)]
    else:
        ids = [content["student"] for content in json.loads(text)["results"]]
    assert len(set(ids)) == len(NAMES)
    assert max(map(len, ids)) < 400


@settings(max_examples=200, deadline=None)
@given(one=st.text(alphabet=st.characters(), max_size=8), other=st.text(alphabet="a =;'\\\n\t\udcff\x00", max_size=6))
def test_any_two_names_have_two_ids_on_one_line(one, other):
    for name in (one, other):
        shown = untrusted.identity(name)
        assert untrusted.plain(shown) == shown
        assert " ".join(shown.split()) == shown
    assert (untrusted.identity(one) == untrusted.identity(other)) == (one == other)
    ids = [gradebook._no_formula(untrusted.identity(name)) for name in (one, other)]
    assert (ids[0] == ids[1]) == (one == other)


def test_ordinary_names_are_their_ids():
    for name in ("ada", "Ada Lovelace", "García-Müller, Ana", "平均", "ada_123_assignsubmission_file_", "o'neil"):
        assert untrusted.identity(name) == name


def test_one_line_is_one_line_and_short():
    assert untrusted.one_line(HOSTILE["newlines"]) == "a b cde"
    assert untrusted.one_line("x" * 300) == "x" * 199 + "…"


def commands(log):
    """The lines of a log that GitHub Actions would take for commands, outside of stopped stretches."""
    found, token = [], None
    for line in log.split("\n"):
        line = line.strip()
        if token:
            token = None if line == f"::{token}::" else token
        elif match := re.fullmatch("::stop-commands::(.+)", line):
            token = match[1]
        elif line.startswith("::") or "##[" in line:
            found.append(line)
    assert token is None, "commands stay stopped"
    return found


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_without_commands_leaves_none(text):
    assert commands(untrusted.without_commands(text)) == []


# JSON.


def test_json_gives_the_results_back():
    results = [result(), unreadable("bob"), hostile(HOSTILE["surrogates"])]
    content = valid("json", json_results.render(results))
    assert [Result.from_dict(plain) for plain in content["results"]] == results


# Gradescope.


def test_gradescope_shows_every_exercise_as_text():
    content = valid("gradescope", gradescope.render([result()]))
    assert (content["score"], content["execution_time"]) == (2, 4.2)
    assert content["stdout_visibility"] == "hidden"
    second = content["tests"][1]
    assert (second["name"], second["number"], second["status"]) == ("01.2 reconstruction_loss", "01.2", "failed")
    assert (second["score"], second["max_score"], second["visibility"]) == (0, 3, "visible")
    assert second["output"] == "failed\nReceived 3.2, expected 1.6.\nDid you average over images?"
    assert {test["output_format"] for test in content["tests"]} == {content["test_output_format"]} == {"text"}


def test_gradescope_states_how_it_graded_and_what_it_noticed():
    output = gradescope.render([result()])
    assert "Isolation: namespaces. Seed 7, version 0.1.0." in output
    assert "`f` is defined twice" in output


def test_gradescope_tells_why_a_notebook_was_not_read():
    content = valid("gradescope", gradescope.render([unreadable()]))
    assert content["score"] == 0
    assert content["tests"] == []
    assert "This is no notebook." in content["output"]


# Classroom 50.


def test_classroom50_takes_the_identity_from_the_runner(monkeypatch):
    given = {
        "CLASSROOM": "cs50",
        "ASSIGNMENT": "lesson-01",
        "ASSIGNMENT_TYPE": "group",
        "OWNER": "octocat",
        "SUBMISSION_TAG": "submit/2026-11-25-abcdef",
        "COMMIT_URL": "https://github.com/o/r/commit/1",
        "RELEASE_URL": "https://github.com/o/r/releases/tag/1",
        "REVIEW_URL": "https://github.com/o/r/compare/0...1",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    content = valid("classroom50", classroom50.render([result("somebody else")]))
    names = ("classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release", "review")
    assert [content[name] for name in names] == list(given.values())
    assert content["datetime"] == content["graded_at"] == "2026-11-25T12:00:00Z"


def test_classroom50_marks_what_the_runner_did_not_tell(monkeypatch):
    content = valid("classroom50", classroom50.render([result()]))
    assert content["owner"] == "ada"
    assert content["submission"] == "submit/not-set"
    assert {content[name] for name in ("classroom", "assignment", "commit", "release", "review")} == {"not-set"}
    monkeypatch.setenv("COMMIT_URL", "https://github.com/o/r/commit/1")
    assert json.loads(classroom50.render([result()]))["review"] == "https://github.com/o/r/commit/1"


def test_classroom50_scores_are_integers_that_add_up():
    content = valid("classroom50", classroom50.render([result()]))
    assert (content["score"], content["max-score"]) == (2, 7)
    assert content["score"] == sum(test["score"] for test in content["tests"])
    assert content["max-score"] == sum(test["max-score"] for test in content["tests"])
    assert [test["passed"] for test in content["tests"]] == [True, False, False, False]


def test_classroom50_does_not_let_an_unreadable_notebook_pass():
    content = valid("classroom50", classroom50.render([unreadable()]))
    assert [test["passed"] for test in content["tests"]] == [False]


def test_classroom50_datetime_has_its_form_whatever_the_result_says():
    valid("classroom50", classroom50.render([result(graded_at="yesterday")]))


# Actions.


def test_actions_blob_is_read_as_the_reporter_reads_it():
    content = valid("actions", decoded(actions.render([result()])))
    assert (content["status"], content["max_score"]) == ("fail", 7)
    assert [test["status"] for test in content["tests"]] == ["pass", "fail", "fail", "error"]
    assert sum(test["score"] for test in content["tests"]) == 2


@pytest.mark.parametrize(
    ("results", "status"),
    [([result(exercises=(graded(),))], "pass"), ([unreadable()], "error"), ([result()], "fail")],
    ids=["all right", "unreadable", "some wrong"],
)
def test_actions_status_is_that_of_the_worst(results, status):
    assert json.loads(decoded(actions.render(results)))["status"] == status


def test_actions_blob_fits_an_environment_variable():
    results = [hostile("x\n" * 10_000), replace(hostile("x\n" * 10_000), lesson="02_bottleneck")]
    results = [replace(r, exercises=r.exercises * 10) for r in results]
    assert len(actions.render(results)) < 128 * 1024


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_actions_blob_holds_no_command_that_a_reporter_could_print(text):
    for test in json.loads(decoded(actions.render([hostile(text)])))["tests"]:
        assert commands("\n".join(str(value) for value in test.values())) == []


def test_actions_are_quiet_outside_of_github(tmp_path, capsys):
    actions.write([result()], tmp_path)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_actions_log_holds_our_two_notices_and_no_other_command(text, in_github, capsys):
    path = actions.write([hostile(text)], in_github / "out")
    assert commands(capsys.readouterr().out) == [
        "::notice title=Autograding complete::Points 2/7",
        '::notice title=Autograding report::{"totalPoints": 2, "maxPoints": 7}',
    ]
    assert (in_github / "GITHUB_OUTPUT").read_text() == f"result={path.read_text()}"


def test_actions_stop_commands_with_a_new_token_each_time(in_github, capsys):
    actions.write([result()], in_github)
    actions.write([result()], in_github)
    tokens = re.findall("^::stop-commands::([0-9a-f]{32})$", capsys.readouterr().out, re.MULTILINE)
    assert len(set(tokens)) == 2


# Job summary.


class Page(HTMLParser):
    """What a browser would make of a summary."""

    def __init__(self):
        super().__init__()
        self.counts, self.text, self.tags = {}, "", set()

    def handle_starttag(self, tag, attrs):
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data

    @classmethod
    def of(cls, markdown):
        page = cls()
        page.feed(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
        page.close()
        return page


HARMLESS = {"h2", "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "pre", "details", "summary"}


def test_summary_of_one_learner_shows_messages_and_conditions():
    page = Page.of(summary.render([result()]))
    assert "ada 01_reconstruction: 2 of 7 points" in page.text
    assert "Received 3.2, expected 1.6.\nDid you average over images?" in page.text
    assert "Isolation: namespaces. Seed 7, version 0.1.0 of autoencoders-edu." in page.text
    assert (page.counts["tr"], page.counts["details"]) == (5, 3)


def test_summary_of_many_has_a_row_each():
    page = Page.of(summary.render([result("ada"), result("bob"), unreadable("eve")]))
    assert page.counts["tr"] == 4
    assert "✓ ✗ ○ !" in page.text
    assert "This is no notebook." in page.text


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_summary_cannot_be_forged(text):
    alone = Page.of(summary.render([hostile(text)]))
    assert alone.tags <= HARMLESS
    assert (alone.counts["tr"], alone.counts["details"], alone.counts["h3"]) == (5, 3, 1)
    many = Page.of(summary.render([hostile(text), result("other")]))
    assert many.tags <= HARMLESS
    assert (many.counts["tr"], many.counts["td"]) == (3, 10)


@pytest.mark.parametrize("text", ["https://evil.example", "www.evil.example", "a@evil.example", "@octocat", "o/r#1"])
def test_summary_leaves_nothing_that_github_links_by_itself(text):
    outside = re.sub("<pre>.*?</pre>", "", summary.render([hostile(text), result("other")]), flags=re.DOTALL)
    assert not re.search(r"https?:|www\.|@\w|#\d(?!\d*;)|&#64;\w|&#35;\w", outside)


def test_summary_shows_a_hostile_message_as_it_is():
    assert HOSTILE["html"] in Page.of(summary.render([result(message=HOSTILE["html"])])).text


@pytest.mark.parametrize("many", [False, True], ids=["one learner", "many"])
def test_summary_keeps_to_the_limit_and_counts_what_is_left_out(many):
    limit = 2**16
    results = [result(f"learner {number if many else ''}", "&" * 5000) for number in range(1500 if many else 20)]
    text = summary.render(results, limit)
    assert len(text.encode()) < limit
    left, total = map(int, re.search(r"(\d+) of (\d+) submissions are not shown here", text).groups())
    assert total == len(results)
    assert 0 < left < total
    assert Page.of(text).tags <= HARMLESS


def test_summary_has_githubs_limit():
    text = summary.render([result("learner", "&" * 5000)] * 200)
    assert 0.9 * 2**20 < len(text.encode()) < summary.LIMIT == 2**20


def test_summary_is_appended_to_the_page_of_the_run(in_github):
    page = in_github / "GITHUB_STEP_SUMMARY"
    page.write_text("Before.\n")
    path = summary.write([result()], in_github / "out")
    assert page.read_text() == "Before.\n\n" + path.read_text()


def test_summary_leaves_a_full_page_as_it_is(in_github):
    page = in_github / "GITHUB_STEP_SUMMARY"
    page.write_text("x" * summary.LIMIT)
    summary.write([result()], in_github / "out")
    assert page.stat().st_size == summary.LIMIT


# JUnit.


def test_junit_tells_the_statuses_apart():
    root = ElementTree.fromstring(junit.render([result()]))
    assert root.tag == "testsuites"
    (suite,) = root
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    cases = suite.findall("testcase")
    found = [[child.tag for child in case if child.tag != "properties"] for case in cases]
    assert found == [[], ["failure"], ["skipped"], ["error"]]
    assert {case.get("classname") for case in cases} == {"01_reconstruction"}
    assert cases[1].get("name") == "01.2 reconstruction_loss"
    assert float(cases[1].get("time")) == 0.5
    failure = cases[1].find("failure")
    assert failure.get("message") == "Received 3.2, expected 1.6."
    assert failure.text.endswith("Did you average over images?")


def test_junit_keeps_points_as_properties():
    suite = ElementTree.fromstring(junit.render([result()]))[0]

    def properties(element):
        return {prop.get("name"): prop.get("value") for prop in element.findall("properties/property")}

    assert properties(suite.findall("testcase")[1]) == {"points": "0", "max_points": "3"}
    expected = {"points": "2", "max_points": "7", "isolation": "namespaces", "seed": "7"}
    assert expected.items() <= properties(suite).items()


def test_junit_has_a_suite_for_each_submission_even_if_two_look_the_same():
    root = ElementTree.fromstring(junit.render([result(), result(), unreadable("eve")]))
    assert len(root) == 3
    assert root.get("tests") == "9"
    assert root[2].find("testcase/error").text == "This is no notebook."


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_junit_cannot_be_forged(text):
    root = ElementTree.fromstring(junit.render([hostile(text)]))
    names = {"testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped"}
    assert {element.tag for element in root.iter()} <= names
    assert len(list(root.iter("testcase"))) == (5 if text else 4)  # a problem is a case of its own


def test_junit_names_the_remedy_when_its_library_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "junitparser", None)
    with pytest.raises(ValueError, match=r"pip install --constraint constraints\.txt -e \"\.\[grade\]\""):
        junit.render([result()])


# Gradebook.


def test_gradebook_has_the_columns_of_nbgrader():
    export = pytest.importorskip("nbgrader.plugins.export")
    source = inspect.getsource(export.CsvExportPlugin.export)
    keys = re.search(r"keys = \[(.*?)\]", source, re.DOTALL)[1]
    assert tuple(re.findall(r'"(\w+)"', keys)) == gradebook.COLUMNS
    assert gradebook.render([]).strip() == ",".join(gradebook.COLUMNS)


def test_gradebook_has_a_row_for_each_submission():
    rows = list(csv.DictReader(io.StringIO(gradebook.render([result(), unreadable("eve")]))))
    assert [row["student_id"] for row in rows] == ["ada", "eve"]
    assert rows[0]["assignment"] == "01_reconstruction"
    assert [rows[0][name] for name in ("raw_score", "late_submission_penalty", "score", "max_score")] == [
        "2.0",
        "0.0",
        "2.0",
        "7.0",
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_gradebook_rows_cannot_be_forged(text):
    rows = list(csv.reader(io.StringIO(gradebook.render([result(text), result(f"+{text}")]))))
    assert [len(row) for row in rows] == [len(gradebook.COLUMNS)] * 3
    assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))]


@pytest.mark.parametrize("start", "=+-@＝")
def test_gradebook_quotes_what_a_spreadsheet_takes_for_a_formula(start):
    assert gradebook.cell(f"\t {start}1+1") == f"'{start}1+1"


FORMULAS = [
    "a;=1+1",
    "a; =1+1",
    'a;"=1+1"',
    "a\t=1+1",
    "a|@x",
    "a,=1",
    "a;'=1",
    "=1",
    '"=1"',
    "'=1",
    " =1",
    "a;=1;=2",
    "a;＝1",
]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", FORMULAS)
def test_gradebook_holds_no_formula_whatever_separates_its_cells(name, separator):
    text = gradebook.render([result(name, lesson=name)])
    for line in text.splitlines():
        for cells in (line.split(separator), *csv.reader([line], delimiter=separator)):
            for found in cells:
                assert not found.strip(' \t"').startswith(tuple("=+-@＝＋－＠"))


# Terminal.


def printed(results, width=100):
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    table.print_table(results, console)
    return console.file.getvalue()


def test_table_of_one_has_a_row_for_each_exercise():
    text = printed([result()])
    lines = text.splitlines()
    assert lines[0].strip() == "ada, 01_reconstruction"
    assert re.search(r"✗ +01\.2 reconstruction_loss +0 of 3 +Received 3\.2, expected 1\.6\. *$", lines[3])
    assert "Did you average" not in text
    assert re.search(r"all +2 of 7", text)
    assert "Isolation: namespaces. Seed 7. 4.2 s." in text


def test_table_cuts_long_messages_and_nothing_else():
    line = printed([result(message="Received " + "9" * 300)], width=60).splitlines()[3]
    assert re.fullmatch(r"✗  01\.2 reconstruction_loss  0 of 3  Received 9+…", line)
    assert len(line) == 60


def test_table_shows_a_success_in_full():
    words = [f"word{number}" for number in range(60)]
    text = printed([result(exercises=(graded(message=" ".join(words)),))], width=60)
    assert re.findall(r"word\d+", text) == words


def test_table_tells_why_a_submission_was_not_graded_whatever_it_was_worth():
    text = printed([result("ada"), result("eve", problem="This is no notebook.")])
    assert re.search(r"eve +01_reconstruction +This is no notebook\. +2 of 7", text)


def test_table_of_many_has_a_row_for_each_submission():
    text = printed([result("ada"), result("bob"), unreadable("eve")])
    assert re.search(r"ada +01_reconstruction +✓ ✗ ○ ! +2 of 7 +4\.2", text)
    assert re.search(r"eve +not known +This is no notebook\. +0 of 0", text)


def test_table_of_none_says_so():
    assert printed([]) == "Nothing was graded.\n"


@pytest.mark.parametrize("level", ["user", "limits"])
def test_table_points_to_the_guide_when_isolation_is_weaker(level):
    assert f"Isolation: {level} (docs/grading.md says what that means)" in printed([result(isolation=level)])


def test_table_shows_markup_instead_of_obeying_it():
    text = "[red]x[/red] [/] :smile:"
    assert text in printed([result(message=text)])
    assert text in printed([result(text), result("bob")])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("width", [20, 100])
def test_table_gives_github_no_commands(text, width, in_github):
    assert commands(printed([hostile(text)], width)) == []
    assert commands(printed([hostile(text), result("other")], width)) == []
