"""The findings that concern one unit: its own, and those of the units its figures are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from thidua_cli.findings import Finding
from thidua_cli.model import Series


def by_unit(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings by the code of their unit, in their order; those without a unit under ""."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.unit_code or "", []).append(finding)
    return grouped


def findings_of(series: Series, grouped: Mapping[str, Sequence[Finding]]) -> list[Finding]:
    """Return the findings of a unit, then those of each part of its figures in the years in which it is a part.

    A commune that a merger took in explains the unit's figures up to the merger; what is wrong with the years in which
    it no longer counts is another unit's business.
    """
    years: dict[str, set[int]] = {}
    for figures in series.years.values():
        divided = [part.unit for part in figures.divided] + [part.unit for part in figures.given]
        for part in (*figures.merged, *divided):
            years.setdefault(part.unit_code, set()).add(figures.year)
    return [
        *grouped.get(series.unit_code, ()),
        *(
            finding
            for code, part_years in years.items()
            if code != series.unit_code
            for finding in grouped.get(code, ())
            if finding.year in part_years
        ),
    ]
