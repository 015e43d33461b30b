"""Commands: help that speaks Vietnamese, as typer's own labels are English only, and options that travel together.

A group of options is a frozen dataclass whose fields are options, taken by a command as one parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from importlib import import_module
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from thidua_cli.cli.office_file.place import read_paths
from thidua_cli.cli.run_files import FileMark, own_files
from thidua_cli.cli.speech import GroupLang, current_language, said, speak
from thidua_cli.language import Language
from thidua_cli.late_pattern import late_pattern

if TYPE_CHECKING:
    from thidua_cli.cli.office_file.settings import FileSetting

# typer wraps at 80 columns on the widest terminal: too narrow for options and Vietnamese sentences side by side.
CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

_TYPER_TEXTS: Final = {
    "Show this message and exit.": "In hướng dẫn này.",
    "Install completion for the current shell.": "Cài gợi ý lệnh (phím Tab) cho shell đang dùng.",
    "Show completion for the current shell, to copy it or customize the installation.": (
        "In đoạn mã gợi ý lệnh cho shell đang dùng, để tự cài hoặc sửa."
    ),
}
# Only at the end of a text, where typer puts it: a help text of ours may hold brackets of its own.
_EXTRA: Final = late_pattern(r"\[(?:env var|default|required|\d+<=x)[^\]]*\]$")
_EXTRA_WORDS: Final = (
    ("env var: ", "biến môi trường: "),
    ("default: ", "mặc định: "),
    ("required", "bắt buộc"),
    ("<=x<=", "–"),
)


def in_vietnamese(help_text: str) -> str:
    """Put what typer itself adds to the help of a parameter into Vietnamese.

    >>> in_vietnamese("Dạng kết quả.  [default: table]")
    'Dạng kết quả.  [mặc định: table]'
    """
    text = _TYPER_TEXTS.get(help_text, help_text)
    return _EXTRA.sub(lambda extra: _replaced(extra.group()), text)


def _replaced(extra: str) -> str:
    for english, vietnamese in _EXTRA_WORDS:
        extra = extra.replace(english, vietnamese)
    return extra


def _records(command: Any, ctx: Any, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (name, help) of the arguments or the options of a command."""
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and parameter.param_type_name == kind:
            name, text = record
            yield name, text if current_language() is Language.EN else in_vietnamese(text)


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    for kind, heading in (("argument", said("Đối số", "Arguments")), ("option", said("Tùy chọn", "Options"))):
        if records := list(_records(command, ctx, kind)):
            with formatter.section(heading):
                formatter.write_dl(records)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = [_piece(piece) for piece in command.collect_usage_pieces(ctx)]
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=said("Cách dùng: ", "Usage: "))


def _piece(piece: str) -> str:
    """Write one piece of a usage line: a required argument without typer's braces, the rest in our words."""
    # typer writes a required argument as {FILE…}; to an officer braces say nothing.
    words = {"[OPTIONS]": said("[TÙY CHỌN]", "[OPTIONS]"), "COMMAND [ARGS]...": said("LỆNH …", "COMMAND …")}
    return words.get(piece, piece.removeprefix("{").removesuffix("}"))


class Command(TyperCommand):
    """A command with help in the language of the run, which says what the file of the office set for it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words of the command line; a format may be called as its files are: "md" is Markdown."""
        return super().parse_args(ctx, _with_full_format(args))

    def invoke(self, ctx: Any) -> Any:
        """Run the command, after what was set is told."""
        from thidua_cli.cli.office_file.using import tell_used  # late: the help of the program runs no command

        tell_used(ctx)
        return super().invoke(ctx)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options."""
        _write_parameters(self, ctx, formatter)


def _with_full_format(args: Sequence[str]) -> list[str]:
    """Return the words of a command line with "markdown" where the value of --format is "md".

    >>> _with_full_format(["-f", "md", "--format=md", "md"])
    ['-f', 'markdown', '--format=markdown', 'md']
    """
    words = ["--format=markdown" if word == "--format=md" else word for word in args]
    asked = [before in ("-f", "--format") and word == "md" for before, word in zip(["", *words], words, strict=False)]
    return ["markdown" if full else word for full, word in zip(asked, words, strict=True)]


class CommandGroup(TyperGroup):
    """A group of commands, listed in the order they were added, with help in the language of the run."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write options, then the commands."""
        _write_parameters(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands with their short helps."""
        with formatter.section(said("Các lệnh", "Commands")):
            formatter.write_dl(list(self.short_helps(ctx)))

    def short_helps(self, ctx: Any) -> Iterator[tuple[str, str]]:
        """Yield name and short help of every command."""
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            yield name, "" if command is None else command.short_help or ""


class Entry(NamedTuple):
    """A command of the program that is imported only when it is called or its help is read."""

    name: str
    module: str
    short_help: str


class Program(CommandGroup):
    """The whole program: lists its commands without importing any of them, so that `--help` answers at once."""

    entries: ClassVar[Sequence[Entry]] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of an officer's work."""
        return [entry.name for entry in self.entries]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command, None where there is none of that name."""
        entry = next((entry for entry in self.entries if entry.name == cmd_name), None)
        if entry is None:
            return None
        command = typer.main.get_command(import_module(entry.module).app)
        command.short_help = entry.short_help  # shells show it beside the name they offer
        return command

    def short_helps(self, ctx: Any) -> Iterator[tuple[str, str]]:
        """Yield name and short help of every command."""
        return ((entry.name, entry.short_help) for entry in self.entries)


def command_group(help_text: str) -> typer.Typer:
    """Return the app of a module that holds several commands."""
    app = typer.Typer(
        cls=CommandGroup,
        help=help_text,
        no_args_is_help=True,
        rich_markup_mode=None,  # without it typer imports rich to format help: 80 ms on every --help
        add_completion=False,
        context_settings=CONTEXT,
    )

    # The callback also keeps a group with one command a group: typer would make that command the app itself.
    @app.callback()
    def _main(ctx: typer.Context, lang: GroupLang = None) -> None:
        speak(ctx, lang)

    return app


def single(name: str, function: Callable[..., int], help_text: str) -> typer.Typer:
    """Return the app of a module that holds one command."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)
    app.command(name, cls=Command, help=help_text)(function)
    return app


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
    return not any(isinstance(mark, typer.models.ArgumentInfo) for mark in parameter.annotation.__metadata__)


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
