"""Mẫu 08 as it comes from officers' desks: two arrangements, many habits, one meaning."""

from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from forms.mau_08 import write
from forms.model import Area, Arrangement, FormOptions, FormRow, Formula, Rates, Sums
from thidua_cli import pipeline
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Severity
from thidua_cli.language import Language
from thidua_cli.model import Level, Status
from thidua_cli.units.tables import bundled

from .cases import HEADER, codes, counts, errors, only, read, read_form, read_table, table, write_sheet, write_sheets

PRAO = FormRow("Thị trấn P Rao", 1200, 4800, 90, 400, 60, 260, area=Area.URBAN)
TA_LU = FormRow("Xã Tà Lu", 500, 2100, 120, 510, 40, 170)
SONG_KON = FormRow("Xã Sông Kôn", 800, 3300, 200, 850, 80, 330)
COMMUNES = [PRAO, TA_LU, SONG_KON]
PROVINCE = FormOptions(agency="UBND TỈNH QUẢNG NAM", place_and_date="Quảng Nam, ngày 05 tháng 01 năm 2024")
EXPECTED = {
    ("Thị trấn P Rao", 2023): (1200, 90, 60),
    ("Xã Tà Lu", 2023): (500, 120, 40),
    ("Xã Sông Kôn", 2023): (800, 200, 80),
    ("Huyện Đông Giang", 2023): (2500, 410, 180),
}


def test_a_district_form_by_area_gives_its_communes_and_its_own_total(tmp_path: Path) -> None:
    reading = read_form(tmp_path, COMMUNES)
    assert counts(reading) == EXPECTED
    assert codes(reading) == []
    assert [table.form for table in reading.observations.tables] == ["mau-08"]


@pytest.mark.parametrize("rates", list(Rates))
@pytest.mark.parametrize(
    "options",
    [
        FormOptions(),
        FormOptions(type_words=False, stray_spaces=True),
        FormOptions(numbering_as_formula=True),
        FormOptions(sums=Sums.NUMBER, signature=False),
        FormOptions(check_columns=True, extra_heading="Ghi chú"),
        FormOptions(arrangement=Arrangement.NUMBERING),
    ],
    ids=["tidy", "bare-names", "formula-numbering", "typed-sums", "check-columns", "numbering"],
)
def test_habits_of_officers_do_not_change_what_is_read(rates: Rates, options: FormOptions, tmp_path: Path) -> None:
    reading = read_form(tmp_path, COMMUNES, replace(options, rates=rates))
    assert counts(reading) == EXPECTED
    assert errors(reading) == []


def test_a_province_form_by_area_sums_the_urban_and_rural_rows_of_a_district(tmp_path: Path) -> None:
    rows = [
        FormRow("Huyện Đông Giang", 1200, 4800, 90, 400, 60, 260, area=Area.URBAN),
        FormRow("Huyện Đông Giang", 1300, 5400, 320, 1360, 120, 500),
        FormRow("Huyện Tây Giang", 900, 3600, 300, 1200, 100, 400),
    ]
    reading = read_form(tmp_path, rows, PROVINCE)
    assert counts(reading) == {
        ("Huyện Đông Giang", 2023): (2500, 410, 180),
        ("Huyện Tây Giang", 2023): (900, 300, 100),
        ("Tỉnh Quảng Nam", 2023): (3400, 710, 280),
    }
    assert [str(origin.cell) for origin in reading.observations.origins(0, "poor_households")] == ["E10", "E12"]
    findings = pipeline.check(reading)
    assert {finding.kind.code for finding in findings} == {"U008", "P001"}  # nor are these the published counts


def test_the_same_unit_twice_in_one_section_stays_two_rows_and_is_reported(tmp_path: Path) -> None:
    reading = read_form(tmp_path, [TA_LU, replace(TA_LU, poor=121)], FormOptions(total_row=False))
    assert list(reading.observations.counts["poor_households"]) == [120, 121]
    assert "U007" in {finding.kind.code for finding in run_checks(CheckContext(reading, bundled()))}


