"""What an attestation sheet asks for: criteria without numbers of the units of the figures, and of other subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from thidua_cli.attest.columns import SUBJECT_NAME
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.model import Level, Series
from thidua_cli.rulebook.schema import AttestItem, Rulebook

MOST_ROWS: Final = 200_000
"""More rows than anybody fills in, and fewer than a sheet holds."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit to be attested."""

    code: str
    name: str
    """Name with the unit above it: "Xã Tà Lu, Huyện Đông Giang"."""


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The units of one level; each is asked about every item."""

    level: Level
    items: tuple[AttestItem, ...]
    units: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class SubjectSheet:
    """Room for subjects that no table counts; each is asked about every item."""

    subject: str
    items: tuple[AttestItem, ...]
    entries: int
    """How many subjects there is room for."""


@dataclass(frozen=True, slots=True)
class AttestPlan:
    """Everything an attestation file is drawn up from."""

    rulebook: Rulebook
    as_of: int
    unit_sheets: tuple[UnitSheet, ...]
    subject_sheets: tuple[SubjectSheet, ...]
    silent_levels: tuple[Level, ...]
    """Levels of the figures for which the rule file lists no criterion without a number."""


def plan_attestation(rulebook: Rulebook, series: Sequence[Series], as_of: int, entries: int) -> AttestPlan:
    """Return the sheets to be written, levels from the top, subjects in the order of the rule file.

    Raises:
        UsageError: There is nothing to attest, or there are more rows than one file can take.
    """
    if not rulebook.attest:
        text = Text("bộ {id} không có tiêu chí nào phải xác nhận", "{id} has no criterion for a person to attest")
        raise UsageError(text.fill(id=rulebook.id))
    held = [level for level in Level if any(one.level is level for one in series)]
    names = {one.unit_code: one.unit_name for one in series}
    unit_sheets = []
    for level in held:
        items = tuple(item for item in rulebook.attest if item.subject == level)
        units = tuple(_line(one, names) for one in series if one.level is level)
        if items:
            unit_sheets.append(UnitSheet(level, items, units))
    rows = sum(len(sheet.items) * len(sheet.units) for sheet in unit_sheets)
    if rows > MOST_ROWS:
        text = Text(
            "phiếu sẽ có {rows} dòng, quá {most}; lập riêng cho từng huyện hoặc từng cấp (--level)",
            "the sheet would have {rows} rows, more than {most}; make one per district or per tier (--level)",
        )
        raise UsageError(text.fill(rows=rows, most=MOST_ROWS))
    asked = {sheet.level for sheet in unit_sheets}
    subjects = dict.fromkeys(item.subject for item in rulebook.attest if item.subject in SUBJECT_NAME)
    subject_sheets = [
        SubjectSheet(subject, tuple(item for item in rulebook.attest if item.subject == subject), entries)
        for subject in subjects
    ]
    silent = tuple(level for level in held if level not in asked)
    return AttestPlan(rulebook, as_of, tuple(unit_sheets), tuple(subject_sheets), silent)


def _line(one: Series, names: dict[str, str]) -> UnitLine:
    above = names.get(one.parent_code)
    return UnitLine(one.unit_code, f"{one.unit_name}, {above}" if above else one.unit_name)
