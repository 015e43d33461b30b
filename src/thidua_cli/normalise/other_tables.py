"""Tables of other forms, told by most of their columns.

One word decides nothing: "Điện Biên" is no movement ("diễn biến"), and a table of counts may have one column about
causes or about what households lack.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import REQUIRED_COUNTS
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.headings import Layout, fold, is_figure

_MOVEMENT: Final = Text(
    "biểu diễn biến thiếu cột đầu năm, cuối năm của Mẫu 09, 10",
    "a table of movement without the opening and closing columns of Mẫu 09, 10",
)
_OTHER_FORMS: Final = (
    (late_pattern(r"\bthieu hut\b"), Text("biểu chỉ số thiếu hụt (Mẫu 11, 12)", "deprivation indicators (Mẫu 11, 12)")),
    (late_pattern(r"\btru dt kinh\b"), Text("biểu theo dân tộc (Mẫu 16)", "table by ethnic group (Mẫu 16)")),
    (late_pattern(r"\bnguyen nhan\b"), Text("biểu nguyên nhân nghèo (Mẫu 17)", "causes of poverty (Mẫu 17)")),
)
"""Words of other forms, folded."""
_OWN: Final = Text("kết quả do thidua lập", "a result that thidua wrote")
_OWN_TITLES: Final = late_pattern(
    r"so ho ty le va muc giam qua cac nam|ket qua thuc hien chi tieu giam ngheo"
    r"|ket qua xet dieu kien thi dua(?: theo so ho den cuoi nam \d+)?|eligibility by counts to the end of \d+"
    r"|cac don vi khong dat va phan con thieu|units that do not meet the criteria"
    r"|cac don vi chua xac dinh duoc va phan can bo sung|units that cannot be determined yet"
    r"|ket qua tung dieu kien dinh luong|each quantitative clause|ty le va muc giam qua cac nam|rates and falls by year"
    r"|moi so lieu chi ghi mot lan o trang nay .*|every count stands here once .*"
    r"|lap bang chuong trinh thidua .*|made with thidua .*|quy dinh va cach hieu|rules and how they are read"
    r"|i so ho ty le va muc giam|i households rates and falls"
    r"|phat hien khi kiem tra so lieu|phat hien da het|nguon so lieu va quy dinh|counts rates and falls by year"
    r"|eligibility for emulation awards|attainment of poverty reduction targets"
    r"|ket qua da cong bo cua ca nuoc va cac tinh|published results of the country and of provinces"
)
"""Titles of the sheets of results, as they are folded: their figures are those of files that are read themselves."""
_OWN_COLUMNS: Final = (
    frozenset({"rate_percent", "fall_points"}),
    frozenset({"code", "severity", "message"}),
    frozenset({"verdict", "reason"}),
    frozenset({"rule", "attainment_percent"}),
    frozenset({"fall_points_low", "address"}),
    frozenset({"parent_code", "valid_from"}),
    frozenset({"document", "provinces_complete"}),
)
"""Columns that tell the CSV of rates, findings, verdicts, targets, of what was published, of units and of class lists
from a table of counts: figures of the press are none of the office's."""
_CLASS_LIST: Final = Text(
    "danh mục phân loại đơn vị (huyện nghèo, xã khu vực …): nêu bằng --classes",
    "a list of classes of units (poor districts, communes of areas …): give it by --classes",
)
_DIEN_BIEN: Final = late_pattern(r"\bdiễn biến\b|(?<!tinh )\bdien bien\b(?! (?:phu|dong)\b)")
"""Movement, with accents; "dien bien" typed without any may be the province or its city."""
_HEAD_ROWS: Final = 15
_LABELS: Final = 2
"""Columns of most tables that hold no figure: number and name."""


def other_table(layout: Layout) -> Text | None:
    """Name a table that is not to be read: a result of the program, or another form, told by most of its columns.

    A title may speak of causes and movement above a sound Mẫu 08.
    """
    if any(_OWN_TITLES.fullmatch(fold(text)) for text in layout.title):
        return _OWN
    meanings = [column.meaning for column in layout.columns]
    if set(meanings) >= set(REQUIRED_COUNTS) or meanings.count(None) <= sum(map(is_figure, meanings)):
        return None
    return _other_words((*layout.title, *(segment for column in layout.columns for segment in column.path)))


def other_sheet(cells: Cells, sheet: str) -> Text | None:
    """Name the table of another kind that stands on a sheet without any header of ours."""
    named = _other_words(tuple(_weighty_texts(cells))) or own_result(cells.texts(0) if cells.rows else ())
    if named is not None:
        return named
    from thidua_cli.normalise.class_lists.columns import tables_of  # late: of sheets that nothing else is known of

    return _CLASS_LIST if next(tables_of(cells, sheet), None) is not None else None


def own_result(header: Iterable[object]) -> Text | None:
    """Name a table with canonical columns that is a result and no table of counts."""
    names = {str(cell).strip() for cell in header}
    return _OWN if any(columns <= names for columns in _OWN_COLUMNS) else None


def _weighty_texts(cells: Cells) -> Iterator[str]:
    """Yield titles, and of rows of headings those that stand over most of the columns."""
    for row in range(min(len(cells.rows), _HEAD_ROWS)):
        texts = cells.texts(row)
        if len(texts) <= 2:
            yield from texts
            continue
        widths = {area.left: area.right - area.left + 1 for area in cells.merged if area.top == row}
        columns = range(cells.first_column, cells.width)
        spans = {text: widths.get(column, 1) for column in columns if (text := cells.text(row, column))}
        of_others = {text: span for text, span in spans.items() if _other_words((text,)) is not None}
        if 2 * sum(of_others.values()) > len(columns) - _LABELS:
            yield from of_others


@lru_cache(maxsize=256)
def _other_words(texts: Sequence[str]) -> Text | None:
    """Return the other form whose words a text holds: the movement before all others."""
    composed = (unicodedata.normalize("NFC", " ".join(text.lower().split())) for text in texts)
    if any(map(_DIEN_BIEN.search, composed)):
        return _MOVEMENT
    folded = [fold(text) for text in texts]
    if any(map(_OWN_TITLES.fullmatch, folded)):
        return _OWN
    return next((name for words, name in _OTHER_FORMS if any(map(words.search, folded))), None)
