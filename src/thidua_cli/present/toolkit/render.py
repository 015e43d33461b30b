"""One answer in any format: `render(view, format, language)`. A format is one module of `formats` and one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from thidua_cli.language import Language
from thidua_cli.present.formats import csv_lines, json_document, markdown, screen, sheets
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


FORMATS: Final[dict[str, OutputFormat]] = {
    "table": OutputFormat(screen.draw, ".txt"),
    "markdown": OutputFormat(markdown.draw, ".md"),
    "csv": OutputFormat(csv_lines.draw, ".csv", opening=csv_lines.BOM),
    "json": OutputFormat(json_document.draw, ".json"),
    "xlsx": OutputFormat(sheets.draw, ".xlsx", is_binary=True),
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
