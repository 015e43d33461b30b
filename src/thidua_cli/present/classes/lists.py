"""What ships of lists of classes: a page, rows per list and class, and the document "thidua.classes-list/1"."""

from __future__ import annotations

from functools import partial
from typing import Final

from thidua_cli.language import Language, Text
from thidua_cli.lexicon import CLASS_WORDS
from thidua_cli.present.classes.words import STATE_WORDS, day_field, unit_label
from thidua_cli.present.toolkit.document import (
    ColumnType,
    Document,
    Records,
    Section,
    Table,
    TableColumn,
    Value,
    View,
)
from thidua_cli.present.toolkit.figures import MISSING_MARK
from thidua_cli.rulebook.class_lists import ClassList
from thidua_cli.rulebook.classes import ClassBook, Coverage
from thidua_cli.units.tables import UnitTables

SCHEMA: Final = "thidua.classes-list/1"
_FIELDS: Final = (
    *("list", "class", "document", "signed", "from", "to", "rows", "total", "missing"),
    *("provinces_complete", "provinces_partial", "provinces_none", "address"),
)


def class_lists_view(classes: ClassBook, tables: UnitTables) -> View:
    """Return one row per list and class: the decision, its days, how many units are known of how many."""
    return View(
        page=partial(_page, classes, tables),
        record=partial(_document, classes, tables),
        rows=lambda _: coverage_records(classes),
    )


def coverage_records(classes: ClassBook) -> Records:
    """Return one row per list and class, then those of the user's files."""
    return Records(_FIELDS, [list(_fields(entry).values()) for entry in classes.coverage()])


def _missing(entry: Coverage) -> int | None:
    return None if entry.total is None else max(entry.total - entry.listed, 0)


def _page(classes: ClassBook, tables: UnitTables, language: Language) -> Document:
    heads = (
        (_LIST, ColumnType.TEXT, 28),
        (_CLASS, ColumnType.TEXT, 34),
        (_DOCUMENT, ColumnType.TEXT, 26),
        (_DAYS, ColumnType.TEXT, 24),
        (_ROWS, ColumnType.COUNT, 8),
        (_TOTAL, ColumnType.COUNT, 10),
        (_MISSING, ColumnType.COUNT, 8),
        (_COMPLETE, ColumnType.COUNT, 9),
        (_PARTIAL, ColumnType.COUNT, 9),
        (_NONE, ColumnType.COUNT, 9),
    )
    columns = [TableColumn(text.pick(language), kind, width=width) for text, kind, width in heads]
    table = Table(columns, [_row(entry, language) for entry in classes.coverage()])
    sections = [Section(sheet=_SHEET.pick(language), table=table, notes=[_NOTE.pick(language)])]
    sections += [_section(each, classes, tables, language) for each in classes.lists.values()]
    return Document(sections)


def _row(entry: Coverage, language: Language) -> list[Value]:
    return [
        _label(entry, language),
        CLASS_WORDS[entry.token].short.pick(language),
        f"{entry.of.document} ({entry.of.signed:%d/%m/%Y})" if entry.of else MISSING_MARK,
        f"{entry.of.start:%d/%m/%Y} – {entry.of.end:%d/%m/%Y}" if entry.of else MISSING_MARK,
        entry.listed,
        entry.total,
        _missing(entry),
        entry.complete if entry.of else None,
        entry.partial if entry.of else None,
        entry.none if entry.of else None,
    ]


def _label(entry: Coverage, language: Language) -> str:
    if entry.of is not None:
        return entry.of.id
    return (_USER if entry.listed else _NO_LIST).pick(language)


