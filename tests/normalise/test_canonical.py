"""Canonical tables: any order of columns, any of the usual encodings and separators, damage said cell by cell."""

from pathlib import Path
from unicodedata import normalize

import pytest

from forms.model import Formula
from thidua_cli.findings import Severity
from thidua_cli.model import Level, Status
from thidua_cli.normalise.files_read import FilesRead

from .cases import Cell, codes, counts, errors, only, read, write_sheet

HEAD = "unit_code,year,households,poor_households,near_poor_households"


def read_text(folder: Path, text: str, encoding: str = "utf-8", year: int | None = None) -> FilesRead:
    path = folder / "bang.csv"
    path.write_bytes(text.encode(encoding))
    return read(path, year=year)


def test_what_the_table_does_not_say_comes_from_the_unit_tables(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n49,2023,9,3,1\n505,2023,9,3,1\n00004,2023,9,3,1\n00004,2025,9,3,1\n")
    observations = reading.observations
    assert observations.unit_name == ["Tỉnh Quảng Nam", "Huyện Đông Giang", "Phường Trúc Bạch", "Phường Ba Đình"]
    assert observations.level == [Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.COMMUNE]
    assert observations.parent_code == ["", "49", "001", "01"]
    assert set(observations.status) == {Status.FINAL}
    assert set(observations.poverty_line) == {"2022-2025"}
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("separator", "encoding"), [(",", "utf-8"), (",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16"), (";", "utf-16")]
)
def test_separators_and_encodings_of_excel_are_read(separator: str, encoding: str, tmp_path: Path) -> None:
    text = f"{HEAD},unit_name\r\n00004,2023,1,2,3,Phường Trúc Bạch\r\n".replace(",", separator)
    reading = read_text(tmp_path, text, encoding)
    assert counts(reading) == {("Phường Trúc Bạch", 2023): (1, 2, 3)}
    assert codes(reading) == []


def test_commas_in_a_title_do_not_hide_the_semicolons(tmp_path: Path) -> None:
    title = "Số liệu tổng hợp, rà soát, thẩm định, phê duyệt, công bố, lưu trữ, gửi huyện\n"
    assert len(read_text(tmp_path, title + f"{HEAD}\n505,2023,9,3,1\n505,2022,9,3,1\n".replace(",", ";")).tables) == 1


def test_columns_may_stand_in_any_order_and_notes_are_ignored(tmp_path: Path) -> None:
    head = "source,near_poor_households,year,note,poor_households,unit_code,households,as_published"
    reading = read_text(tmp_path, f"{head}\nQĐ 12,3,2023,xem lại,2,505,9,0.22\n")
    assert counts(reading) == {("Huyện Đông Giang", 2023): (9, 2, 3)}
    assert codes(reading) == []


def test_an_unknown_column_is_named_with_the_one_it_may_be(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "unit_code,year,households,poor_household,Số hộ cận nghèo\n505,2023,9,2,1\n")
    messages = [finding.message() for finding in reading.findings if finding.kind.code == "H002"]
    assert ["poor_households" in messages[0], "near_poor_households" in messages[1]] == [True, True]
    assert sorted(f.column or "" for f in reading.findings if f.kind.code == "H001") == [
        "near_poor_households",
        "poor_households",
    ]


@pytest.mark.parametrize("twice", ["year", "unit_code", "households"])
def test_a_column_that_stands_twice_is_not_used(twice: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD},{twice}\n505,2023,9,2,1,2024\n")
    assert only(reading, "H003").column == twice
    assert [figures[0] for figures in counts(reading).values()] == ([None] if twice == "households" else [])


def test_a_table_without_years_takes_the_year_of_the_command_or_says_it_is_missing(tmp_path: Path) -> None:
    text = "unit_code,households,poor_households,near_poor_households\n505,9,2,1\n"
    assert only(read_text(tmp_path, text), "H001").column == "year"
    assert counts(read_text(tmp_path, text, year=2023)) == {("Huyện Đông Giang", 2023): (9, 2, 1)}


def test_a_name_without_code_is_found_within_its_parent(tmp_path: Path) -> None:
    text = (
        "unit_name,parent_code,year,households,poor_households,near_poor_households\n"
        "Xã Tà Lu,505,2023,9,2,1\nQuảng Nam,,2023,9,2,1\nTrạm Tấu,139,2023,9,2,1\nXã Lạ,505,2023,9,2,1\n"
    )
    reading = read_text(tmp_path, text)
    assert reading.observations.unit_code[1] == "49"
    assert len(reading.observations) == 2
    assert [(f.kind.code, f.origin.cell, f.value) for f in reading.findings] == [
        ("U003", "A4", "Trạm Tấu"),
        ("U002", "A5", "Xã Lạ"),
    ]


