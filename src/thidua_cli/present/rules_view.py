"""What `thidua rules` shows: rule files for people as pages, for programs as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, assert_never

from thidua_cli.language import Language, Text, format_count
from thidua_cli.model import Citation, Level
from thidua_cli.present.figures import threshold_text
from thidua_cli.present.labels import LEVEL_TEXT, MEASURE_TEXT, RATE_TEXT, class_label
from thidua_cli.present.page import Fields, Grid, Heading, Page, Paragraph, page_markdown, page_text
from thidua_cli.rulebook.classes import Coverage
from thidua_cli.rulebook.schema import AttestItem, Comparison, Rule, Rulebook, Test, ThresholdUnit

LIST_SCHEMA: Final = "thidua.rules-list/1"
SHOW_SCHEMA: Final = "thidua.rules/1"


class RulesFormat(StrEnum):
    """How rules are written."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def present_list(books: Sequence[Rulebook], layout: RulesFormat, language: Language) -> str:
    """Write one row per rule file: id, title, document, number of rules and of criteria to attest."""
    if layout is RulesFormat.JSON:
        return _json({"schema": LIST_SCHEMA, "rules": [_counted(book, language) for book in books]})
    rows = [
        (
            book.id,
            book.title.pick(language),
            f"{book.citation.document} ({book.citation.date:%d/%m/%Y})",
            format_count(len(book.rules), language),
            format_count(len(book.attest), language),
        )
        for book in books
    ]
    heads = tuple(head.pick(language) for head in (_ID, _TITLE, _DOCUMENT, _RULES, _ATTESTED))
    return _written([Grid(heads, rows)], layout)


def present_rulebook(book: Rulebook, coverage: Sequence[Coverage], layout: RulesFormat, language: Language) -> str:
    """Write a whole rule file with formulas, readings and clauses, and how complete the class tables behind it are."""
    coverage = [one for one in coverage if one.token in _classes_of(book)]
    if layout is RulesFormat.JSON:
        return _json(_record(book, coverage, language))
    page: Page = [
        Heading(1, f"{book.id}: {book.title.pick(language)}"),
        Paragraph(_SOURCE.fill(source=_source(book.citation), version=book.version).pick(language)),
    ]
    if book.rules:
        page += [Heading(2, _RULES_HEADING.pick(language)), Paragraph(_ANY_PATH.pick(language))]
        page += [block for rule in book.rules for block in _rule_blocks(rule, language)]
    if book.attest:
        page += [Heading(2, _ATTEST_HEADING.pick(language)), _attest_fields(book.attest, language)]
    if coverage:
        page += [
            Heading(2, _CLASSES_HEADING.pick(language)),
            _coverage_grid(coverage, language),
            Paragraph(_CLASSES_NOTE.pick(language)),
        ]
    return _written(page, layout)


def present_sound(book: Rulebook, language: Language) -> str:
    """Say that a rule file can be used, and what it holds."""
    return _SOUND.fill(path=book.path or book.id, rules=len(book.rules), items=len(book.attest)).pick(language)


def formula_text(rule: Rule, language: Language) -> str:
    """Write in words what a rule measures."""
    rate, count = RATE_TEXT[rule.measure], MEASURE_TEXT[rule.measure]
    window = _window_text(rule)
    match rule.test:
        case Test.RATE_FALL_EACH_YEAR:
            text = _RATE_FORMULA.fill(rate=rate, window=window)
        case Test.RATE_FALL_AVERAGE:
            text = _RATE_AVERAGE.fill(rate=rate, window=window)
        case Test.COUNT_FALL_EACH_YEAR:
            text = _COUNT_YEARLY.fill(count=count, window=window)
        case Test.COUNT_FALL_AVERAGE:
            text = _COUNT_AVERAGE.fill(count=count, window=window)
        case Test.COUNT_FALL_SINCE_BASELINE:
            text = _COUNT_FORMULA.fill(count=count, year=str(rule.baseline_year))
        case Test.COUNT_AT_YEAR_END:
            text = _COUNT_LEFT.fill(count=count)
        case Test.RATE_AT_YEAR_END:
            text = _RATE_LEFT.fill(rate=rate)
        case _:
            assert_never(rule.test)
    return text.pick(language)


def _window_text(rule: Rule) -> Text:
    if rule.years == 1:
        return _LAST_YEAR
    if rule.years is not None:
        return _LAST_YEARS.fill(years=rule.years, ends=rule.years + 1)
    return _SINCE.fill(year=str(rule.baseline_year))


def required_text(rule: Rule, language: Language) -> str:
    """Write the threshold with its comparison and unit: "≥ 1,5 điểm %"."""
    unit = _UNIT[rule.unit].pick(language)
    if rule.upper is not None:
        bounds = (threshold_text(bound, language) for bound in (rule.threshold, rule.upper))
        return f"{'–'.join(bounds)}{unit}"
    return f"{_SIGN[rule.comparison]} {threshold_text(rule.threshold, language)}{unit}"


