"""What `thidua rules` shows: rule files for people as pages, for programs as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from thidua_cli.language import Language, Text, format_count
from thidua_cli.model import Citation
from thidua_cli.present.rules.records import book_record, list_record
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
from thidua_cli.present.toolkit.figures import class_label, year_list
from thidua_cli.rulebook.class_lists import ClassList
from thidua_cli.rulebook.class_reading import CLASS_AT_START, READING, WHY, asks_for_class
from thidua_cli.rulebook.classes import Coverage
from thidua_cli.rulebook.schema import Alternative, AnyClause, AttestItem, Clause, Rulebook


def rulebooks_view(books: Sequence[Rulebook], examples: Sequence[Rulebook]) -> View:
    """Return one row per rule file: id, title, document, number of clauses, of targets and of criteria to attest.

    Examples, of whose documents only a part could be cited, follow under a heading of their own.
    """

    def page(language: Language) -> Document:
        sections = [Section(table=_list_table(books, language))]
        closed = [f"{book.id}: {book.closing.sentence.pick(language)}" for book in books if book.closing]
        if closed:
            sections.append(Section(text=[text_line(line) for line in closed]))
        if examples:
            note = text_line(_EXAMPLES_NOTE.pick(language))
            heading = _EXAMPLES_HEADING.pick(language)
            sections.append(Section(heading, text=[note], table=_list_table(examples, language)))
        return Document(sections)

    return View(page=page, record=partial(list_record, books, examples))


def _list_table(books: Sequence[Rulebook], language: Language) -> Table:
    rows = [
        (
            book.id,
            _title(book, language),
            f"{book.citation.document} ({book.citation.date:%d/%m/%Y})",
            format_count(len(book.clauses), language),
            format_count(len(targets_of(book)), language),
            format_count(len(book.attest), language),
        )
        for book in books
    ]
    return text_table([head.pick(language) for head in (_ID, _TITLE, _DOCUMENT, _CRITERIA, _TARGETS, _ATTESTED)], rows)


def rulebook_view(book: Rulebook, coverage: Sequence[Coverage]) -> View:
    """Return a whole rule file with formulas, readings and clauses, and how complete the class tables behind it are."""
    asked = _classes_of(book)
    coverage = [entry for entry in coverage if entry.token in asked]
    return View(page=partial(_page, book, coverage), record=partial(book_record, book, coverage))


def _page(book: Rulebook, coverage: Sequence[Coverage], language: Language) -> Document:
    sections = [
        Section(fields=_book_fields(book, language)),
        *_clauses(book.clauses, book.within, _CRITERIA_HEADING, _ANY_PATH, language),
        *_clauses(targets_of(book), book.within, _TARGETS_HEADING, _EACH_TARGET, language),
        *_readings(book, language),
    ]
    if book.attest:
        items = [(item.id, _attest_text(item, language)) for item in book.attest]
        sections.append(Section(_ATTEST_HEADING.pick(language), fields=items))
    if coverage:
        sections.append(Section(_CLASSES_HEADING.pick(language), table=_coverage_table(coverage, language)))
        sections.append(Section(text=[text_line(_CLASSES_NOTE.pick(language))]))
    return Document(sections, f"{book.id}: {_title(book, language)}")


def _title(book: Rulebook, language: Language) -> str:
    """Return the title, and that the file holds a part of its document only, where it is such an example."""
    return f"{book.title.pick(language)}{_A_PART.pick(language) if book.is_part else ''}"


def targets_of(book: Rulebook) -> tuple[AnyClause, ...]:
    """Return all targets, those that count units last."""
    return (*book.targets, *book.class_exits)


def _book_fields(book: Rulebook, language: Language) -> list[tuple[str, str]]:
    fields = [(_SOURCE, _source(book.citation)), (_VERSION, book.version)]
    if book.within:
        fields.append((_PLACES, places_text(book.within)))
    if book.extends:
        changed = ", ".join(book.overrides) or _NOTHING.pick(language)
        fields.append((_EXTENDS, _EXTENDED.fill(base=book.extends, ids=changed).pick(language)))
    if book.closing:
        told = Text.joined(" ", [book.closing.sentence, _AFTER_CLOSING.fill(id=book.path or book.id)])
        fields.append((_CLOSED, told.pick(language)))
        fields.append((_CLOSED_BY, _source(book.closing.citation)))
    fields += [(_RELATED, related_text(each, language)) for each in book.related]
    if book.completeness:
        fields.append((_COMPLETENESS, book.completeness.pick(language)))
    return [(name.pick(language), value) for name, value in fields]


def _clauses(
    clauses: Sequence[AnyClause], within: Sequence[str], heading: Text, note: Text, language: Language
) -> list[Section]:
    if not clauses:
        return []
    heads = [head.pick(language) for head in (_ID, _TITLE, _REQUIRED, _YEAR_ENDS, _CLAUSE)]
    rows = [
        (
            clause.id,
            clause.title.pick(language),
            required_text(clause, language),
            year_ends_text(clause, language),
            clause.citation.clause,
        )
        for clause in clauses
    ]
    summary = Section(heading.pick(language), text=[text_line(note.pick(language))], table=text_table(heads, rows))
    return [summary, *(_clause(clause, within, language) for clause in clauses)]


def _clause(clause: AnyClause, whole_file: Sequence[str], language: Language) -> Section:
    fields = [
        (_SUBJECT, subject_text(clause, language)),
        (_FORMULA, formula_text(clause, language)),
        (_REQUIRED, required_text(clause, language)),
        (_YEAR_ENDS, year_ends_text(clause, language)),
    ]
    within = clause.subject.within
    if within:
        many = within == whole_file and len(within) > _SHOWN_PLACES
        fields.insert(1, (_PLACES, _AS_ABOVE.pick(language) if many else places_text(within)))
    if isinstance(clause, Clause):
        fields.append((_LINE, lines_text(clause)))
    if clause.period:
        fields.append((_APPLIES, period_text(clause.period, language)))
    names = [each.id for each in clause.alternatives] if isinstance(clause, Clause) else []
    others = ", ".join([*names, *([CLASS_AT_START] if asks_for_class(clause) else [])])
    fields += [(_READING, clause.reading_id), *([(_OTHER_READINGS, others)] if others else [])]
    fields += [(_CLAUSE, str(clause.citation)), (_VERIFIED, f"{clause.verified:%d/%m/%Y}")]
    named = [(name.pick(language), value) for name, value in fields]
    return Section(f"{clause.id}: {clause.title.pick(language)}", level=3, fields=named)


def _readings(book: Rulebook, language: Language) -> list[Section]:
    """Return every reading once, with the reason and the clauses it is for."""
    clauses = (*book.clauses, *targets_of(book))
    sections: list[Section] = []
    by_id = {clause.reading_id: clause for clause in clauses}
    if by_id:
        sections.append(Section(_READINGS_HEADING.pick(language)))
    for name, clause in by_id.items():
        used = [each.id for each in clauses if each.reading_id == name]
        why = clause.reading_reason.pick(language) if clause.reading_reason else ""
        sections.append(_reading(name, clause.reading.pick(language), why, used, language))
    others = {each.id: each for each in alternatives_of(clauses)}
    of_classes = [clause.id for clause in clauses if asks_for_class(clause)]
    if others or of_classes:
        note = text_line(_OTHERS_NOTE.pick(language))
        sections.append(Section(_OTHERS_HEADING.pick(language), text=[note]))
    for name, alternative in others.items():
        used = [
            clause.id
            for clause in clauses
            if isinstance(clause, Clause) and name in {each.id for each in clause.alternatives}
        ]
        sections.append(
            _reading(name, alternative.reading.pick(language), alternative.why.pick(language), used, language)
        )
    if of_classes:
        sections.append(_reading(CLASS_AT_START, READING.pick(language), WHY.pick(language), of_classes, language))
    return sections


def _reading(name: str, text: str, why: str, used: Sequence[str], language: Language) -> Section:
    fields = [(_UNDERSTOOD, text), *([(_REASON, why)] if why else []), (_USED_FOR, ", ".join(used))]
    return Section(name, level=3, fields=[(label.pick(language), value) for label, value in fields])


def alternatives_of(clauses: Iterable[AnyClause]) -> list[Alternative]:
    """Return the other readings of all clauses, as often as they are named."""
    return [each for clause in clauses if isinstance(clause, Clause) for each in clause.alternatives]


def _attest_text(item: AttestItem, language: Language) -> str:
    years = f"; {_YEAR_ENDS.pick(language).lower()} {year_list(item.year_ends)}" if item.year_ends else ""
    subject = f"{item_subject_text(item, language)} ({kind_text(item.kind, language)}{years})"
    return f"{subject}: {item.text.pick(language)} [{item.citation.clause}]"


def _coverage_table(coverage: Sequence[Coverage], language: Language) -> Table:
    heads = [head.pick(language) for head in (_CLASS, _LIST, _LISTED, _COMPLETE, _PARTIAL, _NONE)]
    return text_table(heads, [_coverage_row(entry, language) for entry in coverage])


def _coverage_row(entry: Coverage, language: Language) -> tuple[str, ...]:
    listed = format_count(entry.listed, language)
    if entry.total is not None:
        of = Text("{listed}/{total}", "{listed} of {total}")
        listed = of.fill(listed=listed, total=format_count(entry.total, language)).pick(language)
    counts = (format_count(count, language) for count in (entry.complete, entry.partial, entry.none))
    return (class_label(entry.token, language), _list_named(entry.of, language), listed, *counts)


def _list_named(of: ClassList | None, language: Language) -> str:
    if of is None:
        return _OWN_ROWS.pick(language)
    return f"{of.document}, {of.start.year}–{of.end.year}"


def _classes_of(book: Rulebook) -> set[str]:
    asked = {token for clause in (*book.clauses, *targets_of(book)) for token in clause.subject.classes}
    return asked | {clause.class_token for clause in book.class_exits}


def _source(citation: Citation) -> str:
    return f"{citation}, {citation.address}" if citation.address else str(citation)


_ID: Final = Text("Mã", "Id")
_TITLE: Final = Text("Tên", "Title")
_DOCUMENT: Final = Text("Văn bản", "Document")
_CRITERIA: Final = Text("Tiêu chí", "Rules")
_TARGETS: Final = Text("Chỉ tiêu", "Targets")
_ATTESTED: Final = Text("Xác nhận", "To attest")
_SUBJECT: Final = Text("Đối tượng", "Subject")
_FORMULA: Final = Text("Công thức", "Formula")
_REQUIRED: Final = Text("Mức yêu cầu", "Required")
_YEAR_ENDS: Final = Text("Cuối năm", "Year-end")
_LINE: Final = Text("Chuẩn nghèo", "Poverty line")
_APPLIES: Final = Text("Áp dụng", "Applies")
_PLACES: Final = Text("Địa bàn", "Place")
_READING: Final = Text("Cách hiểu", "Reading")
_OTHER_READINGS: Final = Text("Cách hiểu khác", "Other readings")
_UNDERSTOOD: Final = Text("Hiểu là", "Read as")
_REASON: Final = Text("Lý do", "Why")
_USED_FOR: Final = Text("Dùng cho", "Used for")
_CLAUSE: Final = Text("Điều khoản", "Clause")
_VERIFIED: Final = Text("Ngày đối chiếu", "Compared")
_SOURCE: Final = Text("Nguồn", "Source")
_VERSION: Final = Text("Phiên bản", "Version")
_EXTENDS: Final = Text("Dựa vào", "Extends")
_EXTENDED: Final = Text("{base}; mức riêng ở: {ids}", "{base}; own figures in: {ids}")
_NOTHING: Final = Text("không có", "none")
_COMPLETENESS: Final = Text("Đầy đủ đến đâu", "How complete")
_CLOSED: Final = Text("Tổng kết", "Summed up")
_CLOSED_BY: Final = Text("Căn cứ tổng kết", "By which document")
_SHOWN_PLACES: Final = 5
"""Of more places that a clause shares with its whole file, it does not name them again."""
_AS_ABOVE: Final = Text("như cả bộ quy tắc, nêu ở trên", "those of the whole file, named above")
_RELATED: Final = Text("Văn bản liên quan", "Related")
_AFTER_CLOSING: Final = Text(
    "Kế hoạch mới: soạn bằng “thidua rules new --from {id}”.", "For a new plan: “thidua rules new --from {id}”."
)
_A_PART: Final = Text(" (một phần)", " (a part)")
_CLASS: Final = Text("Diện", "Class")
_LIST: Final = Text("Danh mục", "List")
_OWN_ROWS: Final = Text("chưa có danh mục kèm theo; tệp --classes", "none that ships; --classes FILE")
_LISTED: Final = Text("Số đơn vị có trong danh mục", "Units listed")
_COMPLETE: Final = Text("Tỉnh đã đủ", "Provinces whole")
_PARTIAL: Final = Text("Tỉnh còn thiếu", "Provinces partial")
_NONE: Final = Text("Tỉnh không có", "Provinces without any")
_EXAMPLES_HEADING: Final = Text("Ví dụ, chưa đủ văn bản", "Examples, incomplete")
_EXAMPLES_NOTE: Final = Text(
    "Kế hoạch địa phương mà báo chí, cổng thông tin nêu được một phần; “thidua rules show MÃ” cho biết phần nào. "
    "Dùng làm mẫu: “thidua rules new --from MÃ”.",
    "Local plans of which the press or a portal names a part; “thidua rules show ID” says which. "
    "To start from one: “thidua rules new --from ID”.",
)
_CRITERIA_HEADING: Final = Text("Tiêu chí có số", "Criteria with a number")
_ANY_PATH: Final = Text(
    "Đơn vị đạt khi đạt một trong các tiêu chí dành cho đối tượng của mình.",
    "A unit meets the criterion when it meets any one rule of its subject.",
)
_TARGETS_HEADING: Final = Text("Chỉ tiêu có số", "Targets with a number")
_EACH_TARGET: Final = Text(
    "Mỗi chỉ tiêu xét riêng, tại các thời điểm cuối năm ghi ở đó.",
    "Each target stands for itself and is judged at the year-ends given there.",
)
_READINGS_HEADING: Final = Text("Cách hiểu", "Readings")
_OTHERS_HEADING: Final = Text("Cách hiểu khác", "Other readings")
_OTHERS_NOTE: Final = Text(
    "Không dùng mặc định; chọn bằng --reading TÊN. Khi một cách hiểu khác làm đổi kết quả, dòng kết quả nói rõ.",
    "Not the default; choose one with --reading NAME. Where another reading would change a result, its row says so.",
)
_ATTEST_HEADING: Final = Text("Không có số: người có thẩm quyền xác nhận", "Without a number: a person attests them")
_CLASSES_HEADING: Final = Text("Danh mục kèm theo đầy đủ đến đâu", "How complete the bundled class lists are")
_CLASSES_NOTE: Final = Text(
    "Tỉnh không nêu ở trên: chưa biết. Đơn vị chưa rõ diện chỉ được kết luận khi mọi khả năng cho cùng kết quả; "
    "bổ sung bằng --classes TỆP (lập bằng “thidua classes new”).",
    "Provinces not counted above: unknown. A unit of unknown class is judged only where every possibility gives the "
    "same answer; add classes with --classes FILE (made by “thidua classes new”).",
)
