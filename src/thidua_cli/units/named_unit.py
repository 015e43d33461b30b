"""The one unit that a person names by code or by name, "Trà Don, Quảng Nam"; homonyms are asked."""

from __future__ import annotations

from datetime import date
from typing import Final

from thidua_cli.errors import UsageError
from thidua_cli.language import Text
from thidua_cli.model import Unit
from thidua_cli.units.lookup import find
from thidua_cli.units.tables import UnitTables

_OFFERED: Final = 5


def unit_named(text: str, day: date | None, tables: UnitTables) -> Unit:
    """Return the unit of a code or name on a day; without a day as it was last.

    Raises:
        UsageError: There is none, it does not stand on that day, or several units bear the name.
    """
    matches = [each.unit for each in find(text, day, tables=tables) if each.how == "exact"]
    last = {unit.code: unit for unit in matches}
    if len(last) > 1:
        listed = Text.and_more([f"{unit.name} ({unit.code})" for unit in last.values()], _OFFERED)
        raise UsageError(_SEVERAL.fill(text=text, units=listed))
    if last:
        (unit,) = last.values()
        if day is None or unit.stands_on(day):
            return unit
        raise UsageError(_NOT_THEN.fill(unit=f"{unit.name} ({unit.code})", day=f"{day:%d/%m/%Y}"))
    if day is not None and (periods := tables.periods(text)):
        raise UsageError(_NOT_THEN.fill(unit=f"{periods[-1].name} ({text})", day=f"{day:%d/%m/%Y}"))
    raise UsageError(_NONE.fill(text=text))


_NONE: Final = Text(
    "không có đơn vị nào là “{text}”; tìm bằng “thidua units find”",
    "there is no unit “{text}”; see “thidua units find”",
)
_SEVERAL: Final = Text(
    "“{text}” có thể là {units}; ghi mã của đơn vị", "“{text}” may be {units}; give the code of the unit"
)
_NOT_THEN: Final = Text("{unit} không tồn tại vào ngày {day}", "{unit} does not stand on {day}")
