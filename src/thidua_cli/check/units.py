"""Family U: units given twice, and units that are missing beside their parent (U007, U008)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from thidua_cli.check.context import CheckContext
from thidua_cli.check.sums import Siblings, by_line, missing_children, rows_by_parent
from thidua_cli.check.unit_codes import unit_of_another_day
from thidua_cli.check.unplaced import Unplaced
from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import Text
from thidua_cli.lexicon import column_text
from thidua_cli.model import Level
from thidua_cli.normalise.forms.register import CANONICAL
from thidua_cli.observations import MISSING, Observations
from thidua_cli.units.tables import boundary_day

U007: Final = Kind(
    code="U007",
    name="unit-and-year-twice",
    severity=Severity.ERROR,
    standing=Standing.DISPUTED,
    names=("others", "value", "who"),
    title=Text("Đơn vị và năm bị lặp", "Unit and year twice"),
    message=Text("{who}, năm {year} còn có ở {others}{outcome}", "{who}, year {year} also stands at {others}{outcome}"),
    what=Text(
        "Một đơn vị có từ hai dòng trở lên cho cùng một năm, trong một biểu hoặc ở các tệp khác nhau.",
        "One unit has two or more rows for the same year, in one table or in different files.",
    ),
    why=Text(
        "Không biết số nào đúng nên không dùng số khác nhau; cộng cả hai sẽ tính trùng. Các dòng giống nhau của hai "
        "biểu được báo một lần, là cảnh báo.",
        "It is not known which figure is right, so none that differs is used; adding them would count twice. Rows of "
        "two tables that agree are told once, as a warning.",
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
    standing=Standing.DISPUTED,
    names=("names", "parent", "value"),
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


def check_units_twice(context: CheckContext) -> Iterator[Finding]:
    """Yield U007 for every further row of the same unit, year-end, poverty line and status.

    Rows of two tables that agree in every figure are told once for the two: what they say stands. A row without any
    figure says nothing that could differ: a form that is still to be filled in (F011).
    """
    table = context.reading.observations
    agreeing: dict[tuple[int, int, int], list[tuple[int, int]]] = {}
    for row, earlier in context.twice:
        if _is_blank(table, row) or _is_blank(table, earlier):
            continue
        differing = _differing(table, row, earlier)
        if differing or table.table[row] == table.table[earlier]:
            yield _twice(context, row, earlier, differing)
        else:
            tables = (table.table[row], table.table[earlier], table.year[row])
            agreeing.setdefault(tables, []).append((row, earlier))
    for pairs in agreeing.values():
        yield _twice(context, *pairs[0], ()) if len(pairs) == 1 else _all_twice(context, pairs)


def _differing(table: Observations, row: int, earlier: int) -> list[Text]:
    """Return the counts of two rows that differ, each in words with both figures."""
    told = [
        _BOTH.fill(count=column_text(name), here=here, there=there)
        for name in table.counts
        if (here := table.value(row, name)) is not None
        and (there := table.value(earlier, name)) is not None
        and here != there
    ]
    rates = [
        _BOTH.fill(count=column_text(name), here=printed[row], there=printed[earlier])
        for name, printed in table.rates.items()
        if row in printed and earlier in printed and printed[row] != printed[earlier]
    ]
    return told + rates


def _twice(context: CheckContext, row: int, earlier: int, differing: Sequence[Text]) -> Finding:
    origin, code, name, year = context.finding_place(row)
    table, others = context.reading.observations, str(context.observations.origin(earlier, "unit_name"))
    named = Text.and_more(differing, _COUNTS_SHOWN, more=_MORE_COUNTS)
    outcome = _DIFFERENT.fill(counts=named) if differing else _ALIKE
    is_in_one_table = table.table[row] == table.table[earlier]
    return Finding(
        U007,
        origin,
        code,
        name,
        year,
        value=others,
        details={"who": name, "others": others, "outcome": outcome},
        severity_here=None if differing or is_in_one_table else Severity.WARNING,
    )


def _all_twice(context: CheckContext, pairs: Sequence[tuple[int, int]]) -> Finding:
    """Return one finding for the rows of two tables that agree."""
    table = context.reading.observations
    (row, earlier), names = pairs[0], [table.unit_name[row] or table.unit_code[row] for row, _ in pairs]
    others = str(table.origin(earlier, "unit_name")._replace(row=0, column=0))
    who = _UNITS.fill(count=len(pairs), names=Text.and_more(names, _NAMES_SHOWN))
    details = {"who": who, "others": others, "outcome": _ALIKE}
    origin = table.origin(row, "unit_name")._replace(row=0, column=0)
    return Finding(U007, origin, year=table.year[row], value=others, details=details, severity_here=Severity.WARNING)


_COUNTS_SHOWN: Final = 3
_BOTH: Final = Text("{count} {here} và {there}", "{count} {here} and {there}")
_MORE_COUNTS: Final = Text(" và {count} số khác", " and {count} more")
_DIFFERENT: Final = Text(
    ": {counts}; số liệu khác nhau không được dùng", ": {counts}; figures that differ are not used"
)
_ALIKE: Final = Text("; số liệu giống nhau, chỉ tính một lần", "; the figures agree and count once")
_UNITS: Final = Text("{count} đơn vị ({names})", "{count} units ({names})")


def _is_blank(table: Observations, row: int) -> bool:
    return not table.rates_of(row) and all(column[row] == MISSING for column in table.counts.values())


def check_units_missing(context: CheckContext) -> Iterator[Finding]:
    """Yield U008 where a parent is reported and some of its units are not.

    A form speaks of all units of its district or province. Of other tables that is only believed where half of the
    units are there: a list of a few communes beside their district is no incomplete report. A unit whose row is there
    and was not understood (U002, U003, H004) is not missing.
    """
    table = context.observations
    unplaced = Unplaced(context.reading.unplaced)
    scopes = {(read.scope.code, read.year) for read in context.reading.tables if read.scope is not None}
    for (parent, year, line), rows in _families_to_look_at(context):
        missing = missing_children(context, parent, year, rows)
        own = context.row_of(parent, year, line)
        if not missing or (own is None and (parent, year) not in scopes):
            continue
        named = [unit.name for unit in missing if not unplaced.accounts_for(unit.code, unit.name, year)]
        # exactly half is enough: a list of two communes of four is more likely unfinished than chosen
        of_form = all(table.tables[table.table[row]].form != CANONICAL for row in rows)
        if (not of_form and len(rows) < len(missing)) or _follows_another_list(context, rows, year):
            continue
        if named:
            yield _missing(context, parent, year, rows, named, len(rows) + len(missing))


def _families_to_look_at(context: CheckContext) -> Iterable[tuple[Siblings, list[int]]]:
    if context.arrays is None:
        return rows_by_parent(context).items()
    return by_line(context.observations, context.families.without_villages())


def _follows_another_list(context: CheckContext, rows: Sequence[int], year: int) -> bool:
    """Say whether tables of these rows name units of another list too: then U006 or U009 says why some are missing."""
    table = context.observations
    places = {table.table[row] for row in rows}
    named = {(table.tables[index].file, table.tables[index].sheet, year) for index in places}
    if any((outsider.file, outsider.sheet, outsider.year) in named for outsider in context.reading.outside):
        return True
    return any(
        unit_of_another_day(context, table.unit_code[row], table.unit_name[row], year) is not None
        for index in sorted(places)
        for row in context.rows_of_table(index, year)
        if table.level[row] is not Level.VILLAGE
    )


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
