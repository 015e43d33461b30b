"""What the panel of one unit says: figures, each criterion, doubts and findings, and the cells of every count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from thidua_cli.check.of_unit import Concern, UnitFinding
from thidua_cli.doubt.doubts import Doubt
from thidua_cli.judge.clause.asked import asked_rates
from thidua_cli.judge.margin import margin_of_clause
from thidua_cli.judge.verdict import AttestState, ClauseAnswer, State, Statement, Verdict
from thidua_cli.language import Language, Text, units_in_last_place
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import ANSWER_WORDS
from thidua_cli.measure.rates import RateRow, RateTable
from thidua_cli.model import Measure, Origin, Series
from thidua_cli.present.attest.view import (
    ATTEST_TEXT,
    completeness_text,
    refused_in_spite_of_counts,
    statement_text,
    verdict_text,
)
from thidua_cli.present.doubts.answers import doubted_answer
from thidua_cli.present.doubts.words import doubt_notes, doubts_of_year
from thidua_cli.present.overview.numbered import Numbered
from thidua_cli.present.overview.texts import PageText, both, side_by_side, written
from thidua_cli.present.paper.council import for_council
from thidua_cli.present.rates.notes import rate_notes
from thidua_cli.present.report.checking import in_order_of_concern
from thidua_cli.present.report.criteria import grounds
from thidua_cli.present.toolkit.cell_ranges import joined_ranges
from thidua_cli.present.toolkit.figures import class_list
from thidua_cli.present.toolkit.foreign_text import visible
from thidua_cli.present.verdicts.class_lists import classes_with_lists
from thidua_cli.present.verdicts.figures import doubts_of
from thidua_cli.present.verdicts.formula import clause_formulas
from thidua_cli.present.verdicts.notes import answer_note
from thidua_cli.present.verdicts.trace_record import TracedCount, TracedYear, traced, years_of
from thidua_cli.results import EligibleResult, Overview, RatesResult
from thidua_cli.rulebook.schema import AttestItem

STATES: Final = tuple(State)
"""The answers; the page names each by its place here."""
REFUSED: Final = len(STATES)
"""Stands for units whose counts are met and of which a person refused a criterion: no council may take them for met."""


def state_number(verdict: Verdict) -> int:
    """Return what stands for the answer of a unit."""
    return REFUSED if refused_in_spite_of_counts(verdict) else STATES.index(verdict.state)


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
            "lines": [_of_council(text) for text in grounds(verdict, ())],
            "years": _years(row) if row else None,
            "notes": self._notes(row) if row else None,
            "clauses": [self._clause(answer, verdict.doubts, series) for answer in verdict.clauses],
            "doubts": _lines(lambda language: doubt_notes(doubts, language)) if doubts else None,
            "found": len(concerning),
            "findings": [_finding(each) for each in in_order_of_concern(concerning)[:FINDINGS_SHOWN]],
            "attest": attested_items(verdict.attest, verdict.statements),
            "sources": [self._source(year) for year in years],
        }
        return {name: part for name, part in parts.items() if part}

    def _notes(self, row: RateRow) -> list[PageText]:
        """Return what is to be known of the figures; doubts stand apart."""
        table = RateTable(self._rates.table.measure, self._rates.table.years, (replace(row, doubts=()),))
        alone = RatesResult(table, boundaries=self._rates.boundaries)
        return _lines(lambda language: rate_notes(alone, language))

    def _clause(self, answer: ClauseAnswer, doubts: Sequence[Doubt], series: Series) -> dict[str, object]:
        clause, own = answer.clause, doubts_of(answer, doubts)
        formulas = side_by_side(lambda language: [text for _, text in clause_formulas(answer, series, language)])
        is_exact = not own and not answer.has_gaps
        parts: dict[str, object] = {
            "answer": both(doubted_answer(ANSWER_WORDS[answer.state], answer.state, own)),
            "note": written(lambda language: for_council(answer_note(answer, language), language)),
            "formulas": [[value.year, text] for value, text in zip(answer.values, formulas, strict=True)],
            "asked": _points(asked_rates(clause, series, self._result.as_of).items()),
            "rates": _points(_rates(clause.measure, series))
            if clause.measure is not self._rates.table.measure
            else None,
            "unsure": answer.applies is None,
        }
        return {
            "clause": self._clauses[clause.id],
            "state": STATES.index(answer.state),
            # of disputed or missing figures one clause has no margin that is exact
            "margin": margin_of_clause(answer, series, self._result.as_of) if is_exact else None,
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


def _of_council(text: Text) -> PageText:
    return both(Text(*(for_council(text.pick(language), language) for language in Language)))


def _lines(write: Callable[[Language], Iterable[str]]) -> list[PageText]:
    """Return notes in both languages, without what would be typed on a terminal."""
    return side_by_side(lambda language: [for_council(note, language) for note in write(language)])


def _years(row: RateRow) -> list[list[object]]:
    """Return per year-end: households, poor, near-poor, both, rate, falls in points and percent, whether disputed."""
    return [
        [
            year.year,
            year.households,
            *((year.figures.counts.get(part) if year.figures else None) for part in Measure.MULTIDIMENSIONAL.parts),
            year.count,
            *(hundredths(value) for value in (year.rate_percent, year.fall_points, year.fall_percent)),
            int(bool(doubts_of_year(row.doubts, year.year))),
        ]
        for year in row.years
    ]


def hundredths(value: Fraction | None) -> int | None:
    """Return a number rounded half up to two decimals, in hundredths: the page writes it without a float.

    >>> hundredths(Fraction(203, 50)), hundredths(Fraction(1, 8))
    (406, 13)
    """
    return None if value is None else units_in_last_place(value, 2)


def _points(figures: Iterable[tuple[int, Fraction]]) -> list[list[int | None]]:
    return [[year, hundredths(figure)] for year, figure in figures]


def _rates(measure: Measure, series: Series) -> Iterator[tuple[int, Fraction]]:
    """Yield the rates of a measure, in percent, at the year-ends at which counts give them."""
    for year, figures in sorted(series.years.items()):
        count, whole = figures.numerator(measure), figures.denominator(measure)
        if count is not None and whole:
            yield year, Fraction(100 * count, whole)


def _finding(each: UnitFinding) -> list[object]:
    """Return a finding as it is listed: whom it concerns, code, severity, place and sentence."""
    finding = each.finding
    return [
        CONCERNS.index(each.concern),
        finding.kind.code,
        finding.severity.value,
        visible(str(finding.origin)),
        written(lambda language: for_council(finding.message(language), language)),
    ]


def attested_items(
    attest: Iterable[tuple[AttestItem, AttestState]], statements: Mapping[str, Statement]
) -> list[list[object]]:
    """Return criteria without a number, each with what was said of it, by whom, and its clause."""
    return [_attested(item, state, statements.get(item.id)) for item, state in attest]


def _attested(item: AttestItem, state: AttestState, statement: Statement | None) -> list[object]:
    by_whom = written(lambda language: statement_text(statement, language)) if statement is not None else ""
    return [both(item.text), both(ATTEST_TEXT[state]), by_whom, visible(str(item.citation))]


def _origins(count: TracedCount) -> list[Origin]:
    return [origin for addend in count.addends for origin in addend.origins]


def _given(year: TracedYear, name: str) -> str:
    """Return the user's source for parts of divided units, whose figures have no cell."""
    parts = (f"{part.unit.unit_name}: {part.source}" for part in year.figures.given if name in part.counts)
    return visible("; ".join(parts))
