"""Which year-end a form is of, and which unit it is the form of. Neither is guessed: what is unclear is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import PurePath
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.normalise.files_read import NO_TEXT, UnplacedRow
from thidua_cli.normalise.forms.table import Form, FormRow, Role
from thidua_cli.normalise.list_faults import Outsider, outsider_findings
from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.faults import U003
from thidua_cli.normalise.sheet.heading_faults import H004, H005, H006
from thidua_cli.normalise.sheet.numbers import shown
from thidua_cli.normalise.sheet.title import YearMention, is_plausible_year, names_country, scope_of, years_mentioned
from thidua_cli.normalise.unit_names import COUNTRY, best_scope, boundary_day, placed_text
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import REFORM_DAY, TABLES_START

_OTHER_DAYS: Final = (REFORM_DAY - timedelta(days=1), TABLES_START, REFORM_DAY)
"""Days on whose lists a title is looked up when that of the year-end does not know it, across the reform only."""
_COLUMN: Final = Text("cột năm", "the column of years")
_NAMES_OFFERED: Final = 8


def rows_by_year(form: Form) -> dict[int, list[FormRow]]:
    """Return year-end → the rows of that year; empty where it cannot be known, which is said (H004, H005)."""
    if "year" not in form.table.columns:
        year = form.options.year or _year_around(form)
        return {year: form.table.rows} if year else {}
    by_year: dict[int, list[FormRow]] = {}
    for row in form.table.rows:
        if row.role is Role.UNIT and row.year:
            by_year.setdefault(row.year, []).append(row)
        elif row.role is Role.UNIT and not form.options.year and not row.is_bare:
            _report_row_without_year(form, row)
    if len(by_year) > 1:
        return by_year  # totals do not say which of the years they add up
    if form.options.year:
        return {form.options.year: form.table.rows}
    if by_year:
        (year,) = by_year
        _report_conflicts(form, YearMention(year, _COLUMN), _mentions(form))
        return {year: [row for row in form.table.rows if row.year or row.role is not Role.UNIT]}
    return {}


def _report_row_without_year(form: Form, row: FormRow) -> None:
    origin = form.origin(row.row, "year")
    value = shown(form.cells.value(row.row, form.table.columns["year"].index))
    reason = Text(f"“{value}” không phải là một năm", f"“{value}” is no year")
    if not value:
        reason = Text("ô năm để trống", "the cell for the year is empty")
    form.reading.unplaced.append(UnplacedRow(frozenset({row.code} - {""}), None, row.name))
    form.reading.findings.append(
        Finding(H004, origin, unit_name=row.name, column="year", value=value, details={"reason": reason})
    )


def _mentions(form: Form) -> list[YearMention]:
    return years_mentioned(form.layout.title, form.grid.sheet, form.grid.file)


def _year_around(form: Form) -> int:
    """Return the year-end that title, sheet name or file name state, 0 where it cannot be known."""
    mentions = _mentions(form)
    plausible = [mention for mention in mentions if is_plausible_year(mention.year)]
    if not plausible:
        form.reading.findings.append(Finding(H004, form.sheet_origin, details={"reason": _no_year(mentions)}))
        return 0
    used = plausible[0]
    strongest = [mention for mention in plausible if mention.where == used.where]
    if len(strongest) > 1:
        found = ", ".join(str(mention.year) for mention in strongest)
        reason = Text(f"{used.where.vi} nêu nhiều năm: {found}", f"{used.where.en} names several: {found}")
        form.reading.findings.append(Finding(H004, form.sheet_origin, value=found, details={"reason": reason}))
        return 0
    _report_conflicts(form, used, mentions)
    return used.year


def _report_conflicts(form: Form, used: YearMention, mentions: Sequence[YearMention]) -> None:
    for other in mentions:
        if other.year != used.year:
            details = {
                "used": str(used.year),
                "other": str(other.year),
                "where_used": used.where,
                "where_other": other.where,
            }
            form.reading.findings.append(
                Finding(H005, form.sheet_origin, year=used.year, value=str(other.year), details=details)
            )


def _no_year(mentions: Sequence[YearMention]) -> Text:
    if mentions:
        year = mentions[0].year
        return Text(f"“{year}” không phải là năm rà soát hợp lệ", f"“{year}” is no year of a review")
    return Text(
        "tiêu đề, tên trang tính và tên tệp đều không nêu năm",
        "neither the title nor the names of sheet and file state it",
    )


def scope(form: Form) -> Unit | None:
    """Return the unit the form is of in its year, None where it cannot be known; says so (H006, U003)."""
    if form.options.unit:
        form.scope_from = FoundIn.OPTION
        return _stated_scope(form, form.options.unit)
    on = boundary_day(form.year)
    for where, lines in _places(form):
        found = scope_of(lines, on, form.finder.tables)
        if len(found) == 1:
            other = _lower_of_another_day(form, found[0], lines)
            if other is not None:
                _report_of_another_day(form, other)
                return None
            form.scope_from = where
            return found[0]
        if found:
            _report_several(form, found)
            return None
    other = _of_another_day(form, [line for _, lines in _places(form) for line in lines])
    if other is not None:
        _report_of_another_day(form, other)
        return None
    country = _country(form)
    if country is None:
        _report_none(form)
    return country


def _country(form: Form) -> Unit | None:
    """Return the country where words around the table name it and no other unit, and most rows name a province."""
    where = next((where for where, lines in _places(form) if names_country(lines)), None)
    if where is None:
        return None
    rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures]
    found = (form.finder.within(row.name, COUNTRY_CODE, form.year).unit for row in rows)
    provinces = sum(unit is not None and unit.level is Level.PROVINCE for unit in found)
    if 2 * provinces <= len(rows):
        return None
    form.scope_from = where
    return COUNTRY


def _of_another_day(form: Form, lines: Sequence[str]) -> Unit | None:
    """Return the one unit that words around the table name on the list of another day, None on that of its year-end."""
    on = boundary_day(form.year)
    days = (day for day in _OTHER_DAYS if (day < REFORM_DAY) != (on < REFORM_DAY))
    named = [found[0] for day in days if len(found := scope_of(lines, day, form.finder.tables)) == 1]
    gone = [unit for unit in named if not unit.stands_on(on)]
    return max(gone, key=lambda unit: len(unit.code), default=None)  # the lowest tier has the longest codes


def _lower_of_another_day(form: Form, found: Unit, lines: Sequence[str]) -> Unit | None:
    """Return the district or commune of another list that a title names below a province; none where a row is of it.

    "Tỉnh Bắc Ninh" and, in the line of place and date, "Thành phố Bắc Ninh" is a table of the province.
    """
    if found.level is not Level.PROVINCE:
        return None
    names = (row.name for row in form.rows if row.role is Role.UNIT and row.has_figures)
    if any(form.finder.within(name, found.code, form.year).unit is not None for name in names):
        return None
    other = _of_another_day(form, lines)
    return None if other is None or other.level is Level.PROVINCE else other


def _report_of_another_day(form: Form, unit: Unit) -> None:
    """Report U006: the unit that the table is of does not stand at its year-end."""
    outsider = Outsider(form.sheet_origin, unit, "unit_name", unit.name)
    form.reading.findings += outsider_findings([outsider], tuple, form.year, Historian(form.finder.tables))


def _places(form: Form) -> Iterator[tuple[FoundIn, tuple[str, ...]]]:
    """Yield what may name the unit, strongest first."""
    yield FoundIn.TITLE, form.layout.title
    yield FoundIn.TITLE, form.sheet_title
    yield FoundIn.SHEET_NAME, (form.grid.sheet,)
    yield FoundIn.FILE_NAME, (PurePath(form.grid.file).stem,)


def _stated_scope(form: Form, code: str) -> Unit | None:
    """Return the unit the user gave, if it stands at the year-end of the table."""
    unit = form.finder.unit(code, form.year)
    periods = form.finder.tables.periods(code)
    if unit is None and periods:
        _report_of_another_day(form, periods[-1])
    elif unit is None:
        suggestion = Text(
            f" Mã {code} (--unit) không tồn tại vào cuối năm {form.year}.",
            f" The code {code} (--unit) does not stand at the end of {form.year}.",
        )
        _report_unknown(form, suggestion)
    return unit


def _report_several(form: Form, found: Sequence[Unit]) -> None:
    candidates = placed_text(found, boundary_day(form.year), form.finder.tables)
    details = {"parent": "Việt Nam", "candidates": candidates}
    name = ", ".join(dict.fromkeys(unit.name for unit in found[:_NAMES_OFFERED]))
    form.reading.findings.append(Finding(U003, form.sheet_origin, year=form.year, value=name, details=details))


def _report_none(form: Form) -> None:
    names = [row.name for row in form.rows if row.role is Role.UNIT and row.has_figures]
    offered = best_scope(names, form.year, form.finder.tables)
    suggestion = NO_TEXT
    if offered is not None:
        suggestion = Text(
            f" Mọi tên trong biểu khớp với {offered.name}: thêm --unit {offered.code}.",
            f" Every name in it is of {offered.name}: add --unit {offered.code}.",
        )
    _report_unknown(form, suggestion)


def _report_unknown(form: Form, suggestion: Text) -> None:
    finding = Finding(H006, form.sheet_origin, year=form.year, details={"suggestion": suggestion})
    form.reading.findings.append(finding)
