"""The units a result speaks of, against the shipped tables: whose name is it, which tier, does it stand on the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import COUNTRY_CODE, Level, Unit
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.lineage import Lineage
from thidua_cli.units.names import accent_key
from thidua_cli.units.tables import bundled
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import Document, NamedUnit, Row, TargetDocument, TargetRow

_ONE_DAY: Final = timedelta(days=1)
_NEVER: Final = "–"


def unit_differences(document: Document | TargetDocument) -> Iterator[Difference]:
    """Yield units whose name, tier or end is not that of the tables, and units that are said twice."""
    day = document.boundaries_day
    has_own_units = any(file.role == "units" for file in document.files)
    together = {clause.id for clause in document.clauses if clause.together}
    seen: set[tuple[object, ...]] = set()
    for row in document.rows:
        key = _key_of(row)
        if key in seen:
            yield _about(row, row.unit_name, _NEVER, _TWICE)
        seen.add(key)
        if row.unit_code == COUNTRY_CODE or (isinstance(row, TargetRow) and row.rule in together):
            continue  # it bears the code of a place, and the name of its units
        yield from _named_wrongly(row, row.unit_code, row.unit_name)
        if (unit := _last(row.unit_code)) is not None and row.level != unit.level:
            yield _about(row, row.level, unit.level, _LEVEL)
        if isinstance(row, Row):
            yield from _of_verdict(row, day, has_own_units=has_own_units)


def _key_of(row: Row | TargetRow) -> tuple[object, ...]:
    return (row.unit_code,) if isinstance(row, Row) else (row.unit_code, row.rule, row.year, row.quote.title)


def _of_verdict(row: Row, day: str | None, *, has_own_units: bool) -> Iterator[Difference]:
    made_of = dict.fromkeys(unit for figure in row.figures for unit in figure.made_of)
    for unit in (*made_of, *row.namesakes, *row.part_units):
        yield from _named_wrongly(row, unit.code, unit.name)
    ends = _ends(row, day)
    if (row.ended_on not in ends) and not (has_own_units and row.level == Level.VILLAGE):
        yield _about(row, row.ended_on or _NEVER, " / ".join(end or _NEVER for end in ends), _END)
    if row.namesakes and not _is_one_name(row.namesakes):
        yield _about(row, ", ".join(unit.name for unit in row.namesakes), _NEVER, _NAMESAKES)


def _ends(row: Row, day: str | None) -> list[str | None]:
    """Return what `ended_on` may be: one day, or none; of a village the days on which its commune changed."""
    if day is None:
        return [None]
    on, periods = date.fromisoformat(day), bundled().periods(row.unit_code)
    if periods:
        gone = [period.valid_to for period in periods if period.valid_to is not None and period.valid_to < on]
        end = (max(gone) + _ONE_DAY).isoformat() if gone else day
        if not any(unit.stands_on(on) for unit in periods):
            return [end]
        # Its code may have gone to another unit, while nobody knows where its own households are; and figures of later
        # years alone, in which it is gone, leave none on these boundaries.
        leads_nowhere = not row.figures or any(_leads_nowhere(row.unit_code, last, on) for last in gone)
        return [None, end] if leads_nowhere else [None]
    if row.level != Level.VILLAGE:
        return [None]
    return [None, *(end.isoformat() for end in bundled().area_ends(row.parent_code) if end <= on)]


def _leads_nowhere(code: str, last: date, on: date) -> bool:
    return not Lineage(bundled(), bundled_changes()).destinations(code, last, on)


def _is_one_name(units: tuple[NamedUnit, ...]) -> bool:
    return len(set(units)) == len(units) > 1 and len({accent_key(unit.name) for unit in units}) == 1


def _named_wrongly(row: Row | TargetRow, code: str, name: str) -> Iterator[Difference]:
    names = names_of(code)
    if name not in names and names:
        yield _about(row, name, " / ".join(names), _NAME)


def names_of(code: str) -> list[str]:
    """Return every name that the tables have for a code; none for one that they do not know."""
    tables = bundled()
    periods = tables.periods(code)
    spellings = (tables.other_spelling(unit) for unit in periods)
    return list(dict.fromkeys([*(unit.name for unit in periods), *(name for name in spellings if name)]))


def _last(code: str) -> Unit | None:
    return None if code == COUNTRY_CODE else next(iter(bundled().periods(code)[-1:]), None)


def _about(row: Row | TargetRow, stated: str, recomputed: str, text: Text) -> Difference:
    rule, year = (row.rule, row.year) if isinstance(row, TargetRow) else ("", None)
    return Difference(What.UNIT, stated, recomputed, text, row.unit_code, row.unit_name, rule, year=year)


_NAME: Final = Text("tên đơn vị so với tên của mã này trong danh mục", "the unit's name, against those of its code")
_LEVEL: Final = Text("cấp của đơn vị so với danh mục", "the unit's tier, against the lists of units")
_TWICE: Final = Text("đơn vị này đã có một dòng khác trong kết quả", "the result has another row of this unit")
_END: Final = Text(
    "ngày đơn vị không còn trên địa giới của kết quả, so với danh mục",
    "the day from which the unit does not stand on the boundaries, against the lists of units",
)
_NAMESAKES: Final = Text(
    "các thôn ghi là trùng tên phải là những thôn khác nhau có cùng một tên",
    "villages told as namesakes are different villages of one name",
)
