"""CSV and TSV files as grids: the encoding and the separator are found, never guessed silently."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text, format_count
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import CANONICAL_COLUMNS, PRINTED_RATES, Origin
from thidua_cli.read.faults import F001, F009
from thidua_cli.read.grid import CellBlock, Grid, Row
from thidua_cli.read.legacy_fonts import candidates
from thidua_cli.read.limits import FIELD_CHARACTERS, TEXT_COLUMNS
from thidua_cli.read.vietnamese import COMMON_WORDS, strange_words, words

_SAMPLE: Final = 1 << 16
_SAMPLE_ROWS: Final = 20
_LARGE_BYTES: Final = 2 << 20
"""A table of some twenty thousand rows: from there on reading it by columns repays the start of numpy."""
_SEPARATORS: Final = (",", ";", "\t")
_HEADING: Final = late_pattern(
    r"(?:s?tt|số tt|số thứ tự|(?:tên )?(?:đơn vị|địa bàn|địa phương|xã|huyện|thôn|khu vực)\b.{0,40}|mã\b.{0,25}|năm|"
    r"(?:tổng )?(?:số )?(?:hộ|khẩu|nhân khẩu)\b.{0,60}|tổng số\b.{0,60}|tỷ lệ\b.{0,40}|ghi chú|phân tổ)\Z"
)
"""How the headings of tables of households begin; what they mean is not decided here."""
_FOREIGN: Final = late_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0300-\u036f]")
"""A control character, or a mark that belongs to no letter."""
_LATIN: Final = "cp1252"
"""Shows the bytes of a legacy font as the letters that a sheet typed for it holds too."""
_MARKED_BYTES: Final = (late_pattern(rb"=[\"0-9]"), late_pattern(rb"'[0-9]"))
"""What a cell that is marked as text must hold: two patterns, each with a first byte, are ten times faster than one."""
_MARKED: Final = late_pattern(r"""\s*(?:="((?:[^"]|"")*)"|=([0-9]+)|'([0-9][0-9., ]*))\s*\Z""")
_BETWEEN: Final = late_pattern(r"[\s,;\"]+")
_NOT_TEXT: Final = Text(
    "không phải văn bản UTF-8; hãy mở bằng Excel rồi lưu dạng “CSV UTF-8 (phân tách bằng dấu phẩy)” hoặc .xlsx, kể cả "
    "khi gõ bằng phông TCVN3, VNI",
    "it is not UTF-8 text; open it in Excel and save it as “CSV UTF-8 (comma delimited)” or as .xlsx, even if it was "
    "typed for the fonts TCVN3 or VNI",
)
_BINARY: Final = Text(
    "có ký tự NUL, không phải văn bản; trong Excel hãy lưu dạng “CSV UTF-8 (phân tách bằng dấu phẩy)” hoặc .xlsx",
    "it holds NUL characters and is no text; in Excel save it as “CSV UTF-8 (comma delimited)” or as .xlsx",
)


