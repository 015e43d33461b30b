"""What a list of classes says and what is wrong with it: a page, rows, and the document "thidua.classes-check/1"."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.lexicon import SEVERITY_WORDS
from thidua_cli.normalise.class_lists.reading import ListedClasses
from thidua_cli.present.classes.words import day_field, unit_label, written_words
from thidua_cli.present.findings.records import FIELDS, finding_fields, finding_record, severity_totals
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Records,
    Section,
    Table,
    TableColumn,
    Value,
    View,
)
from thidua_cli.rulebook.class_file import ClassRow
from thidua_cli.units.tables import bundled

SCHEMA: Final = "thidua.classes-check/1"


def class_check_view(read: ListedClasses) -> View:
    """Return the findings of a list, and how much of it was recognised."""
    return View(
        page=partial(_page, read),
        record=partial(_record, read),
        rows=lambda language: _finding_rows(read, language),
    )


def _finding_rows(read: ListedClasses, language: Language) -> Records:
    records = [finding_fields(finding, language) for finding in read.findings]
    return Records(FIELDS, [[record[name] for name in FIELDS] for record in records])


def _page(read: ListedClasses, language: Language) -> Document:
    title = Text("Danh sách phân loại: {file}", "List of classes: {file}").fill(file=read.file)
    faults = Section(
        _FINDINGS.pick(language),
        sheet=_FINDINGS.pick(language),
        summary=_summary(read).pick(language),
        table=_faults(read, language) if read.findings else None,
    )
    counts = Section(_RECOGNISED.pick(language), sheet=_RECOGNISED.pick(language), table=_counts(read, language))
    return Document([faults, *([counts] if read.rows else [])], title.pick(language))


def _faults(read: ListedClasses, language: Language) -> Table:
    """Return one row per finding: the file stands in the title, and a list has neither years nor counts."""
    heads = ((_SHEET, 18), (_CELL, 8), (_SEVERITY, 9), (_CODE, 7), (_MESSAGE, 80))
    rows = [
        [
            finding.origin.sheet,
            finding.origin.cell,
            SEVERITY_WORDS[finding.severity].pick(language),
            finding.kind.code,
            finding.message(language),
        ]
        for finding in read.findings
    ]
    return Table([TableColumn(text.pick(language), width=width) for text, width in heads], rows)


def _summary(read: ListedClasses) -> Text:
    totals = severity_totals(read.findings)
    errors, warnings, notes = (count for _, count in sorted(totals.items(), key=lambda pair: pair[0].rank))
    text = _USABLE if not errors else _REFUSED
    units = len({row.unit_code for row in read.rows})
    return text.fill(
        errors=errors, warnings=warnings, notes=notes, tables=read.tables, rows=len(read.rows), units=units
    )


def _counts(read: ListedClasses, language: Language) -> Table:
    by_class: Counter[tuple[str, str]] = Counter((row.written, _days(row, language)) for row in read.rows)
    columns = [
        TableColumn(_CLASS.pick(language), width=40),
        TableColumn(_DAYS.pick(language), width=26),
        TableColumn(_ROWS.pick(language), ColumnType.COUNT),
    ]
    rows: list[list[Value]] = [
        [written_words(written).pick(language), days, count] for (written, days), count in by_class.items()
    ]
    return Table(columns, rows)


def _days(row: ClassRow, language: Language) -> str:
    start, end = row.valid_from, row.valid_to
    if start is None and end is None:
        return _ALWAYS.pick(language)
    days = [None if day is None else f"{day:%d/%m/%Y}" for day in (start, end)]
    text = _FROM if days[1] is None else _TO if days[0] is None else _BETWEEN
    return text.fill(start=days[0], end=days[1]).pick(language)


def _record(read: ListedClasses, language: Language) -> dict[str, object]:
    totals = {f"{severity.value}s": count for severity, count in severity_totals(read.findings).items()}
    units = {row.unit_code for row in read.rows}
    return {
        "schema": SCHEMA,
        "file": read.file,
        "summary": {"tables": read.tables, "rows": len(read.rows), "units": len(units), **totals},
        "sheets": list(read.sheets),
        "rows": row_records(read),
        "findings": [finding_record(finding, language) for finding in read.findings],
    }


def row_records(read: ListedClasses) -> list[dict[str, object]]:
    """Return what was recognised, one record per unit and class."""
    return [_row(row) for row in read.rows]


def _row(row: ClassRow) -> dict[str, object]:
    return {
        "unit_code": row.unit_code,
        "unit_name": unit_label(row.unit_code, row.valid_from, bundled()),
        "class": row.written,
        "from": day_field(row.valid_from),
        "to": day_field(row.valid_to),
        "source": row.source or None,
        "sheet": row.cell.sheet or None,
        "cell": row.cell.cell,
    }


def counted_words(read: ListedClasses) -> Text:
    """Return what a written result holds: "3 phát hiện, 12 dòng phân loại"."""
    text = Text("{findings} phát hiện, {rows} dòng phân loại", "{findings} findings, {rows} rows of classes")
    return text.fill(findings=format_count(len(read.findings)), rows=format_count(len(read.rows)))


_FINDINGS: Final = Text("Phát hiện", "Findings")
_RECOGNISED: Final = Text("Nhận ra được", "What is recognised")
_SHEET: Final = Text("Trang tính", "Sheet")
_CELL: Final = Text("Ô", "Cell")
_SEVERITY: Final = Text("Mức", "Severity")
_CODE: Final = Text("Mã", "Code")
_MESSAGE: Final = Text("Nội dung", "Finding")
_CLASS: Final = Text("Phân loại", "Class")
_DAYS: Final = Text("Thời gian", "Days")
_ROWS: Final = Text("Số dòng", "Rows")
_ALWAYS: Final = Text("không ghi ngày", "no day stated")
_FROM: Final = Text("từ {start}", "from {start}")
_TO: Final = Text("đến {end}", "to {end}")
_BETWEEN: Final = Text("{start} đến {end}", "{start} to {end}")
_USABLE: Final = Text(
    "Dùng được với --classes: {tables} bảng, {rows} dòng của {units} đơn vị; {warnings} cảnh báo, {notes} ghi chú.",
    "Can be used with --classes: {tables} tables, {rows} rows of {units} units; {warnings} warnings, {notes} notes.",
)
_REFUSED: Final = Text(
    "Chưa dùng được với --classes: {errors} lỗi phải sửa, {warnings} cảnh báo, {notes} ghi chú; đã hiểu {rows} dòng "
    "của {units} đơn vị.",
    "Cannot be used with --classes yet: {errors} errors to mend, {warnings} warnings, {notes} notes; {rows} rows of "
    "{units} units are understood.",
)
