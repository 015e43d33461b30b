"""Source cells written short: "nghe-an.xlsx › Mẫu 08 › E9:E27"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from thidua_cli.model import Origin, Status, place_name
from thidua_cli.observations import Observations, TableOrigin


def used_origins(observations: Observations, rows: Iterable[int], columns: Iterable[str]) -> Iterator[Origin]:
    """Return the cells that `columns` of `rows` were read from; columns that were not read have none.

    Of a count that a preliminary and a final row of one unit and year-end hold, only the final cell is named: it is
    the one that is used.
    """
    wanted, given = list(columns), list(rows)
    counts = [(row, column) for row in given for column in wanted if observations.value(row, column) is not None]
    status = observations.status
    if any(status[row] is Status.PRELIMINARY for row in given):
        final = {_figure(observations, *count) for count in counts if status[count[0]] is Status.FINAL}
        counts = [
            count for count in counts if status[count[0]] is Status.FINAL or _figure(observations, *count) not in final
        ]
    return (origin for row, column in counts for origin in observations.origins(row, column))


def _figure(observations: Observations, row: int, column: str) -> tuple[str, int, str]:
    return observations.unit_code[row], observations.year[row], column


def cell_record(origin: Origin, name: str = "cell") -> dict[str, object]:
    """Return where a value stands as JSON has it; `name` is "range" where it may be several cells."""
    return {"file": origin.file, "sheet": origin.sheet or None, name: origin.cell}


def joined(origins: Iterable[Origin]) -> list[str]:
    """Write cells, those that stand under each other joined.

    >>> joined([Origin("a.xlsx", "S", 10, 5), Origin("a.xlsx", "S", 9, 5), Origin("a.xlsx", "S", 2, 7)])
    ['a.xlsx › S › E9:E10', 'a.xlsx › S › G2']
    """
    return [str(origin) for origin in joined_ranges(origins)]


def joined_ranges(origins: Iterable[Origin]) -> list[Origin]:
    """Join cells that stand under each other to ranges, by file, sheet, column and row."""
    by_column: dict[tuple[str, str, int], set[int]] = {}
    for origin in origins:
        by_column.setdefault((origin.file, origin.sheet, origin.column), set()).add(origin.row)
    return [
        Origin(file, sheet, first, column, last)
        for (file, sheet, column), rows in sorted(by_column.items())
        for first, last in row_runs(sorted(rows))
    ]


def row_runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return first and last of what follows each other among sorted numbers, each of which is there once."""
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return [(numbers[0], numbers[-1])]
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def table_ranges(observations: Observations) -> list[tuple[str, str, str]]:
    """Return file, sheet and cell range of every table that was read; the whole row where columns are not known."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for row, index in enumerate(observations.table):
        own = observations.summed_rows.get(row, (observations.row_number[row],))
        numbers = (*own, *observations.tables[index].rows.values())
        first[index] = min(first.get(index, numbers[0]), *numbers)
        last[index] = max(last.get(index, 0), *numbers)
    ranges = []
    for index in sorted(first):
        table = observations.tables[index]
        ranges.append((table.file, table.sheet, table_range(table, first[index], last[index])))
    return ranges


def table_range(table: TableOrigin, first: int, last: int) -> str:
    """Return the smallest range that holds these sheet rows of a table; whole rows where no column is known."""
    columns = table.columns.values() or [0]
    return f"{place_name(first, min(columns))}:{place_name(last, max(columns))}"
