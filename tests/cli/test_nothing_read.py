"""Where no file gave a figure the status is 3, each file says why, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.canonical import write_csv
from tests.cli.program import thidua
from tests.cli.tables import sound

JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")
COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check",),
    "rates": ("rates",),
    "targets": ("targets", "--rules", "ha-noi-251"),
    "eligible": ("eligible", *JUDGED),
    "report": ("report", "--unit", "20470"),
    "export": ("export", *JUDGED),
    "import": ("import",),
    "attest template": ("attest", "template", "--rules", "qd-666-ttg"),
}
ENDING = {"import": ".csv", "report": ".md", "export": ".xlsx", "attest template": ".xlsx"}
each_command = pytest.mark.parametrize("name", COMMANDS)
HOUSEHOLDS = "Họ và tên,Ngày sinh,Tổng số hộ,Số hộ nghèo\nNguyễn Văn A,01/01/1960,1,1\n"


def empty_form(path: Path) -> Path:
    assert thidua("template", "--unit", "505", "--year", "2024", "-o", path).status == 0
    return path


def empty_table(path: Path) -> Path:
    write_csv(path, [], ("unit_code", "year", "households", "poor_households", "near_poor_households"))
    return path


@each_command
def test_an_empty_form_is_3_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    form = empty_form(tmp_path / "bieu.xlsx")
    target = tmp_path / f"ket-qua{ENDING.get(name, '.json')}"
    never = () if name == "attest template" else ("--fail-on", "never")
    outcome = thidua(*COMMANDS[name], form, "-o", target, *never)
    assert (outcome.status, outcome.out) == (3, b"")
    assert outcome.err.splitlines() == [
        f"lỗi: {form} › Mẫu 08: Biểu chưa điền số liệu nào: 11 đơn vị đều để trống (F011)",
        "lỗi: không tệp nào có số hộ hoặc tỷ lệ dùng được; không ghi kết quả nào",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["bieu.xlsx"]


@each_command
def test_every_file_says_why_it_gave_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "ho.csv").write_text(HOUSEHOLDS, "utf-8")
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    empty_table(tmp_path / "bang.csv")
    outcome = thidua(*COMMANDS[name], tmp_path, "--lang", "en", "-q", "-o", "-")
    assert outcome.status == 3
    told = outcome.err.splitlines()
    assert len(told) == 4
    for file, code in (("ho.csv", "F017"), ("hong.xlsx", "F001"), ("bang.csv", "F011")):
        assert [line for line in told if file in line and f"({code})" in line and line.startswith("error: ")], file
    assert "no result is written" in told[-1]
    assert "Nguyễn" not in outcome.err


@each_command
def test_no_file_at_all_is_3(name: str, tmp_path: Path) -> None:
    outcome = thidua(*COMMANDS[name], tmp_path, tmp_path / "khong-co.csv", "-o", "-")
    assert (outcome.status, outcome.err.count("\n")) == (3, 3)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("check", "attest template")])
def test_standard_output_stays_empty(name: str, tmp_path: Path) -> None:
    assert thidua(*COMMANDS[name], empty_table(tmp_path / "bang.csv"), "-o", "-").out == b""


def test_folders_are_not_made_either(tmp_path: Path) -> None:
    form = empty_form(tmp_path / "bieu.xlsx")
    assert thidua("report", form, "--each", "commune", "-o", tmp_path / "bao-cao").status == 3
    assert thidua("check", form, "--annotate", tmp_path / "ban-sao").status == 3
    assert [path.name for path in tmp_path.iterdir()] == ["bieu.xlsx"]


def test_check_prints_its_findings_all_the_same(tmp_path: Path) -> None:
    form = empty_form(tmp_path / "bieu.xlsx")
    document = json.loads(thidua("check", form, "--format", "json").text)
    (finding,) = document["findings"]
    assert (finding["code"], finding["sheet"], finding["cell"]) == ("F011", "Mẫu 08", None)
    assert "F011" in thidua("check", form).text


def test_a_waiver_makes_no_figures_of_nothing(tmp_path: Path) -> None:
    form, waivers = empty_form(tmp_path / "bieu.xlsx"), tmp_path / "chap-nhan.toml"
    text = '[[waiver]]\ncode = "F011"\nwho = "Nguyễn Văn A"\nreason = "biết"\nuntil = 2099-12-31\n'
    waivers.write_text(text, "utf-8")
    outcome = thidua("check", form, "--waive", waivers)
    assert outcome.status == 3
    assert "F011" in outcome.text


def test_an_empty_form_among_others_is_one_finding_and_they_are_read(tmp_path: Path) -> None:
    files = [empty_form(tmp_path / "bieu.xlsx"), empty_table(tmp_path / "bang.csv"), sound(tmp_path / "dung.csv")]
    outcome = thidua("check", *files)
    assert (outcome.status, outcome.text.count("F011"), outcome.err) == (1, 2, "")
    assert thidua("check", *files, "--fail-on", "never").status == 0
    assert "Xã Sông Kôn" in thidua("rates", *files).text


def test_rates_that_are_printed_without_counts_are_something(tmp_path: Path) -> None:
    path = tmp_path / "ty-le.csv"
    write_csv(
        path,
        [{"unit_code": "20470", "year": "2024", "poor_rate_percent": "5.93"}],
        ("unit_code", "year", "poor_rate_percent"),
    )
    assert thidua("rates", path, "--fail-on", "never").status == 0


def test_how_an_empty_form_was_recognised_is_shown_and_is_3(tmp_path: Path) -> None:
    outcome = thidua("import", empty_form(tmp_path / "bieu.xlsx"), "--show-layout")
    assert outcome.status == 3
    assert "Mẫu 08" in outcome.text
