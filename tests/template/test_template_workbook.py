"""What the written form looks like: headings as printed, locked labels, validated open cells, a page to print."""

from __future__ import annotations

import pytest
from openpyxl.utils.cell import range_boundaries

from tests.template.cases import built, sheet_of, table_cells
from thidua_cli.language import Language
from thidua_cli.present.template.lines import Arrangement

FORMS = ("08", "09", "10")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_form_gives_the_same_bytes(form: str) -> None:
    assert built("505", 2024, form) == built("505", 2024, form)


def test_mau_08_stands_where_the_circular_prints_it() -> None:
    sheet = sheet_of(built("505", 2024))
    assert sheet["A1"].value == "UBND TỈNH QUẢNG NAM\nUBND HUYỆN ĐÔNG GIANG"
    assert sheet["A2"].value == "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO"
    assert sheet["A3"].value == "Năm rà soát: 2024"
    assert sheet["M1"].value.startswith("Chỉ nhập vào các ô màu trắng")
    assert sheet["C4"].value == "Tổng số hộ dân cư(tại thời điểm rà soát)"
    merged = {str(area) for area in sheet.merged_cells.ranges}
    header = {"A4:A7", "B4:B7", "C4:D6", "E4:L4", "E5:H5", "I5:L5", "E6:F6", "G6:H6", "I6:J6", "K6:L6"}
    assert header <= merged
    assert len(merged) == 18
    assert [cell.value for cell in sheet[8][:12]] == ["A", "B", *range(1, 11)]


@pytest.mark.parametrize(
    ("form", "title", "opening", "moved"),
    [
        ("09", "TỔNG HỢP DIỄN BIẾN HỘ NGHÈO", "Tổng số hộ nghèo đầu năm", "Trở thành hộ cận nghèo"),
        ("10", "TỔNG HỢP DIỄN BIẾN HỘ CẬN NGHÈO", "Tổng số hộ cận nghèo đầu năm", None),
    ],
)
def test_the_forms_of_movement_have_two_rows_per_unit(form: str, title: str, opening: str, moved: str | None) -> None:
    sheet = sheet_of(built("505", 2024, form))
    assert sheet["A2"].value == title
    assert sheet["D6"].value == f"{opening} (theo Quyết định phê duyệt của cấp có thẩm quyền)"
    assert sheet["E8"].value == moved
    assert [cell.value for cell in sheet[9][:12]] == ["A", "B", "C", *range(1, 10)]
    assert [sheet[f"C{row}"].value for row in (12, 13)] == ["Hộ", "Nhân khẩu"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A12:A13", "B12:B13", "D6:D8", "E6:G6", "H6:K6", "L6:L8"} <= merged
    assert sheet["L12"].value == '=IF(COUNT(D12)=0,"-",D12-E12-F12-G12+H12+I12+J12+K12)'


def test_the_closing_heading_of_mau_09_keeps_its_twelve_spaces() -> None:
    assert sheet_of(built("505", 2024, "09"))["L6"].value.startswith(f"Tổng số{' ' * 12}hộ nghèo cuối năm")


@pytest.mark.parametrize(("unit", "year"), [("11", 2026), ("03253", 2026), ("505", 2024)])
@pytest.mark.parametrize("form", FORMS)
def test_paper_shows_the_form_and_room_to_sign_and_not_how_to_fill_it_in(form: str, unit: str, year: int) -> None:
    sheet = sheet_of(built(unit, year, form))
    left, top, right, bottom = (int(end or 0) for end in range_boundaries(str(sheet.print_area).rpartition("!")[2]))
    outside = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if cell.value and not (left <= cell.column <= right and top <= cell.row <= bottom)
    ]
    signed = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value)
    assert [str(cell.value)[:24] for cell in outside] == ["Chỉ nhập vào các ô màu t"]
    assert bottom >= signed + 4


@pytest.mark.parametrize("form", FORMS)
def test_only_the_cells_to_fill_in_are_open(form: str) -> None:
    sheet = sheet_of(built("505", 2024, form))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    first = 9 if form == "08" else 10
    opened = [cell for cell in table_cells(sheet, first) if not cell.protection.locked]
    assert len(opened) == 11 * (6 if form == "08" else 16)
    assert all(cell.value is None for cell in opened)
    locked = [cell for cell in table_cells(sheet, first) if cell.protection.locked]
    assert all(cell.fill.fgColor.rgb == "FFEDEDED" for cell in locked)


