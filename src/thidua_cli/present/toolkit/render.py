"""One answer in any format: `render(view, format, language)`. A format is one module of `formats` and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from thidua_cli.language import Language
from thidua_cli.present.toolkit.view import View

Draw = Callable[[View, Language, int, bool], str | bytes]
"""Draws a view in a language, for so many columns, coloured or not; a format that has neither ignores both."""


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One way to write an answer."""

    draw: Draw
    suffix: str
    """Ending of the name of such a file."""
    opening: str = ""
    """What only a file of it begins with."""
    is_binary: bool = False
    """Whether it would be noise on a terminal."""


def drawn_by(module: str) -> Draw:
    """Return what draws by a module of `formats`, imported when asked for: a screen must not wait for workbooks."""

    def draw(view: View, language: Language, width: int, color: bool) -> str | bytes:
        drawn: str | bytes = import_module(f"thidua_cli.present.formats.{module}").draw(view, language, width, color)
        return drawn

    return draw


BOM: Final = "\ufeff"
"""Put before CSV that is written to a file: Excel reads UTF-8 only with it. Never on standard output."""
FORMATS: Final[dict[str, OutputFormat]] = {
    "table": OutputFormat(drawn_by("screen"), ".txt"),
    "markdown": OutputFormat(drawn_by("markdown"), ".md"),
    "csv": OutputFormat(drawn_by("csv_lines"), ".csv", opening=BOM),
    "json": OutputFormat(drawn_by("json_document"), ".json"),
    "xlsx": OutputFormat(drawn_by("sheets"), ".xlsx", is_binary=True),
}


def render(
    view: View,
    format: str,  # noqa: A002  # the option's own name
    language: Language = Language.VI,
    width: int = 80,
    color: bool = False,
) -> str | bytes:
    """Return the view in a format of `FORMATS`.

    Args:
        view: What is shown.
        format: Name of the format.
        language: Language of sentences and headings; programs get English tokens whatever it is.
        width: Columns of the terminal or page of plain text.
        color: Whether to colour, where the format is one of a terminal.

    Raises:
        UsageError: The view has no such form: rules, for one, are no rows of CSV.
    """
    return FORMATS[format].draw(view, language, width, color)
