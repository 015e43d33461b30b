"""The two implementations agree on every test a rule file may ask for, on ranges of divided units and on rounding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.cases import CODES, figures
from tests.verify.cases import differences_of, document_of, targets_of
from thidua_cli.language import Text
from thidua_cli.model import Basis, Citation, DividedPart, Level, Measure, Part, Series, YearFigures
from thidua_cli.rulebook.schema import TEST_FORM, Clause, ClauseKind, Comparison, Rulebook, Subject, Window
from thidua_cli.rulebook.schema import Test as ClauseTest
from thidua_cli.verify.targets import target_differences

NEIGHBOUR = Part("20446", "Xã Bên")
WORDS = Text("…", "…")
CLAUSE = Citation("1/QĐ", "1", date(2022, 1, 1))


@st.composite
def clauses(draw: st.DrawFn, number: int) -> Clause:
    """Any clause that a rule file could hold."""
    test = draw(st.sampled_from(ClauseTest))
    form = TEST_FORM[test]
    window = draw(st.sampled_from(form.windows)) if form.windows else None
    return Clause(
        f"clause-{number}",
        WORDS,
        Subject(Level.DISTRICT),
        test,
        draw(st.sampled_from([Measure.MULTIDIMENSIONAL, Measure.POOR])),
        draw(st.sampled_from(form.comparisons)),
        Decimal(draw(st.sampled_from(["0", "1", "1.5", "4", "10", "25", "50"]))),
        draw(st.sampled_from(form.units)),
        WORDS,
        CLAUSE,
        date(2022, 1, 1),
        years=draw(st.integers(1, 3)) if window is Window.YEARS else None,
        baseline_year=draw(st.integers(2020, 2023)) if window is Window.BASELINE_YEAR else None,
        other_lines=draw(st.sampled_from([(), (), ("2016-2020",)])),
        rounded_to=draw(st.sampled_from([None, None, 0, 1])),
    )


@st.composite
def years(draw: st.DrawFn) -> dict[int, YearFigures]:
    """Figures of most year-ends, some known as a range only."""
    found = {}
    for year in range(2020, 2025):
        kind = draw(st.sampled_from(["known"] * 6 + ["divided", "absent"]))
        line = draw(st.sampled_from(["2022-2025"] * 12 + ["2016-2020"]))
        count = draw(st.sampled_from([0, 1, 2, 8, 16, 24, 30, 32, 40, 80]))
        # Of a divided unit more poor households than households may be stated: then its own sum is no bound.
        whole = draw(st.sampled_from([100] * 6 + [93, 0, None] + [20] * 2 * (kind == "divided")))
        one = figures(year, 0 if whole == 0 else count, whole, line)
        if kind == "known":
            found[year] = one
        elif kind == "divided":
            part = DividedPart(NEIGHBOUR, one.counts, (NEIGHBOUR,), date(2025, 7, 1), "…")
            placed = dict(figures(year, draw(st.integers(0, 9)), 50).counts) if draw(st.booleans()) else {}
            merged = (Part("20449", "Xã Kia"),) if placed else ()
            found[year] = replace(one, counts={}, basis=Basis.REBASED, divided=(part,), placed=placed, merged=merged)
    return found


@settings(max_examples=600)
@given(clauses(1), clauses(2), years(), st.integers(2020, 2025))
def test_the_second_implementation_agrees_on_every_test(
    one: Clause, other: Clause, held: dict[int, YearFigures], as_of: int
) -> None:
    book = Rulebook("rieng", WORDS, "1", CLAUSE, (one, other), ())
    unit = Series(CODES[Level.DISTRICT], "Huyện", Level.DISTRICT, "49", held)
    assert differences_of(document_of([unit], as_of=as_of, rulebook=book)) == []


@st.composite
def targets(draw: st.DrawFn, number: int) -> Clause:
    """Any target: met at one year-end, or within a range."""
    clause = draw(clauses(number))
    if not clause.threshold and clause.comparison in (Comparison.AT_LEAST, Comparison.MORE_THAN):
        clause = replace(clause, threshold=Decimal(1))  # a rule file that asks for nothing is refused
    upper = clause.threshold + draw(st.integers(0, 10)) if clause.comparison is Comparison.AT_LEAST else None
    ends = draw(st.sets(st.sampled_from([2022, 2023, 2024, 2025, 2030]), min_size=1))
    return replace(
        clause, kind=ClauseKind.TARGET, upper=draw(st.sampled_from([None, upper])), year_ends=tuple(sorted(ends))
    )


@settings(max_examples=600)
@given(targets(1), targets(2), years(), st.integers(2021, 2024))
def test_the_second_implementation_agrees_on_every_target(
    first: Clause, second: Clause, figures_by_year: dict[int, YearFigures], as_of: int
) -> None:
    book = Rulebook("rieng", WORDS, "1", CLAUSE, (), (), targets=(first, second))
    unit = Series(CODES[Level.DISTRICT], "Huyện", Level.DISTRICT, "49", figures_by_year)
    document = targets_of([unit], book, as_of)
    clauses = {clause.id: clause for clause in document.clauses}
    for row in document.rows:
        stated = document.figures.get(row.unit_code, ())
        assert list(target_differences(row, clauses[row.rule], stated, document.as_of)) == []


def test_every_test_of_the_rule_files_is_known() -> None:
    from thidua_cli.verify.arithmetic import TESTS

    assert set(TESTS) == {test.value for test in ClauseTest}
