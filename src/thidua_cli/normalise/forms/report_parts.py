"""Which part of a unit's yearly report a row is: the results, the movement of the poor, that of the near-poor.

The form says so; in a canonical table the counts that a row holds do, so that a table that `thidua import` wrote of the
three forms is understood as the forms are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.findings import Finding
from thidua_cli.model import COUNTS, Status
from thidua_cli.normalise.cells.counts import V005
from thidua_cli.normalise.forms.register import ReportPart, forms, movement_forms
from thidua_cli.normalise.sheet.poverty_line import OLD_LINE
from thidua_cli.observations import MISSING, Observations

_HALVES: Final = {
    "poor_households": ReportPart.POOR_HALF,
    "near_poor_households": ReportPart.NEAR_POOR_HALF,
}
"""Closing count → the half of the old form 3 that it stands on."""
_RATES_ALONE: Final = frozenset({ReportPart.RATES_ALONE})


@lru_cache(maxsize=1)
def _closing_of() -> dict[ReportPart, str]:
    """Return movement → its closing count, which the results hold too."""
    return {form.part: form.closing for form in movement_forms() if form.part is not None}


@lru_cache(maxsize=1)
def _required() -> dict[ReportPart, frozenset[str]]:
    """Return part of a report → the required counts that it holds, where it does not hold all of them."""
    of_movements = {part: frozenset({closing}) for part, closing in _closing_of().items()}
    return of_movements | {half: frozenset({"households", closing}) for closing, half in _HALVES.items()}


@lru_cache(maxsize=1)
def _part_of() -> dict[str, ReportPart]:
    """Return count → the part that it stands on; none for the closing counts, which stand on two."""
    movement_of = {count: form.part for form in movement_forms() for count in form.counts if form.part is not None}
    closing = _closing_of().values()
    return {name: movement_of.get(name, ReportPart.RESULTS) for name in COUNTS if name not in closing}


def parts_of(observations: Observations, row: int) -> frozenset[ReportPart]:
    """Return the parts whose figures a row holds; the results where it holds none of the movement."""
    form = forms()[observations.form(row)]
    if form.part is not None and (form.is_movement or not observations.rates):
        return frozenset({form.part})
    counts = {name for name, column in observations.counts.items() if column[row] != MISSING}
    if not counts and observations.rates and observations.rates_of(row):
        return _RATES_ALONE
    if form.part is not None:
        return frozenset({form.part})
    halves = counts.intersection(_HALVES)
    if form.halves or (len(halves) == 1 and _is_old_half(observations, row, counts)):
        return frozenset(_HALVES[closing] for closing in halves)
    parts = {part for name, part in _part_of().items() if name in counts}
    if any(closing in counts and movement not in parts for movement, closing in _closing_of().items()):
        parts.add(ReportPart.RESULTS)
    return frozenset(parts or {ReportPart.RESULTS})


def _is_old_half(observations: Observations, row: int, counts: set[str]) -> bool:
    """Say whether a row of a canonical table is half of an old form 3: all households, opening and closing of one."""
    opening = "poor_opening" if "poor_households" in counts else "near_poor_opening"
    return observations.poverty_line[row] == OLD_LINE and {"households", opening} <= counts


def are_parts(observations: Observations, one: int, two: int) -> bool:
    """Say whether two rows are different parts of one report: of different forms, or of different counts."""
    if observations.poverty_line[one] != observations.poverty_line[two]:
        return False
    form, other = (forms()[observations.form(row)] for row in (one, two))
    is_apart = parts_of(observations, one).isdisjoint(parts_of(observations, two))
    return is_apart or (form is not other and (form.is_movement or other.is_movement))


def replaced_rows(observations: Observations, among: Sequence[int] | None = None) -> dict[int, int]:
    """Return preliminary row → the final row of the same unit, year-end, line and part of the report that replaces it.

    A preliminary Mẫu 08 beside a final Mẫu 09 is not replaced: the one does not hold what the other says. `among` are
    the rows to look at, in ascending order, where they are known.
    """
    statuses = observations.status
    rows = range(len(observations)) if among is None else among
    if among is None and Status.PRELIMINARY not in statuses:
        return {}
    preliminary: dict[tuple[str, int, str], list[int]] = {}
    for row in rows:
        if statuses[row] is Status.PRELIMINARY:
            key = (observations.unit_code[row], observations.year[row], observations.poverty_line[row])
            preliminary.setdefault(key, []).append(row)
    replaced: dict[int, int] = {}
    for row in rows if preliminary else ():
        if statuses[row] is not Status.FINAL:
            continue
        key = (observations.unit_code[row], observations.year[row], observations.poverty_line[row])
        for early in preliminary.get(key, ()):
            if early not in replaced and not are_parts(observations, early, row):
                replaced[early] = row
    return replaced


def without_missing_of_other_parts(findings: list[Finding], observations: Observations) -> list[Finding]:
    """Leave out V005 where a row of a canonical table cannot have the count: Mẫu 09 tells no number of households."""
    numbers = {finding.origin.row for finding in findings if finding.kind is V005}
    if not numbers or not {"poor_opening", "near_poor_opening"} & observations.counts.keys():
        return findings
    required: dict[int, frozenset[str]] = {}
    for row, number in enumerate(observations.row_number):
        parts = parts_of(observations, row) if number in numbers else ()
        if len(parts) == 1 and (counts := _required().get(next(iter(parts)))) is not None:
            required[number] = counts
    return [
        finding
        for finding in findings
        if finding.kind is not V005 or (counts := required.get(finding.origin.row)) is None or finding.column in counts
    ]
