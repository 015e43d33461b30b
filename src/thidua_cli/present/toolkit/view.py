"""What a command shows: one answer, for people as a document and for programs as records. It knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from thidua_cli.language import Language
from thidua_cli.present.toolkit.document import Document, Line, Section

FieldValue: TypeAlias = str | int | float | None


class Records(NamedTuple):
    """Rows for programs; every row has a value per field."""

    fields: Sequence[str]
    rows: Iterable[Sequence[FieldValue]]


class View(NamedTuple):
    """How one answer is shown. What is None is not offered in that form; the page or the screen is always there."""

    page: Callable[[Language], Document] | None = None
    """The document."""
    screen: Callable[[Language, int], Iterable[Line]] | None = None
    """Lines laid out for a terminal of so many columns, where it has more to offer than the page."""
    record: Callable[[Language], object] | None = None
    """The JSON document: tokens in English, sentences in the language."""
    rows: Callable[[Language], Records] | None = None
    """One row per answer, tokens in English."""

    def document(self, language: Language) -> Document:
        """Return the page, or what a wide screen shows as running text."""
        if self.page is not None:
            return self.page(language)
        # A view that was written for screens alone is still readable in every format for people.
        lines = () if self.screen is None else self.screen(language, WIDE_SCREEN)
        return Document([Section(text=[line for line in lines if any(piece.text.strip() for piece in line)])])


WIDE_SCREEN = 160