@pytest.mark.parametrize(
    ("first", "second", "third"), [("1", "1.1", "1.2"), (1, 1.1, 1.2), ("1.", "1.1.", "1.2."), ("I", "1", "2")]
)
def test_a_province_form_by_numbering_puts_communes_below_their_district(
    first: str | int, second: str | float, third: str | float, tmp_path: Path
) -> None:
    rows = table(
        [first, "Huyện Đông Giang", 1300, 320, 120],
        [second, "Tà Lu", 500, 120, 40],
        [third, "Sông Kôn", 800, 200, 80],
        ["", "Tổng cộng", 1300, 320, 120],
        title=["UBND TỈNH QUẢNG NAM", "Năm rà soát: 2023"],
    )
    reading = read_table(tmp_path, rows)
    assert reading.observations.parent_code == ["49", "505", "505", ""]
    assert reading.observations.level == [Level.PROVINCE.DISTRICT, Level.COMMUNE, Level.COMMUNE, Level.PROVINCE]
    assert errors(reading) == []
    (total,) = reading.totals
    assert [part.label for part in total.parts] == ["Huyện Đông Giang"]


def test_communes_without_numbers_are_found_below_the_district_above_them(tmp_path: Path) -> None:
    rows = table(
        ["", "Huyện Đông Giang", 500, 120, 40],
        ["", "Xã Tà Lu", 500, 120, 40],
        ["", "Huyện Tây Giang", 900, 300, 100],
        title=["UBND TỈNH QUẢNG NAM", "Năm rà soát: 2023"],
    )
    reading = read_table(tmp_path, rows)
    assert reading.observations.parent_code == ["49", "505", "49"]
    assert errors(reading) == []


def test_a_heading_of_a_group_without_figures_is_no_unit_with_missing_counts(tmp_path: Path) -> None:
    rows = table(
        ["", "TOÀN TỈNH", 1300, 320, 120],
        ["I", "Huyện Đông Giang"],
        ["1", "Tà Lu", 500, 120, 40],
        ["2", "Sông Kôn", 800, 200, 80],
        title=["UBND TỈNH QUẢNG NAM", "Năm rà soát: 2023"],
    )
    reading = read_table(tmp_path, rows)
    assert list(counts(reading)) == [("Xã Tà Lu", 2023), ("Xã Sông Kôn", 2023), ("Tỉnh Quảng Nam", 2023)]
    assert codes(reading) == []


@pytest.mark.parametrize("label", ["Khu vực thành thị", "I. Khu vực thành thị", "THÀNH THỊ", "I - Khu vực đô thị"])
def test_section_rows_are_known_in_their_spellings_and_are_no_units(label: str, tmp_path: Path) -> None:
    rows = table(
        ["I", label, 1200, 90, 60],
        ["1", "P Rao", 1200, 90, 60],
        ["II", "Khu vực nông thôn", 500, 120, 40],
        ["1", "Tà Lu", 500, 120, 40],
        ["III\u00a0", "Tổng cộng (I + II)", 1700, 210, 100],
    )
    reading = read_table(tmp_path, rows)
    assert [name for name, _ in counts(reading)] == ["Thị trấn P Rao", "Xã Tà Lu", "Huyện Đông Giang"]
    assert codes(reading) == []
    assert [(total.of_sections, len(total.parts)) for total in reading.totals] == [(False, 1), (False, 1), (True, 2)]


def test_commune_and_township_of_one_name_are_told_apart_by_their_section(tmp_path: Path) -> None:
    rows = table(
        ["I", "Khu vực thành thị"],
        ["1", "Trạm Tấu", 700, 50, 30],
        ["II", "Khu vực nông thôn"],
        ["1", "Trạm Tấu", 400, 200, 60],
        title=["UBND HUYỆN TRẠM TẤU", "Năm rà soát: 2023"],
    )
    reading = read_table(tmp_path, rows)
    assert list(counts(reading)) == [("Thị trấn Trạm Tấu", 2023), ("Xã Trạm Tấu", 2023)]
    assert codes(reading) == []


def test_a_bare_name_of_two_units_is_never_guessed(tmp_path: Path) -> None:
    reading = read_table(
        tmp_path, table(["1", "Trạm Tấu", 700, 50, 30], title=["UBND HUYỆN TRẠM TẤU", "Năm rà soát: 2023"])
    )
    finding = only(reading, "U003")
    assert "Thị trấn Trạm Tấu" in finding.message()
    assert "Xã Trạm Tấu" in finding.message()
    assert len(reading.observations) == 0


def test_a_misspelt_name_is_reported_with_the_name_it_may_be_and_not_read(tmp_path: Path) -> None:
    reading = read_form(tmp_path, [replace(SONG_KON, name="Xã Sông Kông"), TA_LU], FormOptions(total_row=False))
    finding = only(reading, "U002")
    assert "Xã Sông Kôn (" in finding.message()
    assert finding.origin.cell == "B11"
    assert list(counts(reading)) == [("Xã Tà Lu", 2023)]


