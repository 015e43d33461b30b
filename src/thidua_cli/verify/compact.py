"""A document "thidua.eligible/4" → the rows of "thidua.eligible/3", which says with each row what /4 says once.

Version 4 states at its head what many rows have in common: what a clause asks, which lists tell classes, and which
column of which table holds a count. Everything else is the same in both, so that both are read as the older one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from thidua_cli.model import column_letters
from thidua_cli.read.grid import column_index
from thidua_cli.verify.json_record import JsonRecord

COMPACT: Final = "thidua.eligible/4"
FULL: Final = "thidua.eligible/3"
SHEET_ROWS: Final = re.compile(
    r"(?:^| )([0-9]{1,6})!([0-9]{1,7}(?::[0-9]{1,7})?(?:,[0-9]{1,7}(?::[0-9]{1,7})?)*)(?= |\Z)"
)
"""Number of a table, and rows of it: "0!2:15,20"."""
_RUN: Final = re.compile(r"([0-9]+)(?::([0-9]+))?")
_RANGE: Final = re.compile(r"([A-Z]*)([0-9]+)(?::[A-Z]*([0-9]+))?\Z")


def expanded(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the same as a document of version 3; any other document as it is.

    Raises:
        InputError: A row names a clause, a list or a table that the document does not have.
    """
    if document.get("schema") != COMPACT:
        return document
    top = JsonRecord(document, COMPACT)
    rows = [_with_sources(row) for row in expanded_rows(top)]
    clauses = [_without(clause.values, ("reading", "citation")) for clause in top.records("clauses")]
    of_head = {"schema": FULL, "clauses": clauses, "rows": rows}
    return {name: of_head.get(name, value) for name, value in document.items() if name not in ("class_lists", "tables")}


def expanded_rows(top: JsonRecord) -> Iterator[dict[str, Any]]:
    """Yield the rows of a document of version 4 as version 3 has them, but for `sources`, which only repeats the cells.

    Raises:
        InputError: As `expanded`.
    """
    head = _Head(top)
    return map(head.row, top.records("rows"))


class _Head:
    """What the rows of a document refer to."""

    def __init__(self, top: JsonRecord) -> None:
        self._class_lists = top.records("class_lists")
        self._tables = top.records("tables")
        self._clauses = {clause.text("id"): clause for clause in top.records("clauses")}

    def row(self, record: JsonRecord) -> dict[str, Any]:
        """Return a row with everything in it."""
        lists = [
            dict(record.chosen("class_lists", self._class_lists, number).values)
            for number in record.wholes("class_lists")
        ]
        of_row: dict[str, Any] = {
            "class_lists": lists,
            "paths": [self._path(path) for path in record.records("paths")],
            "figures": [self._figure(figure) for figure in record.records("figures")],
        }
        return {name: of_row.get(name, value) for name, value in record.values.items()}

    def _path(self, record: JsonRecord) -> dict[str, Any]:
        """Return a path with what its clause asks; one of no clause of the document stays as it is."""
        clause = self._clauses.get(record.text("rule"))
        if clause is None:
            return dict(record.values)
        upper = clause.optional_digits("upper")
        asked = {
            "comparison": clause.text("comparison"),
            "threshold": _number(clause.digits("threshold")),
            "unit": clause.text("unit"),
            "poverty_line": clause.text("poverty_line"),
            "upper": None if upper is None else _number(upper),
            "reading": clause.text("reading"),
            "citation": clause.text("citation"),
        }
        return _in_order(_PATH, {**record.values, **asked})

    def _figure(self, record: JsonRecord) -> dict[str, Any]:
        """Return figures with all fields, and their counts cell by cell."""
        usual = {name: make() for name, make in _USUAL.items()}
        values = {**usual, **record.values}
        if "sheet_rows" in values:
            values = _without(values, ("counts", "addends", "sheet_rows"))
            values["parts"] = self._parts(record)
        return _in_order(_FIGURE, values)

    def _parts(self, record: JsonRecord) -> list[dict[str, Any]]:
        rows = [
            (record.chosen("sheet_rows", self._tables, int(table)), runs)
            for table, runs in record.matches("sheet_rows", SHEET_ROWS)
        ]
        addends = record.whole("addends") if "addends" in record.values else 1
        return [
            {"name": name, "value": value, "addends": addends, "cells": [*_cells(name, rows)]}
            for name, value in record.counts("counts").items()
        ]


