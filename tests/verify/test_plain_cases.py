"""What the second implementation says of rare cases by itself; on many figures it is held against the first."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.judge.cases import members, series
from tests.judge.test_ranges import counts, district, divided, exact
from tests.verify.cases import differences_of, document_of
from thidua_cli.model import Level
from thidua_cli.verify.arithmetic import held_against
from thidua_cli.verify.combination import possible_clauses
from thidua_cli.verify.figures import printed_range
from thidua_cli.verify.range_value import Range
from thidua_cli.verify.said import Clause, Row, SaidPrinted, SaidRate

DOCUMENT = document_of([series(Level.PROVINCE, {2021: 300, 2022: 230, 2023: 160, 2024: 90})])
(PROVINCE,) = DOCUMENT.rows
CLAUSE = DOCUMENT.clauses[0]


def applying(row: Row, clause: Clause) -> set[bool]:
    """Whether the clause applies, under every set of classes that the unit may have."""
    return {clause in choice for choice in possible_clauses(row, [clause], 2024, "2024-12-31")}


def test_more_poor_than_households_in_a_divided_unit_narrow_no_rate_here_either() -> None:
    unit = district(divided(2023, counts(50, 5), counts(10, 30)), exact(2024, 100, 0))
    assert differences_of(document_of([unit], members("poor_district"))) == []


@pytest.mark.parametrize(
    ("comparison", "low", "high", "answer"),
    [
        *(("=", 5, 5, "met"), ("=", 3, 8, "undetermined"), ("=", 5, 8, "undetermined"), ("=", 3, 5, "undetermined")),
        *(("=", 6, 8, "not_met"), ("=", 3, 4, "not_met"), ("=", None, 5, "undetermined"), ("=", None, 4, "not_met")),
        *((">=", 5, 8, "met"), (">=", 4, 5, "undetermined"), (">=", 3, 4, "not_met"), (">=", None, 9, "undetermined")),
        *((">", 6, 8, "met"), (">", 5, 6, "undetermined"), (">", 4, 5, "not_met")),
        *(("<=", 3, 5, "met"), ("<=", 5, 6, "undetermined"), ("<=", 6, 7, "not_met")),
        *(("<", 3, 4, "met"), ("<", 4, 5, "undetermined"), ("<", 5, 6, "not_met")),
    ],
)
def test_a_range_passes_where_every_value_in_it_does(comparison: str, low: int | None, high: int, answer: str) -> None:
    value = Range(None if low is None else Fraction(low), Fraction(high))
    assert held_against(replace(CLAUSE, comparison=comparison, threshold="5"), value) == answer


@pytest.mark.parametrize(
    ("types", "within", "applies"),
    [
        (("tỉnh",), (), True),
        (("thành phố",), (), False),
        ((), ("49",), True),
        ((), ("48",), False),
        (("tỉnh",), ("49", "48"), True),
        (("thành phố",), ("49",), False),
        (("tỉnh",), ("48",), False),
    ],
)
def test_a_clause_speaks_of_units_of_its_types_in_its_places(
    types: tuple[str, ...], within: tuple[str, ...], applies: bool
) -> None:
    assert applying(PROVINCE, replace(CLAUSE, types=types, within=within)) == {applies}


@pytest.mark.parametrize(
    ("parts", "applies"),
    [
        ((("area_1",), ("area_3",)), {True}),
        ((("not_area_1", "not_area_3"), ("not_area_1", "not_area_3")), {False}),
        ((("area_1",), ("not_area_1", "not_area_3")), {True, False}),
        ((("area_1",), ("not_area_1",)), {True, False}),
        (((), ()), {True, False}),
    ],
)
def test_parts_that_agree_settle_whether_a_merged_unit_has_one_of_the_classes(
    parts: tuple[tuple[str, ...], ...], applies: set[bool]
) -> None:
    row = replace(PROVINCE, unknown_classes=("area_1", "area_3"), parts=parts)
    assert applying(row, replace(CLAUSE, any_of=("area_1", "area_3"))) == applies


@pytest.mark.parametrize(
    ("own", "poor", "near_poor", "ends"),
    [
        ((), ("2.76",), ("3.94",), ("6.69", "6.71")),
        (("6.70",), ("2.76",), ("3.94",), ("6.69", "6.71")),
        (("6.7",), ("2.76",), ("3.94",), ("6.69", "6.71")),
        (("6.71",), ("2.76",), ("3.94",), ("6.705", "6.71")),
        (("6.69",), ("2.76",), ("3.94",), ("6.69", "6.695")),
        (("6.72",), ("2.76",), ("3.94",), None),
        (("6.8",), ("2.76",), (), ("6.75", "6.85")),
        (("6.8", "6.81"), (), (), ("6.805", "6.815")),
        (("6.8", "6.9"), (), (), ("6.85", "6.85")),
        (("6.8", "7"), (), (), ("6.75", "6.85")),
        (("6.8", "8"), (), (), None),
        (("5.93+1.89",), (), (), ("7.81", "7.83")),
        (("0",), (), (), ("0", "0.5")),
        (("6,8",), (), (), None),
        (("6.8+",), (), (), None),
        ((), (), (), None),
    ],
)
def test_a_printed_rate_is_what_every_print_of_it_may_be(
    own: tuple[str, ...], poor: tuple[str, ...], near_poor: tuple[str, ...], ends: tuple[str, str] | None
) -> None:
    columns = {"multidimensional_rate_percent": own, "poor_rate_percent": poor, "near_poor_rate_percent": near_poor}
    rates = tuple(SaidRate(name, printed, ()) for name, prints in columns.items() for printed in prints)
    expected = None if ends is None else Range(Fraction(ends[0]), Fraction(ends[1]))
    assert printed_range("multidimensional", SaidPrinted("", "", rates)) == expected
