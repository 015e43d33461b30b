"""Class tables and the user's `--classes` files: CSV lines → rows, each refused with file and line when wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text

_COLUMNS: Final = ("unit_code", "class", "from", "to", "unit_name", "source")
_REQUIRED: Final = ("unit_code", "class")
_COMPLETENESS_COLUMNS: Final = ("class", "province_code", "state", "stated_count", "source")
_STATES: Final = ("complete", "partial", "none")
_CODE: Final = re.compile(r"[0-9]+")
_DIGITS: Final[Mapping[str, tuple[int, ...]]] = {
    "poor_district": (3,),
    "coastal_commune": (3, 5),  # two entries of the list are whole island districts: Cồn Cỏ 471, Lý Sơn 536
    "area_1": (5,),
    "area_2": (5,),
    "area_3": (5,),
    "mountain": (2, 3, 5),
}
"""How many digits the code of a unit of that class has: Excel drops leading zeros, which makes another unit of it."""
_OUTSIDE: Final = "not_"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One line: a unit is inside (or known to be outside) one class from one day to another, both included."""

    unit_code: str
    token: str
    inside: bool
    valid_from: date | None
    """None where the line leaves the start open."""
    valid_to: date | None
    """None where the line leaves the end open."""
    source: str
    file: str
    line: int

    @property
    def written(self) -> str:
        """The class as the line writes it."""
        return self.token if self.inside else _OUTSIDE + self.token

    @property
    def place(self) -> Text:
        """File and line, for messages."""
        return _place(self.file, self.line)

    def stands_on(self, day: date) -> bool:
        """Say whether the line speaks of `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def overlaps(self, other: ClassRow) -> bool:
        """Say whether both lines speak of some day."""
        start = max(self.valid_from or date.min, other.valid_from or date.min)
        return start <= min(self.valid_to or date.max, other.valid_to or date.max)

    def refuse(self, text: Text) -> InputError:
        """Return the error that names file and line."""
        return _refusal(self.file, self.line, text)


def read_class_rows(path: Path, tokens: Sequence[str]) -> list[ClassRow]:
    """Return one row per line of a class file, in its order.

    Raises:
        InputError: the file or a line cannot be read; the message names file and line.
    """
    return [_class_row(str(path), line, cells, tokens) for line, cells in _lines(path, _COLUMNS, _REQUIRED)]


def read_completeness(path: Path, tokens: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return (class, province code of 2022) → "complete", "partial" or "none".

    Raises:
        InputError: the file or a line cannot be read, or a class and province stand in it twice.
    """
    states: dict[tuple[str, str], str] = {}
    for line, cells in _lines(path, _COMPLETENESS_COLUMNS, _COMPLETENESS_COLUMNS[:3]):
        token, province, state = cells["class"], cells["province_code"], cells["state"]
        if token not in tokens:
            raise _unknown(str(path), line, token, tokens)
        if state not in _STATES:
            raise _unknown(str(path), line, state, _STATES)
        if (token, province) in states:
            pair = f"{token} {province}"
            raise _refusal(str(path), line, Text(f"{pair} đã có ở trên", f"{pair} stands above already"))
        states[token, province] = state
    return states


def _lines(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, cells by column) for every line that is not blank."""
    content = _text(path)
    first = content.split("\n", 1)[0]
    # Excel on a Vietnamese Windows saves "CSV" with semicolons.
    reader = csv.reader(content.splitlines(), delimiter=";" if ";" in first and "," not in first else ",")
    header = [name.strip() for name in next(reader, [])]
    _check_header(str(path), header, columns, required)
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            count, wanted = len(cells), len(header)
            text = Text(f"có {count} ô, tiêu đề chỉ có {wanted}", f"{count} cells under {wanted} headings")
            raise _refusal(str(path), reader.line_num, text)
        values = dict.fromkeys(columns, "")
        values.update(zip(header, (cell.strip() for cell in cells), strict=False))
        yield reader.line_num, values


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Text(f"{path}: không đọc được ({reason})", f"{path}: cannot be read ({reason})")) from error
    except UnicodeDecodeError as error:
        raise InputError(Text(f"{path}: không phải CSV mã UTF-8", f"{path}: is not a CSV in UTF-8")) from error


def _check_header(file: str, header: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> None:
    for name in required:
        if name not in header:
            raise _refusal(file, 1, Text(f'thiếu cột "{name}"', f'the column "{name}" is missing'))
    for position, name in enumerate(header):
        if name not in columns:
            raise _unknown(file, 1, name, columns)
        if name in header[:position]:
            raise _refusal(file, 1, Text(f'cột "{name}" có hai lần', f'the column "{name}" stands twice'))


def _class_row(file: str, line: int, cells: Mapping[str, str], tokens: Sequence[str]) -> ClassRow:
    written, code = cells["class"], cells["unit_code"]
    token = written.removeprefix(_OUTSIDE)
    if token not in tokens:
        raise _unknown(file, line, written, [*tokens, *(_OUTSIDE + token for token in tokens)])
    _check_code(file, line, code, token)
    start, end = (_day(file, line, key, cells[key]) for key in ("from", "to"))
    if start and end and end < start:
        raise _refusal(file, line, Text('"to" trước "from"', '"to" lies before "from"'))
    return ClassRow(code, token, token == written, start, end, cells["source"], file, line)


def _check_code(file: str, line: int, code: str, token: str) -> None:
    if _CODE.fullmatch(code) and len(code) in _DIGITS[token]:
        return
    digits_vi = " hoặc ".join(map(str, _DIGITS[token]))
    digits_en = " or ".join(map(str, _DIGITS[token]))
    raise _refusal(
        file,
        line,
        Text(
            f'mã đơn vị "{code}" phải có {digits_vi} chữ số với {token} (Excel hay bỏ số 0 ở đầu)',
            f'unit code "{code}" must have {digits_en} digits with {token} (Excel drops leading zeros)',
        ),
    )


def _day(file: str, line: int, column: str, value: str) -> date | None:
    """Return a day written 2024-07-22 or 22/07/2024; None for an empty cell."""
    if not value:
        return None
    match = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", value)
    parts = match.groups() if match else None
    if parts is None:
        match = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", value)
        parts = match.groups()[::-1] if match else None
    try:
        if parts is not None:
            return date(*map(int, parts))
    except ValueError:
        pass  # a day that is not in the calendar is refused like any other text
    raise _refusal(file, line, Text(f'{column}: "{value}" không phải ngày', f'{column}: "{value}" is not a date'))


def _unknown(file: str, line: int, value: str, known: Sequence[str]) -> InputError:
    listed = ", ".join(known)
    text = Text(f'"{value}" lạ; dùng một trong: {listed}', f'unknown "{value}"; use one of: {listed}')
    return _refusal(file, line, text)


def _refusal(file: str, line: int, text: Text) -> InputError:
    place = _place(file, line)
    return InputError(Text(f"{place.vi}: {text.vi}", f"{place.en}: {text.en}"))


def _place(file: str, line: int) -> Text:
    return Text(f"{file}, dòng {line}", f"{file}, line {line}")
