"""What `thidua units diff` shows: counts by tier and type, then every change; JSON and CSV for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Document, Line, Section, Styled, text_line
from thidua_cli.present.toolkit.evidence import evidence_text
from thidua_cli.present.toolkit.view import Records, View
from thidua_cli.present.units.change_words import HOUSEHOLDS_TEXT
from thidua_cli.present.units.view import day_text, listing
from thidua_cli.units.changes import Households
from thidua_cli.units.differences import Difference, Differences, Share

SCHEMA: Final = "thidua.units-diff/1"
_KIND_TEXT: Final = {
    "merged": Text("Lập từ nhiều đơn vị", "Made of several units"),
    "divided": Text("Chia về nhiều đơn vị", "Divided among several units"),
    "new": Text("Mới, chưa rõ lập từ đơn vị nào", "New, not known from which units"),
    "gone": Text("Không còn, chưa rõ về đơn vị nào", "Gone, not known where to"),
    "tier_dropped": Text("Bỏ cấp huyện", "District tier ended"),
    "recoded": Text("Đổi mã", "Another code"),
    "renamed": Text("Đổi tên", "Another name"),
    "retyped": Text("Đổi loại", "Another type"),
    "moved": Text("Chuyển sang huyện khác", "Moved to another district"),
}
_ALSO: Final = Text("cũng", "also")
_TITLE: Final = Text("Danh mục {area}: {first} so với {second}", "Units of {area}: {first} against {second}")
_COUNTRY: Final = Text("cả nước", "the country")
_UNCHANGED: Final = Text("Không đổi: {count} đơn vị", "Unchanged: {count} units")
_NOTHING: Final = Text("Không có thay đổi nào.", "Nothing changed.")
_HEADS: Final = (
    Text("Thay đổi", "Change"),
    Text("Ngày", "Day"),
    Text("Trước", "Before"),
    Text("Sau", "After"),
    Text("Căn cứ", "Evidence"),
)
_COLUMNS: Final = ("kind", "date", "from_code", "from_name", "to_code", "to_name", "households", "evidence")


def differences_view(found: Differences) -> View:
    """Return what changed; as rows, one per pair of units, on a page one per change."""

    def page(language: Language) -> Document:
        counts = listing(*_counts(found, language), language)
        changes = listing(_HEADS, [_cells(one, language) for one in found.rows], language)
        return Document([Section(table=counts), Section(table=changes)])

    return View(
        page=page,
        screen=partial(_screen, found),
        record=lambda _: differences_document(found),
        rows=lambda _: Records(_COLUMNS, [row for one in found.rows for row in _pairs(one)]),
    )


def differences_document(found: Differences) -> dict[str, object]:
    """Return the document "thidua.units-diff/1"."""
    within = found.within
    return {
        "schema": SCHEMA,
        "from": found.first.isoformat(),
        "to": found.second.isoformat(),
        "within": None if within is None else {"code": within.code, "name": within.name},
        "counts": [
            {"level": level.value, "type": type_word, "from": before, "to": after}
            for level, type_word, before, after in found.counts
        ],
        "unchanged": found.unchanged,
        "differences": [
            {
                "kinds": list(one.kinds),
                "dates": [day.isoformat() for day in one.days],
                "from": [_share_record(share) for share in one.before],
                "to": [_share_record(share) for share in one.after],
                "evidence": list(one.evidence),
            }
            for one in found.rows
        ],
    }


def _share_record(share: Share) -> dict[str, object]:
    unit = share.unit
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level.value,
        "parent_code": unit.parent_code or None,
        "households": share.households.value or None,
    }


def _pairs(one: Difference) -> Iterator[list[str]]:
    """Yield one row per pair of units; a side without a unit is empty."""
    for before in one.before or (None,):
        for after in one.after or (None,):
            units = [(share.unit.code, share.unit.name) if share else ("", "") for share in (before, after)]
            households = next((share.households.value for share in (before, after) if share and share.households), "")
            days = " ".join(day.isoformat() for day in one.days)
            yield [" ".join(one.kinds), days, *units[0], *units[1], households, "; ".join(one.evidence)]


def _counts(found: Differences, language: Language) -> tuple[list[Text], list[list[str]]]:
    days = [Text(day_text(day, Language.VI), day_text(day, Language.EN)) for day in (found.first, found.second)]
    heads = [Text("Cấp", "Level"), Text("Loại", "Type"), *days]
    rows = [
        [
            LEVEL_WORDS[level].short.pick(language),
            type_word,
            format_count(before, language),
            format_count(after, language),
        ]
        for level, type_word, before, after in found.counts
    ]
    return heads, rows


def _cells(one: Difference, language: Language) -> list[str]:
    kinds = ", ".join(_KIND_TEXT[kind].pick(language) for kind in one.kinds)
    days = ", ".join(day_text(day, language) for day in one.days)
    evidence = "; ".join(evidence_text(cited, language) for cited in one.evidence)
    return [kinds, days, _side(one.before, language), _side(one.after, language), evidence]


def _side(shares: Sequence[Share], language: Language) -> str:
    return "; ".join(_unit(share, language) for share in shares)


def _unit(share: Share, language: Language) -> str:
    """Write a unit with its code, and how many of the households went along where not all did."""
    whole = (Households.SAME, Households.ALL, Households.ALL_PRESUMED)
    part = "" if share.households in whole else f": {HOUSEHOLDS_TEXT[share.households].pick(language)}"
    return f"{share.unit.name} ({share.unit.code}){part}"


def _screen(found: Differences, language: Language, width: int) -> Iterator[Line]:
    area = _COUNTRY if found.within is None else Text(found.within.name, found.within.name)
    days = [Text(day_text(day, Language.VI), day_text(day, Language.EN)) for day in (found.first, found.second)]
    title = _TITLE.fill(area=area, first=days[0], second=days[1]).pick(language)
    yield from terminal.wrapped(title, width, style="bold")
    heads, rows = _counts(found, language)
    cells = [[Styled(head.pick(language)) for head in heads], *([Styled(cell) for cell in row] for row in rows)]
    yield from terminal.aligned(cells, right=(2, 3))
    yield text_line(_UNCHANGED.fill(count=found.unchanged).pick(language))
    if not found.rows:
        yield text_line(_NOTHING.pick(language))
    for kind, group in groupby(found.rows, key=lambda row: row.kinds[0]):
        changes = list(group)
        yield text_line()
        yield text_line(f"{_KIND_TEXT[kind].pick(language)}: {format_count(len(changes), language)}", "bold")
        for one in changes:
            yield from terminal.wrapped(_sentence(one, language), width, indent="  ", hanging="    ")


def _sentence(one: Difference, language: Language) -> str:
    _, days, before, after, evidence = _cells(one, language)
    text = f"{after} ← {before}" if one.kinds[0] == "merged" else " → ".join(filter(None, (before, after)))
    if len(one.kinds) > 1:
        also = ", ".join(_KIND_TEXT[kind].pick(language).lower() for kind in one.kinds[1:])
        text += f" ({_ALSO.pick(language)} {also})"
    cited = ", ".join(filter(None, (days, evidence)))
    return f"{text} [{cited}]" if cited else text
