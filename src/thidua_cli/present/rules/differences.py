"""What `thidua rules diff` shows: two rule files held against each other, clause by clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, TypeVar

from thidua_cli.language import Language, Text
from thidua_cli.present.rules.words import (
    formula_text,
    item_subject_text,
    kind_text,
    lines_text,
    period_text,
    places_text,
    related_text,
    required_text,
    subject_text,
    year_ends_text,
)
from thidua_cli.present.toolkit.document import Document, Section, Table, View, text_line, text_table
from thidua_cli.present.toolkit.figures import MISSING_MARK, class_label, year_list
from thidua_cli.rulebook.compare import ClauseDifference, Item, Side, book_differences, clause_differences
from thidua_cli.rulebook.schema import Alternative, AnyClause, AttestItem, ClassExit, Clause, Rulebook

DIFF_SCHEMA: Final = "thidua.rules-diff/1"

Shown = TypeVar("Shown", Rulebook, Item)


def difference_view(first: Rulebook, second: Rulebook) -> View:
    """Return what two rule files say differently: their heads, clauses only one has, and what differs in the others."""
    heads, clauses = book_differences(first, second), clause_differences(first, second)
    return View(
        page=partial(_page, first, second, heads, clauses), record=partial(_record, first, second, heads, clauses)
    )


def _page(
    first: Rulebook, second: Rulebook, heads: Sequence[str], clauses: Sequence[ClauseDifference], language: Language
) -> Document:
    title = f"{_name(first)} ↔ {_name(second)}"
    if not heads and not clauses:
        return Document([Section(text=[text_line(_SAME.pick(language))])], title)
    sections = []
    if heads:
        rows = _rows(first, second, heads, _head_text, _HEAD_LABEL, language)
        sections.append(Section(_HEAD.pick(language), table=_table(rows, first, second, language)))
    changed = [each for each in clauses if each.side is Side.BOTH]
    if changed:
        sections.append(Section(_CHANGED.pick(language)))
    for each in changed:
        sections += _changed(each, first, second, language)
    for side, book in ((Side.ONLY_FIRST, first), (Side.ONLY_SECOND, second)):
        sections += _only([each for each in clauses if each.side is side], book, language)
    return Document(sections, title)


def _changed(each: ClauseDifference, first: Rulebook, second: Rulebook, language: Language) -> list[Section]:
    if each.first is None or each.second is None:
        return []
    rows = _rows(each.first, each.second, each.fields, _field_text, _LABEL, language)
    heading = f"{each.id}: {_title(each.first, language)}"
    return [Section(heading, level=3, table=_table(rows, first, second, language))]


def _only(clauses: Sequence[ClauseDifference], book: Rulebook, language: Language) -> list[Section]:
    if not clauses:
        return []
    heads = [head.pick(language) for head in (_ID, _TITLE, _CLAUSE)]
    items = [item for each in clauses for item in (each.first or each.second,) if item is not None]
    rows = [(item.id, _title(item, language), item.citation.clause) for item in items]
    return [Section(_ONLY.fill(name=_name(book)).pick(language), table=text_table(heads, rows))]


def _rows(
    first: Shown,
    second: Shown,
    fields: Sequence[str],
    write: Callable[[Shown, str, Language], str],
    labels: Mapping[str, Text],
    language: Language,
) -> list[tuple[str, str, str]]:
    """Return one row per difference. What reads the same in words (a formula that test and years both make) is one."""
    rows: dict[str, tuple[str, str, str]] = {}
    for name in fields:
        label = labels[name].pick(language)
        before, after = _pair(write, first, second, name, language)
        rows[label] = (label, before, after)
    return list(rows.values())


def _pair(
    write: Callable[[Shown, str, Language], str], first: Shown, second: Shown, field: str, language: Language
) -> tuple[str, str]:
    """Return what the two files say; in the other language where only its words differ."""
    before, after = write(first, field, language), write(second, field, language)
    if before != after:
        return before, after
    spare = Language.EN if language is Language.VI else Language.VI
    return write(first, field, spare), write(second, field, spare)


def _table(rows: Sequence[Sequence[str]], first: Rulebook, second: Rulebook, language: Language) -> Table:
    return text_table((_WHAT.pick(language), _name(first), _name(second)), rows)


def _head_text(book: Rulebook, field: str, language: Language) -> str:
    match field:
        case "title":
            return book.title.pick(language)
        case "citation":
            return f"{book.citation} {book.citation.address}".strip()
        case "within":
            return places_text(book.within) or MISSING_MARK
        case "completeness":
            return book.completeness.pick(language) if book.completeness else MISSING_MARK
        case "closing":
            return book.closing.sentence.pick(language) if book.closing else MISSING_MARK
        case "related":
            return "; ".join(related_text(each, language) for each in book.related) or MISSING_MARK
        case _:
            return str(getattr(book, field)) or MISSING_MARK


def _field_text(item: Item, field: str, language: Language) -> str:
    if field == "citation":
        return str(item.citation)
    if field == "verified":
        return f"{item.verified:%d/%m/%Y}" if item.verified else MISSING_MARK
    if isinstance(item, AttestItem):
        return _item_text(item, field, language)
    if field == "title":
        return item.title.pick(language)
    if field in _SUBJECT_FIELDS:
        places = places_text(item.subject.within)
        return subject_text(item, language) + (f"; {places}" if places else "")
    if field in _REQUIRED_FIELDS:
        return required_text(item, language)
    if field == "year_ends":
        return year_ends_text(item, language)
    if field == "period":
        return period_text(item.period, language) if item.period else MISSING_MARK
    return _reading_text(item, field, language)


def _reading_text(item: AnyClause, field: str, language: Language) -> str:
    if field in {"reading", "reading_id"}:
        return f"{item.reading_id}: {item.reading.pick(language)}"
    if field == "reading_reason":
        return item.reading_reason.pick(language) if item.reading_reason else MISSING_MARK
    if field in {"class_token", "counted_level"} and isinstance(item, ClassExit):
        return class_label(item.class_token, language)
    if field == "alternatives" and isinstance(item, Clause):
        return "; ".join(_alternative(each, language) for each in item.alternatives) or MISSING_MARK
    if field in {"poverty_line", "other_lines"} and isinstance(item, Clause):
        return lines_text(item)
    if field == "kind":
        return kind_text(item.kind, language) if isinstance(item, Clause) else _EXIT.pick(language)
    return formula_text(item, language)


def _alternative(alternative: Alternative, language: Language) -> str:
    changes = ", ".join(f"{name} = {value}" for name, value in alternative.changed_values())
    return f"{alternative.id} ({changes}): {alternative.reading.pick(language)} {alternative.why.pick(language)}"


def _item_text(item: AttestItem, field: str, language: Language) -> str:
    match field:
        case "text":
            return item.text.pick(language)
        case "kind":
            return kind_text(item.kind, language)
        case "year_ends":
            return year_list(item.year_ends) or MISSING_MARK
        case _:
            places = places_text(item.within)
            return item_subject_text(item, language) + (f"; {places}" if places else "")


def _title(item: Item, language: Language) -> str:
    return (item.text if isinstance(item, AttestItem) else item.title).pick(language)


def _name(book: Rulebook) -> str:
    return book.path or book.id


def _record(
    first: Rulebook,
    second: Rulebook,
    heads: Sequence[str],
    clauses: Sequence[ClauseDifference],
    language: Language,
) -> dict[str, object]:
    return {
        "schema": DIFF_SCHEMA,
        "first": _name(first),
        "second": _name(second),
        "book": [_head_record(field, first, second, language) for field in heads],
        "clauses": [_clause_record(each, language) for each in clauses],
    }


def _clause_record(each: ClauseDifference, language: Language) -> dict[str, object]:
    before_clause, after_clause = each.first, each.second
    changed = (
        []
        if before_clause is None or after_clause is None
        else [(name, before_clause, after_clause) for name in each.fields]
    )
    return {
        "id": each.id,
        "side": each.side.value,
        "fields": [
            _field_record(name, *_pair(_field_text, before, after, name, language)) for name, before, after in changed
        ],
    }


def _head_record(field: str, first: Rulebook, second: Rulebook, language: Language) -> dict[str, str | None]:
    return _field_record(field, *_pair(_head_text, first, second, field, language))


def _field_record(field: str, first: str, second: str) -> dict[str, str | None]:
    return {"field": field, "first": _or_null(first), "second": _or_null(second)}


def _or_null(text: str) -> str | None:
    return None if text == MISSING_MARK else text


_SUBJECT_FIELDS: Final = {"subject", "types", "within"}
_REQUIRED_FIELDS: Final = {"comparison", "threshold", "upper", "unit"}
_SAME: Final = Text("Hai tệp quy định như nhau.", "The two files say the same.")
_HEAD: Final = Text("Thông tin chung", "The files as a whole")
_CHANGED: Final = Text("Điều khoản khác nhau", "Clauses that differ")
_ONLY: Final = Text("Chỉ có trong {name}", "Only in {name}")
_WHAT: Final = Text("Nội dung", "What")
_ID: Final = Text("Mã", "Id")
_TITLE: Final = Text("Tên", "Title")
_CLAUSE: Final = Text("Điều khoản", "Clause")
_REQUIRED: Final = Text("Mức yêu cầu", "Required")
_SUBJECT: Final = Text("Đối tượng", "Subject")
_FORMULA: Final = Text("Công thức", "Formula")
_READING: Final = Text("Cách hiểu", "Reading")
_LINES: Final = Text("Chuẩn nghèo", "Poverty line")
_KIND: Final = Text("Loại", "Kind")
_EXIT: Final = Text("chỉ tiêu đếm đơn vị", "target that counts units")
_HEAD_LABEL: Final = {
    "title": _TITLE,
    "version": Text("Phiên bản", "Version"),
    "citation": Text("Văn bản", "Document"),
    "within": Text("Địa bàn", "Place"),
    "extends": Text("Dựa vào", "Extends"),
    "completeness": Text("Đầy đủ đến đâu", "How complete"),
    "closing": Text("Tổng kết", "Summed up"),
    "related": Text("Văn bản liên quan", "Related"),
}
_LABEL: Final = {
    "title": _TITLE,
    "citation": _CLAUSE,
    "within": _SUBJECT,
    "kind": _KIND,
    "subject": _SUBJECT,
    "types": _SUBJECT,
    "test": _FORMULA,
    "measure": _FORMULA,
    "years": _FORMULA,
    "baseline_year": _FORMULA,
    "rounded_to": _FORMULA,
    "class_token": Text("Diện", "Class"),
    "counted_level": Text("Diện", "Class"),
    "comparison": _REQUIRED,
    "threshold": _REQUIRED,
    "upper": _REQUIRED,
    "unit": _REQUIRED,
    "year_ends": Text("Cuối năm", "Year-end"),
    "period": Text("Áp dụng", "Applies"),
    "poverty_line": _LINES,
    "other_lines": _LINES,
    "reading": _READING,
    "reading_id": _READING,
    "reading_reason": Text("Lý do", "Why"),
    "alternatives": Text("Cách hiểu khác", "Other readings"),
    "verified": Text("Ngày đối chiếu", "Compared"),
    "text": Text("Nội dung xác nhận", "What is asked"),
}
