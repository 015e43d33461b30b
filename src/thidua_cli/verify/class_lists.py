"""The class lists that a result says it stood on, against those that ship: their decisions, days and rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from thidua_cli.language import Text
from thidua_cli.model import year_end
from thidua_cli.rulebook.class_lists import class_lists
from thidua_cli.rulebook.class_reading import CLASS_AT_START
from thidua_cli.rulebook.classes import load_classes
from thidua_cli.verify.difference import Difference, What
from thidua_cli.verify.said import Document, Row, SaidClassList, TargetDocument, TargetRow

_OUTSIDE: Final = "not_"
_NOTHING: Final = "–"


def class_differences(document: Document | TargetDocument) -> Iterator[Difference]:
    """Yield classes without a list or a file, and lists that do not say what they are said to say."""
    for row in document.rows:
        if isinstance(row, Row):
            named, classes = {entry.written for entry in row.class_lists}, set(row.classes)
            for written in sorted(named ^ classes):
                yield _about(row, written, _NOTHING, _WITHOUT if written in classes else _UNTOLD)
        for entry in row.class_lists:
            yield from _of_entry(row, entry, document)


def _of_entry(row: Row | TargetRow, entry: SaidClassList, document: Document | TargetDocument) -> Iterator[Difference]:
    if entry.list is None:
        files = document.limits.classes
        if entry.file not in files or entry.document is not None:
            yield _about(row, entry.file or _NOTHING, ", ".join(files) or _NOTHING, _FILE)
        return
    of, token = class_lists().get(entry.list), entry.written.removeprefix(_OUTSIDE)
    if of is None or token not in of.classes or entry.file is not None:
        speaking = [each.id for each in class_lists().values() if token in each.classes]
        yield _about(row, entry.list, " / ".join(speaking) or _NOTHING, _LIST)
        return
    if entry.document != of.document:
        yield _about(row, entry.document or _NOTHING, of.document, _DOCUMENT)
    if not _may_be_asked(row, of.start, of.end, document):
        yield _about(row, entry.list, f"{of.start} – {of.end}", _DAYS)
    if isinstance(row, Row) and not entry.written.startswith(_OUTSIDE):
        codes = {row.unit_code, *(part.code for part in row.part_units)}
        if codes.isdisjoint(_listed(entry.list, token)):
            yield _about(row, entry.written, f"{_OUTSIDE}{token}", _ROW)


def _may_be_asked(row: Row | TargetRow, start: date, end: date, document: Document | TargetDocument) -> bool:
    """Say whether a list stands on the year-end judged; where the start of the period counts, on an earlier one."""
    asked = year_end(document.as_of if isinstance(row, Row) else min(row.year, document.as_of))
    counts_exits = isinstance(row, TargetRow) and row.rule not in {clause.id for clause in document.clauses}
    looks_back = counts_exits or CLASS_AT_START in document.limits.readings
    return start <= asked and (looks_back or asked <= end)


@lru_cache(maxsize=64)
def _listed(list_id: str, token: str) -> frozenset[str]:
    rows = (row for of_unit in load_classes().bundled.values() for row in of_unit)
    return frozenset(row.unit_code for row in rows if (row.list_id, row.token) == (list_id, token))


def _about(row: Row | TargetRow, stated: str, recomputed: str, text: Text) -> Difference:
    rule, year = (row.rule, row.year) if isinstance(row, TargetRow) else ("", None)
    return Difference(What.CLASS, stated, recomputed, text, row.unit_code, row.unit_name, rule, year=year)


_WITHOUT: Final = Text("phân loại không ghi theo danh mục hay tệp nào", "no list or file is told of this class")
_UNTOLD: Final = Text("danh mục của một phân loại mà dòng không ghi", "a list of a class that the row does not name")
_FILE: Final = Text(
    "tệp phân loại so với các tệp của kết quả", "the file of the class, against the class files of the result"
)
_LIST: Final = Text("danh mục so với các danh mục của phân loại này", "the list, against those of this class")
_DOCUMENT: Final = Text("quyết định so với danh mục", "the decision, against that of the list")
_DAYS: Final = Text("danh mục so với thời gian áp dụng", "the list, against the days on which it answers")
_ROW: Final = Text("phân loại so với các dòng của danh mục", "the class, against the rows of the list")
