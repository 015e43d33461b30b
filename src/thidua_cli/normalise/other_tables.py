"""Tables of other forms, told by most of their columns.

One word decides nothing: "Điện Biên" is no movement ("diễn biến"), and a table of counts may have one column about
causes or about what households lack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import REQUIRED_COUNTS
from thidua_cli.normalise.sheet.cells import Cells
from thidua_cli.normalise.sheet.headings import Layout, fold, is_figure

_MOVEMENT: Final = Text(
    "biểu diễn biến thiếu cột đầu năm, cuối năm của Mẫu 09, 10",
    "a table of movement without the opening and closing columns of Mẫu 09, 10",
)
_OTHER_FORMS: Final = (
    (re.compile(r"\bthieu hut\b"), Text("biểu chỉ số thiếu hụt (Mẫu 11, 12)", "deprivation indicators (Mẫu 11, 12)")),
    (re.compile(r"\btru dt kinh\b"), Text("biểu theo dân tộc (Mẫu 16)", "table by ethnic group (Mẫu 16)")),
    (re.compile(r"\bnguyen nhan\b"), Text("biểu nguyên nhân nghèo (Mẫu 17)", "causes of poverty (Mẫu 17)")),
)
"""Words of other forms, folded."""
_DIEN_BIEN: Final = re.compile(r"\bdiễn biến\b|(?<!tinh )\bdien bien\b(?! (?:phu|dong)\b)")
"""Movement, with accents; "dien bien" typed without any may be the province or its city."""
_HEAD_ROWS: Final = 15
_LABELS: Final = 2
"""Columns of most tables that hold no figure: number and name."""


def other_table(layout: Layout) -> Text | None:
    """Name a table that is not ours by its words: those of another form, where most of its columns are not known.

    A title may speak of causes and movement above a sound Mẫu 08.
    """
    meanings = [column.meaning for column in layout.columns]
    if set(meanings) >= set(REQUIRED_COUNTS) or meanings.count(None) <= sum(map(is_figure, meanings)):
        return None
    return _other_words((*layout.title, *(segment for column in layout.columns for segment in column.path)))


def other_sheet(cells: Cells) -> Text | None:
    """Name the form of another kind that stands on a sheet without any header of ours."""
    return _other_words(tuple(_weighty_texts(cells)))


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
    return next((name for words, name in _OTHER_FORMS if any(map(words.search, folded))), None)
