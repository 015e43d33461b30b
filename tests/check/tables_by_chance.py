"""Tables by chance, of real units and invented counts, with every fault planted that the checks of rows know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import Final, NamedTuple

from thidua_cli.model import Level, Status, Unit
from thidua_cli.normalise.files_read import FilesRead, TableRead
from thidua_cli.observations import Observation, Observations, TableOrigin
from thidua_cli.units.tables import boundary_day, bundled

TABLES: Final = 72
PROVINCES: Final = ("11", "22", "48", "75")
"""Điện Biên, of which totals were published; Quảng Ninh, Đà Nẵng and Đồng Nai, whose communes changed twice."""
LINES: Final = ("2016-2020", "2022-2025", "2026-2030")
FORMS: Final = ("canonical", "mau-08", "mau-09")
POOR: Final = ("poor_to_near_poor", "poor_to_non_poor", "poor_decrease_other", "poor_from_near_poor", "poor_relapsed")
CAME: Final = ("poor_new", "poor_increase_other")
POOR_COLUMNS: Final = frozenset({"poor_opening", "near_poor_from_poor", *POOR, *CAME})


class Plan(NamedTuple):
    """How one table is made."""

    chance: Random
    years: range
    faults: float
    """How often something is wrong in a row."""

    def is_wrong(self, share: float = 1.0) -> bool:
        return self.chance.random() < self.faults * share


@lru_cache(maxsize=64)
def children(parent: str, year: int) -> tuple[Unit, ...]:
    return bundled().reporting_children(parent, boundary_day(year))


def units_of(plan: Plan, province: str) -> Iterator[tuple[int, Unit]]:
    """Yield year-end and unit: the province at times, some districts with their communes, or the communes alone."""
    place, has_province = plan.chance.randrange(1, 8), plan.chance.random() < 0.6
    some = sorted({unit.parent_code for year in plan.years for unit in communes(province, year)})
    chosen = set(plan.chance.sample(some, min(len(some), 2)))
    for year in plan.years:
        of_year = year + plan.chance.choice((-1, 1)) if plan.chance.random() < 0.1 else year  # the list of another year
        if has_province and (unit := bundled().get(province, boundary_day(year))) is not None:
            yield year, unit
        for above in children(province, of_year):
            if above.level is Level.DISTRICT and (above.code in chosen or place == 2):
                yield year, above
        mixed = communes(province, year) if plan.chance.random() < 0.5 else ()
        for commune in {unit.code: unit for unit in (*mixed, *communes(province, of_year))}.values():
            if commune.parent_code in chosen or (commune.parent_code == province and place == 1):
                yield year, commune


@lru_cache(maxsize=64)
def communes(province: str, year: int) -> tuple[Unit, ...]:
    return bundled().communes(boundary_day(year), province)


def counts_of(plan: Plan, before: dict[str, int] | None) -> dict[str, int]:
    """Return the counts of a year-end, that go on from those before; something is wrong with them at times."""
    chance = plan.chance
    grown = chance.randrange(-9, 20)
    households = chance.randrange(300, 900) if before is None else max(0, before["households"] + grown)
    opening = chance.randrange(60, 120) if before is None else before["poor_households"]
    moved = dict(zip(POOR + CAME, (chance.randrange(8) for _ in POOR + CAME), strict=True))
    poor = opening - sum(moved[name] for name in POOR[:3]) + sum(moved[name] for name in (*POOR[3:], *CAME))
    counts = {"households": households, "poor_households": max(0, poor), "near_poor_households": chance.randrange(40)}
    counts |= {"minority_households": households // 2, "minority_poor_households": counts["poor_households"] // 3}
    if chance.random() < 0.9:
        counts |= {"poor_opening": opening, **moved, "near_poor_from_poor": moved["poor_to_near_poor"]}
    if plan.is_wrong():
        name = chance.choice(list(counts))
        counts[name] = chance.choice((counts[name] * 10, counts[name] + 7, 0, households + 1))
    return {name: count for name, count in counts.items() if not plan.is_wrong(0.1)}


def spoilt(plan: Plan, row: Observation) -> Iterator[Observation]:
    """Yield a row with what may be wrong about it: its unit, its line, its status, that it is gone, or there again."""
    chance = plan.chance
    if plan.is_wrong(0.5):
        return
    changes: list[dict[str, object]] = [
        {"unit_code": row.unit_code.lstrip("0") or "9"},
        {"unit_code": f"{chance.randrange(100_000):05}"},
        {"unit_name": chance.choice(("Xã Không Có", "", row.unit_name.lower()))},
        {"parent_code": chance.choice(("", "207", "11", "VN"))},
        {"poverty_line": chance.choice(LINES)},
        {"status": Status.PRELIMINARY},
    ]
    if plan.is_wrong(0.6):
        row = replace(row, **chance.choice(changes))  # type: ignore[arg-type]
    yield row
    if plan.is_wrong(0.6):
        another = replace(row, counts=counts_of(plan, None)) if chance.random() < 0.7 else row
        yield replace(another, **chance.choice(changes)) if chance.random() < 0.7 else another  # type: ignore[arg-type]


def villages(plan: Plan, row: Observation) -> Iterator[Observation]:
    """Yield the villages of a commune, which sum to it most often."""
    shares = [{name: count // 2 for name, count in row.counts.items()}]
    shares.append({name: count - shares[0][name] for name, count in row.counts.items()})
    for number, counts in enumerate(shares, start=1):
        is_told = not plan.is_wrong(0.2)
        code = f"{row.unit_code}-{number:03}" if is_told else f"thon-{number}"
        named = replace(row, unit_code=code, unit_name=f"Thôn {number}", level=Level.VILLAGE, counts=counts)
        yield replace(named, parent_code=row.unit_code if not plan.is_wrong(0.2) else "")


def rows_of(plan: Plan, province: str) -> list[Observation]:
    """Return sound rows, in the order of years; the parents among them are the sums of their children most often."""
    before: dict[str, dict[str, int]] = {}
    line, rows = plan.chance.choice(LINES[:2]), list[Observation]()
    for year, unit in units_of(plan, province):
        known = before.get(unit.code)
        counts = counts_of(plan, known if known and {"households", "poor_households"} <= known.keys() else None)
        before[unit.code] = counts
        of_year = line if year < 2025 or plan.chance.random() < 0.9 else LINES[2]
        rows.append(
            Observation(unit.code, year, unit.name, unit.level, unit.parent_code, of_year, Status.FINAL, counts)
        )
    return summed(rows, plan)


def summed(rows: list[Observation], plan: Plan) -> list[Observation]:
    sums: dict[tuple[str, int], Counter[str]] = {}
    for row in rows:
        sums.setdefault((row.parent_code, row.year), Counter()).update(row.counts)
    return [
        replace(row, counts=dict(total))
        if (total := sums.get((row.unit_code, row.year))) and not plan.is_wrong()
        else row
        for row in rows
    ]


def on_form(plan: Plan, rows: list[Observation], form: str) -> Iterator[Observation]:
    """Yield the rows as they stand on a form, with villages below their communes at times, and what is wrong there."""
    has_villages = plan.chance.random() < 0.2
    for row in rows:
        named = [name for name in row.counts if form == "canonical" or (name in POOR_COLUMNS) is (form == "mau-09")]
        kept = {*named, "poor_households"} if form == "mau-09" else set(named)
        of_form = replace(row, counts={name: count for name, count in row.counts.items() if name in kept})
        yield from spoilt(plan, of_form)
        if has_villages and row.level is Level.COMMUNE:
            yield from (each for village in villages(plan, of_form) for each in spoilt(plan, village))


def table(seed: int) -> FilesRead:
    """Return what was read of two tables, by a number that stands for all that is left to chance."""
    chance = Random(seed)
    first = chance.randrange(2021, 2025)
    plan = Plan(chance, range(first, first + chance.randrange(1, 5)), chance.choice((0.0, 0.02, 0.1, 0.3)))
    province, reading = chance.choice(PROVINCES), FilesRead()
    sound = rows_of(plan, province)
    for form in chance.sample(FORMS, 2):
        rows = list(on_form(plan, sound, form))
        if chance.random() < 0.5:
            chance.shuffle(rows)
        of_table, start = Observations(), len(reading.observations)
        index = of_table.add_table(TableOrigin(f"{form}.xlsx", "1", form, {"unit_name": 2, "households": 3}))
        for number, row in enumerate(rows, start=9):
            of_table.append(index, (number,), row)
        reading.observations.extend(of_table)
        unit = bundled().get(province, boundary_day(first)) if form != "canonical" else None
        reading.tables.append(TableRead(len(reading.tables), form, None, unit, start, len(rows)))
    return reading
