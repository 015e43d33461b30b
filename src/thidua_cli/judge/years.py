"""Which year-ends a rule file can judge at all, and of which there are lists of units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR

from thidua_cli.errors import UsageError
from thidua_cli.judge.classes.subjects import holds_on
from thidua_cli.language import Text
from thidua_cli.model import year_end
from thidua_cli.rulebook.schema import AnyClause, Closing, Period
from thidua_cli.units.tables import TABLES_START

_REFUSED = Text(
    "không xét được cuối năm {year}: bộ quy tắc {id} xét {judged}, danh mục đơn vị có {listed}; chọn năm bằng --as-of",
    "the end of {year} cannot be judged: the rule file {id} judges {judged}, the lists of units have {listed}; "
    "choose a year with --as-of",
)
_ANY_YEAR = Text("mọi năm", "every year")


_NEW_PLAN = Text(
    "kế hoạch của những năm sau: soạn bộ quy tắc bằng “thidua rules new --from {rules}”",
    "for a plan of later years draft a rule file with “thidua rules new --from {rules}”",
)


def refuse_year(
    as_of: int, rules: str, clauses: Sequence[AnyClause], path: str = "", closing: Closing | None = None
) -> None:
    """Refuse a year-end at which no clause of the file `rules` holds, or before the lists of units begin.

    Without clauses the lists alone decide. `path` is where a user's own file was read from; `closing` says that its
    movement was summed up.

    Raises:
        UsageError: It is such a year-end; both spans are named, and of a later one what came after.
    """
    is_listed = TABLES_START.year <= as_of <= MAXYEAR  # beyond, there is no such day
    if is_listed and (not clauses or any(holds_on(clause.period, year_end(as_of)) for clause in clauses)):
        return
    listed = _years(TABLES_START.year, None)
    refused = _REFUSED.fill(year=str(as_of), id=rules, judged=_judged(clauses), listed=listed)
    after = _after(path or rules, closing) if is_listed and _is_over(as_of, clauses) else []
    raise UsageError(Text.joined("; ", [refused, *after]))


def holds_at(as_of: int, clause: AnyClause) -> bool:
    """Say whether a clause holds at a year-end of which there are lists of units."""
    return TABLES_START.year <= as_of <= MAXYEAR and holds_on(clause.period, year_end(as_of))


def _is_over(as_of: int, clauses: Sequence[AnyClause]) -> bool:
    """Say whether the last year-end of every clause lies before."""
    ends = [None if clause.period is None else _last_year_end(clause.period) for clause in clauses]
    return all(end is not None and end < as_of for end in ends)


def _after(rules: str, closing: Closing | None) -> list[Text]:
    return [*([closing.clause] if closing is not None else []), _NEW_PLAN.fill(rules=rules)]


def _judged(clauses: Sequence[AnyClause]) -> Text:
    """Return the year-ends at which some clause holds, from the first to the last."""
    periods = [clause.period for clause in clauses if clause.period is not None]
    if len(periods) < len(clauses) or not periods:
        return _ANY_YEAR
    ends = [_last_year_end(period) for period in periods]
    last = None if None in ends else max(end for end in ends if end is not None)
    return _years(min(period.start.year for period in periods), last)


def _last_year_end(period: Period) -> int | None:
    if period.end is None:
        return None
    return period.end.year if period.holds_on(year_end(period.end.year)) else period.end.year - 1


def _years(first: int, last: int | None) -> Text:
    """Write a span of year-ends.

    >>> _years(2022, 2025).vi, _years(2021, None).en
    ('các năm 2022–2025', 'the years from 2021 on')
    """
    if last is None:
        return Text(f"các năm từ {first}", f"the years from {first} on")
    if last == first:
        return Text(f"năm {first}", str(first))
    return Text(f"các năm {first}–{last}", f"the years {first}–{last}")
