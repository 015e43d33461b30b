"""What the program says is what the second implementation finds, whatever the figures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.program import CLASSES, DISTRICT, TOP, thidua
from tests.judge.cases import CODES, figures, members
from tests.verify.cases import differences_of, document_of, province, result, verified
from thidua_cli.model import Level, Series, YearFigures

_CLASSES = ("poor_district", "coastal_commune", "area_1", "area_2", "area_3")
_SIGNED = [*_CLASSES, *(f"not_{token}" for token in _CLASSES)]


@st.composite
def years(draw: st.DrawFn) -> dict[int, YearFigures]:
    """Figures of some of the year-ends: small counts, so that thresholds are met exactly and zero comes up."""
    absent = draw(st.sets(st.sampled_from(range(2020, 2025)), max_size=1))
    held = set(range(2020, 2025)) - absent
    lines = st.sampled_from(["2022-2025"] * 20 + ["2016-2020"])
    counts = st.one_of(st.integers(0, 60), st.sampled_from([0, 20, 40]), st.sampled_from([52, 48, 44, 40, 38, 26]))
    whole = st.sampled_from([100] * 8 + [63, 67, None, 0])
    found = {}
    for year in held:
        count, households = draw(counts), draw(whole)
        if households == 0:
            count = 0
        found[year] = figures(year, count, households, draw(lines))
    return found


@settings(max_examples=400)
@given(st.sampled_from(list(CODES)), years(), st.sets(st.sampled_from(_SIGNED)), st.integers(2020, 2025))
def test_the_second_implementation_agrees_with_the_first(
    level: Level, held: dict[int, YearFigures], classes: set[str], as_of: int
) -> None:
    without_contradiction = [token for token in sorted(classes) if token.removeprefix("not_") not in classes - {token}]
    areas = [token for token in without_contradiction if token.startswith("area_")]
    chosen = [token for token in without_contradiction if token not in areas[1:]]
    one = Series(CODES[level], "Đơn vị", level, "", held)
    assert differences_of(document_of([one], members(*chosen), as_of)) == []


def test_the_result_of_the_sample_agrees_with_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    file = result(tmp_path, Path(DISTRICT), options=["--classes", CLASSES])
    assert verified(file, DISTRICT) == (0, [])
    # From another folder the files are found by their content.
    monkeypatch.chdir(tmp_path)
    assert verified(file, TOP / DISTRICT, TOP / CLASSES) == (0, [])


def test_a_sum_is_read_again_from_the_cells_of_all_its_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)
    data = tmp_path / "data.csv"
    assert thidua("import", DISTRICT, "-o", data).status == 0
    communes = [line for line in data.read_text("utf-8-sig").splitlines() if not line.startswith("505,")]
    data.write_text("\n".join(communes) + "\n", encoding="utf-8")
    file = result(tmp_path, data)
    text = thidua("eligible", data, "--rules", "qd-666-ttg", "--as-of", "2024", "--trace", "505").text
    assert "tổng của 11 đơn vị:" in text
    assert "+ Xã Tà Lu" in text
    assert verified(file, data) == (0, [])
    data.write_text(data.read_text("utf-8").replace("63,33", "64,33"), encoding="utf-8")
    assert ("cell", "63", "64") in verified(file, data)[1]


def test_numbers_written_as_text_are_read_again(tmp_path: Path) -> None:
    file = province(tmp_path / "so-lieu.csv")
    file.write_text(file.read_text("utf-8").replace("1000", '"1.000"'), encoding="utf-8")
    assert verified(result(tmp_path, file), file) == (0, [])


DRESSED: dict[str, Callable[[int], object]] = {
    "groups parted by spaces": lambda count: f"{count:,}".replace(",", "\u00a0"),
    "a rest of a formula": lambda count: count - 1e-12 if count else count,
    "a rest as text": lambda count: f"{count}.000000000001",
    "a format of hours": lambda count: timedelta(count),
    "hours as an .ods keeps them": lambda count: f"PT{24 * count}H00M00S",
    "a format of days": lambda count: date(1899, 12, 30) + timedelta(count) if 61 <= count <= 1461 else count,
    "two numbers in a cell": lambda count: f"{count}\n1" if count > 900 else count,
    "a decimal fraction": lambda count: "0.123" if count > 900 else count,
    "a day of this year": lambda count: date(2024, 5, 12) if count > 900 else count,
    "a negative number": lambda count: -count if count > 900 else count,
}


@pytest.mark.parametrize("dress", DRESSED.values(), ids=DRESSED)
def test_figures_in_any_dress_are_read_again_as_they_were_taken(dress: Callable[[int], object], tmp_path: Path) -> None:
    with province(tmp_path / "so-lieu.csv").open(encoding="utf-8") as source:
        header, *rows = csv.reader(source)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(header)
    counted = [name.endswith("households") for name in header]
    for row in rows:
        sheet.append(
            [dress(int(cell)) if is_count and cell else cell for cell, is_count in zip(row, counted, strict=True)]
        )
    file = tmp_path / "so-lieu.xlsx"
    book.save(file)
    said = tmp_path / "result.json"
    taken = thidua("eligible", file, "--rules", "qd-666-ttg", "--as-of", "2024", "--format", "json", "-o", said)
    assert taken.status in (0, 1)  # 1 where a cell is withheld
    assert verified(said, file) == (0, [])


def test_what_agrees_is_said_in_one_sentence(tmp_path: Path) -> None:
    file = province(tmp_path / "so-lieu.csv")
    outcome = thidua("verify", result(tmp_path, file), file)
    assert outcome.text == "Khớp hoàn toàn: đã kiểm lại 12/12 con số, 1/1 đơn vị, 1/1 tệp; đọc lại 12 ô.\n"
    assert (outcome.status, outcome.err) == (0, "")
