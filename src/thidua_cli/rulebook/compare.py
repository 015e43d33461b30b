"""What two rule files say differently, clause by clause. Clauses are the same where they bear the same id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.model import Citation
from thidua_cli.rulebook.schema import AnyClause, AttestItem, Clause, Rulebook

Item: TypeAlias = AnyClause | AttestItem
Places: TypeAlias = tuple[str, ...]


class Side(StrEnum):
    """In which of the two files a clause stands."""

    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """One clause that the two files do not share word for word."""

    id: str
    side: Side
    first: Item | None
    second: Item | None
    fields: tuple[str, ...]
    """Names of what differs, where the clause stands in both."""


BOOK_FIELDS: Final = ("title", "version", "citation", "within", "extends", "completeness", "closing", "related")


def book_differences(first: Rulebook, second: Rulebook) -> tuple[str, ...]:
    """Return the names of what the heads of the two files say differently."""
    return _differing(first, second, BOOK_FIELDS)


def clause_differences(first: Rulebook, second: Rulebook) -> tuple[ClauseDifference, ...]:
    """Return the clauses that differ, in the order of the first file, then those only the second has.

    A clause that holds wherever its whole file holds differs in place only as the files do, and is not named for it.
    """
    before, after = _by_id(first), _by_id(second)
    names = (*before, *(each for each in after if each not in before))
    differences = [
        _difference(name, before.get(name), after.get(name), (first.within, second.within)) for name in names
    ]
    return tuple(each for each in differences if each.side is not Side.BOTH or each.fields)


def _by_id(book: Rulebook) -> dict[str, Item]:
    items: Sequence[Item] = (*book.clauses, *book.targets, *book.class_exits, *book.attest)
    return {item.id: item for item in items}


def _difference(name: str, first: Item | None, second: Item | None, files: tuple[Places, Places]) -> ClauseDifference:
    if first is None:
        return ClauseDifference(name, Side.ONLY_SECOND, None, second, ())
    if second is None:
        return ClauseDifference(name, Side.ONLY_FIRST, first, None, ())
    if type(first) is not type(second):
        return ClauseDifference(name, Side.BOTH, first, second, ("kind",))
    fields = tuple(field for field in first.__dataclass_fields__ if field != "id")
    before, after = _anywhere(first, files[0]), _anywhere(second, files[1])
    return ClauseDifference(name, Side.BOTH, first, second, _differing(before, after, fields))


def _anywhere(item: Item, whole_file: Places) -> Item:
    """Return the clause without the places it takes over from its file."""
    if isinstance(item, AttestItem):
        return replace(item, within=()) if item.within == whole_file else item
    return replace(item, subject=replace(item.subject, within=())) if item.subject.within == whole_file else item


def _differing(first: object, second: object, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(field for field in fields if _compared(first, field) != _compared(second, field))


def _compared(item: object, field: str) -> object:
    """Return what is held against the other file's: of other readings their words, not the clause they would make."""
    value: object = getattr(item, field)
    if isinstance(item, Clause) and field == "alternatives":
        return tuple((each.id, each.reading, each.why, each.changed_values()) for each in item.alternatives)
    if isinstance(value, Citation) and not isinstance(item, Rulebook):
        return str(value)  # where the document can be read is said once, for the file
    return value
