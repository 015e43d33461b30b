"""Pictures of the workbook for submission: rates against what is asked, and how far units are from meeting it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from thidua_cli.judge.verdict import State, Verdict
from thidua_cli.language import Language, Text, format_count
from thidua_cli.present.report.chart import rate_chart
from thidua_cli.present.toolkit.document import Chart, ChartSeries
from thidua_cli.results import Pack, UnitReport


def rates_of_the_whole(pack: Pack, language: Language) -> list[Chart]:
    """Return the rates of the first unit, which all others lie in where there is such, beside what is asked of it."""
    eligible, table = pack.eligible, pack.rates.table
    if not (table.rows and eligible.series and eligible.verdicts):
        return []
    whole = UnitReport(
        rates=table,
        series=eligible.series[0],
        verdict=eligible.verdicts[0],
        rulebook=eligible.rulebook,
        as_of=eligible.as_of,
        findings=(),
        observations=eligible.observations,
    )
    chart = rate_chart(whole, table.rows[0], language)
    return [] if chart is None else [chart]


_MOST_UNITS: Final = 30
"""Units of one picture: of more, those that lack least are shown."""


def households_missing(verdicts: Sequence[Verdict], language: Language) -> list[Chart]:
    """Return how many households each unit lacks; none where that is not known of two units."""
    known = [
        (each, -each.margin_households) for each in verdicts if _lacks(each) and each.margin_households is not None
    ]
    if len(known) < 2:
        return []
    title = _TITLE
    if len(known) > _MOST_UNITS:
        nearest = sorted(known, key=lambda pair: pair[1])[:_MOST_UNITS]
        known, title = nearest, _TITLE_OF_NEAREST.fill(count=_MOST_UNITS)
    told = "; ".join(f"{each.unit_name}: {format_count(missing, language)}" for each, missing in known)
    series = ChartSeries(_SERIES.pick(language), [missing for _, missing in known])
    names = [each.unit_name for each, _ in known]
    unit = Text("hộ", "households").pick(language)
    return [Chart(title.pick(language), names, [series], unit, told, is_bars=True)]


def _lacks(verdict: Verdict) -> bool:
    return verdict.state is State.NOT_MET and verdict.margin_households is not None and verdict.margin_households < 0


_SERIES: Final = Text("Số hộ còn thiếu", "Households missing")
_TITLE: Final = Text("Số hộ còn thiếu của từng đơn vị", "Households missing by unit")
_TITLE_OF_NEAREST: Final = Text(
    "Số hộ còn thiếu của {count} đơn vị gần đạt nhất", "Households missing of the {count} units nearest to it"
)
