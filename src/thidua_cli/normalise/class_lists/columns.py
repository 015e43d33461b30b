"""Where the table of a list stands, and what its columns hold: a header in one to three rows, anywhere in the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.normalise.class_lists.words import (
    ListPeriod,
    ascii_words,
    classes_named,
    period_named,
    speaks_of_areas,
    stated_class,
)
from thidua_cli.normalise.sheet.cells import Cells

HEADER_ROWS: Final = 3
_SEARCHED: Final = 2_000
"""Rows in which headers are looked for below each other: a list of a whole country, cut into provinces."""
_WIDEST: Final = 80
"""Columns of a list that are looked at: what stands farther right is beside it."""
_TITLE_ROWS: Final = 12


class ListColumn(StrEnum):
    """What a column of a list holds."""

    UNIT_CODE = "unit_code"
    NAME = "name"
    DISTRICT = "district"
    PROVINCE = "province"
    CLASS = "class"
    FROM = "from"
    TO = "to"
    SOURCE = "source"
    BESIDE = "beside"
    """Known, and of no use here: STT, ghi chú, counts."""


_MEANINGS: Final[Mapping[ListColumn, tuple[str, ...]]] = {
    ListColumn.BESIDE: (
        *("s?tt", "tt", "so tt", "so thu tu", "no", "ghi chu", "note", "list", "bundled list", "danh muc co san"),
        *("(?:tong )?so (?:ho|khau|thon|xa|nguoi).*", "ho ngheo.*", "dan so.*", "dien tich.*", "ty le.*"),
        "(?:thuoc )?danh muc(?: nao)?",
    ),
    ListColumn.UNIT_CODE: (
        *("unit code", "code", "ma", "ma (?:don vi )?(?:cap )?xa(?: phuong(?: thi tran)?)?"),
        "ma (?:so|don vi|dvhc|hanh chinh|dia ban|gso|dia phuong)(?: hanh chinh)?",
    ),
    ListColumn.FROM: (
        *("from", "tu", "tu ngay", "first day", "(?:hieu luc|ap dung) tu(?: ngay)?"),
        *("ngay (?:bat dau|hieu luc|ap dung)", "thoi diem (?:bat dau|cong nhan|ap dung)"),
    ),
    ListColumn.TO: (
        *("to", "den", "den ngay", "den het ngay", "last day", "het hieu luc(?: ngay)?"),
        "ngay (?:ket thuc|het hieu luc)",
    ),
    ListColumn.SOURCE: (
        *("source", "nguon", "can cu", "can cu phap ly", "van ban", "(?:so )?quyet dinh", "qd", "theo quyet dinh"),
        *("can cu nguon", "nguon can cu"),
    ),
    ListColumn.CLASS: (
        *("class", "area", "phan loai", "loai", "loai xa", "loai huyen", "(?:xa )?(?:thuoc )?(?:khu vuc|kv)"),
        *("(?:thuoc )?dien", "thuoc danh sach", "xep loai", "(?:ket qua )?phan dinh(?: khu vuc)?", "nhom"),
        *("phan loai (?:xa|huyen|don vi|khu vuc)", "(?:xa )?(?:thuoc )?khu vuc i ii iii"),
        r"(?:phan loai|khu vuc|kv|phan dinh|thuoc khu vuc)\b.{0,60}(?:giai doan|theo|qd|nam)\b.*",
    ),
    ListColumn.PROVINCE: ("(?:ten )?tinh(?: tp| thanh pho)?", "province", "thuoc tinh"),
    ListColumn.DISTRICT: (
        "(?:ten )?(?:quan )?huyen(?: quan)?(?: thi xa| tx)?(?: thanh pho| tp)?",
        *("district", "thuoc huyen", "truc thuoc", "(?:don vi )?cap tren", "parent", "thuoc don vi"),
    ),
    ListColumn.NAME: (
        *("unit name", "unit", "name", "commune", "ten", "ten goi", "danh sach xa", "(?:ten )?phuong xa"),
        "(?:ten )?(?:don vi|dia ban|dia phuong|dvhc)(?: hanh chinh)?(?: cap xa| cap huyen)?",
        *("(?:ten )?(?:cac )?xa(?: phuong)?(?: thi tran| tt)?(?: dac khu)?", "ten xa .{0,30}"),
    ),
}
_PATTERNS: Final = tuple((meaning, late_pattern("|".join(words))) for meaning, words in _MEANINGS.items())
_COUNTED: Final = late_pattern(r"(?<!thieu )\bso\b|\b(?:thon|ban|ap|ho|khau|ty le|dien tich|kinh phi|von|dan so)\b")
"""Words of headings that count something in a unit: "Số thôn thuộc khu vực III" is no class of it."""
_LOWER_CODE: Final = late_pattern(r"ma (?:cap )?huyen|ma (?:quan )?huyen|ma qh|ma (?:cap )?tinh|ma tp")
"""Codes of the units above, where the list also has those of its units."""


@dataclass(frozen=True, slots=True)
class ClassColumn:
    """A column that says the class: in words, or by a mark where its heading names the class."""

    column: int
    token: str = ""
    """The class whose marks it holds; empty where it holds words."""
    of_areas: bool = False
    """It speaks of areas I, II and III: a number in it is one of them."""
    period: ListPeriod | None = None
    """Years that its heading names."""


@dataclass(frozen=True, slots=True)
class ClassTable:
    """One table of a list: where its rows begin, what its columns hold, and what stands above it."""

    title: tuple[str, ...]
    header_top: int
    header_bottom: int
    columns: Mapping[ListColumn, int]
    classes: Sequence[ClassColumn]

    @property
    def period(self) -> ListPeriod | None:
        """The years that its title names."""
        return period_named(self.title)


def tables_of(cells: Cells, sheet: str) -> Iterator[ClassTable]:
    """Yield the tables of a sheet that list units with classes, from top to bottom."""
    row, end = 0, min(len(cells.rows), cells.last_row + 1)
    above = 0
    while row < end:
        table = _table_at(cells, row, above, sheet)
        if table is None:
            row += 1
            if row - above > _SEARCHED:
                return
            continue
        yield table
        row = above = table.header_bottom + 1


def _table_at(cells: Cells, row: int, above: int, sheet: str) -> ClassTable | None:
    if cells.filled(row) == 0:
        return None
    first = _paths(cells, row, row)
    if ListColumn.NAME not in (known := {_meaning(path) for path in first.values()}) and not known & {
        ListColumn.UNIT_CODE,
        ListColumn.DISTRICT,
    }:
        return None
    bottom = _bottom(cells, row)
    paths = _paths(cells, row, bottom)
    title = _title(cells, row, above)
    columns, classes = _columns(paths, title)
    if not (columns.keys() & {ListColumn.NAME, ListColumn.UNIT_CODE}):
        return None
    odd = sum(1 for path in paths.values() if _meaning(path) is None and not _class_column(0, path, title))
    says_class = classes or any(len(classes_named(text)) == 1 for text in (*title, sheet))
    # a section may say it: the rows tell
    if not says_class and not _has_section(cells, bottom + 1):
        return None
    return ClassTable(title, row, bottom, columns, classes) if odd <= len(paths) - odd else None


def _has_section(cells: Cells, start: int) -> bool:
    rows = range(start, min(start + 5, len(cells.rows)))
    return any(len(classes_named(text)) == 1 for row in rows for text in cells.texts(row)[:2])


def _paths(cells: Cells, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """Return the headings of every column between two rows, from the upper to the lower; merged ones fill theirs."""
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(cells.first_column, min(cells.width, cells.first_column + _WIDEST)):
        texts: list[str] = []
        for row in range(top, bottom + 1):
            area = cells.area_of(row, column)
            text = cells.text(area.top, area.left)
            if not text and row < bottom and cells.text(bottom, column):
                text = _group_at_left(cells, row, bottom, column)
            if text and text not in texts:
                texts.append(text)
        if texts:
            paths[column] = tuple(texts)
    return paths


def _group_at_left(cells: Cells, row: int, bottom: int, column: int) -> str:
    """Return the group that is not merged and stands above the first of its columns alone; empty where none does."""
    left = next((place for place in range(column, -1, -1) if cells.text(row, place)), None)
    return cells.text(row, left) if left is not None and cells.text(bottom, left) else ""


def _bottom(cells: Cells, top: int) -> int:
    """Return the last row of a header: that of its merged cells, or of headings under a group."""
    columns = range(cells.first_column, min(cells.width, cells.first_column + _WIDEST))
    bottom = max((cells.area_of(top, column).bottom for column in columns if cells.text(top, column)), default=top)
    bottom = min(bottom, top + HEADER_ROWS - 1)
    below = bottom + 1
    while below < len(cells.rows) and below < top + HEADER_ROWS and _is_below_group(cells, top, below):
        bottom, below = below, below + 1
    return bottom


def _is_below_group(cells: Cells, top: int, row: int) -> bool:
    """Say whether a row holds the headings under a group: classes or numbers of areas, and no name."""
    paths = _paths(cells, top, top)
    named = [column for column, path in paths.items() if _meaning(path) in (ListColumn.NAME, ListColumn.UNIT_CODE)]
    if any(cells.text(row, column) for column in named if cells.area_of(row, column).top != top):
        return False
    texts = [text for column in paths.keys() | set(range(cells.width)) if (text := cells.text(row, column))]
    return bool(texts) and all(
        stated_class(text, of_areas=True) is not None or _meaning((text,)) is not None for text in texts
    )


def _title(cells: Cells, top: int, above: int) -> tuple[str, ...]:
    """Return the texts above a header, those nearest last; rows with as many cells as a table are not of a title."""
    texts: list[str] = []
    for row in range(max(above, top - _TITLE_ROWS), top):
        texts_here = cells.texts(row)
        if len(texts_here) <= 3:
            texts += texts_here
        elif above:
            texts = []
    return tuple(texts)


def _meaning(path: Sequence[str]) -> ListColumn | None:
    """Return what a column holds by its lowest heading, or else by all of them together."""
    for text in (path[-1], " ".join(path), path[0]):
        words = ascii_words(re.sub(r"\((?:\d+|[a-z])\)", " ", text))
        for meaning, pattern in _PATTERNS:
            if pattern.fullmatch(words):
                return meaning
        if _LOWER_CODE.fullmatch(words):
            return ListColumn.BESIDE
    return None


def _class_column(column: int, path: Sequence[str], title: Sequence[str]) -> ClassColumn | None:
    """Return what a column says of classes; None where it says nothing of them."""
    period, whole = period_named(tuple(path)), " ".join(path)
    if _COUNTED.search(ascii_words(whole)):
        return None
    for text in (path[-1], whole):
        stated = stated_class(text, of_areas=len(path) > 1 and speaks_of_areas(whole))
        if stated is not None and stated.inside:
            return ClassColumn(column, stated.tokens[0], period=period)
    if _meaning(path) is ListColumn.CLASS:
        areas = speaks_of_areas(whole) or any(speaks_of_areas(text) and classes_named(text) for text in title)
        return ClassColumn(column, of_areas=areas, period=period)
    return None


def _columns(
    paths: Mapping[int, tuple[str, ...]], title: Sequence[str]
) -> tuple[dict[ListColumn, int], list[ClassColumn]]:
    columns: dict[ListColumn, int] = {}
    classes: list[ClassColumn] = []
    lower_code: int | None = None
    for column, path in paths.items():
        said_class = _class_column(column, path, title)
        if said_class is not None:
            classes.append(said_class)
            continue
        meaning = _meaning(path)
        if meaning is not None:
            columns.setdefault(meaning, column)
        if re.fullmatch(r"ma (?:cap |quan )?huyen", ascii_words(path[-1])):
            lower_code = column
    _settle_tiers(columns, lower_code)
    return columns, classes


def _settle_tiers(columns: dict[ListColumn, int], district_code: int | None) -> None:
    """Let a list of districts have its districts for units: a column “Huyện” is their name where no other is."""
    if ListColumn.NAME in columns or (ListColumn.UNIT_CODE in columns and ListColumn.DISTRICT not in columns):
        return
    for upper in (ListColumn.DISTRICT, ListColumn.PROVINCE):
        if upper in columns:
            columns[ListColumn.NAME] = columns.pop(upper)
            break
    if ListColumn.UNIT_CODE not in columns and district_code is not None:
        columns[ListColumn.UNIT_CODE] = district_code
