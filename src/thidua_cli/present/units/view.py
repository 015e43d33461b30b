"""What `thidua units` shows: tables for people, JSON and CSV for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.model import Level, Unit
from thidua_cli.present.toolkit.records import csv_text, json_text
from thidua_cli.units.changes import Households
from thidua_cli.units.history import Heir, Historian
from thidua_cli.units.lookup import Found
from thidua_cli.units.tables import UnitTables

SCHEMA: Final = "thidua.units/1"


class UnitsFormat(StrEnum):
    """How units are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


LEVELS: Final[Mapping[Level, Text]] = {
    Level.PROVINCE: Text("tỉnh", "province"),
    Level.DISTRICT: Text("huyện", "district"),
    Level.COMMUNE: Text("xã", "commune"),
}
_HOW: Final = {
    "exact": Text("đúng tên", "exact"),
    "accent": Text("khác dấu", "without accents"),
    "similar": Text("gần giống", "similar"),
}
_CODE: Final = Text("Mã", "Code")
_NAME: Final = Text("Tên đơn vị", "Unit")
_LEVEL: Final = Text("Cấp", "Level")
_PARENTS: Final = Text("Thuộc", "Within")
_FROM: Final = Text("Từ ngày", "From")
_TO: Final = Text("Đến ngày", "To")
_MATCH: Final = Text("Khớp", "Match")
_CHILDREN: Final = Text("Đơn vị trực thuộc", "Units below")
_TODAY: Final = Text("Nay thuộc", "Today")
_HEIRS_SHOWN: Final = 3
_NOW: Final = Text("nay", "today")


def day_text(day: date | None, language: Language) -> str:
    """Write a day as officers do (31/12/2024), in English as 2024-12-31; an open end as "nay"."""
    if day is None:
        return _NOW.pick(language)
    return f"{day:%Y-%m-%d}" if language is Language.EN else f"{day:%d/%m/%Y}"


def period_text(unit: Unit, language: Language) -> str:
    """Write from when to when a unit stands."""
    return f"{day_text(unit.valid_from, language)} – {day_text(unit.valid_to, language)}"


def unit_record(unit: Unit, parents: Sequence[Unit]) -> dict[str, object]:
    """Return one unit with its period as JSON has it."""
    return {
        "code": unit.code,
        "name": unit.name,
        "type": unit.type,
        "level": unit.level.value,
        "parent_code": unit.parent_code or None,
        "parents": [{"code": parent.code, "name": parent.name} for parent in parents],
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
    }


def present_found(found: Sequence[Found], layout: UnitsFormat, language: Language, historian: Historian) -> str:
    """Write what a search brought up, one row per unit and period, in the order given; of a gone one, its heirs."""
    heirs = [historian.heirs(one.unit) for one in found]
    if layout is UnitsFormat.JSON:
        return _json(
            [
                {**unit_record(one.unit, one.parents), "match": one.how, "now": _now_records(now)}
                for one, now in zip(found, heirs, strict=True)
            ]
        )
    if layout is UnitsFormat.CSV:
        return _csv([(one.unit, one.how, now) for one, now in zip(found, heirs, strict=True)], "match")
    rows = [[*_cells(one.unit, one.parents, language), _HOW[one.how].pick(language)] for one in found]
    heads = [_CODE, _NAME, _LEVEL, _PARENTS, _FROM, _TO, _MATCH]
    return table_text(*_with_heirs(heads, rows, heirs, language), layout, language)


def children_by_type(unit: Unit, tables: UnitTables, on: date | None) -> dict[str, int]:
    """Count the units right below, by type word, on a day (without one: on the last known day of the period)."""
    day = on or unit.valid_to or unit.valid_from
    return dict(sorted(Counter(child.type for child in tables.children(unit.code, day)).items()))


