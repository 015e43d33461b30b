from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.measure.cases import TWO_DISTRICTS, SmallTables, observed
from thidua_cli.measure.rates import rate_percent, rate_table
from thidua_cli.measure.series import measure
from thidua_cli.model import Measure, Series, Status, YearFigures
from thidua_cli.observations import Observation, Observations

TABLES = SmallTables(TWO_DISTRICTS)
COMMUNES = [code for code in TWO_DISTRICTS if len(code) == 5]

counts = st.tuples(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
full_table = st.tuples(*[counts for _ in product(COMMUNES, (2021, 2022))]).map(
    lambda rows: [
        observed(code, year, row) for (code, year), row in zip(product(COMMUNES, (2021, 2022)), rows, strict=True)
    ]
)
ragged_table = st.lists(
    st.builds(
        observed,
        st.sampled_from(list(TWO_DISTRICTS)),
        st.sampled_from([2021, 2022]),
        st.tuples(*[st.one_of(st.none(), st.integers(0, 9))] * 3),
        status=st.sampled_from(Status),
        line=st.sampled_from(["2022-2025", "2016-2020"]),
    ),
    max_size=10,
)


def measured(rows: list[Observation]) -> dict[str, Series]:
    return {one.unit_code: one for one in measure(Observations.of(rows), TABLES)}


def without_rows(figures: Mapping[int, YearFigures]) -> list[tuple[object, ...]]:
    return [
        (
            f.year,
            dict(f.counts),
            f.basis,
            f.status,
            f.poverty_line,
            f.missing_children,
            f.conflicting,
            f.assumed_complete,
        )
        for _, f in sorted(figures.items())
    ]


@settings(max_examples=25, deadline=None)
@given(full_table)
def test_parts_sum_to_the_whole_at_every_level(rows: list[Observation]) -> None:
    series = measured(rows)
    for parent, children in (("501", COMMUNES[:2]), ("502", COMMUNES[2:]), ("49", ["501", "502"])):
        for year, figures in series[parent].years.items():
            for name, value in figures.counts.items():
                assert value == sum(series[child].years[year].counts[name] for child in children)


@settings(max_examples=25, deadline=None)
@given(full_table)
def test_rolling_up_and_measuring_equals_measuring_the_sums(rows: list[Observation]) -> None:
    rolled = rate_table([measured(rows)["49"]], Measure.MULTIDIMENSIONAL).rows[0]
    sums = [
        observed("49", year, [sum(row.counts[name] for row in rows if row.year == year) for name in rows[0].counts])
        for year in (2021, 2022)
    ]
    merged = rate_table([measured(sums)["49"]], Measure.MULTIDIMENSIONAL).rows[0]
    assert [(one.count, one.rate_percent, one.fall_points, one.fall_percent) for one in rolled.years] == [
        (one.count, one.rate_percent, one.fall_points, one.fall_percent) for one in merged.years
    ]


@settings(max_examples=60, deadline=None)
@given(ragged_table, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Observation], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    before, after = measured(rows), measured(shuffled)
    assert list(before) == list(after)
    for code, one in before.items():
        assert without_rows(one.years) == without_rows(after[code].years)


@settings(max_examples=60, deadline=None)
@given(ragged_table)
def test_reading_everything_twice_changes_no_figure(rows: list[Observation]) -> None:
    once, twice = measured(rows), measured(rows + rows)
    assert {code: without_rows(one.years) for code, one in once.items()} == {
        code: without_rows(one.years) for code, one in twice.items()
    }


@given(st.integers(1, 10**15), st.integers(0, 10**15))
def test_a_rate_is_the_exact_quotient(households: int, poor: int) -> None:
    figures = YearFigures(2022, {"households": households, "poor_households": poor})
    assert rate_percent(figures, Measure.POOR) == Fraction(poor, households) * 100


@settings(max_examples=25, deadline=None)
@given(ragged_table)
def test_a_sum_with_missing_or_contradicting_children_has_no_counts(rows: list[Observation]) -> None:
    for one in measured(rows).values():
        for figures in one.years.values():
            assert not figures.counts or not (figures.missing_children or figures.conflicting)
