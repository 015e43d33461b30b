from __future__ import annotations

from datetime import date
from fractions import Fraction

from thidua_cli import pipeline
from thidua_cli.inputs import load_inputs
from thidua_cli.judge.verdict import State
from thidua_cli.measure.ground import on_boundaries_of
from thidua_cli.measure.rates import rate_table
from thidua_cli.measure.series import measure
from thidua_cli.model import Level, Measure, Status
from thidua_cli.observations import Observation, Observations
from thidua_cli.rulebook.classes import Member
from thidua_cli.units.province import is_as_on_class_lists
from thidua_cli.units.tables import bundled


def rows(code: str, level: Level, counts: dict[int, int]) -> Observations:
    return Observations.of(
        Observation(
            code,
            year,
            "",
            level,
            "",
            "2022-2025",
            Status.FINAL,
            {"households": 1000, "poor_households": poor, "near_poor_households": 0},
        )
        for year, poor in counts.items()
    )


FALLING = {2021: 400, 2022: 300, 2023: 200, 2024: 100}


def test_figures_before_a_merger_are_set_aside_and_say_since_when() -> None:
    (series,) = on_boundaries_of(measure(rows("682", Level.DISTRICT, FALLING), bundled()), 2024)

    assert series.years[2023].counts == {}
    assert series.years[2023].superseded_on == date(2024, 12, 1)
    assert series.years[2024].counts["poor_households"] == 100


def test_a_year_before_the_merger_is_judged_on_the_area_it_had() -> None:
    (series,) = on_boundaries_of(measure(rows("682", Level.DISTRICT, FALLING), bundled()), 2023)

    assert [series.years[year].counts["poor_households"] for year in (2021, 2022, 2023)] == [400, 300, 200]


def test_a_merged_district_has_no_verdict_from_figures_of_another_area() -> None:
    inputs = load_inputs("qd-666-ttg")
    series = measure(rows("682", Level.DISTRICT, FALLING), bundled())

    (merged,) = pipeline.judge(series, inputs, 2024)
    (same,) = pipeline.judge(measure(rows("675", Level.DISTRICT, FALLING), bundled()), inputs, 2024)

    assert merged.state is State.UNDETERMINED
    assert merged.reason is not None
    assert "01/12/2024" in merged.reason.vi
    assert same.state is State.MET


def test_no_fall_is_taken_across_a_change_of_area() -> None:
    table = rate_table(measure(rows("682", Level.DISTRICT, FALLING), bundled()), Measure.MULTIDIMENSIONAL)
    falls = [year.fall_points for year in table.rows[0].years]

    assert falls == [None, Fraction(10), Fraction(10), None]


def test_a_code_that_the_reform_gave_to_another_area_is_another_unit() -> None:
    series = measure(rows("26740", Level.COMMUNE, {2024: 10, 2025: 5}), bundled())
    table = rate_table(series, Measure.MULTIDIMENSIONAL)

    assert table.rows[0].fall_percent_total is None


def test_a_class_holds_only_for_the_unit_it_was_given_to() -> None:
    classes = load_inputs("qd-666-ttg").classes
    tables = bundled()
    of_2022 = is_as_on_class_lists("00004", date(2024, 12, 31), tables)
    of_2025 = is_as_on_class_lists("00004", date(2025, 12, 31), tables)

    assert (of_2022, of_2025) == (True, False)
    assert classes.membership("481", "46", "poor_district", date(2023, 12, 31)) is Member.YES
    assert classes.membership("481", "46", "poor_district", date(2023, 12, 31), as_listed=False) is Member.UNKNOWN
    assert classes.membership("001", "01", "poor_district", date(2023, 12, 31), as_listed=False) is Member.NO
