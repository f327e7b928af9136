"""The check's side of a probe: arrays in, arrays out, wherever the learner's code runs."""

import math

import numpy as np

from autoencoders_edu.exercises.answering import MISSING, NOT_ATTEMPTED, UNFILLED, UNREADABLE, Answering
from autoencoders_edu.exercises.expect import Failed, LearnerError, NotAttempted
from autoencoders_edu.exercises.messages import Ask, CallBack, Raised, Refused, Value, read, write
from autoencoders_edu.exercises.wire import Reference, WireError

MOST_NUMBERS = 10**6  # in the arguments of one call of a function of the check's


class Probe:
    """What a check sees of a learner's work.

    Args:
        ask: function from request bytes to reply bytes. A reply may be a call back, which is answered through `ask`
            again before the real reply comes.
        seed: whatever `numpy.random.default_rng` takes; it makes the inputs that the learner does not know.

    Attributes:
        rng: the check's random numbers.
    """

    def __init__(self, ask, seed):
        self.rng = np.random.default_rng(seed)
        self._ask = ask
        self._functions = []

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

    def _request(self, target, attribute, arguments, keep=False):
        reply = self._ask_for(write(Ask(target, attribute, self._prepared(arguments), keep)))
        while isinstance(reply, CallBack):
            reply = self._ask_for(self._call_back(reply))
        if isinstance(reply, Raised):
            raise error_from(reply.error)
        return reply.value

    def _ask_for(self, request):
        try:
            return read(self._ask(request), Value, Raised, CallBack)
        except WireError as error:
            raise Failed(f"The answer could not be read: it consists of {error}.") from None

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
        try:
            if sum(map(_numbers, wanted.arguments)) > MOST_NUMBERS:
                raise ValueError(f"at most {MOST_NUMBERS} numbers at a time, please")
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
        return str(self.get("__class__.__name__"))[:80]


def _numbers(argument):
    """How many numbers an argument holds. An axis of length 0 counts as 1: functions may loop over the others."""
    return math.prod(max(1, length) for length in np.shape(argument))


def error_from(described):
    """The exception for an error as the learner's side describes it. Nothing in the description is trusted."""
    text = {key: str(value)[:2000] for key, value in described.items()} if isinstance(described, dict) else {}
    kind, message = text.get("kind"), text.get("message", "")
    if kind == MISSING:
        return NotAttempted(f"There is no `{message}` yet: no cell that was run defines it.", missing=message)
    if kind == NOT_ATTEMPTED:
        return NotAttempted("The code is still the stub. Write yours in its place, run the cell, and check again.")
    if kind == UNFILLED:
        return NotAttempted("There is still a `...` in your answer. Put a value in its place and check again.")
    if kind == UNREADABLE:
        return Failed(f"Your code returned {message}.")
    return LearnerError(text)


def local_probe(namespace, seed) -> Probe:
    """A probe of names in this process, such as those of a running notebook. Values are packed as in the grader."""
    probe = Probe(lambda request: answering(request), seed)

    def call_back(request):
        return probe._call_back(read(request, CallBack))

    answering = Answering(namespace, call_back)
    return probe
