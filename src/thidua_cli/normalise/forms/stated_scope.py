"""The unit a form is of where the user says it: held against its title, the names of its file, and its rows."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Unit
from thidua_cli.normalise.forms.rows_scope import is_inside, is_of_none, most_fitting, unit_names
from thidua_cli.normalise.forms.scope import (
    FormScope,
    lies_in,
    of_another_day,
    of_other_list,
    places_around,
    told_scope,
)
from thidua_cli.normalise.forms.scope_faults import against_name, against_title, no_row_of, unknown
from thidua_cli.normalise.forms.table import Form
from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.title import scope_of
from thidua_cli.units.fitting import FEWEST_NAMES
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import REFORM_DAY, boundary_day


def scope(form: Form) -> FormScope:
    """Return the unit that the user states, unless the table contradicts it; else the one that the table tells.

    A title that names another unit wins (H007); the names of files do not (H008); where no row can be of the unit and
    the rows are of another place, nothing is read (H009).
    """
    code = form.sheet.options.unit
    if not code:
        return told_scope(form)
    given = form.sheet.finder.unit(code, form.year)
    return _not_standing(form, code) if given is None else _stated(form, given)


def _not_standing(form: Form, code: str) -> FormScope:
    periods = form.sheet.finder.tables.periods(code)
    if periods:
        return FormScope(None, FoundIn.OPTION, of_other_list(form, periods[-1]))
    suggestion = Text(
        f" Mã {code} ({form.sheet.options.unit_option}) không tồn tại vào cuối năm {form.year}.",
        f" The code {code} ({form.sheet.options.unit_option}) does not stand at the end of {form.year}.",
    )
    return FormScope(None, FoundIn.OPTION, [unknown(form, suggestion)])


def _stated(form: Form, given: Unit) -> FormScope:
    option = form.sheet.options.stated
    named = _title_units(form)
    if named and _contradicts(form, named, given):
        return _by_title(form, named, given)
    if given in named:
        return FormScope(given, FoundIn.OPTION)
    gone = () if named else _gone_in_title(form, given)
    if gone:
        return FormScope(None, FoundIn.OPTION, [against_title(form, gone, given, option, is_read=False)])
    if is_of_none(form, given) and (fits := most_fitting(form)):
        return FormScope(None, FoundIn.OPTION, [no_row_of(form.sheet.grid.origin(), given, option, fits)])
    return FormScope(given, FoundIn.OPTION, list(_against_names(form, given)))


def _title_units(form: Form) -> tuple[Unit, ...]:
    titles = (lines for where, lines in places_around(form) if where is FoundIn.TITLE)
    on, tables = boundary_day(form.year), form.sheet.finder.tables
    return next((units for lines in titles if (units := scope_of(lines, on, tables))), ())


def _contradicts(form: Form, named: tuple[Unit, ...], given: Unit) -> bool:
    """Say whether a title names other units: neither the given one nor, with rows of that one, a place around it."""
    around = [unit for unit in named if lies_in(form, given, unit)]
    if not around or given in around:
        return not around
    if not is_of_none(form, given):
        return False
    fitting = {name for name in unit_names(form) if is_inside(form.sheet.finder, name, around[0].code, form.year)}
    return len(fitting) >= FEWEST_NAMES


def _by_title(form: Form, named: tuple[Unit, ...], given: Unit) -> FormScope:
    """Return the unit of the title; of several that bear the name, the one that lies in the given unit."""
    told, inside = told_scope(form), [unit for unit in named if lies_in(form, unit, given)]
    unit = told.unit or (inside[0] if len(inside) == 1 else None)
    if unit is not None and is_of_none(form, unit) and most_fitting(form):
        unit = None  # one error is enough: else every row is told as no unit of the title's
    finding = against_title(form, named, given, form.sheet.options.stated, is_read=unit is not None)
    # the names of files narrow the unit of a title as they do without an option; they name none where it does not
    return FormScope(unit, FoundIn.TITLE if unit is not None else FoundIn.OPTION, [finding])


def _gone_in_title(form: Form, given: Unit) -> tuple[Unit, ...]:
    """Return the unit of another list that a title names, if no household of it is the given unit's."""
    lines = [line for where, lines in places_around(form) if where is FoundIn.TITLE for line in lines]
    gone = of_another_day(form, lines)
    return () if gone is None or given.code in {COUNTRY_CODE, *_related(form, gone)} else (gone,)


def _related(form: Form, gone: Unit) -> Iterator[str]:
    """Yield the codes of the units that have households of a unit of another list, and of the places they lie in."""
    tables, on = form.sheet.finder.tables, boundary_day(form.year)
    historian = Historian(tables)
    relatives = historian.heirs(gone, on) if on >= REFORM_DAY else historian.forebears(gone, on)
    yield gone.code
    for relative in relatives:
        yield relative.unit.code
        yield from (above.code for above in tables.ancestors(relative.unit, on))


def _against_names(form: Form, given: Unit) -> Iterator[Finding]:
    """Yield H008 for the nearest name from outside that tells a unit, if it is not in the given one nor around it."""
    on, tables = boundary_day(form.year), form.sheet.finder.tables
    for where, lines in places_around(form):
        units = scope_of(lines, on, tables) if where is not FoundIn.TITLE else ()
        if units:
            if not any(lies_in(form, unit, given) or lies_in(form, given, unit) for unit in units):
                yield against_name(form, where, units, given, form.sheet.options.stated)
            return
