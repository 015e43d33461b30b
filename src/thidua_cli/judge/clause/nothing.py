"""Whether a fall in percent is asked of nothing that stayed nothing: a target has no object there.

A criterion asks what was achieved, so nothing does not meet it; a target asks for what is still to be done.
"""

from __future__ import annotations

from thidua_cli.judge.clause.clause import window_of
from thidua_cli.judge.clause.domain import FigureDomain, domain_of
from thidua_cli.judge.clause.figures import figures_at
from thidua_cli.judge.clause.values import is_relative
from thidua_cli.late_dataclass import replace
from thidua_cli.model import Series
from thidua_cli.rulebook.schema import EACH_YEAR, TEST_FORM, Clause, Test, ThresholdUnit


def is_of_nothing(clause: Clause, series: Series, as_of: int) -> bool | None:
    """Say whether there was nothing all the time; None where the figures may be nothing and may be something.

    Of a mean, and of a fall since the baseline, the first and the last year-end are asked.
    """
    if not is_relative(clause) or not TEST_FORM[clause.test].windows:
        return False
    years = window_of(clause, as_of)
    if clause.test not in EACH_YEAR:
        years = (years[0], years[-1])
    answers = {_is_nothing(_count(clause, series, year)) for year in years}
    if False in answers:
        return False
    return None if None in answers else True


def _is_nothing(count: FigureDomain | None) -> bool | None:
    if count is None or count.low > 0:
        return False
    return True if count.high == 0 else None


def _count(clause: Clause, series: Series, year: int) -> FigureDomain | None:
    """Return what the count of a clause's measure may be at a year-end."""
    of_counts = replace(clause, test=Test.COUNT_AT_YEAR_END, unit=ThresholdUnit.HOUSEHOLDS)
    (figure,) = figures_at(series, (year,), of_counts)
    return domain_of(of_counts, figure, series.years.get(year))
