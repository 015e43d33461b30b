"""Family U: units against the official lists of the year-end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from thidua_cli.check.context import EMPTY_TEXT, CheckContext
from thidua_cli.check.sums import missing_children, rows_by_parent
from thidua_cli.check.unplaced import Unplaced
from thidua_cli.findings import Finding, Kind, Severity
from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.unit_names import boundary_day
from thidua_cli.units.names import accent_key, split_type, tone_key
from thidua_cli.units.tables import TABLES_START

U001: Final = Kind(
    code="U001",
    name="unknown-code",
    severity=Severity.ERROR,
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

U006: Final = Kind(
    code="U006",
    name="not-valid-on-date",
    severity=Severity.ERROR,
    title=Text("Đơn vị không tồn tại vào ngày đó", "Not valid on that date"),
    message=Text(
        "{unit} ({code}) không tồn tại vào ngày {date}; đơn vị này tồn tại {period}",
        "{unit} ({code}) does not stand on {date}; it stood {period}",
    ),
    what=Text(
        "Đơn vị chưa thành lập hoặc đã được sáp nhập, chia tách, đổi mã vào ngày cuối năm rà soát.",
        "On the last day of the year the unit did not exist yet, or had been merged, divided or given another code.",
    ),
    why=Text(
        "Địa bàn của đơn vị trước và sau sắp xếp khác nhau; so sánh nhầm thì mức giảm sai.",
        "A unit covers another area before and after a reorganisation; mixing them makes the falls wrong.",
    ),
    example=Text(
        "Biểu năm 2025 còn ghi Phường Bến Nghé; phường này tồn tại đến 30/06/2025.",
        "The table of 2025 still names Phường Bến Nghé, which stood until 30/06/2025.",
    ),
    mend=Text(
        "Ghi theo đơn vị tồn tại vào ngày 31/12 của năm rà soát (xem bằng lệnh thidua units history), hoặc sửa năm.",
        "Give the units that stood on 31 December of that year (see thidua units history), or mend the year.",
    ),
)

U007: Final = Kind(
    code="U007",
    name="unit-and-year-twice",
    severity=Severity.ERROR,
    title=Text("Đơn vị và năm bị lặp", "Unit and year twice"),
    message=Text(
        "{unit}, năm {year} còn có ở {others}; số liệu khác nhau không được dùng",
        "{unit}, year {year} also stands at {others}; figures that differ are not used",
    ),
    what=Text(
        "Một đơn vị có từ hai dòng trở lên cho cùng một năm, trong một biểu hoặc ở các tệp khác nhau.",
        "One unit has two or more rows for the same year, in one table or in different files.",
    ),
    why=Text(
        "Không biết số nào đúng nên không dùng số khác nhau; cộng cả hai sẽ tính trùng.",
        "It is not known which figure is right, so none that differs is used; adding them would count twice.",
    ),
    example=Text(
        "Biểu của xã ghi 112 hộ nghèo, biểu của huyện ghi xã đó 121 hộ nghèo cùng năm.",
        "The commune's own table says 112 poor households, the district's table 121 for the same year.",
    ),
    mend=Text(
        "Giữ dòng đúng với quyết định phê duyệt, xóa dòng kia hoặc chuyển tệp thừa ra khỏi thư mục.",
        "Keep the row that agrees with the approving decision; delete the other or move the spare file away.",
    ),
)

U008: Final = Kind(
    code="U008",
    name="child-missing",
    severity=Severity.WARNING,
    title=Text("Thiếu đơn vị trực thuộc", "Unit of the parent missing"),
    message=Text(
        "{parent}, năm {year} thiếu {count} trong tổng số {total} đơn vị: {names}",
        "{parent}, year {year} lacks {count} of {total} units: {names}",
    ),
    what=Text(
        "Có số liệu của một số xã (huyện), nhưng không đủ các xã của huyện (các huyện của tỉnh) trong danh mục.",
        "Some communes of a district, or districts of a province, have figures, but not all in the official list.",
    ),
    why=Text(
        "Đơn vị thiếu sẽ không được xét, và tổng của cấp trên cộng từ các đơn vị sẽ hụt.",
        "A unit that is missing is not judged, and a total added up from the units falls short.",
    ),
    example=Text(
        "Thư mục có 10 tệp của 10 xã, trong khi huyện có 11 xã, thị trấn.",
        "The folder holds ten files of ten communes, while the district has eleven.",
    ),
    mend=Text(
        "Bổ sung dòng hoặc tệp của đơn vị còn thiếu; nếu chỉ xét một số đơn vị thì có thể bỏ qua cảnh báo này.",
        "Add the row or file of the missing unit; if only some units are to be judged, this can be passed over.",
    ),
)


_NAMES_SHOWN: Final = 8


def check_codes(context: CheckContext) -> Iterator[Finding]:
    """Yield U001 and U006 for codes that are in no list or not in that of the year-end, U004 and U005 beside them.

    A village has no national list: its commune is looked at instead, once per commune and year-end.
    """
    for row in sorted(_first_rows(context)):
        table = context.observations
        code, year, is_village = table.unit_code[row], table.year[row], table.level[row] is Level.VILLAGE
        column = "parent_code" if is_village and table.parent_code[row] else "unit_code"
        looked_up = table.parent_code[row] if column == "parent_code" else code
        if looked_up == COUNTRY_CODE:
            continue
        unit = context.tables.get(looked_up, boundary_day(year))
        if unit is None:
            yield _not_standing(context, row, looked_up, column)
        elif not is_village:
            yield from _contradictions(context, row, unit)


def _first_rows(context: CheckContext) -> set[int]:
    """Return the rows to look at: every row of a unit with an official code, the first of each commune's villages."""
    table = context.observations
    levels = table.level
    if Level.VILLAGE not in levels:
        return set(range(len(table)))
    last_first = range(len(table) - 1, -1, -1)
    keys = zip(reversed(table.parent_code), reversed(table.year), strict=True)
    communes = dict(zip(keys, last_first, strict=True))  # the earliest row of a commune and year comes last and stays
    others = {row for row, level in enumerate(levels) if level is not Level.VILLAGE}
    without_parent = {row for row, parent in enumerate(table.parent_code) if not parent}
    return {row for row in communes.values() if levels[row] is Level.VILLAGE} | others | without_parent


