"""What a rule file says once for all its clauses: document, readings, other readings, places, days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass
from thidua_cli.model import Citation
from thidua_cli.rulebook.schema import Closing, Period, RelatedDocument
from thidua_cli.rulebook.toml_table import CheckedTable, TablePlace
from thidua_cli.units.tables import bundled

CITATION_KEYS: Final = ("document", "clause", "date", "address")
_CLOSED_KEYS: Final = ("day", "vi", "en", "citation")
RELATED_KEYS: Final = ("document", "date", "vi", "en", "address")
_READING_KEYS: Final = ("vi", "en", "why")
_ALTERNATIVE_KEYS: Final = (*_READING_KEYS, "changes")
CHANGE_KEYS: Final = (
    *("test", "measure", "unit", "comparison", "years", "baseline_year", "rounded_to", "poverty_line", "together"),
)
"""What another reading of a clause may change. A threshold is what the text says: no reading changes it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A named way to understand a phrase."""

    text: Text
    why: Text | None


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A named other way to understand a phrase, and what it would change in a clause."""

    text: Text
    why: Text
    changes: Mapping[str, object]
    place: TablePlace


@dataclass(frozen=True, slots=True)
class Context:
    """What the top of a file sets for its clauses."""

    citation: Citation
    readings: Mapping[str, Reading]
    alternatives: Mapping[str, OtherReading]
    within: tuple[str, ...]
    period: Period | None
    closing: Closing | None = None


def read_context(top: CheckedTable) -> Context:
    """Return what the top of a rule file sets.

    Raises:
        InputError: a part is missing or wrong; the message names file, line and key.
    """
    citation = _book_citation(top)
    return Context(
        citation,
        {name: _reading(table) for name, table in _named(top, "readings", _READING_KEYS)},
        {name: _other_reading(table) for name, table in _named(top, "alternatives", _ALTERNATIVE_KEYS)},
        places(top),
        period(top, citation) if "applies" in top else None,
        _closing(top, citation) if "closed" in top else None,
    )


def clause_citation(owner: CheckedTable, book: Citation) -> Citation:
    """Return the clause of one record; document, date and address are the file's where the record names none."""
    table = owner.table("citation", CITATION_KEYS)
    if "document" in table:
        return _whole_citation(table)
    for key in ("date", "address"):
        if key in table:
            raise table.place.refuse(key, Text("phải đi cùng document", "goes with a document only"))
    return Citation(book.document, table.text("clause"), book.date, book.address)


def period(owner: CheckedTable, citation: Citation) -> Period:
    """Return the days under `applies`; without it, from the document's own date on."""
    if "applies" not in owner:
        return Period(citation.date)
    table = owner.table("applies", ("from", "until"))
    days = Period(table.day("from"), table.day("until") if "until" in table else None)
    if days.end is not None and days.end < days.start:
        raise table.place.refuse("until", Text('trước "from"', 'lies before "from"'))
    return days


def places(owner: CheckedTable) -> tuple[str, ...]:
    """Return the codes under `within`, each known to the tables of units."""
    codes = owner.texts("within")
    for code in codes:
        if not bundled().periods(code):
            text = Text(
                f'không có đơn vị mã "{code}" (Hà Nội là "01", đủ số 0 ở đầu)',
                f'no unit has the code "{code}" (Hà Nội is "01", with its leading zero)',
            )
            raise owner.place.refuse("within", text)
    return codes


def _closing(top: CheckedTable, book: Citation) -> Closing:
    """Return what the table [closed] says: the day of the summing-up, what followed, and where that is written."""
    values = top.values().get("closed")
    if not isinstance(values, dict):
        raise top.place.refuse("closed", Text("phải viết thành bảng [closed]", "must be written as a table [closed]"))
    table = CheckedTable(values, _headed(top, "[closed]"), _CLOSED_KEYS)
    day, citation = table.day("day"), clause_citation(table, book)
    for stated, key in ((day, "day"), (citation.date, "citation")):
        if stated < book.date:
            raise table.place.refuse(key, Text("trước ngày ký văn bản", "lies before the document's own date"))
    return Closing(day, Text(table.text("vi"), table.text("en")), citation)


def read_related(table: CheckedTable) -> RelatedDocument:
    """Return one document beside that of the file.

    Raises:
        InputError: a part is missing or wrong; the message names file, line and key.
    """
    address = table.text("address") if "address" in table else ""
    text = Text(table.text("vi"), table.text("en"))
    return RelatedDocument(table.text("document"), table.day("date"), text, address)


def _book_citation(top: CheckedTable) -> Citation:
    citation = top.values().get("citation")
    if not isinstance(citation, dict):
        raise top.place.refuse("citation", Text("thiếu bảng [citation]", "the table [citation] is missing"))
    return _whole_citation(CheckedTable(citation, _headed(top, "[citation]"), CITATION_KEYS))


def _whole_citation(table: CheckedTable) -> Citation:
    address = table.text("address") if "address" in table else ""
    return Citation(table.text("document"), table.text("clause"), table.day("date"), address)


def _named(top: CheckedTable, key: str, keys: Iterable[str]) -> list[tuple[str, CheckedTable]]:
    """Return the tables written [key.NAME], by name."""
    named = top.values().get(key, {})
    if not isinstance(named, dict):
        raise top.place.refuse(key, Text(f"phải viết thành [{key}.TÊN]", f"must be written as [{key}.NAME]"))
    tables = []
    for name, values in named.items():
        if not isinstance(values, dict):
            raise _headed(top, f"[{key}]").refuse(name, Text("phải có vi và en", "must have vi and en"))
        tables.append((name, CheckedTable(values, _headed(top, f"[{key}.{name}]"), keys)))
    return tables


def _reading(table: CheckedTable) -> Reading:
    return Reading(
        Text(table.text("vi"), table.text("en")),
        table.paired_text("why") if "why" in table else None,
    )


def _other_reading(table: CheckedTable) -> OtherReading:
    changes = table.table("changes", CHANGE_KEYS)
    if not changes.values():
        raise table.place.refuse("changes", Text("để trống", "is empty"))
    text = Text(table.text("vi"), table.text("en"))
    return OtherReading(text, table.paired_text("why"), changes.values(), changes.place)


def _headed(top: CheckedTable, header: str) -> TablePlace:
    return TablePlace(top.place.file, top.place.source, header)
