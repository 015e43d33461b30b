"""A rule file that builds on another one: clauses taken over for its own units, some with other figures.

A province's plan extends the national one: what it does not name stays as it is there, narrowed to the province's own
units; an `[[override]]` gives a clause of the same id its own figures, with its own citation. Nothing is replaced by
accident: a clause of the same id that is not an override, a reading of the same name, an override that changes nothing
are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Level
from thidua_cli.rulebook.clauses import ATTEST_KEYS, RULE_KEYS, TARGET_KEYS
from thidua_cli.rulebook.context import Context
from thidua_cli.rulebook.schema import Closing
from thidua_cli.rulebook.toml_table import CheckedTable, TablePlace
from thidua_cli.units.tables import bundled

_REPLACEABLE: Final = (
    *("threshold", "upper", "comparison", "years", "baseline_year", "year_ends", "poverty_line", "applies"),
    *("reading", "alternatives"),
)
"""What an override may give anew. Another subject, test or measure is another clause: it takes its own [[rule]]."""
_STATED_ANEW: Final = ("title", "citation", "verified")
OVERRIDE_KEYS: Final = ("id", *_STATED_ANEW, *_REPLACEABLE)
_LEVEL_OF_CODE: Final = {2: 1, 3: 2, 5: 3}
"""Digits of a code → place of its level in `Level`: province, district, commune."""
_KEYS: Final = {"rule": RULE_KEYS, "target": TARGET_KEYS, "attest": ATTEST_KEYS}


@dataclass(frozen=True, slots=True)
class RawClause:
    """One table of a rule file, not read yet."""

    key: str
    """"rule", "target", "override" or "attest"."""
    table: CheckedTable
    context: Context

    @property
    def id(self) -> str:
        """Return the clause's id."""
        return self.table.identifier("id")


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule file as its clauses, not read yet."""

    top: CheckedTable
    context: Context
    clauses: tuple[RawClause, ...]
    extends: str = ""
    overrides: tuple[str, ...] = ()
    extended_paths: tuple[str, ...] = ()


def with_base(own: Draft, base: Draft | None) -> Draft:
    """Return the file with the clauses of the one it extends, overrides laid over them.

    Raises:
        InputError: an override has nothing to replace, or two clauses claim one id.
    """
    overrides = [clause for clause in own.clauses if clause.key == "override"]
    added = tuple(clause for clause in own.clauses if clause.key != "override")
    refuse_twice(overrides)
    if base is None:
        if overrides:
            text = Text('chỉ dùng trong tệp có "extends"', 'goes with "extends" only')
            raise overrides[0].table.place.refuse("id", text)
        return replace(own, clauses=added)
    if not own.context.within:
        text = Text(
            'tệp dựa vào tệp khác phải nêu đơn vị của mình: within = ["45"]',
            'a file that extends another names its own units: within = ["45"]',
        )
        raise own.top.place.refuse("extends", text)
    _refuse_same_names(own, base)
    by_id = {clause.id: clause for clause in overrides}
    inherited = [_narrowed(clause, own) for clause in base.clauses if not _is_above(clause, own.context.within)]
    for clause in overrides:
        _refuse_without_original(clause, inherited)
    merged = [_overridden(clause, by_id[clause.id], own) if clause.id in by_id else clause for clause in inherited]
    clauses = (*merged, *added)
    context = replace(own.context, closing=own.context.closing or _inherited_closing(own, base))
    return replace(own, context=context, clauses=clauses, extends=own.top.text("extends"), overrides=tuple(by_id))


def _inherited_closing(own: Draft, base: Draft) -> Closing | None:
    """Return that the extended file's movement was summed up; a plan signed after that day is another one's."""
    closing = base.context.closing
    return closing if closing is not None and own.context.citation.date <= closing.day else None


def refuse_twice(clauses: Sequence[RawClause]) -> None:
    """Refuse a second clause of one id. A criterion and an item to attest do not share ids either."""
    seen: dict[str, RawClause] = {}
    for clause in clauses:
        first = seen.setdefault(clause.id, clause)
        if first is clause:
            continue
        if first.table.place.file != clause.table.place.file:
            text = Text(
                f'"{clause.id}" có trong tệp được dựa vào; để đổi mức, viết [[override]]',
                f'"{clause.id}" stands in the extended file; to change its figures, write [[override]]',
            )
        else:
            text = Text(f'"{clause.id}" đã có ở trên', f'"{clause.id}" is used twice')
        raise clause.table.place.refuse("id", text)


def _is_above(clause: RawClause, places: Sequence[str]) -> bool:
    """Say whether a clause speaks of a level above the places: none of them takes an aim of the country over."""
    subject = clause.table.values().get("subject")
    level = subject.get("level") if isinstance(subject, dict) else subject
    highest = min(_LEVEL_OF_CODE[len(code)] for code in places)
    return level in set(Level) and tuple(Level).index(Level(str(level))) < highest


def _narrowed(clause: RawClause, own: Draft) -> RawClause:
    """Return an inherited clause for the extending file's own units."""
    own_places = own.context.within
    values = clause.table.values()
    subject = values.get("subject")
    stated = subject.get("within") if isinstance(subject, dict) else values.get("within")
    places = tuple(map(str, stated)) if isinstance(stated, list) else clause.context.within
    for code in own_places:
        if places and not any(_lies_in(code, place) for place in places):
            text = Text(
                f'"{code}" nằm ngoài {", ".join(places)}, nơi "{clause.id}" của tệp được dựa vào áp dụng',
                f'"{code}" lies outside {", ".join(places)}, where "{clause.id}" of the extended file applies',
            )
            raise own.top.place.refuse("within", text)
    if isinstance(subject, dict):
        values["subject"] = {**subject, "within": list(own_places)}
    else:
        values["within"] = list(own_places)
    return replace(clause, table=CheckedTable(values, clause.table.place, _KEYS[clause.key]))


