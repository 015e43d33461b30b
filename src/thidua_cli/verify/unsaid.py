"""Doubts that a result does not speak of, where its own figures show that there must be some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.units.tables import bundled
from thidua_cli.verify.arithmetic import Figures, looked_at
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import Clause, Figure, Row, TargetRow

_SMALL: Final = 30
"""Households by which any count may rise."""
Asked = tuple[int, str]
"""Year-end and count."""


@dataclass(frozen=True)
class Ground:
    """What one answer rests on."""

    row: Row | TargetRow
    figures: Figures
    clauses: Sequence[Clause]
    as_of: int

    @cached_property
    def asked(self) -> dict[Asked, int]:
        """The counts that the answer is taken from; a rate is of all households too."""
        counts: dict[Asked, int] = {}
        for clause in self.clauses:
            line, years = looked_at(clause, self.figures, self.as_of)
            for year in years:
                figure = self.figures.get((clause.measure, year))
                if figure is None or figure.poverty_line != line or not _is_plain(figure):
                    continue
                parts = figure.parts if clause.test.startswith("rate") else figure.parts[1:]
                counts |= {(year, part.name): part.value for part in parts if part.value is not None}
        return counts

    @cached_property
    def doubted(self) -> set[Asked]:
        """The counts that the row says are disputed."""
        return {(doubt.year, doubt.column) for doubt in self.row.doubts}

    @property
    def code(self) -> str:
        """The unit."""
        return self.row.unit_code


def _is_plain(figure: Figure) -> bool:
    """Say whether a figure stands on one area, each count read from cells."""
    return figure.usable and not (figure.divided or figure.given or figure.has_whole_parts)


def unsaid_differences(grounds: Sequence[Ground]) -> Iterator[Difference]:
    """Yield figures of a result that contradict each other and that no doubt speaks of."""
    for ground in grounds:
        for code, asked in (*_too_many(ground), *_jumps(ground)):
            if not ground.doubted.intersection(asked):
                yield _about(ground, code, asked)
    yield from _unsaid_sums(grounds)


def _too_many(ground: Ground) -> Iterator[tuple[str, list[Asked]]]:
    """Yield the year-ends with more poor and near-poor households than households."""
    for year in dict.fromkeys(year for year, _ in ground.asked):
        names = ("poor_households", "near_poor_households", "households")
        counts = [ground.asked.get((year, name)) for name in names]
        poor, near_poor, households = counts
        if poor is not None and near_poor is not None and households is not None and poor + near_poor > households:
            yield "L001", [(year, name) for name in names]


def _jumps(ground: Ground) -> Iterator[tuple[str, list[Asked]]]:
    """Yield the counts that change too much from one year-end to the next."""
    for (year, name), count in ground.asked.items():
        before = ground.asked.get((year - 1, name))
        if before is not None and _is_jump(ground, year, name, before, count):
            yield "T003", [(year - 1, name), (year, name)]


def _is_jump(ground: Ground, year: int, name: str, before: int, after: int) -> bool:
    if name == "households":
        return abs(after - before) > 50 and 10 * abs(after - before) > 3 * before
    if name not in ("poor_households", "near_poor_households"):
        return False
    if after < before:
        return before >= 50 and 5 * after < before
    # who leaves poverty most often stays near it
    left = ground.asked.get((year - 1, "poor_households"), 0) - ground.asked.get((year, "poor_households"), 0)
    more = 2 * before + _SMALL + (max(0, left) if name == "near_poor_households" else 0)
    return after > more and (name == "poor_households" or (year, "poor_households") in ground.asked)


def _unsaid_sums(grounds: Sequence[Ground]) -> Iterator[Difference]:
    """Yield counts of a unit that are not the sum of those of the units below it, where all of them have rows."""
    by_unit: dict[str, dict[Asked, int]] = {}
    doubted: dict[str, set[Asked]] = {}
    for ground in grounds:
        by_unit.setdefault(ground.code, {}).update(ground.asked)
        doubted.setdefault(ground.code, set()).update(ground.doubted)
    for ground in {ground.code: ground for ground in grounds}.values():
        for asked, total in by_unit[ground.code].items():
            below = _below(ground.code, asked[0])
            counts = [by_unit.get(code, {}).get(asked) for code in below]
            known = [count for count in counts if count is not None]
            if not below or len(known) < len(counts) or sum(known) == total:
                continue
            if not any(asked in doubted[code] for code in (ground.code, *below)):
                yield _about(ground, "S001", [asked])


def _below(code: str, year: int) -> list[str]:
    return [unit.code for unit in bundled().reporting_children(code, date(year, 12, 31))]


def _about(ground: Ground, code: str, asked: Sequence[Asked]) -> Difference:
    year, column = asked[-1]
    row = ground.row
    return Difference(What.DOUBT, "–", code, _UNSAID, row.unit_code, row.unit_name, column=column, year=year)


_UNSAID: Final = Text(
    "số liệu trong kết quả mâu thuẫn mà không ô nào được ghi là bị nghi ngờ",
    "figures of the result contradict each other, and none of them is told as disputed",
)
