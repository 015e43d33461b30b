"""Totals that lack what numbers stored as text hold: SUM passes over these cells, and nothing in the table says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua_cli.check.context import CheckContext
from thidua_cli.doubt.candidates import Question
from thidua_cli.doubt.network import Network
from thidua_cli.doubt.relations import Cell, FigureRelation, Jump, SignedSum
from thidua_cli.findings import Finding
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.cells.taken import TEXT_CELLS, V003


class _Sum(NamedTuple):
    """A sum of the tables: its total, and its parts with their cells."""

    relation: SignedSum
    total: Cell
    parts: Sequence[tuple[Cell, Origin, int]]
    """Cell, place and what is printed there."""


class TotalsWithoutTexts:
    """The totals that fall short by numbers stored as text, and what else fails because of them."""

    def __init__(
        self, context: CheckContext, network: Network, findings: Sequence[Finding], asked: Sequence[Question]
    ) -> None:
        self._context = context
        self._network = network
        self._asked = asked
        self._texts: dict[Origin, Finding] = {}
        for finding in findings:
            cells = finding.details.get(TEXT_CELLS) if finding.kind is V003 else None
            self._texts |= dict.fromkeys(cells, finding) if isinstance(cells, tuple) else {}
        self._lacking: dict[Cell, int] = {}
        """Total → what it lacks."""
        self._cause_of: dict[Cell, Finding] = {}
        if self._texts:
            self._follow()

    @property
    def broken(self) -> dict[int, int]:
        """How many totals fall short by the cells of a finding, by its identity as an object."""
        causes = [id(finding) for finding in self._cause_of.values()]
        return {cause: causes.count(cause) for cause in causes}

    def echoes(self) -> Iterator[tuple[Finding, Finding]]:
        """Yield each finding that goes away where totals have what they lack, with the V003 that caused it."""
        for finding, relation in self._asked if self._lacking else ():
            touched = [cell for cell in relation.cells if cell in self._lacking]
            if touched and self._mends(relation, touched):
                yield finding, self._cause_of[touched[0]]

    def _mends(self, relation: FigureRelation, touched: Sequence[Cell]) -> bool:
        if isinstance(relation, Jump):
            domains = ((cell, relation.plausible(cell, self._whole)) for cell in touched)
            return all(domain.has(self._whole(cell) or 0) for cell, domain in domains)
        return relation.holds(self._whole)

    def _whole(self, cell: Cell) -> int | None:
        """Return what a cell would hold if its SUM took every number."""
        printed = self._network.value(cell)
        return printed if printed is None else printed + self._lacking.get(cell, 0)

    def _follow(self) -> None:
        """Find the totals that lack text cells, and those that add these totals up, until no more are found."""
        sums = [*self._printed_totals(), *self._sums_of_children()]
        while [each for each in sums if each.total not in self._lacking and self._falls_short(each)]:
            pass

    def _falls_short(self, each: _Sum) -> bool:
        """Note a total that is just the sum of its parts as printed without those that are text."""
        texts = [self._texts[place] for _, place, _ in each.parts if place in self._texts]
        passed_over = sum(printed for _, place, printed in each.parts if place in self._texts)
        carried = sum(self._lacking.get(cell, 0) for cell, _, _ in each.parts)
        if passed_over + carried == 0 or each.relation.rest(self._network.value) != -passed_over:
            return False
        causes = [*texts, *(self._cause_of[cell] for cell, _, _ in each.parts if cell in self._cause_of)]
        self._lacking[each.total] = passed_over + carried
        self._cause_of[each.total] = causes[0]
        return True

    def _printed_totals(self) -> Iterator[_Sum]:
        tables = self._context.reading.observations.tables
        columns = {finding.column for finding in self._texts.values()}
        for total in self._context.reading.totals:
            for column in columns.intersection(total.row.counts):
                relation = self._network.totals.as_sum(total, column or "")
                if relation is not None:
                    own, *cells = relation.cells
                    places = [tables[total.table].cell(column or "", part.sheet_row) for part in total.parts]
                    printed = [part.counts[column or ""] for part in total.parts]
                    if len(cells) == len(places):
                        yield _Sum(relation, own, list(zip(cells, places, printed, strict=True)))

    def _sums_of_children(self) -> Iterator[_Sum]:
        """Yield the sums of units whose own row differs (S001): in a numbered form a parent's row is such a sum."""
        read = self._context.reading.observations
        for finding, relation in self._asked:
            if finding.kind.code != "S001" or not isinstance(relation, SignedSum):
                continue
            own = [cell for cell, sign in relation.signed.items() if sign > 0]
            parts = [cell for cell, sign in relation.signed.items() if sign < 0]
            if len(own) == 1 and all(cell.row >= 0 for cell in parts):
                places = [
                    read.tables[read.table[cell.row]].cell(cell.column, cell.line or read.row_number[cell.row])
                    for cell in parts
                ]
                printed = [self._network.value(cell) or 0 for cell in parts]
                yield _Sum(relation, own[0], list(zip(parts, places, printed, strict=True)))
