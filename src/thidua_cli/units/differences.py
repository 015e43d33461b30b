"""What changed between the lists of two days: one row per unit that was made, divided, renamed, moved or dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.changes import Households
from thidua_cli.units.history import Heir, Historian
from thidua_cli.units.lookup import bare_name
from thidua_cli.units.names import tone_key
from thidua_cli.units.tables import REFORM_DAY

T = TypeVar("T")
KINDS: Final = (
    "merged",
    "divided",
    "new",
    "gone",
    "tier_dropped",
    "recoded",
    "renamed",
    "retyped",
    "moved",
)
"""In the order of showing. One row may have several of the last four."""
_LEVELS: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


class Share(NamedTuple):
    """A unit on one side of a difference, with how many of the households went along."""

    unit: Unit
    households: Households


@dataclass(frozen=True, slots=True)
class Difference:
    """One unit made of others, one divided among others, or one that is the same under another name, type or code."""

    kinds: tuple[str, ...]
    before: tuple[Share, ...]
    after: tuple[Share, ...]
    days: tuple[date, ...]
    """First days of the new areas; several where it took several steps."""
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed between two days, in one area or the country."""

    first: date
    second: date
    within: Unit | None
    counts: tuple[tuple[Level, str, int, int], ...]
    """(tier, type word, units on the first day, units on the second), of the area and of what was joined with it."""
    unchanged: int
    """Units of the second day that were there on the first with the same name, type and area."""
    rows: tuple[Difference, ...]


def differences(first: date, second: date, within: Unit | None, historian: Historian) -> Differences:
    """Compare the lists of two days, the earlier first; below `within`, a row of the tables, or in the country.

    Units outside the area that gave it households, or got some from it, are compared as well.
    """
    sides = _Sides(first, second, within, historian)
    rows = tuple(sorted(sides.rows(), key=_place))
    counted = [Counter((unit.level, unit.type) for unit in side.values()) for side in (sides.before, sides.after)]
    keys = sorted(set(counted[0]) | set(counted[1]), key=lambda key: (_LEVELS.index(key[0]), key[1]))
    counts = tuple((level, kind, counted[0][level, kind], counted[1][level, kind]) for level, kind in keys)
    return Differences(first, second, within, counts, sides.unchanged, rows)


def _place(row: Difference) -> tuple[int, int, str]:
    unit = (row.after or row.before)[0].unit if row.kinds[0] != "divided" else row.before[0].unit
    return KINDS.index(row.kinds[0]), _LEVELS.index(unit.level), unit.code


