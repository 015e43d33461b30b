"""The doubts of a row against the cells they name, and against the figures of the row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.verify.cells import Contents, readings, stands_in
from thidua_cli.verify.difference import Difference, What, count_text
from thidua_cli.verify.said import CellRange, Figure, Part, Row, SaidDoubt, TargetRow


def doubted_cells(rows: Sequence[Row] | Sequence[TargetRow]) -> Iterator[CellRange]:
    """Yield every cell whose figure a result doubts."""
    for row in rows:
        yield from (doubt.figure for doubt in row.doubts)


def doubt_differences(
    row: Row | TargetRow, figures: Sequence[Figure], cells: Contents, given: Collection[str]
) -> Iterator[Difference]:
    """Yield what is wrong with the doubts of a row themselves: the printed number, its cell, the values."""
    for doubt in row.doubts:
        if doubt.figure.file in given:
            yield from _printed_differences(row, doubt, figures, cells)
        if doubt.printed is not None and not _are_about(doubt):
            values = "…".join(map(str, doubt.ends or ())) or ", ".join(map(str, doubt.values or ()))
            yield _about(row, doubt, values or "–", str(doubt.printed), _VALUES)
        if not _is_of_row(doubt, figures):
            yield _about(row, doubt, doubt.column, "–", _CELL)


def _printed_differences(
    row: Row | TargetRow, doubt: SaidDoubt, figures: Sequence[Figure], cells: Contents
) -> Iterator[Difference]:
    cell = cells.get((doubt.figure.file, doubt.figure.sheet, doubt.figure.range), "")
    numbers = readings(cell)
    parts = _parts(doubt, figures)
    if doubt.printed is None:
        # a unit that stands in several lines lacks its figure where one of them does; in another file it may stand
        elsewhere = bool(parts) and not any(stands_in(doubt.figure, part.cells) for part in parts)
        agrees = len(numbers) != 1 or elsewhere or (bool(parts) and all(part.value is None for part in parts))
    else:
        # and is doubted as a whole where it is not known what stands in each
        agrees = doubt.printed in numbers | {part.value for part in parts if stands_in(doubt.figure, part.cells)}
        if parts and all(part.value is None for part in parts):
            agrees = any(number <= doubt.printed for number in numbers)  # of two rows a result uses neither
    if not agrees:
        yield _about(row, doubt, count_text(doubt.printed), str(cell) or "–", _PRINTED)


def _parts(doubt: SaidDoubt, figures: Sequence[Figure]) -> list[Part]:
    """Return the counts of the row that a doubt is about, one per measure."""
    of_year = (figure for figure in figures if figure.year == doubt.year)
    return [part for figure in of_year for part in figure.parts if part.name == doubt.column]


def _are_about(doubt: SaidDoubt) -> bool:
    """Say whether the values of a doubt hold the printed one, and another."""
    if doubt.ends is not None:
        return doubt.ends[0] <= (doubt.printed or 0) <= doubt.ends[1]
    return doubt.values is None or (doubt.printed in doubt.values and len(doubt.values) > 1)


def _is_of_row(doubt: SaidDoubt, figures: Sequence[Figure]) -> bool:
    """Say whether a doubted cell is among those of the row's figures; one that holds no number is among none.

    Two files may hold the same figure of a unit: the row names the cell of one, and a doubt is about the other.
    """
    parts = [part for part in _parts(doubt, [figure for figure in figures if not figure.given]) if part.cells]
    if doubt.printed is None or not parts:
        return True
    return any(part.value == doubt.printed or stands_in(doubt.figure, part.cells) for part in parts)


def _about(row: Row | TargetRow, doubt: SaidDoubt, stated: str, recomputed: str, text: Text) -> Difference:
    about = (row.unit_code, row.unit_name)
    return Difference(
        What.DOUBT, stated, recomputed, text, *about, column=doubt.column, year=doubt.year, place=str(doubt.figure)
    )


_PRINTED: Final = Text("con số bị nghi ngờ so với ô của nó", "the disputed figure against its cell")
_VALUES: Final = Text("các số có thể đúng so với số đã ghi", "what a figure may be, against the printed one")
_CELL: Final = Text("ô bị nghi ngờ so với các ô của đơn vị", "the disputed cell against those of the unit")
