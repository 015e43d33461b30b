"""Which units belong to which class, on which day, and where that cannot be known.

Bundled tables are partial: the published lists were not all found. So a unit that is not listed is outside its class
only where the list of its province is known whole; elsewhere its class is unknown, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from thidua_cli.language import Text
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.model import Level
from thidua_cli.rulebook.class_file import ClassRow, read_class_rows, read_completeness
from thidua_cli.units.class_parts import ListedPart

AREAS: Final = ("area_1", "area_2", "area_3")
"""Areas I, II and III of the ethnic-minority and mountain regions (QĐ 861/QĐ-TTg): a commune is in one at most."""

CLASS_TOKENS: Final = tuple(CLASS_WORDS)

CLASSES_OF_LEVEL: Final[Mapping[Level, tuple[str, ...]]] = {
    Level.COUNTRY: (),
    Level.PROVINCE: ("mountain",),
    Level.DISTRICT: ("poor_district", "mountain"),
    Level.COMMUNE: ("coastal_commune", *AREAS, "mountain"),
    Level.VILLAGE: (),
}
"""The classes a unit of that level can be asked about; the list of coastal communes also names two island districts."""


class Member(StrEnum):
    """Whether a unit belongs to a class on a day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Coverage(NamedTuple):
    """How much of one class the tables hold."""

    token: str
    listed: int
    """Units with a row of this class, whatever its dates."""
    complete: int
    """Provinces whose list is whole."""
    partial: int
    """Provinces of whose list a part is missing."""
    none: int
    """Provinces that are known to have no unit of the class."""


@dataclass(frozen=True, slots=True)
class ClassBook:
    """Classes by unit, from the user's files before the bundled tables."""

    user: Mapping[str, Sequence[ClassRow]]
    """Unit code → rows of the user's files."""
    bundled: Mapping[str, Sequence[ClassRow]]
    """Unit code → rows of the tables that come with the program."""
    completeness: Mapping[tuple[str, str], str]
    """(class, province code of 2022) → "complete", "partial" or "none"; absent means unknown."""

    def membership(
        self,
        unit_code: str,
        province_code: str,
        token: str,
        on: date,
        *,
        as_listed: bool = True,
        since: date | None = None,
    ) -> Member:
        """Say whether the unit belongs to the class `token` on the day.

        The user's rows win over the bundled ones. Where neither speaks of the unit, the province's list decides: whole
        or empty means no, partial or unknown means unknown. A unit that has been merged or divided since the lists were
        drawn up (`as_listed` is False) is not the one they speak of: only a row of the user that begins with its area
        (`since`) or later, or a province without any unit of the class, says something of it.
        """
        answer = self._stated(unit_code, token, on) if as_listed else self._stated_since(unit_code, token, on, since)
        if answer is not None:
            return answer
        state = self.completeness.get((token, province_code))
        outside = state == "none" or (state == "complete" and as_listed)
        return Member.NO if outside else Member.UNKNOWN

    def _stated(self, unit_code: str, token: str, on: date) -> Member | None:
        for book in (self.user, self.bundled):
            rows = book.get(unit_code)
            own = _answer(rows, token, on) if rows else None
            if own is not None:
                return own
        return None

    def _stated_since(self, unit_code: str, token: str, on: date, since: date | None) -> Member | None:
        rows = self.user.get(unit_code, ())
        later = [row for row in rows if since is not None and row.valid_from is not None and row.valid_from >= since]
        return _answer(later, token, on)

    def membership_of_parts(self, parts: Iterable[ListedPart], token: str, on: date) -> Member:
        """Say whether a unit made of others is in the class: yes or no where all of them are or none is, else unknown.

        A class holds for the unit it was given to and does not merge by itself. Where all parts have one answer there
        is none other to choose from; where they differ the unit has no class until someone states it.
        """
        members = {self.membership_of_part(part, token, on) for part in parts}
        return members.pop() if len(members) == 1 else Member.UNKNOWN

    def membership_of_part(self, part: ListedPart, token: str, on: date) -> Member:
        """Say whether a unit that was merged or divided since was in the class when it last stood, on `on` at most."""
        return self.membership(part.unit_code, part.province_code, token, min(on, part.last_day))

    def has_ended(self, unit_code: str, start: date, end: date) -> bool:
        """Say whether a unit had some class on the first day or later that it has no more on the last one."""
        rows = (*self.user.get(unit_code, ()), *self.bundled.get(unit_code, ()))
        return any(row.inside and row.valid_to is not None and start <= row.valid_to < end for row in rows)

    def coverage(self) -> tuple[Coverage, ...]:
        """Return one row per class, in the order of `CLASS_TOKENS`: how much of it the tables hold."""
        return tuple(self._coverage(token) for token in CLASS_TOKENS)

    def _coverage(self, token: str) -> Coverage:
        listed = {
            row.unit_code
            for book in (self.user, self.bundled)
            for rows in book.values()
            for row in rows
            if row.token == token and row.inside
        }
        states = [state for (of, _), state in self.completeness.items() if of == token]
        return Coverage(token, len(listed), states.count("complete"), states.count("partial"), states.count("none"))


def load_classes(paths: Sequence[Path] = ()) -> ClassBook:
    """Return the bundled class tables with the user's files (CSV: unit_code, class, from, to, source) over them.

    Raises:
        InputError: a file cannot be read, a line is wrong, or two lines of the user's files contradict each other.
    """
    tables = sorted(file for file in _BUNDLED.glob("*.csv") if file.name != _COMPLETENESS.name)
    bundled = [row for file in tables for row in read_class_rows(file, CLASS_TOKENS)]
    user = [row for path in paths for row in read_class_rows(path, CLASS_TOKENS)]
    completeness = read_completeness(_COMPLETENESS, CLASS_TOKENS) if _COMPLETENESS.exists() else {}
    by_unit = _by_unit(user)
    for rows in by_unit.values():
        _refuse_contradiction(rows)
    return ClassBook(by_unit, _by_unit(bundled), completeness)


_BUNDLED: Final = Path(__file__).parent.parent / "data" / "classes"
_COMPLETENESS: Final = _BUNDLED / "completeness.csv"


def _by_unit(rows: Iterable[ClassRow]) -> dict[str, list[ClassRow]]:
    by_unit: defaultdict[str, list[ClassRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_code].append(row)
    return dict(by_unit)


def _answer(rows: Sequence[ClassRow], token: str, on: date) -> Member | None:
    """Return what one source says of one unit, or None where it says nothing."""
    standing = [row for row in rows if row.stands_on(on)]
    for row in standing:
        if row.token == token:
            return Member.YES if row.inside else Member.NO
    if token in AREAS and any(row.inside and row.token in AREAS for row in standing):
        return Member.NO
    # A unit that has left a list is known to be outside it, however partial the list is: A Lưới since 22/07/2024.
    left = any(row.token == token and row.inside and row.valid_to is not None and row.valid_to < on for row in rows)
    return Member.NO if left else None


def _refuse_contradiction(rows: Sequence[ClassRow]) -> None:
    for position, row in enumerate(rows):
        for earlier in rows[:position]:
            if earlier.overlaps(row) and _contradict(earlier, row):
                raise row.refuse(
                    Text(
                        f"{row.unit_code} {row.written} trái với {earlier.written} ở {earlier.place.vi}",
                        f"{row.unit_code} {row.written} contradicts {earlier.written} at {earlier.place.en}",
                    )
                )


def _contradict(row: ClassRow, earlier: ClassRow) -> bool:
    if row.token == earlier.token:
        return row.inside is not earlier.inside
    return row.inside and earlier.inside and row.token in AREAS and earlier.token in AREAS
