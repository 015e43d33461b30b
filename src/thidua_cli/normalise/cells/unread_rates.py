"""Printed rates beside counts that cannot be read, and so cannot be compared with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.lexicon import column_text
from thidua_cli.model import Measure, Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.cells.percents import read_percent
from thidua_cli.normalise.sheet.headings import RATE
from thidua_cli.normalise.sheet.numbers import Rate, read_rate, says_no_number, shown_number
from thidua_cli.read.grid import Cell

V011: Final = Kind(
    code="V011",
    name="unreadable-printed-rate",
    severity=Severity.WARNING,
    standing=Standing.NOTHING,
    title=Text("Tỷ lệ ghi trong biểu không đọc được", "Printed rate cannot be read"),
    message=Text(
        "{who}“{value}” ở cột “{column_text}” không phải là tỷ lệ nên không đối chiếu được với số hộ{hint}",
        "{who}“{value}” in column “{column_text}” is no rate and cannot be compared with the counts{hint}",
    ),
    what=Text(
        "Ô tỷ lệ bên cạnh số hộ có chữ, ngày, giờ hoặc dấu lạ. Ô trống, dấu gạch, và “NaN%”, “#DIV/0!” của đơn vị "
        "không có hộ nào thì không báo. Cả cột đều như vậy thì báo một lần.",
        "The cell of a rate beside the counts holds words, a date, a time or odd signs. Not told: empty cells, "
        "dashes, and “NaN%” or “#DIV/0!” of a unit without households. A whole column of such cells is told once.",
    ),
    why=Text(
        "Tỷ lệ luôn được tính lại từ số hộ; tỷ lệ trong biểu giúp phát hiện số hộ gõ sai (V006), ở ô này thì không.",
        "Rates are computed anew from the counts; a printed one shows a count typed wrongly (V006), but not here.",
    ),
    example=Text(
        "Gõ 4.6 vào ô tỷ lệ, Excel đổi thành ngày 04/06; hoặc ghi “14;69”.",
        "4.6 was typed for a rate, and Excel made it 4 June; or “14;69” stands there.",
    ),
    mend=Text(
        "Định dạng cột tỷ lệ là Number hoặc Percentage rồi gõ lại, hoặc thay bằng công thức.",
        "Format the column of rates as Number or Percentage and type it anew, or use a formula.",
    ),
)

_TYPED: Final = Text(
    "; có phải là {day},{month} bị Excel đổi thành ngày?", "; is it {day}.{month}, which Excel made a date?"
)
_MORE: Final = Text(" ({count} ô, cả cột đều không đọc được)", " (cells: {count}, none of the column can be read)")


class RateCell(NamedTuple):
    """The cell of a rate, beside the counts of one unit."""

    cell: Cell
    measure: Measure
    origin: Origin
    unit_code: str
    unit_name: str
    year: int
    whole: int | None
    """What the rate is of; None where it is not known."""


class RateCells:
    """The printed rates of one table as they are looked at: which of them could not be read."""

    def __init__(self) -> None:
        self._readable: set[Measure] = set()
        self._unread: dict[Measure, list[RateCell]] = {}

    def read(self, rate: RateCell) -> Rate | None:
        """Return the rate that a cell holds, and remember whether it holds what is none."""
        printed = read_rate(rate.cell)
        if printed is not None:
            self._readable.add(rate.measure)
        elif (percent := read_percent(rate.cell)) is None and not (says_no_number(rate.cell) and not rate.whole):
            self._unread.setdefault(rate.measure, []).append(rate)
        elif percent:
            self._readable.add(rate.measure)  # a sum of rates
        return printed

    def findings(self) -> Iterator[Finding]:
        """Yield V011 for every rate that cannot be read; once for a column of which none can be."""
        for measure, rates in self._unread.items():
            if measure in self._readable or len(rates) == 1:
                yield from (_finding(rate) for rate in rates)
            else:
                yield _finding(rates[0], len(rates))


def _finding(rate: RateCell, count: int = 1) -> Finding:
    column = f"{RATE}{rate.measure.value}"
    who = Text(*(f"{rate.unit_name}: ",) * 2)
    hint = _hint(rate.cell) if count == 1 else _MORE.fill(count=count)
    details = {"column_text": column_text(column), "hint": hint, "who": who if count == 1 else NO_TEXT}
    code, name = (rate.unit_code, rate.unit_name) if count == 1 else (None, None)
    return Finding(V011, rate.origin, code, name, rate.year, column, shown_number(rate.cell), details=details)


def _hint(cell: Cell) -> Text:
    """Excel takes a rate that is typed with a dot, 4.6, for a day."""
    if isinstance(cell, date) and not (isinstance(cell, datetime) and (cell.hour or cell.minute)):
        return _TYPED.fill(day=cell.day, month=cell.month)
    return NO_TEXT
