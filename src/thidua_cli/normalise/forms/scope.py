"""Which unit a form is the form of: by the words around it, else by the names in it. What is unclear is a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import Enum, auto
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.forms.register import forms
from thidua_cli.normalise.forms.rows_scope import (
    is_of_none,
    most_fitting,
    place_by_rows,
    place_inside,
    places_by_rows,
    province_of_every_row,
    unit_names,
)
from thidua_cli.normalise.forms.scope_faults import (
    against_name,
    against_title,
    no_row_of,
    offered,
    unknown,
)
from thidua_cli.normalise.forms.table import Form, Role
from thidua_cli.normalise.forms.told_by_names import told_by_rows, told_together
from thidua_cli.normalise.list_faults import Outsider, outsider_findings
from thidua_cli.normalise.options import Together
from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.title import names_country, names_of, names_province, scope_of
from thidua_cli.normalise.sheet.title_spellings import spelt_units, units_like, unplaced_words
from thidua_cli.normalise.table_reading import Evidence
from thidua_cli.normalise.unit_faults import U003, ambiguous_text
from thidua_cli.units.finder import COUNTRY
from thidua_cli.units.fitting import name_key
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import REFORM_DAY, TABLES_START, boundary_day

_OTHER_DAYS: Final = (REFORM_DAY - timedelta(days=1), TABLES_START, REFORM_DAY)
"""Days on whose lists a title is looked up when that of the year-end does not know it, across the reform only."""
_NAMES_OFFERED: Final = 8


class ScopeExtent(Enum):
    """How much of its unit a table is known to hold."""

    WHOLE = auto()
    """It is the unit's table: words around it or the user say so."""
    ROWS = auto()
    """Its rows fit no other unit; it is all of it where none is missing."""
    PART = auto()
    """Its rows are only known to lie in the unit."""


class FormScope(NamedTuple):
    """The unit a form is of in its year; none where it cannot be known, which the findings say."""

    unit: Unit | None = None
    found_in: FoundIn | None = None
    findings: Sequence[Finding] = ()
    extent: ScopeExtent = ScopeExtent.WHOLE
    evidence: Evidence | None = None
    """What the form says to others that are read with it, where it names no province."""


class LookupPlace(NamedTuple):
    """Where the names of a form are looked up: the user says so, or the files that are read with it."""

    unit: Unit
    together: Together | None = None
    """None for a place that the user states."""

    @property
    def option(self) -> str:
        """What the user typed, or would."""
        return f"--within {self.unit.code}"


def place_of(form: Form) -> LookupPlace | None:
    """Return where the names of a form are looked up; none where nothing says so, or it does not stand by then."""
    options, finder = form.sheet.options, form.sheet.finder
    if options.within:
        unit = finder.unit(options.within, form.year) or _heir(form, options.within)
        return None if unit is None else LookupPlace(unit)
    is_before = boundary_day(form.year) < REFORM_DAY
    of_list = (together for together in options.together if together.before_reform is is_before)
    places = (LookupPlace(unit, together) for together in of_list if (unit := finder.unit(together.place, form.year)))
    return next(places, None)


def _heir(form: Form, code: str) -> Unit | None:
    """Return the one province that has the households of a place that does not stand at the year-end of a form."""
    finder, on = form.sheet.finder, boundary_day(form.year)
    gone = [unit for unit in finder.tables.periods(code) if not unit.stands_on(on)]
    heirs = Historian(finder.tables).heirs(gone[-1], on) if gone and gone[-1].valid_from <= on else ()
    provinces = {heir.unit.code if heir.unit.level is Level.PROVINCE else heir.unit.parent_code for heir in heirs}
    return finder.unit(provinces.pop(), form.year) if len(provinces) == 1 else None


def told_scope(form: Form) -> FormScope:
    """Return the unit that words around the table name, else the one its rows fit; why none is known.

    H006, H007, H009, U003 or U006 say that; H008 and H010 are told of a unit that is known.
    """
    place = place_of(form)
    named, warnings = _named(form, place)
    if named is not None:
        return named
    around = [(where, lines) for where, lines in places_around(form) if where is not FoundIn.FOLDER_NAME]
    elsewhen = of_another_day(form, [line for _, lines in around for line in lines])
    if elsewhen is not None:
        return FormScope(findings=of_other_list(form, elsewhen))
    where_country = _names_country(form)
    if where_country is not None:
        return FormScope(COUNTRY, where_country)
    spelt = _in_another_spelling(form, place, warnings)
    if spelt is not None:
        return spelt
    names_no_place = place is None and forms()[form.name].names_no_place
    province = province_of_every_row(form) if names_no_place else None
    if province is not None:
        return FormScope(province, FoundIn.ROWS)
    return _by_rows(form, place, warnings)


