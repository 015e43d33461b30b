"""The user's `--plan` files: what a unit planned for one year, so that the year's result can be held against it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Measure
from thidua_cli.quoting import foreign
from thidua_cli.rulebook import csv_lines
from thidua_cli.rulebook.schema import ThresholdUnit

_COLUMNS: Final = ("unit_code", "year", "measure", "planned", "unit", "unit_name", "source")
_REQUIRED: Final = ("unit_code", "year", "measure", "planned", "unit", "source")
_CODE: Final = late_pattern(r"[0-9]{2}|[0-9]{3}|[0-9]{5}|VN|[0-9]{5}-.+")
_YEAR: Final = late_pattern(r"20[0-9]{2}")
_NUMBER: Final = late_pattern(r"[-−]?([0-9]+(?:[.,][0-9]+)?)")
_WHOLE: Final = late_pattern(r"[-−]?([0-9]+|[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\2[0-9]{3})*)")
"""Groups of three by one mark: "1.225,000" has two, and "0.123" is a fraction."""
UNITS: Final = (ThresholdUnit.HOUSEHOLDS, ThresholdUnit.POINTS, ThresholdUnit.PERCENT)


@dataclass(frozen=True, slots=True)
class PlannedFall:
    """One line: by how much a count or a rate was to fall within one year."""

    unit_code: str
    year: int
    measure: Measure
    planned: Decimal
    """Fall from the year-end before: households, percentage points, or percent of the households before."""
    unit: ThresholdUnit
    source: str
    """Where the plan is written: number and date of the document."""
    file: str
    line: int


def read_plans(paths: Sequence[Path]) -> list[PlannedFall]:
    """Return one value per line of the files, in their order.

    A fall is written with or without a minus: reports print "-1.225" and "giảm 1.225" alike.

    Raises:
        InputError: A file or a line cannot be read, or a unit, year and measure stand in them twice.
    """
    plans: list[PlannedFall] = []
    seen: dict[tuple[str, int, Measure, ThresholdUnit], PlannedFall] = {}
    for path in paths:
        for line, cells in csv_lines.lines(path, _COLUMNS, _REQUIRED):
            plan = _plan(str(path), line, cells)
            earlier = seen.setdefault((plan.unit_code, plan.year, plan.measure, plan.unit), plan)
            if earlier is not plan:
                where = csv_lines.place(earlier.file, earlier.line)
                text = Text("trùng với {where}", "says the same again as {where}")
                raise csv_lines.refusal(plan.file, plan.line, text.fill(where=where))
            plans.append(plan)
    return plans


def _plan(file: str, line: int, cells: Mapping[str, str]) -> PlannedFall:
    code, year, source = cells["unit_code"], cells["year"], cells["source"]
    if not _CODE.fullmatch(code):
        text = Text(
            'mã đơn vị "{code}" phải có 2, 3 hoặc 5 chữ số (Excel hay bỏ số 0 ở đầu)',
            'the unit code "{code}" must have 2, 3 or 5 digits (Excel drops leading zeros)',
        )
        raise csv_lines.refusal(file, line, text.fill(code=foreign(code)))
    if not _YEAR.fullmatch(year):
        text = Text('year: "{year}" không phải năm', 'year: "{year}" is no year')
        raise csv_lines.refusal(file, line, text.fill(year=foreign(year)))
    if not source:
        text = Text(
            "thiếu nguồn (source): số và ngày văn bản giao kế hoạch", "the source is missing: the plan's number and day"
        )
        raise csv_lines.refusal(file, line, text)
    measure, unit = cells["measure"], cells["unit"]
    if measure not in set(Measure):
        raise csv_lines.unknown(file, line, measure, [token.value for token in Measure])
    if unit not in UNITS:
        raise csv_lines.unknown(file, line, unit, [token.value for token in UNITS])
    if unit == ThresholdUnit.POINTS and not Measure(measure).has_rate:
        text = Text(f"{measure} không có tỷ lệ; dùng households", f"{measure} has no rate; use households")
        raise csv_lines.refusal(file, line, text)
    planned = _planned(file, line, cells["planned"], ThresholdUnit(unit))
    return PlannedFall(code, int(year), Measure(measure), planned, ThresholdUnit(unit), source, file, line)


def _planned(file: str, line: int, value: str, unit: ThresholdUnit) -> Decimal:
    """Return the planned fall; households may be written with thousands separators, points with either mark."""
    pattern = _WHOLE if unit is ThresholdUnit.HOUSEHOLDS else _NUMBER
    match = pattern.fullmatch(value)
    digits = "" if match is None else match[1]
    written = re.sub("[.,]", "", digits) if unit is ThresholdUnit.HOUSEHOLDS else digits.replace(",", ".")
    if not written or Decimal(written) == 0:
        text = Text('planned: "{value}" không phải mức giảm lớn hơn 0', 'planned: "{value}" is no fall above 0')
        raise csv_lines.refusal(file, line, text.fill(value=foreign(value)))
    return Decimal(written)
