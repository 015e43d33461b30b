"""Which list of units a table follows: as JSON has it, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.normalise.record.unit_lists import UnitList
from thidua_cli.present.units.view import day_words

_SPAN: Final = Text(
    "{first} – {last}, khớp {agreeing}/{units} đơn vị", "{first} – {last}, fits {agreeing} of {units} units"
)
_OF_YEAR: Final = Text("năm {year}: {span}", "{year}: {span}")


def unit_list_record(unit_list: UnitList) -> dict[str, object]:
    """Return one list as JSON has it; "to" is null while the units stand."""
    return {
        "file": unit_list.file,
        "sheet": unit_list.sheet or None,
        "year": unit_list.year,
        "from": unit_list.first_day.isoformat(),
        "to": unit_list.last_day.isoformat() if unit_list.last_day else None,
        "units": unit_list.units,
        "agreeing": unit_list.agreeing,
    }


def lists_of(layout: LayoutRecord, lists: Sequence[UnitList]) -> list[UnitList]:
    """Return the lists that a table follows: one, or one per year where every row names its own."""
    return [
        unit_list
        for unit_list in lists
        if (unit_list.file, unit_list.sheet) == (layout.file, layout.sheet) and layout.year in (None, unit_list.year)
    ]


def lists_text(lists: Sequence[UnitList]) -> Text:
    """Return the spans of days in words, by year where there are several; empty where no unit is known."""
    texts = [(unit_list, _span(unit_list)) for unit_list in lists]
    if len(texts) > 1:
        texts = [(unit_list, _OF_YEAR.fill(year=str(unit_list.year), span=span)) for unit_list, span in texts]
    return Text.joined("; ", (text for _, text in texts))


def _span(unit_list: UnitList) -> Text:
    first, last = day_words(unit_list.first_day), day_words(unit_list.last_day)
    return _SPAN.fill(first=first, last=last, agreeing=unit_list.agreeing, units=unit_list.units)


def spans_text(lists: Sequence[UnitList]) -> Text:
    """Return the days alone on which the units of tables stood together, each span once."""
    days = ((day_words(unit_list.first_day), day_words(unit_list.last_day)) for unit_list in lists)
    return Text.each_once("; ", [_DAYS.fill(first=first, last=last) for first, last in days])


_DAYS: Final = Text("{first} – {last}", "{first} – {last}")
