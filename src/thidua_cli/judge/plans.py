"""What a unit planned for a year, as a target of its own: done / planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from thidua_cli.judge.classes.together import summed_up
from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import answered
from thidua_cli.judge.words.amounts import amount_of
from thidua_cli.judge.words.clause import noun
from thidua_cli.judge.words.subjects import ended_place
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import UNIT_AFTER_NUMBER
from thidua_cli.model import Citation, Level, Series, year_end
from thidua_cli.rulebook.plan_file import PlannedFall
from thidua_cli.rulebook.schema import Clause, ClauseKind, Comparison, Subject, Test, ThresholdUnit
from thidua_cli.units.former_places import Heirs
from thidua_cli.units.tables import REFORM_DAY

PLAN_ID: Final = "plan"
"""Stands for the clause's id in the rows of a user's `--plan` file."""


def judge_plans(series: Sequence[Series], plans: Sequence[PlannedFall], setting: Setting) -> list[TargetVerdict]:
    """Return one answer per planned figure of the units: attained from 100% on, in the order of the file.

    The plan of a place that ended is held against the communes that hold its households since.
    """
    by_code = {unit.unit_code: unit for unit in series}
    return [row for plan in plans for row in _rows(plan, by_code, setting)]


def _rows(plan: PlannedFall, by_code: Mapping[str, Series], setting: Setting) -> Iterator[TargetVerdict]:
    """Yield the answer; a plan for a year after the next one cannot be told from the figures there are."""
    if plan.year > setting.as_of + 1:
        return
    heirs, own = setting.heirs_of(plan.unit_code), by_code.get(plan.unit_code)
    has_ended = bool(heirs.whole or heirs.shared) and year_end(plan.year) >= REFORM_DAY
    if own is not None and not has_ended:
        yield _row(plan, own, setting)
    elif has_ended and (own is not None or any(code in by_code for code in heirs.whole)):
        yield _of_heirs(plan, heirs, by_code, setting)


def _row(plan: PlannedFall, series: Series, setting: Setting) -> TargetVerdict:
    return replace(answered(planned_clause(plan, series), series, plan.year, setting), citation=plan.source)


def _of_heirs(plan: PlannedFall, heirs: Heirs, by_code: Mapping[str, Series], setting: Setting) -> TargetVerdict:
    """Return the answer of the communes of a place that ended, where together they are the place; it names them."""
    members = [by_code[code] for code in heirs.whole if code in by_code]
    absent = [code for code in heirs.whole if code not in by_code]
    years = {year for unit in members for year in unit.years}
    summed = {year: summed_up(year, members, absent) for year in years} if not heirs.shared else {}
    name = setting.name_of(plan.unit_code).partition(" (")[0]
    level = Level.PROVINCE if len(plan.unit_code) == _PROVINCE_DIGITS else Level.DISTRICT
    own = by_code.get(plan.unit_code)
    place = Series(plan.unit_code, name, level, "" if own is None else own.parent_code, summed)
    row = _row(plan, place, setting)
    names = [setting.name_of(code) for code in (*heirs.whole, *heirs.shared)]
    told = [row.reason, ended_place(names, is_followed=not heirs.shared)]
    return replace(row, reason=Text.each_once(" ", [text for text in told if text.vi]))


_PROVINCE_DIGITS: Final = 2


def planned_clause(plan: PlannedFall, series: Series) -> Clause:
    """Return a planned fall as a clause: at least so much since the year-end before, on that year's poverty line."""
    figures = series.years.get(plan.year) or series.years.get(plan.year - 1)
    day = date(plan.year, 1, 1)
    clause = Clause(
        id=PLAN_ID,
        title=NO_TEXT,
        subject=Subject(series.level),
        test=Test.RATE_FALL_EACH_YEAR if plan.unit is ThresholdUnit.POINTS else Test.COUNT_FALL_EACH_YEAR,
        measure=plan.measure,
        comparison=Comparison.AT_LEAST,
        threshold=plan.planned,
        unit=plan.unit,
        reading=Text("mức giảm so với cuối năm trước", "the fall from the year-end before"),
        citation=Citation(plan.source, "", day),
        verified=day,
        years=1,
        poverty_line="2022-2025" if figures is None else figures.poverty_line,
        kind=ClauseKind.TARGET,
        year_ends=(plan.year,),
    )
    text = Text("Kế hoạch năm {year}: {noun} giảm {amount}{unit}", "Plan for {year}: {noun} fall {amount}{unit}")
    amount_text = amount_of(clause, Fraction(plan.planned))
    return replace(
        clause,
        title=text.fill(
            year=str(plan.year), noun=noun(clause), amount=amount_text, unit=UNIT_AFTER_NUMBER[clause.unit]
        ),
    )
