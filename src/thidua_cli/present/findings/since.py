"""What changed since an earlier run: which findings are new, and of those that are gone what they were and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from thidua_cli.findings import Severity
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import SEVERITY_WORDS
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Line, Section, Table, TableColumn

if TYPE_CHECKING:
    from thidua_cli.check.compare import FindingsSince, Record

_COUNTS: Final = Text(
    "So với lần trước: {new} mới, {still} vẫn còn, {gone} đã hết.",
    "Since the earlier run: {new} new, {still} still there, {gone} gone.",
)
_GONE: Final = Text("Đã hết: {place}{severity} {code} {message}", "Gone: {place}{severity} {code} {message}")
_HEADERS: Final = (
    (Text("Tệp", "File"), 24),
    (Text("Trang tính", "Sheet"), 14),
    (Text("Ô", "Cell"), 8),
    (Text("Mức", "Severity"), 10),
    (Text("Mã", "Code"), 7),
    (Text("Nội dung", "Finding"), 60),
)


def since_lines(comparison: FindingsSince, language: Language, width: int) -> list[Line]:
    """Say what changed since the earlier run, and of each finding that is gone where it stood."""
    lines = terminal.wrapped(since_sentence(comparison, language), width)
    for record in comparison.gone:
        file, sheet, cell, severity, code, message = _cells(record, language)
        place = " › ".join(part for part in (file, sheet, cell) if part)
        text = _GONE.fill(place=f"{place} · " if place else "", severity=severity, code=code, message=message)
        lines += terminal.wrapped(text.pick(language), width, indent="  ", hanging="    ")
    return lines


def since_section(comparison: FindingsSince, language: Language) -> Section:
    """Return the same for a page or a workbook: the findings that are gone as a table."""
    columns = [TableColumn(text.pick(language), width=width) for text, width in _HEADERS]
    return Section(
        heading=Text("So với lần trước", "Since the earlier run").pick(language),
        sheet=Text("Đã hết", "Gone").pick(language),
        title=Text("PHÁT HIỆN ĐÃ HẾT", "FINDINGS THAT ARE GONE").pick(language),
        summary=since_sentence(comparison, language),
        table=Table(columns, [_cells(record, language) for record in comparison.gone]),
    )


def since_sentence(comparison: FindingsSince, language: Language) -> str:
    """Count what is new, still there and gone."""
    new, still, gone = len(comparison.new), len(comparison.still), len(comparison.gone)
    return _COUNTS.fill(new=new, still=still, gone=gone).pick(language)


def _cells(record: Record, language: Language) -> Sequence[str]:
    """Return file, sheet, cell, severity, code and sentence of a finding as its document wrote them."""
    file, sheet, cell, severity, code = (
        str(record.get(name) or "") for name in ("file", "sheet", "cell", "severity", "code")
    )
    if severity in list(Severity):
        severity = SEVERITY_WORDS[Severity(severity)].pick(language)
    return file, sheet, cell, severity, code, _sentence(record)


def _sentence(record: Record) -> str:
    """Return the message, led by the unit and year where it does not name the unit itself."""
    message, name, year = (str(record.get(key) or "") for key in ("message", "unit_name", "year"))
    return led_by_unit(message, name, year)


def led_by_unit(message: str, name: str, year: str) -> str:
    """Return a message, led by unit and year where it does not name the unit itself."""
    if not name or name in message:
        return message
    return f"{name}, {year}: {message}" if year else f"{name}: {message}"
