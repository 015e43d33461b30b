"""Waivers: findings that somebody has looked at and answers for. They become notes and stay printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from thidua_cli.check.catalogue import KINDS
from thidua_cli.check.identity import folded
from thidua_cli.findings import Acceptance, Finding, Severity
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.rulebook.toml_table import CheckedTable, TablePlace, toml_text, toml_values

_TABLE: Final = "waiver"
_KEYS: Final = ("code", "unit", "year", "column", "reason", "who", "until")
_EARLIEST_YEAR: Final = 1900


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted finding: `[[waiver]]` of a file, described in docs/waivers.md."""

    code: str
    unit: str | None
    """Code or name of the unit, or what is printed where no unit is ("Tổng cộng"); None fits only findings that name no
    unit."""
    year: int | None
    """None fits only findings that name no year."""
    column: str | None
    """Canonical name of the count or the printed heading; None fits every column."""
    reason: str
    who: str
    until: date
    """Last day on which the waiver counts."""
    place: str
    """File and table, for messages: "waivers.toml, [[waiver]] 2"."""

    def fits(self, finding: Finding) -> bool:
        """Say whether the waiver speaks of `finding`, whatever the day."""
        return (
            self.code == finding.kind.code
            and self.year == finding.year
            and self._fits_unit(finding)
            and self.column in (None, finding.column)
        )

    def _fits_unit(self, finding: Finding) -> bool:
        if self.unit is None:
            return finding.unit_code is None and finding.unit_name is None
        names = (finding.unit_code, finding.unit_name, finding.printed_label)
        return folded(self.unit).casefold() in [folded(name).casefold() for name in names]

    @property
    def acceptance(self) -> Acceptance:
        """Who accepted the finding, why and until when."""
        return Acceptance(self.who, self.reason, self.until)

    @property
    def subject(self) -> str:
        """What the waiver is about: "S001, 505, 2024"."""
        return ", ".join(str(part) for part in (self.code, self.unit, self.year, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class WaivedFindings:
    """Findings after waiving, in their order, and the waivers that did nothing."""

    findings: list[Finding]
    expired: tuple[Waiver, ...]
    unused: tuple[Waiver, ...]
    """Waivers in force that no finding fits."""

    @property
    def remarks(self) -> list[Text]:
        """One sentence per waiver that did nothing: for standard error, never silently passed over."""
        expired = Text(
            "{place} ({subject}): đã hết hạn ngày {until}, không còn được áp dụng.",
            "{place} ({subject}): expired on {until} and no longer applies.",
        )
        unused = Text(
            "{place} ({subject}): không khớp với phát hiện nào; nếu đã sửa xong thì xóa đi.",
            "{place} ({subject}): fits no finding; delete it if the fault is mended.",
        )
        return [
            *(_remark(expired, waiver) for waiver in self.expired),
            *(_remark(unused, waiver) for waiver in self.unused),
        ]


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers of a file in their order; a file without any gives none.

    Raises:
        InputError: The file cannot be read, or something in it is missing, unknown or impossible; with file and line.
    """
    source = toml_text(path)
    values = toml_values(source, path)
    top = TablePlace(str(path), source)
    CheckedTable(values, top, (_TABLE,))
    tables = values.get(_TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise top.refuse(_TABLE, Text(f"phải viết thành các bảng [[{_TABLE}]]", f"must be tables [[{_TABLE}]]"))
    return tuple(
        _waiver(CheckedTable(table, TablePlace(str(path), source, f"[[{_TABLE}]]", ordinal), _KEYS))
        for ordinal, table in enumerate(tables, start=1)
    )


def apply(findings: Sequence[Finding], waivers: Sequence[Waiver], today: date) -> WaivedFindings:
    """Turn accepted findings into notes that say who accepted them, why and until when.

    Args:
        findings: All findings of a run.
        waivers: What was accepted; the first that fits a finding counts.
        today: The day the waivers are asked for; a waiver counts through its day `until`.
    """
    in_force = [waiver for waiver in waivers if today <= waiver.until]
    used: set[int] = set()
    waived: list[Finding] = []
    by_code: dict[str, list[Waiver]] = {}
    for waiver in in_force:
        by_code.setdefault(waiver.code, []).append(waiver)
    for finding in findings:
        fitting = [waiver for waiver in by_code.get(finding.kind.code, ()) if waiver.fits(finding)]
        used.update(id(waiver) for waiver in fitting)
        waived.append(_accepted(finding, fitting[0]) if fitting else finding)
    return WaivedFindings(
        waived,
        tuple(waiver for waiver in waivers if waiver.until < today),
        tuple(waiver for waiver in in_force if id(waiver) not in used),
    )


def _accepted(finding: Finding, waiver: Waiver) -> Finding:
    return replace(finding, severity_here=Severity.NOTE, waived=waiver.acceptance)


def _remark(sentence: Text, waiver: Waiver) -> Text:
    until = Text(f"{waiver.until:%d/%m/%Y}", waiver.until.isoformat())
    return sentence.fill(place=waiver.place, subject=waiver.subject, until=until)


def _waiver(table: CheckedTable) -> Waiver:
    code = table.text("code")
    if code not in {kind.code for kind in KINDS}:
        hint = Text("không có mã này; xem “thidua explain”", "there is no such code; see “thidua explain”")
        raise table.place.refuse("code", Text(f'"{code}": {hint.vi}', f'"{code}": {hint.en}'))
    return Waiver(
        code=code,
        unit=_name(table, "unit"),
        year=table.whole_number("year", _EARLIEST_YEAR) if "year" in table else None,
        column=_name(table, "column"),
        reason=table.text("reason").strip(),
        who=table.text("who").strip(),
        until=table.day("until"),
        place=f"{table.place.file}, {table.place.header} {table.place.ordinal}",
    )


def _name(table: CheckedTable, key: str) -> str | None:
    """Return an optional name, its accents composed as those of what was read."""
    return unicodedata.normalize("NFC", table.text(key)).strip() if key in table else None