@dataclass(slots=True)
class _Sides:
    """The units of both days by code, and who became whom."""

    first: date
    second: date
    within: Unit | None
    historian: Historian
    before: dict[str, Unit] = field(init=False)
    after: dict[str, Unit] = field(init=False)
    heirs: dict[str, tuple[Heir, ...]] = field(default_factory=dict)
    unchanged: int = 0

    def __post_init__(self) -> None:
        self.before, self.after = self._standing(self.first), self._standing(self.second)
        for unit in list(self.before.values()):
            self._follow(unit)
        if self.within is None:
            return
        for unit in list(self.after.values()):
            for forebear in self.historian.forebears(unit, self.first):
                if forebear.unit.code not in self.before:
                    self.before[forebear.unit.code] = forebear.unit
                    self._follow(forebear.unit)

    def _standing(self, day: date) -> dict[str, Unit]:
        tables = self.historian.tables
        rows: Sequence[Unit] = (
            tables.rows()
            if self.within is None
            else [
                *tables.periods(self.within.code),
                *tables.rows_within(self.within.code),
            ]
        )
        standing = (row for row in rows if row.stands_on(day))
        if self.within is None:
            return {row.code: row for row in standing}
        return {row.code: row for row in standing if self._is_within(row, day)}

    def _is_within(self, row: Unit, day: date) -> bool:
        above = (row, *self.historian.tables.ancestors(row, day))
        return any(self.within is not None and upper.code == self.within.code for upper in above)

    def _follow(self, unit: Unit) -> None:
        """Note what became of a unit of the first day."""
        heirs = self.historian.successors(unit, self.second)
        self.heirs[unit.code] = heirs
        for heir in heirs:
            self.after.setdefault(heir.unit.code, heir.unit)

    def rows(self) -> Iterator[Difference]:
        """Yield what differs, and count what does not."""
        made_of: dict[str, list[Heir]] = {}
        for code, heirs in self.heirs.items():
            for heir in heirs:
                made_of.setdefault(heir.unit.code, []).append(heir._replace(unit=self.before[code]))
        for unit in self.before.values():
            yield from self._of_earlier(unit)
        for unit in self.after.values():
            yield from self._of_later(unit, made_of)

    def _of_earlier(self, unit: Unit) -> Iterator[Difference]:
        heirs = self.heirs[unit.code]
        if len(heirs) > 1:
            yield _row(
                "divided", [Share(unit, Households.SAME)], [Share(heir.unit, heir.households) for heir in heirs], heirs
            )
        elif not heirs and not self._goes_on(unit):
            yield self._gone(unit)

    def _gone(self, unit: Unit) -> Difference:
        """Return the row of a unit without a successor; of a district over the reform, that there are none any more."""
        gone = (Share(unit, Households.SAME),)
        if unit.level is Level.DISTRICT and self.first < REFORM_DAY <= self.second:
            end = self.historian.tier_end(unit)
            return Difference(("tier_dropped",), gone, (), (REFORM_DAY,), (end.evidence,) if end else ())
        return Difference(("gone",), gone, (), (), ())

    def _of_later(self, unit: Unit, made_of: Mapping[str, Sequence[Heir]]) -> Iterator[Difference]:
        parts = made_of.get(unit.code, ())
        if len(parts) > 1:
            shares = [Share(part.unit, part.households) for part in parts]
            yield _row("merged", shares, [Share(unit, Households.SAME)], parts)
        elif parts:
            if len(self.heirs[parts[0].unit.code]) == 1:
                yield from self._of_one(parts[0].unit, unit, [parts[0].day], [parts[0].evidence])
        elif unit.code in self.before and self._goes_on(self.before[unit.code]):
            changed = self.historian.changes.leaving(unit.code, self.first, self.second)
            same = [change for change in changed if change.households is Households.SAME]
            days, evidence = [change.day for change in same], [change.evidence for change in same]
            yield from self._of_one(self.before[unit.code], unit, days, evidence)
        else:
            yield Difference(("new",), (), (Share(unit, Households.SAME),), (unit.valid_from,), ())

    def _of_one(self, before: Unit, after: Unit, days: Iterable[date], evidence: Iterable[str]) -> Iterator[Difference]:
        """Yield what one unit and the one that follows it differ in; their households are the same."""
        kinds = tuple(_differing(before, after))
        if not kinds:
            self.unchanged += 1
            return
        all_of_it = Households.SAME
        yield Difference(
            kinds, (Share(before, all_of_it),), (Share(after, all_of_it),), _distinct(days), _distinct(evidence)
        )

    def _goes_on(self, unit: Unit) -> bool:
        area = self.historian.area(unit)
        return area.last.valid_to is None or self.second <= area.last.valid_to


def _differing(before: Unit, after: Unit) -> Iterator[str]:
    if before.code != after.code:
        yield "recoded"
    if tone_key(bare_name(before)) != tone_key(bare_name(after)):
        yield "renamed"
    if before.type != after.type:
        yield "retyped"
    if before.parent_code != after.parent_code and before.level is Level.COMMUNE and after.valid_from < REFORM_DAY:
        yield "moved"


def _row(kind: str, before: Sequence[Share], after: Sequence[Share], heirs: Iterable[Heir]) -> Difference:
    heirs = tuple(heirs)
    days, evidence = _distinct(heir.day for heir in heirs), _distinct(heir.evidence for heir in heirs)
    return Difference((kind,), tuple(before), tuple(after), tuple(sorted(days)), evidence)


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
