"""The user's `--shares` files: how a divided unit's households were shared out, a line per unit, successor and year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.rulebook import csv_lines

COUNT_OF_COLUMN: Final[Mapping[str, str]] = {
    "households": "households",
    "poor": "poor_households",
    "near_poor": "near_poor_households",
    "minority": "minority_households",
    "minority_poor": "minority_poor_households",
    "minority_near_poor": "minority_near_poor_households",
    "merit_poor": "merit_poor_households",
}
"""Column of the file → count of the figures."""
_NEEDED: Final = ("households", "poor", "near_poor")
_COLUMNS: Final = ("from", "to", "year", *COUNT_OF_COLUMN, "share", "source")
_REQUIRED: Final = ("from", "to", "year", "source")
_CODE: Final = re.compile(r"[0-9]{3}|[0-9]{5}")
_YEAR: Final = re.compile(r"20[0-9]{2}")
_COUNT: Final = re.compile(r"[0-9]+")
_SHARE: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?(%?)")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One line: what of a unit's households of one year-end belongs to one of its successors."""

    from_code: str
    to_code: str
    year: int | None
    """None where a share holds for every year-end."""
    counts: Mapping[str, int]
    """By the names of the figures; empty where a share is given instead."""
    share: Fraction | None
    source: str
    file: str
    line: int

    def refuse(self, text: Text) -> InputError:
        """Return the error that names file and line."""
        return csv_lines.refusal(self.file, self.line, text)


def read_share_rows(paths: Sequence[Path]) -> list[ShareRow]:
    """Return one row per line of the files, in their order.

    Raises:
        InputError: A file or a line cannot be read, or a unit, successor and year stand in them twice.
    """
    rows = [
        _row(str(path), line, cells) for path in paths for line, cells in csv_lines.lines(path, _COLUMNS, _REQUIRED)
    ]
    for position, row in enumerate(rows):
        for earlier in rows[:position]:
            _refuse_overlap(earlier, row)
    return rows


def _row(file: str, line: int, cells: Mapping[str, str]) -> ShareRow:
    for column in ("from", "to"):
        if not _CODE.fullmatch(cells[column]):
            text = Text(
                '{column}: mã "{code}" phải có 5 chữ số, hoặc 3 với huyện (Excel hay bỏ số 0 ở đầu)',
                '{column}: the code "{code}" must have 5 digits, or 3 for a district (Excel drops leading zeros)',
            )
            raise csv_lines.refusal(file, line, text.fill(column=column, code=cells[column]))
    if not cells["source"]:
        text = Text(
            "thiếu nguồn (source): số liệu chia lấy từ đâu", "the source is missing: where the figures are from"
        )
        raise csv_lines.refusal(file, line, text)
    counts, share = _counts(file, line, cells), _share(file, line, cells["share"])
    if bool(counts) == (share is not None):
        text = Text(
            "ghi số hộ (households, poor, near_poor) hoặc tỷ lệ (share), một trong hai",
            "give counts (households, poor, near_poor) or a share, one of the two",
        )
        raise csv_lines.refusal(file, line, text)
    year = _year(file, line, cells["year"], needed=share is None)
    return ShareRow(cells["from"], cells["to"], year, counts, share, cells["source"], file, line)


def _counts(file: str, line: int, cells: Mapping[str, str]) -> dict[str, int]:
    written = {column: cells[column] for column in COUNT_OF_COLUMN if cells[column]}
    for column, value in written.items():
        if not _COUNT.fullmatch(value):
            text = Text('{column}: "{value}" không phải số hộ', '{column}: "{value}" is no number of households')
            raise csv_lines.refusal(file, line, text.fill(column=column, value=value))
    absent = [column for column in _NEEDED if column not in written]
    if written and absent:
        listed = ", ".join(absent)
        raise csv_lines.refusal(file, line, Text(f"thiếu {listed}", f"missing: {listed}"))
    counts = {COUNT_OF_COLUMN[column]: int(value) for column, value in written.items()}
    if counts and counts["poor_households"] + counts["near_poor_households"] > counts["households"]:
        text = Text("hộ nghèo và cận nghèo nhiều hơn tổng số hộ", "more poor and near-poor than households")
        raise csv_lines.refusal(file, line, text)
    return counts


def _share(file: str, line: int, value: str) -> Fraction | None:
    """Return a share between 0 and 1, written 0.35, 0,35 or 35%."""
    if not value:
        return None
    match = _SHARE.fullmatch(value)
    share = None if match is None else Fraction(match[1].replace(",", ".")) / (100 if match[2] else 1)
    if share is None or share > 1:
        text = Text('share: "{value}" phải từ 0 đến 1 (0.35 hoặc 35%)', 'share: "{value}" must be 0 to 1 (0.35 or 35%)')
        raise csv_lines.refusal(file, line, text.fill(value=value))
    return share


def _year(file: str, line: int, value: str, *, needed: bool) -> int | None:
    if not value and not needed:
        return None
    if not _YEAR.fullmatch(value):
        text = Text('year: "{value}" không phải năm rà soát', 'year: "{value}" is no year of a review')
        raise csv_lines.refusal(file, line, text.fill(value=value))
    return int(value)


def _refuse_overlap(earlier: ShareRow, row: ShareRow) -> None:
    if row.from_code != earlier.from_code or (None not in (row.year, earlier.year) and row.year != earlier.year):
        return
    where = csv_lines.place(earlier.file, earlier.line)
    if row.to_code == earlier.to_code:
        text = Text("trùng với {where}", "says the same again as {where}")
    elif (row.share is None) != (earlier.share is None):
        text = Text(
            "{code}: số hộ và tỷ lệ lẫn lộn trong một năm, xem {where}",
            "{code}: counts and a share mixed in one year, see {where}",
        )
    else:
        return
    raise row.refuse(text.fill(where=where, code=row.from_code))
