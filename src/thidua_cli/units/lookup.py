"""Names → units. A name is accepted only where it can mean one unit alone; what merely looks like it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from thidua_cli.late_dataclass import dataclass, field
from thidua_cli.likeness import letter_bag
from thidua_cli.model import Level, Unit
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.units.names import UNIT_TYPES, accent_key, clean, split_type, tone_key
from thidua_cli.units.tables import REFORM_DAY, UnitTables, bundled

How = Literal[
    "exact",
    "tone",
    "bare",
    "accent",
    "spelling",
    "former name",
    "misspelt type",
    "ambiguous",
    "another day",
    "unknown",
]
"""How a name was matched, or why not.

exact: letter for letter. tone: but for case, place of the tone mark, an abbreviated type word or leading zeros.
bare: without the type word. accent: without accents, spaces and apostrophes. spelling: the other spelling in official
lists. former name: the name the same unit had before or after. misspelt type: the name of one unit behind a misspelt
word for its type. Not matched: ambiguous (several units), another day (a unit of that name stood here on another day
only), unknown.
"""

MAX_CANDIDATES: Final = 5
_SHORT_FORMS: Final = {"hcm": "hochiminh", "brvt": "bariavungtau"}
"""Short forms in common use, by accent key."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means among some units."""

    unit: Unit | None
    """The unit, where the name can mean no other."""
    candidates: tuple[Unit, ...]
    """Where nothing was accepted: the units that share the name, or similar ones, best first, at most five."""
    how: How
    is_loose: bool = False
    """The units share the name only once its accents are gone."""


_NOTHING: Final = Match(None, (), "unknown")


@dataclass(slots=True)
class _Index:
    """Candidates by key, one dictionary per level of strictness."""

    exact: dict[str, list[Unit]] = field(default_factory=dict)
    tone: dict[tuple[str | None, str], list[Unit]] = field(default_factory=dict)
    accent: dict[tuple[str | None, str], list[Unit]] = field(default_factory=dict)


class _NearName(NamedTuple):
    """A unit as names are held against it that may be a slip for its own."""

    bag: int
    """`letter_bag` of the key: tells most names apart without a look at their letters one by one."""
    key: str
    tone: str
    unit: Unit


def bare_name(unit: Unit) -> str:
    """Return the name of a unit of the tables without its type word."""
    return unit.name[len(unit.type) + 1 :]


@lru_cache(maxsize=512)
def _index(candidates: tuple[Unit, ...]) -> _Index:
    """Index candidates: under (type, bare name) and under (None, bare name) for names without a type word."""
    index = _Index()
    for unit in candidates:
        bare = bare_name(unit)
        index.exact.setdefault(unit.name, []).append(unit)
        tone, accent = tone_key(bare), accent_key(bare)
        for type_word in (unit.type, None):
            index.tone.setdefault((type_word, tone), []).append(unit)
            index.accent.setdefault((type_word, accent), []).append(unit)
    return index


@lru_cache(maxsize=64)
def _near_names(candidates: tuple[Unit, ...]) -> tuple[_NearName, ...]:
    keys = ((accent_key(bare_name(unit)), unit) for unit in candidates)
    return tuple(_NearName(letter_bag(key), key, tone_key(bare_name(unit)), unit) for key, unit in keys)


def match(
    name: str, candidates: Sequence[Unit], *, types: frozenset[str] | None = None, offers_similar: bool = True
) -> Match:
    """Find the one unit among `candidates` that `name` means; levels are tried from strict to loose.

    The first level with any hit decides: one unit is accepted, several are ambiguous. The type word in the text must
    agree with the unit's; a name that differs from all is unknown, whatever it looks like. What looks like it is looked
    for where it is to be offered.
    """
    text = clean(name)
    if not text:
        return _NOTHING
    fitting = tuple(candidates if types is None else (unit for unit in candidates if unit.type in types))
    index = _index(fitting)
    without_accents = list(dict.fromkeys(_loose_hits(text, index))) if text.isascii() else []
    if len(without_accents) > 1:
        # Whoever writes no accents at all may mean Sa Pa or Sa Pả by "Phuong Sa Pa".
        return Match(None, tuple(without_accents[:MAX_CANDIDATES]), "ambiguous", is_loose=True)
    for how, hits in _hits(text, index):
        distinct = list(dict.fromkeys(hits))
        if len(distinct) == 1:
            return Match(distinct[0], (), how, how == "accent")
        if distinct:
            return Match(None, tuple(distinct[:MAX_CANDIDATES]), "ambiguous", how == "accent")
    return Match(None, similar(text, fitting) if offers_similar else (), "unknown")


