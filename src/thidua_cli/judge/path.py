"""What every path has: its answer, its dependence on the last count, and the notes on the figures it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from thidua_cli.judge import division, reasons
from thidua_cli.judge.figures import Missing, preliminary_years
from thidua_cli.judge.span import Span
from thidua_cli.judge.verdict import PathValue, PathVerdict, Position, State
from thidua_cli.language import Text
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import Comparison, Rule


@dataclass(frozen=True, slots=True)
class Step:
    """The path's answer as a function of the last year-end's count, all else held: it changes at one place at most."""

    limit: int | None
    """Largest count, in households, with which the last fall passes; None where that count decides nothing."""
    within: State
    """The answer at `limit` and below."""
    beyond: State
    """The answer above `limit`."""

    def at(self, count: int) -> State:
        """Return the answer at another count."""
        return self.beyond if self.limit is not None and count > self.limit else self.within

    @classmethod
    def constant(cls, state: State) -> Step:
        """Return the step that is none."""
        return cls(None, state, state)


@dataclass(frozen=True, slots=True)
class EvaluatedPath:
    """The answer of one rule with its dependence on the last count."""

    verdict: PathVerdict
    step: Step | None
    """None where that dependence is not known: figures are a range, or are rounded before they are compared."""


def value_at(year: int, span: Span | None) -> PathValue:
    """Return what is held against the threshold at one year-end: exact, a range, or missing."""
    if span is None:
        return PathValue(year, None)
    exact = span.exact
    return PathValue(year, exact) if exact is not None else PathValue(year, None, span.low, span.high)


def missing_of(figures: Sequence[object]) -> list[Text]:
    """Return why figures are missing, one clause each."""
    return [figure.reason for figure in figures if isinstance(figure, Missing)]


def undetermined_for(series: Series, years: Sequence[int], missing: Sequence[Text], state: State) -> tuple[Text, ...]:
    """Return what is missing; of an undetermined path also what of divided units would settle it."""
    if state is not State.UNDETERMINED:
        return tuple(missing)
    return (*missing, *division.to_supply(series, years))


def with_notes(path: EvaluatedPath, note: Text | None, series: Series, years: Sequence[int]) -> EvaluatedPath:
    """Add what is to be said of the figures of the window: rounded, preliminary, presumed whole, divided."""
    verdict = path.verdict
    notes = (
        note,
        reasons.preliminary(preliminary_years(series, tuple(years))),
        division.presumed_mergers(series, years),
    )
    known = [text for text in notes if text is not None]
    certain = verdict.state in (State.MET, State.NOT_MET)
    return replace(
        path,
        verdict=replace(
            verdict,
            note=reasons.sentences(known) if known else None,
            position=position_of(verdict.rule, verdict.values),
            divided=division.is_divided(series, years),
            despite_division=division.same_however_divided(series, years) if certain else None,
        ),
    )


def position_of(rule: Rule, values: Sequence[PathValue]) -> Position | None:
    """Return where the values lie in the rule's range; None without a range, or where that cannot be known.

    One value below makes the whole below; above is only what is above throughout.
    """
    if rule.upper is None:
        return None
    places = {_place(rule, value) for value in values}
    if Position.BELOW in places:
        return Position.BELOW
    if None in places:
        return None
    return Position.WITHIN if Position.WITHIN in places else Position.ABOVE


def _place(rule: Rule, value: PathValue) -> Position | None:
    ends = (value.value, value.value) if value.value is not None else (value.low, value.high)
    places = {_place_of(rule, end) for end in ends}
    return places.pop() if len(places) == 1 else None


def _place_of(rule: Rule, value: Fraction | None) -> Position | None:
    if value is None or rule.upper is None:
        return None
    if value < Fraction(rule.threshold):
        return Position.BELOW
    return Position.ABOVE if value > Fraction(rule.upper) else Position.WITHIN


def largest_passing(rule: Rule, bound: Fraction) -> int:
    """Return the largest whole count c with c ≤ bound, or c < bound where the threshold itself does not pass."""
    strict = rule.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    return ceil(bound) - 1 if strict else floor(bound)
