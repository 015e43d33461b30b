"""Final figures that came out as the preliminary ones are final: no reader takes their file for a copy."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import thidua
from tests.normalise.cases import DISTRICT, Cell, table, write_sheet


def form_08(path: Path, status: str) -> Path:
    rows = table(["1", "Xã Tà Lu", 500, 120, 40], ["", "Tổng cộng", 500, 120, 40])
    return write_sheet(path.with_suffix(".xlsx"), rows, name=f"Kết quả {status}")


def indicators(path: Path, status: str) -> Path:
    counts = {"Tổng số hộ": 500, "Số hộ nghèo": 120, "Số hộ cận nghèo": 40}
    head: list[list[Cell]] = [[DISTRICT], [f"Kết quả {status}"], ["Chỉ tiêu", "2022", "2023"]]
    return write_sheet(path.with_suffix(".xlsx"), head + [[name, count, count] for name, count in counts.items()])


def canonical(path: Path, status: str) -> Path:
    path = path.with_suffix(".csv")
    head = "unit_code,year,status,households,poor_households,near_poor_households"
    path.write_text(f"{head}\n505,2023,{status},500,120,40\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("write", [form_08, indicators, canonical])
@pytest.mark.parametrize("first", ["sơ bộ", "chính thức"])
def test_figures_are_final_as_soon_as_one_file_says_so(
    write: Callable[[Path, str], Path], first: str, tmp_path: Path
) -> None:
    second = "chính thức" if first == "sơ bộ" else "sơ bộ"
    files = {first: write(tmp_path / "mot", first), second: write(tmp_path / "hai", second)}
    assert statuses(files["sơ bộ"]) == {"preliminary"}
    assert statuses(files[first], files[second]) == {"final"}


def test_a_file_saved_again_as_the_final_one_is_final_by_its_name(tmp_path: Path) -> None:
    preliminary = write_sheet(tmp_path / "bieu 08 so bo.xlsx", table(["1", "Xã Tà Lu", 500, 120, 40]))
    final = tmp_path / "bieu 08 chinh thuc.xlsx"
    shutil.copy(preliminary, final)
    assert statuses(preliminary, final) == {"final"}


def statuses(*files: Path) -> set[str]:
    """What the figures that verdicts rest on are said to be."""
    outcome = thidua("eligible", *files, "--rules", "qd-666-ttg", "--as-of", "2023", "--format", "json")
    return {figure.get("status", "final") for row in json.loads(outcome.text)["rows"] for figure in row["figures"]}
