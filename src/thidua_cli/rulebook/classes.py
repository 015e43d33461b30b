"""Which units belong to which class, on which day, by which list, and where that cannot be known.

A list answers on the days of its period alone: nothing of 2021–2025 says anything of 2026. Bundled tables are partial:
the published lists were not all found. So a unit that is not listed is outside its class only where the list of its
province is known whole; elsewhere its class is unknown, never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, field, replace
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.model import Level
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.rulebook.class_file import ClassRow, ProvinceList, read_class_rows, read_completeness, read_list_rows
from thidua_cli.rulebook.class_lists import ClassList, class_lists
from thidua_cli.units.class_parts import ListedPart
from thidua_cli.units.province import CLASS_LIST_DAY
from thidua_cli.units.tables import REFORM_DAY

AREAS: Final = ("area_1", "area_2", "area_3")
"""Areas I, II and III of the ethnic-minority and mountain regions (QĐ 861/QĐ-TTg): a commune is in one at most."""

CLASS_TOKENS: Final = tuple(CLASS_WORDS)

CLASSES_OF_LEVEL: Final[Mapping[Level, tuple[str, ...]]] = {
    Level.COUNTRY: (),
    Level.PROVINCE: ("mountain",),
    Level.DISTRICT: ("poor_district", "mountain"),
    Level.COMMUNE: ("coastal_commune", *AREAS, "mountain", "poor_commune"),
    Level.VILLAGE: (),
}
"""The classes a unit of that level can be asked about; the list of coastal communes also names two island districts."""


def codes_of_rows(token: str) -> date:
    """Return the day whose units a row of the user without days means: there was no poor commune before July 2025."""
    return REFORM_DAY if token == "poor_commune" else CLASS_LIST_DAY


class Member(StrEnum):
    """Whether a unit belongs to a class on a day."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ListAnswer(NamedTuple):
    """Whether a unit belongs to a class, and what says so."""

    member: Member
    list_id: str = ""
    """The list that says so, or that should and is not known whole; empty where a file of the user says it, or none."""
    file: str = ""
    """The user's file that says so; of what is unknown, the file whose row without a first day may say otherwise."""


_NOBODY_SAYS: Final = ListAnswer(Member.UNKNOWN)


class Coverage(NamedTuple):
    """How much of one class of one list the tables hold."""

    token: str
    listed: int
    """Units with a row of this class, whatever its dates."""
    complete: int
    """Provinces whose list is whole."""
    partial: int
    """Provinces of whose list a part is missing."""
    none: int
    """Provinces that are known to have no unit of the class."""
    of: ClassList | None = None
    """None for the rows of the user's files, and for a class without a list."""
    total: int | None = None
    """The number of units as the list prints it."""


