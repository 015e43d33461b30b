"""Workbooks: the pack for submission, and one result as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from thidua_cli import __version__
from thidua_cli.findings import Severity
from thidua_cli.judge.verdict import Completeness, State, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.present.attest.view import FILL_OF_STATE, STATE_COLUMN, attestation_table
from thidua_cli.present.findings.view import findings_table, sorted_findings, summary_sentence
from thidua_cli.present.rates.notes import rate_notes
from thidua_cli.present.rates.view import rates_view
from thidua_cli.present.toolkit.cell_ranges import table_ranges
from thidua_cli.present.toolkit.labels import RATE_TEXT
from thidua_cli.present.toolkit.sheets import Sheet, workbook_bytes
from thidua_cli.present.toolkit.table import Column, Table, Value
from thidua_cli.present.verdicts.notes import eligible_notes, rule_notes, rules_note, totals_note
from thidua_cli.present.verdicts.view import eligible_table
from thidua_cli.results import CheckResult, EligibleResult, RatesResult, SourceFile, SourceRole

STATE_FILL: Final = {
    State.MET: "good",
    State.NOT_MET: "bad",
    State.UNDETERMINED: "open",
    State.NO_CRITERION: "none",
}
_SEVERITY_FILL: Final = {Severity.ERROR: "bad", Severity.WARNING: "open", Severity.NOTE: "none"}
_ROLE_TEXT: Final = {
    SourceRole.OBSERVATIONS: Text("Số liệu", "Figures"),
    SourceRole.CLASSES: Text("Danh mục phân loại", "Class list"),
    SourceRole.SHARES: Text("Phần hộ chia", "Shares"),
    SourceRole.UNITS: Text("Danh mục thôn", "Villages"),
    SourceRole.RULES: Text("Quy định", "Rule file"),
    SourceRole.ATTESTATIONS: Text("Phiếu xác nhận", "Attestations"),
    SourceRole.PLANS: Text("Kế hoạch năm", "Yearly plan"),
}
_VERDICT_COLUMN: Final = 4
_SEVERITY_COLUMN: Final = 3
_FIRST_FIGURE_COLUMN: Final = 3


def build_export(
    eligible: EligibleResult,
    rates: RatesResult,
    check: CheckResult,
    sources: Sequence[SourceFile],
    language: Language = Language.VI,
) -> bytes:
    """Return the workbook for submission: verdicts, rates, findings, sources. The same values give the same bytes."""
    return workbook_bytes(
        [
            eligible_sheet(eligible, language),
            *attestation_sheets(eligible, language),
            rates_sheet(rates, language),
            findings_sheet(check, language),
            sources_sheet(eligible, sources, language),
        ]
    )


def build_table(result: CheckResult | RatesResult | EligibleResult, language: Language = Language.VI) -> bytes:
    """Return one result as a workbook of one sheet; what was attested stands on a second one."""
    match result:
        case CheckResult():
            sheets = [findings_sheet(result, language)]
        case RatesResult():
            sheets = [rates_sheet(result, language)]
        case EligibleResult():
            sheets = [eligible_sheet(result, language), *attestation_sheets(result, language)]
    return workbook_bytes(sheets)


def eligible_sheet(result: EligibleResult, language: Language) -> Sheet:
    """Return the sheet of verdicts, coloured by answer."""
    title = Text("KẾT QUẢ XÉT ĐIỀU KIỆN THI ĐUA", "ELIGIBILITY FOR EMULATION AWARDS")
    fills = {(index, _VERDICT_COLUMN): _fill_of(verdict) for index, verdict in enumerate(result.verdicts)}
    return Sheet(
        Text("Kết quả", "Verdicts").pick(language),
        title.pick(language),
        [rules_note(result.rulebook, result.as_of, language), totals_note(result, language)],
        eligible_table(result, language),
        eligible_notes(result, language)[2:],
        fills,
    )


def _fill_of(verdict: Verdict) -> str:
    """Return the colour of an answer; one whose other criteria were refused is not a good one."""
    refused = verdict.state is State.MET and verdict.completeness is Completeness.REFUSED
    return "bad" if refused else STATE_FILL[verdict.state]


def attestation_sheets(result: EligibleResult, language: Language) -> list[Sheet]:
    """Return the sheet of what was attested, by whom and on what ground; none where nobody attested anything."""
    if not result.subjects and not any(verdict.statements for verdict in result.verdicts):
        return []
    table, states = attestation_table(result.verdicts, result.subjects, language)
    title = Text("XÁC NHẬN CÁC TIÊU CHÍ KHÔNG CÓ SỐ LIỆU", "CRITERIA WITHOUT A NUMBER")
    fills = {(index, STATE_COLUMN): FILL_OF_STATE[state] for index, state in enumerate(states)}
    return [
        Sheet(
            Text("Xác nhận", "Attested").pick(language),
            title.pick(language),
            [rules_note(result.rulebook, result.as_of, language)],
            table,
            fills=fills,
        )
    ]


def rates_sheet(result: RatesResult, language: Language) -> Sheet:
    """Return the sheet of rates; each rate is a formula over the counts beside it, or as printed without them."""
    table = rates_view(result.table, language)
    title = Text("SỐ HỘ, TỶ LỆ VÀ MỨC GIẢM QUA CÁC NĂM", "COUNTS, RATES AND FALLS BY YEAR")
    formulas = {
        (row, column): _rate_formula(column)
        for row, rates in enumerate(result.table.rows)
        for column, year in zip(_rate_columns(len(result.table.years)), rates.years, strict=True)
        if not year.rate_printed
    }
    return Sheet(
        Text("Tỷ lệ", "Rates").pick(language),
        title.pick(language),
        [Text("Chỉ tiêu: {rate}.", "Measure: {rate}.").fill(rate=RATE_TEXT[result.table.measure]).pick(language)],
        table,
        rate_notes(result, language)[1:],
        formulas=formulas,
    )


def _rate_columns(years: int) -> list[int]:
    """Return the positions of the rates: three columns in the first year, then four with the fall."""
    return [_FIRST_FIGURE_COLUMN + 2 + (4 * index - 1 if index else 0) for index in range(years)]


def _rate_formula(column: int) -> Callable[[Callable[[int], str]], str]:
    return lambda cell: f"=100*{cell(column - 1)}/{cell(column - 2)}"


def findings_sheet(result: CheckResult, language: Language) -> Sheet:
    """Return the sheet of findings, coloured by severity."""
    findings = sorted_findings(result.findings)
    fills = {(index, _SEVERITY_COLUMN): _SEVERITY_FILL[finding.severity] for index, finding in enumerate(findings)}
    return Sheet(
        Text("Phát hiện", "Findings").pick(language),
        Text("PHÁT HIỆN KHI KIỂM TRA SỐ LIỆU", "FINDINGS").pick(language),
        [summary_sentence(result, language)],
        findings_table(findings, language),
        fills=fills,
    )


def sources_sheet(eligible: EligibleResult, sources: Sequence[SourceFile], language: Language) -> Sheet:
    """Return the sheet of sources: files with their SHA-256, the cells read, the rules with their citations."""
    headers = (
        (Text("Loại", "Kind"), 20),
        (Text("Tệp", "File"), 40),
        (Text("Trang tính", "Sheet"), 20),
        (Text("Vùng ô", "Cells"), 14),
        (Text("SHA-256", "SHA-256"), 68),
    )
    by_file: dict[str, list[tuple[str, str]]] = {}
    for file, sheet, cells in table_ranges(eligible.observations):
        by_file.setdefault(file, []).append((sheet, cells))
    rows: list[list[Value]] = [
        [_ROLE_TEXT[source.role].pick(language), source.file, sheet, cells, source.sha256]
        for source in sources
        for sheet, cells in by_file.get(source.file) or [("", "")]
    ]
    return Sheet(
        Text("Nguồn", "Sources").pick(language),
        Text("NGUỒN SỐ LIỆU VÀ QUY ĐỊNH", "SOURCES").pick(language),
        [Text("Lập bằng thidua {version}.", "Made with thidua {version}.").fill(version=__version__).pick(language)],
        Table([Column(text.pick(language), width=width) for text, width in headers], rows),
        [rules_note(eligible.rulebook, eligible.as_of, language), *rule_notes(eligible, language)],
    )
