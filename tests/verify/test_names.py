"""Whose row a figure stands in, and which unit bears a code: read again from the files and from the lists of units."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forms.corpus import COMBINATIONS, Workshop
from tests.cli.program import thidua
from tests.verify.cases import altered, full, told
from thidua_cli.read.source import expand
from thidua_cli.verify.by_name import Bearer, named_figures
from thidua_cli.verify.cells import Contents, read_cells
from thidua_cli.verify.result_file import load_result
from thidua_cli.verify.said import CellRange, Document

NAMED = ("Đơn vị", "Năm", "Số hộ", "Số hộ nghèo", "Số hộ cận nghèo")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two communes of a district over four year-ends, by name alone, each with counts of its own."""
    lines = ["HUYỆN NÔNG SƠN", ";".join(NAMED)]
    for year, poor in ((2021, 90), (2022, 70), (2023, 40), (2024, 20)):
        lines += [f"Xã Quế Lộc;{year};500;{poor};{poor // 2}", f"Xã Quế Lâm;{year};400;{poor + 1};{poor // 3}"]
    path = tmp_path / "nong-son.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


@pytest.fixture
def said(tmp_path: Path, table: Path) -> Path:
    path = tmp_path / "ket-qua.json"
    options = ("--rules", "qd-666-ttg", "--as-of", "2024", "--unit", "519", "--level", "commune", "-o", path)
    assert thidua("eligible", table, *options).status == 0
    return path


def counted(said: Path, table: Path) -> tuple[int, int]:
    """How many counts are confirmed by name, and how many are not."""
    document = load_result(said).document
    assert isinstance(document, Document)
    sources, _ = expand([str(table)])
    files = {str(table): sources[0]}
    contents = read_cells(files, [cells for row in document.rows for figure in row.figures for cells in figure.cells])
    result = named_figures([Bearer(row, row.figures) for row in document.rows], contents)
    assert result.differences == []
    return result.confirmed, result.unnamed


def swapped(*keys: str) -> Callable[[Any], None]:
    """Exchange fields of the two communes."""

    def change(document: Any) -> None:
        first, second = document["rows"]
        for key in keys:
            first[key], second[key] = second[key], first[key]

    return change


def test_every_count_of_an_honest_result_stands_in_the_row_of_its_unit(said: Path, table: Path) -> None:
    document = full(json.loads(said.read_text("utf-8")))
    counts = [part for row in document["rows"] for figure in row["figures"] for part in figure["parts"]]
    assert counts
    assert counted(said, table) == (len(counts), 0)


@pytest.mark.parametrize("keys", [("unit_code", "unit_name"), ("figures",), ("figures", "paths", "verdict", "reason")])
def test_figures_that_two_units_exchanged_are_told_with_both_names(
    said: Path, table: Path, keys: tuple[str, ...]
) -> None:
    lines = [line for line in told(altered(said, swapped(*keys)), table) if line.startswith("name: ")]
    assert lines
    assert {line.partition(" | ")[0] for line in lines} == {
        "name: Xã Quế Lộc (20671) → Xã Quế Lâm (20692)",
        "name: Xã Quế Lâm (20692) → Xã Quế Lộc (20671)",
    }


@pytest.mark.parametrize("key", ["unit_code", "unit_name"])
def test_a_name_that_its_code_never_bore_is_told(said: Path, table: Path, key: str) -> None:
    assert any(line.startswith("unit: Xã Quế Lâm → Xã Quế Lộc") for line in told(altered(said, swapped(key)), table))


def test_where_rows_name_no_unit_nothing_follows(tmp_path: Path) -> None:
    """Files of one unit each: its name stands in the title, an indicator in each row."""
    wanted = "years-beside-by-indicator-csv-comma-file-per-unit-nfc-utf-8"
    (combination,) = (one for one in COMBINATIONS if one.name == wanted)
    table, *_ = Workshop(tmp_path).files(combination)
    path = tmp_path / "ket-qua.json"
    assert thidua("eligible", table, "--rules", "qd-666-ttg", "--as-of", "2024", "-o", path).status == 0
    confirmed, unnamed = counted(path, table)
    assert confirmed == 0 < unnamed
    assert told(path, table) == []


def test_a_sum_stands_in_the_rows_of_what_lies_in_the_unit(tmp_path: Path, table: Path) -> None:
    path = tmp_path / "huyen.json"
    options = ("--rules", "qd-666-ttg", "--as-of", "2024", "--unit", "519", "--level", "district")
    outcome = thidua("eligible", table, *options, "-o", path)
    assert outcome.status == 0
    assert told(path, table) == []


def test_a_fraction_counts_in_thousands_only_among_fractions() -> None:
    contents = Contents({("a", "", "C2"): "0,429", ("a", "", "C3"): "1,5", ("a", "", "D2"): "1,5", ("a", "", "D3"): 63})
    contents.note_units([CellRange("a", "", "C2:D3")])
    assert [contents.numbers(("a", "", cell)) for cell in ("C2", "C3", "D2", "D3")] == [{429}, {1500}, set(), {63}]


END = {"ended_on": "2024-07-01"}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda rows: rows[0].update(END), "unit: 2024-07-01 → – | 20671 Xã Quế Lộc"),
        (lambda rows: rows[0].update(level="village"), "unit: village → commune | 20671 Xã Quế Lộc"),
        (lambda rows: rows.append(rows[0]), "unit: Xã Quế Lộc → – | 20671 Xã Quế Lộc"),
        (
            lambda rows: rows[0].update(namesakes=[{"unit_code": "20692", "unit_name": "Xã Quế Lâm"}]),
            "unit: Xã Quế Lâm → – | 20671 Xã Quế Lộc",
        ),
    ],
    ids=["an end", "a tier", "a second row", "a namesake"],
)
def test_what_the_lists_of_units_do_not_know_is_told(
    said: Path, table: Path, change: Callable[[Any], Any], wanted: str
) -> None:
    assert wanted in told(altered(said, lambda document: change(document["rows"])), table)
