"""Which list of units a table follows: as JSON has it, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.normalise.record.layout_record import LayoutRecord
from thidua_cli.normalise.record.unit_lists import UnitList
from thidua_cli.present.units.view import day_text

_SPAN: Final = Text(
    "{first} – {last}, khớp {agreeing}/{units} đơn vị", "{first} – {last}, fits {agreeing} of {units} units"
)
_OF_YEAR: Final = Text("năm {year}: {span}", "{year}: {span}")


def unit_list_record(one: UnitList) -> dict[str, object]:
    """Return one list as JSON has it; "to" is null while the units stand."""
    return {
        "file": one.file,
        "sheet": one.sheet or None,
        "year": one.year,
        "from": one.first_day.isoformat(),
        "to": one.last_day.isoformat() if one.last_day else None,
        "units": one.units,
        "agreeing": one.agreeing,
    }


def lists_of(layout: LayoutRecord, lists: Sequence[UnitList]) -> list[UnitList]:
    """Return the lists that a table follows: one, or one per year where every row names its own."""
    return [
        one for one in lists if (one.file, one.sheet) == (layout.file, layout.sheet) and layout.year in (None, one.year)
    ]


def lists_text(lists: Sequence[UnitList]) -> Text:
    """Return the spans of days in words, by year where there are several; empty where no unit is known."""
    texts = [(one, _span(one)) for one in lists]
    if len(texts) > 1:
        texts = [(one, _OF_YEAR.fill(year=str(one.year), span=span)) for one, span in texts]
    return Text.joined("; ", (text for _, text in texts))


def _span(one: UnitList) -> Text:
    first, last = (
        Text(day_text(day, Language.VI), day_text(day, Language.EN)) for day in (one.first_day, one.last_day)
    )
    return _SPAN.fill(first=first, last=last, agreeing=one.agreeing, units=one.units)
