"""Rates that a source prints without counts, taken again: what was printed, in which cell, and how far it is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from thidua_cli.language import Text
from thidua_cli.read.grid import Cell
from thidua_cli.verify.cells import CellKey, cell_names
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.said import Figure, Row, SaidPrinted, SaidRate, TargetRow

_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?\Z", re.ASCII)
_SURE_DIGITS: Final = Context(prec=15)
"""A double keeps fifteen digits for sure: a cell of 0.07% may hold 0.0007000000000000001 and means 0.0007."""
_PARTS: Final = ("poor_rate_percent", "near_poor_rate_percent")


def printed_range(measure: str, stated: SaidPrinted) -> Range | None:
    """Return what the rate may be by what is printed; None where that contradicts itself or is no number."""
    own = _together(stated.rates, f"{measure}_rate_percent")
    if measure != "multidimensional":
        return own
    poor, near_poor = (_together(stated.rates, name) for name in _PARTS)
    if poor is None or near_poor is None or poor.low is None or near_poor.low is None:
        return own
    total = Range(poor.low + near_poor.low, poor.high + near_poor.high)
    # A printed rate that is the sum of the two was added up by the source and is no second witness.
    if own is None or own.low is None or own.low + own.high == poor.low + poor.high + near_poor.low + near_poor.high:
        return total
    low, high = max(own.low, poor.low + near_poor.low), min(own.high, total.high)
    return Range(low, high) if low <= high else None


def _together(rates: Collection[SaidRate], name: str) -> Range | None:
    """Return what lies in the rounding of every printed rate of a column."""
    ends = [_ends(rate.printed) for rate in rates if rate.name == name]
    known = [pair for pair in ends if pair is not None]
    if not known or len(known) < len(ends):
        return None
    low, high = max(low for low, _ in known), min(high for _, high in known)
    return Range(low, high) if low <= high else None


def _ends(printed: str) -> tuple[Fraction, Fraction] | None:
    """Return the ends of what rounds to a printed rate, or to every addend of a sum.

    >>> _ends("5.9")
    (Fraction(117, 20), Fraction(119, 20))
    """
    # The result writes points whatever its language; a comma here was put in by hand.
    numbers = [Decimal(addend) for addend in printed.split("+") if _NUMBER.match(addend) and "," not in addend]
    if len(numbers) < len(printed.split("+")):
        return None
    steps = [number.as_tuple().exponent for number in numbers]
    doubt = sum((Fraction(1, 2) * Fraction(10) ** step for step in steps if isinstance(step, int)), Fraction(0))
    total = sum(map(Fraction, numbers), Fraction(0))
    return max(total - doubt, Fraction(0)), total + doubt


def printed_differences(
    row: Row | TargetRow, figure: Figure, cells: Mapping[CellKey, Cell], given: Collection[str]
) -> Iterator[Difference]:
    """Yield what is wrong with a printed rate: its ends, or a cell that prints another."""
    if figure.printed is None:
        return
    stated = f"{figure.printed.low}…{figure.printed.high}"
    range_ = printed_range(figure.measure, figure.printed)
    recomputed = "–" if range_ is None or range_.low is None else f"{_exact(range_.low)}…{_exact(range_.high)}"
    about = (row.unit_code, row.unit_name)
    if stated != recomputed:
        yield Difference(What.COUNT, stated, recomputed, _ENDS, *about, column=figure.measure, year=figure.year)
    for rate in figure.printed.rates:
        if not rate.cells:
            yield Difference(What.CELL, rate.printed, "–", _CELL, *about, column=rate.name, year=figure.year)
        keys = [
            (source.file, source.sheet, cell)
            for source in rate.cells
            if source.file in given
            for cell in cell_names(source.range)
        ]
        for key in keys:
            cell = cells.get(key, "")
            if _numbers(rate.printed) not in _readings(cell):
                place = " › ".join(name for name in key if name)
                shown = str(cell) or "–"
                yield Difference(
                    What.CELL, rate.printed, shown, _CELL, *about, column=rate.name, year=figure.year, place=place
                )


def _readings(cell: Cell) -> list[list[Decimal]]:
    """Return every sum of percentages a cell may be read as: a bare number may be a fraction.

    >>> _readings("5,93%"), _readings(0.0593)
    ([[Decimal('5.93')]], [[Decimal('0.0593')], [Decimal('5.9300')]])
    """
    text = "".join(str(cell).split())
    if not isinstance(cell, str):
        try:
            text = format(_SURE_DIGITS.create_decimal(text), "f")
        except InvalidOperation:
            return []
    numbers = _numbers(text.replace("%", ""))
    if numbers is None:
        return []
    return [numbers] if "%" in text else [numbers, [100 * number for number in numbers]]


def _numbers(text: str) -> list[Decimal] | None:
    parts = text.split("+")
    numbers = [Decimal(part.replace(",", ".")) for part in parts if _NUMBER.match(part)]
    return numbers if len(numbers) == len(parts) else None


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


_ENDS: Final = Text("tỷ lệ ghi trong nguồn, tính lại khoảng làm tròn", "the printed rate, its rounding taken again")
_CELL: Final = Text("tỷ lệ trong kết quả so với ô nguồn", "the printed rate against its cell")
