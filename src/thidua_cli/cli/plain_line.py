"""Command lines that are read without typer: options by their whole names, each with a value that needs no second look.

Everything else, a request for help and every mistake among it, is left to typer: what is said of it has one source.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from importlib import import_module
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin

from thidua_cli.cli.declared import Declared
from thidua_cli.cli.entries import COMMANDS
from thidua_cli.cli.grouping import Parameter, Single, parameters_of
from thidua_cli.cli.office_file.place import nearest_file
from thidua_cli.late_dataclass import NO_DEFAULT
from thidua_cli.named_tuple import NamedTuple

_COMPLETION: Final = "_THIDUA_COMPLETE"
"""Where a shell asks typer what may stand behind the Tab key."""


def plain_call(words: Sequence[str]) -> Callable[[], object] | None:
    """Return what the command of a plain line does, None where typer has to read it."""
    entry = next((entry for entry in COMMANDS if entry.name == words[0]), None) if words else None
    if entry is None or _COMPLETION in os.environ or nearest_file() is not None:
        return None
    app = import_module(entry.module).app
    if not isinstance(app, Single):
        return None
    try:
        return partial(app.function, **_given(words[1:], _parameters(app)))
    except _ForTyperError:
        return None


class _ForTyperError(Exception):
    """Typer has to look at this line."""


class _PlainParameter(NamedTuple):
    name: str
    type_: Any
    """What one value is: a text, a number, one of an enumeration, or whether the option stands there."""
    is_list: bool
    default: Any
    mark: Declared


def _parameters(app: Single) -> list[_PlainParameter]:
    return list(map(_parameter, parameters_of(app.function)))


def _parameter(parameter: Parameter) -> _PlainParameter:
    hint = parameter.annotation
    mark = next((mark for mark in hint.__metadata__ if isinstance(mark, Declared)), None)
    if mark is None:
        raise _ForTyperError
    types = [each for each in get_args(hint.__origin__) if each is not NoneType]
    type_ = types[0] if NoneType in get_args(hint.__origin__) and len(types) == 1 else hint.__origin__
    is_list = type_ == list[str]
    return _PlainParameter(parameter.name, str if is_list else type_, is_list, parameter.default, mark)


def _given(words: Sequence[str], parameters: Sequence[_PlainParameter]) -> dict[str, Any]:
    """Return the value of every parameter.

    Raises:
        _ForTyperError: Typer has to look at the line.
    """
    arguments = [parameter for parameter in parameters if parameter.mark.is_argument]
    if len(arguments) > 1:
        raise _ForTyperError
    options = {name: parameter for parameter in parameters for name in parameter.mark.names}
    given: dict[str, list[Any]] = {}
    for parameter, text in _pairs(words, options, arguments[0] if arguments else None):
        given.setdefault(parameter.name, []).append(_value(parameter, text))
    return {parameter.name: _taken(parameter, given.get(parameter.name, [])) for parameter in parameters}


def _pairs(
    words: Sequence[str], options: Mapping[str, _PlainParameter], argument: _PlainParameter | None
) -> Iterator[tuple[_PlainParameter, str]]:
    rest = iter(words)
    for word in rest:
        if word == "-" or not word.startswith("-"):
            parameter, text = argument, word
        else:
            name, sign, text = word.partition("=") if word.startswith("--") else (word, "", "")
            parameter = options.get(name)
            if parameter is not None and parameter.type_ is not bool and not sign:
                text = next(rest, "")
                sign = "" if text.startswith("-") and text != "-" else " "
            if parameter is None or (parameter.type_ is bool) == bool(sign):
                raise _ForTyperError
        if parameter is None:
            raise _ForTyperError
        yield parameter, text


def _value(parameter: _PlainParameter, text: str) -> Any:
    settings = parameter.mark.settings
    if parameter.type_ is bool and not {"callback", "is_eager"} & settings.keys():
        return True
    if not text or {"callback", "parser"} & settings.keys():
        raise _ForTyperError
    if parameter.type_ is str:
        return text
    if parameter.type_ is int:
        return int(text) if _is_number(text) and _is_in_range(int(text), settings) else _not_plain()
    return next((choice for choice in _choices(parameter.type_) if choice.value == text), None) or _not_plain()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _is_in_range(number: int, settings: Mapping[str, Any]) -> bool:
    return bool(settings.get("min", 0) <= number <= settings.get("max", number))


def _choices(type_: Any) -> Iterable[StrEnum]:
    if get_origin(type_) is Literal:
        return [choice for choice in get_args(type_) if isinstance(choice, StrEnum)]
    return type_ if isinstance(type_, type) and issubclass(type_, StrEnum) else ()


def _not_plain() -> Any:
    raise _ForTyperError


def _taken(parameter: _PlainParameter, values: Sequence[Any]) -> Any:
    if not values and os.environ.get(parameter.mark.settings.get("envvar") or "", "") == "":
        return parameter.default if parameter.default is not NO_DEFAULT else _not_plain()
    if not values or (len(values) > 1 and not parameter.is_list):
        raise _ForTyperError
    return list(values) if parameter.is_list else values[0]
