"""One answer in any format: `render(view, format, language)`. A format is one module of `formats` and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.toolkit.document import View

Draw = Callable[[View, Language, int, bool], str | bytes]
"""Draws a view in a language, for so many columns, coloured or not; a format that has neither ignores both."""


class OutputFormat(NamedTuple):
    """One way to write an answer."""

    module: str
    """The module that draws it, as `import_module` takes it from `present.formats`."""
    suffix: str
    """Ending of the name of such a file: it chooses the format where a result goes to a file."""
    title: Text
    """What such a file is called."""
    opening: str = ""
    """What only a file of it begins with."""
    is_binary: bool = False
    """Whether it would be noise on a terminal."""

    @property
    def loaded(self) -> ModuleType:
        """That module; imported when it is asked for, because a run writes one format of all."""
        return import_module(self.module, "thidua_cli.present.formats")

    @property
    def draw(self) -> Draw:
        """The function of that module."""
        draw: Draw = self.loaded.draw
        return draw


_BYTE_ORDER_MARK: Final = "\ufeff"
"""Excel takes CSV for UTF-8 only where a file begins with it. On standard output it would be part of the first name."""

FORMATS: Final[dict[str, OutputFormat]] = {
    "table": OutputFormat(".screen", ".txt", Text("văn bản", "plain text")),
    "markdown": OutputFormat(".markdown", ".md", Text("Markdown", "Markdown")),
    "csv": OutputFormat(".csv_lines", ".csv", Text("CSV", "CSV"), opening=_BYTE_ORDER_MARK),
    "json": OutputFormat(".json_document", ".json", Text("JSON", "JSON")),
    "xlsx": OutputFormat(".sheets", ".xlsx", Text("sổ tính Excel", "Excel workbook"), is_binary=True),
    "docx": OutputFormat(".docx", ".docx", Text("văn bản Word", "Word document"), is_binary=True),
    "html": OutputFormat(".html_page", ".html", Text("trang web", "web page")),
    "pdf": OutputFormat(".pdf", ".pdf", Text("tệp PDF", "PDF file"), is_binary=True),
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


def in_pieces(
    view: View,
    format: str,  # noqa: A002
    language: Language = Language.VI,
) -> Iterator[str] | None:
    """Return a long answer piece by piece, for a file as for standard output; None where it is best drawn whole.

    Raises:
        UsageError: As `render`.
    """
    return FORMATS[format].loaded.in_pieces(view, language) if format == _IN_PIECES else None


_IN_PIECES: Final = "json"
"""The format that writes pieces of an answer as they are made."""


def file_content(view: View, format: str, language: Language = Language.VI, width: int = 80) -> bytes:  # noqa: A002
    """Return the view as a file of a format holds it; arguments and errors as in `render`."""
    return _as_file(render(view, format, language, width), format)


def _as_file(content: str | bytes, format: str) -> bytes:  # noqa: A002
    if isinstance(content, bytes):
        return content
    # A file name that is no UTF-8 stands in a result as \udcff, which JSON reads back as what it was.
    return (FORMATS[format].opening + content).encode("utf-8", "backslashreplace")
