"""A plain .xlsx of the values of a file whose own format cannot carry comments: .xls, .xlsb, .ods, .csv."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.toolkit.workbook_file import new_workbook, sheet_name
from thidua_cli.read.grid import Cell, Grid
from thidua_cli.read.source import Source, open_source

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST_TEXT: Final = 32_767
_WHOLE_NUMBER: Final = late_pattern(r"0|[1-9][0-9]{0,14}")
"""Text that a number prints back letter by letter; codes with leading zeros stay text."""
_NOT_IN_XML: Final = late_pattern("[\ud800-\udfff\ufffe\uffff]")
_DATE_FORMATS: Final[dict[type, str]] = {
    datetime: "dd/mm/yyyy hh:mm",
    date: "dd/mm/yyyy",
    time: "hh:mm:ss",
    timedelta: "[h]:mm:ss",
}


def plain_copy(source: Path) -> tuple[bytes, dict[str, str]]:
    """Return a workbook with the values of `source` in the same cells, and sheet as read → sheet in the copy."""
    stream = BytesIO()
    names: dict[str, str] = {}
    with new_workbook(stream, exact=True) as book:  # a file without a sheet becomes a workbook with one empty sheet
        formats = {kind: book.add_format({"num_format": written}) for kind, written in _DATE_FORMATS.items()}
        for grid in open_source(Source(str(source), source)):
            if isinstance(grid, Grid):
                name = sheet_name(grid.sheet or source.stem, names.values())
                names[grid.sheet] = name
                _write(book.add_worksheet(name), grid, formats)
    return stream.getvalue(), names


def _shown(letter: re.Match[str]) -> str:
    return visible(letter.group())


def _write(worksheet: Worksheet, grid: Grid, formats: dict[type, Format]) -> None:
    for row, cells in enumerate(grid.open_rows()):
        for column, value in enumerate(cells, start=grid.first_column):
            _write_cell(worksheet, row, column, value, formats, is_text=grid.is_text)


def _write_cell(
    worksheet: Worksheet, row: int, column: int, value: Cell, formats: dict[type, Format], *, is_text: bool
) -> None:
    match value:
        case None | "":
            return
        case str():
            if is_text and _WHOLE_NUMBER.fullmatch(value):
                worksheet.write_number(row, column, int(value))
            else:
                # XlsxWriter leaves a longer text out altogether; its beginning is better than an empty cell.
                worksheet.write_string(row, column, _NOT_IN_XML.sub(_shown, value)[:_LONGEST_TEXT])
        # Before int: to Python a bool is one, and TRUE would be written as 1.
        case bool():
            worksheet.write_boolean(row, column, value)
        # XlsxWriter raises at NaN and infinity, which an .ods can hold; they go on as text.
        case int() | float() if isfinite(value):
            worksheet.write_number(row, column, value)
        case datetime() | date() | time() | timedelta():
            worksheet.write_datetime(row, column, value, formats[type(value)])
        case _:
            worksheet.write_string(row, column, str(value))
