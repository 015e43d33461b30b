"""From findings to possible worlds: one change of one cell that explains all findings on it together.

A cell is a candidate of a finding where some other value there mends every relation that fails at the cell and breaks
none that holds: a printed rate, an opening or a sum that fits now clears it. Where that clears every cell of a finding,
two figures are wrong, or a formula carried one fault into another: then what a formula may have carried clears nothing,
and at last every cell of the finding may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from thidua_cli.doubt.domain import ANY, Domain, met
from thidua_cli.doubt.network import Network
from thidua_cli.doubt.relations import Cell, Claim, FigureRelation, Named
from thidua_cli.findings import Finding, Standing


class OtherValue(NamedTuple):
    """Another value that one cell may have."""

    cell: Cell
    domain: Domain


World: TypeAlias = tuple[OtherValue, ...]
"""Changes that come together: one of a cell that is wrong, those of all counts of a row that may be another unit's."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A finding with every world that would explain it."""

    finding: Finding
    worlds: tuple[World, ...]
    elsewhere: bool = False
    """A place that no verdict rests on may be wrong instead: a printed rate, a section's total."""
    blank: Cell | None = None
    """A cell that holds nothing that can be used: it has no other value, and none of its own."""

    @property
    def may_stand(self) -> bool:
        """Whether all figures that verdicts rest on may be right as printed."""
        return self.finding.kind.standing is not Standing.VOID or self.elsewhere


class Question(NamedTuple):
    """A finding and the relation that it says fails."""

    finding: Finding
    relation: FigureRelation


def claim_of(finding: Finding) -> Claim:
    """Return what ties a finding to the relation that fails."""
    return Claim(finding.kind.code, finding.origin, finding.column)


class Candidates:
    """Finds the changes that explain findings."""

    def __init__(self, network: Network, questions: Iterable[Question]) -> None:
        self._network = network
        self._questions = list(questions)
        in_force = [question for question in self._questions if not is_accepted(question.finding)]
        self._claims = {question.relation.claim for question in in_force}
        self._named: dict[Cell, list[FigureRelation]] = {}
        for question in in_force:
            if isinstance(question.relation, Named):
                for cell in question.relation.cells:
                    self._named.setdefault(cell, []).append(question.relation)

    def disputes(self) -> Iterator[Dispute]:
        """Yield each finding with what would explain it."""
        for finding, relation in self._questions:
            changes = self._changes(relation)
            worlds = tuple((change,) for change in changes if change.cell.row >= 0)
            yield Dispute(finding, worlds, len(worlds) < len(changes))

    def _changes(self, relation: FigureRelation) -> list[OtherValue]:
        for formulas_count in (True, False):
            changes = [change for cell in relation.cells if (change := self._change(cell, relation, formulas_count))]
            if changes:
                return changes
        if isinstance(relation, Named):
            return []  # both ends of a jump are confirmed by figures that were typed on their own
        return [OtherValue(cell, ANY) for cell in relation.cells]

    def _change(self, cell: Cell, wanted: FigureRelation, formulas_count: bool) -> OtherValue | None:
        """Return the change of a cell that mends all that fails at it and breaks nothing that holds."""
        value = self._network.value
        relations = [*self._network.of(cell), *self._named.get(cell, ())]
        counting = [relation for relation in relations if self._counts(relation, wanted, formulas_count)]
        domain = met(relation.mended(cell, value) for relation in (wanted, *counting)).without(value(cell))
        return None if domain.is_empty else OtherValue(cell, domain)

    def _counts(self, relation: FigureRelation, wanted: FigureRelation, formulas_count: bool) -> bool:
        if relation.claim == wanted.claim:
            return False  # it counts already
        if relation.holds(self._network.value):
            return relation.is_evidence and (formulas_count or not relation.follows)
        # a failing relation that no finding tells of is another's echo; one that somebody answers for stands as it is
        return formulas_count and relation.claim in self._claims


def is_accepted(finding: Finding) -> bool:
    """Say whether somebody answers for the printed figure of a finding.

    A figure that cannot be used is not made usable by that, and of two printed figures none is chosen by it.
    """
    return (
        finding.waived is not None
        and finding.kind.standing is Standing.DISPUTED
        and finding.kind.code not in TWO_PRINTED
    )


TWO_PRINTED = frozenset({"U007", "L006", "V004"})
"""Kinds of which no one printed value stands: a unit twice, two forms, a number that can be read in two ways."""
