"""What `thidua units` shows: tables for people, JSON and CSV for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from thidua_cli.language import NO_TEXT, Language, Text
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.model import Unit
from thidua_cli.present.toolkit.document import Document, Records, Section, Table, Value, View, text_table
from thidua_cli.units.changes import Households
from thidua_cli.units.history import Heir, Historian
from thidua_cli.units.lookup import Found
from thidua_cli.units.tables import UnitTables

SCHEMA: Final = "thidua.units/1"


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
    return day_words(day).pick(language)


def day_words(day: date | None) -> Text:
    """Return a day as `day_text` writes it, for a sentence of both languages."""
    return _NOW if day is None else Text(f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}")


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


def found_view(matches: Sequence[Found], historian: Historian) -> View:
    """Return what a search brought up, one row per unit and period, in the order given; of a gone one, its heirs."""
    heirs = [historian.heirs(match.unit) for match in matches]

    def page(language: Language) -> Document:
        rows = [[*_cells(match.unit, match.parents, language), _HOW[match.how].pick(language)] for match in matches]
        return _page((_CODE, _NAME, _LEVEL, _PARENTS, _FROM, _TO, _MATCH), rows, heirs, language)

    return View(
        page=page,
        record=lambda _: _document(
            {**unit_record(match.unit, match.parents), "match": match.how, "now": _now_records(now)}
            for match, now in zip(matches, heirs, strict=True)
        ),
        rows=lambda _: _records(
            [(match.unit, match.how, now) for match, now in zip(matches, heirs, strict=True)], "match"
        ),
    )


def children_by_type(unit: Unit, tables: UnitTables, on: date | None) -> dict[str, int]:
    """Count the units right below, by type word, on a day (without one: on the last known day of the period)."""
    # A unit that is gone has no units below today; those of its last day are meant.
    day = on or unit.valid_to or unit.valid_from
    return dict(sorted(Counter(child.type for child in tables.children(unit.code, day)).items()))


def periods_view(periods: Sequence[Unit], historian: Historian, on: date | None) -> View:
    """Return the periods of a code, one row each: units above, number of units below by type, heirs."""
    tables, heirs = historian.tables, [historian.heirs(unit) for unit in periods]
    above = [tables.ancestors(unit, on or unit.valid_to or unit.valid_from) for unit in periods]
    below = [children_by_type(unit, tables, on) for unit in periods]

    def page(language: Language) -> Document:
        rows = [
            [*_cells(unit, parents, language), _counts(children)]
            for unit, parents, children in zip(periods, above, below, strict=True)
        ]
        return _page((_CODE, _NAME, _LEVEL, _PARENTS, _FROM, _TO, _CHILDREN), rows, heirs, language)

    return View(
        page=page,
        record=lambda _: _document(
            {**unit_record(unit, parents), "children": children, "now": _now_records(now)}
            for unit, parents, children, now in zip(periods, above, below, heirs, strict=True)
        ),
        rows=lambda _: _records(list(zip(periods, map(_counts, below), heirs, strict=True)), "children"),
    )


def heirs_text(heirs: Sequence[Heir], language: Language) -> str:
    """Name the units that have the households of one that is gone, three at most; empty where it still stands."""
    part = Text("một phần", "a part").pick(language)
    whole = (Households.ALL, Households.ALL_PRESUMED)
    names = [
        f"{heir.unit.name} ({heir.unit.code}{'' if heir.households in whole or len(heirs) > 1 else f', {part}'})"
        for heir in heirs
    ]
    return Text.and_more(names, _HEIRS_SHOWN, "; ").pick(language)


def _page(
    heads: Sequence[Text], rows: Sequence[list[Value]], heirs: Sequence[Sequence[Heir]], language: Language
) -> Document:
    """Return one table, with the column "Nay thuộc" where a unit of the rows is gone."""
    if any(heirs):
        heads = [*heads, _TODAY]
        rows = [[*row, heirs_text(now, language)] for row, now in zip(rows, heirs, strict=True)]
    return Document([Section(table=listing(heads, rows, language))])


def _now_records(heirs: Sequence[Heir]) -> list[dict[str, str]]:
    return [{"code": heir.unit.code, "name": heir.unit.name, "households": heir.households.value} for heir in heirs]


def _counts(below: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {type_word}" for type_word, count in below.items())


def _cells(unit: Unit, parents: Sequence[Unit], language: Language) -> list[Value]:
    above = ", ".join(parent.name for parent in parents)
    period = [day_text(unit.valid_from, language), day_text(unit.valid_to, language)]
    return [unit.code, unit.name, LEVEL_WORDS[unit.level].short.pick(language), above, *period]


def listing(heads: Sequence[Text], rows: Sequence[Sequence[Value]], language: Language) -> Table:
    """Return a table whose rows stay on one line each, as wide as they are: they are searched and piped."""
    table = text_table([head.pick(language) for head in heads], rows, wraps=False)
    return table._replace(heads_alone=True)


def _document(units: Iterable[Mapping[str, object]]) -> dict[str, object]:
    return {"schema": SCHEMA, "units": list(units)}


def _records(entries: Sequence[tuple[Unit, str, Sequence[Heir]]], last: str) -> Records:
    rows = []
    for unit, extra, heirs in entries:
        start, end = unit.valid_from.isoformat(), unit.valid_to.isoformat() if unit.valid_to else ""
        now = " ".join(heir.unit.code for heir in heirs)
        rows.append([unit.code, unit.name, unit.type, unit.level.value, unit.parent_code, start, end, extra, now])
    return Records(["code", "name", "type", "level", "parent_code", "valid_from", "valid_to", last, "now"], rows)


HOUSEHOLDS_TEXT: Final = {
    Households.ALL: Text("toàn bộ số hộ", "all households"),
    Households.ALL_PRESUMED: Text(
        "toàn bộ số hộ (chưa đối chiếu nghị quyết)", "all households (resolution not compared)"
    ),
    Households.PART: Text("một phần số hộ", "a part of the households"),
    Households.NONE: Text("chỉ diện tích, không có hộ", "area only, no households"),
    Households.UNKNOWN: Text("chưa rõ số hộ", "households not known"),
    Households.SAME: NO_TEXT,
}
KIND_TEXT: Final = {
    "merged": Text("sáp nhập", "merged"),
    "divided": Text("chia tách", "divided"),
    "part_transferred": Text("điều chỉnh một phần", "a part transferred"),
    "unchanged": Text("giữ nguyên", "unchanged"),
    "kept": Text("giữ mã, đổi địa bàn", "code kept, other area"),
    "moved": Text("chuyển sang huyện khác", "moved to another district"),
    "renamed": Text("đổi tên", "renamed"),
    "retyped": Text("đổi loại đơn vị", "retyped"),
    "recoded": Text("đổi mã", "recoded"),
    "tier_dropped": Text("bỏ cấp huyện", "district tier ended"),
    "unresolved": Text("chưa rõ về đâu", "successor not known"),
}
