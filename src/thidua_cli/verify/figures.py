"""The numbers of a result against the cells they name, and against each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypedDict

from thidua_cli.language import Text
from thidua_cli.read.grid import Cell
from thidua_cli.verify.cells import CellKey, cell_names, readings
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.printed import printed_differences
from thidua_cli.verify.said import CellRange, Figure, Part, Row, TargetRow

_MOST_SUMS: Final = 4096
"""A text like "20.000" can be read in two ways; so many sums of such readings are tried."""


def figure_differences(
    row: Row | TargetRow, figure: Figure, cells: Mapping[CellKey, Cell], given: Collection[str]
) -> Iterator[Difference]:
    """Yield what is wrong with the numbers of one unit at one year-end.

    Cells of a file that was not given would all differ; that it is missing is told once, elsewhere.
    """
    for part in figure.parts:
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
            yield Difference(What.COUNT, _written(stated), _written(summed), _COUNT, **about)


def _part_differences(
    row: Row | TargetRow, year: int, part: Part, cells: Mapping[CellKey, Cell], beside: int
) -> Iterator[Difference]:
    """Add up the cells, and `beside` them what the user supplied for divided units."""
    if part.value is None:
        return
    sums, empty, shown = {beside}, [], beside
    for range_ in part.cells:
        for key in _keys(range_):
            numbers = readings(cells.get(key, ""))
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


def _written(value: int | None) -> str:
    return "–" if value is None else str(value)


_COUNT: Final = Text("con số trong kết quả so với tổng các phần của nó", "the number against the sum of its parts")
_CELLS: Final = Text("con số trong kết quả so với ô nguồn", "the number against its cells")
