"""Clauses that speak of several units as one: "vùng miền núi". Their counts are summed before anything is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from thidua_cli.judge.classes.applicability import questions_of, scenarios
from thidua_cli.judge.classes.subject_ends import without_subject
from thidua_cli.judge.classes.subjects import speaks_of
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import State
from thidua_cli.language import Text
from thidua_cli.model import Basis, Level, Series, YearFigures, year_end
from thidua_cli.rulebook.classes import CLASS_TEXT
from thidua_cli.rulebook.schema import Rule


@dataclass(frozen=True, slots=True)
class Group:
    """The units a clause takes together, as far as they are known."""

    series: Series
    """Their sum, under the code of the place; a year-end at which one has no figures has none."""
    open_units: tuple[Series, ...]
    """Units of which the class is not known: with any, the sum is not known either."""
    ended: tuple[State, Text] | None = None
    """The answer and its reason where the boundaries do not know the units."""


def applies(rule: Rule, series: Series, year: int, setting: Setting) -> bool | None:
    """Say whether a clause applies to a unit by its classes at a year-end; None where that cannot be known."""
    membership = setting.membership(series, year)
    answers = {question: membership.answer(question) for question in questions_of([rule])}
    found = {bool(scenario.rules) for scenario in scenarios([rule], answers)}
    return found.pop() if len(found) == 1 else None


def group_of(rule: Rule, every: Sequence[Series], year: int, setting: Setting) -> Group | None:
    """Return the units of the figures that a clause takes together at a year-end; None where there are none.

    Units that the lists know in the place, of which the figures hold nothing, are missing from the sum: it is left out.
    """
    spoken_of = [one for one in every if speaks_of(rule.subject, one.level, setting.place_of(one))]
    answers = [(one, applies(rule, one, year, setting)) for one in spoken_of]
    members = [one for one, inside in answers if inside]
    open_units = tuple(one for one, inside in answers if inside is None)
    if not members and not open_units:
        return None
    ended = next((found for one in (*members, *open_units) if (found := without_subject(one)) is not None), None)
    absent = () if ended is not None else _absent(rule, {one.unit_code for one in spoken_of}, year, setting)
    years = {at for one in members for at in one.years}
    summed = {at: _sum(at, members, absent) for at in sorted(years)} if not open_units else {}
    place = rule.subject.within[0] if rule.subject.within else "VN"
    name = _name(rule)
    return Group(Series(place, name, rule.subject.level, "", summed), open_units, ended)


def _absent(rule: Rule, held: set[str], year: int, setting: Setting) -> tuple[str, ...]:
    """Return the codes of units in the place that the figures lack, unless they are known to be outside the class."""
    places = rule.subject.within or ("VN",)
    codes = {code for place in places for code in setting.units_within(place, rule.subject.level, year_end(year))}
    blank = (Series(code, code, rule.subject.level, "", {}) for code in sorted(codes - held))
    return tuple(one.unit_code for one in blank if applies(rule, one, year, setting) is not False)


def _sum(year: int, members: Sequence[Series], absent: Sequence[str]) -> YearFigures:
    held = [one.years[year] for one in members if year in one.years]
    missing = (*(one.unit_code for one in members if year not in one.years), *absent)
    first = held[0]
    unusable = next((one for one in held if _is_unusable(one) or one.poverty_line != first.poverty_line), None)
    if missing or unusable is not None:
        return replace(
            unusable or first, counts={}, printed_rates={}, divided=(), merged=(), placed={}, missing_children=missing
        )
    names = set.intersection(*(set(one.counts) for one in held))
    counts = {name: sum(one.counts[name] for one in held) for name in sorted(names)}
    rows = tuple(row for one in held for row in one.rows)
    return YearFigures(year, counts, Basis.ROLLED_UP, first.status, first.poverty_line, rows)


def _is_unusable(figures: YearFigures) -> bool:
    return bool(figures.conflicting or figures.missing_children or figures.superseded_on or figures.divided)


def _name(rule: Rule) -> str:
    """Name a group in the plural: "Các huyện nghèo", "Các đơn vị miền núi cấp huyện"."""
    kinds = " hoặc ".join(CLASS_TEXT[token].vi for token in rule.subject.any_of) or "đơn vị"
    level = {Level.DISTRICT: " cấp huyện", Level.COMMUNE: " cấp xã"}.get(rule.subject.level, "")
    return f"Các {kinds}{level}" if kinds.startswith("đơn vị") else f"Các {kinds}"