def open_text(content: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield the text table as a `Grid`; F001 where it is not text in a known encoding, F009 where it is beyond limits.

    Encodings: UTF-8 with or without byte-order mark, UTF-16 with one (Excel's "Unicode Text"), and Windows-1258 where
    what it decodes to is Vietnamese beyond doubt. Bytes of the fonts TCVN3 and VNI are given as the Latin letters that
    they look like without their font, where they are Vietnamese in it beyond doubt.
    Cells that a system marked as text (="00429", '0429) are given as a spreadsheet shows them.
    Separators: comma, semicolon or tab, whichever cuts the header into headings; else the one that cuts the first
    lines into rows of most cells.
    """
    with _stream(content) as binary:
        sample = binary.read(_SAMPLE)
    encoding = "utf-16" if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    reason = _refusal(content, encoding)
    if reason is _NOT_TEXT and encoding == "utf-8":
        if is_vietnamese_1258(content):
            encoding, reason = "cp1258", None
        elif _is_of_legacy_font(content):
            encoding, reason = _LATIN, None
    # The sample may end inside a letter, which must not decide the encoding.
    separator = _separator(codecs.getincrementaldecoder(encoding)("replace").decode(sample).lstrip("\ufeff"))
    reason = reason or _malformed(content, encoding, separator)
    if reason is not None:
        yield Finding(F001, Origin(name), details={"reason": reason})
        return
    reason = _too_wide(content, encoding, separator)
    if reason is not None:
        yield Finding(F009, Origin(name), details={"reason": reason})
        return

    def open_rows() -> Iterator[Row]:
        rows = _rows(content, encoding, separator)
        return map(_without_marks, rows) if has_marks else rows

    has_marks = _has_marks(content)
    layout = (separator, unmarked if has_marks else None)
    pays = encoding == "utf-8" and _length(content) > _LARGE_BYTES and _has_rows_by_line(content)
    yield Grid(name, "", open_rows, is_text=True, open_blocks=partial(_blocks, content, layout) if pays else None)


def _stream(content: Path | bytes) -> io.BufferedReader:
    if isinstance(content, bytes):
        return io.BufferedReader(io.BytesIO(content))
    return content.open("rb")


def _rows(content: Path | bytes, encoding: str, separator: str) -> Iterator[Row]:
    # The limit is one for the whole process: another library may have changed it.
    csv.field_size_limit(FIELD_CHARACTERS)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with _stream(content) as raw, io.TextIOWrapper(raw, encoding=codec, newline="") as text:
        rows = csv.reader(text, delimiter=separator)
        if encoding == "cp1258":  # writes tones as marks of their own
            for row in rows:
                yield [unicodedata.normalize("NFC", cell) for cell in row]
        else:
            yield from rows


def _blocks(
    content: Path | bytes, layout: tuple[str, Callable[[str], str] | None], first: int, width: int, count: int
) -> Iterator[CellBlock | list[Row]]:
    from thidua_cli.read.text_blocks import TextBlocks, TextLayout  # late: loads numpy

    with _stream(content) as raw:
        yield from TextBlocks(raw, TextLayout(*layout)).blocks(first, width, count)


def _has_rows_by_line(content: Path | bytes) -> bool:
    """Say whether every return is that of an end of line of Windows; alone it ends a line too."""
    last = b""
    with _stream(content) as binary:
        while chunk := binary.read(1 << 20):
            alone = chunk.count(b"\r") - chunk.endswith(b"\r")
            if (alone and alone != chunk.count(b"\r\n")) or (last == b"\r" and not chunk.startswith(b"\n")):
                return False
            last = chunk[-1:]
    return last != b"\r"


def _has_marks(content: Path | bytes) -> bool:
    """Say whether a cell may be marked as text; most files are looked through for two single bytes, and no more."""
    last = b""
    with _stream(content) as binary:
        while chunk := binary.read(1 << 20):
            if b"=" in chunk or b"'" in chunk or last in b"='":
                piece = last + chunk  # a mark may be cut by the end of a piece
                if b"\0" in piece or any(pattern.search(piece) for pattern in _MARKED_BYTES):
                    return True
            last = chunk[-1:]
    return False


def _without_marks(row: Row) -> Row:
    return [unmarked(cell) if isinstance(cell, str) and ("=" in cell or "'" in cell) else cell for cell in row]


def unmarked(text: str) -> str:
    """Return what a spreadsheet shows of a cell that a system marked as text, to keep its zeros.

    >>> unmarked('="00429"'), unmarked('="Ia H""Drai"'), unmarked("=429"), unmarked("'0429"), unmarked("Ia H'Drai")
    ('00429', 'Ia H"Drai', '429', '0429', "Ia H'Drai")
    """
    match = _MARKED.match(text)
    if match is None:
        return text
    return match[1].replace('""', '"') if match[1] is not None else match[2] or match[3]


def is_vietnamese_1258(content: Path | bytes) -> bool:
    """Say whether bytes that are no UTF-8 are Vietnamese in Windows-1258: all of its words, and words of the forms."""
    known = 0
    with _stream(content) as raw, io.TextIOWrapper(raw, encoding="cp1258", newline="") as lines:
        try:
            for line in lines:
                text = unicodedata.normalize("NFC", line)
                if not text.isascii():
                    line_words = words(text)
                    if _FOREIGN.search(text) or strange_words(line_words):
                        return False
                    known += len(COMMON_WORDS.intersection(line_words))
        except UnicodeDecodeError:
            return False
    return known > 0


def _is_of_legacy_font(content: Path | bytes) -> bool:
    """Say whether bytes that are no UTF-8 were typed for one legacy font for sure: all of their words, no other."""
    pieces: set[str] = set()
    with _stream(content) as raw, io.TextIOWrapper(raw, encoding=_LATIN, newline="") as lines:
        try:
            for line in lines:
                if _FOREIGN.search(line):
                    return False
                pieces.update(_BETWEEN.split(line))
        except UnicodeDecodeError:
            return False
    return len(candidates(pieces)) == 1


def _refusal(content: Path | bytes, encoding: str) -> Text | None:
    """Decode the whole content once, so that nothing breaks in the middle of a table."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with _stream(content) as binary:
        try:
            while chunk := binary.read(1 << 20):
                if "\0" in decoder.decode(chunk):
                    return _BINARY
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return _NOT_TEXT
    return None


def _malformed(content: Path | bytes, encoding: str, separator: str) -> Text | None:
    """Say why the text cannot be cut into cells: a quotation mark that is never closed makes one endless cell.

    A cell can be longer than the limit only if the whole text is; most files need no second look.
    """
    # In UTF-16 the byte of an end of line may be half of another letter.
    if _length(content) <= FIELD_CHARACTERS or not (encoding == "utf-16" or _may_exceed(content)):
        return None
    number = 0
    try:
        for _ in _rows(content, encoding, separator):
            number += 1
    except csv.Error:
        return Text(
            f"dòng {number + 1} có ô dài hơn 1 triệu ký tự; thường do dấu ngoặc kép mở mà không đóng",
            f"row {number + 1} has a cell of more than a million characters; usually a quotation mark is never closed",
        )
    return None


def _too_wide(content: Path | bytes, encoding: str, separator: str) -> Text | None:
    """Say that a line has more cells than a sheet has columns; only a line of as many characters can."""
    if _length(content) <= TEXT_COLUMNS or not (encoding == "utf-16" or _has_long_line(content)):
        return None
    for number, row in enumerate(_rows(content, encoding, separator), start=1):
        if len(row) > TEXT_COLUMNS:
            return Text(
                f"dòng {number} có {format_count(len(row))} ô, quá giới hạn {format_count(TEXT_COLUMNS)}",
                f"row {number} has {len(row):,} cells, more than {TEXT_COLUMNS:,}",
            )
    return None


def _has_long_line(content: Path | bytes) -> bool:
    """Say whether a stretch without end of line is as long as a line of too many cells must be."""
    # A stretch of so many bytes without an end of line holds one window of half of them whole.
    window = TEXT_COLUMNS // 2
    with _stream(content) as binary:
        while piece := binary.read(window):
            if len(piece) == window and b"\n" not in piece and b"\r" not in piece:
                return True
    return False


def _length(content: Path | bytes) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def _may_exceed(content: Path | bytes) -> bool:
    """Say whether a cell may pass the limit: only between quotation marks, or in a line as long as that, it can."""
    run = 0
    with _stream(content) as binary:
        while chunk := binary.read(1 << 20):
            if b'"' in chunk:
                return True
            first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
            if run + (len(chunk) if first < 0 else first) > FIELD_CHARACTERS:
                return True
            run = run + len(chunk) if last < 0 else len(chunk) - last - 1
    return False


def _separator(sample: str) -> str:
    """Return the separator that cuts one of the first lines into most headings, else into rows of most cells.

    Names may hold more semicolons than there are columns, and titles commas: headings are what tells.
    """
    return max(_SEPARATORS, key=lambda separator: (_headings(sample, separator), _fit(sample, separator)))


def _headings(sample: str, separator: str) -> int:
    """Return how many cells of one line are headings, where at least two are."""
    most = max((sum(map(_is_heading, row)) for row in _first_rows(sample, separator)), default=0)
    return most if most > 1 else 0


def _is_heading(cell: str) -> bool:
    text = unicodedata.normalize("NFC", " ".join(unmarked(cell).split()).lower())
    return text in CANONICAL_COLUMNS or text in PRINTED_RATES or _HEADING.match(text) is not None


def _first_rows(sample: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(FIELD_CHARACTERS)
    return islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _SAMPLE_ROWS)


def _fit(sample: str, separator: str) -> tuple[int, int]:
    """Return how many cells the commonest width of more than one accounts for, and how many there are in all."""
    widths = [len(row) for row in _first_rows(sample, separator)]
    cut = [width for width in widths if width > 1]
    return max((width * cut.count(width) for width in set(cut)), default=0), sum(cut)
