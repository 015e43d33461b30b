"""CSV and TSV files as grids: the encoding and the separator are found, never guessed silently."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.language import Text
from thidua_cli.model import Origin
from thidua_cli.read.faults import F001
from thidua_cli.read.grid import Grid, Row

_SAMPLE: Final = 1 << 16
_SEPARATORS: Final = (",", ";", "\t")
_FIELD_LIMIT: Final = 1 << 20


def open_text(content: Path | bytes, name: str) -> Iterator[Grid | Finding]:
    """Yield the text table as a `Grid`, or F001 where it is not text in a known encoding.

    Encodings: UTF-8 with or without byte-order mark, and UTF-16 with one (Excel's "Unicode Text").
    Separators: comma, semicolon or tab, whichever cuts the first lines into most cells.
    """
    with _stream(content) as binary:
        sample = binary.read(_SAMPLE)
    encoding = _encoding(content, sample)
    if encoding is None:
        reason = Text(
            "không phải văn bản UTF-8; trong Excel hãy lưu dạng “CSV UTF-8 (phân tách bằng dấu phẩy)” hoặc .xlsx",
            "it is not UTF-8 text; in Excel save it as “CSV UTF-8 (comma delimited)” or as .xlsx",
        )
        yield Finding(F001, Origin(name), details={"reason": reason})
        return
    separator = _separator(sample.decode(encoding, "ignore"))

    def open_rows() -> Iterator[Row]:
        csv.field_size_limit(_FIELD_LIMIT)
        with _stream(content) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            yield from csv.reader(text, delimiter=separator)

    yield Grid(name, "", open_rows, is_text=True)


def _stream(content: Path | bytes) -> io.BufferedReader:
    if isinstance(content, bytes):
        return io.BufferedReader(io.BytesIO(content))
    return content.open("rb")


def _encoding(content: Path | bytes, sample: bytes) -> str | None:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with _stream(content) as binary:
        try:
            while chunk := binary.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return None
    return "utf-8-sig"


def _separator(sample: str) -> str:
    lines = sample.splitlines()[:20]
    return max(_SEPARATORS, key=lambda separator: max((line.count(separator) for line in lines), default=0))
