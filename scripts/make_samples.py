"""Write everything under sample_data/ anew: `python scripts/make_samples.py [FOLDER]`.

The counts of the workbooks are invented and each workbook says so beside its title; what is published and real stands
in sample_data/published alone (see sample_data/SOURCE.md). Equal code gives equal files.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

from forms import canonical, mau_08
from forms.model import ILLUSTRATIVE, Area, Arrangement, FormOptions, Formula, Rates, Sums
from sample_figures import dien_bien, dong_giang, published, quan_1, quang_nam

SAMPLE_DATA = Path(__file__).resolve().parent.parent / "sample_data"

DONG_GIANG_LOOKS = {
    2021: FormOptions(year=2021, note=ILLUSTRATIVE),
    2022: FormOptions(year=2022, note=ILLUSTRATIVE, type_words=False, stray_spaces=True),
    2023: FormOptions(year=2023, note=ILLUSTRATIVE, rates=Rates.PERCENT, sums=Sums.NUMBER),
    2024: FormOptions(year=2024, note=ILLUSTRATIVE, numbering_as_formula=True),
}
"""Each year's workbook looks like another kind of real file; all four are right."""


def main(folder: Path = SAMPLE_DATA) -> None:
    """Write all samples below `folder`, over what stands there."""
    for name in ("dien-bien", "dong-giang", "quang-nam", "quan-1", "faulty", "published"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_dien_bien(folder / "dien-bien")
    write_dong_giang(folder / "dong-giang")
    write_quang_nam(folder / "quang-nam" / "Mau-08_Quang-Nam_2023.xlsx")
    write_quan_1(folder / "quan-1")
    write_faulty(folder / "faulty" / "Mau-08_Dong-Giang_2024_loi.xlsx")
    canonical.write_csv(folder / "published" / "published_figures.csv", published.ROWS, published.COLUMNS)
    canonical.write_csv(folder / "published" / "ninh-thuan-rates.csv", published.RATE_ROWS, published.RATE_COLUMNS)


def write_dien_bien(folder: Path) -> None:
    """Write a province's five year-ends: districts above their communes until 2024, wards and communes in 2025."""
    for year in dien_bien.YEARS:
        in_two_tiers = year >= dien_bien.YEAR_OF_TWO_TIERS
        options = FormOptions(
            year=year,
            agency="UBND TỈNH ĐIỆN BIÊN",
            note=ILLUSTRATIVE,
            arrangement=Arrangement.AREA if in_two_tiers else Arrangement.NUMBERING,
            place_and_date=f"Điện Biên, ngày 31 tháng 12 năm {year}",
        )
        mau_08.write(folder / f"Mau-08_Dien-Bien_{year}.xlsx", dien_bien.rows(year), options)


def write_dong_giang(folder: Path) -> None:
    """Write a district's four year-ends and the classes of its units."""
    for year, look in DONG_GIANG_LOOKS.items():
        options = replace(look, place_and_date=f"Đông Giang, ngày 15 tháng 12 năm {year}")
        mau_08.write(folder / f"Mau-08_Dong-Giang_{year}.xlsx", dong_giang.rows(year), options)
    with (folder / "classes.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("unit_code", "class", "from", "to", "source"))
        writer.writerows((code, token, "2021-06-04", "", source) for code, token, source in dong_giang.CLASSES)


def write_quan_1(folder: Path) -> None:
    """Write a district's wards before and after the reform of 2025, and how three of them were divided."""
    canonical.write_csv(folder / "quan-1.csv", quan_1.rows(), quan_1.COLUMNS)
    with (folder / "shares.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(quan_1.SHARE_COLUMNS)
        writer.writerows(quan_1.shares())


def write_quang_nam(path: Path) -> None:
    """Write a province's year-end with all its districts and communes."""
    options = FormOptions(
        year=2023,
        agency="UBND TỈNH QUẢNG NAM",
        note=ILLUSTRATIVE,
        arrangement=Arrangement.NUMBERING,
        place_and_date="Quảng Nam, ngày 30 tháng 12 năm 2023",
    )
    mau_08.write(path, quang_nam.rows(), options)


def write_faulty(path: Path) -> None:
    """Write the district's 2024 with one fault in nearly every row; the comments name what `thidua check` finds."""
    rows = {row.name: row for row in dong_giang.rows(2024)}
    faults = [
        replace(rows["Thị trấn P Rao"], households="1.226"),  # V004 thousands, or a decimal point as in Xã Ba?
        replace(rows["Xã Tà Lu"], poor=400),  # L001 more poor and near-poor households than households
        replace(rows["Xã Sông Kôn"], near_poor=None),  # V005 a count that is not there
        replace(rows["Xã Jơ Ngây"], poor_rate=0.25),  # V006 the printed rate is not that of the counts
        replace(rows["Xã A Ting"], poor=236.5),  # V001 half a household
        replace(rows["Xã Tư"], near_poor=-37),  # V002 a negative count
        replace(rows["Xã Ba"], households="1596.00"),  # V003 a number stored as text
        replace(rows["Xã A Rooi"], near_poor=Formula("=#REF!", "#REF!")),  # F005 an error value
        rows["Xã Za Hung"],
        replace(rows["Xã Mà Cooi"], name="Xã Mã Côi Mới"),  # U002 an unknown name
        replace(rows["Xã Ka Dăng"], poor=Formula("=50+63")),  # F004 a formula that was never calculated
        rows["Xã Za Hung"],  # U007 a unit that stands twice
    ]
    options = FormOptions(
        year=2024,
        note=ILLUSTRATIVE,
        place_and_date="Đông Giang, ngày 15 tháng 12 năm 2024",
        printed_sections={Area.URBAN: {"near_poor": 79}},  # S002 the section is not the sum of its rows
        printed_total={"poor": 1522},  # S003 the total was typed, and is no longer the sum of both sections
        extra_heading="Mã bưu chính",  # H002 a heading that means nothing here
        check_columns=True,  # F005 beside the table: a note
    )
    mau_08.write(path, faults, options)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
