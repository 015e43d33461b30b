"""Clauses that speak of several units as one: "vùng miền núi". Their counts are summed before anything is taken."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_cli.judge.classes.membership import Membership
from thidua_cli.judge.classes.scenarios import questions_of, scenarios
from thidua_cli.judge.classes.subjects import state_without_subject
from thidua_cli.judge.clause.domain import count_bounds
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.verdict import ClassSource, State
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.lexicon import CLASS_WORDS, LEVEL_WORDS
from thidua_cli.model import COUNTRY_CODE, Basis, Series, YearFigures, year_end
from thidua_cli.rulebook.class_reading import start_of
from thidua_cli.rulebook.schema import Clause


@dataclass(frozen=True, slots=True)
class UnitsTogether:
    """The units a clause takes together, as far as they are known."""

    total: Series
    """Their sum, under the code of the place; a year-end at which one has no figures has none."""
    open_units: tuple[Series, ...]
    """Units of which the class is not known: with any, the sum is not known either."""
    class_sources: tuple[ClassSource, ...] = ()
    """What says of the others that they have the class."""
    unjudged: tuple[State, Series] | None = None
    """The answer for the first of them that the boundaries do not know."""


def membership_for(clause: Clause, series: Series, year: int, setting: Setting) -> Membership:
    """Return the classes of a unit that a clause asks about at a year-end."""
    membership = setting.membership(series, year)
    return (membership.at_start(start_of([clause], year)) or membership) if setting.class_at_start else membership


def sources_for(clause: Clause, membership: Membership) -> tuple[ClassSource, ...]:
    """Return what says so of the classes that a clause asks about, as far as they are known."""
    asked = clause.subject.classes
    return tuple(source for source in membership.sources() if source.token in asked) if asked else ()


def applies(clause: Clause, membership: Membership) -> bool | None:
    """Say whether a clause applies to a unit by its classes; None where that cannot be known."""
    answers = {question: membership.answer(question) for question in questions_of([clause])}
    applying = {bool(scenario.clauses) for scenario in scenarios([clause], answers)}
    return applying.pop() if len(applying) == 1 else None


def taken_together(clause: Clause, every: Sequence[Series], year: int, setting: Setting) -> UnitsTogether | None:
    """Return the units of the figures that a clause takes together at a year-end; None where there are none.

    Units that the lists know in the place, of which the figures hold nothing, are missing from the sum: it is left out.
    """
    spoken_of = [unit for unit in every if setting.speaks_of(clause.subject, unit)]
    known = [(unit, membership_for(clause, unit, year, setting)) for unit in spoken_of]
    answers = [(unit, membership, applies(clause, membership)) for unit, membership in known]
    members = [unit for unit, _, inside in answers if inside]
    open_units = tuple(unit for unit, _, inside in answers if inside is None)
    if not members and not open_units:
        return None
    states = ((state_without_subject(unit), unit) for unit in (*members, *open_units))
    unjudged = next(((state, unit) for state, unit in states if state is not None), None)
    absent = () if unjudged else _absent(clause, {unit.unit_code for unit in spoken_of}, year, setting)
    years = sorted({each for unit in members for each in unit.years}) if not open_units else []
    summed = {each: summed_up(each, members, absent) for each in years}
    inside = (source for _, membership, of in answers if of for source in sources_for(clause, membership))
    place = clause.subject.within[0] if clause.subject.within else COUNTRY_CODE
    total = Series(place, _name(clause), clause.subject.level, "", summed)
    return UnitsTogether(total, open_units, tuple(dict.fromkeys(inside)), unjudged)


def _absent(clause: Clause, present: set[str], year: int, setting: Setting) -> tuple[str, ...]:
    """Return the codes of units in the place that the figures lack, unless they are known to be outside the class."""
    level, day = clause.subject.level, year_end(year)
    codes = {
        code for place in clause.subject.within or (COUNTRY_CODE,) for code in setting.units_within(place, level, day)
    }
    blank = (Series(code, code, level, "", {}) for code in sorted(codes - present))
    return tuple(
        unit.unit_code for unit in blank if applies(clause, membership_for(clause, unit, year, setting)) is not False
    )


def summed_up(year: int, members: Sequence[Series], absent: Sequence[str]) -> YearFigures:
    """Return the summed figures of a year-end; of a member that cannot be used its own, so that they say why."""
    known = [unit.years[year] for unit in members if year in unit.years]
    lacking = (*(unit.unit_code for unit in members if year not in unit.years), *absent)
    first = known[0]
    # Hà Nội counts by a line of its own: households on two lines are not households of one group.
    unusable = next((figures for figures in known if _is_unusable(figures, first.poverty_line)), None)
    if lacking or unusable is not None:
        return replace(
            unusable or first, counts={}, printed_rates={}, divided=(), merged=(), placed={}, missing_children=lacking
        )
    names = sorted(set.intersection(*({*figures.counts, *figures.bounds} for figures in known)))
    ends = {name: [count_bounds(figures, name) for figures in known] for name in names}
    sums = {name: (sum(low for low, _ in of), sum(high or 0 for _, high in of)) for name, of in ends.items()}
    counts = {name: low for name, (low, high) in sums.items() if low == high}
    bounds = {name: both for name, both in sums.items() if name not in counts}
    rows = tuple(row for figures in known for row in figures.rows)
    return YearFigures(year, counts, Basis.ROLLED_UP, first.status, first.poverty_line, rows, bounds=bounds)


def _is_unusable(figures: YearFigures, line: str) -> bool:
    unsound = figures.conflicting or figures.missing_children or figures.superseded_on or figures.divided
    return bool(unsound) or figures.poverty_line != line


def _name(clause: Clause) -> str:
    """Name the units in the plural: "Các huyện nghèo", "Các đơn vị miền núi cấp huyện"."""
    kinds = " hoặc ".join(CLASS_WORDS[token].long.vi for token in clause.subject.any_of) or "đơn vị"
    level = LEVEL_WORDS[clause.subject.level].long.vi
    return f"Các {kinds} {level}" if kinds.startswith("đơn vị") else f"Các {kinds}"