def _cells(name: str, rows: Sequence[tuple[JsonRecord, str]]) -> Iterator[dict[str, Any]]:
    for table, runs in rows:
        letters = table.record("columns").text(name)
        for first, last in _RUN.findall(runs):
            cells = f"{letters}{first}:{letters}{last}" if last else f"{letters}{first}"
            yield {"file": table.text("file"), "sheet": table.optional_text("sheet"), "range": cells}


def row_count(sheet_rows: str) -> int:
    """Return how many rows are named.

    >>> row_count("0!2:15,20 3!7")
    16
    """
    runs = (run for _, runs in SHEET_ROWS.findall(sheet_rows) for run in _RUN.findall(runs))
    return sum(max(int(last or first) - int(first) + 1, 0) for first, last in runs)


def _number(digits: str) -> int | Decimal:
    number = Decimal(digits)
    return int(number) if number == int(number) else number


def _without(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in names}


def _in_order(names: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields as version 3 has them one after the other; what it does not know comes last."""
    order = [name for name in names if name in values]
    return {name: values[name] for name in dict.fromkeys([*order, *values])}


_PATH: Final = (
    *("rule", "verdict", "applies", "reason", "note", "comparison", "threshold", "unit", "values", "baseline_year"),
    *("poverty_line", "upper", "position", "reading", "citation"),
)
_USUAL: Final[Mapping[str, Callable[[], Any]]] = {
    "basis": lambda: "reported",
    "status": lambda: "final",
    "assumed_complete": bool,
    "merged": list,
    "presumed": bool,
    "divided": list,
    "placed": dict,
    "given": list,
    "superseded_on": lambda: None,
    "formed_on": lambda: None,
    "usable": lambda: True,
}
"""What a field of figures is where version 4 leaves it out."""
_FIGURE: Final = (
    *("measure", "year", "households", "count", "basis", "status", "poverty_line", "assumed_complete", "merged"),
    *("presumed", "divided", "placed", "given", "superseded_on", "formed_on", "sources", "usable", "parts"),
    *("printed_rate", "beside", "bounds"),
)


def _with_sources(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose figures say all their cells once more, as texts for people."""
    for figure in row["figures"]:
        printed = (figure.get("printed_rate") or {}).get("rates", [])
        cells = [cells for part in (*figure["parts"], *printed) for cells in part["cells"]]
        figure["sources"] = list(_joined(cells))
    return {**row, "figures": [_in_order(_FIGURE, figure) for figure in row["figures"]]}


def _joined(cells: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield texts of ranges, those that stand under each other joined."""
    rows: dict[tuple[str, str, int], set[int]] = {}
    for each in cells:
        match = _RANGE.match(each["range"])
        assert match is not None, each
        column = column_index(match[1]) + 1 if match[1] else 0
        first, last = int(match[2]), int(match[3] or match[2])
        rows.setdefault((each["file"], each["sheet"] or "", column), set()).update(range(first, last + 1))
    for (file, sheet, column), numbers in sorted(rows.items()):
        letters = column_letters(column - 1) if column else ""
        for first in sorted(number for number in numbers if number - 1 not in numbers):
            last = next(number for number in range(first, first + len(numbers) + 1) if number + 1 not in numbers)
            cell = f"{letters}{first}"
            if first != last or not letters:
                cell = f"{cell}:{letters}{last}"
            yield " › ".join(part for part in (file, sheet, cell) if part)
