"""Accepting findings, comparing with the last run, and writing them into the workbook, through the command."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.program import TOP
from tests.cli.program import thidua as run

FAULTY = str(TOP / "sample_data" / "faulty" / "Mau-08_Dong-Giang_2024_loi.xlsx")
WAIVER = """
[[waiver]]
code = "V006"
unit = "20476"
year = 2024
reason = "Tỷ lệ in sai, đã báo xã"
who = "Nguyễn Văn A"
until = 2099-12-31
"""


def findings(*arguments: str) -> dict[str, list[dict[str, object]]]:
    document = json.loads(run("check", FAULTY, "--format", "json", *arguments).text)
    assert isinstance(document, dict)
    return document


def test_an_accepted_finding_stays_printed_as_a_note(tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.toml"
    waivers.write_text(WAIVER, encoding="utf-8")

    before = [one["severity"] for one in findings()["findings"] if one["code"] == "V006"]
    after = [one for one in findings("--waive", str(waivers))["findings"] if one["code"] == "V006"]

    assert before == ["warning"]
    assert [one["severity"] for one in after] == ["note"]
    assert "Nguyễn Văn A" in str(after[0]["message"])


def test_nothing_is_new_or_gone_against_the_same_run(tmp_path: Path) -> None:
    previous = tmp_path / "previous.json"
    previous.write_text(json.dumps(findings()), encoding="utf-8")

    document = findings("--since", str(previous))

    assert {one["since"] for one in document["findings"]} == {"still"}
    assert document["gone"] == []


def test_a_finding_that_was_mended_is_named_as_gone(tmp_path: Path) -> None:
    previous = tmp_path / "previous.json"
    document = findings()
    first = document["findings"][0]
    mended = {"sheet": "Mẫu 08", "cell": "E13", "unit_name": "Xã Cũ", "year": 2024}
    document["findings"][0] = {**first, **mended, "code": "T003", "message": "đã sửa rồi"}
    previous.write_text(json.dumps(document), encoding="utf-8")

    screen = run("check", FAULTY, "--since", str(previous)).text

    assert "1 mới, 14 vẫn còn, 1 đã hết" in screen
    told = " ".join(screen.split())
    assert "Mau-08_Dong-Giang_2024_loi.xlsx › Mẫu 08 › E13 · cảnh báo T003 Xã Cũ, 2024: đã sửa rồi" in told


def test_what_is_gone_is_told_with_its_place_in_every_format(tmp_path: Path) -> None:
    previous = tmp_path / "previous.json"
    document = findings()
    document["findings"].append({**document["findings"][0], "code": "T003", "cell": "E13", "message": "đã sửa rồi"})
    previous.write_text(json.dumps(document), encoding="utf-8")
    since = ("check", FAULTY, "--since", str(previous), "--format")

    rows = list(csv.DictReader(run(*since, "csv").text.splitlines()))
    markdown = run(*since, "markdown").text

    assert [row["since"] for row in rows] == [*["still"] * 15, "gone"]
    assert (rows[-1]["code"], rows[-1]["cell"], rows[-1]["message"]) == ("T003", "E13", "đã sửa rồi")
    assert "| E13 | cảnh báo | T003 | đã sửa rồi |" in " ".join(markdown.split())
    assert "So với lần trước: 0 mới, 15 vẫn còn, 1 đã hết." in markdown


@pytest.mark.parametrize("option", ["--since", "--waive"])
def test_a_file_that_is_not_what_it_should_be_is_told_before_any_work(tmp_path: Path, option: str) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("{]", encoding="utf-8")

    result = run("check", FAULTY, option, str(wrong))

    assert result.status == 3
    assert result.text == ""


def test_the_annotated_copy_stands_in_the_folder_and_is_not_replaced_unasked(tmp_path: Path) -> None:
    copies = tmp_path / "đã kiểm tra"

    assert run("check", FAULTY, "--annotate", str(copies)).status == 1
    assert [path.name for path in copies.iterdir()] == ["Mau-08_Dong-Giang_2024_loi.thidua.xlsx"]
    assert run("check", FAULTY, "--annotate", str(copies)).status == 2
    assert run("check", FAULTY, "--annotate", str(copies), "--force").status == 1
