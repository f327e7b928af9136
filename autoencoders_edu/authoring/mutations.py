"""Small changes of an answer, one at a time: what a slip of the pen or a half-understood formula would make of it.

Code is changed as a syntax tree, so comments and layout do not count. What is handed out with the stub is left alone:
imports, signatures with their defaults, docstrings; so are texts, which only say things.
"""

import ast
import copy
import difflib
import hashlib
from dataclasses import dataclass

OTHER_OPERATORS = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
ORDERED = (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv, ast.Mod)
# Left alone, as nothing but the form of a value or a message hangs on them.
CONVERSIONS = {
    "array",
    "asarray",
    "ascontiguousarray",
    "astype",
    "cast",
    "convert_to_numpy",
    "convert_to_tensor",
    "float",
}
CONVERSIONS |= {"float32", "float64", "int", "item", "list", "print", "tolist", "tuple"}
IDLE_KEYWORDS = {"copy", "dtype", "name", "strict", "verbose"}
LEFT_ALONE = (ast.arguments, ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Raise, ast.Assert, ast.Global, ast.Nonlocal)


@dataclass(frozen=True)
class Mutation:
    """A changed answer.

    Attributes:
        of: the name of the answer.
        code: as it is after the change.
        difference: the lines that differ, those of the answer with "-", those that came in their place with "+".
    """

    of: str
    code: str
    difference: str

    @property
    def digest(self):
        """The same for the same code, whichever answer it was made from."""
        return digest(self.code)


def digest(code) -> str:
    """Twelve characters that stand for some code."""
    return hashlib.sha256(code.encode()).hexdigest()[:12]


def mutations(name, code):
    """Yields each `Mutation` of an answer, no two with the same code."""
    original = without_docstrings(code)
    tree = ast.parse(original)
    seen = {original}
    for put, node in _places(tree):
        for other in _others(node):
            put(other)
            changed = ast.unparse(tree)
            if changed not in seen:
                seen.add(changed)
                yield Mutation(name, changed, _difference(original, changed))
        put(node)


def without_docstrings(code) -> str:
    """The code as Python itself would write it, without comments and docstrings."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _difference(original, changed):
    lines = difflib.unified_diff(original.splitlines(), changed.splitlines(), n=0, lineterm="")
    return "\n".join(f"{line[0]} {line[1:].strip()}" for line in list(lines)[2:] if not line.startswith("@@"))


def _places(node):
    """Yields each node below this one, with the function that puts another in its place."""
    for name, value in ast.iter_fields(node):
        if isinstance(value, list):
            children = [(_putter(value, index), child) for index, child in enumerate(value)]
        else:
            children = [(_setter(node, name), value)]
        for put, child in children:
            if isinstance(child, ast.AST) and not _is_left_alone(node, name, child):
                yield put, child
                yield from _places(child)


def _setter(node, name):
    return lambda other: setattr(node, name, other)


def _putter(items, index):
    return lambda other: items.__setitem__(index, other)


def _is_left_alone(parent, field, child):
    is_print = isinstance(child, ast.Expr) and ast.unparse(child).startswith("print(")
    is_idle = isinstance(child, ast.keyword) and child.arg in IDLE_KEYWORDS
    is_outside = field in ("decorator_list", "annotation", "bases", "returns")
    return isinstance(child, LEFT_ALONE) or is_print or is_idle or is_outside


def _others(node):
    """What may stand in a node's place."""
    if isinstance(node, ast.stmt):
        yield from _other_statements(node)
    if type(node) in OTHER_OPERATORS:
        yield from (kind() for kind in OTHER_OPERATORS[type(node)])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ORDERED):
        yield ast.BinOp(node.right, node.op, node.left)
    if isinstance(node, ast.UnaryOp):
        yield node.operand
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    if isinstance(node, ast.Constant):
        yield from map(ast.Constant, _other_values(node.value))
    if isinstance(node, ast.Call):
        yield from _other_calls(node)


def _other_statements(node):
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.For | ast.While | ast.If | ast.With):
        yield ast.Pass()
    if isinstance(node, ast.If):
        yield from (_with(node, test=ast.Constant(value)) for value in (True, False))
    if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp | ast.Call | ast.Name | ast.Subscript):
        yield ast.Return(ast.UnaryOp(ast.USub(), node.value))


def _other_values(value):
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1, value - 1)
    if isinstance(value, float):
        return (2 * value, value / 2) if value else (1.0,)
    return ()


def _other_calls(call):
    """The call without one of its keywords, with two neighbouring arguments exchanged, and its first argument alone."""
    for index, keyword in enumerate(call.keywords):
        if keyword.arg not in IDLE_KEYWORDS:
            yield _with(call, keywords=call.keywords[:index] + call.keywords[index + 1 :])
    for index in range(len(call.args) - 1):
        first, second = call.args[index : index + 2]
        yield _with(call, args=[*call.args[:index], second, first, *call.args[index + 2 :]])
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if call.args and not isinstance(call.args[0], ast.Starred) and called not in CONVERSIONS:
        yield call.args[0]


def _with(node, **fields):
    """A shallow copy of a node with some fields changed."""
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other
