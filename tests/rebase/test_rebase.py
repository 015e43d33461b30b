"""Series on other boundaries, on small invented worlds: every sum by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.rebase.cases import (
    ALL,
    END_2024,
    END_2025,
    MERGER,
    NONE,
    PART,
    REFORM,
    World,
    change,
    series,
    unit,
)
from thidua_cli.measure.rebase import rebase
from thidua_cli.model import Basis, Level, Part, Series, Status, Unit
from thidua_cli.units.changes import Change, Changes, Households
from thidua_cli.units.lineage import Lineage

NAMES = ("households", "poor_households", "near_poor_households")


def on(day: date, units: list[Unit], changes: list[Change], given: list[Series]) -> dict[str, Series]:
    world = World(units)
    return {one.unit_code: one for one in rebase(given, world, Lineage(world, Changes(changes)), day)}


def counts(one: Series, year: int) -> tuple[int | None, ...]:
    return tuple(one.years[year].counts.get(name) for name in NAMES)


MERGED = [unit("00001", end=MERGER, name="Xã An"), unit("00002", end=MERGER), unit("00002", MERGER, name="Xã An Bình")]
INTO_TWO = [change("00001", "00002", ALL)]


def test_merged_units_are_summed_and_named() -> None:
    given = [series("00001", {2023: (100, 10, 5)}), series("00002", {2023: (200, 30, 7), 2024: (310, 35, 11)})]

    (merged,) = on(END_2024, MERGED, INTO_TWO, given).values()

    assert (merged.unit_code, merged.unit_name) == ("00002", "Xã An Bình")
    assert counts(merged, 2023) == (300, 40, 12)
    assert counts(merged, 2024) == (310, 35, 11)
    assert merged.years[2023].basis is Basis.REBASED
    assert merged.years[2024].basis is Basis.REPORTED
    assert merged.years[2023].merged == (Part("00001", "Xã An"), Part("00002", "Xã 00002"))
    assert merged.years[2023].rows == (13, 23)
    assert merged.years[2023].is_comparable_with(merged.years[2024])


def test_a_count_is_summed_only_where_every_part_holds_it() -> None:
    given = [series("00001", {2023: (100, 10)}), series("00002", {2023: (200, 30, 7)})]

    (merged,) = on(END_2024, MERGED, INTO_TWO, given).values()

    assert counts(merged, 2023) == (300, 40, None)


def test_a_part_without_figures_is_named_and_nothing_is_summed() -> None:
    (merged,) = on(END_2024, MERGED, INTO_TWO, [series("00002", {2023: (200, 30, 7)})]).values()

    assert merged.years[2023].counts == {}
    assert merged.years[2023].missing_children == ("00001",)


def test_one_preliminary_part_makes_the_sum_preliminary() -> None:
    first, second = series("00001", {2023: (100, 10, 5)}), series("00002", {2023: (200, 30, 7)})
    first = replace(first, years={2023: replace(first.years[2023], status=Status.PRELIMINARY)})

    (merged,) = on(END_2024, MERGED, INTO_TWO, [first, second]).values()

    assert merged.years[2023].status is Status.PRELIMINARY


def test_parts_on_different_poverty_lines_conflict() -> None:
    first, second = series("00001", {2021: (100, 10, 5)}), series("00002", {2021: (200, 30, 7)})
    first = replace(first, years={2021: replace(first.years[2021], poverty_line="2016-2020")})

    (merged,) = on(END_2024, MERGED, INTO_TWO, [first, second]).values()

    assert merged.years[2021].conflicting
    assert merged.years[2021].counts == {}


DIVIDED = [unit("00001", end=MERGER, name="Xã An"), unit("00002"), unit("00003")]
IN_TWO = [change("00001", "00002", PART), change("00001", "00003", PART)]


def test_a_divided_unit_leaves_its_successors_between_two_extremes() -> None:
    given = [
        series("00001", {2023: (100, 10, 5)}),
        series("00002", {2023: (200, 30, 7)}),
        series("00003", {2023: (9, 1, 1)}),
    ]

    found = on(END_2024, DIVIDED, IN_TWO, given)

    assert sorted(found) == ["00002", "00003"]
    figures = found["00002"].years[2023]
    assert figures.counts == {}
    assert figures.placed == dict(zip(NAMES, (200, 30, 7), strict=True))
    assert figures.merged == (Part("00002", "Xã 00002"),)
    (part,) = figures.divided
    assert part.unit == Part("00001", "Xã An")
    assert part.counts == dict(zip(NAMES, (100, 10, 5), strict=True))
    assert part.successors == (Part("00002", "Xã 00002"), Part("00003", "Xã 00003"))
    assert part.on == MERGER
    assert part.evidence == "1/NQ"


def test_area_without_people_changes_no_figure() -> None:
    units = [unit("00001"), unit("00002")]

    found = on(END_2024, units, [change("00001", "00002", NONE)], [series("00002", {2023: (200, 30, 7)})])

    assert counts(found["00002"], 2023) == (200, 30, 7)
    assert found["00002"].years[2023].basis is Basis.REPORTED


def test_a_commune_that_changed_district_keeps_its_figures_under_the_new_one() -> None:
    units = [unit("00001", end=MERGER, parent="001"), unit("00001", MERGER, parent="002")]

    found = on(
        END_2024, units, [change("00001", "00001", Households.SAME)], [series("00001", {2023: (9, 1, 1)}, "001")]
    )

    assert found["00001"].parent_code == "002"
    assert counts(found["00001"], 2023) == (9, 1, 1)


def test_a_retyped_unit_keeps_its_figures_under_the_new_name() -> None:
    units = [unit("00001", end=MERGER, name="Xã An"), unit("00001", MERGER, name="Phường An")]

    found = on(END_2024, units, [change("00001", "00001", Households.SAME)], [series("00001", {2023: (9, 1, 1)})])

    assert found["00001"].unit_name == "Phường An"
    assert counts(found["00001"], 2023) == (9, 1, 1)
    assert found["00001"].years[2023].basis is Basis.REPORTED


def test_an_island_district_goes_on_as_a_special_zone() -> None:
    units = [unit("471", end=REFORM, name="Huyện Cồn Cỏ"), unit("19742", REFORM, name="Đặc khu Cồn Cỏ")]

    found = on(END_2025, units, [change("471", "19742", ALL, REFORM)], [series("471", {2024: (150, 3, 2)})])

    assert found["19742"].level is Level.COMMUNE
    assert counts(found["19742"], 2024) == (150, 3, 2)
    assert found["19742"].years[2024].merged == (Part("471", "Huyện Cồn Cỏ"),)


def test_a_new_commune_may_draw_on_two_old_districts() -> None:
    units = [
        unit("00001", end=REFORM, parent="001"),
        unit("00002", end=REFORM, parent="002"),
        unit("00001", REFORM, parent="01"),
        unit("001", end=REFORM, parent="01"),
        unit("002", end=REFORM, parent="01"),
        unit("01"),
    ]
    pairs = [change("00001", "00001", ALL, REFORM), change("00002", "00001", ALL, REFORM)]
    given = [series("00001", {2024: (100, 10, 5)}, "001"), series("00002", {2024: (50, 5, 1)}, "002")]

    found = on(END_2025, units, pairs, given)

    assert counts(found["00001"], 2024) == (150, 15, 6)
    assert found["00001"].parent_code == "01"


def test_provinces_are_summed_when_they_merge() -> None:
    units = [unit("01", end=REFORM), unit("02", end=REFORM), unit("02", REFORM)]
    pairs = [change("01", "02", ALL, REFORM), change("02", "02", ALL, REFORM)]

    found = on(END_2025, units, pairs, [series("01", {2024: (1000, 90, 50)}), series("02", {2024: (500, 10, 5)})])

    assert list(found) == ["02"]
    assert counts(found["02"], 2024) == (1500, 100, 55)


def test_a_district_has_ended_with_its_tier_and_keeps_what_was_reported() -> None:
    units = [unit("001", end=REFORM, parent="01"), unit("01")]

    found = on(END_2025, units, [], [series("001", {2024: (100, 10, 5)})])

    assert found["001"].ended_on == REFORM
    assert counts(found["001"], 2024) == (100, 10, 5)


GAINS_A_COMMUNE = [
    unit("001", parent="01"),
    unit("002", parent="01"),
    unit("00001", parent="001"),
    unit("00002", end=MERGER, parent="001"),
    unit("00002", MERGER, parent="002"),
    unit("00003", parent="002"),
]
ONE_MOVES = [change("001", "002", PART), change("00002", "00002", Households.SAME)]


def test_a_district_that_passed_a_commune_on_is_summed_from_its_communes() -> None:
    given = [
        series("001", {2023: (300, 30, 3)}, "01"),
        series("002", {2023: (50, 5, 5)}, "01"),
        series("00001", {2023: (100, 10, 1)}, "001"),
        series("00002", {2023: (200, 20, 2)}, "001"),
        series("00003", {2023: (50, 5, 5)}, "002"),
    ]

    found = on(END_2024, GAINS_A_COMMUNE, ONE_MOVES, given)

    assert counts(found["001"], 2023) == (100, 10, 1)
    assert counts(found["002"], 2023) == (250, 25, 7)


def test_without_its_communes_such_a_district_is_between_two_extremes() -> None:
    given = [series("001", {2023: (300, 30, 3)}, "01"), series("002", {2023: (50, 5, 5)}, "01")]

    found = on(END_2024, GAINS_A_COMMUNE, ONE_MOVES, given)

    assert found["002"].years[2023].placed == dict(zip(NAMES, (50, 5, 5), strict=True))
    assert [part.unit.unit_code for part in found["002"].years[2023].divided] == ["001"]


def test_later_figures_are_taken_back_only_to_a_unit_nothing_happened_to() -> None:
    units = [unit("00001"), *MERGED[1:], unit("00003", end=MERGER)]
    given = [series("00001", {2024: (1, 0, 0)}), series("00002", {2023: (200, 30, 7), 2024: (310, 35, 11)})]

    found = on(date(2023, 12, 31), units, [change("00003", "00002", ALL)], given)

    assert counts(found["00001"], 2024) == (1, 0, 0)
    assert counts(found["00002"], 2023) == (200, 30, 7)
    assert found["00002"].years[2024].counts == {}
    assert found["00002"].years[2024].formed_on == MERGER


def test_a_presumed_merger_is_marked() -> None:
    given = [series("00001", {2023: (100, 10, 5)}), series("00002", {2023: (200, 30, 7)})]

    (merged,) = on(END_2024, MERGED, [change("00001", "00002", Households.ALL_PRESUMED)], given).values()

    assert merged.years[2023].presumed
    assert counts(merged, 2023) == (300, 40, 12)


def test_the_order_of_years_and_changes_does_not_matter() -> None:
    """A unit gives up a part between two year-ends: before it the figures are a range, after it they are its own."""
    units = [unit("00001"), unit("00002")]
    given = [
        series("00001", {2023: (100, 10, 5), 2024: (90, 9, 4)}),
        series("00002", {2023: (50, 5, 1), 2024: (60, 6, 2)}),
    ]

    found = on(date(2025, 6, 30), units, [change("00001", "00002", PART)], given)

    assert found["00001"].years[2023].divided
    assert counts(found["00001"], 2024) == (90, 9, 4)
    assert counts(found["00002"], 2024) == (60, 6, 2)