def _named(form: Form, place: LookupPlace | None) -> tuple[FormScope | None, Sequence[Finding]]:
    """Return the unit that words around the table name; or, where names of files contradict the user, what is said."""
    warnings: list[Finding] = []
    for where, lines in places_around(form):
        units = scope_of(lines, boundary_day(form.year), form.sheet.finder.tables)
        inside = units if place is None else in_place(form, units, place)
        if inside:
            return _of_words(form, where, lines, units, inside, place, warnings), ()
        if not units or place is None:
            continue
        if where is FoundIn.TITLE:
            unit = units[0] if len(units) == 1 else None
            finding = against_title(form, units, place.unit, place.option, is_read=unit is not None)
            return FormScope(unit, where, [finding]), ()
        warnings.append(against_name(form, where, units, place.unit, place.option))
    return None, warnings


def _in_another_spelling(form: Form, place: LookupPlace | None, warnings: Sequence[Finding]) -> FormScope | None:
    """Return the unit that words around the table name in another spelling than the lists of every day."""
    for where, lines in places_around(form):
        units = spelt_units(lines, boundary_day(form.year), form.sheet.finder.tables)
        inside = units if place is None else in_place(form, units, place)
        if inside:
            return _of_words(form, where, lines, units, inside, place, warnings)
    return None


def in_place(form: Form, units: tuple[Unit, ...], place: LookupPlace) -> tuple[Unit, ...]:
    """Return the units of one name that a place leaves: those in it or around it.

    All of them where none is and only other files tell the place.
    """
    if place.together is not None and len(units) == 1:
        return units
    inside = tuple(unit for unit in units if lies_in(form, unit, place.unit) or lies_in(form, place.unit, unit))
    return inside or (units if place.together is not None else ())


def _of_words(
    form: Form,
    where: FoundIn,
    lines: Sequence[str],
    units: tuple[Unit, ...],
    inside: tuple[Unit, ...],
    place: LookupPlace | None,
    warnings: Sequence[Finding],
) -> FormScope:
    """Return the scope by words that name `units`, of which a place leaves those `inside` it."""
    evidence = _evidence_of(form, lines, units)
    if len(inside) > 1:
        return FormScope(findings=[*warnings, _several(form, inside)], evidence=evidence)
    unit = inside[0]
    elsewhen = _lower_of_another_day(form, unit, lines)
    if elsewhen is not None:
        return FormScope(findings=of_other_list(form, elsewhen))
    if place is not None and place.together is not None and len(units) > 1:
        return FormScope(unit, where, [told_together(form, unit, place.unit, place.together.names)])
    return FormScope(unit, where, warnings, evidence=evidence)


def _evidence_of(form: Form, lines: Sequence[str], units: tuple[Unit, ...]) -> Evidence | None:
    tables, on = form.sheet.finder.tables, boundary_day(form.year)
    if names_province(lines, on, tables):
        return None
    places = {above.code for unit in units for above in (unit, *tables.ancestors(unit, on)) if len(above.code) <= 3}
    return Evidence(form.year, frozenset(places), frozenset({name_key(units[0].name)}), len(units) > 1)


def _by_rows(form: Form, place: LookupPlace | None, warnings: Sequence[Finding]) -> FormScope:
    """Return the unit that the names in the rows tell, with the place in which they are looked up, if any."""
    if place is not None:
        inside = _inside_place(form, place, warnings)
        if inside is not None:
            return inside
    places, names = places_by_rows(form)
    told = place_by_rows(form)
    evidence = Evidence(form.year, places, names, told is None) if places else None
    if told is not None:
        unit, count = told
        return FormScope(
            unit, FoundIn.ROWS, [told_by_rows(form.sheet.grid.origin(), unit, count)], ScopeExtent.ROWS, evidence
        )
    suggestion, gone = _suggestion(form, places), _no_place(form)
    suggestion = Text(suggestion.vi + gone.vi, suggestion.en + gone.en)
    words = unplaced_words([*form.layout.title, *form.sheet.title])
    like = units_like(words, boundary_day(form.year), form.sheet.finder.tables) if words else ()
    return FormScope(findings=[*warnings, unknown(form, suggestion, words, like)], evidence=evidence)


def _inside_place(form: Form, place: LookupPlace, warnings: Sequence[Finding]) -> FormScope | None:
    """Return the place as the unit of a table that names none; none where its names are not of it."""
    unit = place_inside(form, place.unit)
    if place.together is not None:
        if unit is None:
            return None
        note = told_together(form, unit, place.unit, place.together.names, is_part=True)
        return FormScope(unit, FoundIn.ROWS, [note], ScopeExtent.PART)
    if unit is None and is_of_none(form, place.unit):
        fits = most_fitting(form)
        return (
            FormScope(None, FoundIn.OPTION, [no_row_of(form.sheet.grid.origin(), place.unit, place.option, fits)])
            if fits
            else None
        )
    return FormScope(unit or place.unit, FoundIn.OPTION, warnings, ScopeExtent.PART)


