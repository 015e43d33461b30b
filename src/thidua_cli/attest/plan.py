"""What an attestation sheet asks for: criteria without numbers of the units of the figures, and of other subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from thidua_cli.attest.columns import SUBJECT_NAME
from thidua_cli.errors import UsageError
from thidua_cli.judge.classes.subjects import attest_items_of
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Level, Series, year_end
from thidua_cli.rulebook.schema import AttestItem, ClauseKind, Rulebook
from thidua_cli.units.place import place_of
from thidua_cli.units.tables import bundled

MOST_ROWS: Final = 200_000
"""More rows than anybody fills in, and fewer than a sheet holds."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit to be attested."""

    code: str
    name: str
    """Name with the unit above it: "Xã Tà Lu, Huyện Đông Giang"."""
    items: tuple[AttestItem, ...]
    """The criteria without a number that are asked of this unit."""


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The units of one level that are asked about anything."""

    level: Level
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
    asked = [item for item in rulebook.attest if item.kind is ClauseKind.CRITERION]
    if not asked:
        text = Text("bộ {id} không có tiêu chí nào phải xác nhận", "{id} has no criterion for a person to attest")
        raise UsageError(text.fill(id=rulebook.id))
    # Nobody answers for a unit that is gone by the day, nor for villages of one name that nobody can tell apart.
    series = [unit for unit in series if unit.ended_on is None and not unit.namesakes]
    day = year_end(as_of)
    names = {unit.unit_code: unit.unit_name for unit in series}
    levels = [level for level in Level if any(unit.level is level for unit in series)]
    lines = {
        level: tuple(_line(unit, names, rulebook, day) for unit in series if unit.level is level) for level in levels
    }
    sheets = [UnitSheet(level, tuple(line for line in of_level if line.items)) for level, of_level in lines.items()]
    unit_sheets = tuple(sheet for sheet in sheets if sheet.units)
    _refuse_too_many(sum(len(line.items) for sheet in unit_sheets for line in sheet.units))
    subjects = dict.fromkeys(item.subject for item in asked if item.subject in SUBJECT_NAME)
    subject_sheets = tuple(
        SubjectSheet(subject, tuple(item for item in asked if item.subject == subject), entries) for subject in subjects
    )
    silent = tuple(sheet.level for sheet in sheets if not sheet.units)
    return AttestPlan(rulebook, as_of, unit_sheets, subject_sheets, silent)


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        text = Text(
            "phiếu sẽ có {rows} dòng, quá {most}; lập riêng cho từng huyện hoặc từng cấp (--level)",
            "the sheet would have {rows} rows, more than {most}; make one per district or per tier (--level)",
        )
        raise UsageError(text.fill(rows=rows, most=MOST_ROWS))


def _line(series: Series, names: Mapping[str, str], rulebook: Rulebook, day: date) -> UnitLine:
    above = names.get(series.parent_code)
    name = f"{series.unit_name}, {above}" if above else series.unit_name
    place = place_of(series.unit_code, series.parent_code, day, bundled())
    return UnitLine(series.unit_code, name, attest_items_of(rulebook, series.level, place))
