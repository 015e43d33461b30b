"""`thidua units list`: the units below another, with their codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from thidua_cli.cli.commands import grouped
from thidua_cli.cli.level_option import OfficialLevel
from thidua_cli.cli.options import LIST_FORMATS, ListFormat
from thidua_cli.cli.output import Offer, counted
from thidua_cli.cli.run import OutputOptions, Run
from thidua_cli.cli.speech import said
from thidua_cli.cli.unit_changes import On, Within, day_given, not_standing, note_beyond, periods_of
from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.present.units.view import day_words, periods_view
from thidua_cli.units.history import Historian
from thidua_cli.units.tables import UnitTables, bundled

LIST_HELP: Final = said(
    """Ví dụ:

    \b
    thidua units list                           các tỉnh, thành phố hiện nay
    thidua units list --within 11               các xã, phường của tỉnh có mã 11
    thidua units list --within 505 --on 31/12/2024 -o ma-xa.csv
    thidua units list --within 49 --level huyện --on 31/12/2024

    Liệt kê đơn vị trực thuộc kèm mã, theo thứ tự danh mục: hiện nay, hoặc vào một ngày.""",
    """Examples:

    \b
    thidua units list                           the provinces of today
    thidua units list --within 11               the communes and wards of the province 11
    thidua units list --within 505 --on 2024-12-31 -o codes.csv
    thidua units list --within 49 --level district --on 2024-12-31

    List the units below another with their codes, in the order of the official list: today's, or those of a day.""",
)
_NOTHING_BELOW: Final = Text("Ngày {day} {unit} không có {level}.", "{unit} has no {level} on {day}.")
_UNITS_BELOW: Final = Text("đơn vị trực thuộc nào trong danh mục", "units below it in the official list")
_COUNTRY: Final = Text("cả nước", "the country")
_TODAY: Final = date.max
"""Every unit that has not ended stands on it."""


@grouped
def list_units(
    *,
    within: Within = "",
    on: On = "",
    level: OfficialLevel = None,
    layout: ListFormat = None,
    to: OutputOptions,
    run: Run,
) -> None:
    """Print the units below a province or district, or the provinces."""
    tables, given = bundled(), day_given(on)
    place = to.destination(layout, Offer.of(LIST_FORMATS))
    above = _above(within, given, tables) if within else None
    note_beyond(given, run.diagnostics)
    day = given or (above.valid_to if above is not None else None) or _TODAY
    units = list(_below(above.code if above is not None else COUNTRY_CODE, level, day, tables))
    if not units:
        run.diagnostics.note(_nothing_below(above, level, day))
    run.show(periods_view(units, Historian(tables), day), place, counted(len(units), "đơn vị", "unit"), 80, color=False)


def _above(code: str, day: date | None, tables: UnitTables) -> Unit:
    """Return the unit whose list is asked for, as it stands on the day; without one as it was last.

    Raises:
        UsageError: No unit has the code, or none on that day.
    """
    periods = periods_of(code, tables)
    standing = [unit for unit in periods if day is None or unit.stands_on(day)]
    if not standing:
        assert day is not None
        raise UsageError(not_standing(code, day, periods))
    return standing[-1]


def _below(code: str, level: Level | None, day: date, tables: UnitTables) -> Iterator[Unit]:
    """Yield the units below a code on a day, each with those below it; of the country the provinces, unless asked."""
    for unit in tables.children(code, day):
        if level in (None, unit.level):
            yield unit
        if unit.level is not Level.COMMUNE and (code != COUNTRY_CODE or level not in (None, Level.PROVINCE)):
            yield from _below(unit.code, level, day, tables)


def _nothing_below(above: Unit | None, level: Level | None, day: date) -> Text:
    name = Text(above.name, above.name) if above is not None else _COUNTRY
    of_level = LEVEL_WORDS[level].long if level is not None else _UNITS_BELOW
    return _NOTHING_BELOW.fill(day=day_words(None if day == _TODAY else day), unit=name, level=of_level)
