"""Which lines stand on a form to be filled in: the units of that year-end, their sections or groups, and the totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum, StrEnum, auto
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Level, Unit
from thidua_cli.present.units.view import day_words, period_text
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import UnitTables, boundary_day

_SECTIONS: Final = (("I", "Khu vực thành thị", True), ("II", "Khu vực nông thôn", False))
_URBAN_TYPES: Final = frozenset({"phường", "thị trấn"})
_UNKNOWN: Final = Text(
    "--unit {code}: không có đơn vị nào mang mã này; tìm mã bằng “thidua units find TÊN”",
    "--unit {code}: no unit has this code; find it with “thidua units find NAME”",
)
_VILLAGE: Final = Text(
    "--unit {code} là thôn: biểu được lập cho xã, huyện hoặc tỉnh; dùng mã của xã: --unit {commune}",
    "--unit {code} is a village: forms are made for communes, districts and provinces; use --unit {commune}",
)
_NOT_STANDING: Final = Text(
    "--unit {code}: đơn vị không tồn tại vào cuối năm {year} ({day}). Thời gian tồn tại: {periods}.{instead}",
    "--unit {code} does not stand at the end of {year} ({day}). It stood: {periods}.{instead}",
)
_INSTEAD: Final = Text(
    " Vào ngày đó, địa bàn thuộc {units}: lập biểu cho từng đơn vị này{above}.",
    " On that day its area is part of {units}: make a form for each of them{above}.",
)
_OR_ABOVE: Final = Text(", hoặc cho cả {name} (--unit {code})", ", or one for {name} (--unit {code})")
_PARTNERS_SHOWN: Final = 12
EMPTY_VILLAGES: Final = ("",) * 30
"""Lines of a commune's form whose villages nobody named."""


class Arrangement(StrEnum):
    """How the units stand: in an urban and a rural section, or numbered, districts above their communes."""

    AREA = "area"
    NUMBERING = "numbering"


class LineKind(Enum):
    """What a line of the form is for."""

    UNIT = auto()
    """A unit whose figures are filled in."""
    VILLAGE = auto()
    """Number, name and figures are filled in; last year's name may stand there already."""
    SUM = auto()
    """A section, a district above its communes, or the total."""


@dataclass(slots=True)
class Line:
    """One line of the form: one sheet row, or two where a unit is broken down."""

    kind: LineKind
    number: str
    """Text of the column TT."""
    name: str
    parts: list[int] = field(default_factory=list)
    """Indices of the lines that a sum adds up; none where a section has no units."""


@dataclass(frozen=True, slots=True)
class TemplatePlan:
    """A form to be filled in, before it is laid out."""

    unit: Unit
    above: tuple[Unit, ...]
    """Units above it at that year-end, nearest first."""
    year: int
    lines: tuple[Line, ...]


def plan_template(
    code: str,
    year: int,
    tables: UnitTables,
    arrangement: Arrangement = Arrangement.AREA,
    villages: Sequence[str] = EMPTY_VILLAGES,
) -> TemplatePlan:
    """Return the lines of the form of one unit at the end of `year`.

    A province has its districts (in both sections where they have urban and rural communes), since July 2025 its
    communes; a district its communes; a commune a line for each of `villages`, empty where the name is. A unit without
    units below has one line of its own. By numbering, a province of the three tiers has its districts above their
    communes.

    Raises:
        UsageError: The code is unknown, does not stand at that year-end, or is a village's.
    """
    unit = standing_unit(code, year, tables)
    on = boundary_day(year)
    below = tables.children(unit.code, on)
    lines = _Lines()
    if unit.level is Level.COMMUNE:
        _add_villages(lines, unit, arrangement, villages)
    elif arrangement is Arrangement.NUMBERING:
        _add_numbered(lines, below or (unit,), lambda unit_above: tables.children(unit_above.code, on))
    else:
        _add_sections(
            lines, below or (unit,), lambda unit_above: _areas(unit_above, tables.children(unit_above.code, on))
        )
    return TemplatePlan(unit, tables.ancestors(unit, on), year, tuple(lines.all))


