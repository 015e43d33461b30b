"""Command classes whose help speaks Vietnamese; typer's own labels are English only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, ClassVar, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from thidua_cli.cli.options import current_language
from thidua_cli.language import Language

CONTEXT: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

_LABELS: Final = (
    ("Usage: ", "Cách dùng: "),
    ("[OPTIONS] COMMAND [ARGS]...", "[TÙY CHỌN] LỆNH …"),
    ("[OPTIONS]", "[TÙY CHỌN]"),
    ("\nArguments:\n", "\nĐối số:\n"),
    ("\nOptions:\n", "\nTùy chọn:\n"),
    ("\nCommands:\n", "\nCác lệnh:\n"),
    ("[required]", "[bắt buộc]"),
    ("[default: ", "[mặc định: "),
    ("[env var: ", "[biến môi trường: "),
    ("; default: ", "; mặc định: "),
    ("; required]", "; bắt buộc]"),
    ("Show this message and exit.", "In hướng dẫn này."),
    ("Install completion for the current shell.", "Cài gợi ý lệnh cho shell đang dùng."),
)


def in_vietnamese(help_text: str) -> str:
    """Put the labels of a help text into Vietnamese."""
    for english, vietnamese in _LABELS:
        help_text = help_text.replace(english, vietnamese)
    return help_text


def _spoken(help_text: str) -> str:
    return help_text if current_language() is Language.EN else in_vietnamese(help_text)


class Command(TyperCommand):
    """A command with help in the language of the run."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _spoken(super().get_help(ctx))


class Entry(NamedTuple):
    """A command of the program that is imported only when it is called or its help is read."""

    name: str
    module: str
    short_help: str


class Program(TyperGroup):
    """The whole program: lists its commands without importing any of them, so that `--help` answers at once."""

    entries: ClassVar[Sequence[Entry]] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of an officer's work."""
        return [entry.name for entry in self.entries]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import and return a command, None where there is none of that name."""
        entry = next((entry for entry in self.entries if entry.name == cmd_name), None)
        return typer.main.get_command(import_module(entry.module).app) if entry else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands with their short helps."""
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.short_help) for entry in self.entries])

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _spoken(super().get_help(ctx))


def single(name: str, function: Callable[..., int], help_text: str) -> typer.Typer:
    """Return the app of a module that holds one command."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=CONTEXT)
    app.command(name, cls=Command, help=help_text)(function)
    return app


class Group(TyperGroup):
    """A group of commands, listed in the order they were added, with help in the language of the run."""

    def get_help(self, ctx: Any) -> str:
        """Return the help text."""
        return _spoken(super().get_help(ctx))
