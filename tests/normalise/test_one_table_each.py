"""One sheet per year, one sheet per commune, one file per commune and year in a folder."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli.normalise.record.layout_record import FoundIn
from thidua_cli.normalise.sheet.title import years_mentioned

from .cases import DISTRICT, Cell, codes, counts, only, read, table, write_sheet, write_sheets

Table = Sequence[Sequence[Cell]]
VILLAGES: list[list[Cell]] = [["1", "Thôn Pà Nai", 200, 50, 20], ["2", "Thôn A Réh", 300, 70, 20]]
TOTAL: list[Cell] = ["", "Tổng cộng", 500, 120, 40]
OWN = {("Xã Tà Lu", 2023): (500, 120, 40)}
VILLAGE_ROWS = {("Thôn Pà Nai", 2023): (200, 50, 20), ("Thôn A Réh", 2023): (300, 70, 20)}


def test_one_sheet_per_year_is_read_by_the_names_of_the_sheets(tmp_path: Path) -> None:
    sheets: dict[str, Table] = {
        "2022": table(["1", "Tà Lu", 500, 150, 40], title=[DISTRICT]),
        "Năm 2023": table(["1", "Tà Lu", 510, 120, 45], title=[DISTRICT]),
    }
    reading = read(write_sheets(tmp_path / "dong-giang.xlsx", sheets))
    assert counts(reading) == {("Xã Tà Lu", 2022): (500, 150, 40), ("Xã Tà Lu", 2023): (510, 120, 45)}
    assert codes(reading) == []


@pytest.mark.parametrize("name", ["Xã Tà Lu", "Tà Lu", "xã tà lu", "Ta Lu", "Tà Lu 2023"])
def test_a_sheet_named_by_a_commune_of_the_district_in_the_title_is_the_communes(name: str, tmp_path: Path) -> None:
    reading = read(write_sheets(tmp_path / "bieu.xlsx", {name: table(*VILLAGES, TOTAL)}))
    assert counts(reading) == OWN | VILLAGE_ROWS
    assert codes(reading) == []
    assert reading.layouts[0].scope_from is FoundIn.SHEET_NAME


@pytest.mark.parametrize("label", ["Tổng cộng", "Toàn xã", "Xã Tà Lu", "Tà Lu"])
def test_a_sheet_of_one_row_is_the_communes_own_figure(label: str, tmp_path: Path) -> None:
    reading = read(write_sheets(tmp_path / "bieu.xlsx", {"Xã Tà Lu": table(["1", label, 500, 120, 40])}))
    assert counts(reading) == OWN
    assert codes(reading) == []


def test_one_sheet_per_commune_in_a_workbook_of_one_year(tmp_path: Path) -> None:
    sheets: dict[str, Table] = {
        "Tà Lu": table(*VILLAGES, TOTAL),
        "Sông Kôn": table(["1", "Thôn Bút Tưa", 800, 200, 80], ["", "Cộng", 800, 200, 80]),
    }
    reading = read(write_sheets(tmp_path / "bieu.xlsx", sheets))
    assert counts(reading) == OWN | VILLAGE_ROWS | {
        ("Thôn Bút Tưa", 2023): (800, 200, 80),
        ("Xã Sông Kôn", 2023): (800, 200, 80),
    }


def test_a_table_of_several_communes_is_the_districts_whatever_its_sheet_is_called(tmp_path: Path) -> None:
    rows = table(["1", "Tà Lu", 500, 120, 40], ["2", "Sông Kôn", 800, 200, 80])
    reading = read(write_sheets(tmp_path / "bieu.xlsx", {"Tà Lu": rows}))
    assert [scope.code for one in reading.layouts if (scope := one.scope)] == ["505"]
    assert reading.observations.unit_name == ["Xã Tà Lu", "Xã Sông Kôn"]


@pytest.mark.parametrize(
    ("place", "year_from", "scope_from"),
    [
        ("2023/Xã Tà Lu.xlsx", FoundIn.FOLDER_NAME, FoundIn.FILE_NAME),
        ("Năm 2023/Xã Tà Lu.xlsx", FoundIn.FOLDER_NAME, FoundIn.FILE_NAME),
        ("2023/Xã Tà Lu/bieu.xlsx", FoundIn.FOLDER_NAME, FoundIn.FOLDER_NAME),
        ("Xã Tà Lu/2023.xlsx", FoundIn.FILE_NAME, FoundIn.FOLDER_NAME),
        ("so-lieu/ta-lu-2023.xlsx", FoundIn.FILE_NAME, FoundIn.FILE_NAME),
        ("so-lieu/Mau-08_Ta-Lu_2023.xlsx", FoundIn.FILE_NAME, FoundIn.FILE_NAME),
    ],
)
def test_one_file_per_commune_and_year_is_read_by_its_own_and_its_folders_name(
    place: str, year_from: FoundIn, scope_from: FoundIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(place)
    path.parent.mkdir(parents=True)
    reading = read(write_sheet(path, table(*VILLAGES, TOTAL, title=[DISTRICT])).parent)
    assert counts(reading) == OWN | VILLAGE_ROWS
    assert codes(reading) == []
    assert [(one.year_from, one.scope_from) for one in reading.layouts] == [(year_from, scope_from)]


def test_a_commune_of_many_districts_is_told_by_the_folder_of_its_district(tmp_path: Path) -> None:
    folder = tmp_path / "Huyện Hạ Hòa 2023"
    folder.mkdir()
    rows = table(["1", "Thôn 1", 100, 5, 6], title=["UBND XÃ ĐẠI PHẠM", "Năm rà soát: 2023"])
    assert len(read(write_sheet(folder / "bieu.xlsx", rows)).observations) == 1
    unnamed = table(["1", "Thôn 1", 100, 5, 6], title=["UBND XÃ HÒA BÌNH", "Năm rà soát: 2023"])
    assert codes(read(write_sheet(tmp_path / "bieu.xlsx", unnamed))) == ["U003"]
    wide = tmp_path / "Thành phố Kon Tum"
    wide.mkdir()
    found = read(write_sheet(wide / "bieu.xlsx", unnamed))
    assert found.observations.parent_code[:1] != [""]
    assert codes(found) == []


def test_a_folder_of_another_year_than_the_title_is_a_conflict(tmp_path: Path) -> None:
    folder = tmp_path / "2022"
    folder.mkdir()
    reading = read(write_sheet(folder / "bieu.xlsx", table(["1", "Tà Lu", 500, 120, 40])))
    assert only(reading, "H005").value == "2022"
    assert list(counts(reading)) == [("Xã Tà Lu", 2023)]


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("2023/a.xlsx", [2023]),
        ("Năm 2023/a.xlsx", [2023]),
        ("2023/Xã Tà Lu/a.xlsx", [2023]),
        ("giai doan 2021-2025/a.xlsx", []),
        ("so lieu 12.2023/a.xlsx", []),
        ("2023/x/y/a.xlsx", []),
        ("a.xlsx", []),
    ],
)
def test_a_folder_states_a_year_only_where_it_is_one(file: str, found: list[int]) -> None:
    assert [mention.year for mention in years_mentioned((), "Biểu", file)] == found
