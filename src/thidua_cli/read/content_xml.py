"""What calamine hides in an .ods, found in one pass over its content.xml, which holds all sheets.

Error cells, formulas without a stored value, links to other workbooks, hidden rows and columns, merged ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.content_marks import SpanMarks, marked_spans, span_marks
from thidua_cli.read.grid import FaultyCell, IndexRange, MergedRange, SheetFacts, StoredZero
from thidua_cli.read.limits import MERGED_RANGES
from thidua_cli.read.marked_text import CROSSED_OUT, MarkedText
from thidua_cli.read.sheet_xml import joined_ranges, unescaped
from thidua_cli.read.worded_formats import words_of

_TAG: Final = late_pattern(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
_TELLING: Final = (b"table:formula", b'value-type="error"', b"table:visibility", b"-spanned=")
"""Where none of these stands there is nothing to find."""
_CELL_END: Final = b"</table:table-cell>"
_ANNOTATION: Final = late_pattern(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_TEXT: Final = late_pattern(rb"<text:p\b[^>]*?(?:/>|>(.*?)</text:p>)", re.DOTALL)
_MARKUP: Final = late_pattern(rb"<[^>]*>")
_WORDED_NUMBER: Final = late_pattern(
    rb'value-type="float"[^>]*>\s*<text:p[^>]*>[-+0-9.,\s]*(?:[Ee][-+0-9]+)?[^-+0-9.,\sEe<][^<]*</text:p>'
)
"""A number that is shown with words; the text of a cell says so, wherever its format stands."""
_NUMBER: Final = late_pattern(r"[-+]?[0-9][0-9.,'’\s]*(?:[Ee][-+]?[0-9]+)?")
_ERROR: Final = late_pattern(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|N/A|NUM!|NULL!)|(?:Err|Lỗi):\s*\d{3}")
_LINK: Final = late_pattern(rb"(?:&apos;|')(?:file|https?|smb):.*?(?:&apos;|')#")
_PREFIX: Final = late_pattern(r"(?:of|oooc|msoxl):=|=")
_REFERENCE: Final = late_pattern(r"\[([^\[\]]*)\]")
_SHEET_DOT: Final = late_pattern(r"\A\$?('(?:[^']|'')+'|[^.'$:]+)\.(?=\$?[A-Z])")
_HIDDEN: Final = (b"collapse", b"filter")
_MOST_ALIKE: Final = 1_000
"""Repeated rows or cells that are told one by one; nobody repeats a formula further."""
_LAST_ROW: Final = 1 << 20


def sheets_facts(xml: bytes) -> dict[str, SheetFacts]:
    """Return what calamine does not say of each sheet, by its name; a sheet that hides nothing may be absent."""
    marks = span_marks(xml)
    has_words = _WORDED_NUMBER.search(xml) is not None
    if marks is None and not has_words and not any(mark in xml for mark in _TELLING):
        return {}
    scans: dict[str, _SheetScan] = {}
    sheet = _SheetScan(marks, has_words=has_words)
    for tag in _TAG.finditer(xml):
        kind, attributes = tag.group(1), tag.group(2)
        if kind == b"table":
            sheet = _SheetScan(marks, has_words=has_words)
            scans.setdefault(unescaped(_attribute(attributes, b"table:name").decode("utf-8", "replace")), sheet)
        # Columns come before the rows of their sheet: only repeats tell where one stands.
        elif kind == b"table-column":
            sheet.take_column(attributes)
        elif kind == b"table-row":
            sheet.take_row(attributes)
        else:
            sheet.take_cell(attributes, xml, tag.end())
    return {name: scan.facts() for name, scan in scans.items()}


class _SheetScan:
    """Follows the columns, rows and cells of one sheet, each of which may stand for many alike."""

    def __init__(self, marks: SpanMarks | None, *, has_words: bool) -> None:
        self._marks = marks
        self._has_words = has_words
        self._marked: dict[tuple[int, int], MarkedText] = {}
        self._worded: dict[tuple[int, int], str] = {}
        self._column_styles: list[tuple[IndexRange, bytes]] = []
        """Columns whose cells have a style unless they bear one of their own."""
        self._columns = self._row = self._column = 0
        self._rows_alike = 0
        self._faults: dict[tuple[int, int], FaultyCell] = {}
        self._zeros: dict[tuple[int, int], StoredZero] = {}
        self._calculated: set[int] = set()
        self._links: list[tuple[int, int]] = []
        self._hidden_rows: list[IndexRange] = []
        self._hidden_columns: list[IndexRange] = []
        self._merged: list[MergedRange] = []

    def take_column(self, attributes: bytes) -> None:
        count = _number(attributes, b"table:number-columns-repeated")
        if _attribute(attributes, b"table:visibility") in _HIDDEN:
            self._hidden_columns.append(IndexRange(self._columns, self._columns + count - 1))
        style = _attribute(attributes, b"table:default-cell-style-name") if self._marks is not None else b""
        if style:
            self._column_styles.append((IndexRange(self._columns, self._columns + count - 1), style))
        self._columns += count

    def take_row(self, attributes: bytes) -> None:
        self._row += self._rows_alike
        self._rows_alike = _number(attributes, b"table:number-rows-repeated")
        self._column = 0
        if _attribute(attributes, b"table:visibility") in _HIDDEN:
            self._hidden_rows.append(IndexRange(self._row, min(self._row + self._rows_alike - 1, _LAST_ROW)))

    def take_cell(self, attributes: bytes, xml: bytes, end: int) -> None:
        alike = _number(attributes, b"table:number-columns-repeated")
        is_formula = b"table:formula" in attributes
        if is_formula or b'"error"' in attributes:
            content = b"" if attributes.endswith(b"/") else xml[end : xml.find(_CELL_END, end)]
            self._look_at(attributes, content, alike, is_formula=is_formula)
        if self._has_words and b'value-type="float"' in attributes and not attributes.endswith(b"/"):
            words = _words_shown(xml[end : xml.find(_CELL_END, end)])
            self._worded |= dict.fromkeys(self._places(alike), words) if words else {}
        if self._marks is not None and not attributes.endswith(b"/"):
            self._take_marks(attributes, xml[end : xml.find(_CELL_END, end)], alike, self._marks)
        if b"-spanned=" in attributes and len(self._merged) < MERGED_RANGES:
            bottom = self._row + _number(attributes, b"table:number-rows-spanned") - 1
            right = self._column + _number(attributes, b"table:number-columns-spanned") - 1
            if (bottom, right) != (self._row, self._column):
                self._merged.append(MergedRange(self._row, self._column, bottom, right))
        self._column += alike

    def _look_at(self, attributes: bytes, content: bytes, alike: int, *, is_formula: bool) -> None:
        if is_formula and _LINK.search(_attribute(attributes, b"table:formula")):
            self._links.append((self._row, self._column))
        error = _hidden_value(attributes, content)
        if error is None:
            if is_formula:
                self._take_result(attributes)
            return
        for place in self._places(alike):
            self._faults[place] = FaultyCell(*place, error)

    def _take_result(self, attributes: bytes) -> None:
        """Tell a stored 0, which may be no result at all, from a result."""
        value = _attribute(attributes, b"office:value")
        if value and not value.strip(b"0.-"):
            formula = unescaped(_attribute(attributes, b"table:formula").decode("utf-8", "replace"))
            self._zeros[self._row, self._column] = StoredZero(_in_words_of_excel(formula))
        else:
            self._calculated.add(self._column)

    def _take_marks(self, attributes: bytes, content: bytes, alike: int, marks: SpanMarks) -> None:
        style = _attribute(attributes, b"table:style-name") or self._column_style()
        is_struck = style in marks.struck
        spans = b"".join(_TEXT.findall(_ANNOTATION.sub(b"", content)))
        text = CROSSED_OUT if is_struck and spans else marked_spans(spans, marks) if b"<text:span" in spans else None
        if text is not None:
            self._marked |= dict.fromkeys(self._places(alike), text)

    def _column_style(self) -> bytes:
        columns = self._column_styles
        return next((style for span, style in columns if span.first <= self._column <= span.last), b"")

    def _places(self, alike: int) -> Iterator[tuple[int, int]]:
        """Yield the places that the cell at hand stands for."""
        for row in range(self._row, self._row + min(self._rows_alike, _MOST_ALIKE)):
            for column in range(self._column, self._column + min(alike, _MOST_ALIKE)):
                yield row, column

    def facts(self) -> SheetFacts:
        return SheetFacts(
            self._faults,
            tuple(self._links),
            joined_ranges(self._hidden_rows),
            tuple(self._hidden_columns),
            tuple(self._merged),
            marked=self._marked,
            worded=self._worded,
            zeros=self._zeros,
            calculated=frozenset(self._calculated),
        )


def _hidden_value(attributes: bytes, content: bytes) -> str | None:
    """Return the error a cell shows, "" for a formula without a stored value, None where its value is to be seen."""
    # The text of a comment stands inside its cell and would pass for the value of a formula.
    texts = _TEXT.findall(_ANNOTATION.sub(b"", content))
    text = unescaped(_MARKUP.sub(b"", b" ".join(texts)).decode("utf-8", "replace")).strip()
    if b'value-type="error"' in attributes or _ERROR.fullmatch(text):
        return text or "#N/A"
    has_value = b"office:value-type" in attributes or bool(
        texts
    )  # a result that is an empty text has an empty <text:p>
    return None if has_value else ""


def _in_words_of_excel(formula: str) -> str:
    """Return an OpenFormula as Excel writes it: "of:=SUM([.D9:.D19])" is "SUM(D9:D19)"."""
    formula = _PREFIX.sub("", formula, count=1).replace(";", ",")
    return _REFERENCE.sub(lambda match: _SHEET_DOT.sub(r"\1!", match[1]).replace(":.", ":").lstrip("."), formula)


def _words_shown(content: bytes) -> str:
    """Return the words that the format of a number adds, where they change what is counted."""
    texts = _TEXT.findall(_ANNOTATION.sub(b"", content))
    shown = unescaped(_MARKUP.sub(b"", b" ".join(texts)).decode("utf-8", "replace"))
    words = _NUMBER.sub("", shown, count=1).replace('"', "")
    return words_of(f'0"{words}"') if words.strip() else ""


def _attribute(attributes: bytes, name: bytes) -> bytes:
    """Return the value of an attribute between the marks it was written with; empty where there is none."""
    place = attributes.find(name + b"=")
    if place < 0:
        return b""
    start = place + len(name) + 2
    end = attributes.find(attributes[start - 1 : start], start)
    return attributes[start:end]


def _number(attributes: bytes, name: bytes) -> int:
    value = _attribute(attributes, name)
    return int(value) if value.isdigit() and len(value) < 10 else 1
