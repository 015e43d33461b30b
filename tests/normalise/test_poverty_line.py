"""The poverty line of a table: what it says itself, then what the user states, then the national one of the year."""

from __future__ import annotations

from pathlib import Path

import pytest

from thidua_cli import pipeline
from thidua_cli.errors import UsageError
from thidua_cli.language import Language
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.normalise.sheet.poverty_line import LineNamed, line_named, national_line
from thidua_cli.rulebook.lines import lines_of, poverty_lines

from .cases import DISTRICT, Cell, codes, table, write_sheet

TA_LU: list[Cell] = ["1", "Xã Tà Lu", 500, 120, 40]
HA_NOI = "ha-noi-2022-2025"


def read_titled(folder: Path, *title: str, stated: str | None = None, year: int = 2023) -> FilesRead:
    """Read one table of the end of `year` with these lines in its title."""
    ward: list[Cell] = ["1", "Phường Hoàn Kiếm", 500, 12, 4]
    unit, row = (DISTRICT, TA_LU) if year < 2025 else ("UBND THÀNH PHỐ HÀ NỘI", ward)
    rows = table(row, title=(unit, f"Năm rà soát: {year}", *title))
    path = write_sheet(folder / "bieu.xlsx", rows)
    return pipeline.read([str(path)], ReadingOptions(poverty_line=stated))


def read_csv(folder: Path, *rows: str, head: str = "unit_code,year,poverty_line", stated: str | None) -> FilesRead:
    path = folder / "data.csv"
    counts = ",households,poor_households,near_poor_households"
    path.write_text("\n".join([head + counts, *(f"{row},500,120,40" for row in rows)]) + "\n", encoding="utf-8")
    return pipeline.read([str(path)], ReadingOptions(poverty_line=stated))


def test_the_national_line_of_every_year_end_is_that_of_the_table_of_lines() -> None:
    reviews = sorted((line.first_review, line.id) for line in poverty_lines().values() if line.first_review is not None)
    assert len(reviews) >= 4
    for year in range(2005, 2036):
        listed = [line for first, line in reviews if first <= year]
        assert national_line(year) == (listed[-1] if listed else "before-2011"), year


@pytest.mark.parametrize(
    ("before", "last", "line", "first"),
    [
        ("before-2011", 2010, "2011-2015", 2011),
        ("2011-2015", 2015, "2016-2020", 2016),
        ("2016-2020", 2020, "2022-2025", 2021),
        ("2022-2025", 2026, "2027-2030", 2027),
    ],
)
def test_a_line_is_that_of_its_last_year_end_and_the_next_one_from_the_year_after(
    before: str, last: int, line: str, first: int
) -> None:
    assert (national_line(last), national_line(first)) == (before, line)
    assert poverty_lines()[before].covers(last)
    assert poverty_lines()[line].covers(first)


def test_the_ends_of_2021_and_2026_may_stand_on_two_national_lines() -> None:
    two = {year: [line.id for line in lines_of(year) if not line.within] for year in range(2021, 2028)}
    assert two == {
        2021: ["2016-2020", "2022-2025"],
        **{year: ["2022-2025"] for year in range(2022, 2026)},
        2026: ["2022-2025", "2027-2030"],
        2027: ["2027-2030"],
    }


@pytest.mark.parametrize(
    ("lines", "year", "line"),
    [
        (["theo chuẩn nghèo giai đoạn 2016-2020"], 2021, "2016-2020"),
        (["theo chuẩn nghèo 2021-2025"], 2022, "2022-2025"),
        (["theo chuẩn nghèo giai đoạn 2022 - 2025"], 2026, "2022-2025"),
        (["THEO CHUẨN NGHÈO TIẾP CẬN ĐA CHIỀU", "GIAI ĐOẠN 2016-2020"], 2021, "2016-2020"),
        (["chương trình giai đoạn 2021-2025, theo chuẩn nghèo 2022-2025"], 2023, "2022-2025"),
        (["Chương trình giảm nghèo giai đoạn 2016-2020"], 2021, None),
        (["Theo chuẩn nghèo giai đoạn 2022-2025 (áp dụng đến hết năm 2026)"], 2026, "2022-2025"),
        (["Theo chuẩn nghèo giai đoạn 2022-2025, kéo dài đến hết năm 2026"], 2026, "2022-2025"),
        (["chuẩn nghèo 2021-2026"], 2026, "2022-2025"),
        (["theo chuẩn nghèo giai đoạn 2022-2026"], 2026, "2022-2025"),
        (["Theo chuẩn nghèo tại Nghị định số 07/2021/NĐ-CP"], 2026, "2022-2025"),
        (["Theo chuẩn nghèo giai đoạn 2027-2030 (số đầu kỳ)"], 2026, "2027-2030"),
        (["Theo chuẩn nghèo đa chiều giai đoạn 2027 - 2030"], 2027, "2027-2030"),
        (["Theo chuẩn nghèo đa chiều giai đoạn 2026 - 2030"], 2027, "2027-2030"),
        (["Theo chuẩn nghèo quy định tại Nghị định 351/2025/NĐ-CP"], 2027, "2027-2030"),
        (["Theo chuẩn nghèo mới"], 2027, None),
        (["(theo chuẩn nghèo mới)"], 2021, None),
        (["Chương trình giảm nghèo giai đoạn 2026-2030"], 2026, None),
        (["NĂM 2021"], 2021, None),
    ],
)
def test_a_table_names_the_line_that_its_title_speaks_of(lines: list[str], year: int, line: str | None) -> None:
    assert line_named(lines, year) == LineNamed(line)


