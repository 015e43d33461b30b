"""A report lists what is wrong with a unit and its parts, with the sums it stands in, and with what stands below it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.spoilt import spoilt_district
from thidua_cli import pipeline
from thidua_cli.check.logic import L001
from thidua_cli.check.of_unit import Concern, FindingsOfUnits, UnitFinding
from thidua_cli.findings import Finding, Severity
from thidua_cli.model import DividedPart, GivenPart, Level, Origin, Part, Series, YearFigures
from thidua_cli.normalise.cells.headings import H002
from thidua_cli.normalise.files_read import FilesRead, TableRead
from thidua_cli.observations import TableOrigin
from thidua_cli.units.tables import bundled

NOW, OLD, OTHER = "20443", "20446", "20449"


def wrong(code: str, year: int | None) -> Finding:
    return Finding(L001, Origin("bieu.csv"), unit_code=code, year=year)


def listed(series: Series, *findings: Finding) -> list[tuple[str | None, int | None]]:
    concerning = FindingsOfUnits(findings, [series], FilesRead()).of(series)
    return [(finding.unit_code, finding.year) for _, finding in concerning]


def unit(*years: YearFigures) -> Series:
    return Series(NOW, "Xã Mới", Level.COMMUNE, "505", {figures.year: figures for figures in years})


def test_findings_of_a_merged_unit_count_only_in_the_years_whose_sum_it_is_in() -> None:
    of = unit(YearFigures(2023, {}, merged=(Part(OLD, "Xã Cũ"), Part(OTHER, "Xã Khác"))), YearFigures(2024, {}))

    mistakes = (wrong(OLD, 2023), wrong(OLD, 2024), wrong(OLD, 2022), wrong(OLD, None), wrong(NOW, 2022))
    assert listed(of, *mistakes) == [(NOW, 2022), (OLD, 2023)]


def test_findings_of_a_divided_unit_count_too_whether_its_share_is_open_or_was_supplied() -> None:
    divided = DividedPart(Part(OLD, "Xã Cũ"), {}, (Part(NOW, "Xã Mới"),), date(2024, 11, 1), "NQ 1")
    given = GivenPart(Part(OTHER, "Xã Khác"), {}, "BC 1")
    of = unit(YearFigures(2022, {}, divided=(divided,)), YearFigures(2023, {}, given=(given,)))

    mistakes = (wrong(OLD, 2022), wrong(OLD, 2023), wrong(OTHER, 2022), wrong(OTHER, 2023), wrong("20467", 2022))
    assert listed(of, *mistakes) == [(OLD, 2022), (OTHER, 2023)]


def test_a_unit_that_is_its_own_part_has_its_findings_once() -> None:
    of = unit(YearFigures(2023, {}, merged=(Part(NOW, "Xã Mới"), Part(OLD, "Xã Cũ"))))

    assert listed(of, wrong(NOW, 2023), wrong(OLD, 2023)) == [(NOW, 2023), (OLD, 2023)]


def of_unit(folder: Path, code: str) -> list[UnitFinding]:
    reading = pipeline.read([str(folder)])
    series = pipeline.measure(reading)
    concerning = FindingsOfUnits(pipeline.check(reading), series, reading)
    return concerning.of(next(unit for unit in series if unit.unit_code == code))


def told(folder: Path, code: str) -> list[tuple[Concern, str, str]]:
    return sorted((concern, finding.kind.code, finding.origin.cell) for concern, finding in of_unit(folder, code))


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return spoilt_district(tmp_path_factory.mktemp("spoilt"))


def test_a_total_of_no_named_unit_is_of_the_unit_whose_table_it_is(spoilt: Path) -> None:
    below = [(Concern.BELOW, "T003", "E13"), (Concern.BELOW, "V006", "F13")]
    assert told(spoilt, "505") == [*below, (Concern.UNIT, "S002", "E11")]


def test_a_sum_that_fails_concerns_all_that_stand_in_it_and_says_so(spoilt: Path) -> None:
    itself = [(Concern.UNIT, "T003", "E13"), (Concern.UNIT, "V006", "F13")]
    assert told(spoilt, "20473") == [(Concern.SUM, "S002", "E11"), *itself]
    assert told(spoilt, "20470") == [(Concern.SUM, "S002", "E11")]


def test_a_sum_of_the_rural_communes_is_no_matter_of_a_town(spoilt: Path) -> None:
    assert told(spoilt, "20467") == []


def test_the_sum_of_sections_concerns_what_stands_in_the_sections(tmp_path: Path) -> None:
    folder = spoilt_district(tmp_path, "E22", "1758")
    assert told(folder, "20467") == told(folder, "20470") == [(Concern.SUM, "S003", "E22")]
    assert told(folder, "505") == [(Concern.UNIT, "S003", "E22")]


def test_a_commune_that_differs_from_its_district_elsewhere_concerns_both(tmp_path: Path) -> None:
    lines = ["unit_code,year,households,poor_households,near_poor_households"]
    lines += ["505,2024,8013,1758,549"] + [f"{code},2024,{row}" for code, row in COMMUNES.items()]
    (tmp_path / "bieu.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert told(tmp_path, "20470") == [(Concern.SUM, "S001", "D2")]
    assert told(tmp_path, "505") == [(Concern.UNIT, "S001", "D2")]


COMMUNES = {
    "20467": "1226,84,70",
    "20470": "429,63,33",
    "20473": "934,262,81",
    "20476": "752,138,52",
    "20479": "735,236,66",
    "20482": "512,83,37",
    "20485": "1596,140,95",
    "20488": "368,118,15",
    "20491": "414,84,25",
    "20494": "584,201,45",
    "20497": "463,113,30",
}


def test_a_note_on_a_table_is_no_matter_of_the_unit_whose_table_it_is() -> None:
    reading, district = FilesRead(), bundled().get("505", date(2024, 12, 31))
    index = reading.observations.add_table(TableOrigin("bieu.xlsx", "Mẫu 08", "mau-08", {}))
    reading.tables.append(TableRead(index, "mau-08", 2024, district, 0, 0))
    of = Series("505", "Huyện Đông Giang", Level.DISTRICT, "49")
    place = Origin("bieu.xlsx", "Mẫu 08", 3, 4)
    note, warning = Finding(H002, place, severity_here=Severity.NOTE), Finding(H002, place)

    assert FindingsOfUnits([note, warning], [of], reading).of(of) == [UnitFinding(Concern.UNIT, warning)]
