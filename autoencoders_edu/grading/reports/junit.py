"""JUnit XML: a suite a submission, a case an exercise. A not attempted exercise is skipped, not failed."""

import io
from pathlib import Path

from autoencoders_edu.course import folders
from autoencoders_edu.exercises.outcome import ERROR, FAILED, NOT_ATTEMPTED
from autoencoders_edu.grading import reports
from autoencoders_edu.grading.reports.untrusted import first_line, identity, one_line, plain
from autoencoders_edu.grading.result import Graded, Result


def render(results: list[Result]) -> bytes:
    """The content of the file.

    Raises:
        ValueError: when junitparser is not installed.
    """
    junitparser = _junitparser()
    xml = junitparser.JUnitXml("aedu grade")
    for result in results:
        xml.append(_suite(junitparser, result))  # add_testsuite would merge two that look the same
    xml.update_statistics()
    content = io.BytesIO()
    junitparser.junitparser.write_xml(xml, content)
    return content.getvalue()


def _junitparser():
    try:
        import junitparser
    except ImportError:
        raise ValueError(f"JUnit XML needs junitparser: {folders.install_command('grade')}") from None
    return junitparser


def _suite(junitparser, result: Result):
    suite = junitparser.TestSuite(f"{identity(result.student)} {one_line(result.lesson)}")
    suite.timestamp = one_line(result.graded_at).removesuffix("Z")
    properties = {"points": result.score, "max_points": result.max_score}
    properties |= {name: getattr(result, name) for name in ("path", "isolation", "seed", "version", "digest")}
    for name, value in properties.items():
        suite.add_property(name, one_line(value, limit=1000))
    for note in result.notes:
        suite.add_property("note", one_line(note))
    if result.problem:
        suite.append(_problem(junitparser, result))
    for graded in result.exercises:
        suite.append(_case(junitparser, result, graded))
    return suite


def _problem(junitparser, result):
    case = junitparser.TestCase("notebook", one_line(result.lesson), 0.0)
    case.append(_found(junitparser.Error, ERROR, result.problem))
    return case


def _case(junitparser, result: Result, graded: Graded):
    outcome = graded.outcome
    case = junitparser.TestCase(
        one_line(f"{outcome.id} {outcome.name}"), one_line(result.lesson), round(graded.seconds, 3)
    )
    properties = junitparser.Properties()
    properties.add_property(junitparser.Property("points", str(outcome.points)))
    properties.add_property(junitparser.Property("max_points", str(outcome.max_points)))
    case.append(properties)
    kinds = {FAILED: junitparser.Failure, ERROR: junitparser.Error, NOT_ATTEMPTED: junitparser.Skipped}
    if kind := kinds.get(outcome.status):
        case.append(_found(kind, outcome.status, outcome.message))
    return case


def _found(kind, status, message):
    element = kind(first_line(message), status)
    element.text = plain(message)
    return element


def write(results: list[Result], out: Path) -> Path:
    """Writes junit.xml."""
    return reports.save(out / "junit.xml", render(results))