def _lies_in(code: str, place: str) -> bool:
    tables = bundled()
    return code == place or any(
        above.code == place for unit in tables.periods(code) for above in tables.ancestors(unit, unit.valid_from)
    )


def _refuse_same_names(own: Draft, base: Draft) -> None:
    for key, mine, theirs in (
        ("readings", own.context.readings, base.context.readings),
        ("alternatives", own.context.alternatives, base.context.alternatives),
    ):
        for name in mine:
            if name in theirs:
                text = Text(f'"{name}" đã có trong tệp được dựa vào', f'"{name}" stands in the extended file already')
                place = own.top.place
                raise TablePlace(place.file, place.source, f"[{key}.{name}]").refuse(name, text)


def _refuse_without_original(override: RawClause, inherited: Sequence[RawClause]) -> None:
    known = [clause.id for clause in inherited if clause.key != "attest"]
    if override.id not in known:
        raise override.table.unknown_word("id", override.id, known)


def _overridden(original: RawClause, override: RawClause, own: Draft) -> RawClause:
    """Return the original with the override's keys laid over it; title, clause and day are stated anew."""
    table, given = override.table, override.table.values()
    for key in _STATED_ANEW:
        if key not in given:
            raise table.place.refuse(key, Text("thiếu khóa này", "this key is missing"))
    before = original.table.values()
    if all(before.get(key) == value for key, value in given.items() if key in _REPLACEABLE):
        text = Text(f'không đổi gì ở "{override.id}"', f'changes nothing in "{override.id}"')
        raise table.place.refuse("id", text)
    context = replace(
        own.context,
        readings={**original.context.readings, **own.context.readings},
        alternatives={**original.context.alternatives, **own.context.alternatives},
        period=own.context.period or original.context.period,
    )
    return RawClause(original.key, CheckedTable({**before, **given}, table.place, _KEYS[original.key]), context)
