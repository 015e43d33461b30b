"""Commands as typer takes them: help that speaks Vietnamese, as typer's own labels are English only.

Options and groups of them are described without typer (`declared`, `grouping`) and put into its words here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from inspect import Parameter, Signature
from typing import Annotated, Any, ClassVar, Final, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from thidua_cli.cli.declared import Declared
from thidua_cli.cli.entries import Entry
from thidua_cli.cli.grouping import Parameter as Described
from thidua_cli.cli.grouping import Single, parameters_of
from thidua_cli.cli.grouping import grouped as spread
from thidua_cli.cli.speech import current_language, said, speak
from thidua_cli.language import Language
from thidua_cli.late_dataclass import NO_DEFAULT
from thidua_cli.late_pattern import late_pattern

# typer wraps at 80 columns on the widest terminal: too narrow for options and Vietnamese sentences side by side.
CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

GroupLang = Annotated[Language | None, typer.Option("--lang", help=said("Ngôn ngữ.", "Language."))]
"""The language given before the name of a command."""

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
        app = import_module(entry.module).app
        command = typer.main.get_command(of_one_command(app) if isinstance(app, Single) else app)
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


def of_one_command(single: Single) -> typer.Typer:
    """Return the app of a module that holds one command, as typer takes it."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)
    app.command(single.name, cls=Command, help=single.help)(_typed(single.function))
    return app


T = TypeVar("T")


def grouped(command: Callable[..., T]) -> Callable[..., T]:
    """Return the command as typer takes it, its groups of options spread out: see `grouping.grouped`."""
    return _typed(spread(command))


def _typed(flat: Callable[..., T]) -> Callable[..., T]:
    """Let typer read its own words where options and arguments are described."""

    def typed(**given: Any) -> T:
        return flat(**given)

    # typer reads the signature and the annotations of a function; functools.wraps would show it those of the groups.
    typed.__signature__ = Signature(list(map(_parameter, parameters_of(flat))))  # type: ignore[attr-defined]
    typed.__doc__, typed.__name__ = flat.__doc__, flat.__name__
    typed.settings = flat.settings  # type: ignore[attr-defined]
    return typed


def _parameter(each: Described) -> Parameter:
    default = Parameter.empty if each.default is NO_DEFAULT else each.default
    # Keyword-only parameters may follow one with a default, as required options follow others in the help.
    return Parameter(each.name, Parameter.KEYWORD_ONLY, default=default, annotation=_annotation(each.annotation))


def _annotation(annotation: Any) -> Any:
    marks = tuple(mark.in_typer() if isinstance(mark, Declared) else mark for mark in annotation.__metadata__)
    return Annotated[(annotation.__origin__, *marks)]
