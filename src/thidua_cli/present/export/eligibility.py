"""The table of the paper itself: who meets the clauses, by which figures, what is missing, under which clause."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from thidua_cli.judge.verdict import ClauseAnswer, Completeness, State, Verdict
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import ANSWER_WORDS, MEASURE_WORDS, column_heading
from thidua_cli.measure.rates import rate_percent
from thidua_cli.model import REQUIRED_COUNTS, Measure, Series
from thidua_cli.present.attest.view import met_text, refused_in_spite_of_counts, verdict_text
from thidua_cli.present.doubts.answers import doubted_answer, reliance_of
from thidua_cli.present.doubts.words import DOUBT_TONE
from thidua_cli.present.export.cells import CellsByRow
from thidua_cli.present.export.counts import SERIAL, CountPlaces, unit_marks, year_end_heading
from thidua_cli.present.export.formulas import figure_formula, known, rate
from thidua_cli.present.export.live import follows_from_clauses, rests_on_counts
from thidua_cli.present.export.marks import MARKS, ClauseMarks, have_limits
from thidua_cli.present.export.notes_below import NotesBelow
from thidua_cli.present.export.words import (
    STATE_TONE_OF_MARK,
    class_words,
    council_notes,
    heading_notes,
    mark_tones,
    place_in_document,
    remarks,
)
from thidua_cli.present.toolkit.document import ColumnType, Formula, Section, Table, TableColumn
from thidua_cli.present.toolkit.figures import margin_text
from thidua_cli.present.verdicts.figures import (
    FigureKey,
    figure_group,
    figure_header,
    figure_keys,
    key_of,
    rests_on,
    several_measures,
)
from thidua_cli.present.verdicts.values import cell_of
from thidua_cli.results import Pack
from thidua_cli.rulebook.schema import TEST_FORM


class _ShownFigures:
    """What the table shows of every unit."""

    def __init__(self, pack: Pack, places: CountPlaces) -> None:
        self.keys = figure_keys(pack.eligible.verdicts)
        windows = [answer.baseline_year for verdict in pack.eligible.verdicts for answer in verdict.clauses]
        first = min([year for year in windows if year in places.years], default=places.years[0])
        self.last = pack.eligible.as_of
        self.first = first
        self.ends = [first, self.last] if first < self.last else [self.last]
        self.years = [year for year in places.years if first <= year <= self.last]
        measures = {key.measure for key in self.keys if TEST_FORM[key.test].of_rates}
        self.measures = [measure for measure in Measure if measure in measures] or [pack.rates.table.measure]


def eligibility_section(pack: Pack, places: CountPlaces, marks: ClauseMarks, language: Language) -> Section:
    """Return the table with its summary above and its notes below."""
    counted, rules = heading_notes(pack.eligible, language)
    words = [(class_words(each.classes, language), remarks(each, language)) for each in pack.eligible.verdicts]
    below = NotesBelow(each for classes, of_unit in words for each in (classes, *of_unit))
    texts = [(below.cell([classes]), below.cell(of_unit)) for classes, of_unit in words]
    return Section(
        sheet=Text("Kết quả", "Verdicts").pick(language),
        title=Text("KẾT QUẢ XÉT ĐIỀU KIỆN THI ĐUA", "ELIGIBILITY FOR EMULATION AWARDS").pick(language),
        summary=counted,
        points=[rules],
        table=_table(pack, places, marks, texts, language),
        notes=[*below.notes, *council_notes(pack.eligible, marks.clauses, language)],
    )


def _table(
    pack: Pack, places: CountPlaces, marks: ClauseMarks, texts: Sequence[tuple[str, str]], language: Language
) -> Table:
    shown = _ShownFigures(pack, places)
    cells = CellsByRow(_columns(pack, shown, language))
    names = unit_marks(pack)
    formulas = {key: figure_formula(key, places) for key in shown.keys}
    units = zip(pack.eligible.series, pack.eligible.verdicts, marks.by_unit, texts, strict=True)
    for number, (unit, verdict, of_unit, (classes, reason)) in enumerate(units, start=1):
        cells.begin()
        cells.add(number)
        cells.add(unit.unit_name + names.get((unit.unit_code, unit.line_beside), ""))
        cells.add(classes)
        _add_counts(cells, unit, shown, places)
        _add_rates(cells, unit, shown, places)
        _add_figures(cells, unit, verdict, shown.keys, formulas, places, language)
        live = follows_from_clauses(verdict) and all(mark.formulas.mark for mark in of_unit.values())
        cells.add(
            _answer(verdict, language), _verdict_formula(verdict, marks, language) if live else None, _tone(verdict)
        )
        live = live and have_limits(of_unit)
        margin = _margin_formula(verdict, unit, marks, places, shown.last) if live else None
        _add_margin(cells, verdict, margin, language)
        cells.add(_clauses(verdict))
        cells.add(reason)
    return cells.table(marks=mark_tones(language))


def _columns(pack: Pack, shown: _ShownFigures, language: Language) -> list[TableColumn]:
    named = several_measures(shown.keys)
    return [
        TableColumn(SERIAL.pick(language), ColumnType.COUNT, width=5),
        TableColumn(Text("Đơn vị", "Unit").pick(language), width=19),
        TableColumn(Text("Phân loại", "Classes").pick(language), width=14),
        *(
            TableColumn(column_heading(name).pick(language), ColumnType.COUNT, year_end_heading(year, language), 8)
            for year in shown.ends
            for name in REQUIRED_COUNTS
        ),
        *(
            TableColumn(str(year), ColumnType.DECIMAL, _rate_heading(measure, language), 7)
            for measure in shown.measures
            for year in shown.years
        ),
        *(
            TableColumn(
                figure_header(key, language), ColumnType.DECIMAL, figure_group(key, language, with_measure=named), 8
            )
            for key in shown.keys
        ),
        TableColumn(Text("Kết quả", "Verdict").pick(language), width=12),
        TableColumn(_MARGIN.pick(language), ColumnType.COUNT, width=9),
        TableColumn(Text("Điều khoản", "Clause").pick(language), width=27),
        TableColumn(Text("Lý do, lưu ý", "Reason, notes").pick(language), width=36),
    ]


_MARGIN: Final = Text("Số hộ còn dư; thiếu ghi số âm", "Households to spare; missing if negative")


def _rate_heading(measure: Measure, language: Language) -> str:
    if measure is Measure.MULTIDIMENSIONAL:
        return Text("Tỷ lệ nghèo đa chiều (%)", "Multidimensional rate (%)").pick(language)
    return (
        Text("Tỷ lệ {measure} (%)", "Rate of {measure} (%)").fill(measure=MEASURE_WORDS[measure].short).pick(language)
    )


def _add_counts(cells: CellsByRow, unit: Series, shown: _ShownFigures, places: CountPlaces) -> None:
    for year in shown.ends:
        figures = unit.years.get(year)
        for name in REQUIRED_COUNTS:
            count = None if figures is None else figures.counts.get(name)
            cells.add(count, known(places.place(year, name)))


def _add_rates(cells: CellsByRow, unit: Series, shown: _ShownFigures, places: CountPlaces) -> None:
    for measure in shown.measures:
        for year in shown.years:
            figures = unit.years.get(year)
            percent = None if figures is None else rate_percent(figures, measure)
            counted = figures is not None and figures.printed_rate(measure) is None
            cells.add(percent, known(rate(places, measure, year)) if counted else None)


def _add_figures(
    cells: CellsByRow,
    unit: Series,
    verdict: Verdict,
    keys: Sequence[FigureKey],
    formulas: dict[FigureKey, Formula],
    places: CountPlaces,
    language: Language,
) -> None:
    """Add what was held against thresholds: a formula where counts give it, the text of a range otherwise."""
    by_key = {
        key_of(answer.clause, answer.baseline_year, value.year): (answer, value)
        for answer in verdict.clauses
        for value in answer.values
    }
    for key in keys:
        if key not in by_key:
            cells.add(None)
            continue
        answer, value = by_key[key]
        tone = DOUBT_TONE if any(rests_on(key, doubt.year, doubt.column) for doubt in verdict.doubts) else ""
        cell = cell_of(value, language)
        formula = None if isinstance(cell, str) else _figure_formula(key, answer, unit, formulas, places)
        # What is taken of nothing is nothing, until the count it is taken of is changed.
        cells.add("" if cell is None and formula else cell, formula, tone)


def _figure_formula(
    key: FigureKey, answer: ClauseAnswer, unit: Series, formulas: dict[FigureKey, Formula], places: CountPlaces
) -> Formula | None:
    years = [year for year in answer.years_used if key.baseline_year <= year <= key.year]
    if not years or not rests_on_counts(answer, unit, years):
        return None
    rounded = answer.clause.rounded_to
    return formulas[key] if rounded is None else figure_formula(key, places, rounded)


# ------------------------------------------------------------ the answer


def _answer(verdict: Verdict, language: Language) -> str:
    return doubted_answer(verdict_text(verdict), verdict.state, verdict.doubts).pick(language)


def _tone(verdict: Verdict) -> str:
    if refused_in_spite_of_counts(verdict):
        return STATE_TONE_OF_MARK[State.NOT_MET]
    return DOUBT_TONE if reliance_of(verdict.state, verdict.doubts).is_doubted else STATE_TONE_OF_MARK[verdict.state]


def _marks_of(verdict: Verdict, marks: ClauseMarks, offset: int = 0) -> list[str]:
    return [f"{{{MARKS}!{marks.column(answer.clause) + offset}}}" for answer in verdict.clauses]


def _verdict_formula(verdict: Verdict, marks: ClauseMarks, language: Language) -> Formula:
    """Return the answer of a unit by the marks of its clauses: any that is met suffices, what is open stays open."""
    places = _marks_of(verdict, marks)
    met, not_met, unknown = (
        ANSWER_WORDS[state].pick(language) for state in (State.MET, State.NOT_MET, State.UNDETERMINED)
    )
    answer = _met_words(verdict.completeness, language)
    any_met, any_open = (_any_is(places, word) for word in (met, unknown))
    return f'=IF({any_met},"{answer}",IF({any_open},"{unknown}","{not_met}"))'


def _any_is(places: Sequence[str], word: str) -> str:
    tests = [f'{place}="{word}"' for place in places]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"


@lru_cache(maxsize=16)
def _met_words(completeness: Completeness | None, language: Language) -> str:
    return met_text(completeness).pick(language)


def _margin_formula(
    verdict: Verdict, unit: Series, marks: ClauseMarks, places: CountPlaces, last: int
) -> Formula | None:
    """Return how many households more would still do, by the highest count with which any clause is met."""
    measures = {answer.clause.measure for answer in verdict.clauses}
    if len(measures) != 1:
        return None
    (measure,) = measures
    limits = ",".join(_marks_of(verdict, marks, offset=1))
    # No unit has more poor households than households: a verdict that only such a count would lose is not lost.
    out_of_reach = f"MAX({limits})<0"
    count = places.count(last, measure)
    if unit.years[last].denominator(measure) is not None:
        out_of_reach = f"OR({out_of_reach},MAX({limits})>=MAX({count},{places.whole(last, measure)}))"
    return f'=IF(COUNT({limits})=0,"",IF({out_of_reach},"",MAX({limits})-{count}))'


def _add_margin(cells: CellsByRow, verdict: Verdict, formula: Formula | None, language: Language) -> None:
    margin = verdict.margin_households
    if verdict.margin_is_bound and margin is not None:
        cells.add(margin_text(margin, language, is_bound=True))
    elif formula is not None:
        cells.add("" if margin is None else margin, formula)
    else:
        cells.add(margin)


@lru_cache(maxsize=1024)
def _joined(clauses: tuple[str, ...]) -> str:
    return "; ".join(dict.fromkeys(clauses))


def _clauses(verdict: Verdict) -> str:
    """Return the clauses that carry the answer, all that apply where none does."""
    carrying = [answer for answer in verdict.clauses if answer.state is verdict.state] or list(verdict.clauses)
    return _joined(tuple(place_in_document(answer.clause) for answer in carrying))
