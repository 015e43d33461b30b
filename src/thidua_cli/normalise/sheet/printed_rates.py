"""Rates that a table prints without the counts they come from: how they are read, and what they stand in for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import PRINTED_RATES, RATE_COLUMN, Measure
from thidua_cli.normalise.sheet.faults import V005
from thidua_cli.normalise.sheet.heading_faults import H001
from thidua_cli.normalise.sheet.headings import RATE
from thidua_cli.normalise.sheet.numbers import DASHES, SPACES
from thidua_cli.observations import Observations
from thidua_cli.read.grid import Cell

MEASURE_OF: Final[Mapping[str, Measure]] = {f"{RATE}{measure.value}": measure for measure in RATE_COLUMN}
"""Meaning of a rate's heading → what it is the rate of."""
_PERCENT: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,15})?%?\Z", re.ASCII)
_FLOAT_DIGITS: Final = 15
"""Digits that a number in a workbook holds for certain; what follows is the machine's own."""
_STANDS_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "households": PRINTED_RATES,
    "poor_households": (RATE_COLUMN[Measure.POOR], RATE_COLUMN[Measure.MULTIDIMENSIONAL]),
    "near_poor_households": (RATE_COLUMN[Measure.NEAR_POOR], RATE_COLUMN[Measure.MULTIDIMENSIONAL]),
}
"""Required count → the printed rates of which any makes do without it."""
_EITHER: Final = Text(": không rõ là phần trăm hay phân số", ": a percentage or a fraction")
RATES_THERE: Final = Text(
    "; chỉ có tỷ lệ: xét được điều kiện theo tỷ lệ, chưa xét được theo số hộ",
    "; only rates are there: enough for clauses on rates, not for those on counts",
)


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
    if isinstance(cell, (bool, date, datetime, time, timedelta)):
        return None
    if isinstance(cell, str):
        text = cell.translate(SPACES)
        if not text.strip(DASHES):
            return ""
        printed = [_in_percent(part, scale) for part in text.split("+")]
    else:
        printed = [_in_percent(format(Decimal(format(cell, f".{_FLOAT_DIGITS}g")), "f"), scale)]
    known = [one for one in printed if one is not None]
    if len(known) < len(printed) or sum(known) > 100:
        return None
    return "+".join(format(one, "f") for one in known)


def _in_percent(text: str, scale: Scale) -> Decimal | None:
    if not _PERCENT.match(text):
        return None
    number = Decimal(text.removesuffix("%").replace(",", "."))
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


def rate_hint(cell: Cell, scale: Scale) -> Text:
    """Return what to add to a message that a cell is no rate: that nobody knows which of two it is."""
    return _EITHER if scale is Scale.UNKNOWN and is_bare_number(cell) else NO_TEXT


def stands_in(name: str, rates: Collection[str]) -> bool:
    """Say whether one of the printed rates makes do without a required count, for clauses on rates.

    >>> stands_in("near_poor_households", {"poor_rate_percent"}), stands_in("households", {"poor_rate_percent"})
    (False, True)
    """
    return any(rate in rates for rate in _STANDS_FOR.get(name, ()))


def softened(finding: Finding, rates: Collection[str]) -> Finding:
    """Return the finding of a missing count (H001, V005) as a warning where printed rates stand in for it."""
    if finding.column is None or not stands_in(finding.column, rates):
        return finding
    details = {**finding.details, "instead": RATES_THERE}
    return replace(finding, severity_here=Severity.WARNING, details=details)


def columns_told_once(findings: Iterable[Finding], rates: Collection[str]) -> list[Finding]:
    """Return the findings of missing columns (H001) of one table, those that its rates stand in for as one warning."""
    return _told_once(findings, lambda finding: rates if finding.kind is H001 else ())


def cells_told_once(findings: Iterable[Finding], rates_of: Mapping[int, Collection[str]]) -> list[Finding]:
    """Return the findings with the missing counts (V005) of a row that prints rates as one warning of the row.

    `rates_of` are the printed rates by sheet row. Counts that no rate stands in for stay errors of their own.
    """
    return _told_once(findings, lambda one: rates_of.get(one.origin.row, ()) if one.kind is V005 else ())


def _told_once(findings: Iterable[Finding], rates_for: Callable[[Finding], Collection[str]]) -> list[Finding]:
    kept: list[Finding] = []
    first: dict[tuple[str, int, str | None], int] = {}
    for finding in findings:
        rates = rates_for(finding)
        key = (finding.kind.code, finding.origin.row, finding.unit_code)
        if not rates or not stands_in(finding.column or "", rates):
            kept.append(finding)
        elif (at := first.get(key)) is None:
            first[key] = len(kept)
            kept.append(softened(finding, rates))
        else:
            names = kept[at].details["column_text"], finding.details["column_text"]
            both = Text("{one}, {two}", "{one}, {two}").fill(one=names[0], two=names[1])
            kept[at] = replace(kept[at], details={**kept[at].details, "column_text": both})
    return kept


def rates_by_sheet_row(observations: Observations) -> dict[int, Collection[str]]:
    """Return the columns of printed rates by sheet row, of the observations of one table."""
    names: dict[int, Collection[str]] = {}
    for name, rates in observations.rates.items():
        for row in rates:
            number = observations.row_number[row]
            names[number] = {*names.get(number, ()), name}
    return names
