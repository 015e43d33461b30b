"""Rates as sources print them → what a unit's rate may be at one year-end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from thidua_cli.model import RATE_COLUMN, Measure, PrintedRate, Status
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.observations import Observations


class StandingRate(NamedTuple):
    """One printed rate that a unit's rate is taken from."""

    column: str
    """As in `Observations.rates`."""
    row: int
    """Row of the `Observations`."""
    printed: str


class KnownRates(NamedTuple):
    """What rows of one unit and year-end say of its rates."""

    rates: Mapping[Measure, PrintedRate]
    conflicting: frozenset[Measure]
    """Measures of which no rate rounds to all that is printed; they have none."""
    status: Mapping[Measure, Status]
    """Preliminary where no final row prints what the rate is taken from."""


def known_rates(observations: Observations, rows: Sequence[int]) -> KnownRates:
    """Return the rates that the rows print, final ones before preliminary ones.

    Several printed rates of one measure hold together: the rate is one that rounds to each of them. The
    multidimensional rate is the sum of the poor and the near-poor one where a source prints those two, with the doubt
    of both; where it is printed as well and is just that sum, it may have been added up from rounded rates.
    """
    single = {measure: _of_column(observations, rows, name) for measure, name in RATE_COLUMN.items()}
    printed_once = {measure: known for measure, known in single.items() if known is not None}
    rates = {measure: rate for measure, (rate, _) in printed_once.items()}
    status = {measure: status for measure, (_, status) in printed_once.items()}
    parts = [rates[part] for part in (Measure.POOR, Measure.NEAR_POOR) if part in rates]
    if len(parts) == 2:
        total, printed = _sum(parts), rates.get(Measure.MULTIDIMENSIONAL)
        added = printed is None or printed.middle == total.middle
        rates[Measure.MULTIDIMENSIONAL] = total if printed is None or added else _both(total, printed)
        if printed is None:
            of_parts = {status[Measure.POOR], status[Measure.NEAR_POOR]}
            is_early = Status.PRELIMINARY in of_parts
            status[Measure.MULTIDIMENSIONAL] = Status.PRELIMINARY if is_early else Status.FINAL
    torn = frozenset(measure for measure, rate in rates.items() if rate.low > rate.high)
    return KnownRates({measure: rate for measure, rate in rates.items() if measure not in torn}, torn, status)


def standing_rates(observations: Observations, rows: Sequence[int], measure: Measure) -> list[StandingRate]:
    """Return the printed rates that the rate of a measure is taken from: its own, and those it is the sum of."""
    columns = {part: _standing(observations, rows, name) for part, name in RATE_COLUMN.items()}
    standing = list(columns.get(measure, ()))
    if measure is Measure.MULTIDIMENSIONAL and columns[Measure.POOR] and columns[Measure.NEAR_POOR]:
        standing = [*columns[Measure.POOR], *columns[Measure.NEAR_POOR], *standing]
    return standing


def _of_column(observations: Observations, rows: Sequence[int], name: str) -> tuple[PrintedRate, Status] | None:
    standing = _standing(observations, rows, name)
    rate: PrintedRate | None = None
    for printed in standing:
        further = PrintedRate.of(*printed.printed.split("+"))
        rate = further if rate is None else _both(rate, further)
    return None if rate is None else (rate, observations.status[standing[0].row])


def _standing(observations: Observations, rows: Sequence[int], name: str) -> list[StandingRate]:
    """Return the printed rates of a column that stand: the final ones, or else the preliminary ones."""
    rates = observations.rates.get(name, {})
    all_printed = [StandingRate(name, row, rates[row]) for row in rows if row in rates]
    # A preliminary Mẫu 08 stays beside a final Mẫu 09: its rate must not narrow the one that was approved.
    final = [printed for printed in all_printed if observations.status[printed.row] is Status.FINAL]
    return final or all_printed


def _both(first: PrintedRate, second: PrintedRate) -> PrintedRate:
    """Return the rates that are in both; none where `low` is above `high`."""
    return PrintedRate(max(first.low, second.low), min(first.high, second.high))


def _sum(rates: Sequence[PrintedRate]) -> PrintedRate:
    return PrintedRate(
        sum((rate.low for rate in rates[1:]), rates[0].low), sum((rate.high for rate in rates[1:]), rates[0].high)
    )
