"""Clauses in words: whom one speaks of, what it measures, what it asks for, when."""

from __future__ import annotations

from typing import Final, assert_never

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import LEVEL_WORDS, MEASURE_WORDS, RATE_FORMULAS, SUBJECT_WORDS, UNIT_AFTER_NUMBER
from thidua_cli.model import Level
from thidua_cli.present.toolkit.figures import class_label, threshold_text, year_list
from thidua_cli.rulebook.schema import (
    AnyClause,
    AttestItem,
    ClassExit,
    Clause,
    ClauseKind,
    Comparison,
    Period,
    RelatedDocument,
    Subject,
    Test,
)
from thidua_cli.units.tables import bundled

SIGN: Final = {
    Comparison.AT_LEAST: "≥",
    Comparison.MORE_THAN: ">",
    Comparison.EQUAL: "=",
    Comparison.AT_MOST: "≤",
    Comparison.LESS_THAN: "<",
}


def related_text(related: RelatedDocument, language: Language) -> str:
    """Write what a document beside the one of a file is, and where it can be read."""
    told = f"{related}: {related.text.pick(language)}"
    return f"{told}, {related.address}" if related.address else told


def formula_text(clause: AnyClause, language: Language) -> str:
    """Write in words what a clause measures."""
    if isinstance(clause, ClassExit):
        name, year = class_label(clause.class_token, language), str(clause.baseline_year)
        return _EXIT_FORMULA.fill(name=name, year=year).pick(language)
    rate, count = RATE_FORMULAS[clause.measure], MEASURE_WORDS[clause.measure].short
    match clause.test:
        case Test.RATE_FALL_EACH_YEAR:
            text = _RATE_FORMULA.fill(rate=rate, window=_each_year(clause))
        case Test.RATE_FALL_AVERAGE:
            text = _RATE_AVERAGE.fill(rate=rate, window=_window(clause))
        case Test.COUNT_FALL_EACH_YEAR:
            text = _COUNT_YEARLY.fill(count=count, window=_each_year(clause))
        case Test.COUNT_FALL_AVERAGE:
            text = _COUNT_AVERAGE.fill(count=count, window=_window(clause))
        case Test.COUNT_FALL_SINCE_BASELINE:
            text = _COUNT_FORMULA.fill(count=count, year=str(clause.baseline_year))
        case Test.COUNT_AT_YEAR_END:
            text = _COUNT_LEFT.fill(count=count)
        case Test.RATE_AT_YEAR_END:
            text = _RATE_LEFT.fill(rate=rate)
        case _:
            assert_never(clause.test)
    if clause.rounded_to is not None:
        text = _ROUNDED.fill(text=text, places=clause.rounded_to)
    return text.pick(language)


def required_text(clause: AnyClause, language: Language) -> str:
    """Write the threshold with its comparison and unit: "≥ 1,5 điểm %"; a range as "1–1,5 điểm %"."""
    unit = UNIT_AFTER_NUMBER[clause.unit].pick(language)
    threshold = threshold_text(clause.threshold, language)
    upper = clause.upper if isinstance(clause, Clause) else None
    if upper is not None:
        return f"{threshold}–{threshold_text(upper, language)}{unit}"
    return f"{SIGN[clause.comparison]} {threshold}{unit}"


def subject_text(clause: AnyClause, language: Language) -> str:
    """Write which units a clause speaks of."""
    subject, parts = clause.subject, []
    if subject.any_of:
        parts.append(_EITHER.pick(language).join(class_label(token, language) for token in subject.any_of))
    parts += [class_label(f"not_{token}", language) for token in subject.none_of]
    if subject.together:
        parts.append(_TOGETHER.pick(language))
    level = _level_or_types(subject, language)
    return f"{level} ({'; '.join(parts)})" if parts else level


def item_subject_text(item: AttestItem, language: Language) -> str:
    """Write of whom a criterion without a number is asked."""
    subject = SUBJECT_WORDS.get(item.subject)
    return (
        subject.long.pick(language)
        if subject
        else _level_or_types(Subject(Level(item.subject), types=item.types), language)
    )


