"""One answer after the other, as values."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.program import CLASSES, DISTRICT, TOP
from tests.cli.tables import sound, table, with_warning
from thidua_cli import pipeline
from thidua_cli.errors import InputError, UsageError
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.verdict import State
from thidua_cli.model import Level, Measure
from thidua_cli.normalise.options import ReadingOptions
from thidua_cli.results import SourceRole


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(TOP)
    return DISTRICT


def test_stages_pass_values_on_from_files_to_verdicts(district: str) -> None:
    reading = pipeline.read([district])
    assert pipeline.check(reading) == []
    series = pipeline.measure(reading)
    assert series[0].level is Level.DISTRICT  # parents before their children
    verdicts = pipeline.judge(series, load_inputs("qd-666-ttg", [Path(CLASSES)]), 2024)
    assert [verdict.unit_code for verdict in verdicts] == [one.unit_code for one in series]
    assert sum(verdict.state is State.MET for verdict in verdicts) == 6


def test_reading_the_same_files_twice_gives_the_same(district: str) -> None:
    first, second = pipeline.read([district]), pipeline.read([district])
    assert list(first.observations) == list(second.observations)
    assert first.findings == second.findings


def test_the_order_of_the_files_changes_no_rate(district: str) -> None:
    names = sorted(map(str, Path().glob(district)))
    tables = [pipeline.rates(pipeline.read(order), kind=Measure.POOR) for order in (names, names[::-1])]
    years = [
        {row.unit_code: [(year.year, year.count, year.rate_percent) for year in row.years] for row in one.table.rows}
        for one in tables
    ]
    assert years[0] == years[1]


def test_a_copy_of_a_file_is_told_and_not_counted_twice(tmp_path: Path) -> None:
    path = sound(tmp_path / "bieu.csv")
    shutil.copy(path, tmp_path / "ban-sao.csv")
    reading = pipeline.read([str(tmp_path)])
    (finding,) = pipeline.check(reading)
    assert finding.kind.code == "F008"
    assert len(reading.observations) == 4


def test_a_source_without_a_table_is_refused_and_told_once(tmp_path: Path) -> None:
    path = tmp_path / "thu.csv"
    path.write_text("Kính gửi,Ủy ban nhân dân\n", encoding="utf-8")
    reading = pipeline.read([str(path)])
    assert [finding.kind.code for finding in reading.findings] == ["F003"]
    assert (reading.files, reading.refused) == (1, 1)


def test_progress_is_told_before_each_file(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        table(tmp_path / name, "20473", 2021 if name == "a.csv" else 2022, [(100, 10, 5)])
    told: list[tuple[int, int, str]] = []
    pipeline.read([str(tmp_path)], progress=lambda *step: told.append(step))
    assert [(done, number, Path(name).name) for done, number, name in told] == [(0, 2, "a.csv"), (1, 2, "b.csv")]


def test_a_unit_of_the_tables_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        pipeline.read([str(sound(tmp_path / "bieu.csv"))], ReadingOptions(unit="99999"))


def test_unknown_rules_are_wrong_usage_and_an_unreadable_class_file_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_inputs("qd-999")
    with pytest.raises(InputError):
        load_inputs("qd-666-ttg", [tmp_path / "khong-co.csv"])


def test_a_summary_counts_files_units_years_and_rows(tmp_path: Path) -> None:
    reading = pipeline.read([str(with_warning(tmp_path / "bieu.csv"))])
    result = pipeline.summary(reading, pipeline.check(reading))
    assert (result.files, result.units, result.years, result.observations) == (1, 1, (2021, 2022, 2024), 3)


def test_one_tier_can_be_asked_for_alone(district: str) -> None:
    reading = pipeline.read([district])
    table_of_communes = pipeline.rates(reading, kind=Measure.POOR, level="commune").table
    assert {row.level for row in table_of_communes.rows} == {Level.COMMUNE}
    verdicts = pipeline.eligible(reading, load_inputs("qd-666-ttg"), 2024, "district").verdicts
    assert [verdict.level for verdict in verdicts] == [Level.DISTRICT]


def test_sources_name_tables_classes_and_rules_with_their_digests(district: str) -> None:
    reading = pipeline.read([district])
    sources = load_inputs("qd-666-ttg", [Path(CLASSES)]).sources(reading)
    assert [one.role for one in sources].count(SourceRole.OBSERVATIONS) == 4
    assert [one.file for one in sources if one.role is SourceRole.CLASSES] == [CLASSES]
    assert all(len(one.sha256) == 64 for one in sources if one.role is not SourceRole.RULES)


def test_a_units_report_hangs_on_that_unit_alone(district: str) -> None:
    reading = pipeline.read([district])
    inputs = load_inputs("qd-666-ttg", [Path(CLASSES)])
    together = pipeline.report(reading, pipeline.check(reading), inputs, 2024, level="commune")
    assert len(together.units) > 1
    for unit, report in zip(together.units, together.reports, strict=True):
        (alone,) = pipeline.report(reading, pipeline.check(reading), inputs, 2024, unit.unit_code).reports
        assert alone == report
