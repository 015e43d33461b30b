"""All kinds of findings and all checks, in order of running."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from thidua_cli.check import last_year, logic, movement, published, sums, time, unit_codes, units, values
from thidua_cli.check.context import CheckContext
from thidua_cli.findings import Finding, Kind
from thidua_cli.normalise.kinds import KINDS as KINDS_OF_READING

Check = Callable[[CheckContext], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    unit_codes.check_codes,
    units.check_units_twice,
    units.check_units_missing,
    values.check_printed_rates,
    logic.check_poor_within_households,
    logic.check_parts_within_wholes,
    logic.check_printed_sums,
    movement.check_movement_balances,
    movement.check_crossings,
    movement.check_forms_agree,
    sums.check_printed_totals,
    sums.check_children_sum,
    last_year.check_openings,
    time.check_years_without_gap,
    last_year.check_jumps,
    time.check_poverty_lines,
    time.check_superseded,
    published.check_published,
)

KINDS: Final[tuple[Kind, ...]] = tuple(
    sorted(
        (
            *KINDS_OF_READING,
            *(
                value
                for module in (unit_codes, units, values, logic, movement, sums, last_year, time, published)
                for value in vars(module).values()
                if isinstance(value, Kind)
            ),
        ),
        key=lambda kind: ("FHVULSTPC".index(kind.code[0]), kind.code),
    )
)


def run_checks(context: CheckContext) -> list[Finding]:
    """Return the findings of all checks; those of reading are in `context.reading.findings`."""
    return [finding for check in CHECKS for finding in check(context)]
