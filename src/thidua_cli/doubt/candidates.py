"""From findings to possible worlds: one change of one cell that explains all findings on it together.

A cell is a candidate of a finding where some other value there mends every relation that fails at the cell and breaks
none that holds: a printed rate, an opening or a sum that fits now clears it. Where that clears every cell of a finding,
two figures are wrong, or a formula carried one fault into another: then what a formula may have carried clears nothing,
and at last every cell of the finding may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Final, TypeAlias

from thidua_cli.doubt.domain import ANY, Domain, met
from thidua_cli.doubt.network import Network
from thidua_cli.doubt.relations import AtMost, Cell, Claim, FigureRelation, Jump, Named, SignedSum
from thidua_cli.doubt.whole_rows import RowExplanation
from thidua_cli.findings import Finding, Standing
from thidua_cli.late_dataclass import dataclass
from thidua_cli.named_tuple import NamedTuple


class OtherValue(NamedTuple):
    """Another value that one cell may have."""

    cell: Cell
    domain: Domain
    printed: int | None
    """What the cell holds now; None where nothing that can be used."""


World: TypeAlias = tuple[OtherValue, ...]
"""Changes that come together: one of a cell that is wrong, those of all counts of a row that may be another unit's."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A finding with every world that would explain it."""

    finding: Finding
    worlds: tuple[World, ...]
    elsewhere: bool = False
    """A place that no verdict rests on may be wrong instead: a printed rate, a section's total."""
    is_printed_twice: bool = False
    """The other values are those of a second row of the unit, or of another form: its series holds none of them."""
    blank: Cell | None = None
    """A cell that holds nothing that can be used: it has no other value, and none of its own."""

    @property
    def may_stand(self) -> bool:
        """Whether all figures that verdicts rest on may be right as printed."""
        return self.finding.kind.standing is not Standing.VOID or self.elsewhere


ELSEWHERE: Final = OtherValue(Cell(-1, ""), ANY, None)
"""Stands for what no figure of a verdict has to do with: a row that is gone."""


class Question(NamedTuple):
    """A finding and the relation that it says fails."""

    finding: Finding
    relation: FigureRelation


def claim_of(finding: Finding) -> Claim:
    """Return what ties a finding to the relation that fails."""
    return Claim(finding.kind.code, finding.origin, finding.column)


