"""Which clauses speak of a unit, by its level, type, place and the days they hold; classes are asked afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from thidua_cli.model import COUNTRY_CODE, Level, Series
from thidua_cli.rulebook.schema import AttestItem, Period, Rule, Rulebook, Subject
from thidua_cli.units.place import Place

PlaceOf: TypeAlias = Callable[[Series], Place]
"""The type and the surroundings of a unit on the judged day."""


def place_from_figures(series: Series) -> Place:
    """Return what the figures themselves say of a unit's place: its code and its parent's, and no type."""
    return Place("", frozenset({series.unit_code, series.parent_code, COUNTRY_CODE}))


def speaks_of(subject: Subject, level: Level, place: Place) -> bool:
    """Say whether a clause speaks of a unit, its classes left aside."""
    return subject.level is level and stands_in(subject.types, subject.within, place)


def stands_in(types: tuple[str, ...], within: tuple[str, ...], place: Place) -> bool:
    """Say whether a unit has one of the types and lies in one of the places; none named means any."""
    return (not types or place.type in types) and (not within or not place.within.isdisjoint(within))


def rules_of(rulebook: Rulebook, level: Level, place: Place) -> tuple[Rule, ...]:
    """Return the criteria that speak of a unit, each unit standing for itself."""
    rules = (rule for rule in rulebook.rules if not rule.subject.together)
    return tuple(rule for rule in rules if speaks_of(rule.subject, level, place))


def attest_items_of(rulebook: Rulebook, level: Level, place: Place) -> tuple[AttestItem, ...]:
    """Return the criteria without a number that are asked of a unit."""
    return tuple(item for item in rulebook.attest_for(level) if stands_in(item.types, item.within, place))


def holds_on(period: Period | None, day: date) -> bool:
    """Say whether a clause holds on a day; one made by hand, without a period, always does."""
    return period is None or period.holds_on(day)
