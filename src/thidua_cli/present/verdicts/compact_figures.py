"""Figures for machines with every cell said once: of a table that has a column per count, the rows alone.

Of most figures all counts stand in the same rows of one table, beside each other. Those of which this is not so are
written as a trace has them, cell by cell (`trace_record`), by the code that is the reference for both: with the tables
of the document, one says the same as the other.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence

from thidua_cli.model import Basis, Measure, Status, YearFigures, column_letters
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import MISSING, Observations, TableOrigin
from thidua_cli.present.rates.boundary_records import ground_record
from thidua_cli.present.toolkit.cell_ranges import row_runs
from thidua_cli.present.verdicts.trace_record import bound_field, is_usable, part_fields, traced_year


class _Wanted(NamedTuple):
    """The counts of one measure."""

    names: tuple[str, ...]
    """The whole first."""
    columns: Sequence[array[int]]
    """Their columns of the observations; none where one of them is in no table."""
    tables: Mapping[int, int]
    """Index of a table in the observations that has a column of each → its number in the document."""


class CompactFigures:
    """The figures of one document, and the tables they stand in."""

    def __init__(self, observations: Observations, measures: Collection[Measure]) -> None:
        """Take the observations and the measures that figures are of."""
        self._observations = observations
        self.tables: list[dict[str, object]] = []
        """Records of the tables, in the order of their numbers."""
        names = {measure: (measure.whole, *measure.parts) for measure in measures}
        every = list(dict.fromkeys(name for measure in sorted(names) for name in names[measure]))
        numbers: dict[int, int] = {}
        for index, table in enumerate(observations.tables):
            if any(_has_columns(table, counts) for counts in names.values()):
                numbers[index] = len(self.tables)
                self.tables.append(_table_record(table, every))
        self._wanted = {measure: self._of_measure(counts, numbers) for measure, counts in names.items()}

    def _of_measure(self, names: tuple[str, ...], numbers: Mapping[int, int]) -> _Wanted:
        observations = self._observations
        columns = [observations.counts[name] for name in names if name in observations.counts]
        tables = {index: number for index, number in numbers.items() if _has_columns(observations.tables[index], names)}
        return _Wanted(names, columns if len(columns) == len(names) else [], tables)

    def record(self, measure: Measure, year: int, figures: YearFigures) -> dict[str, object]:
        """Return the figures of one measure at one year-end; what is as it nearly always is, is left out."""
        known = figures.counts.get
        counts = {name: known(name) for name in self._wanted[measure].names}
        record: dict[str, object] = {
            "measure": measure.value,
            "year": year,
            "households": counts[measure.whole],
            "count": figures.numerator(measure),
        }
        if figures.basis is not Basis.REPORTED:
            record["basis"] = figures.basis.value
        if figures.status is not Status.FINAL:
            record["status"] = figures.status.value
        record["poverty_line"] = figures.poverty_line
        if figures.assumed_complete:
            record["assumed_complete"] = True
        if not _stands_as_counted(figures):
            ground = ground_record(figures)
            record.update((name, value) for name, value in ground.items() if value or name == "presumed")
        if not is_usable(figures):
            record["usable"] = False
        fields = None if None in counts.values() or figures.given else self._by_rows(measure, figures.rows)
        if fields is None:
            record.update(part_fields(traced_year(measure, year, figures, self._observations)))
            return record
        record["counts"] = counts
        record.update(fields)
        if figures.bounds:
            record.update(bound_field(figures))
        return record

    def _by_rows(self, measure: Measure, rows: Sequence[int]) -> dict[str, object] | None:
        """Return how many units were added up, unless it is one, and the rows; None where rows do not say it."""
        observations, wanted = self._observations, self._wanted[measure]
        if len(rows) == 1 and not observations.borrowed and not observations.summed_rows:
            (row,) = rows  # nearly every figure
            number = wanted.tables.get(observations.table[row])
            if number is None or not wanted.columns or any(column[row] == MISSING for column in wanted.columns):
                return None
            return {"sheet_rows": f"{number}!{observations.row_number[row]}"}
        chosen = self._rows(measure, rows)
        if chosen is None:
            return None
        addends = {"addends": len(chosen)} if len(chosen) != 1 else {}
        return {**addends, "sheet_rows": self._sheet_rows(measure, chosen)}

    def _rows(self, measure: Measure, rows: Sequence[int]) -> Sequence[int] | None:
        """Return the rows that all counts of a measure are added up from; None where that cannot be said by rows."""
        observations, wanted = self._observations, self._wanted[measure]
        if observations.borrowed and any((row, name) in observations.borrowed for row in rows for name in wanted.names):
            return None
        chosen = self._added_up(wanted.columns, rows)
        if not chosen:
            return None
        indexes = set(map(observations.table.__getitem__, chosen))
        if not indexes <= wanted.tables.keys():
            return None
        sheets = {(observations.tables[index].file, observations.tables[index].sheet) for index in indexes}
        return chosen if len(sheets) == len(indexes) else None

    def _added_up(self, columns: Sequence[array[int]], rows: Sequence[int]) -> Sequence[int]:
        """Return the rows that a count is added up from, one per unit; none where they differ from count to count."""
        codes = self._observations.unit_code
        if columns and not any(MISSING in map(column.__getitem__, rows) for column in columns):
            return _first_rows(codes, rows)  # nearly always: each count is in each row
        every = [
            _first_rows(codes, rows)
            if MISSING not in map(column.__getitem__, rows)
            else _first_rows(codes, [row for row in rows if column[row] != MISSING])
            for column in columns
        ]
        return every[0] if every and all(each == every[0] for each in every) else ()

    def _sheet_rows(self, measure: Measure, rows: Sequence[int]) -> str:
        """Write rows by table: "0!2:15,20 3!7" are rows 2 to 15 and 20 of table 0, and row 7 of table 3."""
        observations, numbers = self._observations, self._wanted[measure].tables
        by_table: dict[int, list[int]] = {}
        for row in rows:
            by_table.setdefault(observations.table[row], []).append(row)
        tables = observations.tables
        order = sorted(by_table, key=lambda index: (tables[index].file, tables[index].sheet))
        return " ".join(f"{numbers[index]}!{self._runs(by_table[index])}" for index in order)

    def _runs(self, rows: Iterable[int]) -> str:
        summed, own = self._observations.summed_rows, self._observations.row_number
        if summed:
            numbers = {number for row in rows for number in (summed.get(row) or (own[row],))}
        else:
            numbers = set(map(own.__getitem__, rows))
        return ",".join(f"{first}" if first == last else f"{first}:{last}" for first, last in row_runs(sorted(numbers)))


def _stands_as_counted(figures: YearFigures) -> bool:
    """Say whether nothing was merged or divided on the way, and the area is the one asked for."""
    made_of = (figures.merged, figures.presumed, figures.divided, figures.placed, figures.given)
    return not (any(made_of) or figures.superseded_on or figures.formed_on)


def _first_rows(codes: Sequence[str], rows: Sequence[int]) -> Sequence[int]:
    """Return the first row of each unit: rows of one unit that stand together agree on what both hold."""
    if len(rows) == 1:
        return rows
    if len(set(map(codes.__getitem__, rows))) == len(rows):
        return rows
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(codes[row], row)
    return tuple(first.values())


def _has_columns(table: TableOrigin, names: Iterable[str]) -> bool:
    """Say whether each of some counts has a column of its own, and all of them the same row."""
    return not table.rows and all(table.columns.get(name) for name in names)


def _table_record(table: TableOrigin, names: Iterable[str]) -> dict[str, object]:
    columns = {name: column_letters(table.columns[name] - 1) for name in names if table.columns.get(name)}
    return {"file": table.file, "sheet": table.sheet or None, "columns": columns}
