"""An officer's own form, taught by a small file: `--mapping form.toml` (docs/mapping.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import COUNTS
from thidua_cli.normalise.sheet.title import FIRST_YEAR, LAST_YEAR
from thidua_cli.read.grid import column_index
from thidua_cli.read.limits import HEADER_ROWS
from thidua_cli.rulebook.toml_table import CheckedTable, TablePlace, toml_text, toml_values

_KEYS: Final = ("sheet", "header_row", "first_row", "unit", "unit_code", "number", "year", "scope", "columns")
_LETTERS: Final = late_pattern(r"[A-Z]{1,3}")
_LAST_COLUMN: Final = 16_383
"""XFD, the last column that Excel has."""
LABELS: Final = {"unit": "unit_name", "unit_code": "unit_code", "number": "row_number"}
RATES: Final = {
    "poor_rate": "rate:poor",
    "near_poor_rate": "rate:near_poor",
    "multidimensional_rate": "rate:multidimensional",
}
_COLUMN_KEYS: Final = (*COUNTS, *RATES, "year")


@dataclass(frozen=True, slots=True)
class FormMapping:
    """Where an officer's own form keeps what."""

    file: str
    sheet: str | None
    """Pattern of sheet names ("Biểu *"); None fits every sheet."""
    header_top: int
    """0-based first header row."""
    header_bottom: int
    """0-based last row before the data."""
    columns: Mapping[str, str]
    """Meaning → letters ("D") or a heading as printed."""
    year: int | None
    scope: str | None
    """Code of the unit the form is of."""

    def is_for(self, sheet: str) -> bool:
        """Say whether a sheet's name fits."""
        return self.sheet is None or fnmatchcase(sheet.casefold().strip(), self.sheet.casefold())


def letters_of(text: str) -> int | None:
    """Return the 0-based column of letters in capitals, None for a heading.

    >>> letters_of("D"), letters_of("Số hộ")
    (3, None)
    """
    return column_index(text) if _LETTERS.fullmatch(text) else None


def load_mapping(path: Path) -> FormMapping:
    """Return the mapping that a TOML file describes.

    Raises:
        InputError: The file cannot be read, or says something that is not allowed; names file and line.
    """
    file = path.name
    source = toml_text(path)
    values = toml_values(source, path)
    table = CheckedTable(values, TablePlace(file, source), _KEYS)
    header_top, header_bottom = _rows(table)
    return FormMapping(
        str(path),
        table.text("sheet").strip() if "sheet" in table else None,
        header_top,
        header_bottom,
        _columns(table, values, TablePlace(file, source, "[columns]")),
        _year(table) if "year" in table else None,
        _code(table) if "scope" in table else None,
    )


def _rows(table: CheckedTable) -> tuple[int, int]:
    """Return the header's first row and the last row before the data, 0-based."""
    first_row = table.whole_number("first_row", 1)
    if "header_row" not in table:
        return max(first_row - 2, 0), first_row - 2
    header_row = table.whole_number("header_row", 1)
    if header_row >= first_row:
        text = Text(
            f"dòng tiêu đề {header_row} phải đứng trên dòng số liệu đầu tiên {first_row} (first_row)",
            f"the header row {header_row} must stand above the first row of data {first_row} (first_row)",
        )
        raise table.place.refuse("header_row", text)
    if first_row - header_row > HEADER_ROWS:
        text = Text(
            f"tiêu đề từ dòng {header_row} đến dòng {first_row - 1} dài quá {HEADER_ROWS} dòng; xem lại first_row",
            f"headings from row {header_row} to row {first_row - 1} are more than {HEADER_ROWS} rows; see first_row",
        )
        raise table.place.refuse("header_row", text)
    return header_row - 1, first_row - 2


def _columns(table: CheckedTable, values: Mapping[str, object], place: TablePlace) -> dict[str, str]:
    """Return meaning → column; a column that two meanings claim is refused."""
    if not isinstance(values.get("columns"), dict):
        table.table("columns", _COLUMN_KEYS)  # says what is wrong with it
    inner = values["columns"]
    assert isinstance(inner, dict)
    counts = CheckedTable(inner, place, _COLUMN_KEYS)
    by_meaning: dict[str, str] = {}
    named: dict[str, str] = {}
    entries: list[tuple[CheckedTable, str, str]] = []
    entries += [(table, key, meaning) for key, meaning in LABELS.items() if key in table]
    entries += [(counts, str(key), RATES.get(str(key), str(key))) for key in inner]
    for source, key, meaning in entries:
        column = _column(source, key)
        claimed = column.casefold()
        if claimed in named:
            text = Text(
                f"cột “{column}” đã được dùng cho “{named[claimed]}”",
                f"column “{column}” is used for “{named[claimed]}” already",
            )
            raise source.place.refuse(key, text)
        named[claimed] = key
        by_meaning[meaning] = column
    if "unit_name" not in by_meaning and "unit_code" not in by_meaning:
        raise table.place.refuse("unit", Text("thiếu khóa này (hoặc unit_code)", "this key is missing (or unit_code)"))
    if not set(by_meaning) & {*COUNTS, *RATES.values()}:
        raise table.place.refuse(
            "columns", Text("không nêu cột số hộ hay tỷ lệ nào", "names no column of counts or rates")
        )
    return by_meaning


def _column(table: CheckedTable, key: str) -> str:
    """Return letters in capitals, or a heading as printed; letters that no sheet has are refused."""
    text = " ".join(table.text(key).split())
    letters = text.upper()
    if not re.fullmatch(r"[A-Za-z]{1,3}", text) or (len(text) > 1 and not text.isupper()):
        if re.fullmatch(r"\d+", text):
            wrong = Text(f'"{text}" không phải là cột; viết chữ cái: "D"', f'"{text}" is no column; write letters: "D"')
            raise table.place.refuse(key, wrong)
        return text
    if column_index(letters) > _LAST_COLUMN:
        raise table.place.refuse(key, Text(f'không có cột "{text}"', f'there is no column "{text}"'))
    return letters


def _year(table: CheckedTable) -> int:
    year = table.whole_number("year", FIRST_YEAR)
    if year > LAST_YEAR:
        raise table.place.refuse("year", Text(f"{year} lớn hơn {LAST_YEAR}", f"{year} is greater than {LAST_YEAR}"))
    return year


def _code(table: CheckedTable) -> str:
    code = table.text("scope").strip()
    if not re.fullmatch(r"\d{2}|\d{3}|\d{5}|VN", code):
        text = Text(
            f'"{code}" không phải là mã tỉnh (2 chữ số), huyện (3) hoặc xã (5)',
            f'"{code}" is no code of a province (2 digits), district (3) or commune (5)',
        )
        raise table.place.refuse("scope", text)
    return code
