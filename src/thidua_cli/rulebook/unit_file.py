"""The user's own files about units: villages, of which there is no national list, and the shares of divided units.

`--units` takes two kinds of file, told apart by their header: one line per village, or one line per pair of villages in
the columns of the shipped events. `--shares` says how a divided unit's households were shared out, a line per unit,
successor and year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.late_pattern import late_pattern
from thidua_cli.quoting import foreign
from thidua_cli.rulebook import csv_lines
from thidua_cli.units.changes import Change, Households

_VILLAGE_COLUMNS: Final = ("code", "name", "commune_code", "valid_from", "valid_to")
_EVENT_COLUMNS: Final = ("date", "kind", "from_code", "from_name", "to_code", "to_name", "households", "evidence")
_COMMUNE: Final = late_pattern(r"[0-9]{5}")
_OF_ONE_UNIT: Final = ("renamed", "moved", "recoded")
"""Kinds in which a village goes on as it is; their households are left empty."""
_OF_SEVERAL: Final = ("merged", "divided", "part_transferred")


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One line: a village lies in a commune from one day to another, both included."""

    code: str
    """Empty where the user has no codes of their own: commune and name tell the village."""
    name: str
    commune_code: str
    valid_from: date | None
    valid_to: date | None
    file: str
    line: int

    def stands_on(self, day: date) -> bool:
        """Say whether the line speaks of `day`."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def refuse(self, text: Text) -> InputError:
        """Return the error that names file and line."""
        return csv_lines.refusal(self.file, self.line, text)


@dataclass(frozen=True, slots=True)
class UnitFiles:
    """What the user's files say."""

    villages: Sequence[VillageRow] = field(default=())
    changes: Sequence[Change] = field(default=())


def read_unit_files(paths: Sequence[Path]) -> UnitFiles:
    """Return villages and changes of all files, in their order.

    Raises:
        InputError: A file or a line cannot be read, a header is neither of the two, or a village stands twice.
    """
    villages: list[VillageRow] = []
    changes: list[Change] = []
    for path in paths:
        header = csv_lines.header_of(path)
        if "commune_code" in header:
            lines = csv_lines.lines(path, _VILLAGE_COLUMNS, _VILLAGE_COLUMNS[:3])
            villages += [_village(str(path), line, cells) for line, cells in lines]
        elif "from_code" in header:
            lines = csv_lines.lines(path, _EVENT_COLUMNS, _EVENT_COLUMNS)
            changes += [_change(str(path), line, cells) for line, cells in lines]
        else:
            wanted = " | ".join([",".join(_VILLAGE_COLUMNS), ",".join(_EVENT_COLUMNS)])
            text = Text("dòng tiêu đề phải là: {wanted}", "the header must be one of: {wanted}")
            raise csv_lines.refusal(str(path), 1, text.fill(wanted=wanted))
    _refuse_repeated(villages)
    return UnitFiles(villages, changes)


def _village(file: str, line: int, cells: Mapping[str, str]) -> VillageRow:
    if not cells["name"]:
        raise csv_lines.refusal(file, line, Text("thiếu tên thôn (name)", "the name is missing"))
    commune = cells["commune_code"]
    if not _COMMUNE.fullmatch(commune):
        text = Text(
            'commune_code: mã xã "{code}" phải có 5 chữ số (Excel hay bỏ số 0 ở đầu)',
            'commune_code: "{code}" must have 5 digits (Excel drops leading zeros)',
        )
        raise csv_lines.refusal(file, line, text.fill(code=foreign(commune)))
    start, end = (csv_lines.day(file, line, name, cells[name]) for name in ("valid_from", "valid_to"))
    if start and end and end < start:
        raise csv_lines.refusal(file, line, Text('"valid_to" trước "valid_from"', '"valid_to" before "valid_from"'))
    return VillageRow(cells["code"], cells["name"], commune, start, end, file, line)


def _change(file: str, line: int, cells: Mapping[str, str]) -> Change:
    kind = cells["kind"]
    if kind not in (*_OF_ONE_UNIT, *_OF_SEVERAL):
        raise csv_lines.unknown(file, line, kind, (*_OF_ONE_UNIT, *_OF_SEVERAL))
    for name in ("date", "from_code", "to_code", "evidence"):
        if not cells[name]:
            raise csv_lines.refusal(file, line, Text(f'thiếu "{name}"', f'"{name}" is missing'))
    day = csv_lines.day(file, line, "date", cells["date"])
    allowed = [""] if kind in _OF_ONE_UNIT else [answer.value for answer in Households if answer.value]
    if cells["households"] not in allowed:
        raise csv_lines.unknown(file, line, cells["households"], allowed)
    names = cells["from_name"], cells["to_name"]
    households = Households(cells["households"])
    first_day = day or date.min  # an empty date was refused above
    return Change(
        first_day, kind, cells["from_code"], names[0], cells["to_code"], names[1], households, cells["evidence"]
    )


def _refuse_repeated(rows: Sequence[VillageRow]) -> None:
    seen: dict[tuple[str, str, str], list[VillageRow]] = {}
    for row in rows:
        key = (row.code, "", "") if row.code else ("", row.commune_code, row.name)
        for earlier in seen.setdefault(key, []):
            first = max(row.valid_from or date.min, earlier.valid_from or date.min)
            if first <= min(row.valid_to or date.max, earlier.valid_to or date.max):
                where = csv_lines.place(earlier.file, earlier.line)
                raise row.refuse(Text("thôn này đã có ở {where}", "the village stands at {where}").fill(where=where))
        seen[key].append(row)


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
_SHARE_COLUMNS: Final = ("from", "to", "year", *COUNT_OF_COLUMN, "share", "source")
_SHARE_REQUIRED: Final = ("from", "to", "year", "source")
_CODE: Final = late_pattern(r"[0-9]{3}|[0-9]{5}")
_YEAR: Final = late_pattern(r"20[0-9]{2}")
_COUNT: Final = late_pattern(r"[0-9]+")
_SHARE: Final = late_pattern(r"([0-9]+(?:[.,][0-9]+)?) ?(%?)")


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
        _share_row(str(path), line, cells)
        for path in paths
        for line, cells in csv_lines.lines(path, _SHARE_COLUMNS, _SHARE_REQUIRED)
    ]
    for position, row in enumerate(rows):
        for earlier in rows[:position]:
            _refuse_overlap(earlier, row)
    return rows


def _share_row(file: str, line: int, cells: Mapping[str, str]) -> ShareRow:
    for column in ("from", "to"):
        if not _CODE.fullmatch(cells[column]):
            text = Text(
                '{column}: mã "{code}" phải có 5 chữ số, hoặc 3 với huyện (Excel hay bỏ số 0 ở đầu)',
                '{column}: the code "{code}" must have 5 digits, or 3 for a district (Excel drops leading zeros)',
            )
            raise csv_lines.refusal(file, line, text.fill(column=column, code=foreign(cells[column])))
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
            raise csv_lines.refusal(file, line, text.fill(column=column, value=foreign(value)))
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
        raise csv_lines.refusal(file, line, text.fill(value=foreign(value)))
    return share


def _year(file: str, line: int, value: str, *, needed: bool) -> int | None:
    if not value and not needed:
        return None
    if not _YEAR.fullmatch(value):
        text = Text('year: "{value}" không phải năm rà soát', 'year: "{value}" is no year of a review')
        raise csv_lines.refusal(file, line, text.fill(value=foreign(value)))
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
