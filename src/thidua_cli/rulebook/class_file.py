"""Class tables and the user's `--classes` files: CSV lines → rows, each refused with file and line when wrong.

A row says that one unit is in one class (or, in a user's file, known to be outside it) from one day to another. The
tables that ship have a first column more, `list`: the id of the class list that the row belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Origin
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.quoting import foreign
from thidua_cli.rulebook import csv_lines
from thidua_cli.rulebook.class_lists import ClassList

_COLUMNS: Final = ("unit_code", "class", "from", "to", "unit_name", "source")
_REQUIRED: Final = ("unit_code", "class")
_LIST: Final = "list"
_COMPLETENESS_COLUMNS: Final = (_LIST, "class", "province_code", "state", "stated_count", "source")
_STATES: Final = ("complete", "partial", "none")
_CODE: Final = late_pattern(r"[0-9]+")
_DIGITS: Final[Mapping[str, tuple[int, ...]]] = {
    "poor_district": (3,),
    "coastal_commune": (3, 5),  # two entries of the list are whole island districts: Cồn Cỏ 471, Lý Sơn 536
    "area_1": (5,),
    "area_2": (5,),
    "area_3": (5,),
    "mountain": (2, 3, 5),
    "poor_commune": (5,),
}
"""How many digits the code of a unit of that class has: Excel drops leading zeros, which makes another unit of it."""
_OUTSIDE: Final = "not_"


class ProvinceList(NamedTuple):
    """How much of one class of one list the tables hold for one province."""

    state: str
    """"complete": every unit has its row; "partial": a row may be missing; "none": the list has no unit there."""
    stated_count: int | None
    """The number of units as a source prints it."""
    source: str


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
    list_id: str = ""
    """The class list that the row belongs to; empty for a row of the user."""
    origin: Origin | None = None
    """The cell that states the class, of a list that is read as a sheet; None of one that is read line by line."""

    @property
    def cell(self) -> Origin:
        """Where the class stands: its cell, or else its line."""
        return self.origin or Origin(self.file, "", self.line)

    @property
    def written(self) -> str:
        """The class as the line writes it."""
        return self.token if self.inside else _OUTSIDE + self.token

    @property
    def place(self) -> Text:
        """File and line, or the cell, for messages."""
        return csv_lines.place(self.file, self.line) if self.origin is None else Text(*[str(self.origin)] * 2)

    def stands_on(self, day: date) -> bool:
        """Say whether the line speaks of `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def overlaps(self, row: ClassRow) -> bool:
        """Say whether both lines speak of some day."""
        start = max(self.valid_from or date.min, row.valid_from or date.min)
        return start <= min(self.valid_to or date.max, row.valid_to or date.max)

    def refuse(self, text: Text) -> InputError:
        """Return the error that names the place."""
        return InputError(Text(*(f"{place}: {words}" for place, words in zip(self.place, text, strict=True))))


def is_plain_class_file(path: Path) -> bool:
    """Say whether a file is a CSV that is headed by the program's own words: it is read line by line.

    Raises:
        InputError: The file cannot be read, or is no text in UTF-8.
    """
    header = csv_lines.header_of(path)
    return {*header} <= {*_COLUMNS} and {*header} >= {*_REQUIRED}


def read_class_rows(path: Path, tokens: Sequence[str]) -> list[ClassRow]:
    """Return one row per line of a class file, in its order.

    Raises:
        InputError: the file or a line cannot be read; the message names file and line.
    """
    return [_class_row(str(path), line, cells, tokens) for line, cells in csv_lines.lines(path, _COLUMNS, _REQUIRED)]


def read_list_rows(path: Path, lists: Mapping[str, ClassList]) -> list[ClassRow]:
    """Return one row per line of a table that ships, in its order; days that a line leaves open are those of its list.

    Raises:
        InputError: the file or a line cannot be read, or a line names no list or a class that its list has not.
    """
    rows = []
    for line, cells in csv_lines.lines(path, (_LIST, *_COLUMNS), (_LIST, *_REQUIRED)):
        of = _list_of(str(path), line, cells, lists)
        row = _class_row(str(path), line, cells, of.classes)
        rows.append(replace(row, valid_from=row.valid_from or of.start, valid_to=row.valid_to or of.end, list_id=of.id))
    return rows


def read_completeness(path: Path, lists: Mapping[str, ClassList]) -> dict[tuple[str, str, str], ProvinceList]:
    """Return (list, class, province code) → how much of it the tables hold; absent means that nobody knows.

    Raises:
        InputError: the file or a line cannot be read, or a list, class and province stand in it twice.
    """
    provinces: dict[tuple[str, str, str], ProvinceList] = {}
    for line, cells in csv_lines.lines(path, _COMPLETENESS_COLUMNS, _COMPLETENESS_COLUMNS[:4]):
        of, token, state = _list_of(str(path), line, cells, lists), cells["class"], cells["state"]
        if token not in of.classes:
            raise csv_lines.unknown(str(path), line, token, of.classes)
        if state not in _STATES:
            raise csv_lines.unknown(str(path), line, state, _STATES)
        key = (of.id, token, cells["province_code"])
        if key in provinces:
            twice = " ".join(key)
            raise csv_lines.refusal(str(path), line, Text(f"{twice} đã có ở trên", f"{twice} stands above already"))
        count = cells["stated_count"]
        provinces[key] = ProvinceList(state, int(count) if count else None, cells["source"])
    return provinces


def _list_of(file: str, line: int, cells: Mapping[str, str], lists: Mapping[str, ClassList]) -> ClassList:
    of = lists.get(cells[_LIST])
    if of is None:
        raise csv_lines.unknown(file, line, cells[_LIST], [*lists])
    return of


def _class_row(file: str, line: int, cells: Mapping[str, str], tokens: Sequence[str]) -> ClassRow:
    written, code = cells["class"], cells["unit_code"]
    token = written.removeprefix(_OUTSIDE)
    if token not in tokens:
        raise csv_lines.unknown(file, line, written, [*tokens, *(_OUTSIDE + token for token in tokens)])
    _check_code(file, line, code, token)
    start, end = (csv_lines.day(file, line, key, cells[key]) for key in ("from", "to"))
    if start and end and end < start:
        raise csv_lines.refusal(file, line, Text('"to" trước "from"', '"to" lies before "from"'))
    return ClassRow(code, token, token == written, start, end, cells["source"], file, line)


def _check_code(file: str, line: int, code: str, token: str) -> None:
    if _CODE.fullmatch(code) and len(code) in _DIGITS[token]:
        return
    digits = Text(*(f" {word} ".join(map(str, _DIGITS[token])) for word in ("hoặc", "or")))
    text = Text(
        'mã đơn vị "{code}" phải có {digits} chữ số với {token} (Excel hay bỏ số 0 ở đầu)',
        'unit code "{code}" must have {digits} digits with {token} (Excel drops leading zeros)',
    )
    raise csv_lines.refusal(file, line, text.fill(code=foreign(code), digits=digits, token=token))
