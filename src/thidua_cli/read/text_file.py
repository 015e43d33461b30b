"""CSV and TSV files as grids: the encoding and the separator are found, never guessed silently."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001
from thidua_cli.read.grid import Grid, Row

_SAMPLE: Final = 1 << 16
_SAMPLE_ROWS: Final = 20
_SEPARATORS: Final = (",", ";", "\t")
_FIELD_LIMIT: Final = 1 << 20
_NOT_TEXT: Final = Text(
    "không phải văn bản UTF-8; trong Excel hãy lưu dạng “CSV UTF-8 (phân tách bằng dấu phẩy)” hoặc .xlsx",
    "it is not UTF-8 text; in Excel save it as “CSV UTF-8 (comma delimited)” or as .xlsx",
)
_BINARY: Final = Text(
    "có ký tự NUL, không phải văn bản; trong Excel hãy lưu dạng “CSV UTF-8 (phân tách bằng dấu phẩy)” hoặc .xlsx",
    "it holds NUL characters and is no text; in Excel save it as “CSV UTF-8 (comma delimited)” or as .xlsx",
)


def open_text(content: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield the text table as a `Grid`, or F001 where it is not text in a known encoding or cannot be cut into cells.

    Encodings: UTF-8 with or without byte-order mark, and UTF-16 with one (Excel's "Unicode Text").
    Separators: comma, semicolon or tab, whichever cuts the first lines into rows of most cells.
    """
    with _stream(content) as binary:
        sample = binary.read(_SAMPLE)
    encoding = "utf-16" if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    separator = _separator(codecs.getincrementaldecoder(encoding)("replace").decode(sample).lstrip("\ufeff"))
    reason = _refusal(content, encoding) or _malformed(content, encoding, separator)
    if reason is not None:
        yield Finding(F001, Origin(name), details={"reason": reason})
        return

    def open_rows() -> Iterator[Row]:
        yield from _rows(content, encoding, separator)

    yield Grid(name, "", open_rows, is_text=True)


def _stream(content: Path | bytes) -> io.BufferedReader:
    if isinstance(content, bytes):
        return io.BufferedReader(io.BytesIO(content))
    return content.open("rb")


def _rows(content: Path | bytes, encoding: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(_FIELD_LIMIT)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    with _stream(content) as raw, io.TextIOWrapper(raw, encoding=codec, newline="") as text:
        yield from csv.reader(text, delimiter=separator)


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
    length = len(content) if isinstance(content, bytes) else content.stat().st_size
    if length <= _FIELD_LIMIT or not _may_exceed(content):
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


def _may_exceed(content: Path | bytes) -> bool:
    """Say whether a cell may pass the limit: only between quotation marks, or in a line as long as that, it can."""
    run = 0
    with _stream(content) as binary:
        while chunk := binary.read(1 << 20):
            if b'"' in chunk:
                return True
            first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
            if run + (len(chunk) if first < 0 else first) > _FIELD_LIMIT:
                return True
            run = run + len(chunk) if last < 0 else len(chunk) - last - 1
    return False


def _separator(sample: str) -> str:
    """Return the separator that cuts the first lines into rows of equal and greatest width.

    Commas inside a title or between quotation marks do not count against semicolons that cut every line.
    """
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator))


def _fit(sample: str, separator: str) -> tuple[int, int]:
    """Return how many cells the commonest width of more than one accounts for, and how many there are in all."""
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths = [len(row) for row in islice(reader, _SAMPLE_ROWS)]
    cut = [width for width in widths if width > 1]
    return max((width * cut.count(width) for width in set(cut)), default=0), sum(cut)
