"""Which relation a finding speaks of, and which worlds those leave that speak of whole rows or of no value at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Final

from thidua_cli.check.areas import Formed, formed_units
from thidua_cli.check.context import CheckContext
from thidua_cli.check.last_year import OPENINGS
from thidua_cli.check.unit_codes import unit_of_another_day
from thidua_cli.doubt.candidates import TWO_PRINTED, Dispute, OtherValue, Question, World, claim_of
from thidua_cli.doubt.domain import ANY, exactly
from thidua_cli.doubt.network import Network
from thidua_cli.doubt.relations import Cell, Claim, FigureRelation, Jump, Named, SignedSum
from thidua_cli.findings import Finding, Standing
from thidua_cli.model import COUNTS, Measure
from thidua_cli.observations import MISSING

_OF_TABLE: Final = frozenset({"H005", "H007"})
"""Kinds that doubt of which year, or of which unit, a whole table is."""
_WHOSE_ROW: Final = frozenset({"U004", "U005", "U006", "U008", "U009"}) | _OF_TABLE
"""Kinds that doubt whose figures, or of which year, the rows are: with all their counts."""
_LINE_GONE: Final = frozenset({"S002", "S003", "U002", "U003", "U006", "U007"})
"""Kinds by which a line of a unit that stands in several may be gone."""
_RELATIONS: Final = frozenset({"L001", "L002", "L003", "L004", "L005", "S001", "S002", "S003", "T001", "T003", "V006"})
CODES_WITH_WORLDS: Final = _RELATIONS | _WHOSE_ROW | TWO_PRINTED
"""Kinds that leave figures other values than the printed ones."""


class Questions:
    """Sorts findings by what they leave of the figures."""

    def __init__(self, network: Network, context: CheckContext) -> None:
        self._network = network
        self._context = context

    def asked(self, finding: Finding) -> Iterator[Question]:
        """Yield the relation that a finding says fails."""
        code = finding.kind.code
        if code not in _RELATIONS:
            return
        if code in ("S002", "S003"):
            relation: FigureRelation | None = self._printed_totals.get(claim_of(finding))
        elif code == "T003":
            relation = self._jump(finding)
        else:
            relation = next(self._failing(finding), None) or self._opening_of_parts(finding)
        yield Question(finding, relation or Named(claim_of(finding), tuple(self._cells(finding))))

    @cached_property
    def _printed_totals(self) -> dict[Claim, SignedSum]:
        return {
            signed.claim: signed
            for total in self._context.reading.totals
            for column in total.row.counts
            if (signed := self._network.totals.as_sum(total, column)) is not None
        }

    def _failing(self, finding: Finding) -> Iterator[FigureRelation]:
        """Yield the failing relations of a unit and year that are told as the finding is."""
        claim = claim_of(finding)
        for cell in self._cells(finding):
            for relation in self._network.of(cell):
                if relation.claim == claim and not relation.holds(self._network.value):
                    yield relation

    def _cells(self, finding: Finding) -> list[Cell]:
        """Return the cells at which a finding's relation is looked for: its count, or what its rate or sum is of."""
        rows = self._network.rows_of(finding.unit_code or "", finding.year or 0)
        if finding.unit_code is None:  # a total's: of the table it stands in
            rows = self._network.rows_at(finding.origin._replace(row=0, column=0))
        column = finding.column or ""
        columns: Sequence[str] = (column,)
        if column.startswith(("rate:", "sum:")):
            columns = Measure(column.partition(":")[2]).parts
        known = [name for name in columns if name in COUNTS]
        return [cell for row in rows for cell in self._network.cells_as_read(row, *known)]

    def _main_row(self, finding: Finding) -> int | None:
        unit = (finding.unit_code or "", finding.year or 0)
        read, rows = self._context.reading.observations, self._network.rows_at(finding.origin)
        lines = [read.poverty_line[row] for row in rows if (read.unit_code[row], read.year[row]) == unit]
        return self._context.row_of(*unit, lines[0] if lines else "")

    def _jump(self, finding: Finding) -> Jump | None:
        row, column = self._main_row(finding), finding.column or ""
        if row is None:
            return None
        before = self._network.row_before(row)
        rows = [before] if before is not None else self._parts(row)
        befores = tuple(cell for each in rows for cell in self._network.cells(each, column))
        return Jump(claim_of(finding), (*self._network.cells(row, column), *befores), befores=befores)

    def _opening_of_parts(self, finding: Finding) -> FigureRelation | None:
        """Return what an opening is held against where the unit was made of others in the year."""
        row = self._main_row(finding)
        if finding.kind.code != "T001" or row is None or row not in self._formed:
            return None
        opening = self._network.cells(row, finding.column or "")
        closing = dict(OPENINGS)[finding.column or ""]
        parts = tuple(cell for part in self._parts(row) for cell in self._network.cells(part, closing))
        if self._formed[row].is_whole:
            signed = {**dict.fromkeys(opening, 1), **dict.fromkeys(parts, -1)}
            return SignedSum(claim_of(finding), signed, follows=False)
        return Named(claim_of(finding), (*opening, *parts))

    @cached_property
    def _formed(self) -> dict[int, Formed]:
        return {formed.row: formed for formed in formed_units(self._context)}

    def _parts(self, row: int) -> list[int]:
        formed = self._formed.get(row)
        parts = (*formed.whole, *formed.divided) if formed is not None else ()
        return [part.row for part in parts if part.row is not None]

    # ------------------------------------------------------------ whole rows, and cells without a value

    def settled(self, finding: Finding) -> Iterator[Dispute]:
        """Yield what a finding leaves of figures that stand in no relation: all counts of rows, or a cell."""
        code = finding.kind.code
        if code in _LINE_GONE:
            yield from self._lines_gone(finding)
        if code in _WHOSE_ROW:
            worlds = (self._any_counts(row) for row in self._rows_in_doubt(finding))
            yield from (Dispute(finding, (world,)) for world in worlds if world)
        elif code == "U007":
            yield from self._twice(finding)
        elif code == "L006":
            yield from self._two_forms(finding)
        elif code == "V004":
            yield from self._ambiguous(finding)
        elif code not in _RELATIONS and finding.column in COUNTS and finding.origin.row:
            for row in self._network.rows_at(finding.origin):
                yield Dispute(finding, (), blank=Cell(row, finding.column))

    def _any_counts(self, row: int) -> World:
        return tuple(OtherValue(cell, ANY, self._network.value(cell)) for cell in self._network.counts_of(row))

    def _lines_gone(self, finding: Finding) -> Iterator[Dispute]:
        """Yield that a unit lacks a line that it may have: another's name stands there, or a total counts more lines.

        Of a district the urban and the rural communes are two lines of one form; without the one its figures are too
        small, and nothing but the total or a row that nobody claims tells it.
        """
        rows = self._network.rows_of_one_line(finding.origin, finding.year)
        for row, gone in product(rows, self._counts_gone(finding)):
            cells = [cell for cell in self._network.counts_of(row) if cell.column in gone]
            printed = [(cell, self._network.value(cell) or 0) for cell in cells]
            world = tuple(OtherValue(cell, exactly(own + gone[cell.column]), own) for cell, own in printed)
            yield Dispute(finding, (world,))

    def _counts_gone(self, finding: Finding) -> list[Mapping[str, int]]:
        """Return the counts of each line that a finding says is gone, or may be another unit's."""
        if finding.kind.code in ("S002", "S003"):
            difference = finding.difference or 0
            return [{finding.column or "": difference}] if difference > 0 else []
        if finding.kind.code == "U007":
            return self._lines_of_twice(finding)
        counts = self._network.totals.counts_at(finding.origin)
        return [counts] if counts else []

    def _lines_of_twice(self, finding: Finding) -> list[Mapping[str, int]]:
        rows = self._network.rows_of(finding.unit_code or "", finding.year or 0)
        table = self._context.reading.observations
        return self._network.totals.lines_of(rows) if any(row in table.summed_rows for row in rows) else []

    def sets_of_lines(self, finding: Finding) -> Iterator[dict[str, int]]:
        """Yield what a unit that stands twice has without each of its lines: one of them may be another unit's."""
        lines = self._lines_of_twice(finding)
        for left_out in range(len(lines)):
            others = [line for place, line in enumerate(lines) if place != left_out]
            names = set.intersection(*(set(line) for line in others))
            yield {name: sum(line[name] for line in others) for name in names}

    def _rows_in_doubt(self, finding: Finding) -> list[int]:
        table, code = self._context.reading.observations, finding.kind.code
        if code == "U008":
            return self._network.strays(finding.origin, finding.year)
        if code in ("U004", "U005"):
            return self._network.rows_at(finding.origin)
        rows = self._network.rows_at(finding.origin._replace(row=0))
        of_year = [row for row in rows if finding.year in (None, table.year[row])]
        if code in _OF_TABLE:
            return of_year
        return [row for row in of_year if self._is_of_another_day(row)]

    def _is_of_another_day(self, row: int) -> bool:
        table = self._context.reading.observations
        code, name = table.unit_code[row], table.unit_name[row]
        codes = [(code, name)]
        if table.parent_code[row] and code.startswith(f"{table.parent_code[row]}-"):
            codes = [(table.parent_code[row], "")]  # a village stands with its commune
        return any(unit_of_another_day(self._context, code, name, table.year[row]) is not None for code, name in codes)

    def _twice(self, finding: Finding) -> Iterator[Dispute]:
        """Yield the figures of each other row of the unit and year-end."""
        rows = self._network.rows_of(finding.unit_code or "", finding.year or 0)
        first = self._main_row(finding)
        for row in rows:
            if first is not None and row != first:
                changed = self._instead(first, row)
                yield Dispute(finding, (changed,) if changed else (), is_printed_twice=True)

    def _instead(self, row: int, other: int) -> tuple[OtherValue, ...]:
        read = self._context.reading.observations
        pairs = ((column, read.value(row, column), read.value(other, column)) for column in read.counts)
        return tuple(
            OtherValue(Cell(row, column), exactly(another), printed)
            for column, printed, another in pairs
            if another is not None and printed is not None and another != printed
        )

    def _two_forms(self, finding: Finding) -> Iterator[Dispute]:
        for holder, other, column in self._context.differing:
            read = self._context.reading.observations
            if column == finding.column and read.origin(holder, column) == finding.origin:
                another, printed = exactly(read.counts[column][other]), read.counts[column][holder]
                world = (OtherValue(Cell(holder, column), another, printed),)
                yield Dispute(finding, (world,), is_printed_twice=True)

    def _ambiguous(self, finding: Finding) -> Iterator[Dispute]:
        """Yield both numbers that "20.000" may be; "12.625" is whole in one way only, and then proves nothing."""
        text = "".join(str(finding.value or "").split())
        readings = sorted({int(text.replace(".", "").replace(",", "")), *_whole_as_decimal(text)})
        for row in self._network.rows_at(finding.origin):
            cell = Cell(row, finding.column or "")
            if finding.column in COUNTS and self._network.value(cell) in (None, MISSING):
                worlds = tuple((OtherValue(cell, exactly(reading), None),) for reading in readings)
                yield Dispute(finding, worlds if len(worlds) > 1 else (), blank=cell)


def _whole_as_decimal(text: str) -> Iterator[int]:
    """Yield the whole number that a text is if its separator is that of decimals."""
    whole, _, decimals = text.replace(",", ".").rpartition(".")
    if whole.isdigit() and not decimals.strip("0"):
        yield int(whole)


def disputes_figures(finding: Finding) -> bool:
    """Say whether a finding leaves a figure in doubt."""
    return finding.kind.standing is not Standing.NOTHING
