"""Family U: codes, names and parents against the official lists of the year-end (U001, U004, U005, U006, U009)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.list_faults import Members, Outsider, is_named, outsider_findings, stood
from thidua_cli.units.history import Historian
from thidua_cli.units.names import accent_key, split_type, tone_key
from thidua_cli.units.other_days import OtherDays
from thidua_cli.units.tables import UnitTables, boundary_day

U001: Final = Kind(
    code="U001",
    name="unknown-code",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Mã đơn vị không có trong danh mục", "Unknown code"),
    message=Text(
        "Mã {value} không có trong danh mục hành chính nào.{candidates}",
        "Code {value} is in no list of units.{candidates}",
    ),
    what=Text(
        "Mã đơn vị không có trong danh mục hành chính của bất kỳ thời điểm nào mà chương trình biết.",
        "The code is in none of the official lists, of whatever date, that the program knows.",
    ),
    why=Text(
        "Không biết số liệu của đơn vị nào nên dòng này không được dùng.",
        "It is not known which unit the figures belong to; the row is not used.",
    ),
    example=Text(
        "Mã 209560 gõ thừa một chữ số; mã của Xã Trà Don là 20956.",
        "The code 209560 has a digit too many; that of Xã Trà Don is 20956.",
    ),
    mend=Text(
        "Sửa mã theo danh mục hành chính (tìm bằng lệnh thidua units find); tỉnh 2, huyện 3, xã 5 chữ số.",
        "Write the official code (thidua units find looks it up): province 2, district 3, commune 5 digits.",
    ),
)

U004: Final = Kind(
    code="U004",
    name="code-and-name-disagree",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    names=("official",),
    title=Text("Mã và tên không khớp", "Code and name disagree"),
    message=Text(
        "Mã {code} là {official}, nhưng dòng này ghi “{value}”",
        "Code {code} is {official}, but the row says “{value}”",
    ),
    what=Text(
        "Mã và tên trong cùng một dòng chỉ hai đơn vị khác nhau.",
        "The code and the name in one row belong to different units.",
    ),
    why=Text(
        "Không biết số liệu là của đơn vị nào; thường do sắp xếp lại cột tên mà không sắp xếp cột mã.",
        "It is not known whose figures they are; often the names were sorted and the codes were not.",
    ),
    example=Text(
        "Dòng ghi mã 20956 (Xã Trà Don) nhưng tên là “Xã Trà Dơn”, xã có mã 20938.",
        "The row has code 20956 (Xã Trà Don) and the name “Xã Trà Dơn”, whose code is 20938.",
    ),
    mend=Text(
        "Xem số liệu là của đơn vị nào rồi sửa mã hoặc tên; kiểm tra cả các dòng lân cận.",
        "See which unit the figures belong to and mend the code or the name; look at the rows around it too.",
    ),
)

U005: Final = Kind(
    code="U005",
    name="wrong-parent",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    title=Text("Sai đơn vị cấp trên", "Wrong parent"),
    message=Text(
        "{unit} thuộc {expected}, nhưng dòng này ghi thuộc {value}",
        "{unit} belongs to {expected}, but the row says {value}",
    ),
    what=Text(
        "Đơn vị được xếp vào một huyện hoặc tỉnh khác với danh mục hành chính tại thời điểm đó.",
        "The unit is put under a district or province other than in the official list of that date.",
    ),
    why=Text(
        "Số liệu sẽ bị cộng vào huyện, tỉnh khác nên cả hai tổng đều sai.",
        "Its figures would be added to another district or province, and both totals would be wrong.",
    ),
    example=Text(
        "Xã A Ting của Huyện Đông Giang được ghi dưới Huyện Nam Giang.",
        "Xã A Ting of Huyện Đông Giang stands under Huyện Nam Giang.",
    ),
    mend=Text(
        "Chuyển dòng về đúng huyện hoặc sửa cột mã đơn vị cấp trên; nếu là xã trùng tên thì sửa mã của xã.",
        "Move the row to its district or mend the parent code; if another unit of that name is meant, mend the code.",
    ),
)


def check_codes(context: CheckContext) -> Iterator[Finding]:
    """Yield U001 and U006 for codes that are in no list or not in that of the year-end, U004 and U005 beside them.

    A village has no national list: its commune is looked at instead, once per commune and year-end. Codes of another
    list that share a table and a cause are one finding (U006), or show that the table mixes two lists (U009).
    """
    outsiders: dict[tuple[int, int], list[Outsider]] = {}
    for row in _rows_to_look_up(context):
        table = context.observations
        code, year, is_village = table.unit_code[row], table.year[row], table.level[row] is Level.VILLAGE
        column = "parent_code" if is_village and table.parent_code[row] else "unit_code"
        looked_up = table.parent_code[row] if column == "parent_code" else code
        if looked_up == COUNTRY_CODE:
            continue
        name = "" if is_village else table.unit_name[row]
        unit = context.tables.get(looked_up, boundary_day(year))
        outside = unit_of_another_day(context, looked_up, name, year)
        if outside is not None:
            outsiders.setdefault((table.table[row], year), []).append(_outsider(context, row, outside, column))
        elif unit is None:
            yield _unknown(context, row, looked_up, column)
        elif not is_village:
            yield from _contradictions(context, row, unit)
    for (index_of_table, year), group in outsiders.items():
        yield from outsider_findings(group, _members(context, index_of_table, year), year, Historian(context.tables))


def _outsider(context: CheckContext, row: int, unit: Unit, column: str) -> Outsider:
    origin, code, name, _ = context.finding_place(row, column)
    return Outsider(origin, unit, column, unit.code, code, name)


def unit_of_another_day(context: CheckContext, code: str, name: str, year: int) -> Unit | None:
    """Return the unit a row means that stands on the list of another day only: the code, or the code by this name.

    26740 is Phường Bến Nghé until June 2025 and Phường Sài Gòn after; the first in a table of 2025 is of another day.
    """
    on, periods = boundary_day(year), context.tables.periods(code)
    standing = context.tables.get(code, on)
    if standing is None:
        named = [unit for unit in periods if not name or is_named(unit, name)] or list(periods)
        return min(named, key=lambda unit: _days_away(unit, on), default=None)
    if not name or len(periods) == 1 or name == standing.name or _is_name_of(context, name, standing, year):
        return None
    if is_named(standing, name):
        return None  # another unit's name to the letter, which is no question of the day
    others = (unit for unit in periods if unit is not standing and is_named(unit, name))
    return min(others, key=lambda unit: _days_away(unit, on), default=None)


def _days_away(unit: Unit, on: date) -> int:
    return (unit.valid_from - on).days if unit.valid_from > on else (on - (unit.valid_to or on)).days


def _members(context: CheckContext, index_of_table: int, year: int) -> Members:
    """Return the function that gives code and name of the rows of a table and year that stand at its year-end."""

    def members() -> set[tuple[str, str]]:
        table, on = context.observations, boundary_day(year)
        has_names = table.tables[index_of_table].prints("unit_name")
        scopes = {
            read.scope.code
            for read in context.reading.tables
            if read.table == index_of_table and read.scope is not None
        }
        own = {
            (table.unit_code[row], table.unit_name[row] if has_names else "")
            for row in context.rows_of_table(index_of_table, year)
            if table.level[row] is not Level.VILLAGE and table.unit_code[row] not in scopes
        }
        return {(code, name) for code, name in own if stood(code, name, on, context.tables)}

    return members


def _rows_to_look_up(context: CheckContext) -> list[int]:
    if context.arrays is None:
        return sorted(_first_rows(context))
    from thidua_cli.check.screens import rows_to_look_up

    return rows_to_look_up(context.observations, context.arrays, context.tables)


def _first_rows(context: CheckContext) -> set[int]:
    """Return the rows to look at: every row of a unit with an official code, the first of each commune's villages."""
    table = context.observations
    levels = table.level
    villages = levels.count(Level.VILLAGE)
    if not villages:
        return set(range(len(table)))
    last_first = range(len(table) - 1, -1, -1)
    keys = zip(reversed(table.parent_code), reversed(table.year), strict=True)
    communes = dict(zip(keys, last_first, strict=True))  # the earliest row of a commune and year comes last and stays
    rows = {row for row in communes.values() if levels[row] is Level.VILLAGE}
    if villages < len(levels):
        rows.update(row for row, level in enumerate(levels) if level is not Level.VILLAGE)
    if "" in table.parent_code:
        rows.update(row for row, parent in enumerate(table.parent_code) if not parent)
    return rows


