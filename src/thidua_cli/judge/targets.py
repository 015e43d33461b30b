"""Series × targets of a plan → one answer per unit and target: what was reached, and what is still needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from thidua_cli.judge.classes.class_exits import class_exit, exit_sources, reported_exits
from thidua_cli.judge.classes.subjects import holds_on, state_without_subject
from thidua_cli.judge.classes.together import applies, membership_for, sources_for, taken_together
from thidua_cli.judge.clause.clause import judge_clause, state_of
from thidua_cli.judge.clause.nothing import is_of_nothing
from thidua_cli.judge.clause.pace import pace_to
from thidua_cli.judge.margin import margin_of_clause
from thidua_cli.judge.possible import same_in_all, worlds_of
from thidua_cli.judge.readings import alternatives_of, other_readings
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.under_doubt import looked_at, under_doubt
from thidua_cli.judge.verdict import ClauseAnswer, State
from thidua_cli.judge.words import targets as words
from thidua_cli.judge.words.clause import note_alone, written
from thidua_cli.judge.words.subjects import named_and_ended, without_subject
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.schema import EACH_YEAR, TEST_FORM, AnyClause, ClassExit, Clause, Rulebook


def judge_targets(series: Sequence[Series], rulebook: Rulebook, setting: Setting) -> list[TargetVerdict]:
    """Return one answer per unit and target, in the order of the series, then of the rule file.

    A target is judged at the last of its year-ends up to `setting.as_of`. A later one of those that are reached over
    several years follows with the path still needed; a target that is met or missed within one year has none, unless it
    is the first. Targets that take several units together stand at the end.
    """
    setting = replace(setting, class_at_start=rulebook.class_at_start)
    clauses: tuple[AnyClause, ...] = (*rulebook.targets, *rulebook.class_exits)
    rows = [row for unit in series for clause in clauses for row in _of_unit(clause, unit, setting)]
    return [*rows, *(row for clause in rulebook.targets for row in _of_units_together(clause, series, setting))]


def years_judged(clause: AnyClause, as_of: int) -> list[int]:
    """Return the year-ends of a target that are answered: the last due one, and the next where there is a way to it.

    >>> from types import SimpleNamespace
    >>> from thidua_cli.rulebook.schema import Test
    >>> years_judged(SimpleNamespace(year_ends=(2023, 2024, 2025), period=None, test=Test.COUNT_AT_YEAR_END), 2024)
    [2024, 2025]
    """
    year_ends = [year for year in clause.year_ends if holds_on(clause.period, year_end(year))]
    due = [year for year in year_ends if year <= as_of]
    later = [year for year in year_ends if year > as_of]
    within_a_year = getattr(clause, "test", None) in EACH_YEAR
    return [*due[-1:], *([] if due and within_a_year else later[:1])]


def _of_unit(clause: AnyClause, series: Series, setting: Setting) -> Iterator[TargetVerdict]:
    if not setting.speaks_of(clause.subject, series):
        return
    unjudged = _unjudged(clause, series)
    for year in years_judged(clause, setting.as_of):
        if unjudged is not None and not clause.subject.together:
            heirs = heirs_named(series.unit_code, setting)
            is_named = series.unit_code in clause.subject.within
            reason = named_and_ended(series, year, heirs) if is_named else without_subject(series, heirs)
            yield _without_answer(clause, series, year, setting, unjudged, reason)
        elif isinstance(clause, ClassExit):
            yield _exit(clause, series, year, setting)
        elif not clause.subject.together:
            row = _classified(clause, series, year, setting)
            if row is not None:
                yield row


def _unjudged(clause: AnyClause, series: Series) -> State | None:
    """Return the answer for a unit that does not stand, or cannot be told apart.

    An aim that names a district was set for it: that its tier ended leaves the aim without an answer, not the district
    without an aim.
    """
    state = state_without_subject(series)
    return State.UNDETERMINED if state is not None and series.unit_code in clause.subject.within else state


def heirs_named(code: str, setting: Setting) -> list[str]:
    """Return the names of the units that hold the households of one that ended."""
    heirs = setting.heirs_of(code)
    return [setting.name_of(heir) for heir in (*heirs.whole, *heirs.shared)]


def _without_answer(
    clause: AnyClause, series: Series, year: int, setting: Setting, state: State, reason: Text
) -> TargetVerdict:
    """Return the verdict for units that the boundaries do not know, whatever their figures say."""
    unit = (series.unit_code, series.unit_name, series.level, series.parent_code)
    return TargetVerdict(*unit, clause, year, year <= setting.as_of, state, reason, str(clause.citation))


def _exit(clause: ClassExit, series: Series, year: int, setting: Setting) -> TargetVerdict:
    """Return the verdict on a share of units that left a class; before the deadline, what has been reached so far."""
    is_due = year <= setting.as_of
    numbers, value = class_exit(clause, series, min(year, setting.as_of), setting)
    state = value.state if is_due else State.UNDETERMINED
    reported = reported_exits(clause, series, min(year, setting.as_of), setting)
    reason = words.class_exit(clause, numbers, value, is_due, reported)
    row = _without_answer(clause, series, year, setting, state, reason)
    sources = exit_sources(clause, min(year, setting.as_of), setting)
    return replace(row, values=(value,), baseline_year=clause.baseline_year, class_sources=sources)


def _classified(clause: Clause, series: Series, year: int, setting: Setting) -> TargetVerdict | None:
    """Return the verdict if the unit's classes make it one of the target's subjects, or may do so."""
    membership = membership_for(clause, series, min(year, setting.as_of), setting)
    inside = applies(clause, membership)
    if inside is False:
        return None
    row = replace(answered(clause, series, year, setting), class_sources=sources_for(clause, membership))
    if inside:
        return row
    reason = words.unknown_class(clause, row)
    return replace(row, state=State.UNDETERMINED, reason=reason, margin_households=None)


def answered(clause: Clause, series: Series, year: int, setting: Setting) -> TargetVerdict:
    """Return the verdict of one clause for one unit at one of the target's year-ends, whatever disputed figures are."""
    last = min(year, setting.as_of)
    return under_doubt(
        series,
        setting.disputed,
        lambda: looked_at((clause,), last),
        last,
        lambda figures: _answered(clause, figures, year, setting),
    )