def subject_text(rule: Rule, language: Language) -> str:
    """Write which units a rule speaks of."""
    level, parts = LEVEL_TEXT[rule.subject.level].pick(language), []
    if rule.subject.any_of:
        parts.append(_EITHER.pick(language).join(class_label(token, language) for token in rule.subject.any_of))
    parts += [class_label(f"not_{token}", language) for token in rule.subject.none_of]
    return f"{level} ({'; '.join(parts)})" if parts else level


def _rule_blocks(rule: Rule, language: Language) -> Page:
    fields = (
        (_SUBJECT, subject_text(rule, language)),
        (_FORMULA, formula_text(rule, language)),
        (_REQUIRED, required_text(rule, language)),
        (_LINE, rule.poverty_line),
        (_READING, rule.reading.pick(language)),
        (_CLAUSE, str(rule.citation)),
        (_VERIFIED, f"{rule.verified:%d/%m/%Y}"),
    )
    named = tuple((name.pick(language), value) for name, value in fields)
    return [Heading(3, f"{rule.id}: {rule.title.pick(language)}"), Fields(named)]


def _attest_fields(items: Sequence[AttestItem], language: Language) -> Fields:
    return Fields(
        [
            (
                item.id,
                f"{_subject_of_item(item.subject, language)}: {item.text.pick(language)} [{item.citation.clause}]",
            )
            for item in items
        ]
    )


def _subject_of_item(subject: str, language: Language) -> str:
    other = _OTHER_SUBJECTS.get(subject)
    return (LEVEL_TEXT[Level(subject)] if other is None else other).pick(language)


def _coverage_grid(coverage: Sequence[Coverage], language: Language) -> Grid:
    heads = tuple(head.pick(language) for head in (_CLASS, _LISTED, _COMPLETE, _PARTIAL, _NONE))
    rows = [
        (class_label(one.token, language), *(format_count(count, language) for count in one[1:])) for one in coverage
    ]
    return Grid(heads, rows)


def _classes_of(book: Rulebook) -> set[str]:
    return {token for rule in book.rules for token in (*rule.subject.any_of, *rule.subject.none_of)}


def _source(citation: Citation) -> str:
    return f"{citation}, {citation.address}" if citation.address else str(citation)


def _written(page: Page, layout: RulesFormat) -> str:
    return page_markdown(page) if layout is RulesFormat.MARKDOWN else page_text(page)


def _summary(book: Rulebook, language: Language) -> dict[str, object]:
    return {
        "id": book.id,
        "title": book.title.pick(language),
        "version": book.version,
        "citation": _citation_record(book.citation),
    }


def _counted(book: Rulebook, language: Language) -> dict[str, object]:
    return {**_summary(book, language), "rule_count": len(book.rules), "attest_count": len(book.attest)}


def _record(book: Rulebook, coverage: Sequence[Coverage], language: Language) -> dict[str, object]:
    return {
        "schema": SHOW_SCHEMA,
        **_summary(book, language),
        "rules": [_rule_record(rule, language) for rule in book.rules],
        "attest": [
            {
                "id": item.id,
                "subject": item.subject,
                "text": item.text.pick(language),
                "citation": _citation_record(item.citation),
            }
            for item in book.attest
        ],
        "classes": [
            {
                "class": one.token,
                "units": one.listed,
                "provinces_complete": one.complete,
                "provinces_partial": one.partial,
                "provinces_none": one.none,
            }
            for one in coverage
        ],
    }


def _rule_record(rule: Rule, language: Language) -> dict[str, object]:
    return {
        "id": rule.id,
        "title": rule.title.pick(language),
        "level": rule.subject.level.value,
        "any_of": list(rule.subject.any_of),
        "none_of": list(rule.subject.none_of),
        "test": rule.test.value,
        "measure": rule.measure.value,
        "years": rule.years,
        "baseline_year": rule.baseline_year,
        "comparison": rule.comparison.value,
        "threshold": f"{rule.threshold:f}",
        "unit": rule.unit.value,
        "poverty_line": rule.poverty_line,
        "reading": rule.reading.pick(language),
        "citation": _citation_record(rule.citation),
        "verified": rule.verified.isoformat(),
    }


def _citation_record(citation: Citation) -> dict[str, str]:
    return {
        "document": citation.document,
        "clause": citation.clause,
        "date": citation.date.isoformat(),
        "address": citation.address,
    }


def _json(document: dict[str, object]) -> str:
    import json

    return json.dumps(document, ensure_ascii=False, indent=2)


