"""Small CSV files that a user writes beside the figures: strict, every refusal with file and line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import written_day
from thidua_cli.quoting import foreign
from thidua_cli.side_files import side_text

if TYPE_CHECKING:
    from _csv import Reader

_DAY: Final = late_pattern(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
"""Stricter than `written_day`, which takes a year of two digits and blanks around the numbers."""


def lines(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, cells by column) for every line that is not blank; a column without a cell is empty.

    Raises:
        InputError: The file cannot be read, or its header or a line has not the columns.
    """
    content = _text(path)
    first = content.split("\n", 1)[0]
    # Excel on a Vietnamese Windows saves "CSV" with semicolons.
    delimiter = ";" if ";" in first and "," not in first else ","
    # Strict: an unclosed quotation mark would take the rest of the file for one cell.
    reader = csv.reader(content.splitlines(), delimiter=delimiter, strict=True)
    rows = _rows(reader, str(path))
    header = [name.strip() for name in next(rows, [])]
    _check_header(str(path), header, columns, required)
    for cells in rows:
        # Excel writes the rows below a table as lines of separators.
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            count, wanted = len(cells), len(header)
            text = Text(f"có {count} ô, tiêu đề chỉ có {wanted}", f"{count} cells under {wanted} headings")
            raise refusal(str(path), reader.line_num, text)
        values = dict.fromkeys(columns, "")
        values.update(zip(header, (cell.strip() for cell in cells), strict=False))
        yield reader.line_num, values


def _rows(reader: Reader, file: str) -> Iterator[list[str]]:
    start = 1
    try:
        for cells in reader:
            yield cells
            start = reader.line_num + 1
    except csv.Error as error:
        text = Text(
            "dấu ngoặc kép mở mà không đóng, hoặc có chữ ngay sau dấu đóng; trong ô, mỗi dấu ngoặc kép viết hai lần",
            "a quotation mark is not closed, or text follows the closing one; inside a cell each is written twice",
        )
        raise refusal(file, start, text) from error


def header_of(path: Path) -> tuple[str, ...]:
    """Return the names of the columns, to tell one kind of file from another.

    Raises:
        InputError: The file cannot be read.
    """
    first = _text(path).split("\n", 1)[0]
    return tuple(name.strip() for name in re.split("[;,]", first))


def day(file: str, line: int, column: str, value: str) -> date | None:
    """Return a day written 2024-07-22 or 22/07/2024; None for an empty cell."""
    if not value:
        return None
    try:
        if _DAY.fullmatch(value):
            return written_day(value)
    except ValueError:
        pass  # a day that is not in the calendar is refused like any other text
    text = Text('{column}: "{value}" không phải ngày', '{column}: "{value}" is not a date')
    raise refusal(file, line, text.fill(column=column, value=foreign(value)))


def unknown(file: str, line: int, value: str, known: Sequence[str]) -> InputError:
    """Return the error for a word that is none of those allowed."""
    listed = ", ".join(known)
    text = Text('"{value}" lạ; dùng một trong: {listed}', 'unknown "{value}"; use one of: {listed}')
    return refusal(file, line, text.fill(value=foreign(value), listed=listed))


def refusal(file: str, line: int, text: Text) -> InputError:
    """Return the error that names file and line."""
    where = place(file, line)
    return InputError(Text(f"{where.vi}: {text.vi}", f"{where.en}: {text.en}"))


def place(file: str, line: int) -> Text:
    """Return file and line, for messages."""
    return Text(f"{file}, dòng {line}", f"{file}, line {line}")


def _text(path: Path) -> str:
    return side_text(path, Text("CSV", "a CSV"))


def _check_header(file: str, header: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> None:
    for name in required:
        if name not in header:
            raise refusal(file, 1, Text(f'thiếu cột "{name}"', f'the column "{name}" is missing'))
    for position, name in enumerate(header):
        if name not in columns:
            raise unknown(file, 1, name, columns)
        if name in header[:position]:
            raise refusal(file, 1, Text(f'cột "{name}" có hai lần', f'the column "{name}" stands twice'))
