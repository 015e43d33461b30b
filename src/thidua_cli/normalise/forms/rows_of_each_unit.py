"""Several rows of each unit, and a column that says what each is: "Kế hoạch | Thực hiện", "Sơ bộ | Chính thức".

Only the row that says it is of the whole unit at the end of the year is read. What the others say is told once (F012):
the first row of a unit may be its plan, its men, its towns, or the year before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import COUNTS
from thidua_cli.normalise.forms.households_and_persons import (
    BREAKDOWN,
    WHOLE,
    Breakdown,
    has_figures,
    of_households,
    rows_with_figures,
)
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.headings import IGNORED, UPPER_UNIT, Layout, fold
from thidua_cli.normalise.sheet.uneven_rows import F012
from thidua_cli.normalise.sheet.year_headings import is_year
from thidua_cli.quoting import Quotable, Telling

_ROWS_LOOKED_AT: Final = 8
_MOST_WORDS: Final = 6
_NAMES: Final = ("unit_name", "unit_code")
_WHOLE_UNIT: Final = frozenset(
    {
        "thuc hien", "th", "ket qua", "ket qua thuc hien", "chinh thuc", "ket qua chinh thuc", "tong so", "tong",
        "tong cong", "tong so ho", "chung", "cuoi nam", "cuoi ky", "ca nam", "ho", "so ho",
    }
)  # fmt: skip
_ROWS: Final = Text("{count} dòng số liệu ở {cells}", "{count} rows of figures in {cells} are")
_TAKEN: Final = Text(
    "mỗi đơn vị có nhiều dòng ({words}); chỉ đọc dòng “{taken}”",
    "every unit has several rows ({words}); “{taken}” is read",
)
_NONE_TAKEN: Final = Text(
    "mỗi đơn vị có nhiều dòng ({words}), không dòng nào ghi là số của cả đơn vị cuối năm (Hộ, Tổng số, Thực hiện, Chính"
    " thức, Cuối năm)",
    "every unit has several rows ({words}), and none says that it is of the whole unit at the end of the year (Hộ, Tổng"
    " số, Thực hiện, Chính thức, Cuối năm)",
)
_KNOWN: Final = _WHOLE_UNIT | frozenset(
    {
        "ke hoach", "kh", "so bo", "du kien", "dau nam", "dau ky", "6 thang", "9 thang", "quy i", "quy ii", "quy iii",
        "nam", "nu", "thanh thi", "nong thon", "kinh", "dtts", "dan toc kinh", "khau", "nhan khau", "nguoi",
    }
)  # fmt: skip
"""Words of the forms for what a row holds."""


def of_whole_units(cells: Cells, layout: Layout) -> tuple[Layout, Breakdown]:
    """Return a table of results with those rows of each unit that count its households as a whole."""
    of_kind, breakdown = of_households(cells, layout)
    counts = [column.index for column in layout.columns if column.meaning in COUNTS]
    if breakdown is not WHOLE or not counts or layout.column("year") or not _has_several_rows(cells, layout, counts):
        return of_kind, breakdown
    body = rows_with_figures(cells, counts, layout.header_bottom + 1)
    column = _column_of_words(cells, layout, min(counts), body)
    if column is None:
        return layout, WHOLE
    texts = {row: cells.text(row, column) for row in body}
    if all(is_year(text) for text in texts.values() if text):
        return _with_meaning(layout, column, "year"), WHOLE
    others = tuple(row for row, text in texts.items() if text and fold(text) not in _WHOLE_UNIT)
    taken = [row for row, text in texts.items() if row not in others]
    return _with_meaning(layout, column, BREAKDOWN), Breakdown(
        column, label_rows=dict(_label_rows(cells, layout, taken)), others=others
    )


def _with_meaning(layout: Layout, index: int, meaning: str) -> Layout:
    columns = (replace(c, meaning=meaning) if c.index == index else c for c in layout.columns)
    return replace(layout, columns=tuple(columns))


def _columns_of_names(layout: Layout) -> list[int]:
    return [c.index for c in layout.columns if c.meaning in _NAMES or (c.meaning or "").startswith(UPPER_UNIT)]


def _label(cells: Cells, names: Sequence[int], row: int) -> str:
    """Return what the columns of names say in a row; of a merged range only in its first row."""
    return " ".join([cells.text(row, column) for column in names]).strip()


def _has_several_rows(cells: Cells, layout: Layout, counts: Sequence[int]) -> bool:
    """Say whether one of the first rows with figures has no name of its own, or that of the row above."""
    first = layout.header_bottom + 1
    rows, names = range(first, first + _ROWS_LOOKED_AT), _columns_of_names(layout)
    labels = {row: _label(cells, names, row) for row in rows}
    if "" not in labels.values() and len(set(labels.values())) == len(labels):
        return False  # most tables
    of_figures = [labels[row] for row in rows if has_figures(cells, row, counts)]
    return any(above and below in ("", above) for above, below in pairwise(of_figures))


def _column_of_words(cells: Cells, layout: Layout, first_count: int, body: Sequence[int]) -> int | None:
    """Return the column before the figures that says with a few words in turn what each row is."""
    labels = {column.index for column in layout.columns if column.meaning not in (None, f"{IGNORED}note")}
    for column in range(first_count - 1, cells.first_column - 1, -1):
        texts = [text for row in body if (text := cells.text(row, column))]
        if column not in labels and 2 * len(texts) > len(body) and 1 < len(set(texts)) <= _MOST_WORDS:
            return column
    return None


def _label_rows(cells: Cells, layout: Layout, taken: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each row taken that bears no name, with the row above it that does."""
    bearer, wanted, names = layout.header_bottom + 1, set(taken), _columns_of_names(layout)
    for row in range(bearer, max(taken, default=-1) + 1):
        if _label(cells, names, row):
            bearer = row
        elif row in wanted and row != bearer:
            yield row, bearer


def others_finding(sheet: SheetContext, layout: Layout, breakdown: Breakdown, end: int) -> Iterator[Finding]:
    """Yield F012 once for the rows above `end` that are not of a whole unit."""
    column = breakdown.column
    rows = [row for row in breakdown.others if row < end]
    if column is None or not rows:
        return
    texts = list(dict.fromkeys(sheet.cells.text(row, column) for row in range(layout.header_bottom + 1, end)))
    taken = [text for text in texts if fold(text) in _WHOLE_UNIT]
    place = sheet.grid.origin(rows[0], column)._replace(last_row=rows[-1] + 1)
    details = {
        "what": _ROWS.fill(count=len(rows), cells=place.cell),
        "reason": _reason(texts, taken),
    }
    yield Finding(F012, place, details=details, severity_here=None if taken else Severity.ERROR)


def _reason(texts: Sequence[str], taken: Sequence[str]) -> Telling:
    """Return the words that tell the rows apart; those that nobody knows may be names."""
    listed_words = [Quotable(text) if fold(text) in _KNOWN else text for text in texts if text]
    words = {f"word{number}": text for number, text in enumerate(listed_words)}
    listed = ", ".join(f"“{{{name}}}”" for name in words)
    template = _TAKEN if taken else _NONE_TAKEN
    chosen = Quotable("".join(taken[:1]))
    text = Text(template.vi.replace("{words}", listed), template.en.replace("{words}", listed))
    return Telling(text, {**words, "taken": chosen})
