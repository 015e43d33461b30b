"""A reading that every rule file with classes has, without a line of its own: classes as they were at the start.

A commune leaves the list of coastal communes because poverty fell. By the class it has at the end no criterion speaks
of it any more: what it did would be the reason not to look at it. The texts do not say which day counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import year_end
from thidua_cli.rulebook.schema import AnyClause, Clause, Rulebook

CLASS_AT_START: Final = "class-at-start"
READING: Final = Text(
    "phân loại đã hết hiệu lực trong kỳ được lấy như ở đầu kỳ",
    "a class that ended inside the period counts as at its start",
)
WHY: Final = Text(
    "văn bản không nêu phân loại tính theo ngày nào; đơn vị ra khỏi danh sách (xã bãi ngang, huyện nghèo) vì đã giảm "
    "được nghèo. Mặc định lấy phân loại ngày 31/12 của năm xét",
    "the text does not say which day's class counts; a unit leaves a list (coastal communes, poor districts) because "
    "poverty fell. By default the class on 31 December of the year judged counts",
)


def asks_for_class(clause: AnyClause) -> bool:
    """Say whether a clause is for units of some classes only."""
    return bool(clause.subject.any_of or clause.subject.none_of)


def has_class_reading(rulebook: Rulebook) -> bool:
    """Say whether any clause of a rule file is for units of some classes only."""
    return any(map(asks_for_class, (*rulebook.clauses, *rulebook.targets)))


def start_of(clauses: Iterable[Clause], as_of: int) -> date | None:
    """Return the first day of the period that clauses look at, up to a year-end: of a window, but not before they hold.

    None where none of them looks back.
    """
    starts = [
        _start(clause, as_of) for clause in clauses if clause.years is not None or clause.baseline_year is not None
    ]
    return min(starts, default=None)


def _start(clause: Clause, as_of: int) -> date:
    first = as_of - clause.years if clause.years is not None else clause.baseline_year or as_of
    day = year_end(min(first, as_of))
    return day if clause.period is None else max(day, clause.period.start)
