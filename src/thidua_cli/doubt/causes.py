"""Which findings are echoes of another: one fault that is proved, in figures, to explain them.

Two sorts of faults are looked for: numbers stored as text, which Excel's SUM passes over, where totals lack just what
these cells hold (`text_numbers`); and one cell with another value of which everything that fails with it holds, where
no other cell does as much (`one_fault`). Nothing is guessed: what two changes would explain stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.doubt.candidates import Candidates, Question
from thidua_cli.doubt.network import Network, network_of
from thidua_cli.doubt.one_fault import faults_of_one_cell
from thidua_cli.doubt.questions import Questions, disputes_figures
from thidua_cli.doubt.relations import SignedSum
from thidua_cli.doubt.text_numbers import TotalsWithoutTexts
from thidua_cli.doubt.whole_rows import WholeRows
from thidua_cli.findings import CausedBy, Finding, Severity
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Origin
from thidua_cli.normalise.sheet.cell_faults import F004

_MOST_CELLS: Final = 20_000
"""Cells of all failing relations together up to which one fault is looked for: a table that is wrong throughout has no
single cause."""


def with_causes(context: CheckContext, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings in their order, each echo with what caused it."""
    findings = _never_calculated(findings)
    network = network_of(context)
    questions = Questions(network, context)
    asked = [question for finding in findings if disputes_figures(finding) for question in questions.asked(finding)]
    texts = TotalsWithoutTexts(context, network, findings, asked)
    echoes = {id(echo): cause for echo, cause in texts.echoes()}
    left = [question for question in asked if id(question.finding) not in echoes]
    for echo, cause in faults_of_one_cell(network, _candidates(network, left, findings), left, findings):
        echoes[id(echo)] = cause
    if not echoes:
        return list(findings)
    broken = texts.broken
    return [_told(finding, echoes, broken) for finding in findings]


def _never_calculated(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings, each formula without a value with the first of its sheet: one program wrote them."""
    first: dict[Origin, CausedBy] = {}
    told: list[Finding] = []
    for finding in findings:
        if finding.kind is F004 and finding.severity_here is None:
            sheet = finding.origin._replace(row=0, column=0)
            cause = first.setdefault(sheet, CausedBy(F004.code, finding.origin, is_alike=True))
            finding = finding if cause.origin == finding.origin else replace(finding, caused_by=cause)
        told.append(finding)
    return told


def _candidates(network: Network, asked: Sequence[Question], findings: Sequence[Finding]) -> Candidates | None:
    if len(asked) < 2 or sum(len(question.relation.cells) for question in asked) > _MOST_CELLS:
        return None
    sums = (question.relation for question in asked if isinstance(question.relation, SignedSum))
    return Candidates(network, asked, WholeRows(network, findings).explained(sums))


def _told(finding: Finding, echoes: Mapping[int, Finding], broken: Mapping[int, int]) -> Finding:
    cause = echoes.get(id(finding))
    if cause is not None:
        return replace(finding, caused_by=CausedBy(cause.kind.code, cause.origin))
    totals = broken.get(id(finding))
    if totals is None:
        return finding
    details = {**finding.details, "broken": _MUST_BE_MENDED.fill(totals=totals)}
    return replace(finding, details=details, severity_here=Severity.WARNING)


_MUST_BE_MENDED: Final = Text(
    "; hàm SUM bỏ qua các ô này nên {totals} số tổng bị thiếu đúng bằng chúng: phải chuyển thành số",
    "; SUM passes over them, and totals ({totals}) fall short by just these cells: they must be made numbers",
)
