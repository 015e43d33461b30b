"""Files read together that name communes only: what all of them fit tells where each of them lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pytest

from thidua_cli import pipeline
from thidua_cli.language import Language
from thidua_cli.model import Unit
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.tables import read_source
from thidua_cli.read.source import Source
from thidua_cli.read_many import beside, in_order
from thidua_cli.units.finder import UnitFinder
from thidua_cli.units.tables import bundled

from .cases import Cell, codes, only, read, table, write_sheet

NGHE_AN = "40"
END_2025 = date(2025, 12, 31)
COMMUNES = bundled().children(NGHE_AN, END_2025)
SHARED = {unit.name for unit in COMMUNES if sum(other.name == unit.name for other in bundled().communes(END_2025)) > 1}
"""Names that communes of other provinces bear too."""

SHARED_FIRST = next(unit.name for unit in COMMUNES if unit.name in SHARED)


def by_title(unit: Unit) -> list[Sequence[Cell]]:
    """The table of a commune: its villages and their total."""
    rows: list[list[Cell]] = [["1", "Thôn 1", 100, 5, 6], ["2", "Thôn 2", 60, 3, 2], ["", "Tổng cộng", 160, 8, 8]]
    return table(*rows, title=[f"UBND {unit.name.upper()}", "Năm rà soát: 2025"])


def by_row(unit: Unit) -> list[Sequence[Cell]]:
    """A table without title, of one row."""
    return table(["1", unit.name, 160, 8, 8], title=["Năm rà soát: 2025"])


def write(folder: Path, communes: Sequence[Unit], layout=by_title) -> list[Path]:  # type: ignore[no-untyped-def]
    folder.mkdir(exist_ok=True)
    return [write_sheet(folder / f"{place:03}.xlsx", layout(unit)) for place, unit in enumerate(communes)]


def shared_and_own(shared: int, own: int) -> list[Unit]:
    of_many = [unit for unit in COMMUNES if unit.name in SHARED]
    of_one = [unit for unit in COMMUNES if unit.name not in SHARED]
    return [*of_many[:shared], *of_one[:own]]


def communes_of(reading: FilesRead) -> list[str]:
    rows = reading.observations
    return [code for code, parent in zip(rows.unit_code, rows.parent_code, strict=True) if parent == NGHE_AN]


@pytest.mark.parametrize("layout", [by_title, by_row])
def test_every_file_of_a_province_of_130_communes_is_read_without_an_option(layout, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert (len(COMMUNES), len(SHARED)) == (130, 26)
    reading = read(*write(tmp_path / "xa", COMMUNES, layout))
    assert communes_of(reading) == [unit.code for unit in COMMUNES]
    note = only(reading, "H010")
    assert f"{26 if layout is by_title else 130} biểu không ghi rõ" in note.message()
    assert "cả 130 tên trong các tệp đọc cùng chỉ khớp với Tỉnh Nghệ An" in note.message()
    assert note.message().endswith(" tệp khác)")


@pytest.mark.parametrize(("province", "communes"), [("11", 45), ("38", 166)])
@pytest.mark.parametrize("layout", [by_title, by_row])
def test_every_file_of_other_provinces_is_read_too_and_one_note_says_how(layout, province, communes, tmp_path) -> None:  # type: ignore[no-untyped-def]
    units = bundled().children(province, END_2025)
    assert len(units) == communes
    reading = read(*write(tmp_path / "xa", units, layout))
    rows = reading.observations
    found = [code for code, parent in zip(rows.unit_code, rows.parent_code, strict=True) if parent == province]
    assert found == [unit.code for unit in units]
    assert codes(reading) == ["H010"]


def test_the_note_for_many_files_is_the_same_in_any_order_and_of_one_file_as_it_was(tmp_path: Path) -> None:
    paths = write(tmp_path / "xa", shared_and_own(3, 3))
    note = only(read(*paths), "H010")
    assert only(read(*reversed(paths)), "H010") == note
    assert note.message(Language.EN) == (
        "3 tables do not say which province or district it is of; the units in them are read as those of Tỉnh Nghệ An: "
        "all 6 names in the files read together fit Tỉnh Nghệ An only (000.xlsx, 001.xlsx, 002.xlsx)"
    )
    single = only(read(*write(tmp_path / "mot", shared_and_own(1, 3))), "H010")
    assert (single.unit_name, single.message().startswith("Biểu không ghi rõ của tỉnh")) == (SHARED_FIRST, True)


def test_names_that_two_provinces_have_are_asked_for(tmp_path: Path) -> None:
    elsewhere = {unit.name for unit in bundled().children("38", END_2025)}
    of_both = [unit for unit in COMMUNES if unit.name in elsewhere]
    assert len(of_both) >= 3
    reading = read(*write(tmp_path / "xa", of_both))
    assert set(codes(reading)) == {"U003"}
    assert "Thanh Hóa" in reading.findings[0].message()


def test_the_same_comes_out_in_any_order_and_with_helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = write(tmp_path / "xa", COMMUNES[:80])
    inorder = read(*paths)
    with monkeypatch.context() as alone:
        alone.setattr(beside, "FEWEST_FILES", 1000)
        assert read(*paths).findings == inorder.findings
        assert list(read(*paths).observations) == list(inorder.observations)
    shuffled = Random(7).sample(paths, len(paths))
    mixed = read(*shuffled)
    assert sorted(communes_of(mixed)) == sorted(communes_of(inorder))
    assert sorted(map(str, mixed.findings)) == sorted(map(str, inorder.findings))


def test_a_helper_is_told_the_place_too(tmp_path: Path) -> None:
    paths = write(tmp_path / "xa", shared_and_own(2, 2))
    sources = [Source(str(path), path) for path in paths]
    options = ReadingOptions(within=NGHE_AN)
    with beside.Helpers(sources, options, helpers=1) as helpers:
        by_helper = [helpers.reading_of(source) for source in sources]
    own = [read_source(source, options, UnitFinder(bundled(), NGHE_AN)) for source in sources]
    assert all(reading in (None, expected) for reading, expected in zip(by_helper, own, strict=True))


def test_two_names_are_too_few(tmp_path: Path) -> None:
    reading = read(*write(tmp_path / "xa", shared_and_own(1, 1)))
    assert codes(reading) == ["U003"]
    assert codes(read(*write(tmp_path / "xa", shared_and_own(1, 2)))) == ["H010"]


def test_names_of_two_provinces_tell_nothing(tmp_path: Path) -> None:
    elsewhere = next(unit for unit in bundled().children("38", END_2025) if unit.name == "Xã Mường Lát")
    reading = read(*write(tmp_path / "xa", [*shared_and_own(1, 3), elsewhere]))
    assert codes(reading) == ["U003"]


def test_a_file_that_says_its_province_is_no_witness_for_the_others(tmp_path: Path) -> None:
    paths = write(tmp_path / "xa", shared_and_own(1, 3))
    rows: list[list[Cell]] = [["1", "Xã Mường Lát", 160, 8, 8]]
    other = table(*rows, title=["UBND TỈNH THANH HÓA", "Năm rà soát: 2025"])
    paths.append(write_sheet(tmp_path / "thanh-hoa.xlsx", other))
    assert codes(read(*paths)) == ["H010"]


def test_each_list_of_units_is_asked_for_itself(tmp_path: Path) -> None:
    paths = write(tmp_path / "xa", shared_and_own(1, 3))
    old = bundled().children("505", date(2024, 12, 31))[:3]
    for place, unit in enumerate(old):
        title = [f"UBND {unit.name.upper()}", "Năm rà soát: 2024"]
        rows: list[list[Cell]] = [["1", "Thôn 1", 100, 5, 6]]
        paths.append(write_sheet(tmp_path / f"cu-{place}.xlsx", table(*rows, title=title)))
    assert codes(read(*paths)) == ["H010"]


def test_districts_of_one_province_tell_which_chau_thanh_is_meant(tmp_path: Path) -> None:
    districts = bundled().districts(date(2023, 12, 31), "82")
    paths = []
    for place, district in enumerate(districts):
        commune = bundled().children(district.code, date(2023, 12, 31))[0]
        rows: list[list[Cell]] = [["1", commune.name, 100, 5, 6]]
        title = [f"UBND {district.name.upper()}", "Năm rà soát: 2023"]
        paths.append(write_sheet(tmp_path / f"{place}.xlsx", table(*rows, title=title)))
    reading = read(*paths)
    assert set(codes(reading)) == {"H010"}
    assert [read_table.scope.code for read_table in reading.tables if read_table.scope] == [
        district.code for district in districts
    ]


def test_the_user_s_own_word_is_not_completed_by_other_files(tmp_path: Path) -> None:
    paths = write(tmp_path / "xa", shared_and_own(1, 3))
    assert set(codes(read(*paths, within="38"))) <= {"H007", "H009", "U003"}


def test_files_before_the_first_open_one_do_not_wait(tmp_path: Path) -> None:
    paths = write(tmp_path / "xa", [*shared_and_own(0, 3), *shared_and_own(1, 0)])
    sources = [Source(str(path), path) for path in paths]
    read_so_far: list[int] = []
    readings = in_order.read_together(sources, ReadingOptions(), lambda done, _total, _name: read_so_far.append(done))
    next(readings)
    assert read_so_far == [0]
    assert len(list(readings)) == 3


def test_standard_input_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    paths = write(tmp_path / "xa", shared_and_own(1, 3))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(paths[0].read_bytes())))
    reading = pipeline.read(["-", *map(str, paths[1:])])
    assert codes(reading) == ["U003"]
