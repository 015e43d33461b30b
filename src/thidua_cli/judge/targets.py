"""Series × targets of a plan → one answer per unit and target: what was reached, and what is still needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from thidua_cli.judge.classes.applicability import Scenario, questions_of
from thidua_cli.judge.classes.class_exits import class_exit
from thidua_cli.judge.classes.subject_ends import without_subject
from thidua_cli.judge.classes.subjects import holds_on, speaks_of
from thidua_cli.judge.classes.together import applies, group_of
from thidua_cli.judge.clause.figures import known_count
from thidua_cli.judge.clause.margin import margin_households
from thidua_cli.judge.clause.pace import pace_text, pace_to
from thidua_cli.judge.clause.path import EvaluatedPath
from thidua_cli.judge.clause.paths import evaluate, state_of
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import Clause, TargetVerdict
from thidua_cli.judge.verdict import STATE_TEXT, OtherReading, State
from thidua_cli.judge.words import explanation
from thidua_cli.judge.words.readings import alternatives_of, other_answer
from thidua_cli.judge.words.reasons import listed, sentence, sentences
from thidua_cli.language import Text
from thidua_cli.model import Series, year_end
from thidua_cli.rulebook.schema import TEST_FORM, ClassExit, Rule, Rulebook, Test

_YEARLY = (Test.RATE_FALL_EACH_YEAR, Test.COUNT_FALL_EACH_YEAR)


def judge_targets(series: Sequence[Series], rulebook: Rulebook, setting: Setting) -> list[TargetVerdict]:
    """Return one answer per unit and target, in the order of the series, then of the rule file.

    A target is judged at the last of its year-ends up to `setting.as_of`. A later one of those that are reached over
    several years follows with the path still needed; a target that is met or missed within one year has none, unless it
    is the first. Targets that take several units together stand at the end.
    """
    clauses: tuple[Clause, ...] = (*rulebook.targets, *rulebook.class_exits)
    found = [row for one in series for clause in clauses for row in _of_unit(clause, one, setting)]
    return [*found, *(row for rule in rulebook.targets for row in _of_group(rule, series, setting))]


def years_judged(clause: Clause, as_of: int) -> list[int]:
    """Return the year-ends of a target that are answered: the last due one, and the next where there is a way to it.

    >>> from types import SimpleNamespace
    >>> years_judged(SimpleNamespace(year_ends=(2023, 2024, 2025), period=None, test=Test.COUNT_AT_YEAR_END), 2024)
    [2024, 2025]
    """
    year_ends = [year for year in clause.year_ends if holds_on(clause.period, year_end(year))]
    due = [year for year in year_ends if year <= as_of]
    later = [year for year in year_ends if year > as_of]
    within_a_year = getattr(clause, "test", None) in _YEARLY
    return [*due[-1:], *([] if due and within_a_year else later[:1])]


def _of_unit(clause: Clause, series: Series, setting: Setting) -> Iterator[TargetVerdict]:
    if not speaks_of(clause.subject, series.level, setting.place_of(series)):
        return
    ended = without_subject(series)
    for year in years_judged(clause, setting.as_of):
        if ended is not None and not clause.subject.together:
            yield _without_answer(clause, series, year, year <= setting.as_of, ended)
        elif isinstance(clause, ClassExit):
            yield class_exit(clause, series, year, year <= setting.as_of, setting)
        elif not clause.subject.together:
            row = _classified(clause, series, year, setting)
            if row is not None:
                yield row


def _without_answer(
    clause: Clause, series: Series, year: int, is_due: bool, ended: tuple[State, Text]
) -> TargetVerdict:
    """Return the answer for a unit that the boundaries do not know, whatever its figures say."""
    state, reason = ended
    return TargetVerdict(
        *(series.unit_code, series.unit_name, series.level, series.parent_code, clause, year, is_due, state, reason),
        citation=str(clause.citation),
    )


def _classified(rule: Rule, series: Series, year: int, setting: Setting) -> TargetVerdict | None:
    """Return the answer if the unit's classes make it one of the target's subjects, or may do so."""
    inside = applies(rule, series, min(year, setting.as_of), setting)
    if inside is False:
        return None
    row = answered(rule, series, year, setting)
    if inside:
        return row
    classes = explanation.label([token for question in questions_of([rule]) for token in question])
    text = Text(
        "Chưa biết đơn vị có phải là {classes} hay không; nếu thuộc diện của chỉ tiêu: {state}. Bổ sung bằng --classes "
        "TỆP.",
        "It is not known whether the unit is {classes}; if the target speaks of it: {state}. Add it with --classes "
        "FILE.",
    )
    reason = sentences([text.fill(classes=classes, state=STATE_TEXT[row.state]), row.reason])
    return replace(row, state=State.UNDETERMINED, reason=reason, margin_households=None)


def answered(rule: Rule, series: Series, year: int, setting: Setting) -> TargetVerdict:
    """Return the answer of one rule for one unit at one of the target's year-ends."""
    judged = min(year, setting.as_of)
    path = evaluate(rule, series, judged)
    is_due = year <= setting.as_of
    row = TargetVerdict(
        unit_code=series.unit_code,
        unit_name=series.unit_name,
        level=series.level,
        parent_code=series.parent_code,
        clause=rule,
        year=year,
        is_due=is_due,
        state=path.verdict.state if is_due else State.UNDETERMINED,
        reason=path.verdict.full_reason or Text("", ""),
        citation=str(rule.citation),
        values=path.verdict.values,
        baseline_year=path.verdict.baseline_year,
        position=path.verdict.position,
        note=path.verdict.note,
    )
    return _due(row, rule, series, path) if is_due else _not_due(row, rule, series, path, setting)


