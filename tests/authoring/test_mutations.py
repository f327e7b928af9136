"""Changes of an answer: one at a time, each of them code, and only in what a learner writes."""

import ast

import pytest

from autoencoders_edu.authoring.mutations import mutations


def changed(body, signature="x, y=1"):
    """The bodies of a function's mutants."""
    code = f"def f({signature}):\n    {body}\n"
    made = list(mutations("f", code))
    for mutant in made:
        ast.parse(mutant.code)
    return {ast.unparse(ast.parse(mutant.code).body[0].body) for mutant in made}


CHANGES = {
    "an operator": ("return x + 2.5", "return x - 2.5"),
    "a product": ("return x * y", "return x / y"),
    "a power": ("return x ** 2", "return x * 2"),
    "sides exchanged": ("return x - y", "return y - x"),
    "a comparison": ("return x < y", "return x <= y"),
    "a comparison turned round": ("return x < y", "return x > y"),
    "a logical operator": ("return x and y", "return x or y"),
    "an axis": ("return np.sum(x, axis=1)", "return np.sum(x, axis=2)"),
    "an axis from the end": ("return np.sum(x, axis=-1)", "return np.sum(x, axis=-2)"),
    "a whole number": ("return x[0]", "return x[1]"),
    "a number": ("return 0.5 * x", "return 1.0 * x"),
    "a truth value": ("return f(x, keepdims=True)", "return f(x, keepdims=False)"),
    "a sign that is lost": ("return [-x]", "return [x]"),
    "a sign that is added": ("return np.sum(x)", "return -np.sum(x)"),
    "arguments exchanged": ("return f(x, y, z)", "return f(x, z, y)"),
    "a keyword left out": ("return f(x, a=1, b=y)", "return f(x, a=1)"),
    "a function left out": ("return y + np.exp(x)", "return y + x"),
    "a line left out": ("x = y\n    return x", "pass\nreturn x"),
    "an assignment's operator": ("x += y", "x -= y"),
    "a condition that holds": ("if x:\n        y = 1", "if True:\n    y = 1"),
    "a branch": ("return x if y else z", "return z"),
}


@pytest.mark.parametrize(("body", "other"), CHANGES.values(), ids=CHANGES)
def test_each_kind_of_change_is_made(body, other):
    assert other in changed(body)


UNTOUCHED = {
    "a docstring": '"""x + 1."""',
    "a text": "return 'a' 'b'",
    "an import": "from a import b",
    "a message": "raise ValueError(1 + 1)",
    "what is printed": "print(x + 1)",
    "the form of a value": "return [float(x), np.asarray(x, dtype=float), zip(x, strict=True)]",
}


@pytest.mark.parametrize("body", UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_only_says_something_is_left_alone(body):
    assert not changed(body) - {"return [float(x), np.asarray(x, dtype=float), x]"}


def test_signatures_bases_and_decorators_are_left_alone():
    code = "@a(1)\nclass A(B(2)):\n    def f(self, x: c(3)=4, *, y=-5) -> d(6):\n        pass\n"
    assert list(mutations("f", code)) == []


def test_no_two_mutants_are_the_same_and_none_is_the_answer():
    code = "def f(x):\n    y = x * 1 + x * 1\n    return (y - 1) - 1\n"
    made = [mutant.code for mutant in mutations("f", code)]
    assert len(set(made)) == len(made) > 10
    assert ast.unparse(ast.parse(code)) not in made


def test_each_mutant_differs_in_one_place():
    code = "def f(x):\n    y = x + 1\n    return y * 2\n"
    for mutant in mutations("f", code):
        assert len(mutant.difference.splitlines()) == 2


def test_a_mutant_says_where_it_comes_from():
    mutant = next(m for m in mutations("01.1_adds", "def f(x):\n    return x + 2.5\n") if "x - 2" in m.code)
    assert (mutant.of, mutant.difference) == ("01.1_adds", "- return x + 2.5\n+ return x - 2.5")


def test_the_same_code_has_the_same_digest_whatever_it_was_made_from():
    (minus,) = (m for m in mutations("a", "x = a + b") if m.code == "x = a - b")
    (again,) = (m for m in mutations("b", '"""Doc."""\nx = b - a  # or so') if m.code == "x = a - b")
    assert minus.digest == again.digest
    assert len({m.digest for m in mutations("a", "x = a + b")}) == len(list(mutations("a", "x = a + b")))
