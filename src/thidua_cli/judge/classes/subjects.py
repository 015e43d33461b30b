"""Which clauses speak of a unit, by its level, type, place and the days they hold; classes are asked afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, TypeAlias

from thidua_cli.judge.verdict import State
from thidua_cli.model import COUNTRY_CODE, Level, Series
from thidua_cli.rulebook.schema import AnyClause, AttestItem, Clause, Period, Rulebook, Subject
from thidua_cli.units.place import Place

PlaceOf: TypeAlias = Callable[[Series], Place]
"""The type and the surroundings of a unit on the judged day."""


def place_from_figures(series: Series) -> Place:
    """Return what the figures themselves say of a unit's place: its code and its parent's, and no type."""
    return Place("", frozenset({series.unit_code, series.parent_code, COUNTRY_CODE}))


def state_without_subject(series: Series) -> State | None:
    """Return the answer for a unit that the boundaries do not know, or that cannot be told apart, whatever its figures.

    None where the unit stands and its figures may be judged. Districts ended everywhere, so a clause on districts has
    no subject; of a commune or a village it is only not known where its households are now.
    """
    if series.ended_on is not None:
        return State.NO_CRITERION if series.level is Level.DISTRICT else State.UNDETERMINED
    return State.UNDETERMINED if series.namesakes else None


def speaks_of(subject: Subject, level: Level, place: Place) -> bool:
    """Say whether a clause speaks of a unit, its classes left aside."""
    return subject.level is level and stands_in(subject.types, subject.within, place)


def stands_in(types: tuple[str, ...], within: tuple[str, ...], place: Place) -> bool:
    """Say whether a unit has one of the types and lies in one of the places; none named means any."""
    return (not types or place.type in types) and (not within or place.lies_in(within))


def named_units(clauses: Iterable[AnyClause], level: Level) -> frozenset[str]:
    """Return the codes of the units of a level that clauses name one by one; none where some speak of a whole place.

    >>> named_units((), Level.DISTRICT)
    frozenset()
    """
    places = [clause.subject.within for clause in clauses if clause.subject.level is level]
    digits = _DIGITS.get(level)
    if not all(within and all(len(code) == digits for code in within) for within in places):
        return frozenset()
    return frozenset(code for within in places for code in within)


_DIGITS: Final = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
"""How long the codes of the units of a level are."""


def criteria_of(rulebook: Rulebook, level: Level, place: Place) -> tuple[Clause, ...]:
    """Return the criteria that speak of a unit, each unit standing for itself."""
    # "Vùng miền núi" is judged as one, with the targets: no single unit answers for it.
    clauses = (clause for clause in rulebook.clauses if not clause.subject.together)
    return tuple(clause for clause in clauses if speaks_of(clause.subject, level, place))


def attest_items_of(rulebook: Rulebook, level: Level, place: Place) -> tuple[AttestItem, ...]:
    """Return the criteria without a number that are asked of a unit."""
    return tuple(item for item in rulebook.attest_for(level) if stands_in(item.types, item.within, place))


def holds_on(period: Period | None, day: date) -> bool:
    """Say whether a clause holds on a day; one made by hand, without a period, always does."""
    return period is None or period.holds_on(day)
