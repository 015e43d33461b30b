"""Villages of one commune are told by their names with accents; one name written in two ways stays one village."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.model import Level
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.units.villages import spelling, village_code

from .cases import Cell, codes, only, read, table, write_sheet

HEADER = ("TT", "Thôn", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")


def write(folder: Path, year: int, *names: str, first: int = 100) -> Path:
    rows: list[list[Cell]] = [[str(at), name, first + at, 10 + at, 5] for at, name in enumerate(names, start=1)]
    title = ("UBND XÃ TÀ LU", f"TỔNG HỢP KẾT QUẢ RÀ SOÁT NĂM {year}")
    return write_sheet(folder / f"thon-{year}.xlsx", table(*rows, title=title, header=HEADER))


def villages(reading: FilesRead) -> dict[str, str]:
    """Code → name of the villages read."""
    rows = reading.observations
    return {code: name for code, name, level in zip(rows.unit_code, rows.unit_name, rows.level, strict=True)}


def read_commune(*paths: Path) -> FilesRead:
    return read(*paths, unit="20470")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Thôn Ba", "Thôn Bà"), ["20470-thoon-ba", "20470-thoon-baf"]),
        (("Bản Nà Hang", "Bản Na Hang"), ["20470-banr-naf-hang", "20470-banr-na-hang"]),
        (("Thôn Tân Thanh", "Thôn Tân Thành"), ["20470-thoon-taan-thanh", "20470-thoon-taan-thanhf"]),
        (("Thôn 1-2", "Thôn 12"), ["20470-thoon-1-2", "20470-thoon-12"]),
        (("Xóm Đồi", "Xóm Dôi"), ["20470-xoms-ddooif", "20470-xoms-dooi"]),
        (("Tổ Lá", "Tổ La", "Tổ Là"), ["20470-toor-las", "20470-toor-la", "20470-toor-laf"]),
        (("Khu Mới", "Khu Mơi"), ["20470-khu-mowis", "20470-khu-mowi"]),
    ],
)
def test_names_that_differ_in_accents_are_several_villages(
    tmp_path: Path, names: tuple[str, ...], expected: list[str]
) -> None:
    reading = read_commune(write(tmp_path, 2023, *names))
    assert codes(reading) == []
    assert list(villages(reading)) == expected


@pytest.mark.parametrize(
    "names",
    [
        ("Thôn Hoà Bình", "Thôn Hòa Bình"),
        ("Thôn Bà", unicodedata.normalize("NFD", "Thôn Bà")),
        ("Thôn Thuỷ Tú", "THÔN  THỦY TÚ"),
        ("Thôn 01", "Thôn 1"),
        ("Bản Ea H'Leo", "Bản Ea HLeo"),
    ],
)
def test_one_name_in_two_ways_of_writing_is_one_village_with_the_code_it_had(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    one, other = (write(tmp_path, year, name, "Thôn Khác") for year, name in zip((2022, 2023), names, strict=True))
    reading = read_commune(one, other)
    assert codes(reading) == []
    assert {village_code("20470", names[0]), "20470-thon-khac"} == set(villages(reading))


def test_no_other_village_has_another_code(tmp_path: Path) -> None:
    reading = read_commune(
        write(tmp_path, 2023, "Thôn Ba", "Thôn Bà", "Thôn Bốn", "Thôn I", "Thôn 1", "Thôn Mỹ", "Thôn Mĩ")
    )
    assert [code for code in villages(reading) if "thoon" not in code] == [
        *("20470-thon-bon", "20470-thon-i", "20470-thon-1"),
        # i and y are other letters: two names, as ever
        *("20470-thon-my", "20470-thon-mi"),
    ]


def test_over_years_each_village_keeps_its_own_series(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, year, *names)
        for year, names in ((2021, ("Thôn Ba", "Thôn Bà")), (2022, ("Thôn Bà", "Thôn Ba")))
    ]
    of_years, _ = pipeline.rebase(pipeline.measure(read_commune(*paths)), None, None)
    of_villages = [series for series in of_years if series.level is Level.VILLAGE]
    counts = {
        series.unit_name: [figures.counts["poor_households"] for figures in series.years.values()]
        for series in of_villages
    }
    assert counts == {"Thôn Ba": [11, 12], "Thôn Bà": [12, 11]}
    assert not any(series.namesakes for series in of_villages)


def test_villages_of_two_files_and_years_that_differ_in_accents_make_no_series(tmp_path: Path) -> None:
    reading = read_commune(write(tmp_path, 2022, "Thôn Ba", "Thôn Một"), write(tmp_path, 2023, "Thôn Bà", "Thôn Một"))
    rows = reading.observations
    assert {(code, year) for code, year in zip(rows.unit_code, rows.year, strict=True)} == {
        ("20470-thoon-ba", 2022),
        ("20470-thoon-baf", 2023),
        ("20470-thon-mot", 2022),
        ("20470-thon-mot", 2023),
    }


def test_a_name_without_accents_is_the_one_village_it_may_be(tmp_path: Path) -> None:
    reading = read_commune(write(tmp_path, 2022, "Thon Ba", "Thon Tu"), write(tmp_path, 2023, "Thôn Bà", "Thôn Tư"))
    assert codes(reading) == []
    assert set(villages(reading)) == {"20470-thon-ba", "20470-thon-tu"}


def test_a_name_without_accents_that_may_be_several_villages_is_told(tmp_path: Path) -> None:
    reading = read_commune(write(tmp_path, 2022, "Thon Ba", "Thôn Tư"), write(tmp_path, 2023, "Thôn Bà", "Thôn Ba"))
    finding = only(reading, "U003")
    assert (finding.value, finding.year) == ("Thon Ba", 2022)
    assert finding.message() == (
        "“Thon Ba” khớp với nhiều đơn vị thuộc Xã Tà Lu: Thôn Ba (20470-thoon-ba); Thôn Bà (20470-thoon-baf)"
    )


def test_a_whole_table_typed_without_accents_may_mean_any_of_them(tmp_path: Path) -> None:
    reading = read_commune(write(tmp_path, 2022, "Na Hang", "Na Ca"), write(tmp_path, 2023, "Nà Hang", "Ná Hang"))
    assert only(reading, "U003").value == "Na Hang"


def test_findings_speak_of_villages_by_the_codes_that_they_have(tmp_path: Path) -> None:
    path = write_sheet(
        tmp_path / "thon.xlsx",
        table(
            ["1", "Thôn Ba", 100, None, 5],
            ["2", "Thôn Bà", 100, 10, 5],
            title=("UBND XÃ TÀ LU", "Năm rà soát: 2023"),
            header=HEADER,
        ),
    )
    assert only(read_commune(path), "V005").unit_code == "20470-thoon-ba"


def test_two_tables_with_equal_figures_of_villages_with_other_accents_are_no_copies(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder, name in zip(folders, ("Thôn Ba", "Thôn Bà"), strict=True):
        folder.mkdir()
        write(folder, 2023, name)
    reading = read_commune(*folders)
    assert "F008" not in codes(reading)
    assert set(villages(reading)) == {"20470-thoon-ba", "20470-thoon-baf"}


def test_a_canonical_table_of_names_is_held_to_the_same_and_codes_of_its_own_stand(tmp_path: Path) -> None:
    head = "unit_code,unit_name,parent_code,year,households,poor_households,near_poor_households\n"
    by_name, by_code = tmp_path / "ten.csv", tmp_path / "ma.csv"
    by_name.write_text(f"{head},Thôn Ba,20470,2023,100,10,5\n,Thôn Bà,20470,2023,90,9,4\n", encoding="utf-8")
    by_code.write_text(f"{head}T1,Thôn Ba,20470,2023,100,10,5\nT2,Thôn Bà,20470,2023,90,9,4\n", encoding="utf-8")
    assert list(villages(pipeline.read([str(by_name)], ReadingOptions()))) == ["20470-thoon-ba", "20470-thoon-baf"]
    assert list(villages(pipeline.read([str(by_code)], ReadingOptions()))) == ["T1", "T2"]


def test_a_spelling_is_the_same_for_whatever_stays_one_village() -> None:
    for one, other in (("Thôn Quý", "Thôn Qúy"), ("BẢN NÀ", "bản nà"), ("Thôn Khoẻ", "Thôn Khỏe")):
        assert spelling(one) == spelling(other)
    for one, other in (("Thôn Quý", "Thôn Quỳ"), ("Thôn Ân", "Thôn Ăn"), ("Đội 1", "Dội 1"), ("Tổ 3/1", "Tổ 31")):
        assert spelling(one) != spelling(other)
