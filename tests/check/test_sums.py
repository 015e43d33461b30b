"""Family S: sums over rows and units (S001, S002, S003) and their likely causes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.check.cases import (
    CO_TO,
    CO_TO_COMMUNES,
    codes,
    context,
    district,
    found,
    observed,
    read,
    read_form,
    total,
)
from thidua_cli.check.catalogue import run_checks
from thidua_cli.check.likely_cause import SummedRow, likely_cause
from thidua_cli.check.sums import check_children_sum, check_printed_totals
from thidua_cli.findings import Finding
from thidua_cli.model import Level, Measure, Origin
from thidua_cli.normalise.sheet.numbers import read_rate
from thidua_cli.normalise.table_reading import RateBesideCounts

COMMUNES = [(1000, 112, 50), (800, 130, 40), (700, 98, 30)]


def district_with_poor(poor: int) -> list[Finding]:
    return found(check_children_sum, *district((2500, poor, 120), COMMUNES))


def test_communes_that_make_their_district_are_sound() -> None:
    assert district_with_poor(340) == []


def test_a_district_one_household_off_is_found_in_its_own_cell() -> None:
    rows = district((2500, 341, 120), COMMUNES)
    (finding,) = check_children_sum(context(read_form(rows, CO_TO)))
    assert finding.origin.cell == "E9"
    assert (finding.kind.code, finding.unit_code, finding.column) == ("S001", CO_TO, "poor_households")
    assert (finding.value, finding.expected, finding.difference) == (341, 340, 1)
    assert "cộng 3 đơn vị trực thuộc được 340" in finding.message()


def test_a_commune_left_out_of_the_sum_is_named() -> None:
    (finding,) = district_with_poor(340 - 98)
    assert "bằng đúng số của 07198: có thể bị bỏ sót" in finding.message()


def test_a_commune_added_twice_is_named() -> None:
    (finding,) = district_with_poor(340 + 130)
    assert "bằng đúng số của 07195: có thể bị cộng hai lần" in finding.message()


def test_two_swapped_digits_of_the_total_are_named() -> None:
    (finding,) = district_with_poor(430)
    assert "nhầm thứ tự hai chữ số ở dòng tổng" in finding.message()


def test_two_swapped_digits_of_one_commune_are_named_with_the_number_that_fits() -> None:
    # 344 is right: the commune typed 121 for 112.
    communes = [(1000, 121, 50), (800, 130, 40), (700, 102, 30)]
    (finding,) = found(check_children_sum, *district((2500, 344, 120), communes))
    assert "khớp nếu 07192 là 112 thay vì 121" in finding.message()


def test_a_difference_that_fits_two_communes_names_neither() -> None:
    same = [(1000, 112, 50), (800, 112, 40), (700, 98, 30)]
    (finding,) = found(check_children_sum, *district((2500, 322 + 112, 120), same))
    assert "bằng đúng" not in finding.message()


def test_a_missing_commune_is_u008_and_no_sum_is_taken() -> None:
    rows = district((2500, 340, 120), COMMUNES[:2], CO_TO_COMMUNES[:2])
    assert codes(run_checks(context(read(*rows)))) == ["U008"]


def test_a_commune_without_a_figure_leaves_that_column_alone() -> None:
    own, first, *others = district((2500, 999, 121), COMMUNES)
    unknown = observed(first.unit_code, counts=(1000, None, 50), parent=CO_TO)
    assert [finding.column for finding in found(check_children_sum, own, unknown, *others)] == ["near_poor_households"]


def test_villages_are_summed_to_their_commune() -> None:
    villages = [
        observed(f"07195-thon-{number}", counts=(100, 10, number), parent="07195", level=Level.VILLAGE)
        for number in (1, 2)
    ]
    assert found(check_children_sum, observed("07195", counts=(200, 20, 3)), *villages) == []
    (finding,) = found(check_children_sum, observed("07195", counts=(200, 30, 3)), *villages)
    assert (finding.kind.code, finding.difference) == ("S001", 10)


def test_a_printed_total_that_differs_is_s002_and_not_s001_as_well() -> None:
    reading = read_form(district((2500, 341, 120), COMMUNES), CO_TO, own_total=0)
    reading.totals += total("Tổng cộng (I + II)", 341, [("a", 112), ("b", 130), ("c", 98)]).totals
    assert codes(run_checks(context(reading))) == ["S002"]


def test_a_form_that_disagrees_with_the_forms_of_its_communes_is_s001() -> None:
    reading = read_form(district((2500, 341, 120), COMMUNES)[:1], CO_TO, own_total=0)
    index = reading.observations.add_table(reading.observations.tables[0])
    for row in district((2500, 341, 120), COMMUNES)[1:]:
        reading.observations.append(index, (9,), row)
    assert codes(run_checks(context(reading))) == ["S001"]


def said_of(printed: int, *parts: int | None, of_sections: bool = False) -> list[Finding]:
    named = [(f"Xã {letter}", part) for letter, part in zip("ABCDEF", parts, strict=False)]
    return list(check_printed_totals(context(total("Tổng cộng", printed, named, of_sections=of_sections))))


def test_a_printed_total_that_fits_is_sound() -> None:
    assert said_of(340, 112, 130, 98) == []
    assert said_of(0, 0) == []


def test_a_printed_total_one_off_is_found_in_its_cell() -> None:
    (finding,) = said_of(341, 112, 130, 98)
    assert (finding.kind.code, finding.origin.cell, finding.difference) == ("S002", "E20", 1)
    assert finding.message() == (
        "Dòng “Tổng cộng”, số hộ nghèo: ghi 341, cộng các dòng được 340, chênh lệch 1"
    )  # no cause is invented


def test_a_printed_total_names_the_row_its_formula_forgot() -> None:
    (finding,) = said_of(242, 112, 130, 98)
    assert "bằng đúng số của Xã C: có thể bị bỏ sót" in finding.message()


def test_a_total_over_a_row_without_a_figure_is_left_to_that_row() -> None:
    assert said_of(341, 112, None, 98) == []


def test_a_total_without_rows_is_no_total() -> None:
    assert said_of(341) == []


def test_urban_and_rural_that_make_the_total_are_sound() -> None:
    assert said_of(1500, 120, 1380, of_sections=True) == []


def test_a_total_that_forgot_the_urban_section_is_s003_with_both_parts() -> None:
    (finding,) = said_of(1380, 120, 1380, of_sections=True)
    assert (finding.kind.code, finding.expected, finding.difference) == ("S003", 1500, -120)
    assert "Thành thị 120 + nông thôn 1.380 = 1.500" in finding.message()
    assert "bằng đúng số của Xã A: có thể bị bỏ sót" in finding.message()


def test_urban_and_rural_one_off_is_s003_without_a_cause() -> None:
    (finding,) = said_of(1501, 120, 1380, of_sections=True)
    assert (finding.kind.code, finding.difference) == ("S003", 1)
    assert finding.message().endswith("chênh lệch 1")


def test_a_section_alone_is_an_ordinary_total() -> None:
    assert codes(said_of(1381, 1380, of_sections=True)) == ["S002"]


def summed_row(label: str, poor: int, rate: str = "", households: int = 1000) -> SummedRow:
    """A row of a sum, with the rate that is printed in it."""
    printed = read_rate(rate)
    rates = (
        [RateBesideCounts("", label, 2023, Measure.POOR, printed, rate, poor, households, Origin("a"))]
        if printed
        else []
    )
    return SummedRow(label, {"poor_households": poor}, rates)


def hint(total: SummedRow, *parts: SummedRow) -> str:
    return likely_cause("poor_households", total, parts).vi


@given(st.lists(st.integers(1, 500), min_size=2, max_size=3, unique=True), st.data())
def test_of_few_parts_the_one_left_out_is_always_named(parts: list[int], data: st.DataObject) -> None:
    left_out = data.draw(st.sampled_from(parts))
    rows = [summed_row(f"Xã {part}", part) for part in parts]
    assert f"Xã {left_out}: " in hint(summed_row("Tổng", sum(parts) - left_out), *rows)
    assert f"Xã {left_out}: " in hint(summed_row("Tổng", sum(parts) + left_out), *rows)


MANY = [84, 100, 262, 138, 231, 120, 190, 160, 140, 152, 130]


def test_of_many_parts_one_that_has_the_difference_in_one_column_is_chance() -> None:
    rows = [summed_row(f"Xã {part}", part) for part in MANY]
    assert hint(summed_row("Tổng", sum(MANY) + 231), *rows) == ""


def test_of_many_parts_the_one_that_is_left_out_in_every_column_is_named() -> None:
    rows = [SummedRow(f"Xã {part}", {"households": 5 * part, "poor_households": part}) for part in MANY]
    total = SummedRow("Tổng", {"households": 5 * (sum(MANY) - 231), "poor_households": sum(MANY) - 231})
    assert hint(total, *rows) == "; bằng đúng số của Xã 231: có thể bị bỏ sót"


def test_a_part_whose_rate_speaks_against_its_count_is_named_before_one_that_has_the_difference() -> None:
    rows = [summed_row("Xã A", 26, "26,2"), summed_row("Xã B", 236, "23,6"), summed_row("Xã C", 90, "9,0")]
    assert hint(summed_row("Tổng", 26 + 236 + 90 + 236), *rows) == (
        "; khớp nếu Xã A là 262 thay vì 26 (đúng với tỷ lệ ghi ở dòng đó)"
    )


def test_a_total_whose_own_rate_agrees_with_it_did_not_leave_a_part_out() -> None:
    rows = [summed_row("Xã A", 112), summed_row("Xã B", 130)]
    assert hint(summed_row("Tổng", 130, "13,0"), *rows) == ""
    assert hint(summed_row("Tổng", 130, "24,2"), *rows) == "; bằng đúng số của Xã A: có thể bị bỏ sót"


def test_digits_that_seem_swapped_in_one_of_many_parts_are_chance() -> None:
    rows = [summed_row(f"Xã {part}", part) for part in MANY]
    assert hint(summed_row("Tổng", sum(MANY) + 9), *rows) == ""
    rates = [summed_row(f"Xã {part}", part, f"{part / 10}") for part in MANY]
    assert hint(summed_row("Tổng", sum(MANY) + 9), *rates) == ""
