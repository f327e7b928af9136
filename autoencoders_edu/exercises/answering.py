"""The learner's side of a probe: carries out what a check asks of the notebook's names, and answers in bytes.

In a notebook it runs in the same process as the check; in the grader it runs in the worker, and the check elsewhere. It
knows no seed, no expected value and no exercise.
"""

import contextlib
import inspect

from autoencoders_edu.exercises.errors import CHANGED, MISSING, NOTHING, UNFILLED, UNREADABLE, describe_error
from autoencoders_edu.exercises.messages import Ask, CallBack, Examine, Raised, Refused, Value, read, write
from autoencoders_edu.exercises.wire import Reference, Unfilled, WireError, pack


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
        except _Unfit as unfit:
            described = unfit.described
        except BaseException as error:  # SystemExit and KeyboardInterrupt from the learner's code are answers, too
            described = describe_error(error, self.namespace, self.origin)
        return write(Raised(described))

    def carry_out(self, ask):
        target = self.target(ask.target)
        for attribute in filter(None, ask.attribute.split(".")):
            target = getattr(target, attribute)
        value = target if ask.arguments is None else self.called(target, ask)
        return self.keep(value) if ask.keep else value

    def called(self, target, ask):
        """The value of a call.

        Raises:
            _Unfit: when it changed its arguments, or when a function gave nothing; methods such as `compile` may.
        """
        arguments, options = ask.arguments
        given = {**dict(enumerate(arguments)), **options}
        before = {place: pack(argument) for place, argument in given.items()}
        value = target(*map(self.restore, arguments), **{name: self.restore(o) for name, o in options.items()})
        name = ask.attribute or (ask.target if isinstance(ask.target, str) else type(target).__name__)
        for place, argument in given.items():
            if not _is_packed_as(argument, before[place]):
                raise _Unfit(CHANGED, name, _parameter(target, place))
        if value is None and not ask.attribute:
            raise _Unfit(NOTHING, name)
        return value

    def examine(self, asked):
        return getattr(Examination(self.target(asked.target)), asked.examine)(*asked.arguments)

    def target(self, target):
        if isinstance(target, Reference):
            return self.kept[target.number]
        if target not in self.namespace:
            raise _Unfit(MISSING, target)
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


class _Unfit(Exception):
    """There is no value to send, though no code raised: the kind of error, and the names that it is about."""

    def __init__(self, kind, name, argument=""):
        super().__init__(name)
        self.described = {"kind": kind, "message": name, "argument": argument}


def _is_packed_as(argument, before):
    try:
        return pack(argument) == before
    except WireError:  # the learner's code put something into a list that cannot even be sent
        return False


def _parameter(function, place):
    """The name of the argument at this place, a number or a name already; "" if it has none."""
    if isinstance(place, str):
        return place
    with contextlib.suppress(Exception):  # what is called may be anything of the learner's
        return list(inspect.signature(function).parameters)[place]
    return ""
