"""What learners are told about an exception of their code: its cause, their own line, and often what to do."""

import ast
import dis
import linecache
import os
import re
import textwrap

from autoencoders_edu.exercises.habits import advice

MAX_TEXT = 2000
MOST_READ = 50 * MAX_TEXT  # of a message: TensorFlow lists a notebook's hundred frames before it comes to the cause
# Kinds of errors: nothing of that name, a `...` in the value, a value that cannot be sent, arguments changed in place,
# no value at all, a stub, a stub's last line below an answer, and all others.
MISSING, UNFILLED, UNREADABLE, CHANGED, NOTHING = "missing", "unfilled", "unreadable", "changed", "nothing"
NOT_ATTEMPTED, STUB_LEFT, RAISED = "not attempted", "stub left", "raised"

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")  # for a terminal: colours, bold
FRAME = re.compile(r'^[ \t]+File "(.*)", line (\d+), in .*\n(?:(?![ \t]+File ")[ \t]+\S.*\n)?', re.MULTILINE)
# What frameworks put around a cause.
WRAPPING = re.compile(
    r"^(?:in user code:|Graph execution error:|Detected at node .* defined at \(most recent call last\):"
    r"|<stack traces unavailable>|[ \t]*\[\[\{\{node .*)$|\{\{function_node \S+\}\} | ?\[Op:\w+\](?: name: ?)?",
    re.MULTILINE,
)
KERAS = re.compile(r"Exception encountered when calling (\S+)\.\n(.*?)(?:\n(Arguments received by .*))?$", re.DOTALL)
INSTALLED = re.compile(r"(?<![^\s'\"])[^\s'\"]*/(?:site-packages|lib/python[\d.]+|autoencoders_edu)/")


def describe_error(error, namespace, origin=lambda filename: ""):
    """What a learner needs to know about an exception.

    Args:
        error: the exception.
        namespace: dict from names to the learner's objects; code belongs to the learner if it runs in it.
        origin: function from a frame's file name to where learners find that code, such as "cell 3".

    Returns:
        Dict of strings: kind, type, message (of STUB_LEFT: the function's name), and where they apply: where, line,
        source (the learner's last line before the error) and hint.
    """
    steps = _steps(error)
    text = _text(error)
    described = {"kind": RAISED, "type": type(error).__name__[:MAX_TEXT], "message": _cause(error, text)[:MAX_TEXT]}
    if isinstance(error, NotImplementedError) and steps and _raises_itself(steps[-1], namespace):
        name = _unfinished_answer(steps[-1].tb_frame.f_code)
        described |= {"kind": STUB_LEFT, "message": name} if name else {"kind": NOT_ATTEMPTED}
    line = _own_line(error, steps, namespace) or _line_in(text)
    if line is not None:
        described |= {"where": origin(line[0]), "line": line[1], "source": line[2]}
    hint = advice(described["type"], described["message"], described.get("source", ""))
    return described | ({"hint": hint} if hint else {})


def _steps(error):
    """The links of its traceback, from the outermost call to where it was raised."""
    steps, step = [], error.__traceback__
    while step is not None:
        steps.append(step)
        step = step.tb_next
    return steps


def _text(error):
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except Exception:  # a learner's own exception class may fail at this, too
        return "(no message)"
    return ESCAPES.sub("", text[:MOST_READ])


def _cause(error, text):
    """The message without what surrounds it: other code's lines, names of operations, folders of the installation."""
    text = INSTALLED.sub("", WRAPPING.sub("", FRAME.sub("", text)))
    text = re.sub(r"\n\s*\n", "\n", textwrap.dedent(text).strip())
    if found := KERAS.match(text):
        layer, cause, arguments = found.groups()
        text = "\n".join(filter(None, [f"{cause} (in {layer})", arguments]))
    return text.removeprefix(f"{type(error).__name__}: ")


def _raises_itself(step, namespace):
    """Whether the learner's code raised here; libraries may remove their own links from a traceback."""
    raised = step.tb_frame.f_code.co_code[step.tb_lasti] == dis.opmap["RAISE_VARARGS"]
    return raised and step.tb_frame.f_globals is namespace


def _unfinished_answer(code):
    """The name of the function that this code is of, if more than a stub is in its body; else ""."""
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    for end in range(1, len(lines) + 1):
        if end == len(lines) or (lines[end].strip() and _indent(lines[end]) <= _indent(lines[0])):
            function = _function(textwrap.dedent("".join(lines[:end])))
            if function is not None:
                is_more = len(function.body) - (ast.get_docstring(function) is not None) > 1
                return function.name if is_more else ""
    return ""


def _indent(line):
    return len(line) - len(line.lstrip())


def _function(source):
    """The function that this is the source of; None if it is no function, or not the whole of it."""
    try:
        (node,) = ast.parse(source).body
    except (SyntaxError, ValueError):
        return None
    return node if isinstance(node, ast.FunctionDef) else None


def _own_line(error, steps, namespace):
    """(file name, line number, text) of the notebook's last line that the error passed through."""
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return str(error.filename), int(error.lineno), (error.text or "").strip()[:MAX_TEXT]
    own = [step for step in steps if step.tb_frame.f_globals is namespace]
    if not own:
        return None
    filename, number = own[-1].tb_frame.f_code.co_filename, own[-1].tb_lineno
    return filename, number, linecache.getline(filename, number).strip()[:MAX_TEXT]


def _line_in(text):
    """The same, of the last frame in a message of TensorFlow's that is a cell's: no file, and yet with a source."""
    for filename, number in reversed(FRAME.findall(text)):
        source = linecache.getline(filename, int(number)).strip()
        if source and not os.path.exists(filename):
            return filename, int(number), source[:MAX_TEXT]
    return None
