"""Tables that follow another list of units than that of their year-end, or mix two lists, and where it must be told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from forms import canonical, mau_08
from forms.corpus_planted import SHEET, Place, Planted
from forms.model import Arrangement, FormOptions, FormRow
from thidua_cli.units.tables import REFORM_DAY, bundled

AGENCY: Final = "UBND TỈNH ĐỒNG THÁP"
SINCE_REFORM: Final = ("Phường Đạo Thạnh", "Phường Mỹ Phong", "Phường Thới Sơn")
BEFORE_REFORM: Final = ("Xã Đạo Thạnh", "Xã Mỹ Phong")
"""Communes of Mỹ Tho, Tiền Giang, until 30 June 2025."""


def _row(at: int, name: str) -> FormRow:
    return FormRow(name, 1000 + at, 4000 + at, 100, 400, 50, 200)


def _form(folder: Path, year: int, names: tuple[str, ...], agency: str = AGENCY) -> mau_08.Layout:
    options = FormOptions(year=year, agency=agency, arrangement=Arrangement.NUMBERING, total_row=False)
    rows = [_row(at, name) for at, name in enumerate(names)]
    return mau_08.write(folder / f"Mau-08_{year}.xlsx", rows, options)


def _later_list(folder: Path) -> Place:
    layout = _form(folder, 2024, SINCE_REFORM)
    return Place("Mau-08_2024.xlsx", SHEET, f"B{layout.unit_rows[0]}")


def _former_commune(folder: Path) -> Place:
    today = tuple(unit.name for unit in bundled().communes(REFORM_DAY, "82"))
    layout = _form(folder, 2025, (*today, BEFORE_REFORM[0]))
    return Place("Mau-08_2025.xlsx", SHEET, f"B{layout.unit_rows[-1]}")


def _mixed_form(folder: Path) -> Place:
    layout = _form(folder, 2025, (*SINCE_REFORM, *BEFORE_REFORM))
    return Place("Mau-08_2025.xlsx", SHEET, f"B{layout.unit_rows[3]}")


def _former_district(folder: Path) -> Place:
    _form(folder, 2025, ("Xã Tà Lu", "Xã Sông Kôn"), "UBND HUYỆN ĐÔNG GIANG")
    return Place("Mau-08_2025.xlsx", SHEET)


def _mixed_codes(folder: Path) -> Place:
    units = (
        *(("26740", "Phường Sài Gòn"), ("26758", "Phường Cầu Ông Lãnh")),
        *(("26737", "Phường Đa Kao"), ("26746", "Phường Nguyễn Thái Bình")),
    )
    records: list[canonical.Row] = [
        {
            "unit_code": code,
            "year": 2025,
            "unit_name": name,
            "households": 9000,
            "poor_households": 90,
            "near_poor_households": 60,
        }
        for code, name in units
    ]
    canonical.write_csv(folder / "bang.csv", records, list(records[0]))
    return Place("bang.csv", "", "A4")


IN_LISTS: Final = (
    Planted("U006", "communes of the next year's list", _later_list),
    Planted("U006", "a commune that was merged", _former_commune),
    Planted("U006", "the form of a district after the districts ended", _former_district),
    Planted("U009", "former communes among those of today", _mixed_form),
    Planted("U009", "former codes among those of today", _mixed_codes),
)
