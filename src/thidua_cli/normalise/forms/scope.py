"""Which unit a form is the form of. It is not guessed: what is unclear is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import PurePath
from typing import Final, NamedTuple

from thidua_cli.findings import Finding, Kind, Severity, Standing
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.forms.register import forms
from thidua_cli.normalise.forms.table import Form, Role
from thidua_cli.normalise.list_faults import Outsider, outsider_findings
from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.title import names_country, scope_of
from thidua_cli.normalise.unit_faults import U003, placed_text
from thidua_cli.units.finder import COUNTRY, best_scope
from thidua_cli.units.history import Historian
from thidua_cli.units.lookup import match
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, boundary_day

_OTHER_DAYS: Final = (REFORM_DAY - timedelta(days=1), TABLES_START, REFORM_DAY)
"""Days on whose lists a title is looked up when that of the year-end does not know it, across the reform only."""
_NAMES_OFFERED: Final = 8


class FormScope(NamedTuple):
    """The unit a form is of in its year; none where it cannot be known, which the findings say."""

    unit: Unit | None = None
    found_in: FoundIn | None = None
    findings: Sequence[Finding] = ()


def scope(form: Form) -> FormScope:
    """Return the unit that the user, or else the words around the table name; why none is known (H006, U003, U006)."""
    if form.sheet.options.unit:
        return _stated_scope(form, form.sheet.options.unit)
    on = boundary_day(form.year)
    for where, lines in _places(form):
        units = scope_of(lines, on, form.sheet.finder.tables)
        if len(units) > 1:
            return FormScope(findings=[_several(form, units)])
        if units:
            elsewhen = _lower_of_another_day(form, units[0], lines)
            return (
                FormScope(units[0], where) if elsewhen is None else FormScope(findings=_of_other_list(form, elsewhen))
            )
    elsewhen = _of_another_day(form, [line for _, lines in _places(form) for line in lines])
    if elsewhen is not None:
        return FormScope(findings=_of_other_list(form, elsewhen))
    where_country = _names_country(form)
    if where_country is not None:
        return FormScope(COUNTRY, where_country)
    province = _province_of_rows(form) if forms()[form.name].names_no_place else None
    if province is not None:
        return FormScope(province, FoundIn.ROWS)
    return FormScope(findings=[_unknown(form, _suggestion(form))])


def _province_of_rows(form: Form) -> Unit | None:
    """Return the one province of which every row names a unit, the upper ones a district; none where several fit.

    An export that prints no place has no other sign of it. Only all names together tell it: "Huyện Châu Thành" is of
    ten provinces, and one name that fits nowhere makes the rest worth nothing.
    """
    rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures]
    upper = [row.name for row in rows if row.depth in (None, 1)]
    finder, on = form.sheet.finder, boundary_day(form.year)
    units = [finder.tables.children(province.code, on) for province in finder.tables.provinces(on)]
    of_name = {name: {unit.parent_code for children in units if (unit := match(name, children).unit)} for name in upper}
    fitting = set.intersection(*of_name.values()) if of_name else set()
    if len(fitting) != 1:
        return None
    code = fitting.pop()
    are_inside = all(_is_inside(form, row.name, code) for row in rows)
    return finder.unit(code, form.year) if are_inside else None


def _is_inside(form: Form, name: str, province: str) -> bool:
    finder = form.sheet.finder
    matches = (finder.within(name, province, form.year), finder.commune_of_province(name, province, form.year))
    return any(found.unit is not None or found.how == "ambiguous" for found in matches)


def _names_country(form: Form) -> FoundIn | None:
    """Return where the country is named around the table, and no other unit, and most rows name a province."""
    where = next((where for where, lines in _places(form) if names_country(lines)), None)
    if where is None:
        return None
    rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures]
    units = (form.sheet.finder.within(row.name, COUNTRY_CODE, form.year).unit for row in rows)
    provinces = sum(unit is not None and unit.level is Level.PROVINCE for unit in units)
    return where if 2 * provinces > len(rows) else None


def _of_another_day(form: Form, lines: Sequence[str]) -> Unit | None:
    """Return the one unit that words around the table name on the list of another day, None on that of its year-end."""
    on = boundary_day(form.year)
    days = (day for day in _OTHER_DAYS if (day < REFORM_DAY) != (on < REFORM_DAY))
    named = [units[0] for day in days if len(units := scope_of(lines, day, form.sheet.finder.tables)) == 1]
    gone = [unit for unit in named if not unit.stands_on(on)]
    return max(gone, key=lambda unit: len(unit.code), default=None)  # the lowest tier has the longest codes


def _lower_of_another_day(form: Form, province: Unit, lines: Sequence[str]) -> Unit | None:
    """Return the district or commune of another list that a title names below a province; none where a row is of it.

    "Tỉnh Bắc Ninh" and, in the line of place and date, "Thành phố Bắc Ninh" is a table of the province.
    """
    if province.level is not Level.PROVINCE:
        return None
    names = (row.name for row in form.rows if row.role is Role.UNIT and row.has_figures)
    if any(form.sheet.finder.within(name, province.code, form.year).unit is not None for name in names):
        return None
    elsewhen = _of_another_day(form, lines)
    return None if elsewhen is None or elsewhen.level is Level.PROVINCE else elsewhen


def _of_other_list(form: Form, unit: Unit) -> list[Finding]:
    """Return U006: the unit that the table is of does not stand at its year-end."""
    outsider = Outsider(form.sheet.grid.origin(), unit, "unit_name", unit.name)
    return list(outsider_findings([outsider], tuple, form.year, Historian(form.sheet.finder.tables)))


def _places(form: Form) -> Iterator[tuple[FoundIn, tuple[str, ...]]]:
    """Yield what may name the unit, strongest first."""
    yield FoundIn.TITLE, form.layout.title
    yield FoundIn.TITLE, form.sheet.title
    yield FoundIn.SHEET_NAME, (form.sheet.grid.sheet,)
    yield FoundIn.FILE_NAME, (PurePath(form.sheet.grid.file).stem,)


def _stated_scope(form: Form, code: str) -> FormScope:
    """Return the unit the user gave, if it stands at the year-end of the table."""
    unit = form.sheet.finder.unit(code, form.year)
    periods = form.sheet.finder.tables.periods(code)
    findings: list[Finding] = []
    if unit is None and periods:
        findings = _of_other_list(form, periods[-1])
    elif unit is None:
        suggestion = Text(
            f" Mã {code} (--unit) không tồn tại vào cuối năm {form.year}.",
            f" The code {code} (--unit) does not stand at the end of {form.year}.",
        )
        findings = [_unknown(form, suggestion)]
    return FormScope(unit, FoundIn.OPTION, findings)


def _several(form: Form, units: Sequence[Unit]) -> Finding:
    candidates = placed_text(units, boundary_day(form.year), form.sheet.finder.tables)
    details = {"parent": "Việt Nam", "candidates": candidates}
    name = ", ".join(dict.fromkeys(unit.name for unit in units[:_NAMES_OFFERED]))
    return Finding(U003, form.sheet.grid.origin(), year=form.year, value=name, details=details)


def _suggestion(form: Form) -> Text:
    names = [row.name for row in form.rows if row.role is Role.UNIT and row.has_figures]
    offered = best_scope(names, form.year, form.sheet.finder.tables)
    if offered is None:
        return NO_TEXT
    return Text(
        f" Mọi tên trong biểu khớp với {offered.name}: thêm --unit {offered.code}.",
        f" Every name in it is of {offered.name}: add --unit {offered.code}.",
    )


H006: Final = Kind(
    code="H006",
    name="scope-unknown",
    severity=Severity.ERROR,
    standing=Standing.VOID,
    title=Text("Không rõ biểu của địa phương nào", "Scope unknown"),
    message=Text(
        "Biểu không ghi là của huyện hay tỉnh nào.{suggestion}",
        "The table does not say which district or province it is of.{suggestion}",
    ),
    what=Text(
        "Biểu chỉ có tên đơn vị, không có mã, và phần tiêu đề không ghi tên huyện hoặc tỉnh.",
        "The table has names of units without codes, and its title block names no district or province.",
    ),
    why=Text(
        "Nhiều xã ở các huyện, tỉnh khác nhau trùng tên; không rõ địa phương thì có thể nhận nhầm xã.",
        "Many communes of different districts and provinces share a name; a wrong one could be taken.",
    ),
    example=Text(
        "Phần đầu biểu ghi “UBND HUYỆN ……” nhưng chưa điền tên huyện.",
        "The head of the table says “UBND HUYỆN ……” with the name not filled in.",
    ),
    mend=Text(
        "Ghi “UBND HUYỆN …” và tên tỉnh ở phần tiêu đề, hoặc thêm --unit với mã đơn vị (ví dụ --unit 505).",
        "Write “UBND HUYỆN …” and the province in the title block, or add --unit with the code (such as --unit 505).",
    ),
)


def _unknown(form: Form, suggestion: Text) -> Finding:
    return Finding(H006, form.sheet.grid.origin(), year=form.year, details={"suggestion": suggestion})
