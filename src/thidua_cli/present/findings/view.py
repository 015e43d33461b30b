"""Findings for people and machines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Language, Text, format_count
from thidua_cli.lexicon import SEVERITY_WORDS, column_heading
from thidua_cli.present.findings.folded import FoldedFinding, folded, unfolded
from thidua_cli.present.findings.records import check_document, check_rows, is_new, severity_totals, sorted_findings
from thidua_cli.present.findings.since import led_by_unit, since_lines, since_section
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Line,
    Section,
    Styled,
    Table,
    TableColumn,
    Value,
    View,
    text_line,
)
from thidua_cli.present.toolkit.figures import MISSING_MARK, year_list
from thidua_cli.results import CheckResult

SCREEN_LIMIT: Final = 50
"""Findings shown on a screen unless all are asked for; the totals are always exact."""

_SEVERITY_TONE: Final = {Severity.ERROR: "bad", Severity.WARNING: "open", Severity.NOTE: "none"}
_SEVERITY_COLUMN: Final = 3
SEVERITY_STYLE: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}

_MESSAGE_WIDTH: Final = 40
"""Narrower than this, a sentence is put under its place instead of beside it."""


def findings_view(result: CheckResult, limit: int | None = SCREEN_LIMIT) -> View:
    """Return the findings of a check, on a screen at most `limit` of them; None for all."""
    findings = sorted_findings(result.findings)
    return View(
        page=partial(_page, result),
        screen=lambda language, width: _screen(result, findings, language, width, limit),
        record=partial(check_document, result),
        rows=partial(check_rows, result),
    )


def _page(result: CheckResult, language: Language) -> Document:
    sections = [findings_section(result, language)]
    if result.comparison is not None:
        sections.append(since_section(result.comparison, language))
    return Document(sections)


def findings_section(result: CheckResult, language: Language) -> Section:
    """Return the findings with the sentence that sums them up, coloured by severity."""
    findings = sorted_findings(result.findings)
    tones = {(index, _SEVERITY_COLUMN): _SEVERITY_TONE[finding.severity] for index, finding in enumerate(findings)}
    return Section(
        sheet=Text("Phát hiện", "Findings").pick(language),
        title=Text("PHÁT HIỆN KHI KIỂM TRA SỐ LIỆU", "FINDINGS").pick(language),
        summary=summary_sentence(result, language),
        table=_compared(result, findings, findings_table(findings, language), language)._replace(tones=tones),
    )


def _compared(result: CheckResult, findings: Sequence[Finding], table: Table, language: Language) -> Table:
    """Return the table with what the earlier run had, where one was given."""
    if result.comparison is None:
        return table
    seen = TableColumn(Text("Lần trước", "Earlier").pick(language), width=9)
    answers = (Text("mới", "new") if is_new(result, finding) else Text("còn", "still") for finding in findings)
    rows = [[*row, answer.pick(language)] for row, answer in zip(table.rows, answers, strict=True)]
    return table._replace(columns=[*table.columns, seen], rows=rows)


def findings_table(findings: Sequence[Finding], language: Language) -> Table:
    """Return one row per finding, in the order given, for Markdown and workbooks."""
    headers = (
        (Text("Tệp", "File"), ColumnType.TEXT, 24),
        (Text("Trang tính", "Sheet"), ColumnType.TEXT, 14),
        (Text("Ô", "Cell"), ColumnType.TEXT, 8),
        (Text("Mức", "Severity"), ColumnType.TEXT, 10),
        (Text("Mã", "Code"), ColumnType.TEXT, 7),
        (Text("Đơn vị", "Unit"), ColumnType.TEXT, 22),
        (Text("Năm", "Year"), ColumnType.YEAR, 6),
        (Text("Chỉ tiêu", "Column"), ColumnType.TEXT, 20),
        (Text("Nội dung", "Finding"), ColumnType.TEXT, 60),
    )
    columns = [TableColumn(text.pick(language), kind, width=width) for text, kind, width in headers]
    return Table(columns, [_table_row(finding, language) for finding in findings])


def _table_row(finding: Finding, language: Language) -> list[Value]:
    return [
        finding.origin.file,
        finding.origin.sheet,
        finding.origin.cell,
        SEVERITY_WORDS[finding.severity].pick(language),
        finding.kind.code,
        finding.unit_name or finding.unit_code or "",
        finding.year if finding.year is not None else "",
        column_heading(finding.shown_column).pick(language) if finding.shown_column else "",
        finding.message(language),
    ]


def summary_sentence(result: CheckResult, language: Language) -> str:
    """Say in one sentence what was found and what was looked at."""
    counted = severities_text(result.findings, language)
    head = (
        Text("Kết quả: {found}.", "Found: {found}.").fill(found=counted)
        if counted
        else Text("Không phát hiện sai sót.", "No findings.")
    )
    looked = Text(
        "Đã kiểm tra {files} tệp, {units} đơn vị, {rows} dòng số liệu, năm {years}.",
        "Checked: files {files}, units {units}, rows of data {rows}, years {years}.",
    ).fill(
        files=result.files,
        units=result.units,
        rows=result.observations,
        years=year_list(result.years) or MISSING_MARK,
    )
    return f"{head.pick(language)} {looked.pick(language)}"


def severities_text(findings: Iterable[Finding], language: Language) -> str:
    """Count findings by severity: "1 lỗi, 2 cảnh báo"; empty for none."""
    totals = severity_totals(findings)
    return ", ".join(
        f"{format_count(totals[severity], language)} {_plural(SEVERITY_WORDS[severity], totals[severity], language)}"
        for severity in Severity
        if totals[severity]
    )


def _plural(text: Text, number: int, language: Language) -> str:
    return f"{text.en}s" if language is Language.EN and number != 1 else text.pick(language)


def _screen(
    result: CheckResult, findings: Sequence[Finding], language: Language, width: int, limit: int | None
) -> list[Line]:
    entries = unfolded(findings) if limit is None else folded(findings)
    shown = entries if limit is None else entries[:limit]
    lines: list[Line] = []
    for place, group in groupby(shown, key=lambda entry: (entry.finding.origin.file, entry.finding.origin.sheet)):
        if any(place):
            lines += terminal.wrapped(" › ".join(part for part in place if part), width, hanging="  ", style="bold")
        lines += _group(result, list(group), language, width)
        lines.append(text_line())
    if len(shown) < len(entries):
        more = Text(
            "… còn {count} phát hiện nữa (thêm --all để xem hết).", "… {count} more findings (--all shows them)."
        )
        hidden = sum(entry.findings for entry in entries[len(shown) :])
        lines += terminal.wrapped(more.fill(count=hidden).pick(language), width)
    style = "" if findings else "green"
    lines += terminal.wrapped(summary_sentence(result, language), width, style=style)
    if result.comparison is not None:
        lines += since_lines(result.comparison, language, width)
    return lines


def _group(result: CheckResult, entries: Sequence[FoldedFinding], language: Language, width: int) -> list[Line]:
    heads = terminal.aligned([_head(result, entry.finding, language) for entry in entries])
    beside = max(terminal.length(head) for head in heads) + 2
    if width - beside < _MESSAGE_WIDTH:
        return [line for entry in entries for line in _block(result, entry, language, width)]
    lines: list[Line] = []
    for entry, head in zip(entries, heads, strict=True):
        sentence = [*terminal.wrapped(_sentence(entry.finding, language), width - beside)]
        sentence += _echoes(entry, language, width - beside)
        padding = Styled(" " * (beside - terminal.length(head)))
        lines.append((*head, padding, *sentence[0]))
        lines += [(Styled(" " * beside), *rest) for rest in sentence[1:]]
    return lines


def _echoes(entry: FoldedFinding, language: Language, width: int, indent: str = "") -> Sequence[Line]:
    """Say what else goes away with a finding."""
    if not entry.echoes:
        return ()
    text = entry.echo_text(severities_text(entry.echoes, language)).pick(language)
    return terminal.wrapped(text, width, indent=indent, hanging=f"{indent}  ", style="dim")


def _head(result: CheckResult, finding: Finding, language: Language) -> tuple[Styled, ...]:
    style = SEVERITY_STYLE[finding.severity]
    mark = f" {_NEW.pick(language)}" if is_new(result, finding) else ""
    return (
        Styled(f"  {finding.origin.cell}"),
        Styled(SEVERITY_WORDS[finding.severity].pick(language), style),
        Styled(f"{finding.kind.code}{mark}", style),
    )


_NEW: Final = Text("(mới)", "(new)")


def _block(result: CheckResult, entry: FoldedFinding, language: Language, width: int) -> list[Line]:
    """Return one finding for a narrow terminal: its place, then the sentence under it."""
    finding = entry.finding
    cell, severity, code = _head(result, finding, language)
    place = (cell, Styled(" · ")) if finding.origin.cell else (Styled("  "),)
    head = (*place, severity, Styled(" "), code)
    sentence = terminal.wrapped(_sentence(finding, language), width, indent="    ")
    return [head, *sentence, *_echoes(entry, language, width, indent="    ")]


def _sentence(finding: Finding, language: Language) -> str:
    """Return the message, led by the unit and year where it does not name the unit itself."""
    year = "" if finding.year is None else str(finding.year)
    return led_by_unit(finding.message(language), finding.unit_name or "", year)