def _unknown(context: CheckContext, row: int, code: str, column: str) -> Finding:
    origin, unit_code, name, year = context.finding_place(row, column)
    padded = [width for width in (2, 3, 5) if len(code) < width and context.tables.periods(code.zfill(width))]
    candidates = NO_TEXT
    if code.isdigit() and padded:
        codes = ", ".join(
            f"{code.zfill(width)} ({context.tables.periods(code.zfill(width))[-1].name})" for width in padded
        )
        candidates = Text(f" Có phải mất số 0 ở đầu: {codes}?", f" Did it lose its zeros: {codes}?")
    return Finding(U001, origin, unit_code, name, year, column, code, details={"candidates": candidates})


def _contradictions(context: CheckContext, row: int, unit: Unit) -> Iterator[Finding]:
    """Yield U004 and U005 where the row's own name or parent is not the list's."""
    table = context.observations
    name, parent, year = table.unit_name[row], table.parent_code[row], table.year[row]
    if name and name != unit.name and not _is_name_of(context, name, unit, year):
        origin, code, _, _ = context.finding_place(row, "unit_name")
        details = {"code": unit.code, "official": unit.name}
        yield Finding(U004, origin, code, unit.name, year, "unit_name", name, unit.name, details=details)
    if parent and unit.parent_code and parent not in (unit.parent_code, COUNTRY_CODE):
        origin, code, _, _ = context.finding_place(row, "parent_code")
        labels = [_label(context, above, year) for above in (parent, unit.parent_code)]
        yield Finding(U005, origin, code, unit.name, year, "parent_code", labels[0], labels[1])


