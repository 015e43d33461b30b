"""`thidua units find` and `thidua units show`, from the command line to what is printed."""

import json

import pytest
from typer.testing import CliRunner

from thidua_cli.cli.units import app
from thidua_cli.errors import UsageError

runner = CliRunner()


def printed(*arguments: str) -> str:
    result = runner.invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_find_prints_a_plain_table() -> None:
    assert printed("find", "Trà Don, Nam Trà My", "--on", "31/12/2022").splitlines() == [
        "Mã     Tên đơn vị    Cấp    Thuộc                             Từ ngày     Đến ngày    Khớp",
        "-----  ------------  -----  --------------------------------  ----------  ----------  --------",
        "20956  Xã Trà Don    xã     Huyện Nam Trà My, Tỉnh Quảng Nam  01/07/2021  30/06/2025  đúng tên",
        "20938  Xã Trà Dơn    xã     Huyện Nam Trà My, Tỉnh Quảng Nam  01/07/2021  30/06/2025  khác dấu",
    ]


def test_find_gives_json_with_its_schema() -> None:
    document = json.loads(printed("find", "26740", "--on", "2025-07-01", "--format", "json"))
    assert document["schema"] == "thidua.units/1"
    assert document["units"] == [
        {
            "code": "26740",
            "name": "Phường Sài Gòn",
            "type": "phường",
            "level": "commune",
            "parent_code": "79",
            "parents": [{"code": "79", "name": "Thành phố Hồ Chí Minh"}],
            "valid_from": "2025-07-01",
            "valid_to": None,
            "match": "exact",
        }
    ]


def test_find_gives_csv_and_markdown() -> None:
    csv_lines = printed("find", "00001", "--format", "csv").splitlines()
    assert csv_lines[0] == "code,name,type,level,parent_code,valid_from,valid_to,match"
    assert csv_lines[1] == "00001,Phường Phúc Xá,phường,commune,001,2021-07-01,2025-06-30,exact"
    assert printed("find", "00001", "--format", "markdown").startswith("| Mã")


def test_find_without_a_hit_says_so_on_standard_error_and_is_done() -> None:
    result = runner.invoke(app, ["find", "Không Đâu Cả"])
    assert result.exit_code == 0
    assert "Không tìm thấy đơn vị nào" in result.stderr


def test_show_gives_all_periods_of_a_code_without_a_day() -> None:
    lines = printed("show", "26740", "--lang", "en").splitlines()
    assert [line.split("  ")[1].strip() for line in lines[2:]] == ["Phường Bến Nghé", "Phường Sài Gòn"]
    assert "today" in lines[3]


def test_show_counts_the_units_below_by_type() -> None:
    assert "15 huyện, 2 thành phố, 1 thị xã" in printed("show", "49", "--on", "2022-12-31")
    document = json.loads(printed("show", "516", "--format", "json"))
    assert document["units"][0]["children"] == {"xã": 10}


def test_show_says_when_a_code_does_not_stand_on_the_day() -> None:
    result = runner.invoke(app, ["show", "14788", "--on", "2025-03-01"])
    assert result.exit_code == 0
    assert "không tồn tại vào ngày 01/03/2025" in result.stderr
    assert "01/07/2021 – 31/12/2024" in result.stderr


def test_an_unknown_code_is_a_wrong_use_and_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"20957.*20956 Xã Trà Don"):
        runner.invoke(app, ["show", "20957"], catch_exceptions=False)


def test_a_name_in_place_of_a_code_names_the_codes_it_may_mean() -> None:
    with pytest.raises(UsageError, match=r"516 Huyện Nam Trà My"):
        runner.invoke(app, ["show", "Nam Trà My"], catch_exceptions=False)


@pytest.mark.parametrize("text", ["2024-02-30", "31/02/2024", "hôm nay", "1/2/3/4"])
def test_what_is_no_day_is_a_wrong_use(text: str) -> None:
    with pytest.raises(UsageError, match="không phải là ngày"):
        runner.invoke(app, ["show", "49", "--on", text], catch_exceptions=False)


def test_an_unknown_area_is_a_wrong_use() -> None:
    with pytest.raises(UsageError, match="không có đơn vị nào mang mã 03"):
        runner.invoke(app, ["find", "Trà Don", "--within", "03"], catch_exceptions=False)


@pytest.mark.parametrize("command", ["find", "show"])
def test_help_starts_with_an_example(command: str) -> None:
    text = printed(command, "--help")
    assert text.index(f"thidua units {command}") < text.index("Tùy chọn:")
