"""What can be named as an input: files, folders, patterns, standard input, any name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.program import DISTRICT, TOP, thidua
from tests.cli.tables import sound, table, with_error


def observations(*arguments: str | Path, stdin: bytes = b"") -> int:
    number = json.loads(thidua("check", *arguments, "--format", "json", stdin=stdin).text)["summary"]["observations"]
    assert isinstance(number, int)
    return number


def test_standard_input_holds_text_or_a_workbook(tmp_path: Path) -> None:
    assert observations("-", stdin=sound(tmp_path / "bieu.csv").read_bytes()) == 4
    workbook = (TOP / "sample_data/dong-giang/Mau-08_Dong-Giang_2024.xlsx").read_bytes()
    assert observations("-", stdin=workbook) == 12


def test_standard_input_is_named_in_findings(tmp_path: Path) -> None:
    outcome = thidua("check", "-", stdin=with_error(tmp_path / "bieu.csv").read_bytes())
    assert outcome.status == 1
    assert outcome.text.startswith("<stdin>\n")
    assert thidua("check", "-").status == 3


def test_every_command_over_files_reads_standard_input(tmp_path: Path) -> None:
    content = sound(tmp_path / "bieu.csv").read_bytes()
    judged = ("--rules", "qd-666-ttg", "--as-of", "2024")
    assert "Xã Sông Kôn" in thidua("rates", "-", stdin=content).text
    assert "Xã Sông Kôn" in thidua("eligible", "-", *judged, stdin=content).text
    assert thidua("export", "-", *judged, "-o", tmp_path / "x.xlsx", stdin=content).status == 0


def test_a_folder_a_pattern_and_the_files_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    names = sorted(path.relative_to(TOP).as_posix() for path in TOP.glob(DISTRICT))
    assert len(names) == 4
    by_name = thidua("rates", *names)
    assert by_name.status == 0
    assert thidua("rates", DISTRICT).out == by_name.out
    assert thidua("rates", "sample_data/dong-giang/Mau-08*").out == by_name.out


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = sound(tmp_path / "bieu.csv")
    assert observations(path, tmp_path, path) == 4


def test_a_name_in_vietnamese_with_spaces_is_read_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "Rà soát hộ nghèo 2024"
    folder.mkdir()
    with_error(folder / "Biểu 08 – Đông Giang (chính thức).csv")
    monkeypatch.chdir(tmp_path)
    for name in ("Rà soát hộ nghèo 2024", "Rà soát*/*.csv"):
        outcome = thidua("check", name)
        assert outcome.status == 1
        assert outcome.text.startswith("Rà soát hộ nghèo 2024/Biểu 08 – Đông Giang (chính thức).csv\n")


def test_a_workbook_opened_by_excel_leaves_a_lock_file_that_is_passed_over(tmp_path: Path) -> None:
    shutil.copy(TOP / "sample_data/dong-giang/Mau-08_Dong-Giang_2024.xlsx", tmp_path / "bieu.xlsx")
    (tmp_path / "~$bieu.xlsx").write_bytes(b"\x05admin")
    assert observations(tmp_path) == 12


@pytest.mark.parametrize("code", ["99", "999", "20999"])
def test_rows_of_an_unknown_code_are_told_and_not_used(tmp_path: Path, code: str) -> None:
    counts = [(1000, count, 0) for count in (400, 300, 200, 100)]
    path = table(tmp_path / "bieu.csv", code, 2021, counts)
    assert thidua("check", path).text.count("U001") == 4
    for command in (("eligible", "--rules", "qd-666-ttg", "--as-of", "2024"), ("rates",)):
        outcome = thidua(*command, path, "--format", "json")
        assert outcome.status == 1
        assert json.loads(outcome.text)["rows"] == []