def _hits(text: str, index: _Index) -> Iterator[tuple[How, list[Unit]]]:
    """Give the hits level by level. The whole text is also tried as a bare name: "Xa Dung", "Phường Đúc"."""
    # Xa Dung and Phường Đúc are names that begin like a type word.
    type_word, bare = split_type(text)
    yield "exact", index.exact.get(text, [])
    if type_word is not None:
        yield "tone", index.tone.get((type_word, tone_key(bare)), [])
    yield "bare", index.tone.get((None, tone_key(text)), [])
    yield "accent", _loose_hits(text, index)


def _loose_hits(text: str, index: _Index) -> list[Unit]:
    """Return the units that share the name once accents, spaces and apostrophes are gone."""
    hits: list[Unit] = []
    for type_word, bare in {(None, text), split_type(text)}:
        folded = accent_key(bare)
        hits += index.accent.get((type_word, _SHORT_FORMS.get(folded, folded)), [])
    return hits


def match_through_time(
    name: str, parent_code: str, on: date, tables: UnitTables, *, types: frozenset[str] | None = None
) -> Match:
    """Find the unit below `parent_code` (empty: a province) that `name` means on a day, also by another day's name.

    Another name or type of the same unit is accepted only where its area stayed the same in between: the name of a
    unit before a merger, or the name of the merged one on an earlier day, means other households. Such a unit comes
    back as a candidate with "another day". The reform of 1 July 2025 is never crossed.
    """
    today = tables.children(parent_code, on)
    by_name = match(name, today, types=types)
    is_known = by_name.unit is not None or by_name.how == "ambiguous"
    if is_known and not by_name.is_loose:
        return by_name
    others = _other_names(parent_code, on, tables)
    if is_known:
        tiers = {unit.level for unit in by_name.candidates or (by_name.unit,) if unit is not None}
        others = tuple(unit for unit in others if unit.level in tiers)
    elsewhen = match(name, others, types=types, offers_similar=False)
    # with its accents the name is another unit's, or this unit's other spelling
    if elsewhen.how == "unknown" or (is_known and elsewhen.is_loose):
        return by_name
    if elsewhen.unit is None:
        return elsewhen
    code = elsewhen.unit.code
    standing = next((unit for unit in today if unit.code == code), None)
    if standing is None or not same_area(elsewhen.unit, standing, tables):
        return Match(None, (elsewhen.unit,), "another day")
    how: How = "spelling" if elsewhen.unit.valid_from == standing.valid_from else "former name"
    return Match(standing, (), how)


@lru_cache(maxsize=256)
def _other_names(parent_code: str, on: date, tables: UnitTables) -> tuple[Unit, ...]:
    """Return names that units below a parent bore on other days of the same system, and other spellings of today."""
    three_tier = on < REFORM_DAY
    rows: list[Unit] = []
    for code in dict.fromkeys(row.code for row in tables.children_ever(parent_code)):
        for row in tables.periods(code):
            if (row.valid_from < REFORM_DAY) is not three_tier:
                continue
            spelling = tables.other_spelling(row)
            if spelling and tone_key(spelling) != tone_key(row.name) and row.stands_on(on):
                rows.append(_renamed(row, spelling))
            if not row.stands_on(on):
                rows.append(row)
    return _one_per_name(rows)


def _one_per_name(rows: Iterable[Unit]) -> tuple[Unit, ...]:
    """Keep one row per code and name: a unit that only moved to another district has one name, not two."""
    return tuple({(row.code, row.name): row for row in rows}.values())


class NamesOfUnits:
    """Units by their names, to be asked often."""

    def __init__(self, units: tuple[Unit, ...]) -> None:
        self._index = _index(units)

    def exact(self, name: str) -> list[Unit]:
        """Return the units that bear a name with its accents, in full or without the type word."""
        return [unit for how, hits in _hits(clean(name), self._index) if how != "accent" for unit in hits]

    def loose(self, name: str) -> list[Unit]:
        """Return the units that bear it without accents."""
        return _loose_hits(clean(name), self._index)


def names_through_time(unit: Unit, tables: UnitTables) -> tuple[str, ...]:
    """Return the name of a unit that stands on a day, then those it had or has with the same area on other days."""
    if not tables.was_renamed(unit):
        return (unit.name,)
    others = (row.name for row in tables.periods(unit.code) if same_area(row, unit, tables))
    return tuple(dict.fromkeys((unit.name, *others)))


def _renamed(unit: Unit, name: str) -> Unit:
    type_word = next((word for word in UNIT_TYPES if name.casefold().startswith(word + " ")), unit.type)
    return Unit(unit.code, name, type_word, unit.level, unit.parent_code, unit.valid_from, unit.valid_to)


def same_area(period: Unit, another: Unit, tables: UnitTables) -> bool:
    """Say whether no reorganisation lies between two periods of one code."""
    first, last = sorted((period.valid_from, another.valid_from))
    return not any(first < row.valid_from <= last and tables.is_reorganised(row) for row in tables.periods(period.code))


