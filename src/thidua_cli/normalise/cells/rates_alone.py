"""Rates that a table prints without the counts they come from, and what they stand in for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from thidua_cli.findings import Finding, Severity
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.model import PRINTED_RATES, RATE_COLUMN, Measure
from thidua_cli.normalise.sheet.headings import RATE
from thidua_cli.observations import Observations

MEASURE_OF: Final[Mapping[str, Measure]] = {f"{RATE}{measure.value}": measure for measure in RATE_COLUMN}
"""Meaning of a rate's heading → what it is the rate of."""
_STANDS_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "households": PRINTED_RATES,
    "poor_households": (RATE_COLUMN[Measure.POOR], RATE_COLUMN[Measure.MULTIDIMENSIONAL]),
    "near_poor_households": (RATE_COLUMN[Measure.NEAR_POOR], RATE_COLUMN[Measure.MULTIDIMENSIONAL]),
}
"""Required count → the printed rates of which any makes do without it."""
RATES_THERE: Final = Text(
    "; chỉ có tỷ lệ: xét được điều kiện theo tỷ lệ, chưa xét được theo số hộ",
    "; only rates are there: enough for clauses on rates, not for those on counts",
)


def stands_in(name: str, rates: Collection[str]) -> bool:
    """Say whether one of the printed rates makes do without a required count, for clauses on rates.

    >>> stands_in("near_poor_households", {"poor_rate_percent"}), stands_in("households", {"poor_rate_percent"})
    (False, True)
    """
    return any(rate in rates for rate in _STANDS_FOR.get(name, ()))


def softened(finding: Finding, rates: Collection[str]) -> Finding:
    """Return the finding of a missing count (H001, V005) as a warning where printed rates stand in for it."""
    if finding.column is None or not stands_in(finding.column, rates):
        return finding
    details = {**finding.details, "instead": RATES_THERE}
    return replace(finding, severity_here=Severity.WARNING, details=details)


def told_once(findings: Iterable[Finding], rates_for: Callable[[Finding], Collection[str]]) -> list[Finding]:
    """Return findings of missing counts (H001, V005), those of one place that rates stand in for as one warning.

    `rates_for` gives the rates that stand beside the place of a finding; none for a finding of another kind.
    """
    kept: list[Finding] = []
    first: dict[tuple[str, int, str | None], int] = {}
    for finding in findings:
        rates = rates_for(finding)
        key = (finding.kind.code, finding.origin.row, finding.unit_code)
        if not rates or not stands_in(finding.column or "", rates):
            kept.append(finding)
        elif (place := first.get(key)) is None:
            first[key] = len(kept)
            kept.append(softened(finding, rates))
        else:
            names = kept[place].details["column_text"], finding.details["column_text"]
            both = Text("{one}, {two}", "{one}, {two}").fill(one=names[0], two=names[1])
            kept[place] = replace(kept[place], details={**kept[place].details, "column_text": both})
    return kept


def rates_by_sheet_row(observations: Observations) -> dict[int, Collection[str]]:
    """Return the columns of printed rates by sheet row, of the observations of one table."""
    names: dict[int, Collection[str]] = {}
    for name, rates in observations.rates.items():
        for row in rates:
            number = observations.row_number[row]
            names[number] = {*names.get(number, ()), name}
    return names