def present_periods(
    periods: Sequence[Unit], historian: Historian, on: date | None, layout: UnitsFormat, language: Language
) -> str:
    """Write the periods of a code, one row each, with the units above, the number of units below by type, and heirs."""
    tables, heirs = historian.tables, [historian.heirs(unit) for unit in periods]
    entries = [
        (unit, tables.ancestors(unit, on or unit.valid_to or unit.valid_from), children_by_type(unit, tables, on))
        for unit in periods
    ]
    if layout is UnitsFormat.JSON:
        records = zip(entries, heirs, strict=True)
        return _json(
            [
                {**unit_record(unit, above), "children": below, "now": _now_records(now)}
                for (unit, above, below), now in records
            ]
        )
    if layout is UnitsFormat.CSV:
        return _csv(
            [(unit, _counts(below), now) for (unit, _, below), now in zip(entries, heirs, strict=True)], "children"
        )
    rows = [[*_cells(unit, above, language), _counts(below)] for unit, above, below in entries]
    heads = [_CODE, _NAME, _LEVEL, _PARENTS, _FROM, _TO, _CHILDREN]
    return table_text(*_with_heirs(heads, rows, heirs, language), layout, language)


def heirs_text(heirs: Sequence[Heir], language: Language) -> str:
    """Name the units that have the households of one that is gone, three at most; empty where it still stands."""
    part = Text("một phần", "a part").pick(language)
    whole = (Households.ALL, Households.ALL_PRESUMED)
    names = [
        f"{one.unit.name} ({one.unit.code}{'' if one.households in whole or len(heirs) > 1 else f', {part}'})"
        for one in heirs[:_HEIRS_SHOWN]
    ]
    more = len(heirs) - len(names)
    others = Text("và {count} đơn vị khác", "and {count} more").fill(count=more).pick(language)
    return "; ".join([*names, others] if more else names)


def _with_heirs(
    heads: Sequence[Text], rows: Sequence[list[str]], heirs: Sequence[Sequence[Heir]], language: Language
) -> tuple[list[Text], list[list[str]]]:
    """Add the column "Nay thuộc" where a unit of the rows is gone."""
    if not any(heirs):
        return list(heads), list(rows)
    return [*heads, _TODAY], [[*row, heirs_text(now, language)] for row, now in zip(rows, heirs, strict=True)]


def _now_records(heirs: Sequence[Heir]) -> list[dict[str, str]]:
    return [{"code": one.unit.code, "name": one.unit.name, "households": one.households.value} for one in heirs]


def _counts(below: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {type_word}" for type_word, count in below.items())


def _cells(unit: Unit, parents: Sequence[Unit], language: Language) -> list[str]:
    above = ", ".join(parent.name for parent in parents)
    period = [day_text(unit.valid_from, language), day_text(unit.valid_to, language)]
    return [unit.code, unit.name, LEVELS[unit.level].pick(language), above, *period]


def table_text(heads: Sequence[Text], rows: Sequence[Sequence[str]], layout: UnitsFormat, language: Language) -> str:
    """Write rows below their headings as a plain table or in Markdown."""
    from tabulate import tabulate

    headers = [head.pick(language) for head in heads]
    style = "pipe" if layout is UnitsFormat.MARKDOWN else "simple"
    return tabulate(rows, headers, tablefmt=style, disable_numparse=True) + "\n"


def _json(units: Sequence[Mapping[str, object]]) -> str:
    return json_text({"schema": SCHEMA, "units": units})


def _csv(entries: Sequence[tuple[Unit, str, Sequence[Heir]]], last: str) -> str:
    rows = []
    for unit, extra, heirs in entries:
        start, end = unit.valid_from.isoformat(), unit.valid_to.isoformat() if unit.valid_to else ""
        now = " ".join(heir.unit.code for heir in heirs)
        rows.append([unit.code, unit.name, unit.type, unit.level.value, unit.parent_code, start, end, extra, now])
    return csv_text(["code", "name", "type", "level", "parent_code", "valid_from", "valid_to", last, "now"], rows)
