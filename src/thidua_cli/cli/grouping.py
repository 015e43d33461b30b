"""Options that travel together, and commands as they are described: nothing here needs typer.

A group of options is a frozen dataclass whose fields are options, taken by a command as one parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, get_type_hints

from thidua_cli.cli.declared import Declared
from thidua_cli.cli.office_file.place import read_paths
from thidua_cli.cli.run_files import FileMark, own_files

if TYPE_CHECKING:
    from thidua_cli.cli.office_file.settings import FileSetting


class Single(NamedTuple):
    """The app of a module that holds one command."""

    name: str
    function: Callable[..., int]
    help: str


def single(name: str, function: Callable[..., int], help_text: str) -> Single:
    """Return the app of a module that holds one command."""
    return Single(name, function, help_text)


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
    marks = {name: mark for parameter in parameters for name, mark in _marks(parameter)}

    def flat(**given: Any) -> T:
        bound = flat_signature.bind(**given)
        bound.apply_defaults()
        named = [(mark, word) for name, mark in marks.items() for word in _words(bound.arguments[name])]
        named += [(FileMark.READS, str(path)) for path in read_paths()]
        with own_files(named):
            return command(**_regrouped(groups, bound.arguments))

    # typer reads the signature and the annotations of a function; functools.wraps would show it those of the groups.
    flat.__signature__ = flat_signature  # type: ignore[attr-defined]
    flat.__doc__, flat.__name__ = command.__doc__, command.__name__
    flat.settings = {name: setting for parameter in parameters for name, setting in _settings(parameter)}  # type: ignore[attr-defined]
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
    return not any(_is_argument(mark) for mark in parameter.annotation.__metadata__)


def _is_argument(mark: Any) -> bool:
    # typer's own mark is known by its name: to import it takes longer than most commands
    return mark.is_argument if isinstance(mark, Declared) else type(mark).__name__ == "ArgumentInfo"


def _marks(parameter: Parameter) -> Iterator[tuple[str, FileMark]]:
    return ((parameter.name, mark) for mark in parameter.annotation.__metadata__ if isinstance(mark, FileMark))


def _settings(parameter: Parameter) -> Iterator[tuple[str, FileSetting]]:
    from thidua_cli.cli.office_file.settings import FileSetting

    return ((parameter.name, mark) for mark in parameter.annotation.__metadata__ if isinstance(mark, FileSetting))


def _words(value: str | Sequence[str] | None) -> Sequence[str]:
    """Return the words given for an option that may be left out or stand several times."""
    return [value] if isinstance(value, str) else value or ()


def _regrouped(hints: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: hint(**_regrouped(_hints(hint), given)) if _is_group(hint) else given[name]
        for name, hint in hints.items()
    }
