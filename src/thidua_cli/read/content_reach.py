"""What the content.xml of an .ods asks of the machine, counted before calamine reads all its sheets at once.

Rows and cells may be repeated by a number, and so may blanks in a text.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.limits import SHEET_ROWS, TEXT_COLUMNS, TEXT_REPEATED_BYTES, too_many_merged, too_much_text
from thidua_cli.read.reach import QUOTED, Reach, all_too_far, too_far, without_comments

_TAG: Final = late_pattern(
    rb"<(/?)(?:table:(table|table-row|table-cell|covered-table-cell)|text:(s))(?=[\s/>])" + QUOTED + rb">"
)
_ROWS: Final = late_pattern(rb"""\stable:number-rows-repeated\s*=\s*["']([^"']*)""")
_COLUMNS: Final = late_pattern(rb"""\stable:number-columns-repeated\s*=\s*["']([^"']*)""")
_BLANKS: Final = late_pattern(rb"""\stext:c\s*=\s*["']([^"']*)""")
_MERGED: Final = late_pattern(rb"""-spanned\s*=\s*["'](?!1["'])""")
_VALUE: Final = late_pattern(
    rb"""\s(?:office:(?:value|string-value|boolean-value|date-value|time-value)|table:formula)\s*=|"""
    rb"""\soffice:value-type\s*=\s*["']string["']"""
)
"""What makes a cell one with a value. LibreOffice fills every sheet to its end with one empty row, repeated."""
_BLANK_BYTES: Final = 1 << 40
"""More blanks than fit, in place of a number that is none."""


def content_asks_too_much(xml: bytes) -> Text | None:
    """Say why the content.xml of an .ods is not parsed; None where it may be."""
    return _Content(len(xml)).reason(without_comments(xml))


def is_well_formed(xml: bytes) -> bool:
    """Say whether XML has an end for every beginning: a reader may wait for one that never comes."""
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError:
        return False
    return True


class _Content:
    """Adds up what all sheets ask for."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cells = self._text = self._merged = 0
        self._reach = Reach()
        self._row = self._column = 0
        self._rows_alike = 1
        self._copies = 0
        """How often the value of the cell at hand stands in the sheet besides the first time."""

    def reason(self, xml: bytes) -> Text | None:
        """Say why the content is not parsed."""
        end = 0
        for tag in _TAG.finditer(xml):
            # What stands between two tags is text of the cell that is open.
            self._text += (tag.start() - end) * self._copies
            end = tag.end()
            if tag[1]:
                self._copies = 0
                continue
            reason = self._take(tag[2] or tag[3], tag[4])
            if reason is not None:
                return reason
        return self._ended()

    def _take(self, kind: bytes, attributes: bytes) -> Text | None:
        if kind == b"table":
            reason, self._reach, self._row, self._rows_alike, self._copies = self._ended(), Reach(), 0, 0, 0
            return reason
        if kind == b"table-row":
            self._row += self._rows_alike
            self._rows_alike, self._column, self._copies = _number(_ROWS, attributes, SHEET_ROWS), 0, 0
        elif kind == b"s":
            self._text += _number(_BLANKS, attributes, _BLANK_BYTES) * (self._copies + 1)
        else:
            self._take_cell(attributes)
        return None

    def _take_cell(self, attributes: bytes) -> None:
        alike = _number(_COLUMNS, attributes, TEXT_COLUMNS)
        self._column, self._copies = self._column + alike, 0
        if _VALUE.search(attributes):
            self._reach = self._reach.with_cell(self._row + self._rows_alike - 1, self._column - 1)
            self._copies = self._rows_alike * alike - 1
            self._text += len(attributes) * self._copies if b"string-value" in attributes else 0
        if b"-spanned" in attributes and _MERGED.search(attributes):
            self._merged += 1

    def _ended(self) -> Text | None:
        """Say why the workbook is not parsed for the sheet that ends here, or for all until here."""
        self._cells += self._reach.cells
        return (
            too_far(self._reach, self._size)
            or all_too_far(self._cells, self._size)
            or too_many_merged(self._merged)
            or too_much_text(self._text, TEXT_REPEATED_BYTES)
        )


def _number(pattern: re.Pattern[bytes], attributes: bytes, most: int) -> int:
    """Return how often something is repeated; the most that is possible where that is written in an odd way."""
    match = pattern.search(attributes)
    if match is None:
        return 1
    return int(match[1]) if match[1].isdigit() and len(match[1]) < 20 else most
