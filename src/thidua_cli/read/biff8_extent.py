"""What the records of an .xls (BIFF8, MS-XLS) ask of the machine, counted before calamine reads all sheets at once.

Records are walked as calamine walks them, from the place that the list of sheets names to the end that it takes for
one, whatever they hold: only what can fill the memory is added up.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from thidua_cli.language import Text, format_count
from thidua_cli.read.biff8_marks import SharedTexts
from thidua_cli.read.compound_file import workbook_stream
from thidua_cli.read.limits import MB, PIECES, TEXT_CLAIMED_BYTES, TEXT_REPEATED_BYTES, too_many_merged, too_much_text
from thidua_cli.read.reach import Reach, all_too_far, too_far

_BEGIN: Final = 0x0809
_END: Final = 0x000A
_FILE_PASS: Final = 0x002F
_SHEET: Final = 0x0085
_CONTINUE: Final = 0x003C
_SHARED_TEXTS: Final = 0x00FC
_DIMENSIONS: Final = 0x0200
_MULTIPLE: Final = 0x00BD
_SHARED: Final = 0x00FD
_STRING: Final = 0x0207
_LABELS: Final = frozenset((0x0204, 0x00D6))
_MERGED: Final = 0x00E5
_CELLS: Final = frozenset((0x0006, 0x0203, 0x0205, 0x027E, _MULTIPLE, _SHARED, *_LABELS))
"""Records of cells with a value; row and column come first."""
_MOST_CELLS: Final = 65_536 * 256
"""Of a sheet of this format."""
_TIMES_WALKED: Final = 8
"""How often all records may be walked because sheets begin in one place; each stands in its own."""
_TWO: Final = struct.Struct("<HH")
_OVER_EACH_OTHER: Final = Text(
    "nhiều trang tính cùng chỉ vào một chỗ trong tệp; hãy mở bằng Excel rồi lưu lại dạng .xlsx, hoặc xin lại tệp",
    "many of its sheets begin in one place; open it in Excel and save it as .xlsx, or ask for the file again",
)
_IN_PIECES: Final = Text(
    f"chữ của sổ tính bị chia thành hơn {format_count(PIECES)} mảnh; hãy mở bằng Excel rồi lưu lại dạng .xlsx",
    f"its texts are broken into more than {PIECES:,} pieces; open it in Excel and save it as .xlsx",
)
_CLAIMS_CELLS: Final = Text(
    "có trang tính khai nhiều ô hơn số ô mà một trang tính .xls có thể có; hãy mở bằng Excel rồi lưu lại dạng .xlsx",
    "a sheet claims more cells than a sheet of an .xls can have; open it in Excel and save it as .xlsx",
)


def xls_asks_too_much(content: bytes) -> Text | None:
    """Say why an .xls is not parsed; None where it may be, or where it is encrypted and calamine stops at once."""
    return _OldSheets(workbook_stream(content)).reason()


class _OldSheets:
    """What the globals and all sheets ask for together."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._cells = self._merged = self._walked = self._claimed = 0
        self._shared: dict[int, int] = {}
        """Number of a shared text → cells that hold it."""

    def reason(self) -> Text | None:
        """Say why the workbook is not parsed."""
        starts: list[int] = []
        texts: list[bytes] = []
        pieces, in_texts = 0, False
        for kind, place, length in _records(self._stream, 0, is_sheet=False):
            if kind == _FILE_PASS:
                return None
            if kind == _SHEET:
                starts.append(int.from_bytes(self._stream[place : place + min(length, 4)], "little"))
            pieces = pieces + 1 if kind == _CONTINUE else 0
            in_texts = kind == _SHARED_TEXTS or (in_texts and kind == _CONTINUE)
            if in_texts:
                texts.append(self._stream[place : place + length])
            if pieces > PIECES:
                return _IN_PIECES
        return next(filter(None, map(self._sheet, starts)), None) or self._repeated(texts)

    def _sheet(self, start: int) -> Text | None:
        """Take in a sheet; say why the workbook is not parsed for it."""
        reach = Reach()
        for kind, place, length in _records(self._stream, start, is_sheet=True):
            self._walked += 4 + length
            if kind in _CELLS and length >= 4:
                row, column = _TWO.unpack_from(self._stream, place)
                if kind == _MULTIPLE:
                    column = max(column, int.from_bytes(self._stream[place + length - 2 : place + length], "little"))
                reach = reach.with_cell(row, column) if row > reach.row or column > reach.column else reach
            if kind in _ASKING:
                reason = self._ask(kind, place, length)
                if reason is not None:
                    return reason
        self._cells += reach.cells
        if self._walked > _TIMES_WALKED * len(self._stream) + MB:
            return _OVER_EACH_OTHER
        return too_far(reach, len(self._stream)) or all_too_far(self._cells, len(self._stream))

    def _ask(self, kind: int, place: int, length: int) -> Text | None:
        """Take in a record that asks for more than its bytes."""
        body = self._stream[place : place + min(length, 14)]
        if kind == _DIMENSIONS:
            return _CLAIMS_CELLS if _claimed_cells(body) > _MOST_CELLS else None
        if kind == _MERGED:
            self._merged += int.from_bytes(body[:2], "little")
            return too_many_merged(self._merged)
        if kind == _SHARED:
            number = int.from_bytes(body[6:10], "little")
            self._shared[number] = self._shared.get(number, 0) + 1
            return None
        text = 6 if kind in _LABELS else 0
        claimed = int.from_bytes(body[text : text + 2], "little")
        self._claimed += max(claimed - length, 0)
        return too_much_text(self._claimed, TEXT_CLAIMED_BYTES)

    def _repeated(self, pieces: list[bytes]) -> Text | None:
        """Say that shared texts are repeated in so many cells that they fill the memory."""
        if sum(self._shared.values()) * sum(map(len, pieces)) <= TEXT_REPEATED_BYTES:
            return None
        lengths = (len(text) for text, _ in SharedTexts(pieces).texts())
        repeated = sum(self._shared.get(number, 0) * length for number, length in enumerate(lengths))
        return too_much_text(repeated, TEXT_REPEATED_BYTES)


_ASKING: Final = frozenset((_DIMENSIONS, _MERGED, _SHARED, _STRING, *_LABELS))


def _records(stream: bytes, offset: int, *, is_sheet: bool) -> Iterator[tuple[int, int, int]]:
    """Yield kind, place and length of records up to the end of the globals or of a sheet, as calamine finds it."""
    depth, has_begun, last = 0, False, len(stream)
    while offset + 4 <= last:
        kind, length = _TWO.unpack_from(stream, offset)
        if offset + 4 + length > last:
            return
        if kind == _BEGIN and is_sheet:
            depth, has_begun = depth + has_begun, True
        elif kind == _END:
            if depth == 0:
                return
            depth -= 1
        yield kind, offset + 4, length
        offset += 4 + length


def _claimed_cells(body: bytes) -> int:
    """Return the cells that a sheet claims, reckoned with 32 bits as readers of the record do."""
    if len(body) == 14:
        first, last, left, right = struct.unpack_from("<IIHH", body)
    elif len(body) == 10:
        first, last, left, right = struct.unpack_from("<HHHH", body)
    else:
        return 0
    if left > 0xFF or right < left:
        left = 0
    return ((last - first) % (1 << 32)) * (right - left) if last and right else 1
