"""Write docs/json.md from the JSON Schemas that ship: `python scripts/write_json_page.py`.

One section per document, one line per field. A record that was described before is not described again: the line says
where it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

TOP: Final = Path(__file__).resolve().parent.parent
SCHEMAS: Final = TOP / "src" / "thidua_cli" / "data" / "schemas"
PAGE: Final = TOP / "docs" / "json.md"
COMMANDS: Final = {
    "thidua.check": "thidua check FILE… --format json",
    "thidua.rates": "thidua rates FILE… --format json",
    "thidua.published": "thidua rates --published --format json",
    "thidua.eligible": "thidua eligible FILE… --rules ID --as-of YEAR --format json",
    "thidua.reports": "thidua report FILE… --each TIER -o FOLDER",
    "thidua.trace": "thidua eligible FILE… --rules ID --as-of YEAR --trace CODE --format json",
    "thidua.targets": "thidua targets FILE… --rules ID --format json",
    "thidua.verify": "thidua verify RESULT.json FILE… --format json",
    "thidua.provenance": "thidua import FILE… -o data.csv",
    "thidua.layout": "thidua import FILE… --show-layout --format json",
    "thidua.findings": "thidua explain --all --format json",
    "thidua.rules-list": "thidua rules list --format json",
    "thidua.rules": "thidua rules show ID --format json",
    "thidua.lines": "thidua rules lines --format json",
    "thidua.rules-diff": "thidua rules diff A B --format json",
    "thidua.classes-list": "thidua classes list --format json",
    "thidua.classes": "thidua classes show UNIT --format json",
    "thidua.classes-check": "thidua classes check FILE --format json",
    "thidua.config": "thidua config show --format json",
    "thidua.units": "thidua units find TEXT --format json",
    "thidua.history": "thidua units history CODE --format json",
    "thidua.units-diff": "thidua units diff DATE DATE --format json",
}
"""Name of a document, without its version → the command that writes it."""
_HEAD: Final = """\
# JSON documents

*Written by `scripts/write_json_page.py` from the schemas; `make docs` writes it anew.*

Every command that prints a result prints it as JSON with `--format json`, or with `-o result.json`. A document names
itself and its version in `schema`; its JSON Schema (draft 2020-12) is installed with the program, in
`thidua_cli/data/schemas/`. Within a version fields may be added, none is renamed or removed.

- Tokens, keys and enumerated values are English whatever `--lang` says; sentences (`message`, `reason`, `note`) are in
  its language.
- What is not known is `null`, never 0. Counts are whole numbers of households.
- The unit of measure stands in the name: `…_percent` in percent, `…_points` in percentage points, `…_households` in
  households. Numbers with decimals are rounded to two for reading; a field `exact` (or one that ends in `_exact`)
  holds the fraction "a/b" that was compared.
- Days are "2025-07-01", codes are text ("00004"), `year` is a year-end: 2024 is 31 December 2024.
- Texts are those of the files, letter by letter; a character that would steer a terminal is written as a `\\u` escape,
  which is the same text to every reader of JSON.
- `cell` and `row` are those of the sheet, counted from 1 as Excel does.
- `[]` behind a field is a list, `{}` a record whose keys are data.

