"""The public names: type hints on all of them, and what a type checker gets to see."""

import importlib
import inspect
import pkgutil
import tomllib
from pathlib import Path

import autoencoders_edu as ae

OTHER_ROOMS = ("course", "exercises", "checks", "grading", "authoring", "cli")


def library():
    """The library's public modules."""
    for info in pkgutil.walk_packages(ae.__path__, "autoencoders_edu."):
        parts = info.name.split(".")[1:]
        if parts[0] not in OTHER_ROOMS and not parts[-1].startswith("_"):
            yield importlib.import_module(info.name)


def public_functions():
    """The functions, methods and constructors of the library, but for methods whose signature is Keras's."""
    for module in library():
        for name, value in vars(module).items():
            if name.startswith("_") or getattr(value, "__module__", None) != module.__name__:
                continue
            if inspect.isfunction(value):
                yield f"{module.__name__}.{name}", value
            if inspect.isclass(value):
                keras_names = {
                    known for base in value.__mro__ if base.__module__.startswith("keras") for known in vars(base)
                }
                for member, method in vars(value).items():
                    method = getattr(method, "fget", getattr(method, "__func__", method))
                    public = not member.startswith("_") and member not in keras_names
                    if inspect.isfunction(method) and (public or member == "__init__"):
                        yield f"{module.__name__}.{name}.{member}", method


def without_hint(function):
    signature = inspect.signature(function)
    open_ended = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    named = [parameter for parameter in signature.parameters.values() if parameter.kind not in open_ended]
    missing = [parameter.name for parameter in named if parameter.annotation is parameter.empty]
    if signature.return_annotation is signature.empty and function.__name__ != "__init__":
        missing.append("return")
    return [name for name in missing if name != "self"]


def test_every_public_function_has_type_hints():
    functions = dict(public_functions())
    assert len(functions) > 100
    assert {name: missing for name, function in functions.items() if (missing := without_hint(function))} == {}


def test_type_checkers_are_told_that_there_are_hints():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    assert "py.typed" in project["tool"]["setuptools"]["package-data"]["autoencoders_edu"]
    assert (Path(ae.__file__).parent / "py.typed").is_file()