def _not_standing(context: CheckContext, row: int, code: str, column: str) -> Finding:
    origin, unit_code, name, year = context.finding_place(row, column)
    periods = context.tables.periods(code)
    if periods:
        details: dict[str, object] = {
            "unit": periods[-1].name,
            "code": code,
            "date": f"{boundary_day(year):%d/%m/%Y}",
            "period": _period(periods),
        }
        return Finding(U006, origin, unit_code, name, year, column, code, details=details)
    padded = [width for width in (2, 3, 5) if len(code) < width and context.tables.periods(code.zfill(width))]
    candidates = EMPTY_TEXT
    if code.isdigit() and padded:
        codes = ", ".join(
            f"{code.zfill(width)} ({context.tables.periods(code.zfill(width))[-1].name})" for width in padded
        )
        candidates = Text(f" Có phải mất số 0 ở đầu: {codes}?", f" Did it lose its zeros: {codes}?")
    return Finding(U001, origin, unit_code, name, year, column, code, details={"candidates": candidates})


def _period(periods: Sequence[Unit]) -> Text:
    first, last = periods[0].valid_from, periods[-1].valid_to
    if last is None:
        return Text(f"từ {_day(first)}", f"from {_day(first)}")
    if first == TABLES_START:  # it stood before too, since when the tables do not say
        return Text(f"đến hết {_day(last)}", f"until {_day(last)}")
    return Text(f"từ {_day(first)} đến hết {_day(last)}", f"from {_day(first)} until {_day(last)}")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


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
        labels = [_label(context, other, year) for other in (parent, unit.parent_code)]
        yield Finding(U005, origin, code, unit.name, year, "parent_code", labels[0], labels[1])


def _is_name_of(context: CheckContext, name: str, unit: Unit, year: int) -> bool:
    """Say whether `name` is a name the unit has or had with its area, with or without type word, however accented.

    Unless it is, to the letter, the name of a neighbour: Xã Trà Don and Xã Trà Dơn lie in one district.
    """
    since = context.tables.area_since(unit.code, boundary_day(year)) or unit.valid_from
    known = {period.name for period in context.tables.periods(unit.code) if period.valid_from >= since}
    known.add(context.tables.other_spelling(unit.code) or unit.name)
    forms = {form for full in known for form in (full, split_type(full)[1])}
    if tone_key(name) in map(tone_key, forms):
        return True
    neighbours = context.tables.children(unit.parent_code, boundary_day(year))
    if any(tone_key(name) in (tone_key(other.name), tone_key(split_type(other.name)[1])) for other in neighbours):
        return False
    keys = set(map(accent_key, forms))
    return accent_key(name) in keys or accent_key(split_type(name)[1]) in keys


def _label(context: CheckContext, code: str, year: int) -> str:
    unit = context.tables.get(code, boundary_day(year))
    return f"{unit.name} ({code})" if unit else code


def check_units_twice(context: CheckContext) -> Iterator[Finding]:
    """Yield U007 for every further row of the same unit, year-end and status."""
    for row, earlier in context.twice:
        origin, code, name, year = context.finding_place(row)
        others = str(context.observations.origin(earlier, "unit_name"))
        yield Finding(U007, origin, code, name, year, value=others, details={"others": others})


def check_units_missing(context: CheckContext) -> Iterator[Finding]:
    """Yield U008 where a parent is reported and some of its units are not.

    A form speaks of all units of its district or province. Of other tables that is only believed where half of the
    units are there: a list of a few communes beside their district is no incomplete report. A unit whose row is there
    and was not understood (U002, U003, H004) is not missing.
    """
    table = context.observations
    unplaced = Unplaced(context.reading.unplaced)
    scopes = {(read.scope.code, read.year) for read in context.reading.tables if read.scope is not None}
    for (parent, year), rows in rows_by_parent(context).items():
        missing = missing_children(context, parent, year, rows)
        own = context.row_of(parent, year)
        if not missing or (own is None and (parent, year) not in scopes):
            continue
        named = [unit.name for unit in missing if not unplaced.accounts_for(unit.code, unit.name, year)]
        of_form = all(table.tables[table.table[row]].form != "canonical" for row in rows)
        if not of_form and len(rows) < len(missing):
            continue
        if named:
            yield _missing(context, parent, year, rows, named, len(rows) + len(missing))


def _missing(
    context: CheckContext, parent: str, year: int, rows: Sequence[int], missing: Sequence[str], total: int
) -> Finding:
    own = context.row_of(parent, year)
    origin = context.observations.origin(own if own is not None else rows[-1], "unit_name")
    unit = context.tables.get(parent, boundary_day(year))
    name = unit.name if unit else parent
    shown = ", ".join(missing[:_NAMES_SHOWN]) + (
        f" … (+{len(missing) - _NAMES_SHOWN})" if len(missing) > _NAMES_SHOWN else ""
    )
    details = {"parent": name, "count": len(missing), "total": total, "names": shown}
    return Finding(U008, origin, parent, name, year, value=shown, details=details)
