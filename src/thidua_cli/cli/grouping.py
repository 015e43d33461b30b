"""Options that travel together: a frozen dataclass whose fields are options, taken by a command as one parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, Signature, signature
from typing import Any, Final, TypeVar, get_type_hints

import typer

T = TypeVar("T")
_RETURN: Final = "return"


def grouped(command: Callable[..., T]) -> Callable[..., T]:
    """Return the command as typer takes it: every group of options gives way to the options themselves.

    They stand in the order of the parameters and fields, the arguments first: typer asks for what is missing in the
    order of the signature, and a missing FILE is worth more than a missing option.
    """
    groups = _hints(command)
    parameters = sorted(_flat(groups, _defaults(command)), key=_is_option)
    flat_signature = Signature(parameters)

    def flat(**given: Any) -> T:
        bound = flat_signature.bind(**given)
        bound.apply_defaults()
        return command(**_regrouped(groups, bound.arguments))

    # typer reads the signature and the annotations of a function; functools.wraps would show it those of the groups.
    flat.__signature__ = flat_signature  # type: ignore[attr-defined]
    flat.__doc__, flat.__name__ = command.__doc__, command.__name__
    return flat


def _hints(owner: Any) -> dict[str, Any]:
    hints = get_type_hints(owner, include_extras=True)
    return {name: hint for name, hint in hints.items() if name != _RETURN}


def _defaults(owner: Any) -> dict[str, Any]:
    """Return the default of each parameter of a function, or of each field of a group; `Parameter.empty` for none."""
    if is_dataclass(owner):
        # The class attributes are no defaults: with slots they are the descriptors of the fields.
        return {field.name: Parameter.empty if field.default is MISSING else field.default for field in fields(owner)}
    return {name: parameter.default for name, parameter in signature(owner).parameters.items()}


def _flat(hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> Iterator[Parameter]:
    for name, hint in hints.items():
        if _is_group(hint):
            yield from _flat(_hints(hint), _defaults(hint))
        else:
            # Keyword-only parameters may follow one with a default, as required options follow others in the help.
            yield Parameter(name, Parameter.KEYWORD_ONLY, default=defaults[name], annotation=hint)


def _is_group(hint: Any) -> bool:
    return is_dataclass(hint)


def _is_option(parameter: Parameter) -> bool:
    return not any(isinstance(mark, typer.models.ArgumentInfo) for mark in parameter.annotation.__metadata__)


def _regrouped(hints: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: hint(**_regrouped(_hints(hint), given)) if _is_group(hint) else given[name]
        for name, hint in hints.items()
    }