def standing_unit(code: str, year: int, tables: UnitTables) -> Unit:
    """Return the unit that a form is made for.

    Raises:
        UsageError: As `plan_template`.
    """
    periods = tables.periods(code)
    if not periods:
        commune, dash, _ = code.partition("-")
        is_village = bool(dash) and bool(tables.periods(commune))
        raise UsageError((_VILLAGE if is_village else _UNKNOWN).fill(code=code, commune=commune))
    on = boundary_day(year)
    unit = tables.get(code, on)
    if unit is None:
        day = day_words(on)
        stood = Text(_stood(periods, Language.VI), _stood(periods, Language.EN))
        instead = _instead(periods, on, tables)
        raise UsageError(_NOT_STANDING.fill(code=code, year=str(year), day=day, periods=stood, instead=instead))
    return unit


def _instead(periods: Sequence[Unit], on: date, tables: UnitTables) -> Text:
    """Name the units that have the area of one that does not stand on a day, and their province; else nothing."""
    historian = Historian(tables)
    if periods[0].valid_from > on:
        partners = historian.forebears(periods[0], on)
    else:
        partners = historian.heirs(
            max((partner for partner in periods if partner.valid_from <= on), key=_first_day), on
        )
    units = [partner.unit for partner in partners]
    if not units:
        return NO_TEXT
    names = Text.and_more([f"{unit.name} ({unit.code})" for unit in units], _PARTNERS_SHOWN)
    provinces = {tables.province_of(unit.code, on) for unit in units}
    top = tables.get(next(iter(provinces)) or "", on) if len(provinces) == 1 else None
    above = NO_TEXT if top is None or top in units else _OR_ABOVE.fill(name=top.name, code=top.code)
    return _INSTEAD.fill(units=names, above=above)


def _first_day(unit: Unit) -> date:
    return unit.valid_from


def _stood(periods: Sequence[Unit], language: Language) -> str:
    return "; ".join(f"{unit.name}, {period_text(unit, language)}" for unit in periods)


class _Lines:
    """Lines in the order in which they are printed."""

    def __init__(self) -> None:
        self.all: list[Line] = []

    def add(self, kind: LineKind, number: str, name: str, parts: Sequence[int] = ()) -> int:
        self.all.append(Line(kind, number, name, list(parts)))
        return len(self.all) - 1


def _add_sections(lines: _Lines, units: Sequence[Unit], areas: Callable[[Unit], frozenset[bool]]) -> None:
    sections = []
    for number, name, is_urban in _SECTIONS:
        section = lines.add(LineKind.SUM, number, name)
        inside = [unit for unit in units if is_urban in areas(unit)]
        lines.all[section].parts += [
            lines.add(LineKind.UNIT, str(ordinal), unit.name) for ordinal, unit in enumerate(inside, start=1)
        ]
        sections.append(section)
    lines.add(LineKind.SUM, "III", "Tổng cộng (I + II)", sections)


def _add_numbered(lines: _Lines, units: Sequence[Unit], below: Callable[[Unit], Sequence[Unit]]) -> None:
    tops = []
    for ordinal, unit in enumerate(units, start=1):
        communes = below(unit)
        top = lines.add(LineKind.SUM if communes else LineKind.UNIT, str(ordinal), unit.name)
        lines.all[top].parts += [
            lines.add(LineKind.UNIT, f"{ordinal}.{part}", commune.name)
            for part, commune in enumerate(communes, start=1)
        ]
        tops.append(top)
    lines.add(LineKind.SUM, "", "Tổng cộng", tops)


def _add_villages(lines: _Lines, commune: Unit, arrangement: Arrangement, names: Sequence[str]) -> None:
    def added() -> list[int]:
        numbered = [(str(ordinal) if name else "", name) for ordinal, name in enumerate(names, start=1)]
        return [lines.add(LineKind.VILLAGE, number, name) for number, name in numbered]

    if arrangement is Arrangement.NUMBERING:
        lines.add(LineKind.SUM, "", "Tổng cộng", added())
        return
    sections = []
    for number, name, is_urban in _SECTIONS:
        sections.append(section := lines.add(LineKind.SUM, number, name))
        if is_urban is (commune.type in _URBAN_TYPES):
            lines.all[section].parts += added()
    lines.add(LineKind.SUM, "III", "Tổng cộng (I + II)", sections)


def _areas(unit: Unit, below: Sequence[Unit]) -> frozenset[bool]:
    """Say in which sections a unit stands: a district in both where it has communes of both kinds."""
    return frozenset(part.type in _URBAN_TYPES for part in below or (unit,))
