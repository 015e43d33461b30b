"""Whether a table holds what is read as such: results, of all poor households, at the end of a year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.normalise.sheet.cells import SheetContext
from thidua_cli.normalise.sheet.headings import fold
from thidua_cli.normalise.sheet.other_figures import OtherFigures, OtherSense, other_figures, says_result
from thidua_cli.normalise.sheet.other_time import OtherTime, other_time
from thidua_cli.normalise.sheet.subject_findings import no_result, not_of_a_year_end
from thidua_cli.normalise.sheet.title import (
    FILE_NAME,
    FOLDER_NAME,
    SHEET_NAME,
    TITLE,
    names_of,
    years_in_title,
    years_mentioned,
)
from thidua_cli.normalise.sheet.year_findings import H005, another_time

_TITLE_ROWS: Final = 25
_OPTION: Final = Text("--year", "--year")
_PLANNED: Final = late_pattern(r"\b(?:ke hoach|chi tieu|muc tieu|du kien|uoc)\b")
_DONE: Final = late_pattern(r"\b(?:thuc hien|ket qua|thuc te|cuoi nam)\b")
_GROUPS: Final = (
    *(
        ("dtts", "dan toc", "dong bao"),
        ("co cong", "ncc"),
        ("thoat", "tai ngheo", "phat sinh", "ngheo moi", "giam", "tang"),
    ),
    *(("phu nu", "chu ho"), ("vay", "du no"), ("lao dong",), ("tre em",), ("ho tro",)),
    *(("bao tro", "chinh sach"), ("khuyet tat",), ("cao tuoi",), ("don than",), ("cong giao", "ton giao", "theo dao")),
)
"""Words for parts of the poor: a column that is headed so says itself which of the columns is meant."""
_LEFT: Final = _GROUPS[2]
_NOTE: Final = Text("ghi chú dưới biểu", "the note below the table")
_NOTE_ROWS: Final = 12
_OF_FIGURES: Final = late_pattern(
    r"^(?:(?:ghi chu|luu y|chu thich) )?(?:so lieu(?: ho (?:can )?ngheo)?|(?:tong )?(?:so )?ho (?:can )?ngheo)"
    r"(?: (?:nay|tren|neu tren|trong bieu|la|cua|so|so lieu|duoc|lay|tong hop|tinh|thong ke|tai))*"
    r"(?= (?:den|thoi diem|dau|giua|\d|quy|thang|t\d|so ket|uoc|du|ke hoach|khong|chua))"
)
"""Notes of definitions name times and parts too: only one that begins with the figures is of them."""
_OTHER_COUNT: Final = late_pattern(r"\b\d[\d ]* ho\b|\b\d\d? 12\b")
"""A note with a count of its own speaks of that one ("Số hộ nghèo đầu năm 2024: 1.300 hộ"); 14/12 is a review's end."""
_LEFT_OUT: Final = late_pattern(r"^(?:khong|chua) (?:bao gom|gom|tinh|ke)\b")


class TableSubject(NamedTuple):
    """What the words around a table say of its figures."""

    findings: Sequence[Finding] = ()
    is_refused: bool = False
    """They are no results of all the poor at a year-end."""


class TableWords(NamedTuple):
    """A table as its words tell it."""

    title: tuple[str, ...]
    header_top: int
    """0-based row of the header."""
    headings: tuple[str, ...]
    years: Collection[int] = ()
    """Years that its headings name."""
    is_movement: bool = False


def table_subject(sheet: SheetContext, words: TableWords) -> TableSubject:
    """Return what is said where a table is no result of the whole (H015) or of no year-end (H014, H005)."""
    other = next(_other_figures(sheet, words), None) or next(_noted(sheet, words), None)
    if other is not None:
        return TableSubject([other], is_refused=other.kind is not H005)
    for where, index, time in _times(sheet, words):
        if words.years and time.year is not None and time.year not in words.years:
            continue  # the columns name their years, and it is none of them
        origin = sheet.grid.origin() if index is None else _origin(sheet, words, index, time.words)
        stated = sheet.options.year
        used = stated or (None if words.is_movement else time.year_end)
        if used is None:
            return TableSubject([not_of_a_year_end(origin, where, time.words)], is_refused=True)
        if time.year_end != used or not stated:
            return TableSubject([another_time(origin, used, _OPTION if stated else None, where, time)])
    return TableSubject()


