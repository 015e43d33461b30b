"""The numbers of a result against the cells they name, and against each other: counts, and rates without counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, TypedDict

from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.grid import Cell
from thidua_cli.verify.cells import CellKey, Contents, cell_names
from thidua_cli.verify.difference import Difference, What, count_text
from thidua_cli.verify.range_value import Range, exact_text
from thidua_cli.verify.said import CellRange, Figure, Part, Row, SaidPrinted, SaidRate, TargetRow

_NUMBER: Final = late_pattern(r"[0-9]+(?:[.,][0-9]+)?\Z", re.ASCII)
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
    row: Row | TargetRow, figure: Figure, cells: Contents, given: Collection[str]
) -> Iterator[Difference]:
    """Yield what is wrong with a printed rate: its ends, or a cell that prints another."""
    if figure.printed is None:
        return
    stated = f"{figure.printed.low}…{figure.printed.high}"
    range_ = printed_range(figure.measure, figure.printed)
    recomputed = "–" if range_ is None or range_.low is None else f"{exact_text(range_.low)}…{exact_text(range_.high)}"
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


_ENDS: Final = Text("tỷ lệ ghi trong nguồn, tính lại khoảng làm tròn", "the printed rate, its rounding taken again")
_CELL: Final = Text("tỷ lệ trong kết quả so với ô nguồn", "the printed rate against its cell")


_MOST_SUMS: Final = 4096
"""A text like "20.000" can be read in two ways; so many sums of such readings are tried."""


def figure_differences(
    row: Row | TargetRow, figure: Figure, cells: Contents, given: Collection[str]
) -> Iterator[Difference]:
    """Yield what is wrong with the numbers of one unit at one year-end.

    Cells of a file that was not given would all differ; that it is missing is told once, elsewhere.
    """
    for part in (*figure.parts, *figure.beside):
        if all(cells.file in given for cells in part.cells):
            beside = sum(counts.get(part.name, 0) for counts in figure.given)
            yield from _part_differences(row, figure.year, part, cells, beside)
    yield from printed_differences(row, figure, cells, given)
    # A figure without parts rests on nothing: a number in it was written by hand.
    whole, *parts = figure.parts or (Part("households", None, ()),)
    known = [part.value for part in parts if part.value is not None]
    total = sum(known) if parts and len(known) == len(parts) else None
    for stated, summed, name in ((figure.households, whole.value, whole.name), (figure.count, total, figure.measure)):
        if stated != summed:
            about = _about(row, name, figure.year)
            yield Difference(What.COUNT, count_text(stated), count_text(summed), _COUNT, **about)


def _part_differences(
    row: Row | TargetRow, year: int, part: Part, cells: Contents, beside: int
) -> Iterator[Difference]:
    """Add up the cells, and `beside` them what the user supplied for divided units."""
    if part.value is None:
        return
    sums, empty, shown = {beside}, [], beside
    for range_ in part.cells:
        for key in _keys(range_):
            numbers = cells.numbers(key)
            if not numbers:
                empty.append(key)
                continue
            shown += max(numbers)
            sums = {total + value for total in sums for value in numbers}
            if len(sums) > _MOST_SUMS:
                sums = {total for total in sums if total <= part.value}
    place = "; ".join(str(range_) for range_ in part.cells) or "–"
    about = _about(row, part.name, year)
    for key in empty:
        where = " › ".join(name for name in key if name)
        yield Difference(What.CELL, str(part.value), str(cells.get(key, "–")), _CELLS, **about, place=where)
    if not empty and (part.value not in sums or not (part.cells or beside)):
        yield Difference(What.CELL, str(part.value), str(shown), _CELLS, **about, place=place)


class _About(TypedDict):
    unit_code: str
    unit_name: str
    column: str
    year: int


def _about(row: Row | TargetRow, column: str, year: int) -> _About:
    return {"unit_code": row.unit_code, "unit_name": row.unit_name, "column": column, "year": year}


def _keys(cells: CellRange) -> Iterator[CellKey]:
    return ((cells.file, cells.sheet, cell) for cell in cell_names(cells.range))


_COUNT: Final = Text("con số trong kết quả so với tổng các phần của nó", "the number against the sum of its parts")
_CELLS: Final = Text("con số trong kết quả so với ô nguồn", "the number against its cells")