@pytest.mark.parametrize("form", FORMS)
def test_every_open_count_takes_whole_numbers_only_and_says_what_is_wrong(form: str) -> None:
    sheet = sheet_of(built("505", 2024, form))
    first = 9 if form == "08" else 10
    for cell in table_cells(sheet, first):
        if cell.protection.locked:
            continue
        (rule,) = [one for one in sheet.data_validations.dataValidation if cell.coordinate in one.sqref]
        assert (rule.type, rule.operator, rule.formula1) == ("whole", "greaterThanOrEqual", "0")
        assert rule.errorStyle in (None, "stop")
        number = sheet.cell(first - 1, cell.column).value
        assert str(rule.error).startswith(f"Cột {number} (")
        assert "số nguyên từ 0 trở lên" in str(rule.error)


def test_the_messages_on_wrong_figures_are_in_the_language_asked_for() -> None:
    sheet = sheet_of(built("505", 2024, language=Language.EN))
    rules = sheet.data_validations.dataValidation
    assert str(rules[0].error).startswith("Column 1 (Tổng số hộ dân cư(tại thời điểm rà soát) › Số hộ): a whole number")
    assert "white cells" in sheet["M1"].value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", Language)
def test_no_message_is_longer_than_excel_shows(form: str, language: Language) -> None:
    rules = sheet_of(built("505", 2024, form, language=language)).data_validations.dataValidation
    assert max(len(str(rule.error)) for rule in rules) <= 255


@pytest.mark.parametrize("form", FORMS)
def test_every_formula_has_a_result_stored(form: str) -> None:
    formulas = [
        cell.coordinate
        for row in sheet_of(built("49", 2024, form)).iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    stored = sheet_of(built("49", 2024, form), values=True)
    assert formulas
    assert {stored[place].value for place in formulas} == {"-"}


def test_totals_and_rates_are_formulas() -> None:
    sheet = sheet_of(built("505", 2024))
    assert sheet["C9"].value == '=IF(COUNT(C10)=0,"-",SUM(C10))'
    assert sheet["C11"].value == '=IF(COUNT(C12:C21)=0,"-",SUM(C12:C21))'
    assert sheet["C22"].value == '=IF(COUNT(C9,C11)=0,"-",SUM(C9,C11))'
    assert sheet["F10"].value == '=IF(COUNT(E10)=0,"-",IFERROR(E10/C10,"-"))'
    assert sheet["L22"].value == '=IF(COUNT(K22)=0,"-",IFERROR(K22/D22,"-"))'


def test_by_numbering_districts_stand_above_their_communes_and_hold_their_sum() -> None:
    sheet = sheet_of(built("49", 2024, arrangement=Arrangement.NUMBERING))
    numbers = [cell.value for cell in sheet["A"]][8:]
    assert numbers[:3] == ["1", "1.1", "1.2"]
    second = numbers.index("2") + 9
    assert sheet["C9"].value == f'=IF(COUNT(C10:C{second - 1})=0,"-",SUM(C10:C{second - 1}))'
    assert sheet["B9"].font.b


@pytest.mark.parametrize(("form", "frozen", "titles"), [("08", "C9", "$4:$8"), ("09", "D10", "$6:$9")])
def test_the_form_is_made_to_be_scrolled_and_printed(form: str, frozen: str, titles: str) -> None:
    sheet = sheet_of(built("505", 2024, form))
    assert sheet.freeze_panes == frozen
    assert sheet.print_title_rows == titles
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_the_lines_for_villages_are_open_for_their_names() -> None:
    sheet = sheet_of(built("20473", 2024, "09", villages=("",) * 3))
    assert [sheet[f"B{row}"].protection.locked for row in (12, 14, 16, 18, 20)] == [True, False, False, False, True]
    assert sheet["A20"].value == "III"
    assert sheet["A1"].value.splitlines()[0] == "UBND HUYỆN ĐÔNG GIANG, TỈNH QUẢNG NAM"
