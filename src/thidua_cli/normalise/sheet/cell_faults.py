"""What a sheet hides or takes from elsewhere, as findings: F004, F005, F007 and F010."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Sequence
from itertools import groupby
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.model import Origin, column_letters
from thidua_cli.read.faults import F004, F005, F007, F010
from thidua_cli.read.grid import Cell, Fault, Grid, Span, cell_name

_LAST_ROW: Final = 1 << 31
_NAMED: Final = 5
"""Cells or stretches that one finding names; of the rest it says how many."""
_USED: Final = Text("số liệu ở đó được tính", "their figures count")
_NOT_USED: Final = Text("không được dùng", "they are not used")


def fault_finding(
    fault: Fault,
    origin: Origin,
    *,
    unit_code: str | None = None,
    unit_name: str | None = None,
    year: int | None = None,
    column: str | None = None,
) -> Finding:
    """Return the error for a hidden cell whose figure is needed."""
    return Finding(
        F005 if fault.error else F004,
        origin,
        unit_code,
        unit_name,
        year,
        column,
        value=fault.error or None,
        details={"cell": origin.cell, "error": fault.error},
    )


def faults_beside(grid: Grid, used: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Yield what is to be said of a sheet beyond the cells that are used: F004 and F005 as notes, F007, F010."""
    yield from _faults_unused(grid, used)
    yield from _unseen(grid, {row for row, _ in used}, {column for _, column in used})


def columns_beside(grid: Grid, first_row: int, columns: Container[int]) -> Iterator[Finding]:
    """Yield the same for a table whose figures are taken from whole columns, from a 0-based row on."""
    yield from _faults_unused(grid, {place for place in grid.faults if place[1] in columns})
    yield from _unseen(grid, range(first_row, _LAST_ROW), columns)


def _faults_unused(grid: Grid, used: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Yield one note per sheet and kind for the hidden cells that no figure is taken from."""
    beside = sorted(place for place in grid.faults if place not in used)
    for kind in (F005, F004):
        cells = [place for place in beside if bool(grid.faults[place].error) == (kind is F005)]
        if cells:
            origin = grid.origin(*cells[0])
            more = f" (+{len(cells) - 1})" if len(cells) > 1 else ""
            yield Finding(
                kind,
                origin,
                value=grid.faults[cells[0]].error or None,
                details={"cell": origin.cell + more, "error": grid.faults[cells[0]].error},
                severity_here=Severity.NOTE,
            )


def _unseen(grid: Grid, rows: Container[int], columns: Container[int]) -> Iterator[Finding]:
    """Yield F010 and F007 for a sheet that was read, its figures taken from `rows` and `columns` (0-based).

    One finding says what is hidden and used, another what is hidden and only stands beside the table.
    """
    facts = grid.facts
    if facts.links:
        names = _listed([cell_name(*place) for place in facts.links])
        origin = grid.origin(*facts.links[0])
        yield Finding(F010, origin, details={"count": len(facts.links), "cells": names})
    if grid.is_hidden:
        yield _hidden(grid.origin(), Text("trang tính này", "this sheet"), is_used=True)
    if facts.hidden_rows or facts.hidden_columns:
        filled_rows, filled_columns = _filled(grid)
        for is_used in (True, False):
            found = [row for row in filled_rows if (row in rows) is is_used]
            beside = [column for column in filled_columns if (column in columns) is is_used]
            if found or beside:
                yield _hidden(_first(grid, found, beside), _parts(found, beside), is_used=is_used)


def hidden_sheet_unused(grid: Grid) -> Iterator[Finding]:
    """Yield a note for a hidden sheet that holds cells and no table that is read."""
    if grid.is_hidden:
        yield _hidden(grid.origin(), Text("trang tính này", "this sheet"), is_used=False)


def _hidden(origin: Origin, parts: Text, *, is_used: bool) -> Finding:
    details = {"parts": parts, "use": _USED if is_used else _NOT_USED}
    severity = None if is_used else Severity.NOTE
    return Finding(F007, origin, details=details, severity_here=severity)


def _first(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> Origin:
    return grid.origin(rows[0], grid.first_column) if rows else grid.origin(column=columns[0])


def _parts(rows: Sequence[int], columns: Sequence[int]) -> Text:
    """Name hidden rows and columns: "dòng 14–16, cột M"."""
    by_row = _listed([_span(span, lambda at: str(at + 1)) for span in _spans(rows)])
    by_column = _listed([_span(span, column_letters) for span in _spans(columns)])
    vi = [f"dòng {by_row}"] * bool(rows) + [f"cột {by_column}"] * bool(columns)
    en = [f"rows {by_row}"] * bool(rows) + [f"columns {by_column}"] * bool(columns)
    return Text(", ".join(vi), ", ".join(en))


def _filled(grid: Grid) -> tuple[list[int], list[int]]:
    """Return the hidden rows and columns that hold anything."""
    hidden_rows = {row for span in grid.facts.hidden_rows for row in range(span.first, span.last + 1)}
    rows: list[int] = []
    waiting: set[int] | None = None
    columns: set[int] = set()
    for number, row in enumerate(grid.open_rows()):
        if waiting is None:
            waiting = {at for at in range(len(row)) if _is_within(at + grid.first_column, grid.facts.hidden_columns)}
        if number in hidden_rows and not all(map(_is_blank, row)):
            rows.append(number)
        found = {at for at in waiting if at < len(row) and not _is_blank(row[at])}
        waiting -= found
        columns |= found
    return rows, sorted(at + grid.first_column for at in columns)


def _is_within(number: int, spans: Sequence[Span]) -> bool:
    return any(span.first <= number <= span.last for span in spans)


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _spans(numbers: Sequence[int]) -> list[Span]:
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda item: item[1] - item[0])]
    return [Span(run[0], run[-1]) for run in runs]


def _span(span: Span, name: Callable[[int], str]) -> str:
    return name(span.first) if span.first == span.last else f"{name(span.first)}–{name(span.last)}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")