def places_text(codes: tuple[str, ...]) -> str:
    """Name places with their codes: "Tỉnh Nghệ An (40)"."""
    tables = bundled()
    return ", ".join(f"{tables.periods(code)[-1].name} ({code})" for code in codes)


def period_text(period: Period, language: Language) -> str:
    """Write the days a clause holds."""
    start = f"{period.start:%d/%m/%Y}"
    if period.end is None:
        return _FROM.fill(day=start).pick(language)
    return f"{start} – {period.end:%d/%m/%Y}"


def year_ends_text(clause: AnyClause, language: Language) -> str:
    """Write the year-ends a clause is judged at: its own, or the one asked for."""
    return year_list(clause.year_ends) if clause.year_ends else _AS_OF.pick(language)


def lines_text(clause: Clause) -> str:
    """Write the poverty lines a clause takes."""
    return ", ".join((clause.poverty_line, *clause.other_lines))


def kind_text(kind: ClauseKind, language: Language) -> str:
    """Name what a clause is for."""
    return _KIND[kind].pick(language)


def _level_or_types(subject: Subject, language: Language) -> str:
    level = LEVEL_WORDS[subject.level].short.pick(language)
    if not subject.types:
        return level
    return Text("{types}", "{level} ({types})").fill(types=", ".join(subject.types), level=level).pick(language)


def _window(clause: Clause) -> Text:
    if clause.years is None:
        return _SINCE.fill(year=str(clause.baseline_year))
    return _ONE_YEAR if clause.years == 1 else _LAST_YEARS.fill(years=clause.years, ends=clause.years + 1)


def _each_year(clause: Clause) -> Text:
    return _window(clause) if clause.years == 1 else _EACH.fill(window=_window(clause))


_EACH: Final = Text("từng năm của {window}", "each of {window}")
_ONE_YEAR: Final = Text("năm xét (2 thời điểm cuối năm)", "the year judged (2 year-ends)")
_LAST_YEARS: Final = Text(
    "{years} năm liên tục đến năm xét ({ends} thời điểm cuối năm)",
    "{years} consecutive years up to the year judged ({ends} year-ends)",
)
_SINCE: Final = Text("các năm từ cuối năm {year} đến năm xét", "the years from the end of {year} to the year judged")
_RATE_FORMULA: Final = Text("{rate}; mức giảm trong {window}", "{rate}; the fall in {window}")
_RATE_AVERAGE: Final = Text(
    "{rate}; mức giảm bình quân mỗi năm, tính trên {window}", "{rate}; the mean yearly fall over {window}"
)
_COUNT_YEARLY: Final = Text(
    "mức giảm số {count} so với năm trước, trong {window}", "the fall of {count} from the year before, in {window}"
)
_COUNT_AVERAGE: Final = Text(
    "mức giảm bình quân mỗi năm của số {count}, tính trên {window}", "the mean yearly fall of {count} over {window}"
)
_COUNT_FORMULA: Final = Text(
    "({count} cuối năm {year} − {count} cuối năm xét) / {count} cuối năm {year}",
    "({count} at the end of {year} − {count} at the year-end judged) / {count} at the end of {year}",
)
_COUNT_LEFT: Final = Text("số {count} ở cuối năm xét", "{count} at the year-end judged")
_RATE_LEFT: Final = Text("{rate}, ở cuối năm xét", "{rate}, at the year-end judged")
_ROUNDED: Final = Text("{text}; làm tròn {places} chữ số thập phân", "{text}; rounded to {places} decimals")
_EXIT_FORMULA: Final = Text(
    "số đơn vị là {name} cuối năm {year} mà nay đã ra khỏi danh mục / số đơn vị là {name} cuối năm {year}",
    "units that were {name} at the end of {year} and have left the list since / units that were {name} then",
)

_EITHER: Final = Text(" hoặc ", " or ")
_TOGETHER: Final = Text("gộp thành một", "taken together")
_FROM: Final = Text("từ {day}", "from {day}")
_AS_OF: Final = Text("năm xét", "the year asked for")
_KIND: Final = {
    ClauseKind.CRITERION: Text("tiêu chí", "criterion"),
    ClauseKind.TARGET: Text("chỉ tiêu", "target"),
}
