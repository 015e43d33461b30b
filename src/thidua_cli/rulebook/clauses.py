"""One table of a rule file → one clause: a criterion, a target, or an item to attest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from thidua_cli.errors import InputError
from thidua_cli.language import Text
from thidua_cli.late_dataclass import replace
from thidua_cli.late_pattern import late_pattern
from thidua_cli.model import Citation, Level, Measure, year_end
from thidua_cli.rulebook.classes import CLASS_TOKENS, CLASSES_OF_LEVEL
from thidua_cli.rulebook.context import Context, OtherReading, Reading, clause_citation, period, places
from thidua_cli.rulebook.schema import (
    SUBJECTS_WITHOUT_COUNTS,
    TEST_FORM,
    Alternative,
    AnyClause,
    AttestItem,
    ClassExit,
    Clause,
    ClauseKind,
    Comparison,
    Period,
    Test,
    TestForm,
    ThresholdUnit,
    Window,
)
from thidua_cli.rulebook.subjects import no_unit_types, read_area, read_subject, unit_types
from thidua_cli.rulebook.toml_table import CheckedTable

CLASS_EXIT: Final = "class_exit_share"
"""The one test that counts units, not households: it makes a `ClassExit`."""

RULE_KEYS: Final = (
    *("id", "title", "subject", "test", "measure", "years", "baseline_year", "comparison", "threshold", "upper"),
    *("unit", "poverty_line", "rounded_to", "applies", "reading", "alternatives", "citation", "verified"),
)
TARGET_KEYS: Final = (*RULE_KEYS, "year_ends", "class")
ATTEST_KEYS: Final = ("id", "kind", "subject", "text", "citation", "types", "within", "year_ends", "verified")

# No poverty line is older than that of 1993: a smaller number is a slip of the pen.
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
_LONGEST_WINDOW: Final = 30
_MOST_DECIMALS: Final = 6
_LINE: Final = late_pattern(r"([a-z0-9]+-)*[0-9]{4}-[0-9]{4}")
_HOUSEHOLD_KEYS: Final = ("measure", "years", "upper", "poverty_line", "rounded_to", "alternatives")


def read_criterion(table: CheckedTable, context: Context) -> Clause:
    """Return a criterion.

    Raises:
        InputError: a key is missing or wrong; the message names file, line and key. So in all functions here.
    """
    clause = _clause(table, context)
    end = clause.period.end if clause.period else None
    if clause.baseline_year is not None and end is not None and clause.baseline_year >= end.year:
        text = Text(
            f"phải trước năm cuối cùng còn áp dụng ({end.year})",
            f"must lie before the last year the rule applies ({end.year})",
        )
        raise table.place.refuse("baseline_year", text)
    return _with_alternatives(clause, table, context)


def read_target(table: CheckedTable, context: Context) -> AnyClause:
    """Return a target: one that counts households, or one that counts the units that left a class."""
    year_ends = table.whole_numbers("year_ends", _FIRST_YEAR, _LAST_YEAR)
    test = table.text("test")
    if test == CLASS_EXIT:
        return _class_exit(table, context, year_ends)
    if test not in set(Test):
        raise table.unknown_word("test", test, (*Test, CLASS_EXIT))
    if "class" in table:
        raise table.place.refuse("class", Text(f"chỉ dùng với {CLASS_EXIT}", f"goes with {CLASS_EXIT} only"))
    target = replace(_clause(table, context), kind=ClauseKind.TARGET, year_ends=year_ends)
    _refuse_year_ends_outside(table, year_ends, target.baseline_year, target.period)
    return _with_alternatives(target, table, context)


def read_attest(table: CheckedTable, context: Context) -> AttestItem:
    """Return a criterion or target without a number."""
    identifier, subject = table.identifier("id"), table.text("subject")
    known = (*Level, *SUBJECTS_WITHOUT_COUNTS)
    if subject not in known:
        raise table.unknown_word("subject", subject, known)
    citation = clause_citation(table, context.citation)
    return AttestItem(
        identifier,
        subject,
        table.paired_text("text"),
        citation,
        table.choice("kind", ClauseKind) if "kind" in table else ClauseKind.CRITERION,
        unit_types(table, Level(subject)) if subject in set(Level) else no_unit_types(table),
        places(table) or context.within,
        table.whole_numbers("year_ends", _FIRST_YEAR, _LAST_YEAR) if "year_ends" in table else (),
        _verified(table, citation) if "verified" in table else None,
    )


def _clause(table: CheckedTable, context: Context) -> Clause:
    identifier = table.identifier("id")
    threshold = table.decimal("threshold")
    citation = clause_citation(table, context.citation)
    test = table.choice("test", Test)
    form = TEST_FORM[test]
    years, baseline_year = _window(table, test, form)
    comparison = _comparison(table, form)
    unit = _unit(table, test, form)
    lines = _poverty_lines(table)
    reading_id, reading = _reading(table, context)
    return Clause(
        id=identifier,
        title=table.paired_text("title"),
        subject=read_subject(table, context),
        test=test,
        measure=_measure(table, test, form),
        comparison=comparison,
        threshold=_within_reach(table, "threshold", threshold, test, unit),
        unit=unit,
        reading=reading.text,
        citation=citation,
        verified=_verified(table, citation),
        years=years,
        baseline_year=baseline_year,
        poverty_line=lines[0],
        upper=_upper(table, threshold, test, unit, comparison),
        period=_period(table, context, citation),
        other_lines=lines[1:],
        rounded_to=table.whole_number("rounded_to", 0, _MOST_DECIMALS) if "rounded_to" in table else None,
        reading_id=reading_id,
        reading_reason=reading.why,
    )


def _class_exit(table: CheckedTable, context: Context, year_ends: tuple[int, ...]) -> ClassExit:
    for key in _HOUSEHOLD_KEYS:
        if key in table:
            raise table.place.refuse(key, Text(f"không dùng với {CLASS_EXIT}", f"does not go with {CLASS_EXIT}"))
    identifier, threshold = table.identifier("id"), table.decimal("threshold")
    citation = clause_citation(table, context.citation)
    comparison = _comparison(table, TEST_FORM[Test.COUNT_FALL_SINCE_BASELINE])
    unit = table.choice("unit", ThresholdUnit)
    if unit is not ThresholdUnit.PERCENT:
        raise _wrong_unit(table, CLASS_EXIT, (ThresholdUnit.PERCENT,))
    reading_id, reading = _reading(table, context)
    baseline_year = table.whole_number("baseline_year", _FIRST_YEAR, _LAST_YEAR)
    applies = _period(table, context, citation)
    _refuse_year_ends_outside(table, year_ends, baseline_year, applies)
    token, level = _counted_class(table)
    return ClassExit(
        id=identifier,
        title=table.paired_text("title"),
        subject=read_area(table, context, level),
        class_token=token,
        counted_level=level,
        comparison=comparison,
        threshold=_within_reach(table, "threshold", threshold, Test.COUNT_FALL_SINCE_BASELINE, unit),
        reading=reading.text,
        citation=citation,
        verified=_verified(table, citation),
        baseline_year=baseline_year,
        year_ends=year_ends,
        period=applies,
        reading_id=reading_id,
        reading_reason=reading.why,
    )


def _counted_class(table: CheckedTable) -> tuple[str, Level]:
    """Return the class and the level of its units: classes that units of several levels have are not counted."""
    levels = {token: [level for level, tokens in CLASSES_OF_LEVEL.items() if token in tokens] for token in CLASS_TOKENS}
    # “Mountain” is a class of provinces, districts and communes: a share of its units would not say of which.
    countable = {token: counted[0] for token, counted in levels.items() if len(counted) == 1}
    token = table.text("class")
    if token not in countable:
        raise table.unknown_word("class", token, countable)
    return token, countable[token]


def _with_alternatives(clause: Clause, table: CheckedTable, context: Context) -> Clause:
    names = table.words("alternatives", context.alternatives)
    return replace(clause, alternatives=tuple(_alternative(clause, table, context, name) for name in names))


def _alternative(clause: Clause, table: CheckedTable, context: Context, name: str) -> Alternative:
    """Return what another reading makes of a clause: its changes laid over the table, and read as any clause is."""
    reading = context.alternatives[name]
    try:
        changed = _clause(CheckedTable(_changed_values(table, reading), reading.place, TARGET_KEYS), context)
    except InputError as error:
        vi, en = error.text
        raise InputError(Text(f'{vi} (dùng cho "{clause.id}")', f'{en} (used for "{clause.id}")')) from error
    # Another reading changes how the figures are held against the clause, not which clause it is.
    kept = replace(
        changed,
        kind=clause.kind,
        year_ends=clause.year_ends,
        reading=clause.reading,
        reading_reason=clause.reading_reason,
    )
    if kept == clause:
        text = Text(f'"{name}" không đổi gì ở đây', f'"{name}" changes nothing here')
        raise table.place.refuse("alternatives", text)
    read = replace(kept, reading=reading.text, reading_id=name, reading_reason=reading.why)
    return Alternative(name, reading.text, reading.why, tuple(reading.changes), read)


def _changed_values(table: CheckedTable, reading: OtherReading) -> dict[str, object]:
    values, changes = table.values(), dict(reading.changes)
    subject = values.get("subject")
    if "together" in changes and isinstance(subject, dict):
        values["subject"] = {**subject, "together": changes.pop("together")}
    if any(window in changes for window in Window):
        for window in Window:
            values.pop(window, None)
    values.pop("alternatives", None)
    return {**values, **changes}


def _window(table: CheckedTable, test: Test, form: TestForm) -> tuple[int | None, int | None]:
    """Return (length of the window in years, its baseline year): the one the table gives, of those the test takes."""
    for key in Window:
        if key not in form.windows and key in table:
            raise table.place.refuse(key, Text(f"không dùng với {test}", f"does not go with {test}"))
    given = [key for key in form.windows if key in table]
    if len(given) > 1:
        text = Text("chỉ ghi một trong hai: years, baseline_year", "give one only: years or baseline_year")
        raise table.place.refuse(given[1], text)
    if not form.windows:
        return None, None
    if not given and len(form.windows) > 1:
        text = Text("thiếu years hoặc baseline_year", "years or baseline_year is missing")
        raise table.place.refuse(Window.YEARS, text)
    if (given or form.windows)[0] is Window.YEARS:
        return table.whole_number(Window.YEARS, 1, _LONGEST_WINDOW), None
    return None, table.whole_number(Window.BASELINE_YEAR, _FIRST_YEAR, _LAST_YEAR)


def _comparison(table: CheckedTable, form: TestForm) -> Comparison:
    written = table.text("comparison")
    if written not in form.comparisons:
        raise table.unknown_word("comparison", written, form.comparisons)
    return Comparison(written)


def _unit(table: CheckedTable, test: Test, form: TestForm) -> ThresholdUnit:
    unit = table.choice("unit", ThresholdUnit)
    if unit not in form.units:
        raise _wrong_unit(table, test, form.units)
    return unit


def _wrong_unit(table: CheckedTable, test: str, units: Sequence[ThresholdUnit]) -> InputError:
    text = Text(f"{test} tính bằng {' hoặc '.join(units)}", f"{test} is measured in {' or '.join(units)}")
    return table.place.refuse("unit", text)


def _measure(table: CheckedTable, test: Test, form: TestForm) -> Measure:
    measure = table.choice("measure", Measure)
    if form.of_rates and not measure.has_rate:
        text = Text(f"{measure} không có tỷ lệ, không dùng với {test}", f"{measure} has no rate for {test}")
        raise table.place.refuse("measure", text)
    return measure


def _within_reach(table: CheckedTable, key: str, value: Decimal, test: Test, unit: ThresholdUnit) -> Decimal:
    if unit is ThresholdUnit.HOUSEHOLDS:
        # Hà Nội asks that no poor household be left (251/KH-UBND); a fall of none would be met by whoever stands still.
        least = 0 if test is Test.COUNT_AT_YEAR_END else 1
        if value < least or value != value.to_integral_value():
            text = Text(f"phải là số hộ nguyên, từ {least} trở lên", f"must be whole households, at least {least}")
            raise table.place.refuse(key, text)
    elif not 0 < value <= 100:
        raise table.place.refuse(key, Text("phải lớn hơn 0 và không quá 100", "must be above 0 and at most 100"))
    return value


def _upper(
    table: CheckedTable, threshold: Decimal, test: Test, unit: ThresholdUnit, comparison: Comparison
) -> Decimal | None:
    if "upper" not in table:
        return None
    upper = _within_reach(table, "upper", table.decimal("upper"), test, unit)
    if upper <= threshold:
        text = Text(f"phải lớn hơn threshold ({threshold})", f"must be above the threshold ({threshold})")
        raise table.place.refuse("upper", text)
    # The only ranges in the texts are falls: “giảm 1-1,5%/năm” (666, mục tiêu).
    if comparison is not Comparison.AT_LEAST:
        text = Text('khoảng "từ … đến …" dùng với comparison ">="', 'a range goes with the comparison ">="')
        raise table.place.refuse("upper", text)
    return upper


def _poverty_lines(table: CheckedTable) -> tuple[str, ...]:
    several = isinstance(table.values().get("poverty_line"), list)
    lines = table.texts("poverty_line") if several else (table.text("poverty_line"),)
    for line in lines:
        if not _LINE.fullmatch(line):
            text = Text(
                f'"{line}" không phải chuẩn nghèo: viết "2022-2025", "ha-noi-2022-2025"',
                f'"{line}" is no poverty line: write "2022-2025", "ha-noi-2022-2025"',
            )
            raise table.place.refuse("poverty_line", text)
    return lines


def _reading(table: CheckedTable, context: Context) -> tuple[str, Reading]:
    name = table.text("reading")
    if name not in context.readings:
        raise table.unknown_word("reading", name, context.readings)
    return name, context.readings[name]


def _verified(table: CheckedTable, citation: Citation) -> date:
    verified = table.day("verified")
    if verified < citation.date:
        raise table.place.refuse("verified", Text("trước ngày ký văn bản", "lies before the document's own date"))
    return verified


def _period(table: CheckedTable, context: Context, citation: Citation) -> Period:
    if context.period is not None and "applies" not in table:
        return context.period
    return period(table, citation)


def _refuse_year_ends_outside(
    table: CheckedTable, year_ends: Sequence[int], baseline_year: int | None, applies: Period | None
) -> None:
    for year in year_ends:
        if applies is not None and not applies.holds_on(year_end(year)):
            text = Text(
                f"31/12/{year} nằm ngoài thời gian áp dụng (applies)",
                f"31/12/{year} lies outside the days the rule applies (applies)",
            )
            raise table.place.refuse("year_ends", text)
    if baseline_year is not None and baseline_year >= year_ends[0]:
        text = Text(
            f"phải trước năm xét đầu tiên ({year_ends[0]})", f"must lie before the first year judged ({year_ends[0]})"
        )
        raise table.place.refuse("baseline_year", text)
