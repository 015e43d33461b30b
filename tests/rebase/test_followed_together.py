"""Units followed all at once, and sums made in one go: what asking about each unit gives them, too."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from thidua_cli.measure import rebase as module
from thidua_cli.measure.joining import Pieces, joined, joined_whole
from thidua_cli.model import Part, Series, Status, YearFigures, year_end
from thidua_cli.units.changes import bundled_changes
from thidua_cli.units.crossings import Crossings
from thidua_cli.units.lineage import Extent, Lineage
from thidua_cli.units.tables import bundled

from .test_untouched import brought, province

DAYS = [
    date(2021, 7, 1),
    date(2022, 12, 31),
    date(2024, 11, 30),
    date(2024, 12, 31),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 12, 31),
    date(2026, 9, 25),
]


def both_ways(series: list[Series], day: date, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Series], list[Series]]:
    monkeypatch.setattr(module, "_MANY", 10**9)
    each = brought(series, day)
    monkeypatch.setattr(module, "_MANY", 0)
    return brought(series, day), each


@pytest.mark.parametrize("code", ["40", "38", "27", "01", "48", "79"])
def test_units_followed_together_end_where_each_ends_alone(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[Crossings]()
    start = Crossings.__init__

    def counted(self: Crossings, *given: object) -> None:
        start(self, *given)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(Crossings, "__init__", counted)
    random = Random(code)
    series = province(code, random.choice([[2021, 2022, 2023, 2024], [2020, 2021, 2024, 2025], [2022, 2025]]), random)
    rebased = list[Series]()
    for day in DAYS:
        together, each = both_ways(series, day, monkeypatch)
        assert together == each
        rebased += together
    assert len(made) > len(DAYS) // 2
    assert any(own.merged for unit in rebased for own in unit.years.values())


def test_what_a_unit_is_made_of_is_the_same_asked_alone_and_together() -> None:
    tables, changes = bundled(), bundled_changes()
    years, until = {year: year_end(year) for year in (2021, 2022, 2023, 2024)}, date(2025, 12, 31)
    codes = [unit.code for unit in tables.rows_within("01")]
    crossings, lineage = Crossings(Lineage(tables, changes), tables, codes, years, until), Lineage(tables, changes)
    standing = [unit for unit in tables.rows_within("01") if unit.stands_on(until)]
    assert len(standing) > 100
    extents = set[Extent]()
    for unit in standing:
        for span, sources in crossings.sources(unit.code, list(years)):
            for year in span:
                assert sources == lineage.sources(unit.code, until, years[year])
                extents |= {source.extent for source in sources}
    assert extents >= {Extent.WHOLE, Extent.PART}


def figures(random: Random, number: int) -> YearFigures | None:
    if random.random() < 0.03:
        return None
    names = random.choice([("households", "poor_households")] * 8 + [("poor_households", "households"), (), ("b",)])
    return YearFigures(
        2024,
        {name: random.randrange(99) for name in names},
        status=random.choice([Status.FINAL] * 9 + [Status.PRELIMINARY]),
        poverty_line=random.choice(["2022-2025"] * 9 + ["2016-2020"]),
        rows=(random.randrange(99), number),
        missing_children=random.choice([(), ("x",)]),
        conflicting=random.random() < 0.03,
        assumed_complete=random.random() < 0.05,
        line_is_assumed=random.random() < 0.05,
    )


def test_whole_units_are_summed_alike_with_and_without_a_look_at_how_they_differ() -> None:
    random, in_one_go = Random(7), 0
    for _ in range(2_000):
        merged = tuple(Part(f"{number:05}", str(number)) for number in range(random.randint(1, 4)))
        whole = [figures(random, number) for number in range(len(merged))]
        since = random.choice([None, date(2025, 7, 1)])
        expected = joined(2024, Pieces(merged, whole, (), (), merged[:1]), since)
        assert joined_whole(2024, merged, whole, merged[:1], since) == expected
        in_one_go += bool(expected.counts)
    assert 200 < in_one_go < 1_900