def lies_in(form: Form, unit: Unit, place: Unit) -> bool:
    """Say whether a unit is a place or lies in it, at the year-end of the form."""
    above = form.sheet.finder.tables.ancestors(unit, boundary_day(form.year))
    return place.code in {unit.code, COUNTRY_CODE, *(upper.code for upper in above)} or place.code == COUNTRY_CODE


def _names_country(form: Form) -> FoundIn | None:
    """Return where the country is named around the table, and no other unit, and most rows name a province."""
    where = next((where for where, lines in places_around(form) if names_country(lines)), None)
    if where is None:
        return None
    rows = [row for row in form.rows if row.role is Role.UNIT and row.has_figures]
    units = (form.sheet.finder.within(row.name, COUNTRY_CODE, form.year).unit for row in rows)
    provinces = sum(unit is not None and unit.level is Level.PROVINCE for unit in units)
    return where if 2 * provinces > len(rows) else None


def of_another_day(form: Form, lines: Sequence[str]) -> Unit | None:
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
    elsewhen = of_another_day(form, lines)
    return None if elsewhen is None or elsewhen.level is Level.PROVINCE else elsewhen


def of_other_list(form: Form, unit: Unit) -> list[Finding]:
    """Return U006: the unit that the table is of does not stand at its year-end."""
    outsider = Outsider(form.sheet.grid.origin(), unit, "unit_name", unit.name)
    return list(outsider_findings([outsider], tuple, form.year, Historian(form.sheet.finder.tables)))


def places_around(form: Form) -> Iterator[tuple[FoundIn, tuple[str, ...]]]:
    """Yield what may name the unit, strongest first."""
    yield FoundIn.TITLE, form.layout.title
    yield FoundIn.TITLE, form.sheet.title
    yield FoundIn.SHEET_NAME, (form.sheet.grid.sheet,)
    name, folder = names_of(form.sheet.grid.file)
    yield FoundIn.FILE_NAME, (name,)
    yield FoundIn.FOLDER_NAME, (folder,)


def _several(form: Form, units: Sequence[Unit]) -> Finding:
    candidates, gone = ambiguous_text(units, boundary_day(form.year), form.sheet.finder.tables), _no_place(form)
    candidates = Text(candidates.vi + gone.vi, candidates.en + gone.en)
    details = {"parent": "Việt Nam", "candidates": candidates}
    name = ", ".join(dict.fromkeys(unit.name for unit in units[:_NAMES_OFFERED]))
    return Finding(U003, form.sheet.grid.origin(), year=form.year, value=name, details=details)


def _no_place(form: Form) -> Text:
    """Return that the place the user states does not stand at the year-end; empty where it does."""
    code, year = form.sheet.options.within, form.year
    if not code or place_of(form) is not None:
        return NO_TEXT
    return Text(
        f" Mã {code} (--within) không tồn tại vào cuối năm {year}.",
        f" The code {code} (--within) does not stand at the end of {year}.",
    )


def _suggestion(form: Form, places: frozenset[str]) -> Text:
    """Return what to type: for the unit that most names fit, or for each of the places that hold them all."""
    fits, names = most_fitting(form), {name_key(name) for name in unit_names(form)}
    if len(fits) == 1:
        unit, line = fits[0].unit, f"{form.sheet.options.unit_option} {fits[0].unit.code}"
        if fits[0].names == len(names):
            return Text(
                f" Mọi tên trong biểu khớp với {unit.name}: thêm {line}.",
                f" Every name in it is of {unit.name}: add {line}.",
            )
        counted = f"{fits[0].names}/{len(names)}"
        return Text(
            f" {counted} tên trong biểu khớp với {unit.name}: thêm {line}.",
            f" {counted} names in it are of {unit.name}: add {line}.",
        )
    units = [fit.unit for fit in fits] or _widest(form, places)
    if units:
        lines = offered(units, "--within")
        return Text(f" Các tên trong biểu khớp với {lines.vi}.", f" The names in it fit {lines.en}.")
    return _ASK


def _widest(form: Form, places: frozenset[str]) -> list[Unit]:
    """Return the provinces among places; the districts where all lie in one province."""
    units = [unit for code in sorted(places) if (unit := form.sheet.finder.unit(code, form.year)) is not None]
    provinces = [unit for unit in units if unit.level is Level.PROVINCE]
    return provinces if len(provinces) > 1 else [unit for unit in units if unit.level is Level.DISTRICT] or provinces


_ASK: Final = Text(
    " Thêm --within với mã tỉnh hoặc huyện có các đơn vị này (tìm mã bằng “thidua units find TÊN”).",
    " Add --within with the code of the province or district they lie in (“thidua units find NAME” finds it).",
)
