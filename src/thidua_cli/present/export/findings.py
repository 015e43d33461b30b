"""What was found on the figures, and who accepted what of it, why and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import SEVERITY_WORDS, column_heading
from thidua_cli.present.findings.records import sorted_findings
from thidua_cli.present.findings.view import summary_sentence
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.toolkit.document import ColumnType, Section, Surface, Table, TableColumn, Value
from thidua_cli.results import CheckResult


def findings_sheet(result: CheckResult, language: Language) -> Section:
    """Return the findings with what was looked at; that nothing was found is said as well."""
    findings = sorted_findings(result.findings)
    return Section(
        sheet=Text("Phát hiện", "Findings").pick(language),
        title=Text("PHÁT HIỆN KHI KIỂM TRA SỐ LIỆU", "FINDINGS").pick(language),
        summary=summary_sentence(result, language),
        table=_table(findings, language) if findings else None,
        surface=Surface.SHEET,
    )


_TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "open", Severity.NOTE: "none"}
_HEADS: Final = (
    (Text("Mức", "Severity"), ColumnType.TEXT, 10),
    (Text("Đơn vị", "Unit"), ColumnType.TEXT, 22),
    (Text("Năm", "Year"), ColumnType.YEAR, 7),
    (Text("Chỉ tiêu", "Column"), ColumnType.TEXT, 16),
    (Text("Nội dung", "Finding"), ColumnType.TEXT, 56),
    (Text("Tệp", "File"), ColumnType.TEXT, 22),
    (Text("Trang tính", "Sheet"), ColumnType.TEXT, 12),
    (Text("Ô", "Cell"), ColumnType.TEXT, 9),
    (Text("Mã", "Code"), ColumnType.TEXT, 7),
)
_WAIVER_HEADS: Final = (
    (Text("Người chấp nhận", "Accepted by"), ColumnType.TEXT, 18),
    (Text("Lý do chấp nhận", "Why"), ColumnType.TEXT, 26),
    (Text("Đến hết ngày", "Until"), ColumnType.TEXT, 12),
)


def _table(findings: Sequence[Finding], language: Language) -> Table:
    accepted = any(finding.waived is not None for finding in findings)
    heads = (*_HEADS, *(_WAIVER_HEADS if accepted else ()))
    rows = [[*_row(finding, language), *(_waiver(finding, language) if accepted else [])] for finding in findings]
    tones = {(index, 0): _TONES[finding.severity] for index, finding in enumerate(findings)}
    return Table([TableColumn(text.pick(language), kind, width=width) for text, kind, width in heads], rows, tones)


def _row(finding: Finding, language: Language) -> list[Value]:
    # Who accepted it stands in columns of its own.
    told = replace(finding, waived=None).message(language)
    return [
        SEVERITY_WORDS[finding.severity].pick(language),
        finding.unit_name or finding.unit_code or "",
        finding.year if finding.year is not None else "",
        column_heading(finding.shown_column).pick(language) if finding.shown_column else "",
        for_council(told, language),
        finding.origin.file,
        finding.origin.sheet,
        finding.origin.cell,
        finding.kind.code,
    ]


def _waiver(finding: Finding, language: Language) -> list[Value]:
    if finding.waived is None:
        return ["", "", ""]
    until = finding.waived.until
    day = f"{until:%d/%m/%Y}" if language is Language.VI else until.isoformat()
    return [finding.waived.who, finding.waived.reason, day]
