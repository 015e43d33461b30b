"""The user's `--units` files: villages, of which there is no national list, and what became of them.

Two kinds of file, told apart by their header: one line per village, or one line per pair of villages in the columns of
the shipped events.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.rulebook import csv_lines
from thidua_cli.units.changes import Change, Households

_VILLAGE_COLUMNS: Final = ("code", "name", "commune_code", "valid_from", "valid_to")
_EVENT_COLUMNS: Final = ("date", "kind", "from_code", "from_name", "to_code", "to_name", "households", "evidence")
_COMMUNE: Final = re.compile(r"[0-9]{5}")
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
        raise csv_lines.refusal(file, line, text.fill(code=commune))
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
