"""Crossed-out and raised text of an .xls (BIFF8, MS-XLS): its fonts, its styles and the runs of its shared texts."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from thidua_cli.named_tuple import NamedTuple
from thidua_cli.read.marked_text import CROSSED_OUT, MarkedText, TextMarks, marked
from thidua_cli.read.worded_formats import words_of

_FONT: Final = 0x0031
STYLE: Final = 0x00E0
NUMBER_FORMAT: Final = 0x041E
_TEXTS: Final = 0x00FC
_CONTINUE: Final = 0x003C
_NO_FONT: Final = 4
"""A number that no font has: those from the fifth on are counted one higher."""
_STRUCK: Final = 0x0008
_SHARED: Final = 0x00FD
_LONE_CELLS: Final = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x027E, _SHARED))
"""FORMULA, NUMBER, LABEL, BOOLERR, RK and LABELSST: row, column and style come first."""
_LONE_NUMBERS: Final = frozenset((0x0006, 0x0203, 0x027E))
_NUMBERS: Final = 0x00BD
"""MULRK: several numbers side by side, each with its style."""


class _Looks(NamedTuple):
    struck: frozenset[int]
    raised: frozenset[int]


def marks_of_records(records: Sequence[tuple[int, bytes]]) -> TextMarks | None:
    """Return what is marked in a workbook, from the records of its globals; None where nothing is."""
    fonts = [body for kind, body in records if kind == _FONT and len(body) >= 10]
    numbers = [place + (place >= _NO_FONT) for place in range(len(fonts))]
    looks = _Looks(
        frozenset(number for number, font in zip(numbers, fonts, strict=True) if font[2] & _STRUCK),
        frozenset(number for number, font in zip(numbers, fonts, strict=True) if font[8]),
    )
    worded = _worded_styles(records)
    if not looks.struck and not looks.raised and not worded:
        return None
    formats = [body for kind, body in records if kind == STYLE and len(body) >= 4]
    struck = {number for number, body in enumerate(formats) if int.from_bytes(body[:2], "little") in looks.struck}
    texts: dict[int, MarkedText] = {}
    in_struck_cells: dict[int, MarkedText] = {}
    for number, (text, runs) in enumerate(SharedTexts(_pieces(records)).texts()):
        if runs and (text_as_meant := marked(_parts(text, runs, looks, is_struck=False))) is not None:
            texts[number] = text_as_meant
        if runs and (text_as_meant := marked(_parts(text, runs, looks, is_struck=True))) is not None:
            in_struck_cells[number] = text_as_meant
    return TextMarks(texts, frozenset(struck), in_struck_cells, worded) if texts or struck or worded else None


def _worded_styles(records: Sequence[tuple[int, bytes]]) -> dict[int, str]:
    """Return number of a style → the words that its number format adds."""
    codes = {int.from_bytes(body[:2], "little"): format_code(body) for kind, body in records if kind == NUMBER_FORMAT}
    words = {number: added for number, code in codes.items() if (added := words_of(code))}
    formats = [body for kind, body in records if kind == STYLE and len(body) >= 4] if words else []
    numbers = (int.from_bytes(body[2:4], "little") for body in formats)
    return {style: words[number] for style, number in enumerate(numbers) if number in words}


def format_code(body: bytes) -> str:
    """Return the number format that a FORMAT record defines."""
    if len(body) < 5:
        return ""
    count, is_wide = int.from_bytes(body[2:4], "little"), body[4] & 0x01
    return body[5 : 5 + count * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")


def worded_cells(kind: int, body: bytes, styles: dict[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the numbers of one record of a sheet to which their format adds words."""
    if kind in _LONE_NUMBERS and len(body) >= 6:
        row, column, style = struct.unpack_from("<HHH", body)
        if style in styles:
            yield (row, column), styles[style]
    elif kind == _NUMBERS and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            style = int.from_bytes(body[4 + 6 * place : 6 + 6 * place], "little")
            if style in styles:
                yield (row, first + place), styles[style]


def marked_cells(kind: int, body: bytes, marks: TextMarks) -> Iterator[tuple[tuple[int, int], MarkedText]]:
    """Yield the cells of one record of a sheet that are marked."""
    if kind in _LONE_CELLS and len(body) >= 6:
        row, column, style = struct.unpack_from("<HHH", body)
        shared = int.from_bytes(body[6:10], "little") if kind == _SHARED else -1
        text = marks.in_cell(shared, is_struck=style in marks.struck_styles)
        if text is not None:
            yield (row, column), text
    elif kind == _NUMBERS and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            if int.from_bytes(body[4 + 6 * place : 6 + 6 * place], "little") in marks.struck_styles:
                yield (row, first + place), CROSSED_OUT


def _pieces(records: Sequence[tuple[int, bytes]]) -> list[bytes]:
    """Return the record of shared texts and those that continue it."""
    pieces: list[bytes] = []
    for kind, body in records:
        if kind == _TEXTS or (pieces and kind == _CONTINUE):
            pieces.append(body)
        elif pieces:
            break
    return pieces


def _parts(
    text: str, runs: Sequence[tuple[int, int]], looks: _Looks, *, is_struck: bool
) -> Iterable[tuple[str, bool, bool]]:
    """Yield the parts of a text; what stands before the first run looks as its cell does."""
    yield text[: runs[0][0]], False, is_struck
    ends = [*(start for start, _ in runs[1:]), len(text)]
    for (start, font), end in zip(runs, ends, strict=True):
        yield text[start:end], font in looks.raised, font in looks.struck


class SharedTexts:
    """Reads the shared texts, which may break off anywhere and go on in the next record."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._place = 8  # behind two counts of texts

    def texts(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """Yield every text with the places where another font begins; what is cut short ends them."""
        while self._piece < len(self._pieces):
            if self._place >= len(self._pieces[self._piece]):
                self._piece, self._place = self._piece + 1, 0
                continue
            try:
                yield self._text()
            except (struct.error, IndexError):
                return

    def _text(self) -> tuple[str, list[tuple[int, int]]]:
        count, flags = struct.unpack("<HB", self._taken(3))
        runs = int.from_bytes(self._taken(2), "little") if flags & 0x08 else 0
        more = int.from_bytes(self._taken(4), "little") if flags & 0x04 else 0
        text = self._letters(count, is_wide=bool(flags & 0x01))
        fonts = list(struct.iter_unpack("<HH", self._taken(4 * runs)))
        self._taken(more)
        return text, fonts

    def _letters(self, count: int, *, is_wide: bool) -> str:
        text = ""
        while len(text) < count:
            piece = self._pieces[self._piece]
            width = 2 if is_wide else 1
            letters = min(count - len(text), (len(piece) - self._place) // width)
            part = piece[self._place : self._place + letters * width]
            # two 16-bit halves of one letter beyond the first 65,536 count twice, as in the file
            text += "".join(map(chr, struct.unpack(f"<{letters}H", part))) if is_wide else part.decode("latin-1")
            self._place += letters * width
            if len(text) < count:
                self._piece, self._place = self._piece + 1, 1
                is_wide = bool(self._pieces[self._piece][0] & 0x01)
        return text

    def _taken(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            piece = self._pieces[self._piece]
            part = piece[self._place : self._place + count - len(taken)]
            taken, self._place = taken + part, self._place + len(part)
            if len(taken) < count:
                self._piece, self._place = self._piece + 1, 0
        return taken
