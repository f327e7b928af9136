"""The check's side of a probe: arrays in, arrays out, wherever the learner's code runs."""

import numpy as np

from autoencoders_edu.exercises.answering import Answering
from autoencoders_edu.exercises.errors import (
    CHANGED,
    MAX_TEXT,
    MISSING,
    NOT_ATTEMPTED,
    NOTHING,
    STUB_LEFT,
    UNFILLED,
    UNREADABLE,
)
from autoencoders_edu.exercises.expect import Failed, LearnerError, NotAttempted
from autoencoders_edu.exercises.messages import Ask, CallBack, Examine, Raised, Refused, Value, read, write
from autoencoders_edu.exercises.wire import Reference, WireError

# What a check has to work with is limited: numbers in all that one probe receives, of them in one call of a function of
# the check's, and such calls.
MOST_NUMBERS, MOST_IN_A_CALL, MOST_CALLS = 5 * 10**6, 10**6, 10**4


class Probe:
    """What a check sees of a learner's work.

    Args:
        ask: function from request bytes to reply bytes. A reply may be a call back, which is answered through `ask`
            again before the real reply comes.
        seed: whatever `numpy.random.default_rng` takes; it makes the inputs that the learner does not know.

    Attributes:
        rng: the check's random numbers.
        waiting: whether a question is open: after a check that ended in the midst of one, the answer is still to come.
    """

    def __init__(self, ask, seed):
        self.rng = np.random.default_rng(seed)
        self._ask = ask
        self._functions = []
        self._numbers = self._calls = 0
        self.waiting = False

    def call(self, name, *arguments, **options):
        """The value of name(*arguments, **options), evaluated on the learner's side.

        Functions among the arguments stay here: the learner's code gets stand-ins that call them with arrays.

        Raises:
            NotAttempted: when the name is missing or its code is still the stub.
            LearnerError: when the learner's code raises.
        """
        return self._request(name, "", (arguments, options))

    def get(self, name):
        """The value of a variable; raises as `call` does."""
        return self._request(name, "", None)

    def make(self, name, *arguments, **options):
        """Like `call`, but the result stays on the learner's side: a `Remote` to ask further."""
        return Remote(self, self._request(name, "", (arguments, options), keep=True), f"{name}(...)")

    def remote(self, name):
        """A variable's object as a `Remote`."""
        return Remote(self, self._request(name, "", None, keep=True), name)

    def gradients(self, name, inputs, weights):
        """The gradient of sum(weights * name(*inputs)) for each of the inputs, as the learner's side finds it.

        Args:
            name: of a function that computes with Keras.
            inputs: list of arrays, or of what Keras can turn into one.
            weights: an array that can be multiplied with the function's output.

        Returns:
            A list of arrays, each of its input's shape; raises as `call` does.
        """
        return self._carried_out(Examine("gradients", name, [list(inputs), weights]))

    def _request(self, target, attribute, arguments, keep=False):
        return self._carried_out(Ask(target, attribute, self._prepared(arguments), keep))

    def _carried_out(self, asked):
        question = write(asked)
        self.waiting = True
        reply = self._ask_for(question)
        while isinstance(reply, CallBack):
            reply = self._ask_for(self._call_back(reply))
        self.waiting = False
        if isinstance(reply, Raised):
            raise error_from(reply.error)
        self._count(reply.value)
        return reply.value

    def _ask_for(self, request):
        try:
            return read(self._ask(request), Value, Raised, CallBack)
        except WireError as error:
            raise Failed(f"The answer could not be read: it consists of {error}.") from None

    def _count(self, received, calls=0):
        self._numbers += _numbers(received)
        self._calls += calls
        if self._numbers > MOST_NUMBERS:
            raise Failed(f"Your code sent more than {MOST_NUMBERS:,} numbers to one check. Return what is asked for.")
        if self._calls > MOST_CALLS:
            raise Failed(f"Your code called the functions that it was given more than {MOST_CALLS:,} times.")

    def _prepared(self, arguments):
        if arguments is None:
            return None
        positional, options = arguments
        return [self._shared(a) for a in positional], {name: self._shared(a) for name, a in options.items()}

    def _shared(self, argument):
        if not callable(argument):
            return argument
        self._functions.append(argument)
        return Reference(len(self._functions) - 1)

    def _call_back(self, wanted):
        """The bytes of the value of a check's function, called with what the learner's code passed."""
        if wanted.callback not in range(len(self._functions)):
            raise Failed("The answer could not be read: it calls a function that the check did not pass.")
        too_many = _numbers(wanted.arguments) > MOST_IN_A_CALL
        self._count(0 if too_many else wanted.arguments, calls=1)
        try:
            if too_many:
                raise ValueError(f"at most {MOST_IN_A_CALL} numbers at a time, please")
            return write(Value(self._functions[wanted.callback](*wanted.arguments)))
        except Exception as error:  # the learner's code passed something unsuitable, and is told so
            return write(Refused(f"{type(error).__name__}: {error}"))


