"""A report lists what is wrong with the figures of a unit and of its parts, while they are its parts."""

from __future__ import annotations

from datetime import date

from thidua_cli.check.logic import L001
from thidua_cli.check.of_unit import by_unit, findings_of
from thidua_cli.findings import Finding
from thidua_cli.model import DividedPart, GivenPart, Level, Origin, Part, Series, YearFigures

NOW, OLD, OTHER = "20443", "20446", "20449"


def wrong(code: str, year: int | None) -> Finding:
    return Finding(L001, Origin("bieu.csv"), unit_code=code, year=year)


def listed(series: Series, *findings: Finding) -> list[tuple[str | None, int | None]]:
    return [(finding.unit_code, finding.year) for finding in findings_of(series, by_unit(findings))]


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
