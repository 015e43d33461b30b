"""Files for people (forms and tables with titles) with exactly one known mistake each, and where it stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from xlsxwriter import Workbook

from forms import mau_08
from forms.corpus_layouts import AGENCY, HEADER
from forms.model import Area, FormOptions, FormRow, Formula, Sums
from sample_figures import dong_giang
from thidua_cli.normalise.options import ReadingOptions

YEAR: Final = 2023
SHEET: Final = "Mẫu 08"
SONG_KON: Final = 2
"""Index of Xã Sông Kôn among the rows of the form."""
Cell = str | int | float | Formula | None


class Place(NamedTuple):
    """Where a finding must point to; the sheet and the cell are empty where it speaks of a whole file or sheet."""

    file: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Planted:
    """One mistake."""

    code: str
    mistake: str
    """In a few words, for the table and the test's name."""
    write: Callable[[Path], Place]
    """Writes the files into an empty folder and returns where the finding must stand."""
    options: ReadingOptions | None = None
    """What the user says of the files, where that is the mistake."""
    is_class_list: bool = False
    """The file is one for `--classes`, and no table of households."""


IN_FORMS: Final[list[Planted]] = []
"""Mistakes in tables made for people; those in canonical tables are in `corpus_planted_records`."""


def _plant(code: str, mistake: str) -> Callable[[Callable[[Path], Place]], Callable[[Path], Place]]:
    def register(write: Callable[[Path], Place]) -> Callable[[Path], Place]:
        IN_FORMS.append(Planted(code, mistake, write))
        return write

    return register


# Mẫu 08 -----------------------------------------------------------------------------------------------------------


def _form(
    folder: Path,
    options: FormOptions | None = None,
    *,
    name: str = f"Mau-08_{YEAR}.xlsx",
    year: int = YEAR,
    unit: int = SONG_KON,
    without: int | None = None,
    **cells: Any,
) -> mau_08.Layout:
    """Write the district's form with other cells in the row of one unit, and perhaps without another unit."""
    rows = list(dong_giang.rows(year))
    rows[unit] = replace(rows[unit], **cells)
    if without is not None:
        del rows[without]
    return mau_08.write(folder / name, rows, options or FormOptions(year=year, sums=Sums.NUMBER))


def _form_cell(code: str, mistake: str, count: str, cell: Cell) -> None:
    """Plant one wrong cell in the row of Xã Sông Kôn."""

    @_plant(code, mistake)
    def write(folder: Path) -> Place:
        cells: dict[str, Any] = {count: cell}
        layout = _form(folder, **cells)
        return Place(f"Mau-08_{YEAR}.xlsx", SHEET, layout.cell(count, SONG_KON))


_form_cell("F004", "a formula never calculated", "poor", Formula("=300+52"))
_form_cell("F005", "a broken reference", "poor", Formula("=#REF!+1", "#REF!"))
_form_cell("V001", "a fraction", "poor", 352.5)
_form_cell("V001", "a remark beside the number", "near_poor", "90 hộ")
_form_cell("V002", "a negative count", "poor", -352)
_form_cell("V003", "one number typed as text", "households", "925")
_form_cell("V005", "an empty cell", "near_poor", None)
_form_cell("L001", "persons typed for households", "poor", 836)


@_plant("F001", "half of a workbook")
def _half_a_file(folder: Path) -> Place:
    _form(folder)
    path = folder / f"Mau-08_{YEAR}.xlsx"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return Place(path.name)


@_plant("F001", "an empty file")
def _empty_file(folder: Path) -> Place:
    (folder / "bieu.csv").touch()
    return Place("bieu.csv")


