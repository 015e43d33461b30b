"""Large plain sheets of an .xlsx: taken in one pass over their XML, and held column by column.

Numbers and texts in cells, as programs write tables, without formulas, errors, dates, merged cells or hidden rows:
their rows are all written alike (plain_outline.py), and are read several times as fast as calamine reads any sheet.
Every value is what calamine makes of it. What is not plain is not read here at all: where anything else turns up,
up to the last byte, the sheet is calamine's, and nothing was handed on.
"""

from __future__ import annotations

import zipfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count, groupby, islice
from math import nan
from typing import Final

from thidua_cli.late_pattern import late_pattern
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.archive import decompressed
from thidua_cli.read.background import Background
from thidua_cli.read.columns import (
    BATCH_ROWS,
    MOST_ROWS,
    Column,
    ColumnBatch,
    Decimals,
    DifferentTexts,
    MixedCells,
    RepeatedTexts,
    WholeNumbers,
    blank_column,
    is_blank,
    rows_of,
)
from thidua_cli.read.grid import Cell, Row, SheetFacts
from thidua_cli.read.limits import BYTES_PER_CELL, MB, PART_BYTES, SHEET_ROWS, TEXT_REPEATED_BYTES
from thidua_cli.read.plain_outline import (
    ROW,
    ROW_END,
    NotPlainError,
    Outline,
    Writing,
    WrittenRow,
    looked_at,
    rows_in,
)
from thidua_cli.read.plain_parts import PlainParts, check_head, check_tail, texts_of
from thidua_cli.read.reach import Reach, too_far
from thidua_cli.read.sheet_xml import scan

_FIRST: Final = b"<sheetData>"
_LAST: Final = b"</sheetData>"
_MOST_TORN_BYTES: Final = 16 * MB
"""A row, or what stands around the rows; that of a plain sheet is some kilobytes."""
_ROWS_LOOKED_AT: Final = 40
_FEW: Final = 8
"""Rows of a piece that may be written otherwise before it is asked how."""
_MANY: Final = 1000
_MOST_GAPS: Final = 100
"""Of rows that are not there, in one piece: each begins a batch of its own."""
_MOST_KEPT: Final = 100_000
"""Different numbers whose value is remembered."""
_NUMBER: Final = late_pattern(rb"-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,3})?")
_WHOLE: Final = late_pattern(rb"-?[1-9][0-9]{0,14}|0")
"""What is a float without loss, and one way to write it."""


class PlainSheet(NamedTuple):
    """A sheet that was read whole."""

    first_column: int
    facts: SheetFacts
    batches: tuple[ColumnBatch | int, ...]
    """Its rows from the first on; a number is of so many rows that are not there."""

    def in_columns(self) -> Iterator[ColumnBatch]:
        """Start reading: rows in order from row 1, columns from `first_column`."""
        width = next(len(batch.columns) for batch in self.batches if isinstance(batch, ColumnBatch))
        for batch in self.batches:
            if isinstance(batch, ColumnBatch):
                yield batch
            else:
                yield from _blank_batches(batch, width)

    def in_rows(self) -> Iterator[Row]:
        """Start reading row by row."""
        return rows_of(self.in_columns())


def _blank_batches(height: int, width: int) -> Iterator[ColumnBatch]:
    for first in range(0, height, BATCH_ROWS):
        part = min(BATCH_ROWS, height - first)
        yield ColumnBatch(part, (blank_column(part),) * width)


def plain_sheet(archive: zipfile.ZipFile, part: str, beside: PlainParts) -> PlainSheet:
    """Return a sheet of a workbook, from its part and what its cells refer to.

    Raises:
        NotPlainError: There is something in it that is left to calamine.
        BadZipFile, EOFError, zlib.error: The archive is damaged.
    """
    entry = archive.getinfo(part)
    if entry.file_size > PART_BYTES:
        raise NotPlainError
    reading = _SheetRowsInOrder(beside)
    head, tail = _walk(_ahead(_checked(archive, entry)), reading)
    check_head(head)
    check_tail(tail)
    return reading.sheet(scan([head, tail]))


def _checked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the content of a part, which is what the table of contents says.

    Raises:
        BadZipFile, EOFError, zlib.error: It is not.
    """
    size, checksum = 0, 0
    for piece in decompressed(archive, entry):
        size, checksum = size + len(piece), zlib.crc32(piece, checksum)
        yield piece
    if (size, checksum) != (entry.file_size, entry.CRC):
        raise zipfile.BadZipFile(entry.filename)


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield pieces, each while the next one is decompressed, which lets go of the interpreter."""
    following = Background(partial(next, pieces, b""))
    while piece := following.result():
        following = Background(partial(next, pieces, b""))
        yield piece


