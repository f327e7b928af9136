"""The documents keep their promises: links, commands, code, versions, licences."""

import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

import autoencoders_edu as ae
from autoencoders_edu.cli import main
from autoencoders_edu.course import curriculum

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
NAMES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/install.md", "docs/grading.md")
GENERATED = ("benchmarks/RESULTS.md", "benchmarks/NOTES.md")
TEMPLATES = sorted(ROOT.glob(".github/ISSUE_TEMPLATE/*.yml"))

every_document = pytest.mark.parametrize("name", [*NAMES, *GENERATED])
every_handwritten_document = pytest.mark.parametrize("name", NAMES)


def tokens(path):
    """The Markdown tokens of a file, those inside paragraphs included."""
    for token in MarkdownIt().enable("table").parse(path.read_text()):
        yield token
        yield from token.children or ()


def targets(path):
    """Where the links and images of a document lead."""
    for token in tokens(path):
        yield from (token.attrs[key] for key in ("href", "src") if key in token.attrs)


def anchors(path):
    """The names by which GitHub lets a link reach the headings of a document."""
    found = list(MarkdownIt().parse(path.read_text()))
    headings = [after.content for token, after in pairwise(found) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code(path):
    """The texts of a document that are set as code."""
    return [token.content for token in tokens(path) if token.type in ("fence", "code_block", "code_inline")]


def fences(language):
    """The code blocks of the README in a language."""
    return [token.content for token in tokens(README) if token.type == "fence" and token.info == language]


def commands(name, program):
    """The command lines of a program that a document shows."""
    lines = [line.split("#")[0].strip() for text in code(ROOT / name) for line in text.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith(f"{program} ")]


@every_document
def test_links_lead_somewhere(name):
    document = ROOT / name
    for target in targets(document):
        if "://" not in target:
            file, _, anchor = target.partition("#")
            path = (document.parent / file).resolve() if file else document
            assert path.exists(), target
            assert not anchor or anchor in anchors(path), target


@every_handwritten_document
def test_make_has_every_target_that_is_named(name):
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {words[1] for words in commands(name, "make")} <= known


@every_handwritten_document
def test_aedu_has_every_command_and_option_that_is_named(name):
    for _, *words in commands(name, "aedu"):
        command = main
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        assert command is not main or words == ["--version"], words
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} - {"--help", "--version"} <= known


@every_handwritten_document
def test_every_extra_that_is_named_can_be_installed(name):
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = re.findall(r"(?:\.|_edu)\[([a-z,]+)\]", "\n".join(code(ROOT / name)))
    assert {extra for group in named for extra in group.split(",")} <= set(extras)


def test_readme_can_be_read_to_its_end():
    assert len(README.read_text().split()) <= 850


def test_readme_lists_the_lessons_and_links_those_that_are_here():
    lines = re.findall(r"^\d+\. .+$", README.read_text(), re.MULTILINE)
    assert len(lines) == len(curriculum.LESSONS)
    for line, lesson in zip(lines, curriculum.LESSONS, strict=True):
        linked = f"[{lesson.title}](lessons/{lesson.folder}/lesson.ipynb)"
        assert line.startswith(f"{int(lesson.number)}. {linked if lesson.is_here() else lesson.title}")


def test_figures_in_the_readme_are_those_of_the_lessons():
    import export_figures

    for name, (notebook, alt) in export_figures.FIGURES.items():
        assert (ROOT / "docs" / "images" / name).read_bytes() == export_figures.figure(ROOT / notebook, alt)
        assert f"docs/images/{name}" in targets(README)


def test_readme_shows_the_message_that_its_wrong_answer_gets(capsys):
    import numpy as np

    from autoencoders_edu.exercises import check

    (message,) = fences("text")
    exec(fences("python")[0], {"np": np, "check": check})
    assert message in capsys.readouterr().out


def test_readme_shows_the_library_in_ten_lines_that_run():
    library = fences("python")[1]
    assert len(library.split("\n\n", 1)[1].splitlines()) < 10
    assert "epochs=10" in library
    names = {}
    exec(library.replace("epochs=10", "epochs=1, verbose=0"), names)
    assert names["vae"].sample(2).shape == (2, 28, 28, 1)


def test_readme_holds_the_first_table_of_the_results():
    (table,) = re.findall(r"<!-- first table of (?:.+?) -->\n(.+?)<!--", README.read_text(), re.DOTALL)
    results = (ROOT / "benchmarks" / "RESULTS.md").read_text()
    assert results.index(table) < results.index("\n## ")
    assert table.count("\n") == 2 + 7


def test_citation_names_the_version_and_the_licences():
    import yaml

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert all("name" in author or "family-names" in author for author in citation["authors"])
    assert citation["version"] == ae.__version__
    assert citation["license"] == ["Apache-2.0", "CC-BY-4.0"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert citation["repository-code"] == project["urls"]["Source"]


def test_the_newest_entry_of_the_changelog_is_of_this_version_and_speaks_of_grades():
    newest = re.search(
        r"^## (\d+\.\d+\.\d+).*?(?=^## \d|\Z)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE | re.DOTALL
    )
    assert newest[1] == ae.__version__
    assert "**Grades:**" in newest[0]


@pytest.mark.parametrize("folder", ["lessons", "solutions"])
def test_licences_are_stated_where_text_and_code_are_together(folder):
    text = " ".join((ROOT / folder / "LICENSE").read_text().split())
    assert "Text, figures" in text or "Text and figures" in text
    assert "Creative Commons Attribution 4.0 International" in text
    assert "Apache License 2.0" in text


def test_licences_are_there_in_full():
    assert "Apache License Version 2.0" in " ".join((ROOT / "LICENSE").read_text().split())
    creative_commons = (ROOT / "lessons" / "LICENSE").read_text()
    assert all(f"Section {number} -- " in creative_commons for number in range(1, 9))
    assert {"LICENSE", "lessons/LICENSE", "autoencoders_edu/data/LICENSE-fashion-mnist"} <= set(targets(README))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_issue_forms_have_what_github_asks_for(path):
    import yaml

    form = yaml.safe_load(path.read_text())
    if path.stem == "config":
        assert {link["url"] for link in form["contact_links"]} <= set(targets(ROOT / "SECURITY.md"))
        return
    assert {"name", "description", "body"} <= set(form)
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["type"] in ("input", "textarea", "dropdown", "checkboxes") for field in fields)
    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields)
