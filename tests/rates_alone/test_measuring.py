"""Printed rates in series: which of several stand, what sums and mergers make of them, and how surely they fall."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tests.judge.cases import told
from thidua_cli import pipeline
from thidua_cli.judge.clause.clause import judge_clause
from thidua_cli.judge.verdict import State
from thidua_cli.measure.rates import rate_table
from thidua_cli.model import Basis, Level, Measure, PrintedRate, Series, Status, YearFigures
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.observations import Observation, Observations
from thidua_cli.rulebook.load import load_rulebook

COUNTS = {"households": 1000, "poor_households": 60, "near_poor_households": 50}
(CLAUSE,) = [clause for clause in load_rulebook("qd-666-ttg").clauses if clause.id == "province-rate"]


def row(
    rates: Mapping[str, str],
    counts: Mapping[str, int] | None = None,
    *,
    unit: str = "58",
    year: int = 2022,
    status: Status = Status.FINAL,
) -> Observation:
    level = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}[len(unit)]
    printed = {f"{name}_rate_percent": text for name, text in rates.items()}
    return Observation(unit, year, unit, level, "", "2022-2025", status, counts or {}, printed)


def measured(*rows: Observation) -> dict[str, Series]:
    return {one.unit_code: one for one in pipeline.measure(FilesRead(Observations.of(rows)))}


def figures(*rows: Observation) -> YearFigures:
    return measured(*rows)["58"].years[2022]


def test_the_multidimensional_rate_is_the_sum_of_two_rounded_ones() -> None:
    held = figures(row({"poor": "5.93", "near_poor": "5.43"}))
    assert held.printed_rate(Measure.MULTIDIMENSIONAL) == PrintedRate.of("5.93", "5.43")
    assert held.printed_rate(Measure.POOR) == PrintedRate.of("5.93")


def test_a_printed_sum_may_have_been_added_up_from_rounded_rates() -> None:
    held = figures(row({"poor": "5.93", "near_poor": "5.43", "multidimensional": "11.36"}))
    assert held.printed_rate(Measure.MULTIDIMENSIONAL) == PrintedRate.of("5.93", "5.43")
    alone = figures(row({"multidimensional": "11.36"}))
    assert alone.printed_rate(Measure.MULTIDIMENSIONAL) == PrintedRate.of("11.36")


def test_counts_win_where_both_are_known() -> None:
    held = figures(row({"poor": "5.93"}, COUNTS))
    assert held.printed_rate(Measure.POOR) is None
    (shown,) = rate_table([measured(row({"poor": "5.93"}, COUNTS))["58"]], Measure.POOR).rows
    assert (shown.years[0].rate_percent, shown.years[0].rate_printed) == (Fraction(6), False)


def test_counts_win_over_rates_of_another_row() -> None:
    held = figures(row({"poor": "7.00"}), row({}, COUNTS))
    assert (held.numerator(Measure.POOR), held.printed_rate(Measure.POOR)) == (60, None)


def test_rates_that_round_to_each_other_hold_together() -> None:
    held = figures(row({"poor": "5.9"}), row({"poor": "5.93"}))
    assert held.printed_rate(Measure.POOR) == PrintedRate.of("5.93")


def test_rates_that_differ_are_used_neither() -> None:
    held = figures(row({"poor": "5.93"}), row({"poor": "6.10"}))
    assert held.conflicting
    assert held.printed_rate(Measure.POOR) is None


def test_a_final_rate_takes_the_place_of_a_preliminary_one() -> None:
    early = row({"poor": "4.43"}, status=Status.PRELIMINARY)
    held = figures(early, row({"poor": "4.21"}))
    assert held.printed_rate(Measure.POOR) == PrintedRate.of("4.21")
    assert held.status is Status.FINAL
    assert figures(early).status is Status.PRELIMINARY


def test_a_final_rate_stands_alone_where_a_preliminary_row_is_another_part_of_the_report() -> None:
    # A preliminary Mẫu 08 beside a final Mẫu 09: both rows stay, the rate is the one that was approved.
    early = row({"poor": "4.43"}, {"households": 1000}, status=Status.PRELIMINARY)
    final = row({"poor": "4.21"}, {"poor_opening": 50, "poor_to_non_poor": 5})
    held = figures(early, final)
    assert held.rows == (0, 1)
    assert not held.conflicting
    assert held.printed_rate(Measure.POOR) == PrintedRate.of("4.21")


def test_a_sum_of_counts_takes_the_place_of_a_printed_rate_and_an_incomplete_one_does_not() -> None:
    districts = ("582", "584", "585", "586", "587", "588", "589")
    children = [row({}, COUNTS, unit=code) for code in districts]
    whole = figures(row({"poor": "5.93"}), *children)
    assert (whole.basis, whole.numerator(Measure.POOR)) == (Basis.ROLLED_UP, 420)
    part = figures(row({"poor": "5.93"}), *children[:-1])
    assert (part.basis, part.printed_rate(Measure.POOR)) == (Basis.REPORTED, PrintedRate.of("5.93"))


def test_a_sum_lacks_the_units_of_which_only_a_rate_is_known() -> None:
    districts = ("582", "584", "585", "586", "587", "588")
    children = [row({}, COUNTS, unit=code) for code in districts]
    held = figures(row({"poor": "5.93"}, unit="589"), *children)
    assert held.missing_children == ("589",)


def test_the_rate_of_a_merged_unit_is_not_known_from_those_of_its_parts() -> None:
    # Quảng Nam (49) went into Đà Nẵng (48) on 1 July 2025.
    series = list(measured(row({"poor": "5.93"}, unit="48"), row({"poor": "7.10"}, unit="49")).values())
    (merged,) = [one for one in pipeline.rebase(series, last_year=2025)[0] if one.unit_code == "48"]
    held = merged.years[2022]
    assert held.printed_rates == {}
    assert [part.unit_code for part in held.known_by_rate] == ["48", "49"]
    path = told(CLAUSE, Series("48", "Đà Nẵng", Level.PROVINCE, "", {2021: held, 2022: held}), 2022)
    assert path.state is State.UNDETERMINED
    assert path.reason is not None
    assert "không gộp được khi chưa có số hộ" in path.reason.vi


def fall(first: str, second: str) -> State:
    printed = ("20.00", first, second, "0.00")
    rates = {2021 + at: {Measure.MULTIDIMENSIONAL: PrintedRate.of(one)} for at, one in enumerate(printed)}
    years = {year: YearFigures(year, {}, printed_rates=of_year) for year, of_year in rates.items()}
    return judge_clause(CLAUSE, Series("58", "", Level.PROVINCE, "", years), 2024).state


def test_a_fall_at_the_threshold_by_rounded_rates_is_not_certain() -> None:
    assert fall("10.00", "8.00") is State.UNDETERMINED
    assert fall("10.00", "7.99") is State.MET  # at least 2.00, whatever was rounded
    assert fall("10.00", "8.01") is State.UNDETERMINED  # exactly 2 where both rates lie at an end of their rounding
    assert fall("10.00", "8.02") is State.NOT_MET


def test_a_shown_fall_is_that_of_the_printed_rates() -> None:
    rows = [row({"poor": "5.93"}), row({"poor": "4.21"}, year=2023)]
    (shown,) = rate_table([measured(*rows)["58"]], Measure.POOR).rows
    assert shown.years[1].fall_points == Fraction("1.72")
    assert shown.years[1].rate_printed