class Candidates:
    """Finds the changes that explain findings."""

    def __init__(
        self, network: Network, questions: Iterable[Question], rows: Mapping[Claim, RowExplanation] | None = None
    ) -> None:
        self._network = network
        self._rows = rows or {}
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
        explained = [self.explained(relation) for _, relation in self._questions]
        pairs = list(zip(self._questions, explained, strict=True))
        left_open = {question.relation.claim for question, changes in pairs if not changes}
        for question, changes in pairs:
            every = (
                [*changes, *self._torn(question.relation, left_open)] if changes else self._loosely(question.relation)
            )
            if question.finding.kind.standing is Standing.VOID:
                every = [change._replace(domain=self._logical(change.cell)) for change in every]
            worlds = tuple(filter(None, map(self._world, every)))
            yield Dispute(question.finding, worlds, len(worlds) < len(every))

    def _world(self, change: OtherValue) -> World:
        """Return a change with that of every sum that fits now: a formula carried the slip up; empty for none of ours.

        A subtotal that is no observation changes none itself, but the totals that add it up do. A sum that fails shows
        that nothing was carried, and the finding on it says so; one that fits would be broken by the change alone.
        """
        if change is ELSEWHERE:
            return ()
        jumps = (relation for relation in self._of(change.cell) if isinstance(relation, Jump))
        value = self._network.value
        domain = met((change.domain, *(jump.plausible(change.cell, value) for jump in jumps)))
        carried = (change.domain if domain.is_empty else domain), value(change.cell) or 0
        followers = self.following(change.cell, *carried, seen={change.cell})
        return tuple(each for each in (change, *followers) if each.cell.row >= 0)

    def following(self, cell: Cell, domain: Domain, printed: int, seen: set[Cell]) -> Iterator[OtherValue]:
        """Yield the totals that would change along with a cell: those that add it up and fit as printed."""
        value = self._network.value
        for relation in self._network.of(cell):
            if not isinstance(relation, SignedSum) or not relation.follows or not relation.holds(value):
                continue
            total = next(part for part, sign in relation.signed.items() if sign > 0)
            if relation.signed[cell] > 0 or total in seen:
                continue
            seen.add(total)
            own = value(total) or 0
            high = None if domain.high is None else own + domain.high - printed
            shifted = Domain(max(0, own + domain.low - printed), high)
            yield OtherValue(total, shifted, own)
            yield from self.following(total, shifted, own, seen)

    def explained(self, relation: FigureRelation) -> list[OtherValue]:
        """Return the changes of one cell that mend all that fails at it and break nothing that holds."""
        row = self._rows.get(relation.claim)
        if row is not None and isinstance(relation, SignedSum):
            total = [cell for cell, sign in relation.signed.items() if sign > 0 and row.total_may_be_wrong]
            return [*self._changes(relation, self._holds, total), ELSEWHERE]
        return self._changes(relation, lambda other: self._holds(other) or self._is_told(other))

    def _torn(self, relation: FigureRelation, left_open: Set[Claim]) -> list[OtherValue]:
        """Return the changes of cells that no one value mends, where another finding on them has no explanation.

        Then more than one figure is wrong: each of the findings may be right about the cell.
        """
        torn = [
            cell
            for cell in relation.cells
            if any(other.claim in left_open and other.claim != relation.claim for other in self._of(cell))
        ]
        return self._changes(relation, self._holds, torn)

    def _logical(self, cell: Cell) -> Domain:
        """Return all that a figure may be of which no value can be used: no more poor than households, no less."""
        bounds = (relation for relation in self._of(cell) if isinstance(relation, AtMost))
        known = met(relation.mended(cell, self._network.value) for relation in bounds)
        return ANY if known.is_empty else known

    def _loosely(self, relation: FigureRelation) -> list[OtherValue]:
        """Return what explains a finding if formulas carried a fault along, or several figures are wrong."""
        changes = self._changes(relation, lambda other: self._holds(other) and not other.follows)
        if changes or isinstance(relation, Jump):
            return changes  # none: both ends of a jump are confirmed by figures that were typed on their own
        return [OtherValue(cell, ANY, self._network.value(cell)) for cell in relation.cells]

    def _changes(
        self,
        wanted: FigureRelation,
        counts: Callable[[FigureRelation], bool],
        cells: Sequence[Cell] | None = None,
    ) -> list[OtherValue]:
        """Return the other values of cells with which `wanted` holds, and of all that holds or fails what `counts`."""
        changes, value = list[OtherValue](), self._network.value
        for cell in wanted.cells if cells is None else cells:
            beside = [other for other in self._of(cell) if other.claim != wanted.claim and counts(other)]
            domain = met(relation.mended(cell, value) for relation in (wanted, *beside)).without(value(cell))
            if not domain.is_empty:
                changes.append(OtherValue(cell, domain, value(cell)))
        return changes

    def _of(self, cell: Cell) -> list[FigureRelation]:
        return [*self._network.of(cell), *self._named.get(cell, ())]

    def _holds(self, relation: FigureRelation) -> bool:
        return relation.is_evidence and relation.holds(self._network.value)

    def _is_told(self, relation: FigureRelation) -> bool:
        """Say whether a finding in force tells that a relation fails; what none tells is the echo of another."""
        return relation.claim in self._claims and not relation.holds(self._network.value)


def is_accepted(finding: Finding) -> bool:
    """Say whether somebody answers for the printed figure of a finding.

    A figure that cannot be used is not made usable by that, and of two printed figures none is chosen by it.
    """
    return (
        finding.waived is not None
        and finding.kind.standing is Standing.DISPUTED
        and finding.kind.code not in TWO_PRINTED
    )


TWO_PRINTED: Final = frozenset({"U007", "L006", "V004"})
"""Kinds of which no one printed value stands: a unit twice, two forms, a number that can be read in two ways."""
