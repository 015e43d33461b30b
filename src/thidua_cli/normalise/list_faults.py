"""Units that stand in another list than that of the year-end: U006 for one cause, U009 where two lists are mixed.

Used while reading (a name that only another list has) and by the checks (a code that only another list has).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import Origin, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.changes import Households
from thidua_cli.units.history import Heir, Historian
from thidua_cli.units.names import accent_key, split_type
from thidua_cli.units.tables import UnitTables, boundary_day

U006: Final = Kind(
    code="U006",
    name="not-valid-on-date",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    names=("unit", "expected"),
    title=Text("Đơn vị không tồn tại vào ngày đó", "Not valid on that date"),
    message=Text(
        "{unit} ({code}){others} không tồn tại vào ngày {date}: {period}{way}",
        "Not standing on {date}: {unit} ({code}){others}, {period}{way}",
    ),
    what=Text(
        "Đơn vị chưa thành lập hoặc đã được sáp nhập, chia tách, đổi mã vào ngày cuối năm rà soát. Khi cả biểu theo "
        "một danh mục khác thì chỉ báo một lần, ở dòng đầu tiên.",
        "On the last day of the year the unit did not exist yet, or had been merged, divided or given another code. "
        "Where the whole table follows another list, that is told once, at its first row.",
    ),
    why=Text(
        "Địa bàn của đơn vị trước và sau sắp xếp khác nhau; so sánh nhầm thì mức giảm sai.",
        "A unit covers another area before and after a reorganisation; mixing them makes the falls wrong.",
    ),
    example=Text(
        "Biểu năm 2025 còn ghi Phường Bến Nghé; phường này không còn từ 01/07/2025, nay thuộc Phường Sài Gòn (26740).",
        "The table of 2025 still names Phường Bến Nghé, gone since 01/07/2025, now part of Phường Sài Gòn (26740).",
    ),
    mend=Text(
        "Ghi theo đơn vị tồn tại vào ngày 31/12 của năm rà soát (xem bằng lệnh thidua units history), hoặc sửa năm. "
        "Số liệu năm trước thì giữ theo đơn vị của năm đó, không tự quy về đơn vị mới.",
        "Give the units that stood on 31 December of that year (see thidua units history), or mend the year. Leave "
        "the figures of earlier years on the units of their year.",
    ),
)

U009: Final = Kind(
    code="U009",
    name="mixed-lists",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    quotes=("value",),
    title=Text("Lẫn hai danh mục đơn vị trong một biểu", "Two lists of units mixed"),
    message=Text(
        "Biểu năm {year} lẫn hai danh mục: {earlier} không còn từ {date}, {later} chỉ có từ {date}; sửa {wrong}",
        "The table of {year} mixes two lists: {earlier} gone since {date}, {later} only there since; mend {wrong}",
    ),
    what=Text(
        "Trong cùng một biểu của một năm, có đơn vị chỉ tồn tại trước một ngày sắp xếp, có đơn vị chỉ tồn tại từ ngày "
        "đó. Các dòng sai được nêu chung một lần; nếu chỉ một dòng sai thì báo U006 tại dòng đó.",
        "In one table of one year some units only stood before a day of change, others only since. The wrong rows are "
        "told once, together; a single wrong row is told by U006 at its place.",
    ),
    why=Text(
        "Địa bàn bị tính trùng hoặc bị sót, tổng của biểu không đúng với ngày nào cả.",
        "Areas are counted twice or left out; the total of the table holds on no day.",
    ),
    example=Text(
        "Biểu năm 2025 của Thành phố Hồ Chí Minh còn Phường Đa Kao, Phường Nguyễn Thái Bình cạnh Phường Sài Gòn.",
        "A table of 2025 still has Phường Đa Kao and Phường Nguyễn Thái Bình beside Phường Sài Gòn.",
    ),
    mend=Text(
        "Thay các dòng được nêu bằng đơn vị của ngày 31/12 năm rà soát; xem đơn vị nào thay đơn vị nào bằng "
        "thidua units diff.",
        "Replace the rows named by the units of 31 December of that year; thidua units diff says which replace which.",
    ),
)

KINDS: Final = (U006, U009)
_ONE_DAY: Final = timedelta(days=1)
_UNITS_SHOWN: Final = 3
_GONE: Final = Text("không còn từ {day}", "gone since {day}")
_NOT_YET: Final = Text("chỉ có từ {day}", "only there since {day}")
_NOW: Final = Text(", nay thuộc {units}", ", now part of {units}")
_THEN: Final = Text(", khi đó thuộc {units}", ", part of {units} at that time")
_MADE_OF: Final = Text(", lập từ {units}", ", made of {units}")
_PART: Final = Text(", một phần", ", in part")
_OTHERS: Final = Text(" và {count} đơn vị khác của biểu ({rows})", " and {count} more units of the table ({rows})")


class Outsider(NamedTuple):
    """A row of a table that names a unit of another list."""

    origin: Origin
    unit: Unit
    """The unit as it stood when it had this name, the nearest to the year-end."""
    column: str
    value: str
    unit_code: str | None = None
    """Code of the row's observation, where it gave one."""
    unit_name: str | None = None


class _Cause(NamedTuple):
    """What several outsiders of a table have in common."""

    day: date
    """The day from which they are gone, or there."""
    is_gone: bool


Members = Callable[[], Collection[tuple[str, str]]]
"""Gives (code, name) of the rows of the same table and year that do stand at its year-end."""


