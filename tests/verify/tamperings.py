"""Tamperings with a result: every field of its published schema changed in the ways that fit its kind.

A walk over the document, beside its schema, finds where each field stands; what a field may hold says what else a
forger could have written there. Nothing here knows what `verify` looks at.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from tests.cli.program import TOP

_SCHEMAS: Final = TOP / "src/thidua_cli/data/schemas"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_FRACTION: Final = re.compile(r"(-?[0-9]+)/([0-9]+)\Z")
_CELL: Final = re.compile(r"([A-Z]+)([0-9]+)((?::[A-Z]+[0-9]+)?)\Z")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?\Z")
_NOTHING: Final = object()
"""The field is taken out."""

Path = tuple[str | int, ...]


class Tampering(NamedTuple):
    """One change of one field."""

    field: str
    """As the schema has it: "rows[].figures[].count"."""
    place: Path
    how: str
    value: Any

    def applied(self, document: Any) -> Any:
        """The document after it."""
        changed = copy.deepcopy(document)
        *above, last = self.place
        parent = changed
        for step in above:
            parent = parent[step]
        if self.value is _NOTHING:
            del parent[last]
        else:
            parent[last] = self.value
        return changed

    def __str__(self) -> str:
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.place)
        return f"{place.removeprefix('.')}: {self.how}"


def schema_of(document: Any) -> Any:
    """The published schema of a document."""
    name = document["schema"].replace("/", ".")
    return json.loads((_SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


def fields_of(schema: Any, name: str = "") -> Iterator[str]:
    """Yield every field of a schema: "rows[].figures[].count"."""
    for alternative in schema.get("anyOf", ()):
        yield from fields_of(alternative, name)
    for key, inner in schema.get("properties", {}).items():
        field = f"{name}.{key}".removeprefix(".")
        yield field
        yield from fields_of(inner, field)
    if isinstance(schema.get("additionalProperties"), dict):
        yield f"{name}.*"
        yield from fields_of(schema["additionalProperties"], f"{name}.*")
    if "items" in schema:
        yield from fields_of(schema["items"], f"{name}[]")


class Place(NamedTuple):
    """One field where it stands."""

    field: str
    path: Path
    value: Any
    schema: Any


def places_of(value: Any, schema: Any, field: str = "", path: Path = ()) -> Iterator[Place]:
    """Yield every field of a document with its place, its value and its schema."""
    for alternative in _fitting(schema, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                known = alternative.get("properties", {}).get(key)
                name = key if known is not None or "properties" in alternative else "*"
                inner_schema = known if known is not None else alternative.get("additionalProperties")
                inner_schema = inner_schema if isinstance(inner_schema, dict) else {}
                inner_field = f"{field}.{name}".removeprefix(".")
                yield Place(inner_field, (*path, key), inner, inner_schema)
                yield from places_of(inner, inner_schema, inner_field, (*path, key))
        if isinstance(value, list):
            for number, inner in enumerate(value):
                yield from places_of(inner, alternative.get("items", {}), f"{field}[]", (*path, number))


def _fitting(schema: Any, value: Any) -> Sequence[Any]:
    """The alternatives of a schema that speak of values of this kind: the first."""
    wanted = "object" if isinstance(value, dict) else "array"
    for alternative in schema.get("anyOf", (schema,)):
        kind = alternative.get("type")
        if kind is None or wanted in ([kind] if isinstance(kind, str) else kind):
            return [alternative]
    return []


def tamperings(document: Any, fields: set[str] | None = None) -> Iterator[Tampering]:
    """Yield the changes of a document, each field where it first holds something, and where it first holds nothing.

    Args:
        document: What is tampered with; it stays as it is.
        fields: Only these.
    """
    seen: set[tuple[str, bool]] = set()
    for place in places_of(document, schema_of(document)):
        key = place.field, place.value in (None, [], {})
        if key in seen or (fields is not None and place.field not in fields):
            continue
        seen.add(key)
        for how, value in _others(place, document):
            yield Tampering(place.field, place.path, how, value)


def _others(place: Place, document: Any) -> Iterator[tuple[str, Any]]:
    """Yield what else might be written in a field, and how that is told."""
    value, schema = place.value, place.schema
    if value is None:
        yield from ((f"{other!r} for nothing", other) for other in _instead_of_nothing(place))
        return
    yield "taken out", _NOTHING
    if _may_be_null(schema):
        yield "null", None
    if isinstance(value, bool):
        yield f"{not value}", not value
    elif isinstance(value, (int, float)):
        yield "one more", value + 1
        if value > schema.get("minimum", 0):
            yield "one less", value - 1
    elif isinstance(value, str):
        yield from ((repr(other), other) for other in _texts(value, schema, document))
    elif isinstance(value, list):
        yield from _lists(value)


def _may_be_null(schema: Any) -> bool:
    return any(
        "null" in (kind if isinstance(kind := alternative.get("type"), list) else [kind])
        or None in alternative.get("enum", ())
        for alternative in schema.get("anyOf", (schema,))
    )


def _instead_of_nothing(place: Place) -> Iterator[Any]:
    for alternative in place.schema.get("anyOf", (place.schema,)):
        kind = alternative.get("type")
        kinds = kind if isinstance(kind, list) else [kind]
        if "enum" in alternative:
            yield next(option for option in alternative["enum"] if option is not None)
        elif {"integer", "number"} & set(kinds):
            yield 2022 if "year" in place.field else 1
        elif "string" in kinds:
            yield _text_for(alternative)
        elif "array" in kinds:
            yield [1, 2]


def _text_for(schema: Any) -> str:
    pattern = schema.get("pattern", "")
    if schema.get("format") == "date" or "-[0-9]{2}" in pattern:
        return "2025-01-05"
    return "1/2" if "/" in pattern else "Tự đặt"


def _texts(value: str, schema: Any, document: Any) -> Iterator[str]:
    """Yield other texts of the same kind."""
    if "const" in schema:
        yield f"{value}0"
    elif "enum" in schema:
        yield from (option for option in schema["enum"] if option not in (value, None))
    elif _DAY.match(value):
        yield (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    elif match := _FRACTION.match(value):
        yield f"{int(match[1]) + 1}/{match[2]}"
    elif match := _CELL.match(value):
        yield f"{match[1]}{int(match[2]) + 1}{match[3]}"
        yield f"{match[1]}{int(match[2]) + 5000}"
    elif _NUMBER.match(value):
        yield f"{value[:-1]}{(int(value[-1]) + 1) % 10}"
    elif len(value) == 64:
        yield value[::-1]
        yield ""
    elif value in (names := [file["file"] for file in document["files"]]):
        yield from (name for name in names[:2] if name != value)
        yield "không có.xlsx"
    else:
        yield f"{value} khác"
        yield from [""] if value else []


def _lists(value: list[Any]) -> Iterator[tuple[str, Any]]:
    if value:
        yield "emptied", []
        yield "last taken off", value[:-1]
        yield "first said twice", [value[0], *value]
    if len({json.dumps(entry) for entry in value}) > 1:
        yield "turned round", value[::-1]


ALSO_HONEST: Final[Mapping[tuple[str, str], str]] = {
    ("limits.year", "2022 for nothing"): "of tables that state their year, --year 2022 gives the same result",
}
"""Changes after which a result is what another command line gives, and their reason."""


def covered(documents: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return which document stands for which fields: each field in the first that holds it.

    A trace has the record of a row of verdicts: what it holds beside it is its own.
    """
    taken: set[tuple[str, str, bool]] = set()
    result: dict[str, set[str]] = {}
    for name, document in documents.items():
        result[name] = set()
        schema = document["schema"].replace("thidua.trace/", "thidua.eligible/").partition("/")[0]
        for place in places_of(document, schema_of(document)):
            field = place.field.replace("row.", "rows[].", 1) if place.field.startswith("row.") else place.field
            key = schema, field, place.value in (None, [], {})
            if key not in taken:
                taken.add(key)
                result[name].add(place.field)
    return result