class Remote:
    """An object of the learner's that a check may question: methods by `call`, attributes by `get`, both by name."""

    def __init__(self, probe, reference, description):
        self._probe = probe
        self._reference = reference
        self.description = description

    def call(self, method, *arguments, **options):
        """The value of object.method(*arguments, **options); method "" calls the object itself."""
        return self._probe._request(self._reference, method, (arguments, options))

    def make(self, method, *arguments, **options):
        """Like `call`, but the result stays on the learner's side: a `Remote` to ask further."""
        result = self._probe._request(self._reference, method, (arguments, options), keep=True)
        return Remote(self._probe, result, f"{self.description}.{method}(...)")

    def get(self, attribute):
        """The value of an attribute, which may be dotted."""
        return self._probe._request(self._reference, attribute, None)

    @property
    def kind(self):
        """The name of its class, cut to a readable length."""
        name = self.get("__class__.__name__")
        return name[:80] if isinstance(name, str) else "object"

    def weights(self):
        """The values of a layer's or a model's weights, as Keras itself knows them: a list of arrays."""
        return self._probe._carried_out(Examine("weights", self._reference, []))


def _numbers(value):
    """How many numbers a value holds, at least 1; eight characters of a text count as one.

    An axis of length 0 counts as 1: functions may loop over the others.
    """
    if isinstance(value, np.ndarray):
        return int(np.prod(np.maximum(value.shape, 1), dtype=float))
    if isinstance(value, str):
        return 1 + len(value) // 8
    if isinstance(value, dict):
        return 1 + sum(_numbers(key) + _numbers(item) for key, item in value.items())
    return 1 + sum(map(_numbers, value)) if isinstance(value, (list, tuple)) else 1


WITHOUT_VALUE = {
    MISSING: (NotAttempted, "There is no `{}` yet: no cell that was run defines it."),
    NOT_ATTEMPTED: (
        NotAttempted,
        "The code is still the stub. Write yours in its place, run the cell, and check again.",
    ),
    STUB_LEFT: (
        NotAttempted,
        "`{}` still has the stub's line `raise NotImplementedError()`, and ends there. Remove that line, run the cell, "
        "and check again.",
    ),
    UNFILLED: (
        NotAttempted,
        "There is still a `...` in your answer. Put a value in its place and check again.",
    ),
    UNREADABLE: (Failed, "Your code returned {}."),
    CHANGED: (
        Failed,
        "`{}` changes {} in place: its caller finds other values there afterwards. Leave what you are given as "
        "it is: `x = x - y` makes a new array where `x -= y` changes the old one; `x = x.copy()` makes one to work on.",
    ),
    NOTHING: (Failed, "`{}` returned None: is a `return` missing? What is only printed is not returned."),
}


def error_from(described):
    """The exception for an error as the learner's side describes it. Nothing in the description is trusted."""
    known = described if isinstance(described, dict) else {}
    parts = {key: known.get(key) for key in ("kind", "type", "message", "argument", "where", "line", "source", "hint")}
    text = {key: str(part)[:MAX_TEXT] for key, part in parts.items() if isinstance(part, (str, int))}
    kind, message = text.get("kind"), text.get("message", "")
    if kind not in WITHOUT_VALUE:
        return LearnerError(text)
    argument = f"its argument `{text['argument']}`" if text.get("argument") else "what it is given"
    exception, told = WITHOUT_VALUE[kind]
    error = exception(told.format(message, argument))
    if kind == MISSING:
        error.missing = message
    return error


def local_probe(namespace, seed) -> Probe:
    """A probe of names in this process, such as those of a running notebook. Values are packed as in the grader."""
    probe = Probe(lambda request: answering(request), seed)

    def call_back(request):
        return probe._call_back(read(request, CallBack))

    answering = Answering(namespace, call_back)
    return probe