def test_a_village_without_code_is_introduced_below_its_commune(tmp_path: Path) -> None:
    text = "unit_code,unit_name,level,parent_code,year,households,poor_households,near_poor_households\n"
    reading = read_text(tmp_path, text + ",Thôn 1,village,00004,2023,9,2,1\n00004-thon-2,Thôn 2,,,2023,9,2,1\n")
    assert reading.observations.unit_code == ["00004-thon-1", "00004-thon-2"]
    assert reading.observations.parent_code == ["00004", "00004"]


@pytest.mark.parametrize("as_workbook", [True, False])
def test_codes_that_excel_turned_into_numbers_get_their_zeros_back(as_workbook: bool, tmp_path: Path) -> None:
    head: list[Cell] = [
        "unit_code",
        "level",
        "parent_code",
        "year",
        "households",
        "poor_households",
        "near_poor_households",
    ]
    rows: list[list[Cell]] = [
        [4, "commune", 1, 2023, 9, 2, 1],
        [1, "district", 1, 2023, 9, 2, 1],
        [1, "province", "", 2023, 9, 2, 1],
    ]
    if as_workbook:
        reading = read(write_sheet(tmp_path / "bang.xlsx", [head, *rows]))
    else:
        reading = read_text(tmp_path, "\n".join(",".join(map(str, row)) for row in [head, *rows]))
    assert reading.observations.unit_code == ["00004", "001", "01"]
    assert reading.observations.parent_code == ["001", "01", ""]
    assert codes(reading) == []


def test_blank_and_short_rows_and_line_breaks_in_quotes_keep_their_place(tmp_path: Path) -> None:
    text = f'{HEAD},unit_name\n505,2023,9,2,1,"Huyện\nĐông Giang"\n\n,,,,,\n  ,,,,,\n49,2023,9,3,\n48,2023,9,3,1\n'
    reading = read_text(tmp_path, text)
    assert list(reading.observations.counts["near_poor_households"]) == [1, 1]
    assert [(f.kind.code, f.origin.cell) for f in reading.findings] == [("F012", "6:6")]


def test_names_come_out_in_composed_unicode(tmp_path: Path) -> None:
    name = "Xã Tà Lu"
    reading = read_text(tmp_path, f"{HEAD},unit_name\n00004,2023,9,2,1,{normalize('NFD', name)}\n")
    assert reading.observations.unit_name == [name]


