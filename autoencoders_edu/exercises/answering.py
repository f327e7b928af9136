"""The learner's side of a probe: carries out what a check asks of the notebook's names, and answers in bytes.

In a notebook it runs in the same process as the check; in the grader it runs in the worker, and the check elsewhere. It
knows no seed, no expected value and no exercise.
"""

import linecache
import traceback

from autoencoders_edu.exercises.messages import Ask, CallBack, Examine, Raised, Refused, Value, read, write
from autoencoders_edu.exercises.wire import Reference, Unfilled, WireError

MAX_TEXT = 2000
# Kinds of errors: nothing of that name, a `...` in the value, a value that cannot be sent, a stub, and all others.
MISSING, UNFILLED, UNREADABLE, NOT_ATTEMPTED, RAISED = "missing", "unfilled", "unreadable", "not attempted", "raised"


class Answering:
    """Answers requests about one namespace.

    Args:
        namespace: dict from names to the learner's objects.
        call_back: function from request bytes to reply bytes, through which a function of the check's is called.
        origin: function from a frame's file name to where learners find that code, such as "cell 3".
    """

    def __init__(self, namespace, call_back, origin=lambda filename: ""):
        self.namespace = namespace
        self.call_back = call_back
        self.origin = origin
        self.kept = []

    def __call__(self, request: bytes) -> bytes:
        """The bytes of a `Value` or of `Raised`."""
        asked = read(request, Ask, Examine)
        try:
            return write(Value(self.examine(asked) if isinstance(asked, Examine) else self.carry_out(asked)))
        except Unfilled:
            described = {"kind": UNFILLED, "message": ""}
        except WireError as error:
            described = {"kind": UNREADABLE, "message": str(error)}
        except _Missing as missing:
            described = {"kind": MISSING, "message": missing.args[0]}
        except BaseException as error:  # SystemExit and KeyboardInterrupt from the learner's code are answers, too
            described = describe_error(error, self.namespace, self.origin)
        return write(Raised(described))

    def carry_out(self, ask):
        target = self.target(ask.target)
        for attribute in filter(None, ask.attribute.split(".")):
            target = getattr(target, attribute)
        if ask.arguments is not None:
            arguments, options = ask.arguments
            target = target(
                *map(self.restore, arguments), **{name: self.restore(value) for name, value in options.items()}
            )
        return self.keep(target) if ask.keep else target

    def examine(self, asked):
        return getattr(Examination(self.target(asked.target)), asked.examine)(*asked.arguments)

    def target(self, target):
        if isinstance(target, Reference):
            return self.kept[target.number]
        if target not in self.namespace:
            raise _Missing(target)
        return self.namespace[target]

    def keep(self, value):
        self.kept.append(value)
        return Reference(len(self.kept) - 1)

    def restore(self, argument):
        """An argument as the learner's function gets it: a reference becomes a function that asks the check."""
        if not isinstance(argument, Reference):
            return argument

        def stand_in(*arguments):
            try:
                request = write(CallBack(argument.number, list(arguments)))
            except WireError as error:
                raise ValueError(f"The function that you were given does not take such arguments: {error}") from None
            reply = read(self.call_back(request), Value, Refused)
            if isinstance(reply, Refused):
                raise ValueError(f"The function that you were given could not work with these arguments: {reply.error}")
            return reply.value

        return stand_in


class Examination:
    """What can be found out about an object of the learner's, with the library's functions and Keras's own."""

    def __init__(self, target):
        self.target = target

    def gradients(self, inputs, weights):
        """The gradient of sum(weights * target(*inputs)) for each of the inputs, an array of its shape."""
        from autoencoders_edu._backend import keras
        from autoencoders_edu.gradients import gradients

        variables = [keras.Variable(value, dtype="float32") for value in inputs]

        def weighted_sum():
            tensors = [variable + 0 for variable in variables]  # a Keras variable has no length and cannot be stacked
            return keras.ops.sum(weights * self.target(*tensors))

        return gradients(weighted_sum, variables)

    def weights(self):
        """The values of a layer's or a model's weights, trainable or not, in Keras's order."""
        from autoencoders_edu._backend import keras

        if not isinstance(self.target, keras.layers.Layer):
            raise TypeError(f"expected a Keras layer or model, received a {type(self.target).__name__}")
        return [keras.ops.convert_to_numpy(weight) for weight in keras.layers.Layer.weights.fget(self.target)]


class _Missing(Exception):
    """The notebook defines no such name."""


def describe_error(error, namespace, origin=lambda filename: ""):
    """What a learner needs to know about an exception: its type, its message, and their own last line before it."""
    line = _own_line(error, namespace)
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    # A stub raises it itself. When a library does, it is an error like any other.
    unfinished = isinstance(error, NotImplementedError) and bool(frames) and frames[-1].f_globals is namespace
    described = {
        "kind": NOT_ATTEMPTED if unfinished else RAISED,
        "type": type(error).__name__[:MAX_TEXT],
        "message": _message(error),
    }
    if line is not None:
        described |= {"where": origin(line[0]), "line": line[1], "source": line[2]}
    return described


def _message(error):
    try:
        return str(error.msg if isinstance(error, SyntaxError) else error)[:MAX_TEXT]
    except Exception:  # a learner's own exception class may fail at this, too
        return "(no message)"


def _own_line(error, namespace):
    """(file name, line number, text) of the notebook's last line that the error passed through."""
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return str(error.filename), int(error.lineno), (error.text or "").strip()[:MAX_TEXT]
    own = [(f, number) for f, number in traceback.walk_tb(error.__traceback__) if f.f_globals is namespace]
    if not own:
        return None
    frame, number = own[-1]
    filename = frame.f_code.co_filename
    return filename, number, linecache.getline(filename, number).strip()[:MAX_TEXT]
