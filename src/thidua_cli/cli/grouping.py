"""Options that travel together, and commands as they are described: nothing here needs typer.

A group of options is a frozen dataclass whose fields are options, taken by a command as one parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_type_hints

from thidua_cli.cli.declared import Declared
from thidua_cli.cli.office_file.place import read_paths
from thidua_cli.cli.run_files import FileMark, own_files
from thidua_cli.late_dataclass import NO_DEFAULT, defaults_of
from thidua_cli.named_tuple import NamedTuple

if TYPE_CHECKING:
    from thidua_cli.cli.office_file.settings import FileSetting


class Parameter(NamedTuple):
    """One option or argument of a command."""

    name: str
    annotation: Any
    """Its type with the marks that describe it, as `typing.Annotated` holds them."""
    default: Any
    """`NO_DEFAULT` where it has to be given."""


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
    parameters = sorted(_flat(groups, command.__kwdefaults__ or {}), key=_is_option)
    defaults = {each.name: each.default for each in parameters if each.default is not NO_DEFAULT}
    marks = {name: mark for parameter in parameters for name, mark in _marks(parameter)}

    def flat(**given: Any) -> T:
        values = {**defaults, **given}
        if odd := values.keys() ^ {each.name for each in parameters}:
            raise TypeError(f"{command.__name__}: missing, or no option of it: {', '.join(sorted(odd))}")
        named = [(mark, word) for name, mark in marks.items() for word in _words(values[name])]
        named += [(FileMark.READS, str(path)) for path in read_paths()]
        with own_files(named):
            return command(**_regrouped(groups, values))

    flat.__doc__, flat.__name__ = command.__doc__, command.__name__
    flat.parameters = parameters  # type: ignore[attr-defined]
    flat.settings = {name: setting for parameter in parameters for name, setting in _settings(parameter)}  # type: ignore[attr-defined]
    return flat


def parameters_of(flat: Callable[..., object]) -> Sequence[Parameter]:
    """Return the parameters of a command that `grouped` returned; all are given by name."""
    parameters: Sequence[Parameter] = flat.parameters  # type: ignore[attr-defined]
    return parameters


def _hints(owner: Any) -> dict[str, Any]:
    hints = get_type_hints(owner, include_extras=True)
    return {name: hint for name, hint in hints.items() if name != _RETURN}


def _flat(hints: Mapping[str, Any], defaults: Mapping[str, Any]) -> Iterator[Parameter]:
    for name, hint in hints.items():
        if _is_group(hint):
            yield from _flat(_hints(hint), defaults_of(hint))
        else:
            yield Parameter(name, hint, defaults.get(name, NO_DEFAULT))


def _is_group(hint: Any) -> bool:
    return isinstance(hint, type)  # options and arguments are types with marks


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