def _section(each: ClassList, classes: ClassBook, tables: UnitTables, language: Language) -> Section:
    """Return what there is to know of one list: its note, its address, and the provinces by how much is known."""
    fields = [(_ADDRESS.pick(language), each.address)] if each.address else []
    for token in each.classes:
        for state, words in STATE_WORDS.items():
            names = _provinces(each, token, state, classes, tables)
            if names and state != "none":
                heading = f"{CLASS_WORDS[token].short.pick(language)}, {words.pick(language)} ({len(names)})"
                fields.append((heading, "; ".join(names)))
    return Section(
        f"{each.id}: {each.title.pick(language)}",
        sheet=each.id,
        points=[each.note.pick(language)] if each.note.vi else [],
        fields=fields,
    )


def _provinces(each: ClassList, token: str, state: str, classes: ClassBook, tables: UnitTables) -> list[str]:
    """Return the provinces of a state, with the number of units that a source prints."""
    return [
        unit_label(code, each.codes, tables) + ("" if entry.stated_count is None else f" {entry.stated_count}")
        for (list_id, named, code), entry in sorted(classes.completeness.items())
        if (list_id, named, entry.state) == (each.id, token, state)
    ]


def _fields(entry: Coverage) -> dict[str, str | int | None]:
    of = entry.of
    return {
        "list": of.id if of else None,
        "class": entry.token,
        "document": of.document if of else None,
        "signed": day_field(of.signed) if of else None,
        "from": day_field(of.start) if of else None,
        "to": day_field(of.end) if of else None,
        "rows": entry.listed,
        "total": entry.total,
        "missing": _missing(entry),
        "provinces_complete": entry.complete if of else None,
        "provinces_partial": entry.partial if of else None,
        "provinces_none": entry.none if of else None,
        "address": (of.address or None) if of else None,
    }


def _document(classes: ClassBook, tables: UnitTables, language: Language) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "lists": [_list(each, classes, tables, language) for each in classes.lists.values()],
        "classes": [_fields(entry) for entry in classes.coverage()],
    }


def _list(each: ClassList, classes: ClassBook, tables: UnitTables, language: Language) -> dict[str, object]:
    provinces = [
        {
            "class": token,
            "province_code": code,
            "province_name": unit_label(code, each.codes, tables),
            "state": entry.state,
            "stated_count": entry.stated_count,
            "source": entry.source or None,
        }
        for (list_id, token, code), entry in sorted(classes.completeness.items())
        if list_id == each.id
    ]
    return {
        "id": each.id,
        "title": each.title.pick(language),
        "document": each.document,
        "signed": day_field(each.signed),
        "from": day_field(each.start),
        "to": day_field(each.end),
        "address": each.address or None,
        "note": each.note.pick(language) or None,
        "provinces": provinces,
    }


_SHEET: Final = Text("Danh mục", "Lists")
_LIST: Final = Text("Danh mục", "List")
_CLASS: Final = Text("Phân loại", "Class")
_DOCUMENT: Final = Text("Quyết định", "Decision")
_DAYS: Final = Text("Thời gian", "Days")
_ROWS: Final = Text("Có", "Known")
_TOTAL: Final = Text("Theo quyết định", "As printed")
_MISSING: Final = Text("Còn thiếu", "Missing")
_COMPLETE: Final = Text("Tỉnh đủ", "Whole")
_PARTIAL: Final = Text("Tỉnh một phần", "In part")
_NONE: Final = Text("Tỉnh không có", "None")
_ADDRESS: Final = Text("Đọc ở đâu", "Read where")
_USER: Final = Text("tệp của bạn", "your files")
_NO_LIST: Final = Text("chưa có danh mục", "no list")
_NOTE: Final = Text(
    "Có: số đơn vị có dòng dẫn được nguồn. Nguồn của từng dòng: thidua classes show ĐƠN-VỊ. Đơn vị không có dòng chỉ "
    "được coi là ngoài danh mục ở tỉnh đủ hoặc tỉnh không có; ở nơi khác là chưa biết, bổ sung bằng --classes.",
    "Known: units of which a source can be cited; thidua classes show UNIT names it. A unit without a row is outside "
    "only in provinces whose list is whole or that have none; elsewhere it is not known: complete it with --classes.",
)
