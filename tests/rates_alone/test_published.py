"""Rates alone through the commands, on the published case: Ninh Thuận falls by 3.55, 2.54 and 2.12 points."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.program import TOP, thidua
from tests.verify.cases import told

SAMPLE = TOP / "sample_data" / "published" / "ninh-thuan-rates.csv"
JUDGED = ("--rules", "qd-666-ttg", "--as-of", "2024")


def eligible(file: Path = SAMPLE) -> Any:
    return json.loads(thidua("eligible", file, *JUDGED, "--format", "json").text)


def test_the_rate_path_is_decided_and_the_count_path_is_not() -> None:
    (row,) = eligible()["rows"]
    paths = {path["rule"]: path for path in row["paths"]}
    assert (row["verdict"], paths["province-rate"]["verdict"]) == ("met", "met")
    assert paths["province-count"]["verdict"] == "undetermined"
    assert "2021" in paths["province-count"]["reason"]
    ends = [(value["value_low"], value["value_high"]) for value in paths["province-rate"]["values"]]
    assert ends == [(3.52, 3.58), (2.52, 2.56), (2.1, 2.14)]


def test_every_figure_names_its_cells() -> None:
    (row,) = eligible()["rows"]
    (last,) = [one for one in row["figures"] if one["year"] == 2024]
    assert (last["households"], last["count"]) == (None, None)
    printed = last["printed_rate"]
    assert (printed["low"], printed["high"]) == ("669/100", "671/100")
    cells = [(one["name"], one["printed"], one["cells"][0]["range"]) for one in printed["rates"]]
    assert cells == [("poor_rate_percent", "2.76", "G5"), ("near_poor_rate_percent", "3.94", "H5")]


def test_the_rates_are_shown_as_printed() -> None:
    document = json.loads(thidua("rates", SAMPLE, "--format", "json").text)
    years = document["rows"][0]["years"]
    assert [one["rate_percent"] for one in years] == [14.91, 11.36, 8.82, 6.7]
    assert [one["fall_points"] for one in years] == [None, 3.55, 2.54, 2.12]
    assert all(one["rate_printed"] for one in years)
    assert "Tỷ lệ lấy theo nguồn, đã làm tròn" in thidua("rates", SAMPLE).text
    assert thidua("rates", SAMPLE, "--format", "csv").text.splitlines()[0].endswith(",rate_printed")


def test_a_table_with_counts_says_nothing_of_printed_rates() -> None:
    counts = SAMPLE.with_name("published_figures.csv")
    assert "rate_printed" not in thidua("rates", counts, "--format", "json").text
    assert "rate_printed" not in thidua("rates", counts, "--format", "csv").text


def test_the_trace_leads_from_the_rate_to_its_cells() -> None:
    text = thidua("eligible", SAMPLE, *JUDGED, "--trace", "58", "--format", "markdown").text
    assert "5,93% + 1,89%" in text
    assert "ninh-thuan-rates.csv › G2" in text


def test_the_workbook_has_no_formula_over_counts_that_are_missing(tmp_path: Path) -> None:
    pack = tmp_path / "pack.xlsx"
    assert thidua("export", SAMPLE, *JUDGED, "-o", pack).status == 0
    values = [cell for row in load_workbook(pack)["Tỷ lệ và mức giảm"].iter_rows(values_only=True) for cell in row]
    assert 14.91 in values
    formulas = [value for value in values if isinstance(value, str) and value.startswith("=")]
    assert formulas, "a fall is taken from the printed rates beside it"
    assert not [formula for formula in formulas if "Số liệu" in formula]


def test_the_report_names_the_printed_rates(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    done = thidua("report", SAMPLE, *JUDGED, "--each", "province", "-o", folder, "--format", "markdown")
    assert done.status == 0, done.err
    (page,) = folder.glob("*.md")
    text = page.read_text(encoding="utf-8")
    assert "Tỷ lệ hộ nghèo theo nguồn 5,93%" in text
    assert "14,91" in text


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    path = tmp_path / "so-lieu.csv"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def verified(copied: Path, change: Any = None) -> str:
    said = eligible(copied)
    if change is not None:
        change(said["rows"][0])
    result = copied.with_name("result.json")
    result.write_text(json.dumps(said), encoding="utf-8")
    return thidua("verify", result, copied).text


def wrong_end(row: Any) -> None:
    row["figures"][-1]["printed_rate"]["low"] = "670/100"


def wrong_rate(row: Any) -> None:
    for one in row["figures"]:
        for rate in one.get("printed_rate", {}).get("rates", []):
            rate["printed"] = rate["printed"].replace("2.76", "2.67")


def no_cells(row: Any) -> None:
    row["figures"][-1]["printed_rate"]["rates"][0]["cells"] = []


def a_comma(row: Any) -> None:
    rate = row["figures"][-1]["printed_rate"]["rates"][0]
    rate["printed"] = rate["printed"].replace(".", ",")


def wrong_state(row: Any) -> None:
    row["paths"][0]["verdict"] = "undetermined"


def wrong_value(row: Any) -> None:
    row["paths"][0]["values"][0]["value_low"] = 3.5


def no_printed_rate(row: Any) -> None:
    row["figures"][-1]["printed_rate"] = None


UNIT = "58 Tỉnh Ninh Thuận"
PLANTED = {
    wrong_end: [f"count: 670/100…671/100 → 669/100…671/100 | {UNIT} multidimensional 2024"],
    wrong_rate: [
        f"count: 669/100…671/100 → 33/5…331/50 | {UNIT} multidimensional 2024",
        f"cell: 2.67 → 2.76 | {UNIT} poor_rate_percent 2024 | so-lieu.csv › G5",
        f"value: 2.1…2.14 → 219/100…223/100 | {UNIT} province-rate",
    ],
    a_comma: [
        f"count: 669/100…671/100 → – | {UNIT} multidimensional 2024",
        f"value: 2.1…2.14 → – | {UNIT} province-rate",
        f"path: met → undetermined | {UNIT} province-rate",
        f"verdict: met → undetermined | {UNIT}",
    ],
    no_cells: [f"cell: 2.76 → – | {UNIT} poor_rate_percent 2024"],
    no_printed_rate: [
        f"value: 2.1…2.14 → – | {UNIT} province-rate",
        f"path: met → undetermined | {UNIT} province-rate",
        f"verdict: met → undetermined | {UNIT}",
    ],
    wrong_state: [f"path: undetermined → met | {UNIT} province-rate"],
    wrong_value: [f"value: 3.5…3.58 → 88/25…179/50 | {UNIT} province-rate"],
}
"""Mistake → everything that is told of it."""


def test_a_result_from_rates_is_verified(copied: Path) -> None:
    assert "Khớp hoàn toàn" in verified(copied)
    assert "8 ô" in verified(copied)


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: change.__name__)
def test_what_is_changed_in_a_result_from_rates_is_found_where_it_is(copied: Path, change: Any) -> None:
    verified(copied, change)
    lines = told(copied.with_name("result.json"), copied)
    # what the document made anew has in that place names a file of this run
    assert [line for line in lines if not line.startswith("field: null → {")] == PLANTED[change]


def test_a_changed_cell_is_found(copied: Path) -> None:
    said = copied.with_name("result.json")
    said.write_text(json.dumps(eligible(copied)), encoding="utf-8")
    copied.write_text(copied.read_text(encoding="utf-8").replace("4.61", "4.16"), encoding="utf-8")
    assert told(said, copied)[1:] == [f"cell: 4.61 → 4.16 | {UNIT} near_poor_rate_percent 2023 | so-lieu.csv › H4"]


def test_import_keeps_the_rates_and_the_verdict(tmp_path: Path) -> None:
    for name in ("data.csv", "data.xlsx"):
        written = tmp_path / name
        assert thidua("import", SAMPLE, "-o", written).status == 0
        again, before = (eligible(file)["rows"][0]["paths"] for file in (written, SAMPLE))
        assert [path["values"] for path in again] == [path["values"] for path in before]
