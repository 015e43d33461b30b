from __future__ import annotations

from fractions import Fraction

import pandas as pd

from tests.measure.cases import observed
from thidua_cli.measure.frame import RATE_COLUMNS, rate_frame
from thidua_cli.measure.rates import RateRow, rate_table
from thidua_cli.measure.series import measure
from thidua_cli.model import Level, Measure, Series
from thidua_cli.observations import Observation, Observations


def one_unit(*rows: Observation) -> list[Series]:
    return measure(Observations.of(rows), None)


def row_of(*rows: Observation, last_year: int | None = None) -> RateRow:
    (row,) = rate_table(one_unit(*rows), Measure.MULTIDIMENSIONAL, last_year).rows
    return row


def test_a_fall_from_120_to_80_of_1000_is_exactly_four_points() -> None:
    row = row_of(observed("501", 2021, (1000, 100, 20)), observed("501", 2022, (1000, 70, 10)))
    assert row.years[1].fall_points == 4
    assert row.years[1].fall_percent == Fraction(100, 3)


def test_a_rise_is_a_negative_fall() -> None:
    row = row_of(observed("501", 2021, (100, 10, 0)), observed("501", 2022, (100, 15, 0)))
    assert row.years[1].fall_points == -5
    assert row.years[1].fall_percent == -50


def test_no_fall_is_taken_over_a_missing_year() -> None:
    row = row_of(observed("501", 2021), observed("501", 2023))
    assert [one.year for one in row.years] == [2021, 2022, 2023]
    assert row.years[1].figures is None
    assert row.years[2].fall_points is None
    assert row.fall_percent_total == 0


def test_no_fall_is_taken_from_one_poverty_line_to_another() -> None:
    row = row_of(observed("501", 2021, (100, 50, 0), line="2016-2020"), observed("501", 2022), observed("501", 2023))
    assert row.years[0].rate_percent == 50
    assert row.years[1].fall_points is None
    assert row.years[2].fall_points == 0
    assert row.baseline_year == 2022


def test_the_total_needs_the_whole_window() -> None:
    years = [observed("501", year, (100, 40 - 10 * i, 0)) for i, year in enumerate(range(2021, 2025))]
    assert row_of(*years).fall_points_total == 30
    assert row_of(*years[1:]).fall_points_total is None


def test_the_baseline_is_shown_however_far_back_it_lies() -> None:
    years = [observed("501", year, (100, 40 - 5 * i, 0)) for i, year in enumerate(range(2021, 2026))]
    row = row_of(*years)
    assert [one.year for one in row.years] == [2021, 2022, 2023, 2024, 2025]
    assert row.baseline_year == 2021
    assert row.fall_percent_total == 50
    assert row.fall_points_total == 20


def test_the_baseline_is_shown_where_the_last_year_end_is_missing() -> None:
    row = row_of(observed("501", 2021), observed("501", 2024), last_year=2025)
    assert [one.year for one in row.years] == [2021, 2022, 2023, 2024, 2025]


def test_the_end_of_2021_on_another_line_than_the_newest_figures_is_no_baseline_to_show() -> None:
    old, new = (observed("501", year, line=line) for year, line in ((2021, "2022-2025"), (2027, "2027-2030")))
    row = row_of(old, observed("501", 2026, line="2027-2030"), new)
    assert [one.year for one in row.years] == [2026, 2027]


def test_years_before_the_baseline_stay_shown_as_far_as_the_window_goes() -> None:
    row = row_of(*(observed("501", year) for year in (2020, 2021, 2022, 2023)))
    assert [one.year for one in row.years] == [2020, 2021, 2022, 2023]


def test_without_2021_the_baseline_is_the_first_year_shown() -> None:
    row = row_of(observed("501", 2022, (100, 40, 0)), observed("501", 2023, (100, 30, 0)))
    assert row.baseline_year == 2022
    assert row.fall_percent_total == 25


def test_no_households_give_no_rate_and_a_count_of_nought_no_relative_fall() -> None:
    row = row_of(observed("501", 2021, (0, 0, 0)), observed("501", 2022, (0, 0, 0)))
    assert [one.rate_percent for one in row.years] == [None, None]
    assert row.years[1].fall_percent is None


def test_a_missing_part_leaves_count_and_rate_missing() -> None:
    row = row_of(observed("501", 2022, (100, 10, None)))
    assert (row.years[0].count, row.years[0].rate_percent, row.years[0].households) == (None, None, 100)


def test_the_minority_rate_is_taken_over_minority_households() -> None:
    names = ("households", "minority_households", "minority_poor_households")
    table = rate_table(one_unit(observed("501", 2022, (1000, 200, 50), names=names)), Measure.MINORITY_POOR)
    assert table.rows[0].years[0].rate_percent == 25


def test_the_frame_has_one_row_per_unit_and_year_with_exact_fractions() -> None:
    rows = [observed(code, year, (3, 1, 0)) for code in ("501", "502") for year in (2021, 2022)]
    frame = rate_frame(rate_table(one_unit(*rows), Measure.POOR))
    assert tuple(frame.columns) == RATE_COLUMNS
    assert frame[["unit_code", "year"]].values.tolist() == [["501", 2021], ["501", 2022], ["502", 2021], ["502", 2022]]
    assert frame["rate_exact"].tolist() == [Fraction(100, 3)] * 4
    assert str(frame["count"].dtype) == "Int64"
    assert frame["fall_points_exact"].tolist() == [None, 0, None, 0]


def test_a_year_without_figures_is_missing_in_the_frame_not_nought() -> None:
    frame = rate_frame(rate_table(one_unit(observed("501", 2021), observed("501", 2023)), Measure.POOR))
    assert frame.loc[frame["year"] == 2022, "count"].isna().all()
    assert bool(pd.isna(frame["count"].iloc[1]))


def test_nothing_measured_gives_an_empty_frame_with_the_same_columns() -> None:
    frame = rate_frame(rate_table([], Measure.POOR))
    assert tuple(frame.columns) == RATE_COLUMNS
    assert len(frame) == 0


def test_villages_have_rates_too() -> None:
    row = row_of(observed("v1", 2022, (50, 5, 5), parent="20001", level=Level.VILLAGE))
    assert row.years[0].rate_percent == 20