@pytest.mark.parametrize(
    ("lines", "year", "words"),
    [
        (["Theo chuẩn nghèo giai đoạn 2026-2030"], 2026, "Theo chuẩn nghèo giai đoạn 2026-2030"),
        (["Chuẩn nghèo theo Nghị định 351/2025/NĐ-CP"], 2026, "Chuẩn nghèo theo Nghị định 351/2025/NĐ-CP"),
        (["THEO CHUẨN NGHÈO ĐA CHIỀU", "GIAI ĐOẠN 2026-2030"], 2026, "THEO CHUẨN NGHÈO ĐA CHIỀU GIAI ĐOẠN 2026-2030"),
        (["Theo chuẩn nghèo giai đoạn 2026-2030"], 2025, "Theo chuẩn nghèo giai đoạn 2026-2030"),
        (["Theo chuẩn nghèo mới"], 2026, "Theo chuẩn nghèo mới"),
        (["Chuẩn nghèo 2016-2020 và chuẩn nghèo 2022-2025"], 2021, "Chuẩn nghèo 2016-2020 và chuẩn nghèo 2022-2025"),
        (["Theo chuẩn nghèo 2016-2020", "và chuẩn nghèo 2022-2025"], 2021, None),
        (["Theo chuẩn nghèo của Thành phố giai đoạn 2022-2025"], 2023, None),
        (["THEO CHUẨN NGHÈO ĐA CHIỀU CỦA THÀNH PHỐ HÀ NỘI"], 2023, None),
    ],
)
def test_a_title_that_may_mean_several_lines_names_none(lines: list[str], year: int, words: str | None) -> None:
    named = line_named(lines, year)
    assert named.id is None
    assert named.unclear == (words if words is not None else "; ".join(lines))


def test_the_title_of_the_new_decree_is_not_ambiguous_in_other_years() -> None:
    assert line_named(["theo chuẩn nghèo giai đoạn 2026-2030"], 2028) == LineNamed("2027-2030")


def test_a_silent_table_takes_the_line_that_the_user_states(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, stated=HA_NOI)
    assert reading.observations.poverty_line == [HA_NOI]
    assert list(reading.observations.line_is_assumed) == [False]
    assert [layout.stated_line for layout in reading.layouts] == [HA_NOI]
    assert codes(reading) == []


def test_without_the_option_the_line_of_a_silent_table_is_assumed(tmp_path: Path) -> None:
    reading = read_titled(tmp_path)
    assert reading.observations.poverty_line == ["2022-2025"]
    assert list(reading.observations.line_is_assumed) == [True]
    assert [layout.stated_line for layout in reading.layouts] == [None]


def test_a_table_that_says_otherwise_wins_and_the_user_is_told(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, "Theo chuẩn nghèo giai đoạn 2022-2025", stated=HA_NOI)
    (finding,) = reading.findings
    assert reading.observations.poverty_line == ["2022-2025"]
    assert list(reading.observations.line_is_assumed) == [False]
    assert (finding.kind.code, finding.value, finding.year) == ("H011", "2022-2025", 2023)
    assert finding.message(Language.VI) == (
        f"Biểu ghi chuẩn nghèo 2022-2025; không dùng --poverty-line {HA_NOI}, lấy chuẩn nghèo 2022-2025"
    )


