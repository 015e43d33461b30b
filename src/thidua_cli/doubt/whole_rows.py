"""Sums that fail because a row is gone, stands twice or was left out: no cell of the other rows explains that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from thidua_cli.doubt.network import Network
from thidua_cli.doubt.relations import Cell, Claim, SignedSum
from thidua_cli.findings import Finding
from thidua_cli.late_dataclass import dataclass

_SUMS: Final = frozenset({"S001", "S002", "S003"})
_FEWEST_COLUMNS: Final = 3
"""Two slips of a pen may spoil two columns of one total; all columns off by what makes a row are one row."""


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """That a whole row explains why a sum fails."""

    total_may_be_wrong: bool
    """A formula may have left the row out or taken it twice; else the row is known to be gone or double."""


class WholeRows:
    """Finds the sums that a whole row explains."""

    def __init__(self, network: Network, findings: Sequence[Finding]) -> None:
        self._network = network
        self._twice = {(finding.unit_code, finding.year) for finding in findings if finding.kind.code == "U007"}
        self._lacking = {(finding.unit_code, finding.year) for finding in findings if finding.kind.code == "U008"}

    def explained(self, sums: Iterable[SignedSum]) -> dict[Claim, RowExplanation]:
        """Return the failing sums that a row explains, each with what that leaves of the total."""
        by_total: dict[tuple[object, ...], list[SignedSum]] = {}
        for failing in sums:
            if failing.claim.code in _SUMS:
                origin = failing.claim.origin
                by_total.setdefault((failing.claim.code, *origin[:3]), []).append(failing)
        told: dict[Claim, RowExplanation] = {}
        for of_total in by_total.values():
            explanation = self._explanation(of_total)
            if explanation is not None:
                told |= {failing.claim: explanation for failing in of_total}
        return told

    def _explanation(self, sums: Sequence[SignedSum]) -> RowExplanation | None:
        if all(map(self._is_of_twice, sums)):
            return RowExplanation(total_may_be_wrong=False)
        rest = {failing.claim.column: failing.rest(self._network.value) or 0 for failing in sums}
        whole = self._columns_of_total(sums[0])
        if len(rest) < _FEWEST_COLUMNS or rest.keys() != whole or len({value > 0 for value in rest.values()}) > 1:
            return None
        poor = abs(rest.get("poor_households", 0)) + abs(rest.get("near_poor_households", 0))
        if poor > abs(rest.get("households", poor)):
            return None
        return RowExplanation(total_may_be_wrong=not self._lacks_unit(sums[0]))

    def _is_of_twice(self, failing: SignedSum) -> bool:
        """Say whether a unit that stands twice explains the sum: its total, or a part of which the other row fits."""
        value, rest = self._network.value, failing.rest(self._network.value) or 0
        for cell, sign in failing.signed.items():
            if cell.row < 0 or self._unit(cell) not in self._twice:
                continue
            others = [other for other in self._network.rows_of(*self._unit(cell)) if other != cell.row]
            values = [self._network.value(Cell(other, cell.column)) or 0 for other in others]
            fits = [(value(cell) or 0) - sign * rest == another for another in values]
            is_double = any(Cell(other, cell.column) in failing.signed for other in others)
            if sign > 0 or any(fits) or (is_double and rest == -(value(cell) or 0)):
                return True
        return False

    def _unit(self, cell: Cell) -> tuple[str, int]:
        read = self._network.context.reading.observations
        return read.unit_code[cell.row], read.year[cell.row]

    def _columns_of_total(self, failing: SignedSum) -> set[str | None]:
        """Return the counts of the total that could fail: those it holds."""
        own = next(cell for cell, sign in failing.signed.items() if sign > 0)
        return {*self._network.columns_beside(own)}

    def _lacks_unit(self, failing: SignedSum) -> bool:
        """Say whether a unit of the sum's table is known to have no row (U008)."""
        read = self._network.context.reading.observations
        for cell in failing.signed:
            if cell.row >= 0:
                code, year = self._unit(cell)
                above = {code, read.parent_code[cell.row]}
                if any((unit, year) in self._lacking for unit in above):
                    return True
        return False
