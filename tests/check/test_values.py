"""Family V after reading: printed rates against the counts (V006)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.check.cases import context
from thidua_cli.check.values import check_printed_rates
from thidua_cli.findings import Finding
from thidua_cli.language import Language
from thidua_cli.model import Measure, Origin
from thidua_cli.normalise.files_read import FilesRead
from thidua_cli.normalise.sheet.numbers import read_rate
from thidua_cli.normalise.table_reading import RateBesideCounts

ORIGIN = Origin("bieu.xlsx", "Mẫu 08", 12, 6)


def said_of(printed: str | float, part: int, whole: int, measure: Measure = Measure.POOR) -> list[Finding]:
    rate = read_rate(printed)
    assert rate is not None
    row = RateBesideCounts("49", "Tỉnh Quảng Nam", 2022, measure, rate, str(printed), part, whole, ORIGIN)
    return list(check_printed_rates(context(FilesRead(rates=[row]))))


@pytest.mark.parametrize("printed", [6.63, "6,63%", "6,6", 0.0663, 29146 / 439300, "7%"])
def test_a_rate_that_rounding_gives_is_silent(printed: str | float) -> None:
    assert said_of(printed, 29146, 439300) == []


@pytest.mark.parametrize("printed", [6.73, "6,64%", "6,7", 0.0673, 0.7, "8%"])
def test_a_rate_that_no_rounding_gives_is_told_with_the_computed_one(printed: str | float) -> None:
    (finding,) = said_of(printed, 29146, 439300)
    assert (finding.kind.code, finding.expected, finding.origin) == ("V006", "6,63", ORIGIN)
    assert "29.146/439.300" in finding.message()
    assert "6,63%" in finding.message()
    assert "29,146/439,300" in finding.message(Language.EN)
    assert "6.63%" in finding.message(Language.EN)


@pytest.mark.parametrize(("printed", "silent"), [("12,5", True), ("12,4", False), ("12,6", False)])
def test_a_rate_on_the_border_may_be_rounded_either_way(printed: str, silent: bool) -> None:
    exact = Fraction(125, 1000)
    assert bool(said_of(printed, exact.numerator, exact.denominator)) is not silent
    assert said_of("12", exact.numerator, exact.denominator) == []
    assert said_of("13", exact.numerator, exact.denominator) == []


def test_a_multidimensional_rate_may_be_the_sum_of_two_rounded_ones() -> None:
    # 3.49 + 4.03 = 7.52 is printed for 7.525…: two roundings are allowed, three hundredths are not.
    assert said_of("7,52", 752_700, 10_000_000, Measure.MULTIDIMENSIONAL) == []
    assert said_of("7,52", 752_700, 10_000_000) != []
    assert said_of("7,50", 752_700, 10_000_000, Measure.MULTIDIMENSIONAL) != []


def test_a_rate_of_no_households_is_zero_and_nothing_else() -> None:
    assert said_of("0", 0, 0) == []
    (finding,) = said_of("5", 0, 0)
    assert finding.kind.code == "V006"


def test_a_printed_rate_is_quoted_with_the_marks_of_the_language() -> None:
    (finding,) = said_of(6.73, 29146, 439300)

    assert "biểu ghi 6,73, tính từ" in finding.message()
    assert "printed 6.73, the counts" in finding.message(Language.EN)