@_plant("F002", "a password")
def _encrypted(folder: Path) -> Place:
    name = "EncryptedPackage".encode("utf-16-le")
    (folder / "mat-khau.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + name + bytes(512))
    return Place("mat-khau.xlsx")


@_plant("F003", "columns cut by bars")
def _bars(folder: Path) -> Place:
    (folder / "bieu.csv").write_text("TT|Tên đơn vị|Tổng số hộ|Số hộ nghèo\n1|Xã Tà Lu|423|104\n", "utf-8")
    return Place("bieu.csv")


@_plant("F017", "one person in each row")
def _persons(folder: Path) -> Place:
    invented = ("Nguyễn Văn Mẫu", "Alăng Thị Ví", "Trần Thị Dụ")
    rows = [FormRow(name, 1, 4, 1, 4, 0, 0) for name in invented]
    layout = mau_08.write(folder / f"Mau-08_{YEAR}.xlsx", rows, FormOptions(year=YEAR, sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, f"B{layout.unit_rows[0]}")


@_plant("F011", "sent back empty")
def _not_filled_in(folder: Path) -> Place:
    rows = [FormRow(row.name, area=row.area) for row in dong_giang.rows(YEAR)]
    mau_08.write(folder / f"Mau-08_{YEAR}.xlsx", rows, FormOptions(year=YEAR, sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET)


@_plant("F008", "a copy of the file")
def _copy(folder: Path) -> Place:
    _form(folder)
    shutil.copy(folder / f"Mau-08_{YEAR}.xlsx", folder / f"Mau-08_{YEAR} (1).xlsx")
    return Place(f"Mau-08_{YEAR}.xlsx")  # the copy comes first by name


@_plant("H002", "a column nobody knows")
def _unknown_column(folder: Path) -> Place:
    _form(folder, FormOptions(year=YEAR, extra_heading="Số hộ ngheo đói"))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, "M4")


@_plant("H004", "no year anywhere")
def _no_year(folder: Path) -> Place:
    _form(folder, FormOptions(year=YEAR, year_in_title=False), name="bieu.xlsx")
    return Place("bieu.xlsx", SHEET)


@_plant("H005", "another year in the file's name")
def _two_years(folder: Path) -> Place:
    _form(folder, name="Mau-08_2022.xlsx")
    return Place("Mau-08_2022.xlsx", SHEET)


@_plant("H014", "a sheet of half a year")
def _half_year(folder: Path) -> Place:
    _form(folder, FormOptions(year=YEAR, sheet_name=f"6 tháng {YEAR}", sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", f"6 tháng {YEAR}")


@_plant("H015", "a plan on the form of results")
def _plan(folder: Path) -> Place:
    _form(folder, FormOptions(year=YEAR, note=f"Dự kiến năm {YEAR}", sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, "G3")


@_plant("H012", "a line of the province's own, without its name")
def _line_of_a_place(folder: Path) -> Place:
    _form(folder, FormOptions(year=YEAR, note="Theo chuẩn nghèo của tỉnh", sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET)


@_plant("H013", "persons above a form of households")
def _counted_in_persons(folder: Path) -> Place:
    _form(folder, FormOptions(year=YEAR, note="Đơn vị tính: người", sums=Sums.NUMBER))
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, "G3")


@_plant("V006", "a rate of another year")
def _wrong_rate(folder: Path) -> Place:
    layout = _form(folder, poor_rate=0.4567)
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, f"F{layout.unit_rows[SONG_KON]}")


@_plant("U008", "a commune left out")
def _commune_left_out(folder: Path) -> Place:
    layout = _form(folder, without=4)
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, f"B{layout.total_row}")


@_plant("S002", "a total that forgets a commune")
def _wrong_section(folder: Path) -> Place:
    options = FormOptions(year=YEAR, sums=Sums.NUMBER, printed_sections={Area.RURAL: {"poor": 1718 - 132 - 104}})
    layout = _form(folder, options)
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, f"E{layout.section_rows[Area.RURAL]}")


@_plant("S003", "a total that forgets the township")
def _wrong_total(folder: Path) -> Place:
    options = FormOptions(year=YEAR, sums=Sums.NUMBER, printed_total={"near_poor": 573})
    layout = _form(folder, options)
    return Place(f"Mau-08_{YEAR}.xlsx", SHEET, f"I{layout.total_row}")


# One header row ---------------------------------------------------------------------------------------------------


def _flat(folder: Path, header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> None:
    """Write a table of one header row below the district's title."""
    with Workbook(str(folder / "bieu.xlsx"), {"strings_to_numbers": False, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("Biểu")
        for at, row in enumerate(([AGENCY], [f"Năm rà soát: {YEAR}"], header, *rows)):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)


def _flat_rows() -> list[list[Cell]]:
    return [
        [number, row.name, row.households, row.poor, row.near_poor]
        for number, row in enumerate(dong_giang.rows(YEAR), start=1)
    ]


@_plant("H001", "a rate in place of the count")
def _no_households(folder: Path) -> Place:
    rows = [[*row[:2], *row[3:]] for row in _flat_rows()]
    _flat(folder, [*HEADER[:2], *HEADER[3:]], rows)
    return Place("bieu.xlsx", "Biểu", "3:3")


@_plant("H003", "last year's column under the same heading")
def _same_heading(folder: Path) -> Place:
    rows = [[*row, row[2]] for row in _flat_rows()]
    _flat(folder, [*HEADER, "Tổng số hộ dân cư"], rows)
    return Place("bieu.xlsx", "Biểu", "C3")


def _heading(code: str, mistake: str, place: int, heading: str, *, beside: bool = False) -> None:
    """Plant another heading over a column, or over one more column beside the table."""

    @_plant(code, mistake)
    def write(folder: Path) -> Place:
        header = [*HEADER, heading] if beside else [*HEADER[:place], heading, *HEADER[place + 1 :]]
        _flat(folder, header, [[*row, row[3]] if beside else row for row in _flat_rows()])
        return Place("bieu.xlsx", "Biểu", f"{'ABCDEF'[place]}3")


_heading("H002", "a plan beside the result", 5, "Hộ nghèo (theo kế hoạch)", beside=True)
_heading("H013", "a heading that says persons", 4, "Hộ cận nghèo (khẩu)")
_heading("F003", "units under a heading that nobody knows", 1, "Nơi thường trú")


@_plant("F012", "a second sheet whose header nobody knows")
def _second_sheet(folder: Path) -> Place:
    own = [[AGENCY], [f"Năm rà soát: {YEAR}"], HEADER, *_flat_rows()]
    other = [["Hộ nghèo theo vùng sản xuất"], ["TT", "Vùng", *HEADER[2:]], [1, "Vùng cao", 900, 300, 80]]
    other += [[2, "Vùng giữa", 700, 200, 60], [3, "Vùng thấp", 400, 90, 30]]
    with Workbook(str(folder / "bieu.xlsx")) as workbook:
        for name, rows in (("Biểu", own), ("Vùng", other)):
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return Place("bieu.xlsx", "Vùng", "B3:E5")


@_plant("F012", "a comma of thousands that cuts a cell")
def _cut_by_commas(folder: Path) -> Place:
    rows = [",".join(map(str, row)) for row in ([AGENCY], [f"Năm rà soát: {YEAR}"], HEADER, *_flat_rows())]
    rows[9] = rows[9].replace("1578", "1,578")
    (folder / "bieu.csv").write_text("\n".join(rows), "utf-8")
    return Place("bieu.csv", "", "10:10")


@_plant("V004", "decimals and thousands in one column")
def _ambiguous(folder: Path) -> Place:
    rows = _flat_rows()
    rows[1][2], rows[6][2] = "423,00", "1.578"
    lines = ([AGENCY], [f"Năm rà soát: {YEAR}"], HEADER, *rows)
    (folder / "bieu.csv").write_text("\n".join(";".join(map(str, line)) for line in lines), "utf-8")
    return Place("bieu.csv", "", "C10")


@_plant("L004", "a sum of two columns typed wrongly")
def _wrong_sum(folder: Path) -> Place:
    rows = [[*row, int(str(row[3])) + int(str(row[4]))] for row in _flat_rows()]
    rows[3][5] = 320
    _flat(folder, [*HEADER, "Tổng số hộ nghèo và hộ cận nghèo"], rows)
    return Place("bieu.xlsx", "Biểu", "F7")
