"""Large text tables by blocks of rows whose cells are columns: counts as integers, texts by their different values.

Bytes are looked at, not letters: a block in which every row has as many cells as the header, and none in quotes, is cut
at its separators by numpy. Any other block comes as rows, cut by the csv module. Loads numpy.
"""

from __future__ import annotations

import codecs
import csv
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import MISSING, Coded
from thidua_cli.read.distinct_texts import DistinctTexts
from thidua_cli.read.limits import FIELD_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from thidua_cli.read.distinct_texts import Words
    from thidua_cli.read.grid import Row

_LINE_END, _RETURN = ord("\n"), ord("\r")
_WORD: Final = 8
"""Bytes that are looked at together."""
_MOST_WORDS: Final = 12
"""No name of a unit is longer than so many words of eight bytes."""
_BYTES_OF_ROW: Final = 96
"""How long a row may be, before the first block has told."""
_ZERO: Final = np.zeros(1, np.int64)
_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(_WORD + 1)], np.uint64)
"""Length → the bits of so many first bytes of a word."""
_SHIFTS: Final = np.array([0, *(8 * (_WORD - length) for length in range(1, _WORD + 1))], np.uint64)
"""Length → bits by which that many digits are moved to the end of a word."""
_ZEROS: Final = np.array([0x3030303030303030 >> 8 * length for length in range(_WORD)] + [0], np.uint64)
"""Length → the digits 0 that fill a word up in front of so many digits."""


class TextLayout(NamedTuple):
    """How the bytes of a text file are cut into cells."""

    separator: str
    unmarked: Callable[[str], str] | None
    """What a spreadsheet shows of a cell that is marked as text, where the file has such cells."""


class _Cut(NamedTuple):
    """Lines cut at their separators."""

    content: bytes
    """The lines, and zeros behind them that no word passes."""
    size: int
    """Bytes of the lines."""
    ends: NDArray[np.int64]
    """Cell × row → the place of the separator or line end behind it."""


