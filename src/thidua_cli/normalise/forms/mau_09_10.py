"""Mẫu 09 and 10 (Thông tư 07/2021/TT-BLĐTBXH, Phụ lục VII) → observations: how the poor and the near-poor moved.

Two rows stand for each unit; those of households are read and those of persons left out. Which column is which is told
by words of its heading (data/forms/), because officers print the causes and the day of the opening count in many
ways. Rows, sections and totals are read as those of Mẫu 08 are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import COUNTS
from thidua_cli.normalise.forms.households_and_persons import BREAKDOWN, Breakdown, find_breakdown
from thidua_cli.normalise.forms.read_form import read_form
from thidua_cli.normalise.forms.register import FormColumn, ReportForm, movement_forms
from thidua_cli.normalise.sheet.cells import Cells, SheetContext
from thidua_cli.normalise.sheet.heading_table import measured
from thidua_cli.normalise.sheet.heading_words import heading_key
from thidua_cli.normalise.sheet.headings import Column, Layout, fold, kept_of_header
from thidua_cli.normalise.table_reading import BlockReading, SheetPart

_LABELS: Final = ("unit_name", "unit_code")
_NO_COUNT: Final = ("ty le", "ke hoach", "chi tieu", "du kien", "uoc", "dtts", "dan toc thieu so")
"""Words of a heading that speaks of something else than all households that moved."""
_PERSONS: Final = ("so khau", "nhan khau", "so nhan khau", "tong so khau", "so nguoi", "tong so nhan khau")


@dataclass(frozen=True, slots=True)
class MovementTable:
    """A table that was recognised as Mẫu 09 or 10."""

    form: ReportForm
    layout: Layout
    """With the meanings that the columns have on this form."""
    breakdown: Breakdown


def find_movements(cells: Cells, layout: Layout) -> list[MovementTable]:
    """Return the table as Mẫu 09 or 10, or as both side by side below one header.

    Empty where it lacks the opening count, the closing count or every movement.
    """
    forms = movement_forms()
    if not _may_be_movement(layout.columns, forms):
        return []  # most tables
    spans = {form.id: span for form in forms if (span := _span(layout, form)) is not None}
    if len(spans) < len(forms) or _overlap(*spans.values()):
        whole = (_as_movement(cells, layout, form) for form in forms)
        return [movement for movement in whole if movement is not None][:1]
    parts = ((form, _beside(layout, spans[form.id], spans.values())) for form in forms)
    return [movement for form, part in parts if (movement := _as_movement(cells, part, form)) is not None]


@kept_of_header
def _may_be_movement(columns: tuple[Column, ...], forms: tuple[ReportForm, ...]) -> bool:
    """Say whether the opening or the closing count of any form is among the columns: else it is no table of one."""
    meanings = {_with_meaning(column, form).meaning for column in columns for form in forms}
    return any({form.opening, form.closing} <= meanings for form in forms)


def _span(layout: Layout, form: ReportForm) -> range | None:
    """Return the columns from the opening to the closing count of a form, where the layout has both."""
    opening, closing = form.opening, form.closing
    columns = {_with_meaning(column, form).meaning: column.index for column in layout.columns}
    if opening not in columns or closing not in columns or columns[opening] > columns[closing]:
        return None
    return range(columns[opening], columns[closing] + 1)


def _overlap(left: range, right: range) -> bool:
    return left.start < right.stop and right.start < left.stop


def _beside(layout: Layout, own: range, spans: Iterable[range]) -> Layout:
    """Return the part of a layout that is of one form: its columns, and the labels left of it.

    Both forms may stand behind one set of labels, or each behind its own.
    """
    left = max((span.stop for span in spans if span.stop <= own.start), default=0)
    first = min(span.start for span in spans)
    labels = [column for column in layout.columns if left <= column.index < own.start]
    if not any(column.meaning in _LABELS for column in labels):
        labels = [column for column in layout.columns if column.index < first]
    is_last = all(span.stop <= own.stop for span in spans)  # what stands behind both is told with the last
    columns = [column for column in layout.columns if column.index in own or (is_last and column.index >= own.stop)]
    return replace(layout, columns=(*labels, *columns))


def _as_movement(cells: Cells, layout: Layout, form: ReportForm) -> MovementTable | None:
    columns = tuple(_with_meaning(column, form) for column in layout.columns)
    meanings = {column.meaning for column in columns}
    opening, *movements, closing = (column.count for column in form.columns)
    if not ({opening, closing} <= meanings and meanings & set(movements)):
        return None
    counts = [column.index for column in columns if column.meaning in COUNTS]
    breakdown = find_breakdown(cells, layout, counts)
    named = (_with_breakdown(column, breakdown) for column in columns)
    return MovementTable(form, replace(layout, columns=tuple(named)), breakdown)


def read_movements(sheet: SheetContext, movements: Sequence[MovementTable]) -> BlockReading:
    """Return one Mẫu 09 or 10, or both; what is wrong with the labels they share is told once."""
    blocks = [read_form(sheet, movement.layout, movement.form, movement.breakdown) for movement in movements]
    tables = tuple(table for block in blocks for part in block.parts for table in part.tables)
    used = set().union(*(block.used for block in blocks))
    return BlockReading((SheetPart(tables, share_cells=True),), used, max(block.end for block in blocks))


def _with_breakdown(column: Column, breakdown: Breakdown) -> Column:
    return replace(column, meaning=BREAKDOWN) if column.index == breakdown.column else column


def _with_meaning(column: Column, form: ReportForm) -> Column:
    count = _count_of(column.path, form)
    if not count:
        return column
    reading = measured(count, column.unit)
    return replace(column, meaning=reading.meaning, refused=reading.refused)


@lru_cache(maxsize=1024)
def _count_of(path: tuple[str, ...], form: ReportForm) -> str:
    """Return the count that a heading path stands for on a form; empty where its words fit none, or several."""
    *groups, leaf = [key for segment in path if (key := heading_key(segment))] or [""]
    if any(_says(words, _NO_COUNT) or words.startswith(_PERSONS) for words in (*groups, leaf)):
        return ""
    known = [column for column in form.columns if _says(leaf, _folded(column.known_by))]
    # the group decides whether households became more or fewer, and only where none does the heading's own words:
    # officers leave "chuyển đi" standing under "Diễn biến tăng"
    inside = next(filter(None, (_inside(known, words) for words in (" ".join(groups), leaf))), [])
    # a header of one row has no group at all
    fitting = inside or (known if len(path) == 1 else [])
    return _only(fitting)


def _inside(columns: Sequence[FormColumn], words: str) -> list[FormColumn]:
    return [column for column in columns if not column.inside or _says(words, _folded(column.inside))]


def _only(columns: Sequence[FormColumn]) -> str:
    return columns[0].count if len(columns) == 1 else ""


def _says(text: str, phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {text} " for phrase in phrases)


@lru_cache(maxsize=64)
def _folded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, phrases))
