"""What `thidua units diff` shows: counts by tier and type, then every change; JSON and CSV for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.lexicon import LEVEL_WORDS
from thidua_cli.present.toolkit import terminal
from thidua_cli.present.toolkit.document import Document, Line, Records, Section, Styled, View, text_line
from thidua_cli.present.toolkit.evidence import evidence_text
from thidua_cli.present.units.view import HOUSEHOLDS_TEXT, day_text, day_words, listing
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


def differences_view(differences: Differences) -> View:
    """Return what changed; as rows, one per pair of units, on a page one per change."""

    def page(language: Language) -> Document:
        counts = listing(*_counts(differences, language), language)
        changes = listing(_HEADS, [_cells(difference, language) for difference in differences.rows], language)
        return Document([Section(table=counts), Section(table=changes)])

    return View(
        page=page,
        screen=partial(_screen, differences),
        record=lambda _: differences_document(differences),
        rows=lambda _: Records(_COLUMNS, [row for difference in differences.rows for row in _pairs(difference)]),
    )


def differences_document(differences: Differences) -> dict[str, object]:
    """Return the document "thidua.units-diff/1"."""
    within = differences.within
    return {
        "schema": SCHEMA,
        "from": differences.first.isoformat(),
        "to": differences.second.isoformat(),
        "within": None if within is None else {"code": within.code, "name": within.name},
        "counts": [
            {"level": level.value, "type": type_word, "from": before, "to": after}
            for level, type_word, before, after in differences.counts
        ],
        "unchanged": differences.unchanged,
        "differences": [
            {
                "kinds": list(difference.kinds),
                "dates": [day.isoformat() for day in difference.days],
                "from": [_share_record(share) for share in difference.before],
                "to": [_share_record(share) for share in difference.after],
                "evidence": list(difference.evidence),
            }
            for difference in differences.rows
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


def _pairs(difference: Difference) -> Iterator[list[str]]:
    """Yield one row per pair of units; a side without a unit is empty."""
    for before in difference.before or (None,):
        for after in difference.after or (None,):
            units = [(share.unit.code, share.unit.name) if share else ("", "") for share in (before, after)]
            households = next((share.households.value for share in (before, after) if share and share.households), "")
            days = " ".join(day.isoformat() for day in difference.days)
            yield [" ".join(difference.kinds), days, *units[0], *units[1], households, "; ".join(difference.evidence)]


def _counts(differences: Differences, language: Language) -> tuple[list[Text], list[list[str]]]:
    days = [day_words(differences.first), day_words(differences.second)]
    heads = [Text("Cấp", "Level"), Text("Loại", "Type"), *days]
    rows = [
        [
            LEVEL_WORDS[level].short.pick(language),
            type_word,
            format_count(before, language),
            format_count(after, language),
        ]
        for level, type_word, before, after in differences.counts
    ]
    return heads, rows


def _cells(difference: Difference, language: Language) -> list[str]:
    kinds = ", ".join(_KIND_TEXT[kind].pick(language) for kind in difference.kinds)
    days = ", ".join(day_text(day, language) for day in difference.days)
    evidence = "; ".join(evidence_text(cited, language) for cited in difference.evidence)
    return [kinds, days, _side(difference.before, language), _side(difference.after, language), evidence]


def _side(shares: Sequence[Share], language: Language) -> str:
    return "; ".join(_unit(share, language) for share in shares)


def _unit(share: Share, language: Language) -> str:
    """Write a unit with its code, and how many of the households went along where not all did."""
    whole = (Households.SAME, Households.ALL, Households.ALL_PRESUMED)
    part = "" if share.households in whole else f": {HOUSEHOLDS_TEXT[share.households].pick(language)}"
    return f"{share.unit.name} ({share.unit.code}){part}"


def _screen(differences: Differences, language: Language, width: int) -> Iterator[Line]:
    area = _COUNTRY if differences.within is None else Text(differences.within.name, differences.within.name)
    days = [day_words(differences.first), day_words(differences.second)]
    title = _TITLE.fill(area=area, first=days[0], second=days[1]).pick(language)
    yield from terminal.wrapped(title, width, style="bold")
    heads, rows = _counts(differences, language)
    cells = [[Styled(head.pick(language)) for head in heads], *([Styled(cell) for cell in row] for row in rows)]
    yield from terminal.aligned(cells, right=(2, 3))
    yield text_line(_UNCHANGED.fill(count=differences.unchanged).pick(language))
    if not differences.rows:
        yield text_line(_NOTHING.pick(language))
    for kind, group in groupby(differences.rows, key=lambda row: row.kinds[0]):
        changes = list(group)
        yield text_line()
        yield text_line(f"{_KIND_TEXT[kind].pick(language)}: {format_count(len(changes), language)}", "bold")
        for difference in changes:
            yield from terminal.wrapped(_sentence(difference, language), width, indent="  ", hanging="    ")


def _sentence(difference: Difference, language: Language) -> str:
    _, days, before, after, evidence = _cells(difference, language)
    text = f"{after} ← {before}" if difference.kinds[0] == "merged" else " → ".join(filter(None, (before, after)))
    if len(difference.kinds) > 1:
        also = ", ".join(_KIND_TEXT[kind].pick(language).lower() for kind in difference.kinds[1:])
        text += f" ({_ALSO.pick(language)} {also})"
    cited = ", ".join(filter(None, (days, evidence)))
    return f"{text} [{cited}]" if cited else text
