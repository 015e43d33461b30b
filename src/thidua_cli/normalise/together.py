"""Where files read together lie, of which some do not say it: the one place that fits every name of all of them.

Each list of units is asked for itself: that with districts, and that since the reform of July 2025.
"""

from __future__ import annotations

from collections.abc import Iterable

from thidua_cli.normalise.options import Together
from thidua_cli.normalise.table_reading import Evidence
from thidua_cli.units.fitting import FEWEST_NAMES, only_place
from thidua_cli.units.tables import REFORM_DAY, boundary_day


def told_together(evidence: Iterable[Evidence]) -> tuple[Together, ...]:
    """Return the place per list of units; none where no place fits every name, several do, or there are too few names.

    The order of the files does not matter.
    """
    before, since = list[Evidence](), list[Evidence]()
    for each in evidence:
        (before if boundary_day(each.year) < REFORM_DAY else since).append(each)
    told = (_told(before, before_reform=True), _told(since, before_reform=False))
    return tuple(together for together in told if together is not None)


def _told(evidence: list[Evidence], *, before_reform: bool) -> Together | None:
    names = frozenset().union(*(each.names for each in evidence))
    if len(names) < FEWEST_NAMES:
        return None
    place = only_place(frozenset.intersection(*(each.places for each in evidence)))
    return None if place is None else Together(place, len(names), before_reform)
