"""Kinds of findings that come up while reading, from files to what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from forms.mau_08 import write
from forms.model import FormOptions
from sample_figures import dong_giang
from tests.cli.program import FAULTY, TOP, thidua

HEADER = "unit_code,year,level,households,poor_households,near_poor_households"


def codes(*arguments: str | Path) -> set[tuple[str, str]]:
    """Return (code, cell) of every finding."""
    found = json.loads(thidua("check", *arguments, "--format", "json").text)["findings"]
    return {(one["code"], one["cell"] or "") for one in found}


def test_the_faulty_sample_shows_each_of_its_faults_in_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    expected = {
        "M4": "H002",
        "I9": "S002",
        "E12": "L001",
        "I13": "V005",
        "F14": "V006",
        "E15": "V001",
        "I16": "V002",
        "I18": "F005",
        "B20": "U002",
        "E21": "F004",
        "B22": "U007",
        "E23": "S003",
    }
    found = codes(FAULTY)
    assert {(code, cell) for cell, code in expected.items()} <= found
    # One cell may be read with doubt and told so, and an error beside the table is a note.
    assert found - {(code, cell) for cell, code in expected.items()} == {
        ("V003", "C17"),
        ("V004", "C10"),
        ("F005", "O9"),
    }


@pytest.mark.parametrize(
    ("lines", "code", "cell"),
    [
        ([HEADER.replace(",near_poor_households", ""), "20473,2024,commune,100,10"], "H001", "1:1"),
        ([f"{HEADER},poor_households", "20473,2024,commune,100,10,5,10"], "H003", "E1"),
        ([HEADER, "20473,,commune,100,10,5"], "H004", "B2"),
        ([HEADER, "20473,2024,ward,100,10,5"], "V007", "C2"),
        ([HEADER, "20473,2024,commune,100,10.5,5"], "V001", "E2"),
        ([HEADER, "20473,2024,commune,100,-10,5"], "V002", "E2"),
        ([HEADER, "20473,2024,commune,100,,5"], "V005", "E2"),
        ([f"{HEADER},poor_rate_percent", "20473,2024,commune,100,10,5,nhiều"], "V008", "G2"),
    ],
)
def test_a_fault_of_a_canonical_table_is_told_in_its_cell(
    tmp_path: Path, lines: list[str], code: str, cell: str
) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert (code, cell) in codes(path)
    path.write_text("\n".join([HEADER, "20473,2024,commune,100,10,5"]) + "\n", encoding="utf-8")
    assert codes(path) == set()


def test_a_name_that_several_units_bear_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    counts = "year,households,poor_households,near_poor_households"
    # Xã Trà Don and Xã Trà Dơn lie in one district.
    path.write_text(f"unit_name,{counts}\nTra Don,2024,100,10,5\n", encoding="utf-8")
    assert {code for code, _ in codes(path, "--unit", "516")} == {"U003"}


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (FormOptions(year=2024, year_in_title=False), "H004"),
        (FormOptions(year=2024, agency="ỦY BAN NHÂN DÂN"), "H010"),
    ],
    ids=["no year", "no unit"],
)
def test_a_form_that_does_not_say_its_year_or_unit_is_told_and_the_option_helps(
    tmp_path: Path, options: FormOptions, code: str
) -> None:
    path = tmp_path / "bieu.xlsx"
    write(path, dong_giang.rows(2024), options)
    assert code in {code for code, _ in codes(path)}
    assert codes(path, "--year", "2024", "--unit", "505") == set()


def test_a_form_with_two_years_is_told(tmp_path: Path) -> None:
    path = tmp_path / "Mau-08_2023.xlsx"
    write(path, dong_giang.rows(2024), FormOptions(year=2024))
    assert {code for code, _ in codes(path)} == {"H005"}


def test_an_encrypted_workbook_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le"))
    outcome = thidua("check", path)
    assert outcome.status == 3
    assert "F002" in outcome.text