class TextBlock:
    """Rows of as many cells each, none in quotes."""

    def __init__(self, cut: _Cut, layout: TextLayout, distinct: dict[int, DistinctTexts]) -> None:
        self._content, self._size, self._ends = cut
        self._layout = layout
        self._distinct = distinct
        """Place of a column → its texts, shared by all blocks of a table."""
        self._bytes = np.frombuffer(self._content, np.uint8)
        # the eight bytes from each byte on: a view, in which they overlap
        self._words = np.ndarray((len(self._content) - _WORD,), "<u8", self._content, strides=(1,))
        self._has_returns = b"\r" in self._content

    def __len__(self) -> int:
        return int(self._ends.shape[1])

    def rows(self, step: int = 1) -> list[Row]:
        """Return every `step`-th row as its cells."""
        separator, unmarked = self._layout
        rows = [line.decode().removesuffix("\r").split(separator) for line in self._lines(step)]
        return [[unmarked(cell) for cell in row] if unmarked is not None else [*row] for row in rows]

    def _lines(self, step: int) -> list[bytes]:
        if step == 1:
            return self._content[: self._size].split(b"\n")[:-1]
        ends = self._ends[-1]
        starts = [0, *(ends[step - 1 : -1 : step] + 1).tolist()]
        return [self._content[start:end] for start, end in zip(starts, ends[::step].tolist(), strict=True)]

    def coded(self, place: int) -> Coded | None:
        """Return a column by its texts, which are numbered alike in all blocks; None of very long or odd cells.

        Two numbers may be of one text.
        """
        starts, lengths = self._spans(place)
        count = -(-int(lengths.max()) // _WORD) or 1
        if count > _MOST_WORDS:
            return None
        offsets = range(0, count * _WORD, _WORD)
        words = [self._word(starts + offset, np.clip(lengths - offset, 0, _WORD)) for offset in offsets]
        distinct = self._distinct.get(place)
        if distinct is None:
            distinct = self._distinct[place] = DistinctTexts(self._layout.unmarked)
        if bool((lengths == lengths[0]).all()) and all(bool((word == word[0]).all()) for word in words):
            words, lengths = [word[:1] for word in words], lengths[:1]  # one text in all rows, as in many columns
        codes = distinct.codes(words, lengths)
        if codes is None:
            return None
        return Coded(codes if len(codes) == len(self) else np.repeat(codes, len(self)), distinct.texts)

    def counts(self, place: int) -> NDArray[np.int64] | None:
        """Return a column of plain whole numbers, `MISSING` where a cell is empty; None where any holds more."""
        starts, lengths = self._spans(place)
        if int(lengths.max()) > _WORD:
            return None
        digits = (self._word(starts, lengths) << _SHIFTS.take(lengths)) | _ZEROS.take(lengths)
        if _are_other_than_digits(digits):
            return None
        counts = _numbers(digits)
        counts[lengths == 0] = MISSING
        return counts

    def _spans(self, place: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where the cells of a column begin, and their lengths."""
        ends = self._ends[place]
        starts = np.concatenate([_ZERO, self._ends[-1, :-1] + 1]) if not place else self._ends[place - 1] + 1
        if self._has_returns and place == len(self._ends) - 1:
            ends = ends - (self._bytes[ends - 1] == _RETURN)
        return starts, ends - starts

    def _word(self, starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Words:
        """Return the up to eight bytes from each start on, the first of them lowest."""
        word: Words = self._words[starts] & _MASKS.take(lengths)
        return word


def _are_other_than_digits(words: Words) -> bool:
    """Say whether any byte of any word is no ASCII digit: a digit neither passes 127 with 0x46 added nor falls below 0.

    A byte that carries into the next one is itself above 127 or no digit.
    """
    high = np.uint64(0x8080808080808080)
    beyond = (words + np.uint64(0x4646464646464646)) | (words - np.uint64(0x3030303030303030)) | words
    return bool((beyond & high).any())


def _numbers(digits: Words) -> NDArray[np.int64]:
    """Return the numbers of eight digits each, the first of them in the lowest byte: pairs, then fours, then eights."""
    pairs = digits - np.uint64(0x3030303030303030)
    pairs = pairs * np.uint64(10) + (pairs >> np.uint64(8))
    even = np.uint64(0x000000FF000000FF)
    high = (pairs & even) * np.uint64(100 + (1_000_000 << 32))
    low = ((pairs >> np.uint64(16)) & even) * np.uint64(1 + (10_000 << 32))
    return ((high + low) >> np.uint64(32)).astype(np.int64)


class TextBlocks:
    """Reads a text table, UTF-8 with every row in a line of its own, from its beginning."""

    def __init__(self, stream: BinaryIO, layout: TextLayout) -> None:
        self._stream = stream
        self._layout = layout
        if stream.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            stream.seek(0)
        # The limit is one for the whole process: another library may have changed it.
        csv.field_size_limit(FIELD_CHARACTERS)

    def blocks(self, first: int, width: int, count: int) -> Iterator[TextBlock | list[Row]]:
        """Yield the rows from row `first` (0-based) on, `count` at a time: a block where all have `width` cells."""
        self._rows(first)
        distinct: dict[int, DistinctTexts] = {}
        expected = count * _BYTES_OF_ROW
        while True:
            start = self._stream.tell()
            content = self._lines(count, expected)
            cut = self._cut(content, width, count)
            if cut is not None:
                expected = cut.size + cut.size // 32
                self._stream.seek(start + cut.size)
                yield TextBlock(cut, self._layout, distinct)
                continue
            self._stream.seek(start)
            rows = self._rows(count)
            if not rows:
                return
            yield rows

    def _rows(self, count: int) -> list[Row]:
        """Return the next rows, cut by the csv module, and leave the stream behind the last of them."""
        lines = (line.decode() for line in iter(self._stream.readline, b""))
        rows = islice(csv.reader(lines, delimiter=self._layout.separator), count)
        unmarked = self._layout.unmarked
        return [[unmarked(cell) for cell in row] if unmarked is not None else [*row] for row in rows]

    def _lines(self, count: int, expected: int) -> bytes:
        """Return at least `count` lines, or all there are; they were expected to be so many bytes."""
        content = self._stream.read(expected)
        while np.count_nonzero(np.frombuffer(content, np.uint8) == _LINE_END) < count:
            more = self._stream.read(max(len(content) // 4, 1 << 12))
            if not more:
                # the last line may lack its end
                return content if content.endswith(b"\n") or not content else content + b"\n"
            content += more
        return content

    def _cut(self, content: bytes, width: int, count: int) -> _Cut | None:
        """Cut the first `count` lines, where all of them have `width` cells and none has quotes."""
        cells = np.frombuffer(content, np.uint8)
        is_line_end = cells == _LINE_END
        lines = min(int(np.count_nonzero(is_line_end)), count)
        if not lines:
            return None
        ends = np.flatnonzero((cells == ord(self._layout.separator)) | is_line_end)[: lines * width]
        if len(ends) < lines * width:
            return None
        ends = ends.reshape(lines, width)
        last = int(ends[-1, -1]) + 1
        # as many line ends as rows, and each where a row ends: all other marks part cells
        if not is_line_end[ends[:, -1]].all() or np.count_nonzero(is_line_end[:last]) != lines:
            return None
        if content.find(b'"', 0, last) >= 0:
            return None
        padding = bytes((_MOST_WORDS + 2) * _WORD - last % _WORD)
        return _Cut(b"".join((memoryview(content)[:last], padding)), last, np.ascontiguousarray(ends.T))
