"""`--mapping`: an officer's own form, described strictly, read as described."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.errors import InputError, UsageError
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.mapping import load_mapping
from thidua_cli.normalise.options import ReadingOptions

from .cases import DISTRICT, Cell, codes, counts, only, table, write_sheets

PAGE = Path(__file__).parents[2] / "docs" / "mapping.md"
OWN: list[Sequence[Cell]] = [
    ["BẢNG CỦA PHÒNG"],
    [],
    [],
    ["Mã", "Nơi cư trú", "Hộ toàn địa bàn", "Diện A", "Diện B", "Linh tinh"],
    [1, "Tà Lu", 429, 63, 33, "x"],
    [2, "Sông Kôn", 800, 200, 80, None],
]
FOUND = {("Xã Tà Lu", 2024): (429, 63, 33), ("Xã Sông Kôn", 2024): (800, 200, 80)}
SOUND = """
first_row = 5
unit = "B"
year = 2024
scope = "505"
[columns]
households = "C"
poor_households = "D"
near_poor_households = "E"
"""


def read_own(folder: Path, text: str, sheets: dict[str, Sequence[Sequence[Cell]]], **stated: int) -> FilesRead:
    mapping = folder / "form.toml"
    mapping.write_text(text, "utf-8")
    path = write_sheets(folder / "bieu.xlsx", sheets)
    return pipeline.read([str(path)], ReadingOptions(stated.get("year"), None, load_mapping(mapping)))


def test_the_example_of_the_page_reads_the_table_of_the_page(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert example is not None
    reading = read_own(tmp_path, example[1], {"Tong hop 2024": OWN})
    assert counts(reading) == FOUND
    assert codes(reading) == []
    assert reading.observations.origin(0, "poor_households").cell == "D5"
    assert reading.layouts[0].form == "mapping"


def test_the_keys_of_the_page_are_the_keys_of_the_loader(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text('other = "x"', "utf-8")
    with pytest.raises(InputError) as refused:
        load_mapping(path)
    known = refused.value.text.en.partition("known: ")[2].split(", ")
    page = PAGE.read_text("utf-8")
    assert known
    assert [key for key in known if f"`{key}`" not in page and f"`[{key}]`" not in page] == []


def test_a_mapping_goes_before_recognition_and_other_sheets_are_read_as_ever(tmp_path: Path) -> None:
    known = table(["1", "A Rooi", 300, 90, 20], title=[DISTRICT, "Năm rà soát: 2024"])
    swapped = SOUND.replace('"D"', '"x"').replace('"E"', '"D"').replace('"x"', '"E"')
    reading = read_own(tmp_path, f'sheet = "own"\n{swapped}', {"OWN": OWN, "Mẫu 08": known})
    assert counts(reading)[("Xã Tà Lu", 2024)] == (429, 33, 63)
    assert counts(reading)[("Xã A Rooi", 2024)] == (300, 90, 20)


def test_the_year_of_the_command_goes_before_that_of_the_file(tmp_path: Path) -> None:
    assert {year for _, year in counts(read_own(tmp_path, SOUND, {"A": OWN}, year=2023))} == {2023}


def test_headings_over_several_rows_are_found_by_their_whole_path(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [
        ["Nơi", "Tất cả", "Diện A", None, "Diện B", None],
        [None, None, "Hộ", "Người", "Hộ", "Người"],
        ["Tà Lu", 429, 63, 250, 33, 120],
    ]
    text = (
        'first_row = 3\nheader_row = 1\nunit = "Nơi"\nyear = 2024\nscope = "505"\n[columns]\n'
        'households = "Tất cả"\npoor_households = "Diện A Hộ"\nnear_poor_households = "Diện B Hộ"\n'
    )
    assert counts(read_own(tmp_path, text, {"A": rows})) == {("Xã Tà Lu", 2024): (429, 63, 33)}


def test_printed_rates_of_an_own_form_are_compared(tmp_path: Path) -> None:
    rates: list[Cell] = ["TL", 99, 25]
    rows = [[*row, rate] for row, rate in zip(OWN[3:], rates, strict=True)]
    text = SOUND.replace("first_row = 5", "first_row = 2") + 'poor_rate = "G"\n'
    findings = pipeline.check(read_own(tmp_path, text, {"A": rows}))
    assert [one.origin.cell for one in findings if one.kind.code == "V006"] == ["G2"]


def test_a_list_of_persons_is_refused_whatever_the_file_says(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[*row] for row in OWN]
    rows[3][1] = "Họ và tên chủ hộ"
    reading = read_own(tmp_path, SOUND, {"A": rows})
    assert codes(reading) == ["F017"]
    assert "Tà Lu" not in only(reading, "F017").message()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("first_row = 5", "first_row = 90"), "from row 90 on"),
        (('"C"', '"Z"'), "no column Z"),
        (('"C"', '"Tổng hộ nào đó"'), "hold no “Tổng hộ nào đó”"),
        (("first_row", 'sheet = "khác"\nfirst_row'), "no sheet has a name like “khác”"),
    ],
)
def test_a_mapping_that_fits_no_sheet_stops_the_command_with_the_reason(
    change: tuple[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError) as refused:
        read_own(tmp_path, SOUND.replace(*change), {"A": OWN})
    assert said in refused.value.text.en


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("first_row = 5", "frist_row = 5"), 2, "unknown key"),
        (("poor_households =", "poor ="), 8, "unknown key"),
        (('"D"', '"C"'), 8, "used for “households” already"),
        (('"D"', '"B"'), 8, "used for “unit” already"),
        (('"D"', '"ZZZ"'), 8, 'no column "ZZZ"'),
        (('"D"', '"4"'), 8, "write letters"),
        (('"D"', "4"), 8, "must be"),
        (("first_row = 5", "first_row = 0"), 2, "less than 1"),
        (("first_row = 5", "first_row = 5\nheader_row = 5"), 3, "must stand above"),
        (("first_row = 5", "first_row = 1048575\nheader_row = 5"), 3, "more than 40 rows"),
        (("year = 2024", "year = 20244"), 4, "greater than 2099"),
        (('"505"', '"5"'), 5, "no code of a province"),
        (('unit = "B"\n', ""), None, "missing (or unit_code)"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_file_and_line(
    change: tuple[str, str], line: int | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "form.toml"
    path.write_text(SOUND.replace(*change, 1), "utf-8")
    with pytest.raises(InputError) as refused:
        load_mapping(path)
    message = refused.value.text.en
    assert said in message
    assert "form.toml" in message
    assert line is None or f"line {line}:" in message


def test_a_mapping_without_counts_or_without_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    for text in (SOUND.partition("[columns]")[0], SOUND.partition("households")[0] + 'year = "C"\n'):
        path.write_text(text, "utf-8")
        with pytest.raises(InputError, match="columns"):
            load_mapping(path)


def test_a_file_that_is_missing_or_no_toml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    with pytest.raises(InputError, match="không đọc được"):
        load_mapping(path)
    path.write_text("first_row = = 5", "utf-8")
    with pytest.raises(InputError, match="TOML"):
        load_mapping(path)


def test_a_scope_that_is_no_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="999"):
        read_own(tmp_path, SOUND.replace("505", "999"), {"A": OWN})


@pytest.mark.parametrize("heading", ["Diện A (khẩu)", "Diện A - người", "Diện A (triệu đồng)"])
def test_a_column_whose_heading_counts_no_households_is_told_and_not_used(heading: str, tmp_path: Path) -> None:
    rows = [list(row) for row in OWN]
    rows[3][3] = heading
    reading = read_own(tmp_path, SOUND, {"T": rows})
    assert counts(reading) == {("Xã Tà Lu", 2024): (429, None, 33), ("Xã Sông Kôn", 2024): (800, None, 80)}
    assert only(reading, "H013").origin.cell == "D4"


def test_a_column_mapped_as_a_count_whose_heading_says_percent_is_no_count(tmp_path: Path) -> None:
    rows = [list(row) for row in OWN]
    rows[3][3] = "Diện A (%)"
    reading = read_own(tmp_path, SOUND, {"T": rows})
    assert counts(reading) == {("Xã Tà Lu", 2024): (429, None, 33), ("Xã Sông Kôn", 2024): (800, None, 80)}
    assert codes(reading) == ["H001", "V008"]  # no column of the poor, and a rate of 200 percent