@pytest.mark.parametrize("name", ["Ðông Giang", "đông giang", normalize("NFD", "Đông Giang"), " Đông\u00a0 Giang *"])
def test_names_are_read_whatever_their_letters_are_made_of(name: str, tmp_path: Path) -> None:
    rows = table(["1", name, 500, 120, 40], title=["UBND TỈNH QUẢNG NAM", "Năm rà soát: 2023"])
    assert list(counts(read_table(tmp_path, rows))) == [("Huyện Đông Giang", 2023)]


def test_headings_are_read_whatever_their_letters_are_made_of(tmp_path: Path) -> None:
    header = [normalize("NFD", str(cell)).replace("Đ", "Ð").replace("đ", "ð") for cell in HEADER]
    header[1] = "Ðịa  bàn\n"
    reading = read_table(tmp_path, table(["1", "Xã Tà Lu", 500, 120, 40], header=header))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


def test_check_columns_beside_the_table_are_notes_and_unknown_ones_a_warning(tmp_path: Path) -> None:
    options = FormOptions(check_columns=True, extra_heading="So sánh với năm trước")
    reading = read_form(tmp_path, COMMUNES, options)
    assert counts(reading) == EXPECTED
    beside, unknown = only(reading, "F005"), only(reading, "H002")
    assert (beside.severity, beside.origin.cell, unknown.severity) == (Severity.NOTE, "O9", Severity.WARNING)


def test_a_small_village_row_is_not_taken_for_the_numbering_of_columns(tmp_path: Path) -> None:
    rows = table(
        ["1", "Thôn Pa Zíh", 85, 10, 5],
        ["2", "Thôn A Réh", 2, 1, 1],
        title=["UBND XÃ TÀ LU", "HUYỆN ĐÔNG GIANG", "Năm rà soát: 2023"],
    )
    rows[4][0] = 1  # type: ignore[index]
    reading = read_table(tmp_path, rows)
    assert [name for name, _ in counts(reading)] == ["Thôn Pa Zíh", "Thôn A Réh"]


def test_villages_are_introduced_below_their_commune(tmp_path: Path) -> None:
    rows = table(
        ["1", "Thôn A Réh", 120, 30, 10],
        ["2", "Thôn Pa Nai", 90, 20, 8],
        ["", "Tổng cộng", 210, 50, 18],
        title=["UBND XÃ TÀ LU", "Năm rà soát: 2023"],
    )
    reading = read_table(tmp_path, rows)
    commune = reading.observations.unit_code[2]
    assert reading.observations.unit_code[:2] == [f"{commune}-thon-a-reh", f"{commune}-thon-pa-nai"]
    assert reading.observations.level == [Level.VILLAGE, Level.VILLAGE, Level.COMMUNE]
    assert reading.observations.parent_code[:2] == [commune, commune]


def test_after_the_reform_a_province_form_names_communes_without_districts(tmp_path: Path) -> None:
    rows = table(
        ["1", "Phường Tam Kỳ", 5000, 50, 40],
        ["2", "Xã Đông Giang", 2000, 500, 200],
        title=["UBND THÀNH PHỐ ĐÀ NẴNG", "Năm rà soát: 2025"],
    )
    reading = read_table(tmp_path, rows)
    assert reading.observations.parent_code == ["48", "48"]
    assert list(counts(reading)) == [("Phường Tam Kỳ", 2025), ("Xã Đông Giang", 2025)]
    assert codes(reading) == []


def test_two_tables_in_one_sheet_are_both_read_and_share_the_agency(tmp_path: Path) -> None:
    rows = [
        *table(["1", "Xã Tà Lu", 500, 120, 40], ["2", "Xã Ba", 700, 60, 50]),
        ["Đông Giang, ngày 15 tháng 12 năm 2023"],
        [],
        *table(["1", "Xã Tà Lu", 510, 90, 45], title=["BIỂU SO SÁNH", "Năm rà soát: 2022"]),
    ]
    reading = read_table(tmp_path, rows)
    assert counts(reading) == {
        ("Xã Tà Lu", 2023): (500, 120, 40),
        ("Xã Ba", 2023): (700, 60, 50),
        ("Xã Tà Lu", 2022): (510, 90, 45),
    }
    assert codes(reading) == []


def test_one_sheet_per_year_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    sheets = {
        str(year): table(["1", "Xã Tà Lu", 500, poor, 40], title=["UBND HUYỆN ĐÔNG GIANG"])
        for year, poor in ((2021, 150), (2022, 120), (2023, 90))
    }
    reading = read(write_sheets(tmp_path / "bieu.xlsx", sheets))
    assert [figures[1] for figures in counts(reading).values()] == [150, 120, 90]
    assert [year for _, year in counts(reading)] == [2021, 2022, 2023]


