"""The answer of a clause in words: short sentences naming year-ends, written once, when all is decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, assert_never

from thidua_cli.judge.clause.figures import Missing
from thidua_cli.judge.verdict import ClauseAnswer, ClauseValue, RoundedAnswer, State
from thidua_cli.judge.words import division
from thidua_cli.judge.words.amounts import needed, reached
from thidua_cli.judge.words.division import DivisionWords
from thidua_cli.judge.words.gaps import over_all_values
from thidua_cli.judge.words.missing import line_mends, open_text
from thidua_cli.language import NO_TEXT, Language, LateSentence, Text, capitalised, frame
from thidua_cli.late_dataclass import replace
from thidua_cli.lexicon import ANSWER_WORDS, MEASURE_WORDS, RATE_WORDS
from thidua_cli.model import Measure, Series, Status
from thidua_cli.rulebook.schema import EACH_YEAR, TEST_FORM, Clause, Test, ThresholdUnit


def written(answer: ClauseAnswer, series: Series, applies: bool | None = True) -> ClauseAnswer:
    """Return the answer with its reason, its notes and what it lacks; `series` are the figures it was taken from."""
    certain = answer.state is not State.UNDETERMINED
    divided = division.told(series, answer.years_used)
    missing = _missing(answer, series, divided)
    despite = _DESPITE.fill(missing=Text.each_once("; ", missing)) if certain and missing else None
    return replace(
        answer,
        applies=applies,
        reason=_reason(answer) if certain else Text.each_once("; ", missing).sentence(),
        note=_note(answer, series, divided),
        preliminary=_preliminary(answer, series),
        missing=missing,
        despite_division=divided.same_however if certain else None,
        despite_missing=despite,
    )


_DESPITE: Final = Text("Dù {missing}, kết quả vẫn như nhau.", "Although {missing}, the answer is the same.")


def noun(clause: Clause) -> Text:
    """Name what a clause looks at: a rate or a count."""
    return _noun(clause.measure, TEST_FORM[clause.test].of_rates)


@lru_cache(maxsize=16)
def _noun(measure: Measure, of_rates: bool) -> Text:
    if not of_rates:
        return MEASURE_WORDS[measure].long
    rate = RATE_WORDS[measure].long
    return Text(rate.vi, f"the {rate.en}")


# ------------------------------------------------------------ why it is met or not


def _reason(answer: ClauseAnswer) -> Text:
    """Say what the clause looked at came to, and what it asks for."""
    if answer.rests_on_all_values:
        return over_all_values(answer, noun(answer.clause))
    return LateSentence(reason_by_values, answer.clause, answer.state, answer.values, answer.years)


def reason_by_values(
    clause: Clause, state: State, values: Sequence[ClauseValue], years: Sequence[int], language: Language
) -> str:
    """Say of an answer that follows from its values what they came to, and what is asked for."""
    deciding = [value for value in values if value.state is state]
    shown = deciding[:1] if state is State.MET else deciding
    changes = [reached(clause, value, language) for value in shown]
    if clause.test in EACH_YEAR and state is State.NOT_MET:
        changes = [_in_a_year(value, change, language) for value, change in zip(shown, changes, strict=True)]
    template, is_relative = _template(clause.test, state, values), clause.unit is ThresholdUnit.PERCENT
    pieces = _reason_frame(template, noun(clause), needed(clause), is_relative, tuple(years), language)
    return f"{capitalised(', '.join(changes).join(pieces))}."


@lru_cache(maxsize=256)
def _reason_frame(
    template: Text, looked_at: Text, asked: Text, is_relative: bool, years: tuple[int, ...], language: Language
) -> tuple[str, ...]:
    """Return all of a reason but what the values came to."""
    return frame(
        template.pick(language),
        language,
        ["change"],
        noun=looked_at,
        needed=asked,
        base=_OF_THE_YEAR_BEFORE if is_relative else NO_TEXT,
        start=str(years[0]),
        end=str(years[-1]),
        years=", ".join(map(str, years[1:])),
        window=f"{years[0] + 1}–{years[-1]}",
    )


_OF_THE_YEAR_BEFORE: Final = Text(" so với cuối năm trước", " of the year before")
"""What a yearly fall in percent is taken of: it could be read as points."""


def _template(test: Test, state: State, values: Sequence[ClauseValue]) -> Text:
    met, known = state is State.MET, values[-1].is_known
    match test:
        case Test.RATE_FALL_EACH_YEAR | Test.COUNT_FALL_EACH_YEAR:
            return _FAILING_YEARS if not met else _ONE_YEAR if len(values) == 1 else _EVERY_YEAR
        case Test.RATE_FALL_AVERAGE | Test.COUNT_FALL_AVERAGE:
            return _MEAN if known else _NO_MEAN
        case Test.COUNT_FALL_SINCE_BASELINE:
            return _NO_FALL if not known else _ENOUGH_SINCE if met else _TOO_LITTLE_SINCE
        case Test.COUNT_AT_YEAR_END | Test.RATE_AT_YEAR_END:
            return _LEFT
        case _:
            assert_never(test)


_FAILING_YEARS: Final = Text(
    "{noun} {change}; cần giảm {needed} mỗi năm{base}", "{noun} {change}; needs {needed} each year{base}"
)
_ONE_YEAR: Final = Text(
    "{noun} năm {end} {change}{base} (yêu cầu {needed})", "{noun} {change}{base} in {end} (needs {needed})"
)
_EVERY_YEAR: Final = Text(
    "{noun} giảm {needed}{base} trong từng năm {years}", "{noun} fell {needed}{base} in each of {years}"
)
_MEAN: Final = Text(
    "{noun} bình quân mỗi năm {window} {change}{base} (yêu cầu {needed})",
    "{noun} {change}{base} a year on average in {window} (needs {needed})",
)
_NO_MEAN: Final = Text(
    "{noun} có năm bằng 0 trong {window} nên không có mức giảm bình quân",
    "{noun} were zero in a year of {window}: there is no mean fall",
)
_NO_FALL: Final = Text(
    "{noun} cuối năm {start} bằng 0 nên không có mức giảm nào đạt yêu cầu",
    "{noun} were zero at the end of {start}: there is no fall that could meet the clause",
)
_ENOUGH_SINCE: Final = Text(
    "{noun} {change} so với cuối năm {start} (yêu cầu {needed})",
    "{noun} {change} from the end of {start} (needs {needed})",
)
_TOO_LITTLE_SINCE: Final = Text(
    "{noun} {change} so với cuối năm {start}; cần giảm {needed}",
    "{noun} {change} from the end of {start}; needs a fall of {needed}",
)
_LEFT: Final = Text(
    "{noun} cuối năm {end} là {change} (yêu cầu {needed})", "{noun} at the end of {end}: {change} (needs {needed})"
)


def _in_a_year(value: ClauseValue, change: str, language: Language) -> str:
    return change.join(_year_frame(value.year, value.is_known, language))


@lru_cache(maxsize=256)
def _year_frame(year: int, is_known: bool, language: Language) -> tuple[str, ...]:
    if is_known:
        text = Text("năm {year} {change}", "{change} in {year}")
        return frame(text.pick(language), language, ["change"], year=str(year))
    return (Text(f"cuối năm {year - 1} đã bằng 0", f"was zero already at the end of {year - 1}").pick(language),)


# ------------------------------------------------------------ what is missing


def _missing(answer: ClauseAnswer, series: Series, divided: DivisionWords) -> tuple[Text, ...]:
    """Say what is missing; of an undetermined answer also what of divided units would settle it."""
    missing = tuple(
        [text for figure in answer.figures if (text := open_text(figure, series, answer.clause)) is not None]
    )
    if answer.state is not State.UNDETERMINED:
        return missing
    if answer.figures:
        mends = line_mends(figure for figure in answer.figures if isinstance(figure, Missing))
        return (*missing, *mends, *_rounded_rates(answer, series), *divided.to_supply)
    text = Text(
        "cuối năm {as_of} không sau đầu kỳ là cuối năm {year}", "the end of {as_of} is not after the start, {year}"
    )
    return (text.fill(as_of=str(answer.years[-1]), year=str(answer.baseline_year)),)


def _rounded_rates(answer: ClauseAnswer, series: Series) -> tuple[Text, ...]:
    """Say of which year-ends only a printed rate is known, where that leaves an answer open."""
    years = _years_by_rate_only(answer, series)
    if not years:
        return ()
    text = Text(
        "cuối năm {years} chỉ có tỷ lệ đã làm tròn, chưa đủ để kết luận; bổ sung số hộ",
        "only rounded rates are known for the end of {years}, which leave it open; add the counts",
    )
    return (text.fill(years=", ".join(map(str, years))),)


def _years_by_rate_only(answer: ClauseAnswer, series: Series) -> list[int]:
    """Return the year-ends of which only a printed rate of the measure is known."""
    clause = answer.clause
    if not TEST_FORM[clause.test].of_rates:
        return []
    known = [series.years[year] for year in answer.years_used if year in series.years]
    return [figures.year for figures in known if figures.printed_rate(clause.measure) is not None]


# ------------------------------------------------------------ what a person should know


def _note(answer: ClauseAnswer, series: Series, divided: DivisionWords) -> Text | None:
    """Say of the figures of the window that they are rounded or presumed whole."""
    printed = _printed(_years_by_rate_only(answer, series))
    return note_of(answer.state, answer.rounded, divided, printed)


def note_of(
    state: State, rounded: RoundedAnswer | None, divided: DivisionWords, printed: Text | None = None
) -> Text | None:
    """Say what a table of rounded figures would answer, what is presumed whole, and what is known as printed."""
    rounding = None if rounded is None else _rounding(state, rounded)
    known = [text for text in (rounding, divided.presumed, printed) if text is not None]
    return Text.each_once(" ", known) if known else None


_PLACES: Final = {2: Text("2 chữ số thập phân", "two decimals"), 1: Text("1 chữ số thập phân", "one decimal")}


@lru_cache(maxsize=16)
def _rounding(state: State, rounded: RoundedAnswer) -> Text:
    text = Text(
        "Bảng làm tròn {places} sẽ cho kết quả khác ({other}); kết quả {state} tính trên số chưa làm tròn.",
        "A table rounded to {places} would say otherwise ({other}); {state} rests on unrounded values.",
    )
    return text.fill(places=_PLACES[rounded.places], other=ANSWER_WORDS[rounded.state], state=ANSWER_WORDS[state])


def _preliminary(answer: ClauseAnswer, series: Series) -> tuple[int, ...]:
    """Return the year-ends that rest on figures that are not approved yet."""
    known = [series.years[year] for year in answer.years_used if year in series.years]
    used = [figures for figures in known if figures.counts or figures.divided or figures.printed_rates]
    return tuple([figures.year for figures in used if figures.status is Status.PRELIMINARY])


def preliminary_note(answers: Iterable[ClauseAnswer]) -> Text | None:
    """Say once which year-ends of some answers rest on figures that are not approved yet; None where none does."""
    years = sorted({year for answer in answers for year in answer.preliminary})
    if not years:
        return None
    text = Text("Số liệu cuối năm {years} là số sơ bộ.", "The figures for the end of {years} are preliminary.")
    return text.fill(years=", ".join(map(str, years)))


def note_alone(answer: ClauseAnswer) -> Text | None:
    """Return all that a person should know of an answer that stands alone, the preliminary figures too."""
    notes = [text for text in (answer.note, preliminary_note([answer])) if text is not None]
    return Text.joined(" ", notes) if notes else None


def _printed(years: Sequence[int]) -> Text | None:
    """Say which year-ends rest on rates as they were printed."""
    if not years:
        return None
    text = Text(
        "Cuối năm {years} chỉ có tỷ lệ đã làm tròn, không có số hộ.",
        "Only rounded rates, no counts, are known for the end of {years}.",
    )
    return text.fill(years=", ".join(map(str, years)))
