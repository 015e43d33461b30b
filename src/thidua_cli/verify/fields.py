"""Two documents of one kind → where they differ, field by field: a result, and what was made of its files anew.

Every field counts, those for people too: a sentence, a rounded percent or a citation may be altered as well as a
verdict. Records of a list are matched by what tells them apart (a unit's code, a rule's id, a measure with its year),
so that one row that was taken away is one difference, and not one for each row below it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Final, TypeGuard

from thidua_cli.language import Text
from thidua_cli.late_dataclass import dataclass, replace
from thidua_cli.verify.difference import Difference, What

_TELLING: Final = (
    *("unit_code", "rule", "id", "measure", "column", "code", "name", "subject", "reading", "role", "file", "sheet"),
    *("range", "cell", "year", "class", "list"),
)
"""Fields that tell the records of a list apart, as far as a record has them."""
_TELLING_RECORDS: Final = ("finding", "figure")
"""Records whose own telling fields tell the record apart that holds them: of a doubt its finding and its figure."""
_SHOWN: Final = 200
"""Characters of a value that a message quotes."""
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document, and whom it is about."""

    steps: tuple[str | int, ...] = ()
    unit_code: str = ""
    unit_name: str = ""
    rule: str = ""
    column: str = ""
    year: int | None = None

    def __str__(self) -> str:
        """Write it as programs do: "rows[3].paths[0].reason"."""
        words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps)
        return words.removeprefix(".")

    def step(self, key: str | int) -> Place:
        """Return the place of a field or of a record of a list."""
        return replace(self, steps=(*self.steps, key))

    def of(self, record: object) -> Place:
        """Return the same place, of which a record that stands there says whom it is about."""
        if not isinstance(record, dict):
            return self
        year, measure = record.get("year"), record.get("measure") or record.get("column")
        return replace(
            self,
            unit_code=_text(record.get("unit_code")) or self.unit_code,
            unit_name=_text(record.get("unit_name")) or self.unit_name,
            rule=_text(record.get("rule")) or _text(record.get("id")) or self.rule,
            column=_text(measure) or self.column,
            year=year if isinstance(year, int) else self.year,
        )


def field_differences(stated: object, recomputed: object) -> Iterator[Difference]:
    """Yield what is different, lacking, added, repeated or in another order in `stated`, with its place in it.

    Args:
        stated: A parsed JSON document: the result; numbers with decimals are `Decimal`.
        recomputed: The document that was made anew, parsed, or as the values it would be written from.
    """
    return _differences(stated, recomputed, Place())


def is_same(stated: object, recomputed: object) -> bool:
    """Say whether two values of documents are the same.

    >>> is_same({"value": Decimal("5.93")}, {"value": 5.93}), is_same(True, 1), is_same([1, 2], [2, 1])
    (True, False, False)
    """
    if isinstance(stated, dict):
        return (
            isinstance(recomputed, Mapping)
            and stated.keys() == recomputed.keys()
            and all(is_same(value, recomputed[key]) for key, value in stated.items())
        )
    if isinstance(stated, list):
        return (
            isinstance(recomputed, (list, tuple))
            and len(stated) == len(recomputed)
            and all(map(is_same, stated, recomputed))
        )
    if isinstance(stated, bool) or isinstance(recomputed, bool):  # to Python true is the number 1
        return stated is recomputed
    if isinstance(stated, Decimal) and isinstance(recomputed, Real):
        return stated == Decimal(str(recomputed))  # as it would be written
    return stated == recomputed


def _differences(stated: object, recomputed: object, place: Place) -> Iterator[Difference]:
    if is_same(stated, recomputed):
        return
    if isinstance(stated, dict) and isinstance(recomputed, Mapping):
        yield from _of_records(stated, recomputed, place.of(stated))
    elif _are_records(stated) and _are_records(recomputed):
        yield from _of_lists(stated, recomputed, place)
    else:
        # A list of texts or numbers is compared as a whole: there is nothing to find again in it but itself.
        yield _difference(What.FIELD, stated, recomputed, _OTHER, place)