`thidua import` writes its document beside the table, as `data.csv.provenance.json`. Rule files are TOML: their schema
is `thidua.rule-file.1.schema.json`, their page [rules.md](rules.md). So is `thidua.toml`, the file of
an office: `thidua.config-file.1.schema.json`, [config.md](config.md).
"""
_EVERYWHERE: Final = "Fields may be added; a missing value is null."
"""Said once, at the head of the page."""
_ALIKE_FROM: Final = 3
"""A smaller record is described again where it stands: that is shorter than saying where it was."""
Schema = Mapping[str, Any]


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Return the page as it should be."""
    seen: dict[str, str] = {}
    schemas = [json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
    by_name = {_name(schema): schema for schema in schemas if _document(schema) in COMMANDS}
    order = sorted(by_name, key=lambda name: list(COMMANDS).index(name.rpartition("/")[0]))
    return "\n".join([_HEAD, *(line for name in order for line in _section(name, by_name[name], seen))]) + "\n"


def _name(schema: Schema) -> str:
    return str(schema["$id"]).removeprefix("urn:thidua:schema:")


def _document(schema: Schema) -> str:
    return _name(schema).rpartition("/")[0]


def _section(name: str, schema: Schema, seen: dict[str, str]) -> Iterator[str]:
    yield f"\n## {name}\n"
    said = str(schema.get("description", "")).replace(_EVERYWHERE, "").strip()
    yield " ".join(part for part in (f"{schema['title']}: `{COMMANDS[_document(schema)]}`.", said) if part) + "\n"
    yield "| field | type | |"
    yield "|---|---|---|"
    fields = _Fields(name, schema.get("$defs", {}), seen)
    yield from fields.of(schema, "")


class _Fields:
    """The lines of one document."""

    def __init__(self, name: str, definitions: Mapping[str, Schema], seen: dict[str, str]) -> None:
        self._name = name
        self._definitions = definitions
        self._seen = seen

    def of(self, schema: Schema, path: str) -> Iterator[str]:
        """Yield a line per property, each followed by those of the record in it."""
        required = schema.get("required", ())
        for key, value in schema.get("properties", {}).items():
            whole = self._resolved(value)
            inner, brackets = self._record(whole)
            place = f"{path}{key}{brackets}"
            told = self._told(inner, place)
            words = [str(whole.get("description", "")), "" if key in required else "Optional.", told]
            yield f"| `{place}` | {self._type(whole)} | {_cell(' '.join(word for word in words if word))} |"
            if inner is not None and not told:
                yield from self.of(inner, f"{place}.")

    def _told(self, record: Schema | None, place: str) -> str:
        """Say where the same record was described; nothing where this is the first time."""
        if record is None or len(record["properties"]) < _ALIKE_FROM:
            return ""
        key = json.dumps(record["properties"], sort_keys=True)
        before = self._seen.setdefault(key, f"`{place}` of {self._name}")
        return "" if before == f"`{place}` of {self._name}" else f"Fields as in {before}."

    def _resolved(self, schema: Schema) -> Schema:
        if "$ref" in schema:
            return {
                **self._definitions[schema["$ref"].rpartition("/")[2]],
                **{k: v for k, v in schema.items() if k != "$ref"},
            }
        return schema

    def _choices(self, schema: Schema) -> Sequence[Schema]:
        return [self._resolved(choice) for choice in schema.get("anyOf", schema.get("oneOf", ()))]

    def _record(self, schema: Schema) -> tuple[Schema | None, str]:
        """Return the record inside a value, and how its place is written: "[]" for each step into a list."""
        if "properties" in schema:
            return schema, ""
        if isinstance(schema.get("items"), Mapping):
            inner, brackets = self._record(self._resolved(schema["items"]))
            return inner, f"[]{brackets}"
        if isinstance(schema.get("additionalProperties"), Mapping):
            inner, brackets = self._record(self._resolved(schema["additionalProperties"]))
            return inner, f"{{}}{brackets}"
        inside = [self._record(choice) for choice in self._choices(schema)]
        return next((record for record in inside if record[0] is not None), (None, ""))

    def _type(self, schema: Schema) -> str:
        if "const" in schema:
            return f"`{json.dumps(schema['const'])}`"
        if "enum" in schema:
            return ", ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
        choices = self._choices(schema)
        if choices and "type" not in schema:
            return " or ".join(dict.fromkeys(map(self._type, choices)))
        kinds = schema.get("type", "any")
        names = [kinds] if isinstance(kinds, str) else list(kinds)
        return " or ".join(self._kind(name, schema) for name in names)

    def _kind(self, name: str, schema: Schema) -> str:
        if name == "array" and isinstance(schema.get("items"), Mapping):
            return f"list of {self._type(self._resolved(schema['items']))}"
        if name == "string" and schema.get("format") == "date":
            return "day"
        return {"object": "record", "string": "text", "array": "list"}.get(name, name)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
