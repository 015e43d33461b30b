"""The library in a notebook: what the commands give, as DataFrames."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

import thidua_cli
from tests.cli.program import CLASSES, DISTRICT, FAULTY, TOP, thidua
from tests.cli.tables import sound, with_error
from thidua_cli.errors import UsageError
from thidua_cli.model import CANONICAL_COLUMNS


@pytest.fixture(autouse=True)
def _at_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(TOP)


def test_observations_are_one_row_per_unit_and_year_with_their_place() -> None:
    frame = thidua_cli.read_observations(DISTRICT)
    assert list(frame.columns) == [*CANONICAL_COLUMNS, "file", "sheet", "sheet_row"]
    assert len(frame) == 48
    assert not frame.duplicated(["unit_code", "year"]).any()
    row = frame[(frame["unit_code"] == "20470") & (frame["year"] == 2024)].iloc[0]
    assert (row["poor_households"], row["sheet"], row["sheet_row"]) == (63, "Mẫu 08", 12)
    assert row["file"].endswith("Mau-08_Dong-Giang_2024.xlsx")


def test_codes_stay_text_and_missing_counts_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    lines = ["unit_code,year,households,poor_households,near_poor_households", "00004,2022,100,,5"]
    path.write_text("\n".join(lines), encoding="utf-8")
    frame = thidua_cli.read_observations(path)
    assert frame["unit_code"].tolist() == ["00004"]
    assert frame["poor_households"].dtype == "Int64"
    assert frame["poor_households"].isna().all()


def test_findings_are_those_of_the_command() -> None:
    frame = thidua_cli.read_findings(FAULTY, language="en")
    told = json.loads(thidua("check", FAULTY, "--format", "json", "--lang", "en").text)["findings"]
    assert sorted(frame["code"]) == sorted(one["code"] for one in told)
    assert sorted(frame["message"]) == sorted(one["message"] for one in told)


def test_sound_figures_give_an_empty_table_of_findings(tmp_path: Path) -> None:
    frame = thidua_cli.read_findings(sound(tmp_path / "bieu.csv"))
    assert len(frame) == 0
    assert frame["year"].dtype == "Int64"


def test_rates_are_exact_and_those_of_the_command() -> None:
    frame = thidua_cli.rates(DISTRICT, measure="poor", level="district")
    told = json.loads(thidua("rates", DISTRICT, "--measure", "poor", "--level", "district", "--format", "json").text)
    assert frame["year"].tolist() == [2021, 2022, 2023, 2024]
    assert frame["count"].tolist() == [year["count"] for year in told["rows"][0]["years"]]
    assert isinstance(frame["rate_exact"].iloc[0], Fraction)
    assert thidua_cli.rates(DISTRICT, as_of=2023)["year"].max() == 2023


def test_verdicts_are_those_of_the_command() -> None:
    frame = thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, classes=[CLASSES])
    command = ("eligible", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024", "--classes", CLASSES)
    told = json.loads(thidua(*command, "--format", "json").text)["rows"]
    assert frame["unit_code"].is_unique
    assert frame["verdict"].tolist() == [row["verdict"] for row in told]
    assert frame["reason"].tolist() == [row["reason"] for row in told]
    assert [None if margin is pd.NA else margin for margin in frame["margin_households"]] == [
        row["margin_households"] for row in told
    ]
    rules = [[(path["rule"], path["verdict"]) for path in row["paths"]] for row in told]
    assert [[path[:2] for path in paths] for paths in frame["rules"]] == rules


def test_targets_are_those_of_the_command() -> None:
    files, plan = "tests/cli/plans/ca-mau.csv", "tests/cli/plans/ke-hoach.csv"
    frame = thidua_cli.targets(files, rules="nghe-an-834", plans=[plan])
    command = ("targets", files, "--rules", "nghe-an-834", "--plan", plan, "--format", "json")
    told = json.loads(thidua(*command).text)["rows"]
    for column in ("unit_code", "rule", "year", "verdict", "reason", "on_track", "citation"):
        assert frame[column].tolist() == [row[column] for row in told]
    assert frame["attainment_percent_exact"].iloc[0] == Fraction(100 * 2010, 1225)
    assert frame["households_to_leave"].tolist()[1] == 900


def test_a_wrong_unit_of_the_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        thidua_cli.read_observations(with_error(tmp_path / "bieu.csv"), unit="99999")


def test_the_package_offers_what_it_says_and_nothing_else() -> None:
    assert dir(thidua_cli) == ["__version__", "eligible", "rates", "read_findings", "read_observations", "targets"]
    assert all(hasattr(thidua_cli, name) for name in dir(thidua_cli))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = vars(thidua_cli)["__getattr__"]("nonsense")
