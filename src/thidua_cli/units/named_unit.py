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
    periods = tables.periods(text.strip())
    # A code is meant where it is one: “11” is a province, and the name of wards in fifteen cities.
    matches = list(periods) or _exactly(text, day, tables) or _exactly(text, None, tables)
    last = {unit.code: unit for unit in matches if day is None or unit.stands_on(day)}
    if len(last) > 1:
        listed = Text.and_more([f"{unit.name} ({unit.code})" for unit in last.values()], _OFFERED)
        raise UsageError(_SEVERAL.fill(text=text, units=listed))
    if last:
        (unit,) = last.values()
        return unit
    if not matches:
        raise UsageError(_NONE.fill(text=text))
    assert day is not None
    raise UsageError(_not_then(matches[-1], day))


def _exactly(text: str, day: date | None, tables: UnitTables) -> list[Unit]:
    return [match.unit for match in find(text, day, tables=tables) if match.how == "exact"]


def _not_then(unit: Unit, day: date) -> Text:
    """Say that a unit does not stand on a day, and when it does."""
    since, until = (f"{each:%d/%m/%Y}" if each is not None else None for each in (unit.valid_from, unit.valid_to))
    name = f"{unit.name} ({unit.code})"
    if unit.valid_from > day or until is None:
        return _BEFORE.fill(unit=name, day=f"{day:%d/%m/%Y}", since=since or "")
    return _AFTER.fill(unit=name, day=f"{day:%d/%m/%Y}", until=until, code=unit.code)


_NONE: Final = Text(
    "không có đơn vị nào là “{text}”; tìm bằng “thidua units find”",
    "there is no unit “{text}”; see “thidua units find”",
)
_SEVERAL: Final = Text(
    "“{text}” có thể là {units}; ghi mã của đơn vị", "“{text}” may be {units}; give the code of the unit"
)
_BEFORE: Final = Text(
    "{unit} không tồn tại vào ngày {day}: có từ ngày {since}", "{unit} does not stand on {day}: it does from {since} on"
)
_AFTER: Final = Text(
    "{unit} không tồn tại vào ngày {day}: chỉ đến ngày {until} (nay thuộc đâu: “thidua units history {code}”)",
    "{unit} does not stand on {day}: it did until {until} (what became of it: “thidua units history {code}”)",
)
