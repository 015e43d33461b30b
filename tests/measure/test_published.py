"""What was published, year-end beside year-end: falls only where both were counted alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from thidua_cli.errors import UsageError
from thidua_cli.measure import published as module
from thidua_cli.measure.published import PublishedQuestion, PublishedYear, published_years
from thidua_cli.model import Level, Measure, PrintedRate
from thidua_cli.rulebook.published import BOTH, Publication
from thidua_cli.units.tables import bundled

COUNTED = {"households": 1000, "poor_households": 100, "near_poor_households": 50}


def of(year: int, counts: dict[str, int] | None = None, code: str = "49", **more: object) -> Publication:
    known = {"poverty_line": "2022-2025", "status": "final", "rates": {}} | more
    return Publication(code, year, "Tỉnh", counts=counts or {}, **known)  # type: ignore[arg-type]


def last(
    monkeypatch: pytest.MonkeyPatch, rows: Sequence[Publication], measure: Measure = Measure.MULTIDIMENSIONAL
) -> PublishedYear:
    def known(code: str, year: int, line: str) -> tuple[Publication, ...]:
        return tuple(row for row in rows if (row.unit_code, row.year, row.poverty_line) == (code, year, line))

    monkeypatch.setattr(module, "publications", lambda: tuple(rows))
    monkeypatch.setattr(module, "published_of", known)
    return published_years(PublishedQuestion(measure), bundled())[-1]


def test_falls_from_counts_are_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    after = COUNTED | {"households": 1100, "poor_households": 70}
    row = last(monkeypatch, [of(2022, COUNTED), of(2023, after)])
    exact = Fraction(15000, 1000) - Fraction(12000, 1100)
    assert (row.fall_households, row.fall_points) == (30, PrintedRate(exact, exact))
    poor = last(monkeypatch, [of(2022, COUNTED), of(2023, after)], Measure.POOR)
    assert poor.fall_points == PrintedRate(*[Fraction(10) - Fraction(7000, 1100)] * 2)


def test_falls_from_printed_rates_are_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = [{"multidimensional_rate_percent": printed} for printed in ("33.24", "30.83")]
    row = last(monkeypatch, [of(2022, rates=rates[0]), of(2023, rates=rates[1])])
    assert row.fall_households is None
    assert row.fall_points == PrintedRate(Fraction("2.40"), Fraction("2.42"))
    # a rate with counts beside one without
    row = last(monkeypatch, [of(2022, rates={"multidimensional_rate_percent": "16"}), of(2023, COUNTED)])
    assert row.fall_points == PrintedRate(Fraction("0.5"), Fraction("1.5"))


def test_poor_and_near_poor_printed_together_give_falls_of_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert last(monkeypatch, [of(2022, COUNTED), of(2023, {BOTH: 120})]).fall_households == 30
    # what is printed twice and not alike is neither
    assert last(monkeypatch, [of(2022, COUNTED), of(2023, COUNTED | {BOTH: 151})]).fall_households is None


@pytest.mark.parametrize(
    "rows",
    [
        [of(2021, COUNTED), of(2023, COUNTED)],
        [of(2021, COUNTED, poverty_line="2016-2020"), of(2022, COUNTED)],
        [of(2022, COUNTED, status="preliminary"), of(2023, COUNTED)],
        [of(2022, COUNTED), of(2023, COUNTED, status="preliminary")],
        [of(2022, COUNTED), of(2022, COUNTED | {"poor_households": 99}), of(2023, COUNTED)],
        [of(2024, COUNTED, "48"), of(2025, COUNTED, "48")],
    ],
    ids=["a year between", "another line", "preliminary before", "preliminary", "sources disagree", "another area"],
)
def test_no_fall_is_taken_where_year_ends_do_not_compare(
    monkeypatch: pytest.MonkeyPatch, rows: list[Publication]
) -> None:
    assert last(monkeypatch, rows)[1:] == (None, None)


def test_the_country_and_a_province_that_kept_its_area_fall_through_the_reform(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in ("VN", "11"):
        row = last(monkeypatch, [of(2024, COUNTED, code), of(2025, COUNTED | {"poor_households": 90}, code)])
        assert row.fall_households == 10


def test_a_question_chooses_units_tier_and_years() -> None:
    def chosen(**asked: object) -> set[tuple[str, int]]:
        rows = published_years(PublishedQuestion(**asked), bundled())  # type: ignore[arg-type]
        return {(row.publication.unit_code, row.publication.year) for row in rows}

    assert chosen(codes=frozenset({"11"})) == {("11", 2023), ("11", 2024), ("11", 2025)}
    assert chosen(codes=frozenset({"11"}), last_year=2024) == {("11", 2023), ("11", 2024)}
    assert chosen(codes=frozenset({"11", "VN"}), year=2025) == {("11", 2025), ("VN", 2025)}
    assert {code for code, _ in chosen(level=Level.COUNTRY)} == {"VN"}
    assert "VN" not in {code for code, _ in chosen(level=Level.PROVINCE)}
    assert len(chosen()) > 20


@pytest.mark.parametrize("code", ["505", "20473", "00", "x"])
def test_only_provinces_and_the_country_may_be_asked_for(code: str) -> None:
    with pytest.raises(UsageError):
        published_years(PublishedQuestion(codes=frozenset({code})), bundled())