def _is_name_of(context: CheckContext, name: str, unit: Unit, year: int) -> bool:
    """Say whether `name` is a name the unit has or had with its area, with or without type word, however accented.

    Unless it is, to the letter, the name of a neighbour, be it of another day: Xã Trà Don and Xã Trà Dơn lie in one
    district, and Xã Tiền Tiến went into Xã Tiên Tiến.
    """
    known = {period.name for period in Historian(context.tables).area(unit).periods}
    known.add(context.tables.other_spelling(unit) or unit.name)
    forms = {form for full in known for form in (full, split_type(full)[1])}
    if tone_key(name) in map(tone_key, forms):
        return True
    neighbours = context.tables.children(unit.parent_code, boundary_day(year))
    if any(tone_key(name) in map(tone_key, (near.name, split_type(near.name)[1])) for near in neighbours):
        return False
    if not name.isascii() and _has_on_another_day(unit, name, boundary_day(year), context.tables):
        return False
    keys = set(map(accent_key, forms))
    return accent_key(name) in keys or accent_key(split_type(name)[1]) in keys


@lru_cache(maxsize=4096)
def _has_on_another_day(unit: Unit, name: str, on: date, tables: UnitTables) -> bool:
    """Say whether the place of a unit has another unit of exactly this name on another day."""
    parent = tables.get(unit.parent_code, on)
    return parent is not None and _of_other_days(parent, on, tables).has_beside(unit, name)


@lru_cache(maxsize=256)
def _of_other_days(parent: Unit, on: date, tables: UnitTables) -> OtherDays:
    return OtherDays(parent, on, tables, Historian(tables))


def _label(context: CheckContext, code: str, year: int) -> str:
    periods = context.tables.periods(code)
    unit = context.tables.get(code, boundary_day(year)) or (periods[-1] if periods else None)
    return f"{unit.name} ({code})" if unit else code
