"""What a check and the learner's side say to each other, and how a message becomes bytes and is read again.

    check                                                   learner's side
    Ask, or Examine: a value, please             ->
                                                 <-  CallBack: a value of the function that you passed, please
    Value, or Refused                            ->
                                                 <-  Value, or Raised

A message is a dataclass: its fields' names go over the wire, and what comes back has to have them, with these types.
"""

import functools
import typing
from dataclasses import dataclass

from autoencoders_edu.exercises.wire import Reference, WireError, pack, unpack


@dataclass(frozen=True)
class Ask:
    """The value of target.attribute(*arguments, **options), or of target.attribute itself.

    Attributes:
        target: a name of the notebook's, or a `Reference` to an object that stayed there.
        attribute: may be dotted; "" means the target itself.
        arguments: (list, dict) to call it with; None: it is not called.
        keep: leaves the value on the learner's side and answers with a `Reference` to it.
    """

    target: str | Reference
    attribute: str = ""
    arguments: tuple | None = None
    keep: bool = False


@dataclass(frozen=True)
class Examine:
    """What the learner's side finds out about a target with code of its own, whatever names the notebook has replaced.

    Attributes:
        examine: the name of a method of `answering.Examination`.
        target: as in `Ask`.
        arguments: to call that method with.
    """

    examine: str
    target: str | Reference
    arguments: list


@dataclass(frozen=True)
class Value:
    """The answer to `Ask`, `Examine` and `CallBack`."""

    value: object


@dataclass(frozen=True)
class Raised:
    """There is no value: an error on the learner's side, as `answering.describe_error` describes it."""

    error: dict


@dataclass(frozen=True)
class CallBack:
    """A function that the check passed is called: its number, and the arguments."""

    callback: int
    arguments: list


@dataclass(frozen=True)
class Refused:
    """The check's function could not work with these arguments, and why."""

    error: str


def write(message) -> bytes:
    """The bytes of a message; raises `WireError` for values that cannot be sent."""
    return pack(vars(message))


def read(data: bytes, *kinds):
    """The message that these bytes are, which has to be of one of these kinds.

    Raises:
        WireError: for anything else.
    """
    content = unpack(data)
    for kind in kinds if isinstance(content, dict) else ():
        types = _types(kind)
        if content.keys() == types.keys() and all(isinstance(content[name], types[name]) for name in types):
            return kind(**content)
    raise WireError("something that is no answer")


@functools.cache
def _types(kind):
    return typing.get_type_hints(kind)