def _times(sheet: SheetContext, words: TableWords) -> Iterator[tuple[Text, int | None, OtherTime]]:
    """Yield the other times that title and sheet name, with the line of the title."""
    years: list[int] | None = None
    for index, line in enumerate((*words.title, sheet.grid.sheet)):
        time = other_time(line)
        if time is None:
            continue
        if time.may_be_of_paper:
            years = years_in_title(words.title) if years is None else years
            if time.is_of_paper([*years, *filter(None, [sheet.options.year])]):
                continue
        is_title = index < len(words.title)
        yield (TITLE, index, time) if is_title else (SHEET_NAME, None, time)


def _other_figures(sheet: SheetContext, words: TableWords) -> Iterator[Finding]:
    """Yield H015 for what title, sheet or, where the title calls them no results, file and folder say."""
    for index, figures in other_figures(words.title):
        if not _say_columns(words, figures):
            yield no_result(_origin(sheet, words, index, figures.words), TITLE, figures)
    file, folder = names_of(sheet.grid.file)
    around = ((SHEET_NAME, sheet.grid.sheet), (FILE_NAME, file), (FOLDER_NAME, folder))
    for where, name in around:
        for _, figures in other_figures((name,)):
            if _say_columns(words, figures) or (where is not SHEET_NAME and figures.sense is OtherSense.PART):
                continue
            if where is SHEET_NAME or not _is_dated_result(sheet, words):
                yield no_result(sheet.grid.origin(), where, figures)
        if says_result(name):
            return


def _noted(sheet: SheetContext, words: TableWords) -> Iterator[Finding]:
    """Yield what the last lines of the sheet say of the figures above them: another time, a plan, who is left out."""
    cells = sheet.cells
    for row in range(max(words.header_top + 1, len(cells.rows) - _NOTE_ROWS), len(cells.rows)):
        line = cells.first_text(row) if cells.filled(row) == 1 else ""
        if not line or not _OF_FIGURES.search(fold(line)) or _OTHER_COUNT.search(fold(line)):
            continue
        column = next(index for index in range(cells.width) if cells.text(row, index))
        origin, header = sheet.grid.origin(row, column), " ".join(map(fold, words.headings))
        for _, figures in other_figures((line,)):
            if figures.sense is OtherSense.PLAN or _LEFT_OUT.search(figures.key):
                yield no_result(origin, _NOTE, figures)
        time, stated = None if words.is_movement else other_time(line), sheet.options.year
        if time is None or time.is_of_paper(years_in_title(words.title)) or fold(time.words) in header:
            continue
        if stated is None:
            yield not_of_a_year_end(origin, _NOTE, time.words)
        elif time.year_end != stated:
            yield another_time(origin, stated, _OPTION, _NOTE, time)


def _is_dated_result(sheet: SheetContext, words: TableWords) -> bool:
    """Say whether title and sheet alone say that these are results, and of which year: no file's name is needed."""
    is_dated = words.years or sheet.options.year or years_mentioned(words.title, sheet.grid.sheet, "")
    return bool(is_dated) and any(map(says_result, words.title))


def _say_columns(words: TableWords, figures: OtherFigures) -> bool:
    """Say whether the headings tell themselves which columns the words of a title mean."""
    header = " ".join(map(fold, words.headings))
    if figures.sense is OtherSense.PLAN:
        return bool(_PLANNED.search(header) and _DONE.search(header))
    # "Kế hoạch giảm hộ nghèo" says of no other column that it holds those who left
    header = " ".join(key for key in map(fold, words.headings) if not _PLANNED.search(key))
    groups = [group for group in _GROUPS if any(word in figures.key for word in group)]
    # "đồng bào Công giáo" are of two groups, and a column of "DTTS" speaks of one
    return bool(groups) and all(
        (words.is_movement and group is _LEFT) or any(word in header for word in group) for group in groups
    )


def _origin(sheet: SheetContext, words: TableWords, index: int, quoted: str) -> Origin:
    """Return the cell of a line of the title; the sheet where several cells make it up."""
    cells, line, grid = sheet.cells, words.title[index], sheet.grid
    for row in range(words.header_top - 1, max(-1, words.header_top - _TITLE_ROWS), -1):
        for column in range(cells.first_column, cells.width) if cells.values(row) else ():
            text = cells.text(row, column)
            if text and (text == line or (quoted in text and text in line)):
                return grid.origin(row, column)
    return grid.origin()