def test_a_table_that_says_the_same_as_the_user_is_no_finding(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, "Theo chuẩn nghèo giai đoạn 2022-2025", stated="2022-2025")
    assert codes(reading) == []
    assert [layout.stated_line for layout in reading.layouts] == [None]


def test_a_line_does_not_reach_year_ends_it_does_not_hold_for(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, stated=HA_NOI, year=2020)
    (finding,) = reading.findings
    assert reading.observations.poverty_line == ["2016-2020"]
    assert finding.kind.code == "H011"
    assert f"{HA_NOI} không áp dụng cho cuối năm 2020" in finding.message(Language.VI)


def test_the_year_end_before_a_line_begins_is_its_baseline(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, stated=HA_NOI, year=2021)
    assert reading.observations.poverty_line == [HA_NOI]


def test_an_ambiguous_title_prints_what_to_type(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, "Theo chuẩn nghèo giai đoạn 2026-2030", year=2026)
    finding = next(finding for finding in reading.findings if finding.kind.code == "H012")
    assert "--poverty-line 2022-2025 hoặc --poverty-line 2027-2030" in finding.message(Language.VI)
    assert "--poverty-line 2022-2025 or --poverty-line 2027-2030" in finding.message(Language.EN)
    assert finding.message(Language.VI).endswith("--poverty-line 2022-2025 hoặc --poverty-line 2027-2030")
    assert reading.observations.poverty_line == ["2022-2025"]
    assert list(reading.observations.line_is_assumed) == [True]


def test_stating_a_line_settles_an_ambiguous_title(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, "Theo chuẩn nghèo giai đoạn 2026-2030", year=2026, stated="2022-2025")
    assert reading.observations.poverty_line == ["2022-2025"]
    assert "H012" not in codes(reading)


def test_blank_cells_of_the_column_take_the_stated_line_and_others_keep_theirs(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "00001,2022,", "00001,2023,2022-2025", "00004,2023,2022-2025", stated=HA_NOI)
    finding = next(finding for finding in reading.findings if finding.kind.code == "H011")
    assert reading.observations.poverty_line == [HA_NOI, "2022-2025", "2022-2025"]
    assert list(reading.observations.line_is_assumed) == [0, 0, 0]
    assert (finding.origin.cell, finding.value) == ("C3", "2022-2025")
    assert "ở 2 dòng" in finding.message(Language.VI)
    assert codes(reading).count("H011") == 1
    assert [layout.stated_line for layout in reading.layouts] == [HA_NOI]


def test_rows_of_a_canonical_table_are_held_against_the_days_of_the_line(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "00001,2020", "00001,2022", head="unit_code,year", stated=HA_NOI)
    assert reading.observations.poverty_line == ["2016-2020", HA_NOI]
    assert list(reading.observations.line_is_assumed) == [1, 0]
    assert codes(reading).count("H011") == 1


def test_a_period_that_is_no_id_is_told_with_its_cell_and_taken_for_what_it_means(tmp_path: Path) -> None:
    rows = ("00001,2024,2021-2025", "00004,2024,2021-2025", "00001,2027,2026-2030", "00001,2026,2026-2030")
    reading = read_csv(tmp_path, *rows, stated=None)
    told = [(finding.origin.cell, finding.value) for finding in reading.findings if finding.kind.code == "H012"]
    assert reading.observations.poverty_line == ["2022-2025", "2022-2025", "2027-2030", "2022-2025"]
    assert list(reading.observations.line_is_assumed) == [0, 0, 0, 1]
    assert told == [("C2", "2021-2025"), ("C4", "2026-2030"), ("C5", "2026-2030")]


def test_stating_a_line_settles_the_period_of_the_decree_in_the_column(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "00001,2026,2026-2030", "00001,2025,da-nang-2022", stated="2027-2030")
    assert reading.observations.poverty_line == ["2027-2030", "da-nang-2022"]
    assert "H012" not in codes(reading)


def test_a_canonical_table_without_the_column_is_silent(tmp_path: Path) -> None:
    reading = read_csv(tmp_path, "00001,2022", head="unit_code,year", stated=None)
    assert list(reading.observations.line_is_assumed) == [1]