def test_a_form_saved_as_csv_keeps_its_meaning_without_merged_cells(tmp_path: Path) -> None:
    lines = [
        "UBND HUYỆN ĐÔNG GIANG,,,,,,",
        "Năm rà soát: 2023,,,,,,",
        "TT,Khu vực/Địa bàn,Tổng số hộ dân cư,,Kết quả rà soát (sơ bộ/chính thức),,,",
        ",,,,Hộ nghèo,,Hộ cận nghèo,",
        ",,Số hộ,Nhân khẩu,Số hộ,Tỷ lệ,Số hộ,Tỷ lệ",
        "A,B,1,2,3,4,5,6",
        '1,Tà Lu,"1.500",2100,120,"8,00%",40,"2,67%"',
    ]
    path = tmp_path / "bieu.csv"
    path.write_text("\n".join(lines), "utf-8")
    reading = read(path)
    assert counts(reading) == {("Xã Tà Lu", 2023): (1500, 120, 40)}
    assert codes(reading) == []
    assert len(reading.rates) == 2


def test_a_rate_beside_a_count_in_one_header_row_belongs_to_it(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ (%)", "Hộ cận nghèo", "Tỷ lệ (%)")
    reading = read_table(tmp_path, table(["1", "Tà Lu", 500, 120, 24.0, 40, 8.0], header=header))
    assert codes(reading) == []
    assert [rate.measure for rate in reading.rates] == ["poor", "near_poor"]


def test_a_title_of_preliminary_results_wins_over_the_heading_of_the_form(tmp_path: Path) -> None:
    preliminary = read_form(tmp_path, COMMUNES, FormOptions(preliminary=True))
    assert set(preliminary.observations.status) == {Status.PRELIMINARY}
    final = read_form(tmp_path, COMMUNES)
    assert set(final.observations.status) == {Status.FINAL}
    header = ("TT", "Xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Kết quả rà soát (sơ bộ/chính thức)")
    title = ["UBND HUYỆN ĐÔNG GIANG", "KẾT QUẢ SƠ BỘ NĂM 2023"]
    mixed = read_table(tmp_path, table(["1", "Tà Lu", 500, 120, 40], title=title, header=header))
    assert set(mixed.observations.status) == {Status.PRELIMINARY}


def test_a_code_column_wins_over_the_name_and_gets_its_zeros_back(tmp_path: Path) -> None:
    header = ("TT", "Mã xã", "Tên xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    title = ["UBND QUẬN BA ĐÌNH", "Năm rà soát: 2023"]
    rows = table(["1", 4, "Trúc Bạch", 500, 20, 4], ["2", "00001", "Cống Vị", 1, 1, 0], title=title, header=header)
    reading = read_table(tmp_path, rows)
    assert reading.observations.unit_code == ["00004", "00001"]
    assert reading.observations.unit_name == ["Phường Trúc Bạch", "Cống Vị"]
    assert "U004" in {finding.kind.code for finding in pipeline.check(reading)}


def test_an_error_in_the_name_is_reported_as_such(tmp_path: Path) -> None:
    rows = table(["1", Formula("='[1]mẫu 08'!A11", "#REF!"), 500, 120, 40])
    reading = read_table(tmp_path, rows)
    finding = only(reading, "F005")
    assert (finding.severity, finding.origin.cell) == (Severity.ERROR, "B4")
    assert "#REF!" in finding.message(Language.EN)


def test_the_name_of_a_file_may_hold_vietnamese_letters_and_spaces(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "Biểu số 08 – huyện Đông Giang.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40]))
    reading = read(path)
    assert len(reading.observations) == 1
    assert reading.observations.tables[0].file == str(path)


def test_parts_of_a_district_that_stands_in_its_own_form_are_its_communes(tmp_path: Path) -> None:
    path = tmp_path / "co-to.xlsx"
    rows = [
        FormRow("Huyện Cô Tô", 1600, 6400, 250, 540, 60, 230),
        FormRow("Thị trấn Cô Tô", 900, 3600, 90, 300, 60, 260, depth=2),
        FormRow("Xã Đồng Tiến", 500, 2100, 120, 510, 40, 170, depth=2),
    ]
    write(path, rows, FormOptions(arrangement=Arrangement.NUMBERING, agency="UBND HUYỆN CÔ TÔ", total_row=False))

    read = pipeline.read([str(path)]).observations

    assert [(one.unit_code, one.parent_code) for one in read] == [("207", "22"), ("07192", "207"), ("07195", "207")]
