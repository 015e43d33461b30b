"""Totals are kept: whatever the dates, every household is counted once, placed or named as not placed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from thidua_cli.measure.rebase import rebase
from thidua_cli.model import Basis, Series, Unit, YearFigures
from thidua_cli.units.changes import Households, bundled_changes
from thidua_cli.units.lineage import Extent, Lineage
from thidua_cli.units.tables import REFORM_DAY, bundled

YEARS = (2021, 2022, 2023, 2024)
DAYS = [date(2022, 12, 31), date(2023, 12, 31), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)]
COUNTS = ("households", "poor_households", "near_poor_households")
END_2024 = date(2024, 12, 31)
END_2025 = date(2025, 12, 31)


@cache
def communes(day: date) -> tuple[Unit, ...]:
    """All units that report households below a district, and the island districts that have no commune."""
    tables = bundled()
    islands = [unit for unit in tables.districts(day) if not tables.children(unit.code, day)]
    return (*tables.communes(day), *islands)


def random_series(year: int, seed: int) -> list[Series]:
    numbers, day = Random(seed), date(year, 12, 31)
    found = []
    for unit in communes(day):
        values = (numbers.randrange(5000), numbers.randrange(900), numbers.randrange(900))
        figures = YearFigures(year, dict(zip(COUNTS, values, strict=True)))
        found.append(Series(unit.code, unit.name, unit.level, unit.parent_code, {year: figures}))
    return found


def province_of_today(code: str, day: date) -> str:
    """The province of July 2025 that a unit's province went into."""
    tables = bundled()
    province = tables.province_of(code, day) or ""
    changes = bundled_changes().leaving(province, day, END_2025)
    return changes[-1].to_code if changes else province


def totals(values: Sequence[tuple[str, Mapping[str, int]]]) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for province, counts in values:
        sums[province].update(counts)
        sums["VN"].update(counts)
    return sums


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(YEARS), st.sampled_from(DAYS), st.integers(0, 10**6))
def test_every_total_is_kept_with_divided_units_counted_once(year: int, day: date, seed: int) -> None:
    start = date(year, 12, 31)
    if day < start:
        start, day = day, start
        year = start.year
    before = random_series(year, seed)
    after = rebase(before, bundled(), Lineage(bundled(), bundled_changes()), day)
    placed, divided = [], {}
    for one in after:
        figures = one.years[year]
        assert not figures.missing_children
        placed.append((province_of_today(one.unit_code, day), figures.placed if figures.divided else figures.counts))
        divided.update({part.unit.unit_code: part.counts for part in figures.divided})

    given_out = [(province_of_today(one.unit_code, start), one.years[year].counts) for one in before]
    unplaced = [(province_of_today(code, start), counts) for code, counts in divided.items()]

    assert totals(given_out) == totals([*placed, *unplaced])


def test_a_second_plain_implementation_gives_the_same_sums_for_all_exact_communes() -> None:
    """Straight from the pairs of the reform: a commune is exact where every pair with people takes all of them."""
    pairs = [one for one in bundled_changes() if one.day == REFORM_DAY and len(one.to_code) == 5]
    of_new: dict[str, list[tuple[str, Households]]] = defaultdict(list)
    for pair in pairs:
        if pair.households is not Households.NONE:
            of_new[pair.to_code].append((pair.from_code, pair.households))
    all_people = {Households.ALL, Households.ALL_PRESUMED}
    exact = {new: [old for old, _ in olds] for new, olds in of_new.items() if {how for _, how in olds} <= all_people}
    numbers = Random(0)
    counts = {unit.code: numbers.randrange(5000) for unit in communes(date(2025, 6, 30))}

    tables = bundled()
    eve = date(2025, 6, 30)
    lineage = Lineage(tables, bundled_changes())
    found = {unit.code: lineage.sources(unit.code, END_2025, eve) for unit in tables.communes(END_2025)}
    whole = {
        code: sum(counts[source.code] for source in sources)
        for code, sources in found.items()
        if all(source.extent is Extent.WHOLE for source in sources)
    }

    assert len(exact) == 2935
    assert whole == {new: sum(counts[old] for old in olds) for new, olds in exact.items()}


def test_all_units_of_2021_lead_to_units_of_today() -> None:
    lineage = Lineage(bundled(), bundled_changes())

    nowhere = [
        unit.name
        for unit in communes(date(2021, 12, 31))
        if not all(one.code for one in lineage.destinations(unit.code, date(2021, 12, 31), END_2025))
    ]

    assert nowhere == []


def test_provinces_of_today_are_sums_of_whole_provinces() -> None:
    tables = bundled()
    before = [
        Series(unit.code, unit.name, unit.level, "", {2024: YearFigures(2024, {"households": number})})
        for number, unit in enumerate(tables.provinces(END_2024), start=1)
    ]

    after = rebase(before, tables, Lineage(tables, bundled_changes()), END_2025)

    assert len(after) == 34
    assert sum(one.years[2024].counts["households"] for one in after) == 63 * 64 // 2
    assert sum(one.years[2024].basis is Basis.REBASED for one in after) == 23
