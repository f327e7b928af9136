"""Expectations that explain themselves, and the exceptions that end a check early."""

import numpy as np

ROUNDING = 1e-5  # how far, relatively, an answer may be from that of a mistaken rule which it follows


class Failed(Exception):
    """The answer is wrong; the message tells the learner what was received, what was expected, and why."""


class NotAttempted(Exception):
    """There is nothing to judge yet. `missing` is the name that was looked for, if that is the reason."""

    def __init__(self, message, missing=None):
        super().__init__(message)
        self.missing = missing


class LearnerError(Exception):
    """The learner's code raised.

    Args:
        described: dict of strings with type, message, and where known: where, line, source, hint.
    """

    def __init__(self, described):
        self.described = described
        place = ""
        if "line" in described:
            cell = f"{described['where']}, " if described.get("where") else ""
            place = f"\n  {cell}line {described['line']}: {described.get('source', '')}"
        raised = f"{described.get('type', 'an error')}: {described.get('message', '')}"
        super().__init__(f"Your code raised {raised}{place}")
        if described.get("hint"):
            self.add_note(described["hint"])  # apart from the text, which checks quote beside a diagnosis of their own


def in_full(error) -> str:
    """An exception's text and, below it, the notes that it carries."""
    return "\n".join([str(error), *getattr(error, "__notes__", ())])


class ProbeLost(Exception):
    """The learner's process can no longer be asked: it ended, hung, or answered nonsense. Checks let this pass."""


def expect(condition, message):
    """Raises `Failed` with the message unless the condition holds."""
    if not condition:
        raise Failed(message)


def expect_word(value, words, what):
    """`Failed` unless the value is one of these words; `what` begins the sentence: "f should return"."""
    if not isinstance(value, str) or value not in words:
        raise Failed(f"{what} one of {', '.join(map(repr, words))}. Received: {brief(value)}.")


def expect_keys(answer, keys, name):
    """`Failed` unless the answer is a dict with at least these keys."""
    missing = [key for key in keys if not isinstance(answer, dict) or key not in answer]
    if missing:
        raise Failed(f"{name} should be a dict; it lacks {', '.join(map(repr, missing))}. Received: {brief(answer)}.")


def expect_number(value, what):
    """The value as a float, or `Failed`: one finite number was expected."""
    array = None if isinstance(value, (list, tuple)) else as_numbers(value)
    if array is None or array.size != 1 or not np.isfinite(array).all():
        raise Failed(f"{what} should be one finite number. Received: {brief(value)}.")
    return float(array.reshape(()))


def expect_array(value, shape, what):
    """The value as an array of finite numbers of this shape, or `Failed`."""
    array = as_numbers(value)
    if array is None:
        raise Failed(f"{what} should be an array of shape {shape}. Received: {brief(value)}.")
    if array.shape != tuple(shape):
        raise Failed(f"{what} should have shape {tuple(shape)}. Received: {brief(value)}.")
    if not np.isfinite(array).all():
        raise Failed(f"{what} should be finite everywhere. Received: {brief(value)}.")
    return array


def expect_finite(value, message):
    """`Failed` with this message if infinity or nan is among the numbers; what is not made of numbers passes."""
    array = as_numbers(value)
    expect(array is None or np.isfinite(array).all(), message)


def expect_close(value, expected, because, what="The result", mistakes=None, rtol=1e-3, atol=1e-5):
    """The value as an array close to the expected one, or `Failed`, naming the mistake that gives this value.

    Args:
        value: what was received: a number or an array.
        expected: what it should be, of the same shape.
        because: a sentence with the equation and its source.
        what: the value's name, at the start of a sentence.
        mistakes: dict from a message to the value that this misconception produces. The first that fits is named.
        rtol, atol: tolerances, as in `numpy.allclose`; by default they allow for float32 on one side.
    """
    expected = np.asarray(expected, float)
    for message, mistaken in (mistakes or {}).items():
        if fits(value, mistaken, rtol, atol) and not fits(expected, mistaken, rtol, atol):
            raise Failed(f"{message}\n{because}\nReceived {brief(value)}, expected {brief(expected)}.")
    array = expect_array(value, expected.shape, what)
    if not np.allclose(array, expected, rtol, atol):
        raise Failed(
            f"{what} is not what it should be. {because}\nReceived {brief(value)}, expected {brief(expected)}."
        )
    return array


def expect_rule(answers, expected, cases, mistakes, otherwise, example=None, rtol=0.0, atol=0.0):
    """`Failed` unless the answers to several cases are as expected, naming the mistaken rule that gives all of them.

    Where a single answer can be right by luck (a count, a word, one of several sizes), a rule shows over many.

    Args:
        answers: what was received for each case: a number, a word or an array.
        expected: the right answers, in the same order.
        cases: for each, the tuple of values from which a rule makes its answer: rule(*case).
        mistakes: dict from a message to a mistaken rule, or pairs of them where rules share a message. The first rule
            that gives every answer, but not every right one, is named.
        otherwise: the message when no rule does, or a function that makes it.
        example: function from (case, answer, expected) of the first wrong case to the text below the message.
        rtol, atol: how far numbers may be from those expected, as in `numpy.allclose`.
    """
    given = list(zip(cases, answers, expected, strict=True))
    wrong = next((each for each in given if not _equal(*each[1:], rtol, atol)), None)
    if wrong is None:
        return
    message = _named_rule(answers, expected, cases, mistakes, max(rtol, ROUNDING), atol)
    message = message or (otherwise() if callable(otherwise) else otherwise)
    raise Failed("\n".join(filter(None, [message, example(*wrong) if example else ""])))


def _named_rule(answers, expected, cases, mistakes, rtol, atol):
    """The message of the first rule that gives these answers; None if none does, or if it is right in every case."""
    # Few rules give a wrong answer: asked about it first, most rules need not be asked about the other cases.
    order = sorted(range(len(cases)), key=lambda i: _equal(answers[i], expected[i], rtol, atol))

    def gives(rule, values):
        return all(_equal(values[i], rule(*cases[i]), rtol, atol) for i in order)

    for message, rule in mistakes.items() if isinstance(mistakes, dict) else mistakes:
        if gives(rule, answers) and not gives(rule, expected):
            return message
    return None


def _equal(answer, other, rtol, atol):
    return answer == other if isinstance(answer, str) else fits(answer, other, rtol, atol)


def fits(value, other, rtol=1e-4, atol=1e-6):
    """Whether two values are arrays of numbers, of one shape and equal to rounding; one may be of single precision."""
    array, other = as_numbers(value), as_numbers(other)
    return (
        array is not None and other is not None and array.shape == other.shape and np.allclose(array, other, rtol, atol)
    )


def as_numbers(value):
    """The value as an array of floats; None if it is not made of numbers, as which NumPy would read "1.5" and None."""
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def brief(value):
    """A value in a few words: numbers as they are, arrays by shape and first entries."""
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, (np.ndarray, np.generic)):
        entries = ", ".join(f"{entry:.4g}" for entry in np.ravel(value)[:4])
        if np.ndim(value) == 0:
            return entries
        return f"an array of shape {np.shape(value)}: {entries}{', ...' if np.size(value) > 4 else ''}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, (list, tuple, dict)):
        return f"a {type(value).__name__} of {len(value)}: {_short(repr(value))}"
    return _short(repr(value))


def _short(text, length=80):
    return text if len(text) <= length else text[: length - 6] + " [...]"
