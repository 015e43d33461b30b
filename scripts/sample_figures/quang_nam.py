"""Tỉnh Quảng Nam at the end of 2023: all its districts and communes, with invented counts."""

from __future__ import annotations

import hashlib
from typing import Final

from forms.model import FormRow
from sample_figures import dong_giang
from thidua_cli.model import Unit, year_end
from thidua_cli.units.tables import bundled

YEAR: Final = 2023
PROVINCE_CODE: Final = "49"
MOUNTAIN_DISTRICTS: Final = ("504", "505", "510", "511", "512", "514", "515", "516", "519")
"""Where the invented shares of poor households are high."""


def rows() -> list[FormRow]:
    """Return the rows of the province's form: each district above its communes."""
    units = bundled()
    day = year_end(YEAR)
    result = []
    for district in units.children(PROVINCE_CODE, day):
        result.append(FormRow(district.name, depth=1))
        result.extend(_commune_row(commune, district.code) for commune in units.children(district.code, day))
    return result


def _commune_row(unit: Unit, district_code: str) -> FormRow:
    if district_code == "505":
        at = dong_giang.YEARS.index(YEAR)
        households, poor, near_poor = (column[at] for column in dong_giang.COUNTS[unit.name])
        return dong_giang.form_row(unit.name, households, poor, near_poor, depth=2)
    digest = hashlib.sha256(unit.code.encode()).digest()
    mountain = district_code in MOUNTAIN_DISTRICTS
    households = (350 if mountain else 1400) + digest[0] * (4 if mountain else 9)
    poor = households * ((180 if mountain else 5) + digest[1] // (1 if mountain else 8)) // 1000
    near_poor = households * ((40 if mountain else 8) + digest[2] // (4 if mountain else 12)) // 1000
    return dong_giang.form_row(unit.name, households, poor, near_poor, depth=2)
