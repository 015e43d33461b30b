"""What was found on the figures of a unit, for a council: disputed figures first, then every finding with its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.check.of_unit import Concern, UnitFinding
from thidua_cli.findings import Finding
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import SEVERITY_WORDS
from thidua_cli.present.doubts.words import doubt_notes
from thidua_cli.present.findings.records import sorted_findings
from thidua_cli.present.findings.since import led_by_unit
from thidua_cli.present.findings.view import severities_text
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.toolkit.document import Section, Table, TableColumn, Value, text_line
from thidua_cli.results import UnitReport

_MOST: Final = 20
"""Rows on a paper; of more it says how many there are."""


def checking_section(report: UnitReport, language: Language) -> Section:
    """Return what is disputed and what was found; that nothing was is said as well: a signature rests on it."""
    (row,) = report.rates.rows
    heading = _HEADING.pick(language)
    if not report.findings and not row.doubts:
        return Section(heading, text=[text_line(_NOTHING.pick(language))])
    ordered = in_order_of_concern(report.findings)
    counted = [_counted(concern, ordered, language) for concern in Concern]
    doubts = [for_council(note, language) for note in doubt_notes(row.doubts, language)]
    rest = len(ordered) - _MOST
    return Section(
        heading,
        points=[*(text for text in counted if text), *doubts],
        table=Table(_columns(language), [_row(each, language) for each in ordered[:_MOST]]) if ordered else None,
        notes=[_MORE.fill(count=rest).pick(language)] if rest > 0 else [],
    )


_HEADING: Final = Text("Kiểm tra số liệu", "Check of the figures")
_NOTHING: Final = Text("Không phát hiện sai sót.", "No findings.")
_MORE: Final = Text(
    "Còn {count} phát hiện khác, xem kết quả kiểm tra số liệu.", "{count} more findings: see the check."
)


def in_order_of_concern(findings: Sequence[UnitFinding]) -> list[UnitFinding]:
    """Return findings on the unit itself first, then those on its sums, then those below it."""
    concerns: dict[Concern, list[Finding]] = {}
    for concern, finding in findings:
        concerns.setdefault(concern, []).append(finding)
    return [UnitFinding(each, finding) for each in Concern for finding in sorted_findings(concerns.get(each, ()))]


@lru_cache(maxsize=2)
def _columns(language: Language) -> Sequence[TableColumn]:
    heads = ((Text("Nội dung", "Finding"), 56), (Text("Vị trí", "Place"), 22), (Text("Mức", "Severity"), 12))
    return [TableColumn(text.pick(language), width=width) for text, width in heads]


def _row(each: UnitFinding, language: Language) -> list[Value]:
    finding = each.finding
    year = "" if finding.year is None else str(finding.year)
    message = led_by_unit(finding.message(language), finding.unit_name or "", year)
    weight = f"{SEVERITY_WORDS[finding.severity].capitalised().pick(language)} {finding.kind.code}"
    on = "" if each.concern is Concern.UNIT else f" ({_CONCERN[each.concern].pick(language)})"
    return [for_council(message, language), str(finding.origin), f"{weight}{on}"]


_CONCERN: Final = {
    Concern.SUM: Text("tổng có đơn vị này", "a sum it stands in"),
    Concern.BELOW: Text("đơn vị bên dưới", "a unit below"),
}
_COUNTED: Final = {
    Concern.UNIT: Text("Số liệu của đơn vị này: {found}.", "Figures of this unit: {found}."),
    Concern.SUM: Text("Các tổng có số liệu của đơn vị này: {found}.", "Sums that its figures stand in: {found}."),
    Concern.BELOW: Text("Các đơn vị bên dưới: {found}.", "Units below it: {found}."),
}
_UNFOUND: Final = Text("không phát hiện sai sót", "no findings")


def _counted(concern: Concern, findings: Sequence[UnitFinding], language: Language) -> str:
    """Say how much is found on one of the three; of the unit itself also that nothing is."""
    own = [finding for of, finding in findings if of is concern]
    if own:
        return _COUNTED[concern].fill(found=severities_text(own, language)).pick(language)
    return _COUNTED[concern].fill(found=_UNFOUND).pick(language) if concern is Concern.UNIT else ""
