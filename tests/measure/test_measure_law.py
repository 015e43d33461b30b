"""What `measure` gives is what its documents say, taken anew by the letter and without any haste, on random tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from tests.measure.cases import SmallTables
from thidua_cli.measure.series import measure
from thidua_cli.model import COUNTRY_CODE, COUNTS, REQUIRED_COUNTS, Basis, Level, Status, YearFigures, year_end
from thidua_cli.normalise.forms.report_parts import replaced_rows
from thidua_cli.observations import Observation, Observations

TABLES: Final = SmallTables(
    {
        "49": "",
        "50": "",
        "501": "49",
        "502": "49",
        "503": "50",
        "20001": "501",
        "20002": "501",
        "20003": "502",
        "20004": "502",
        "20005": "503",
        "20009": "501",
        "20010": "50",
        "20011": "50",
        "20012": "50",
    },
    {"20009": date(2022, 6, 30)},
)
LEVELS: Final = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
OFFICIAL: Final = ("49", "50", "501", "502", "503", "20001", "20002", "20003", "20004", "20005", "20009", "20010")
CODES: Final = (*OFFICIAL, "20011", "20012", COUNTRY_CODE, "", "20001-a", "20001-b", "20002-a", "99999")
OPENINGS: Final = ("poor_opening", "near_poor_opening")


@dataclass
class Known:
    """What is known of one unit and year-end, as the test has it."""

    level: Level
    parent: str
    counts: dict[str, int]
    line: str
    is_early: bool
    rows: set[int]
    basis: Basis = Basis.REPORTED
    conflicting: bool = False
    missing: frozenset[str] = frozenset()
    unproven: bool = False
    line_is_assumed: bool = False


Table = dict[tuple[str, int], Known]


def random_table(random: Random) -> Observations:
    names = random.choice([REQUIRED_COUNTS, ("households", "poor_households", *OPENINGS), OPENINGS, ()])
    years = random.sample([2021, 2022, 2023], random.randint(1, 3))
    pool = random.choice([CODES, CODES, [code for code in CODES if len(code) == 5], ["49", "50"]])
    keys = [(code, year) for code in pool for year in years]
    keys = [
        *random.sample(keys, random.randint(len(keys) // 2, len(keys))),
        *random.choices(keys, k=random.choice([0, 4])),
    ]
    lines = random.choice([["2022-2025"], ["2022-2025"], ["2022-2025", "2016-2020"]])
    odd = random.choice([0, 0, 0.15])
    return Observations.of([random_row(random, *key, names, lines, odd) for key in keys])


def random_row(
    random: Random, code: str, year: int, names: Sequence[str], lines: Sequence[str], odd: float
) -> Observation:
    of_movement = random.random() < odd
    printed = [name for name in names if (name in OPENINGS if of_movement else random.random() >= odd)]
    prints = {"poor_rate_percent": "5.93"} if random.random() < odd else {}
    level = Level.COUNTRY if code == COUNTRY_CODE else LEVELS.get(len(code), Level.VILLAGE)
    is_early = random.random() < odd and not prints
    return Observation(
        code,
        year,
        random.choice(["", "Xã A", "Xã B"]),
        level,
        code.partition("-")[0] if level is Level.VILLAGE else "",
        random.choice(lines),
        Status.PRELIMINARY if is_early else Status.FINAL,
        {} if prints and random.random() < 0.7 else {name: random.randrange(3) for name in printed},
        prints,
        line_is_assumed=random.random() < 0.5,
    )


def resolved(numbers: Sequence[int], all_rows: Sequence[Observation]) -> Known:
    """Several rows of one unit and year-end, by the words of `resolve`."""
    code = all_rows[numbers[0]].unit_code
    newest_year = max(row.year for row in all_rows if row.unit_code == code)
    newest_lines = {row.poverty_line for row in all_rows if (row.unit_code, row.year) == (code, newest_year)}
    if len(newest_lines) == 1:
        numbers = [number for number in numbers if all_rows[number].poverty_line in newest_lines] or numbers
    rows = [all_rows[number] for number in numbers]
    torn = len({row.poverty_line for row in rows}) > 1
    counts: dict[str, int] = {}
    for status in (Status.FINAL, Status.PRELIMINARY):
        for name in COUNTS:
            values = {row.counts[name] for row in rows if row.status is status and name in row.counts}
            torn = torn or len(values) > 1
            if values:
                counts.setdefault(name, min(values))
    final = [row for row in rows if row.status is Status.FINAL]
    taken_early = {
        name
        for name in REQUIRED_COUNTS
        if any(name in row.counts for row in rows) and not any(name in row.counts for row in final)
    }
    any_counts = any(row.counts for row in all_rows)
    return Known(
        rows[0].level,
        max(row.parent_code for row in rows),
        {} if torn else counts,
        max(row.poverty_line for row in rows),
        (not final or bool(taken_early)) if any_counts else len(final) < len(rows),
        set(numbers),
        conflicting=torn,
        line_is_assumed=all(row.line_is_assumed for row in rows),
    )


def parent_of(code: str, year: int, known: Known) -> str:
    if known.level is Level.PROVINCE:
        return COUNTRY_CODE
    unit = TABLES.get(code, year_end(year)) if known.level not in (Level.VILLAGE, Level.COUNTRY) else None
    return known.parent if unit is None else unit.parent_code


def level_of(code: str) -> Level:
    return Level.COUNTRY if code == COUNTRY_CODE else LEVELS[len(code)]


def children_ever_listed(parent: str, year: int) -> frozenset[str] | None:
    if level_of(parent) is Level.COMMUNE:
        return None
    day = year_end(year)
    units = TABLES.provinces(day) if parent == COUNTRY_CODE else TABLES.children(parent, day)
    return frozenset(unit.code for unit in units) or None


def reference(observations: Observations) -> Table:
    """All that is known of every unit and year-end, by the words of `roll_up`."""
    all_rows = list(observations)
    numbers_of: dict[tuple[str, int], list[int]] = {}
    replaced = replaced_rows(observations)
    for number, row in enumerate(all_rows):
        if number not in replaced:
            numbers_of.setdefault((row.unit_code, row.year), []).append(number)
    known = {key: resolved(numbers, all_rows) for key, numbers in numbers_of.items() if key[0]}
    printing = {number for number, row in enumerate(all_rows) if row.rates}
    for level in (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY):
        families: dict[tuple[str, int], Table] = {}
        for (code, year), own in known.items():
            if (parent := parent_of(code, year, own)) and level_of(parent) is level:
                families.setdefault((parent, year), {})[code, year] = own
        for key, children in families.items():
            above = known.get(key)
            moves = above is not None and above.counts.keys() & set(OPENINGS) and "households" not in above.counts
            if moves and any("households" in child.counts for child in children.values()):
                del known[key]
        known |= sums_of(level, families, known, printing)
    return known


def sums_of(level: Level, families: Mapping[tuple[str, int], Table], known: Table, printing: set[int]) -> Table:
    sums: Table = {}
    meant: set[str] = set()
    for (parent, year), children in families.items():
        own = known.get((parent, year))
        alone = own is not None and not own.conflicting and own.basis is Basis.REPORTED and not own.counts
        if own is not None and not (alone and own.rows & printing):
            continue
        listed = children_ever_listed(parent, year)
        members = {code: child for (code, _), child in children.items() if listed is None or code in listed}
        if not members:
            continue
        number = sum(bool(child.counts) for child in members.values())
        right_below = level is Level.PROVINCE and listed is not None and len(min(listed)) == 5
        enough = max(2, -(-len(listed) // 2)) if right_below and listed else 2
        if (number == len(listed or ()) and number) or (level is not Level.COUNTRY and number >= enough):
            meant.add(parent)
        total = summed(level, members, listed)
        if own is None or total.counts:
            sums[parent, year] = total
    return {key: total for key, total in sums.items() if key[0] in meant}


def summed(level: Level, members: Mapping[str, Known], listed: frozenset[str] | None) -> Known:
    with_counts = {code for code, child in members.items() if child.counts}
    missing = frozenset(members) - with_counts if listed is None else listed - with_counts
    torn = len({child.line for child in members.values()}) > 1
    held_by_all = [name for name in COUNTS if all(name in child.counts for child in members.values())]
    return Known(
        level,
        "",
        {}
        if torn or missing
        else {name: sum(child.counts[name] for child in members.values()) for name in held_by_all},
        "" if torn else next(iter(members.values())).line,
        any(child.is_early for child in members.values()),
        {row for child in members.values() for row in child.rows},
        Basis.ROLLED_UP,
        torn,
        missing,
        listed is None or any(child.unproven for child in members.values()),
        all(child.line_is_assumed for child in members.values()),
    )


def facts(key: tuple[str, int], known: Known) -> tuple[object, ...]:
    counts, rows = [(name, known.counts[name]) for name in COUNTS if name in known.counts], tuple(sorted(known.rows))
    parent = parent_of(*key, known).replace(COUNTRY_CODE, "")
    torn = (known.basis, known.conflicting, tuple(sorted(known.missing)), known.unproven, known.line_is_assumed)
    return counts, rows, known.level, known.line, known.is_early, parent, *torn


def facts_measured(figures: YearFigures, level: Level, parent: str) -> tuple[object, ...]:
    early = figures.status is Status.PRELIMINARY
    torn = figures.basis, figures.conflicting, figures.missing_children, figures.assumed_complete
    stands = figures.poverty_line, early, parent, *torn, figures.line_is_assumed
    return list(figures.counts.items()), figures.rows, level, *stands


def kinds_of(code: str, known: Known) -> list[str]:
    is_sum = known.basis is Basis.ROLLED_UP
    kinds = {
        "sum": is_sum and known.counts,
        "sum that lacks a child": known.missing,
        "sum on two lines": is_sum and known.conflicting,
        "unproven sum": known.unproven and known.counts,
        "rows in conflict": not is_sum and known.conflicting,
        "rows together": not is_sum and len(known.rows) > 1 and known.counts,
        "early": known.is_early,
        "country": is_sum and code == COUNTRY_CODE and known.counts,
    }
    return [name for name, holds in kinds.items() if holds]


def test_measuring_random_tables_gives_what_the_documents_say() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(400):
        observations = random_table(Random(seed))
        known = reference(observations)
        units = {unit.unit_code: unit for unit in measure(observations, TABLES)}
        assert {(code, year) for code, unit in units.items() for year in unit.years} == known.keys(), seed
        for (code, year), own in known.items():
            unit = units[code]
            figures, is_newest = unit.years[year], year == max(unit.years)
            parent = unit.parent_code if is_newest else facts((code, year), own)[5]
            assert facts_measured(figures, unit.level, str(parent)) == facts((code, year), own), (seed, code, year)
            assert list(unit.years) == sorted(unit.years)
            kinds.update(kinds_of(code, own))
    assert len(kinds) == 8, kinds
    assert min(kinds.values()) >= 5, kinds