def _are_records(value: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    return isinstance(value, (list, tuple)) and all(isinstance(each, Mapping) for each in value)


def _of_records(stated: Mapping[str, object], recomputed: Mapping[str, object], place: Place) -> Iterator[Difference]:
    for key, value in recomputed.items():
        if key in stated:
            yield from _differences(stated[key], value, place.step(key))
        else:
            yield _difference(What.LACKING, None, value, _LACKING, place.step(key))
    for key in stated:
        if key not in recomputed:
            yield _difference(What.ADDED, stated[key], None, _ADDED, place.step(key))


def _of_lists(
    stated: Sequence[Mapping[str, object]], recomputed: Sequence[Mapping[str, object]], place: Place
) -> Iterator[Difference]:
    own, made = _by_identity(stated), _by_identity(recomputed)
    for key, index in made.items():
        if key in own:
            yield from _differences(stated[own[key]], recomputed[index], place.step(own[key]))
        else:
            yield _difference(What.LACKING, None, recomputed[index], _LACKING, place.step(index).of(recomputed[index]))
    for key, index in own.items():
        if key not in made:
            identity, turn = key
            is_again = turn > 0 and (identity, 0) in made
            what, text = (What.REPEATED, _REPEATED) if is_again else (What.ADDED, _ADDED)
            yield _difference(what, stated[index], None, text, place.step(index).of(stated[index]))
    yield from _order([key for key in own if key in made], [key for key in made if key in own], own, place)


_Key = tuple[object, int]
"""What tells a record apart, and how many of the same stood before it."""


def _order(own: Sequence[_Key], made: Sequence[_Key], index: Mapping[_Key, int], place: Place) -> Iterator[Difference]:
    for first, expected in zip(own, made, strict=True):
        if first != expected:
            stated, recomputed = _identity_text(first), _identity_text(expected)
            yield _difference(What.ORDER, stated, recomputed, _ORDER, place.step(index[first]))
            return


def _by_identity(records: Sequence[Mapping[str, object]]) -> dict[_Key, int]:
    """Return where each record stands, by what tells it apart."""
    seen: dict[object, int] = {}
    places: dict[_Key, int] = {}
    for index, record in enumerate(records):
        identity = _identity(record)
        turn = seen.get(identity, 0)
        seen[identity] = turn + 1
        places[identity, turn] = index
    return places


def _identity(record: Mapping[str, object]) -> object:
    own = [_plain(record[name]) for name in _TELLING if name in record]
    inner = [record[name] for name in _TELLING_RECORDS if name in record]
    return (*own, *(_identity(each) for each in inner if isinstance(each, Mapping)))


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (str, int)) else _quoted(value)


def _identity_text(key: _Key) -> str:
    identity, _ = key
    return ", ".join(str(part) for part in identity) if isinstance(identity, tuple) else str(identity)


def _difference(what: What, stated: object, recomputed: object, text: Text, place: Place) -> Difference:
    return Difference(
        what,
        _NOTHING if what is What.LACKING else _quoted(stated),
        _NOTHING if what in (What.ADDED, What.REPEATED) else _quoted(recomputed),
        text,
        place.unit_code,
        place.unit_name,
        place.rule,
        place.column if place.year is not None else "",
        place.year,
        str(place),
    )


def _quoted(value: object) -> str:
    """Write a value as it stands in the document, cut short; a text without its quotes."""
    text = str(value) if isinstance(value, (str, Decimal)) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


_OTHER: Final = Text("nội dung khác với kết quả lập lại từ các tệp", "another content than made anew from the files")
_LACKING: Final = Text("kết quả thiếu phần này; lập lại từ các tệp thì có", "the result lacks what the files give")
_ADDED: Final = Text(
    "kết quả có phần này; lập lại từ các tệp thì không có", "the result has what the files do not give"
)
_REPEATED: Final = Text("phần này ghi hai lần trong kết quả", "the result says this twice")
_ORDER: Final = Text("thứ tự khác với kết quả lập lại từ các tệp", "another order than made anew from the files")
