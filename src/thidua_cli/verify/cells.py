"""The files once more: are they the ones the result rests on, and what do the cells hold that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.late_pattern import late_pattern
from thidua_cli.read.grid import Cell, Grid, cell_name, column_index
from thidua_cli.read.source import STANDARD_INPUT_NAME, Source, digest, open_source
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import CellRange, SaidFile

_RANGE: Final = late_pattern(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?\Z")
# Which of point and comma groups thousands is not the file's to say: officers mix both, so each reading is tried.
_GROUPS: Final = late_pattern(r"[1-9][0-9]{0,2}([., ])[0-9]{3}(?:\1[0-9]{3})*\Z")
_DECIMALS: Final = late_pattern(r"(.*[0-9])[.,]0+\Z")
_BLANK: Final = late_pattern(r"[^\S\t\r\n]")
_HOURS: Final = late_pattern(r"PT([0-9]{1,10})H00M00S\Z")
"""Hours of a day and more, as an .ods keeps them."""
_NO_WIDTH: Final = "\u200b\u200c\u200d\u2060\ufeff"
_FRACTION: Final = late_pattern(
    r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?=,)|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?=\.))[.,][0-9]{1,3}\Z"
)
_FORMULA_REST: Final = late_pattern(r"[0-9]+[.,][0-9]{9,}\Z")
_NEAR: Final = Decimal(1).scaleb(-9)
"""Of a number: so little beside a whole one is what a formula leaves over, and no fraction."""
_EPOCHS: Final = (date(1899, 12, 31), date(1899, 12, 30), date(1904, 1, 1))
"""Days from which programs count days, where a number shows as a date: before and after a 29 February 1900 that only
Excel knows, and in workbooks of old."""
_BESIDE: Final = frozenset({"classes", "rules", "attestations", "shares", "units", "plans", "mapping", "waivers"})
"""Roles of files that may be left where they were."""

_PLAIN: Final = late_pattern(r"[1-9][0-9]*(?:\.0)?\Z", re.ASCII)
_NAME_LENGTH: Final = 80

CellKey = tuple[str, str, str]
"""File as the result names it, sheet, cell."""
RowKey = tuple[str, str, int]
"""File as the result names it, sheet, row from 0."""


@dataclass(frozen=True, slots=True)
class MatchedFiles:
    """Which given file is which of the result."""

    sources: Mapping[str, Source]
    """File as the result names it → the file that was given."""
    differences: Sequence[Difference]
    unused: Sequence[str]


def match_files(stated: Sequence[SaidFile], given: Sequence[Source], named: Iterable[CellRange]) -> MatchedFiles:
    """Find the files of a result among those given: by path, then by content, then by name alone.

    Args:
        stated: The files the result lists.
        given: The files it is held against.
        named: The cells its numbers name.
    """
    hashes = {source: digest(source) for source in given}
    sources: dict[str, Source] = {}
    differences: list[Difference] = []
    for file in stated:
        source = _source(file, given, hashes)
        if source is None or source.path is None:
            reason = _STANDARD_INPUT if file.file == STANDARD_INPUT_NAME else _NOT_GIVEN
            differences.append(Difference(What.FILE_MISSING, file.file, "–", reason, place=file.file))
            continue
        sources[file.file] = source
        now = hashes.get(source) or digest(source)
        # No hash is no proof: it is blank where the result was made from standard input, or where somebody blanked it.
        if now != file.sha256 or not now:
            about = (file.sha256 or "–", now or "–")
            differences.append(Difference(What.FILE_CHANGED, *about, _CHANGED, place=source.name))
    # Taken off the list, a file would be asked for by nobody, and its cells be read by nobody.
    listed = {file.file for file in stated}
    unlisted = dict.fromkeys(cells.file for cells in named if cells.file not in listed)
    differences += [Difference(What.FILE_MISSING, name, "–", _NOT_LISTED, place=name) for name in unlisted]
    unused = [source.name for source in given if source not in sources.values()]
    return MatchedFiles(sources, differences, unused)


def _source(stated: SaidFile, given: Sequence[Source], hashes: Mapping[Source, str]) -> Source | None:
    name = _base(stated.file)
    orders = (
        (source for source in given if source.name == stated.file),
        (source for source in given if stated.sha256 and hashes[source] == stated.sha256),
        (source for source in given if _base(source.name) == name),
    )
    source = next((source for order in orders for source in order), None)
    if source is None and stated.role in _BESIDE and Path(stated.file).is_file():
        return Source(stated.file, Path(stated.file))
    return source


def _base(name: str) -> str:
    """Return the name of a file without folders, of either system: results travel from Windows to Linux and back."""
    return re.split(r"[/\\]", name)[-1]


@dataclass(slots=True)
class Contents:
    """What the wanted cells hold, and what stands beside them; a cell that is empty or not there has no entry."""

    cells: dict[CellKey, Cell] = field(default_factory=dict)
    texts: dict[RowKey, list[str]] = field(default_factory=dict)
    """Words in the rows in which wanted cells stand, short ones alone: a name is no sentence."""
    codes: dict[RowKey, list[str]] = field(default_factory=dict)
    """What stands there under a heading of codes."""
    _singly: set[tuple[str, str, str]] = field(default_factory=set)
    """File, sheet and column of whole numbers: nothing there counts in thousands."""

    def get(self, key: CellKey, default: Cell = "") -> Cell:
        """Return what a cell holds."""
        return self.cells.get(key, default)

    def note_units(self, counted: Iterable[CellRange]) -> None:
        """Note the columns in which a counted cell holds a plain number: nothing there is in thousands."""
        for range_ in counted:
            for name in cell_names(range_.range):
                if _PLAIN.match(str(self.get((range_.file, range_.sheet, name)))):
                    self._singly.add((range_.file, range_.sheet, _letters(name)))

    def numbers(self, key: CellKey) -> set[int]:
        """Return every whole number a cell may be read as, none for what is no count.

        A fraction counts in thousands only where every number of its column does: 1.5 among whole numbers is a
        mistake of the table, and no 1500 households.
        """
        file, sheet, name = key
        cell = self.get(key)
        is_singly = (file, sheet, _letters(name)) in self._singly
        return _whole_numbers(cell) if is_singly else readings(cell)


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def read_cells(sources: Mapping[str, Source], wanted: Iterable[CellRange]) -> Contents:
    """Return what the wanted cells hold, and the names beside them."""
    by_sheet: dict[tuple[str, str], dict[int, set[int]]] = {}
    for cells in wanted:
        rows = by_sheet.setdefault((cells.file, cells.sheet), {})
        for row, column in places(cells.range):
            rows.setdefault(row, set()).add(column)
    contents = Contents()
    # A book is opened once for all of its cells: opening costs more than reading.
    for name, source in sources.items():
        if any(file == name for file, _ in by_sheet):
            for grid in open_source(source):
                if not isinstance(grid, Finding):
                    _read(contents, name, grid, by_sheet.get((name, grid.sheet), {}))
    return contents


def _read(contents: Contents, file: str, grid: Grid, wanted: Mapping[int, set[int]]) -> None:
    last, first = max(wanted, default=-1), min(wanted, default=0)
    code_columns: set[int] = set()
    for number, row in enumerate(grid.open_rows()):
        if number > last:
            return
        if number < first:
            code_columns |= {index for index, cell in enumerate(row) if _heads_codes(cell)}
        columns = wanted.get(number)
        if columns is None:
            continue
        key = file, grid.sheet, number
        contents.texts[key] = [cell for cell in row if isinstance(cell, str) and _is_word(cell)]
        contents.codes[key] = [_code(row[index]) for index in code_columns if index < len(row)]
        for column in columns:
            index = column - grid.first_column  # calamine leaves out empty columns before the first used one
            if 0 <= index < len(row) and row[index] not in ("", None):
                contents.cells[file, grid.sheet, cell_name(number, column)] = row[index]


def _heads_codes(cell: Cell) -> bool:
    """Say whether a heading announces codes of units: "Mã đơn vị", "unit_code"."""
    return isinstance(cell, str) and (cell.strip().lower() == "unit_code" or cell.strip().lower().split()[:1] == ["mã"])


def _is_word(cell: str) -> bool:
    return len(cell) <= _NAME_LENGTH and any(letter.isalpha() for letter in cell)


def _code(cell: Cell) -> str:
    """Return a code as the lists have it, as far as a table keeps its zeros.

    >>> _code(20470.0), _code("'01")
    ('20470', '01')
    """
    return str(cell or "").strip().lstrip("'").removesuffix(".0")


def places(range_: str) -> Iterator[tuple[int, int]]:
    """Yield row and column, from 0, of the cells of a range; none where it is no range of cells.

    >>> list(places("E9:E10"))
    [(8, 4), (9, 4)]
    """
    top, left, bottom, right = _corners(range_) or (0, 0, -1, -1)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield row, column


def cell_count(range_: str) -> int:
    """Return how many cells a range has, without going through them; 0 where it is no range of cells.

    >>> cell_count("E9:F10"), cell_count("E9"), cell_count("")
    (4, 1, 0)
    """
    top, left, bottom, right = _corners(range_) or (0, 0, -1, -1)
    return max(bottom - top + 1, 0) * max(right - left + 1, 0)


def _corners(range_: str) -> tuple[int, int, int, int] | None:
    """Return first row and column, last row and column, from 0."""
    corners = _RANGE.match(range_)
    if corners is None:
        return None
    left, top = column_index(corners[1]), int(corners[2]) - 1
    right, bottom = (column_index(corners[3]), int(corners[4]) - 1) if corners[3] else (left, top)
    return top, left, bottom, right


def cell_names(range_: str) -> Iterator[str]:
    """Yield the names of the cells of a range."""
    return (cell_name(row, column) for row, column in places(range_))


def stands_in(cell: CellRange, ranges: Iterable[CellRange]) -> bool:
    """Say whether a cell is one of those of some ranges."""
    return any(
        (range_.file, range_.sheet) == (cell.file, cell.sheet) and cell.range in cell_names(range_.range)
        for range_ in ranges
    )


def readings(cell: Cell) -> set[int]:
    """Return every whole number a cell may be read as; none for what is no count.

    >>> sorted(readings("20.000")), readings("1 226"), readings("63 1"), readings(62.99999999999999), readings("0,429")
    ([20, 20000], {1226}, set(), {63}, {429})
    """
    return _whole_numbers(cell) | _of_thousands(_typed(cell))


def _whole_numbers(cell: Cell) -> set[int]:
    """Return every whole number a cell may be read as by itself."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return {days for epoch in _EPOCHS if (days := (day - epoch).days) >= 0}
    if isinstance(cell, timedelta):
        return {cell.days} if cell == timedelta(cell.days) else set()
    if isinstance(cell, (bool, time)):
        return set()
    if cell is not None and not isinstance(cell, str):
        return _nearest(Decimal(str(cell)))
    text = _typed(cell)
    if match := _HOURS.match(text):
        return {int(match[1]) // 24} if int(match[1]) % 24 == 0 else set()
    if _FORMULA_REST.match(text):
        return _nearest(Decimal(text.replace(",", ".")))
    numbers: set[int] = set()
    for digits in (text, match[1] if (match := _DECIMALS.match(text)) else ""):
        if digits.isascii() and digits.isdecimal():
            numbers.add(int(digits))
        elif _GROUPS.match(digits):
            numbers.add(int(re.sub("[., ]", "", digits)))
    return numbers


def _typed(cell: Cell) -> str:
    """Return what was typed into a cell; the apostrophe is the mark with which Excel keeps a number as text."""
    return _BLANK.sub(" ", str(cell)).strip(" \t\r\n" + _NO_WIDTH).removeprefix("'")


def _of_thousands(text: str) -> set[int]:
    """Return what a number with decimals is in thousands of households ("0,429"): by itself it counts none."""
    if not _FRACTION.match(text):
        return set()
    *whole, decimals = re.split("[.,]", text)
    number = Decimal(f"{''.join(whole)}.{decimals}")
    return {int(number * 1000)} if number != round(number) and number * 1000 == round(number * 1000) else set()


def _nearest(number: Decimal) -> set[int]:
    if not number.is_finite():
        return set()
    whole = round(number)
    return {whole} if whole >= 0 and abs(number - whole) <= _NEAR * max(1, whole) else set()


_NOT_GIVEN: Final = Text("tệp của kết quả không có trong các tệp đã nêu", "a file of the result was not given")
_STANDARD_INPUT: Final = Text(
    "số liệu lấy từ đầu vào chuẩn (-), không có tệp để đọc lại; lưu thành tệp rồi lập kết quả từ tệp đó",
    "the figures came from standard input (-) and no file can be read again; save them as a file and judge that",
)
_NOT_LISTED: Final = Text("kết quả nêu ô của tệp này nhưng không liệt kê tệp", "cells of an unlisted file are named")
_CHANGED: Final = Text("nội dung tệp khác lúc lập kết quả (SHA-256)", "the file is not the one of then (SHA-256)")
