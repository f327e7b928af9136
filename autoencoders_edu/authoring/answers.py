"""The answers that prove an exercise's check: the solution, other right answers, and wrong ones.

In `tests/right_answers` and `tests/wrong_answers`, a file such as `01.2_flattened.py` holds one answer, as it would
stand in the notebook. Its docstring says what it is, or what its author believed. A wrong answer also has the phrase by
which its message names the mistake:

    MESSAGE = "You took the root"

An answer that differs from a right one in a line or two is an edit of that one. `01.2_edits.py` holds all of these:

    class sum_over_pixels:
        \"""A sum over pixels in place of a mean.\"""

        MESSAGE = "sum over pixels"
        EDIT = ("np.mean", "np.sum")

EDIT is (old, new), or several such pairs. Each old text occurs exactly once in the code that is edited: the solution's,
or with OF = "flattened" that of the right answer in `01.2_flattened.py`.
"""

import ast
import contextlib
import json
from dataclasses import dataclass

from autoencoders_edu.course import folders, notebooks

RIGHT, WRONG = "right", "wrong"


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise.

    Attributes:
        name: such as "01.2_flattened".
        about: what it is, in a sentence.
        code: what stands in the notebook's cell.
        phrase: by which the message names the mistake; "" for a right answer.
        fault: why there is no code to judge; "" if there is.
    """

    name: str
    about: str
    code: str
    phrase: str = ""
    fault: str = ""


def solution(exercise) -> Answer:
    """The solution that stands in the notebook."""
    if notebooks.cell_of(source_of(exercise), exercise.name) is None:
        return Answer("solution", "the solution", "", fault="the notebook has no cell for it")
    return Answer("solution", "the solution", notebooks.solution(exercise))


def setup(exercise) -> str:
    """The source of the notebook's set-up cell, which runs before every answer."""
    return "".join(notebooks.cell_of(source_of(exercise), "setup")["source"])


def source_of(exercise) -> dict:
    """The notebook that holds an exercise and its solution."""
    return json.loads(notebooks.source(exercise.lesson.number).read_text(encoding="utf-8"))


def given(exercise) -> list[Answer]:
    """What the notebook itself defines and could be handed back: broken code, a reference, each as the answer.

    That is each function that takes the same arguments as one of the solution's, and each class where it has a class.
    """
    cells = [
        "".join(cell["source"])
        for cell in source_of(exercise)["cells"]
        if cell["cell_type"] == "code" and not cell["metadata"].get("nbgrader", {}).get("solution")
    ]
    defined = [node for cell in cells for node in _definitions(cell)]
    code = "\n\n\n".join(map(ast.unparse, defined))
    return [
        Answer(f"{node.name} as {wanted.name}", "what the notebook gives", f"{code}\n\n\n{wanted.name} = {node.name}\n")
        for wanted in _definitions(solution(exercise).code)
        for node in defined
        if _takes(node) == _takes(wanted)
    ]


def _definitions(code):
    """The functions and classes of a cell."""
    return [node for node in _parsed(code).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def _takes(node):
    """What has to agree for one definition to stand in for another: the names of a function's arguments."""
    return [argument.arg for argument in node.args.args] if isinstance(node, ast.FunctionDef) else ast.ClassDef


def read(kind, exercise) -> list[Answer]:
    """An exercise's right or wrong answers, sorted by name; kind is "right" or "wrong"."""
    return sorted([*_files(kind, exercise), *_edits(kind, exercise)], key=lambda answer: answer.name)


def _files(kind, exercise):
    edits = _edits_path(kind, exercise)
    for path in edits.parent.glob(f"{exercise.id}_*.py"):
        if path != edits:
            code = path.read_text(encoding="utf-8", errors="replace")
            yield _described(path.stem, _parsed(code), code)


def _edits_path(kind, exercise):
    return folders.answers(kind, exercise.lesson.folder) / f"{exercise.id}_edits.py"


def _edits(kind, exercise):
    path = _edits_path(kind, exercise)
    if not path.is_file():
        return
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (SyntaxError, ValueError) as error:
        yield Answer(path.stem, "", "", fault=f"{path.name} cannot be read: {error}")
        return
    right = {answer.name: answer for answer in [solution(exercise), *_files(RIGHT, exercise)]}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield _edit(node, right, exercise.id)


def _edit(node, right, id):
    """The answer that a class describes; `right` has the answers that it may edit, by name."""
    of, pairs = (_constants(node).get(name) for name in ("OF", "EDIT"))
    original, code, fault = right.get(f"{id}_{of}" if of else "solution"), "", ""
    try:
        if original is None:
            raise ValueError(f"OF = {of!r}, but there is no right answer of that name")
        code = edited(original.code, _pairs(pairs), original.name)
    except ValueError as error:
        fault = str(error)
    return _described(f"{id}_{node.name}", node, code, fault)


def _described(name, node, code, fault=""):
    """The answer whose docstring and MESSAGE stand in this module or class."""
    phrase = _constants(node).get("MESSAGE", "")
    return Answer(name, ast.get_docstring(node) or "", code, phrase if isinstance(phrase, str) else "", fault)


def _pairs(edit):
    """EDIT as a tuple of pairs."""
    pairs = (edit,) if isinstance(edit, tuple) and edit and isinstance(edit[0], str) else edit
    if not isinstance(pairs, tuple) or not pairs or not all(map(_is_pair, pairs)):
        raise ValueError(f"EDIT should be (old, new), or several such pairs; it is {edit!r}")
    return pairs


def _is_pair(pair):
    return isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)


def edited(code, pairs, name) -> str:
    """The code with each old text replaced by the new one.

    Args:
        code: of a right answer.
        pairs: of old and new text.
        name: of the right answer, for the error.

    Raises:
        ValueError: when an old text does not occur exactly once.
    """
    for old, new in pairs:
        if code.count(old) != 1:
            raise ValueError(f"EDIT: {old!r} should occur once in {name}, and occurs {code.count(old)} times")
        code = code.replace(old, new)
    return code


def _constants(node):
    """Dict from names to values, for what a module or class assigns and is a literal."""
    constants = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            with contextlib.suppress(ValueError):  # an expression
                constants[statement.targets[0].id] = ast.literal_eval(statement.value)
    return constants


def _parsed(code):
    """Its syntax tree; an empty one for what is no Python, of which the bench tells."""
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError):
        return ast.parse("")
