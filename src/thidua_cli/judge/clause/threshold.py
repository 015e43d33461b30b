"""The one place where a value meets the threshold of a clause: what it answers, and which last count still passes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from thidua_cli.judge.clause.figures import Figure, Missing
from thidua_cli.judge.clause.values import Figures, is_relative, yearly_falls
from thidua_cli.judge.verdict import ClauseValue, CountLimit, Position, State
from thidua_cli.late_dataclass import replace
from thidua_cli.rulebook.schema import MEANS, TEST_FORM, AnyClause, Clause, Comparison


@lru_cache(maxsize=256)
def exact(number: Decimal) -> Fraction:
    """Return a threshold as a fraction: a clause asks for its own with every unit."""
    return Fraction(number)


def passes(clause: AnyClause, value: Fraction) -> bool:
    """Say whether one exact value passes: multiplied across, since floats misjudge half of all exact falls."""
    threshold = exact(clause.threshold)
    return clause.comparison.holds(value.numerator * threshold.denominator - threshold.numerator * value.denominator)


def compare(clause: AnyClause, low: Fraction | None, high: Fraction | None) -> State:
    """Return met if every value from `low` to `high` passes, not met if none does, else undetermined.

    What passes lies on one side of the threshold, so the two ends speak for all values between them; what is asked to
    be equal lies between them or not. `low` is None of a fall that may start from nothing, `high` as well of one that
    does for certain: from nothing there is no fall, so no clause that asks for one is met by it.
    """
    if high is None:
        return State.NOT_MET
    best = passes(clause, high)
    if low is None:
        return State.UNDETERMINED if best else State.NOT_MET
    if low is high or low == high:
        return State.MET if best else State.NOT_MET
    if clause.comparison is Comparison.EQUAL:
        return State.UNDETERMINED if low <= exact(clause.threshold) <= high else State.NOT_MET
    if passes(clause, low) != best:
        return State.UNDETERMINED
    return State.MET if best else State.NOT_MET


def compared(clause: Clause, values: Sequence[ClauseValue]) -> tuple[ClauseValue, ...]:
    """Return values of a window with what the threshold says of each; of what is missing, or no fall, nothing."""
    return tuple(
        [ClauseValue(*value[:-1], state=compare(clause, *value.ends)) if value.is_known else value for value in values]
    )


# ------------------------------------------------------------ the last count that still passes


def limit_at(clause: Clause, bound: Fraction, within: State = State.MET) -> CountLimit:
    """Return the step of a clause that is passed up to `bound` households: whole ones, fewer where it says "more than".

    `within` is the answer of the rest of the window, which stands where the last count passes.
    """
    strict = clause.comparison in (Comparison.MORE_THAN, Comparison.LESS_THAN)
    return CountLimit(ceil(bound) - 1 if strict else floor(bound), within, State.NOT_MET)


def limit_of(clause: Clause, years: Sequence[int], figures: Figures, others: State, state: State) -> CountLimit | None:
    """Return where the last count changes the answer `state`; None where figures are a range, or rounded first.

    `others` is the answer of the window without its last value.
    """
    if not figures:
        return _without_limit(state)
    if not TEST_FORM[clause.test].windows:
        return limit_of_remainder(clause, figures[-1], state)
    need = _need_of_the_last_fall(clause, years, figures)
    if need is None:
        return None if any(_is_range(figure) for figure in figures) else _without_limit(state)
    return limit_of_fall(clause, figures, need, others, state)


def limit_of_fall(clause: Clause, figures: Figures, need: Fraction, others: State, state: State) -> CountLimit | None:
    """Return the limit of the last of `figures` for a fall of `need`, in the clause's unit of measure.

    `others` is the answer of the rest of the window, which stands where the last fall passes.
    """
    before, last = figures[-2], figures[-1]
    if isinstance(before, Missing) or isinstance(last, Missing):
        return _without_limit(state)
    start = before.value.exact
    if start is None or last.value.exact is None or clause.rounded_to is not None:
        return None
    # Whatever is left at the end, from nothing there is no fall: no count of the last year makes one.
    if is_relative(clause) and start == 0:
        return _without_limit(State.NOT_MET)
    return _at(clause, start * (100 - need) / 100 if is_relative(clause) else start - need, last, others)


def limit_of_remainder(clause: Clause, figure: Figure | Missing, state: State) -> CountLimit | None:
    """Return the limit of what may be left at a year-end."""
    if isinstance(figure, Missing):
        return _without_limit(state)
    if figure.value.exact is None or clause.rounded_to is not None:
        return None
    if clause.comparison is Comparison.EQUAL and clause.threshold > 0:
        return None  # fewer households may be too few: there is no one place where the answer changes
    return _at(clause, exact(clause.threshold), figure, State.MET)


def _at(clause: Clause, bound: Fraction, last: Figure, within: State) -> CountLimit | None:
    """Return the limit at a count, or at a rate of the households there were."""
    if not TEST_FORM[clause.test].of_rates:
        return limit_at(clause, bound, within)
    return None if last.households is None else limit_at(clause, bound * last.households / 100, within)


def _need_of_the_last_fall(clause: Clause, years: Sequence[int], figures: Figures) -> Fraction | None:
    """Return what the last fall must be for the clause to be met; of a mean what the earlier years leave to it.

    None where the earlier years of a mean are not known exactly.
    """
    need = exact(clause.threshold)
    if clause.test not in MEANS:
        return need
    total = need * (years[-1] - years[0])
    if not is_relative(clause):
        return total
    earlier = yearly_falls(replace(clause, rounded_to=None), years, figures)[:-1]
    done = [value.value for value in earlier if value.value is not None]
    return total - sum(done, Fraction(0)) if len(done) == len(earlier) else None


def _is_range(figure: Figure | Missing) -> bool:
    return not isinstance(figure, Missing) and figure.value.exact is None


def _without_limit(state: State) -> CountLimit:
    """Return the answer that no count changes."""
    return CountLimit(None, state, state)


# ------------------------------------------------------------ where a value lies in a range


def position_of(clause: Clause, values: Sequence[ClauseValue]) -> Position | None:
    """Return where the values lie in the clause's range ("1-1,5%"); None without one, or where that cannot be known.

    One value below makes the whole below; above is only what is above throughout.
    """
    if clause.upper is None:
        return None
    positions = {_position(clause, clause.upper, value) for value in values}
    if Position.BELOW in positions:
        return Position.BELOW
    if None in positions:
        return None
    return Position.WITHIN if Position.WITHIN in positions else Position.ABOVE


def _position(clause: Clause, upper: Decimal, value: ClauseValue) -> Position | None:
    positions = {
        None
        if end is None
        else Position.BELOW
        if end < exact(clause.threshold)
        else Position.ABOVE
        if end > exact(upper)
        else Position.WITHIN
        for end in value.ends
    }
    return positions.pop() if len(positions) == 1 else None
