"""Observations as a canonical table, which every command reads back to the same results: CSV or a workbook.

Columns are written from columns: half a million rows must not become half a million row objects first.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Final

from thidua_cli.errors import OutputError
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS, DESCRIPTORS, KEYS, PRINTED_RATES, REQUIRED_COUNTS
from thidua_cli.normalise.canonical.formula_guard import guarded
from thidua_cli.observations import MISSING, Observations
from thidua_cli.present.toolkit.workbook_file import new_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_WORKBOOK_ROWS: Final = 1_048_575
"""Rows of data that fit on a sheet below its header."""
_MAX_CELL_TEXT: Final = 32_767
_NOT_IN_XML: Final = late_pattern("[\ufffe\uffff]")
_ROWS_HELD_IN_MEMORY: Final = 50_000
"""A workbook of more rows is written to disk row by row instead of being held as a whole."""
_SHEET_NAME: Final = "observations"
_WIDTHS: Final = {"unit_code": 16, "unit_name": 30, "parent_code": 12, "poverty_line": 14, "status": 12}
_QUOTED: Final = late_pattern(r'[,"\r\n]')


class CanonicalFormat(StrEnum):
    """What a canonical table is written as."""

    CSV = "csv"
    XLSX = "xlsx"


def canonical_columns(observations: Observations) -> tuple[str, ...]:
    """Return the columns to write: keys, descriptors, the required counts, other counts and printed rates if any.

    >>> canonical_columns(Observations())[-3:]
    ('households', 'poor_households', 'near_poor_households')
    """
    filled = {name for name, column in observations.counts.items() if column and max(column) != MISSING}
    counts = (name for name in COUNTS if name in filled or name in REQUIRED_COUNTS)
    return (*KEYS, *DESCRIPTORS, *counts, *(name for name in PRINTED_RATES if observations.rates.get(name)))


def render_canonical(observations: Observations, format_: CanonicalFormat) -> bytes:
    """Return the observations as a file; the same observations give the same bytes.

    Raises:
        OutputError: A workbook cannot hold them.
    """
    return canonical_workbook(observations) if format_ is CanonicalFormat.XLSX else canonical_csv(observations)


def canonical_csv(observations: Observations) -> bytes:
    r"""Return the observations as CSV, one row each in the order of reading: UTF-8 without mark, commas, "\n".

    A missing count is an empty field. Texts are `guarded`.
    """
    columns = canonical_columns(observations)
    fields = [_fields(observations, name) for name in columns]
    lines = map(",".join, zip(*fields, strict=True))
    return "\n".join([",".join(columns), *lines, ""]).encode()


def _fields(observations: Observations, name: str) -> Sequence[str]:
    """Return one column as CSV fields."""
    values = _values(observations, name)
    if not isinstance(values, array):
        # Of half a million rows few texts differ: each is quoted once.
        written = {text: _field(text) for text in set(values)}
        return [written[text] for text in values]
    if min(values, default=0) != MISSING:
        return list(map(str, values))
    return ["" if value == MISSING else str(value) for value in values]


def _field(text: str) -> str:
    inert = guarded(text)
    return '"' + inert.replace('"', '""') + '"' if _QUOTED.search(inert) else inert


def _values(observations: Observations, name: str) -> array[int] | Sequence[str]:
    """Return one column of the observations: whole numbers, or texts."""
    match name:
        case "unit_code":
            return observations.unit_code
        case "year":
            return observations.year
        case "unit_name":
            return observations.unit_name
        case "level":
            return observations.level
        case "parent_code":
            return observations.parent_code
        case "poverty_line":
            return observations.poverty_line
        case "status":
            return observations.status
        case _ if name in PRINTED_RATES:
            rates = observations.rates.get(name, {})
            return [rates.get(row, "") for row in range(len(observations))]
        case _:
            count = observations.counts.get(name)
            return array("q", [MISSING]) * len(observations) if count is None else count


def canonical_workbook(observations: Observations) -> bytes:
    """Return the observations as a workbook of one sheet: texts in text cells, counts and years in number cells.

    Raises:
        OutputError: There are more rows, or a longer text, than a sheet holds.
    """
    _refuse_too_much(observations)
    stream = BytesIO()
    with new_workbook(stream, row_by_row=len(observations) > _ROWS_HELD_IN_MEMORY, exact=True) as book:
        sheet = book.add_worksheet(_SHEET_NAME)
        columns = canonical_columns(observations)
        _lay_out(book, sheet, columns, len(observations))
        _write_rows(book, sheet, observations, columns)
    return stream.getvalue()


def _lay_out(book: Workbook, sheet: Worksheet, columns: Sequence[str], rows: int) -> None:
    heading = book.add_format({"bold": True, "bg_color": "#D9E2F0", "border": 1, "border_color": "#B5B5B5"})
    for column, name in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS.get(name, max(10, len(name) + 4)))
        sheet.write_string(0, column, name, heading)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, rows, len(columns) - 1)
    # Codes are digits on purpose; Excel would mark every one of them as a mistake.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_rows(book: Workbook, sheet: Worksheet, observations: Observations, columns: Sequence[str]) -> None:
    # The format "text" keeps a name a text when somebody edits its cell in Excel.
    as_text = book.add_format({"num_format": "@"})
    values = [_values(observations, name) for name in columns]
    for number, row in enumerate(zip(*values, strict=True), start=1):
        for column, value in enumerate(row):
            if columns[column] in PRINTED_RATES and _is_same_number(str(value)):
                sheet.write_number(number, column, float(value))
            elif isinstance(value, str):
                if value:
                    sheet.write_string(number, column, str(value), as_text)
            elif value != MISSING:
                sheet.write_number(number, column, value)


def _is_same_number(printed: str) -> bool:
    """Say whether a rate as a number is read back with the decimals it was printed with: "5.93", not "5.90".

    >>> _is_same_number("5.93"), _is_same_number("5.90"), _is_same_number("5.93+1.89"), _is_same_number("")
    (True, False, False, False)
    """
    try:
        number = float(printed)
    except ValueError:
        return False
    return printed in (repr(number), repr(number).removesuffix(".0"))


def _refuse_too_much(observations: Observations) -> None:
    # XlsxWriter would drop what does not fit and say so by a return value alone: rows lost without a word.
    if len(observations) > MAX_WORKBOOK_ROWS:
        text = Text(
            "{rows} dòng không vừa một trang tính ({limit} dòng); hãy ghi ra tệp .csv",
            "{rows} rows do not fit on a sheet ({limit} rows); write a .csv instead",
        )
        raise OutputError(text.fill(rows=len(observations), limit=MAX_WORKBOOK_ROWS))
    if any(len(text) > _MAX_CELL_TEXT or _NOT_IN_XML.search(text) for text in _texts(observations)):
        text = Text(
            "có ô chữ dài hơn {limit} ký tự hoặc có ký tự mà sổ tính không chứa được; hãy ghi ra tệp .csv",
            "a text is longer than {limit} characters or has one that no workbook holds; write a .csv instead",
        )
        raise OutputError(text.fill(limit=_MAX_CELL_TEXT))


def _texts(observations: Observations) -> set[str]:
    """Return every different text of the observations."""
    texts: set[str] = set()
    for name in ("unit_code", *DESCRIPTORS):
        texts.update(value for value in _values(observations, name) if isinstance(value, str))
    return texts