@dataclass(frozen=True, slots=True)
class ClassBook:
    """Classes by unit, from the user's files before the lists that ship."""

    user: Mapping[str, Sequence[ClassRow]]
    """Unit code → rows of the user's files."""
    bundled: Mapping[str, Sequence[ClassRow]]
    """Unit code → rows of the lists that ship."""
    completeness: Mapping[tuple[str, str, str], ProvinceList]
    """(list, class, province code of the day of its codes) → how much of it is known; absent means unknown."""
    lists: Mapping[str, ClassList] = field(default_factory=dict)
    """Id → list. No two of them speak of one class on one day."""
    _standing: dict[tuple[str, date], ClassList | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """(class, day) → list, as asked before: a day is asked about thousands of units."""
    _stated: list[frozenset[str]] = field(default_factory=list, init=False, repr=False, compare=False)
    """The classes that the user's rows speak of, once they were asked for."""
    _spoken: dict[date, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _codes: dict[tuple[tuple[str, ...], date], frozenset[date]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def list_of(self, token: str, on: date) -> ClassList | None:
        """Return the list that answers for a class on a day; None where there is none."""
        key = (token, on)
        if key not in self._standing:
            standing = (each for each in self.lists.values() if token in each.classes and each.stands_on(on))
            self._standing[key] = next(standing, None)
        return self._standing[key]

    def codes_of(self, token: str, on: date) -> date:
        """Return the day whose units and provinces are meant where a class is spoken of on a day."""
        of = self.list_of(token, on)
        return of.codes if of is not None else codes_of_rows(token)

    def speaks_of(self, token: str, on: date) -> bool:
        """Say whether a list that stands on a day, or any row of the user, says anything of a class."""
        return self.list_of(token, on) is not None or token in self._stated_tokens()

    def spoken(self, on: date) -> tuple[str, ...]:
        """Return the classes that are spoken of on a day, in the order of `CLASS_TOKENS`."""
        if on not in self._spoken:
            self._spoken[on] = tuple(token for token in CLASS_TOKENS if self.speaks_of(token, on))
        return self._spoken[on]

    def codes_spoken(self, tokens: tuple[str, ...], on: date) -> frozenset[date]:
        """Return the days whose units are meant by those of some classes that are spoken of on a day."""
        key = (tokens, on)
        if key not in self._codes:
            spoken = self.spoken(on)
            self._codes[key] = frozenset(self.codes_of(token, on) for token in tokens if token in spoken)
        return self._codes[key]

    def _stated_tokens(self) -> frozenset[str]:
        if not self._stated:
            tokens = {row.token for rows in self.user.values() for row in rows}
            self._stated.append(frozenset(tokens | set(AREAS) if tokens & set(AREAS) else tokens))
        return self._stated[0]

    def ended_list(self, token: str, on: date) -> ClassList | None:
        """Return the last list of a class that had ended on a day; None where there is none."""
        ended = [each for each in self.lists.values() if token in each.classes and each.end < on]
        return max(ended, key=lambda each: each.end, default=None)

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
        """Say whether the unit belongs to the class `token` on the day; as `answer`, without what says so."""
        return self.answer(unit_code, province_code, token, on, as_listed=as_listed, since=since).member

    def answer(
        self,
        unit_code: str,
        province_code: str,
        token: str,
        on: date,
        *,
        as_listed: bool = True,
        renewed: bool | None = None,
        since: date | None = None,
    ) -> ListAnswer:
        """Say whether the unit belongs to the class `token` on the day, and by what.

        The user's rows win over those of the list that stands on the day. Where neither speaks of the unit, the list of
        its province (`province_code`, on the day of the list's codes) decides: whole or empty means no, partial or
        unknown means unknown; without a list nothing is known. A unit that has been merged or divided since the list
        was drawn up (`as_listed` is False) is not the one it speaks of: only a row of the user that begins with its
        area (`since`) or later, or a province without any unit of the class, says something of it.

        A row of the user that names no list, or an earlier day, may be of the unit that bore the code before: where
        the code passed to another one (`renewed`; by default where the list knows another) it says nothing either, not
        even on a day whose list is of the new units.
        """
        rows = every = self.user.get(unit_code, ())
        if not as_listed if renewed is None else renewed:
            rows = [row for row in rows if since is not None and row.valid_from is not None and row.valid_from >= since]
        stated = self._said_by_user(rows, token, on)
        if stated is not None:
            return stated
        listed = self._listed(self.list_of(token, on), unit_code, province_code, token, on, as_listed) or _NOBODY_SAYS
        undated = self._said_by_user([row for row in every if row.valid_from is None], token, on)
        # It may be of the present unit all the same: against what the user says no list makes anything certain.
        if undated is None or undated.member is listed.member:
            return listed
        return ListAnswer(Member.UNKNOWN, listed.list_id, undated.file)

    def _said_by_user(self, rows: Sequence[ClassRow], token: str, on: date) -> ListAnswer | None:
        """Return what the user's rows of one unit say."""
        stated = _answer(rows, token, on, lambda row: self._has_left(row, on)) if rows else None
        return None if stated is None else ListAnswer(stated[0], file=stated[1].file)

    def _has_left(self, row: ClassRow, on: date) -> bool:
        """Say whether a row that ended means that its unit left: not where the list itself ended, then or since."""
        if row.valid_to is None or row.valid_to >= on:
            return False
        of = self.lists.get(row.list_id) or self.list_of(row.token, row.valid_to)
        return of is None or (row.valid_to < of.end and on <= of.end)

    def _listed(
        self, of: ClassList | None, unit_code: str, province_code: str, token: str, on: date, as_listed: bool
    ) -> ListAnswer | None:
        """Return what a list says of a unit on a day; None where no list stands."""
        if of is None or not of.stands_on(on):
            return None
        if as_listed:
            every = self.bundled.get(unit_code)
            rows = [row for row in every if row.list_id == of.id] if every else ()
            stated = _answer(rows, token, on, lambda row: self._has_left(row, on)) if rows else None
            if stated is not None:
                return ListAnswer(stated[0], of.id)
        province = self.completeness.get((of.id, token, province_code))
        state = province.state if province is not None else ""
        outside = state == "none" or (state == "complete" and as_listed)
        return ListAnswer(Member.NO if outside else Member.UNKNOWN, of.id)

    def answer_of_part(self, part: ListedPart, token: str, on: date) -> ListAnswer:
        """Say whether a unit that was merged or divided since was in the class when it last stood, on `on` at most.

        It is the list of the day `on` that is asked for it: one that has ended since says nothing any more.
        """
        last = min(on, part.last_day)
        # A row that names a later day than the unit's last one, and one before `on`, has ended by its own words.
        rows = [
            row
            for row in self.user.get(part.unit_code, ())
            if row.valid_to is None or row.valid_to <= part.last_day or row.valid_to >= on
        ]
        return (
            self._said_by_user(rows, token, last)
            or self._listed(self.list_of(token, on), part.unit_code, part.province_code, token, last, as_listed=True)
            or _NOBODY_SAYS
        )

    def has_ended(self, unit_code: str, start: date, end: date, tokens: Sequence[str] = ()) -> bool:
        """Say whether a unit left a class on the first day or later that it is still outside of on the last one.

        Of the classes named; without any, of all.
        """
        rows = (*self.user.get(unit_code, ()), *self.bundled.get(unit_code, ()))
        if not rows:
            return False
        return any(
            row.inside
            and (not tokens or row.token in tokens)
            and row.valid_to is not None
            and start <= row.valid_to < end
            and self._has_left(row, end)
            for row in rows
        )

    def units_of(self, of: ClassList, token: str) -> Iterator[str]:
        """Yield the codes of the units that a list puts into a class, those that left it since among them."""
        for code, rows in self.bundled.items():
            if any(row.list_id == of.id and row.token == token for row in rows):
                yield code

    def files_of(self, token: str) -> tuple[str, ...]:
        """Return the files of the user that speak of a class."""
        return tuple(dict.fromkeys(row.file for rows in self.user.values() for row in rows if row.token == token))

    def with_files(self, names: Mapping[str, str]) -> ClassBook:
        """Return the same, the user's files under other names."""
        user = {
            code: [replace(row, file=names.get(row.file, row.file)) for row in rows] for code, rows in self.user.items()
        }
        return replace(self, user=user)

    def coverage(self) -> tuple[Coverage, ...]:
        """Return one row per class and list, in the order of `CLASS_TOKENS` and of the lists: how much is known.

        The user's rows are one row more for each class that they speak of; a class of which nothing is known has one.
        """
        return tuple(entry for token in CLASS_TOKENS for entry in self._coverage(token))

    def _coverage(self, token: str) -> list[Coverage]:
        listed = [self._coverage_of(token, of) for of in self.lists.values() if token in of.classes]
        stated = _units(self.user, token, "")
        own = Coverage(token, stated, 0, 0, 0)
        return [*listed, own] if stated or not listed else listed

    def _coverage_of(self, token: str, of: ClassList) -> Coverage:
        provinces = self.completeness.items()
        states = [entry.state for (list_id, named, _), entry in provinces if (list_id, named) == (of.id, token)]
        complete, partial, none = (states.count(state) for state in ("complete", "partial", "none"))
        listed = _units(self.bundled, token, of.id)
        return Coverage(token, listed, complete, partial, none, of, of.totals.get(token))


def load_classes(paths: Sequence[Path] = (), rows: Sequence[ClassRow] = ()) -> ClassBook:
    """Return the lists that ship with the user's rows over them.

    `paths` are CSV files (unit_code, class, from, to, source); `rows` are what else was read of the user's files.

    Raises:
        InputError: a file cannot be read, a line is wrong, or two lines of the user's files contradict each other.
    """
    lists = class_lists()
    tables = sorted(file for file in _BUNDLED.glob("*.csv") if file.name != _COMPLETENESS.name)
    bundled = [row for file in tables for row in read_list_rows(file, lists)]
    user = [*(row for path in paths for row in read_class_rows(path, CLASS_TOKENS)), *rows]
    completeness = read_completeness(_COMPLETENESS, lists) if _COMPLETENESS.exists() else {}
    by_unit = _by_unit(user)
    for of_unit in by_unit.values():
        _refuse_contradiction(of_unit)
    return ClassBook(by_unit, _by_unit(bundled), completeness, lists)


_BUNDLED: Final = Path(__file__).parent.parent / "data" / "classes"
_COMPLETENESS: Final = _BUNDLED / "completeness.csv"


def _units(book: Mapping[str, Sequence[ClassRow]], token: str, list_id: str) -> int:
    """Count the units that a list, or the user, puts into a class."""
    return sum(
        any(row.token == token and row.inside and row.list_id == list_id for row in rows) for rows in book.values()
    )


def _by_unit(rows: Iterable[ClassRow]) -> dict[str, list[ClassRow]]:
    by_unit: defaultdict[str, list[ClassRow]] = defaultdict(list)
    for row in rows:
        by_unit[row.unit_code].append(row)
    return dict(by_unit)


def _answer(
    rows: Sequence[ClassRow], token: str, on: date, has_left: Callable[[ClassRow], bool]
) -> tuple[Member, ClassRow] | None:
    """Return what one source says of one unit, and the row that says it; None where it says nothing."""
    standing = [row for row in rows if row.stands_on(on)]
    for row in standing:
        if row.token == token:
            return (Member.YES if row.inside else Member.NO), row
    if token in AREAS:
        for row in standing:
            if row.inside and row.token in AREAS:
                return Member.NO, row
    # A unit that has left a list is known to be outside it, however partial the list is: A Lưới since 22/07/2024.
    left = next((row for row in rows if row.token == token and row.inside and has_left(row)), None)
    return None if left is None else (Member.NO, left)


def _refuse_contradiction(rows: Sequence[ClassRow]) -> None:
    for position, row in enumerate(rows):
        for earlier in rows[:position]:
            if earlier.overlaps(row) and contradict(earlier, row):
                raise row.refuse(
                    Text(
                        f"{row.unit_code} {row.written} trái với {earlier.written} ở {earlier.place.vi}",
                        f"{row.unit_code} {row.written} contradicts {earlier.written} at {earlier.place.en}",
                    )
                )


def contradict(row: ClassRow, earlier: ClassRow) -> bool:
    """Say whether two rows of one unit cannot both be true on one day."""
    if row.token == earlier.token:
        return row.inside is not earlier.inside
    return row.inside and earlier.inside and row.token in AREAS and earlier.token in AREAS
