"""A workbook of classes is one of the files that a result rests on: it is recorded, and a change in it comes out."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.program import TOP, thidua

FORMS = sorted((TOP / "sample_data/dong-giang").glob("*.xlsx"))
JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024", "--level", "district", "--classes", "phan-loai.xlsx")


def write_classes(path: Path, word: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["DANH SÁCH PHÂN LOẠI HUYỆN"],
        ["TT", "Huyện", "Tỉnh", "Phân loại", "Từ ngày"],
        [1, "Đông Giang", "Quảng Nam", word, "15/03/2022"],
    ):
        sheet.append(row)
    book.save(path)


@pytest.fixture
def result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_classes(tmp_path / "phan-loai.xlsx", "huyện nghèo")
    outcome = thidua("eligible", *FORMS, *JUDGED, "-o", "ket-qua.json")
    assert outcome.status == 0, outcome.err
    return tmp_path / "ket-qua.json"


def test_a_workbook_of_classes_is_recorded_with_its_digest(result: Path) -> None:
    document = json.loads(result.read_text("utf-8"))
    (file,) = [file for file in document["files"] if file["role"] == "classes"]
    assert file["sha256"] == hashlib.sha256((result.parent / "phan-loai.xlsx").read_bytes()).hexdigest()
    assert document["rows"][0]["classes"][0] == "poor_district"


def test_a_result_by_a_workbook_of_classes_is_verified(result: Path) -> None:
    outcome = thidua("verify", result, *FORMS)
    assert outcome.status == 0, outcome.text


def test_a_changed_workbook_of_classes_comes_out(result: Path) -> None:
    write_classes(result.parent / "phan-loai.xlsx", "không phải huyện nghèo")
    outcome = thidua("verify", result, *FORMS)
    assert outcome.status == 1
    assert "phan-loai.xlsx" in outcome.text


def test_a_workbook_that_can_no_longer_be_read_comes_out(result: Path) -> None:
    (result.parent / "phan-loai.xlsx").write_bytes(b"PK")
    assert thidua("verify", result, *FORMS).status == 1


def test_a_wrong_list_is_refused_whole_by_every_command_that_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_classes(tmp_path / "phan-loai.xlsx", "loại III")
    for command in ("eligible", "export"):
        more = ("-o", "ra.xlsx") if command == "export" else ()
        options = JUDGED if command == "eligible" else (*JUDGED[:4], *JUDGED[6:])
        outcome = thidua(command, *FORMS, *options, *more)
        assert outcome.status == 3, command
        assert "Sheet › D3" in outcome.err
        assert outcome.text == ""
