"""What the panel of one unit says: figures, each criterion, doubts and findings, and the cells of every count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from thidua_cli.check.of_unit import Concern, UnitFinding
from thidua_cli.doubt.doubts import Doubt
from thidua_cli.findings import Finding
from thidua_cli.judge.classes.scenarios import Scenario
from thidua_cli.judge.margin import margin_households
from thidua_cli.judge.verdict import AttestState, ClauseAnswer, State, Statement, Verdict
from thidua_cli.judge.words.clause import preliminary_note
from thidua_cli.judge.words.readings import depends_note
from thidua_cli.language import Text, round_half_up
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.measure.rates import RateRow, RateTable
from thidua_cli.model import Measure, Origin, Series
from thidua_cli.present.attest.view import ATTEST_TEXT, completeness_text, statement_text, verdict_text
from thidua_cli.present.doubts.answers import doubted_answer
from thidua_cli.present.doubts.words import doubt_notes
from thidua_cli.present.findings.records import sorted_findings
from thidua_cli.present.overview.asked import asked_figures, counted_figures
from thidua_cli.present.overview.numbered import Numbered
from thidua_cli.present.overview.texts import PageText, both, side_by_side, written
from thidua_cli.present.rates.notes import rate_notes
from thidua_cli.present.toolkit.cell_ranges import joined_ranges
from thidua_cli.present.toolkit.figures import class_list
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.verdicts.class_lists import classes_with_lists
from thidua_cli.present.verdicts.figures import doubts_of
from thidua_cli.present.verdicts.formula import clause_formulas
from thidua_cli.present.verdicts.notes import QUANTITATIVE_ONLY, answer_note, other_reading_notes
from thidua_cli.present.verdicts.trace_record import TracedCount, TracedYear, traced, years_of
from thidua_cli.results import EligibleResult, Overview, RatesResult
from thidua_cli.rulebook.schema import TEST_FORM, AttestItem

STATES: Final = tuple(State)
"""The answers; the page names each by its place here."""
CONCERNS: Final = tuple(Concern)
FINDINGS_SHOWN: Final = 60
"""Findings that a panel lists; how many there are it says exactly."""


class PanelWriter:
    """Writes the panels of one overview; what many of them name is kept once."""

    def __init__(self, overview: Overview) -> None:
        self._result: EligibleResult = overview.eligible
        self._rates = overview.rates
        self._clauses = {clause.id: number for number, clause in enumerate(self._result.rulebook.clauses)}
        self.places: Numbered[tuple[str, str]] = Numbered()
        """File and sheet of the cells."""

    def panel(
        self, verdict: Verdict, series: Series, row: RateRow | None, concerning: Sequence[UnitFinding]
    ) -> dict[str, object]:
        """Return what the page shows of one unit; what there is nothing to say of is left out."""
        doubts = _each_once((*verdict.doubts, *(row.doubts if row else ())))
        years = traced(_wanted(verdict, row), series, self._result.observations)
        parts: dict[str, object] = {
            "answer": both(_answer(verdict)),
            "classes": written(lambda language: classes_with_lists(verdict.classes, verdict.class_sources, language)),
            "unknown": written(lambda language: class_list(verdict.unknown_classes, language))
            if verdict.unknown_classes
            else None,
            "lines": _lines(verdict),
            "years": _years(row) if row else None,
            "notes": self._notes(row) if row else None,
            "clauses": [self._clause(answer, verdict.doubts, series) for answer in verdict.clauses],
            "doubts": side_by_side(lambda language: doubt_notes(doubts, language)),
            "found": len(concerning),
            "findings": _findings(concerning),
            "attest": [_attested(item, state, verdict.statements.get(item.id)) for item, state in verdict.attest],
            "sources": [self._source(year) for year in years],
        }
        return {name: part for name, part in parts.items() if part}

    def _notes(self, row: RateRow) -> list[PageText]:
        """Return what is to be known of the figures; doubts stand apart."""
        table = RateTable(self._rates.table.measure, self._rates.table.years, (replace(row, doubts=()),))
        alone = RatesResult(table, boundaries=self._rates.boundaries)
        return side_by_side(lambda language: rate_notes(alone, language))

    def _clause(self, answer: ClauseAnswer, doubts: Sequence[Doubt], series: Series) -> dict[str, object]:
        state = doubted_answer(ANSWER_WORDS[answer.state], answer.state, doubts_of(answer, doubts))
        formulas = side_by_side(lambda language: [text for _, text in clause_formulas(answer, series, language)])
        parts: dict[str, object] = {
            "answer": both(state),
            "note": written(lambda language: answer_note(answer, language)),
            "formulas": [[value.year, text] for value, text in zip(answer.values, formulas, strict=True)],
            "asked": _points(asked_figures(answer, series)),
            "counted": None
            if _is_of_rates(answer) and answer.clause.measure is self._rates.table.measure
            else _points(counted_figures(answer.clause, series)),
            "unsure": answer.applies is None,
        }
        return {
            "clause": self._clauses[answer.clause.id],
            "state": STATES.index(answer.state),
            "margin": _margin(answer, series),
            **{name: part for name, part in parts.items() if part},
        }

    def _source(self, year: TracedYear) -> list[object]:
        """Return measure, year-end, and per count its name, value and cells; printed rates have a text for a value."""
        counts: list[list[object]] = [
            [count.name, count.value, len(count.addends), self._cells(_origins(count)), _given(year, count.name)]
            for count in year.counts
        ]
        counts += [[rate.name, rate.printed, 1, self._cells(rate.origins), ""] for rate in year.rates]
        return [list(Measure).index(year.measure), year.year, counts]

    def _cells(self, origins: Iterable[Origin]) -> list[list[object]]:
        return [[self.places.number((origin.file, origin.sheet)), origin.cell] for origin in joined_ranges(origins)]


def _each_once(doubts: Iterable[Doubt]) -> list[Doubt]:
    """Return doubts without those that verdict and rates both have."""
    return list({(doubt.finding.kind.code, doubt.finding.origin, doubt.figure): doubt for doubt in doubts}.values())


def _answer(verdict: Verdict) -> Text:
    answer = completeness_text(verdict) or verdict_text(verdict)
    return doubted_answer(answer, verdict.state, verdict.doubts)


def _wanted(verdict: Verdict, row: RateRow | None) -> dict[Measure, set[int]]:
    """Return the year-ends whose cells are shown: those of the table of rates, and those the clauses look at."""
    shown = {year.year for year in row.years} if row else set()
    wanted = {answer.clause.measure: shown | years_of(verdict) for answer in verdict.clauses}
    return {Measure.MULTIDIMENSIONAL: shown | years_of(verdict), **wanted}


def _lines(verdict: Verdict) -> list[PageText]:
    """Return why, on what the answer depends, and what it does not say."""
    counts_alone = QUANTITATIVE_ONLY if verdict.state is State.MET and verdict.completeness is None else None
    texts = (verdict.reason, counts_alone, depends_note(verdict.other_readings), preliminary_note(verdict.clauses))
    readings = side_by_side(lambda language: other_reading_notes(verdict.other_readings, language))
    return [*(both(text) for text in texts if text is not None), *readings]


def _years(row: RateRow) -> list[list[object]]:
    """Return per year-end: households, poor, near-poor, both, rate, fall in points, fall in percent."""
    return [
        [
            year.year,
            year.households,
            *((year.figures.counts.get(part) if year.figures else None) for part in Measure.MULTIDIMENSIONAL.parts),
            year.count,
            *(hundredths(value) for value in (year.rate_percent, year.fall_points, year.fall_percent)),
        ]
        for year in row.years
    ]


def hundredths(value: Fraction | None) -> int | None:
    """Return a number rounded half up to two decimals, in hundredths: the page writes it without a float.

    >>> hundredths(Fraction(203, 50)), hundredths(Fraction(1, 8))
    (406, 13)
    """
    return None if value is None else int(round_half_up(value) * 100)


def _points(figures: Iterable[tuple[int, Fraction]]) -> list[list[int | None]]:
    return [[year, hundredths(figure)] for year, figure in figures]


def _is_of_rates(answer: ClauseAnswer) -> bool:
    return TEST_FORM[answer.clause.test].of_rates


def _margin(answer: ClauseAnswer, series: Series) -> int | None:
    """Return the margin of one clause by itself, as of a verdict; None where it has none, or figures are open."""
    clause, figures = answer.clause, series.years.get(answer.years[-1])
    if answer.limit is None or answer.has_gaps or figures is None:
        return None
    count, households = figures.numerator(clause.measure), figures.denominator(clause.measure)
    return margin_households(answer.state, count, households, [Scenario({}, (clause,))], {clause.id: answer.limit})


def _findings(concerning: Sequence[UnitFinding]) -> list[list[object]]:
    """Return the findings that are listed: whom they concern, code, severity, place and sentence."""
    by_concern: dict[Concern, list[Finding]] = {}
    for each in concerning:
        by_concern.setdefault(each.concern, []).append(each.finding)
    ordered = [(concern, each) for concern in Concern for each in sorted_findings(by_concern.get(concern, ()))]
    return [
        [
            CONCERNS.index(concern),
            finding.kind.code,
            finding.severity.value,
            visible(str(finding.origin)),
            written(finding.message),
        ]
        for concern, finding in ordered[:FINDINGS_SHOWN]
    ]


def _attested(item: AttestItem, state: AttestState, statement: Statement | None) -> list[object]:
    """Return a criterion without a number, what was said of it, by whom, and its clause."""
    by_whom = written(lambda language: statement_text(statement, language)) if statement is not None else ""
    return [both(item.text), both(ATTEST_TEXT[state]), by_whom, visible(str(item.citation))]


def _origins(count: TracedCount) -> list[Origin]:
    return [origin for addend in count.addends for origin in addend.origins]


def _given(year: TracedYear, name: str) -> str:
    """Return the user's source for parts of divided units, whose figures have no cell."""
    parts = (f"{part.unit.unit_name}: {part.source}" for part in year.figures.given if name in part.counts)
    return visible("; ".join(parts))
