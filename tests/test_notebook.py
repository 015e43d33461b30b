"""The library in a notebook: what the commands give, as DataFrames."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

import thidua_cli
from tests.cli.program import CLASSES, DISTRICT, FAULTY, TOP, thidua
from tests.cli.tables import sound, with_error
from thidua_cli.errors import InputError, UsageError
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


FUNCTIONS: dict[str, Callable[..., pd.DataFrame]] = {
    "read_observations": thidua_cli.read_observations,
    "read_findings": thidua_cli.read_findings,
    "rates": thidua_cli.rates,
    "eligible": partial(thidua_cli.eligible, rules="qd-666-ttg", as_of=2024),
    "targets": partial(thidua_cli.targets, rules="qd-666-ttg"),
}
each_function = pytest.mark.parametrize("name", FUNCTIONS)


@each_function
def test_a_wrong_path_is_no_empty_frame(name: str, tmp_path: Path) -> None:
    good = sound(tmp_path / "bieu.csv")
    for files in ([tmp_path / "khong-co.csv"], [good, tmp_path / "khong-co.csv"], [tmp_path / "*.xlsx"], []):
        with pytest.raises(InputError) as raised:
            FUNCTIONS[name](*files)
        if files:
            assert "(F001)" in raised.value.text.en or "(F003)" in raised.value.text.en
    assert FUNCTIONS[name](good).empty == (name in ("read_findings", "targets"))


@each_function
def test_files_without_a_figure_are_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / "trong.csv"
    path.write_text("unit_code,year,households,poor_households,near_poor_households\n20470,2024,,,\n", "utf-8")
    with pytest.raises(InputError, match="F011"):
        FUNCTIONS[name](path)


@each_function
@pytest.mark.parametrize(
    ("argument", "value"),
    [("unit", "99999"), ("year", 24), ("within", "99999"), ("poverty_line", "khong-co"), ("language", "fr")],
)
def test_what_a_command_refuses_a_function_refuses(name: str, argument: str, value: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        FUNCTIONS[name](sound(tmp_path / "bieu.csv"), **{argument: value})


@pytest.mark.parametrize("name", ["rates", "eligible", "targets"])
def test_a_tier_that_there_is_not_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="level"):
        FUNCTIONS[name](sound(tmp_path / "bieu.csv"), level="thôn")


def test_a_year_that_cannot_be_judged_and_an_unknown_measure_are_refused(tmp_path: Path) -> None:
    path = sound(tmp_path / "bieu.csv")
    with pytest.raises(UsageError, match="2022–2025"):
        thidua_cli.eligible(path, rules="qd-666-ttg", as_of=2020)
    with pytest.raises(UsageError, match="2022–2025"):
        thidua_cli.targets(path, rules="qd-666-ttg", as_of=2026)
    with pytest.raises(UsageError, match="measure"):
        thidua_cli.rates(path, measure="giàu")


def csv_of(*arguments: str | Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(thidua(*arguments, "--format", "csv").text)))


@pytest.mark.parametrize(
    ("frame", "arguments"),
    [
        (lambda: thidua_cli.rates(DISTRICT), ("rates", DISTRICT)),
        (
            lambda: thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, classes=CLASSES),
            ("eligible", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024", "--classes", CLASSES),
        ),
        (
            lambda: thidua_cli.targets("tests/cli/plans/ha-noi.csv", rules="ha-noi-251"),
            ("targets", "tests/cli/plans/ha-noi.csv", "--rules", "ha-noi-251"),
        ),
        (lambda: thidua_cli.read_findings(FAULTY), ("check", FAULTY)),
    ],
    ids=["rates", "eligible", "targets", "read_findings"],
)
def test_columns_are_those_of_the_command_with_its_numbers(
    frame: Callable[[], pd.DataFrame], arguments: tuple[str, ...]
) -> None:
    table, told = frame(), csv_of(*arguments)
    names = list(told[0])
    assert list(table.columns)[: len(names)] == names
    assert len(table) == len(told)
    for name in names:
        if table[name].dtype in ("Int64", "Float64") and arguments[0] != "check":  # which sorts its findings
            shown = [float(row[name]) if row[name] else None for row in told]
            assert [None if value is pd.NA else float(value) for value in table[name]] == shown, name


def test_a_float_is_the_exact_value_rounded() -> None:
    table = thidua_cli.rates(DISTRICT)
    for rounded, exact in zip(table["rate_percent"], table["rate_exact"], strict=True):
        assert abs(Fraction(str(rounded)) - exact) <= Fraction(1, 200)
    verdicts = thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024).set_index("unit_code")
    assert verdicts["fall_percent_2021_2024_exact"]["20470"] == Fraction(13100, 227)
    assert verdicts["fall_percent_2021_2024"]["20470"] == 57.71


def test_one_path_is_taken_where_several_are() -> None:
    one = thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, classes=Path(CLASSES))
    assert one.equals(thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, classes=[CLASSES]))
    files, plan = "tests/cli/plans/ca-mau.csv", "tests/cli/plans/ke-hoach.csv"
    assert len(thidua_cli.targets(files, rules="nghe-an-834", plans=plan)) > 0
    quan_1, shares = "sample_data/quan-1/quan-1.csv", "sample_data/quan-1/shares.csv"
    assert thidua_cli.rates(quan_1, shares=shares).equals(thidua_cli.rates(quan_1, shares=[shares]))


def test_one_reading_is_a_name_and_not_its_letters() -> None:
    given = ("tests/cli/plans/ha-noi.csv",)
    one = thidua_cli.targets(*given, rules="ha-noi-51", as_of=2024, readings="average-since-2021")
    assert one.equals(thidua_cli.targets(*given, rules="ha-noi-51", as_of=2024, readings=["average-since-2021"]))
    with pytest.raises(UsageError):
        thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, readings="no-such")


def test_a_form_of_one_s_own_is_taught_by_its_description(tmp_path: Path) -> None:
    mapping = tmp_path / "mau.toml"
    mapping.write_text("nonsense = 1\n", "utf-8")
    with pytest.raises(InputError):
        thidua_cli.rates(DISTRICT, mapping=mapping)


def test_what_was_attested_completes_a_verdict(tmp_path: Path) -> None:
    sheet = tmp_path / "phieu.xlsx"
    asked = ("attest", "template", DISTRICT, "--rules", "qd-666-ttg", "--as-of", "2024", "-o", sheet)
    assert thidua(*asked).status == 0
    table = thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, attest=sheet)
    assert len(table) == 12
    with pytest.raises(InputError):
        thidua_cli.eligible(DISTRICT, rules="qd-666-ttg", as_of=2024, attest=tmp_path / "khong-co.xlsx")


def test_every_frame_carries_the_findings_and_the_doubts() -> None:
    told = json.loads(thidua("check", FAULTY, "--format", "json").text)["findings"]
    for name, function in FUNCTIONS.items():
        frame = function(FAULTY)
        assert sorted(one["identity"] for one in frame.attrs["findings"]) == sorted(one["identity"] for one in told)
        assert bool(frame.attrs["doubts"]) == (name in ("rates", "eligible"))
        assert frame.head(1).attrs == frame.attrs  # pandas copies and compares them
    doubts = thidua_cli.rates(FAULTY).attrs["doubts"]
    assert len({json.dumps(doubt) for doubt in doubts}) == len(doubts)


def test_a_waiver_makes_a_note_of_a_finding(tmp_path: Path) -> None:
    path, waivers = with_error(tmp_path / "bieu.csv"), tmp_path / "chap-nhan.toml"
    text = '[[waiver]]\ncode = "L001"\nunit = "20473"\nyear = 2024\nreason = "biết"\nwho = "An"\nuntil = {until}\n'
    waivers.write_text(text.format(until="2099-12-31"), "utf-8")
    (finding,) = thidua_cli.read_findings(path, waive=waivers)["severity"]
    assert finding == "note"
    waivers.write_text(text.format(until="2020-12-31"), "utf-8")
    (finding,) = thidua_cli.read_findings(path, waive=waivers)["severity"]
    assert finding == "error"
    with pytest.raises(InputError):
        thidua_cli.rates(path, waive=tmp_path / "khong-co.toml")


def test_a_wrong_unit_of_the_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        thidua_cli.read_observations(with_error(tmp_path / "bieu.csv"), unit="99999")


def test_a_new_mapping_is_that_of_the_command() -> None:
    form = "sample_data/dong-giang/Mau-08_Dong-Giang_2024.xlsx"
    assert thidua_cli.new_mapping(form) == thidua("mapping", "new", form).text
    assert 'poor_households = "E"' in thidua_cli.new_mapping(form, language="en")


def test_classes_are_those_of_the_commands() -> None:
    lists = thidua_cli.class_lists()
    assert {"poor-districts-2021-2025", "areas-2026-2030"} <= set(lists["list"].dropna())
    known = lists.dropna(subset=["total"])
    assert len(known) > 4
    assert (known["missing"] == known["total"] - known["rows"]).all()
    day = thidua_cli.classes_of("20440", on="2024-12-31", language="en").set_index("class")
    assert (day.loc["area_3", "member"], day.loc["area_3", "list"]) == ("yes", "areas-2021-2025")
    found_wrong = thidua_cli.class_findings("tests/cli/plans/danh-sach-xa.csv")
    assert list(found_wrong["code"]) == ["C002", "C001", "C004", "C005"]
    assert [row["unit_code"] for row in found_wrong.attrs["rows"]] == ["20470"]
    with pytest.raises(UsageError, match="không phải là ngày"):
        thidua_cli.classes_of("20440", on="hôm qua")


def test_the_package_offers_what_it_says_and_nothing_else() -> None:
    assert dir(thidua_cli) == [
        *("__version__", "class_findings", "class_lists", "classes_of", "eligible", "new_mapping", "published"),
        *("rates", "read_findings", "read_observations", "targets"),
    ]
    assert all(hasattr(thidua_cli, name) for name in dir(thidua_cli))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = vars(thidua_cli)["__getattr__"]("nonsense")
