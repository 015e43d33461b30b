"""The classes of one unit: a page, its rows, and the document "thidua.classes/1"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Final

from thidua_cli.judge.classes.unit_classes import ClassesOnDay, ClassOnDay, UnitClasses
from thidua_cli.judge.verdict import PartClasses
from thidua_cli.judge.words.verdict import unknown_by_lists
from thidua_cli.language import Language, Text
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.named_tuple import NamedTuple
from thidua_cli.present.classes.words import MEMBER_WORDS, day_field, day_or_open, unit_label, written_words
from thidua_cli.present.toolkit.document import Document, Records, Section, Table, View, text_table
from thidua_cli.rulebook.classes import Member
from thidua_cli.units.tables import UnitTables

SCHEMA: Final = "thidua.classes/1"
_FIELDS: Final = ("unit_code", "unit_name", "list", "class", "from", "to", "source", "file", "cell")


class _AnswerDays(NamedTuple):
    """Days that follow each other on which one answer holds."""

    first: ClassesOnDay
    last: ClassesOnDay
    answer: ClassOnDay


def unit_classes_view(result: UnitClasses, tables: UnitTables) -> View:
    """Return the classes of a unit by day with what says so, and every row of the lists that speaks of it."""
    return View(
        page=partial(_page, result, tables),
        record=partial(_document, result, tables),
        rows=lambda _: Records(_FIELDS, [list(row.values()) for row in _row_records(result, tables)]),
    )


def _page(result: UnitClasses, tables: UnitTables, language: Language) -> Document:
    latest = result.days[-1]
    above = ", ".join(unit.name for unit in latest.above)
    title = f"{latest.unit.name} ({result.code})" + (f", {above}" if above else "")
    heads = [head.pick(language) for head in (_CLASS, _DAYS, _IN_CLASS, _BY)]
    rows = [_answer_row(run, language) for run in _runs(result)]
    parts = [_part_line(each, language) for each in result.days if each.parts]
    sections = [
        Section(sheet=_CLASSES.pick(language), table=text_table(heads, rows), notes=list(dict.fromkeys(parts))),
        Section(_ROWS.pick(language), sheet=_ROWS.pick(language), table=_rows(result, tables, language)),
    ]
    return Document(sections if result.rows else sections[:1], title)


def _runs(result: UnitClasses) -> Iterator[_AnswerDays]:
    """Yield each answer once for all the days that follow each other on which it holds."""
    tokens = dict.fromkeys(answer.token for each in result.days for answer in each.classes)
    for token in tokens:
        answers = [(each, answer) for each in result.days for answer in each.classes if answer.token == token]
        for _, group in groupby(answers, key=lambda pair: (pair[1].member, pair[1].sources, pair[1].gap.of)):
            held_on = list(group)
            yield _AnswerDays(held_on[0][0], held_on[-1][0], held_on[0][1])


def _answer_row(run: _AnswerDays, language: Language) -> tuple[str, ...]:
    first, last = run.first.day, run.last.day
    days = day_or_open(first, language) + ("" if first == last else f" – {day_or_open(last, language)}")
    word = CLASS_WORDS[run.answer.token].short.pick(language)
    return word, days, MEMBER_WORDS[run.answer.member].pick(language), _reason(run.answer).pick(language)


def _reason(answer: ClassOnDay) -> Text:
    if answer.member is Member.UNKNOWN:
        return unknown_by_lists([answer.gap])
    named = dict.fromkeys(source.document or source.file for source in answer.sources)
    return Text("; ".join(named), "; ".join(named))


def _part_line(each: ClassesOnDay, language: Language) -> str:
    names = [f"{part.unit_name} ({part.unit_code}): {_classes_of(part, language)}" for part in each.parts]
    return _PARTS.fill(unit=each.unit.name, parts="; ".join(names)).pick(language)


def _classes_of(part: PartClasses, language: Language) -> str:
    """Return the classes of a part; where it is known to have none, of which lists it is outside."""
    inside = [written for written in part.classes if not written.startswith("not_")]
    words = [written_words(written).pick(language) for written in inside or part.classes]
    return ", ".join(words) or _NOT_KNOWN.pick(language)


def _rows(result: UnitClasses, tables: UnitTables, language: Language) -> Table:
    heads = [head.pick(language) for head in (_UNIT, _CLASS, _FROM, _TO, _LIST, _SOURCE)]
    rows = [
        (
            f"{unit_label(row.unit_code, row.valid_from, tables)} ({row.unit_code})",
            written_words(row.written).pick(language),
            day_or_open(row.valid_from, language),
            day_or_open(row.valid_to, language),
            row.list_id or str(row.cell),
            row.source,
        )
        for row in result.rows
    ]
    return text_table(heads, rows)


def _row_records(result: UnitClasses, tables: UnitTables) -> Iterator[dict[str, str | None]]:
    for row in result.rows:
        yield {
            "unit_code": row.unit_code,
            "unit_name": unit_label(row.unit_code, row.valid_from, tables),
            "list": row.list_id or None,
            "class": row.written,
            "from": day_field(row.valid_from),
            "to": day_field(row.valid_to),
            "source": row.source or None,
            "file": None if row.list_id else row.file,
            "cell": None if row.list_id else row.cell.cell,
        }


def _document(result: UnitClasses, tables: UnitTables, language: Language) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "unit_code": result.code,
        "days": [_day_record(each, language) for each in result.days],
        "rows": list(_row_records(result, tables)),
    }


def _day_record(each: ClassesOnDay, language: Language) -> dict[str, object]:
    return {
        "day": day_field(each.day),
        "unit_name": each.unit.name,
        "level": each.unit.level.value,
        "above": [{"unit_code": unit.code, "unit_name": unit.name} for unit in each.above],
        "classes": [_class_record(answer, language) for answer in each.classes],
        "parts": [
            {"unit_code": part.unit_code, "unit_name": part.unit_name, "classes": list(part.classes)}
            for part in each.parts
        ],
    }


def day_records(result: UnitClasses, language: Language) -> Records:
    """Return one row per day and class."""
    fields = ("unit_code", "unit_name", "day", "class", "member", "list", "reason")
    rows = [
        (
            *(result.code, each.unit.name, day_field(each.day), answer.token, answer.member.value),
            *(answer.gap.of.id if answer.gap.of is not None else None, _reason(answer).pick(language) or None),
        )
        for each in result.days
        for answer in each.classes
    ]
    return Records(fields, rows)


def _class_record(answer: ClassOnDay, language: Language) -> dict[str, object]:
    return {
        "class": answer.token,
        "member": answer.member.value,
        "list": answer.gap.of.id if answer.gap.of is not None else None,
        "sources": [{"list": source.list_id or None, "file": source.file or None} for source in answer.sources],
        "reason": _reason(answer).pick(language) or None,
    }


_CLASSES: Final = Text("Phân loại", "Classes")
_CLASS: Final = Text("Phân loại", "Class")
_DAYS: Final = Text("Ngày", "Days")
_IN_CLASS: Final = Text("Thuộc", "In it")
_BY: Final = Text("Theo", "By")
_ROWS: Final = Text("Các dòng trong danh mục", "Rows of the lists")
_UNIT: Final = Text("Đơn vị", "Unit")
_FROM: Final = Text("Từ ngày", "From")
_TO: Final = Text("Đến ngày", "To")
_LIST: Final = Text("Danh mục", "List")
_SOURCE: Final = Text("Nguồn", "Source")
_NOT_KNOWN: Final = Text("chưa biết", "not known")
_PARTS: Final = Text(
    "{unit} được lập từ: {parts}. Phân loại không tự gộp: các phần khác nhau thì chưa biết, cho đến khi có quyết định.",
    "{unit} was made of: {parts}. Classes do not merge by themselves: where the parts differ, nothing is known until "
    "it is decided.",
)
