"""The empty sheet: what it asks, what it locks, what it takes, how it prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attest.cases import PROVINCES, RULES, opened, sheet, template
from tests.cli.program import DISTRICT, TOP, thidua
from tests.verify.cases import province
from thidua_cli.rulebook.load import load_rulebook
from thidua_cli.rulebook.schema import ClauseKind

SUBJECTS = ["Bộ, ngành, tổ chức", "Hộ gia đình", "Cán bộ, người làm giảm nghèo", "Doanh nghiệp, ngân hàng"]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return template(tmp_path, province(tmp_path / "so-lieu.csv"))


def test_there_is_a_guide_a_sheet_per_level_and_one_per_other_subject(empty: Path) -> None:
    assert opened(empty).sheetnames == ["Hướng dẫn", PROVINCES, *SUBJECTS]


def test_every_criterion_without_a_number_is_asked_of_every_unit_and_subject(empty: Path) -> None:
    asked = [
        str(cell.value)
        for name in (PROVINCES, *SUBJECTS)
        for cell in next(
            column for column in sheet(empty, name).iter_cols(min_row=4) if column[0].value == "Mã tiêu chí"
        )[1:]
    ]
    known = [
        item.id
        for item in load_rulebook("qd-666-ttg").attest
        if item.subject != "village" and item.kind is ClauseKind.CRITERION
    ]
    assert sorted(set(asked)) == sorted(known)
    assert all(asked.count(item) == (1 if item.startswith("province") else 10) for item in known)


def test_a_row_says_unit_criterion_and_clause(empty: Path) -> None:
    row = [cell.value for cell in sheet(empty, PROVINCES)[5]]
    assert row[:2] == ["49", "Tỉnh Quảng Nam"]
    assert str(row[2]).startswith("Có kế hoạch giảm nghèo")
    assert row[3] == "666/QĐ-TTg (02/06/2022), tiêu chí (2), gạch đầu dòng 1"
    assert row[4:10] == [None] * 6
    assert row[10:] == ["province-programme", f"qd-666-ttg/{load_rulebook('qd-666-ttg').version}", "2024"]


def test_labels_and_ids_are_locked_and_answers_are_open(empty: Path) -> None:
    for name in (PROVINCES, *SUBJECTS):
        one = sheet(empty, name)
        assert one.protection.sheet
        assert not one.protection.password
        locked = [bool(cell.protection.locked) for cell in one[5]]
        own_name = name == PROVINCES
        assert locked == [True, own_name, True, True, *[False] * 6, True, True, True]


def test_answers_are_chosen_and_days_are_dates_not_before_the_decision(empty: Path) -> None:
    rules = {rule.type: rule for rule in sheet(empty, PROVINCES).data_validations.dataValidation}
    assert rules["list"].formula1 == '"Đạt,Không đạt"'
    assert str(rules["list"].sqref) == "E5:E6"
    assert rules["date"].formula1 == "44714"  # 02/06/2022
    assert str(rules["date"].sqref) == "H5:H6"


def test_sheets_are_made_to_be_printed_and_scrolled(empty: Path) -> None:
    for one in opened(empty).worksheets:
        assert one.page_setup.orientation == "landscape"
        assert str(one.page_setup.paperSize) == "9"
        assert one.freeze_panes
    assert sheet(empty, PROVINCES).print_title_rows == "$4:$4"
    assert [letter for letter, column in sheet(empty, PROVINCES).column_dimensions.items() if column.hidden] == [
        "L",
        "M",
    ]


def test_the_same_figures_give_the_same_bytes(tmp_path: Path) -> None:
    figures = province(tmp_path / "so-lieu.csv")
    assert template(tmp_path, figures).read_bytes() == template(tmp_path, figures).read_bytes()


def test_levels_without_such_criteria_are_named_in_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    path = template(tmp_path, Path(DISTRICT))
    assert opened(path).sheetnames == ["Hướng dẫn", *SUBJECTS]
    guide = [str(row[0].value) for row in sheet(path, "Hướng dẫn").iter_rows()]
    assert "666/QĐ-TTg không có tiêu chí phải xác nhận đối với: huyện, xã." in guide


def test_there_is_room_for_as_many_subjects_as_asked(tmp_path: Path) -> None:
    path = template(tmp_path, province(tmp_path / "so-lieu.csv"), options=("--entries", "2"))
    one = sheet(path, "Hộ gia đình")
    assert [str(cell.value) for cell in one["A"][4:]] == ["1", "1", "2", "2"]
    assert {str(area) for area in one.merged_cells.ranges} == {"B5:B6", "B7:B8"}


def test_a_rule_file_without_such_criteria_has_nothing_to_attest(tmp_path: Path) -> None:
    own = tmp_path / "rieng.toml"
    bundled = (Path(__file__).parents[2] / "src/thidua_cli/data/rules/qd-666-ttg.toml").read_text("utf-8")
    own.write_text(bundled.partition("[[attest]]")[0], encoding="utf-8")
    figures = province(tmp_path / "so-lieu.csv")
    outcome = thidua("attest", "template", figures, "--rules", own, "-o", tmp_path / "phieu.xlsx")
    assert outcome.status == 2
    assert "không có tiêu chí nào phải xác nhận" in outcome.err


def test_no_output_replaces_a_file_or_an_input(tmp_path: Path) -> None:
    figures = province(tmp_path / "so-lieu.csv")
    assert thidua("attest", "template", figures, *RULES, "-o", figures, "--force").status == 2
    assert thidua("attest", "template", figures, *RULES, "-o", template(tmp_path, figures)).status == 2


def test_a_sheet_that_would_lack_units_is_not_written(tmp_path: Path) -> None:
    figures, broken = province(tmp_path / "so-lieu.csv"), tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK")
    outcome = thidua("attest", "template", figures, broken, *RULES, "-o", tmp_path / "phieu.xlsx")
    assert outcome.status == 3
    assert outcome.err.startswith(f"lỗi: {broken}: ")
    assert "chưa lập phiếu" in outcome.err
    assert not (tmp_path / "phieu.xlsx").exists()