_ID: Final = Text("Mã", "Id")
_TITLE: Final = Text("Tên", "Title")
_DOCUMENT: Final = Text("Văn bản", "Document")
_RULES: Final = Text("Tiêu chí có số", "Rules")
_ATTESTED: Final = Text("Tiêu chí xác nhận", "To attest")
_SUBJECT: Final = Text("Đối tượng", "Subject")
_FORMULA: Final = Text("Công thức", "Formula")
_REQUIRED: Final = Text("Mức yêu cầu", "Required")
_LINE: Final = Text("Chuẩn nghèo", "Poverty line")
_READING: Final = Text("Cách hiểu", "Reading")
_CLAUSE: Final = Text("Điều khoản", "Clause")
_VERIFIED: Final = Text("Ngày đối chiếu", "Compared")
_CLASS: Final = Text("Diện", "Class")
_LISTED: Final = Text("Số đơn vị có trong danh mục", "Units listed")
_COMPLETE: Final = Text("Tỉnh đã đủ", "Provinces whole")
_PARTIAL: Final = Text("Tỉnh còn thiếu", "Provinces partial")
_NONE: Final = Text("Tỉnh không có", "Provinces without any")
_SOURCE: Final = Text("Nguồn: {source}. Phiên bản {version}.", "Source: {source}. Version {version}.")
_RULES_HEADING: Final = Text("Tiêu chí có số", "Criteria with a number")
_ANY_PATH: Final = Text(
    "Đơn vị đạt khi đạt một trong các tiêu chí dành cho đối tượng của mình.",
    "A unit meets the criterion when it meets any one rule of its subject.",
)
_ATTEST_HEADING: Final = Text(
    "Tiêu chí không có số: người có thẩm quyền xác nhận", "Criteria without a number: a person attests them"
)
_CLASSES_HEADING: Final = Text("Danh mục kèm theo đầy đủ đến đâu", "How complete the bundled class lists are")
_CLASSES_NOTE: Final = Text(
    "Tỉnh không nêu ở trên: chưa biết. Đơn vị chưa rõ diện chỉ được kết luận khi mọi khả năng cho cùng kết quả; "
    "bổ sung bằng --classes TỆP (CSV: unit_code, class, from, to, source).",
    "Provinces not counted above: unknown. A unit of unknown class is judged only where every possibility gives the "
    "same answer; add classes with --classes FILE (CSV: unit_code, class, from, to, source).",
)
_LAST_YEARS: Final = Text(
    "{years} năm liên tục đến năm xét ({ends} thời điểm cuối năm)",
    "{years} consecutive years up to the year judged ({ends} year-ends)",
)
_LAST_YEAR: Final = Text("năm xét (2 thời điểm cuối năm)", "the year judged (2 year-ends)")
_SINCE: Final = Text("các năm từ cuối năm {year} đến năm xét", "the years from the end of {year} to the year judged")
_RATE_FORMULA: Final = Text("{rate}; mức giảm trong từng năm của {window}", "{rate}; the fall in each of {window}")
_RATE_AVERAGE: Final = Text(
    "{rate}; mức giảm bình quân mỗi năm, tính trên {window}", "{rate}; the mean yearly fall over {window}"
)
_COUNT_YEARLY: Final = Text(
    "mức giảm số {count} so với năm trước, trong từng năm của {window}",
    "the fall of {count} from the year before, in each of {window}",
)
_COUNT_AVERAGE: Final = Text(
    "mức giảm bình quân mỗi năm của số {count}, tính trên {window}", "the mean yearly fall of {count} over {window}"
)
_COUNT_LEFT: Final = Text("số {count} ở cuối năm xét", "{count} at the year-end judged")
_RATE_LEFT: Final = Text("{rate}, ở cuối năm xét", "{rate}, at the year-end judged")
_COUNT_FORMULA: Final = Text(
    "({count} cuối năm {year} − {count} cuối năm xét) / {count} cuối năm {year}",
    "({count} at the end of {year} − {count} at the year-end judged) / {count} at the end of {year}",
)
_UNIT: Final = {
    ThresholdUnit.POINTS: Text(" điểm %", " points"),
    ThresholdUnit.PERCENT: Text("%", "%"),
    ThresholdUnit.HOUSEHOLDS: Text(" hộ", " households"),
}
_EITHER: Final = Text(" hoặc ", " or ")
_SOUND: Final = Text(
    "{path}: tệp quy tắc dùng được, {rules} tiêu chí có số, {items} tiêu chí xác nhận.",
    "{path}: the rule file is sound; rules: {rules}; criteria to attest: {items}.",
)
_OTHER_SUBJECTS: Final = {
    "organisation": Text("bộ, ngành, đoàn thể", "organisation"),
    "household": Text("hộ gia đình", "household"),
    "official": Text("cán bộ, công chức, viên chức", "official"),
    "enterprise": Text("doanh nghiệp, hợp tác xã, ngân hàng", "enterprise"),
}
_SIGN: Final = {
    Comparison.AT_LEAST: "≥",
    Comparison.MORE_THAN: ">",
    Comparison.EQUAL: "=",
    Comparison.AT_MOST: "≤",
    Comparison.LESS_THAN: "<",
}