def outsider_findings(
    outsiders: Sequence[Outsider], members: Members, year: int, historian: Historian
) -> Iterable[Finding]:
    """Yield U006 for each lonely outsider of one table and year, and one finding for those that share a cause.

    That finding is U009 where other rows of the table stood only on the other side of the day of change.
    """
    on = boundary_day(year)
    by_cause: dict[_Cause, list[Outsider]] = {}
    for outsider in outsiders:
        by_cause.setdefault(_cause(outsider.unit, on), []).append(outsider)
    for cause, group in by_cause.items():
        contrary = _contrary(members(), cause, historian.tables) if len(group) > 1 else []
        if contrary:
            yield _mixed(group, contrary, cause, year, historian)
        else:
            yield _not_valid(group, cause, year, historian)


def stood(code: str, name: str, on: date, tables: UnitTables) -> bool:
    """Say whether a unit of this code stood on a day under this name, however accented; an empty one is any."""
    unit = tables.get(code, on)
    return unit is not None and (not name or is_named(unit, name))


def is_named(unit: Unit, name: str) -> bool:
    """Say whether a name is that of a unit, with or without its type word and accents."""
    keys = {accent_key(unit.name), accent_key(split_type(unit.name)[1])}
    return bool({accent_key(name), accent_key(split_type(name)[1])} & keys)


def _cause(unit: Unit, on: date) -> _Cause:
    if unit.valid_to is not None and unit.valid_to < on:
        return _Cause(unit.valid_to + _ONE_DAY, is_gone=True)
    return _Cause(unit.valid_from, is_gone=False)


def _contrary(members: Iterable[tuple[str, str]], cause: _Cause, tables: UnitTables) -> list[Unit]:
    """Return the members that stood only on the other side of the day: what tells a mixed table from a foreign one."""
    eve = cause.day - _ONE_DAY
    own_side, other_side = (eve, cause.day) if cause.is_gone else (cause.day, eve)
    units_then = [
        tables.get(code, other_side)
        for code, name in sorted(members)
        if stood(code, name, other_side, tables) and not stood(code, name, own_side, tables)
    ]
    return [unit for unit in units_then if unit is not None]


def _not_valid(group: Sequence[Outsider], cause: _Cause, year: int, historian: Historian) -> Finding:
    first, on = group[0], boundary_day(year)
    others = _OTHERS.fill(count=len(group) - 1, rows=_rows(group[1:])) if len(group) > 1 else NO_TEXT
    partners = _partners(first.unit, on, cause, historian)
    details: dict[str, object] = {
        "unit": first.unit.name,
        "code": first.unit.code,
        "others": others,
        "date": _written(on),
        "period": (_GONE if cause.is_gone else _NOT_YET).fill(day=_written(cause.day)),
        "way": _way(partners, cause),
    }
    expected = "; ".join(f"{partner.unit.name} ({partner.unit.code})" for partner in partners) or None
    name = first.unit_name or first.unit.name
    code = first.unit_code or first.unit.code
    return Finding(U006, first.origin, code, name, year, first.column, first.value, expected, details=details)


def _rows(group: Sequence[Outsider]) -> Text:
    """Return units with their cells: "Xã Minh Tiến ở B16"."""
    named = [(outsider.unit.name, outsider.origin.cell if outsider.origin.column else "") for outsider in group]
    at_cells = [Text(f"{name} ở {cell}", f"{name} at {cell}") if cell else Text(name, name) for name, cell in named]
    return Text.and_more(at_cells, _UNITS_SHOWN)


def _mixed(
    group: Sequence[Outsider], contrary: Sequence[Unit], cause: _Cause, year: int, historian: Historian
) -> Finding:
    first = group[0]
    wrong = _named([outsider.unit for outsider in group])
    sides = (wrong, _named(contrary)) if cause.is_gone else (_named(contrary), wrong)
    way = _way(_partners(first.unit, boundary_day(year), cause, historian), cause)
    told = Text(*(f"{first.unit.name}{part}" for part in way)) if way.vi else wrong
    rows = Text("{count} dòng, ví dụ {told}", "{count} rows, such as {told}").fill(count=len(group), told=told)
    details = {"earlier": sides[0], "later": sides[1], "date": _written(cause.day), "wrong": rows}
    return Finding(U009, first.origin, year=year, column=first.column, value=wrong.vi, details=details)


def _named(units: Sequence[Unit]) -> Text:
    return Text.and_more([f"{unit.name} ({unit.code})" for unit in units], _UNITS_SHOWN)


def _partners(unit: Unit, on: date, cause: _Cause, historian: Historian) -> Sequence[Heir]:
    """Return the units that had its households on the day, or those of which it was made later."""
    return historian.heirs(unit, on) if cause.is_gone else historian.forebears(unit, on)


def _way(partners: Sequence[Heir], cause: _Cause) -> Text:
    """Say where the households are on the day; empty where nothing is known."""
    if not partners:
        return NO_TEXT
    units = Text.and_more([_partner(partner) for partner in partners], _UNITS_SHOWN, "; ")
    if not cause.is_gone:
        return _MADE_OF.fill(units=units)
    return (_NOW if partners[0].unit.valid_to is None else _THEN).fill(units=units)


def _partner(heir: Heir) -> Text:
    name = f"{heir.unit.name} ({heir.unit.code})"
    is_part = heir.households not in (Households.ALL, Households.ALL_PRESUMED)
    return Text(name + _PART.vi, name + _PART.en) if is_part else Text(name, name)


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