def test_a_table_of_indicators_takes_the_stated_line_in_every_year(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG"],
        ["Chỉ tiêu", "ĐV tính", 2022, 2023],
        ["Tổng số hộ", "hộ", 500, 510],
        ["Số hộ nghèo", "hộ", 120, 110],
        ["Số hộ cận nghèo", "hộ", 40, 35],
    ]
    path = write_sheet(tmp_path / "bieu.xlsx", rows)
    stated = pipeline.read([str(path)], ReadingOptions(poverty_line=HA_NOI))
    silent = pipeline.read([str(path)])
    assert stated.observations.poverty_line == [HA_NOI, HA_NOI]
    assert silent.observations.poverty_line == ["2022-2025", "2022-2025"]
    assert list(silent.observations.line_is_assumed) == [1, 1]


def test_an_ambiguous_title_of_many_years_is_told_once(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG"],
        ["Theo chuẩn nghèo của tỉnh"],
        ["Chỉ tiêu", "ĐV tính", 2022, 2023],
        ["Tổng số hộ", "hộ", 500, 510],
        ["Số hộ nghèo", "hộ", 120, 110],
        ["Số hộ cận nghèo", "hộ", 40, 35],
    ]
    reading = pipeline.read([str(write_sheet(tmp_path / "bieu.xlsx", rows))])
    assert codes(reading).count("H012") == 1


def test_the_period_in_the_title_of_the_new_decree_is_no_line_to_state(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read_titled(tmp_path, stated="2026-2030")
    assert "; gần nhất: 2027-2030;" in refused.value.text.vi


def test_a_line_that_nobody_knows_is_refused_with_the_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read_titled(tmp_path, stated="ha-noi")
    for line in poverty_lines():
        assert line in refused.value.text.vi


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("THEO CHUẨN NGHÈO THÀNH PHỐ HỒ CHÍ MINH", "local"),
        ("(theo chuẩn nghèo TP.HCM)", "local"),
        ("Theo chuẩn nghèo tỉnh", "local"),
        ("Theo chuẩn nghèo của Thành phố giai đoạn 2022-2025", "local"),
        ("THEO CHUẨN THÀNH PHỐ", "local"),
        ("Theo chuẩn nghèo riêng của tỉnh", "local"),
        ("Chuẩn nghèo địa phương", "local"),
        ("THEO CHUẨN NGHÈO ĐA CHIỀU CỦA THÀNH PHỐ HÀ NỘI", "local"),
        ("Theo chuẩn thu nhập", "income"),
        ("HỘ NGHÈO VỀ THU NHẬP", "income"),
        ("(nghèo thu nhập)", "income"),
        ("Theo tiêu chí thu nhập", "income"),
        ("Theo chuẩn nghèo cũ", "other"),
        ("Theo chuẩn nâng cao", "other"),
    ],
)
def test_a_line_of_a_place_or_of_income_alone_is_not_the_national_one(title: str, line: str, tmp_path: Path) -> None:
    reading = read_titled(tmp_path, title)
    finding = next(finding for finding in reading.findings if finding.kind.code == "H012")
    assert reading.observations.poverty_line == [line]
    assert title.strip("()") in str(finding.value)
    assert "không được tính theo chuẩn quốc gia" in finding.message(Language.VI)


@pytest.mark.parametrize(
    "title",
    [
        "THEO CHUẨN NGHÈO ĐA CHIỀU",
        "Theo chuẩn nghèo quốc gia",
        "Theo chuẩn nghèo đa chiều tỉnh Quảng Nam",
        "Tiêu chí thu nhập và mức độ thiếu hụt dịch vụ xã hội cơ bản",
        "Tiêu chuẩn của tỉnh về nông thôn mới",
        "Chuẩn nghèo cụ thể theo Nghị định 07/2021/NĐ-CP",
    ],
)
def test_words_of_the_national_line_leave_it(title: str, tmp_path: Path) -> None:
    reading = read_titled(tmp_path, title)
    assert reading.observations.poverty_line == ["2022-2025"]
    assert "H012" not in codes(reading)


def test_stating_a_line_settles_whose_line_a_place_has(tmp_path: Path) -> None:
    reading = read_titled(tmp_path, "Theo chuẩn nghèo của Thành phố", stated=HA_NOI)
    assert reading.observations.poverty_line == [HA_NOI]
    assert codes(reading) == []


def test_an_unused_column_of_income_says_nothing_of_the_others(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["UBND HUYỆN ĐÔNG GIANG"],
        ["Năm rà soát: 2023"],
        ["TT", "Tên xã", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Hộ nghèo thu nhập"],
        ["1", "Xã Tà Lu", 500, 120, 40, 90],
    ]
    reading = pipeline.read([str(write_sheet(tmp_path / "bieu.xlsx", rows))])
    assert reading.observations.poverty_line == ["2022-2025"]
