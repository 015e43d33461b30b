"""`thidua units find` and `thidua units show`, from the command line to what is printed."""

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from thidua_cli.cli.units import app
from thidua_cli.errors import UsageError

runner = CliRunner()


def printed(*arguments: str) -> str:
    result = runner.invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_find_prints_a_plain_table() -> None:
    place = "xã     Huyện Nam Trà My, Tỉnh Quảng Nam  01/07/2021  30/06/2025"
    assert printed("find", "Trà Don, Nam Trà My", "--on", "31/12/2022").splitlines() == [
        "Mã     Tên đơn vị    Cấp    Thuộc                             Từ ngày     Đến ngày    Khớp      Nay thuộc",
        f"-----  ------------  -----  --------------------------------  ----------  ----------  --------  {'-' * 21}",
        f"20956  Xã Trà Don    {place}  đúng tên  Xã Nam Trà My (20944)",
        f"20938  Xã Trà Dơn    {place}  khác dấu  Xã Trà Leng (20938)",
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
            "now": [],
        }
    ]


def test_find_gives_csv_and_markdown() -> None:
    csv_lines = printed("find", "00001", "--format", "csv").splitlines()
    assert csv_lines[0] == "code,name,type,level,parent_code,valid_from,valid_to,match,now"
    assert csv_lines[1] == "00001,Phường Phúc Xá,phường,commune,001,2021-07-01,2025-06-30,exact,00097"
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


@pytest.mark.parametrize("command", ["find", "show", "history", "diff"])
def test_help_starts_with_an_example(command: str) -> None:
    text = printed(command, "--help")
    assert text.index(f"thidua units {command}") < text.index("Tùy chọn:")


def test_history_of_a_name_that_several_units_bear_lists_them() -> None:
    result = runner.invoke(app, ["history", "Hòa Bình"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "gõ lại lệnh với mã" in result.stderr
    assert result.stdout.startswith("Mã ")


def test_history_of_a_code_on_a_day_is_that_of_the_unit_of_that_day() -> None:
    assert printed("history", "26740").startswith("Phường Sài Gòn (26740)")
    assert printed("history", "26740", "--on", "31/12/2024").startswith("Phường Bến Nghé (26740), Quận 1")


def test_history_of_a_unit_with_many_predecessors_keeps_one_line_each() -> None:
    # Xã Trà My of Đà Nẵng and others: no line is wrapped in a pipe, each predecessor once.
    lines = printed("history", "79").splitlines()
    assert sum("toàn bộ số hộ" in line for line in lines) == 3


@pytest.mark.parametrize("arguments", [("history", "26740"), ("history", "505"), ("history", "02593", "--lang", "en")])
def test_history_gives_the_same_steps_in_every_format(arguments: tuple[str, ...]) -> None:
    rows = printed(*arguments, "--format", "csv").splitlines()[1:]
    document = json.loads(printed(*arguments, "--format", "json"))
    assert len(rows) == len(printed(*arguments, "--format", "markdown").splitlines()) - 2
    assert len(rows) == len(document["own"]) + sum(map(_count, (*document["before"], *document["after"])))


def _count(step: dict[str, Any]) -> int:
    return 1 + sum(map(_count, (*step.get("before", ()), *step.get("after", ()))))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("history", ("history", "26740")),
        ("history", ("history", "505")),
        ("history", ("history", "18919")),
        ("units-diff", ("diff", "31/12/2022", "01/07/2025", "--within", "79")),
        ("units-diff", ("diff", "2024-12-31", "2024-12-31")),
    ],
)
def test_json_is_valid_by_its_published_schema(name: str, arguments: tuple[str, ...]) -> None:
    schema = json.loads(files("thidua_cli").joinpath(f"data/schemas/thidua.{name}.1.schema.json").read_text("utf-8"))
    document = json.loads(printed(*arguments, "--format", "json"))
    assert document["schema"] == f"thidua.{name}/1"
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(document)


def test_diff_takes_its_days_in_either_order() -> None:
    later_first = printed("diff", "01/07/2025", "30/06/2025", "--within", "760")
    assert later_first == printed("diff", "30/06/2025", "01/07/2025", "--within", "760")


def test_diff_says_where_nothing_changed() -> None:
    assert "Không có thay đổi nào." in printed("diff", "01/01/2022", "02/01/2022", "--within", "79")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "01/01/2020", "01/07/2025"), "danh mục chỉ có từ ngày 01/07/2021"),
        (("diff", "01/07/2025", ""), "cần hai ngày"),
        (("diff", "31/12/2022", "31/12/2023", "--within", "11948"), "không tồn tại vào ngày"),
        (("diff", "31/12/2022", "31/12/2023", "--within", "03"), "không có đơn vị nào mang mã 03"),
        (("history", "20957"), "không có đơn vị nào mang mã 20957"),
    ],
)
def test_a_question_that_has_no_answer_is_a_wrong_use(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        runner.invoke(app, arguments, catch_exceptions=False)


def test_a_unit_that_is_gone_is_shown_with_where_it_belongs_today() -> None:
    (unit,) = json.loads(printed("show", "20956", "--format", "json"))["units"]
    assert unit["now"] == [{"code": "20944", "name": "Xã Nam Trà My", "households": "all"}]
    assert "Nay thuộc" not in printed("show", "26740", "--on", "2025-07-01")


def test_history_of_a_name_that_is_only_similar_lists_and_shows_no_tree() -> None:
    result = runner.invoke(app, ["history", "xyz"], catch_exceptions=False)
    assert "gần giống" in result.stderr
    assert result.stdout.startswith("Mã ")


def test_history_cites_a_resolution_of_several_steps_once() -> None:
    (made_of,) = [line for line in printed("history", "13636", "--on", "31/12/2024").splitlines() if "lập từ 3" in line]
    assert made_of == "└─ 01/09/2024 lập từ 3 đơn vị [1104/NQ-UBTVQH15]"