def similar(name: str, candidates: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return up to five units whose names are a letter or two away, nearest first. For a person to choose from."""
    type_word, bare = split_type(name)
    tone, keys = tone_key(bare), {accent_key(bare), accent_key(clean(name))}
    # Two letters are half of a name such as “Tà Lu”: another name, no slip.
    limit = 1 if max(map(len, keys)) < 5 else 2
    typed = [(key, letter_bag(key)) for key in keys]
    ranked: list[tuple[int, bool, bool, str, Unit]] = []
    for other in _near_names(tuple(candidates)):
        # a letter that is changed leaves one bag and enters the other
        close = [key for key, bag in typed if (bag ^ other.bag).bit_count() <= 2 * limit]
        distance = min((edit_distance(key, other.key, limit) for key in close), default=limit + 1)
        if distance <= limit:
            unit = other.unit
            ranked.append((distance, tone != other.tone, unit.type != type_word, unit.code, unit))
    return tuple(unit for *_, unit in sorted(ranked, key=lambda entry: entry[:4])[:MAX_CANDIDATES])


def edit_distance(text: str, target: str, limit: int) -> int:
    """Return how many letters must be changed, added or dropped; `limit` + 1 stands for any more than `limit`.

    >>> edit_distance("tradon", "tradong", 2), edit_distance("tradon", "hoaloc", 2)
    (1, 3)
    """
    # Not the ratio of difflib, which grows with the name: a slip is a letter or two, however long the name is.
    if abs(len(text) - len(target)) > limit:
        return limit + 1
    row = list(range(len(target) + 1))
    for position, letter in enumerate(text, 1):
        above, row[0] = row[0], position
        for column, own in enumerate(target, 1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (letter != own))
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the tables that a search brought up."""

    unit: Unit
    parents: tuple[Unit, ...]
    """The units above it, nearest first, on the day asked for or on a day of its period."""
    how: Literal["exact", "accent", "similar"]
    """exact: the code, or the name with its accents; accent: the name without them; similar: a letter or two away."""


_ORDER: Final = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def find(
    text: str,
    on: date | None = None,
    level: Level | None = None,
    within: str | None = None,
    *,
    tables: UnitTables | None = None,
) -> list[Found]:
    """Search all tiers by code or name; "Trà Don, Nam Trà My, Quảng Nam" names the units above behind commas.

    Without a day all periods are searched, each its own row. Exact hits come first, then those without accents; only
    where there is neither, similar names follow. Where units have the exact name on other days, they are returned, and
    not their neighbours of the day whose names differ in accents.
    """
    tables = tables or bundled()
    wanted, *above = [clean(part) for part in text.split(",")]
    if not wanted:
        return []
    rows = _scope(tables, level, within, wanted)
    exact, loose = _hits_of_day(wanted, [row for row in rows if on is None or row.stands_on(on)])
    others = _of_other_days(wanted, rows, [*exact, *loose]) if on is not None and loose else []
    elsewhen = _found(others, "exact", None, above, tables)
    near = [] if elsewhen else _found(loose, "accent", on, above, tables)
    certain = [*_found(exact, "exact", on, above, tables), *elsewhen, *near]
    standing = (row for row in rows if on is None or row.stands_on(on))
    return certain or _found(similar(wanted, standing), "similar", on, above, tables)


def _of_other_days(wanted: str, rows: Sequence[Unit], standing: Sequence[Unit]) -> list[Unit]:
    """Return the rows with exactly this name of units that are not among those of the day."""
    codes = {row.code for row in standing}
    return [row for row in NamesOfUnits(tuple(rows)).exact(wanted) if row.code not in codes]


def _hits_of_day(wanted: str, rows: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Return the rows of a code or an exact name, and those of the name without accents."""
    names = NamesOfUnits(tuple(rows))
    exact = [row for row in rows if row.code == wanted] + names.exact(wanted)
    return exact, [row for row in names.loose(wanted) if row not in exact]


def _scope(tables: UnitTables, level: Level | None, within: str | None, wanted: str) -> Sequence[Unit]:
    """Return all rows of the tiers and the area asked for, highest tier first; of a commune's code, its own rows."""
    if within is None and len(wanted) == 5 and wanted.isdigit():
        rows: Sequence[Unit] = tables.periods(wanted)
    else:
        rows = tables.rows() if within is None else tables.rows_within(within)
    return [row for row in rows if level is None or row.level is level]


def _found(
    rows: Iterable[Unit],
    how: Literal["exact", "accent", "similar"],
    on: date | None,
    above: Sequence[str],
    tables: UnitTables,
) -> list[Found]:
    hits = []
    for row in dict.fromkeys(rows):
        parents = tables.ancestors(row, on or row.valid_to or row.valid_from)
        if all(match(name, parents).unit is not None for name in above if name):
            hits.append(Found(row, parents, how))
    if how == "similar":
        return hits
    return sorted(hits, key=lambda hit: (_ORDER.index(hit.unit.level), hit.unit.code, hit.unit.valid_from))
