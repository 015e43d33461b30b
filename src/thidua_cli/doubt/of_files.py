"""All doubts of what was read, found by the rows they touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thidua_cli.check.context import context_of
from thidua_cli.doubt.candidates import Candidates, Dispute, OtherValue
from thidua_cli.doubt.doubts import Doubt
from thidua_cli.doubt.network import network_of
from thidua_cli.doubt.questions import Questions, disputes_figures
from thidua_cli.doubt.relations import SignedSum
from thidua_cli.doubt.whole_rows import WholeRows
from thidua_cli.findings import Finding, Standing
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observations
from thidua_cli.units.tables import UnitTables


@dataclass(slots=True)
class DisputedFigures:
    """What findings leave possible of the figures that were read."""

    disputes: list[Dispute] = field(default_factory=list)
    observations: Observations = field(default_factory=Observations)
    """The rows as read."""
    by_row: dict[int, list[int]] = field(default_factory=dict)
    """Row as read → positions in `disputes`, in order."""
    sets_of_lines: dict[tuple[str, int], list[dict[str, int]]] = field(default_factory=dict)
    """(unit that stands twice, year-end) → the counts it has without each of its lines, where they are several."""
    rows_of_unit: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """(unit, year-end) → its rows in `by_row`."""

    def touching(self, rows: Iterable[int]) -> list[Dispute]:
        """Return the disputes that touch any of some rows, in the order of their findings."""
        if not self.by_row:
            return []
        places = {place for row in rows for place in self.by_row.get(row, ())}
        return [self.disputes[place] for place in sorted(places)]


def disputed_figures(reading: FilesRead, tables: UnitTables, findings: Sequence[Finding]) -> DisputedFigures:
    """Return what the findings of a reading leave possible of its figures."""
    doubted = [finding for finding in findings if disputes_figures(finding)]
    figures = DisputedFigures(observations=reading.observations)
    if not doubted:
        return figures
    context = context_of(reading, tables)
    network = network_of(context)
    questions = Questions(network, context)
    asked = [question for finding in doubted for question in questions.asked(finding)]
    settled = [dispute for finding in doubted for dispute in questions.settled(finding)]
    sums = (question.relation for question in asked if isinstance(question.relation, SignedSum))
    explained = WholeRows(network, findings).explained(sums)
    for finding in doubted:
        if finding.kind.code == "U007" and (sets := list(questions.sets_of_lines(finding))):
            figures.sets_of_lines[finding.unit_code or "", finding.year or 0] = sets
    for dispute in (*Candidates(network, asked, explained).disputes(), *settled):
        figures.disputes.append(dispute)
        rows = {change.cell.row for world in dispute.worlds for change in world}
        if dispute.blank is not None:
            rows.add(dispute.blank.row)
        for row in rows:
            figures.by_row.setdefault(row, []).append(len(figures.disputes) - 1)
    read = figures.observations
    for touched in figures.by_row:
        figures.rows_of_unit.setdefault((read.unit_code[touched], read.year[touched]), []).append(touched)
    return figures


def doubt_of(dispute: Dispute, change: OtherValue, observations: Observations) -> Doubt:
    """Return one change that a finding leaves possible, as results show it."""
    row, column, line = change.cell
    table = observations.tables[observations.table[row]]
    tells_nothing = dispute.finding.kind.standing is Standing.VOID or dispute.finding.kind.code == "T003"
    return Doubt(
        dispute.finding,
        table.cell(column, line) if line else observations.origin(row, column),
        observations.unit_code[row],
        observations.unit_name[row] or observations.unit_code[row],
        observations.year[row],
        column,
        change.printed,
        None if tells_nothing else change.domain,
        row,
        line,
    )
