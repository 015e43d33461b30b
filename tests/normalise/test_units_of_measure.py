"""In what a table is counted: households, thousands that are scaled, and what is refused with its cell (H013)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from thidua_cli.language import Language
from thidua_cli.normalise.sheet.unit_of_measure import CountedIn, unit_of_words, units_stated
from thidua_cli.present.observations.layout import layout_document, layout_view

from .cases import DISTRICT, HEADER, Cell, codes, counts, only, read_table, write_sheet

YEAR = "Năm rà soát: 2023"
TA_LU: tuple[Cell, ...] = ("1", "Xã Tà Lu", 500, 120, 40)
BA: tuple[Cell, ...] = ("2", "Xã Ba", 1200, 63, 9)


def sheet(*rows: Sequence[Cell], stated: Sequence[Cell] = (), header: Sequence[Cell] = HEADER) -> list[Sequence[Cell]]:
    return [[DISTRICT], [YEAR], stated, header, *rows]


REFUSED = {
    "Đơn vị tính: người": "người", "ĐVT: khẩu": "người", "Đơn vị: nhân khẩu": "người",
    "(Đơn vị tính: nghìn người)": "người",
    "Đơn vị tính: %": "%", "Đơn vị: %": "%", "Đvt: tỷ lệ %": "%", "ĐVT: triệu đồng": "không phải hộ",
    "Đơn vị: lao động": "không phải hộ", "Đơn vị tính: ha": "không phải hộ",
    "Đơn vị tính: lao động": "không phải hộ", "Unit: persons": "người",
    "ĐVT: người/hộ": "không phải hộ",
    "Đơn vị tính: người, triệu đồng": "không phải hộ", "Đơn vị tính: hộ; nghìn hộ": "hai đơn vị",
    "BIỂU TỔNG HỢP HỘ NGHÈO (Đơn vị tính: người)": "người",
}  # fmt: skip


@pytest.mark.parametrize(("stated", "reason"), REFUSED.items())
def test_a_table_in_another_unit_is_refused_with_the_cell_that_states_it(
    stated: str, reason: str, tmp_path: Path
) -> None:
    reading = read_table(tmp_path, sheet(TA_LU, BA, stated=(None, None, None, stated)))
    finding = only(reading, "H013")
    assert (finding.origin.row, finding.origin.column, finding.value) == (3, 4, stated)
    assert reason in finding.message()
    assert "C, D, E" in finding.message()
    assert codes(reading) == ["H013"]
    assert len(reading.observations) == 0


def test_rates_alone_in_another_unit_are_refused_and_not_passed_over(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Số hộ tham gia", "Hộ nghèo (tỷ lệ %)", "Hộ cận nghèo (tỷ lệ %)")
    stated = (None, None, None, None, "ĐVT: triệu đồng")
    reading = read_table(tmp_path, sheet(TA_LU, BA, stated=stated, header=header))
    finding = only(reading, "H013")
    assert (finding.origin.row, finding.origin.column) == (3, 5)
    assert len(reading.observations) == 0


def test_a_heading_that_names_two_units_one_below_the_other_is_in_neither(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ (người)", "Hộ nghèo", "Hộ cận nghèo")
    below = (None, None, "(hộ)", "(hộ)", "(hộ)")
    reading = read_table(tmp_path, sheet(below, TA_LU, BA, header=header))
    assert only(reading, "H013").origin.column == 3
    assert list(counts(reading).values()) == [(None, 120, 40), (None, 63, 9)]


SOUND = (
    "Đơn vị tính: hộ", "ĐVT: Hộ", "(Đơn vị: hộ)", "Đơn vị tính: hộ, %", "Đơn vị tính: Hộ; người", "ĐVT: hộ/khẩu",
    "Đơn vị tính: hộ - %", "Đơn vị tính: Hộ, triệu đồng", "Đơn vị tính: ……", "Đơn vị: Huyện Đông Giang",
    "Unit: households",
    "Số liệu của các đơn vị tính đến 31/12/2023", "Các đơn vị tỉnh: Quảng Nam",
    "Đơn vị tính: hộ gia đình", "Đơn vị báo cáo: Huyện Đông Giang", "Đơn vị tính: số hộ (hộ), tỷ lệ (%)",
)  # fmt: skip


@pytest.mark.parametrize("stated", SOUND)
def test_households_alone_or_beside_others_are_households(stated: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, sheet(TA_LU, BA, stated=(None, None, None, stated)))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40), ("Xã Ba", 2023): (1200, 63, 9)}


@pytest.mark.parametrize(
    "stated", ["Đơn vị tính: nghìn hộ", "ĐVT: 1.000 hộ", "(Đơn vị: ngàn hộ)", "Đơn vị tính: nghìn hộ, %"]
)
def test_thousands_written_to_the_household_are_scaled_exactly(stated: str, tmp_path: Path) -> None:
    rows: tuple[Sequence[Cell], ...] = (("1", "Xã Tà Lu", 0.5, "0,120", 0.04), ("2", "Xã Ba", "1,2", 0.063, "0,009"))
    reading = read_table(tmp_path, sheet(*rows, stated=(stated,)))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40), ("Xã Ba", 2023): (1200, 63, 9)}
    assert reading.observations.origin(0, "poor_households")[2:4] == (5, 4)


def test_the_layout_says_by_what_printed_figures_are_multiplied(tmp_path: Path) -> None:
    reading = read_table(tmp_path, sheet(("1", "Xã Tà Lu", 0.501, 0.12, 0.04), stated=("Đơn vị tính: nghìn hộ",)))
    document = layout_document(reading.layouts, Language.VI)
    assert [column.get("factor") for column in document["tables"][0]["columns"]] == [None, None, 1000, 1000, 1000]  # type: ignore[index]
    draw = layout_view(reading.layouts).screen
    assert draw is not None
    text = "\n".join("".join(part.text for part in line) for line in draw(Language.VI, 100))
    assert "tổng số hộ (số ghi × 1.000)" in text.lower()


def test_a_heading_in_thousands_is_scaled_and_the_columns_beside_it_are_not(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ (nghìn hộ)", "Hộ nghèo", "Hộ cận nghèo (hộ)")
    reading = read_table(tmp_path, sheet(("1", "Xã Tà Lu", "0,501", 120, 40), header=header))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (501, 120, 40)}


@pytest.mark.parametrize("stated", ["Đơn vị tính: nghìn hộ", "ĐVT Nghìn hộ", "Đơn vị tính: trăm hộ"])
def test_rounded_thousands_are_no_counts(stated: str, tmp_path: Path) -> None:
    reading = read_table(tmp_path, sheet(TA_LU, ("2", "Xã Ba", 1.2, 0.6, 9), stated=(stated,)))
    finding = only(reading, "H013")
    assert "làm tròn" in finding.message()
    assert (finding.origin.row, finding.origin.column) == (3, 1)
    assert len(reading.observations) == 0


def test_a_figure_that_gives_no_whole_households_is_refused_alone(tmp_path: Path) -> None:
    rows: tuple[Sequence[Cell], ...] = (("1", "Xã Tà Lu", 0.501, "0,1205", 0.04), ("2", "Xã Ba", 1.2, "1.063", 0.009))
    reading = read_table(tmp_path, sheet(*rows, stated=("Đơn vị tính: nghìn hộ",)))
    assert counts(reading) == {("Xã Tà Lu", 2023): (501, None, 40), ("Xã Ba", 2023): (1200, None, 9)}
    assert [(f.kind.code, f.origin.row, f.value) for f in reading.findings] == [
        ("V001", 5, "0,1205"),
        ("V001", 6, "1.063"),
    ]


def test_the_heading_of_a_column_comes_before_the_unit_of_the_table(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tổng số hộ (hộ)", "Hộ nghèo (hộ)", "Hộ cận nghèo (hộ)")
    reading = read_table(tmp_path, sheet(TA_LU, stated=("Đơn vị tính: người",), header=header))
    assert codes(reading) == []
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}


@pytest.mark.parametrize(
    "rows",
    [
        [[DISTRICT], [YEAR], ["Đơn vị tính:", "người"], HEADER, TA_LU],
        [[DISTRICT, None, "Đơn vị tính: người"], [YEAR], HEADER, TA_LU],
        [[DISTRICT], [YEAR], HEADER, ["Đơn vị tính: người"], TA_LU],
        [[DISTRICT], [YEAR], [*HEADER, "ĐVT: người"], TA_LU],
        [[DISTRICT], [YEAR], HEADER, TA_LU, [], ["Ghi chú: đơn vị tính: người"]],
        [[DISTRICT], [YEAR], HEADER, [None, None, None, None, "ĐVT: người"], TA_LU],
    ],
)
def test_the_unit_is_found_beside_the_title_below_the_header_and_below_the_table(
    rows: list[Sequence[Cell]], tmp_path: Path
) -> None:
    reading = read_table(tmp_path, rows)
    assert only(reading, "H013").kind.code == "H013"
    assert len(reading.observations) == 0


def test_a_unit_holds_for_the_tables_below_it_until_the_next(tmp_path: Path) -> None:
    second = ("1", "Xã Ba", 1200, 63, 9)
    rows = [*sheet(TA_LU, stated=("Đơn vị tính: người",)), [], ["Năm rà soát: 2022"], HEADER, second]
    reading = read_table(tmp_path, rows)
    assert len(reading.observations) == 0
    rows = [
        *sheet(TA_LU, stated=("Đơn vị tính: người",)),
        [],
        ["Năm rà soát: 2022"],
        ["Đơn vị tính: hộ"],
        HEADER,
        second,
    ]
    reading = read_table(tmp_path, rows)
    assert counts(reading) == {("Xã Ba", 2022): (1200, 63, 9)}


def test_rates_of_a_table_in_percent_are_used_and_its_counts_are_not(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Tỷ lệ hộ nghèo", "Tỷ lệ hộ cận nghèo")
    reading = read_table(tmp_path, sheet(("1", "Xã Tà Lu", "24,00", "8,00"), stated=("ĐVT: %",), header=header))
    assert "H013" not in codes(reading)
    assert reading.observations.rates["poor_rate_percent"] == {0: "24.00"}


@pytest.mark.parametrize("unit", ["người", "Khẩu", "%", "nghìn hộ"])
def test_a_column_that_names_the_unit_of_every_row_is_asked(unit: str, tmp_path: Path) -> None:
    header = ("TT", "Xã", "ĐVT", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo")
    rows: list[Sequence[Cell]] = [("1", "Xã Tà Lu", unit, 500, 120, 40), ("2", "Xã Ba", unit, 1200, 63, 9)]
    reading = read_table(tmp_path, sheet(*rows, header=header))
    assert len(reading.observations) == 0
    assert only(reading, "H013").origin.row == 5


def test_a_column_that_says_households_in_every_row_leaves_them(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Đơn vị tính", "Tổng số hộ", "Hộ nghèo", "Tỷ lệ (4=2/1)", "Hộ cận nghèo")
    reading = read_table(tmp_path, sheet(("1", "Xã Tà Lu", "Hộ", 500, 120, 24.0, 40), header=header))
    assert counts(reading) == {("Xã Tà Lu", 2023): (500, 120, 40)}
    assert codes(reading) == []


def test_a_form_of_movement_in_persons_is_refused(tmp_path: Path) -> None:
    header = ("TT", "Xã", "Hộ nghèo đầu năm (khẩu)", "Thoát nghèo", "Phát sinh", "Hộ nghèo cuối năm (khẩu)")
    reading = read_table(tmp_path, sheet(("1", "Xã Tà Lu", 500, 20, 5, 485), header=header))
    assert len(reading.observations) == 0 or "poor_opening" not in reading.observations.counts


@pytest.mark.parametrize("stated", ["Đơn vị tính: người", "Đơn vị: nghìn hộ", "ĐVT: %"])
def test_a_canonical_table_in_another_unit_is_refused(stated: str, tmp_path: Path) -> None:
    from .cases import read

    head = ("unit_code", "year", "households", "poor_households", "near_poor_households")
    path = write_sheet(tmp_path / "bang.xlsx", [[stated], head, ("20476", 2023, 500, 120, 40)])
    reading = read(path)
    assert only(reading, "H013").origin.row == 1
    assert len(reading.observations) == 0


INDICATORS = ("TT", "Chỉ tiêu", "ĐV tính", "2022", "2023")


@pytest.mark.parametrize(("unit", "poor"), [("hộ", 120), ("Người", None), ("Nghìn hộ", None), ("triệu đồng", None)])
def test_a_row_of_indicators_is_what_its_own_unit_says(unit: str, poor: int | None, tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [["UBND XÃ TÀ LU, HUYỆN ĐÔNG GIANG"], INDICATORS]
    rows += [
        ("1", "Tổng số hộ", "hộ", 500, 500),
        ("2", "Hộ nghèo", unit, 140, 120),
        ("3", "Hộ cận nghèo", "hộ", 50, 40),
    ]
    reading = read_table(tmp_path, rows)
    assert counts(reading)[("Xã Tà Lu", 2023)] == (500, poor, 40)


def test_indicators_without_units_are_in_that_of_their_table(tmp_path: Path) -> None:
    rows: list[Sequence[Cell]] = [
        ["UBND XÃ TÀ LU, HUYỆN ĐÔNG GIANG"],
        ["Đơn vị tính: người"],
        ("TT", "Chỉ tiêu", "2022", "2023"),
    ]
    rows += [("1", "Tổng số hộ", 500, 500), ("2", "Hộ nghèo", 140, 120), ("3", "Hộ cận nghèo", 50, 40)]
    reading = read_table(tmp_path, rows)
    assert only(reading, "H013").origin.row == 2
    assert not any(any(counted) for counted in counts(reading).values())


def test_units_of_measure_are_known_by_their_words() -> None:
    assert unit_of_words("10.000 hộ") == ("10.000 hộ", CountedIn.HOUSEHOLDS, 10_000)
    assert unit_of_words("2023") is None
    assert unit_of_words("hộ nghèo") is None
    assert [unit.counted_in for unit in units_stated("Đơn vị tính: hộ nghèo, người dân")] == [
        CountedIn.HOUSEHOLDS,
        CountedIn.PERSONS,
    ]
