"""Cells that should hold a printed rate: how they are read, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.lexicon import column_text
from thidua_cli.normalise.cells.judged import JudgedCell
from thidua_cli.normalise.sheet.numbers import DASHES, shown_number, trimmed
from thidua_cli.read.grid import Cell

_PERCENT: Final = late_pattern(r"[0-9]{1,3}(?:[.,][0-9]{1,15})? ?%?\Z", re.ASCII)
_FLOAT_DIGITS: Final = 15
"""Digits that a number in a workbook holds for certain; what follows is the machine's own."""
_EITHER: Final = Text(": không rõ là phần trăm hay phân số", ": a percentage or a fraction")


class Scale(StrEnum):
    """What the bare numbers of a table's rates are."""

    PERCENT = "percent"
    FRACTION = "fraction"
    UNKNOWN = "unknown"


def read_percent(cell: Cell, scale: Scale = Scale.PERCENT) -> str | None:
    """Return a printed rate in percent with its decimals, "" for an empty cell, None for what is no rate.

    A sum of printed percentages stays one: each of them was rounded.

    >>> read_percent("5,93"), read_percent("5.90 %"), read_percent(4.21), read_percent("5,93 + 1,89")
    ('5.93', '5.90', '4.21', '5.93+1.89')
    >>> read_percent(0.0593, Scale.FRACTION), read_percent("–"), read_percent("101"), read_percent("ít")
    ('5.93', '', None, None)
    """
    if cell is None:
        return ""
    if isinstance(cell, (bool, date, time, timedelta)):
        return None
    if isinstance(cell, str):
        text = trimmed(cell)
        if not text.strip(DASHES + " "):
            return ""
        printed = [_in_percent(part.strip(), scale) for part in text.split("+")]
    else:
        # 5.93 is held as 5.9299999999999997: only the digits that were typed may count as decimals
        printed = [_in_percent(format(Decimal(format(cell, f".{_FLOAT_DIGITS}g")), "f"), scale)]
    known = [number for number in printed if number is not None]
    if len(known) < len(printed) or sum(known) > 100:
        return None
    return "+".join(format(number, "f") for number in known)


def _in_percent(text: str, scale: Scale) -> Decimal | None:
    if not _PERCENT.match(text):
        return None
    number = Decimal(text.removesuffix("%").rstrip().replace(",", "."))
    return number.scaleb(2) if scale is Scale.FRACTION and not text.endswith("%") else number


def scale_of(cells: Iterable[Cell]) -> Scale:
    """Say whether the bare numbers of a table's rates are percentages or, as Excel's own format %, fractions.

    A number above 1 is a percentage, and so are the others beside it. Where all are at most 1 they may be either.
    """
    bare = [read_percent(cell) for cell in cells if not (isinstance(cell, str) and cell.rstrip().endswith("%"))]
    numbers = [Decimal(text) for text in bare if text and "+" not in text]
    if any(number > 1 for number in numbers) or not any(numbers):
        return Scale.PERCENT
    return Scale.UNKNOWN


def is_bare_number(cell: Cell) -> bool:
    """Say whether a cell holds a number other than zero, without a percent sign."""
    printed = read_percent(cell)
    is_signed = isinstance(cell, str) and "%" in cell
    return bool(printed) and not is_signed and "+" not in (printed or "") and bool(Fraction(printed or "0"))


def percent_of(cell: Cell, scale: Scale) -> str | None:
    """Return a printed rate as `read_percent`; None too of a bare number of which nobody knows which of two it is."""
    printed = read_percent(cell, scale)
    return None if printed and scale is Scale.UNKNOWN and is_bare_number(cell) else printed


V008: Final = Kind(
    code="V008",
    name="not-a-printed-rate",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Tỷ lệ không dùng được", "Not a rate"),
    message=Text(
        "{unit}, “{column_text}”: “{value}” không dùng được làm tỷ lệ %{hint}",
        "{unit}, “{column_text}”: “{value}” cannot be used as a rate in percent{hint}",
    ),
    what=Text(
        "Dòng không có số hộ và tỷ lệ ghi thay không phải một số từ 0 đến 100, hoặc không rõ 0,59 là 0,59% hay 59%.",
        "The row has no counts, and the rate in their place is no number from 0 to 100, or 0.59 may be 0.59% or 59%.",
    ),
    why=Text(
        "Không có số hộ thì tỷ lệ không kiểm tra lại được; hiểu sai một trăm lần là sai cả kết quả xét.",
        "Without counts a rate cannot be compared with anything; a hundredfold misreading would turn the verdict.",
    ),
    example=Text(
        "Biểu chỉ có cột “Tỷ lệ hộ nghèo” với các ô 0,0593 định dạng % của Excel.",
        "A table has only a column “Tỷ lệ hộ nghèo” whose cells are 0.0593 in Excel's format %.",
    ),
    mend=Text(
        "Ghi tỷ lệ kèm dấu % dạng chữ (“5,93%”), hoặc bổ sung số hộ.",
        "Write the rate as a text with its sign (“5,93%”), or add the counts.",
    ),
)


def percent_finding(cell: JudgedCell, scale: Scale = Scale.PERCENT) -> Finding:
    """Return V008 for a cell that holds no rate."""
    hint = _EITHER if scale is Scale.UNKNOWN and is_bare_number(cell.value) else NO_TEXT
    details = {"column_text": column_text(cell.column), "hint": hint}
    who = (cell.unit_code, cell.unit_name, cell.year)
    return Finding(V008, cell.origin, *who, cell.column, shown_number(cell.value), details=details)
