"""The rates of a unit year by year, beside what its clauses ask."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from thidua_cli.judge.clause.asked import asked_rates
from thidua_cli.judge.verdict import ClauseAnswer
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import RATE_WORDS
from thidua_cli.measure.rates import RateRow
from thidua_cli.present.toolkit.document import Chart, ChartSeries
from thidua_cli.present.toolkit.figures import decimal_text
from thidua_cli.results import UnitReport


def rate_chart(report: UnitReport, row: RateRow, language: Language) -> Chart | None:
    """Return the rates and, dashed, what each clause asks; None of fewer than two known rates, which make no line."""
    known = [year for year in row.years if year.rate_percent is not None]
    if len(known) < 2:
        return None
    years = [year.year for year in row.years]
    name = RATE_WORDS[report.rates.measure].long
    counted = ChartSeries(name.capitalised().pick(language), [year.rate_percent for year in row.years])
    asked = _asked(report, years, language)
    unit = row.unit_name
    return Chart(
        _TITLE.fill(rate=name, unit=unit).capitalised().pick(language),
        list(map(str, years)),
        [counted, *asked],
        unit="%",
        description=_described(row, asked, language),
    )


_TITLE: Final = Text("{rate} của {unit} (%)", "{rate} of {unit} (%)")
_ASKED: Final = Text("Mức yêu cầu", "What is asked")
_ASKED_BY: Final = Text("Mức yêu cầu của tiêu chí {number}", "What criterion {number} asks")


def _asked(report: UnitReport, years: list[int], language: Language) -> list[ChartSeries]:
    """Return a line per clause whose threshold is a rate of the same measure at some shown year-end."""
    answers = report.verdict.clauses if report.verdict is not None else ()
    lines = []
    for number, answer in enumerate(answers, start=1):
        asked = _asked_by(answer, report)
        if any(year in asked for year in years):
            name = _ASKED.pick(language) if len(answers) == 1 else _ASKED_BY.fill(number=number).pick(language)
            lines.append(ChartSeries(name, [asked.get(year) for year in years], is_asked=True))
    return lines


def _asked_by(answer: ClauseAnswer, report: UnitReport) -> Mapping[int, Fraction]:
    if answer.clause.measure is not report.rates.measure:
        return {}
    return asked_rates(answer.clause, report.series, report.as_of)


def _described(row: RateRow, asked: list[ChartSeries], language: Language) -> str:
    """Say in words what the lines show: the rates year by year, and what is asked at the last year-end."""
    rates = "; ".join(f"{year.year}: {decimal_text(year.rate_percent, language)}" for year in row.years)
    lines = [f"{line.name}: {_last(line, language)}" for line in asked]
    return ". ".join([rates, *lines])


def _last(line: ChartSeries, language: Language) -> str:
    value = next(value for value in reversed(line.values) if value is not None)
    return f"{decimal_text(value, language)}%" if not isinstance(value, int) else f"{value}%"
