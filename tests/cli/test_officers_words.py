"""Words of an officer where the program has tokens: tiers, names of units, lists of codes, names being typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import DISTRICT, FAULTY, in_own_process, thidua


@pytest.mark.parametrize("word", ["xã", "xa", "Cấp xã", "PHƯỜNG", "thị trấn", "commune", "communes"])
def test_a_tier_is_named_as_officers_do(word: str) -> None:
    asked = thidua("rates", DISTRICT, "--level", word, "--format", "json", "--as-of", "2024")
    levels = {row["level"] for row in json.loads(asked.out)["rows"]}
    assert (asked.status, levels) == (0, {"commune"})


def test_a_tier_that_does_not_exist_is_answered_with_those_that_do() -> None:
    asked = thidua("rates", DISTRICT, "--level", "vùng")
    assert asked.status == 2
    assert "--level vùng: không có cấp này; các cấp: toàn-quốc (country), tỉnh (province)" in asked.err


def test_villages_are_in_no_official_list() -> None:
    asked = thidua("units", "list", "--within", "505", "--level", "thôn")
    assert asked.status == 2
    assert "các cấp: tỉnh (province), huyện (district), xã (commune)" in asked.err
    assert "village" not in asked.err


@pytest.mark.parametrize("unit", ["Xã Tà Lu", "xã tà lu", " Xã  Tà Lu", "20470"])
def test_a_report_is_asked_for_by_code_or_name(unit: str, tmp_path: Path) -> None:
    file = tmp_path / "ta-lu.md"
    assert thidua("report", DISTRICT, "--unit", unit, "-o", file).status == 0
    assert "**Kết quả giảm nghèo của Xã Tà Lu, giai đoạn 2021–2024**" in file.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("command", "unit", "answer"),
    [
        ("report", "Tà Lu", "không có đơn vị nào: Tà Lu; có phải là: Xã Tà Lu (20470)?"),
        ("report", "Xã Sông Kom", "có phải là: Xã Sông Kôn (20473)"),
        ("report", "99999", "ghi mã hoặc tên đầy đủ"),
        ("eligible", "Tà Lu", "có phải là: Xã Tà Lu (20470)?"),
    ],
)
def test_a_unit_without_figures_is_answered_with_those_of_near_names(command: str, unit: str, answer: str) -> None:
    asked = {"report": ("--unit", unit, "-o", "-"), "eligible": ("--rules", "qd-666-ttg", "--as-of", "2024")}[command]
    traced = ("--trace", unit) if command == "eligible" else ()
    outcome = thidua(command, DISTRICT, *asked, *traced)
    assert outcome.status == 2
    assert answer in outcome.err


def test_the_example_of_a_report_is_of_the_unit_it_names(tmp_path: Path) -> None:
    example = next(line for line in thidua("report", "-h").text.splitlines() if "--unit 20470" in line)
    file = tmp_path / "ta-lu.md"
    assert thidua("report", DISTRICT, "--unit", "20470", "-o", file).status == 0
    assert example.split(": ")[-1] in file.read_text("utf-8")


def codes(*arguments: str) -> list[str]:
    return [unit["code"] for unit in json.loads(thidua("units", "list", *arguments, "--format", "json").out)["units"]]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ((), 34),
        (("--on", "30/06/2025"), 63),
        (("--within", "11"), 45),
        (("--within", "11", "--level", "huyện"), 0),
        (("--within", "11", "--on", "31/12/2024"), 10 + 129),
        (("--within", "11", "--on", "31/12/2024", "--level", "huyện"), 10),
        (("--within", "505"), 11),
        (("--level", "xã"), 3321),
    ],
)
def test_the_units_below_another_are_listed_with_their_codes(arguments: tuple[str, ...], count: int) -> None:
    assert len(codes(*arguments)) == count


def test_communes_follow_their_district() -> None:
    listed = codes("--within", "49", "--on", "31/12/2022")
    assert listed[listed.index("505") + 1] == "20467"


def test_a_list_without_units_says_so_and_a_code_that_does_not_stand_is_refused() -> None:
    assert "Tỉnh Điện Biên không có cấp huyện." in thidua("units", "list", "--within", "11", "--level", "huyện").err
    ended = thidua("units", "list", "--within", "505", "--on", "31/12/2025")
    assert (ended.status, "Mã 505 không tồn tại vào ngày 31/12/2025" in ended.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("thidua rules show ", ["ha-noi-251", "qd-666-ttg"]),
        ("thidua eligible --rules ", ["ha-noi-251", "qd-666-ttg"]),
    ],
)
def test_ids_of_rule_files_are_offered(words: str, offered: list[str]) -> None:
    bash = {"_THIDUA_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
    assert set(offered) <= set(in_own_process([], bash).text.split())


def test_a_path_to_a_rule_file_of_ones_own_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from thidua_cli.cli.offers import offer_rule_files

    monkeypatch.chdir(tmp_path)
    (tmp_path / "ke-hoach.toml").touch()
    (tmp_path / "ke-hoach.txt").touch()
    (tmp_path / "khac").mkdir()
    (tmp_path / "khac" / "tinh.toml").touch()
    assert {"ke-hoach.toml", "khac/"} <= set(offer_rule_files("k"))
    assert "ke-hoach.txt" not in offer_rule_files("k")
    assert offer_rule_files("khac/") == ["khac/tinh.toml"]
    assert offer_rule_files("khong-co/") == []


def test_no_reading_is_offered_for_a_rule_file_that_cannot_be_read() -> None:
    words = f"thidua eligible --rules {FAULTY} --reading a"
    bash = {"_THIDUA_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    assert in_own_process([], bash).text.split() == []


@pytest.mark.parametrize("command", ["eligible", "targets", "report", "export"])
def test_what_is_to_be_looked_at_in_a_class_file_is_told_where_it_is_used(command: str, tmp_path: Path) -> None:
    figures, classes = tmp_path / "so-lieu.csv", tmp_path / "lop.csv"
    figures.write_text(
        "unit_code,year,households,poor_households,near_poor_households\n20476,2024,429,63,33\n", "utf-8"
    )
    classes.write_text("unit_code,class\n20476,area_1\n", "utf-8")
    rest = {
        "eligible": ("--rules", "qd-666-ttg", "--as-of", "2024"),
        "targets": ("--rules", "qd-666-ttg"),
        "report": ("--unit", "20476", "-o", tmp_path / "a.md"),
        "export": ("--rules", "qd-666-ttg", "--as-of", "2024", "-o", tmp_path / "a.xlsx"),
    }[command]
    outcome = thidua(command, figures, "--classes", classes, *rest)
    assert "lop.csv › 2:2: C004" in outcome.err
    assert "1 đơn vị: Xã Jơ Ngây (20476)" in outcome.err