@pytest.mark.parametrize("year", ["abc", "", "20233", "2023.5", "-2023"])
def test_a_year_that_is_none_is_named_with_its_cell(year: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n505,{year},9,2,1\n49,2023,9,2,1\n")
    assert only(reading, "H004").origin.cell == "B2"
    assert only(reading, "H004").value == year
    assert len(reading.observations) == 1


@pytest.mark.parametrize(("column", "word"), [("level", "quận lỵ"), ("status", "draft")])
def test_a_word_that_is_not_in_the_list_is_reported(column: str, word: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD},{column}\n505,2023,9,2,1,{word}\n")
    assert only(reading, "V007").value == word
    assert len(reading.observations) == 1


def test_status_is_read_in_english_and_vietnamese(tmp_path: Path) -> None:
    rows = "".join(f"505,{year},9,2,1,{word}\n" for year, word in ((2021, "final"), (2022, "sơ bộ"), (2023, "")))
    observed = read_text(tmp_path, f"{HEAD},status\n{rows}").observations.status
    assert observed == [Status.FINAL, Status.PRELIMINARY, Status.FINAL]


@pytest.mark.parametrize(
    ("cell", "code"), [("chưa có", "V001"), ("-3", "V002"), ("", "V005"), ("9" * 30, "V001"), ("9" * 5000, "V001")]
)
def test_a_cell_that_is_no_count_is_reported_and_missing(cell: str, code: str, tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n505,2023,{cell},2,1\n")
    finding = only(reading, code)
    assert (finding.origin.cell, finding.unit_name) == ("C2", "Huyện Đông Giang")
    assert counts(reading) == {("Huyện Đông Giang", 2023): (None, 2, 1)}


def test_ambiguous_thousands_are_withheld(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n505,2022,20.817,2,1\n505,2023,412204.00,2,1\n")
    assert only(reading, "V004").origin.cell == "C2"
    assert [figures[0] for figures in counts(reading).values()] == [None, 412204]


def test_numbers_stored_as_text_are_noted_in_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[*HEAD.split(",")], ["505", 2022, "20.817", 2, 1], ["505", 2023, "2510", 2, 1]]
    finding = only(read(write_sheet(tmp_path / "bang.xlsx", rows)), "V003")
    assert (finding.value, finding.origin.cell) == ("20.817", "C2")


def test_hidden_cells_are_errors_where_used_and_one_note_beside(tmp_path: Path) -> None:
    broken = Formula("=#REF!", "#REF!")
    rows: list[list[Cell]] = [
        [*HEAD.split(","), "note"],
        ["505", 2023, broken, Formula("=SUM(A1)"), 1, broken],
        ["505", Formula("=A1"), 9, 2, 1, broken],
    ]
    reading = read(write_sheet(tmp_path / "bang.xlsx", rows))
    found = {(f.kind.code, f.severity, f.origin.cell) for f in reading.findings}
    assert found == {
        ("F005", Severity.ERROR, "C2"),
        ("F004", Severity.ERROR, "D2"),
        ("F004", Severity.ERROR, "B3"),
        ("F005", Severity.NOTE, "F2"),
    }


def test_a_wrong_separator_is_told_once(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD}\n505,2023,9,2,1\n".replace(",", "|"))
    assert errors(reading) == ["F003"]
    assert reading.refused == 1


def test_an_apostrophe_before_a_formula_sign_is_taken_off_in_csv(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{HEAD},unit_name\n00004-1,2023,9,2,1,'+Thôn 1\n00004-2,2023,9,2,1,Ia H'Drai\n")
    assert reading.observations.unit_name == ["+Thôn 1", "Ia H'Drai"]


NAMED = "unit_code,unit_name,parent_code,year,households,poor_households,near_poor_households"


def test_a_district_without_code_is_told_from_its_namesakes_by_the_province(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"{NAMED}\n,Huyện Châu Thành,83,2023,9,3,1\n,Huyện Châu Thành,,2023,9,3,1\n")
    assert reading.observations.unit_code == ["831"]
    finding = only(reading, "U003")
    assert finding.origin.cell == "B3"
    assert "Huyện Châu Thành, Tỉnh Bến Tre (831); Huyện Châu Thành, Tỉnh Trà Vinh (847)" in finding.message()
    assert finding.message().endswith(" và 2 đơn vị khác")


def test_a_full_name_that_one_district_alone_bears_needs_no_province_and_a_bare_one_is_asked_about(
    tmp_path: Path,
) -> None:
    reading = read_text(tmp_path, f"{NAMED}\n,H. Đông Giang,,2023,9,3,1\n,Đông Giang,,2022,9,3,1\n")
    assert reading.observations.unit_code == ["505"]
    assert "Có phải: Huyện Đông Giang (505)?" in only(reading, "U002").message()


def test_a_parent_may_be_given_by_its_name(tmp_path: Path) -> None:
    rows = ",Huyện Châu Thành,Tỉnh Bến Tre,2023,9,3,1\n20473,Xã Sông Kôn,Huyện Đông Giang,2023,9,3,1\n"
    reading = read_text(tmp_path, f"{NAMED}\n{rows},TP Hòa Bình,,2023,9,3,1\n")
    assert reading.observations.unit_code == ["831", "20473", "148"]
    assert reading.observations.parent_code == ["83", "505", "17"]
    assert codes(reading) == []


@pytest.mark.parametrize("year", ["20467", "0", "-5", "99999999999"])
def test_a_year_that_no_calendar_has_beside_names_alone_leaves_its_row_out(year: str, tmp_path: Path) -> None:
    names = ("Xã Tà Lu", "Xã Sông Kôn", "Xã Jơ Ngây")
    rows = "".join(f"2023,{name},90,3,1\n" for name in names)
    reading = read_text(
        tmp_path, f"year,unit_name,households,poor_households,near_poor_households\n{rows}{year},Xã Ba,9,3,1\n"
    )
    assert set(counts(reading)) == {(name, 2023) for name in names}
    assert "H004" in codes(reading)
