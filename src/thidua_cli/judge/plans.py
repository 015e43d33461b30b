"""What a unit planned for a year, as a target of its own: done / planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from thidua_cli.judge.setting import Setting
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.targets import answered
from thidua_cli.judge.words.amounts import amount
from thidua_cli.judge.words.clause import noun
from thidua_cli.language import NO_TEXT, Text
from thidua_cli.lexicon import UNIT_AFTER_NUMBER
from thidua_cli.model import Citation, Series
from thidua_cli.rulebook.plan_file import PlannedFall
from thidua_cli.rulebook.schema import Clause, ClauseKind, Comparison, Subject, Test, ThresholdUnit

PLAN_ID: Final = "plan"
"""Stands for the clause's id in the rows of a user's `--plan` file."""


def judge_plans(series: Sequence[Series], plans: Sequence[PlannedFall], setting: Setting) -> list[TargetVerdict]:
    """Return one answer per planned figure of the units: attained from 100% on, in the order of the file."""
    by_code = {unit.unit_code: unit for unit in series}
    return [row for plan in plans if plan.unit_code in by_code for row in _row(plan, by_code[plan.unit_code], setting)]


def _row(plan: PlannedFall, series: Series, setting: Setting) -> Iterator[TargetVerdict]:
    """Yield the answer; a plan for a year after the next one cannot be told from the figures there are."""
    if plan.year <= setting.as_of + 1:
        row = answered(planned_clause(plan, series), series, plan.year, setting)
        yield replace(row, citation=plan.source)


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
    amount_text = amount(clause, Fraction(plan.planned))
    return replace(
        clause,
        title=text.fill(
            year=str(plan.year), noun=noun(clause), amount=amount_text, unit=UNIT_AFTER_NUMBER[clause.unit]
        ),
    )
