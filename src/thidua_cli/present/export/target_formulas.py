"""What is asked of a target and what was reached, as formulas: the mark compares whole numbers, multiplied across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from thidua_cli.judge.clause.figures import figures_at
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.judge.target_verdict import TargetVerdict
from thidua_cli.judge.verdict import ClauseAnswer, Position, State
from thidua_cli.language import Language
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.model import Series
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.export.comparisons import most_left
from thidua_cli.present.export.counts import CountPlaces
from thidua_cli.present.export.formulas import figure_expression, known
from thidua_cli.present.export.live import rests_on_counts
from thidua_cli.present.export.marks import conditions_of, lacking_counts, most_left_formula, size_of_counts
from thidua_cli.present.targets.view import POSITION_WORDS
from thidua_cli.present.toolkit.document import Formula
from thidua_cli.present.verdicts.figures import key_of
from thidua_cli.rulebook.schema import TEST_FORM, Clause, Comparison, Test

_FALLS: Final = (Comparison.AT_LEAST, Comparison.MORE_THAN)
_YEARLY: Final = (Test.RATE_FALL_EACH_YEAR, Test.COUNT_FALL_EACH_YEAR)


class CountsOfTarget(NamedTuple):
    """The row of the sheet of counts that a target was answered by."""

    row: int
    unit: Series
    answer: ClauseAnswer


def counts_of(row: TargetVerdict, units: Sequence[tuple[int, Series]]) -> CountsOfTarget | None:
    """Return the counts of a target among the rows of its unit; None where the workbook holds other figures, or none.

    Targets are measured on the poverty line and the boundaries of their own, and some speak of several units together.
    """
    answer = row.answer
    if answer is None or not answer.figures or answer.clause.subject.together:
        return None
    for number, unit in units:
        same = figures_at(unit, answer.years_used, answer.clause) == answer.figures
        if same and rests_on_counts(answer, unit, answer.years_used):
            return CountsOfTarget(number, unit, answer)
    return None


class TargetFormulas:
    """The formulas of the sheet, each made once per target, window and size of counts.

    Args:
        places: Where the counts stand.
        language: The language of the marks.
        reached: Column of what was reached.
        most_left: Column of the last count that would do.
    """

    def __init__(self, places: CountPlaces, language: Language, *, reached: int, most_left: int) -> None:
        self._places = places
        self._language = language
        self._reached = reached
        self._most_left = most_left
        self._made: dict[tuple[object, ...], Formula | None] = {}

    def reached(self, row: TargetVerdict, counts: CountsOfTarget | None) -> Formula | None:
        """Return what was reached; of a window in which each year must pass, the least."""
        if counts is None or not row.values:
            return None
        clause, start = counts.answer.clause, counts.answer.baseline_year
        keys = [key_of(clause, start, value.year) for value in row.values]
        texts = [figure_expression(key, self._places, clause.rounded_to) for key in keys]
        return known(texts[0] if len(texts) == 1 else f"MIN({','.join(texts)})")

    def attainment(self, row: TargetVerdict, counts: CountsOfTarget | None) -> Formula | None:
        """Return what was reached in percent of what was asked, where a fall was."""
        if counts is None or not row.values or row.clause.comparison not in _FALLS:
            return None
        return known(f"100*{{{self._reached}}}/{row.clause.threshold:f}")

    def mark(self, row: TargetVerdict, counts: CountsOfTarget | None) -> Formula | None:
        """Return the answer where counts alone decide it, as they stand, by one threshold."""
        if counts is None or row.other_readings or not _is_certain(row):
            return None
        return self._of_clause("mark", counts, self._mark)

    def most_left(self, row: TargetVerdict, counts: CountsOfTarget | None) -> Formula | None:
        """Return the largest last count with which the target is met as it is read."""
        if counts is None or not _is_certain(row):
            return None
        return self._of_clause("most left", counts, self._limit)

    def position(self, row: TargetVerdict, counts: CountsOfTarget | None) -> Formula | None:
        """Return where the value lies in the range of a plan."""
        if counts is None or not row.values or row.doubts or counts.answer.clause.rounded_to is not None:
            return None
        return self._of_clause("position", counts, self._position)

    def margin(self, row: TargetVerdict, counts: CountsOfTarget) -> Formula:
        """Return how many more households would still do, by the last count that would; missing ones below zero."""
        measure = counts.answer.clause.measure
        limit, count = f"{{{self._most_left}}}", self._places.count(row.year, measure)
        # No unit has more poor households than households: an answer that only such a count would lose is not lost.
        beyond = f"{limit}<0"
        if counts.unit.years[row.year].denominator(measure) is not None:
            beyond = f"OR({beyond},{limit}>=MAX({count},{self._places.whole(row.year, measure)}))"
        return f'=IF(COUNT({limit})=0,"",IF({beyond},"",{limit}-{count}))'

    def _of_clause(
        self, kind: str, counts: CountsOfTarget, make: Callable[[ClauseAnswer, int], Formula | None]
    ) -> Formula | None:
        answer = counts.answer
        size = size_of_counts(answer, counts.unit)
        key = (kind, answer.clause, answer.years, size)
        if key not in self._made:
            self._made[key] = make(answer, size)
        return self._made[key]

    def _mark(self, answer: ClauseAnswer, size: int) -> Formula | None:
        conditions = conditions_of(answer.clause, answer.years, self._places, size)
        if conditions is None:
            return None
        met, not_met, unknown, nothing = (ANSWER_WORDS[state].pick(self._language) for state in _STATES)
        marked = f'IF(AND({",".join(conditions)}),"{met}","{not_met}")'
        if _may_be_of_nothing(answer.clause):
            # A target of nothing that stayed nothing has no object; a criterion would not be met.
            years = answer.years if answer.clause.test in _YEARLY else (answer.years[0], answer.years[-1])
            every = ",".join(self._places.count(year, answer.clause.measure) for year in years)
            marked = f'IF(MAX({every})=0,"{nothing}",{marked})'
        return f'=IF({self._lacking(answer)},"{unknown}",{marked})'

    def _limit(self, answer: ClauseAnswer, size: int) -> Formula | None:
        clause, years = answer.clause, answer.years
        conditions, left = (
            conditions_of(clause, years, self._places, size),
            most_left(clause, years, self._places, size),
        )
        if conditions is None or left is None:
            return None
        return most_left_formula(clause, years, conditions, self._lacking(answer), left, self._places)

    def _position(self, answer: ClauseAnswer, size: int) -> Formula | None:
        clause = answer.clause
        if clause.upper is None:
            return None
        least = replace(clause, comparison=Comparison.AT_LEAST)
        above = replace(clause, comparison=Comparison.MORE_THAN, threshold=clause.upper)
        ends = [conditions_of(each, answer.years, self._places, size) for each in (least, above)]
        parts = [",".join(conditions) for conditions in ends if conditions is not None]
        if len(parts) < len(ends):
            return None
        below, within, over = (POSITION_WORDS[position].pick(self._language) for position in Position)
        inside = f'IF(AND({parts[1]}),"{over}","{within}")'
        return f'=IF(COUNT({{{self._reached}}})=0,"",IF(AND({parts[0]}),{inside},"{below}"))'

    def _lacking(self, answer: ClauseAnswer) -> str:
        return lacking_counts(answer.clause, answer.years_used, self._places)


_STATES: Final = (State.MET, State.NOT_MET, State.UNDETERMINED, State.NO_CRITERION)


def _may_be_of_nothing(clause: Clause) -> bool:
    return is_relative(clause) and bool(TEST_FORM[clause.test].windows)


def _is_certain(row: TargetVerdict) -> bool:
    """Say whether the target as it is read is decided by counts, none of them doubted, and nothing rounded first."""
    rounds = row.answer is not None and row.answer.clause.rounded_to is not None
    return row.is_due and row.state is not State.UNDETERMINED and not rounds and not row.doubts