def _answered(clause: Clause, series: Series, year: int, setting: Setting) -> TargetVerdict:
    answer = written(judge_clause(clause, series, min(year, setting.as_of)), series)
    is_due = year <= setting.as_of
    if is_due:
        answer = _over_worlds(answer, series, year)
    row = TargetVerdict(
        unit_code=series.unit_code,
        unit_name=series.unit_name,
        level=series.level,
        parent_code=series.parent_code,
        clause=clause,
        year=year,
        is_due=is_due,
        state=answer.state if is_due else State.UNDETERMINED,
        reason=answer.full_reason or NO_TEXT,
        citation=str(clause.citation),
        values=answer.values,
        baseline_year=answer.baseline_year,
        position=answer.position,
        note=note_alone(answer),
        answer=answer,
    )
    return _due(row, series, answer) if is_due else _not_due(row, series, answer, setting)


def _over_worlds(answer: ClauseAnswer, series: Series, year: int) -> ClauseAnswer:
    """Return an open answer as settled where every choice of the open counts leads to one."""
    if answer.state is not State.UNDETERMINED:
        return answer
    clause = answer.clause
    state = same_in_all(worlds_of(series, [clause], year), lambda world: state_of(clause, world, year))
    return answer if state is State.UNDETERMINED else written(replace(answer, state=state, limit=None), series)


def _due(row: TargetVerdict, series: Series, answer: ClauseAnswer) -> TargetVerdict:
    clause = answer.clause
    nothing = row.state is State.NOT_MET and is_of_nothing(clause, series, row.year)
    if nothing:
        return replace(row, state=State.NO_CRITERION, reason=words.NOTHING_TO_REDUCE)
    if nothing is None:
        return replace(row, state=State.UNDETERMINED, reason=words.perhaps_nothing(answer.missing))
    as_read = other_readings(
        alternatives_of([clause]), row.state, lambda changed: state_of(changed[clause.id], series, row.year)
    )
    return replace(row, margin_households=margin_of_clause(answer, series, row.year), other_readings=tuple(as_read))


def _not_due(row: TargetVerdict, series: Series, answer: ClauseAnswer, setting: Setting) -> TargetVerdict:
    clause = answer.clause
    if clause.baseline_year is None and TEST_FORM[clause.test].windows:
        row = replace(row, values=())  # the window of the deadline has not begun to end: there is no value so far
    pace = pace_to(clause, series, setting.as_of, row.year)
    if pace is not None:
        return replace(row, pace=pace, reason=words.pace(pace), note=None)
    return replace(
        row, reason=Text.each_once("; ", answer.missing).sentence() if answer.missing else NO_TEXT, note=None
    )


def _of_units_together(clause: Clause, series: Sequence[Series], setting: Setting) -> Iterator[TargetVerdict]:
    if not clause.subject.together:
        return
    for year in years_judged(clause, setting.as_of):
        units = taken_together(clause, series, min(year, setting.as_of), setting)
        if units is None:
            continue
        if units.unjudged is not None:
            state, unit = units.unjudged
            yield _without_answer(clause, units.total, year, setting, state, without_subject(unit))
            continue
        row = replace(answered(clause, units.total, year, setting), class_sources=units.class_sources)
        if units.open_units:
            row = replace(row, state=State.UNDETERMINED, reason=words.open_classes(clause, units.open_units))
        yield row
