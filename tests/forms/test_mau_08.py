"""The form writer gives what the official form prints, and its variants differ only where they say."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms import canonical
from forms.mau_08 import COLUMN_OF, TITLE, write
from forms.model import Area, Arrangement, Cell, FormOptions, FormRow, Formula, Rates, Sums

PRAO = FormRow("Thị trấn P Rao", 1200, 4800, 90, 400, 60, 260, area=Area.URBAN)
TA_LU = FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)
SONG_KON = FormRow("Xã Sông Kôn", 800, 3300, 200, 850, 80, 330)


def sheet_of(path: Path, *, stored_values: bool = True) -> Worksheet:
    sheet = load_workbook(path, data_only=stored_values).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_headings_stand_in_merged_ranges_with_the_text_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write(path, [PRAO, TA_LU])
    sheet = sheet_of(path)
    assert sheet["A2"].value == TITLE
    assert sheet["A3"].value == "Năm rà soát: 2023"
    assert sheet["C4"].value == "Tổng số hộ dân cư(tại thời điểm rà soát)"
    assert sheet["E4"].value == "Kết quả rà soát (sơ bộ/chính thức)"
    assert [cell.value for cell in sheet[8]] == ["A", "B", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert len(sheet.merged_cells.ranges) == 17


def test_sections_hold_the_sums_of_their_units_and_the_total_both(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    layout = write(path, [PRAO, TA_LU, SONG_KON])
    sheet = sheet_of(path)
    assert sheet[f"E{layout.section_rows[Area.RURAL]}"].value == 320
    assert sheet[f"B{layout.total_row}"].value == "Tổng cộng (I + II)"
    assert sheet[f"E{layout.total_row}"].value == 410
    assert sheet[layout.cell("poor", 1)].value == 120


def test_a_form_by_numbering_sums_the_children_above_them(tmp_path: Path) -> None:
    rows = [
        FormRow("Huyện Đông Giang"),
        FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170, depth=2),
        FormRow("Xã Sông Kôn", 800, 3300, 200, 850, 80, 330, depth=2),
        FormRow("Huyện Tây Giang", 900, 3600, 300, 1200, 100, 400),
    ]
    path = tmp_path / "form.xlsx"
    layout = write(path, rows, FormOptions(arrangement=Arrangement.NUMBERING))
    sheet = sheet_of(path)
    assert [sheet[f"A{row}"].value for row in layout.unit_rows] == ["1", "1.1", "1.2", "2"]
    assert sheet[layout.cell("poor", 0)].value == 320
    assert sheet[layout.cell("poor", 0)].font.b
    assert sheet[f"E{layout.total_row}"].value == 620


@pytest.mark.parametrize(
    ("rates", "stored"),
    [(Rates.FORMULA, 0.24), (Rates.PERCENT, 24.0), (Rates.TEXT, "24.00%"), (Rates.NONE, None)],
)
def test_rates_stand_as_each_kind_of_file_writes_them(rates: Rates, stored: Cell, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    layout = write(path, [TA_LU], FormOptions(rates=rates))
    assert sheet_of(path)[f"F{layout.unit_rows[0]}"].value == stored


def test_a_sum_that_was_never_calculated_is_a_formula_without_a_value(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    layout = write(path, [TA_LU, SONG_KON], FormOptions(sums=Sums.UNCALCULATED))
    place = f"E{layout.section_rows[Area.RURAL]}"
    assert sheet_of(path)[place].value is None
    assert sheet_of(path, stored_values=False)[place].value == "=SUM(E11:E12)"


def test_variants_of_names_and_counts_are_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    options = FormOptions(type_words=False, stray_spaces=True, counts_as_text=True)
    layout = write(path, [PRAO], options)
    sheet = sheet_of(path)
    assert sheet[f"B{layout.unit_rows[0]}"].value == "P  Rao\u00a0 "
    assert sheet[layout.cell("households", 0)].value == "1.200"
    assert sheet[f"A{layout.total_row}"].value == "III\u00a0"


def test_faults_can_be_put_into_cells(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    faulty = FormRow("Xã Ba", "mười", 100, Formula("=#REF!", "#REF!"), 3, 4, 5, poor_rate=0.9)
    layout = write(path, [faulty], FormOptions(printed_total={"poor": 7}))
    sheet = sheet_of(path)
    assert sheet[layout.cell("households", 0)].value == "mười"
    assert sheet[layout.cell("poor", 0)].value == "#REF!"
    assert sheet[f"F{layout.unit_rows[0]}"].value == 0.9
    assert sheet[f"{COLUMN_OF['poor']}{layout.total_row}"].value == 7


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write(tmp_path / name, [PRAO, TA_LU], FormOptions(check_columns=True))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_canonical_table_keeps_codes_as_text_and_missing_counts_empty(tmp_path: Path) -> None:
    columns = ("unit_code", "year", "households", "poor_households")
    rows: list[canonical.Row] = [{"unit_code": "00004", "year": 2023, "households": 0}]
    canonical.write_csv(tmp_path / "table.csv", rows, columns)
    canonical.write_xlsx(tmp_path / "table.xlsx", rows, columns)
    assert (tmp_path / "table.csv").read_text("utf-8") == ",".join(columns) + "\n00004,2023,0,\n"
    assert [cell.value for cell in sheet_of(tmp_path / "table.xlsx")[2]] == ["00004", 2023, 0, None]