def _due(row: TargetVerdict, rule: Rule, series: Series, path: EvaluatedPath) -> TargetVerdict:
    if _nothing_to_reduce(rule, series, row):
        text = Text("Không còn hộ nào để giảm.", "There is none left to reduce.")
        return replace(row, state=State.NO_CRITERION, reason=text)
    return replace(
        row,
        margin_households=_margin(rule, series, row.year, path),
        other_readings=tuple(_other_readings(rule, series, row)),
    )


def _nothing_to_reduce(rule: Rule, series: Series, row: TargetVerdict) -> bool:
    """Say whether a fall in percent is asked of nothing that stayed nothing: the target has no object there.

    A criterion asks what was achieved, so nothing does not meet it; a target asks for what is still to be done.
    """
    if row.state is not State.NOT_MET or any(value.value is not None or value.high is not None for value in row.values):
        return False
    ends = (row.baseline_year if row.baseline_year is not None else row.year, row.year)
    return all(known_count(series, year, rule) == 0 for year in ends)


def _not_due(row: TargetVerdict, rule: Rule, series: Series, path: EvaluatedPath, setting: Setting) -> TargetVerdict:
    if rule.baseline_year is None and TEST_FORM[rule.test].windows:
        row = replace(row, values=())  # the window of the deadline has not begun to end: there is no value so far
    pace = pace_to(rule, series, setting.as_of, row.year)
    if pace is not None:
        return replace(row, pace=pace, reason=pace_text(pace), note=None)
    missing = path.verdict.missing
    return replace(row, reason=sentence(listed(missing)) if missing else Text("", ""), note=None)


def _margin(rule: Rule, series: Series, year: int, path: EvaluatedPath) -> int | None:
    if path.step is None or path.step.limit is None or path.verdict.divided:
        return None
    count = known_count(series, year, rule)
    if count is None:
        return None
    households = series.years[year].denominator(rule.measure)
    steps = {rule.id: path.step}
    return margin_households(path.verdict.state, count, households, [Scenario({}, (rule,))], steps)


def _other_readings(rule: Rule, series: Series, row: TargetVerdict) -> Iterator[OtherReading]:
    for name, (text, rules) in alternatives_of([rule]).items():
        other = other_answer(name, text, state_of(rules[rule.id], series, row.year), row.state)
        if other is not None:
            yield other


def _of_group(rule: Rule, series: Sequence[Series], setting: Setting) -> Iterator[TargetVerdict]:
    if not rule.subject.together:
        return
    for year in years_judged(rule, setting.as_of):
        group = group_of(rule, series, min(year, setting.as_of), setting)
        if group is None:
            continue
        if group.ended is not None:
            yield _without_answer(rule, group.series, year, year <= setting.as_of, group.ended)
            continue
        row = answered(rule, group.series, year, setting)
        if group.open_units:
            row = replace(row, state=State.UNDETERMINED, reason=_open_classes(rule, group.open_units))
        yield row


def _open_classes(rule: Rule, units: Sequence[Series]) -> Text:
    names = ", ".join(one.unit_name for one in units[:5])
    more = len(units) - 5
    text = Text(
        "Chưa biết các đơn vị sau có phải là {classes} hay không nên chưa cộng được: {names}{rest}. Bổ sung bằng "
        "--classes TỆP.",
        "It is not known whether these units are {classes}, so there is no sum: {names}{rest}. Add them with --classes "
        "FILE.",
    )
    rest = Text(f" và {more} đơn vị khác", f" and {more} more") if more > 0 else Text("", "")
    return text.fill(classes=explanation.label(rule.subject.any_of or rule.subject.none_of), names=names, rest=rest)