def _walk(pieces: Iterator[bytes], reading: _SheetRowsInOrder) -> tuple[bytes, bytes]:
    """Have the rows of a sheet read as they come; return what stands before and behind them."""
    xml = b""
    for piece in pieces:
        xml += piece
        head, begin, xml = xml.partition(_FIRST)
        if begin:
            break
        xml = head
        _refuse_torn(xml)
    else:
        raise NotPlainError
    while True:
        cut = xml.rfind(ROW_END) + len(ROW_END)
        if cut >= len(ROW_END):
            reading.take(xml, cut)
            xml = xml[cut:]
        rows, end, tail = xml.partition(_LAST)
        if end:
            if rows:
                reading.take(rows, len(rows))
            return head, _rest(tail, pieces)
        _refuse_torn(xml)
        piece = next(pieces, b"")
        if not piece:
            raise NotPlainError
        xml += piece


def _rest(tail: bytes, pieces: Iterator[bytes]) -> bytes:
    for piece in pieces:
        tail += piece
        _refuse_torn(tail)
    return tail


def _refuse_torn(xml: bytes) -> None:
    if len(xml) > _MOST_TORN_BYTES:
        raise NotPlainError


class _SheetRowsInOrder:
    """Takes the rows of one sheet, stretch by stretch."""

    def __init__(self, beside: PlainParts) -> None:
        self._styles, self._texts = beside
        self._outline = Outline(self._styles)
        self._wholes = _KnownWholes()
        self._decimals = _KnownDecimals()
        self._batches: list[ColumnBatch | int] = []
        self._next_number = 1
        """Of the sheet row that follows what was taken."""
        self._bytes = 0
        self._text_left = TEXT_REPEATED_BYTES
        """Cells of twenty bytes may name a shared text of many thousands."""

    def take(self, xml: bytes, end: int) -> None:
        """Take in rows that follow each other, up to a place in the XML.

        Raises:
            NotPlainError: There is something in them that is left to calamine.
        """
        self._bytes += end
        begin = 0 if self._outline.writings else self._take_header(xml, end)
        if begin < end:
            self._take(xml[begin:], end - begin)
        reach = Reach(self._next_number - 2, len(self._outline.writings) - 1)
        if self._next_number > SHEET_ROWS + 1 or too_far(reach, self._bytes, BYTES_PER_CELL):
            raise NotPlainError

    def _take_header(self, xml: bytes, end: int) -> int:
        """Learn how rows are written, and take the first, a header, if no other is written so; return its length."""
        rows = rows_in(xml, end, _ROWS_LOOKED_AT)
        written = [looked_at(row, self._styles) for row in rows]
        self._outline.learn(written[1:] or written)
        if not rows or self._outline.pattern.fullmatch(rows[0]) is not None:
            return 0
        self._add_apart(written[:1])
        return len(rows[0])

    def _take(self, xml: bytes, end: int) -> None:
        rows = self._outline.pattern.findall(xml, 0, end)
        # Each match begins with a tag of a row, holds no other, and is followed by one or the end: nothing is between.
        if xml.startswith(ROW) and len(rows) == xml.count(ROW, 0, end):
            self._add(rows)
        else:
            self._take_one_by_one(xml, end)

    def _take_one_by_one(self, xml: bytes, end: int) -> None:
        rows = rows_in(xml, end)
        matches = list(map(self._outline.pattern.fullmatch, rows))
        odd = [looked_at(row, self._styles) for row, match in zip(rows, matches, strict=True) if match is None]
        if len(odd) > _FEW and self._outline.learn(odd):
            self._take(xml, end)
            return
        if len(odd) > _MANY:
            raise NotPlainError
        others = iter(odd)
        for is_alike, run in groupby(matches, bool):
            if is_alike:
                self._add([match.groups(b"") for match in run if match is not None])
            else:
                self._add_apart(list(islice(others, sum(1 for _ in run))))

    def _add(self, rows: Sequence[tuple[bytes, ...]]) -> None:
        """Add rows that the pattern takes, each its number and what its groups hold."""
        if not isinstance(rows[0], tuple):
            rows = [(row,) for row in rows]
        numbers = [int(row[0]) for row in rows]
        for first, last in _runs(numbers):
            self._skip_to(numbers[first])
            by_group = iter(zip(*rows[first:last], strict=True))
            next(by_group)
            columns = [
                self._column([(writing, next(by_group)) for writing in writings], last - first)
                for writings in self._outline.groups
            ]
            self._append(ColumnBatch(last - first, tuple(columns)))

    def _add_apart(self, rows: Sequence[WrittenRow]) -> None:
        """Add rows that were looked at cell by cell."""
        for row in rows:
            self._skip_to(row.number)
            width = row.cells[-1].column + 1 if row.cells else 0
            columns = [blank_column(1)] * width
            for cell in row.cells:
                columns[cell.column] = self._column([(cell.writing, (cell.value,))], 1)
            self._append(ColumnBatch(1, tuple(columns)))

    def _skip_to(self, number: int) -> None:
        if number < self._next_number or number > SHEET_ROWS:
            raise NotPlainError
        if number > self._next_number:
            self._batches.append(number - self._next_number)
            self._next_number = number

    def _append(self, batch: ColumnBatch) -> None:
        self._batches.append(batch)
        self._next_number += batch.height

    def _column(self, groups: Sequence[tuple[Writing, Sequence[bytes]]], height: int) -> Column:
        filled = [(writing, values) for writing, values in groups if any(values)]
        if not filled:
            return blank_column(height)
        if len(filled) == 1:
            return self._of_one_sort(*filled[0])
        mixed: list[Cell] = [""] * height
        for writing, values in filled:
            cells = self._of_one_sort(writing, values).cells()
            for place, value in enumerate(values):
                if value:
                    mixed[place] = cells[place]
        return MixedCells(mixed)

    def _of_one_sort(self, writing: Writing, values: Sequence[bytes]) -> Column:
        return self._numbers(values) if writing is Writing.NUMBER else self._text_column(writing, values)

    def _numbers(self, values: Sequence[bytes]) -> Column:
        try:
            return _whole_numbers(self._wholes, values)
        except KeyError:
            blanks = array("I", [place for place, value in enumerate(values) if not value])
        try:
            return _whole_numbers(self._wholes, [value or b"0" for value in values])._replace(
                packed_blanks=blanks.tobytes()
            )
        except KeyError:
            return Decimals(array("d", map(self._decimals.__getitem__, values)).tobytes())
        finally:
            self._wholes.forget_many()
            self._decimals.forget_many()

    def _text_column(self, writing: Writing, values: Sequence[bytes]) -> Column:
        different = list(dict.fromkeys(values))
        if 2 * len(different) > len(values):
            joined = "\0".join(self._texts_of(writing, values))
            self._text_left -= len(joined)
            if self._text_left < 0:
                raise NotPlainError
            return DifferentTexts(joined)
        places = dict(zip(different, count()))
        packed = array("H", map(places.__getitem__, values)).tobytes()
        return RepeatedTexts(tuple(self._texts_of(writing, different)), packed)

    def _texts_of(self, writing: Writing, values: Sequence[bytes]) -> list[str]:
        if writing is not Writing.SHARED:
            return texts_of(values, writing)
        try:
            texts = [self._texts[int(value)] if value else "" for value in values]
        except IndexError:
            raise NotPlainError from None
        if texts.count("") != values.count(b""):
            raise NotPlainError  # a text of no letters is a cell with a value
        return texts

    def sheet(self, facts: SheetFacts) -> PlainSheet:
        """Return what was taken, without columns and rows beyond its cells with a value.

        Raises:
            NotPlainError: There is none.
        """
        used: set[int] = set()
        for batch in self._batches:
            if isinstance(batch, ColumnBatch):
                used.update(place for place, column in enumerate(batch.columns) if not is_blank(column))
        if not used:
            raise NotPlainError
        first, last = min(used), max(used)
        batches = [_fitted(batch, first, last) for batch in _without_end(self._batches)]
        return PlainSheet(first, facts, tuple(batches))


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where rows whose numbers follow each other begin and end, no more of them than a batch may hold.

    Raises:
        NotPlainError: The rows have many gaps.
    """
    first = 0
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        gaps = [place for place in range(1, len(numbers)) if numbers[place] != numbers[place - 1] + 1]
        if len(gaps) > _MOST_GAPS:
            raise NotPlainError
        for gap in gaps:
            yield first, gap
            first = gap
    for start in range(first, len(numbers), MOST_ROWS):
        yield start, min(start + MOST_ROWS, len(numbers))


def _whole_numbers(known: _KnownWholes, values: Sequence[bytes]) -> WholeNumbers:
    """Return a column of whole numbers.

    Raises:
        KeyError: It holds something else.
    """
    numbers = list(map(known.__getitem__, values))
    try:
        return WholeNumbers(array("i", numbers).tobytes(), "i")
    except OverflowError:
        return WholeNumbers(array("q", numbers).tobytes(), "q")


def _without_end(batches: list[ColumnBatch | int]) -> list[ColumnBatch | int]:
    """Return batches without the blank rows at their end."""
    while batches:
        last = batches.pop()
        if isinstance(last, ColumnBatch):
            filled = [place for place, row in enumerate(last.rows()) if any(cell != "" for cell in row)]
            if filled:
                return [*batches, last.part(0, filled[-1] + 1)]
    return batches


def _fitted(batch: ColumnBatch | int, first: int, last: int) -> ColumnBatch | int:
    if isinstance(batch, int):
        return batch
    columns = batch.columns[first : last + 1]
    missing = last + 1 - first - len(columns)
    return ColumnBatch(batch.height, (*columns, *(blank_column(batch.height) for _ in range(missing))))


class _KnownWholes(dict[bytes, int]):
    """Whole numbers as they are written."""

    def __missing__(self, written: bytes) -> int:
        if _WHOLE.fullmatch(written) is None:
            raise KeyError(written)
        number = self[written] = int(written)
        return number

    def forget_many(self) -> None:
        """Keep the memory small."""
        if len(self) > _MOST_KEPT:
            self.clear()


class _KnownDecimals(dict[bytes, float]):
    """Numbers as they are written; NaN for none."""

    def __missing__(self, written: bytes) -> float:
        if not written:
            return nan
        if _NUMBER.fullmatch(written) is None:
            raise NotPlainError
        number = self[written] = float(written)
        return number

    def forget_many(self) -> None:
        """Keep the memory small."""
        if len(self) > _MOST_KEPT:
            self.clear()
